//! What comes of registrations: the table by unit, and the letter to those who are missing.

use super::kit::{Style, TEXT_WIDTH, cell, foot, head, heading_row, p, row, table, tag, tag_row, title, wide_cell};

/// The table by unit, and every thing that is registered.
pub fn by_unit() -> String {
    head("Số: {{ so }}/{{ ky_hieu }}", None)
        + &title("BẢNG TỔNG HỢP", "Đăng ký {{ viec }}")
        + &p(
            Style::Text,
            "Tổng số đơn vị: {{ so_don_vi }}; đã đăng ký: {{ da_dang_ky }}; chưa đăng ký: {{ chua_dang_ky }}; gửi muộn: {{ gui_muon }}.",
        )
        + &units()
        + &tag("{%p if muc %}")
        + &p(Style::Heading1, "Danh mục đã đăng ký")
        + &items()
        + &tag("{%p endif %}")
        + &foot()
}

fn units() -> String {
    let columns: [(&str, &str, u32, Style); 8] = [
        ("TT", "{{ loop.index }}", 510, Style::CellCentred),
        ("Đơn vị", "{{ hang.don_vi }}", 2250, Style::Cell),
        ("Chỉ tiêu", "{{ hang.chi_tieu }}", 650, Style::CellCentred),
        ("Đã đăng ký", "{{ hang.so_muc }}", 740, Style::CellCentred),
        ("Số người hưởng lợi", "{{ hang.so_nguoi }}", 900, Style::CellCentred),
        ("Kinh phí (đồng)", "{{ hang.kinh_phi }}", 1640, Style::CellRight),
        ("Ngày đăng ký", "{{ hang.ngay }}", 1290, Style::CellCentred),
        ("Ghi chú", "{{ hang.ghi_chu }}", TEXT_WIDTH - 7980, Style::Cell),
    ];
    let widths: Vec<u32> = columns.iter().map(|(_, _, width, _)| *width).collect();
    let total = [
        wide_cell(2760, 2, &p(Style::Column, "Tổng cộng")),
        cell(650, &p(Style::Column, "{{ tong.chi_tieu }}")),
        cell(740, &p(Style::Column, "{{ tong.so_muc }}")),
        cell(900, &p(Style::Column, "{{ tong.so_nguoi }}")),
        cell(1640, &p(Style::Column, "{{ tong.kinh_phi }}")),
        wide_cell(TEXT_WIDTH - 6690, 2, &p(Style::Cell, "")),
    ];
    listed(&columns, &widths, "hang", "don_vi", Some(row(&total)))
}

fn items() -> String {
    let columns: [(&str, &str, u32, Style); 7] = [
        ("TT", "{{ hang.tt }}", 510, Style::CellCentred),
        ("Đơn vị", "{% vm hang.don_vi %}{{ hang.don_vi }}", 1500, Style::Cell),
        ("Tên công trình, phần việc", "{{ hang.ten }}", 2250, Style::Cell),
        ("Địa điểm", "{{ hang.dia_diem }}", 1111, Style::Cell),
        ("Số người", "{{ hang.so_nguoi }}", 800, Style::CellCentred),
        ("Kinh phí (đồng)", "{{ hang.kinh_phi }}", 1400, Style::CellRight),
        ("Thời gian", "{{ hang.thoi_gian }}", TEXT_WIDTH - 7571, Style::CellCentred),
    ];
    let widths: Vec<u32> = columns.iter().map(|(_, _, width, _)| *width).collect();
    listed(&columns, &widths, "hang", "muc", None)
}

fn listed(
    columns: &[(&str, &str, u32, Style)],
    widths: &[u32],
    name: &str,
    list: &str,
    last: Option<String>,
) -> String {
    let head: Vec<String> = columns.iter().map(|(text, _, width, _)| cell(*width, &p(Style::Column, text))).collect();
    let cells: Vec<String> = columns.iter().map(|(_, value, width, style)| cell(*width, &p(*style, value))).collect();
    let mut rows = vec![
        heading_row(&head),
        tag_row(widths, &format!("{{%tr for {name} in {list} %}}")),
        row(&cells),
        tag_row(widths, "{%tr endfor %}"),
    ];
    rows.extend(last);
    table(widths, &rows)
}

/// The letter that reminds (*công văn đôn đốc*).
pub fn reminder() -> String {
    head("Số: {{ so }}/{{ ky_hieu }}", Some("V/v đôn đốc đăng ký {{ viec }}"))
        + &p(Style::Addressee, "Kính gửi: {% if kinh_gui | length == 1 %}{{ kinh_gui[0] }}.{% endif %}")
        + &tag("{%p if kinh_gui | length > 1 %}")
        + &tag("{%p for noi in kinh_gui %}")
        + &p(Style::Listed, "- {{ noi }}{% if loop.last %}.{% else %};{% endif %}")
        + &tag("{%p endfor %}")
        + &tag("{%p endif %}")
        + &p(Style::Text, "Thực hiện {{ can_cu }}, các đơn vị đăng ký {{ viec }} và gửi về {{ noi_gui }} {{ han }}.")
        + &p(Style::Text, "Đến nay, {{ don_vi }} đã nhận được đăng ký của {{ da_dang_ky }}/{{ so_don_vi }} đơn vị.")
        + &tag("{%p if chua_gui %}")
        + &p(Style::Text, "Các đơn vị chưa gửi đăng ký ({{ chua_gui | length }} đơn vị): {{ chua_gui | liet_ke }}")
        + &tag("{%p endif %}")
        + &tag("{%p if bo_sung %}")
        + &p(Style::Text, "Các đơn vị đã gửi nhưng cần bổ sung, chỉnh sửa:")
        + &lacking()
        + &tag("{%p endif %}")
        + &p(
            Style::Text,
            "{{ don_vi }} đề nghị các đơn vị có tên trên khẩn trương hoàn thành việc đăng ký, gửi về {{ noi_gui }} trước ngày {{ han_moi }} để tổng hợp./.",
        )
        + &foot()
}

fn lacking() -> String {
    let columns: [(&str, &str, u32, Style); 3] = [
        ("TT", "{{ loop.index }}", 600, Style::CellCentred),
        ("Đơn vị", "{{ hang.don_vi }}", 2600, Style::Cell),
        ("Nội dung cần bổ sung, chỉnh sửa", "{{ hang.noi_dung }}", TEXT_WIDTH - 3200, Style::Cell),
    ];
    let widths: Vec<u32> = columns.iter().map(|(_, _, width, _)| *width).collect();
    listed(&columns, &widths, "hang", "bo_sung", None)
}
