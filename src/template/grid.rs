//! The grid of a table whose number of columns depends on data.

/// A table with as many grid columns as its widest row has cells, at its old width.
#[must_use]
pub fn repair(table: &str) -> String {
    let (Some(start), Some(end)) = (table.find("<w:tblGrid>"), table.find("</w:tblGrid>")) else {
        return table.to_owned();
    };
    let grid = table.get(start + "<w:tblGrid>".len()..end).unwrap_or_default();
    let widths: Vec<u64> = grid
        .split("<w:gridCol")
        .skip(1)
        .map(|column| column.split_once("w:w=\"").and_then(|(_, w)| w.split('"').next()?.parse().ok()).unwrap_or(0))
        .collect();
    let wanted = columns(table.get(end..).unwrap_or_default());
    if wanted == 0 || wanted == widths.len() || widths.is_empty() {
        return table.to_owned();
    }
    let total: u64 = widths.iter().sum();
    let old_count = widths.len() as u64;
    let new_count = wanted as u64;
    let new: Vec<u64> = if wanted > widths.len() {
        let scaled = widths.iter().map(|width| width * old_count / new_count);
        scaled.chain(std::iter::repeat_n(total / new_count, wanted - widths.len())).collect()
    } else {
        let kept = widths.get(..wanted).unwrap_or_default();
        let extra = (total - kept.iter().sum::<u64>()) / new_count;
        kept.iter().map(|width| width + extra).collect()
    };
    let columns: String = new.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
    let (head, tail) = (table.get(..start).unwrap_or_default(), table.get(end..).unwrap_or_default());
    format!("{head}<w:tblGrid>{columns}{tail}")
}

/// Grid columns of the widest row; tables inside cells do not count.
fn columns(rows: &str) -> usize {
    let (mut widest, mut here, mut inner) = (0, 0, 0_usize);
    let mut rest = rows;
    while let Some((_, after)) = rest.split_once('<') {
        rest = after;
        let name = after.split([' ', '>', '/']).next().unwrap_or_default();
        match name {
            "w:tbl" => inner += 1,
            "" if after.starts_with("/w:tbl>") => inner = inner.saturating_sub(1),
            "w:tr" if inner == 0 => here = 0,
            "w:tc" if inner == 0 => here += 1,
            "w:gridSpan" if inner == 0 => {
                let span = after.split_once("w:val=\"").and_then(|(_, v)| v.split('"').next()?.parse::<usize>().ok());
                here += span.unwrap_or(1).clamp(1, 1000) - 1;
            }
            "w:gridBefore" | "w:gridAfter" if inner == 0 => {
                let span = after.split_once("w:val=\"").and_then(|(_, v)| v.split('"').next()?.parse::<usize>().ok());
                here += span.unwrap_or(0).min(1000);
            }
            _ => {}
        }
        widest = widest.max(here);
    }
    widest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grid_follows_the_cells() {
        let row = |n: usize| format!("<w:tr>{}</w:tr>", "<w:tc><w:p/></w:tc>".repeat(n));
        let table = |n| {
            format!("<w:tbl><w:tblGrid><w:gridCol w:w=\"300\"/><w:gridCol w:w=\"300\"/></w:tblGrid>{}</w:tbl>", row(n))
        };
        assert_eq!(repair(&table(2)), table(2));
        assert_eq!(repair(&table(3)).matches("<w:gridCol w:w=\"200\"/>").count(), 3);
        assert_eq!(repair(&table(1)).matches("<w:gridCol w:w=\"600\"/>").count(), 1);
    }
}
