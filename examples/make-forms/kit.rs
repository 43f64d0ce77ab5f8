//! Parts of a Word form as Nghị định 30/2020/NĐ-CP, Phụ lục I wants them. Lengths are twentieths of a point (567 to the
//! centimetre), font sizes half points.
//!
//! The tags of the template engine stand in the texts as they are; what is printed is escaped, so `<` needs no care.

use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;
use zip::write::SimpleFileOptions;

/// Width of the text between the margins of an upright A4 page: 210 − 30 − 20 mm.
pub const TEXT_WIDTH: u32 = 9071;

/// Width of the text between the margins of a lying A4 page: 297 − 30 − 15 mm.
pub const LANDSCAPE_WIDTH: u32 = 14287;

/// Styles of paragraphs; how each looks stands in [`styles`].
#[derive(Clone, Copy, PartialEq, Eq)]
#[allow(dead_code, reason = "forms choose")]
pub enum Style {
    /// Name of the body above: capitals, upright, 13.
    Above,
    /// Name of the issuing body, quốc hiệu: capitals, bold, 13.
    Body13,
    /// Tiêu ngữ: bold, 14.
    Motto,
    /// `Số: …`, 13.
    Number,
    /// Place and date: italic, 14.
    Dateline,
    /// Tên loại: capitals, bold, 14, centred.
    Kind,
    /// Trích yếu: bold, 14, centred.
    Subject,
    /// A centred line, 14.
    Centred,
    /// Kính gửi.
    Addressee,
    /// Running text: justified, first line 1,27 cm.
    Text,
    /// A basis (căn cứ): as running text, italic.
    Basis,
    /// Heading `I.`
    Heading1,
    /// Heading `1.`
    Heading2,
    /// Heading `a)` or `1.1.`
    Heading3,
    /// `Nơi nhận:`: bold italic, 12.
    CopiesLabel,
    /// Recipients, 11.
    Copies,
    /// Authority and post: capitals, bold, 14, centred.
    Authority,
    /// Name of the one who signs: bold, 14, centred.
    Signer,
    /// `Phụ lục`: bold, 14, centred.
    Annex,
    /// `(Kèm theo …)` of an annex: italic, 14, centred.
    Belongs,
    /// Heading of a table's column: bold, 12, centred.
    Column,
    /// Text in a table, 12.
    Cell,
    /// Text in a table, 12, centred.
    CellCentred,
    /// Text in a table at the right, 12: amounts.
    CellRight,
    /// A line of a form to be filled in, 13, without indent.
    Line,
    /// Heading of a part of a form: bold, 13, without indent.
    Section,
    /// An entry of a list of addressees.
    Listed,
    /// An empty line without height.
    Gap,
}

impl Style {
    fn id(self) -> &'static str {
        match self {
            Self::Above => "CoQuanCapTren",
            Self::Body13 => "CoQuan",
            Self::Motto => "TieuNgu",
            Self::Number => "SoKyHieu",
            Self::Dateline => "DiaDanh",
            Self::Kind => "TenLoai",
            Self::Subject => "TrichYeu",
            Self::Centred => "Giua",
            Self::Addressee => "KinhGui",
            Self::Text => "NoiDung",
            Self::Basis => "CanCu",
            Self::Heading1 => "Heading1",
            Self::Heading2 => "Heading2",
            Self::Heading3 => "Heading3",
            Self::CopiesLabel => "NoiNhanNhan",
            Self::Copies => "NoiNhan",
            Self::Authority => "QuyenHan",
            Self::Signer => "HoTen",
            Self::Annex => "PhuLuc",
            Self::Belongs => "KemTheo",
            Self::Column => "CotBang",
            Self::Cell => "OBang",
            Self::CellCentred => "OBangGiua",
            Self::CellRight => "OBangPhai",
            Self::Line => "DongMau",
            Self::Section => "PhanMau",
            Self::Listed => "DanhSach",
            Self::Gap => "Trong",
        }
    }
}

/// A paragraph. `**…**` in the text is bold, `__…__` italic.
pub fn p(style: Style, text: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{}\"/></w:pPr>{}</w:p>", style.id(), runs(text))
}

/// A paragraph that begins a new page.
pub fn p_on_new_page(style: Style, text: &str) -> String {
    let style = style.id();
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/><w:pageBreakBefore/></w:pPr>{}</w:p>", runs(text))
}

