//! Word documents from snippets of markup.

use super::zip::{self, Entry};

pub const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
pub const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// Namespaces that every part declares.
pub fn namespaces() -> String {
    format!(
        "xmlns:w=\"{WORD}\" xmlns:r=\"{OFFICE}\" \
         xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
         xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" \
         xmlns:v=\"urn:schemas-microsoft-com:vml\" \
         xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
         xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
         xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\" \
         xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" \
         xmlns:far=\"urn:somebody-else\""
    )
}

/// A document that is being put together.
#[derive(Clone, Default)]
pub struct Docx {
    body: String,
    parts: Vec<(String, String, String)>,
}

impl Docx {
    pub fn new(body: impl Into<String>) -> Self {
        Self { body: body.into(), parts: Vec::new() }
    }

    /// Adds a part beside the document; `kind` is the last step of its relationship type, `root` its element.
    pub fn part(mut self, kind: &str, root: &str, content: &str) -> Self {
        let xml = format!("<w:{root} {}>{content}</w:{root}>", namespaces());
        let name = format!("{kind}{}.xml", self.parts.len());
        self.parts.push((kind.to_owned(), name, xml));
        self
    }

    pub fn styles(self, content: &str) -> Self {
        self.part("styles", "styles", content)
    }

    pub fn numbering(self, content: &str) -> Self {
        self.part("numbering", "numbering", content)
    }

    /// Relationship id of the n-th part.
    pub fn document(&self) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document {}><w:body>{}</w:body></w:document>",
            namespaces(),
            self.body
        )
    }

    pub fn entries(&self) -> Vec<Entry> {
        let mut relations = String::new();
        let mut entries = vec![
            Entry::new(
                "[Content_Types].xml",
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>",
            ),
            Entry::new(
                "_rels/.rels",
                format!(
                    "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" \
                     Target=\"word/document.xml\"/></Relationships>"
                ),
            ),
            Entry::new("word/document.xml", self.document()),
        ];
        for (index, (kind, name, xml)) in self.parts.iter().enumerate() {
            relations
                .push_str(&format!("<Relationship Id=\"rId{index}\" Type=\"{OFFICE}/{kind}\" Target=\"{name}\"/>"));
            entries.push(Entry::new(&format!("word/{name}"), xml.as_str()));
        }
        entries.push(Entry::new(
            "word/_rels/document.xml.rels",
            format!("<Relationships xmlns=\"{PACKAGE}\">{relations}</Relationships>"),
        ));
        entries
    }

    pub fn build(&self) -> Vec<u8> {
        zip::build(&self.entries())
    }
}

/// A run of text.
pub fn r(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

/// A run of text with properties.
pub fn rp(properties: &str, text: &str) -> String {
    format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

/// A paragraph of runs.
pub fn p(runs: &str) -> String {
    format!("<w:p>{runs}</w:p>")
}

/// A paragraph with properties.
pub fn pp(properties: &str, runs: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>")
}

/// A paragraph in a list.
pub fn li(num: u32, level: u32, text: &str) -> String {
    pp(&format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{num}\"/></w:numPr>"), &r(text))
}

/// A list level.
pub fn lvl(level: u32, format: &str, text: &str, more: &str) -> String {
    format!(
        "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{more}<w:lvlText w:val=\"{text}\"/></w:lvl>"
    )
}

/// A field: code, then result.
pub fn field(code: &str, result: &str) -> String {
    format!(
        "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> {code} </w:instrText></w:r>\
         <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{result}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
    )
}

/// A table cell with properties.
pub fn tc(properties: &str, content: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>")
}

/// A table of rows of cells.
pub fn tbl(rows: &[&[String]]) -> String {
    let rows: String = rows.iter().map(|cells| format!("<w:tr>{}</w:tr>", cells.concat())).collect();
    format!("<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl>")
}
