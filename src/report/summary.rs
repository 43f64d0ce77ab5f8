//! The summary of an office run, for reading and for pasting into a letter: what is due, day by day; what comes back
//! in a rhythm; numbers to reach; what needs a look; what could not be read.

use super::View;
use super::entries::{Entry, Group, entries};
use super::table::wrap;
use crate::Reading;
use crate::model::{InputError, When};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Characters of a line.
const WIDTH: usize = 100;

/// Rows of one document.
#[derive(Debug)]
pub struct Part {
    path: String,
    title: String,
    sha256: String,
    counts: [usize; 3],
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    section: Section,
    /// ISO date that the row is sorted by, empty where there is none.
    day: String,
    head: String,
    body: String,
    place: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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

/// The whole summary, under a title.
#[must_use]
pub fn render(title: &str, parts: &[Part], failures: &[(String, InputError)], view: &View) -> String {
    let mut out = String::new();
    let (done, failed) = (parts.len().to_string(), failures.len().to_string());
    let _ = writeln!(out, "{title}\n{}", "═".repeat(title.chars().count().min(WIDTH)));
    let _ = writeln!(out, "{}", view.texts.get("report.summary.counts", &[("done", &done), ("failed", &failed)]));
    for (section, key) in [
        (Section::Dated, "dated"),
        (Section::Undated, "undated"),
        (Section::Numbers, "numbers"),
        (Section::Doubts, "doubts"),
    ] {
        let mut rows: Vec<(&Part, &Row)> = parts
            .iter()
            .flat_map(|part| part.rows.iter().map(move |row| (part, row)))
            .filter(|(_, row)| row.section == section)
            .collect();
        rows.sort_by(|(_, a), (_, b)| a.day.cmp(&b.day));
        heading(&mut out, key, rows.len(), view);
        for (part, row) in rows {
            let _ = writeln!(out, "  {}", row.head);
            indented(&mut out, &row.body);
            let place = if row.place.is_empty() { String::new() } else { format!(", {}", row.place) };
            let _ = writeln!(out, "      [{}{place}]", part.path);
        }
    }
    heading(&mut out, "documents", parts.len(), view);
    for part in parts {
        let [deadlines, quotas, findings] = part.counts.map(|count| count.to_string());
        let counts = [("deadlines", deadlines.as_str()), ("quotas", &quotas), ("findings", &findings)];
        let _ = writeln!(out, "  {}: {}", part.path, part.title);
        let _ = writeln!(out, "      {}", view.texts.get("report.summary.document", &counts));
    }
    let twins = twins(parts);
    heading(&mut out, "twins", twins.len(), view);
    for paths in twins {
        let _ = writeln!(out, "  {}", paths.join(" = "));
    }
    heading(&mut out, "failures", failures.len(), view);
    for (name, error) in failures {
        let _ = writeln!(out, "  {name}");
        indented(&mut out, &super::sentences::input_error(view.texts, error));
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

fn heading(out: &mut String, key: &str, count: usize, view: &View) {
    if count > 0 {
        let _ = writeln!(out, "\n{} ({count})", view.text(&format!("report.summary.{key}")).to_uppercase());
    }
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
            let parts = [Part::of(&sample::reading(), view), Part::of(&later, view)];
            render("Hội LHPN xã Bến Sông", &parts, &[("den/hong.pdf".to_owned(), InputError::Empty)], view)
        });
        let at = |words: &str| out.find(words).unwrap_or_else(|| panic!("{words} is not in {out}"));
        assert!(at("ngày 02/01/2024") < at("trước ngày 15/04/2024"));
        assert!(at("trước ngày 15/04/2024") < at("từ 01/05/2024 đến 20/05/2024"));
        assert!(at("từ 01/05/2024") < at("hằng quý") && at("hằng quý") < at("ít nhất 2 mô hình"));
        assert!(out.contains("den/12-kh.docx = den/ban-sao.docx"));
        assert!(at("den/hong.pdf") > at("TỆP KHÔNG ĐỌC ĐƯỢC"));
    }
}
