//! The summary of an office run, for reading and for pasting into a letter: what is due, day by day; what comes back
//! in a rhythm; numbers to reach; what needs a look; what could not be read.

use super::View;
use super::entries::{Entry, Group, entries};
use super::table::wrap;
use crate::Reading;
use crate::model::{InputError, When};
use crate::pack::Kind;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Characters of a line.
const WIDTH: usize = 100;

/// Rows of one document.
#[derive(Debug, Serialize, Deserialize)]
pub struct Part {
    path: String,
    title: String,
    sha256: String,
    counts: [usize; 3],
    rows: Vec<Row>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Row {
    section: Section,
    /// ISO date that the row is sorted by, empty where there is none.
    day: String,
    head: String,
    body: String,
    place: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
enum Section {
    Dated,
    Undated,
    Numbers,
    Doubts,
}

impl Part {
    /// What the summary says about one document.
    #[must_use]
    pub fn of(reading: &Reading, view: &View) -> Self {
        let extraction = &reading.extraction;
        let mut deadlines = extraction.deadlines.iter();
        let rows = entries(reading, view).into_iter().filter_map(|entry| {
            let (section, day) = match entry.group {
                Group::Deadlines => match deadlines.next().and_then(|deadline| last_day(&deadline.when)) {
                    Some(day) => (Section::Dated, day),
                    None => (Section::Undated, String::new()),
                },
                Group::Quotas => (Section::Numbers, String::new()),
                Group::Diagnostics => (Section::Doubts, String::new()),
                _ => return None,
            };
            Some(Row::new(section, day, entry, view))
        });
        Self {
            path: reading.document.source.path.clone(),
            title: view.title(&extraction.document),
            sha256: reading.document.source.sha256.clone(),
            counts: [extraction.deadlines.len(), extraction.quotas.len(), extraction.diagnostics.len()],
            rows: rows.collect(),
        }
    }
}

impl Row {
    fn new(section: Section, day: String, entry: Entry, view: &View) -> Self {
        let kept = ["actor", "recipient"].map(|key| view.text(&format!("report.label.{key}")));
        let details: Vec<String> = entry
            .details
            .iter()
            .filter(|(label, _)| kept.contains(label))
            .map(|(label, value)| format!("{label}: {value}"))
            .collect();
        let body = [vec![entry.body], details].concat().join(" · ");
        Self { section, day, head: entry.head, body, place: entry.place }
    }
}

/// The day after which it is too late.
fn last_day(when: &When) -> Option<String> {
    match when {
        When::By { date, .. } | When::On { date } => Some(date.clone()),
        When::During { start, end, .. } => end.clone().or_else(|| start.clone()),
        When::Recurring { .. } | When::Relative { .. } => None,
    }
}

/// What a run over an office has to tell.
#[derive(Debug, Default)]
pub struct Told {
    /// Directives that were read, in the order of the work list.
    pub parts: Vec<Part>,
    /// Files of other kinds: kind, name, why they are of that kind.
    pub sorted: Vec<(Kind, String, String)>,
    /// Files that could not be read.
    pub failures: Vec<(String, InputError)>,
}

/// A section of the summary.
#[derive(Debug, Serialize)]
pub struct Chapter {
    /// Key of its title, under `report.summary`.
    pub key: &'static str,
    /// Title.
    pub title: String,
    /// What stands in it.
    pub lines: Vec<Line>,
}

/// One thing in a section.
#[derive(Debug, Serialize)]
pub struct Line {
    /// What it is.
    pub head: String,
    /// More of it; may be empty.
    pub body: String,
    /// File and place in it; may be empty.
    pub place: String,
}

impl Told {
    /// The sections that have something in them.
    #[must_use]
    pub fn chapters(&self, view: &View) -> Vec<Chapter> {
        let sections = [
            (Section::Dated, "dated"),
            (Section::Undated, "undated"),
            (Section::Numbers, "numbers"),
            (Section::Doubts, "doubts"),
        ];
        let mut chapters: Vec<Chapter> =
            sections.into_iter().map(|(section, key)| Chapter::new(key, self.rows(section), view)).collect();
        let documents = self.parts.iter().map(|part| {
            let [deadlines, quotas, findings] = part.counts.map(|count| count.to_string());
            let counts = [("deadlines", deadlines.as_str()), ("quotas", &quotas), ("findings", &findings)];
            let body = view.texts.get("report.summary.document", &counts);
            Line { head: format!("{}: {}", part.path, part.title), body, place: String::new() }
        });
        chapters.push(Chapter::new("documents", documents.collect(), view));
        let mut sorted: Vec<&(Kind, String, String)> = self.sorted.iter().collect();
        sorted.sort_by_key(|(kind, _, _)| *kind);
        let sorted = sorted.into_iter().map(|(kind, name, reason)| {
            let kind = view.text(&format!("run.kind.{}", kind.code()));
            Line { head: name.clone(), body: format!("{kind} ({reason})"), place: String::new() }
        });
        chapters.push(Chapter::new("sorted", sorted.collect(), view));
        let twins = twins(&self.parts).into_iter().map(|paths| Line::bare(paths.join(" = ")));
        chapters.push(Chapter::new("twins", twins.collect(), view));
        let failures = self.failures.iter().map(|(name, error)| Line {
            head: name.clone(),
            body: super::sentences::input_error(view.texts, error),
            place: String::new(),
        });
        chapters.push(Chapter::new("failures", failures.collect(), view));
        chapters.retain(|chapter| !chapter.lines.is_empty());
        chapters
    }

    fn rows(&self, section: Section) -> Vec<Line> {
        let all = self.parts.iter().flat_map(|part| part.rows.iter().map(move |row| (part, row)));
        let mut rows: Vec<(&Part, &Row)> = all.filter(|(_, row)| row.section == section).collect();
        rows.sort_by(|(_, a), (_, b)| a.day.cmp(&b.day));
        rows.into_iter()
            .map(|(part, row)| {
                let place = if row.place.is_empty() { String::new() } else { format!(", {}", row.place) };
                Line { head: row.head.clone(), body: row.body.clone(), place: format!("{}{place}", part.path) }
            })
            .collect()
    }

    /// How many were read and how many were not, as a sentence.
    #[must_use]
    pub fn counts(&self, view: &View) -> String {
        let (done, failed) = ((self.parts.len() + self.sorted.len()).to_string(), self.failures.len().to_string());
        view.texts.get("report.summary.counts", &[("done", &done), ("failed", &failed)])
    }
}

impl Chapter {
    fn new(key: &'static str, lines: Vec<Line>, view: &View) -> Self {
        Self { key, title: view.text(&format!("report.summary.{key}")), lines }
    }
}

impl Line {
    fn bare(head: String) -> Self {
        Self { head, body: String::new(), place: String::new() }
    }
}

/// The whole summary as plain text, under a title.
#[must_use]
pub fn render(title: &str, told: &Told, view: &View) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{title}\n{}", "═".repeat(title.chars().count().min(WIDTH)));
    let _ = writeln!(out, "{}", told.counts(view));
    for chapter in told.chapters(view) {
        let _ = writeln!(out, "\n{} ({})", chapter.title.to_uppercase(), chapter.lines.len());
        for line in &chapter.lines {
            let _ = writeln!(out, "  {}", line.head);
            indented(&mut out, &line.body);
            if !line.place.is_empty() {
                let _ = writeln!(out, "      [{}]", line.place);
            }
        }
    }
    out
}

/// Files with the same bytes.
fn twins(parts: &[Part]) -> Vec<Vec<&str>> {
    let mut by_content: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for part in parts {
        by_content.entry(&part.sha256).or_default().push(&part.path);
    }
    let mut twins: Vec<Vec<&str>> = by_content.into_values().filter(|paths| paths.len() > 1).collect();
    twins.sort();
    twins
}

fn indented(out: &mut String, text: &str) {
    for line in wrap(text, WIDTH - 6) {
        let _ = writeln!(out, "      {line}");
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn the_office_sees_what_is_due_day_by_day_and_what_failed() {
        let out = sample::with_view(|view| {
            let mut later = sample::reading();
            later.document.source.path = "den/ban-sao.docx".to_owned();
            later.extraction.deadlines[0].when = When::On { date: "2024-01-02".to_owned() };
            let parts = vec![Part::of(&sample::reading(), view), Part::of(&later, view)];
            let failures = vec![("den/hong.pdf".to_owned(), InputError::Empty)];
            let sorted = vec![(Kind::Report, "den/bc.docx".to_owned(), "tên".to_owned())];
            render("Hội LHPN xã Bến Sông", &Told { parts, sorted, failures }, view)
        });
        let at = |words: &str| out.find(words).unwrap_or_else(|| panic!("{words} is not in {out}"));
        assert!(at("ngày 02/01/2024") < at("trước ngày 15/04/2024"));
        assert!(at("trước ngày 15/04/2024") < at("từ 01/05/2024 đến 20/05/2024"));
        assert!(at("từ 01/05/2024") < at("hằng quý") && at("hằng quý") < at("ít nhất 2 mô hình"));
        assert!(out.contains("den/12-kh.docx = den/ban-sao.docx"));
        assert!(at("den/hong.pdf") > at("TỆP KHÔNG ĐỌC ĐƯỢC"));
    }
}
