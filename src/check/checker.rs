//! Checking: one document against a form, or for its form alone; what renderers need is settled here.

use super::paper::{Known, Paper};
use super::proposal::Proposal;
use super::sketch::Sketch;
use super::subject::Subject;
use super::{FormalProfile, achievement, formality, guess};
use crate::language::fold::fold;
use crate::model::{
    About, CheckReport, Document, Extraction, Finding, FormUsed, Noted, Place, Severity, Span, Verdict,
};
use crate::pack::{Awards, FieldKind, Pack, PackError, ReportForm, ReportForms, ReportWords, RuleBook};
use crate::read::docx::layout::Layout;
use crate::structure::Structure;
use jiff::civil::Date;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// The knowledge of checking; is shared between threads and changes nothing.
#[derive(Debug)]
pub struct Checker {
    forms: ReportForms,
    awards: Awards,
    words: ReportWords,
    rules: RuleBook,
}

/// Which findings count, and how grave.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Codes or beginnings of codes (`BC`, `TT2`); everything when empty.
    pub select: Vec<String>,
    /// Codes or beginnings of codes that are left out.
    pub ignore: Vec<String>,
    /// Severities that the office sets itself.
    pub severity: BTreeMap<String, Severity>,
}

impl Selection {
    /// Applies the selection to findings.
    pub fn apply(&self, findings: &mut Vec<Finding>) {
        let matches = |list: &[String], code: &str| {
            list.iter().any(|prefix| code.to_ascii_uppercase().starts_with(&prefix.to_ascii_uppercase()))
        };
        findings.retain(|finding| {
            (self.select.is_empty() || matches(&self.select, finding.code)) && !matches(&self.ignore, finding.code)
        });
        for finding in findings {
            if let Some(severity) = self.severity.get(finding.code) {
                finding.severity = *severity;
            }
        }
    }
}

/// A document with everything that rules of form look at.
#[derive(Debug, Clone, Copy)]
pub struct Linted<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its structure.
    pub structure: &'a Structure,
    /// What it says.
    pub extraction: &'a Extraction,
    /// Its look, for a Word document.
    pub layout: Option<&'a Layout>,
    /// Whose rules it follows.
    pub profile: FormalProfile,
    /// The day on which it is checked.
    pub as_of: Option<Date>,
}

/// What checking one report came to, with what the rules over the batch need of it.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The report.
    pub report: CheckReport,
    /// What is compared with other reports; `None` when it is no achievement report.
    pub sketch: Option<Sketch>,
    /// What reports are compared with, when it is a proposal, minutes or a list.
    pub proposal: Option<Proposal>,
}

impl Checker {
    /// A checker with the built-in packs.
    ///
    /// # Errors
    /// When a built-in pack is faulty, which a test excludes.
    pub fn new() -> Result<Self, PackError> {
        Ok(Self {
            forms: ReportForms::builtin()?,
            awards: Awards::builtin()?,
            words: ReportWords::builtin()?,
            rules: RuleBook::builtin()?,
        })
    }

    /// The forms.
    #[must_use]
    pub fn forms(&self) -> &ReportForms {
        &self.forms
    }

    /// The forms, to add the office's own.
    pub fn forms_mut(&mut self) -> &mut ReportForms {
        &mut self.forms
    }

    /// The rules.
    #[must_use]
    pub fn rules(&self) -> &RuleBook {
        &self.rules
    }

    /// The awards.
    #[must_use]
    pub fn awards(&self) -> &Awards {
        &self.awards
    }

    /// Checks any document for its form and its language alone.
    #[must_use]
    pub fn lint(&self, subject: &Linted<'_>, pack: &Pack, selection: &Selection) -> CheckReport {
        let view = Subject::new(subject.document, subject.structure, subject.extraction, pack);
        let mut findings = formality::review(&view, subject.profile, subject.as_of, subject.layout);
        findings.extend(subject.document.notices.iter().filter(|notice| notice.code != formality::DROPPED).cloned());
        selection.apply(&mut findings);
        let info = &subject.extraction.document;
        let about = About {
            name: info.subject.clone(),
            unit: info.issuer.clone(),
            post: None,
            award: None,
            date: info.date.clone(),
        };
        settle(subject.document, findings, None, about)
    }

