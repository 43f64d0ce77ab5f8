//! Writes the DOCX files of `samples/van-phong-mau/den/` anew: `cargo run --example make-samples`.
//!
//! The files are committed; this program documents how they came about and rebuilds them byte for byte. Everything in
//! them is invented: places, bodies, people, numbers.

use docx_rs::{
    AbstractNumbering, AlignmentType, Docx, Footer, IndentLevel, Level, LevelJc, LevelText, NumberFormat, Numbering,
    NumberingId, PageNum, Paragraph, Run, RunFonts, Start, Style, StyleType, Table, TableCell, TableRow, VMergeType,
};
use std::fs::OpenOptions;
use std::path::Path;

/// One piece of a document.
enum Piece {
    /// Two columns without borders, one line per paragraph: header and footer of an administrative document.
    Columns(&'static [&'static str], &'static [&'static str]),
    /// A centred bold line.
    Centred(&'static str),
    /// An ordinary paragraph.
    Text(&'static str),
    /// A paragraph with an automatic label: list and level.
    Listed(usize, usize, &'static str),
    /// A table with borders. `^` in a cell continues the cell above.
    Grid(&'static [&'static [&'static str]]),
}
use Piece::{Centred, Columns, Grid, Listed, Text};

/// `I.` / `1.` / `a)` / `-`.
const PLAN: usize = 2;
/// `1.` / `-`.
const ITEMS: usize = 3;
/// `Điều 1.` / `1.`.
const ARTICLES: usize = 4;
/// As [`ARTICLES`], counted anew.
const ANNEX_ARTICLES: usize = 5;

const CONG_VAN: &[Piece] = &[
    Columns(
        &[
            "HỘI LHPN TỈNH BÌNH CHÂU",
            "HỘI LHPN HUYỆN TÂN LỘC",
            "Số: 112/HPN-TG",
            "V/v đăng ký công trình, phần việc chào mừng 90 năm ngày thành lập Hội",
        ],
        &["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Tân Lộc, ngày 05 tháng 3 năm 2020"],
    ),
    Text("Kính gửi: Hội LHPN các xã, thị trấn; Hội Phụ nữ Công an huyện."),
    Text(
        "Thực hiện Công văn số 88/BTV-TG ngày 20 tháng 02 năm 2020 của Ban Thường vụ Hội LHPN tỉnh về việc đăng ký \
         công trình, phần việc, Hội LHPN huyện đề nghị các đơn vị thực hiện một số nội dung sau:",
    ),
    Listed(
        ITEMS,
        0,
        "Mỗi xã, thị trấn đăng ký tối thiểu 01 công trình, 02 phần việc. Riêng thị trấn Tân Lộc đăng ký ít nhất 02 công trình.",
    ),
    Listed(ITEMS, 0, "Bản đăng ký (theo mẫu gửi kèm) gửi về Hội LHPN huyện trước ngày 25/3/2020."),
    Listed(ITEMS, 0, "Thời gian thực hiện: từ nay đến hết ngày 20/10/2020."),
    Listed(
        ITEMS,
        0,
        "Chậm nhất 05 ngày làm việc kể từ ngày khánh thành công trình, các đơn vị báo cáo kết quả về Hội LHPN huyện.",
    ),
    Listed(
        ITEMS,
        0,
        "Hội LHPN huyện chọn 03 công trình tiêu biểu đề nghị tỉnh khen thưởng; lễ biểu dương tổ chức ngày 16/10/2020.",
    ),
    Text("Hội LHPN huyện đề nghị các đơn vị quan tâm triển khai./."),
    Columns(
        &["Nơi nhận:", "- Như trên;", "- Hội LHPN tỉnh (để báo cáo);", "- Lưu: VT."],
        &["TM. BAN THƯỜNG VỤ", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "Ngô Thị Bích Liên"],
    ),
];

const QUYET_DINH: &[Piece] = &[
    Columns(
        &["ỦY BAN NHÂN DÂN", "TỈNH HÀ LÂM", "Số: 21/2023/QĐ-UBND"],
        &["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Hà Lâm, ngày 15 tháng 6 năm 2023"],
    ),
    Centred("QUYẾT ĐỊNH"),
    Centred("Ban hành Quy định về hoạt động của cụm, khối thi đua trên địa bàn tỉnh"),
    Centred("ỦY BAN NHÂN DÂN TỈNH HÀ LÂM"),
    Text("Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;"),
    Text("Căn cứ Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017 của Chính phủ;"),
    Text("Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 302/TTr-SNV ngày 02 tháng 6 năm 2023."),
    Centred("QUYẾT ĐỊNH:"),
    Listed(ARTICLES, 0, "Ban hành Quy định về hoạt động của cụm, khối thi đua trên địa bàn tỉnh."),
    Listed(
        ARTICLES,
        0,
        "Quyết định này thay thế Quyết định số 17/2018/QĐ-UBND ngày 25 tháng 4 năm 2018 của Ủy ban nhân dân tỉnh.",
    ),
    Listed(ARTICLES, 0, "Chánh Văn phòng, Giám đốc Sở Nội vụ và các đơn vị liên quan chịu trách nhiệm thi hành./."),
    Columns(
        &["Nơi nhận:", "- Như Điều 3;", "- Bộ Nội vụ (để báo cáo);", "- Lưu: VT, NC."],
        &["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "Đặng Quốc Khải"],
    ),
    Centred("QUY ĐỊNH"),
    Centred("Về hoạt động của cụm, khối thi đua trên địa bàn tỉnh"),
    Listed(ANNEX_ARTICLES, 0, "Phát động và ký kết"),
    Listed(ANNEX_ARTICLES, 1, "Cụm trưởng tổ chức ký kết giao ước thi đua trước ngày 28/02 hằng năm."),
    Listed(ANNEX_ARTICLES, 1, "Mỗi cụm, khối sơ kết 06 tháng một lần."),
    Listed(ANNEX_ARTICLES, 0, "Chấm điểm, suy tôn"),
    Listed(ANNEX_ARTICLES, 1, "Mỗi cụm, khối suy tôn không quá 02 đơn vị dẫn đầu, 03 đơn vị xuất sắc."),
    Listed(ANNEX_ARTICLES, 1, "Bảng điểm thực hiện như sau:"),
    Grid(&[
        &["Nội dung", "Tiêu chí", "Điểm tối đa"],
        &["Chỉ tiêu", "Kinh tế - xã hội", "60 điểm"],
        &["^", "Quốc phòng, an ninh", "20 điểm"],
        &["Thi đua", "Nhân rộng điển hình", "20 điểm"],
    ]),
    Listed(ANNEX_ARTICLES, 0, "Hồ sơ, thời hạn"),
    Listed(ANNEX_ARTICLES, 1, "Cụm trưởng gửi hồ sơ đề nghị khen thưởng về Sở Nội vụ trước ngày 31/11 hằng năm."),
    Listed(
        ANNEX_ARTICLES,
        1,
        "Trong thời hạn 10 ngày làm việc kể từ ngày nhận đủ hồ sơ, Sở Nội vụ thẩm định, trình Chủ tịch Ủy ban nhân dân tỉnh.",
    ),
    Listed(ANNEX_ARTICLES, 1, "Tài liệu tổng kết gửi các thành viên trước 07 ngày so với ngày tổ chức hội nghị."),
];

const KE_HOACH_XA: &[Piece] = &[
    Columns(
        &["HỘI LHPN TỈNH BÌNH CHÂU", "HỘI LHPN XÃ HÒA MỸ", "Số: 18/KH-HPN"],
        &["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Hòa Mỹ, ngày 06 tháng 10 năm 2025"],
    ),
    Centred("KẾ HOẠCH"),
    Centred("Triển khai đợt thi đua “100 mái nhà xanh” chào mừng Đại hội đại biểu phụ nữ tỉnh"),
    Text(
        "Thực hiện Kế hoạch số 61/KH-BTV ngày 24/9/2025 của Ban Thường vụ Hội LHPN tỉnh Bình Châu về đợt thi đua chào \
         mừng Đại hội đại biểu phụ nữ tỉnh, nhiệm kỳ 2025 - 2030, Hội LHPN xã xây dựng kế hoạch như sau:",
    ),
    Listed(PLAN, 0, "MỤC ĐÍCH, YÊU CẦU"),
    Listed(PLAN, 1, "Lan tỏa nếp sống xanh trong từng hộ gia đình hội viên."),
    Listed(PLAN, 1, "Bám sát điều kiện của từng chi hội, tránh phô trương."),
    Listed(PLAN, 0, "NỘI DUNG, CHỈ TIÊU"),
    Listed(PLAN, 1, "Thời gian: từ tháng 10/2025 đến khi tổ chức thành công Đại hội."),
    Listed(PLAN, 1, "Chỉ tiêu"),
    Listed(PLAN, 2, "100% chi hội đăng ký tham gia đợt thi đua."),
    Listed(PLAN, 2, "Mỗi chi hội vận động từ 15 hộ trở lên phân loại rác tại nhà."),
    Listed(PLAN, 2, "Bình quân mỗi tháng, toàn xã ra quân dọn vệ sinh 02 buổi."),
    Listed(PLAN, 1, "Phân bổ chỉ tiêu trồng cây:"),
    Grid(&[
        &["Chi hội", "Chỉ tiêu", "Hoàn thành"],
        &["Thôn Đông", "ít nhất 120 cây xanh", "trước ngày 15/11/2025"],
        &["Thôn Đoài", "ít nhất 80 cây xanh", "trước ngày 20/11/2025"],
    ]),
    Listed(PLAN, 0, "TỔ CHỨC THỰC HIỆN"),
    Listed(PLAN, 1, "Thường trực Hội LHPN xã"),
    Listed(PLAN, 3, "Phát động tại trụ sở xã vào thứ Hai, ngày 20/10/2025."),
    Listed(PLAN, 3, "Tổng hợp, báo cáo Hội LHPN tỉnh trước ngày 25 hằng tháng."),
    Listed(PLAN, 1, "Các chi hội"),
    Listed(PLAN, 3, "Gửi bản đăng ký (Mẫu số 01 kèm theo) về Hội LHPN xã chậm nhất ngày 15/10/2025."),
    Listed(PLAN, 3, "Chọn 01 gia đình tiêu biểu để biểu dương."),
    Text("Trên đây là Kế hoạch triển khai đợt thi đua, đề nghị các chi hội thực hiện./."),
    Columns(
        &["Nơi nhận:", "- Hội LHPN tỉnh (để báo cáo);", "- Đảng ủy xã (để báo cáo);", "- Các chi hội;", "- Lưu: VT."],
        &["TM. BAN THƯỜNG VỤ", "CHỦ TỊCH", "", "Bùi Thị Mai Sen"],
    ),
    Centred("Mẫu số 01"),
    Centred("BẢN ĐĂNG KÝ THAM GIA ĐỢT THI ĐUA"),
    Grid(&[&["STT", "Nội dung đăng ký", "Người phụ trách"], &["1", "", ""], &["2", "", ""]]),
];

const KE_HOACH_TRUNG_UONG: &[Piece] = &[
    Columns(
        &["HỘI LIÊN HIỆP PHỤ NỮ VIỆT NAM", "ĐOÀN CHỦ TỊCH", "Số: 42/KH-ĐCT"],
        &["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Hà Nội, ngày 20 tháng 01 năm 2026"],
    ),
    Centred("KẾ HOẠCH"),
    Centred("Phát động phong trào thi đua “Phụ nữ số, gia đình số” năm 2026"),
    Text(
        "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022; khoản 1 Điều 5 Nghị định số 152/2025/NĐ-CP ngày \
         14/6/2025 của Chính phủ;",
    ),
    Text(
        "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị, Đoàn Chủ tịch Trung ương Hội LHPN Việt Nam \
         xây dựng kế hoạch phát động phong trào thi đua với các nội dung sau:",
    ),
    Listed(PLAN, 0, "MỤC TIÊU"),
    Listed(
        PLAN,
        1,
        "Đến hết năm 2026, ít nhất 80% cán bộ Hội chuyên trách sử dụng thành thạo dịch vụ công trực tuyến.",
    ),
    Listed(PLAN, 1, "Mỗi tỉnh, thành phố xây dựng tối thiểu 02 mô hình; mỗi xã, phường có 01 tổ phụ nữ số."),
    Listed(PLAN, 1, "Không quá 5% hội viên trong độ tuổi lao động chưa có tài khoản định danh điện tử."),
    Listed(PLAN, 0, "NHIỆM VỤ"),
    Listed(PLAN, 1, "Hội LHPN các tỉnh, thành phố"),
    Listed(PLAN, 2, "Phát động phong trào trong quý I/2026; chỉ đạo Hội LHPN các huyện, thị xã hưởng ứng."),
    Listed(PLAN, 2, "Đăng ký mô hình về Trung ương Hội trước ngày 31 tháng 3 năm 2026."),
    Listed(
        PLAN,
        2,
        "Báo cáo sơ kết 6 tháng đầu năm 2026 chậm nhất ngày 20/6/2026; báo cáo năm muộn nhất ngày 15/12/2026.",
    ),
    Listed(PLAN, 1, "Các ban, đơn vị Trung ương Hội"),
    Listed(PLAN, 2, "Ban Tuyên giáo mở lớp tập huấn trực tuyến mỗi quý một lần, mỗi lớp không ít hơn 200 học viên."),
    Listed(
        PLAN,
        2,
        "Văn phòng thẩm định hồ sơ khen thưởng trong vòng 15 ngày kể từ ngày nhận đủ hồ sơ; trình tặng Bằng khen cho 20 tập thể.",
    ),
    Text("Trên đây là Kế hoạch phát động phong trào thi đua năm 2026./."),
    Columns(
        &["Nơi nhận:", "- Ban Bí thư (để báo cáo);", "- Hội LHPN các tỉnh, thành phố;", "- Lưu: VT, TG."],
        &["TM. ĐOÀN CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "Lương Thị Thanh Hà"],
    ),
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/van-phong-mau/den");
    for (name, pieces) in [
        ("03-cong-van-hoi-huyen-2020.docx", CONG_VAN),
        ("04-quyet-dinh-ubnd-2023.docx", QUYET_DINH),
        ("08-ke-hoach-hoi-xa-2025.docx", KE_HOACH_XA),
        ("09-ke-hoach-trung-uong-2026.docx", KE_HOACH_TRUNG_UONG),
    ] {
        let file = OpenOptions::new().write(true).create(true).truncate(true).open(folder.join(name))?;
        document(pieces).build().pack(file)?;
    }
    Ok(())
}

fn document(pieces: &[Piece]) -> Docx {
    let roman = NumberFormat::new("upperRoman");
    let decimal = NumberFormat::new("decimal");
    let letter = NumberFormat::new("lowerLetter");
    let bullet = NumberFormat::new("bullet");
    let level = |depth, format: &NumberFormat, text: &str| {
        Level::new(depth, Start::new(1), format.clone(), LevelText::new(text), LevelJc::new("left"))
    };
    let mut docx = Docx::new()
        .default_fonts(RunFonts::new().ascii("Times New Roman").hi_ansi("Times New Roman").cs("Times New Roman"))
        .default_size(28)
        .add_style(Style::new("Heading1", StyleType::Paragraph).name("heading 1").bold())
        .add_style(Style::new("Heading2", StyleType::Paragraph).name("heading 2").bold())
        .add_abstract_numbering(
            AbstractNumbering::new(PLAN)
                .add_level(level(0, &roman, "%1."))
                .add_level(level(1, &decimal, "%2."))
                .add_level(level(2, &letter, "%3)"))
                .add_level(level(3, &bullet, "-")),
        )
        .add_abstract_numbering(
            AbstractNumbering::new(ITEMS).add_level(level(0, &decimal, "%1.")).add_level(level(1, &bullet, "-")),
        )
        .footer(Footer::new().add_paragraph(Paragraph::new().add_page_num(PageNum::new())));
    for list in [ARTICLES, ANNEX_ARTICLES] {
        docx = docx.add_abstract_numbering(
            AbstractNumbering::new(list).add_level(level(0, &decimal, "Điều %1.")).add_level(level(1, &decimal, "%2.")),
        );
    }
    for list in [PLAN, ITEMS, ARTICLES, ANNEX_ARTICLES] {
        docx = docx.add_numbering(Numbering::new(list, list));
    }
    for piece in pieces {
        docx = match piece {
            Columns(left, right) => docx.add_table(columns(left, right)),
            Grid(rows) => docx.add_table(grid(rows)),
            Centred(text) => docx.add_paragraph(line(text).align(AlignmentType::Center)),
            Text(text) => docx.add_paragraph(Paragraph::new().add_run(Run::new().add_text(*text))),
            Listed(list, depth, text) => docx.add_paragraph(listed(*list, *depth, text)),
        };
    }
    docx
}

/// A bold line.
fn line(text: &str) -> Paragraph {
    Paragraph::new().add_run(Run::new().add_text(text).bold())
}

/// Headings of a plan carry a heading style; the text is split over two runs, as an editor leaves it.
fn listed(list: usize, depth: usize, text: &str) -> Paragraph {
    let middle = text.char_indices().map(|(at, _)| at).nth(text.chars().count() / 2).unwrap_or_default();
    let (first, second) = text.split_at(middle);
    let paragraph = Paragraph::new()
        .numbering(NumberingId::new(list), IndentLevel::new(depth))
        .add_run(Run::new().add_text(first))
        .add_run(Run::new().add_text(second));
    match (list, depth) {
        (PLAN, 0) => paragraph.style("Heading1"),
        (ANNEX_ARTICLES, 0) => paragraph.style("Heading2"),
        _ => paragraph,
    }
}

fn columns(left: &[&str], right: &[&str]) -> Table {
    let cell = |lines: &[&str]| {
        lines.iter().fold(TableCell::new(), |cell, text| cell.add_paragraph(line(text).align(AlignmentType::Center)))
    };
    Table::without_borders(vec![TableRow::new(vec![cell(left), cell(right)])]).set_grid(vec![4_000, 6_000])
}

fn grid(rows: &[&[&str]]) -> Table {
    let continued =
        |row: usize, column: usize| rows.get(row).and_then(|cells| cells.get(column)).is_some_and(|text| *text == "^");
    let body = rows
        .iter()
        .enumerate()
        .map(|(r, cells)| {
            let cells = cells
                .iter()
                .enumerate()
                .map(|(c, text)| {
                    let cell = TableCell::new();
                    if continued(r, c) {
                        cell.vertical_merge(VMergeType::Continue).add_paragraph(Paragraph::new())
                    } else {
                        let cell = if continued(r + 1, c) { cell.vertical_merge(VMergeType::Restart) } else { cell };
                        cell.add_paragraph(Paragraph::new().add_run(Run::new().add_text(*text)))
                    }
                })
                .collect();
            TableRow::new(cells)
        })
        .collect();
    Table::new(body).set_grid(vec![3_300; rows.first().map_or(0, |row| row.len())])
}
