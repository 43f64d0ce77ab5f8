//! PDF: text by the places of its glyphs, and files without text.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test fails by panicking"
)]

mod support;

use assert_cmd::Command;
use support::pdf::{self, Page};
use thidua::Engine;
use thidua::model::{Block, BlockKind, InputError};

fn blocks(pages: &[Page]) -> Vec<Block> {
    let engine = Engine::new().expect("engine");
    engine.read("a.pdf", &pdf::file(pages)).expect("readable").blocks
}

fn texts(pages: &[Page]) -> Vec<String> {
    blocks(pages).into_iter().map(|block| block.text).collect()
}

#[test]
fn words_set_in_two_fonts_are_whole() {
    let mut page = Page::default();
    page.mixed(85.0, 100.0, 14.0, "HỘI LIÊN HIỆP PHỤ NỮ XÃ BÌNH HÒA");
    page.mixed(85.0, 130.0, 14.0, "Phát động thi đua chào mừng đại hội.");
    assert_eq!(texts(&[page]), ["HỘI LIÊN HIỆP PHỤ NỮ XÃ BÌNH HÒA", "Phát động thi đua chào mừng đại hội."]);
}

#[test]
fn a_head_in_two_columns_is_two_cells() {
    let mut page = Page::default();
    page.text(70.0, 60.0, 12.0, "HỘI LHPN TỈNH BÌNH CHÂU").text(
        280.0,
        60.0,
        12.0,
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    );
    page.text(95.0, 76.0, 12.0, "BAN THƯỜNG VỤ").text(310.0, 78.0, 12.0, "Độc lập - Tự do - Hạnh phúc");
    page.text(90.0, 100.0, 12.0, "Số: 12/KH-BTV").text(300.0, 100.0, 12.0, "Bình Châu, ngày 05 tháng 3 năm 2021");
    page.text(260.0, 140.0, 14.0, "KẾ HOẠCH");
    page.text(120.0, 170.0, 14.0, "Thực hiện chương trình công tác năm, đơn vị lập kế hoạch.");
    let engine = Engine::new().expect("engine");
    let document = engine.read("a.pdf", &pdf::file(&[page])).expect("readable");
    let info = engine.extract(document, &thidua::Options::default()).extraction.document;
    assert_eq!((info.number.as_deref(), info.symbol.as_deref()), (Some("12"), Some("KH-BTV")));
    assert_eq!(info.date.as_deref(), Some("2021-03-05"));
    assert_eq!(info.kind.as_deref(), Some("KH"));
}

#[test]
fn a_paragraph_runs_over_lines_and_pages() {
    let (mut first, mut second) = (Page::default(), Page::default());
    let full = "Các chi hội tổ chức cho hội viên đăng ký thi đua và gửi về";
    first.text(120.0, 700.0, 14.0, full);
    first.text(85.0, 720.0, 14.0, "Hội xã trước ngày 05 tháng 3, kèm theo danh sách những đơn vị tham");
    first.text(290.0, 800.0, 13.0, "1");
    second.text(290.0, 40.0, 13.0, "2");
    second.text(85.0, 80.0, 14.0, "gia và những đơn vị chưa tham gia, để Hội xã tổng hợp báo cáo lên");
    second.text(85.0, 100.0, 14.0, "cấp trên.");
    assert_eq!(
        texts(&[first, second]),
        [
            "Các chi hội tổ chức cho hội viên đăng ký thi đua và gửi về Hội xã trước ngày 05 tháng 3, kèm theo danh sách \
          những đơn vị tham gia và những đơn vị chưa tham gia, để Hội xã tổng hợp báo cáo lên cấp trên."
        ]
    );
}

