//! The first sheet of an Excel workbook as records: a heading in the first filled row, one record for each row below.

use super::data::DataError;
use super::records::{part, row};
use super::xml::{NodeId, Tree};
use crate::guard::{Limits, package::Package};
use serde_json::{Value, json};

/// Rows as records.
///
/// # Errors
/// When the bytes are not a workbook.
pub fn rows(bytes: &[u8], limits: &Limits) -> Result<Vec<Value>, DataError> {
    let package = Package::open(bytes, limits).map_err(|error| DataError(error.to_string()))?;
    let parse = |bytes: Vec<u8>| Tree::parse(&bytes).map_err(|error| DataError(format!("{error:?}")));
    let texts = match part(&package, "xl/sharedStrings.xml")? {
        Some(bytes) => shared_texts(&parse(bytes)?),
        None => Vec::new(),
    };
    let dates = match part(&package, "xl/styles.xml")? {
        Some(bytes) => date_styles(&parse(bytes)?),
        None => Vec::new(),
    };
    let sheet = first_sheet(&package)?;
    let bytes = part(&package, &sheet)?.ok_or_else(|| DataError(sheet.clone()))?;
    let tree = parse(bytes)?;
    let mut headings: Vec<String> = Vec::new();
    let mut out = Vec::new();
    for id in 1..tree.nodes.len() {
        if local(&tree, id) != "row" {
            continue;
        }
        let mut cells: Vec<Value> = Vec::new();
        for cell in tree.node(id).children.iter().filter(|cell| local(&tree, **cell) == "c") {
            let column = tree.attr(*cell, "r").and_then(column_of).unwrap_or(cells.len());
            if column > 16_384 {
                continue;
            }
            cells.resize(column.max(cells.len()), Value::String(String::new()));
            cells.push(cell_value(&tree, *cell, &texts, &dates));
        }
        let filled = cells.iter().any(|cell| cell.as_str().is_none_or(|text| !text.trim().is_empty()));
        if !filled {
            continue;
        }
        if headings.is_empty() {
            headings = cells.iter().map(|cell| cell.as_str().map_or_else(|| cell.to_string(), str::to_owned)).collect();
            continue;
        }
        cells.resize(headings.len().max(cells.len()), Value::String(String::new()));
        out.push(row(&headings, cells));
    }
    Ok(out)
}

fn local(tree: &Tree, id: NodeId) -> &str {
    tree.name(id).rsplit(':').next().unwrap_or_default()
}

fn first_sheet(package: &Package) -> Result<String, DataError> {
    let fallback = "xl/worksheets/sheet1.xml".to_owned();
    let (Some(book), Some(relations)) =
        (part(package, "xl/workbook.xml")?, part(package, "xl/_rels/workbook.xml.rels")?)
    else {
        return Ok(fallback);
    };
    let (Ok(book), Ok(relations)) = (Tree::parse(&book), Tree::parse(&relations)) else { return Ok(fallback) };
    let id = (1..book.nodes.len()).find(|id| local(&book, *id) == "sheet").and_then(|id| book.attr(id, "r:id"));
    let target = (1..relations.nodes.len())
        .find(|node| relations.attr(*node, "Id").is_some() && relations.attr(*node, "Id") == id)
        .and_then(|node| relations.attr(node, "Target"));
    Ok(target.map_or(fallback, |target| match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("xl/{target}"),
    }))
}

fn inner_text(tree: &Tree, id: NodeId) -> String {
    let mut out = String::new();
    for inner in id..tree.subtree_end(id) {
        // Reading aids of East Asian scripts are no part of the text.
        if local(tree, tree.node(inner).parent) == "t" && tree.name(inner).is_empty() {
            let phonetic = tree.ancestors(inner).any(|up| local(tree, up) == "rPh");
            if !phonetic {
                out.push_str(&tree.text(inner));
            }
        }
    }
    out
}

fn shared_texts(tree: &Tree) -> Vec<String> {
    (1..tree.nodes.len()).filter(|id| local(tree, *id) == "si").map(|id| inner_text(tree, id)).collect()
}

/// For each cell format, whether it shows a date.
fn date_styles(tree: &Tree) -> Vec<bool> {
    let mut own = std::collections::BTreeMap::new();
    let mut out = Vec::new();
    for id in 1..tree.nodes.len() {
        match local(tree, id) {
            "numFmt" => {
                let code = tree.attr(id, "formatCode").unwrap_or_default().to_lowercase();
                let bare: String = code.split('"').step_by(2).collect();
                own.insert(tree.attr(id, "numFmtId").unwrap_or_default().to_owned(), bare.contains(['d', 'y']));
            }
            "xf" if local(tree, tree.node(id).parent) == "cellXfs" => {
                let format = tree.attr(id, "numFmtId").unwrap_or_default();
                let builtin = format.parse::<u32>().is_ok_and(|n| (14..=17).contains(&n) || n == 22);
                out.push(own.get(format).copied().unwrap_or(builtin));
            }
            _ => {}
        }
    }
    out
}

fn column_of(reference: &str) -> Option<usize> {
    let letters: String = reference.chars().take_while(char::is_ascii_alphabetic).collect();
    let number = letters.bytes().try_fold(0_usize, |sum, letter| {
        sum.checked_mul(26)?.checked_add(usize::from(letter.to_ascii_uppercase() - b'A') + 1)
    })?;
    number.checked_sub(1)
}

fn cell_value(tree: &Tree, cell: NodeId, texts: &[String], dates: &[bool]) -> Value {
    let raw = || {
        let value = tree.node(cell).children.iter().find(|id| local(tree, **id) == "v");
        value
            .map(|id| tree.node(*id).children.iter().map(|text| tree.text(*text)).collect::<String>())
            .unwrap_or_default()
    };
    match tree.attr(cell, "t") {
        Some("s") => {
            let index = raw().trim().parse::<usize>().ok();
            Value::String(index.and_then(|index| texts.get(index)).cloned().unwrap_or_default())
        }
        Some("inlineStr") => Value::String(inner_text(tree, cell)),
        Some("b") => json!(raw().trim() == "1"),
        Some("str" | "e") => Value::String(raw()),
        _ => {
            let text = raw();
            let style = tree.attr(cell, "s").and_then(|style| style.parse::<usize>().ok());
            let is_date = style.and_then(|style| dates.get(style)).copied().unwrap_or(false);
            match text.trim().parse::<f64>() {
                Ok(number) if is_date => date(number).map_or(json!(number), Value::String),
                Ok(number) if number.fract() == 0.0 && number.abs() < 9e15 => json!(number as i64),
                Ok(number) => json!(number),
                Err(_) => Value::String(text),
            }
        }
    }
}

/// A day of Excel's calendar as ISO date.
fn date(serial: f64) -> Option<String> {
    let days = serial.trunc();
    if !(1.0..3_000_000.0).contains(&days) {
        return None;
    }
    // Excel counts a 29 February 1900 that never was.
    let days = if days < 60.0 { days as i64 + 1 } else { days as i64 };
    let start = jiff::civil::date(1899, 12, 30);
    start.checked_add(jiff::Span::new().try_days(days).ok()?).ok().map(|date| date.to_string())
}
