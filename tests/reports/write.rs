//! Writes a sound report.

use super::bank::{self, Area, FOR_COLLECTIVES, FOR_PERSONS, Prize, deed, duty, filler};
use super::dice::Dice;
use super::faults::Needs;
use super::{Item, Kind, Report, Row, Section, Sign, Who};

pub fn report(dice: &mut Dice, needs: Option<Needs>) -> Report {
    let needs = needs.unwrap_or_default();
    let who = needs.who.unwrap_or(if dice.once_in(3) { Who::Collective } else { Who::Person });
    let kind = match dice.below(10) {
        0 if !needs.merit => Kind::Sudden,
        1 if !needs.merit => Kind::Theme,
        _ => Kind::Merit,
    };
    // Before the first of July 2025 there are districts, and another decree holds.
    let old = dice.once_in(4);
    let last = if old { 2024 } else { 2025 };
    let date = match (old, dice.below(3)) {
        (true, _) => (dice.between(9, 27) as u16, 12, 2024),
        (false, 0) => (dice.between(5, 28) as u16, 1, 2026),
        (false, _) => (dice.between(9, 27) as u16, 12, 2025),
    };
    let area = Area::roll(dice, old);
    let prizes = if who == Who::Person { FOR_PERSONS } else { FOR_COLLECTIVES };
    let fits =
        |prize: &&Prize| needs.years.is_none_or(|years| prize.years >= years) && (!needs.plain || prize.run == 0);
    let fitting: Vec<&'static Prize> = prizes.iter().filter(fits).collect();
    let prize = if kind == Kind::Merit { *dice.one(&fitting) } else { &prizes[if who == Who::Person { 0 } else { 2 }] };
    let mut award = dice.pick(prize.names).replace("{c}", &area.own()).replace("{t}", area.province);
    if kind != Kind::Merit {
        award = format!("Giấy khen của Chủ tịch UBND {}", area.own());
    }
    let years = (last + 1 - prize.years.max(if kind == Kind::Merit { 1 } else { prize.years }), last);
    let name = bank::woman(dice);
    let post =
        dice.pick(&["Chủ tịch", "Phó Chủ tịch", "Chủ tịch", "Chi hội trưởng", "Ủy viên Ban Thường vụ"]).to_owned();
    let unit = format!("Hội {} {}", dice.pick(&["LHPN", "LHPN", "Liên hiệp Phụ nữ"]), area.own());
    let parent = match area.district {
        Some(district) => format!("HỘI LHPN HUYỆN {}", district.to_uppercase()),
        None => format!("HỘI LHPN TỈNH {}", area.province.to_uppercase()),
    };
    let mut report = Report {
        who,
        kind,
        date,
        place: area.name.to_owned(),
        parent,
        unit,
        above: Vec::new(),
        title: Vec::new(),
        name,
        post,
        award: prize,
        award_words: award,
        years,
        sections: Vec::new(),
        signs: Vec::new(),
        period: String::new(),
        area,
    };
    if dice.once_in(3) {
        report.above.push(dice.pick(&["Mẫu số 05", "Mẫu số 04", "Phụ lục I", "(Mẫu báo cáo)"]).to_owned());
    }
    report.title = title(dice, &report);
    let profile = profile(dice, &report);
    let achievement = achievement(dice, &mut report, needs);
    report.sections.push(profile);
    report.sections.push(achievement);
    if report.kind != Kind::Sudden {
        let earlier = earlier(dice, &report);
        report.sections.push(earlier);
    }
    report.signs = signs(dice, &report);
    report
}

