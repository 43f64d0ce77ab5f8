//! Registration forms that units fill in and send back: works and tasks, a collective, a person.
//!
//! Lines of dots are for the unit to fill in; a value that the office lacks is a tag and prints as highlighted dots.

use super::kit::{
    LANDSCAPE_WIDTH, Style, TEXT_WIDTH, annex_head, cell, columns, heading_row, p, rule, table, tag, tag_row,
    tall_cell, wide_cell, writing_row,
};

const DATELINE: &str = "………………, ngày …… tháng …… năm ………";

/// Works and tasks (*công trình, phần việc*), lying.
pub fn works() -> String {
    let heads: [(&str, u32); 12] = [
        ("TT", 540),
        ("Tên công trình, phần việc", 2150),
        ("Nội dung", 1900),
        ("Đối tượng", 1150),
        ("Số người", 800),
        ("Địa điểm", 1150),
        ("Số tiền (đồng)", 1250),
        ("Nguồn", 900),
        ("Bắt đầu", 1290),
        ("Hoàn thành", 1290),
        ("Đơn vị, người phụ trách", 1200),
        ("Ghi chú", LANDSCAPE_WIDTH - 13_620),
    ];
    let groups = [("Đối tượng hưởng lợi", 3), ("Kinh phí", 6), ("Thời gian", 8)];
    let group_at = |at: usize| groups.iter().find(|(_, first)| *first == at);
    let inside = |at: usize| groups.iter().any(|(_, first)| at == *first || at == first + 1);
    let width = |at: usize| heads.get(at).map_or(0, |(_, width)| *width);
    let mut upper = Vec::new();
    let mut lower = Vec::new();
    for (at, (text, own)) in heads.iter().enumerate() {
        let head = p(Style::Column, text);
        if let Some((name, _)) = group_at(at) {
            upper.push(wide_cell(own + width(at + 1), 2, &p(Style::Column, name)));
        } else if !inside(at) {
            upper.push(tall_cell(*own, true, &head));
        }
        lower.push(if inside(at) { cell(*own, &head) } else { tall_cell(*own, false, &p(Style::Column, "")) });
    }
    let widths: Vec<u32> = heads.iter().map(|(_, width)| *width).collect();
    let body = blank_rows(&widths);
    annexed(LANDSCAPE_WIDTH, "BẢNG ĐĂNG KÝ CÔNG TRÌNH, PHẦN VIỆC")
        + &head(LANDSCAPE_WIDTH)
        + &titled(LANDSCAPE_WIDTH, "BẢNG ĐĂNG KÝ CÔNG TRÌNH, PHẦN VIỆC")
        + &p(Style::Line, "Đơn vị đăng ký: **{{ don_vi }}**")
        + &asked("Chỉ tiêu được giao: ít nhất **{{ chi_tieu }}**")
        + &table(&widths, &[heading_row(&upper), heading_row(&lower)].into_iter().chain(body).collect::<Vec<_>>())
        + &p(Style::Gap, "")
        + &p(Style::Line, "Tổng số: …… công trình, phần việc.")
        + &signature(LANDSCAPE_WIDTH, "", "ĐẠI DIỆN ĐƠN VỊ ĐĂNG KÝ")
}

/// A collective: movements, targets, titles (TT 35/2011/TT-BLĐTBXH, Mẫu 1a).
pub fn collective() -> String {
    let section = |label: &str, heads: &[(&str, u32)]| {
        let cells: Vec<String> = heads.iter().map(|(text, width)| cell(*width, &p(Style::Column, text))).collect();
        let widths: Vec<u32> = heads.iter().map(|(_, width)| *width).collect();
        let rows: Vec<String> = [heading_row(&cells)].into_iter().chain(blank_rows(&widths)).collect();
        p(Style::Section, label) + &table(&widths, &rows)
    };
    annexed(TEXT_WIDTH, "BẢNG ĐĂNG KÝ GIAO ƯỚC THI ĐUA")
        + &head(TEXT_WIDTH)
        + &titled(TEXT_WIDTH, "BẢNG ĐĂNG KÝ GIAO ƯỚC THI ĐUA")
        + &p(Style::Line, "Đơn vị đăng ký: **{{ don_vi }}**")
        + &p(Style::Line, "Tổng số người: ……; trong đó nữ: ……")
        + &p(Style::Line, "Danh hiệu tập thể đăng ký: ………………………………………………………")
        + &asked("")
        + &section(
            "I. Phong trào",
            &[
                ("TT", 560),
                ("Tên phong trào", 2700),
                ("Mục tiêu", 3000),
                ("Thời gian phát động", 1405),
                ("Thời gian tổng kết", TEXT_WIDTH - 7665),
            ],
        )
        + &section(
            "II. Chỉ tiêu",
            &[("TT", 560), ("Nội dung", 4400), ("ĐVT", 1100), ("Kế hoạch", 1300), ("Ghi chú", TEXT_WIDTH - 7360)],
        )
        + &section(
            "III. Danh sách đăng ký danh hiệu",
            &[
                ("TT", 560),
                ("Họ và tên", 2300),
                ("Chức vụ, đơn vị", 2200),
                ("Danh hiệu đăng ký", 2200),
                ("Hình thức khen thưởng", TEXT_WIDTH - 7260),
            ],
        )
        + &signature(TEXT_WIDTH, "", "ĐẠI DIỆN ĐƠN VỊ ĐĂNG KÝ")
}

