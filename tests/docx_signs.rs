//! Signs, fonts and packages of Word documents: every character comes through, whatever carries it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use support::docx::{Docx, p, pp, r, rp};
use thidua::guard::Limits;
use thidua::model::{Document, InputError};
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

fn lines(document: &Document) -> Vec<String> {
    text::render(document).lines().map(str::to_owned).collect()
}

mod signs {
    use super::*;

    #[test]
    fn marks_are_text() {
        let body = p(
            "<w:r><w:t>05</w:t><w:noBreakHyphen/><w:t>CT/TW</w:t><w:tab/><w:t>a</w:t><w:br/><w:t>b</w:t><w:cr/><w:t>c</w:t></w:r>",
        ) + &p("<w:r><w:t>thi </w:t><w:t>đ</w:t><w:softHyphen/><w:t>ua</w:t></w:r>");
        let document = super::body(body);
        assert_eq!(document.blocks[0].text, "05-CT/TW\ta\nb\nc");
        assert_eq!(document.blocks[1].text, "thi đua");
    }

    #[test]
    fn references_stand_inside_words() {
        let document =
            body(p(&(r("A &amp; B &lt;x&gt; th&#x1B0;ở&#110;g") + "<w:r><w:t><![CDATA[ & C]]></w:t></w:r>")));
        assert_eq!(document.blocks[0].text, "A & B <x> thưởng & C");
    }

    #[test]
    fn blanks_are_plain_and_invisible_characters_gone() {
        let document = body(p(&r("\u{A0}Điều\u{A0}5\u{200B} thi\u{AD} đua\u{2003}x\u{FEFF}")));
        assert_eq!(document.blocks[0].text, "Điều 5 thi đua x");
    }

    #[test]
    fn letters_are_composed_even_over_runs() {
        let document = body(p(&(r("Hô") + &r("\u{323}i Phu") + &r("\u{323} nữ"))));
        assert_eq!(document.blocks[0].text, "Hội Phụ nữ");
    }

    #[test]
    fn signs_of_symbol_fonts_are_named() {
        let sym = |font: &str, code: &str| format!("<w:r><w:sym w:font=\"{font}\" w:char=\"{code}\"/></w:r>");
        let body = p(&(sym("Wingdings", "F0FE") + &r(" đạt ") + &sym("Symbol", "F0B3") + &r(" 85%")))
            + &p(&rp("<w:rFonts w:ascii=\"Symbol\" w:hAnsi=\"Symbol\"/>", "\u{F0B7}"))
            + &p(&rp("<w:rFonts w:ascii=\"Wingdings\" w:hAnsi=\"Wingdings\"/>", "ü"))
            + &p(&sym("Webdings", "F061"));
        let document = super::body(body);
        assert_eq!(lines(&document), ["☑ đạt ≥ 85%", "•", "✓", "\u{FFFD}"]);
        assert_eq!(document.notices[0].code, "IN103");
    }

    #[test]
    fn words_over_many_runs_stay_whole() {
        let noise = "<w:proofErr w:type=\"spellStart\"/><w:bookmarkStart w:id=\"0\" w:name=\"x\"/>";
        let body = p(&(r("ph") + noise + &r("ong") + &r(" tr") + "<w:bookmarkEnd w:id=\"0\"/>" + &r("ào")));
        assert_eq!(super::body(body).blocks[0].text, "phong trào");
    }

    #[test]
    fn formulas_keep_their_text() {
        let math = "<m:oMathPara><m:oMath><m:r><m:t>x=</m:t></m:r><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath></m:oMathPara>";
        assert_eq!(body(p(&(r("Tính ") + math))).blocks[0].text, "Tính x=1/2");
    }
}

mod legacy_fonts {
    use super::*;

    fn font(name: &str) -> String {
        format!("<w:rFonts w:ascii=\"{name}\" w:hAnsi=\"{name}\"/>")
    }

    #[test]
    fn fonts_older_than_unicode_are_decoded() {
        let tcvn = font(".VnTime");
        let body = p(&(rp(&tcvn, "Thi ®ua - khen th")
            + &format!("<w:r><w:rPr>{tcvn}</w:rPr><w:softHyphen/><w:t>ëng</w:t></w:r>")
            + &r(" năm 2008")))
            + &p(&rp(&font(".VnTimeH"), "héi liªn hiÖp phô n÷"))
            + &p(&(rp(&font("VNI-Times"), "Hoä") + &rp(&font("VNI-Times"), "i Phuï nöõ")))
            + &p(&rp(&tcvn, "đã là Unicode: thưởng"));
        let document = super::body(body);
        assert_eq!(
            lines(&document),
            ["Thi đua - khen thưởng năm 2008", "HỘI LIÊN HIỆP PHỤ NỮ", "Hội Phụ nữ", "đã là Unicode: thưởng"]
        );
        assert!(document.notices.iter().any(|notice| notice.code == "IN104"));
    }

    #[test]
    fn a_paragraph_in_two_old_encodings_names_both() {
        let runs = rp(&font(".VnTime"), "Phong trµo thi ®ua cña ") + &rp(&font("VNI-Times"), "Hoäi Phuï nöõ");
        let document = super::body(p(&runs));
        assert_eq!(lines(&document), ["Phong trào thi đua của Hội Phụ nữ"]);
        assert_eq!(document.source.encoding, "tcvn3+vni");
        let named = document.notices.iter().filter_map(|notice| notice.args.get("encoding"));
        assert_eq!(named.collect::<Vec<_>>(), ["TCVN3", "VNI"]);
    }