fn title(dice: &mut Dice, report: &Report) -> Vec<String> {
    let award = &report.award_words;
    let capitals = award.to_uppercase();
    let lead = dice.pick(&["ĐỀ NGHỊ TẶNG", "ĐỀ NGHỊ TẶNG THƯỞNG", "ĐỀ NGHỊ XÉT TẶNG"]);
    let small = dice.pick(&["Đề nghị tặng", "Đề nghị tặng thưởng", "Đề nghị xét tặng", "V/v đề nghị tặng"]);
    let mut lines = match (report.kind, dice.below(6)) {
        (Kind::Sudden, _) => {
            vec!["BÁO CÁO THÀNH TÍCH".to_owned(), format!("{lead} {capitals}"), "(Thành tích đột xuất)".to_owned()]
        }
        (Kind::Theme, _) => vec![
            "BÁO CÁO THÀNH TÍCH".to_owned(),
            format!("{small} {award} trong phong trào thi đua chuyên đề"),
            "“Phụ nữ chung sức xây dựng nông thôn mới”".to_owned(),
        ],
        (_, 0) => vec!["BÁO CÁO THÀNH TÍCH".to_owned(), format!("{small} {award}")],
        (_, 1) => vec![format!("BÁO CÁO THÀNH TÍCH {lead} {capitals}")],
        (_, 2) => {
            vec!["BÁO CÁO".to_owned(), format!("Thành tích {} {award}", small.to_lowercase().replace("v/v ", ""))]
        }
        (_, 3) => vec!["BÁO CÁO TÓM TẮT THÀNH TÍCH".to_owned(), format!("{small} {award}")],
        _ => vec!["BÁO CÁO THÀNH TÍCH".to_owned(), format!("{lead} {capitals}")],
    };
    if report.kind == Kind::Merit && dice.once_in(3) {
        let whose = match report.who {
            Who::Person => format!("Của {} {}", dice.pick(&["bà", "đồng chí"]), report.name),
            Who::Collective => format!("Của {}", report.unit),
        };
        lines.push(whose);
    }
    if dice.once_in(5) {
        let number = dice.between(3, 60);
        let (d, m, y) = report.date;
        lines.push(format!("(Kèm theo Tờ trình số {number:02}/TTr-BTV ngày {:02}/{m}/{y} của {})", d - 1, report.unit));
    }
    lines
}