    /// Checks a report against a form; without one, against the form that title and date point to.
    #[must_use]
    pub fn report(
        &self,
        document: &Document,
        structure: &Structure,
        pack: &Pack,
        form: Option<&ReportForm>,
        layout: Option<&Layout>,
        selection: &Selection,
    ) -> Checked {
        let guessed = form.is_none();
        let known = Known { awards: &self.awards, words: &self.words, lexicon: &pack.lexicon };
        let form = form.or_else(|| guess::form(document, &structure.info, &self.forms, &self.awards, &self.words));
        let Some(form) = form else {
            if let Some(checked) = self.dossier_paper(document, structure, pack, layout, selection) {
                return checked;
            }
            let top = document.blocks.iter().find(|block| !block.text.trim().is_empty());
            let span = top.map(super::subject::whole);
            let mut findings = document.notices.clone();
            findings.push(
                Finding::new("BC01", Severity::Error, span)
                    .with("what", "none")
                    .with("law", "")
                    .with("form", "")
                    .with("detail", ""),
            );
            selection.apply(&mut findings);
            return Checked {
                report: settle(document, findings, None, About::default()),
                sketch: None,
                proposal: None,
            };
        };
        let paper = Paper::read(document, &structure.info, form, known);
        let mut findings = achievement::review(&paper);
        findings.extend(document.notices.iter().cloned());
        let extraction = Extraction { document: structure.info.clone(), ..Extraction::default() };
        findings.extend(formality::review_report(&Subject::new(document, structure, &extraction, pack), layout));
        selection.apply(&mut findings);
        let used = FormUsed {
            id: form.id.clone(),
            title: form.title.clone(),
            law: form.law.clone(),
            verified: form.verified,
            guessed,
        };
        let about = about(&paper);
        let sketch = Sketch::of(&paper, &about);
        Checked { report: settle(document, findings, Some(used), about), sketch: Some(sketch), proposal: None }
    }

    /// Reads a document as a proposal, minutes or a list that goes with reports; nothing when it is none.
    #[must_use]
    pub fn proposal(&self, document: &Document, structure: &Structure, pack: &Pack) -> Option<Proposal> {
        let known = Known { awards: &self.awards, words: &self.words, lexicon: &pack.lexicon };
        Proposal::read(document, &structure.info, known).map(|(proposal, _)| proposal)
    }

    fn dossier_paper(
        &self,
        document: &Document,
        structure: &Structure,
        pack: &Pack,
        layout: Option<&Layout>,
        selection: &Selection,
    ) -> Option<Checked> {
        let known = Known { awards: &self.awards, words: &self.words, lexicon: &pack.lexicon };
        let (proposal, mut findings) = Proposal::read(document, &structure.info, known)?;
        findings.extend(document.notices.iter().cloned());
        let extraction = Extraction { document: structure.info.clone(), ..Extraction::default() };
        findings.extend(formality::review_report(&Subject::new(document, structure, &extraction, pack), layout));
        selection.apply(&mut findings);
        let about = About {
            name: structure.info.subject.clone(),
            unit: structure.info.issuer.clone(),
            award: proposal.awards.first().map(|asked| asked.words.clone()),
            date: structure.info.date.clone(),
            ..About::default()
        };
        let report = settle(document, findings, None, about);
        Some(Checked { report, sketch: None, proposal: Some(proposal) })
    }
}

fn about(paper: &Paper<'_>) -> About {
    let value = |kind| paper.field(kind).map(|field| field.value.clone());
    About {
        name: paper.name.as_ref().map(|(name, _)| name.clone()),
        unit: value(FieldKind::Unit).or_else(|| paper.info.issuer.clone()),
        post: value(FieldKind::Post),
        award: paper.award.as_ref().map(|proposed| proposed.words.clone()),
        date: paper.info.date.clone(),
    }
}

/// Orders findings, takes out what is said twice, and notes what renderers need.
pub(super) fn settle(
    document: &Document,
    mut findings: Vec<Finding>,
    form: Option<FormUsed>,
    about: About,
) -> CheckReport {
    findings.sort_by(|a, b| (a.span, a.code, &a.args).cmp(&(b.span, b.code, &b.args)));
    findings.dedup();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let findings: Vec<Noted> = findings.into_iter().map(|finding| noted(document, finding, &mut seen)).collect();
    CheckReport {
        path: document.source.path.clone(),
        sha256: document.source.sha256.clone(),
        verdict: Verdict::over(findings.iter().map(|noted| &noted.finding)),
        form,
        about,
        findings,
        failure: None,
    }
}

/// A finding with its words, its place and its fingerprint.
pub(super) fn noted(document: &Document, finding: Finding, seen: &mut BTreeMap<String, usize>) -> Noted {
    let words = |span: Span| document.slice(span).unwrap_or_default().to_owned();
    let quote = finding.span.map(words);
    let block = finding.span.and_then(|span| document.blocks.get(span.block as usize));
    let place = block.map(|block| Place {
        block: block.id,
        part: block.part,
        section: block.section.clone(),
        cell: block.cell,
    });
    // The whole paragraph, shortened, is what surrounds the words: its number may change, its text does not.
    let around: String = block.map(|block| fold(&block.text).chars().take(120).collect()).unwrap_or_default();
    let case = finding.args.get("what").map_or("", String::as_str);
    let key = format!("{}\u{0}{case}\u{0}{}\u{0}{around}", finding.code, fold(quote.as_deref().unwrap_or_default()));
    let count = seen.entry(key.clone()).or_default();
    *count += 1;
    let fingerprint = fingerprint(&format!("{key}\u{0}{count}"));
    let related_quotes = finding.related.iter().map(|span| words(*span)).collect();
    Noted { finding, quote, related_quotes, place, fingerprint }
}

/// Twelve hexadecimal digits.
pub(super) fn fingerprint(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}
