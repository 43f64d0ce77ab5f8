//! Mistakes that take more than a word to plant.

use super::bank::{self, grouped, share, two};
use super::dice::Dice;
use super::faults::{Planted, planted, put, rows};
use super::write::decision;
use super::{Item, Report, Row, Sign, Who};

pub fn field<'r>(report: &'r mut Report, starts: &str) -> &'r mut (String, String) {
    let starts: Vec<&str> = starts.split('|').collect();
    let fields = report
        .section(1)
        .items
        .iter_mut()
        .find_map(|item| if let Item::Fields(list) = item { Some(list) } else { None })
        .unwrap();
    fields.iter_mut().find(|(label, _)| starts.iter().any(|start| label.starts_with(start))).unwrap()
}

pub fn incomplete(fault: u8, report: &mut Report, dice: &mut Dice) -> Planted {
    let mut all = rows(report);
    let at = dice.index(all.len());
    let row = &mut all[at];
    let mark = row.date.clone().unwrap();
    let issuer = row.issuer.clone().unwrap();
    let number = row.number.clone().unwrap();
    let year: u16 = mark[mark.len() - 4..].parse().unwrap();
    let mut marks = vec![mark.clone(), issuer.clone(), number.clone()];
    match (fault, dice.below(4)) {
        (1, 0) => {
            row.raw = Some(
                dice.pick(&["QĐ năm {y}", "Có quyết định khen thưởng năm {y}", "Quyết định năm {y}"])
                    .replace("{y}", &year.to_string()),
            );
            marks = vec![row.raw.clone().unwrap()];
        }
        (1, _) => row.number = None,
        (2, _) => row.issuer = None,
        (_, 0) => row.date = None,
        (_, 1) => row.date = Some(format!("ngày 22tháng 01 năm {year}")),
        (_, 2) => row.date = Some(format!("năm {year}")),
        _ => row.date = Some(format!("ngày {:02} tháng{:02} năm {year}", dice.between(1, 28), dice.between(1, 12))),
    }
    if fault == 3 {
        marks.extend(row.date.clone());
    }
    Planted { fault, codes: &["BC13"], marks, how: format!("{row:?}") }
}

pub fn merged(report: &mut Report, dice: &mut Dice) -> Planted {
    let heading = report.section(2).heading.clone();
    if dice.once_in(2) {
        let joined = dice
            .pick(&[
                "THÀNH TÍCH ĐẠT ĐƯỢC VÀ CÁC HÌNH THỨC ĐÃ ĐƯỢC KHEN THƯỞNG",
                "THÀNH TÍCH VÀ KHEN THƯỞNG",
                "THÀNH TÍCH ĐẠT ĐƯỢC, KHEN THƯỞNG",
            ])
            .to_owned();
        let awards = report.sections.remove(2);
        report.section(2).items.extend(awards.items);
        report.section(2).heading.clone_from(&joined);
        return planted(9, &["BC03"], &[&joined], "heading");
    }
    // The heading of section III is gone.
    let awards = report.sections.remove(2);
    let first = "Danh hiệu thi đua".to_owned();
    report.section(2).items.extend(awards.items);
    Planted {
        fault: 9,
        codes: &["BC03", "BC02"],
        marks: vec![first, "Hình thức khen thưởng".to_owned(), heading],
        how: "no heading".to_owned(),
    }
}

pub fn misspelt(report: &mut Report, dice: &mut Dice) -> Planted {
    let own = report.name.clone();
    let mut words: Vec<String> = own.split(' ').map(str::to_owned).collect();
    let last = words.len() - 1;
    let slips: &[(&str, &str)] = &[
        ("Thị", "Thi"),
        ("Hòa", "Hoà"),
        ("Thúy", "Thuý"),
        ("Thủy", "Thuỷ"),
        ("Hằng", "Hàng"),
        ("Hương", "Hường"),
        ("Tuyết", "Tuyêt"),
        ("Vân", "Văn"),
        ("Hạnh", "Hanh"),
        ("Yến", "Yên"),
        ("Loan", "Loạn"),
        ("Lan", "Lân"),
        ("Mai", "Mái"),
        ("Nga", "Ngà"),
        ("Dung", "Dũng"),
        ("Hoa", "Hòa"),
        ("Liên", "Liêm"),
        ("Nguyễn", "Nguyển"),
        ("Đặng", "Đăng"),
        ("Vũ", "Vủ"),
    ];
    let changed = [last, 1, 0]
        .into_iter()
        .find_map(|at| slips.iter().find(|(from, _)| *from == words[at]).map(|(_, to)| (at, *to)));
    let (at, to) = changed.unwrap_or((1, "Thi"));
    words[at] = to.to_owned();
    let other = words.join(" ");
    match dice.below(3) {
        0 => report.signs[1].name.clone_from(&other),
        1 => {
            report.title.retain(|line| !line.starts_with("Của "));
            report.title.push(format!("Của đồng chí {other}"));
        }
        _ => {
            let text = format!("Đồng chí {other} luôn gương mẫu, trách nhiệm trong công việc được giao.");
            put(report, dice, &text);
        }
    }
    planted(14, &["BC06"], &[&other], &format!("{own} - {other}"))
}

