//! Reports that are handed in together with their proposal (tờ trình) and the minutes of the meeting (biên bản).

use super::bank::share;
use super::dice::Dice;
use super::faults::Planted;
use super::layout::Layout;
use super::{Made, Report, Who, made, plain, wordfile, write};

/// A paper beside the reports.
pub struct Beside {
    pub name: String,
    pub text: String,
    pub docx: Vec<u8>,
}

/// Reports, their proposal and their minutes.
pub struct Dossier {
    pub reports: Vec<Made>,
    pub proposal: Beside,
    pub minutes: Beside,
}

/// What is wrong in a dossier.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wrong {
    Nothing,
    /// Mistake 16: the title of a report asks for another award than the proposal.
    Award,
    /// Mistake 23: a report is another one under another name.
    Copied,
    /// The proposal names more persons than it lists.
    Count,
    /// The votes of the minutes do not add up.
    Votes,
    /// A name is spelled in another way in the proposal.
    Name,
}

/// A dossier of a few persons, all for one award.
pub fn dossier(seed: u64, wrong: Wrong) -> (Dossier, Option<Planted>) {
    let mut dice = Dice::new(seed.wrapping_mul(31).wrapping_add(wrong as u64));
    let count = dice.between(2, 5) as usize;
    let mut written: Vec<Report> = Vec::new();
    while written.len() < count {
        let needs = super::faults::Needs { who: Some(Who::Person), merit: true, plain: true, ..Default::default() };
        let report = write::report(&mut dice, Some(needs));
        let first = written.first();
        let fits = first.is_none_or(|first| first.award.id == report.award.id && first.date.2 == report.date.2)
            && written.iter().all(|other| other.name != report.name);
        if fits {
            written.push(report);
        }
    }
    // One office: its unit, its award.
    let head = written[0].clone();
    for report in &mut written[1..] {
        let (own, area) = (report.area.clone(), head.area.clone());
        let text = serialised(report, &own, &area, &head.award_words);
        *report = text;
    }
    let mut planted = None;
    let victim = dice.index(count - 1) + 1;
    let asked = head.award_words.clone();
    match wrong {
        Wrong::Award => {
            let report = &mut written[victim];
            let other = [
                "Giấy khen của Chủ tịch UBND xã",
                "danh hiệu Lao động tiên tiến",
                "Bằng khen của Chủ tịch UBND tỉnh",
                "danh hiệu Chiến sĩ thi đua cơ sở",
            ];
            let start: String = asked.to_uppercase().chars().take(6).collect();
            let mut other = dice.pick(&other).to_owned();
            while other.to_uppercase().starts_with(&start) || asked.contains(other.trim_start_matches("danh hiệu ")) {
                other = dice
                    .pick(&[
                        "Giấy khen của Chủ tịch UBND xã",
                        "Bằng khen của Chủ tịch UBND tỉnh",
                        "danh hiệu Lao động tiên tiến",
                    ])
                    .to_owned();
            }
            for line in &mut report.title {
                *line = line.replace(&asked.to_uppercase(), &other.to_uppercase()).replace(&asked, &other);
            }
            let bare = other.trim_start_matches("danh hiệu ").to_owned();
            planted =
                Some(Planted { fault: 16, codes: &["BC10"], marks: vec![bare], how: format!("{asked} - {other}") });
        }
        Wrong::Copied => {
            let mut copy = written[0].clone();
            let (old, new) = (copy.name.clone(), written[victim].name.clone());
            copy.name.clone_from(&new);
            replace(&mut copy, &old, &new);
            let (old_birth, new_birth) = (birth(&written[0]), birth(&written[victim]));
            replace(&mut copy, &old_birth, &new_birth);
            // What is copied has an achievement worth the name.
            let text = "Chủ động phối hợp với các chi hội rà soát từng hoàn cảnh, phân công cán bộ phụ trách theo địa bàn, duy trì sinh hoạt nền nếp 12 kỳ mỗi năm và kịp thời biểu dương gương điển hình tại cơ sở.";
            for report in [&mut written[0], &mut copy] {
                report.section(2).items.push(super::Item::Para(text.to_owned()));
            }
            let marks = copy.section(2).items.iter().filter_map(|item| match item {
                super::Item::Para(text) | super::Item::Bullet(text) => Some(text.clone()),
                _ => None,
            });
            planted =
                Some(Planted { fault: 23, codes: &["BC23"], marks: marks.collect(), how: format!("{old} - {new}") });
            written[victim] = copy;
        }
        _ => {}
    }
    let mut names: Vec<String> = written.iter().map(|report| report.name.clone()).collect();
    if wrong == Wrong::Name {
        let own = names[victim].clone();
        let other = own.replace("Thị", "Thi").replace("Thu ", "Thù ").replace("Thùy", "Thuỳ");
        names[victim].clone_from(&other);
        planted =
            Some(Planted { fault: 14, codes: &["BC06"], marks: vec![own.clone()], how: format!("{own} - {other}") });
    }
    let said = count + usize::from(wrong == Wrong::Count) * dice.between(1, 3) as usize;
    let proposal = proposal(&mut dice, &head, &names, &asked, said);
    if wrong == Wrong::Count {
        planted = Some(Planted {
            fault: 31,
            codes: &["BC31"],
            marks: vec![format!("{said:02}")],
            how: format!("{said} for {count}"),
        });
    }
    let minutes = minutes(&mut dice, &head, &names, &asked, wrong == Wrong::Votes);
    if wrong == Wrong::Votes {
        planted = Some(Planted { fault: 18, codes: &["BC17", "BC18"], marks: Vec::new(), how: "votes".to_owned() });
    }
    let reports = written.into_iter().zip(0..).map(|(report, at)| made(seed * 100 + at, report, &mut dice)).collect();
    (Dossier { reports, proposal, minutes }, planted)
}

