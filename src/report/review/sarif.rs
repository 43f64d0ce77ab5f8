//! Results of checking as SARIF 2.1.0 (OASIS Standard, 27 March 2020).
//!
//! A paper has no lines: a region's line is the paragraph, from 1, as the other reports number them, its columns count
//! Unicode scalar values of the paragraph's NFC text, from 1 (`columnKind` says so). The logical location names the
//! place in an office's words.

use super::super::View;
use super::RuleInfo;
use crate::model::{BatchReport, CheckReport, Fix, Noted, Severity, Span};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The log of a batch, indented. `rules` are those that were in force; codes without an entry are listed by their code.
///
/// # Errors
/// Never for a well-formed report; the type is serde's.
pub fn render(batch: &BatchReport, rules: &[RuleInfo], view: &View) -> serde_json::Result<String> {
    let mut index: BTreeMap<&str, usize> = BTreeMap::new();
    let mut described: Vec<Value> = Vec::new();
    for rule in rules {
        index.insert(&rule.code, described.len());
        described.push(descriptor(rule));
    }
    for (code, (severity, _)) in batch.by_code() {
        index.entry(code).or_insert_with(|| {
            described.push(json!({ "id": code, "defaultConfiguration": { "level": level(severity) } }));
            described.len() - 1
        });
    }
    let artifacts: Vec<Value> = batch.files.iter().map(artifact).collect();
    let results: Vec<Value> = batch
        .all()
        .map(|(file, noted)| {
            let report = file.and_then(|at| batch.files.get(at).map(|report| (at, report)));
            result(noted, report, index.get(noted.finding.code).copied(), view)
        })
        .collect();
    let failures: Vec<Value> = batch
        .files
        .iter()
        .enumerate()
        .filter_map(|(at, report)| {
            let text = view.failed(report)?;
            let location = json!({ "physicalLocation": { "artifactLocation": artifact_location(at, report) } });
            Some(json!({ "level": "error", "message": { "text": text }, "locations": [location] }))
        })
        .collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": described,
            } },
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                // The run itself went through; what could not be read is told beside.
                "executionSuccessful": true,
                "toolExecutionNotifications": failures,
            }],
            "artifacts": artifacts,
            "results": results,
        }],
    });
    serde_json::to_string_pretty(&log).map(|text| text + "\n")
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn descriptor(rule: &RuleInfo) -> Value {
    let mut value = json!({
        "id": rule.code,
        "shortDescription": { "text": rule.title },
        "defaultConfiguration": { "level": level(rule.severity) },
    });
    let full: Vec<&str> = [&rule.reason, &rule.basis].into_iter().flatten().map(String::as_str).collect();
    if let Some(object) = value.as_object_mut() {
        if !full.is_empty() {
            object.insert("fullDescription".to_owned(), json!({ "text": full.join(" ") }));
        }
        if let Some(remedy) = &rule.remedy {
            object.insert("help".to_owned(), json!({ "text": remedy }));
        }
    }
    value
}

fn artifact(report: &CheckReport) -> Value {
    let mut value = json!({ "location": { "uri": uri(&report.path) }, "roles": ["analysisTarget"] });
    if let Some(object) = value.as_object_mut().filter(|_| !report.sha256.is_empty()) {
        object.insert("hashes".to_owned(), json!({ "sha-256": report.sha256 }));
    }
    value
}

fn artifact_location(at: usize, report: &CheckReport) -> Value {
    json!({ "uri": uri(&report.path), "index": at })
}

fn region(span: Span) -> Value {
    json!({ "startLine": span.block + 1, "startColumn": span.start + 1, "endColumn": span.end + 1 })
}

