//! The review of a list of awardees as table, JSON, HTML and XLSX; the mail-merge workbook; the register as a workbook.

mod workbook;

pub use workbook::{MailRow, mail_merge, register, review};

use crate::compose::award::Counts;
use crate::language::numeral_words::grouped;
use crate::model::{AwardFinding, ListPlace, Severity, Subject};
use crate::pack::Texts;
use serde::Serialize;
use serde_json::json;

/// A review: what was proposed and what a person has to look at.
#[derive(Debug, Clone, Copy)]
pub struct Review<'r> {
    /// Path of the list.
    pub file: &'r str,
    /// How many, and the sum.
    pub counts: &'r Counts,
    /// Findings in the order of the list.
    pub findings: &'r [AwardFinding],
    /// Sentences of the reader's language.
    pub texts: &'r Texts,
}

/// A finding in words.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// Key of the severity.
    pub severity_key: &'static str,
    /// Severity in words.
    pub severity: String,
    /// Code.
    pub code: &'static str,
    /// Place in words.
    pub place: String,
    /// Other places in words.
    pub also: String,
    /// What is the matter.
    pub message: String,
    /// What to do.
    pub remedy: String,
}

impl Review<'_> {
    /// Findings in words.
    #[must_use]
    pub fn rows(&self) -> Vec<Row> {
        self.findings.iter().map(|finding| self.row(finding)).collect()
    }

    fn row(&self, finding: &AwardFinding) -> Row {
        let args: Vec<(&str, String)> = finding
            .args
            .iter()
            .map(|(slot, value)| (*slot, if *slot == "kind" { self.kind(value) } else { value.clone() }))
            .collect();
        let args: Vec<(&str, &str)> = args.iter().map(|(slot, value)| (*slot, value.as_str())).collect();
        let sentence = |part: &str| self.texts.get(&format!("award.finding.{}.{part}", finding.code), &args);
        let severity_key = severity_key(finding.severity);
        let also: Vec<String> = finding.related.iter().map(|place| self.place(place)).collect();
        Row {
            severity_key,
            severity: self.text(severity_key),
            code: finding.code,
            place: finding.place.as_ref().map_or_else(|| self.text("whole"), |place| self.place(place)),
            also: if also.is_empty() {
                String::new()
            } else {
                self.texts.get("award.report.also", &[("places", &also.join(", "))])
            },
            message: sentence("message"),
            remedy: sentence("remedy").trim_end_matches([' ', ':', '(', ')']).to_owned(),
        }
    }

    fn text(&self, key: &str) -> String {
        self.texts.get(&format!("award.report.{key}"), &[])
    }

    fn kind(&self, code: &str) -> String {
        self.texts.get(&format!("award.kind.{code}"), &[])
    }

    fn place(&self, place: &ListPlace) -> String {
        let file = place.file.rsplit(['/', '\\']).next().unwrap_or(&place.file);
        match &place.sheet {
            Some(sheet) => {
                format!("{file}, {}, {}", self.texts.get("award.report.sheet", &[("sheet", sheet)]), place.cell)
            }
            None => format!("{file}, {}", place.cell),
        }
    }

    /// "2 tập thể, 3 cá nhân".
    #[must_use]
    pub fn counts(&self) -> String {
        let parts = self.counts.of.iter().map(|(subject, count)| format!("{count} {}", self.kind(subject.code())));
        parts.collect::<Vec<_>>().join(", ")
    }

    /// The sum as printed; `None` when it is not known.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "sums are far below 2^52")]
    pub fn money(&self) -> Option<String> {
        self.counts.money.map(|money| format!("{} đồng", grouped(money as f64, 0)))
    }

    /// "1 lỗi, 2 cảnh báo, 0 lưu ý".
    #[must_use]
    pub fn summary(&self) -> String {
        let count = |severity| self.findings.iter().filter(|finding| finding.severity == severity).count().to_string();
        self.texts.get(
            "award.report.summary",
            &[
                ("errors", &count(Severity::Error)),
                ("warnings", &count(Severity::Warning)),
                ("infos", &count(Severity::Info)),
            ],
        )
    }

    /// The review for a terminal.
    #[must_use]
    pub fn table(&self) -> String {
        use std::fmt::Write as _;
        let mut out = String::new();
        let label = |key: &str| self.text(key);
        let _ = writeln!(out, "{}: {}", label("file"), super::sentences::shown(self.file));
        let _ = writeln!(out, "{}: {}", label("counts"), self.counts());
        if let Some(money) = self.money() {
            let _ = writeln!(out, "{}: {money}", label("money"));
        }
        let _ = writeln!(out);
        let rows = self.rows();
        if rows.is_empty() {
            let _ = writeln!(out, "{}", label("none"));
            return out;
        }
        for row in rows {
            let _ = writeln!(out, "{:<9} {}  {}", row.severity, row.code, super::sentences::shown(&row.place));
            let _ = writeln!(out, "          {}", super::sentences::shown(&row.message));
            if !row.also.is_empty() {
                let _ = writeln!(out, "          {}", super::sentences::shown(&row.also));
            }
            let _ = writeln!(out, "          → {}", super::sentences::shown(&row.remedy));
        }
        let _ = writeln!(out, "\n{}", self.summary());
        out
    }

    /// The review for programs.
    #[must_use]
    pub fn json(&self) -> String {
        let rows = self.rows();
        let findings: Vec<_> = self
            .findings
            .iter()
            .zip(&rows)
            .map(|(finding, row)| json!({"finding": finding, "message": row.message, "remedy": row.remedy}))
            .collect();
        let of = |subject: Subject| self.counts.of.get(&subject).copied().unwrap_or(0);
        let counts: serde_json::Map<String, serde_json::Value> =
            Subject::ALL.iter().map(|subject| (subject.code().to_owned(), json!(of(*subject)))).collect();
        format!(
            "{:#}\n",
            json!({"schema_version": 1, "file": self.file, "counts": counts, "money": self.counts.money, "findings": findings})
        )
    }

    /// The review as a page.
    ///
    /// # Errors
    /// When the page's template is faulty, which a test excludes.
    pub fn html(&self, lang: &str) -> Result<String, tera::Error> {
        let mut tera = tera::Tera::default();
        tera.add_raw_template("ra-soat.html", include_str!("../../../templates/khen-thuong/ra-soat.html"))?;
        let keys = ["title", "file", "counts", "money", "none", "severity", "code", "place", "message", "remedy"];
        let words: std::collections::BTreeMap<&str, String> = keys.iter().map(|key| (*key, self.text(key))).collect();
        let mut context = tera::Context::new();
        context.insert("lang", lang);
        context.insert("words", &words);
        context.insert("file", self.file);
        context.insert("counts", &self.counts());
        context.insert("money", &self.money().unwrap_or_default());
        context.insert("summary", &self.summary());
        context.insert("rows", &self.rows());
        tera.render("ra-soat.html", &context)
    }
}

fn severity_key(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}
