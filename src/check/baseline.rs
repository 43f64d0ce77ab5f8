//! Findings that are known already: a file of their fingerprints, so that only new ones show.
//!
//! Files count by their names without folders, so that a baseline holds wherever the papers lie.

use crate::model::{BatchReport, Noted};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Version of the form of the file.
const SCHEMA_VERSION: u32 = 1;

/// Known findings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    schema_version: u32,
    /// Fingerprints with their codes, by name of the file; those about the batch stand under the empty name.
    files: BTreeMap<String, BTreeMap<String, String>>,
}

/// What a baseline did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hidden {
    /// Findings that were known.
    pub known: usize,
    /// Entries of files of this batch that nothing fits any more.
    pub unused: usize,
}

impl Baseline {
    /// Every finding of a batch.
    #[must_use]
    pub fn of(batch: &BatchReport) -> Self {
        let mut files: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        for (file, noted) in batch.all() {
            let name = file.and_then(|at| batch.files.get(at)).map_or("", |report| name(&report.path));
            let entry = (noted.fingerprint.clone(), noted.finding.code.to_owned());
            files.entry(name.to_owned()).or_default().extend([entry]);
        }
        Self { schema_version: SCHEMA_VERSION, files }
    }

    /// Reads a baseline; the error says what is wrong.
    ///
    /// # Errors
    /// When it is no baseline of this version.
    pub fn parse(json: &[u8]) -> Result<Self, String> {
        let json = json.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(json);
        let baseline: Self = serde_json::from_slice(json).map_err(|error| error.to_string())?;
        if baseline.schema_version != SCHEMA_VERSION {
            return Err(format!("schema_version {}", baseline.schema_version));
        }
        Ok(baseline)
    }

    /// The file's content.
    ///
    /// # Errors
    /// Never; the type is serde's.
    pub fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(self).map(|text| text + "\n")
    }

    /// Takes known findings out of a batch and settles the verdicts anew.
    pub fn hide(&self, batch: &mut BatchReport) -> Hidden {
        let mut hidden = Hidden::default();
        let mut used: BTreeSet<(String, String)> = BTreeSet::new();
        let mut keep = |file: &str, findings: &mut Vec<Noted>| {
            let Some(known) = self.files.get(file) else { return };
            findings.retain(|noted| {
                let is_known = known.contains_key(&noted.fingerprint);
                if is_known {
                    hidden.known += 1;
                    used.insert((file.to_owned(), noted.fingerprint.clone()));
                }
                !is_known
            });
        };
        let mut names: BTreeSet<String> = BTreeSet::from([String::new()]);
        for report in &mut batch.files {
            let name = name(&report.path).to_owned();
            keep(&name, &mut report.findings);
            report.settle();
            names.insert(name);
        }
        keep("", &mut batch.findings);
        let entries = self.files.iter().filter(|(file, _)| names.contains(*file)).map(|(_, known)| known.len());
        hidden.unused = entries.sum::<usize>() - used.len();
        hidden
    }
}

fn name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{About, CheckReport, Finding, Severity, Verdict};

    fn batch(path: &str, fingerprints: &[&str]) -> BatchReport {
        let noted = |fingerprint: &&str| Noted {
            finding: Finding::new("BC13", Severity::Error, None),
            quote: None,
            related_quotes: Vec::new(),
            place: None,
            fingerprint: (*fingerprint).to_owned(),
        };
        let mut report = CheckReport {
            path: path.into(),
            sha256: String::new(),
            verdict: Verdict::Pass,
            form: None,
            about: About::default(),
            findings: fingerprints.iter().map(noted).collect(),
            failure: None,
        };
        report.settle();
        BatchReport { files: vec![report], findings: vec![noted(&"b")] }
    }

    #[test]
    fn known_findings_go_and_what_fits_no_more_is_counted() {
        let json = Baseline::of(&batch("cu/1.docx", &["x", "y", "z"])).json().unwrap();
        let baseline = Baseline::parse(json.as_bytes()).unwrap();
        let mut now = batch("moi/1.docx", &["x", "n"]);
        assert_eq!(baseline.hide(&mut now), Hidden { known: 2, unused: 2 });
        let left: Vec<&str> = now.all().map(|(_, noted)| noted.fingerprint.as_str()).collect();
        assert_eq!((left, now.files[0].verdict), (vec!["n"], Verdict::Fix));
        let mut same = batch("1.docx", &["x"]);
        baseline.hide(&mut same);
        assert_eq!(same.files[0].verdict, Verdict::Pass);
    }

    #[test]
    fn another_file_is_no_baseline() {
        assert!(Baseline::parse(b"{}").is_err());
        assert!(Baseline::parse(b"{\"schema_version\":2,\"files\":{}}").is_err());
    }
}
