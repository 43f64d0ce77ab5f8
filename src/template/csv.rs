//! Tables as text: commas, semicolons or tabs, quoted fields, a heading in the first row.

use super::data::DataError;
use super::records::row;
use serde_json::Value;

/// Rows as records.
///
/// # Errors
/// When a quoted field is not closed.
pub fn rows(text: &str) -> Result<Vec<Value>, DataError> {
    let text = text.trim_start_matches('\u{feff}');
    let separator = separator(text);
    let mut table = fields(text, separator)?.into_iter();
    let Some(headings) = table.next() else { return Ok(Vec::new()) };
    let filled = |cells: &Vec<String>| cells.iter().any(|cell| !cell.trim().is_empty());
    Ok(table.filter(filled).map(|cells| row(&headings, cells.into_iter().map(Value::String))).collect())
}

/// The mark that stands most often in the first line.
fn separator(text: &str) -> char {
    let first = text.lines().next().unwrap_or_default();
    [',', ';', '\t'].into_iter().rev().max_by_key(|mark| first.matches(*mark).count()).unwrap_or(',')
}

fn fields(text: &str, separator: char) -> Result<Vec<Vec<String>>, DataError> {
    let mut rows = vec![Vec::new()];
    let mut field = String::new();
    let mut chars = text.chars().peekable();
    let mut quoted = false;
    let mut line = 1;
    while let Some(c) = chars.next() {
        line += usize::from(c == '\n');
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                field.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if field.is_empty() => quoted = true,
            _ if quoted => field.push(c),
            '\r' => {}
            '\n' => {
                if let Some(row) = rows.last_mut() {
                    row.push(std::mem::take(&mut field));
                }
                rows.push(Vec::new());
            }
            _ if c == separator => {
                if let Some(row) = rows.last_mut() {
                    row.push(std::mem::take(&mut field));
                }
            }
            _ => field.push(c),
        }
    }
    if quoted {
        return Err(DataError(format!("line {line}: a quoted field is not closed")));
    }
    if let Some(row) = rows.last_mut()
        && (!field.is_empty() || !row.is_empty())
    {
        row.push(field);
    }
    rows.retain(|row| !row.is_empty());
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_fields_and_vietnamese_headings() {
        let rows = rows("\u{feff}Họ và tên;Đơn vị\r\n\"Nguyễn \"\"Hai\"\"\nA\";x;y\n;\n").unwrap();
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0]["Họ và tên"], "Nguyễn \"Hai\"\nA");
        assert_eq!(rows[0]["ho_va_ten"], "Nguyễn \"Hai\"\nA");
        assert_eq!(rows[0]["don_vi"], "x");
        assert!(super::rows("a\n\"b").is_err());
    }
}
