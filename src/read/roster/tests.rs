use super::*;
use crate::guard::Limits;
use crate::model::{Awardee, DeclaredKind, Field, Subject};
use crate::read::sheet;

/// A sheet from lines with `|` between cells; `[3]` at a line's head is its row number, `^` a cell merged with the one
/// above.
fn read(text: &str) -> Roster {
    read_with(text, &ColumnMap::default())
}

fn read_with(text: &str, map: &ColumnMap) -> Roster {
    let (rules, words) = (AwardRules::builtin().unwrap(), ListWords::builtin().unwrap());
    let mut book = rust_xlsxwriter::Workbook::new();
    let page = book.add_worksheet().set_name("Danh sách").unwrap();
    let mut above: std::collections::BTreeMap<u16, (u32, String)> = std::collections::BTreeMap::new();
    for (row, line) in (0_u32..).zip(text.trim_matches('\n').lines()) {
        for (column, cell) in (0_u16..).zip(line.split('|')) {
            match cell.trim() {
                "^" => {
                    let (first, text) = above[&column].clone();
                    page.merge_range(first, column, row, column, &text, &rust_xlsxwriter::Format::new()).unwrap();
                }
                "" => {}
                cell => {
                    page.write(row, column, cell).unwrap();
                    above.insert(column, (row, cell.to_owned()));
                }
            }
        }
    }
    let sheets = sheet::sheets(&book.save_to_buffer().unwrap(), &Limits::default()).unwrap();
    roster("ds.xlsx", &tables_of_sheets(&sheets), map, Knowledge { words: &words, rules: &rules })
}

fn names(roster: &Roster) -> Vec<(&str, Subject)> {
    roster.awardees.iter().map(|awardee| (awardee.name(), awardee.subject)).collect()
}

fn codes(roster: &Roster) -> Vec<(&str, &str)> {
    roster
        .findings
        .iter()
        .map(|finding| (finding.code, finding.place.as_ref().map_or("", |place| place.cell.as_str())))
        .collect()
}

#[test]
fn groups_gaps_totals_and_signatures_are_understood() {
    let roster = read(
        "
HỘI LHPN XÃ BÌNH AN
DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG NĂM 2026
(Kèm theo Tờ trình số 12/TTr-BTV)

STT | Họ và tên | Chức vụ, đơn vị | Thành tích | Mức thưởng
(1) | (2) | (3) | (4) | (5)
I | TẬP THỂ (02 tập thể)
1 | Chi hội thôn 1 | Xã Bình An | Hoàn thành tốt | 1.520.000
3 | Chi hội thôn 2 | Xã Bình An | Hoàn thành tốt | 1.520.000
II | CÁ NHÂN
1 | Bà Nguyễn Thị Lan | Chi hội trưởng, Chi hội thôn 1 | Gương mẫu | 760.000
2 | Trần Văn Tèo | Chủ tịch Hội LHPN xã A | Gương mẫu | 760.000
 | Tổng cộng | | | 4.560.000
Danh sách này có 02 tập thể, 02 cá nhân.
 | | | Bình An, ngày 12 tháng 10 năm 2026
 | NGƯỜI LẬP | | CHỦ TỊCH
 | Lê Thị Thư Ký | | Nguyễn Thị Mẫu
",
    );
    assert_eq!(
        names(&roster),
        [
            ("Chi hội thôn 1", Subject::Collective),
            ("Chi hội thôn 2", Subject::Collective),
            ("Nguyễn Thị Lan", Subject::Individual),
            ("Trần Văn Tèo", Subject::Individual)
        ]
    );
    assert_eq!(codes(&roster), []);
    let lan = &roster.awardees[2];
    assert_eq!(lan.text(Field::Salutation), Some("Bà"));
    assert_eq!((lan.text(Field::Post), lan.unit()), (Some("Chi hội trưởng"), Some("Chi hội thôn 1")));
    assert_eq!(lan.place().unwrap().cell, "B11");
    assert_eq!(roster.awardees[3].unit(), Some("Hội LHPN xã A"));
    let declared: Vec<(DeclaredKind, i64)> = roster.declared.iter().map(|entry| (entry.what, entry.value)).collect();
    let (collectives, people) = (DeclaredKind::Count(Subject::Collective), DeclaredKind::Count(Subject::Individual));
    assert_eq!(declared, [(collectives, 2), (DeclaredKind::Money, 4_560_000), (collectives, 2), (people, 2)]);
    assert_eq!(roster.declared[0].rows[0], 0..2);
    assert!(roster.lines.iter().any(|line| line.text.contains("12/TTr-BTV")));
}

#[test]
fn two_rows_of_headings_merged_cells_and_marks_for_sex() {
    let roster = read(
        "
TT | Họ và tên | Năm sinh | | Đơn vị | Kết quả bỏ phiếu | | | Ghi chú
^ | ^ | Nam | Nữ | ^ | Đồng ý | Không đồng ý | Không hợp lệ | ^
1 | Nguyễn Thị Lan | | 1980 | Hội LHPN xã Bình An | 9 | 0 | 0 |
2 | Trần Văn Bình | 1975 | | ^ | 8 | 1 | 0 |
3 | Lê Thị Hoa | | 1990 | Hội LHPN xã Hòa Bình | chín | 0 | 0 |
",
    );
    assert_eq!(codes(&roster), [("KT104", "F5")]);
    let salutations: Vec<_> = roster.awardees.iter().map(|awardee| awardee.text(Field::Salutation)).collect();
    assert_eq!(salutations, [Some("Bà"), Some("Ông"), Some("Bà")]);
    assert_eq!(roster.awardees[1].unit(), Some("Hội LHPN xã Bình An"), "from the merged cell");
    assert_eq!(roster.awardees[1].text(Field::Disagree), Some("1"));
}

