//! What a person sees in Word is what the reader gives: revisions, boxes, tables, fields, notes, signs.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use support::docx::{Docx, field, p, pp, r, rp, tbl, tc};
use thidua::guard::Limits;
use thidua::model::{Block, BlockKind, Document, InputError, Part};
use thidua::report::text;

fn read(docx: &Docx) -> Document {
    try_read(&docx.build()).unwrap()
}

fn try_read(bytes: &[u8]) -> Result<Document, InputError> {
    thidua::read::document("a.docx", bytes, &Limits::default())
}

fn body(markup: impl Into<String>) -> Document {
    read(&Docx::new(markup))
}

/// Lines of the document as text.
fn lines(document: &Document) -> Vec<String> {
    text::render(document).lines().map(str::to_owned).collect()
}

fn block<'d>(document: &'d Document, text: &str) -> &'d Block {
    document
        .blocks
        .iter()
        .find(|block| block.text == text)
        .unwrap_or_else(|| panic!("no block {text:?}: {document:#?}"))
}

mod look {
    use super::*;

    #[test]
    fn headings_come_by_style_by_name_and_by_outline_level() {
        let styles = "<w:style w:type=\"paragraph\" w:styleId=\"u1\"><w:name w:val=\"heading 1\"/></w:style>\
            <w:style w:type=\"paragraph\" w:styleId=\"Con\"><w:basedOn w:val=\"u2\"/></w:style>\
            <w:style w:type=\"paragraph\" w:styleId=\"u2\"><w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr></w:style>";
        let body = pp("<w:pStyle w:val=\"u1\"/>", &r("A"))
            + &pp("<w:pStyle w:val=\"Con\"/>", &r("B"))
            + &pp("<w:outlineLvl w:val=\"2\"/>", &r("C"))
            + &pp("<w:pStyle w:val=\"u1\"/><w:outlineLvl w:val=\"9\"/>", &r("D"))
            + &pp("<w:pStyle w:val=\"Heading4\"/>", &r("E"));
        let document = read(&Docx::new(body).styles(styles));
        let levels: Vec<_> = document.blocks.iter().map(|block| block.hints.outline_level).collect();
        assert_eq!(levels, [Some(0), Some(1), Some(2), None, Some(3)]);
        assert_eq!(block(&document, "A").kind, BlockKind::Heading);
        assert_eq!(block(&document, "D").kind, BlockKind::Paragraph);
    }

    #[test]
    fn hints_tell_emphasis_centring_and_page_breaks() {
        let body = pp("<w:jc w:val=\"center\"/>", &(rp("<w:b/>", "KẾ HOẠCH ") + &rp("<w:b/><w:i/>", "2022")))
            + &p(&(rp("<w:i/>", "nghiêng") + &r(" ") + &rp("<w:b w:val=\"0\"/><w:i/>", "x")))
            + &p(&(r("trước") + "<w:r><w:br w:type=\"page\"/></w:r>"))
            + &p(&r("sau"))
            + &pp("<w:pageBreakBefore/>", &r("trang mới"));
        let document = body_of(&body);
        let title = block(&document, "KẾ HOẠCH 2022").hints;
        assert!(title.bold && !title.italic && title.centred);
        let second = block(&document, "nghiêng x").hints;
        assert!(second.italic && !second.bold && !second.centred);
        let breaks: Vec<_> = document.blocks.iter().map(|block| block.hints.page_break_before).collect();
        assert_eq!(breaks, [false, false, false, true, true]);
    }

    fn body_of(markup: &str) -> Document {
        body(markup)
    }

    #[test]
    fn empty_properties_change_nothing_for_what_follows() {
        let capitals = |text: &str| format!("<w:r><w:rPr><w:caps/></w:rPr><w:t>{text}</w:t></w:r>");
        let plain = "<w:r><w:rPr/><w:t>hai </w:t></w:r>";
        let centred = |text: &str| format!("<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>{}</w:p>", r(text));
        let document = body(format!(
            "<w:p>{}{plain}{}</w:p>{}<w:p><w:pPr/>{}</w:p>{}",
            capitals("một "),
            capitals("ba"),
            centred("bốn"),
            r("năm"),
            centred("sáu")
        ));
        assert_eq!(lines(&document), ["MỘT hai BA", "bốn", "năm", "sáu"]);
        assert!(block(&document, "sáu").hints.centred && !block(&document, "năm").hints.centred);
    }