fn profile(dice: &mut Dice, report: &Report) -> Section {
    let area = &report.area;
    let tail = match area.district {
        Some(district) => format!(", huyện {district}, tỉnh {}", area.province),
        None => format!(", tỉnh {}", area.province),
    };
    if report.who == Who::Collective {
        let mut items = Vec::new();
        let name = dice.pick(&["Tên tập thể đề nghị", "Tên đơn vị", "Tên đầy đủ"]).to_owned();
        let mut fields = vec![
            (name, report.unit.clone()),
            (
                dice.pick(&["Trụ sở chính", "Địa chỉ trụ sở", "Địa chỉ"]).to_owned(),
                format!("thôn {}, {}{tail}", dice.between(1, 9), area.own()),
            ),
            ("Điện thoại".to_owned(), format!("0209.3{}.{}", dice.between(10, 99), dice.between(100, 999))),
        ];
        let members = bank::grouped(dice.between(700, 3200));
        let chapters = dice.between(8, 22);
        if dice.once_in(2) {
            items.push(Item::Sub("1. Đặc điểm, tình hình".to_owned()));
        }
        if dice.once_in(2) {
            fields.push((
                "Quá trình thành lập và phát triển".to_owned(),
                "Hội được thành lập từ năm 1982, trải qua 09 kỳ đại hội".to_owned(),
            ));
            fields.push(("Cơ cấu tổ chức".to_owned(), format!("{chapters} chi hội với {members} hội viên")));
            items.push(Item::Fields(fields));
        } else {
            items.push(Item::Fields(fields));
            items.push(Item::Para(format!(
                "Quá trình thành lập: Hội được thành lập từ năm 1982, trải qua 09 kỳ đại hội. Cơ cấu tổ chức: {chapters} chi hội, hiện có {members} hội viên; Ban Chấp hành gồm 15 đồng chí."
            )));
        }
        items.push(Item::Sub("2. Chức năng, nhiệm vụ".to_owned()));
        items.push(Item::Para("Đại diện, chăm lo, bảo vệ quyền, lợi ích hợp pháp, chính đáng của các tầng lớp phụ nữ; tuyên truyền, vận động phụ nữ thực hiện chủ trương của Đảng, pháp luật của Nhà nước.".to_owned()));
        let heading = if report.kind == Kind::Theme {
            dice.pick(&["THÔNG TIN CHUNG", "SƠ LƯỢC ĐẶC ĐIỂM, TÌNH HÌNH"])
        } else {
            dice.pick(&["SƠ LƯỢC ĐẶC ĐIỂM, TÌNH HÌNH", "SƠ LƯỢC ĐẶC ĐIỂM, TÌNH HÌNH", "ĐẶC ĐIỂM, TÌNH HÌNH"])
        };
        return Section { number: "I".to_owned(), heading: heading.to_owned(), items };
    }
    let (d, m, y) = (dice.between(1, 28), dice.between(1, 12), dice.between(1968, 1995));
    let birth = match dice.below(3) {
        0 => format!("{d:02}/{m:02}/{y}"),
        1 => format!("ngày {d:02} tháng {m:02} năm {y}"),
        _ => format!("{d:02}/{m}/{y}"),
    };
    let post = format!("{} {}", report.post, if report.post.contains("Ủy viên") { "" } else { "Hội LHPN" })
        .trim_end()
        .to_owned();
    let mut fields = vec![
        (
            dice.pick(&[
                "Họ và tên",
                "Họ tên",
                "Họ và tên (đầy đủ, chữ in thường, không viết tắt)",
                "Họ tên (Ghi đầy đủ bằng chữ in thường, không viết tắt)",
            ])
            .to_owned(),
            report.name.clone(),
        ),
        (
            dice.pick(&["Sinh ngày, tháng, năm", "Ngày, tháng, năm sinh", "Ngày tháng năm sinh", "Sinh ngày"])
                .to_owned(),
            birth,
        ),
        ("Giới tính".to_owned(), "Nữ".to_owned()),
        (dice.pick(&["Quê quán", "Quê quán (xã, tỉnh)", "Nguyên quán"]).to_owned(), format!("{}{tail}", area.own())),
        (
            dice.pick(&["Trú quán", "Nơi thường trú", "Chỗ ở hiện nay", "Nơi ở hiện nay"]).to_owned(),
            format!("Thôn {}, {}{tail}", dice.between(1, 9), area.own()),
        ),
        (dice.pick(&["Đơn vị công tác", "Nơi công tác", "Cơ quan, đơn vị công tác"]).to_owned(), report.unit.clone()),
        (
            dice.pick(&[
                "Chức vụ",
                "Chức vụ (Đảng, chính quyền, đoàn thể)",
                "Chức vụ hiện nay",
                "Chức vụ Đảng, chính quyền, đoàn thể",
            ])
            .to_owned(),
            post,
        ),
        (
            dice.pick(&["Trình độ chuyên môn, nghiệp vụ", "Trình độ chuyên môn"]).to_owned(),
            dice.pick(&["Đại học Luật", "Cử nhân Công tác xã hội", "Trung cấp Kế toán", "Đại học Sư phạm"]).to_owned(),
        ),
        (
            "Học hàm, học vị, danh hiệu, giải thưởng".to_owned(),
            dice.pick(&["Không", "không có", "Không có"]).to_owned(),
        ),
    ];
    if dice.once_in(3) {
        fields
            .push(("Ngày vào Đảng".to_owned(), format!("{:02}/{:02}/2009", dice.between(1, 28), dice.between(1, 12))));
    }
    if dice.once_in(4) {
        fields.insert(3, ("Dân tộc".to_owned(), "Kinh".to_owned()));
    }
    let heading = dice.pick(&["SƠ LƯỢC LÝ LỊCH", "SƠ LƯỢC LÝ LỊCH", "SƠ LƯỢC LÍ LỊCH", "SƠ LƯỢC LÝ LỊCH CÁ NHÂN"]);
    Section { number: "I".to_owned(), heading: heading.to_owned(), items: vec![Item::Fields(fields)] }
}

