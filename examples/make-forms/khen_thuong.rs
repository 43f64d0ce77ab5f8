//! Papers of commendation: decision with its list, proposal, minutes, roll of honour, correction.

use super::kit::{
    Style, TEXT_WIDTH, cell, columns, foot, head, heading_row, p, p_on_new_page, row, rule, table, tag, tag_row, title,
    wide_cell,
};

/// Quyết định khen thưởng: a *quyết định cá biệt*, with its list.
pub fn decision() -> String {
    head("Số: {{ so }}/QĐ-{{ ky_hieu }}", None)
        + &title(
            "QUYẾT ĐỊNH",
            "Về việc tặng {{ hinh_thuc }} cho {{ doi_tuong }} đã có thành tích {{ thanh_tich_chung }}",
        )
        + &p(Style::Authority, "{{ tham_quyen }}")
        + &p(Style::Gap, "")
        + &tag("{%p for dong in can_cu %}")
        + &p(Style::Basis, "{{ dong }};")
        + &tag("{%p endfor %}")
        + &p(
            Style::Basis,
            "Xét đề nghị của {{ to_trinh_don_vi }} tại Tờ trình số {{ to_trinh_so }} ngày {{ to_trinh_ngay }},",
        )
        + &p(Style::Kind, "QUYẾT ĐỊNH:")
        + &p(Style::Gap, "")
        + &p(
            Style::Text,
            "**Điều 1.** Tặng {{ hinh_thuc }} cho {{ so_luong }} (có danh sách kèm theo) đã có thành tích {{ thanh_tich_chung }}.",
        )
        + &tag("{%p if co_tien %}")
        + &p(
            Style::Text,
            "**Điều 2.** Tiền thưởng kèm theo: {% if muc_thuong %}{% for muc in muc_thuong %}mỗi {{ muc.doi_tuong }} \
             {{ muc.so_tien }} đồng{% if not loop.last %}, {% endif %}{% endfor %}{% else %}mức của từng trường hợp theo danh sách \
             kèm theo{% endif %}. Tổng số tiền thưởng là {{ tong_tien }} đồng ({{ tong_tien_chu }}). Nguồn kinh phí: {{ nguon }}.",
        )
        + &tag("{%p endif %}")
        + &p(
            Style::Text,
            "**Điều {{ dieu_cuoi }}.** {{ thi_hanh }} và {{ doi_tuong }} có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./.",
        )
        + &foot()
        + &p_on_new_page(Style::Kind, "DANH SÁCH")
        + &p(Style::Subject, "{{ tieu_de_danh_sach }}")
        + &p(
            Style::Centred,
            "__(Kèm theo Quyết định số {{ so }}/QĐ-{{ ky_hieu }} ngày {{ ngay }} tháng {{ thang }} năm {{ nam }} của {{ tham_quyen_thuong }})__",
        )
        + &rule(TEXT_WIDTH, 2800)
        + &p(Style::Gap, "")
        + &list(false)
        + &p(Style::Gap, "")
        + &p(
            Style::Text,
            "__Danh sách này có {{ so_luong }}.{% if co_tien %} Tổng số tiền thưởng: {{ tong_tien }} đồng ({{ tong_tien_chu }}).{% endif %}__",
        )
}

/// The list of a decision or proposal, with or without money; `with_form` adds the form of each.
fn list(with_form: bool) -> String {
    let name = ("{{ nhom.cot_ten }}", "{{ hang.ten }}");
    let post = ("{{ nhom.cot_don_vi }}", "{{ hang.chuc_vu_don_vi }}");
    let form = ("Hình thức đề nghị", "{{ hang.hinh_thuc }}");
    let work = ("Thành tích", "{{ hang.thanh_tich }}");
    let money = ("Mức thưởng (đồng)", "{{ hang.tien }}");
    let number = ("TT", "{{ hang.tt }}");
    if with_form {
        return listed(&[(567, number), (2552, name), (2551, post), (1417, form), (1984, work)], false);
    }
    tag("{%p if co_tien %}")
        + &listed(&[(567, number), (2552, name), (2551, post), (2126, work), (1275, money)], true)
        + &tag("{%p endif %}")
        + &tag("{%p if not co_tien %}")
        + &listed(&[(567, number), (2835, name), (2835, post), (2834, work)], false)
        + &tag("{%p endif %}")
}

type Column<'c> = (u32, (&'c str, &'c str));