    #[test]
    fn capitals_and_hidden_text_come_from_styles_too() {
        let styles = "<w:style w:type=\"character\" w:styleId=\"An\"><w:rPr><w:vanish/></w:rPr></w:style>\
            <w:style w:type=\"paragraph\" w:styleId=\"Hoa\"><w:rPr><w:caps/></w:rPr></w:style>";
        let body = p(&(r("thấy ")
            + &rp("<w:rStyle w:val=\"An\"/>", "ẩn ")
            + &rp("<w:vanish/>", "ẩn ")
            + &rp("<w:rStyle w:val=\"An\"/><w:vanish w:val=\"0\"/>", "lại thấy")))
            + &p(&rp("<w:caps/>", "hội phụ nữ"))
            + &pp("<w:pStyle w:val=\"Hoa\"/>", &(r("ban thường vụ ") + &rp("<w:caps w:val=\"false\"/>", "tỉnh")));
        assert_eq!(
            lines(&read(&Docx::new(body).styles(styles))),
            ["thấy lại thấy", "HỘI PHỤ NỮ", "BAN THƯỜNG VỤ tỉnh"]
        );
    }
}

mod revisions {
    use super::*;

    #[test]
    fn the_accepted_view_is_read() {
        let deleted = "<w:del w:id=\"1\"><w:r><w:delText>70%</w:delText></w:r></w:del>";
        let inserted = format!("<w:ins w:id=\"2\">{}</w:ins>", r("85%"));
        let both = "<w:ins w:id=\"3\"><w:del w:id=\"4\"><w:r><w:delText>x</w:delText></w:r></w:del></w:ins>";
        let moved =
            format!("<w:moveFrom w:id=\"5\">{}</w:moveFrom><w:moveTo w:id=\"6\">{}</w:moveTo>", r(" cũ"), r(" mới"));
        let body = p(&(r("Đạt ") + deleted + &inserted + both + &moved));
        assert_eq!(lines(&super::body(body)), ["Đạt 85% mới"]);
    }

    #[test]
    fn a_deleted_mark_joins_paragraphs() {
        let body = pp("<w:rPr><w:del w:id=\"1\"/></w:rPr>", &r("Trước ngày "))
            + &pp("<w:rPr><w:del w:id=\"1\"/></w:rPr>", &r("15/10"))
            + &pp("<w:jc w:val=\"center\"/>", &r("/2022."))
            + &p(&r("Sau"))
            + &pp("<w:rPr><w:del w:id=\"1\"/></w:rPr>", &r("Cuối"));
        let document = super::body(body);
        assert_eq!(lines(&document), ["Trước ngày 15/10/2022.", "Sau", "Cuối"]);
        assert!(document.blocks[0].hints.centred, "the mark that stays decides the look");
    }

    #[test]
    fn deleted_rows_and_cells_are_gone() {
        let table = format!(
            "<w:tbl><w:tr>{}</w:tr><w:tr><w:trPr><w:del w:id=\"1\"/></w:trPr>{}</w:tr><w:tr><w:trPr><w:ins w:id=\"2\"/></w:trPr>{}{}</w:tr></w:tbl>",
            tc("", &p(&r("một"))),
            tc("", &p(&r("hai"))),
            tc("", &p(&r("ba"))),
            tc("<w:cellDel w:id=\"3\"/>", &p(&r("bốn")))
        );
        let document = super::body(table);
        assert_eq!(lines(&document), ["một", "ba"]);
        assert_eq!(block(&document, "ba").cell.unwrap().row, 1);
    }

    #[test]
    fn former_properties_are_not_properties() {
        let body = pp(
            "<w:pPrChange w:id=\"1\"><w:pPr><w:outlineLvl w:val=\"0\"/><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:pPrChange>",
            &rp("<w:rPrChange w:id=\"2\"><w:rPr><w:vanish/><w:caps/></w:rPr></w:rPrChange>", "thường"),
        );
        let document = super::body(body);
        assert_eq!(lines(&document), ["thường"]);
        assert_eq!(document.blocks[0].kind, BlockKind::Paragraph);
    }
}

mod boxes {
    use super::*;

    fn shape(content: &str) -> String {
        format!(
            "<w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
        )
    }

    fn picture(content: &str) -> String {
        format!("<w:pict><v:shape><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict>")
    }

    fn alternatives(requires: &str, choice: &str, fallback: &str) -> String {
        format!(
            "<mc:AlternateContent><mc:Choice Requires=\"{requires}\">{choice}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
        )
    }

