//! The summary of an office run, for reading and for pasting into a letter: what is due, day by day; what comes back
//! in a rhythm; numbers to reach; what needs a look; what could not be read.

use super::View;
use super::entries::{Entry, Group, entries};
use super::table::wrap;
use crate::Reading;
use crate::guard::digest::short;
use crate::guard::stream::{Spill, Waiting};
use crate::model::{InputError, When};
use crate::pack::Kind;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::io::{self, Write};

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

#[derive(Debug, Clone, Serialize, Deserialize)]
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

impl Section {
    /// Key of its title, under `report.summary`.
    fn key(self) -> &'static str {
        match self {
            Self::Dated => "dated",
            Self::Undated => "undated",
            Self::Numbers => "numbers",
            Self::Doubts => "doubts",
        }
    }
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

/// What a run over an office has to tell. What documents say waits on the disk, so that memory does not grow with the
/// office.
#[derive(Debug)]
pub struct Told {
    dated: Spill,
    /// The day of each dated row as a number, and where the row waits.
    days: Vec<(u32, Waiting)>,
    others: [Waiters; 3],
    documents: Spill,
    /// What tells the bytes of each document from others, and where the document waits.
    contents: Vec<([u8; 16], Waiting)>,
    sorted: Spill,
    /// The kind of each file of another kind, and where its name and reason wait.
    kinds: Vec<(Kind, Waiting)>,
    /// Files that could not be read.
    pub failures: Vec<(String, InputError)>,
}

/// Rows of a section that stay in the order of the documents.
#[derive(Debug)]
struct Waiters {
    section: Section,
    count: usize,
    rows: Spill,
}

/// A row as it waits: the document that it is from, and the row.
type Placed<'a> = (Cow<'a, str>, Cow<'a, Row>);

/// What the summary says, one after the other: a section, then its lines.
#[derive(Debug)]
pub enum Piece {
    /// A section that has lines.
    Chapter {
        /// Key of its title, under `report.summary`.
        key: &'static str,
        /// Title.
        title: String,
        /// How many lines.
        count: usize,
    },
    /// A line of the section before it.
    Line(Line),
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
    /// Nothing told yet.
    ///
    /// # Errors
    /// When there is no room for temporary files.
    pub fn new() -> io::Result<Self> {
        let waiters = |section| Ok::<_, io::Error>(Waiters { section, count: 0, rows: Spill::new()? });
        Ok(Self {
            dated: Spill::new()?,
            days: Vec::new(),
            others: [waiters(Section::Undated)?, waiters(Section::Numbers)?, waiters(Section::Doubts)?],
            documents: Spill::new()?,
            contents: Vec::new(),
            sorted: Spill::new()?,
            kinds: Vec::new(),
            failures: Vec::new(),
        })
    }

    /// Adds a directive, in the order of the work list.
    ///
    /// # Errors
    /// When the disk is full.
    pub fn push(&mut self, part: Part) -> io::Result<()> {
        for row in &part.rows {
            let placed: Placed = (Cow::Borrowed(&part.path), Cow::Borrowed(row));
            let record = postcard::to_stdvec(&placed).map_err(io::Error::other)?;
            if let Some(waiters) = self.others.iter_mut().find(|waiters| waiters.section == row.section) {
                waiters.rows.add(&record)?;
                waiters.count += 1;
            } else {
                self.days.push((day_number(&row.day), self.dated.add(&record)?));
            }
        }
        let document = (&part.path, &part.title, part.counts);
        let record = postcard::to_stdvec(&document).map_err(io::Error::other)?;
        self.contents.push((short(&part.sha256), self.documents.add(&record)?));
        Ok(())
    }

    /// Adds a file of another kind, with why it is of that kind.
    ///
    /// # Errors
    /// When the disk is full.
    pub fn sort(&mut self, kind: Kind, name: &str, reason: &str) -> io::Result<()> {
        let record = postcard::to_stdvec(&(name, reason)).map_err(io::Error::other)?;
        self.kinds.push((kind, self.sorted.add(&record)?));
        Ok(())
    }

    /// Files of other kinds so far.
    #[must_use]
    pub fn others(&self) -> usize {
        self.kinds.len()
    }

    /// Directives so far.
    #[must_use]
    pub fn documents(&self) -> usize {
        self.contents.len()
    }