#[test]
fn ruling_lines_make_a_table_that_goes_on_overleaf() {
    let table = |page: &mut Page, rows: &[[&str; 2]], top: f64| {
        let bottom = top + 30.0 * rows.len() as f64;
        for (at, row) in rows.iter().enumerate() {
            let y = top + 30.0 * at as f64;
            page.line((85.0, y), (500.0, y));
            page.text(90.0, y + 18.0, 13.0, row[0]).text(305.0, y + 18.0, 13.0, row[1]);
        }
        page.line((85.0, bottom), (500.0, bottom));
        for x in [85.0, 300.0, 500.0] {
            page.line((x, top), (x, bottom));
        }
    };
    let (mut first, mut second) = (Page::default(), Page::default());
    table(&mut first, &[["Đơn vị", "Chỉ tiêu"], ["Thôn Đông", "03 mô hình"]], 700.0);
    table(&mut second, &[["Đơn vị", "Chỉ tiêu"], ["Thôn Đoài", "05 mô hình"]], 80.0);
    let found: Vec<(String, u32, u32, u32)> = blocks(&[first, second])
        .into_iter()
        .map(|block| {
            assert_eq!(block.kind, BlockKind::TableCell);
            let cell = block.cell.expect("cell");
            (block.text, cell.table, cell.row, cell.column)
        })
        .collect();
    let expected = [
        ("Đơn vị", 0, 0),
        ("Chỉ tiêu", 0, 1),
        ("Thôn Đông", 1, 0),
        ("03 mô hình", 1, 1),
        ("Thôn Đoài", 2, 0),
        ("05 mô hình", 2, 1),
    ];
    assert_eq!(found, expected.map(|(text, row, column)| (text.to_owned(), 0, row, column)));
}

