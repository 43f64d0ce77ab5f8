//! Copies with notes: every comment stands at its words, and without the comments the copy is the original.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::disallowed_methods, reason = "a test prepares its own folder")]

mod support;

use proptest::prelude::*;
use std::collections::BTreeMap;
use support::docx::Docx;
use support::shown::{part, plain, shown};
use support::zip;
use thidua::Engine;
use thidua::guard::Limits;
use thidua::model::{Document, Fix, Look, Part, Span};
use thidua::pack::{Lang, Texts};
use thidua::report::annotate::{self, Anchor, Annotated, Coordinates, How, Mode, Note};

// --- Making notes ---

fn with_how<T>(mode: Mode, coordinates: Coordinates, test: impl FnOnce(&How) -> T) -> T {
    let texts = Texts::builtin(Lang::Vi);
    let limits = Limits::default();
    let date = Some(jiff::civil::date(2026, 1, 5).at(8, 0, 0, 0));
    test(&How { mode, coordinates, author: "Ban Thi đua", initials: "TĐ", date, texts: &texts, limits: &limits })
}

fn annotated(bytes: &[u8], notes: &[Note], mode: Mode) -> Annotated {
    with_how(mode, Coordinates::AsRead, |how| annotate::annotate(bytes, notes, how).expect("a copy"))
}

fn read(bytes: &[u8]) -> Document {
    Engine::new().unwrap().read("x.docx", bytes).expect("a document")
}

/// A note on the first place where words stand in a document.
fn on(document: &Document, words: &str) -> Note {
    let (block, at) = document.blocks.iter().find_map(|block| Some((block, block.text.find(words)?))).expect(words);
    let start = block.text[..at].chars().count() as u32;
    let span = Span { block: block.id, start, end: start + words.chars().count() as u32 };
    Note::on(span, words, vec![format!("về {words}")])
}

fn replaced(document: &Document, words: &str, with: &str) -> Note {
    let mut note = on(document, words);
    note.fix = Some(Fix::Replace { span: note.span.unwrap(), with: with.to_owned() });
    note
}

fn docx(body: &str) -> Vec<u8> {
    Docx::new(body).build()
}

fn r(properties: &str, content: &str) -> String {
    format!("<w:r><w:rPr>{properties}</w:rPr>{content}</w:r>")
}

fn t(text: &str) -> String {
    format!("<w:t xml:space=\"preserve\">{text}</w:t>")
}

#[test]
fn a_comment_stands_at_its_words_over_several_runs() {
    let body = format!(
        "<w:p><w:pPr><w:jc w:val=\"both\"/></w:pPr>{}{}<w:proofErr w:type=\"spellStart\"/>{}</w:p>",
        r("<w:b/>", &t("Căn cứ Lu")),
        r("<w:i/>", &t("ật Thi đua, ")),
        r("", &t("khen thưởng &amp; các văn bản")),
    );
    let bytes = docx(&body);
    let document = read(&bytes);
    let notes =
        [on(&document, "Luật Thi đua"), on(&document, "đua, khen"), on(&document, "&"), on(&document, "văn bản")];
    let copy = annotated(&bytes, &notes, Mode::Comment);
    assert!(copy.placed.iter().all(|placed| placed.anchor == Anchor::Words));
    let (before, after) = (shown(&part(&bytes, "word/document.xml")), shown(&part(&copy.bytes, "word/document.xml")));
    assert_eq!(before.characters, after.characters);
    let words: Vec<&str> = after.comments.values().map(String::as_str).collect();
    assert_eq!(words, ["Luật Thi đua", "đua, khen", "&", "văn bản"]);
    let comments = part(&copy.bytes, "word/comments.xml");
    assert!(comments.contains("w:author=\"Ban Thi đua\" w:date=\"2026-01-05T08:00:00Z\" w:initials=\"TĐ\""));
    assert!(part(&copy.bytes, "[Content_Types].xml").contains("/word/comments.xml"));
    assert_eq!(read(&copy.bytes).blocks[0], document.blocks[0]);
}

