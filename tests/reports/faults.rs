//! The typical mistakes, by their numbers in the list that reviewers use.

use super::bank::{self, grouped, share, two};
use super::dice::Dice;
use super::plantings::{confirming, field, incomplete, left_over, merged, misspelt, mixed, shares, totals, unsigned};
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

pub fn planted(fault: u8, codes: &'static [&'static str], marks: &[&str], how: &str) -> Planted {
    Planted { fault, codes, marks: marks.iter().map(|mark| (*mark).to_owned()).collect(), how: how.to_owned() }
}

/// Rows of section III, all tables.
pub fn rows(report: &mut Report) -> Vec<&mut Row> {
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
pub fn put(report: &mut Report, dice: &mut Dice, text: &str) {
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