pub fn totals(report: &mut Report, dice: &mut Dice) -> Planted {
    let to = report.years.1;
    let grid =
        report.section(2).items.iter_mut().find_map(|item| if let Item::Grid(rows) = item { Some(rows) } else { None });
    if let Some(rows) = grid.filter(|rows| rows.last().unwrap()[1] == "Tổng cộng")
        && dice.once_in(2)
    {
        let row = rows.last_mut().unwrap();
        let wrong = row[2].parse::<u64>().unwrap() + dice.between(3, 9);
        row[2] = wrong.to_string();
        row[4] = share(row[3].parse().unwrap(), wrong);
        return planted(18, &["BC18"], &[&wrong.to_string(), "Tổng cộng"], "table");
    }
    let (a, b, c) = (dice.between(11, 80), dice.between(11, 80), dice.between(3, 20));
    let wrong = a + b + dice.between(2, 9);
    let (a2, b2) = (two(a), two(b));
    let text = match dice.below(6) {
        0 => format!(
            "Tổng số {wrong} lượt hội viên được tập huấn năm {to}, gồm {a2} lượt về khởi nghiệp và {b2} lượt về chuyển đổi số."
        ),
        1 => format!(
            "Năm {to} có {wrong} hội viên được vay vốn, trong đó: {a2} hội viên nghèo, {b2} hội viên cận nghèo, {} hội viên khác.",
            two(c)
        ),
        2 => format!(
            "Tổ chức {wrong} cuộc tuyên truyền trong năm {to}, bao gồm {a2} cuộc tại thôn và {b2} cuộc tại trường học."
        ),
        3 => format!("Tổng cộng {wrong} suất quà tặng năm {to} ({a2} suất cho hộ nghèo, {b2} suất cho hộ chính sách)."),
        4 => format!("Đã trao {wrong} phần quà năm {to}, cụ thể: {a2} phần quà Tết, {b2} phần quà Trung thu."),
        _ => format!("Tổng số có {wrong} đại biểu dự năm {to}, trong đó {a2} nữ và {b2} nam."),
    };
    put(report, dice, &text);
    planted(18, &["BC18"], &[&text], &text)
}

pub fn shares(report: &mut Report, dice: &mut Dice) -> Planted {
    let to = report.years.1;
    let whole = dice.between(50, 400);
    let part = dice.between(whole / 2, whole - 10);
    let right = part * 100 / whole;
    let wrong = if right > 80 { right - dice.between(5, 12) } else { right + dice.between(5, 12) };
    let grid =
        report.section(2).items.iter_mut().find_map(|item| if let Item::Grid(rows) = item { Some(rows) } else { None });
    if let Some(rows) = grid.filter(|_| dice.once_in(4)) {
        let row = &mut rows[1];
        let right: u64 = row[3].parse::<u64>().unwrap() * 100 / row[2].parse::<u64>().unwrap();
        row[4] = (right + 17).to_string();
        return planted(19, &["BC17"], &[&row[1], &row[4]], "table");
    }
    let text = match dice.below(6) {
        0 => format!("Năm {to} có {part}/{whole} hội viên tham gia sinh hoạt thường xuyên, đạt {wrong}%."),
        1 => format!("Tỷ lệ hội viên đăng ký thi đua năm {to} đạt {wrong}% ({part}/{whole} người)."),
        2 => format!("Tổng số {whole} hộ hội viên năm {to}, trong đó có {part} hộ đạt tiêu chí, chiếm {wrong}%."),
        3 => format!("Đã vận động {part} trên tổng số {whole} phụ nữ tham gia bảo hiểm năm {to}, đạt tỷ lệ {wrong}%."),
        4 => format!("Có {part}/{whole} (đạt {wrong}%) gia đình hội viên đạt danh hiệu văn hóa năm {to}."),
        _ => format!("Kết quả năm {to}: {part}/{whole} chị hoàn thành tốt phần việc đăng ký (tỷ lệ {wrong}%)."),
    };
    put(report, dice, &text);
    planted(19, &["BC17"], &[&text], &text)
}

