//! What people and machines get from checking: comments in the paper, a workbook, a page, SARIF.
//!
//! All of them render one model, [`crate::model::BatchReport`], and say the same words.

pub mod letter;
pub mod notes;
pub mod page;
pub mod sarif;
pub mod xlsx;

use super::View;
use super::entries::severity_key;
use super::sentences::{self, Sentences};
use crate::model::{CheckReport, Finding, Noted, Severity, Verdict};
use crate::pack::{RuleBook, RuleEntry};

/// A rule as its readers see it: in the workbook, in SARIF, on the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleInfo {
    /// Stable code.
    pub code: String,
    /// Severity that findings have by default.
    pub severity: Severity,
    /// What it looks for, in one sentence.
    pub title: String,
    /// Why.
    pub reason: Option<String>,
    /// The rule that it rests on.
    pub basis: Option<String>,
    /// What to do.
    pub remedy: Option<String>,
    /// An example with the fault.
    pub bad: Option<String>,
    /// The same without it.
    pub good: Option<String>,
}

/// The rules that are in force, in the language of the view.
#[must_use]
pub fn rules(book: &RuleBook, view: &View) -> Vec<RuleInfo> {
    let sentence = |code: &str, part: &str| {
        let key = format!("diagnostic.{code}.{part}");
        let text = view.text(&key);
        // Without a finding there is nothing to fill slots with.
        (text != key && !text.contains('{')).then_some(text)
    };
    let rule = |rule: &RuleEntry| RuleInfo {
        code: rule.code.clone(),
        severity: rule.severity.into(),
        title: sentence(&rule.code, "title").or_else(|| sentence(&rule.code, "message")).unwrap_or_default(),
        reason: sentence(&rule.code, "reason"),
        basis: sentence(&rule.code, "basis"),
        remedy: sentence(&rule.code, "remedy"),
        bad: Some(rule.bad.clone()),
        good: Some(rule.good.clone()),
    };
    book.iter().map(rule).collect()
}

impl View<'_> {
    /// The word for a verdict.
    #[must_use]
    pub fn verdict(&self, verdict: Verdict) -> String {
        self.text(&format!("verdict.{}", verdict.key()))
    }

    /// The word for how grave a finding is; what could not be judged is for a person.
    #[must_use]
    pub fn gravity(&self, finding: &Finding) -> String {
        if finding.review { self.text("verdict.review") } else { self.text(severity_key(finding.severity)) }
    }

    /// The sentences of a finding.
    #[must_use]
    pub fn sentences(&self, finding: &Finding) -> Sentences {
        sentences::finding(self.texts, finding)
    }

    /// Where a finding stands; empty for the whole document.
    #[must_use]
    pub fn whereabouts(&self, noted: &Noted) -> String {
        noted.place.as_ref().map_or_else(|| self.text("checked.whole"), |place| self.place_of(place))
    }

    /// Why a file could not be read, in words.
    #[must_use]
    pub fn failed(&self, report: &CheckReport) -> Option<String> {
        report.failure.as_ref().map(|failure| sentences::failure(self.texts, failure.key, &failure.args))
    }

    /// Numbers of errors, warnings and notes in words.
    #[must_use]
    pub fn counts(&self, report: &CheckReport) -> String {
        let [errors, warnings, notes] = counts(&report.findings).map(|count| count.to_string());
        self.texts.get("checked.counts", &[("errors", &errors), ("warnings", &warnings), ("notes", &notes)])
    }
}

/// How many findings are errors, warnings and notes.
#[must_use]
pub fn counts(findings: &[Noted]) -> [usize; 3] {
    [Severity::Error, Severity::Warning, Severity::Info]
        .map(|severity| findings.iter().filter(|noted| noted.finding.severity == severity).count())
}

#[cfg(test)]
pub(crate) mod sample {
    use super::RuleInfo;
    use crate::model::{
        About, BatchReport, CheckReport, Elsewhere, Finding, Fix, FormUsed, InputError, Noted, Place, Severity, Span,
        Verdict,
    };

    fn noted(finding: Finding, quote: Option<&str>, fingerprint: &str) -> Noted {
        let place =
            finding.span.map(|span| Place { block: span.block, section: Some("II.1".into()), ..Place::default() });
        Noted {
            quote: quote.map(str::to_owned),
            related_quotes: vec!["ngày <7>".into(); finding.related.len()],
            place,
            finding,
            fingerprint: fingerprint.into(),
        }
    }

    /// Two files that were read, one that could not be, and a finding about the batch.
    pub fn batch() -> BatchReport {
        let span = Span { block: 4, start: 3, end: 9 };
        let fixable = Finding::new("TD201", Severity::Error, Some(span))
            .with("date", "31/02/2025")
            .fixed_by(Fix::Replace { span, with: "28/02".into() })
            .and(Span { block: 6, start: 0, end: 4 });
        let vague = Finding::new("TD302", Severity::Info, Some(Span { block: 5, start: 0, end: 4 })).for_review();
        let copied = Finding::new("TD401", Severity::Warning, None).also_in(Elsewhere {
            path: "bao-cao-02.docx".into(),
            span: None,
            quote: "đã hoàn thành & vượt".into(),
        });
        let file = |path: &str, findings: Vec<Noted>| {
            let mut report = CheckReport {
                path: path.into(),
                sha256: "ab".repeat(32),
                verdict: Verdict::Pass,
                form: Some(FormUsed {
                    id: "x/y".into(),
                    title: "Báo cáo thành tích cá nhân".into(),
                    law: "Nghị định số 152/2025/NĐ-CP".into(),
                    verified: false,
                    guessed: true,
                }),
                about: About {
                    name: Some("Nguyễn Thị <A>".into()),
                    unit: Some("Hội LHPN xã B".into()),
                    ..About::default()
                },
                findings,
                failure: None,
            };
            report.settle();
            report
        };
        BatchReport {
            files: vec![
                file(
                    "nop/bao-cao-01.docx",
                    vec![
                        noted(copied, None, "f00000000001"),
                        noted(fixable, Some("=31/02"), "f00000000002"),
                        noted(vague, Some("<b>1</b>"), "f00000000003"),
                    ],
                ),
                file("nop/bao-cao-02.docx", Vec::new()),
                CheckReport::unreadable("nop/hong.docx", &InputError::Empty),
            ],
            findings: vec![noted(Finding::new("TD301", Severity::Warning, None), None, "f00000000004")],
        }
    }

    pub fn rules() -> Vec<RuleInfo> {
        let rule = |code: &str, severity| RuleInfo {
            code: code.into(),
            severity,
            title: format!("Quy tắc {code}"),
            reason: None,
            basis: Some("NĐ 30/2020".into()),
            remedy: Some("Sửa".into()),
            bad: Some("31/02".into()),
            good: None,
        };
        vec![rule("TD201", Severity::Error), rule("TD302", Severity::Warning)]
    }
}
