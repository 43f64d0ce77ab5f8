//! The typical mistakes, by their numbers in the list that reviewers use.

use super::bank::{self, grouped, share, two};
use super::dice::Dice;
use super::write::decision;
use super::{Item, Report, Row, Sign, Who};

/// Every mistake.
pub const ALL: std::ops::RangeInclusive<u8> = 1..=33;

/// Mistakes that show only beside another paper: the proposal (16), another report (23).
pub fn needs_dossier(fault: u8) -> bool {
    matches!(fault, 16 | 23)
}

/// What a mistake needs of the report that it is planted in.
#[derive(Clone, Copy, Default)]
pub struct Needs {
    pub who: Option<Who>,
    /// Not unexpected, not thematic.
    pub merit: bool,
    /// The award covers at least so many years.
    pub years: Option<u16>,
    /// An award without a run of titles.
    pub plain: bool,
    /// A table of results.
    pub grid: bool,
    /// So many deeds.
    pub deeds: Option<u64>,
}

/// A mistake and where it is.
#[derive(Clone, Debug)]
pub struct Planted {
    pub fault: u8,
    /// Codes that are right for it.
    pub codes: &'static [&'static str],
    /// Words at its place, or the paragraph where something is missing; any one of them.
    pub marks: Vec<String>,
    /// What was done.
    pub how: String,
}

pub fn needs(fault: u8) -> Option<Needs> {
    let merit = Needs { merit: true, ..Needs::default() };
    let person = Needs { who: Some(Who::Person), ..merit };
    Some(match fault {
        4 => Needs { years: Some(2), plain: true, ..merit },
        6 | 7 => Needs { plain: true, ..merit },
        8 => Needs { plain: true, ..merit },
        13..=15 => person,
        18..=20 => Needs { grid: true, ..merit },
        _ => merit,
    })
}

fn planted(fault: u8, codes: &'static [&'static str], marks: &[&str], how: &str) -> Planted {
    Planted { fault, codes, marks: marks.iter().map(|mark| (*mark).to_owned()).collect(), how: how.to_owned() }
}

/// Rows of section III, all tables.
fn rows(report: &mut Report) -> Vec<&mut Row> {
    let items = report.section(3).items.iter_mut();
    items.filter_map(|item| if let Item::Earlier(_, rows) = item { Some(rows) } else { None }).flatten().collect()
}

fn titles(report: &mut Report) -> &mut Vec<Row> {
    let found = report
        .section(3)
        .items
        .iter_mut()
        .find_map(|item| if let Item::Earlier(_, rows) = item { Some(rows) } else { None });
    found.unwrap()
}

/// Puts a paragraph or a bullet among the deeds of section II.
fn put(report: &mut Report, dice: &mut Dice, text: &str) {
    let items = &mut report.section(2).items;
    let places: Vec<usize> = items
        .iter()
        .enumerate()
        .filter(|(_, item)| matches!(item, Item::Bullet(_) | Item::Para(_)))
        .map(|(at, _)| at)
        .collect();
    // Behind the sentence that states the period.
    let from = places.len().min(3);
    let at = places.get(from + dice.index(places.len() - from)).copied().unwrap_or(items.len() - 1);
    let bullet = matches!(items[at], Item::Bullet(_));
    items.insert(at + 1, if bullet { Item::Bullet(text.to_owned()) } else { Item::Para(text.to_owned()) });
}

/// The paragraph that states the period.
fn period_item(report: &mut Report) -> &mut String {
    let words = report.period.clone();
    report
        .section(2)
        .items
        .iter_mut()
        .find_map(|item| match item {
            Item::Para(text) if text.starts_with(&words) => Some(text),
            _ => None,
        })
        .unwrap()
}

fn restate(report: &mut Report, words: &str) {
    let old = report.period.clone();
    let item = period_item(report);
    *item = item.replacen(&old, words, 1);
    report.period = words.to_owned();
}