/// The sentence that states the years.
fn period(dice: &mut Dice, report: &Report) -> String {
    let (from, to) = report.years;
    let count = to - from + 1;
    if count == 1 {
        return dice.pick(&["Trong năm {y}", "Năm {y}", "Kết quả năm {y}"]).replace("{y}", &to.to_string());
    }
    match dice.below(5) {
        0 => format!("Trong {count:02} năm ({from} - {to})"),
        1 => format!("Giai đoạn {from}-{to}"),
        2 => format!("Trong {count:02} năm liên tục, từ năm {from} đến năm {to}"),
        3 if count == 2 => format!("Trong 02 năm {from}, {to}"),
        _ => format!("Từ năm {from} đến năm {to}"),
    }
}

fn achievement(dice: &mut Dice, report: &mut Report, needs: Needs) -> Section {
    let area = report.area.clone();
    let mut items = Vec::new();
    let who = report.who;
    let year = report.years.1;
    let heading = match report.kind {
        Kind::Theme => dice.pick(&["THÀNH TÍCH TRONG PHONG TRÀO THI ĐUA", "THÀNH TÍCH ĐẠT ĐƯỢC"]),
        _ => "THÀNH TÍCH ĐẠT ĐƯỢC",
    };
    if report.kind == Kind::Sudden {
        let (_, month, y) = report.date;
        let month = if month == 1 { 11 } else { month - 1 };
        let y = if report.date.1 == 1 { y - 1 } else { y };
        let whose = if who == Who::Person { "bản thân" } else { "tập thể" };
        items.push(Item::Para(format!(
            "Khoảng 14 giờ 30 phút ngày {:02}/{month}/{y}, tại thôn {}, {}, {whose} đã kịp thời cứu 02 cháu nhỏ bị đuối nước, đưa các cháu đến trạm y tế an toàn.",
            dice.between(3, 27), dice.between(1, 8), area.own()
        )));
        items.push(Item::Para(
            "Hành động dũng cảm được chính quyền địa phương và nhân dân ghi nhận, biểu dương.".to_owned(),
        ));
        return Section { number: "II".to_owned(), heading: heading.to_owned(), items };
    }
    let subs = dice.once_in(4);
    let mut counter = 0;
    let mut sub = |items: &mut Vec<Item>, text: &str| {
        if !subs {
            counter += 1;
            items.push(Item::Sub(format!("{counter}. {text}")));
        }
    };
    if who == Who::Person && report.kind == Kind::Merit {
        sub(&mut items, dice.pick(&["Quyền hạn, nhiệm vụ được giao hoặc đảm nhận", "Quyền hạn, nhiệm vụ được giao"]));
        items.push(Item::Para(match dice.below(4) {
            0 => format!(
                "Trên cương vị {} Hội, được phân công phụ trách phong trào phụ nữ của {}.",
                report.post, area.level
            ),
            1 => format!("Với trách nhiệm là {}, tôi được giao các nhiệm vụ sau:", report.post),
            2 => format!(
                "Bản thân đảm nhiệm chức vụ {} Hội LHPN {} từ tháng 6 năm 2021 đến nay.",
                report.post,
                area.own()
            ),
            _ => format!("Là {}, bản thân được phân công các nhiệm vụ cụ thể như sau:", report.post),
        }));
        for _ in 0..dice.between(2, 4) {
            items.push(Item::Bullet(format!("{};", duty(dice))));
        }
        sub(&mut items, "Thành tích đạt được của cá nhân");
    } else {
        sub(
            &mut items,
            dice.pick(&["Kết quả thực hiện nhiệm vụ được giao", "Kết quả thực hiện các chỉ tiêu, nhiệm vụ"]),
        );
    }
    report.period = period(dice, report);
    let whose = if who == Who::Person {
        dice.pick(&["bản thân", "tôi", "cá nhân"])
    } else {
        dice.pick(&["tập thể Hội", "Hội", "đơn vị"])
    };
    items.push(Item::Para(format!(
        "{}, {whose} đã {}:",
        report.period,
        dice.pick(&[
            "hoàn thành tốt nhiệm vụ được giao, cụ thể",
            "đạt được những kết quả chủ yếu sau",
            "tích cực triển khai các phong trào, kết quả như sau"
        ])
    )));
    let single = dice.once_in(3);
    let many = needs.deeds.unwrap_or_else(|| dice.between(5, 26));
    for at in 0..many {
        let text = deed(dice, &area, year);
        let item = if single || dice.once_in(3) { Item::Para(text) } else { Item::Bullet(text) };
        items.push(item);
        if at % 4 == 3 {
            items.push(Item::Para(filler(dice, &area, who)));
        }
        if at == many / 2 {
            sub(
                &mut items,
                dice.pick(&[
                    "Công tác xây dựng tổ chức Hội",
                    "Các biện pháp, giải pháp và phong trào thi đua",
                    "Thực hiện chủ trương của Đảng, chính sách, pháp luật của Nhà nước",
                ]),
            );
        }
    }
    if who == Who::Collective {
        items.push(Item::Para(format!(
            "Năm {year}, phát triển {} hội viên mới, tăng 12 hội viên so với năm {}.",
            dice.between(20, 90),
            year - 1
        )));
    }
    if needs.grid || dice.once_in(3) {
        items.push(Item::Grid(grid(dice)));
    }
    if report.award.initiative || dice.once_in(4) {
        items.push(Item::Para(initiative(dice, report)));
    }
    if dice.once_in(2) {
        items.push(Item::Para(match who {
            Who::Person => "Trong thời gian công tác, bản thân không vi phạm, không bị xử lý kỷ luật.".to_owned(),
            Who::Collective => "Trong kỳ báo cáo, đơn vị không có cá nhân bị kỷ luật.".to_owned(),
        }));
    }
    Section { number: "II".to_owned(), heading: heading.to_owned(), items }
}

