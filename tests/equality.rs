//! What is found depends on what a document says, not on how its file holds it: the form of Unicode, the kind of blank
//! and dash, the place of the tone mark, Word or plain text.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

mod support;

use serde_json::Value;
use support::docx::{Docx, li, lvl, p, r, tbl, tc};
use thidua::Engine;
use thidua::pack::{Lang, Texts};
use thidua::report::View;
use unicode_normalization::UnicodeNormalization as _;

const PLAN: &str = "\
HỘI LHPN TỈNH HÒA LẠC        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
BAN THƯỜNG VỤ                Độc lập - Tự do - Hạnh phúc
Số: 58/KH-BTV                Hòa Lạc, ngày 06 tháng 5 năm 2024

KẾ HOẠCH
Tổ chức đợt thi đua “Sân nhà nở hoa” năm 2024

Căn cứ Hướng dẫn số 12/HD-ĐCT ngày 15/01/2024 của Đoàn Chủ tịch Trung ương Hội LHPN Việt Nam về công tác thi đua;
Thực hiện Chương trình số 07-CTr/TU ngày 20 tháng 02 năm 2024 của Tỉnh ủy, Ban Thường vụ Hội LHPN tỉnh xây dựng kế hoạch như sau:

I. CHỈ TIÊU
1. Mỗi cơ sở Hội xây dựng ít nhất 03 tuyến đường hoa; hằng quý vận động không dưới 15 hội viên tham gia.
2. Phấn đấu trên 70% hộ hội viên đạt tiêu chí gia đình “5 không, 3 sạch”.
II. TỔ CHỨC THỰC HIỆN
1. Hội LHPN các huyện
- Gửi bản đăng ký về Hội LHPN tỉnh trước ngày 25/5/2024 (có mẫu đăng ký gửi kèm).
- Báo cáo kết quả về Văn phòng Hội LHPN tỉnh chậm nhất ngày 05/12/2024.
2. Văn phòng Hội LHPN tỉnh
- Tổng hợp, trình khen thưởng từ ngày 10/12/2024 đến ngày 20/12/2024; tặng Bằng khen cho không quá 04 tập thể, 06 cá nhân.

Nơi nhận:                              TM. BAN THƯỜNG VỤ
- UBND tỉnh (để báo cáo);                   CHỦ TỊCH
- Hội LHPN các huyện;
- Lưu: VT.                             Nguyễn Thị Hòa
";

fn json(name: &str, bytes: &[u8]) -> Value {
    let engine = Engine::new().unwrap();
    let document = engine.read(name, bytes).unwrap();
    let reading = engine.extract(document, &thidua::Options::default());
    let texts = Texts::builtin(Lang::Vi);
    let view = View { lexicon: &engine.pack().lexicon, texts: &texts, explain: false };
    let mut value: Value = serde_json::from_str(&thidua::report::json::line(&reading, &view).unwrap()).unwrap();
    value.as_object_mut().unwrap().remove("source");
    value
}

/// The parts of a reading that must not depend on how blocks are numbered.
fn findings(mut value: Value) -> Value {
    value.as_object_mut().unwrap().remove("blocks");
    without(&mut value, "block");
    value
}

fn without(value: &mut Value, key: &str) {
    match value {
        Value::Object(map) => {
            map.remove(key);
            map.values_mut().for_each(|value| without(value, key));
        }
        Value::Array(list) => list.iter_mut().for_each(|value| without(value, key)),
        _ => {}
    }
}

fn printed(name: &str, bytes: &[u8]) -> String {
    let engine = Engine::new().unwrap();
    let document = engine.read(name, bytes).unwrap();
    thidua::report::text::render(&engine.extract(document, &thidua::Options::default()).document)
}

#[test]
fn the_sample_says_enough_to_compare() {
    let value = json("a.txt", PLAN.as_bytes());
    let count = |key: &str| value[key].as_array().unwrap().len();
    assert_eq!((count("citations"), count("deadlines"), count("quotas")), (2, 4, 5), "{value:#}");
    assert_eq!(value["document"]["signature"]["name"], "Nguyễn Thị Hòa");
    assert_eq!(value["document"]["recipients"][0]["purpose"], "để báo cáo");
    assert_eq!(value["attachments"].as_array().unwrap().len(), 1);
}

#[test]
fn composed_and_decomposed_text_are_one() {
    let decomposed: String = PLAN.nfd().collect();
    assert_ne!(decomposed, PLAN);
    assert_eq!(json("a.txt", PLAN.as_bytes()), json("a.txt", decomposed.as_bytes()));
}

#[test]
fn encodings_and_line_ends_are_no_content() {
    let expected = json("a.txt", PLAN.as_bytes());
    let utf16: Vec<u8> = PLAN.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let variants = [
        [b"\xEF\xBB\xBF".as_slice(), PLAN.as_bytes()].concat(),
        [b"\xFF\xFE".as_slice(), &utf16].concat(),
        PLAN.replace('\n', "\r\n").into_bytes(),
        PLAN.replace('\n', "\r").into_bytes(),
    ];
    for bytes in variants {
        assert_eq!(json("a.txt", &bytes), expected);
    }
}

