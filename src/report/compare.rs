//! A plan beside its directives: a table for people, a page side by side, JSON.

use super::sentences::shown;
use crate::compose::compare::{Comparison, Item, ItemKind, Place, Remark, Status};
use crate::guard::write::xml_text;
use crate::pack::Texts;
use serde::Serialize;
use std::fmt::Write as _;

/// A comparison with the names of its papers.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Compared<'a> {
    /// Path of the plan as the user gave it.
    pub plan: &'a str,
    /// Paths of the directives.
    pub directives: &'a [String],
    /// What comparing came to.
    #[serde(flatten)]
    pub comparison: &'a Comparison,
}

/// The sentence of a finding.
#[must_use]
pub fn sentence(remark: &Remark, texts: &Texts) -> String {
    let slots: Vec<(&str, &str)> = remark.args.iter().map(|(slot, value)| (*slot, value.as_str())).collect();
    match remark.args.get("code") {
        Some(code) => texts.get(&format!("diagnostic.{code}.message"), &slots),
        None => texts.get(&format!("compare.{}", remark.key), &slots),
    }
}

fn status_name(status: Status, texts: &Texts) -> String {
    let key = match status {
        Status::Covered => "covered",
        Status::Changed => "changed",
        Status::Weaker => "weaker",
        Status::Later => "later",
        Status::Missing => "missing",
    };
    texts.get(&format!("compare.status.{key}"), &[])
}

fn kind_name(kind: ItemKind, texts: &Texts) -> String {
    let key = match kind {
        ItemKind::Deadline => "deadline",
        ItemKind::Quota => "quota",
        ItemKind::Task => "task",
        ItemKind::Name => "name",
    };
    texts.get(&format!("compare.item.{key}"), &[])
}

fn short(text: &str, longest: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = shown(&line);
    if line.chars().count() <= longest { line } else { line.chars().take(longest - 1).collect::<String>() + "…" }
}

/// The summary for a terminal: counts, what is not covered, the findings.
#[must_use]
pub fn table(compared: &Compared, texts: &Texts) -> String {
    let comparison = compared.comparison;
    let mut out = format!("{}\n", texts.get("compare.title", &[("plan", &shown(compared.plan))]));
    let all = [Status::Covered, Status::Changed, Status::Weaker, Status::Later, Status::Missing];
    let counts: Vec<String> =
        all.iter().map(|status| format!("{} {}", status_name(*status, texts), comparison.count(*status))).collect();
    let _ = writeln!(out, "{}\n", counts.join(" · "));
    for item in comparison.items.iter().filter(|item| item.status != Status::Covered) {
        let found = item.found.as_ref().map(|place| format!(" → {}", short(&place.text, 90))).unwrap_or_default();
        let kind = kind_name(item.kind, texts);
        let status = status_name(item.status, texts);
        let _ = writeln!(out, "  {status:<12} {kind:<10} {}{found}", short(&item.wanted.text, 90));
    }
    if !comparison.remarks.is_empty() {
        out.push('\n');
    }
    for remark in &comparison.remarks {
        let grade = texts.get(&format!("report.severity.{}", grade(remark)), &[]);
        let _ = writeln!(out, "  {}  {grade}: {}", remark.rule, short(&sentence(remark, texts), 220));
    }
    out
}

fn grade(remark: &Remark) -> &'static str {
    match remark.severity {
        crate::model::Severity::Error => "error",
        crate::model::Severity::Warning => "warning",
        crate::model::Severity::Info => "info",
    }
}

/// Everything for programs.
///
/// # Errors
/// When JSON cannot be written, which only a fault of ours could cause.
pub fn json(compared: &Compared) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(compared).map(|json| json + "\n")
}

/// One page: the directive on the left, the plan on the right, coloured by how it is met.
#[must_use]
pub fn html(compared: &Compared, texts: &Texts) -> String {
    let comparison = compared.comparison;
    let style = include_str!("../../templates/base/report/compare.css");
    let title = xml_text(&texts.get("compare.title", &[("plan", compared.plan)])).into_owned();
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"vi\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>{title}</title>\n<style>{style}</style></head><body>\n<h1>{title}</h1>\n"
    );
    out.push_str("<p class=\"counts\">");
    for status in [Status::Covered, Status::Changed, Status::Weaker, Status::Later, Status::Missing] {
        let (name, count) = (status_name(status, texts), comparison.count(status));
        let _ = write!(out, "<span class=\"{}\">{} {count}</span> ", class(status), xml_text(&name));
    }
    out.push_str("</p>\n<ul class=\"remarks\">");
    for remark in &comparison.remarks {
        let text = sentence(remark, texts);
        let _ = write!(out, "<li class=\"{}\"><b>{}</b> {}</li>", grade(remark), remark.rule, xml_text(&text));
    }
    out.push_str("</ul>\n");
    for (index, directive) in compared.directives.iter().enumerate() {
        let _ = writeln!(
            out,
            "<table><thead><tr><th>{}</th><th></th><th>{}</th></tr></thead><tbody>",
            xml_text(directive),
            xml_text(compared.plan)
        );
        for item in comparison.items.iter().filter(|item| item.directive == index) {
            row(item, texts, &mut out);
        }
        out.push_str("</tbody></table>\n");
    }
    out.push_str("</body></html>\n");
    out
}

fn row(item: &Item, texts: &Texts, out: &mut String) {
    let cell =
        |place: Option<&Place>| place.map(|place| xml_text(&place.text).replace('\n', "<br>")).unwrap_or_default();
    let _ = writeln!(
        out,
        "<tr class=\"{}\"><td><small>{}</small> {}</td><td>{}</td><td>{}</td></tr>",
        class(item.status),
        xml_text(&kind_name(item.kind, texts)),
        cell(Some(&item.wanted)),
        xml_text(&status_name(item.status, texts)),
        cell(item.found.as_ref())
    );
}

fn class(status: Status) -> &'static str {
    match status {
        Status::Covered => "covered",
        Status::Changed => "changed",
        Status::Weaker | Status::Later => "weaker",
        Status::Missing => "missing",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Severity, Span};
    use crate::pack::Lang;

    #[test]
    fn every_form_says_what_is_missing() {
        let place = Place { span: Span { block: 3, start: 0, end: 5 }, text: "ít nhất 06 <b>".into() };
        let item = Item { kind: ItemKind::Quota, directive: 0, status: Status::Missing, wanted: place, found: None };
        let remark = Remark {
            rule: "KH-B",
            severity: Severity::Error,
            key: "quota-missing",
            args: [("wanted", "ít nhất 06".to_owned()), ("found", String::new())].into(),
            place: None,
        };
        let comparison = Comparison { items: vec![item], remarks: vec![remark] };
        let directives = ["a.docx".to_owned()];
        let compared = Compared { plan: "b.docx", directives: &directives, comparison: &comparison };
        let texts = Texts::builtin(Lang::Vi).unwrap();
        assert!(table(&compared, &texts).contains("KH-B") && table(&compared, &texts).contains("ít nhất 06"));
        assert!(html(&compared, &texts).contains("ít nhất 06 &lt;b&gt;"));
        assert!(json(&compared).unwrap().contains("\"status\": \"missing\""));
    }
}