#[test]
fn comments_that_are_there_stay_and_ids_go_on() {
    let body = "<w:p><w:commentRangeStart w:id=\"7\"/><w:r><w:t>Đề nghị khen thưởng</w:t></w:r><w:commentRangeEnd w:id=\"7\"/>\
                <w:r><w:commentReference w:id=\"7\"/></w:r></w:p>";
    let known = "<w:comment w:id=\"7\" w:author=\"A\"><w:p><w:r><w:t>cũ</w:t></w:r></w:p></w:comment>";
    let bytes = Docx::new(body).part("comments", "comments", known).build();
    let document = read(&bytes);
    let copy = annotated(&bytes, &[on(&document, "nghị khen")], Mode::Comment);
    let after = shown(&part(&copy.bytes, "word/document.xml"));
    assert_eq!(after.comments, BTreeMap::from([(7, "Đề nghị khen thưởng".into()), (8, "nghị khen".into())]));
    assert_eq!(after.references, [8, 7]);
    let comments = part(&copy.bytes, "word/comments0.xml");
    assert!(comments.contains(known) && comments.contains("w:id=\"8\""));
    assert_eq!(part(&copy.bytes, "[Content_Types].xml"), part(&bytes, "[Content_Types].xml"));
}

#[test]
fn ids_stay_within_what_word_accepts() {
    let known = "<w:comment w:id=\"2147483647\"/><w:comment w:id=\"0\"/><w:comment w:id=\"x\"/>";
    let bytes =
        Docx::new("<w:p><w:r><w:t>Đề nghị khen thưởng</w:t></w:r></w:p>").part("comments", "comments", known).build();
    let document = read(&bytes);
    let copy = annotated(&bytes, &[on(&document, "Đề nghị"), on(&document, "khen")], Mode::Comment);
    let comments = shown(&part(&copy.bytes, "word/document.xml")).comments;
    assert_eq!(comments, BTreeMap::from([(1, "Đề nghị".into()), (2, "khen".into())]));
    let texts = Texts::builtin(Lang::Vi);
    let limits = Limits::default();
    let how = How {
        mode: Mode::Comment,
        coordinates: Coordinates::AsRead,
        author: "a & <b> \"c\"",
        initials: "<",
        date: None,
        texts: &texts,
        limits: &limits,
    };
    let copy = annotate::annotate(&bytes, &[on(&document, "khen")], &how).expect("a copy");
    let comments = part(&copy.bytes, "word/comments0.xml");
    assert!(comments.contains("w:author=\"a &amp; &lt;b&gt; &quot;c&quot;\""), "{comments}");
    assert!(comments.contains("w:initials=\"&lt;\""), "{comments}");
}

#[test]
fn where_word_allows_no_comment_it_hangs_nearby_and_says_so() {
    let text_box = "<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>DỰ THẢO lần hai</w:t></w:r></w:p>\
                    </w:txbxContent></v:textbox></v:shape></w:pict></w:r>";
    let body = format!(
        "<w:p>{text_box}<w:r><w:t>Nội dung chính</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>\
         <w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId1\"/></w:sectPr>"
    );
    let bytes = Docx::new(body)
        .part(
            "footnotes",
            "footnotes",
            "<w:footnote w:id=\"2\"><w:p><w:r><w:t>Ghi chú dưới trang</w:t></w:r></w:p></w:footnote>",
        )
        .part("header", "hdr", "<w:p><w:r><w:t>Đầu trang đây</w:t></w:r></w:p>")
        .build();
    let document = read(&bytes);
    let parts: Vec<Part> = document.blocks.iter().map(|block| block.part).collect();
    assert_eq!(parts, [Part::Body, Part::TextBox, Part::Note, Part::Header]);
    let notes =
        [on(&document, "lần hai"), on(&document, "dưới trang"), on(&document, "Đầu trang"), on(&document, "chính")];
    let copy = annotated(&bytes, &notes, Mode::Comment);
    let anchors: Vec<Anchor> = copy.placed.iter().map(|placed| placed.anchor).collect();
    assert_eq!(anchors, [Anchor::Near, Anchor::Near, Anchor::Near, Anchor::Words]);
    let comments = part(&copy.bytes, "word/comments.xml");
    assert!(comments.contains("Về khung chữ: “lần hai”") && comments.contains("Về chú thích: “dưới trang”"));
    assert!(comments.contains("Về đầu trang: “Đầu trang”"));
    let (before, after) = (shown(&part(&bytes, "word/document.xml")), shown(&part(&copy.bytes, "word/document.xml")));
    assert_eq!(before.characters, after.characters);
    assert_eq!(after.comments[&3], "chính");
    for name in ["word/footnotes0.xml", "word/header1.xml"] {
        assert_eq!(part(&copy.bytes, name), part(&bytes, name));
    }
}