/// A paragraph that is nothing but a tag and goes with it: `{%p … %}`.
pub fn tag(tag: &str) -> String {
    p(Style::Gap, tag)
}

fn runs(text: &str) -> String {
    let mut out = String::new();
    for (at, part) in text.split("**").enumerate() {
        for (inner, piece) in part.split("__").enumerate() {
            if piece.is_empty() {
                continue;
            }
            let bold = if at % 2 == 1 { "<w:b/><w:bCs/>" } else { "" };
            let italic = if inner % 2 == 1 { "<w:i/><w:iCs/>" } else { "" };
            let look =
                if bold.len() + italic.len() > 0 { format!("<w:rPr>{bold}{italic}</w:rPr>") } else { String::new() };
            for (line, piece) in piece.split('\n').enumerate() {
                let piece = escaped(piece);
                let feed = if line > 0 { "<w:br/>" } else { "" };
                let _ = write!(out, "<w:r>{look}{feed}<w:t xml:space=\"preserve\">{piece}</w:t></w:r>");
            }
        }
    }
    out
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A rule below centred text, `length` long in a column `width` wide.
pub fn rule(width: u32, length: u32) -> String {
    let side = width.saturating_sub(length) / 2;
    format!(
        "<w:p><w:pPr><w:pStyle w:val=\"Trong\"/><w:pBdr><w:top w:val=\"single\" w:sz=\"6\" w:space=\"1\" \
         w:color=\"000000\"/></w:pBdr><w:spacing w:before=\"60\"/><w:ind w:left=\"{side}\" w:right=\"{side}\"/></w:pPr></w:p>"
    )
}

/// A cell, `width` wide, of finished paragraphs.
pub fn cell(width: u32, paragraphs: &str) -> String {
    format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>{paragraphs}</w:tc>")
}

/// A cell that spans `columns` columns.
pub fn wide_cell(width: u32, columns: usize, paragraphs: &str) -> String {
    format!(
        "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/><w:gridSpan w:val=\"{columns}\"/></w:tcPr>{paragraphs}</w:tc>"
    )
}

/// A cell that goes down over several rows; the first of them, or one below it.
pub fn tall_cell(width: u32, first: bool, paragraphs: &str) -> String {
    let merge = if first { "<w:vMerge w:val=\"restart\"/>" } else { "<w:vMerge/>" };
    format!(
        "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{merge}<w:vAlign w:val=\"center\"/></w:tcPr>{paragraphs}</w:tc>"
    )
}

/// A row with room for handwriting.
pub fn writing_row(cells: &[String]) -> String {
    format!("<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val=\"480\"/></w:trPr>{}</w:tr>", cells.concat())
}

/// A row of finished cells that does not break over pages.
pub fn row(cells: &[String]) -> String {
    format!("<w:tr><w:trPr><w:cantSplit/></w:trPr>{}</w:tr>", cells.concat())
}

/// A row that is repeated at the top of every page.
pub fn heading_row(cells: &[String]) -> String {
    format!("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{}</w:tr>", cells.concat())
}

/// A row that is nothing but a tag and goes with it: `{%tr … %}`.
pub fn tag_row(widths: &[u32], tag: &str) -> String {
    let cells: Vec<String> = widths
        .iter()
        .enumerate()
        .map(|(at, width)| cell(*width, &p(Style::Cell, if at == 0 { tag } else { "" })))
        .collect();
    row(&cells)
}

/// A table with borders.
pub fn table(widths: &[u32], rows: &[String]) -> String {
    const SIDES: [&str; 6] = ["top", "left", "bottom", "right", "insideH", "insideV"];
    let borders: String = SIDES
        .iter()
        .map(|side| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>"))
        .collect();
    framed(widths, rows, &borders, 85)
}

/// A table without borders, for header and signature.
pub fn columns(widths: &[u32], cells: &[String]) -> String {
    framed(widths, &[row(cells)], "", 0)
}

fn framed(widths: &[u32], rows: &[String], borders: &str, side: u32) -> String {
    let total: u32 = widths.iter().sum();
    let grid: String = widths.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
    let frame = if borders.is_empty() { String::new() } else { format!("<w:tblBorders>{borders}</w:tblBorders>") };
    format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{total}\" w:type=\"dxa\"/><w:jc w:val=\"center\"/>{frame}<w:tblLayout w:type=\"fixed\"/>\
         <w:tblCellMar><w:left w:w=\"{side}\" w:type=\"dxa\"/><w:right w:w=\"{side}\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr>\
         <w:tblGrid>{grid}</w:tblGrid>{}</w:tbl>",
        rows.concat()
    )
}

/// The head of a document: issuing body (38 %) and quốc hiệu, tiêu ngữ (62 %), number and date. Takes the values
/// `co_quan_cap_tren` (lines), `co_quan`, `so`, `ky_hieu`, `dia_danh`, `ngay`, `thang`, `nam`.
/// `reference` is the line below the number of a letter (`V/v …`).
pub fn head(number: &str, reference: Option<&str>) -> String {
    let (left, right) = (3447, TEXT_WIDTH - 3447);
    let body = tag("{%p for dong in co_quan_cap_tren %}")
        + &p(Style::Above, "{{ dong }}")
        + &tag("{%p endfor %}")
        + &p(Style::Body13, "{{ co_quan }}")
        + &rule(left, 1300);
    let emblem = p(Style::Body13, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        + &p(Style::Motto, "Độc lập - Tự do - Hạnh phúc")
        + &rule(right, 3380);
    let mut number = p(Style::Number, number);
    if let Some(reference) = reference {
        number += &p(Style::Number, reference);
    }
    let date = p(Style::Dateline, "{{ dia_danh }}, ngày {{ ngay }} tháng {{ thang }} năm {{ nam }}");
    let rows = [row(&[cell(left, &body), cell(right, &emblem)]), row(&[cell(left, &number), cell(right, &date)])];
    framed(&[left, right], &rows, "", 0) + &p(Style::Gap, "")
}

/// Tên loại and trích yếu with the rule below.
pub fn title(kind: &str, subject: &str) -> String {
    p(Style::Kind, kind) + &p(Style::Subject, subject) + &rule(TEXT_WIDTH, 2800) + &p(Style::Gap, "")
}

/// The foot of a document: recipients and signature. Takes `noi_nhan` (lines), `quyen_han` (lines), `nguoi_ky`.
pub fn foot() -> String {
    let (left, right) = (4535, TEXT_WIDTH - 4535);
    let copies = p(Style::CopiesLabel, "Nơi nhận:")
        + &tag("{%p for noi in noi_nhan %}")
        + &p(Style::Copies, "- {{ noi }}")
        + &tag("{%p endfor %}");
    let signature = tag("{%p for dong in quyen_han %}")
        + &p(Style::Authority, "{{ dong }}")
        + &tag("{%p endfor %}")
        + &p(Style::Signer, "\n\n\n\n{{ nguoi_ky }}");
    p(Style::Gap, "") + &columns(&[left, right], &[cell(left, &copies), cell(right, &signature)])
}

/// The top of an annex of an upright document, in a section of its own: its pages have numbers of their own.
pub fn annex(label: &str, title: &str, belongs: &str) -> String {
    let ended =
        format!("<w:p><w:pPr><w:pStyle w:val=\"{}\"/>{}</w:pPr></w:p>", Style::Gap.id(), section(Page::Portrait));
    ended + &annex_head(TEXT_WIDTH, label, title, belongs)
}

/// `Phụ lục`, its title, the document that it belongs to.
pub fn annex_head(width: u32, label: &str, title: &str, belongs: &str) -> String {
    p(Style::Annex, label)
        + &p(Style::Kind, title)
        + &p(Style::Belongs, &format!("({belongs})"))
        + &rule(width, 2800)
        + &p(Style::Gap, "")
}

/// How the last (or only) section of a form lies.
#[derive(Clone, Copy, PartialEq, Eq)]
#[allow(dead_code, reason = "forms choose")]
pub enum Page {
    /// Upright.
    Portrait,
    /// Lying, for wide tables.
    Landscape,
}

/// A section: A4, margins 20/20/30/20 mm, page number in the top margin from its page 2.
fn section(page: Page) -> String {
    let (size, margins) = match page {
        Page::Portrait => {
            ("w:w=\"11906\" w:h=\"16838\"", "w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1701\"")
        }
        Page::Landscape => (
            "w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"",
            "w:top=\"1134\" w:right=\"850\" w:bottom=\"1134\" w:left=\"1701\"",
        ),
    };
    format!(
        "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId3\"/><w:headerReference w:type=\"first\" r:id=\"rId4\"/>\
         <w:pgSz {size}/><w:pgMar {margins} w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/><w:pgNumType w:start=\"1\"/><w:titlePg/></w:sectPr>"
    )
}

/// Writes a form.
pub fn write(path: &Path, body: &str, page: Page) -> Result<(), Box<dyn std::error::Error>> {
    let section = section(page);
    let document = format!("{XML}<w:document {NAMESPACES}><w:body>{body}{section}</w:body></w:document>");
    let number = "<w:p><w:pPr><w:pStyle w:val=\"SoTrang\"/></w:pPr><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>\
                  <w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>\
                  <w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>";
    let header = format!("{XML}<w:hdr {NAMESPACES}>{number}</w:hdr>");
    let first = format!("{XML}<w:hdr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val=\"SoTrang\"/></w:pPr></w:p></w:hdr>");
    let parts = [
        ("[Content_Types].xml", format!("{XML}{CONTENT_TYPES}")),
        ("_rels/.rels", format!("{XML}{PACKAGE_RELATIONS}")),
        ("word/document.xml", document),
        ("word/_rels/document.xml.rels", format!("{XML}{DOCUMENT_RELATIONS}")),
        ("word/styles.xml", styles()),
        ("word/settings.xml", format!("{XML}{SETTINGS}")),
        ("word/header1.xml", header),
        ("word/header2.xml", first),
    ];
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut archive = zip::ZipWriter::new(OpenOptions::new().write(true).create(true).truncate(true).open(path)?);
    for (name, content) in parts {
        archive.start_file(name, SimpleFileOptions::default().last_modified_time(zip::DateTime::default()))?;
        archive.write_all(content.as_bytes())?;
    }
    archive.finish()?;
    Ok(())
}

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
                          xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
const CONTENT_TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
    <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
    <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
    <Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
    <Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>\
    <Override PartName=\"/word/settings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml\"/>\
    <Override PartName=\"/word/header1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml\"/>\
    <Override PartName=\"/word/header2.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml\"/></Types>";
const PACKAGE_RELATIONS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
const DOCUMENT_RELATIONS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>\
    <Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings\" Target=\"settings.xml\"/>\
    <Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/header\" Target=\"header1.xml\"/>\
    <Relationship Id=\"rId4\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/header\" Target=\"header2.xml\"/></Relationships>";
const SETTINGS: &str = "<w:settings xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:zoom w:percent=\"100\"/>\
    <w:defaultTabStop w:val=\"720\"/><w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>";

/// The look of every style.
fn styles() -> String {
    // Name, id, alignment, spacing and indent, run.
    let centred = "<w:jc w:val=\"center\"/>";
    let tight = "<w:spacing w:before=\"0\" w:after=\"0\"/>";
    let body = "<w:spacing w:before=\"0\" w:after=\"120\" w:line=\"264\" w:lineRule=\"auto\"/><w:ind w:firstLine=\"720\"/><w:jc w:val=\"both\"/>";
    let heading = |level: u8| {
        format!(
            "<w:keepNext/><w:spacing w:before=\"60\" w:after=\"120\"/><w:ind w:firstLine=\"720\"/><w:jc w:val=\"both\"/><w:outlineLvl w:val=\"{level}\"/>"
        )
    };
    let bold = "<w:b/><w:bCs/>";
    let size = |half_points: u32| format!("<w:sz w:val=\"{half_points}\"/><w:szCs w:val=\"{half_points}\"/>");
    let list: [(&str, &str, String, String); 29] = [
        ("Cơ quan cấp trên", "CoQuanCapTren", format!("{tight}{centred}"), size(26)),
        ("Cơ quan", "CoQuan", format!("{tight}{centred}"), format!("{bold}{}", size(26))),
        ("Tiêu ngữ", "TieuNgu", format!("{tight}{centred}"), format!("{bold}{}", size(28))),
        ("Số, ký hiệu", "SoKyHieu", format!("<w:spacing w:before=\"120\" w:after=\"0\"/>{centred}"), size(26)),
        (
            "Địa danh, ngày tháng",
            "DiaDanh",
            format!("<w:spacing w:before=\"120\" w:after=\"0\"/>{centred}"),
            format!("<w:i/><w:iCs/>{}", size(28)),
        ),
        (
            "Tên loại",
            "TenLoai",
            format!("<w:keepNext/><w:spacing w:before=\"120\" w:after=\"0\"/>{centred}"),
            format!("{bold}{}", size(28)),
        ),
        ("Trích yếu", "TrichYeu", format!("{tight}{centred}"), format!("{bold}{}", size(28))),
        ("Giữa", "Giua", format!("{tight}{centred}"), size(28)),
        (
            "Kính gửi",
            "KinhGui",
            "<w:spacing w:before=\"240\" w:after=\"240\"/><w:ind w:firstLine=\"720\"/>".to_owned(),
            size(28),
        ),
        ("Nội dung", "NoiDung", body.to_owned(), size(28)),
        ("Căn cứ", "CanCu", body.to_owned(), format!("<w:i/><w:iCs/>{}", size(28))),
        ("heading 1", "Heading1", heading(0), format!("{bold}{}", size(28))),
        ("heading 2", "Heading2", heading(1), format!("{bold}{}", size(28))),
        ("heading 3", "Heading3", heading(2), format!("{bold}<w:i/><w:iCs/>{}", size(28))),
        ("Nhãn nơi nhận", "NoiNhanNhan", tight.to_owned(), format!("{bold}<w:i/><w:iCs/>{}", size(24))),
        ("Nơi nhận", "NoiNhan", tight.to_owned(), size(22)),
        ("Quyền hạn", "QuyenHan", format!("<w:keepNext/>{tight}{centred}"), format!("{bold}{}", size(28))),
        ("Họ tên", "HoTen", format!("{tight}{centred}"), format!("{bold}{}", size(28))),
        ("Phụ lục", "PhuLuc", format!("<w:keepNext/>{tight}{centred}"), format!("{bold}{}", size(28))),
        ("Kèm theo", "KemTheo", format!("{tight}{centred}"), format!("<w:i/><w:iCs/>{}", size(28))),
        (
            "Cột bảng",
            "CotBang",
            format!("<w:keepNext/><w:spacing w:before=\"40\" w:after=\"40\"/>{centred}"),
            format!("{bold}{}", size(24)),
        ),
        ("Ô bảng", "OBang", "<w:spacing w:before=\"40\" w:after=\"40\"/>".to_owned(), size(24)),
        ("Ô bảng giữa", "OBangGiua", format!("<w:spacing w:before=\"40\" w:after=\"40\"/>{centred}"), size(24)),
        (
            "Ô bảng phải",
            "OBangPhai",
            "<w:spacing w:before=\"40\" w:after=\"40\"/><w:jc w:val=\"right\"/>".to_owned(),
            size(24),
        ),
        ("Dòng mẫu", "DongMau", "<w:spacing w:before=\"0\" w:after=\"60\"/>".to_owned(), size(26)),
        (
            "Phần mẫu",
            "PhanMau",
            "<w:keepNext/><w:spacing w:before=\"120\" w:after=\"60\"/>".to_owned(),
            format!("{bold}{}", size(26)),
        ),
        (
            "Danh sách",
            "DanhSach",
            "<w:spacing w:before=\"0\" w:after=\"60\"/><w:ind w:left=\"2268\"/>".to_owned(),
            size(28),
        ),
        (
            "Trống",
            "Trong",
            "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"120\" w:lineRule=\"exact\"/>".to_owned(),
            size(8),
        ),
        ("Số trang", "SoTrang", format!("{tight}{centred}"), size(28)),
    ];
    let mut out = format!(
        "{XML}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" \
         w:eastAsia=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:cs=\"Times New Roman\"/>{}<w:lang w:val=\"vi-VN\"/></w:rPr>\
         </w:rPrDefault><w:pPrDefault/></w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\">\
         <w:name w:val=\"Normal\"/><w:qFormat/></w:style>",
        size(28)
    );
    for (name, id, paragraph, run) in list {
        let _ = write!(
            out,
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/>\
             <w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
        );
    }
    out + "</w:styles>"
}
