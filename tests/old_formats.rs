//! Formats from before DOCX, and beside it: Word 97-2003, RTF as WordPad and Word write it, OpenDocument, lists.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use support::doc::Doc;
use support::zip::{self, Entry};
use thidua::guard::Limits;
use thidua::model::{BlockKind, Document, Format, InputError, Part};

fn read(body: &str) -> Document {
    let head = "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\froman\\fcharset0 Times New Roman;}\
        {\\f1\\fnil .VnTime;}{\\f2\\fnil\\fcharset0 .VnTimeH;}{\\f3 VNI-Times;}{\\f4\\fcharset163 Arial;}\
        {\\f5\\fcharset2 Symbol;}}";
    document(&format!("{head}{body}}}")).unwrap()
}

fn document(text: &str) -> Result<Document, InputError> {
    thidua::read::document("a.doc", text.as_bytes(), &Limits::default())
}

fn texts(document: &Document) -> Vec<&str> {
    document.blocks.iter().map(|block| block.text.as_str()).collect()
}

#[test]
fn bytes_are_letters_of_their_font() {
    let found = read(
        "\\f1 H\\'e9i Li\\'aan hi\\'d6p \\f2 ph\\'f4 n\\'f7\\f1  x\\'b7, khen th\\-\\'ebng th\\'ad\\'ebng\\par\
         \\f3 Ho\\'e4i Lie\\'e2n hie\\'e4p\\par\
         \\f4 H\\'f4\\'f2i Li\\'ean hi\\'ea\\'f2p\\par\
         \\f0 \\u272?\\uc2\\u7897\\'3f\\'3fc l\\u7853??p t{\\uc0\\u7921 } do\\par",
    );
    assert_eq!(
        texts(&found),
        ["Hội Liên hiệp PHỤ NỮ xã, khen thưởng thưởng", "Hội Liên hiệp", "Hội Liên hiệp", "Độc lập tự do"]
    );
    assert_eq!(found.source.format, Format::Rtf);
    assert_eq!(found.source.encoding, "windows-1252+tcvn3+vni");
    assert!(found.notices.iter().any(|notice| notice.code == "IN104"));
}

#[test]
fn bytes_of_a_vietnamese_word_file_are_letters_of_its_language_and_fonts() {
    let mut doc = Doc::new(&["Times New Roman", ".VnTime", "VNI-Times"])
        .run(0, b"H\xF4\xF2i Li\xEAn hi\xEA\xF2p Phu\xF2 n\xFD\xDE")
        .end(b'\r', &[])
        .run(1, b"H\xE9i Li\xAAn hi\xD6p")
        .end(b'\r', &[])
        .run(2, b"Hoi Lie\xE2n hie\xE4p")
        .end(b'\r', &[]);
    let found = |doc: &Doc| thidua::read::document("a.doc", &doc.build(), &Limits::default()).unwrap();
    let western = found(&doc);
    assert!(!texts(&western)[0].contains("Hội Liên hiệp Phụ nữ"), "{western:?}");
    doc.language = 0x042A;
    let local = found(&doc);
    assert_eq!(texts(&local), ["Hội Liên hiệp Phụ nữ", "Hội Liên hiệp", "Hoi Liên hiệp"]);
    assert_eq!(local.source.encoding, "windows-1258+tcvn3+vni");
}

#[test]
fn what_nobody_sees_is_no_text() {
    let found = read(
        "{\\info{\\title Ten}}{\\*\\unknown x}{\\stylesheet{\\s1\\outlinelevel0 heading 1;}}\
         {\\pict\\bin4 }}{{ }{\\v an}a{\\deleted b}{\\revised c}\
         {\\field{\\*\\fldinst{ PAGE }}{\\fldrslt{7}}}{\\field{\\*\\fldinst HYPERLINK \"x\"}{\\fldrslt lien ket}}\
         {\\upr{xau}{\\*\\ud{tot}}}\\par \\s1 De muc\\par",
    );
    assert_eq!(texts(&found), ["aclien kettot", "De muc"]);
    assert_eq!(found.blocks[1].hints.outline_level, Some(0));
}

#[test]
fn a_deleted_mark_joins_its_paragraph_with_the_next() {
    assert_eq!(texts(&read("mot {\\deleted \\par}hai\\par")), ["mot hai"]);
}

