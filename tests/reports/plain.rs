//! A report as plain text.

use super::layout::{Fields, Header, Layout, Rows, Signs};
use super::write::whole;
use super::{Item, Report, Row, Sign};

/// A heading in the case that the layout wants.
pub fn heading(text: &str, layout: &Layout) -> String {
    if !layout.quiet_headings {
        return text.to_owned();
    }
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| format!("{first}{}", letters.as_str().to_lowercase()))
}

pub fn date_line(report: &Report) -> String {
    let (d, m, y) = report.date;
    let month = if m < 3 { format!("{m:02}") } else { m.to_string() };
    format!("{}, ngày {d:02} tháng {month} năm {y}", report.place)
}

/// Lines of fields as the layout types them; nothing for tables.
pub fn fields(list: &[(String, String)], layout: &Layout) -> Vec<String> {
    let one = |(label, value): &(String, String)| format!("{label}: {value}");
    match layout.fields {
        Fields::Lines | Fields::Table | Fields::WideTable => {
            list.iter().map(|field| format!("{}{}", layout.bullet, one(field))).collect()
        }
        Fields::Numbered => list.iter().enumerate().map(|(at, field)| format!("{}. {}", at + 1, one(field))).collect(),
        Fields::Pairs => list
            .chunks(2)
            .map(|pair| pair.iter().map(one).collect::<Vec<_>>().join(if layout.gap { "      " } else { "\t" }))
            .collect(),
        Fields::OneLine => {
            list.chunks(4).map(|four| format!("- {}.", four.iter().map(one).collect::<Vec<_>>().join("; "))).collect()
        }
        Fields::Hanging => list.iter().flat_map(|(label, value)| [format!("{label}:"), value.clone()]).collect(),
    }
}

/// Column headings of the tables of section III.
pub fn columns(what: &str, layout: &Layout) -> Vec<String> {
    let decision = [
        "Số, ngày, tháng, năm của quyết định công nhận; cơ quan ban hành quyết định",
        "Số, ngày, tháng, năm của Quyết định khen thưởng; cơ quan ban hành quyết định",
        "Số, ngày quyết định, cơ quan quyết định",
    ][layout.columns];
    let list: Vec<&str> = match layout.rows {
        Rows::Counted => vec!["TT", "Năm", what, decision],
        Rows::Split => vec!["Năm", what, "Số quyết định", "Ngày, tháng, năm", "Cơ quan ban hành"],
        _ => vec!["Năm", what, decision],
    };
    list.into_iter().map(str::to_owned).collect()
}

pub fn cells(row: &Row, at: usize, layout: &Layout) -> Vec<String> {
    let text = |part: &Option<String>| part.clone().unwrap_or_default();
    match layout.rows {
        Rows::Counted => vec![(at + 1).to_string(), row.year.clone(), row.award.clone(), whole(row, layout.decision)],
        Rows::Split if row.raw.is_none() => {
            vec![row.year.clone(), row.award.clone(), text(&row.number), text(&row.date), text(&row.issuer)]
        }
        Rows::Split => vec![row.year.clone(), row.award.clone(), text(&row.raw), String::new(), String::new()],
        _ => vec![row.year.clone(), row.award.clone(), whole(row, layout.decision)],
    }
}

/// A line for an award where there is no table.
pub fn line(row: &Row, layout: &Layout) -> String {
    let decision = whole(row, layout.decision);
    match layout.columns {
        0 => format!("Năm {}: {}, {decision}.", row.year, row.award),
        1 => format!("{}Năm {}: {} ({decision}).", layout.bullet, row.year, row.award),
        _ => format!("{}{}: {}; {decision}", layout.bullet, row.year, row.award),
    }
}

