//! Notes on a document whose format has no place for them: its text as a new Word document, with comments.

use super::origins::Origins;
use super::{How, Note, Outcome, write};
use crate::guard::write::xml_text;
use crate::model::{Block, CellRef, Document};
use crate::read::docx::{BlockSource, Place, SourceMap};
use crate::template::DEFAULT_LEVEL;
use crate::template::package::{self, Package};

const MAIN: &str = "word/document.xml";
const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// Writes the text of a document of any format as a new Word document with notes. Labels, line breaks and tables are
/// kept; the look of the original is not. Spans are those of the given document.
///
/// # Errors
/// When the text is too large for a Word document within the limits.
pub fn plain(document: &Document, notes: &[Note], how: &How) -> Outcome {
    let mut builder = Builder { xml: String::new(), sources: vec![None; document.blocks.len()] };
    builder.xml.push_str(&format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document xmlns:w=\"{WORD}\"><w:body>"
    ));
    builder.blocks(&document.blocks);
    builder.xml.push_str(
        "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" \
         w:left=\"1701\" w:header=\"709\" w:footer=\"709\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>",
    );
    let nowhere = || BlockSource { part: 0, home: Place { start: 0, end: 0 }, places: Vec::new() };
    let blocks = builder.sources.into_iter().map(|source| source.unwrap_or_else(nowhere)).collect();
    let origins = Origins::plain(document.blocks.clone(), SourceMap { parts: vec![MAIN.to_owned()], blocks });
    write::write(&packed(&builder.xml), &origins, notes, how)
}

fn packed(main: &str) -> Vec<u8> {
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = |entry: &str| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{entry}</Relationships>"
        )
    };
    let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let parts = [
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
                 <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
                 <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
                 <Override PartName=\"/{MAIN}\" ContentType=\"{kind}.document.main+xml\"/>\
                 <Override PartName=\"/word/styles.xml\" ContentType=\"{kind}.styles+xml\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            relations(&format!("<Relationship Id=\"rId1\" Type=\"{office}/officeDocument\" Target=\"{MAIN}\"/>")),
        ),
        (MAIN, main.to_owned()),
        (
            "word/_rels/document.xml.rels",
            relations(&format!("<Relationship Id=\"rId1\" Type=\"{office}/styles\" Target=\"styles.xml\"/>")),
        ),
        (
            "word/styles.xml",
            format!(
                "<w:styles xmlns:w=\"{WORD}\"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" \
                 w:hAnsi=\"Times New Roman\" w:cs=\"Times New Roman\"/><w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/>\
                 <w:lang w:val=\"vi-VN\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after=\"120\"/></w:pPr>\
                 </w:pPrDefault></w:docDefaults></w:styles>"
            ),
        ),
    ];
    let entries: Vec<package::Entry> =
        parts.iter().map(|(name, content)| Package::pack(name, content.as_bytes(), DEFAULT_LEVEL)).collect();
    package::write(&entries)
}

struct Builder {
    xml: String,
    /// Where each block was written, by its id.
    sources: Vec<Option<BlockSource>>,
}

impl Builder {
    fn blocks(&mut self, blocks: &[Block]) {
        let mut at = 0;
        while let Some(block) = blocks.get(at) {
            let Some(cell) = block.cell.filter(|cell| cell.depth == 0) else {
                self.paragraph(block);
                at += 1;
                continue;
            };
            let belongs = |block: &Block| block.cell.is_some_and(|own| own.table == cell.table || own.depth > 0);
            let rest = blocks.get(at..).unwrap_or_default();
            let len = rest.iter().position(|block| !belongs(block)).unwrap_or(rest.len());
            self.table(cell.table, rest.get(..len).unwrap_or_default());
            at += len;
        }
    }

