//! A report as a Word document.

use super::layout::{Fields, Header, Layout, Numbers, Rows, Signs};
use super::plain::{cells, columns, date_line, fields, heading, line, sign_lines};
use super::{Item, Report, Sign};
use crate::support::docx::{Docx, lvl};
use std::fmt::Write as _;

const STYLES: &str = "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\"/><w:sz w:val=\"28\"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type=\"paragraph\" w:styleId=\"Heading1\"><w:name w:val=\"heading 1\"/><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr><w:rPr><w:b/></w:rPr></w:style><w:style w:type=\"paragraph\" w:styleId=\"ListParagraph\"><w:name w:val=\"List Paragraph\"/></w:style>";

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

struct Pen<'a> {
    layout: &'a Layout,
    body: String,
}

impl Pen<'_> {
    /// Runs of a text; cut into pieces where the layout wants it.
    fn runs(&self, text: &str, properties: &str) -> String {
        let words: Vec<&str> = text.split_inclusive(' ').collect();
        let size = if self.layout.pieces { 3 } else { words.len().max(1) };
        let mut xml = String::new();
        for part in words.chunks(size) {
            let part = part.concat();
            let mut pieces = part.split('\t').peekable();
            while let Some(piece) = pieces.next() {
                let mut lines = piece.split('\n').peekable();
                while let Some(line) = lines.next() {
                    let _ = write!(
                        xml,
                        "<w:r><w:rPr>{properties}</w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>",
                        escaped(line)
                    );
                    if lines.peek().is_some() {
                        xml.push_str("<w:r><w:br/></w:r>");
                    }
                }
                if pieces.peek().is_some() {
                    xml.push_str("<w:r><w:tab/></w:r>");
                }
            }
        }
        xml
    }

    fn paragraph(&self, text: &str, paragraph: &str, run: &str) -> String {
        format!("<w:p><w:pPr>{paragraph}</w:pPr>{}</w:p>", self.runs(text, run))
    }

    fn put(&mut self, text: &str) {
        let xml = self.paragraph(text, "<w:jc w:val=\"both\"/>", "");
        self.body.push_str(&xml);
    }

    fn centred(&mut self, text: &str) {
        let xml = self.paragraph(text, "<w:jc w:val=\"center\"/>", "<w:b/>");
        self.body.push_str(&xml);
    }

    /// A table of cells, each of paragraphs.
    fn table(&mut self, rows: &[Vec<Vec<String>>], border: bool, repeat: bool) {
        let border = if border {
            "<w:tblBorders><w:top w:val=\"single\" w:sz=\"4\"/><w:insideH w:val=\"single\" w:sz=\"4\"/></w:tblBorders>"
        } else {
            ""
        };
        let width = rows.iter().map(Vec::len).max().unwrap_or(1);
        let grid = "<w:gridCol w:w=\"2000\"/>".repeat(width);
        let mut xml = format!(
            "<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/>{border}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        );
        for (at, row) in rows.iter().enumerate() {
            let head = if at == 0 && repeat { "<w:trPr><w:tblHeader/></w:trPr>" } else { "" };
            let _ = write!(xml, "<w:tr>{head}");
            for cell in row {
                let paragraphs: String = cell.iter().map(|text| self.paragraph(text, "", "")).collect();
                let _ = write!(xml, "<w:tc><w:tcPr><w:tcW w:w=\"2000\" w:type=\"dxa\"/></w:tcPr>{paragraphs}</w:tc>");
            }
            xml.push_str("</w:tr>");
        }
        xml.push_str("</w:tbl>");
        self.body.push_str(&xml);
    }

    fn item(&mut self, item: &Item) {
        let one = |cells: Vec<String>| cells.into_iter().map(|cell| vec![cell]).collect::<Vec<_>>();
        match item {
            Item::Sub(text) if self.layout.numbers == Numbers::Style => {
                let xml = self.paragraph(text, "", "<w:b/>");
                self.body.push_str(&xml);
            }
            Item::Sub(text) | Item::Para(text) => self.put(text),
            Item::Bullet(text) if self.layout.numbers == Numbers::ByWord => {
                let xml = self.paragraph(
                    text,
                    "<w:pStyle w:val=\"ListParagraph\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"2\"/></w:numPr>",
                    "",
                );
                self.body.push_str(&xml);
            }
            Item::Bullet(text) => self.put(&format!("{}{text}", self.layout.bullet)),
            Item::Fields(list) => match self.layout.fields {
                Fields::Table => {
                    let rows: Vec<_> =
                        list.iter().map(|(label, value)| one(vec![label.clone(), value.clone()])).collect();
                    self.table(&rows, true, false);
                }
                Fields::WideTable => {
                    let pair = |pair: &[(String, String)]| {
                        one(pair.iter().flat_map(|(l, v)| [format!("{l}:"), v.clone()]).collect())
                    };
                    let rows: Vec<_> = list.chunks(2).map(pair).collect();
                    self.table(&rows, false, false);
                }
                Fields::Numbered if self.layout.numbers == Numbers::ByWord => {
                    for (label, value) in list {
                        let xml = self.paragraph(
                            &format!("{label}: {value}"),
                            "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"3\"/></w:numPr>",
                            "",
                        );
                        self.body.push_str(&xml);
                    }
                }
                _ => fields(list, self.layout).iter().for_each(|line| self.put(line)),
            },
            Item::Grid(rows) => {
                let rows: Vec<_> = rows.iter().cloned().map(one).collect();
                self.table(&rows, true, true);
            }
            Item::Earlier(what, rows) if rows.is_empty() => {
                if self.layout.rows == Rows::Lines {
                    self.put("Không.");
                } else {
                    let head = columns(what, self.layout);
                    let none = head.iter().map(|_| String::new()).collect();
                    self.table(&[one(head), one(none)], true, true);
                }
            }
            Item::Earlier(_, rows) if self.layout.rows == Rows::Lines => {
                rows.iter().for_each(|row| self.put(&line(row, self.layout)));
            }
            Item::Earlier(what, rows) => {
                let head = one(columns(what, self.layout));
                let body: Vec<_> = rows.iter().enumerate().map(|(at, row)| one(cells(row, at, self.layout))).collect();
                let cut = if self.layout.split_tables && body.len() > 1 { body.len() / 2 } else { body.len() };
                let (first, second) = body.split_at(cut);
                self.table(&[&[head.clone()][..], first].concat(), true, true);
                if !second.is_empty() {
                    self.put("");
                    let again = if self.layout.gap { vec![head] } else { Vec::new() };
                    self.table(&[&again[..], second].concat(), true, true);
                }
            }
        }
    }

    fn header(&mut self, report: &Report) {
        let left = vec![report.parent.clone(), report.unit.to_uppercase()];
        let right = vec!["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM".to_owned(), "Độc lập - Tự do - Hạnh phúc".to_owned()];
        match self.layout.header {
            Header::Table if self.layout.gap => {
                let right = [right, vec![String::new(), date_line(report)]].concat();
                self.table(&[vec![left, right]], false, false);
            }
            Header::Table => {
                self.table(&[vec![left, right], vec![vec![String::new()], vec![date_line(report)]]], false, false);
            }
            Header::Stacked => {
                left.iter().chain(&right).for_each(|line| self.centred(line));
                self.put(&date_line(report));
            }
            Header::Beside => {
                left.iter().zip(&right).for_each(|(a, b)| self.put(&format!("{a}\t{b}")));
                self.put(&date_line(report));
            }
        }
    }

    fn heading(&mut self, number: &str, text: &str) {
        let text = heading(text, self.layout);
        let roman = ["I", "II", "III", "IV"].contains(&number);
        let xml = match self.layout.numbers {
            Numbers::ByWord if roman => {
                self.paragraph(&text, "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>", "<w:b/>")
            }
            style => {
                let mark = if number.is_empty() { "" } else { self.layout.mark };
                let properties = if style == Numbers::Style { "<w:pStyle w:val=\"Heading1\"/>" } else { "" };
                self.paragraph(&format!("{number}{mark}{text}"), properties, "<w:b/>")
            }
        };
        self.body.push_str(&xml);
    }

    fn signs(&mut self, list: &[Sign]) {
        match self.layout.signs {
            Signs::Table => {
                let row: Vec<Vec<String>> = list.iter().map(sign_lines).collect();
                self.table(&[row], false, false);
            }
            Signs::TwoAndOne | Signs::Beside => {
                let (two, rest) = list.split_at(list.len().min(2));
                let rows: Vec<Vec<Vec<String>>> = if self.layout.gap {
                    vec![two.iter().map(sign_lines).collect()]
                } else {
                    let last = |sign: &Sign| vec![String::new(), String::new(), sign.name.clone()];
                    let head = |sign: &Sign| {
                        let mut lines = sign_lines(sign);
                        lines.truncate(lines.len() - 2);
                        lines
                    };
                    vec![two.iter().map(head).collect(), two.iter().map(last).collect()]
                };
                self.table(&rows, false, false);
                for sign in rest {
                    sign_lines(sign).iter().for_each(|line| self.centred(line));
                }
            }
            Signs::Stacked => {
                for sign in list {
                    sign_lines(sign).iter().for_each(|line| self.centred(line));
                    self.put("");
                }
            }
        }
    }
}

