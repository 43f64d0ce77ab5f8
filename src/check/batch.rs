//! Rules over a batch of reports: names, lists, the same achievement or the same text in two of them, lateness.
//!
//! Every step is linear in the number of reports: names and paragraphs are looked up by hash, and only reports that
//! share sampled shingles are compared.

use super::checker::{Checked, Selection, fingerprint};
use super::copied::{Copied, Texts};
use super::proposal::{DossierKind, Named, Proposal, same_award};
use super::sketch::Sketch;
use crate::language::fold::fold;
use crate::language::letter::is_word;
use crate::model::{BatchReport, CheckReport, Elsewhere, Finding, Noted, Place, Severity, Span};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;
use unicode_normalization::UnicodeNormalization as _;

/// An initiative that more reports name is a drive of the office.
const MANY: usize = 3;

/// A row of the list that reports are compared with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    /// Name as written.
    pub name: String,
    /// Date of birth as written.
    pub birth: Option<String>,
    /// Award as written.
    pub award: Option<String>,
    /// Id of the award, where it is known.
    pub award_id: Option<String>,
    /// File of the list.
    pub path: String,
    /// Row in words: sheet and cell.
    pub place: String,
    /// Place in the text, when the list is a document.
    pub span: Option<Span>,
}

impl Listed {
    /// The rows of a proposal or a list that is a document.
    #[must_use]
    pub fn of(proposal: &Proposal, path: &str) -> Vec<Self> {
        let only = proposal.awards.as_slice();
        let rows = proposal.rows.iter().map(|row| {
            let award = row.award.as_ref().or(match only {
                [one] => Some(one),
                _ => None,
            });
            Self {
                name: row.name.clone(),
                birth: row.birth.clone(),
                award: award.map(|asked| asked.words.clone()),
                award_id: award.map(|asked| asked.id.clone()),
                path: path.to_owned(),
                place: String::new(),
                span: Some(row.span),
            }
        });
        rows.collect()
    }

    fn place(&self) -> Elsewhere {
        let quote = if self.place.is_empty() { self.name.clone() } else { format!("{} ({})", self.name, self.place) };
        Elsewhere { path: self.path.clone(), span: self.span, quote }
    }
}

/// What a batch is compared with.
#[derive(Debug, Clone, Default)]
pub struct Against {
    /// Rows of the list; empty without one.
    pub list: Vec<Listed>,
    /// Last day for reports, from the directive, with the words that say so.
    pub deadline: Option<(Date, String, String)>,
    /// Files at hand beside the reports, for evidence that they name.
    pub files: BTreeSet<String>,
}

/// Puts the reports of a batch side by side.
///
/// # Errors
/// As [`Gathered::push`].
pub fn review(
    checked: impl IntoIterator<Item = Checked>,
    against: &Against,
    selection: &Selection,
) -> io::Result<BatchReport> {
    let mut gathered = Gathered::new()?;
    checked.into_iter().try_for_each(|checked| gathered.push(checked))?;
    Ok(gathered.review(against, selection))
}

/// The reports of a batch as they come. Of each only what rules compare stays in memory; its text waits on the disk.
#[derive(Debug)]
pub struct Gathered {
    files: Vec<CheckReport>,
    sketches: Vec<Option<Sketch>>,
    proposals: Vec<(usize, Proposal)>,
    texts: Texts,
    copied: Vec<Copied>,
}

impl Gathered {
    /// None so far.
    ///
    /// # Errors
    /// When there is no room for temporary files.
    pub fn new() -> io::Result<Self> {
        let (files, sketches, proposals, copied) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Ok(Self { files, sketches, proposals, texts: Texts::new()?, copied })
    }

    /// Adds the next report, in the order of the work list.
    ///
    /// # Errors
    /// When the disk is full.
    pub fn push(&mut self, mut checked: Checked) -> io::Result<()> {
        let at = self.files.len();
        if let Some(sketch) = &mut checked.sketch {
            self.copied.extend(self.texts.take(at, sketch)?);
        }
        self.proposals.extend(checked.proposal.map(|proposal| (at, proposal)));
        self.files.push(checked.report);
        self.sketches.push(checked.sketch);
        Ok(())
    }