#[test]
fn tables_have_places_also_nested_ones() {
    let found = read(
        "\\trowd\\cellx1000\\cellx3000\\pard\\intbl a\\cell b\\cell\\row\
         \\trowd\\clvmgf\\cellx1000\\cellx2000\\cellx3000\\pard\\intbl c\\cell d\\cell e\\par f\\cell\\row\
         \\trowd\\clvmrg\\cellx1000\\cellx3000\\pard\\intbl mat\\cell\
         \\pard\\intbl\\itap2 g\\nestcell h\\nestcell{\\*\\nesttableprops\\trowd\\cellx500\\cellx900\\nestrow}\
         {\\nonesttables\\par}\\pard\\intbl i\\cell\\row\\pard sau\\par",
    );
    let places: Vec<_> = found
        .blocks
        .iter()
        .map(|block| {
            let place = block.cell.map(|c| (c.table, c.row, c.column, c.column_span, c.row_span, c.depth));
            (block.text.as_str(), place)
        })
        .collect();
    assert_eq!(
        places,
        [
            ("a", Some((0, 0, 0, 1, 1, 0))),
            ("b", Some((0, 0, 1, 2, 1, 0))),
            ("c", Some((0, 1, 0, 1, 2, 0))),
            ("d", Some((0, 1, 1, 1, 1, 0))),
            ("e", Some((0, 1, 2, 1, 1, 0))),
            ("f", Some((0, 1, 2, 1, 1, 0))),
            ("g", Some((1, 0, 0, 1, 1, 1))),
            ("h", Some((1, 0, 1, 1, 1, 1))),
            ("i", Some((0, 2, 1, 2, 1, 0))),
            ("sau", None),
        ]
    );
}

#[test]
fn labels_come_from_the_list_or_from_the_writing_program() {
    let found = read(
        "{\\*\\listtable{\\list{\\listlevel\\levelnfc1\\levelstartat1{\\leveltext\\'02\\'00.;}{\\levelnumbers\\'01;}}\
         {\\listlevel\\levelnfc0\\levelstartat3{\\leveltext\\'04\\'00.\\'01.;}{\\levelnumbers\\'01\\'03;}}\\listid7}}\
         {\\*\\listoverridetable{\\listoverride\\listid7\\listoverridecount0\\ls1}}\
         \\pard\\ls1\\ilvl0 mot\\par\\pard\\ls1\\ilvl1 hai\\par\\pard\\ls1\\ilvl0 ba\\par\
         \\pard{\\pntext\\f5\\'b7\\tab}{\\*\\pn\\pnlvlblt}bon\\par\\pard{\\listtext a)\\tab}nam\\par\\pard sau\\par",
    );
    let labels: Vec<Option<&str>> = found.blocks.iter().map(|block| block.label.as_deref()).collect();
    assert_eq!(labels, [Some("I."), Some("I.3."), Some("II."), Some("•"), Some("a)"), None]);
}

#[test]
fn headers_and_notes_stand_apart() {
    let found = read(
        "{\\header\\pard Dau trang\\par}{\\footer\\pard {\\field{\\*\\fldinst PAGE}{\\fldrslt 1}}\\par}\
         Than bai{\\super\\chftn{\\footnote\\pard{\\super\\chftn} Ghi chu\\par}} het\\par\
         {\\shp{\\*\\shpinst{\\sp{\\sn a}{\\sv b}}{\\shptxt\\pard Trong khung\\par}}{\\shprslt Cu\\par}}\\pard cuoi\\par",
    );
    let parts: Vec<(Part, Option<&str>, &str)> =
        found.blocks.iter().map(|block| (block.part, block.label.as_deref(), block.text.as_str())).collect();
    assert_eq!(
        parts,
        [
            (Part::Body, None, "Than bai het"),
            (Part::Body, None, "cuoi"),
            (Part::TextBox, None, "Trong khung"),
            (Part::Note, Some("1"), "Ghi chu"),
            (Part::Header, None, "Dau trang"),
        ]
    );
}

#[test]
fn a_western_font_on_a_vietnamese_system_holds_its_code_page() {
    let found = document(
        "{\\rtf1\\ansi\\ansicpg1258\\deff0{\\fonttbl{\\f0\\fnil\\fcharset0 Times New Roman;}}\\f0 H\\'f4\\'f2i Li\\'ean hi\\'ea\\'f2p Phu\\'f2 n\\'fd\\'de\\par}",
    );
    assert_eq!(texts(&found.unwrap()), ["Hội Liên hiệp Phụ nữ"]);
}

#[test]
fn the_end_of_a_font_s_name_tells_its_code_page_where_nothing_else_does() {
    let found = document(
        "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}{\\f1 Arial (Vietnamese);}}\\f1 H\\'f4\\'f2i Li\\'ean hi\\'ea\\'f2p\\par}",
    );
    assert_eq!(texts(&found.unwrap()), ["Hội Liên hiệp"]);
}

