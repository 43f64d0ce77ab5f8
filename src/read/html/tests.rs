use super::read;
use crate::guard::Limits;
use crate::model::{Block, BlockKind, Format, InputError, Source};
use proptest::prelude::*;

fn source() -> Source {
    Source { path: "x.html".into(), format: Format::Html, sha256: String::new(), encoding: String::new() }
}

fn blocks(html: &str) -> Vec<Block> {
    read(source(), html.as_bytes(), &Limits::default()).expect("readable").blocks
}

fn texts(html: &str) -> Vec<String> {
    blocks(html).into_iter().map(|b| b.text).collect()
}

#[test]
fn paragraphs_inline_marks_and_entities() {
    let html = "<!DOCTYPE html><html><head><title>Trang</title><style>p{}</style></head><body>\
                <p>Hội <b>Liên</b> hiệp\n   Phụ&nbsp;nữ &amp; chi h&#7897;i<p>Dòng một<br>dòng hai</body></html>";
    assert_eq!(texts(html), ["Hội Liên hiệp Phụ nữ & chi hội", "Dòng một\ndòng hai"]);
}

#[test]
fn what_is_not_shown_is_not_text() {
    let html = "<div style='display: none'>ẩn <div>nữa</div></div><p hidden>ẩn<p>hiện<script>if (a < b) {}</script>\
                <span style='mso-hide:all'>ẩn</span> rõ <del>bỏ</del>";
    assert_eq!(texts(html), ["hiện rõ"]);
}

#[test]
fn list_labels() {
    let html = "<ol start=3><li>ba<li>bốn<ol type=a><li>chữ a</ol></ol><ul><li><p>chấm</p><p>tiếp</p></ul>\
                <ol type=I><li value=9>chín</ol><ul style='list-style-type:none'><li>trống</ul>";
    let labels: Vec<_> = blocks(html).into_iter().map(|b| (b.label, b.text)).collect();
    let expected = [
        (Some("3."), "ba"),
        (Some("4."), "bốn"),
        (Some("a."), "chữ a"),
        (Some("•"), "chấm"),
        (None, "tiếp"),
        (Some("IX."), "chín"),
        (None, "trống"),
    ];
    assert_eq!(labels, expected.map(|(label, text)| (label.map(str::to_owned), text.to_owned())));
}

#[test]
fn cells_that_span() {
    let html =
        "<table><tr><td rowspan=2>A<td colspan=2>B<tr><td>C<td>D<table><tr><td>trong</table></table><h2>Hết</h2>";
    let blocks = blocks(html);
    let places: Vec<_> =
        blocks.iter().map(|b| (b.text.as_str(), b.cell.map(|c| (c.table, c.row, c.column, c.depth)))).collect();
    assert_eq!(
        places,
        [
            ("A", Some((0, 0, 0, 0))),
            ("B", Some((0, 0, 1, 0))),
            ("C", Some((0, 1, 1, 0))),
            ("D", Some((0, 1, 2, 0))),
            ("trong", Some((1, 0, 0, 1))),
            ("Hết", None),
        ]
    );
    assert_eq!(blocks[5].kind, BlockKind::Heading);
}

#[test]
fn nesting_is_bounded_and_costs_no_stack() {
    let divs = "<div>".repeat(200_000) + "sâu";
    assert_eq!(texts(&divs), ["sâu"]);
    let tables = "<table><tr><td>".repeat(2_000) + "sâu";
    let error = read(source(), tables.as_bytes(), &Limits::default()).expect_err("too deep");
    assert!(matches!(error, InputError::TooLarge { what: "nesting levels", .. }));
    assert!(matches!(read(source(), b"<p> </p>", &Limits::default()), Err(InputError::Empty)));
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(html in "(<[/]?(p|li|ol|ul|table|tr|td|del|pre|br|script|title)( hidden| colspan=9)?>|[a-cđ &;<]){0,60}") {
        let _ = read(source(), html.as_bytes(), &Limits::default());
    }
}

#[test]
fn attributes_of_one_element_are_bounded() {
    let limits = Limits::default();
    let page = |attributes: &str| format!("<html><p{attributes}>Hạn nộp</p>");
    let read = |page: &str| read(source(), page.as_bytes(), &limits);
    let many: String = (0..10_000).map(|n| format!(" a{n}=\"x\"")).collect();
    let slashes: String = (0..10_000).map(|n| format!("/a{n}")).collect();
    for attributes in [many, slashes] {
        assert!(matches!(read(&page(&attributes)), Err(InputError::TooLarge { what: "attributes of an element", .. })));
    }
    let style = format!(" style=\"{}\"", "a b ".repeat(10_000));
    assert_eq!(read(&page(&style)).expect("readable").blocks[0].text, "Hạn nộp");
}

#[test]
fn letters_are_decoded_by_the_fonts_that_a_page_names() {
    let html = "<html><head><style>/* Word */ p.MsoNormal, li.MsoNormal {margin:0cm; font-family:\".VnTime\";}</style></head><body>\
                <p class=MsoNormal>H\u{e9}i Li\u{aa}n hi\u{d6}p <span style='font-family:Arial'>Phụ nữ</span> t\u{d8}nh\
                <p><font face=\".VnTimeH\">k\u{d5} ho\u{b9}ch</font> và <font face='VNI-Times'>naê<b>m</b></font> 2025</p>\
                <div style=\"font-family: '.VnArial', sans-serif\"><div>th\u{ad}</div>\u{ae}ua</div><p>hôn, cà phê</body></html>";
    let document = read(source(), html.as_bytes(), &Limits::default()).expect("readable");
    let texts: Vec<&str> = document.blocks.iter().map(|block| block.text.as_str()).collect();
    assert_eq!(texts, ["Hội Liên hiệp Phụ nữ tỉnh", "KẾ HOẠCH và năm 2025", "thư", "đua", "hôn, cà phê"]);
    assert_eq!(document.source.encoding, "utf-8+tcvn3+vni");
    assert!(document.notices.iter().any(|notice| notice.code == "IN104"));
}

#[test]
fn a_page_of_bytes_in_a_legacy_font_is_decoded_once() {
    let html = b"<meta charset=windows-1252><p><font face=\".VnTime\">xu\xCAt s\xBEc, h\xE9</font></p><p><b>\x93Ba\x94</b></p>";
    let blocks = read(source(), html, &Limits::default()).expect("readable").blocks;
    assert_eq!(blocks.into_iter().map(|block| block.text).collect::<Vec<_>>(), ["xuất sắc, hộ", "“Ba”"]);
}