    fn table(&mut self, table: u32, blocks: &[Block]) {
        // Blocks of nested tables stay in the cell that holds them.
        let mut cells: Vec<(CellRef, Vec<&Block>)> = Vec::new();
        for block in blocks {
            let Some(cell) = block.cell else { continue };
            match cells.last_mut() {
                Some((last, list)) if cell.table != table || (last.row, last.column) == (cell.row, cell.column) => {
                    list.push(block);
                }
                _ => cells.push((cell, vec![block])),
            }
        }
        let end_of = |cell: &CellRef| cell.column.saturating_add(cell.column_span);
        let columns = cells.iter().map(|(cell, _)| end_of(cell)).max().unwrap_or(1).min(63);
        let rows = cells.iter().map(|(cell, _)| cell.row).max().unwrap_or_default();
        let border = |side: &str| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>");
        let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"].map(border).concat();
        let width = 9071 / columns.max(1);
        self.xml.push_str(&format!(
            "<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr><w:tblGrid>"
        ));
        for _ in 0..columns {
            self.xml.push_str(&format!("<w:gridCol w:w=\"{width}\"/>"));
        }
        self.xml.push_str("</w:tblGrid>");
        for row in 0..=rows {
            self.xml.push_str("<w:tr>");
            let mut column = 0;
            while column < columns {
                let own = cells.iter().find(|(cell, _)| cell.row == row && cell.column == column);
                let above = cells
                    .iter()
                    .find(|(cell, _)| cell.column == column && cell.row < row && row - cell.row < cell.row_span);
                let (span, merge, blocks) = match (own, above) {
                    (Some((cell, blocks)), _) => {
                        let merge = if cell.row_span > 1 { "<w:vMerge w:val=\"restart\"/>" } else { "" };
                        (cell.column_span, merge, blocks.as_slice())
                    }
                    (None, Some((cell, _))) => (cell.column_span, "<w:vMerge/>", &[][..]),
                    (None, None) => (1, "", &[][..]),
                };
                let span = span.clamp(1, columns - column);
                self.xml.push_str(&format!(
                    "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/><w:gridSpan w:val=\"{span}\"/>{merge}</w:tcPr>",
                    width * span
                ));
                for block in blocks {
                    self.paragraph(block);
                }
                if blocks.is_empty() {
                    self.xml.push_str("<w:p/>");
                }
                self.xml.push_str("</w:tc>");
                column += span;
            }
            self.xml.push_str("</w:tr>");
        }
        self.xml.push_str("</w:tbl>");
        // Neighbouring tables would become one.
        self.xml.push_str("<w:p/>");
    }

    fn paragraph(&mut self, block: &Block) {
        let from = self.xml.len();
        self.xml.push_str("<w:p>");
        let home = place(from, self.xml.len());
        if block.hints.centred {
            self.xml.push_str("<w:pPr><w:jc w:val=\"center\"/></w:pPr>");
        }
        let bold = if block.hints.bold { "<w:b/>" } else { "" };
        let italic = if block.hints.italic { "<w:i/>" } else { "" };
        let properties = format!("<w:rPr>{bold}{italic}</w:rPr>");
        if let Some(label) = &block.label {
            self.xml
                .push_str(&format!("<w:r>{properties}<w:t xml:space=\"preserve\">{} </w:t></w:r>", xml_text(label)));
        }
        let mut places = Vec::with_capacity(block.text.len());
        if !block.text.is_empty() {
            self.xml.push_str(&format!("<w:r>{properties}"));
            for piece in block.text.split_inclusive(['\n', '\t']) {
                let words = piece.trim_end_matches(['\n', '\t']);
                if !words.is_empty() {
                    self.xml.push_str("<w:t xml:space=\"preserve\">");
                    for c in words.chars() {
                        let from = self.xml.len();
                        self.xml.push_str(&xml_text(c.encode_utf8(&mut [0; 4])));
                        places.push(place(from, self.xml.len()));
                    }
                    self.xml.push_str("</w:t>");
                }
                for mark in piece.chars().filter(|c| matches!(c, '\n' | '\t')) {
                    let from = self.xml.len();
                    self.xml.push_str(if mark == '\n' { "<w:br/>" } else { "<w:tab/>" });
                    places.push(place(from, self.xml.len()));
                }
            }
            self.xml.push_str("</w:r>");
        }
        self.xml.push_str("</w:p>");
        if let Some(slot) = self.sources.get_mut(block.id as usize) {
            *slot = Some(BlockSource { part: 0, home, places });
        }
    }
}

fn place(start: usize, end: usize) -> Place {
    let narrow = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Place { start: narrow(start), end: narrow(end) }
}
