//! Kế hoạch: a plan drawn from a directive.

use super::kit::{
    Style, TEXT_WIDTH, annex, cell, foot, head, heading_row, p, row, table, tag, tag_row, title, wide_cell,
};

pub fn body() -> String {
    head("Số: {{ so }}/KH-{{ ky_hieu }}", None)
        + &title("KẾ HOẠCH", "{{r trich_yeu }}")
        + &tag("{%p for doan in can_cu %}")
        + &p(Style::Text, "{{r doan }}")
        + &tag("{%p endfor %}")
        + &sections()
        + &p(Style::Text, "{{r ket }}")
        + &foot()
        + &tag("{%p for phu_luc in cac_phu_luc %}")
        + &allocation()
        + &tag("{%p endfor %}")
}

fn sections() -> String {
    let look = |kind: &str, style: Style| {
        format!("{}{}", tag(&format!("{{%p if doan.kieu == \"{kind}\" %}}")), p(style, "{{r doan.chu }}"))
            + &tag("{%p endif %}")
    };
    tag("{%p for phan in cac_phan %}")
        + &p(Style::Heading1, "{{ phan.tieu_de }}")
        + &tag("{%p for doan in phan.doan %}")
        + &look("muc", Style::Heading2)
        + &look("tieu-muc", Style::Heading3)
        + &look("doan", Style::Text)
        + &tag("{%p endfor %}")
        + &tag("{%p if phan.chi_tieu %}")
        + &targets()
        + &p(Style::Gap, "")
        + &tag("{%p endif %}")
        + &tag("{%p if phan.thoi_gian %}")
        + &timeline()
        + &p(Style::Gap, "")
        + &tag("{%p endif %}")
        + &tag("{%p endfor %}")
}

/// What has to be reached: number | what | who | for whom | until.
fn targets() -> String {
    let widths = [567, 4252, 2551, 1701];
    let heads = ["TT", "Chỉ tiêu", "Đơn vị thực hiện", "Nguồn"];
    listed(
        &widths,
        &heads,
        "chi_tieu",
        &["{{ loop.index }}", "{{r hang.chi_tieu }}", "{{r hang.don_vi }}", "{{r hang.nguon }}"],
    )
}

/// What is due: number | what | own date | the parent's date | who | to whom.
fn timeline() -> String {
    let widths = [510, 2608, 1531, 1644, 1474, TEXT_WIDTH - 510 - 2608 - 1531 - 1644 - 1474];
    let heads = ["TT", "Nội dung", "Hạn của đơn vị", "Hạn của cấp trên", "Thực hiện", "Nơi nhận"];
    let cells = [
        "{{ loop.index }}",
        "{{r hang.noi_dung }}",
        "{{r hang.han }}",
        "{{r hang.han_cap_tren }}",
        "{{r hang.thuc_hien }}",
        "{{r hang.noi_nhan }}",
    ];
    listed(&widths, &heads, "thoi_gian", &cells)
}

fn listed(widths: &[u32], heads: &[&str], list: &str, values: &[&str]) -> String {
    let head: Vec<String> =
        widths.iter().zip(heads).map(|(width, text)| cell(*width, &p(Style::Column, text))).collect();
    let cells: Vec<String> = widths
        .iter()
        .zip(values)
        .enumerate()
        .map(|(at, (width, text))| cell(*width, &p(if at == 0 { Style::CellCentred } else { Style::Cell }, text)))
        .collect();
    table(
        widths,
        &[
            heading_row(&head),
            tag_row(widths, &format!("{{%tr for hang in phan.{list} %}}")),
            row(&cells),
            tag_row(widths, "{%tr endfor %}"),
        ],
    )
}

/// Numbers proposed for the units below, one table for each number.
fn allocation() -> String {
    let widths = [680, 4252, 1701, 2438];
    let heads = ["TT", "Đơn vị", "Đề xuất", "Ghi chú"];
    let head: Vec<String> =
        widths.iter().zip(heads).map(|(width, text)| cell(*width, &p(Style::Column, text))).collect();
    let values = ["{{ loop.index }}", "{{ hang.don_vi }}", "{{ hang.so }}", "{{ hang.ghi_chu }}"];
    let looks = [Style::CellCentred, Style::Cell, Style::CellCentred, Style::Cell];
    let cells: Vec<String> =
        widths.iter().zip(values).zip(looks).map(|((width, text), look)| cell(*width, &p(look, text))).collect();
    let total = [
        wide_cell(widths[0] + widths[1], 2, &p(Style::Column, "Tổng cộng")),
        cell(widths[2], &p(Style::Column, "{{ bang.tong }}")),
        cell(widths[3], &p(Style::Cell, "__{{ bang.ghi_chu }}__")),
    ];
    annex("{{ phu_luc.nhan }}", "{{ phu_luc.tieu_de }}", "{{r phu_luc.kem_theo }}")
        + &tag("{%p for bang in phu_luc.bang %}")
        + &p(Style::Text, "{{r bang.noi_dung }}")
        + &table(
            &widths,
            &[
                heading_row(&head),
                tag_row(&widths, "{%tr for hang in bang.hang %}"),
                row(&cells),
                tag_row(&widths, "{%tr endfor %}"),
                row(&total),
            ],
        )
        + &p(Style::Gap, "")
        + &tag("{%p endfor %}")
}