    #[test]
    fn a_box_is_read_once_at_its_anchor() {
        let content = p(&r("Trong khung")) + &p(&r("hai dòng"));
        let run = format!("<w:r>{}</w:r>", alternatives("wps", &shape(&content), &picture(&content)));
        let document = body(p(&(r("Neo") + &run + &r(" đây"))) + &p(&r("Sau")));
        assert_eq!(lines(&document), ["Neo đây", "Trong khung", "hai dòng", "Sau"]);
        assert_eq!(block(&document, "hai dòng").part, Part::TextBox);
        assert_eq!(block(&document, "Sau").part, Part::Body);
    }

    #[test]
    fn the_fallback_counts_only_without_a_usable_choice() {
        let run = format!("<w:r>{}</w:r>", alternatives("far", &shape(&p(&r("lạ"))), &picture(&p(&r("VML")))));
        assert_eq!(lines(&body(p(&run))), ["VML"]);
        let only = format!(
            "<w:r><mc:AlternateContent><mc:Fallback>{}</mc:Fallback></mc:AlternateContent></w:r>",
            picture(&p(&r("VML")))
        );
        assert_eq!(lines(&body(p(&only))), ["VML"]);
        let line = format!(
            "<w:r>{}</w:r>",
            alternatives(
                "wps",
                "<w:drawing><wp:inline><a:graphic/></wp:inline></w:drawing>",
                "<w:pict><v:line/></w:pict>"
            )
        );
        assert_eq!(lines(&body(p(&(line + &r("x"))))), ["x"]);
    }

    #[test]
    fn a_box_may_hold_tables_and_stand_in_a_cell() {
        let inner = tbl(&[&[tc("", &p(&r("a"))), tc("", &p(&r("b")))]]);
        let run = format!("<w:r>{}</w:r>", shape(&inner));
        let table = tbl(&[&[tc("", &p(&(r("ô") + &run))), tc("", &p(&r("kế")))]]);
        let document = body(table);
        let texts: Vec<_> = document.blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(texts, ["ô", "a", "b", "kế"]);
        assert_eq!(block(&document, "b").part, Part::TextBox);
        assert_eq!(block(&document, "kế").cell.unwrap().column, 1);
    }

    #[test]
    fn word_art_is_text() {
        let art = "<w:r><w:pict><v:shape><v:textpath string=\"GIẤY KHEN\"/></v:shape></w:pict></w:r>";
        assert_eq!(lines(&body(p(art))), ["GIẤY KHEN"]);
    }
}

mod tables {
    use super::*;

    fn cell(text: &str) -> String {
        tc("", &p(&r(text)))
    }

    #[test]
    fn cells_know_their_place_and_span() {
        let wide = tc("<w:gridSpan w:val=\"2\"/>", &p(&r("rộng")));
        let tall = tc("<w:vMerge w:val=\"restart\"/>", &p(&r("cao")));
        let below = tc("<w:vMerge/>", "<w:p/>");
        let document = body(tbl(&[
            &[tall, wide],
            &[below.clone(), cell("b"), cell("c")],
            &[below, cell("d"), cell("e")],
            &[cell("f")],
        ]));
        let tall = block(&document, "cao").cell.unwrap();
        assert_eq!((tall.row, tall.column, tall.row_span, tall.column_span), (0, 0, 3, 1));
        let wide = block(&document, "rộng").cell.unwrap();
        assert_eq!((wide.row, wide.column, wide.row_span, wide.column_span), (0, 1, 1, 2));
        let last = block(&document, "e").cell.unwrap();
        assert_eq!((last.row, last.column), (2, 2));
        assert_eq!(block(&document, "f").cell.unwrap().row, 3);
        assert_eq!(lines(&document), ["cao\trộng", "\tb\tc", "\td\te", "f\t"]);
    }

    #[test]
    fn what_stands_in_a_covered_cell_is_not_shown() {
        let document = body(tbl(&[
            &[tc("<w:vMerge w:val=\"restart\"/>", &p(&r("một lần"))), cell("x")],
            &[tc("<w:vMerge w:val=\"continue\"/>", &p(&r("một lần"))), cell("y")],
        ]));
        assert_eq!(lines(&document), ["một lần\tx", "\ty"]);
        let document =
            body(tbl(&[&[tc("<w:hMerge w:val=\"restart\"/>", &p(&r("a"))), tc("<w:hMerge/>", "<w:p/>"), cell("b")]]));
        assert_eq!(block(&document, "a").cell.unwrap().column_span, 2);
        assert_eq!(block(&document, "b").cell.unwrap().column, 2);
    }

