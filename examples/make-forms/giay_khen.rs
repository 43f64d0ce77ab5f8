//! Giấy khen, bằng khen, giấy chứng nhận: A4 lying. Every text has a fixed place on the page, so that it falls where
//! pre-printed stock wants it, whatever else is printed (`in_san` leaves out what stock has already).

use std::fmt::Write as _;

/// A text at a place of the page, in millimetres.
struct Frame {
    x: u32,
    y: u32,
    width: u32,
    /// Points.
    size: u32,
    look: &'static str,
    align: &'static str,
}

const BOLD: &str = "<w:b/><w:bCs/>";
const ITALIC: &str = "<w:i/><w:iCs/>";
const RED: &str = "<w:b/><w:bCs/><w:color w:val=\"C00000\"/>";

pub fn body() -> String {
    let wide = |y, size, look| Frame { x: 20, y, width: 257, size, look, align: "center" };
    let printed =
        |frame: Frame, text: &str| gone("{%p if not in_san %}") + &placed(&frame, text) + &gone("{%p endif %}");
    let right = |y, size, look| Frame { x: 152, y, width: 120, size, look, align: "center" };
    let left = |y| Frame { x: 30, y, width: 110, size: 13, look: "", align: "left" };
    printed(wide(20, 16, BOLD), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        + &printed(wide(28, 15, "<w:b/><w:bCs/><w:u w:val=\"single\"/>"), "Độc lập - Tự do - Hạnh phúc")
        + &printed(wide(58, 20, RED), "{{ nguoi_tang }}")
        + &printed(wide(69, 16, BOLD), "TẶNG")
        + &printed(wide(77, 38, RED), "{{ hinh_thuc_hoa }}")
        + &placed(&wide(101, 22, BOLD), "{{ nguoi_nhan }}")
        + &gone("{%p if chuc_vu_don_vi %}")
        + &placed(&wide(113, 16, ""), "{{ chuc_vu_don_vi }}")
        + &gone("{%p endif %}")
        + &placed(
            &Frame { x: 38, y: 123, width: 221, size: 16, look: ITALIC, align: "center" },
            "Đã có thành tích {{ thanh_tich }}",
        )
        + &placed(&left(166), "Quyết định số: {{ so_qd }}")
        + &placed(&left(172), "ngày {{ ngay }} tháng {{ thang }} năm {{ nam }}")
        + &placed(&left(178), "Số sổ vàng: {{ so_vang }}")
        + &placed(&right(150, 14, ITALIC), "{{ dia_danh }}, ngày {{ ngay }} tháng {{ thang }} năm {{ nam }}")
        + &placed(
            &right(157, 14, BOLD),
            "{% for dong in quyen_han %}{{ dong }}{% if not loop.last %}\n{% endif %}{% endfor %}",
        )
        + &placed(&right(194, 14, BOLD), "{{ nguoi_ky }}")
        + "<w:p><w:pPr><w:pStyle w:val=\"Trong\"/></w:pPr></w:p>"
}

fn twips(millimetres: u32) -> u32 {
    millimetres * 1440 * 10 / 254
}

fn placed(frame: &Frame, text: &str) -> String {
    let mut runs = String::new();
    for (line, piece) in text.split('\n').enumerate() {
        let feed = if line > 0 { "<w:br/>" } else { "" };
        let (look, size) = (frame.look, frame.size * 2);
        let _ = write!(
            runs,
            "<w:r><w:rPr>{look}<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr>{feed}<w:t xml:space=\"preserve\">{piece}</w:t></w:r>"
        );
    }
    format!(
        "<w:p><w:pPr><w:framePr w:w=\"{}\" w:hSpace=\"0\" w:wrap=\"around\" w:vAnchor=\"page\" w:hAnchor=\"page\" w:x=\"{}\" \
         w:y=\"{}\"/><w:spacing w:before=\"0\" w:after=\"0\"/><w:jc w:val=\"{}\"/></w:pPr>{runs}</w:p>",
        twips(frame.width),
        twips(frame.x),
        twips(frame.y),
        frame.align
    )
}

/// A paragraph that is a tag and goes with it.
fn gone(tag: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"Trong\"/></w:pPr><w:r><w:t xml:space=\"preserve\">{tag}</w:t></w:r></w:p>")
}
