//! The sample office: every incoming document against what a person wrote down for it in `samples/expect/`.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use thidua::language::fold::fold;
use thidua::model::{Citation, Deadline, DocumentInfo, Quota, QuotaOp, RecurringMode, Role, Unit, When};
use thidua::{Engine, Options, Reading};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expectation {
    file: String,
    document: BTreeMap<String, toml::Value>,
    expect: Items,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Items {
    citations: Vec<WantedCitation>,
    deadlines: Vec<WantedDeadline>,
    quotas: Vec<WantedQuota>,
    diagnostics: Vec<String>,
    #[serde(default)]
    diagnostics_optional: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WantedCitation {
    r#type: String,
    code: Option<String>,
    date: Option<String>,
    role: String,
    issuer: Option<String>,
    pinpoint: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WantedDeadline {
    text: String,
    when: String,
    kind: Option<String>,
    actor: Option<String>,
    #[serde(default)]
    optional: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WantedQuota {
    text: String,
    value: String,
    unit: String,
    kind: Option<String>,
    actor: Option<String>,
    per: Option<String>,
    frequency: Option<String>,
    #[serde(default)]
    optional: bool,
}

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples")
}

fn expectations() -> Vec<Expectation> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(samples().join("expect"))
        .expect("samples/expect")
        .map(|entry| entry.expect("entry").path())
        .collect();
    files.sort();
    files
        .iter()
        .map(|file| {
            let text = std::fs::read_to_string(file).expect("expectation");
            toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
        })
        .collect()
}

fn read(engine: &Engine, name: &str) -> Result<Reading, String> {
    let bytes = std::fs::read(samples().join("van-phong-mau/den").join(name)).expect("sample");
    let document = engine.read(name, &bytes).map_err(|error| error.to_string())?;
    Ok(engine.extract(document, &Options::default()))
}

#[test]
fn every_incoming_document_has_an_expectation() {
    let mut incoming: Vec<String> = std::fs::read_dir(samples().join("van-phong-mau/den"))
        .expect("den")
        .map(|entry| entry.expect("entry").file_name().into_string().expect("name"))
        .collect();
    incoming.sort();
    let expected: Vec<String> = expectations().into_iter().map(|e| e.file).collect();
    assert_eq!(incoming, expected);
}

#[test]
fn what_is_expected_comes_out_and_nothing_else() {
    let engine = Engine::new().expect("engine");
    let mut report = String::new();
    for wanted in expectations() {
        let differences = match read(&engine, &wanted.file) {
            Ok(reading) => compare(&wanted, &reading),
            Err(error) => vec![format!("NOT READ: {error}")],
        };
        if !differences.is_empty() {
            let _ = writeln!(report, "\n{}", wanted.file);
            for difference in differences {
                let _ = writeln!(report, "  {difference}");
            }
        }
    }
    assert!(report.is_empty(), "{report}");
}

#[test]
fn every_span_reproduces_its_text() {
    let engine = Engine::new().expect("engine");
    for wanted in expectations() {
        let reading = read(&engine, &wanted.file).unwrap_or_else(|error| panic!("{}: {error}", wanted.file));
        let found = &reading.extraction;
        let spans = found
            .citations
            .iter()
            .map(|c| (c.span, &c.text))
            .chain(found.deadlines.iter().map(|d| (d.span, &d.text)))
            .chain(found.quotas.iter().map(|q| (q.span, &q.text)))
            .chain(found.attachments.iter().map(|a| (a.span, &a.text)));
        let mut count = 0;
        for (span, text) in spans {
            assert_eq!(reading.document.slice(span), Some(text.as_str()), "{}", wanted.file);
            count += 1;
        }
        assert!(count > 0, "{}: nothing was extracted", wanted.file);
        for finding in &found.diagnostics {
            for span in finding.span.iter().chain(&finding.related) {
                let quoted = reading.document.slice(*span);
                // What reading has left out stood at a place; there are no words of it any more.
                let has_words = |text: &str| !text.is_empty() || finding.code.starts_with("IN");
                assert!(quoted.is_some_and(has_words), "{}: {finding:?}", wanted.file);
            }
        }
    }
}

/// All differences, each a line that names the kind of item and both sides.
fn compare(wanted: &Expectation, reading: &Reading) -> Vec<String> {
    let found = &reading.extraction;
    let mut lines = header(&wanted.document, &found.document);
    citations(&mut lines, &wanted.expect.citations, &found.citations);
    deadlines(&mut lines, &wanted.expect.deadlines, &found.deadlines);
    quotas(&mut lines, &wanted.expect.quotas, &found.quotas);
    findings(&mut lines, &wanted.expect, reading);
    lines
}

fn header(wanted: &BTreeMap<String, toml::Value>, found: &DocumentInfo) -> Vec<String> {
    let signature = found.signature.clone().unwrap_or_default();
    let mut lines = Vec::new();
    for (field, want) in wanted {
        let got = match field.as_str() {
            "type" => &found.kind,
            "number" => &found.number,
            "symbol" => &found.symbol,
            "issuer" => &found.issuer,
            "parent_issuer" => &found.parent_issuer,
            "place" => &found.place,
            "date" => &found.date,
            "subject" => &found.subject,
            "signature" => {
                let got =
                    [&signature.authority, &signature.title, &signature.name].map(|v| v.clone().unwrap_or_default());
                let want: Vec<&str> = want.as_array().into_iter().flatten().filter_map(toml::Value::as_str).collect();
                if !want.iter().zip(&got).all(|(want, got)| fold(want) == fold(got)) {
                    lines.push(format!("header signature: wanted {want:?}, got {got:?}"));
                }
                continue;
            }
            "recipients" => {
                let got = found.recipients.len();
                if want.as_integer() != i64::try_from(got).ok() {
                    lines.push(format!("header recipients: wanted {want}, got {got} {:?}", found.recipients));
                }
                continue;
            }
            other => panic!("unknown header field {other}"),
        };
        let want = want.as_str().unwrap_or_default();
        let same = match got {
            None => want.is_empty(),
            Some(got) if matches!(field.as_str(), "issuer" | "parent_issuer" | "subject") => near(want, got),
            Some(got) => fold(want) == fold(got),
        };
        if !same {
            lines.push(format!("header {field}: wanted {want:?}, got {got:?}"));
        }
    }
    lines
}

fn citations(lines: &mut Vec<String>, wanted: &[WantedCitation], found: &[Citation]) {
    let mut left: Vec<&Citation> = found.iter().filter(|c| !c.repeat).collect();
    for want in wanted {
        let label = want.code.as_deref().or(want.date.as_deref()).unwrap_or(&want.r#type);
        let same = |got: &Citation| {
            want.date == got.date
                && match &want.code {
                    Some(code) => got.code.as_deref().is_some_and(|c| fold(c) == fold(code)),
                    None => want.r#type == got.kind,
                }
        };
        let Some(hit) = take(&mut left, same) else {
            lines.push(format!("citation MISSED {label}"));
            continue;
        };
        one_of(lines, label, "type", &want.r#type, &hit.kind);
        one_of(lines, label, "role", &want.role, if hit.role == Role::Basis { "basis" } else { "mention" });
        about(lines, label, "issuer", want.issuer.as_deref(), hit.issuer.as_deref());
        about(lines, label, "pinpoint", want.pinpoint.as_deref(), hit.pinpoint.as_deref());
    }
    lines.extend(left.iter().map(|c| format!("citation EXTRA  {:?}", c.text)));
}

fn deadlines(lines: &mut Vec<String>, wanted: &[WantedDeadline], found: &[Deadline]) {
    let mut left: Vec<&Deadline> = found.iter().collect();
    for want in wanted.iter().filter(|w| !w.optional).chain(wanted.iter().filter(|w| w.optional)) {
        let hit = take(&mut left, |d| is_one_of(&want.when, &when(&d.when)) && near(&want.text, &d.text));
        match hit {
            _ if want.optional => {}
            None => lines.push(format!("deadline MISSED {:?} {}", want.text, want.when)),
            Some(hit) => {
                if let Some(kind) = &want.kind {
                    one_of(lines, &want.text, "kind", kind, &name(&hit.kind));
                }
                about(lines, &want.text, "actor", want.actor.as_deref(), hit.actor.as_deref());
            }
        }
    }
    lines.extend(left.iter().map(|d| format!("deadline EXTRA  {:?} {}", d.text, when(&d.when))));
}

fn quotas(lines: &mut Vec<String>, wanted: &[WantedQuota], found: &[Quota]) {
    let mut left: Vec<&Quota> = found.iter().collect();
    for want in wanted.iter().filter(|w| !w.optional).chain(wanted.iter().filter(|w| w.optional)) {
        let hit = take(&mut left, |got| {
            is_one_of(&want.value, &value(got))
                && near(&want.text, &got.text)
                && (want.unit == "percent") == (got.unit == Unit::Percent)
        });
        match hit {
            _ if want.optional => {}
            None => lines.push(format!("quota MISSED {:?} {}", want.text, want.value)),
            Some(hit) => {
                if let Some(kind) = &want.kind {
                    one_of(lines, &want.text, "kind", kind, &name(&hit.kind));
                }
                about(lines, &want.text, "unit", Some(&want.unit), Some(&String::from(hit.unit.clone())));
                about(lines, &want.text, "actor", want.actor.as_deref(), hit.actor.as_deref());
                about(lines, &want.text, "per", want.per.as_deref(), hit.per.as_deref());
                if let Some(frequency) = &want.frequency {
                    one_of(lines, &want.text, "frequency", frequency, &name(&hit.frequency));
                }
            }
        }
    }
    lines.extend(left.iter().map(|q| format!("quota EXTRA  {:?} {}", q.text, value(q))));
}

fn findings(lines: &mut Vec<String>, wanted: &Items, reading: &Reading) {
    let mut left: Vec<_> = reading.extraction.diagnostics.iter().filter(|f| f.code.starts_with("TD")).collect();
    for want in &wanted.diagnostics {
        if take(&mut left, |f| f.code == want).is_none() && !wanted.diagnostics_optional.contains(want) {
            lines.push(format!("finding MISSED {want}"));
        }
    }
    for want in &wanted.diagnostics_optional {
        take(&mut left, |f| f.code == want);
    }
    lines.extend(left.iter().map(|f| {
        let quoted = f.span.and_then(|span| reading.document.slice(span));
        format!("finding EXTRA  {} at {quoted:?} {:?}", f.code, f.args)
    }));
}

/// Removes and returns the first item that fits.
fn take<'a, T>(left: &mut Vec<&'a T>, fits: impl Fn(&T) -> bool) -> Option<&'a T> {
    let at = left.iter().position(|item| fits(item))?;
    Some(left.remove(at))
}

/// A line when a value is none of those wanted.
fn one_of(lines: &mut Vec<String>, item: &str, field: &str, wanted: &str, got: &str) {
    if !is_one_of(wanted, got) {
        lines.push(format!("{item:?} {field}: wanted {wanted}, got {got}"));
    }
}

fn is_one_of(wanted: &str, got: &str) -> bool {
    wanted.split('|').any(|option| option.trim() == got)
}

/// A line when a phrase that is wanted is not there, or is another one.
fn about(lines: &mut Vec<String>, item: &str, field: &str, wanted: Option<&str>, got: Option<&str>) {
    if let Some(wanted) = wanted
        && !got.is_some_and(|got| near(wanted, got))
    {
        lines.push(format!("{item:?} {field}: wanted {wanted:?}, got {got:?}"));
    }
}

/// One contains the other, or they share half the words of the shorter.
fn near(a: &str, b: &str) -> bool {
    let (a, b) = (fold(a), fold(b));
    let words = |text: &str| -> BTreeSet<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
    };
    let (x, y) = (words(&a), words(&b));
    let shared = x.intersection(&y).count();
    !x.is_empty() && !y.is_empty() && (a.contains(&b) || b.contains(&a) || shared * 2 >= x.len().min(y.len()))
}

/// A `When` in the notation of `samples/README.md`.
fn when(when: &When) -> String {
    match when {
        When::By { date, inclusive } => format!("{} {date}", if *inclusive { "by" } else { "before" }),
        When::On { date } => format!("on {date}"),
        When::During { start, end, until } => {
            let side = |date: &Option<String>| date.clone().unwrap_or_default();
            format!("{}..{}{}", side(start), side(end), if until.is_some() { " until" } else { "" })
        }
        When::Recurring { rrule, mode } => format!(
            "{rrule} {}",
            match mode {
                RecurringMode::Before => "before",
                RecurringMode::By => "by",
                RecurringMode::On => "on",
                RecurringMode::During => "during",
            }
        ),
        When::Relative { offset, working_days, .. } => {
            format!("{offset}{}", if *working_days { " working" } else { "" })
        }
    }
}

fn value(quota: &Quota) -> String {
    let op = match quota.op {
        QuotaOp::AtLeast => ">=",
        QuotaOp::MoreThan => ">",
        QuotaOp::Exactly => "=",
        QuotaOp::LessThan => "<",
        QuotaOp::AtMost => "<=",
    };
    format!("{op} {}", quota.value)
}

/// The name of an enumeration's value as JSON prints it.
fn name(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}