/// One table for each kind of awardee: the heading is repeated on every page.
fn listed(list: &[Column], money: bool) -> String {
    let widths: Vec<u32> = list.iter().map(|(width, _)| *width).collect();
    let head: Vec<String> = list.iter().map(|(width, (head, _))| cell(*width, &p(Style::Column, head))).collect();
    let last = list.len() - 1;
    let cells: Vec<String> = list
        .iter()
        .enumerate()
        .map(|(at, (width, (_, value)))| {
            let centred = at == 0 || (money && at == last);
            cell(*width, &p(if centred { Style::CellCentred } else { Style::Cell }, value))
        })
        .collect();
    tag("{%p for nhom in cac_nhom %}")
        + &p(Style::Gap, "")
        + &p(Style::Heading1, "{{ nhom.la_ma }}. {{ nhom.ten }}")
        + &table(
            &widths,
            &[
                heading_row(&head),
                tag_row(&widths, "{%tr for hang in nhom.hang %}"),
                row(&cells),
                tag_row(&widths, "{%tr endfor %}"),
            ],
        )
        + &tag("{%p endfor %}")
}

/// Tờ trình.
pub fn proposal() -> String {
    head("Số: {{ to_trinh_so }}/TTr-{{ ky_hieu }}", None)
        + &title(
            "TỜ TRÌNH",
            "Về việc đề nghị tặng {{ cac_hinh_thuc }} cho {{ doi_tuong }} đã có thành tích {{ thanh_tich_chung }}",
        )
        + &p(Style::Addressee, "Kính gửi: {{ kinh_gui }}")
        + &tag("{%p for dong in can_cu %}")
        + &p(Style::Basis, "{{ dong }};")
        + &tag("{%p endfor %}")
        + &p(Style::Basis, "Căn cứ Biên bản họp xét khen thưởng ngày {{ ngay_hop }},")
        + &p(
            Style::Text,
            "{{ to_trinh_don_vi }} kính đề nghị {{ kinh_gui }} xem xét, tặng {{ cac_hinh_thuc }} cho {{ so_luong }} đã có thành tích \
             {{ thanh_tich_chung }}, gồm:",
        )
        + &list(true)
        + &p(Style::Gap, "")
        + &p(Style::Text, "__Danh sách này có {{ so_luong }}.__")
        + &p(Style::Text, "(Có báo cáo thành tích và biên bản họp xét kèm theo.)")
        + &p(Style::Text, "Kính đề nghị {{ kinh_gui }} xem xét, quyết định./.")
        + &foot()
}

/// Biên bản họp xét, with the table of votes.
pub fn minutes() -> String {
    let widths = [567, 2693, 1843, 992, 992, 992, 992];
    let heads =
        ["TT", "Họ và tên, tên tập thể", "Hình thức đề nghị", "Đồng ý", "Không đồng ý", "Không hợp lệ", "Tỷ lệ (%)"];
    let values = [
        "{{ hang.tt }}",
        "{{ hang.ten }}",
        "{{ hang.hinh_thuc }}",
        "{{ hang.dong_y }}",
        "{{ hang.khong }}",
        "{{ hang.khong_hop_le }}",
        "{{ hang.ty_le }}",
    ];
    let head_cells: Vec<String> =
        widths.iter().zip(heads).map(|(width, text)| cell(*width, &p(Style::Column, text))).collect();
    let cells: Vec<String> = widths
        .iter()
        .zip(values)
        .enumerate()
        .map(|(at, (width, text))| {
            let look = if matches!(at, 1 | 2) { Style::Cell } else { Style::CellCentred };
            cell(*width, &p(look, text))
        })
        .collect();
    let group = [wide_cell(TEXT_WIDTH, widths.len(), &p(Style::Cell, "**{{ nhom.la_ma }}. {{ nhom.ten }}**"))];
    let half = TEXT_WIDTH / 2;
    let signature = |post: &str, name: &str| p(Style::Authority, post) + &p(Style::Signer, &format!("\n\n\n\n{name}"));
    head("", None)
        + &title("BIÊN BẢN", "Họp xét khen thưởng {{ doi_tuong }} có thành tích {{ thanh_tich_chung }}")
        + &p(
            Style::Text,
            "Hôm nay, vào hồi {{ bat_dau }}, ngày {{ ngay_hop }}, tại {{ dia_diem }}, {{ tham_quyen_thuong }} họp xét khen thưởng.",
        )
        + &p(Style::Heading2, "1. Thành phần")
        + &p(Style::Text, "Số thành viên: {{ thanh_vien }}; có mặt: {{ co_mat }}; vắng mặt: {{ vang }}.")
        + &p(Style::Text, "Chủ trì: {{ chu_tri }}.")
        + &p(Style::Text, "Thư ký: {{ thu_ky }}.")
        + &p(Style::Heading2, "2. Nội dung")
        + &p(
            Style::Text,
            "Cuộc họp nghe tóm tắt thành tích của {{ so_luong }} được đề nghị tặng {{ cac_hinh_thuc }}, thảo luận và bỏ phiếu.",
        )
        + &p(Style::Heading2, "3. Kết quả bỏ phiếu")
        + &table(
            &widths,
            &[
                heading_row(&head_cells),
                tag_row(&widths, "{%tr for nhom in cac_nhom %}"),
                row(&group),
                tag_row(&widths, "{%tr for hang in nhom.hang %}"),
                row(&cells),
                tag_row(&widths, "{%tr endfor %}"),
                tag_row(&widths, "{%tr endfor %}"),
            ],
        )
        + &p(Style::Gap, "")
        + &p(Style::Heading2, "4. Kết luận")
        + &p(Style::Text, "{{ ket_luan }}")
        + &p(
            Style::Text,
            "Cuộc họp kết thúc vào hồi {{ ket_thuc }} cùng ngày. Biên bản đã được đọc lại và các thành viên dự họp nhất trí./.",
        )
        + &p(Style::Gap, "")
        + &columns(
            &[half, TEXT_WIDTH - half],
            &[
                cell(half, &signature("THƯ KÝ", "{{ thu_ky }}")),
                cell(TEXT_WIDTH - half, &signature("CHỦ TRÌ", "{{ chu_tri }}")),
            ],
        )
}

