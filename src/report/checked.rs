//! What checking came to, for a terminal and for programs. Field names are a contract; additions only.

use super::review::RuleInfo;
use super::table::wrap;
use super::{View, sentences};
use crate::model::{About, BatchReport, CheckReport, Elsewhere, Fix, FormUsed, Noted, Place, Severity, Span, Verdict};
use crate::pack::{RuleBook, RuleEntry, Texts};
use serde::Serialize;
use std::fmt::Write as _;

/// Version of the form; a change that breaks readers of the old form raises it.
pub const SCHEMA_VERSION: u32 = 1;

/// Characters of a line.
const WIDTH: usize = 110;

/// A whole batch as one object.
///
/// # Errors
/// Never for a well-formed report; the type is serde's.
pub fn pretty(batch: &BatchReport, view: &View) -> serde_json::Result<String> {
    serde_json::to_string_pretty(&PrintedBatch {
        schema_version: SCHEMA_VERSION,
        verdicts: batch.verdicts().into_iter().map(|(verdict, count)| Count { verdict, count }).collect(),
        files: batch.files.iter().map(|file| printed(file, view)).collect(),
        findings: batch.findings.iter().map(|noted| finding(noted, view)).collect(),
    })
}

/// One line for each file, then one for the findings of the batch where there are some.
///
/// # Errors
/// Never for a well-formed report; the type is serde's.
pub fn lines(batch: &BatchReport, view: &View) -> serde_json::Result<String> {
    let mut out = String::new();
    for file in &batch.files {
        out.push_str(&serde_json::to_string(&printed(file, view))?);
        out.push('\n');
    }
    if !batch.findings.is_empty() {
        let findings: Vec<PrintedFinding> = batch.findings.iter().map(|noted| finding(noted, view)).collect();
        out.push_str(&serde_json::to_string(&PrintedRest { schema_version: SCHEMA_VERSION, findings })?);
        out.push('\n');
    }
    Ok(out)
}

#[derive(Serialize)]
struct PrintedBatch<'a> {
    schema_version: u32,
    verdicts: Vec<Count>,
    files: Vec<PrintedFile<'a>>,
    findings: Vec<PrintedFinding<'a>>,
}

#[derive(Serialize)]
struct PrintedRest<'a> {
    schema_version: u32,
    findings: Vec<PrintedFinding<'a>>,
}

#[derive(Serialize)]
struct Count {
    verdict: Verdict,
    count: usize,
}

#[derive(Serialize)]
struct PrintedFile<'a> {
    schema_version: u32,
    path: &'a str,
    sha256: &'a str,
    verdict: Verdict,
    verdict_text: String,
    form: Option<&'a FormUsed>,
    about: &'a About,
    findings: Vec<PrintedFinding<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

/// A finding with its sentences and the words it is about.
#[derive(Serialize)]
struct PrintedFinding<'a> {
    code: &'a str,
    severity: Severity,
    review: bool,
    message: String,
    reason: Option<String>,
    basis: Option<String>,
    remedy: Option<String>,
    place: Option<String>,
    at: Option<&'a Place>,
    span: Option<Span>,
    quote: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<Related<'a>>,
    #[serde(skip_serializing_if = "<[Elsewhere]>::is_empty")]
    elsewhere: &'a [Elsewhere],
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<&'a Fix>,
    fingerprint: &'a str,
}

#[derive(Serialize)]
struct Related<'a> {
    span: Span,
    quote: &'a str,
}

fn printed<'a>(file: &'a CheckReport, view: &View) -> PrintedFile<'a> {
    PrintedFile {
        schema_version: SCHEMA_VERSION,
        path: &file.path,
        sha256: &file.sha256,
        verdict: file.verdict,
        verdict_text: verdict(file.verdict, view),
        form: file.form.as_ref(),
        about: &file.about,
        findings: file.findings.iter().map(|noted| finding(noted, view)).collect(),
        error: failure(file, view),
    }
}

fn finding<'a>(noted: &'a Noted, view: &View) -> PrintedFinding<'a> {
    let words = sentences::finding(view.texts, &noted.finding);
    let quotes = noted.related_quotes.iter().map(String::as_str);
    PrintedFinding {
        code: noted.finding.code,
        severity: noted.finding.severity,
        review: noted.finding.review,
        message: words.message,
        reason: words.reason,
        basis: words.basis,
        remedy: words.remedy,
        place: noted.place.as_ref().map(|place| view.place_of(place)),
        at: noted.place.as_ref(),
        span: noted.finding.span,
        quote: noted.quote.as_deref(),
        related: noted.finding.related.iter().zip(quotes).map(|(span, quote)| Related { span: *span, quote }).collect(),
        elsewhere: &noted.finding.elsewhere,
        fix: noted.finding.fix.as_ref(),
        fingerprint: &noted.fingerprint,
    }
}

/// A verdict in words: *Đạt*, *Cần người xem*, *Cần sửa*, *Không đọc được*.
#[must_use]
pub fn verdict(verdict: Verdict, view: &View) -> String {
    view.text(&format!("verdict.{}", verdict.key()))
}

/// Why a file could not be read, in words.
#[must_use]
pub fn failure(file: &CheckReport, view: &View) -> Option<String> {
    file.failure.as_ref().map(|failure| sentences::failure(view.texts, failure.key, &failure.args))
}