fn initiative(dice: &mut Dice, report: &Report) -> String {
    let what = dice.pick(&[
        "Tổ phụ nữ tiết kiệm số",
        "Đổi rác lấy quà xanh",
        "Ngày thứ Bảy tình nguyện vì hội viên",
        "Sổ tay điện tử chi hội trưởng",
    ]);
    let decision = decision(dice, &report.area, report.years.1, 6);
    let words = whole(&decision, 0);
    match dice.below(3) {
        0 => format!("Có sáng kiến “{what}” được công nhận tại {words}."),
        1 => format!("Sáng kiến: “{what}”, được Hội đồng sáng kiến công nhận ({words})."),
        _ => format!(
            "Năm {}, bản thân có 01 sáng kiến cấp cơ sở về “{what}” được công nhận theo {words}.",
            report.years.1
        ),
    }
}

/// Results against targets.
fn grid(dice: &mut Dice) -> Vec<Vec<String>> {
    let mut rows = vec![["TT", "Chỉ tiêu", "Kế hoạch", "Thực hiện", "Tỷ lệ (%)"].map(str::to_owned).to_vec()];
    let names = [
        "Kết nạp hội viên mới (người)",
        "Giúp hộ thoát nghèo (hộ)",
        "Mô hình kinh tế (mô hình)",
        "Tập huấn (lớp)",
        "Truyền thông (buổi)",
    ];
    let (mut plan_sum, mut done_sum) = (0, 0);
    for (at, name) in names.iter().enumerate().take(dice.between(3, 5) as usize) {
        let plan = dice.between(10, 60);
        let done = plan + dice.between(0, 20);
        plan_sum += plan;
        done_sum += done;
        rows.push(vec![
            (at + 1).to_string(),
            (*name).to_owned(),
            plan.to_string(),
            done.to_string(),
            bank::share(done, plan),
        ]);
    }
    if dice.once_in(2) {
        rows.push(vec![
            String::new(),
            "Tổng cộng".to_owned(),
            plan_sum.to_string(),
            done_sum.to_string(),
            bank::share(done_sum, plan_sum),
        ]);
    }
    rows
}