fn birth(report: &Report) -> String {
    let fields = report.sections[0]
        .items
        .iter()
        .find_map(|item| if let super::Item::Fields(list) = item { Some(list) } else { None });
    fields.unwrap()[1].1.clone()
}

/// Puts words in the place of others, everywhere in a report.
fn replace(report: &mut Report, old: &str, new: &str) {
    let swap = |text: &mut String| *text = text.replace(old, new).replace(&old.to_uppercase(), &new.to_uppercase());
    report.title.iter_mut().for_each(swap);
    swap(&mut report.unit);
    swap(&mut report.parent);
    for section in &mut report.sections {
        for item in &mut section.items {
            match item {
                super::Item::Sub(text) | super::Item::Para(text) | super::Item::Bullet(text) => swap(text),
                super::Item::Fields(list) => list.iter_mut().for_each(|(_, value)| swap(value)),
                super::Item::Grid(rows) => rows.iter_mut().flatten().for_each(swap),
                super::Item::Earlier(_, rows) => {
                    for row in rows {
                        row.issuer.iter_mut().chain(row.raw.iter_mut()).for_each(swap);
                    }
                }
            }
        }
    }
    for sign in &mut report.signs {
        swap(&mut sign.name);
    }
}

/// The same report as one of another commune and for that commune's award.
fn serialised(report: &Report, own: &super::bank::Area, area: &super::bank::Area, award: &str) -> Report {
    let mut moved = report.clone();
    let old = report.award_words.clone();
    for line in &mut moved.title {
        *line = line.replace(&old.to_uppercase(), &award.to_uppercase()).replace(&old, award);
    }
    replace(&mut moved, &own.own(), &area.own());
    replace(&mut moved, own.level, area.level);
    replace(&mut moved, own.province, area.province);
    if let (Some(old), Some(new)) = (own.district, area.district) {
        replace(&mut moved, old, new);
    }
    moved.award_words = award.to_owned();
    moved.place = area.name.to_owned();
    moved.area = area.clone();
    moved
}

enum Block {
    Line(String),
    Grid(Vec<Vec<String>>),
}

fn paper(dice: &mut Dice, name: &str, blocks: &[Block]) -> Beside {
    let mut text = String::new();
    let mut pen = wordfile::Loose::default();
    for block in blocks {
        match block {
            Block::Line(line) => {
                text.push_str(line);
                text.push('\n');
                pen.line(line);
            }
            Block::Grid(rows) => {
                rows.iter().for_each(|row| text.push_str(&format!("| {} |\n", row.join(" | "))));
                pen.grid(rows);
            }
        }
    }
    let _ = Layout::roll(dice);
    Beside { name: name.to_owned(), text, docx: pen.build() }
}

fn head(report: &Report, kind: &str, code: &str, subject: &str) -> Vec<Block> {
    let (d, m, y) = report.date;
    let line = |text: String| Block::Line(text);
    vec![
        line(report.parent.clone()),
        line(report.unit.to_uppercase()),
        line(String::new()),
        line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM".to_owned()),
        line("Độc lập - Tự do - Hạnh phúc".to_owned()),
        line(format!("Số: {:02}/{code}-BTV", d + 3)),
        line(plain::date_line(report)),
        line(kind.to_owned()),
        line(subject.to_owned()),
        line(format!("Căn cứ kết quả công tác năm {};", if m == 1 { y - 1 } else { y })),
    ]
}