pub fn render(report: &Report, layout: &Layout) -> String {
    let mut out: Vec<String> = report.above.clone();
    let left = [report.parent.clone(), report.unit.to_uppercase()];
    let right = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM".to_owned(), "Độc lập - Tự do - Hạnh phúc".to_owned()];
    match layout.header {
        Header::Stacked => {
            out.extend(left);
            out.push(String::new());
            out.extend(right);
        }
        _ => {
            for (a, b) in left.iter().zip(&right) {
                out.push(format!("{a}{}{b}", if layout.gap { "        " } else { "\t" }));
            }
        }
    }
    out.push(String::new());
    out.push(date_line(report));
    out.push(String::new());
    out.extend(report.title.iter().cloned());
    out.push(String::new());
    for section in &report.sections {
        let number =
            if section.number.is_empty() { String::new() } else { format!("{}{}", section.number, layout.mark) };
        out.push(format!("{number}{}", heading(&section.heading, layout)));
        section.items.iter().for_each(|item| push(&mut out, item, layout));
        out.push(String::new());
    }
    signs(&mut out, &report.signs, layout);
    out.join("\n") + "\n"
}

fn push(out: &mut Vec<String>, item: &Item, layout: &Layout) {
    let barred = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    match item {
        Item::Sub(text) | Item::Para(text) => out.push(text.clone()),
        Item::Bullet(text) => out.push(format!("{}{text}", layout.bullet)),
        Item::Fields(list) => out.extend(match layout.fields {
            Fields::Table => list.iter().map(|(label, value)| barred(vec![label.clone(), value.clone()])).collect(),
            Fields::WideTable => list
                .chunks(2)
                .map(|pair| barred(pair.iter().flat_map(|(l, v)| [format!("{l}:"), v.clone()]).collect()))
                .collect(),
            _ => fields(list, layout),
        }),
        Item::Grid(rows) => out.extend(rows.iter().cloned().map(barred)),
        Item::Earlier(_, rows) if rows.is_empty() => out.push("Không.".to_owned()),
        Item::Earlier(_, rows) if layout.rows == Rows::Lines => out.extend(rows.iter().map(|row| line(row, layout))),
        Item::Earlier(what, rows) => {
            out.push(barred(columns(what, layout)));
            out.extend(rows.iter().enumerate().map(|(at, row)| barred(cells(row, at, layout))));
        }
    }
}

/// Lines of a block.
pub fn sign_lines(sign: &Sign) -> Vec<String> {
    let mut lines = vec![sign.role.clone()];
    lines.extend(Some(sign.note.clone()).filter(|note| !note.is_empty()));
    lines.extend(sign.lines.iter().cloned());
    lines.push(String::new());
    lines.push(sign.name.clone());
    lines
}

fn signs(out: &mut Vec<String>, list: &[Sign], layout: &Layout) {
    let beside = !matches!(layout.signs, Signs::Stacked);
    let (first, rest) = if beside { list.split_at(list.len().min(2)) } else { list.split_at(0) };
    if !first.is_empty() {
        let blocks: Vec<Vec<String>> = first.iter().map(sign_lines).map(aligned).collect();
        for at in 0..blocks.iter().map(Vec::len).max().unwrap_or(0) {
            let cell = |block: &Vec<String>| block.get(at).cloned().unwrap_or_default();
            let (a, b) = (blocks.first().map(cell).unwrap_or_default(), blocks.get(1).map(cell).unwrap_or_default());
            let gap = if layout.gap {
                " ".repeat(40_usize.saturating_sub(a.chars().count()).max(6))
            } else {
                "\t\t".to_owned()
            };
            out.push(format!("{a}{gap}{b}").trim_end().to_owned());
        }
        out.push(String::new());
    }
    for sign in rest {
        out.extend(sign_lines(sign));
        out.push(String::new());
    }
}

/// The name stands on the last of six lines, so that two names stand beside each other.
fn aligned(mut lines: Vec<String>) -> Vec<String> {
    let name = lines.pop().unwrap_or_default();
    lines.resize(6, String::new());
    lines.push(name);
    lines
}
