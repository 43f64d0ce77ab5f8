//! Documents inside a document: blocks made from data.

use super::rich::{Block, PAGE, PAGE_BREAK, PARAGRAPH, Paragraph, Rich, runs_xml};
use super::side::Side;
use crate::guard::write::xml_text;

/// Width that the columns of a table share, in twentieths of a point (six inches).
const TABLE_WIDTH: usize = 8640;

/// XML of paragraphs, or of a document, for a place between paragraphs.
pub fn blocks_xml(value: &Rich, side: &mut Side) -> String {
    match value {
        Rich::Paragraphs(paragraphs) => paragraphs.iter().map(|paragraph| paragraph_xml(paragraph, side)).collect(),
        Rich::Blocks(blocks) => {
            let mut out = String::new();
            for (index, block) in blocks.iter().enumerate() {
                let follows_table = index.checked_sub(1).is_some_and(|at| matches!(blocks[at], Block::Table(..)));
                if follows_table && matches!(block, Block::Table(..)) {
                    // Two tables in a row would become one.
                    out.push_str("<w:p/>");
                }
                out.push_str(&block_xml(block, side));
            }
            out
        }
        Rich::Document(path) => super::merge::document_xml(path, side),
        Rich::Runs(_) | Rich::Image(_) => String::new(),
    }
}

fn paragraph_xml(paragraph: &Paragraph, side: &mut Side) -> String {
    let style = paragraph.style.as_deref().map(|style| style_xml(style, side)).unwrap_or_default();
    let runs = runs_xml(&paragraph.runs, &mut |url| side.link(url));
    let whole = format!("<w:p>{style}{runs}</w:p>");
    whole.replace(PARAGRAPH, &format!("</w:p><w:p>{style}")).replace(PAGE, &format!("</w:p>{PAGE_BREAK}<w:p>{style}"))
}

fn style_xml(style: &str, side: &Side) -> String {
    let id = side.styles.id(style).unwrap_or(style);
    format!("<w:pPr><w:pStyle w:val=\"{}\"/></w:pPr>", xml_text(id))
}

fn block_xml(block: &Block, side: &mut Side) -> String {
    match block {
        Block::Paragraph(paragraph) => paragraph_xml(paragraph, side),
        Block::Heading(text, level) => {
            let name = format!("heading {level}");
            let style = side.styles.id(&name).map_or_else(|| format!("Heading{level}"), str::to_owned);
            let style = style_xml(&style, side);
            format!("<w:p>{style}<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", super::rich::text_xml(text))
        }
        Block::Picture(image) => format!("<w:p><w:r>{}</w:r></w:p>", side.picture(image)),
        Block::Table(rows, style) => table_xml(rows, style.as_deref(), side),
    }
}

fn table_xml(rows: &[Vec<String>], style: Option<&str>, side: &Side) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    if columns == 0 {
        return String::new();
    }
    let style = match style {
        Some(style) => format!("<w:tblStyle w:val=\"{}\"/>", xml_text(side.styles.id(style).unwrap_or(style))),
        None => side
            .styles
            .id("table grid")
            .map_or_else(String::new, |style| format!("<w:tblStyle w:val=\"{}\"/>", xml_text(style))),
    };
    let width = TABLE_WIDTH / columns;
    let grid: String = std::iter::repeat_n(format!("<w:gridCol w:w=\"{width}\"/>"), columns).collect();
    let mut out =
        format!("<w:tbl><w:tblPr>{style}<w:tblW w:w=\"0\" w:type=\"auto\"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>");
    for row in rows {
        out.push_str("<w:tr>");
        for index in 0..columns {
            let text = row.get(index).map(|text| super::rich::text_xml(text)).unwrap_or_default();
            out.push_str(&format!(
                "<w:tc><w:tcPr><w:tcW w:w=\"0\" w:type=\"auto\"/></w:tcPr><w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p></w:tc>"
            ));
        }
        out.push_str("</w:tr>");
    }
    out.push_str("</w:tbl>");
    out
}
