//! List labels are rebuilt as Word shows them.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use support::docx::{Docx, li, lvl, pp, r, rp};
use thidua::guard::Limits;
use thidua::model::Document;

fn read(docx: &Docx) -> Document {
    thidua::read::document("a.docx", &docx.build(), &Limits::default()).unwrap()
}

fn lines(document: &Document) -> Vec<String> {
    thidua::report::text::render(document).lines().map(str::to_owned).collect()
}

fn list(id: u32, levels: &str) -> String {
    format!("<w:abstractNum w:abstractNumId=\"{id}\">{levels}</w:abstractNum>")
}

fn num(id: u32, list: u32, overrides: &str) -> String {
    format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{list}\"/>{overrides}</w:num>")
}

fn labels(numbering: &str, body: &str) -> Vec<String> {
    lines(&read(&Docx::new(body).numbering(numbering)))
}

#[test]
fn levels_count_and_restart_below_each_other() {
    let levels = lvl(0, "upperRoman", "%1.", "") + &lvl(1, "decimal", "%2.", "") + &lvl(2, "lowerLetter", "%3)", "");
    let numbering = list(0, &levels) + &num(1, 0, "");
    let body = [
        li(1, 0, "A"),
        li(1, 1, "B"),
        li(1, 2, "C"),
        li(1, 2, "D"),
        li(1, 1, "E"),
        li(1, 2, "F"),
        li(1, 0, "G"),
        li(1, 1, "H"),
    ];
    assert_eq!(labels(&numbering, &body.concat()), ["I. A", "1. B", "a) C", "b) D", "2. E", "a) F", "II. G", "1. H"]);
}

#[test]
fn a_label_may_hold_the_numbers_above_and_words() {
    let levels =
        lvl(0, "decimal", "Bước %1:", "") + &lvl(1, "decimal", "%1.%2.", "") + &lvl(2, "decimal", "%1.%2.%3", "");
    let numbering = list(0, &levels) + &num(1, 0, "");
    let body = [li(1, 0, "A"), li(1, 1, "B"), li(1, 2, "C"), li(1, 0, "D"), li(1, 1, "E")];
    assert_eq!(labels(&numbering, &body.concat()), ["Bước 1: A", "1.1. B", "1.1.1 C", "Bước 2: D", "2.1. E"]);
}

#[test]
fn legal_levels_write_digits_and_roman_parents_stay_roman_elsewhere() {
    let levels =
        lvl(0, "upperRoman", "%1", "") + &lvl(1, "decimal", "%1.%2", "<w:isLgl/>") + &lvl(2, "decimal", "%1.%3", "");
    let numbering = list(0, &levels) + &num(1, 0, "");
    let body = [li(1, 0, "A"), li(1, 0, "B"), li(1, 1, "C"), li(1, 2, "D")];
    assert_eq!(labels(&numbering, &body.concat()), ["I A", "II B", "2.1 C", "II.1 D"]);
}

#[test]
fn a_list_with_an_override_starts_anew_and_others_go_on() {
    let numbering = list(0, &lvl(0, "decimal", "%1.", ""))
        + &num(1, 0, "")
        + &num(2, 0, "")
        + &num(3, 0, "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"5\"/></w:lvlOverride>");
    let body = [li(1, 0, "A"), li(2, 0, "B"), li(3, 0, "C"), li(3, 0, "D"), li(1, 0, "E")];
    assert_eq!(labels(&numbering, &body.concat()), ["1. A", "2. B", "5. C", "6. D", "7. E"]);
}

#[test]
fn an_override_may_bring_a_level_of_its_own() {
    let numbering = list(0, &lvl(0, "decimal", "%1.", ""))
        + &num(1, 0, &format!("<w:lvlOverride w:ilvl=\"0\">{}</w:lvlOverride>", lvl(0, "upperLetter", "Mục %1:", "")));
    assert_eq!(labels(&numbering, &(li(1, 0, "x") + &li(1, 0, "y"))), ["Mục A: x", "Mục B: y"]);
}

#[test]
fn a_level_may_restart_late_or_never() {
    let levels = lvl(0, "decimal", "%1.", "")
        + &lvl(1, "decimal", "%1.%2.", "")
        + &lvl(2, "lowerLetter", "%3)", "<w:lvlRestart w:val=\"0\"/>");
    let numbering = list(0, &levels) + &num(1, 0, "");
    let body = [li(1, 0, "A"), li(1, 2, "B"), li(1, 0, "C"), li(1, 2, "D")];
    assert_eq!(labels(&numbering, &body.concat()), ["1. A", "a) B", "2. C", "b) D"]);

    let levels = lvl(0, "decimal", "%1.", "")
        + &lvl(1, "decimal", "%1.%2.", "")
        + &lvl(2, "lowerLetter", "%3)", "<w:lvlRestart w:val=\"1\"/>");
    let numbering = list(0, &levels) + &num(1, 0, "");
    let body = [li(1, 0, "A"), li(1, 2, "B"), li(1, 1, "C"), li(1, 2, "D"), li(1, 0, "E"), li(1, 2, "F")];
    assert_eq!(labels(&numbering, &body.concat()), ["1. A", "a) B", "1.2. C", "b) D", "2. E", "a) F"]);
}