fn proposal(dice: &mut Dice, report: &Report, names: &[String], award: &str, said: usize) -> Beside {
    let subject = match dice.below(3) {
        0 => format!("Về việc đề nghị tặng {award}"),
        1 => "V/v đề nghị khen thưởng thành tích xuất sắc trong phong trào phụ nữ".to_owned(),
        _ => format!("Đề nghị xét tặng {award} cho các cá nhân"),
    };
    let mut blocks = head(report, "TỜ TRÌNH", "TTr", &subject);
    blocks.push(Block::Line(format!("Kính gửi: Hội đồng Thi đua - Khen thưởng {}", report.area.level)));
    blocks.push(Block::Line(match dice.below(3) {
        0 => format!("{} kính đề nghị xét tặng {award} cho {said:02} cá nhân có tên sau đây:", report.unit),
        1 => format!(
            "Ban Thường vụ {} trình cấp có thẩm quyền xem xét, đề nghị tặng {award} cho {said:02} cá nhân, cụ thể:",
            report.unit
        ),
        _ => format!(
            "Qua bình xét, Ban Thường vụ đề nghị tặng thưởng {award} cho {said:02} đồng chí (có danh sách dưới đây)."
        ),
    }));
    match dice.below(3) {
        0 => {
            let mut rows =
                vec![["TT", "Họ và tên", "Chức vụ, đơn vị", "Hình thức đề nghị"].map(str::to_owned).to_vec()];
            rows.extend(names.iter().enumerate().map(|(at, name)| {
                vec![(at + 1).to_string(), name.clone(), format!("Cán bộ {}", report.unit), award.to_owned()]
            }));
            blocks.push(Block::Grid(rows));
        }
        1 => {
            let mut rows = vec![["STT", "HỌ VÀ TÊN", "CHỨC VỤ", "TÓM TẮT THÀNH TÍCH"].map(str::to_owned).to_vec()];
            rows.extend(names.iter().enumerate().map(|(at, name)| {
                vec![
                    format!("{}.", at + 1),
                    name.clone(),
                    "Chi hội trưởng".to_owned(),
                    "Hoàn thành xuất sắc nhiệm vụ".to_owned(),
                ]
            }));
            blocks.push(Block::Grid(rows));
        }
        _ => blocks.extend(names.iter().enumerate().map(|(at, name)| {
            Block::Line(format!("{}. {} {name}, {}, {}.", at + 1, ["Bà", "Đồng chí"][at % 2], report.post, report.unit))
        })),
    }
    blocks.push(Block::Line("Kính đề nghị Hội đồng xem xét, quyết định./.".to_owned()));
    for line in ["Nơi nhận:", "- Như trên;", "- Lưu: VT.", "TM. BAN THƯỜNG VỤ", "CHỦ TỊCH", "", "Trần Thị Mai Phương"]
    {
        blocks.push(Block::Line(line.to_owned()));
    }
    paper(dice, "to-trinh", &blocks)
}

fn minutes(dice: &mut Dice, report: &Report, names: &[String], award: &str, wrong: bool) -> Beside {
    let mut blocks = head(report, "BIÊN BẢN", "BB", "Họp Hội đồng Thi đua - Khen thưởng xét khen thưởng");
    let members = dice.between(7, 15);
    let absent = dice.between(0, 2);
    let present = members - absent;
    let fault = if wrong { dice.between(1, 3) } else { 0 };
    let counted = if fault == 1 { present - 1 } else { present };
    blocks.push(Block::Line(format!(
        "Tổng số thành viên Hội đồng: {members:02} đồng chí; có mặt: {counted:02} đồng chí; vắng: {absent:02} đồng chí."
    )));
    blocks.push(Block::Line(format!("Hội đồng bỏ phiếu kín xét đề nghị tặng {award}, kết quả như sau:")));
    let yes = present - dice.below(2);
    let no = present - yes;
    let cast = if fault == 2 { yes + no + 2 } else { present };
    if dice.once_in(2) || fault == 2 {
        let mut rows = vec![
            ["TT", "Họ và tên", "Tổng số phiếu", "Số phiếu đồng ý", "Số phiếu không đồng ý", "Tỷ lệ (%)"]
                .map(str::to_owned)
                .to_vec(),
        ];
        for (at, name) in names.iter().enumerate() {
            let rate = if fault == 3 && at == 0 { "55".to_owned() } else { share(yes, cast) };
            rows.push(vec![
                (at + 1).to_string(),
                name.clone(),
                cast.to_string(),
                yes.to_string(),
                no.to_string(),
                rate,
            ]);
        }
        blocks.push(Block::Grid(rows));
    } else {
        for (at, name) in names.iter().enumerate() {
            let rate = if fault == 3 && at == 0 { "55".to_owned() } else { share(yes, present) };
            blocks.push(Block::Line(format!("- Đồng chí {name}: {yes}/{present} phiếu đồng ý, đạt tỷ lệ {rate}%.")));
        }
    }
    for line in
        ["Cuộc họp kết thúc lúc 11 giờ cùng ngày.", "THƯ KÝ\tCHỦ TỊCH HỘI ĐỒNG", "Lê Thu Hà\tTrần Thị Mai Phương"]
    {
        blocks.push(Block::Line(line.to_owned()));
    }
    paper(dice, "bien-ban", &blocks)
}
