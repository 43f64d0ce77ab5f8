//! The workbook of a batch: *Tổng hợp*, *Chi tiết*, *Theo mã*, *Không xử lý được*, *Quy tắc*.

use super::super::View;
use super::super::entries::severity_key;
use super::super::sheet::{Book, Cell, Sheet};
use super::{RuleInfo, counts};
use crate::model::{BatchReport, CheckReport, Noted, Severity};
use rust_xlsxwriter::XlsxError;

const SHEETS: [Sheet; 5] = [
    Sheet {
        key: "checked.overview",
        columns: &[
            ("file", 34.0),
            ("checked.name", 26.0),
            ("checked.unit", 30.0),
            ("checked.award", 24.0),
            ("checked.form", 34.0),
            ("checked.verdict", 16.0),
            ("checked.errors", 8.0),
            ("checked.warnings", 10.0),
            ("checked.notes", 8.0),
            ("checked.copy", 34.0),
        ],
    },
    Sheet {
        key: "checked.findings",
        columns: &[
            ("file", 28.0),
            ("severity", 14.0),
            ("code", 10.0),
            ("message", 56.0),
            ("quote", 36.0),
            ("where", 24.0),
            ("reason", 40.0),
            ("checked.basis", 34.0),
            ("remedy", 44.0),
            ("checked.other-places", 36.0),
        ],
    },
    Sheet {
        key: "checked.by-code",
        columns: &[
            ("code", 10.0),
            ("severity", 14.0),
            ("checked.count", 8.0),
            ("checked.files", 8.0),
            ("checked.rule", 90.0),
        ],
    },
    Sheet { key: "checked.not-processed", columns: &[("file", 40.0), ("reason", 90.0)] },
    Sheet {
        key: "checked.rules",
        columns: &[
            ("code", 10.0),
            ("severity", 14.0),
            ("checked.rule", 56.0),
            ("reason", 44.0),
            ("checked.basis", 40.0),
            ("remedy", 44.0),
            ("checked.bad", 40.0),
            ("checked.good", 40.0),
        ],
    },
];

/// Writes the workbook, row by row. `copies` are the annotated copies beside it, one for each file of the batch or none
/// at all.
///
/// # Errors
/// When there are more rows than a sheet can hold, or it cannot be written.
pub fn write(
    batch: &BatchReport,
    rules: &[RuleInfo],
    copies: &[Option<String>],
    view: &View,
    out: impl std::io::Write + Send,
) -> Result<(), XlsxError> {
    let mut book = Book::new(&SHEETS, view)?;
    rows(batch, rules, copies, view, |sheet, row| book.push(sheet, &row))?;
    book.save(out)
}

/// Hands on every row with the number of its sheet.
fn rows(
    batch: &BatchReport,
    rules: &[RuleInfo],
    copies: &[Option<String>],
    view: &View,
    mut take: impl FnMut(usize, Vec<Cell>) -> Result<(), XlsxError>,
) -> Result<(), XlsxError> {
    let severity = |severity: Severity| view.text(severity_key(severity));
    for (at, report) in batch.files.iter().enumerate() {
        let [errors, warnings, notes] = counts(&report.findings).map(number);
        let overview = vec![
            report.path.clone().into(),
            report.about.name.clone().into(),
            report.about.unit.clone().into(),
            report.about.award.clone().into(),
            report.form.as_ref().map(|form| form.title.clone()).into(),
            view.verdict(report.verdict).into(),
            errors,
            warnings,
            notes,
            copies.get(at).cloned().flatten().map_or(Cell::Empty, Cell::Link),
        ];
        take(0, overview)?;
    }
    for (file, noted) in batch.all() {
        let path = file.and_then(|at| batch.files.get(at)).map(|report| report.path.clone());
        take(1, detail(path.unwrap_or_else(|| view.text("checked.batch")), noted, view))?;
    }
    for (code, (gravest, count)) in batch.by_code() {
        let has = |report: &&CheckReport| report.findings.iter().any(|noted| noted.finding.code == code);
        let title = rules.iter().find(|rule| rule.code == code).map(|rule| rule.title.clone());
        let files = batch.files.iter().filter(has).count();
        take(2, vec![code.to_owned().into(), severity(gravest).into(), number(count), number(files), title.into()])?;
    }
    for (report, reason) in batch.files.iter().filter_map(|report| Some((report, view.failed(report)?))) {
        take(3, vec![report.path.clone().into(), reason.into()])?;
    }
    for rule in rules {
        let row = vec![
            rule.code.clone().into(),
            severity(rule.severity).into(),
            rule.title.clone().into(),
            rule.reason.clone().into(),
            rule.basis.clone().into(),
            rule.remedy.clone().into(),
            rule.bad.clone().into(),
            rule.good.clone().into(),
        ];
        take(4, row)?;
    }
    Ok(())
}

fn detail(path: String, noted: &Noted, view: &View) -> Vec<Cell> {
    let finding = &noted.finding;
    let words = view.sentences(finding);
    let elsewhere = finding.elsewhere.iter().map(|other| format!("{}: “{}”", other.path, other.quote));
    let others: Vec<String> = noted.related_quotes.iter().map(|quote| format!("“{quote}”")).chain(elsewhere).collect();
    vec![
        path.into(),
        view.gravity(finding).into(),
        finding.code.to_owned().into(),
        words.message.into(),
        noted.quote.clone().into(),
        view.whereabouts(noted).into(),
        words.reason.into(),
        words.basis.into(),
        words.remedy.into(),
        others.join("\n").into(),
    ]
}

#[expect(clippy::cast_precision_loss, reason = "counts of files and findings are small")]
fn number(count: usize) -> Cell {
    Cell::Number(count as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::review::sample;
    use crate::report::sample::with_view;

    #[test]
    fn every_row_fills_its_columns_and_every_finding_has_one() {
        let batch = sample::batch();
        let copies = [Some("bao-cao-01.nhan-xet.docx".to_owned()), None, None];
        let mut sheets: [Vec<Vec<Cell>>; SHEETS.len()] = Default::default();
        let take = |sheet: usize, row| {
            sheets[sheet].push(row);
            Ok(())
        };
        with_view(|view| rows(&batch, &sample::rules(), &copies, view, take).unwrap());
        let rows = sheets;
        for (sheet, rows) in SHEETS.iter().zip(&rows) {
            assert!(rows.iter().all(|row| row.len() == sheet.columns.len()), "{}", sheet.key);
        }
        assert_eq!(rows.each_ref().map(Vec::len), [3, 4, 4, 1, 2]);
        assert_eq!(rows[0][0][9], Cell::Link("bao-cao-01.nhan-xet.docx".into()));
        assert_eq!(rows[1][1][4], Cell::Text("=31/02".into()));
        assert_eq!(rows[1][2][1], Cell::Text("Cần người xem".into()));
        let bytes = || {
            let mut bytes = Vec::new();
            with_view(|view| write(&batch, &sample::rules(), &copies, view, &mut bytes).unwrap());
            bytes
        };
        assert!(bytes().starts_with(b"PK"));
        assert_eq!(bytes(), bytes());
    }
}