/// A decision at the end of a year.
pub fn decision(dice: &mut Dice, area: &Area, year: u16, month: u16) -> Row {
    let month = if month == 0 { 12 } else { month };
    let (d, y) = (dice.between(1, 8), year);
    let symbol = dice.pick(&["QĐ-UBND", "QĐ-UBND", "QĐ-BTV", "QĐ-HPN"]);
    let date =
        if dice.once_in(3) { format!("{d:02} tháng {month:02} năm {y}") } else { format!("{d:02}/{month}/{y}") };
    let issuer = if symbol == "QĐ-UBND" {
        format!("{} {}", dice.pick(&["Chủ tịch UBND", "UBND", "Chủ tịch Ủy ban nhân dân"]), area.own())
    } else {
        format!(
            "Ban Thường vụ Hội LHPN {}",
            area.district.map_or_else(|| format!("tỉnh {}", area.province), |d| format!("huyện {d}"))
        )
    };
    Row {
        number: Some(format!("{:02}/{symbol}", dice.between(2, 900))),
        date: Some(date),
        issuer: Some(issuer),
        ..Row::default()
    }
}

/// Number, date and issuer in one cell or line.
pub fn whole(row: &Row, style: usize) -> String {
    if let Some(raw) = &row.raw {
        return raw.clone();
    }
    let number = row.number.as_deref();
    let date = row.date.as_ref().map(|date| {
        if date.starts_with("năm") || date.contains("ngày") { date.clone() } else { format!("ngày {date}") }
    });
    let (date, issuer) = (date.as_deref(), row.issuer.as_deref());
    let join = |parts: &[Option<String>], mark: &str| parts.iter().flatten().cloned().collect::<Vec<_>>().join(mark);
    match style % 4 {
        0 => join(
            &[
                Some(number.map_or("Quyết định".to_owned(), |n| format!("Quyết định số {n}"))),
                date.map(str::to_owned),
                issuer.map(|i| format!("của {i}")),
            ],
            " ",
        ),
        1 => join(
            &[
                Some(number.map_or("QĐ".to_owned(), |n| format!("QĐ số {n}"))),
                date.map(str::to_owned),
                issuer.map(str::to_owned),
            ],
            ", ",
        ),
        2 => join(&[number.map(|n| format!("Số {n}")), date.map(str::to_owned), issuer.map(str::to_owned)], "; "),
        _ => join(
            &[
                Some(join(
                    &[
                        Some(
                            number
                                .map_or("Quyết định khen thưởng".to_owned(), |n| format!("Quyết định số: {n}")),
                        ),
                        date.map(str::to_owned),
                    ],
                    ", ",
                )),
                issuer.map(|i| format!("của {i}")),
            ],
            " ",
        ),
    }
}