#[test]
fn a_note_whose_words_do_not_stand_there_hangs_on_the_paragraph() {
    let bytes = docx("<w:p><w:pPr/><w:r><w:t>Một</w:t></w:r></w:p><w:p><w:r><w:t>Hai</w:t></w:r></w:p>");
    let span = Span { block: 1, start: 0, end: 3 };
    let far = Span { block: 9, start: 0, end: 3 };
    let whole = Note { span: None, quotation: String::new(), paragraphs: vec!["chung".into()], fix: None };
    let notes = [Note::on(span, "Ba", vec!["x".into()]), Note::on(far, "Ba", vec!["y".into()]), whole];
    let copy = annotated(&bytes, &notes, Mode::Comment);
    let anchors: Vec<Anchor> = copy.placed.iter().map(|placed| placed.anchor).collect();
    assert_eq!(anchors, [Anchor::Near, Anchor::Near, Anchor::Words]);
    let after = shown(&part(&copy.bytes, "word/document.xml"));
    assert_eq!(after.comments, BTreeMap::from([(0, "Hai".into()), (1, String::new()), (2, String::new())]));
}

#[test]
fn corrections_are_tracked_or_made_with_the_formatting_kept() {
    let body = format!(
        "<w:p>{}{}</w:p><w:p><w:ins w:id=\"4\" w:author=\"B\">{}</w:ins></w:p>",
        r("<w:b/>", &t("ngày 5 tháng ")),
        r("<w:i/>", "<w:t>2 năm 2025</w:t><w:tab/><w:t>Hà nội</w:t>"),
        r("", &t("do người khác thêm")),
    );
    let bytes = docx(&body);
    let document = read(&bytes);
    let notes = [
        replaced(&document, "5", "05"),
        replaced(&document, "tháng 2", "tháng 02"),
        replaced(&document, "Hà nội", "Hà Nội"),
        replaced(&document, "khác", "khác nữa"),
        replaced(&document, "tháng", "THÁNG"),
    ];
    let suggested = annotated(&bytes, &notes, Mode::Suggest);
    let fixed: Vec<bool> = suggested.placed.iter().map(|placed| placed.fixed).collect();
    assert_eq!(fixed, [true, true, true, false, false], "not in another's insertion, not over another correction");
    let text = |bytes: &[u8]| {
        read(bytes).blocks.iter().filter(|b| b.part == Part::Body).map(|b| b.text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(text(&suggested.bytes), ["ngày 05 tháng 02 năm 2025\tHà Nội", "do người khác thêm"]);
    let xml = part(&suggested.bytes, "word/document.xml");
    assert!(xml.contains("<w:delText xml:space=\"preserve\">Hà nội</w:delText>"), "{xml}");
    assert!(xml.contains("<w:rPr><w:b/></w:rPr><w:delText xml:space=\"preserve\">5</w:delText>"), "{xml}");

    let applied = annotated(&bytes, &notes, Mode::Apply);
    assert_eq!(text(&applied.bytes), ["ngày 05 tháng 02 năm 2025\tHà Nội", "do người khác nữa thêm"]);
    let xml = part(&applied.bytes, "word/document.xml");
    assert!(!xml.contains("w:del") && !xml.contains("comment"), "{xml}");
    assert!(xml.contains("<w:r><w:rPr><w:i/></w:rPr><w:t xml:space=\"preserve\">Hà Nội</w:t></w:r>"), "{xml}");
}

#[test]
fn looks_are_set_beside_those_that_are_there() {
    let body = "<w:p><w:pPr><w:pStyle w:val=\"A\"/><w:ind w:left=\"10\" w:hanging=\"20\"/><w:rPr><w:b/></w:rPr></w:pPr>\
                <w:r><w:rPr><w:rFonts w:asciiTheme=\"minor\"/><w:color w:val=\"FF0000\"/></w:rPr><w:t>Hà nội</w:t></w:r></w:p>\
                <w:p><w:r><w:t>Hai</w:t></w:r></w:p><w:sectPr><w:pgSz w:w=\"1\"/><w:pgMar w:top=\"5\" w:gutter=\"0\"/></w:sectPr>";
    let bytes = docx(body);
    let document = read(&bytes);
    let look = |blocks: &[u32], look: Look| Note {
        span: None,
        quotation: String::new(),
        paragraphs: Vec::new(),
        fix: Some(Fix::Layout { blocks: blocks.to_vec(), look }),
    };
    let notes = [
        look(&[], Look::Margins { top: Some(1134), bottom: None, left: Some(1701), right: None }),
        look(&[0], Look::FirstLine { twips: 567 }),
        look(&[0, 1], Look::Justify),
        look(&[0], Look::Font { family: "Times New Roman".into() }),
        look(&[0, 1], Look::Size { half_points: 28 }),
        look(&[0], Look::Bold { on: true }),
        replaced(&document, "nội", "Nội"),
    ];
    let copy = annotated(&bytes, &notes, Mode::Apply);
    assert!(copy.placed.iter().all(|placed| placed.fixed), "{:?}", copy.placed);
    let xml = part(&copy.bytes, "word/document.xml");
    assert!(xml.contains("<w:pgMar w:gutter=\"0\" w:left=\"1701\" w:top=\"1134\"/>"), "{xml}");
    assert!(
        xml.contains(
            "<w:pPr><w:pStyle w:val=\"A\"/><w:ind w:left=\"10\" w:firstLine=\"567\"/><w:jc w:val=\"both\"/><w:rPr>"
        ),
        "{xml}"
    );
    assert!(
        xml.contains(
            "<w:p><w:pPr><w:jc w:val=\"both\"/></w:pPr><w:r><w:rPr><w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/></w:rPr>"
        ),
        "{xml}"
    );
    let run = "<w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:cs=\"Times New Roman\" w:eastAsia=\"Times New Roman\" \
               w:hAnsi=\"Times New Roman\"/><w:b/><w:color w:val=\"FF0000\"/><w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/></w:rPr>";
    assert_eq!(xml.matches(run).count(), 2, "both pieces of the run: {xml}");
    assert_eq!(read(&copy.bytes).blocks[0].text, "Hà Nội");
}

#[test]
fn a_page_number_and_a_rule_are_added() {
    let bytes = docx(
        "<w:p><w:r><w:t>Độc lập</w:t></w:r></w:p><w:sectPr><w:pgSz w:w=\"1\"/><w:pgMar w:top=\"5\"/><w:cols/></w:sectPr>",
    );
    let look = |blocks: &[u32], look: Look| Note {
        span: None,
        quotation: String::new(),
        paragraphs: Vec::new(),
        fix: Some(Fix::Layout { blocks: blocks.to_vec(), look }),
    };
    let margins = Look::Margins { top: Some(1134), bottom: None, left: None, right: None };
    let notes = [look(&[], Look::PageNumber), look(&[0], Look::Rule), look(&[], margins)];
    let copy = annotated(&bytes, &notes, Mode::Apply);
    assert!(copy.placed.iter().all(|placed| placed.fixed), "{:?}", copy.placed);
    let xml = part(&copy.bytes, "word/document.xml");
    let section = "w:type=\"default\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"/>\
                   <w:pgSz w:w=\"1\"/><w:pgMar w:top=\"1134\"/><w:cols/><w:titlePg/></w:sectPr>";
    assert!(xml.contains(section), "{xml}");
    assert!(xml.contains("<w:p><w:pPr><w:pBdr><w:bottom w:val=\"single\""), "{xml}");
    assert!(part(&copy.bytes, "word/_rels/document.xml.rels").contains("Id=\"rIdSoTrang\""));
    assert!(part(&copy.bytes, "word/headerSoTrang.xml").contains(" PAGE "));
    assert!(part(&copy.bytes, "[Content_Types].xml").contains("/word/headerSoTrang.xml"));
    let again = annotated(&copy.bytes, &notes[..1], Mode::Apply);
    assert!(!again.placed[0].fixed, "there is a header now");
}

#[test]
fn a_paragraph_is_taken_out_unless_it_is_needed() {
    let bytes = docx(
        "<w:p><w:r><w:t>Một</w:t></w:r></w:p><w:p><w:r><w:t>MERGEFIELD</w:t></w:r></w:p>\
         <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Ô</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/>",
    );
    let remove = |block| Note {
        span: None,
        quotation: String::new(),
        paragraphs: Vec::new(),
        fix: Some(Fix::RemoveBlock { block }),
    };
    let copy = annotated(&bytes, &[remove(1), remove(2)], Mode::Apply);
    let xml = part(&copy.bytes, "word/document.xml");
    assert!(xml.contains("Một</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p></w:p></w:tc>"), "{xml}");
}

#[test]
fn a_signed_document_is_told_apart() {
    let word = Docx::new("<w:p><w:r><w:t>KẾ HOẠCH</w:t></w:r></w:p>");
    let is_signed = |entries: &[zip::Entry]| {
        let bytes = zip::build(entries);
        annotated(&bytes, &[on(&read(&bytes), "KẾ HOẠCH")], Mode::Comment).is_signed
    };
    let mut entries = word.entries();
    assert!(!is_signed(&entries));
    entries.push(zip::Entry::new("_xmlsignatures/sig1.xml", "<Signature/>"));
    assert!(is_signed(&entries));
}

#[test]
fn a_text_becomes_a_word_document_with_comments() {
    let engine = Engine::new().unwrap();
    let text = "I. ĐẶC ĐIỂM\n1. Họ & tên:\tNguyễn Thị A\n\nĐạt 5% < 10%\n";
    let document = engine.extract(engine.read("x.txt", text.as_bytes()).unwrap(), &Default::default()).document;
    let notes = [on(&document, "Nguyễn Thị"), on(&document, "& tên"), on(&document, "< 10"), on(&document, "ĐẶC ĐIỂM")];
    let copy = with_how(Mode::Comment, Coordinates::Settled, |how| annotate::plain(&document, &notes, how).unwrap());
    let after = shown(&part(&copy.bytes, "word/document.xml"));
    let words: Vec<&str> = after.comments.values().map(String::as_str).collect();
    assert_eq!(words, ["Nguyễn Thị", "& tên", "< 10", "ĐẶC ĐIỂM"]);
    let again = engine.extract(engine.read("x.docx", &copy.bytes).unwrap(), &Default::default()).document;
    let texts = |document: &Document| -> Vec<_> {
        let body = document.blocks.iter().filter(|block| block.part == Part::Body);
        body.map(|block| (block.label.clone(), block.text.clone())).collect()
    };
    assert_eq!(texts(&again), texts(&document));
}

// --- Any document ---

fn piece() -> impl Strategy<Value = String> {
    let words = prop_oneof![
        Just("Hội Liên hiệp Phụ nữ"),
        Just("khen thưởng "),
        Just("Ho\u{323}\u{302}i vie\u{302}n"),
        Just(" a &amp; b "),
        Just("&#x1EA1;b&lt;c"),
        Just("ba\u{A0}\u{A0}bốn"),
        Just("từ\u{AD}ng phần\u{200B} "),
        Just("<![CDATA[x < y & z]]>"),
        Just("  hai blanks  "),
        Just("1. Mục một"),
        Just("a) ý a"),
        Just("**đậm** "),
        Just("Ｆull"),
    ];
    let properties = prop_oneof![
        Just(""),
        Just("<w:b/>"),
        Just("<w:i/><w:sz w:val=\"26\"/>"),
        Just("<w:caps/>"),
        Just("<w:vanish/>")
    ];
    let content = prop_oneof![
        6 => words.clone().prop_map(t),
        1 => words.clone().prop_map(|words| format!("<w:t>{words}</w:t>")),
        1 => Just("<w:tab/>".to_owned()),
        1 => Just("<w:br/>".to_owned()),
        1 => Just("<w:noBreakHyphen/>".to_owned()),
        1 => Just("<w:softHyphen/>".to_owned()),
        1 => words.prop_map(|words| format!("{}<w:br/>{}<w:lastRenderedPageBreak/>", t(words), t(words))),
    ];
    let run = (properties, content).prop_map(|(properties, content)| {
        if properties.is_empty() { format!("<w:r>{content}</w:r>") } else { r(properties, &content) }
    });
    (run, 0..14_u32).prop_map(|(run, kind)| match kind {
        0 => format!("<w:ins w:id=\"1\" w:author=\"A\">{run}</w:ins>"),
        1 => "<w:del w:id=\"2\" w:author=\"A\"><w:r><w:delText>đã xóa</w:delText></w:r></w:del>".to_owned(),
        2 => format!("<w:hyperlink w:anchor=\"x\">{run}{run}</w:hyperlink>"),
        3 => format!("<w:sdt><w:sdtPr/><w:sdtContent>{run}</w:sdtContent></w:sdt>"),
        4 => format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> DATE </w:instrText></w:r>\
             <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{run}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        ),
        5 => format!("<w:bookmarkStart w:id=\"9\" w:name=\"n\"/>{run}<w:bookmarkEnd w:id=\"9\"/>"),
        6 => format!("<w:fldSimple w:instr=\" TITLE \">{run}</w:fldSimple>"),
        7 => format!("<w:smartTag w:element=\"x\">{run}</w:smartTag>"),
        8 => r("", &t("vie")) + &r("<w:b/>", &t("\u{323}\u{302}t")),
        _ => run,
    })
}

fn paragraph() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(piece(), 0..6).prop_map(|pieces| pieces.concat());
    (pieces, 0..8_u32).prop_map(|(pieces, kind)| match kind {
        0 => format!("<w:p><w:pPr><w:rPr><w:del w:id=\"3\" w:author=\"A\"/></w:rPr></w:pPr>{pieces}</w:p>"),
        1 => format!("<w:tbl><w:tr><w:tc><w:p>{pieces}</w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl><w:p/>"),
        _ => format!("<w:p>{pieces}</w:p>"),
    })
}