fn result(noted: &Noted, report: Option<(usize, &CheckReport)>, rule: Option<usize>, view: &View) -> Value {
    let finding = &noted.finding;
    let words = view.sentences(finding);
    let mut text = words.message;
    for more in [words.reason, words.remedy].into_iter().flatten() {
        text.push(' ');
        text.push_str(&more);
    }
    let mut value = json!({
        "ruleId": finding.code,
        "level": level(finding.severity),
        "message": { "text": text },
        "partialFingerprints": { "thidua/v1": noted.fingerprint },
    });
    let Some(object) = value.as_object_mut() else { return value };
    if let Some(rule) = rule {
        object.insert("ruleIndex".to_owned(), json!(rule));
    }
    if finding.review {
        object.insert("kind".to_owned(), json!("review"));
        // The standard lets only failures have another level.
        object.insert("level".to_owned(), json!("none"));
    }
    let Some((at, report)) = report else { return value };
    let place = artifact_location(at, report);
    let mut physical = json!({ "artifactLocation": place });
    if let (Some(span), Some(physical)) = (finding.span, physical.as_object_mut()) {
        let mut here = region(span);
        if let (Some(quote), Some(here)) = (&noted.quote, here.as_object_mut()) {
            here.insert("snippet".to_owned(), json!({ "text": quote }));
        }
        physical.insert("region".to_owned(), here);
    }
    let name = view.whereabouts(noted);
    let location = json!({ "physicalLocation": physical, "logicalLocations": [{ "fullyQualifiedName": name }] });
    object.insert("locations".to_owned(), json!([location]));
    let related: Vec<Value> = finding
        .related
        .iter()
        .map(|span| json!({ "physicalLocation": { "artifactLocation": place, "region": region(*span) } }))
        .chain(finding.elsewhere.iter().map(|other| {
            let mut physical = json!({ "artifactLocation": { "uri": uri(&other.path) } });
            if let (Some(span), Some(physical)) = (other.span, physical.as_object_mut()) {
                physical.insert("region".to_owned(), region(span));
            }
            json!({ "physicalLocation": physical, "message": { "text": other.quote } })
        }))
        .collect();
    if !related.is_empty() {
        object.insert("relatedLocations".to_owned(), json!(related));
    }
    if let Some(Fix::Replace { span, with }) = &finding.fix {
        let replacement = json!({ "deletedRegion": region(*span), "insertedContent": { "text": with } });
        let change = json!({ "artifactLocation": place, "replacements": [replacement] });
        object.insert("fixes".to_owned(), json!([{ "artifactChanges": [change] }]));
    }
    value
}

/// A path as a URI reference: slashes, and what may not stand in one written by its bytes.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for (at, segment) in path.replace('\\', "/").split('/').enumerate() {
        if at > 0 {
            out.push('/');
        }
        for byte in segment.bytes() {
            // A colon in the first segment would make a scheme of it.
            if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=@".contains(&byte) {
                out.push(byte.into());
            } else {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::review::sample;
    use crate::report::sample::with_view;

    fn log() -> Value {
        let text = with_view(|view| render(&sample::batch(), &sample::rules(), view).unwrap());
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn results_name_rule_place_and_correction() {
        let log = log();
        let run = &log["runs"][0];
        assert_eq!(log["version"], "2.1.0");
        let results = run["results"].as_array().unwrap();
        assert_eq!(results.len(), 4);
        for result in results {
            let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
            assert_eq!(rule["id"], result["ruleId"]);
            assert!(!result["message"]["text"].as_str().unwrap().is_empty());
            if let Some(location) = result["locations"].get(0) {
                let place = &location["physicalLocation"]["artifactLocation"];
                let artifact = &run["artifacts"][place["index"].as_u64().unwrap() as usize];
                assert_eq!(artifact["location"]["uri"], place["uri"]);
            }
        }
        let region = &results[1]["locations"][0]["physicalLocation"]["region"];
        assert_eq!(
            (&region["startLine"], &region["startColumn"], &region["endColumn"]),
            (&5.into(), &4.into(), &10.into())
        );
        assert_eq!(results[1]["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"], "28/02");
        assert_eq!((&results[2]["kind"], &results[2]["level"]), (&"review".into(), &"none".into()));
        assert_eq!(run["invocations"][0]["toolExecutionNotifications"].as_array().unwrap().len(), 1);
    }

    #[test]
    fn rules_are_listed_once() {
        let log = log();
        let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
        let ids: Vec<&str> = rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect();
        assert_eq!(ids, ["TD201", "TD302", "TD301", "TD401"]);
    }

    #[test]
    fn paths_become_uri_references() {
        assert_eq!(uri("nộp về\\a b.docx"), "n%E1%BB%99p%20v%E1%BB%81/a%20b.docx");
        assert_eq!(uri("C:\\x"), "C%3A/x");
    }
}
