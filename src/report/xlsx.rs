//! The workbook of a run: one sheet for each kind of thing, one row for each thing, and the files that could not be
//! read. Text is always written as text, never as a formula; the bytes depend on the content alone.

use super::View;
use super::entries::{deadline_key, frequency_key, level_key, number, quota_key, severity_key};
use super::quotes::Quotes;
use super::sentences;
use super::sheet::{Book, Cell, Sheet, date};
use crate::Reading;
use crate::model::{Role, When};
use rust_xlsxwriter::XlsxError;
use serde::{Deserialize, Serialize};

const SHEETS: [Sheet; 7] = [
    Sheet {
        key: "documents",
        columns: &[
            ("file", 30.0),
            ("kind", 14.0),
            ("number", 16.0),
            ("date", 12.0),
            ("issuer", 34.0),
            ("subject", 60.0),
            ("deadlines", 10.0),
            ("quotas", 10.0),
            ("diagnostics", 10.0),
        ],
    },
    Sheet {
        key: "deadlines",
        columns: &[
            ("file", 24.0),
            ("start", 12.0),
            ("due", 12.0),
            ("when", 30.0),
            ("action", 46.0),
            ("actor", 26.0),
            ("recipient", 22.0),
            ("kind", 14.0),
            ("note", 22.0),
            ("quote", 36.0),
            ("where", 20.0),
        ],
    },
    Sheet {
        key: "quotas",
        columns: &[
            ("file", 24.0),
            ("amount", 30.0),
            ("value", 10.0),
            ("actor", 30.0),
            ("per", 20.0),
            ("frequency", 14.0),
            ("kind", 20.0),
            ("note", 22.0),
            ("quote", 50.0),
            ("where", 20.0),
        ],
    },
    Sheet {
        key: "assignments",
        columns: &[("file", 24.0), ("actor", 34.0), ("level", 14.0), ("task", 90.0), ("where", 20.0)],
    },
    Sheet {
        key: "citations",
        columns: &[
            ("file", 24.0),
            ("role", 12.0),
            ("kind", 16.0),
            ("number", 20.0),
            ("date", 12.0),
            ("issuer", 34.0),
            ("subject", 50.0),
            ("pinpoint", 20.0),
            ("quote", 50.0),
            ("where", 20.0),
        ],
    },
    Sheet {
        key: "diagnostics",
        columns: &[
            ("file", 24.0),
            ("severity", 12.0),
            ("code", 10.0),
            ("message", 60.0),
            ("reason", 46.0),
            ("remedy", 46.0),
            ("quote", 36.0),
            ("where", 20.0),
        ],
    },
    Sheet { key: "failures", columns: &[("file", 40.0), ("reason", 90.0)] },
];

/// The rows of one or more documents, sheet by sheet.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Rows {
    sheets: [Vec<Vec<Cell>>; SHEETS.len()],
}