#[allow(clippy::too_many_lines, reason = "one arm for each mistake")]
pub fn plant(fault: u8, report: &mut Report, dice: &mut Dice) -> Planted {
    let area = report.area.clone();
    let (from, to) = report.years;
    let person = report.who == Who::Person;
    match fault {
        1..=3 => incomplete(fault, report, dice),
        4 => {
            let words =
                dice.pick(&["Trong năm {y}", "Năm {y}", "Kết quả trong năm {y}"]).replace("{y}", &to.to_string());
            restate(report, &words);
            planted(4, &["BC11"], &[&to.to_string()], &words)
        }
        5 => {
            let most = report.award.most.max(report.award.years);
            let first = to - most - dice.between(0, 2) as u16;
            let count = to - first + 1;
            let words = match dice.below(4) {
                0 => format!("Trong {count:02} năm ({first} - {to})"),
                1 => format!("Giai đoạn {first}-{to}"),
                2 => format!("Từ năm {first} đến năm {to}"),
                _ => format!("Trong giai đoạn {first} - {to}"),
            };
            restate(report, &words);
            planted(5, &["BC11"], &[&format!("{first}")], &words)
        }
        6 => {
            // Four years in a row; one is left out, or one stands twice.
            let twice = dice.once_in(2);
            let list: [u16; 4] = if twice { [to - 3, to - 2, to - 2, to] } else { [to - 4, to - 3, to - 1, to] };
            let award = if person { "Lao động tiên tiến" } else { "Tập thể lao động tiên tiến" };
            let open = report.date.2 == to;
            let made: Vec<Row> = list
                .iter()
                .map(|year| {
                    let year = if open { year - 1 } else { *year };
                    let mut row = decision(dice, &area, year, 12);
                    row.year = year.to_string();
                    row.award = award.to_owned();
                    row
                })
                .collect();
            let marks: Vec<String> =
                made[1..3].iter().flat_map(|row| [row.date.clone().unwrap(), row.year.clone()]).collect();
            *titles(report) = made;
            Planted { fault, codes: &["BC12"], marks, how: if twice { "twice" } else { "left out" }.to_owned() }
        }
        7 => {
            let list = titles(report);
            let row = &mut list[0];
            let year: u16 = row.year.parse().unwrap();
            row.year = dice
                .pick(&["{a}/{b}", "{a}-{b}", "{a} - {b}", "{a}, {b}", "{a} và {b}"])
                .replace("{a}", &(year - 1).to_string())
                .replace("{b}", &year.to_string());
            let (words, date) = (row.year.clone(), row.date.clone().unwrap());
            planted(7, &["BC12"], &[&words, &date], &words)
        }
        8 => {
            let year = from - dice.between(3, 6) as u16;
            let text = match dice.below(4) {
                0 => format!("Năm {year}, vận động xây dựng 03 nhà đại đoàn kết trị giá 150 triệu đồng."),
                1 => format!("Trong năm {year} đã tổ chức 12 lớp tập huấn cho 480 hội viên."),
                2 => format!("Năm {year}: giúp 07 hộ hội viên thoát nghèo, đạt 140% kế hoạch."),
                _ => format!("Tổ chức thành công hội thi cán bộ chi hội giỏi năm {year} với 16 đội dự thi."),
            };
            put(report, dice, &text);
            planted(8, &["BC12", "BC11"], &[&year.to_string()], &text)
        }
        9 => merged(report, dice),
        10 => {
            report.sections.swap(1, 2);
            let marks = [report.sections[1].heading.clone(), report.sections[2].heading.clone()];
            Planted { fault, codes: &["BC02"], marks: marks.to_vec(), how: "order".to_owned() }
        }
        11 => {
            let (at, list): (usize, &[&str]) = match (dice.below(4), person) {
                (0, true) => (1, &["VÀI NÉT VỀ BẢN THÂN", "THÔNG TIN CỦA TÔI", "TIỂU SỬ TÓM TẮT"]),
                (0, false) => (1, &["GIỚI THIỆU VỀ ĐƠN VỊ", "TỔNG QUAN", "KHÁI QUÁT CHUNG"]),
                (1, _) => (
                    3,
                    &[
                        "KHEN THƯỞNG TRONG CÁC NĂM QUA",
                        "NHỮNG PHẦN THƯỞNG ĐÃ NHẬN",
                        "GHI NHẬN, KHEN THƯỞNG CỦA CÁC CẤP",
                    ],
                ),
                _ => (
                    2,
                    &[
                        "CÁC THÀNH TÍCH NỔI BẬT",
                        "NHỮNG VIỆC ĐÃ LÀM ĐƯỢC",
                        "KẾT QUẢ CÔNG TÁC",
                        "NHỮNG ĐÓNG GÓP TIÊU BIỂU",
                        "NỘI DUNG THÀNH TÍCH",
                    ],
                ),
            };
            let words = dice.pick(list).to_owned();
            report.section(at).heading.clone_from(&words);
            planted(11, &["BC02"], &[&words], &words)
        }
        12 => {
            let labels = *dice.one(&[
                ["A", "B", "C"],
                ["1", "2", "3"],
                ["Phần I", "Phần II", "Phần III"],
                ["Phần thứ nhất", "Phần thứ hai", "Phần thứ ba"],
            ]);
            let marks = report.sections.iter().map(|section| section.heading.clone()).collect();
            for (section, label) in report.sections.iter_mut().zip(labels) {
                section.number = label.to_owned();
                if label == "1" || label == "2" || label == "3" {
                    section.items.retain(|item| !matches!(item, Item::Sub(_)));
                }
            }
            Planted { fault, codes: &["BC02"], marks, how: labels[0].to_owned() }
        }
        13 => {
            let name = report.name.to_uppercase();
            field(report, "Họ").1.clone_from(&name);
            planted(13, &["BC05"], &[&name], &name)
        }
        14 => misspelt(report, dice),
        15 => {
            let own = report.post.clone();
            let other = *dice.one(&["Phó Chủ tịch", "Chi hội phó", "Chi hội trưởng", "Chủ tịch"]);
            let other = if own.starts_with(other) || other == own { "Chánh Văn phòng" } else { other };
            let text = match dice.below(4) {
                0 => format!("Trên cương vị {other} Hội, đã chủ động xây dựng chương trình công tác năm {to}."),
                1 => format!("Với chức trách, nhiệm vụ {other}, bản thân đã tham mưu 04 kế hoạch năm {to}."),
                2 => format!("Là {other} Hội LHPN {}, tôi trực tiếp phụ trách 03 chi hội trong năm {to}.", area.level),
                _ => format!("Với vai trò là {other}, bản thân chỉ đạo 05 chi hội hoàn thành chỉ tiêu năm {to}."),
            };
            put(report, dice, &text);
            planted(15, &["BC07"], &[other, &text], &text)
        }
        17 => {
            let words = if person {
                dice.pick(&[
                    "danh hiệu Chiến sĩ thi đua",
                    "danh hiệu Lao động giỏi",
                    "danh hiệu “Chiến sĩ thi đua”",
                    "danh hiệu Chiến sĩ thi đua cấp huyện",
                    "danh hiệu Phụ nữ xuất sắc",
                ])
            } else {
                dice.pick(&[
                    "danh hiệu Tập thể lao động giỏi",
                    "danh hiệu Đơn vị lao động giỏi",
                    "danh hiệu Tổ lao động xã hội chủ nghĩa",
                    "danh hiệu Tập thể tiên tiến",
                ])
            };
            let old = report.award_words.clone();
            for line in &mut report.title {
                *line = line.replace(&old.to_uppercase(), &words.to_uppercase()).replace(&old, words);
            }
            let bare = words.trim_start_matches("danh hiệu ").trim_matches(['“', '”']).to_owned();
            planted(17, &["BC10"], &[&bare, &bare.to_uppercase()], words)
        }
        18 => totals(report, dice),
        19 => shares(report, dice),
        20 => {
            let text = match dice.below(4) {
                0 => format!("Vận động được 1,250 suất quà, cấp phát cho 2.340 lượt hội viên trong năm {to}."),
                1 => format!("Tổng kinh phí 1,200,000 đồng; quỹ hội đạt 3.450.000 đồng năm {to}."),
                2 => format!("Số hội viên tham gia đạt 92.5%, tăng 3,5% so với năm {}.", to - 1),
                _ => format!("Có 1,320 lượt người dự; phát 2.150 tờ rơi tuyên truyền năm {to}."),
            };
            put(report, dice, &text);
            planted(20, &["BC19"], &[&text], &text)
        }
        21 => {
            let other = area.foreign();
            let line = if person && dice.once_in(2) {
                field(report, &["Đơn vị", "Nơi công", "Cơ quan"].join("|")).1 = format!("Hội LHPN {other}");
                other.clone()
            } else {
                let line =
                    format!("Của {} {other}", dice.pick(&["Hội LHPN", "Hội Liên hiệp Phụ nữ", "tập thể Hội LHPN"]));
                let line =
                    if person { format!("Của {}, {} Hội LHPN {other}", report.name, report.post) } else { line };
                report.title.retain(|line| !line.starts_with("Của "));
                report.title.push(line);
                other.clone()
            };
            planted(21, &["BC07"], &[&line], &line)
        }
        22 => {
            let other = area.foreign();
            let text = match dice.below(5) {
                0 => format!("Hội LHPN {other} đã vận động hội viên đóng góp 320 ngày công năm {to}."),
                1 => format!("Góp phần xây dựng phong trào phụ nữ {other} đạt 04 chỉ tiêu thi đua năm {to}."),
                2 => format!("Cán bộ, hội viên phụ nữ {other} tích cực tham gia 12 buổi lao động năm {to}."),
                3 => format!("Trên địa bàn {other} có 95% hộ hội viên thực hiện phân loại rác năm {to}."),
                _ => format!("Tham mưu UBND {other} hỗ trợ 50 triệu đồng cho hoạt động Hội năm {to}."),
            };
            put(report, dice, &text);
            planted(22, &["BC24", "BC07"], &[&other], &text)
        }
        24 => left_over(report, dice),
        25 => {
            let texts = [
                "Làm tốt công tác tuyên truyền, vận động hội viên",
                "Quan tâm chăm lo đời sống hội viên nghèo",
                "Đổi mới nội dung, phương thức sinh hoạt",
                "Phối hợp tốt với các ban, ngành, đoàn thể",
                "Tham gia đầy đủ các phong trào do địa phương phát động",
            ];
            let items = &mut report.section(2).items;
            let at = items.len() / 2;
            for (step, text) in texts.iter().take(dice.between(3, 5) as usize).enumerate() {
                items.insert(at + step, Item::Bullet(format!("{text}.")));
            }
            planted(25, &["BC20"], &texts, "list")
        }
        26 => {
            let text = match dice.below(5) {
                0 => "Vận động được 125 và giúp đỡ nhiều chị em vượt khó.".to_owned(),
                1 => "Tổ chức tuyên truyền được 340 trong các chi hội.".to_owned(),
                2 => "Kết quả thu được 86, vượt chỉ tiêu đề ra.".to_owned(),
                3 => "Số tiền tiết kiệm tăng thêm 75 so với kế hoạch.".to_owned(),
                _ => "Đã trao tặng 215 cho các gia đình khó khăn.".to_owned(),
            };
            put(report, dice, &text);
            planted(26, &["BC20"], &[&text], &text)
        }
        27 => {
            let year = to - 1;
            let text = match dice.below(5) {
                0 => format!("Năm {year} được Thủ tướng Chính phủ tặng Bằng khen."),
                1 => format!("Đã được tặng Bằng khen của Thủ tướng Chính phủ năm {year}."),
                2 => format!("Vinh dự được Chủ tịch nước tặng thưởng Huân chương Lao động hạng Ba năm {year}."),
                3 if person => format!("Năm {year} được công nhận danh hiệu Chiến sĩ thi đua cấp tỉnh."),
                _ => format!("Với kết quả đó, năm {year} được Trung ương Hội tặng Bằng khen."),
            };
            put(report, dice, &text);
            planted(27, &["BC15"], &[&text], &text)
        }
        28 => {
            report
                .section(2)
                .items
                .retain(|item| !matches!(item, Item::Para(text) if text.to_lowercase().contains("sáng kiến")));
            let text = match dice.below(5) {
                0 => "Có sáng kiến “Ngân hàng chổi đót” mang lại hiệu quả thiết thực.".to_owned(),
                1 => format!("Năm {to}, bản thân có 01 sáng kiến cải tiến cách thu hội phí, tiết kiệm 30% thời gian."),
                2 => "Sáng kiến: “Chợ phiên không tiền mặt” được áp dụng tại 05 chi hội.".to_owned(),
                3 => format!("Có 02 sáng kiến được áp dụng có hiệu quả trong năm {to}."),
                _ => "Đã có sáng kiến về thu gom vỏ bao thuốc bảo vệ thực vật, nhân rộng ra 06 thôn.".to_owned(),
            };
            put(report, dice, &text);
            planted(28, &["BC22"], &[&text], &text)
        }
        29 => unsigned(report, dice),
        30 => {
            let sign = confirming(&mut report.signs, dice);
            sign.lines = vec![dice.pick(&["PHÓ CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Phó Chủ tịch"]).to_owned()];
            if sign.role.starts_with("TM.") && dice.once_in(2) {
                sign.lines.insert(0, "CHỦ TỊCH".to_owned());
                sign.lines.remove(0);
            }
            let mark = sign.lines.join("|");
            planted(30, &["BC29"], &[&mark], &sign.role.clone())
        }
        31 => {
            let (d, m, y) = report.date;
            let (ld, lm, ly) = if d < 26 {
                (d + 2, m, y)
            } else if m == 12 {
                (3, 1, y + 1)
            } else {
                (5, m + 1, y)
            };
            let date = if dice.once_in(2) {
                format!("{ld:02}/{lm:02}/{ly}")
            } else {
                format!("ngày {ld:02} tháng {lm:02} năm {ly}")
            };
            if dice.once_in(2) {
                let text = format!(
                    "Được UBND {} công nhận mô hình tiêu biểu tại Quyết định số 77/QĐ-UBND {}.",
                    area.own(),
                    if date.starts_with("ngày") { date.clone() } else { format!("ngày {date}") }
                );
                put(report, dice, &text);
            } else {
                let bare = date.trim_start_matches("ngày ").to_owned();
                let mut all = rows(report);
                let last = all.len() - 1;
                all[last].date = Some(bare);
            }
            let bare = date.trim_start_matches("ngày ").to_owned();
            planted(31, &["BC26", "BC14"], &[&bare], &date)
        }
        32 => {
            let new = report.date.2 > 2024;
            let text = match (dice.below(3), new) {
                (0, true) => format!("Thực hiện Nghị định số 98/2023/NĐ-CP, Hội đã xét chọn 04 điển hình năm {to}."),
                (1, true) => format!("Theo Luật Thi đua, khen thưởng năm 2013, đã bình xét 06 cá nhân năm {to}."),
                (2, true) => format!("Phong trào phụ nữ huyện Châu Thành được đánh giá tốt với 09 chỉ tiêu năm {to}."),
                (_, _) => format!("Thực hiện Nghị định số 91/2017/NĐ-CP, Hội đã xét chọn 04 điển hình năm {to}."),
            };
            put(report, dice, &text);
            planted(32, &["BC09", "TT37"], &[&text], &text)
        }
        33 => mixed(report, dice),
        _ => planted(fault, &["BC10", "BC23"], &[], "beside another paper"),
    }
}