#[test]
fn what_is_cut_off_is_named_and_nothing_goes_deep() {
    assert!(matches!(document("{\\rtf1 mot\\par hai"), Err(InputError::Malformed { .. })));
    assert!(matches!(document("{\\rtf1 mot\\par {\\b hai"), Err(InputError::Malformed { .. })));
    // A missing last brace loses nothing.
    assert_eq!(texts(&document("{\\rtf1 mot\\par").unwrap()), ["mot"]);
    assert!(matches!(document("{\\rtf1 }"), Err(InputError::Empty)));
    let deep = format!("{{\\rtf1 {}", "{".repeat(100_000));
    assert!(matches!(document(&deep), Err(InputError::TooLarge { .. })));
}

/// In a table; also the end of a row.
const IN_TABLE: [u8; 3] = [0x16, 0x24, 1];
const ROW_END: [u8; 6] = [0x16, 0x24, 1, 0x17, 0x24, 1];

fn read_bytes(bytes: &[u8]) -> Document {
    thidua::read::document("a", bytes, &Limits::default()).unwrap()
}

#[test]
fn runs_of_a_word_97_file_are_decoded_by_their_font() {
    let doc = Doc::new(&["Times New Roman", ".VnTime", ".VnTimeH", "VNI-Times"])
        .run(1, b"Thi \xAEua, khen th\xAD\xEBng")
        .run(2, b" Ph\xF4 n\xF7")
        .end(b'\r', &[0x03, 0x24, 1])
        .run(3, b"Ho\xE4i Lie\xE2n hie\xE4p")
        .end(b'\r', &[0x40, 0x26, 0])
        .with(b"dam", &[0x35, 0x08, 1])
        .with(b" an", &[0x3C, 0x08, 1])
        .with(b" xoa", &[0x00, 0x08, 1])
        .with(b"\x13", &[0x55, 0x08, 1])
        .with(b" PAGE ", &[])
        .with(b"\x14", &[0x55, 0x08, 1])
        .with(b"7", &[])
        .with(b"\x15", &[0x55, 0x08, 1])
        .end(b'\r', &[]);
    let found = read_bytes(&doc.build());
    assert_eq!(found.source.format, Format::Doc);
    assert_eq!(texts(&found), ["Thi đua, khen thưởng PHỤ NỮ", "Hội Liên hiệp", "dam"]);
    assert!(found.blocks[0].hints.centred && found.blocks[2].hints.bold);
    assert_eq!(found.blocks[1].kind, BlockKind::Heading);
    assert_eq!(found.source.encoding, "tcvn3+vni");
}

#[test]
fn a_paragraph_in_two_old_encodings_names_both() {
    let doc = Doc::new(&["Times New Roman", ".VnTime", "VNI-Times"])
        .run(1, b"Thi \xAEua, khen th\xAD\xEBng ")
        .run(2, b"Ho\xE4i Lie\xE2n hie\xE4p")
        .end(b'\r', &[]);
    let rtf = read("\\f1 Thi \\'aeua, khen th\\'ad\\'ebng \\f3 Ho\\'e4i Lie\\'e2n hie\\'e4p\\par");
    for found in [read_bytes(&doc.build()), rtf] {
        assert_eq!(texts(&found), ["Thi đua, khen thưởng Hội Liên hiệp"]);
        assert_eq!(found.source.encoding, "tcvn3+vni");
        let named = found.notices.iter().filter_map(|notice| notice.args.get("encoding"));
        assert_eq!(named.collect::<Vec<_>>(), ["TCVN3", "VNI"]);
    }
}

#[test]
fn old_letters_in_a_new_font_are_found_by_their_syllables() {
    let found = read("\\f0 H\\'e9i Li\\'aan hi\\'d6p Ph\\'f4 n\\'f7 ph\\'b8t \\'ae\\'e9ng\\par");
    assert_eq!(texts(&found), ["Hội Liên hiệp Phụ nữ phát động"]);
    assert_eq!(found.source.encoding, "tcvn3");
}

#[test]
fn a_fast_saved_file_is_read_in_the_order_of_its_pieces() {
    let mut doc = Doc::new(&["Arial"]).run(0, b"hai").end(b'\r', &[]).run(0, b"mot").end(b'\r', &[]);
    doc.pieces = vec![(4, 8), (0, 4)];
    assert_eq!(texts(&read_bytes(&doc.build())), ["mot", "hai"]);
}

