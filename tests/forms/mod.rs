//! Filled registration forms as units send them back: the form that was sent out, and three that were made anew.

use super::word::{docx, p, zip};
use std::fmt::Write as _;
use thidua::guard::{Limits, package::Package};

/// A small generator of numbers; the same seed gives the same forms.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % limit
    }

    pub fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[usize::try_from(self.below(list.len() as u64)).unwrap()]
    }
}

/// One row, its values and how they are written.
#[derive(Debug, Clone, Default)]
pub struct Row {
    pub name: String,
    pub content: String,
    pub whom: String,
    pub people: String,
    pub place: String,
    pub money: String,
    pub source: String,
    pub start: String,
    pub end: String,
    pub lead: String,
    pub note: String,
}

/// What a unit fills in.
#[derive(Debug, Clone, Default)]
pub struct Filled {
    pub unit: String,
    pub date: String,
    pub total: String,
    pub signer: String,
    pub rows: Vec<Row>,
    /// Index of a column of the layout that is left out.
    pub without: Option<usize>,
    /// A sentence that does not belong to the form.
    pub outside: Option<String>,
}

/// Fills the form that was sent out: its empty rows first, then rows added below.
pub fn in_the_form(form: &[u8], filled: &Filled) -> Vec<u8> {
    edit(form, |xml| {
        let mut parts: Vec<String> = xml.split("<w:tr>").map(str::to_owned).collect();
        let empty: Vec<usize> = (0..parts.len()).filter(|at| parts[*at].contains("trHeight")).collect();
        let model = parts[empty[0]].split("</w:tr>").next().unwrap().to_owned() + "</w:tr>";
        for (at, slot) in empty.iter().enumerate() {
            if let Some(row) = filled.rows.get(at) {
                parts[*slot] = fill_cells(&parts[*slot], &texts(row));
            }
        }
        let last = *empty.last().unwrap();
        let (own, rest) = parts[last].clone().split_once("</w:tr>").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
        let mut tail = own + "</w:tr>";
        for row in filled.rows.iter().skip(empty.len()) {
            tail += "<w:tr>";
            tail += &fill_cells(&model, &texts(row));
        }
        parts[last] = tail + &rest;
        let xml = parts.join("<w:tr>");
        let xml = xml.replacen("………………, ngày …… tháng …… năm ………", &escaped(&filled.date), 1);
        let xml = xml.replacen(
            "Tổng số: …… công trình, phần việc.",
            &format!("Tổng số: {} công trình, phần việc.", filled.total),
            1,
        );
        // The name is typed below the remark.
        let remark = xml.find("(Ký, ghi rõ họ tên)").unwrap();
        let end = remark + xml[remark..].find("</w:p>").unwrap() + "</w:p>".len();
        format!("{}{}{}", &xml[..end], p(&filled.signer), &xml[end..])
    })
}

fn texts(row: &Row) -> [&str; 11] {
    [
        &row.name,
        &row.content,
        &row.whom,
        &row.people,
        &row.place,
        &row.money,
        &row.source,
        &row.start,
        &row.end,
        &row.lead,
        &row.note,
    ]
}

