//! Phiếu yêu cầu bổ sung hồ sơ: what a unit has to put right in the papers that it handed in.

use super::kit::{Style, TEXT_WIDTH, cell, foot, head, heading_row, p, row, table, tag_row, title};

/// One line for each finding; its number stands in the last column, so that the reply can be matched.
pub fn body() -> String {
    head("Số: {{ so }}/{{ ky_hieu }}", None)
        + &title("PHIẾU YÊU CẦU BỔ SUNG HỒ SƠ", "Hồ sơ đề nghị khen thưởng")
        + &p(Style::Addressee, "Kính gửi: {{ kinh_gui }}")
        + &p(
            Style::Text,
            "Qua thẩm định {{ so_ho_so }} hồ sơ đề nghị khen thưởng của {{ kinh_gui }}, {{ bo_phan }} đề nghị bổ sung, hoàn thiện các nội dung sau:",
        )
        + &lines()
        + &p(Style::Gap, "")
        + &p(Style::Text, "Hạn bổ sung: trước ngày **{{ han }}**.")
        + &p(
            Style::Text,
            "Nơi nhận hồ sơ bổ sung: {{ noi_gui }}.{% if lien_he %} Cần trao đổi thêm, xin liên hệ: {{ lien_he }}.{% endif %}",
        )
        + &p(Style::Text, "Trân trọng./.")
        + &foot()
}

fn lines() -> String {
    let columns: [(&str, &str, u32, Style); 5] = [
        ("TT", "{{ hang.tt }}", 520, Style::CellCentred),
        ("Hồ sơ", "{% vm hang.ho_so %}{{ hang.ho_so }}", 1900, Style::Cell),
        ("Nội dung cần bổ sung, chỉnh sửa", "{{ hang.noi_dung }}", 3200, Style::Cell),
        ("Cách hoàn thiện", "{{ hang.cach_sua }}", 2350, Style::Cell),
        ("Mã", "{{ hang.ma }}", TEXT_WIDTH - 7970, Style::CellCentred),
    ];
    let widths: Vec<u32> = columns.iter().map(|(_, _, width, _)| *width).collect();
    let heads: Vec<String> = columns.iter().map(|(text, _, width, _)| cell(*width, &p(Style::Column, text))).collect();
    let cells: Vec<String> = columns.iter().map(|(_, value, width, style)| cell(*width, &p(*style, value))).collect();
    let rows = [
        heading_row(&heads),
        tag_row(&widths, "{%tr for hang in noi_dung %}"),
        row(&cells),
        tag_row(&widths, "{%tr endfor %}"),
    ];
    table(&widths, &rows)
}
