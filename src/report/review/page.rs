//! One self-contained page for a batch: files with their verdicts and findings, filters by file, code and severity.
//!
//! Everything from a document goes through the template engine's escaping. The page asks nothing of any network, and
//! shows everything where no script runs.

use super::super::View;
use super::super::entries::severity_key;
use super::{RuleInfo, counts};
use crate::model::{BatchReport, CheckReport, Noted, Severity, Verdict};
use crate::pack::Lang;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};
use tera::{Context, Tera};

/// Writes the page, file by file. `copies` are the annotated copies beside it, one for each file of the batch or none at
/// all.
///
/// # Errors
/// When it cannot be written, or a template does not fit its values, which a test excludes.
pub fn write(
    batch: &BatchReport,
    rules: &[RuleInfo],
    copies: &[Option<String>],
    (lang, view): (Lang, &View),
    out: &mut impl Write,
) -> io::Result<()> {
    let tera = templates().map_err(io::Error::other)?;
    let mut context = context(batch, rules, lang, view);
    let mut part = |name: &str, context: &Context| {
        // The line break at the end of a template is that of its file.
        let text = tera.render(name, context).map_err(io::Error::other)?;
        writeln!(out, "{}", text.strip_suffix('\n').unwrap_or(&text))
    };
    part("checked-head.html", &context)?;
    for (at, report) in batch.files.iter().enumerate() {
        context.insert("file", &File::of(report, copies.get(at), view));
        part("checked-file.html", &context)?;
    }
    part("checked-tail.html", &context)
}

fn templates() -> tera::TeraResult<Tera> {
    let mut tera = Tera::default();
    let raw = |text: &str| format!("{{% raw %}}{text}{{% endraw %}}");
    tera.add_raw_templates([
        ("checked.css", raw(include_str!("../../../templates/base/report/checked.css"))),
        ("checked.js", raw(include_str!("../../../templates/base/report/checked.js"))),
        ("card.html", include_str!("../../../templates/base/report/card.html").to_owned()),
        ("checked-head.html", include_str!("../../../templates/base/report/checked-head.html").to_owned()),
        ("checked-file.html", include_str!("../../../templates/base/report/checked-file.html").to_owned()),
        ("checked-tail.html", include_str!("../../../templates/base/report/checked-tail.html").to_owned()),
    ])?;
    Ok(tera)
}

/// What all parts of the page know.
fn context(batch: &BatchReport, rules: &[RuleInfo], lang: Lang, view: &View) -> Context {
    let word = |key: &str| view.text(&format!("checked.page.{key}"));
    const WORDS: [&str; 17] = [
        "title", "search", "verdict", "severity", "code", "all", "print", "none", "clean", "reason", "basis", "remedy",
        "related", "rules", "bad", "good", "form",
    ];
    let words: BTreeMap<&str, String> = WORDS.iter().map(|key| (*key, word(key))).collect();
    let verdicts: Vec<(&str, String, usize)> =
        batch.verdicts().map(|(verdict, count)| (verdict.key(), view.verdict(verdict), count)).to_vec();
    let severities: Vec<(&str, String)> = [Severity::Error, Severity::Warning, Severity::Info]
        .map(|severity| (severity_name(severity), view.text(severity_key(severity))))
        .to_vec();
    let codes: Vec<(&str, usize)> = batch.by_code().into_iter().map(|(code, (_, count))| (code, count)).collect();
    let about_batch: Vec<Card> = batch.findings.iter().map(|noted| Card::of(noted, view)).collect();
    let rules: Vec<Rule> = rules.iter().map(|rule| Rule::of(rule, view)).collect();
    let mut context = Context::new();
    context.insert("lang", if lang == Lang::Vi { "vi" } else { "en" });
    context.insert("words", &words);
    context.insert("verdicts", &verdicts);
    context.insert("severities", &severities);
    context.insert("codes", &codes);
    context.insert("batch", &view.text("checked.batch"));
    context.insert("about_batch", &about_batch);
    context.insert("rules", &rules);
    context
}

fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

#[derive(Serialize)]
struct File {
    path: String,
    name: String,
    folder: String,
    about: String,
    verdict: &'static str,
    verdict_text: String,
    is_clean: bool,
    counts: String,
    form: Option<String>,
    failure: Option<String>,
    copy: Option<String>,
    cards: Vec<Card>,
}

impl File {
    fn of(report: &CheckReport, copy: Option<&Option<String>>, view: &View) -> Self {
        let path = report.path.replace('\\', "/");
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
        let about = [&report.about.name, &report.about.unit, &report.about.award];
        Self {
            name: name.to_owned(),
            folder: folder.to_owned(),
            about: about.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" · "),
            verdict: report.verdict.key(),
            verdict_text: view.verdict(report.verdict),
            is_clean: report.findings.is_empty() && report.verdict != Verdict::Unreadable,
            counts: if counts(&report.findings) == [0; 3] { String::new() } else { view.counts(report) },
            form: report.form.as_ref().map(|form| format!("{} ({})", form.title, form.law)),
            failure: view.failed(report),
            copy: copy.cloned().flatten(),
            cards: report.findings.iter().map(|noted| Card::of(noted, view)).collect(),
            path,
        }
    }
}

#[derive(Serialize)]
struct Card {
    code: &'static str,
    severity: &'static str,
    gravity: String,
    message: String,
    quote: Option<String>,
    place: String,
    reason: Option<String>,
    basis: Option<String>,
    remedy: Option<String>,
    related: Vec<String>,
}

impl Card {
    fn of(noted: &Noted, view: &View) -> Self {
        let finding = &noted.finding;
        let words = view.sentences(finding);
        let elsewhere = finding.elsewhere.iter().map(|other| format!("{}: “{}”", other.path, other.quote));
        Self {
            code: finding.code,
            severity: severity_name(finding.severity),
            gravity: view.gravity(finding),
            message: words.message,
            quote: noted.quote.clone().filter(|quote| !quote.is_empty()),
            place: view.whereabouts(noted),
            reason: words.reason,
            basis: words.basis,
            remedy: words.remedy,
            related: noted.related_quotes.iter().map(|quote| format!("“{quote}”")).chain(elsewhere).collect(),
        }
    }
}

#[derive(Serialize)]
struct Rule {
    code: String,
    gravity: String,
    title: String,
    reason: Option<String>,
    basis: Option<String>,
    remedy: Option<String>,
    bad: Option<String>,
    good: Option<String>,
}

impl Rule {
    fn of(rule: &RuleInfo, view: &View) -> Self {
        Self {
            code: rule.code.clone(),
            gravity: view.text(severity_key(rule.severity)),
            title: rule.title.clone(),
            reason: rule.reason.clone(),
            basis: rule.basis.clone(),
            remedy: rule.remedy.clone(),
            bad: rule.bad.clone(),
            good: rule.good.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::review::sample;
    use crate::report::sample::with_view;

    #[test]
    fn the_page_shows_everything_escaped_and_asks_no_network() {
        let copies = [Some("bao-cao-01.nhan-xet.docx".to_owned()), None, None];
        let mut page = Vec::new();
        with_view(|view| write(&sample::batch(), &sample::rules(), &copies, (Lang::Vi, view), &mut page).unwrap());
        let page = String::from_utf8(page).unwrap();
        for part in [
            "Nguyễn Thị &lt;A&gt; · Hội LHPN xã B",
            "“&lt;b&gt;1&lt;/b&gt;”",
            "Cần sửa",
            "Không đọc được",
            "data-code=\"TD201\"",
            "href=\"bao-cao-01.nhan-xet.docx\"",
            "Quy tắc TD302",
            "bao-cao-02.docx: “đã hoàn thành &amp; vượt”",
        ] {
            assert!(page.contains(part), "{part}");
        }
        assert!(!page.contains("http") && !page.contains("“<b>"), "no address of any network");
    }
}
