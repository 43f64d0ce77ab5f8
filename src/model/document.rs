//! A document as it was read: a flat list of text blocks in reading order.

use serde::{Deserialize, Serialize};

/// Half-open range of Unicode scalar values (not bytes) in the text of one block.
///
/// Spans are born in the reader's text and never searched for again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// Index of the block in [`Document::blocks`].
    pub block: u32,
    /// First character, counted in Unicode scalar values of the block's text.
    pub start: u32,
    /// One past the last character, in Unicode scalar values.
    pub end: u32,
}

/// Input formats, as `source.format` names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// A list as comma-separated values.
    Csv,
    /// Word 97-2003 document.
    Doc,
    /// Office Open XML word-processing document.
    Docx,
    /// Web page.
    Html,
    /// Markdown text.
    Markdown,
    /// OpenDocument spreadsheet.
    Ods,
    /// OpenDocument text.
    Odt,
    /// Portable Document Format with a text layer.
    Pdf,
    /// A photograph or a scan.
    Picture,
    /// Rich Text Format.
    Rtf,
    /// Plain text.
    Text,
    /// Excel 97-2003 workbook.
    Xls,
    /// Office Open XML workbook.
    Xlsx,
}

/// Where a document came from and how its bytes were understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Source {
    /// The path as the user gave it (`-` for standard input).
    pub path: String,
    /// Format by content, never by name alone.
    pub format: Format,
    /// SHA-256 of the input bytes, lower-case hexadecimal.
    pub sha256: String,
    /// Character encoding of the text, e.g. `utf-8`, `utf-16le`, `windows-1258`.
    pub encoding: String,
}

/// What a block is, as far as reading and structure can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// A heading: by style, by outline level, or by its label and look.
    Heading,
    /// An ordinary paragraph.
    Paragraph,
    /// A paragraph with a list label or bullet that is not a heading.
    ListItem,
    /// A paragraph inside a table cell.
    TableCell,
}

/// The part of the file that a block stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The running text.
    #[default]
    Body,
    /// A page header.
    Header,
    /// A page footer.
    Footer,
    /// A footnote or an endnote.
    Note,
    /// A text box, read once at the place of its anchor.
    TextBox,
    /// A reviewer's comment.
    Comment,
}

/// Place of a block in a table. A merged cell has the coordinates of its first cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct CellRef {
    /// Table number in the document, from 0, in order of opening; a nested table has a number of its own.
    pub table: u32,
    /// Row, from 0.
    pub row: u32,
    /// Grid column, from 0 (counts the columns that cells to the left span).
    pub column: u32,
    /// Columns that the cell spans; at least 1.
    pub column_span: u32,
    /// Rows that the cell spans; at least 1.
    pub row_span: u32,
    /// Nesting depth: 0 for a table in the running text.
    pub depth: u32,
}

/// What the reader saw of a block's look; structure weighs it, extraction ignores it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hints {
    /// Outline level of a heading style or `w:outlineLvl`, 0 for the topmost.
    pub outline_level: Option<u8>,
    /// Level in an automatic list, 0 for the topmost.
    pub list_level: Option<u8>,
    /// All of the text is bold.
    pub bold: bool,
    /// All of the text is italic.
    pub italic: bool,
    /// The paragraph is centred.
    pub centred: bool,
    /// A page break (or a section break to a new page) stands before the block.
    pub page_break_before: bool,
    /// Lines between this block and the previous one were empty (text formats only).
    pub gap_before: bool,
}

/// One paragraph of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Block {
    /// Index of the block, from 0, in reading order.
    pub id: u32,
    /// What the block is.
    pub kind: BlockKind,
    /// Number, letter or bullet in front, as a person sees it (`1.1.`, `a)`, `-`, `Bước 2:`), not part of the text.
    pub label: Option<String>,
    /// NFC text without the label. No-break and other blanks are plain spaces, invisible characters are gone,
    /// a line break is `\n`, a tab is `\t`.
    pub text: String,
    /// Path of labels of the section that the block belongs to, e.g. `II.1`.
    pub section: Option<String>,
    /// The part of the file; left out of JSON for the body.
    #[serde(skip_serializing_if = "is_body")]
    pub part: Part,
    /// Place in a table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<CellRef>,
    /// Its text was recognised in a picture and may be wrong; left out of JSON where it was not.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub recognised: bool,
    /// The block's look.
    #[serde(skip)]
    pub hints: Hints,
}

fn is_body(part: &Part) -> bool {
    *part == Part::Body
}

impl Block {
    /// A plain paragraph of the body; readers change what differs.
    #[must_use]
    pub fn paragraph(id: u32, text: impl Into<String>) -> Self {
        Self {
            id,
            kind: BlockKind::Paragraph,
            label: None,
            text: text.into(),
            section: None,
            part: Part::Body,
            cell: None,
            recognised: false,
            hints: Hints::default(),
        }
    }

    /// The text that a span covers, or `None` when the span does not fit the block.
    #[must_use]
    pub fn slice(&self, span: Span) -> Option<&str> {
        if span.block != self.id || span.start > span.end {
            return None;
        }
        let byte = |chars: u32| self.text.char_indices().map(|(at, _)| at).chain([self.text.len()]).nth(chars as usize);
        self.text.get(byte(span.start)?..byte(span.end)?)
    }
}

/// A document in reading order, with what the reader has to say about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Where it came from.
    pub source: Source,
    /// Paragraphs in reading order; `blocks[i].id == i`.
    pub blocks: Vec<Block>,
    /// What the reader noticed (a repaired fault, dropped content, a doubtful conversion).
    pub notices: Vec<super::Finding>,
}

impl Document {
    /// The text that a span covers.
    #[must_use]
    pub fn slice(&self, span: Span) -> Option<&str> {
        self.blocks.get(span.block as usize)?.slice(span)
    }
}