    /// Puts them side by side.
    #[must_use]
    pub fn review(self, against: &Against, selection: &Selection) -> BatchReport {
        let Self { mut files, sketches, proposals, copied, .. } = self;
        let mut list: Vec<(Option<usize>, Listed)> = against.list.iter().map(|row| (None, row.clone())).collect();
        for (at, proposal) in proposals.iter().filter(|(_, proposal)| proposal.kind != DossierKind::Minutes) {
            let path = files.get(*at).map_or("", |file| file.path.as_str());
            list.extend(Listed::of(proposal, path).into_iter().map(|row| (Some(*at), row)));
        }
        let mut found: Vec<(Option<usize>, Finding, String)> = Vec::new();
        let batch = Batch { files: &files, sketches: &sketches, against, list, proposals };
        batch.file_names(&mut found);
        batch.twice(&mut found);
        batch.achievements(&mut found);
        batch.copies(copied, &mut found);
        batch.list(&mut found);
        batch.proposed(&mut found);
        batch.late(&mut found);
        batch.evidence(&mut found);
        let mut report = BatchReport::default();
        for (file, finding, quote) in found {
            let mut kept = vec![finding];
            selection.apply(&mut kept);
            let Some(finding) = kept.pop() else { continue };
            let noted = noted(finding, quote);
            match file.and_then(|at| files.get_mut(at)) {
                Some(file) => file.findings.push(noted),
                None => report.findings.push(noted),
            }
        }
        files.iter_mut().for_each(CheckReport::settle);
        report.files = files;
        report
    }
}

fn noted(finding: Finding, quote: String) -> Noted {
    let other: Vec<&str> = finding.elsewhere.iter().map(|place| place.path.as_str()).collect();
    let key = format!("{}\u{0}{}\u{0}{}", finding.code, fold(&quote), other.join("\u{0}"));
    let place = finding.span.map(|span| Place { block: span.block, ..Place::default() });
    Noted {
        related_quotes: finding.related.iter().map(|_| String::new()).collect(),
        quote: Some(quote).filter(|_| finding.span.is_some()),
        place,
        fingerprint: fingerprint(&key),
        finding,
    }
}

/// An achievement, as one report of the batch tells of it.
struct Told<'a> {
    at: usize,
    sketch: &'a Sketch,
    words: &'a str,
    span: Span,
}

type Found = Vec<(Option<usize>, Finding, String)>;

struct Batch<'a> {
    files: &'a [CheckReport],
    sketches: &'a [Option<Sketch>],
    against: &'a Against,
    /// Rows of all lists, with the file of the batch that each stands in.
    list: Vec<(Option<usize>, Listed)>,
    /// Proposals and minutes with their files.
    proposals: Vec<(usize, Proposal)>,
}