#[test]
fn a_style_gives_its_paragraphs_the_list() {
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"Muc\"><w:name w:val=\"Mục\"/><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"Muc2\"><w:basedOn w:val=\"Muc\"/><w:pPr><w:numPr><w:ilvl w:val=\"1\"/></w:numPr></w:pPr></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"Muc3\"><w:basedOn w:val=\"Muc\"/></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"Muc4\"><w:basedOn w:val=\"Muc2\"/></w:style>";
    let levels = lvl(0, "upperRoman", "%1.", "<w:pStyle w:val=\"Muc\"/>")
        + &lvl(1, "decimal", "%1.%2.", "<w:isLgl/><w:pStyle w:val=\"Muc2\"/>");
    let numbering = list(0, &levels) + &num(1, 0, "");
    let body = pp("<w:pStyle w:val=\"Muc\"/>", &r("A"))
        + &pp("<w:pStyle w:val=\"Muc2\"/>", &r("B"))
        + &pp("<w:pStyle w:val=\"Muc\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr>", &r("không số"))
        + &pp("<w:pStyle w:val=\"Muc3\"/>", &r("C"))
        + &pp("<w:pStyle w:val=\"Muc4\"/>", &r("D"));
    let document = read(&Docx::new(body).styles(styles).numbering(&numbering));
    assert_eq!(lines(&document), ["I. A", "1.1. B", "không số", "II. C", "2.1. D"]);
}

#[test]
fn a_list_may_stand_in_a_numbering_style() {
    let styles = "<w:style w:type=\"numbering\" w:styleId=\"Kieu\"><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>";
    let numbering = format!(
        "<w:abstractNum w:abstractNumId=\"0\"><w:styleLink w:val=\"Kieu\"/>{}</w:abstractNum>",
        lvl(0, "decimal", "Điều %1.", "")
    ) + "<w:abstractNum w:abstractNumId=\"1\"><w:numStyleLink w:val=\"Kieu\"/></w:abstractNum>"
        + &num(1, 0, "")
        + &num(2, 1, "");
    let document = read(&Docx::new(li(2, 0, "A") + &li(2, 0, "B")).styles(styles).numbering(&numbering));
    assert_eq!(lines(&document), ["Điều 1. A", "Điều 2. B"]);
}

#[test]
fn bullets_are_shown_as_their_fonts_show_them() {
    let bullet = |level, text: &str, font: &str| {
        format!(
            "<w:lvl w:ilvl=\"{level}\"><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"{text}\"/><w:rPr><w:rFonts w:ascii=\"{font}\" w:hAnsi=\"{font}\" w:hint=\"default\"/></w:rPr></w:lvl>"
        )
    };
    let levels = bullet(0, "-", "Times New Roman")
        + &bullet(1, "\u{F0B7}", "Symbol")
        + &bullet(2, "\u{F0A7}", "Wingdings")
        + &bullet(3, "o", "Courier New")
        + &bullet(4, "+", "");
    let numbering = list(0, &levels) + &num(1, 0, "");
    let body: String = (0..5).map(|level| li(1, level, "x")).collect();
    assert_eq!(labels(&numbering, &body), ["- x", "• x", "▪ x", "o x", "+ x"]);
}

#[test]
fn deleted_and_hidden_paragraphs_are_not_counted() {
    let numbering = list(0, &lvl(0, "decimal", "%1.", "")) + &num(1, 0, "");
    let list = "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>";
    let body = li(1, 0, "A")
        + &pp(
            &format!("{list}<w:rPr><w:del w:id=\"1\"/></w:rPr>"),
            "<w:del w:id=\"2\"><w:r><w:delText>x</w:delText></w:r></w:del>",
        )
        + &pp(&format!("{list}<w:rPr><w:vanish/></w:rPr>"), &rp("<w:vanish/>", "ẩn"))
        + &li(1, 0, "B");
    assert_eq!(labels(&numbering, &body), ["1. A", "2. B"]);
}

#[test]
fn an_empty_entry_shows_its_number() {
    let numbering = list(0, &lvl(0, "decimal", "%1.", "")) + &num(1, 0, "");
    assert_eq!(labels(&numbering, &(li(1, 0, "A") + &li(1, 0, "") + &li(1, 0, "B"))), ["1. A", "2.", "3. B"]);
}

#[test]
fn a_definition_that_leads_in_a_circle_or_nowhere_gives_no_label() {
    let styles = "<w:style w:type=\"numbering\" w:styleId=\"S\"><w:basedOn w:val=\"S\"/><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>";
    let numbering = "<w:abstractNum w:abstractNumId=\"0\"><w:numStyleLink w:val=\"S\"/></w:abstractNum>".to_owned()
        + &num(1, 0, "")
        + &num(2, 77, "");
    let document =
        read(&Docx::new(li(1, 0, "A") + &li(2, 0, "B") + &li(9, 0, "C")).styles(styles).numbering(&numbering));
    assert_eq!(lines(&document), ["A", "B", "C"]);
}

#[test]
fn a_custom_format_stands_in_a_choice() {
    let level = "<w:lvl w:ilvl=\"0\"><w:start w:val=\"9\"/><mc:AlternateContent><mc:Choice Requires=\"w14\"><w:numFmt w:val=\"custom\" w:format=\"001, 002, 003, ...\"/></mc:Choice><mc:Fallback><w:numFmt w:val=\"decimal\"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val=\"%1/\"/></w:lvl>";
    let numbering = list(0, level) + &num(1, 0, "");
    assert_eq!(labels(&numbering, &(li(1, 0, "A") + &li(1, 0, "B"))), ["009/ A", "010/ B"]);
}

#[test]
fn a_level_that_is_passed_over_counts_once() {
    let levels = lvl(0, "decimal", "%1.", "") + &lvl(1, "decimal", "%1.%2.", "") + &lvl(2, "decimal", "%1.%2.%3.", "");
    let numbering = list(0, &levels) + &num(1, 0, "");
    let body = [li(1, 1, "A"), li(1, 0, "B"), li(1, 2, "C"), li(1, 1, "D")];
    assert_eq!(labels(&numbering, &body.concat()), ["1.1. A", "2. B", "2.1.1. C", "2.2. D"]);
}
