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

/// Everything for programs, the findings with their sentences.
///
/// # Errors
/// When JSON cannot be written, which only a fault of ours could cause.
pub fn json(compared: &Compared, texts: &Texts) -> Result<String, serde_json::Error> {
    let mut value = serde_json::to_value(compared)?;
    let remarks = value.get_mut("remarks").and_then(serde_json::Value::as_array_mut);
    for (out, remark) in remarks.into_iter().flatten().zip(&compared.comparison.remarks) {
        if let Some(fields) = out.as_object_mut() {
            fields.insert("message".to_owned(), sentence(remark, texts).into());
        }
    }
    serde_json::to_string_pretty(&value).map(|json| json + "\n")
}

/// One page: what a person has to look at; below, the directive on the left, the plan on the right, coloured by how it
/// is met.
#[must_use]
pub fn html(compared: &Compared, texts: &Texts) -> String {
    let comparison = compared.comparison;
    let style = include_str!("../../templates/base/report/compare.css");
    let text = |key: &str| xml_text(&texts.get(key, &[])).into_owned();
    let title = xml_text(&texts.get("compare.title", &[("plan", compared.plan)])).into_owned();
    let lang = texts.get("compare.page.lang", &[]);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>{title}</title>\n<style>{style}</style></head><body>\n<h1>{title}</h1>\n"
    );
    out.push_str("<p class=\"counts\">");
    for status in [Status::Covered, Status::Changed, Status::Weaker, Status::Later, Status::Missing] {
        let (name, count) = (status_name(status, texts), comparison.count(status));
        let class = if count == 0 && status != Status::Covered { "none" } else { class(status) };
        let _ = write!(out, "<span class=\"{class}\">{} <b>{count}</b></span> ", xml_text(&name));
    }
    let _ = writeln!(out, "</p>\n<h2>{}</h2>", text("compare.page.remarks"));
    if comparison.remarks.is_empty() {
        let _ = writeln!(out, "<p>{}</p>", text("compare.page.none"));
    } else {
        out.push_str("<table class=\"remarks\"><tbody>\n");
        comparison.remarks.iter().for_each(|found| remark_row(found, texts, &mut out));
        out.push_str("</tbody></table>\n");
    }
    for (index, directive) in compared.directives.iter().enumerate() {
        let _ = writeln!(
            out,
            "<table class=\"items\"><thead><tr><th>{}<small>{}</small></th><th></th><th>{}<small>{}</small></th></tr></thead>",
            text("compare.page.parent"),
            xml_text(directive),
            text("compare.page.plan"),
            xml_text(compared.plan)
        );
        for kind in [ItemKind::Name, ItemKind::Quota, ItemKind::Deadline, ItemKind::Task] {
            let items: Vec<&Item> =
                comparison.items.iter().filter(|item| item.directive == index && item.kind == kind).collect();
            if items.is_empty() {
                continue;
            }
            let name = xml_text(&kind_name(kind, texts)).into_owned();
            let _ = writeln!(out, "<tbody><tr class=\"kind\"><th colspan=\"3\">{name}</th></tr>");
            items.into_iter().for_each(|item| row(item, texts, &mut out));
            out.push_str("</tbody>\n");
        }
        out.push_str("</table>\n");
    }
    out.push_str("</body></html>\n");
    out
}

/// A finding with its place, why it matters and what to do.
fn remark_row(remark: &Remark, texts: &Texts, out: &mut String) {
    let grade = grade(remark);
    let name = texts.get(&format!("report.severity.{grade}"), &[]);
    let place = remark.place.as_ref().map(|place| {
        let number = (place.span.block + 1).to_string();
        format!(" <small>{}</small>", xml_text(&texts.get("compare.page.paragraph", &[("number", &number)])))
    });
    let part = |part: &str| {
        let key = format!("diagnostic.{}.{part}", remark.rule);
        let text = texts.get(&key, &[]);
        if text == key { String::new() } else { xml_text(&text).into_owned() }
    };
    let _ = writeln!(
        out,
        "<tr class=\"{grade}\"><td><span>{}</span> <b>{}</b></td><td>{}{}</td><td><small>{} {}</small></td></tr>",
        xml_text(&name),
        remark.rule,
        xml_text(&sentence(remark, texts)),
        place.unwrap_or_default(),
        part("reason"),
        part("remedy")
    );
}

fn row(item: &Item, texts: &Texts, out: &mut String) {
    let _ = writeln!(
        out,
        "<tr class=\"{}\"><td>{}</td><td>{}</td><td>{}</td></tr>",
        class(item.status),
        passage(&item.wanted),
        xml_text(&status_name(item.status, texts)),
        item.found.as_ref().map_or_else(|| "—".to_owned(), passage)
    );
}

/// Characters of a paragraph that are shown on either side of a value.
const AROUND: usize = 110;

/// A passage; a value stands out in its paragraph, the cells of a row stand apart.
fn passage(place: &Place) -> String {
    let escaped = |text: &str| xml_text(text).replace('\n', "<br>");
    let value = place.text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((before, after)) = place.around.split_once(&value).filter(|_| !value.is_empty()) {
        let skipped = before.chars().count().saturating_sub(AROUND);
        let start: String = before.chars().skip(skipped).collect();
        let end: String = after.chars().take(AROUND).collect();
        let lead = if skipped > 0 { "…" } else { "" };
        let tail = if after.chars().count() > AROUND { "…" } else { "" };
        return format!("{lead}{}<b>{}</b>{}{tail}", escaped(&start), escaped(&value), escaped(&end));
    }
    let cells: Vec<&str> = place.text.split(" | ").filter(|cell| !cell.trim().is_empty()).collect();
    if cells.len() < 2 {
        return escaped(&place.text);
    }
    // The number of the row says nothing here.
    let numbered = cells.first().is_some_and(|first| first.trim().chars().all(|c| c.is_ascii_digit()));
    let cells = cells.iter().skip(usize::from(numbered));
    cells.map(|cell| format!("<span class=\"cell\">{}</span>", escaped(cell))).collect()
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
        let around = "Mỗi xã ít nhất 06 <b> trở lên".into();
        let place = Place { span: Span { block: 3, start: 0, end: 5 }, text: "ít nhất 06 <b>".into(), around };
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
        let texts = Texts::builtin(Lang::Vi);
        assert!(table(&compared, &texts).contains("KH-B") && table(&compared, &texts).contains("ít nhất 06"));
        assert!(html(&compared, &texts).contains("Mỗi xã <b>ít nhất 06 &lt;b&gt;</b> trở lên"));
        let json = json(&compared, &texts).unwrap();
        assert!(json.contains("\"status\": \"missing\"") && json.contains("\"message\": \"Thiếu chỉ tiêu"));
    }
}