impl Batch<'_> {
    fn reports(&self) -> impl Iterator<Item = (usize, &CheckReport, &Sketch)> {
        self.files
            .iter()
            .zip(self.sketches)
            .enumerate()
            .filter_map(|(at, (file, sketch))| Some((at, file, sketch.as_ref()?)))
    }

    fn place(&self, at: usize) -> Option<Elsewhere> {
        let (file, sketch) = (self.files.get(at)?, self.sketches.get(at)?.as_ref()?);
        Some(Elsewhere {
            path: file.path.clone(),
            span: sketch.name_span,
            quote: sketch.name.clone().unwrap_or_default(),
        })
    }

    /// BC06: the file is named after another spelling of the person.
    fn file_names(&self, found: &mut Found) {
        for (at, file, sketch) in self.reports().filter(|(_, _, sketch)| sketch.person && !sketch.key.is_empty()) {
            let stem = Path::new(&file.path).file_stem().map(|stem| stem.to_string_lossy().into_owned());
            let Some(stem) = stem else { continue };
            let marked: String = fold(&stem).chars().map(|c| if is_word(c) { c } else { ' ' }).collect();
            let words: Vec<&str> = marked.split_whitespace().collect();
            let own: Vec<&str> = sketch.key.split(' ').collect();
            let with_marks = !marked.is_ascii();
            for window in words.windows(own.len()) {
                let plain = |words: &[&str]| words.iter().map(|word| bare(word)).collect::<Vec<_>>();
                let same_plain = plain(window) == plain(&own);
                if window != own.as_slice() && same_plain && with_marks && own.len() > 1 {
                    let name = window.join(" ");
                    let finding = Finding::new("BC06", Severity::Warning, sketch.name_span)
                        .with("what", "file")
                        .with("name", name)
                        .with("own", sketch.name.clone().unwrap_or_default());
                    found.push((Some(at), finding, sketch.name.clone().unwrap_or_default()));
                }
            }
        }
    }

    /// BC31, BC33: one person in two reports.
    fn twice(&self, found: &mut Found) {
        let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, _, sketch) in self.reports().filter(|(_, _, sketch)| !sketch.key.is_empty()) {
            by_name.entry(&sketch.key).or_default().push(at);
        }
        for places in by_name.values().filter(|places| places.len() > 1) {
            let Some((first, rest)) = places.split_first() else { continue };
            let sketch = |at: usize| self.sketches.get(at).and_then(Option::as_ref);
            let Some(original) = sketch(*first) else { continue };
            for at in rest {
                let Some(other) = sketch(*at) else { continue };
                // Two persons may bear one name: a birth date tells them apart.
                let differs = matches!((&original.birth, &other.birth), (Some((a, _)), Some((b, _))) if a != b);
                if differs {
                    continue;
                }
                let name = other.name.clone().unwrap_or_default();
                // Only a birth date makes it certain that one person is meant; a title and a form of commendation may
                // be proposed at one time, each with its report.
                let same = matches!((&original.birth, &other.birth), (Some((a, _)), Some((b, _))) if a == b);
                let award = |sketch: &Sketch| sketch.award.as_ref().map(|(id, words, _)| (id.clone(), fold(words)));
                let alike = match (award(original), award(other)) {
                    (Some((a, x)), Some((b, y))) => same_award((a.as_deref(), &x), (b.as_deref(), &y)),
                    _ => true,
                };
                let severity = if same && alike { Severity::Warning } else { Severity::Info };
                let finding = Finding::new("BC31", severity, other.name_span)
                    .with("what", "twice")
                    .with("name", name.clone())
                    .with("other", "");
                let finding = self.place(*first).into_iter().fold(finding, Finding::also_in);
                found.push((Some(*at), finding, name));
            }
        }
    }

    /// BC33: one achievement in two reports. For one person it is a warning; two persons may be its authors, or one of
    /// them has copied it: a person looks at that. A collective tells of what its members did, and what many reports
    /// tell of is a drive of the office: neither is said of each report.
    fn achievements(&self, found: &mut Found) {
        let mut by_title: BTreeMap<&str, Vec<Told<'_>>> = BTreeMap::new();
        for (at, _, sketch) in self.reports() {
            for (title, words, span) in &sketch.achievements {
                let told = by_title.entry(title).or_default();
                if told.last().is_none_or(|last| last.at != at) {
                    told.push(Told { at, sketch, words, span: *span });
                }
            }
        }
        for told in by_title.values().filter(|told| told.len() > 1) {
            let many = told.len() > MANY;
            for (place, here) in told.iter().enumerate().skip(1) {
                let earlier = told.get(..place).unwrap_or_default();
                let one = |there: &&Told<'_>| !here.sketch.key.is_empty() && there.sketch.key == here.sketch.key;
                let of_kind = |there: &&Told<'_>| there.sketch.person == here.sketch.person;
                let (there, severity) = match earlier.iter().find(one) {
                    Some(there) => (there, Severity::Warning),
                    None if many && place > 1 => continue,
                    None => match earlier.iter().find(of_kind) {
                        Some(there) => (there, Severity::Info),
                        None => continue,
                    },
                };
                let other = self.files.get(there.at).map(|file| file.path.clone()).unwrap_or_default();
                let finding = Finding::new("BC33", severity, Some(here.span))
                    .with("what", "achievement")
                    .with("name", here.words)
                    .with("other", other.clone())
                    .also_in(Elsewhere { path: other, span: Some(there.span), quote: there.words.to_owned() });
                found.push((Some(here.at), finding, here.words.to_owned()));
            }
        }
    }

    /// BC23: section II of one report is that of another.
    fn copies(&self, copied: Vec<Copied>, found: &mut Found) {
        for Copied { at, other, share, here, there } in copied {
            let Some(file) = self.files.get(other) else { continue };
            let original = self.sketches.get(other).and_then(Option::as_ref);
            let name = || original.and_then(|sketch| sketch.name.clone());
            let (span, words) = here.map_or((None, String::new()), |(span, words)| (Some(span), words));
            let (place, quote) = there.map_or((None, None), |(span, words)| (Some(span), Some(words)));
            let quote = quote.or_else(name).unwrap_or_default();
            let finding = Finding::new("BC23", Severity::Warning, span)
                .with("share", format!("{:.0}", share * 100.0))
                .with("other", file.path.clone())
                .also_in(Elsewhere { path: file.path.clone(), span: place, quote });
            found.push((Some(at), finding, words));
        }
    }

    /// BC06, BC08, BC10, BC31: lists and proposals against the reports.
    fn list(&self, found: &mut Found) {
        if self.list.is_empty() {
            return;
        }
        let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut by_plain: BTreeMap<String, usize> = BTreeMap::new();
        for (at, _, sketch) in self.reports().filter(|(_, _, sketch)| !sketch.key.is_empty()) {
            let key = key(&sketch.key);
            by_plain.entry(bare(&key)).or_insert(at);
            by_name.entry(key).or_default().push(at);
        }
        let mut met: BTreeSet<usize> = BTreeSet::new();
        // A name may stand in a proposal and in its list: it is one row.
        let mut rows: BTreeSet<String> = BTreeSet::new();
        for (file, row) in &self.list {
            let key = key(&fold(row.name.trim()));
            let is_new = rows.insert(key.clone());
            let exact = by_name.get(&key);
            let Some(at) = exact.and_then(|places| places.first()).or_else(|| by_plain.get(&bare(&key))) else {
                if is_new {
                    let finding = Finding::new("BC31", Severity::Error, row.span)
                        .with("what", "no_report")
                        .with("name", row.name.clone())
                        .with("other", "");
                    let finding = if file.is_some() { finding } else { finding.also_in(row.place()) };
                    found.push((*file, finding, row.name.clone()));
                }
                continue;
            };
            met.extend(exact.map_or(&[*at][..], |places| places.as_slice()));
            let Some(Some(sketch)) = self.sketches.get(*at) else { continue };
            let name = sketch.name.clone().unwrap_or_default();
            // The tone mark on the other letter is the same word, in another spelling.
            let letters = |name: &str| name.trim().to_lowercase().nfc().collect::<String>();
            let other_mark = fold(&name) == fold(row.name.trim()) && letters(&name) != letters(&row.name);
            if exact.is_none() || other_mark {
                let severity = if other_mark { Severity::Warning } else { Severity::Error };
                let finding = Finding::new("BC06", severity, sketch.name_span)
                    .with("what", "list")
                    .with("name", row.name.clone())
                    .with("own", name.clone())
                    .also_in(row.place());
                found.push((Some(*at), finding, name));
            }
            self.row(*at, row, sketch, found);
        }
        for (at, _, sketch) in self.reports().filter(|(at, _, sketch)| !met.contains(at) && !sketch.key.is_empty()) {
            let name = sketch.name.clone().unwrap_or_default();
            let finding = Finding::new("BC31", Severity::Error, sketch.name_span)
                .with("what", "no_row")
                .with("name", name.clone())
                .with("other", "");
            found.push((Some(at), finding, name));
        }
        // Two reports of one person for two awards answer one row.
        let keys: BTreeSet<&str> = self.reports().map(|(_, _, sketch)| sketch.key.as_str()).collect();
        let nameless = self.reports().filter(|(_, _, sketch)| sketch.key.is_empty()).count();
        let reports = keys.iter().filter(|key| !key.is_empty()).count() + nameless;
        let rows = rows.len();
        if rows != reports && rows != self.reports().count() {
            let finding = Finding::new("BC31", Severity::Error, None)
                .with("what", "count")
                .with("name", rows.to_string())
                .with("other", reports.to_string());
            found.push((None, finding, String::new()));
        }
    }

    /// Birth date and award of one row.
    fn row(&self, at: usize, row: &Listed, sketch: &Sketch, found: &mut Found) {
        let digits = |text: &str| -> Vec<u32> {
            text.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect()
        };
        if let (Some(listed), Some((own, span))) = (&row.birth, &sketch.birth) {
            let (a, b) = (digits(listed), digits(own));
            // The list may give the year alone.
            let year = a.len() == 1 && a.last() == b.last();
            let iso = a.iter().rev().eq(b.iter());
            if !a.is_empty() && !b.is_empty() && a != b && !year && !iso {
                let finding = Finding::new("BC08", Severity::Error, Some(*span))
                    .with("what", "list")
                    .with("value", own.clone())
                    .with("other", listed.clone())
                    .also_in(row.place());
                found.push((Some(at), finding, own.clone()));
            }
        }
        if let (Some(listed), Some((id, words, span))) = (&row.award, &sketch.award)
            && !listed.trim().is_empty()
            && !same_award((row.award_id.as_deref(), listed), (id.as_deref(), words))
        {
            found.push((Some(at), other_award(*span, words, listed).also_in(row.place()), words.clone()));
        }
    }

    /// BC10: a proposal that gives no award to a name asks for one of its own awards.
    fn proposed(&self, found: &mut Found) {
        let mut proposals = self.proposals.iter().filter(|(_, proposal)| proposal.kind == DossierKind::Proposal);
        let (Some((file, proposal)), None) = (proposals.next(), proposals.next()) else { return };
        let Some(first) = proposal.awards.first() else { return };
        for (at, _, sketch) in self.reports() {
            let Some((id, words, span)) = &sketch.award else { continue };
            let listed = |row: &Named| key(&fold(row.name.trim())) == key(&sketch.key);
            let own =
                proposal.rows.iter().any(|row| listed(row) && (row.award.is_some() || proposal.awards.len() == 1));
            if own || proposal.asks_for(id.as_deref(), words) {
                continue;
            }
            let path = self.files.get(*file).map(|file| file.path.clone()).unwrap_or_default();
            let place = Elsewhere { path, span: Some(first.span), quote: first.words.clone() };
            found.push((Some(at), other_award(*span, words, &first.words).also_in(place), words.clone()));
        }
    }

    /// BC31: a report that is dated after the directive's last day.
    fn late(&self, found: &mut Found) {
        let Some((last, words, path)) = &self.against.deadline else { return };
        for (at, _, sketch) in self.reports() {
            let Some(date) = sketch.date.filter(|date| date > last) else { continue };
            let shown = super::subject::print(date);
            let finding = Finding::new("BC31", Severity::Warning, sketch.date_span)
                .with("what", "late")
                .with("name", shown.clone())
                .with("other", super::subject::print(*last))
                .also_in(Elsewhere { path: path.clone(), span: None, quote: words.clone() });
            found.push((Some(at), finding, sketch.date_words.clone()));
        }
    }

    /// BC30: evidence that a report names is at hand.
    fn evidence(&self, found: &mut Found) {
        for (at, _, sketch) in self.reports() {
            for (file, span) in &sketch.evidence {
                if !self.against.files.contains(&file.to_lowercase()) {
                    let finding = Finding::new("BC30", Severity::Warning, Some(*span)).with("file", file.clone());
                    found.push((Some(at), finding, file.clone()));
                }
            }
        }
    }
}

fn other_award(span: Span, own: &str, other: &str) -> Finding {
    Finding::new("BC10", Severity::Error, Some(span)).with("what", "other").with("award", own).with("other", other)
}

/// A name as it is compared: the Hội goes by its full name and by its letters.
fn key(name: &str) -> String {
    name.replace("liên hiệp phụ nữ", "lhpn").replace("việt nam ", "").trim().to_owned()
}

/// A text without marks, for spellings that differ by one.
fn bare(text: &str) -> String {
    text.split(' ').map(super::achievement::plain).collect::<Vec<_>>().join(" ")
}