    #[test]
    fn nested_tables_have_numbers_of_their_own() {
        let inner = tbl(&[&[cell("x"), cell("y")]]);
        let document =
            body(tbl(&[&[tc("", &(p(&r("trước")) + &inner + &p(&r("sau")))), cell("kế")]]) + &tbl(&[&[cell("z")]]));
        let place = |text| {
            let cell = block(&document, text).cell.unwrap();
            (cell.table, cell.depth, cell.column)
        };
        assert_eq!(
            (place("trước"), place("y"), place("sau"), place("kế"), place("z")),
            ((0, 0, 0), (1, 1, 1), (0, 0, 0), (0, 0, 1), (2, 0, 0))
        );
        assert_eq!(lines(&document), ["trước\tkế", "sau\t", "x\ty", "z"]);
    }

    #[test]
    fn rows_may_begin_later_and_stand_in_wrappers() {
        let row = format!("<w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>{}</w:tr>", cell("b"));
        let table = format!(
            "<w:tbl><w:tr>{}{}</w:tr>{row}<w:sdt><w:sdtContent><w:tr>{}<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt></w:tr></w:sdtContent></w:sdt></w:tbl>",
            cell("1"),
            cell("2"),
            cell("3"),
            cell("4")
        );
        assert_eq!(lines(&body(table)), ["1\t2", "\tb", "3\t4"]);
    }

    #[test]
    fn several_paragraphs_of_a_cell_are_blocks_of_one_cell() {
        let document = body(tbl(&[&[tc("", &(p(&r("HỘI LHPN TỈNH")) + &p(&r("BAN THƯỜNG VỤ")))), cell("CỘNG HÒA")]]));
        assert_eq!(document.blocks.len(), 3);
        assert_eq!(block(&document, "BAN THƯỜNG VỤ").cell, block(&document, "HỘI LHPN TỈNH").cell);
        assert_eq!(document.blocks[0].kind, BlockKind::TableCell);
    }

    #[test]
    fn senseless_spans_are_one() {
        let document = body(tbl(&[&[
            tc("<w:tcW w:w=\"bar\"/><w:gridSpan w:val=\"-3\"/>", &p(&r("a"))),
            tc("<w:gridSpan w:val=\"99999999999999999999\"/>", &p(&r("b"))),
            cell("c"),
        ]]));
        assert_eq!(block(&document, "c").cell.unwrap().column, 2);
    }
}

mod fields {
    use super::*;

    #[test]
    fn the_result_is_text_and_the_code_is_not() {
        let body = p(&(r("Số: ") + &field("MERGEFIELD so", &r("53")) + &r("/KH-BTV")))
            + &p(&(r("Xem ") + &field("REF _Ref1 \\h", &(r("Phụ lục ") + &field("SEQ x", &r("2")))) + &r(".")))
            + &p("<w:fldSimple w:instr=\" DATE \\@ dd \"><w:r><w:t>20</w:t></w:r></w:fldSimple>");
        assert_eq!(lines(&super::body(body)), ["Số: 53/KH-BTV", "Xem Phụ lục 2.", "20"]);
    }

    #[test]
    fn an_inner_result_in_an_outer_code_is_not_text() {
        let begin = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>";
        let code = |code: &str| format!("<w:r><w:instrText>{code}</w:instrText></w:r>");
        let rest = |result: &str| {
            format!(
                "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
                r(result)
            )
        };
        let outer =
            format!("{begin}{}{}{}{}", code(" IF "), field("MERGEFIELD a", &r("mã")), code(" = 1 "), rest("kết quả"));
        assert_eq!(lines(&body(p(&(outer + &r(" sau"))))), ["kết quả sau"]);
    }

    #[test]
    fn page_numbers_leave_nothing_behind() {
        let simple = "<w:fldSimple w:instr=\" NUMPAGES \"><w:r><w:t>9</w:t></w:r></w:fldSimple>";
        let document = body(p(&field("PAGE  \\* MERGEFORMAT", &r("3"))) + &p(&(r("Trang") + simple)) + &p(&r("x")));
        assert_eq!(lines(&document), ["Trang", "x"]);
    }

    #[test]
    fn a_field_may_run_over_paragraphs() {
        let begin = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>";
        let body = p(&(begin.to_owned() + &r("I. Mục đích")))
            + &p(&r("II. Nội dung"))
            + &p("<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>")
            + &p(&r("Sau"));
        assert_eq!(lines(&super::body(body)), ["I. Mục đích", "II. Nội dung", "Sau"]);
    }