    /// Hands the sections that have something in them to `take`, one after the other, line by line.
    ///
    /// # Errors
    /// When the disk fails, or the first error of `take`.
    pub fn tell(&mut self, view: &View, mut take: impl FnMut(Piece) -> io::Result<()>) -> io::Result<()> {
        let chapter = |key: &'static str, count: usize| {
            let title = view.text(&format!("report.summary.{key}")).to_owned();
            (count > 0).then_some(Piece::Chapter { key, title, count })
        };
        chapter(Section::Dated.key(), self.days.len()).map_or(Ok(()), &mut take)?;
        self.days.sort_unstable();
        for (_, waiting) in &self.days {
            take(line(self.dated.get(*waiting)?)?)?;
        }
        for Waiters { section, count, rows } in &mut self.others {
            chapter(section.key(), *count).map_or(Ok(()), &mut take)?;
            rows.each(|record| take(line(record)?))?;
        }
        chapter("documents", self.contents.len()).map_or(Ok(()), &mut take)?;
        self.documents.each(|record| {
            let (path, title, counts): (String, String, [usize; 3]) =
                postcard::from_bytes(record).map_err(io::Error::other)?;
            let [deadlines, quotas, findings] = counts.map(|count| count.to_string());
            let counts = [("deadlines", deadlines.as_str()), ("quotas", &quotas), ("findings", &findings)];
            let body = view.texts.get("report.summary.document", &counts);
            take(Piece::Line(Line { head: format!("{path}: {title}"), body, place: String::new() }))
        })?;
        chapter("sorted", self.kinds.len()).map_or(Ok(()), &mut take)?;
        self.kinds.sort_unstable();
        for (kind, waiting) in &self.kinds {
            let (head, reason): (String, String) =
                postcard::from_bytes(self.sorted.get(*waiting)?).map_err(io::Error::other)?;
            let kind = view.text(&format!("run.kind.{}", kind.code()));
            take(Piece::Line(Line { head, body: format!("{kind} ({reason})"), place: String::new() }))?;
        }
        let twins = twins(&self.contents);
        chapter("twins", twins.len()).map_or(Ok(()), &mut take)?;
        for places in twins {
            let mut paths = Vec::new();
            for place in places {
                let (path, _): (String, String) =
                    postcard::take_from_bytes(self.documents.get(place)?).map_err(io::Error::other)?.0;
                paths.push(path);
            }
            take(Piece::Line(Line::bare(paths.join(" = "))))?;
        }
        chapter("failures", self.failures.len()).map_or(Ok(()), &mut take)?;
        self.failures.iter().try_for_each(|(name, error)| {
            let body = super::sentences::input_error(view.texts, error);
            take(Piece::Line(Line { head: name.clone(), body, place: String::new() }))
        })
    }

    /// How many were read and how many were not, as a sentence.
    #[must_use]
    pub fn counts(&self, view: &View) -> String {
        let (done, failed) = ((self.documents() + self.others()).to_string(), self.failures.len().to_string());
        view.texts.get("report.summary.counts", &[("done", &done), ("failed", &failed)])
    }
}

impl Line {
    fn bare(head: String) -> Self {
        Self { head, body: String::new(), place: String::new() }
    }
}

/// Writes the whole summary as plain text, under a title.
///
/// # Errors
/// When it cannot be written.
pub fn write(title: &str, told: &mut Told, view: &View, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{title}\n{}", "═".repeat(title.chars().count().min(WIDTH)))?;
    writeln!(out, "{}", told.counts(view))?;
    told.tell(view, |piece| {
        let line = match piece {
            Piece::Chapter { title, count, .. } => return writeln!(out, "\n{} ({count})", title.to_uppercase()),
            Piece::Line(line) => line,
        };
        writeln!(out, "  {}", line.head)?;
        indented(out, &line.body)?;
        if line.place.is_empty() { Ok(()) } else { writeln!(out, "      [{}]", line.place) }
    })
}

/// `2024-04-15` → 20240415, so that days sort as numbers; 0 for no day.
fn day_number(day: &str) -> u32 {
    day.split('-').try_fold(0_u32, |sum, part| sum.checked_mul(100)?.checked_add(part.parse().ok()?)).unwrap_or(0)
}

/// A row as a line.
fn line(record: &[u8]) -> io::Result<Piece> {
    let (path, row): Placed = postcard::from_bytes(record).map_err(io::Error::other)?;
    let Row { head, body, place, .. } = row.into_owned();
    let place = if place.is_empty() { String::new() } else { format!(", {place}") };
    Ok(Piece::Line(Line { head, body, place: format!("{path}{place}") }))
}

/// Documents with the same bytes, in the order of the first of them.
fn twins(contents: &[([u8; 16], Waiting)]) -> Vec<Vec<Waiting>> {
    let mut sorted = contents.to_vec();
    sorted.sort_unstable();
    let same = sorted.chunk_by(|(one, _), (other, _)| one == other).filter(|same| same.len() > 1);
    let mut twins: Vec<Vec<Waiting>> = same.map(|same| same.iter().map(|(_, waiting)| *waiting).collect()).collect();
    twins.sort_unstable();
    twins
}

fn indented(out: &mut impl Write, text: &str) -> io::Result<()> {
    for line in wrap(text, WIDTH - 6) {
        writeln!(out, "      {line}")?;
    }
    Ok(())
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
            let mut told = Told::new().unwrap();
            told.push(Part::of(&sample::reading(), view)).unwrap();
            told.push(Part::of(&later, view)).unwrap();
            told.failures.push(("den/hong.pdf".to_owned(), InputError::Empty));
            told.sort(Kind::Report, "den/bc.docx", "tên").unwrap();
            let mut out = Vec::new();
            write("Hội LHPN xã Bến Sông", &mut told, view, &mut out).unwrap();
            String::from_utf8(out).unwrap()
        });
        let at = |words: &str| out.find(words).unwrap_or_else(|| panic!("{words} is not in {out}"));
        assert!(at("ngày 02/01/2024") < at("trước ngày 15/04/2024"));
        assert!(at("trước ngày 15/04/2024") < at("từ 01/05/2024 đến 20/05/2024"));
        assert!(at("từ 01/05/2024") < at("hằng quý") && at("hằng quý") < at("ít nhất 2 mô hình"));
        assert!(out.contains("den/12-kh.docx = den/ban-sao.docx"));
        assert!(at("den/hong.pdf") > at("TỆP KHÔNG ĐỌC ĐƯỢC"));
    }
}