fn earlier(dice: &mut Dice, report: &Report) -> Section {
    let area = &report.area;
    let (from, to) = report.years;
    let (title, strong) = match report.who {
        Who::Person => ("Lao động tiên tiến", "Chiến sĩ thi đua cơ sở"),
        Who::Collective => ("Tập thể lao động tiên tiến", "Tập thể lao động xuất sắc"),
    };
    // Titles of years are decided on at their end; the last one may still be open.
    let first = if report.award.run > 0 { to + 1 - report.award.run } else { from.min(to - dice.between(0, 3) as u16) };
    let last = if report.date.2 > to || report.award.run > 0 { to } else { to - u16::from(dice.once_in(2)) };
    let mut titles = Vec::new();
    for year in first..=last.max(first) {
        let award = if report.award.run > 0 || dice.once_in(2) { strong } else { title };
        let signed = if year == to { (year, 12) } else { (year + u16::from(dice.once_in(2)), 1) };
        let (y, m) = if signed.0 == year { (year, 12) } else { signed };
        let mut row = decision(dice, area, y, m);
        row.year = year.to_string();
        row.award = award.to_owned();
        titles.push(row);
    }
    let mut forms = Vec::new();
    for year in from..=to.min(from + 2) {
        if dice.once_in(2) {
            let month = if year == to { 10 } else { dice.between(3, 12) as u16 };
            let mut row = decision(dice, area, year, month);
            row.year = year.to_string();
            row.award = format!(
                "Giấy khen {}",
                dice.pick(&["về thành tích xuất sắc trong phong trào phụ nữ", "trong công tác Hội", ""])
            )
            .trim_end()
            .to_owned();
            forms.push(row);
        }
    }
    let items = vec![
        Item::Sub(format!("1. Danh hiệu thi đua{}", dice.pick(&["", ":", ""]))),
        Item::Earlier("Danh hiệu thi đua", titles),
        Item::Sub("2. Hình thức khen thưởng".to_owned()),
        Item::Earlier("Hình thức khen thưởng", forms),
    ];
    let heading = dice.pick(&[
        "CÁC HÌNH THỨC ĐÃ ĐƯỢC KHEN THƯỞNG",
        "CÁC HÌNH THỨC ĐÃ ĐƯỢC KHEN THƯỞNG",
        "CÁC HÌNH THỨC KHEN THƯỞNG ĐÃ ĐƯỢC GHI NHẬN",
    ]);
    Section { number: "III".to_owned(), heading: heading.to_owned(), items }
}

fn signs(dice: &mut Dice, report: &Report) -> Vec<Sign> {
    let signed = |role: &str, note: &str, lines: &[&str], name: String| Sign {
        role: role.to_owned(),
        note: note.to_owned(),
        lines: lines.iter().map(|line| (*line).to_owned()).collect(),
        name,
    };
    let head: &[&str] = if dice.once_in(3) { &["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"] } else { &["CHỦ TỊCH"] };
    let body: &[&str] = if dice.once_in(2) { &["TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"] } else { head };
    let stamp = dice.pick(&["(Ký, đóng dấu)", "(Ký tên, đóng dấu)", ""]).to_owned();
    let proposer = signed(
        dice.pick(&[
            "XÁC NHẬN CỦA CẤP TRÌNH KHEN THƯỞNG",
            "XÁC NHẬN CỦA CẤP TRÌNH KHEN THƯỞNG",
            "XÁC NHẬN CẤP TRÌNH KHEN THƯỞNG",
        ]),
        &stamp,
        head,
        bank::anybody(dice),
    );
    match report.who {
        Who::Person => vec![
            signed(
                dice.pick(&["THỦ TRƯỞNG ĐƠN VỊ XÁC NHẬN", "THỦ TRƯỞNG ĐƠN VỊ XÁC NHẬN", "XÁC NHẬN CỦA ĐƠN VỊ"]),
                &stamp,
                body,
                bank::anybody(dice),
            ),
            signed(
                dice.pick(&["NGƯỜI BÁO CÁO THÀNH TÍCH", "NGƯỜI BÁO CÁO", "NGƯỜI VIẾT BÁO CÁO"]),
                "(Ký, ghi rõ họ và tên)",
                &[],
                report.name.clone(),
            ),
            proposer,
        ],
        Who::Collective => {
            let unit = if dice.once_in(2) {
                signed("THỦ TRƯỞNG ĐƠN VỊ", &stamp, head, bank::anybody(dice))
            } else {
                signed("TM. BAN THƯỜNG VỤ", "", &["CHỦ TỊCH"], bank::anybody(dice))
            };
            vec![proposer, unit]
        }
    }
}