fn field<'r>(report: &'r mut Report, starts: &str) -> &'r mut (String, String) {
    let starts: Vec<&str> = starts.split('|').collect();
    let fields = report
        .section(1)
        .items
        .iter_mut()
        .find_map(|item| if let Item::Fields(list) = item { Some(list) } else { None })
        .unwrap();
    fields.iter_mut().find(|(label, _)| starts.iter().any(|start| label.starts_with(start))).unwrap()
}

fn incomplete(fault: u8, report: &mut Report, dice: &mut Dice) -> Planted {
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

fn merged(report: &mut Report, dice: &mut Dice) -> Planted {
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

fn misspelt(report: &mut Report, dice: &mut Dice) -> Planted {
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

fn totals(report: &mut Report, dice: &mut Dice) -> Planted {
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

fn shares(report: &mut Report, dice: &mut Dice) -> Planted {
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

fn left_over(report: &mut Report, dice: &mut Dice) -> Planted {
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
fn confirming<'s>(signs: &'s mut [Sign], dice: &mut Dice) -> &'s mut Sign {
    let places: Vec<usize> =
        signs.iter().enumerate().filter(|(_, sign)| !sign.role.starts_with("NGƯỜI")).map(|(at, _)| at).collect();
    let at = *dice.one(&places);
    &mut signs[at]
}

fn unsigned(report: &mut Report, dice: &mut Dice) -> Planted {
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

fn mixed(report: &mut Report, dice: &mut Dice) -> Planted {
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