#[test]
fn cells_of_a_word_97_file_have_places() {
    let row = |edges: &[i16], merged: u8| {
        let mut operand = vec![(edges.len() - 1) as u8];
        operand.extend(edges.iter().flat_map(|edge| edge.to_le_bytes()));
        operand.extend([merged << 5, 0]);
        operand.extend([0; 18]);
        operand.extend(vec![0; 20 * (edges.len() - 2)]);
        let len = (operand.len() + 1) as u16;
        [&ROW_END[..], &[0x08, 0xD6], &len.to_le_bytes(), &operand].concat()
    };
    let doc = Doc::new(&["Arial"])
        .run(0, b"a")
        .end(7, &IN_TABLE)
        .run(0, b"b")
        .end(7, &IN_TABLE)
        .end(7, &row(&[0, 500, 2000], 3))
        .run(0, b"an")
        .end(7, &IN_TABLE)
        .run(0, b"c")
        .end(7, &IN_TABLE)
        .run(0, b"d")
        .end(7, &IN_TABLE)
        .end(7, &row(&[0, 500, 1000, 2000], 1))
        .run(0, b"sau")
        .end(b'\r', &[]);
    let found = read_bytes(&doc.build());
    let places: Vec<_> = found
        .blocks
        .iter()
        .map(|b| (b.text.as_str(), b.cell.map(|c| (c.row, c.column, c.column_span, c.row_span))))
        .collect();
    assert_eq!(
        places,
        [
            ("a", Some((0, 0, 1, 2))),
            ("b", Some((0, 1, 2, 1))),
            ("c", Some((1, 1, 1, 1))),
            ("d", Some((1, 2, 1, 1))),
            ("sau", None),
        ]
    );
}

#[test]
fn a_password_and_older_forms_are_named() {
    let mut doc = Doc::new(&["Arial"]).run(0, b"x").end(b'\r', &[]);
    doc.flags = 0x0100;
    let refusal = |bytes: &[u8]| thidua::read::document("a.doc", bytes, &Limits::default()).unwrap_err();
    assert!(matches!(refusal(&doc.build()), InputError::Encrypted));
    doc.flags = 0;
    doc.pieces = vec![(0, 100_000)];
    assert!(matches!(refusal(&doc.build()), InputError::Malformed { .. }));
    // One range of bytes again and again.
    doc.pieces = vec![(0, 1); 20_000];
    assert_eq!(read_bytes(&doc.build()).blocks.len(), 1);
}

#[test]
fn no_cut_and_no_changed_byte_of_a_word_97_file_is_a_fault() {
    let whole = Doc::new(&["Arial", ".VnTime"])
        .run(1, b"H\xE9i")
        .end(7, &IN_TABLE)
        .end(7, &ROW_END)
        .run(0, b"sau")
        .end(b'\r', &[])
        .build();
    for cut in (0..whole.len()).step_by(97) {
        // The last sector may end in bytes of no meaning.
        if let Ok(document) = thidua::read::document("a.doc", &whole[..cut], &Limits::default()) {
            assert_eq!(texts(&document), ["Hội", "sau"], "{cut}");
        }
    }
    for at in (0..whole.len()).step_by(5) {
        for value in [0x00, 0xFF, 0x7F] {
            let mut changed = whole.clone();
            changed[at] = value;
            // Read or refused, in bounded time.
            if let Ok(document) = thidua::read::document("a.doc", &changed, &Limits::default()) {
                assert!(!document.blocks.is_empty());
            }
        }
    }
}

const OFFICE: &str = "xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' \
    xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0' xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0' \
    xmlns:style='urn:oasis:names:tc:opendocument:xmlns:style:1.0' xmlns:fo='urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0' \
    xmlns:draw='urn:oasis:names:tc:opendocument:xmlns:drawing:1.0'";

const ODF_STYLES: &str = "<style:style style:name='B' style:family='text'><style:text-properties fo:font-weight='bold'/></style:style>\
    <style:style style:name='V' style:family='text'><style:text-properties style:font-name='.VnTimeH'/></style:style>\
    <style:style style:name='A' style:family='text'><style:text-properties text:display='none'/></style:style>\
    <text:list-style style:name='L'><text:list-level-style-number text:level='1' style:num-format='I' style:num-suffix='.'/>\
    <text:list-level-style-number text:level='2' style:num-format='1' style:num-suffix='.' text:display-levels='2'/>\
    </text:list-style>";

