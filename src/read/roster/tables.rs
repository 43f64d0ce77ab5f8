//! Tables of texts, from sheets and from Word documents, with merged cells filled.

use crate::guard::Limits;
use crate::guard::package::Package;
use crate::model::{Document, InputError, Part};
use crate::read::sheet::{self, Sheet};

/// A table: a sheet, or a table of a Word document with the paragraphs before it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// Name of the sheet, or `2` for the second table of a document; none for a text file.
    pub name: Option<String>,
    /// Rows that hold something.
    pub rows: Vec<TableRow>,
}

/// A row of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableRow {
    /// Number as a person sees it, from 1; 0 for a paragraph before the table.
    pub number: u32,
    /// Filled cells, from left to right.
    pub cells: Vec<TableCell>,
}

/// A filled cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableCell {
    /// Column, from 0.
    pub column: u32,
    /// Its text on one line.
    pub text: String,
    /// Address as spreadsheets write it.
    pub address: String,
    /// The text belongs to a merged cell that begins further up.
    pub continued: bool,
}

impl TableRow {
    /// The cell of a column.
    #[must_use]
    pub fn cell(&self, column: u32) -> Option<&TableCell> {
        self.cells.iter().find(|cell| cell.column == column)
    }

    /// The text of a column, empty when there is none.
    #[must_use]
    pub fn text(&self, column: u32) -> &str {
        self.cell(column).map_or("", |cell| cell.text.as_str())
    }
}

/// The tables of a list: sheets of a workbook or separated text, or tables of a document.
///
/// # Errors
/// When the bytes are neither.
pub fn tables(name: &str, bytes: &[u8], limits: &Limits) -> Result<Vec<Table>, InputError> {
    if is_document(name, bytes, limits) {
        crate::read::document(name, bytes, limits).map(|document| tables_of_document(&document))
    } else {
        sheet::sheets(bytes, limits).map(|sheets| tables_of_sheets(&sheets))
    }
}

/// Whether the bytes are a document with tables rather than a workbook or a separated text.
#[must_use]
pub fn is_document(name: &str, bytes: &[u8], limits: &Limits) -> bool {
    if bytes.starts_with(b"PK") {
        return Package::open(bytes, limits).is_ok_and(|package| package.contains("word/document.xml"));
    }
    let name = name.to_lowercase();
    [".html", ".htm", ".md", ".docx"].iter().any(|end| name.ends_with(end))
}

/// The sheets of a workbook, or the one of a separated text.
#[must_use]
pub fn tables_of_sheets(sheets: &[Sheet]) -> Vec<Table> {
    sheets.iter().map(table_of_sheet).collect()
}

fn table_of_sheet(sheet: &Sheet) -> Table {
    let mut rows: Vec<TableRow> = sheet
        .rows
        .iter()
        .map(|row| TableRow {
            number: row.number,
            cells: row
                .cells
                .iter()
                .map(|cell| TableCell {
                    column: cell.column,
                    text: one_line(&cell.value.text()),
                    address: sheet::address(row.number, cell.column),
                    continued: false,
                })
                .collect(),
        })
        .collect();
    for merged in &sheet.merged {
        fill(&mut rows, merged.rows.clone(), merged.columns.start);
    }
    let name = (!sheet.name.is_empty()).then(|| sheet.name.clone());
    Table { name, rows }
}

/// Writes the text of a merged cell into the rows below that hold something else.
fn fill(rows: &mut [TableRow], numbers: std::ops::Range<u32>, column: u32) {
    let Some(text) = rows.iter().find(|row| row.number == numbers.start).map(|row| row.text(column).to_owned()) else {
        return;
    };
    if text.is_empty() {
        return;
    }
    for row in rows.iter_mut().filter(|row| row.number > numbers.start && row.number < numbers.end) {
        if row.cell(column).is_none() {
            let address = sheet::address(row.number, column);
            let at = row.cells.partition_point(|cell| cell.column < column);
            row.cells.insert(at, TableCell { column, text: text.clone(), address, continued: true });
        }
    }
}

/// The tables of a document, outermost ones only. Paragraphs before a table are its first rows, as titles above a
/// sheet's headings are.
#[must_use]
pub fn tables_of_document(document: &Document) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    let mut before: Vec<TableRow> = Vec::new();
    let mut open: Option<u32> = None;
    let mut spans: Vec<(std::ops::Range<u32>, u32)> = Vec::new();
    let body = document.blocks.iter().filter(|block| matches!(block.part, Part::Body | Part::TextBox));
    for block in body {
        let text = match &block.label {
            Some(label) => one_line(&format!("{label} {}", block.text)),
            None => one_line(&block.text),
        };
        let Some(cell) = block.cell.filter(|cell| cell.depth == 0) else {
            if block.cell.is_none() {
                close(&mut tables, &mut spans);
                open = None;
                if !text.is_empty() {
                    let cell = TableCell { column: 0, text, address: String::new(), continued: false };
                    before.push(TableRow { number: 0, cells: vec![cell] });
                }
            }
            continue;
        };
        if open != Some(cell.table) {
            close(&mut tables, &mut spans);
            open = Some(cell.table);
            let name = Some((cell.table + 1).to_string());
            tables.push(Table { name, rows: std::mem::take(&mut before) });
        }
        let Some(table) = tables.last_mut() else { continue };
        let number = cell.row + 1;
        if table.rows.last().is_none_or(|row| row.number != number) {
            table.rows.push(TableRow { number, cells: Vec::new() });
        }
        let Some(row) = table.rows.last_mut() else { continue };
        if cell.row_span > 1 {
            spans.push((number..number + cell.row_span, cell.column));
        }
        match row.cells.iter_mut().find(|known| known.column == cell.column) {
            Some(known) if !text.is_empty() => {
                known.text.push(' ');
                known.text.push_str(&text);
            }
            None if !text.is_empty() => {
                let address = sheet::address(number, cell.column);
                let at = row.cells.partition_point(|known| known.column < cell.column);
                row.cells.insert(at, TableCell { column: cell.column, text, address, continued: false });
            }
            _ => {}
        }
    }
    close(&mut tables, &mut spans);
    if let Some(last) = tables.last_mut() {
        // What follows the last table may be its closing line.
        last.rows.append(&mut before);
    }
    for table in &mut tables {
        table.rows.retain(|row| !row.cells.is_empty());
    }
    tables
}

fn close(tables: &mut [Table], spans: &mut Vec<(std::ops::Range<u32>, u32)>) {
    if let Some(table) = tables.last_mut() {
        for (rows, column) in spans.drain(..) {
            fill(&mut table.rows, rows, column);
        }
    }
}

/// A text on one line, with single blanks.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