    #[test]
    fn the_font_may_come_from_a_style_or_the_defaults() {
        let styles = format!(
            "<w:docDefaults><w:rPrDefault><w:rPr>{}</w:rPr></w:rPrDefault></w:docDefaults><w:style w:type=\"paragraph\" w:styleId=\"U\"><w:rPr>{}</w:rPr></w:style>",
            font(".VnTime"),
            font("Arial")
        );
        let document = read(&Docx::new(p(&r("KÕ ho¹ch")) + &pp("<w:pStyle w:val=\"U\"/>", &r("ö"))).styles(&styles));
        assert_eq!(lines(&document), ["Kế hoạch", "ö"]);
    }

    #[test]
    fn the_font_may_come_from_the_theme() {
        let theme = "<w:themeElements><w:clrScheme/><w:fontScheme><w:majorFont><w:latin typeface=\".VnTimeH\"/></w:majorFont>\
            <w:minorFont><w:latin typeface=\".VnTime\"/></w:minorFont></w:fontScheme></w:themeElements>";
        let styles = "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme=\"minorHAnsi\" w:hAnsiTheme=\"minorHAnsi\"/></w:rPr></w:rPrDefault></w:docDefaults>";
        let major =
            "<w:rFonts w:ascii=\"Arial\" w:asciiTheme=\"majorHAnsi\" w:hAnsi=\"Arial\" w:hAnsiTheme=\"majorHAnsi\"/>";
        let body = p(&(r("xuÊt s¾c ") + &rp(major, "héi") + &rp(&font("Arial"), " và")));
        let document = read(&Docx::new(body).styles(styles).part("theme", "theme", theme));
        assert_eq!(lines(&document), ["xuất sắc HỘI và"]);
    }
}

mod packages {
    use super::*;
    use support::docx::WORD;
    use support::zip::{self, Entry};

    fn bare(main: &str) -> Vec<Entry> {
        vec![Entry::new("word/document.xml", main)]
    }

    #[test]
    fn strict_documents_with_another_prefix_are_read() {
        let strict = "http://purl.oclc.org/ooxml/wordprocessingml/main";
        let main = format!(
            "<x:document xmlns:x=\"{strict}\"><x:body><x:p><x:r><x:t>Chặt</x:t></x:r></x:p></x:body></x:document>"
        );
        let relations = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"a\" Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument\" Target=\"/khac/than.xml\"/></Relationships>";
        let bytes = zip::build(&[Entry::new("_rels/.rels", relations), Entry::new("khac/than.xml", main)]);
        assert_eq!(lines(&try_read(&bytes).unwrap()), ["Chặt"]);
        let default = format!("<document xmlns=\"{WORD}\"><body><p><r><t>Không tiền tố</t></r></p></body></document>");
        assert_eq!(lines(&try_read(&zip::build(&bare(&default))).unwrap()), ["Không tiền tố"]);
    }

    #[test]
    fn parts_may_be_wide_streamed_and_missing() {
        let main = Docx::new(p(&r("Rộng ạ"))).document().replace("UTF-8", "UTF-16");
        let wide: Vec<u8> = format!("\u{FEFF}{main}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        let entry = Entry { streamed: true, ..Entry::new("word/document.xml", wide) };
        assert_eq!(lines(&try_read(&zip::build(&[entry])).unwrap()), ["Rộng ạ"]);
    }

    #[test]
    fn a_relationship_to_nowhere_is_tolerated_for_optional_parts() {
        let mut entries = Docx::new(p(&r("x"))).styles("").numbering("").entries();
        entries.retain(|entry| !entry.name.contains("styles") && !entry.name.contains("numbering"));
        assert_eq!(lines(&try_read(&zip::build(&entries)).unwrap()), ["x"]);
    }

    #[test]
    fn other_packages_are_named() {
        let workbook = "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"/>";
        let relations = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"a\" Type=\"x/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
        let bytes = zip::build(&[Entry::new("_rels/.rels", relations), Entry::new("xl/workbook.xml", workbook)]);
        let refused = try_read(&bytes);
        assert!(!matches!(refused, Ok(_) | Err(InputError::Internal { .. })), "a workbook without sheets: {refused:?}");
        for kind in ["text", "presentation"] {
            let bytes = zip::build(&[Entry::new("mimetype", format!("application/vnd.oasis.opendocument.{kind}"))]);
            let refused = try_read(&bytes);
            assert!(matches!(refused, Err(InputError::Unsupported { .. })), "{kind} without content: {refused:?}");
        }
    }

    #[test]
    fn an_early_end_is_an_error_not_a_shorter_document() {
        let whole = Docx::new(p(&r("một")) + &p(&r("hai"))).document();
        for cut in (whole.find("<w:body>").unwrap()..whole.len()).step_by(3) {
            let Some(part) = whole.get(..cut) else { continue };
            assert!(matches!(try_read(&zip::build(&bare(part))), Err(InputError::Malformed { .. })), "cut at {cut}");
        }
    }

    #[test]
    fn a_document_without_text_is_empty() {
        assert!(matches!(try_read(&Docx::new("<w:p/>").build()), Err(InputError::Empty)));
    }
}