/// A person.
pub fn person() -> String {
    let heads = [("TT", 560), ("Nội dung đăng ký", 4000), ("Chỉ tiêu phấn đấu", 2711), ("Thời hạn", TEXT_WIDTH - 7271)];
    let cells: Vec<String> = heads.iter().map(|(text, width)| cell(*width, &p(Style::Column, text))).collect();
    let widths: Vec<u32> = heads.iter().map(|(_, width)| *width).collect();
    let rows: Vec<String> = [heading_row(&cells)].into_iter().chain(blank_rows(&widths)).collect();
    annexed(TEXT_WIDTH, "PHIẾU ĐĂNG KÝ THI ĐUA CÁ NHÂN")
        + &head(TEXT_WIDTH)
        + &titled(TEXT_WIDTH, "PHIẾU ĐĂNG KÝ THI ĐUA CÁ NHÂN")
        + &p(Style::Line, "Kính gửi: {{ kinh_gui }}")
        + &p(Style::Line, "Họ và tên: ……………………………………; ngày sinh: ……/……/…………")
        + &p(Style::Line, "Chức vụ, chức danh: ……………………………………………………………")
        + &p(Style::Line, "Đơn vị: **{{ don_vi }}**")
        + &p(Style::Line, "Danh hiệu phấn đấu: ……………………………………………………………")
        + &p(Style::Line, "Hình thức khen thưởng đề nghị: …………………………………………………")
        + &asked("")
        + &p(Style::Line, "Nội dung, chỉ tiêu đăng ký:")
        + &table(&widths, &rows)
        + &p(Style::Gap, "")
        + &p(Style::Text, "Tôi cam kết thực hiện đúng các nội dung đã đăng ký.")
        + &signature(TEXT_WIDTH, "XÁC NHẬN CỦA ĐƠN VỊ", "NGƯỜI ĐĂNG KÝ")
}

/// A blank form of a directive, handed on: its columns as the directive has them, lying.
pub fn sent() -> String {
    let cells = |inner: &str, style: Style| {
        let part = |text: &str| cell(LANDSCAPE_WIDTH / 3, &p(style, text));
        [part("{%tc for c in cot %}"), part(inner), part("{%tc endfor %}")]
    };
    let third = LANDSCAPE_WIDTH / 3;
    let widths = [third, third, LANDSCAPE_WIDTH - 2 * third];
    let number = "{% if loop.first %}{{ tt }}{% endif %}";
    annex_head(LANDSCAPE_WIDTH, "{{ phu_luc.nhan }}", "{{ tieu_de }}", "{{r phu_luc.kem_theo }}")
        + &table(
            &widths,
            &[
                heading_row(&cells("{{ c }}", Style::Column)),
                tag_row(&widths, "{%tr for tt in hang_trong %}"),
                writing_row(&cells(number, Style::CellCentred)),
                tag_row(&widths, "{%tr endfor %}"),
            ],
        )
        + &p(Style::Gap, "")
}

/// What the office asks for: the minimum, until when, where to send it, on what it rests.
fn asked(minimum: &str) -> String {
    let minimum = if minimum.is_empty() { String::new() } else { p(Style::Line, minimum) };
    minimum
        + &p(Style::Line, "Hạn gửi đăng ký: **{{ han }}**")
        + &p(Style::Line, "Nơi gửi: {{ noi_gui }}")
        + &p(Style::Line, "Căn cứ: {{r can_cu }}")
}

fn blank_rows(widths: &[u32]) -> Vec<String> {
    let cells: Vec<String> =
        widths
            .iter()
            .enumerate()
            .map(|(at, width)| {
                if at == 0 {
                    cell(*width, &p(Style::CellCentred, "{{ tt }}"))
                } else {
                    cell(*width, &p(Style::Cell, ""))
                }
            })
            .collect();
    vec![tag_row(widths, "{%tr for tt in hang_trong %}"), writing_row(&cells), tag_row(widths, "{%tr endfor %}")]
}

/// The top of the form where it stands as an annex of a plan.
fn annexed(width: u32, title: &str) -> String {
    tag("{%p if phu_luc %}")
        + &annex_head(width, "{{ phu_luc.nhan }}", &format!("MẪU {title}"), "{{r phu_luc.kem_theo }}")
        + &tag("{%p endif %}")
}

/// The unit at the left with the body above it, quốc hiệu and tiêu ngữ at the right.
fn head(width: u32) -> String {
    let left = width * 2 / 5;
    let body = p(Style::Above, "{{ cap_tren }}") + &p(Style::Body13, "{{ don_vi_hoa }}") + &rule(left, 1300);
    let emblem = p(Style::Body13, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        + &p(Style::Motto, "Độc lập - Tự do - Hạnh phúc")
        + &rule(width - left, 3380)
        + &p(Style::Dateline, DATELINE);
    columns(&[left, width - left], &[cell(left, &body), cell(width - left, &emblem)]) + &p(Style::Gap, "")
}

/// Title and drive with the rule below.
fn titled(width: u32, title: &str) -> String {
    p(Style::Kind, title) + &p(Style::Subject, "{{ dot }}") + &rule(width, 2800) + &p(Style::Gap, "")
}

fn signature(width: u32, left: &str, right: &str) -> String {
    let half = width / 2;
    let signer = |post: &str| {
        if post.is_empty() {
            return p(Style::Cell, "");
        }
        p(Style::Authority, post) + &p(Style::Centred, "__(Ký, ghi rõ họ tên)__") + &p(Style::Signer, "\n\n\n")
    };
    p(Style::Gap, "")
        + &columns(&[half, width - half], &[cell(half, &signer(left)), cell(width - half, &signer(right))])
}