impl Rows {
    /// The rows of one document.
    #[must_use]
    pub fn of(reading: &Reading, view: &View) -> Self {
        let Reading { document, extraction } = reading;
        let quotes = Quotes::new(document);
        let info = &extraction.document;
        let file = || Cell::from(document.source.path.clone());
        let place = |span| Cell::from(view.place(document, span));
        #[expect(clippy::cast_precision_loss, reason = "counts of items in one document are small")]
        let count = |items: usize| Cell::Number(items as f64);
        let overview = vec![
            file(),
            info.kind.as_deref().map(|code| view.type_name(code)).into(),
            number(info).into(),
            date(info.date.as_ref()),
            info.issuer.clone().into(),
            info.subject.clone().into(),
            count(extraction.deadlines.len()),
            count(extraction.quotas.len()),
            count(extraction.diagnostics.len()),
        ];
        let deadlines = extraction.deadlines.iter().map(|item| {
            let (start, due) = bounds(&item.when);
            let inferred = item.inferred.then(|| view.text("report.inferred"));
            let note: Vec<String> = item.exception.clone().into_iter().chain(inferred).collect();
            vec![
                file(),
                start,
                due,
                view.when(&item.when).into(),
                item.action.clone().into(),
                item.actor.clone().into(),
                item.recipient.clone().into(),
                view.text(&format!("report.deadline-kind.{}", deadline_key(item.kind))).into(),
                note.join("; ").into(),
                item.text.clone().into(),
                place(item.span),
            ]
        });
        let quotas = extraction.quotas.iter().map(|item| {
            vec![
                file(),
                view.amount(item).into(),
                Cell::Number(item.value),
                item.actor.clone().into(),
                item.per.clone().into(),
                item.frequency.map(|frequency| view.text(frequency_key(frequency))).into(),
                view.text(&format!("report.quota-kind.{}", quota_key(item.kind))).into(),
                item.exception.clone().into(),
                item.text.clone().into(),
                place(item.span),
            ]
        });
        let assignments = extraction.assignments.iter().map(|item| {
            let level = view.text(&format!("report.level.{}", level_key(item.level)));
            vec![file(), item.actor.clone().into(), level.into(), item.task.clone().into(), place(item.span)]
        });
        let citations = extraction.citations.iter().map(|item| {
            let role = if item.role == Role::Basis { "report.role.basis" } else { "report.role.mention" };
            vec![
                file(),
                view.text(role).into(),
                view.type_name(&item.kind).into(),
                item.code.clone().into(),
                date(item.date.as_ref()),
                item.issuer.clone().into(),
                item.subject.clone().into(),
                item.pinpoint.clone().into(),
                item.text.clone().into(),
                place(item.span),
            ]
        });
        let diagnostics = extraction.diagnostics.iter().map(|item| {
            let words = sentences::finding(view.texts, item);
            vec![
                file(),
                view.text(severity_key(item.severity)).into(),
                item.code.to_owned().into(),
                words.message.into(),
                words.reason.into(),
                words.remedy.into(),
                item.span.and_then(|span| quotes.words(span)).map(str::to_owned).into(),
                item.span.map_or(Cell::Empty, place),
            ]
        });
        Self {
            sheets: [
                vec![overview],
                deadlines.collect(),
                quotas.collect(),
                assignments.collect(),
                citations.collect(),
                diagnostics.collect(),
                vec![],
            ],
        }
    }
}

/// The workbook of a run, row by row.
#[derive(Debug)]
pub struct Workbook(Book);

impl Workbook {
    /// A workbook without rows.
    ///
    /// # Errors
    /// When there is no room for its rows on the disk.
    pub fn new(view: &View) -> Result<Self, XlsxError> {
        Ok(Self(Book::new(&SHEETS, view)?))
    }

    /// Adds the rows of the next document.
    ///
    /// # Errors
    /// When there are more rows than a sheet can hold.
    pub fn push(&mut self, rows: &Rows) -> Result<(), XlsxError> {
        for (at, rows) in rows.sheets.iter().enumerate() {
            for row in rows {
                self.0.push(at, row)?;
            }
        }
        Ok(())
    }

    /// Adds an input that could not be read, with the reason in words.
    ///
    /// # Errors
    /// As [`Workbook::push`].
    pub fn fail(&mut self, name: &str, reason: &str) -> Result<(), XlsxError> {
        self.0.push(SHEETS.len() - 1, &[name.to_owned().into(), reason.to_owned().into()])
    }

    /// Writes the workbook.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn save(self, out: impl std::io::Write + Send) -> Result<(), XlsxError> {
        self.0.save(out)
    }
}

/// First and last day of a deadline that has dates.
fn bounds(when: &When) -> (Cell, Cell) {
    match when {
        When::By { date: day, .. } => (Cell::Empty, date(Some(day))),
        When::On { date: day } => (date(Some(day)), date(Some(day))),
        When::During { start, end, .. } => (date(start.as_ref()), date(end.as_ref())),
        When::Recurring { .. } | When::Relative { .. } => (Cell::Empty, Cell::Empty),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn every_row_fills_its_columns() {
        let rows = sample::with_view(|view| Rows::of(&sample::reading(), view));
        for (sheet, rows) in SHEETS.iter().zip(&rows.sheets).take(SHEETS.len() - 1) {
            assert!(!rows.is_empty(), "{}", sheet.key);
            assert!(rows.iter().all(|row| row.len() == sheet.columns.len()), "{}", sheet.key);
        }
    }

    #[test]
    fn equal_content_gives_equal_bytes() {
        let bytes = || {
            sample::with_view(|view| {
                let mut out = Vec::new();
                let mut workbook = Workbook::new(view).unwrap();
                workbook.push(&Rows::of(&sample::reading(), view)).unwrap();
                workbook.fail("hong.docx", "không có nội dung").unwrap();
                workbook.save(&mut out).unwrap();
                out
            })
        };
        assert_eq!(bytes(), bytes());
    }
}