/// The summary for a terminal.
#[must_use]
pub fn table(batch: &BatchReport, view: &View) -> String {
    let mut out = String::new();
    for file in &batch.files {
        head(&mut out, file, view);
        for noted in &file.findings {
            entry(&mut out, noted, view);
        }
        out.push('\n');
    }
    if !batch.findings.is_empty() {
        let _ = writeln!(out, "{}", view.text("check.batch"));
        for noted in &batch.findings {
            entry(&mut out, noted, view);
        }
        out.push('\n');
    }
    if batch.files.len() > 1 {
        let counts = batch.verdicts().into_iter().filter(|(_, count)| *count > 0);
        let counts: Vec<String> = counts.map(|(kind, count)| format!("{}: {count}", verdict(kind, view))).collect();
        let _ = writeln!(out, "{}", counts.join(" · "));
    }
    out
}

fn head(out: &mut String, file: &CheckReport, view: &View) {
    let _ = writeln!(out, "{}  {}", verdict(file.verdict, view).to_uppercase(), sentences::shown(&file.path));
    let about = [&file.about.name, &file.about.unit, &file.about.award];
    let about: Vec<&str> = about.into_iter().flatten().map(String::as_str).collect();
    for line in wrap(&about.join(" · "), WIDTH - 2) {
        let _ = writeln!(out, "  {line}");
    }
    if let Some(form) = &file.form {
        let guessed = if form.guessed { view.text("check.guessed") } else { String::new() };
        let unverified = if form.verified { String::new() } else { view.text("check.unverified") };
        let notes: Vec<&str> =
            [guessed.as_str(), unverified.as_str()].into_iter().filter(|note| !note.is_empty()).collect();
        let notes = if notes.is_empty() { String::new() } else { format!(" ({})", notes.join("; ")) };
        let line = format!("{}: {}, {}{notes}", view.text("check.form"), form.title, form.law);
        for line in wrap(&line, WIDTH - 2) {
            let _ = writeln!(out, "  {line}");
        }
    }
    if let Some(reason) = failure(file, view) {
        let _ = writeln!(out, "  {reason}");
    }
}

fn entry(out: &mut String, noted: &Noted, view: &View) {
    let words = sentences::finding(view.texts, &noted.finding);
    let grade = view.text(&format!("report.severity.{}", key(noted.finding.severity)));
    let first = format!("{:<6} {:<10} ", noted.finding.code, grade);
    let indent = 19;
    let mut text = words.message;
    if noted.finding.review {
        text = format!("{text} [{}]", verdict(Verdict::Review, view).to_lowercase());
    }
    let mut lines = wrap(&text, WIDTH - indent - 2);
    if let Some(place) = &noted.place {
        let quote: String = noted.quote.as_deref().unwrap_or_default().replace('\n', " ");
        let short: String =
            if quote.chars().count() > 60 { quote.chars().take(57).chain("…".chars()).collect() } else { quote };
        let short = if short.is_empty() { String::new() } else { format!(": “{short}”") };
        lines.extend(wrap(&format!("{}{short}", view.place_of(place)), WIDTH - indent - 2));
    }
    for other in &noted.finding.elsewhere {
        lines.extend(wrap(&format!("{}: “{}”", sentences::shown(&other.path), other.quote), WIDTH - indent - 2));
    }
    if let Some(remedy) = words.remedy {
        lines.extend(wrap(&format!("→ {remedy}"), WIDTH - indent - 2));
    }
    for (at, line) in lines.iter().enumerate() {
        let lead = if at == 0 { first.as_str() } else { "" };
        let _ = writeln!(out, "  {lead:<indent$}{line}");
    }
}

/// Key of a severity in the text catalogues.
#[must_use]
pub fn key(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "info",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

/// A rule in words, as the terminal, the workbook and the page show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleText {
    /// Code.
    pub code: String,
    /// Gravest severity, in words.
    pub severity: String,
    /// What it is about.
    pub title: String,
    /// Why it matters.
    pub reason: String,
    /// What it rests on.
    pub basis: String,
    /// What to do.
    pub remedy: String,
    /// An example that breaks it.
    pub bad: String,
    /// An example that keeps it.
    pub good: String,
    /// A machine may mend it.
    pub fix: bool,
}

/// A rule in words. What a form or a paper would fill in stands as `…`.
#[must_use]
pub fn rule(rule: &RuleEntry, texts: &Texts) -> RuleText {
    let form = texts.get("check.rule.form", &[]);
    let part = |part: &str| {
        let key = format!("diagnostic.{}.{part}", rule.code);
        let slots =
            ["field", "value", "other", "award", "now", "role", "post", "section", "detail"].map(|slot| (slot, "…"));
        let slots: Vec<(&str, &str)> = slots.into_iter().chain([("law", form.as_str())]).collect();
        let text = texts.get(&key, &slots);
        if text == key { String::new() } else { text }
    };
    RuleText {
        code: rule.code.clone(),
        severity: texts.get(&format!("report.severity.{}", key(rule.severity.into())), &[]),
        title: part("title"),
        reason: part("reason"),
        basis: part("basis"),
        remedy: part("remedy"),
        bad: rule.bad.clone(),
        good: rule.good.clone(),
        fix: rule.fix,
    }
}

/// Every rule in words, for the workbook, the page and SARIF.
#[must_use]
pub fn rules(book: &RuleBook, texts: &Texts) -> Vec<RuleInfo> {
    let some = |text: String| Some(text).filter(|text| !text.is_empty());
    book.iter()
        .map(|entry| {
            let words = rule(entry, texts);
            RuleInfo {
                code: words.code,
                severity: entry.severity.into(),
                title: words.title,
                reason: some(words.reason),
                basis: some(words.basis),
                remedy: some(words.remedy),
                bad: some(words.bad),
                good: some(words.good),
            }
        })
        .collect()
}