#[test]
fn scans_are_never_an_empty_success() {
    let (mut bare, mut stamped) = (Page::default(), Page::default());
    bare.picture();
    stamped.picture();
    for (at, line) in
        ["Ký bởi: Hội phụ nữ tỉnh", "Cơ quan: Tỉnh Bình Châu", "Thời gian ký: 20.11.2025 10:11:12"].iter().enumerate()
    {
        stamped.text(350.0, 60.0 + 10.0 * at as f64, 8.0, line);
    }
    let engine = Engine::new().expect("engine");
    for page in [bare, stamped, Page::default()] {
        let read = engine.read("a.pdf", &pdf::file(&[page]));
        assert!(matches!(read, Err(InputError::NeedsOcr { pages: 1 })), "{read:?}");
    }
    let picture = engine.read("a.jpg", b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR");
    assert!(matches!(picture, Err(InputError::NeedsOcr { .. })));
}

#[test]
fn a_page_with_a_few_letters_and_no_picture_is_read() {
    let mut page = Page::default();
    page.text(85.0, 100.0, 14.0, "Chi hội 5");
    assert_eq!(texts(&[page]), ["Chi hội 5"]);
}

#[test]
fn text_that_stands_on_its_side_or_its_head_is_read_the_way_it_runs() {
    for quarters in 1..4 {
        let mut page = Page::default();
        page.text(85.0, 60.0, 14.0, "Biểu tổng hợp");
        // The second line lies below the first for one who turns the page.
        let (right, down) = [(0.0, 0.0), (20.0, 0.0), (0.0, -20.0), (-20.0, 0.0)][usize::from(quarters)];
        page.turned(quarters, 300.0, 400.0, 12.0, "Họ và tên");
        page.turned(quarters, 300.0 + right, 400.0 + down, 12.0, "Chức vụ");
        let read = texts(&[page]).join(" ");
        assert_eq!(read, "Biểu tổng hợp Họ và tên Chức vụ", "{quarters}");
    }
}

#[test]
fn a_scanned_page_among_others_is_said() {
    let (mut text, mut scan) = (Page::default(), Page::default());
    text.text(85.0, 100.0, 14.0, "Kế hoạch phát động phong trào thi đua của Hội Phụ nữ xã Bình Hòa.");
    scan.picture();
    let engine = Engine::new().expect("engine");
    let document = engine.read("a.pdf", &pdf::file(&[text, scan])).expect("readable");
    assert!(
        document
            .notices
            .iter()
            .any(|notice| notice.code == "IN111" && notice.args.get("pages").is_some_and(|pages| pages == "2"))
    );
}

#[test]
fn letters_are_decoded_by_the_name_of_a_font() {
    let mut page = Page::default();
    // Vietnamese words as they stand, and others when decoded: only the font's name tells.
    page.bytes("VNI-Times", 85.0, 100.0, 14.0, b"So\xE1: 12/KH-BTV");
    page.bytes(
        "VNI-Times",
        85.0,
        140.0,
        14.0,
        b"Ho\xE4i Lie\xE2n hie\xE4p Phu\xEF n\xF6\xF5, t\xE6nh \xD1a\xE9k La\xE9k, ky\xF8, ly\xF9",
    );
    page.bytes("VNI-Times", 85.0, 180.0, 14.0, b"KE\xC1 HOA\xCFCH THI \xD1UA");
    let engine = Engine::new().expect("engine");
    let document = engine.read("a.pdf", &pdf::file(&[page])).expect("readable");
    let texts: Vec<&str> = document.blocks.iter().map(|block| block.text.as_str()).collect();
    assert_eq!(texts, ["Số: 12/KH-BTV", "Hội Liên hiệp Phụ nữ, tỉnh Đắk Lắk, kỳ, lý", "KẾ HOẠCH THI ĐUA"]);
    assert_eq!(document.source.encoding, "vni");
}

#[test]
fn damaged_pages_are_said_by_their_number() {
    let page = |left: Option<usize>| {
        let mut page = Page::default();
        for line in 0..12_u32 {
            // Figures that hardly repeat, so that half of the packed bytes are half of the lines.
            let figures = (u64::from(line) + 1) * 7_919 * 104_729 % 100_000_007;
            let text = format!("{line}. Kế hoạch {figures} phát động phong trào thi đua của Hội Phụ nữ xã Bình Hòa.");
            page.text(85.0, 100.0 + 20.0 * f64::from(line), 14.0, &text);
        }
        if let Some(left) = left {
            page.cut(left);
        }
        page
    };
    let engine = Engine::new().expect("engine");
    let codes = |pages: &[Page]| -> Vec<(String, String)> {
        let document = engine.read("a.pdf", &pdf::file(pages)).expect("readable");
        document
            .notices
            .iter()
            .map(|notice| (notice.code.to_string(), notice.args.get("pages").cloned().unwrap_or_default()))
            .collect()
    };
    let found = |code: &str, pages: &str| (code.to_owned(), pages.to_owned());
    assert_eq!(codes(&[page(None), page(Some(usize::MAX))]), []);
    assert_eq!(codes(&[page(None), page(Some(1)), page(Some(2))]), [found("IN113", "2, 3")]);
    assert_eq!(codes(&[page(Some(200)), page(None)]), [found("IN114", "1")]);
    // It is damage that leaves nothing to read here, and no scan.
    let read = engine.read("a.pdf", &pdf::file(&[page(Some(1))]));
    assert!(matches!(&read, Err(InputError::Malformed { reason, .. }) if reason.contains("page `1`")), "{read:?}");
}

#[test]
fn damaged_files_end_in_a_reason_and_soon() {
    let folder = tempfile::tempdir().expect("folder");
    let mut page = Page::default();
    page.text(85.0, 100.0, 14.0, "Kế hoạch phát động phong trào thi đua của Hội Phụ nữ xã Bình Hòa.");
    let whole = pdf::file(&[page]);
    let deep = [b"%PDF-1.4\n1 0 obj".as_slice(), &[b'['; 200_000], b"endobj\ntrailer<</Root 1 0 R>>\n"].concat();
    let circle = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]\
        /Count 9999999>>endobj\ntrailer<</Root 1 0 R>>\n";
    let cases: [(&str, &[u8]); 4] =
        [("cut.pdf", &whole[..whole.len() / 3]), ("deep.pdf", &deep), ("circle.pdf", circle), ("head.pdf", b"%PDF-")];
    for (name, bytes) in cases {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("input");
        let output = Command::cargo_bin("thidua").expect("binary").arg("extract").arg(&path).output().expect("run");
        assert_eq!(output.status.code(), Some(3), "{name}");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains(name) && said.contains(": "), "{said}");
    }
}