    #[test]
    fn a_field_without_result_shows_nothing_or_its_state() {
        let bare = |code: &str, data: &str| {
            format!(
                "<w:r><w:fldChar w:fldCharType=\"begin\">{data}</w:fldChar></w:r><w:r><w:instrText> {code} </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
            )
        };
        let body = p(&(r("a") + &bare("XE \"mục\"", "") + &r("b")))
            + &p(&(bare(
                "FORMCHECKBOX",
                "<w:ffData><w:checkBox><w:default w:val=\"0\"/><w:checked/></w:checkBox></w:ffData>",
            ) + &r(" đạt")))
            + &p(&bare(
                "FORMDROPDOWN",
                "<w:ffData><w:ddList><w:result w:val=\"1\"/><w:listEntry w:val=\"A\"/><w:listEntry w:val=\"B\"/></w:ddList></w:ffData>",
            ))
            + &p(&bare("SYMBOL 252 \\f Wingdings", ""));
        assert_eq!(lines(&super::body(body)), ["ab", "☒ đạt", "B", "✓"]);
    }

    #[test]
    fn a_field_that_never_ends_swallows_no_text() {
        let body = p(&(r("Trước")
            + "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> REF x </w:instrText></w:r>"))
            + &p(&r("Sau"));
        let document = super::body(body);
        assert_eq!(lines(&document), ["Trước", "Sau"]);
        assert_eq!(document.notices[0].code, "IN102");
    }

    #[test]
    fn foreign_files_are_not_followed() {
        let body = p(&field("INCLUDETEXT \"\\\\\\\\srv\\\\x.docx\"", &r("đã lưu")))
            + &p(&field("DDEAUTO cmd", &r("kết quả")))
            + "<w:altChunk r:id=\"rId9\"/>";
        let document = super::body(body);
        assert_eq!(lines(&document), ["đã lưu", "kết quả"]);
        assert_eq!(document.notices[0].code, "IN101");
    }
}

mod notes {
    use super::*;

    #[test]
    fn notes_headers_footers_and_comments_follow_the_body() {
        let body = p(&(r("Điều 5")
            + "<w:r><w:footnoteReference w:id=\"7\"/></w:r>"
            + &r(" quy định")
            + "<w:r><w:footnoteReference w:id=\"3\"/><w:endnoteReference w:id=\"2\"/></w:r>"))
            + "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId2\"/><w:footerReference w:type=\"default\" r:id=\"rId3\"/><w:headerReference w:type=\"even\" r:id=\"rId2\"/></w:sectPr>";
        let note = |id: u32, text: &str| {
            format!(
                "<w:footnote w:id=\"{id}\">{}</w:footnote>",
                p(&("<w:r><w:footnoteRef/></w:r>".to_owned() + &r(text)))
            )
        };
        let separator =
            "<w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>";
        let document = read(
            &Docx::new(body)
                .part(
                    "footnotes",
                    "footnotes",
                    &(separator.to_owned() + &note(3, " hai") + &note(7, " một") + &note(9, " không dẫn tới")),
                )
                .part("endnotes", "endnotes", &format!("<w:endnote w:id=\"2\">{}</w:endnote>", p(&r("cuối"))))
                .part("header", "hdr", &p(&r("Đầu trang")))
                .part("footer", "ftr", &p(&(r("Trang ") + &field("PAGE", &r("1")))))
                .part(
                    "comments",
                    "comments",
                    &format!("<w:comment w:id=\"2147483648\">{}</w:comment>", p(&r("Xem lại"))),
                ),
        );
        assert_eq!(
            lines(&document),
            ["Điều 5 quy định", "", "1 một", "2 hai", "i cuối", "", "Đầu trang", "", "Trang", "", "Xem lại"]
        );
        assert_eq!(block(&document, "hai").part, Part::Note);
        assert_eq!(block(&document, "Đầu trang").part, Part::Header);
        assert_eq!(block(&document, "Trang").part, Part::Footer);
        assert_eq!(block(&document, "Xem lại").part, Part::Comment);
        assert!(document.blocks.iter().zip(0..).all(|(block, id)| block.id == id));
    }
}

mod wrappers {
    use super::*;

    #[test]
    fn controls_links_and_tags_are_looked_through() {
        let body = format!(
            "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
            p(&format!(
                "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt><w:hyperlink r:id=\"x\">{}</w:hyperlink><w:smartTag w:element=\"date\"><w:customXml>{}</w:customXml></w:smartTag>",
                r("a "),
                r("b "),
                r("ngày 20/9/2022")
            ))
        );
        assert_eq!(lines(&super::body(body)), ["a b ngày 20/9/2022"]);
    }

    #[test]
    fn the_prompt_of_an_empty_control_is_not_text() {
        let prompt = format!(
            "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
            r("Bấm vào đây để nhập")
        );
        assert_eq!(lines(&body(p(&(r("Họ tên: ") + &prompt)))), ["Họ tên:"]);
    }
}