fn odf(body: &str) -> Document {
    let flat = format!(
        "<?xml version='1.0'?><office:document {OFFICE}><office:automatic-styles>{ODF_STYLES}</office:automatic-styles>\
         <office:master-styles><style:master-page style:name='S'><style:header><text:p>Dau trang</text:p></style:header>\
         </style:master-page></office:master-styles><office:body><office:text>{body}</office:text></office:body></office:document>"
    );
    let flat = read_bytes(flat.as_bytes());
    let content = format!(
        "<office:document-content {OFFICE}><office:automatic-styles>{ODF_STYLES}</office:automatic-styles>\
         <office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    let styles = format!(
        "<office:document-styles {OFFICE}><office:master-styles><style:master-page style:name='S'><style:header>\
         <text:p>Dau trang</text:p></style:header></style:master-page></office:master-styles></office:document-styles>"
    );
    let mime = Entry { deflate: false, ..Entry::new("mimetype", "application/vnd.oasis.opendocument.text") };
    let packed = zip::build(&[mime, Entry::new("content.xml", content), Entry::new("styles.xml", styles)]);
    let packed = read_bytes(&packed);
    assert_eq!(packed.blocks, flat.blocks);
    assert_eq!(packed.source.format, Format::Odt);
    packed
}

#[test]
fn opendocument_text_is_what_a_person_sees() {
    let found = odf(
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>xoa</text:p></text:deletion></text:changed-region>\
         </text:tracked-changes><text:h text:outline-level='2'>De  muc</text:h>\
         <text:p> A &amp; B<text:s text:c='3'/>c<text:tab/>d<text:line-break/><text:span text:style-name='A'>an</text:span>\
         <text:span text:style-name='V'>Ph\u{F4} n\u{F7}</text:span> trang <text:page-number>3</text:page-number>\
         <text:note text:note-class='footnote'><text:note-citation>1</text:note-citation><text:note-body><text:p>Ghi chu</text:p>\
         </text:note-body></text:note><draw:frame><draw:text-box><text:p>Khung</text:p></draw:text-box></draw:frame></text:p>",
    );
    let parts: Vec<_> = found.blocks.iter().map(|b| (b.part, b.label.as_deref(), b.text.as_str())).collect();
    assert_eq!(
        parts,
        [
            (Part::Body, None, "De muc"),
            (Part::Body, None, "A & B   c\td\nPHỤ NỮ trang"),
            (Part::TextBox, None, "Khung"),
            (Part::Note, Some("1"), "Ghi chu"),
            (Part::Header, None, "Dau trang"),
        ]
    );
    assert_eq!(found.blocks[0].hints.outline_level, Some(1));
}

#[test]
fn opendocument_lists_and_tables() {
    let found = odf(
        "<text:list xml:id='x' text:style-name='L'><text:list-item><text:p>mot</text:p><text:p>nua</text:p><text:list><text:list-item>\
         <text:p>con</text:p></text:list-item></text:list></text:list-item></text:list><text:p>giua</text:p>\
         <text:list text:continue-list='x' text:style-name='L'><text:list-item><text:p>hai</text:p></text:list-item></text:list>\
         <text:list text:style-name='L'><text:list-item text:start-value='5'><text:p>nam</text:p></text:list-item></text:list>\
         <table:table><table:table-row><table:table-cell table:number-columns-spanned='2'><text:p>a</text:p></table:table-cell>\
         <table:covered-table-cell/></table:table-row><table:table-row><table:table-cell table:number-columns-repeated='2'><text:p>b</text:p>\
         </table:table-cell></table:table-row></table:table>",
    );
    let labels: Vec<_> = found
        .blocks
        .iter()
        .filter(|b| b.part == Part::Body && b.cell.is_none())
        .map(|b| (b.label.as_deref(), b.text.as_str()))
        .collect();
    assert_eq!(
        labels,
        [
            (Some("I."), "mot"),
            (None, "nua"),
            (Some("I.1."), "con"),
            (None, "giua"),
            (Some("II."), "hai"),
            (Some("V."), "nam")
        ]
    );
    let cells: Vec<_> =
        found.blocks.iter().filter_map(|b| b.cell.map(|c| (b.text.as_str(), c.row, c.column, c.column_span))).collect();
    assert_eq!(cells, [("a", 0, 0, 2), ("b", 1, 0, 1), ("b", 1, 1, 1)]);
}

#[test]
fn a_list_is_a_document_of_cells() {
    let csv = "STT;Họ và tên\n1;Nguyễn Thị A\n";
    let found = thidua::read::document("ds.csv", csv.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(found.source.format, Format::Csv);
    assert_eq!(texts(&found), ["STT", "Họ và tên", "1", "Nguyễn Thị A"]);
    let last = found.blocks[3].cell.unwrap();
    assert_eq!((last.row, last.column), (1, 1));
}
