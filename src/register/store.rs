//! Taking decisions in, and corrections.

use super::find::{key, unmarked_key};
use super::{Register, RegisterError};
use crate::model::{IssuedAward, IssuedDecision};
use rusqlite::{OptionalExtension as _, Transaction, TransactionBehavior, params};

/// What became of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It was written, with so many awards.
    New(usize),
    /// It stood there already, from a file with the same content.
    Known,
}

/// A correction of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Number of the decision without leading zeros.
    pub number: String,
    /// Its symbol.
    pub symbol: String,
    /// Its year.
    pub year: i16,
    /// The name as issued.
    pub wrong: String,
    /// The name as it should be.
    pub right: String,
    /// Number and symbol of the correcting paper, when it has one.
    pub code: Option<String>,
    /// Date of the correcting paper, when it has one.
    pub date: Option<jiff::civil::Date>,
    /// Its file.
    pub file: String,
}

impl Register {
    /// Writes a decision with all its awards, or nothing.
    ///
    /// # Errors
    /// When another decision of the year has its number, or the file cannot be written.
    pub fn add(&mut self, decision: &IssuedDecision) -> Result<Added, RegisterError> {
        let path = self.path.clone();
        let failed = |error: rusqlite::Error| super::storage(&path, &error);
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        let known: Option<(String, String)> = transaction
            .query_row(
                "SELECT sha256, tep FROM quyet_dinh WHERE so = ?1 AND ky_hieu = ?2 AND nam = ?3",
                params![decision.number, decision.symbol, decision.date.year()],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()
            .map_err(failed)?;
        if let Some((sha256, file)) = known {
            if sha256 == decision.sha256 {
                return Ok(Added::Known);
            }
            let (code, year) = (decision.code(), decision.date.year());
            return Err(RegisterError::Taken { code, year, file });
        }
        transaction
            .execute(
                "INSERT INTO quyet_dinh (so, ky_hieu, ngay, nam, trich_yeu, co_quan, tep, sha256) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![
                    decision.number,
                    decision.symbol,
                    decision.date.to_string(),
                    decision.date.year(),
                    decision.subject,
                    decision.issuer,
                    decision.file,
                    decision.sha256,
                ],
            )
            .map_err(failed)?;
        let id = transaction.last_insert_rowid();
        awards(&transaction, id, &decision.awards).map_err(failed)?;
        transaction.commit().map_err(failed)?;
        Ok(Added::New(decision.awards.len()))
    }

    /// Notes a correction beside the award that it corrects; the award stays as it was issued.
    ///
    /// # Errors
    /// When not exactly one award of the decision has the wrong name.
    pub fn correct(&mut self, correction: &Correction) -> Result<(), RegisterError> {
        let path = self.path.clone();
        let failed = |error: rusqlite::Error| super::storage(&path, &error);
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        let ids: Vec<i64> = transaction
            .prepare(
                "SELECT k.id FROM khen_thuong k JOIN quyet_dinh q ON q.id = k.quyet_dinh_id \
                 WHERE q.so = ?1 AND q.ky_hieu = ?2 AND q.nam = ?3 AND k.ten_gap = ?4",
            )
            .and_then(|mut statement| {
                let found = params![correction.number, correction.symbol, correction.year, key(&correction.wrong)];
                statement.query_map(found, |row| row.get(0))?.collect()
            })
            .map_err(failed)?;
        let [id] = ids.as_slice() else {
            let code = format!("{}/{}", crate::model::padded(&correction.number), correction.symbol);
            return Err(RegisterError::NotOne { count: ids.len(), code, name: correction.wrong.clone() });
        };
        transaction
            .execute(
                "INSERT INTO dinh_chinh (khen_thuong_id, ten_cu, ten_dung, ten_dung_khong_dau, so, ngay, tep) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![
                    id,
                    correction.wrong,
                    correction.right,
                    unmarked_key(&correction.right),
                    correction.code,
                    correction.date.map(|date| date.to_string()),
                    correction.file,
                ],
            )
            .map_err(failed)?;
        transaction.commit().map_err(failed)
    }
}

fn awards(transaction: &Transaction<'_>, decision: i64, awards: &[IssuedAward]) -> rusqlite::Result<()> {
    let mut insert = transaction.prepare(
        "INSERT INTO khen_thuong (quyet_dinh_id, stt, doi_tuong, ten, ten_gap, ten_khong_dau, chuc_vu, don_vi, \
         don_vi_khong_dau, hinh_thuc, hinh_thuc_ten, thanh_tich, nam_xet, muc_thuong) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    )?;
    for (number, award) in (1_i64..).zip(awards) {
        insert.execute(params![
            decision,
            number,
            award.subject.code(),
            award.name,
            key(&award.name),
            unmarked_key(&award.name),
            award.post,
            award.unit,
            award.unit.as_deref().map(unmarked_key),
            award.form,
            award.form_name,
            award.achievement,
            award.year,
            award.money,
        ])?;
    }
    Ok(())
}