/// Puts texts into the empty cells of a row, one after another, behind the number.
fn fill_cells(row: &str, texts: &[&str]) -> String {
    let mut out = String::new();
    let mut cells = row.split("</w:p></w:tc>");
    out.push_str(cells.next().unwrap());
    for (cell, text) in cells.zip(texts.iter().map(Some).chain(std::iter::repeat(None))) {
        out.push_str("</w:p></w:tc>");
        match text {
            Some(text) if cell.contains("</w:pPr>") && !text.is_empty() => {
                write!(out, "{cell}<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(text)).unwrap();
            }
            _ => out.push_str(cell),
        }
    }
    out
}

/// A table typed anew: one row of headings in other words, columns moved and joined, empty rows between, a total below.
pub fn typed_anew(filled: &Filled) -> Vec<u8> {
    let heads = [
        "STT",
        "Tên CT, PV",
        "Địa điểm thực hiện",
        "Nội dung công việc",
        "Đối tượng, số người hưởng lợi",
        "Thời gian thực hiện",
        "Kinh phí và nguồn",
        "Người phụ trách",
        "Ghi chú",
    ];
    let mut rows = vec![heads.map(str::to_owned).to_vec()];
    for (at, row) in filled.rows.iter().enumerate() {
        let time = match (row.start.as_str(), row.end.as_str()) {
            (start, "") => start.to_owned(),
            ("", end) => end.to_owned(),
            (start, end) => format!("{start} - {end}"),
        };
        let whom =
            if row.people.is_empty() { row.whom.clone() } else { format!("{}: {} người", row.whom, row.people) };
        let money = if row.money.is_empty() { row.source.clone() } else { format!("{}, {}", row.money, row.source) };
        rows.push(vec![
            (at + 1).to_string(),
            row.name.clone(),
            row.place.clone(),
            row.content.clone(),
            whom,
            time,
            money,
            row.lead.clone(),
            row.note.clone(),
        ]);
        if at % 2 == 0 {
            rows.push(vec![String::new(); heads.len()]);
        }
    }
    let table = plain_table(&without(rows, filled.without));
    let head = p(&filled.unit.to_uppercase())
        + &p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        + &p("Độc lập - Tự do - Hạnh phúc")
        + &p(&filled.date);
    let body = head
        + &p("ĐĂNG KÝ CÔNG TRÌNH, PHẦN VIỆC")
        + &table
        + &p(&format!("Tổng cộng: {} công trình, phần việc", filled.total))
        + &filled.outside.as_deref().map(p).unwrap_or_default()
        + &p("TM. BAN CHẤP HÀNH")
        + &p("CHỦ TỊCH")
        + &p("")
        + &p(&filled.signer);
    docx(&body)
}

/// The table in a letter, with a list of persons behind it; places and persons in charge are merged over all rows.
pub fn in_a_letter(filled: &Filled) -> Vec<u8> {
    let heads = ["TT", "Tên công trình, phần việc", "Nội dung", "Đối tượng", "Số người", "Địa điểm", "Số tiền (đồng)"];
    let rest = ["Nguồn", "Bắt đầu", "Hoàn thành", "Người phụ trách", "Ghi chú"];
    let mut xml = String::from("<w:tbl><w:tblPr/><w:tblGrid/>");
    xml += &plain_row(&heads.iter().chain(&rest).map(|text| (*text).to_owned()).collect::<Vec<_>>());
    for (at, row) in filled.rows.iter().enumerate() {
        let number = (at + 1).to_string();
        xml += "<w:tr>";
        for (column, text) in std::iter::once(number.as_str()).chain(texts(row)).enumerate() {
            // The place and who is in charge stand in the first row only.
            let merge = match (column, at) {
                (5 | 10, 0) => "<w:vMerge w:val=\"restart\"/>",
                (5 | 10, _) => "<w:vMerge/>",
                _ => "",
            };
            let text = if merge == "<w:vMerge/>" { "" } else { text };
            write!(xml, "<w:tc><w:tcPr>{merge}</w:tcPr>{}</w:tc>", p(text)).unwrap();
        }
        xml += "</w:tr>";
    }
    xml += "</w:tbl>";
    let people = ["TT", "Họ và tên", "Nhiệm vụ"].map(str::to_owned).to_vec();
    let person = ["1", "Lê Thị Theo Dõi", "Tổ trưởng"].map(str::to_owned).to_vec();
    docx(
        &(p(&filled.unit.to_uppercase())
            + &p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
            + &p("Độc lập - Tự do - Hạnh phúc")
            + &p(&filled.date)
            + &p("Kính gửi: Hội LHPN huyện")
            + &p(&format!("Chúng tôi gửi bản đăng ký gồm {} công trình, phần việc như sau:", filled.total))
            + &p("ĐĂNG KÝ CÔNG TRÌNH, PHẦN VIỆC")
            + &xml
            + &filled.outside.as_deref().map(p).unwrap_or_default()
            + &p("")
            + &plain_table(&[people, person])
            + &p("CHỦ TỊCH")
            + &p(&filled.signer)),
    )
}

/// A table with two rows of headings, a row that numbers the columns, a slip in a heading, a total as its last row; the
/// signature in a table of its own.
pub fn two_rows_of_headings(filled: &Filled) -> Vec<u8> {
    let upper: [(&str, usize, bool); 9] = [
        ("TT", 1, true),
        ("Tên công trìn, phần việc", 1, true),
        ("Nội dung", 1, true),
        ("Đối tượng hưởng lợi", 2, false),
        ("Địa điểm", 1, true),
        ("Kinh phí", 2, false),
        ("Thời gian", 2, false),
        ("Phụ trách", 1, true),
        ("Ghi chú", 1, true),
    ];
    let lower = ["", "", "", "Đối tượng", "Số người", "", "Số tiền (đồng)", "Nguồn", "Bắt đầu", "Hoàn thành", "", ""];
    let mut xml = String::from("<w:tbl><w:tblPr/><w:tblGrid/><w:tr>");
    for (text, span, tall) in upper {
        let merge = if tall { "<w:vMerge w:val=\"restart\"/>" } else { "" };
        write!(xml, "<w:tc><w:tcPr><w:gridSpan w:val=\"{span}\"/>{merge}</w:tcPr>{}</w:tc>", p(text)).unwrap();
    }
    xml += "</w:tr><w:tr>";
    for text in lower {
        let merge = if text.is_empty() { "<w:vMerge/>" } else { "" };
        write!(xml, "<w:tc><w:tcPr>{merge}</w:tcPr>{}</w:tc>", p(text)).unwrap();
    }
    xml += "</w:tr>";
    let numbers: Vec<String> = (1..=12).map(|number| format!("({number})")).collect();
    xml += &plain_row(&numbers);
    for (at, row) in filled.rows.iter().enumerate() {
        // The heading is typed again where a page ends.
        if at == 3 {
            xml += &plain_row(&lower.map(str::to_owned));
        }
        let cells: Vec<String> =
            std::iter::once((at + 1).to_string()).chain(texts(row).iter().map(|text| (*text).to_owned())).collect();
        xml += &plain_row(&cells);
    }
    write!(
        xml,
        "<w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"12\"/></w:tcPr>{}</w:tc></w:tr>",
        p(&format!("Tổng số: {} công trình, phần việc", filled.total))
    )
    .unwrap();
    xml += "</w:tbl>";
    let emblem = p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + &p("Độc lập - Tự do - Hạnh phúc") + &p(&filled.date);
    let head = format!(
        "<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:tcPr/>{}</w:tc><w:tc><w:tcPr/>{emblem}</w:tc></w:tr></w:tbl>",
        p("HỘI LHPN HUYỆN TÂN LỘC")
    );
    let foot = format!(
        "<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:tcPr/>{}</w:tc><w:tc><w:tcPr/>{}{}{}</w:tc></w:tr></w:tbl>",
        p(""),
        p("ĐẠI DIỆN ĐƠN VỊ"),
        p("(Ký, ghi rõ họ tên)"),
        p(&filled.signer)
    );
    docx(
        &(head
            + &p("BẢNG ĐĂNG KÝ CÔNG TRÌNH, PHẦN VIỆC")
            + &p(&format!("Đơn vị: {}", filled.unit))
            + &xml
            + &foot
            + &p("")),
    )
}

fn plain_table(rows: &[Vec<String>]) -> String {
    let rows: String = rows.iter().map(|row| plain_row(row)).collect();
    format!("<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl>")
}

fn plain_row(cells: &[String]) -> String {
    let cells: String = cells.iter().map(|text| format!("<w:tc><w:tcPr/>{}</w:tc>", p(text))).collect();
    format!("<w:tr>{cells}</w:tr>")
}

/// Rows without a column.
fn without(mut rows: Vec<Vec<String>>, column: Option<usize>) -> Vec<Vec<String>> {
    if let Some(column) = column {
        rows.iter_mut().for_each(|row| drop(row.remove(column)));
    }
    rows
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// Changes the document part of a Word file.
fn edit(bytes: &[u8], change: impl Fn(String) -> String) -> Vec<u8> {
    let package = Package::open(bytes, &Limits::default()).unwrap();
    let parts: Vec<(&str, String)> = package
        .names()
        .map(|name| (name, String::from_utf8(package.read(name).unwrap()).unwrap()))
        .map(|(name, content)| (name, if name == "word/document.xml" { change(content) } else { content }))
        .collect();
    zip(&parts)
}