#[test]
fn blanks_are_blanks_and_the_invisible_is_nothing() {
    let expected = json("a.txt", PLAN.as_bytes());
    for text in [
        PLAN.replace(' ', "\u{A0}"),
        PLAN.replace(' ', "\u{202F}"),
        PLAN.replace("hội viên", "hội\u{200B} vi\u{AD}ên").replace("ngày", "ng\u{2060}ày"),
        PLAN.replace("Hội LHPN", "Hội  LHPN"),
        PLAN.replace("25/5", "25\u{200B}/5").replace("70%", "7\u{FEFF}0%"),
    ] {
        assert_eq!(json("a.txt", text.as_bytes()), expected, "{text}");
    }
}

#[test]
fn dashes_and_tone_marks_change_the_words_only() {
    let same = |value: Value| {
        let text = findings(value).to_string();
        text.replace('–', "-")
            .replace("oà", "òa")
            .replace("OÀ", "ÒA")
            .replace("Hoà", "Hòa")
            .replace("hàng quý", "hằng quý")
    };
    let expected = same(json("a.txt", PLAN.as_bytes()));
    for text in [PLAN.replace('-', "–"), PLAN.replace("HÒA", "HOÀ").replace("Hòa", "Hoà"), PLAN.replace("hằng", "hàng")]
    {
        assert_eq!(same(json("a.txt", text.as_bytes())), expected, "{text}");
    }
}

/// The plan as Word holds it: header and footer in tables, automatic numbers.
fn word() -> Vec<u8> {
    let lines = |text: &[&str]| tc("", &text.iter().map(|line| p(&r(line))).collect::<String>());
    let head = tbl(&[&[
        lines(&["HỘI LHPN TỈNH HÒA LẠC", "BAN THƯỜNG VỤ", "Số: 58/KH-BTV"]),
        lines(&[
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "Hòa Lạc, ngày 06 tháng 5 năm 2024",
        ]),
    ]]);
    let foot = tbl(&[&[
        lines(&["Nơi nhận:", "- UBND tỉnh (để báo cáo);", "- Hội LHPN các huyện;", "- Lưu: VT."]),
        lines(&["TM. BAN THƯỜNG VỤ", "CHỦ TỊCH", "Nguyễn Thị Hòa"]),
    ]]);
    let body: String = PLAN
        .lines()
        .skip(4)
        .take_while(|line| !line.starts_with("Nơi nhận"))
        .filter(|line| !line.is_empty())
        .map(|line| match line.split_once(". ") {
            Some(("I" | "II", rest)) => li(1, 0, rest),
            Some(("1" | "2", rest)) => li(1, 1, rest),
            _ => match line.strip_prefix("- ") {
                Some(rest) => li(2, 0, rest),
                None => p(&r(line)),
            },
        })
        .collect();
    let numbering = format!(
        "<w:abstractNum w:abstractNumId=\"0\">{}{}</w:abstractNum><w:abstractNum w:abstractNumId=\"1\">{}</w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num>",
        lvl(0, "upperRoman", "%1.", ""),
        lvl(1, "decimal", "%2.", ""),
        lvl(0, "bullet", "-", ""),
    );
    Docx::new(head + &body + &foot).numbering(&numbering).build()
}

#[test]
fn word_and_plain_text_say_the_same() {
    assert_eq!(findings(json("a.docx", &word())), findings(json("a.txt", PLAN.as_bytes())));
}

#[test]
fn what_is_printed_reads_back_as_the_document() {
    let expected = findings(json("a.docx", &word()));
    let text = printed("a.docx", &word());
    assert!(text.contains("Số: 58/KH-BTV\tHòa Lạc, ngày 06 tháng 5 năm 2024\n"), "{text}");
    assert_eq!(findings(json("a.txt", text.as_bytes())), expected);
    assert_eq!(printed("a.txt", text.as_bytes()), text);
}

#[test]
fn a_table_of_numbers_reads_back_cell_by_cell() {
    let row = |cells: [&str; 3]| cells.map(|text| tc("", &if text.is_empty() { "<w:p/>".into() } else { p(&r(text)) }));
    let table = tbl(&[
        &row(["TT", "Đơn vị", "Chỉ tiêu"]),
        &row(["1", "Hội LHPN huyện Lạc Sơn", "02 tập thể, 03 cá nhân"]),
        &row(["2", "", "ít nhất 10 công trình"]),
        &row(["Cộng", "", ""]),
    ]);
    let docx = Docx::new(p(&r("Phân bổ chỉ tiêu khen thưởng năm 2024")) + &table + &p(&r("Hết."))).build();
    let text = printed("a.docx", &docx);
    let cells = |value: Value| -> Vec<(Value, Value, Value)> {
        let blocks = value["blocks"].as_array().unwrap().clone();
        blocks.iter().map(|b| (b["text"].clone(), b["cell"]["row"].clone(), b["cell"]["column"].clone())).collect()
    };
    assert_eq!(cells(json("a.txt", text.as_bytes())), cells(json("a.docx", &docx)), "{text}");
}