/// The file.
pub fn render(report: &Report, layout: &Layout) -> Vec<u8> {
    let mut pen = Pen { layout, body: String::new() };
    report.above.iter().for_each(|line| pen.put(line));
    pen.header(report);
    pen.put("");
    if layout.one_title {
        pen.centred(&report.title.join("\n"));
    } else {
        report.title.iter().for_each(|line| pen.centred(line));
    }
    pen.put("");
    for section in &report.sections {
        pen.heading(&section.number, &section.heading);
        section.items.iter().for_each(|item| pen.item(item));
    }
    pen.put("");
    pen.signs(&report.signs);
    pen.body.push_str("<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1701\" w:header=\"709\" w:footer=\"709\" w:gutter=\"0\"/></w:sectPr>");
    let list = |id: u32, level: String| format!("<w:abstractNum w:abstractNumId=\"{id}\">{level}</w:abstractNum>");
    let numbering = [
        list(1, lvl(0, "upperRoman", "%1.", "")),
        list(2, lvl(0, "bullet", "-", "")),
        list(3, lvl(0, "decimal", "%1.", "")),
        (1..=3).map(|id| format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{id}\"/></w:num>")).collect(),
    ]
    .concat();
    Docx::new(pen.body).styles(STYLES).numbering(&numbering).build()
}

/// A Word document of plain lines and tables.
#[derive(Default)]
pub struct Loose {
    body: String,
}

impl Loose {
    pub fn line(&mut self, text: &str) {
        let tabbed = escaped(text).replace('\t', "</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t xml:space=\"preserve\">");
        let _ = write!(self.body, "<w:p><w:r><w:t xml:space=\"preserve\">{tabbed}</w:t></w:r></w:p>");
    }

    pub fn grid(&mut self, rows: &[Vec<String>]) {
        let cell = |text: &String| format!("<w:tc><w:tcPr/><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>", escaped(text));
        let rows: String =
            rows.iter().map(|row| format!("<w:tr>{}</w:tr>", row.iter().map(cell).collect::<String>())).collect();
        let _ = write!(self.body, "<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl>");
    }

    pub fn build(&self) -> Vec<u8> {
        Docx::new(self.body.clone()).styles(STYLES).build()
    }
}
