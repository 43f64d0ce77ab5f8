//! Looking things up: by name with or without diacritics, everything for an export, awards of earlier years.

use super::{Register, RegisterError};
use crate::language::fold::fold;
use crate::model::{PastAward, Subject};
use crate::pack::award::unmarked;
use rusqlite::{Row, params};

/// An award in the register.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Entry {
    /// Number and symbol of the decision, as printed.
    pub decision: String,
    /// Its date, ISO 8601.
    pub date: String,
    /// Trích yếu of the decision.
    pub about: Option<String>,
    /// Running number in the decision.
    pub number: i64,
    /// Whom it was for.
    pub subject: String,
    /// Name as issued.
    pub name: String,
    /// The name as corrected later.
    pub corrected: Option<String>,
    /// Post.
    pub post: Option<String>,
    /// Unit.
    pub unit: Option<String>,
    /// Code of the form.
    pub form: String,
    /// Form or title as printed.
    pub form_name: String,
    /// What it was for.
    pub achievement: Option<String>,
    /// Year that was assessed.
    pub year: Option<i16>,
    /// Đồng.
    pub money: Option<i64>,
    /// File that it was read from.
    pub file: String,
}

/// How close an entry is to what was looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hit {
    /// The name to the letter, diacritics and all.
    Name,
    /// Part of the name, diacritics and all.
    Part,
    /// The name without diacritics.
    Unmarked,
    /// In the unit.
    Unit,
}

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    folded: String,
    unmarked: String,
}

impl Word {
    /// Words as people type them: with or without diacritics, dots at the end for what they do not know.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let text = text.trim().trim_end_matches(['…', '.', '*', ' ']);
        Self { folded: key(text), unmarked: unmarked_key(text) }
    }

    /// How close an entry is; `None` when it does not fit.
    fn hit(&self, entry: &Entry) -> Option<Hit> {
        let names = [Some(&entry.name), entry.corrected.as_ref()];
        let near = names.into_iter().flatten().filter_map(|name| {
            let folded = key(name);
            if folded == self.folded {
                Some(Hit::Name)
            } else if folded.contains(&self.folded) {
                Some(Hit::Part)
            } else {
                unmarked_key(name).contains(&self.unmarked).then_some(Hit::Unmarked)
            }
        });
        near.min().or_else(|| {
            entry.unit.as_deref().is_some_and(|unit| unmarked_key(unit).contains(&self.unmarked)).then_some(Hit::Unit)
        })
    }
}

/// A name as it is compared: folded, single blanks.
pub(super) fn key(name: &str) -> String {
    fold(&crate::language::fold::nfc(name)).trim().to_owned()
}

/// A name without diacritics.
pub(super) fn unmarked_key(name: &str) -> String {
    unmarked(&key(name))
}

const ENTRY: &str = "SELECT q.so, q.ky_hieu, q.ngay, q.trich_yeu, k.stt, k.doi_tuong, k.ten, \
     (SELECT d.ten_dung FROM dinh_chinh d WHERE d.khen_thuong_id = k.id ORDER BY d.id DESC LIMIT 1), \
     k.chuc_vu, k.don_vi, k.hinh_thuc, k.hinh_thuc_ten, k.thanh_tich, k.nam_xet, k.muc_thuong, q.tep \
     FROM khen_thuong k JOIN quyet_dinh q ON q.id = k.quyet_dinh_id";
const ORDER: &str = "ORDER BY q.ngay DESC, q.id DESC, k.stt";

fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let (number, symbol): (String, String) = (row.get(0)?, row.get(1)?);
    Ok(Entry {
        decision: format!("{}/{symbol}", crate::model::padded(&number)),
        date: row.get(2)?,
        about: row.get(3)?,
        number: row.get(4)?,
        subject: row.get(5)?,
        name: row.get(6)?,
        corrected: row.get(7)?,
        post: row.get(8)?,
        unit: row.get(9)?,
        form: row.get(10)?,
        form_name: row.get(11)?,
        achievement: row.get(12)?,
        year: row.get(13)?,
        money: row.get(14)?,
        file: row.get(15)?,
    })
}

impl Register {
    /// Awards whose name (or unit) holds the words; the closest first, then the newest.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn find(&self, word: &Word) -> Result<Vec<(Hit, Entry)>, RegisterError> {
        if word.unmarked.is_empty() {
            return Ok(Vec::new());
        }
        let query = format!(
            "{ENTRY} WHERE instr(k.ten_khong_dau, ?1) > 0 OR instr(coalesce(k.don_vi_khong_dau, ''), ?1) > 0 \
             OR EXISTS (SELECT 1 FROM dinh_chinh d WHERE d.khen_thuong_id = k.id AND instr(d.ten_dung_khong_dau, ?1) > 0) {ORDER}"
        );
        let found = self.entries(&query, params![word.unmarked])?;
        let mut hits: Vec<(Hit, Entry)> =
            found.into_iter().filter_map(|entry| word.hit(&entry).map(|hit| (hit, entry))).collect();
        hits.sort_by_key(|(hit, _)| *hit);
        Ok(hits)
    }

    /// Everything, the newest decision first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn all(&self) -> Result<Vec<Entry>, RegisterError> {
        self.entries(&format!("{ENTRY} {ORDER}"), params![])
    }

    fn entries(&self, query: &str, parameters: &[&dyn rusqlite::ToSql]) -> Result<Vec<Entry>, RegisterError> {
        self.connection
            .prepare(query)
            .and_then(|mut statement| statement.query_map(parameters, entry)?.collect())
            .map_err(|error| self.failed(&error))
    }

    /// All awards, for rules that look at earlier years.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn past_awards(&self) -> Result<Vec<PastAward>, RegisterError> {
        let entries = self.all()?;
        Ok(entries
            .into_iter()
            .filter_map(|entry| {
                Some(PastAward {
                    subject: Subject::of_code(&entry.subject)?,
                    name: entry.corrected.unwrap_or(entry.name),
                    unit: entry.unit,
                    form: entry.form,
                    year: entry.year,
                    decision: entry.decision,
                    date: Some(entry.date),
                })
            })
            .collect())
    }

    /// The file of the decision that has a number in a year, if there is one.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn taken(&self, number: &str, symbol: &str, year: i16) -> Result<Option<String>, RegisterError> {
        use rusqlite::OptionalExtension as _;
        self.connection
            .query_row(
                "SELECT tep FROM quyet_dinh WHERE so = ?1 AND ky_hieu = ?2 AND nam = ?3",
                params![number, symbol, year],
                |row| row.get(0),
            )
            .optional()
            .map_err(|error| self.failed(&error))
    }

    /// Number of decisions and of awards.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn size(&self) -> Result<(i64, i64), RegisterError> {
        self.connection
            .query_row("SELECT (SELECT count(*) FROM quyet_dinh), (SELECT count(*) FROM khen_thuong)", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .map_err(|error| self.failed(&error))
    }
}