pub fn left_over(report: &mut Report, dice: &mut Dice) -> Planted {
    let to = report.years.1;
    let text = match dice.below(6) {
        0 => format!("Tỷ lệ hội viên đạt tiêu chí năm {to} là …….%."),
        1 => format!("Vận động được ……… triệu đồng trong năm {to}."),
        2 => "Kết quả: (ghi rõ số liệu cụ thể).".to_owned(),
        3 => format!("Có ..... hội viên được khen thưởng năm {to}."),
        4 => format!("Năm {to} đã tổ chức ….. buổi tuyên truyền."),
        _ => "Số lượng: ______ người.".to_owned(),
    };
    put(report, dice, &text);
    planted(24, &["BC25"], &[&text], &text)
}

/// A block of somebody who confirms.
pub fn confirming<'s>(signs: &'s mut [Sign], dice: &mut Dice) -> &'s mut Sign {
    let places: Vec<usize> =
        signs.iter().enumerate().filter(|(_, sign)| !sign.role.starts_with("NGƯỜI")).map(|(at, _)| at).collect();
    let at = *dice.one(&places);
    &mut signs[at]
}

pub fn unsigned(report: &mut Report, dice: &mut Dice) -> Planted {
    let role = report.signs.last().unwrap().role.clone();
    let reporter = report.name.clone();
    if dice.once_in(2) {
        let sign = confirming(&mut report.signs, dice);
        sign.name = String::new();
        let mut marks = vec![sign.role.clone()];
        marks.extend(sign.lines.clone());
        return Planted { fault: 29, codes: &["BC28"], marks, how: "no name".to_owned() };
    }
    // The block of the level above is not there at all: what is there, ends the paper.
    let at = if report.who == Who::Person { 2 } else { 0 };
    let gone = report.signs.remove(at);
    let mut marks: Vec<String> = report.signs.iter().flat_map(|sign| [sign.name.clone(), sign.role.clone()]).collect();
    marks.push(reporter);
    let _ = role;
    Planted { fault: 29, codes: &["BC28"], marks, how: format!("no {}", gone.role) }
}

pub fn mixed(report: &mut Report, dice: &mut Dice) -> Planted {
    let to = report.years.1;
    if report.who == Who::Person {
        let (heading, text) = match dice.below(3) {
            0 => (
                "3. Thành tích của tập thể".to_owned(),
                format!("Tập thể Hội LHPN {} hoàn thành 12/12 chỉ tiêu năm {to}.", report.area.own()),
            ),
            1 => ("3. Thành tích tập thể Hội:".to_owned(), format!("Năm {to}, Hội được xếp loại tốt với 98 điểm.")),
            _ => (
                "3. Kết quả, thành tích đạt được của tập thể đơn vị".to_owned(),
                format!("Hội hoàn thành 10/10 chỉ tiêu năm {to}."),
            ),
        };
        let items = &mut report.section(2).items;
        items.push(Item::Sub(heading.clone()));
        items.push(Item::Para(text.clone()));
        return planted(33, &["BC01"], &[&heading, &text], &heading);
    }
    let name = bank::woman(dice);
    let heading = match dice.below(3) {
        0 => "3. Thành tích của cá nhân".to_owned(),
        1 => format!("3. Thành tích cá nhân đồng chí {name}, Chủ tịch Hội:"),
        _ => format!("3. Thành tích đạt được của cá nhân đồng chí {name}"),
    };
    let text = format!("Bản thân đồng chí đã giúp {} hội viên thoát nghèo năm {to}.", grouped(dice.between(3, 20)));
    let items = &mut report.section(2).items;
    items.push(Item::Sub(heading.clone()));
    items.push(Item::Para(text));
    planted(33, &["BC01"], &[&heading], &heading)
}
