use super::read;
use crate::guard::Limits;
use crate::model::{Document, Format, Source};
use proptest::prelude::*;

fn source() -> Source {
    Source { path: "x.txt".into(), format: Format::Text, sha256: String::new(), encoding: String::new() }
}

fn document(text: &str) -> Document {
    read(source(), text.as_bytes(), &Limits::default()).expect("readable")
}

fn texts(text: &str) -> Vec<String> {
    document(text).blocks.into_iter().map(|b| b.text).collect()
}

#[test]
fn a_broken_paragraph_is_joined_and_entries_stay_apart() {
    let text = "- Các chi hội đăng ký phần việc,\ngửi về Hội xã\n- Tổ phụ nữ\nHội xã tổng hợp.\n";
    assert_eq!(texts(text), ["- Các chi hội đăng ký phần việc, gửi về Hội xã", "- Tổ phụ nữ", "Hội xã tổng hợp."]);
}

#[test]
fn a_file_with_a_fixed_line_length_is_joined_before_capitals_too() {
    let long = "Hội Liên hiệp Phụ nữ xã Bình Minh triển khai đợt thi đua cao điểm tại\n\
                Nhà văn hóa thôn Đông, có sự tham gia của đại diện các chi hội trong xã\n\
                và các tổ phụ nữ. Kinh phí do các chi hội tự cân đối, Hội xã hỗ trợ một\n\
                phần.\n";
    let blocks = texts(&long.repeat(3).replace("phần.\n", "phần.\n\n"));
    assert_eq!(blocks.len(), 3, "{blocks:#?}");
    assert!(blocks[0].contains("tại Nhà văn hóa"));
}

#[test]
fn an_open_bracket_goes_on_and_a_name_does_not() {
    assert_eq!(
        texts("Xin liên hệ (chị Mai, điện thoại\n0123.456.789) để rõ.\nTrần Thị Mai\nđại biểu Hội\n"),
        ["Xin liên hệ (chị Mai, điện thoại 0123.456.789) để rõ.", "Trần Thị Mai", "đại biểu Hội"]
    );
}

#[test]
fn rows_with_tabs_are_cells() {
    let blocks = document("STT\tTên chi hội\tSố hội viên\n1\tThôn Đông\t45\n2\tThôn Tây\t\n").blocks;
    let cells: Vec<_> = blocks.iter().map(|b| (b.cell.map(|c| (c.row, c.column)), b.text.as_str())).collect();
    assert_eq!(cells[3], (Some((1, 0)), "1"));
    assert_eq!(cells[5], (Some((1, 2)), "45"));
    assert_eq!(cells.last(), Some(&(Some((2, 1)), "Thôn Tây")));
}

#[test]
fn a_label_and_a_tab_is_a_paragraph() {
    assert_eq!(texts("1.\tMục đích\n-\tTuyên truyền sâu rộng\n"), ["1. Mục đích", "- Tuyên truyền sâu rộng"]);
}

#[test]
fn a_flattened_header_is_two_columns() {
    let text = "HỘI LHPN XÃ BÌNH MINH        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
                BAN THƯỜNG VỤ                  Độc lập - Tự do - Hạnh phúc\n\n\
                Số:     /KH-BTV        Bình Minh, ngày     tháng 9 năm 2026\n\nKẾ HOẠCH\n";
    let blocks = document(text).blocks;
    let columns: Vec<_> = blocks.iter().map(|b| b.cell.map(|c| c.column)).collect();
    assert_eq!(columns, [Some(0), Some(1), Some(0), Some(1), Some(0), Some(1), None]);
    assert_eq!(blocks[4].text, "Số:     /KH-BTV");
}

#[test]
fn a_flattened_footer_is_two_columns() {
    let text = "Trên đây là kế hoạch của Hội xã./.\n\nNơi nhận:                    TM. BAN THƯỜNG VỤ\n\
                - Đảng ủy xã;                      CHỦ TỊCH\n- Lưu: VT.\n\n\n                                 Trần Thị Mai\n\nPHỤ LỤC\n";
    let blocks = document(text).blocks;
    let cells: Vec<_> = blocks.iter().map(|b| (b.cell.map(|c| c.column), b.text.as_str())).collect();
    assert_eq!(
        cells[1..],
        [
            (Some(0), "Nơi nhận:"),
            (Some(0), "- Đảng ủy xã;"),
            (Some(0), "- Lưu: VT."),
            (Some(1), "TM. BAN THƯỜNG VỤ"),
            (Some(1), "CHỦ TỊCH"),
            (Some(1), "Trần Thị Mai"),
            (None, "PHỤ LỤC"),
        ]
    );
}

#[test]
fn page_numbers_and_field_words_are_not_text() {
    assert_eq!(
        texts("Đoạn một.\n\nPAGE   \\* MERGEFORMAT 2\n\nĐoạn hai.\n\n2\n\nĐoạn ba.\n\n3\n\nNăm\n\n7\n"),
        ["Đoạn một.", "Đoạn hai.", "Đoạn ba.", "Năm", "7"]
    );
}

#[test]
fn what_is_no_text_is_refused() {
    assert!(matches!(read(source(), b" \r\n\t", &Limits::default()), Err(crate::model::InputError::Empty)));
    let noise: Vec<u8> = (0..4000_u32).map(|n| (n * 7 % 29) as u8).collect();
    assert!(matches!(read(source(), &noise, &Limits::default()), Err(crate::model::InputError::Unsupported { .. })));
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _ = read(source(), &bytes, &Limits::default());
    }

    #[test]
    fn no_word_is_lost(lines in proptest::collection::vec("[a-zđáạA-ZĐ ,.;:\t-]{0,60}", 1..30)) {
        let text = lines.join("\n");
        if let Ok(document) = read(source(), text.as_bytes(), &Limits::default()) {
            let letters = |s: &str| s.chars().filter(|c| c.is_alphabetic()).collect::<String>();
            let read: String = document.blocks.iter().map(|b| letters(&b.text)).collect();
            prop_assert_eq!(read, letters(&text));
        }
    }
}