/// Spans of a document from pairs of numbers.
fn chosen(document: &Document, seeds: &[(u32, u32, u32)]) -> Vec<Note> {
    let body: Vec<_> = document.blocks.iter().filter(|block| !block.text.is_empty()).collect();
    let note = |(block, start, len): &(u32, u32, u32)| {
        let block = body.get(*block as usize % body.len().max(1))?;
        let count = block.text.chars().count() as u32;
        let start = start % count;
        let end = (start + 1 + len % 12).min(count);
        let span = Span { block: block.id, start, end };
        Some(Note::on(span, document.slice(span)?, vec!["nhận xét".into()]))
    };
    seeds.iter().filter_map(note).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn every_comment_stands_at_its_words_and_nothing_else_changes(
        paragraphs in prop::collection::vec(paragraph(), 1..4),
        seeds in prop::collection::vec((any::<u32>(), any::<u32>(), any::<u32>()), 1..6),
        is_settled in any::<bool>(),
    ) {
        let bytes = docx(&paragraphs.concat());
        let engine = Engine::new().unwrap();
        let Ok(document) = engine.read("x.docx", &bytes) else { return Ok(()) };
        let document = if is_settled { engine.extract(document, &Default::default()).document } else { document };
        let coordinates = if is_settled { Coordinates::Settled } else { Coordinates::AsRead };
        let notes = chosen(&document, &seeds);
        let copy = with_how(Mode::Comment, coordinates, |how| annotate::annotate(&bytes, &notes, how).unwrap());
        let before = shown(&part(&bytes, "word/document.xml"));
        let after = shown(&part(&copy.bytes, "word/document.xml"));
        prop_assert_eq!(&before.characters, &after.characters);
        for (id, (note, placed)) in notes.iter().zip(&copy.placed).enumerate() {
            let blank = note.quotation.trim().is_empty();
            prop_assert!(placed.anchor == Anchor::Words || blank, "{:?} {:?}", note, placed);
            let found = plain(&after.comments[&(id as i64)]).to_lowercase();
            let wanted = plain(&note.quotation).to_lowercase();
            prop_assert!(found == wanted || blank, "{:?} is not {:?}", found, wanted);
        }
        prop_assert!(engine.read("x.docx", &copy.bytes).is_ok());
    }

    #[test]
    fn a_correction_changes_its_words_and_nothing_else(
        paragraphs in prop::collection::vec(paragraph(), 1..3),
        seed in (any::<u32>(), any::<u32>(), any::<u32>()),
        mode in prop_oneof![Just(Mode::Suggest), Just(Mode::Apply)],
    ) {
        let bytes = docx(&paragraphs.concat());
        let Ok(document) = Engine::new().unwrap().read("x.docx", &bytes) else { return Ok(()) };
        let Some(mut note) = chosen(&document, &[seed]).pop() else { return Ok(()) };
        let span = note.span.unwrap();
        note.fix = Some(Fix::Replace { span, with: "Zz & q".to_owned() });
        let copy = annotated(&bytes, &[note], mode);
        let texts = |document: &Document| -> Vec<String> {
            document.blocks.iter().filter(|block| block.part == Part::Body).map(|block| plain(&block.text)).collect()
        };
        let mut wanted = document.clone();
        if copy.placed[0].fixed {
            let block = &mut wanted.blocks[span.block as usize];
            let chars: Vec<char> = block.text.chars().collect();
            let (before, after) = (&chars[..span.start as usize], &chars[span.end as usize..]);
            block.text = before.iter().chain(&"Zz & q".chars().collect::<Vec<_>>()).chain(after).collect();
        }
        // Capitals and marks of emphasis act on the new words too.
        let folded = |texts: Vec<String>| texts.into_iter().map(|text| text.to_lowercase()).collect::<Vec<_>>();
        prop_assert_eq!(folded(texts(&read(&copy.bytes))), folded(texts(&wanted)));
        if mode == Mode::Suggest {
            // Whoever refuses the changes has the original.
            let xml = part(&copy.bytes, "word/document.xml");
            let mut refused = String::new();
            let mut rest = xml.as_str();
            while let Some((before, from)) = rest.split_once("<w:ins w:id=\"") {
                refused.push_str(before);
                let (tag, after) = from.split_once('>').unwrap();
                rest = if tag.contains("Ban Thi") { after.split_once("</w:ins>").unwrap().1 } else {
                    refused.push_str(&format!("<w:ins w:id=\"{tag}>"));
                    after
                };
            }
            let refused = (refused + rest).replace("w:delText", "w:t");
            let original = part(&bytes, "word/document.xml").replace("w:delText", "w:t");
            let letters = |xml: &str| shown(xml).characters.into_iter().map(|(c, look, _)| (c, look)).collect::<Vec<_>>();
            prop_assert_eq!(letters(&refused), letters(&original));
        }
    }
}
