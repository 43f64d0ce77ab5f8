//! RTF as WordPad, Word and LibreOffice write it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use thidua::guard::Limits;
use thidua::model::{Document, Format, InputError, Part};

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
    type Cell = (u32, u32, u32, u32, u32, u32);
    let places: Vec<(&str, Option<Cell>)> = found
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
            (Part::TextBox, None, "Trong khung"),
            (Part::Body, None, "cuoi"),
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
fn what_is_cut_off_is_named_and_nothing_goes_deep() {
    assert!(matches!(document("{\\rtf1 mot\\par hai"), Err(InputError::Malformed { .. })));
    assert!(matches!(document("{\\rtf1 mot\\par {\\b hai"), Err(InputError::Malformed { .. })));
    // A missing last brace loses nothing.
    assert_eq!(texts(&document("{\\rtf1 mot\\par").unwrap()), ["mot"]);
    assert!(matches!(document("{\\rtf1 }"), Err(InputError::Empty)));
    let deep = format!("{{\\rtf1 {}", "{".repeat(100_000));
    assert!(matches!(document(&deep), Err(InputError::TooLarge { .. })));
}