/// Bảng vàng: who was commended, to be put up.
pub fn roll() -> String {
    let widths = [794, 3969, TEXT_WIDTH - 794 - 3969];
    let cells = [
        cell(widths[0], &p(Style::CellCentred, "{{ hang.tt }}")),
        cell(widths[1], &p(Style::Cell, "**{{ hang.ten }}**")),
        cell(widths[2], &p(Style::Cell, "{{ hang.chuc_vu_don_vi }}")),
    ];
    p(Style::Above, "{{ tham_quyen }}")
        + &p(Style::Gap, "")
        + &p(Style::Kind, "BẢNG VÀNG")
        + &p(Style::Subject, "{{ doi_tuong }} được tặng {{ cac_hinh_thuc }} đã có thành tích {{ thanh_tich_chung }}")
        + &rule(TEXT_WIDTH, 2800)
        + &p(Style::Gap, "")
        + &tag("{%p for nhom in cac_nhom %}")
        + &p(Style::Authority, "{{ nhom.hinh_thuc_hoa }} - {{ nhom.ten }}")
        + &p(Style::Gap, "")
        + &table(
            &widths,
            &[tag_row(&widths, "{%tr for hang in nhom.hang %}"), row(&cells), tag_row(&widths, "{%tr endfor %}")],
        )
        + &p(Style::Gap, "")
        + &tag("{%p endfor %}")
}

/// Thông báo đính chính a name in a decision.
pub fn correction() -> String {
    head("Số: {{ so }}/TB-{{ ky_hieu }}", None)
        + &title(
            "THÔNG BÁO",
            "Về việc đính chính Quyết định số {{ qd_so }} ngày {{ qd_ngay }} của {{ tham_quyen_thuong }}",
        )
        + &p(
            Style::Text,
            "Ngày {{ qd_ngay }}, {{ tham_quyen_thuong }} ban hành Quyết định số {{ qd_so }}{% if qd_trich_yeu %} {{ qd_trich_yeu }}{% endif %}.",
        )
        + &p(Style::Text, "Do sơ suất trong khâu soạn thảo, {{ tham_quyen_thuong }} đính chính như sau:")
        + &p(
            Style::Text,
            "- Tại số thứ tự {{ stt }} của danh sách kèm theo Quyết định ({{ hinh_thuc }}{% if chuc_vu_don_vi %}; {{ chuc_vu_don_vi }}{% endif %}), đã in: “{{ ten_cu }}”;",
        )
        + &p(Style::Text, "- Nay đính chính là: “{{ ten_dung }}”.")
        + &p(
            Style::Text,
            "Các nội dung khác của Quyết định số {{ qd_so }} không thay đổi. Thông báo này là bộ phận không tách rời của Quyết định./.",
        )
        + &foot()
}