#[test]
fn what_is_not_understood_is_named_with_its_cell() {
    let roster = read(
        "
STT | Họ và tên | Đơn vị | Màu áo
1 | Nguyễn Thị Lan | Hội LHPN xã A | xanh
2 | | Hội LHPN xã A |
3 | 12345 | Hội LHPN xã B |
4 |
một dòng lạc
5 | #REF! | Hội LHPN xã B |
6 | Lê Thị B | Hội LHPN xã B |
",
    );
    assert_eq!(
        codes(&roster),
        [("KT102", "D1"), ("KT101", "B3"), ("KT101", "B4"), ("KT103", "A5"), ("KT101", "B6"), ("KT101", "B7")]
    );
    assert_eq!(names(&roster).len(), 2);
}

#[test]
fn groups_by_unit_and_by_form() {
    let roster = read(
        "
STT | Họ và tên | Chức vụ | Thành tích
A | BẰNG KHEN
I | Hội LHPN xã Bình An (01 cá nhân)
1 | Nguyễn Thị Lan | Chủ tịch | x
II | Hội LHPN xã Hòa Bình
1 | Lê Thị B | Hội viên | x
B | GIẤY KHEN
I | Hội LHPN xã Bình An
1 | Trần Thị C | Hội viên | x
",
    );
    assert_eq!(codes(&roster), []);
    let rows: Vec<_> =
        roster.awardees.iter().map(|a| (a.name(), a.unit().unwrap(), a.text(Field::Award).unwrap())).collect();
    assert_eq!(
        rows,
        [
            ("Nguyễn Thị Lan", "Hội LHPN xã Bình An", "BẰNG KHEN"),
            ("Lê Thị B", "Hội LHPN xã Hòa Bình", "BẰNG KHEN"),
            ("Trần Thị C", "Hội LHPN xã Bình An", "GIẤY KHEN")
        ]
    );
}

#[test]
fn columns_named_by_hand_win() {
    let map = ColumnMap(vec![(Field::Name, "C".to_owned()), (Field::Unit, "Nơi ở".to_owned())]);
    let roster = read_with("STT | Họ tên cũ | Người | Nơi ở\n1 | cũ | Nguyễn Thị Lan | Xã A\n", &map);
    assert_eq!((names(&roster)[0].0, roster.awardees[0].unit()), ("Nguyễn Thị Lan", Some("Xã A")));
    let bare = read_with(
        "Nguyễn Thị Lan | Xã A\nLê Thị B | Xã B\n",
        &ColumnMap(vec![(Field::Name, "A".into()), (Field::Unit, "B".into())]),
    );
    assert_eq!(names(&bare).len(), 2);
}

#[test]
fn tables_of_a_word_document_are_lists_too() {
    let markdown = "# DANH SÁCH\n\nI. Tập thể\n\n| TT | Tên tập thể | Thành tích |\n|---|---|---|\n| 1 | Chi hội 1 | Tốt |\n\nII. Cá nhân\n\n\
                    | TT | Họ và tên | Chức vụ, đơn vị |\n|---|---|---|\n| 1 | Lê Thị B | Hội viên, Chi hội 1 |\n\nDanh sách này có 01 tập thể, 02 cá nhân.\n";
    let document = crate::read::document("ds.md", markdown.as_bytes(), &Limits::default()).unwrap();
    let (rules, words) = (AwardRules::builtin().unwrap(), ListWords::builtin().unwrap());
    let tables = tables_of_document(&document);
    let roster = roster("ds.md", &tables, &ColumnMap::default(), Knowledge { words: &words, rules: &rules });
    assert_eq!(names(&roster), [("Chi hội 1", Subject::Collective), ("Lê Thị B", Subject::Individual)]);
    assert_eq!(roster.declared.iter().map(|entry| entry.value).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(codes(&roster), []);
}

#[test]
fn a_sheet_without_headings_is_named() {
    assert_eq!(codes(&read("Hướng dẫn điền | xem trang sau\n1 | 2\n")), [("KT105", "A1")]);
}

#[test]
fn a_number_and_a_unit_alone_head_the_persons_below_where_numbers_begin_again() {
    let roster = read(
        "
STT | Họ và tên | Chức vụ | Thành tích
1. | HỘI LHPN XÃ BÌNH AN
1 | Nguyễn Thị Lan | Hội viên | Gương mẫu
2 | Trần Thị Hoa | Hội viên | Gương mẫu
2. | HỘI LHPN XÃ HÒA MỸ
1 | Lê Thị Huệ | Hội viên | Gương mẫu
",
    );
    let units: Vec<Option<&str>> = roster.awardees.iter().map(Awardee::unit).collect();
    assert_eq!(units, [Some("HỘI LHPN XÃ BÌNH AN"), Some("HỘI LHPN XÃ BÌNH AN"), Some("HỘI LHPN XÃ HÒA MỸ")]);
    // Where the numbers go on, the unit is an awardee as the others are.
    let roster = read("STT | Họ và tên | Thành tích\n1 | Hội LHPN xã Bình An\n2 | Nguyễn Thị Lan | Gương mẫu\n");
    assert_eq!(roster.awardees.len(), 2);
}
