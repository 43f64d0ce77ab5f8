//! Registrations: forms go out, filled forms come back in many shapes, every planted fault is found and no other.

#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "tests")]

mod forms;
mod word;

use forms::{Dice, Filled, Row};
use jiff::civil::{Date, date};
use std::collections::BTreeSet;
use thidua::Engine;
use thidua::compose::registration::ask::{Asked, Directive, Given, Office, ask};
use thidua::compose::registration::cell::Cells;
use thidua::compose::registration::{
    Collected, FormFinding, FormReader, Returned, UnitName, UnitState, Units, fill, members,
};
use thidua::compose::units::SubUnits;
use thidua::guard::Limits;
use thidua::pack::{Calendar, Lang, PlanWords, Profile, RegistrationForms, RegistrationKind, Texts, word_form};
use thidua::template::{CompileOptions, Missing, Records, RenderOptions, Template};

const PROFILE: &str = include_str!("../templates/base/office/thidua.toml");
const UNITS: usize = 200;
const MINIMUM: u64 = 2;

struct World {
    engine: Engine,
    profile: Profile,
    below: SubUnits,
    forms: RegistrationForms,
    calendar: Calendar,
    words: PlanWords,
    texts: Texts,
}

impl World {
    /// An office with units whose names are alike enough to be mistaken.
    fn new() -> Self {
        let first = ["An", "Bình", "Cẩm", "Diên", "Đông", "Hòa", "Khánh", "Long", "Mỹ", "Ninh"];
        let second = ["Phú", "Quang", "Sơn", "Tân", "Thành"];
        let third = ["", " Đông", " Tây", " Nam"];
        let mut csv = String::from("Tên đơn vị,Tên khác\n");
        for a in first {
            for b in second {
                for c in third {
                    csv.push_str(&format!("Hội Liên hiệp Phụ nữ xã {a} {b}{c},Hội LHPN xã {a} {b}{c}\n"));
                }
            }
        }
        let profile = Profile::parse(PROFILE).unwrap();
        let below = SubUnits::read("don-vi.csv", csv.as_bytes(), &profile, &Limits::default()).unwrap();
        assert_eq!(below.list.len(), UNITS);
        Self {
            engine: Engine::new().unwrap(),
            profile,
            below,
            forms: RegistrationForms::builtin().unwrap(),
            calendar: Calendar::builtin().unwrap(),
            words: PlanWords::builtin().unwrap(),
            texts: Texts::builtin(Lang::Vi),
        }
    }

    fn office(&self, kind: RegistrationKind) -> Office<'_> {
        Office {
            profile: &self.profile,
            below: Some(&self.below),
            calendar: &self.calendar,
            words: &self.words,
            lexicon: &self.engine.pack().lexicon,
            form: self.forms.form(kind).unwrap(),
            texts: &self.texts,
        }
    }

    fn asked(&self) -> Asked {
        let given = Given {
            drive: Some("đợt thi đua “130 công trình, phần việc” chào mừng Đại hội".to_owned()),
            minimum: Some(MINIMUM),
            due: Some(date(2021, 11, 10)),
            start: Some(date(2021, 10, 1)),
            end: Some(date(2022, 1, 15)),
        };
        ask(&[], &self.office(RegistrationKind::CongTrinh), &given)
    }

    fn sent_out(&self, asked: &Asked) -> Vec<Vec<u8>> {
        let template =
            Template::compile(word_form("hoi-lhpn/dang-ky-cong-trinh/form.docx").unwrap(), &CompileOptions::default())
                .unwrap();
        let options = RenderOptions { missing: Missing::Dots, ..RenderOptions::default() };
        let forms = fill::forms(asked, &self.office(RegistrationKind::CongTrinh)).unwrap();
        forms.iter().skip(1).map(|form| template.render(&form.data, &options).unwrap().bytes).collect()
    }

    fn collect(&self, asked: &Asked, files: &[(String, Vec<u8>)]) -> Collected {
        let task = asked.task();
        let names: Vec<UnitName> = task.units.iter().map(|task| task.unit.clone()).collect();
        let units = Units::new(&names);
        let reader = FormReader::new(self.engine.pack(), &self.forms, &units, task.hint(), task.drive.clone());
        let read = |(name, bytes): &(String, Vec<u8>)| reader.read(&self.engine.read(name, bytes).unwrap());
        let forms: Vec<Returned> = files.iter().map(read).collect();
        Collected::of(forms, Vec::new(), &task, &self.forms)
    }
}

/// A number as people write it.
fn number(value: u64, dice: &mut Dice) -> String {
    match dice.below(4) {
        0 => format!("{value:02}"),
        1 => format!("{value} "),
        2 => thidua::language::numeral_words::words(i128::from(value)),
        _ => value.to_string(),
    }
}

fn money(value: u64, dice: &mut Dice) -> String {
    let grouped = thidua::language::numeral_words::grouped(value as f64, 0);
    match dice.below(4) {
        0 => grouped,
        1 => format!("{grouped}đ"),
        2 if value.is_multiple_of(1_000_000) => format!("{} triệu", value / 1_000_000),
        2 => format!("{} nghìn đồng", value / 1000),
        _ => format!("{grouped} đồng"),
    }
}

fn day(value: Date, dice: &mut Dice) -> String {
    let (d, m, y) = (value.day(), value.month(), value.year());
    match dice.below(4) {
        0 => format!("{d:02}/{m:02}/{y}"),
        1 => format!("{d}.{m}.{}", y - 2000),
        2 => format!("{d}/{m}/{y}"),
        _ => format!("ngày {d:02}/{m}/{y}"),
    }
}

/// What was put into a form, to be found again.
struct Truth {
    items: u64,
    people: u64,
    money: u64,
}

fn filled(unit: &str, number_of: usize, dice: &mut Dice) -> (Filled, Truth) {
    let rows_wanted = MINIMUM + dice.below(8);
    let mut truth = Truth { items: rows_wanted, people: 0, money: 0 };
    let rows = (0..rows_wanted)
        .map(|at| {
            let people = 5 + dice.below(300);
            let cost = (1 + dice.below(90)) * 500_000;
            let start =
                date(2021, 10, 1).checked_add(jiff::Span::new().days(i64::try_from(dice.below(60)).unwrap())).unwrap();
            let end = start.checked_add(jiff::Span::new().days(i64::try_from(dice.below(40)).unwrap())).unwrap();
            truth.people += people;
            truth.money += cost;
            Row {
                name: format!(
                    "{} {} số {}",
                    dice.pick(&["Đường hoa", "Mái ấm tình thương", "Tuyến đường sáng", "Trồng cây xanh"]),
                    dice.pick(&["phụ nữ", "hội viên", "thôn"]),
                    number_of * 100 + usize::try_from(at).unwrap()
                ),
                content: dice.pick(&["Vận động hội viên đóng góp", "Trồng và chăm sóc", "Xây dựng mới"]).to_owned(),
                whom: dice.pick(&["Hội viên", "Phụ nữ nghèo", "Người dân"]).to_owned(),
                people: number(people, dice),
                place: dice.pick(&["Thôn 1", "Thôn Đông", "Trung tâm xã"]).to_owned(),
                money: money(cost, dice),
                source: dice.pick(&["xã hội hóa", "hội viên đóng góp"]).to_owned(),
                start: day(start, dice),
                end: day(end, dice),
                lead: dice.pick(&["Chị Lan", "Ban Chấp hành", "Lê Thị Hoa"]).to_owned(),
                note: String::new(),
            }
        })
        .collect();
    let signer = dice.pick(&["Nguyễn Thị Lan", "Trần Thu Hà", "LÊ THỊ MAI", "Ths. Võ Ngọc Ánh"]).to_owned();
    let date = format!("Xã, ngày {:02} tháng {} năm 2021", 1 + dice.below(9), dice.pick(&["10", "11"]));
    let total = format!("{rows_wanted:02}");
    (Filled { unit: unit.to_owned(), date, total, signer, rows, without: None, outside: None }, truth)
}

/// Plants one fault; returns its code, and the row of the table (as a person counts the rows that were filled) where it
/// stands in one.
fn damage(kind: usize, filled: &mut Filled, other: Option<&str>) -> (&'static str, Option<usize>) {
    let last = filled.rows.len() - 1;
    match kind {
        0 => {
            filled.total = format!("{:02}", filled.rows.len() + 1);
            ("DK01", None)
        }
        1 => {
            filled.rows.truncate(1);
            filled.total = "một".to_owned();
            ("DK02", None)
        }
        2 => {
            filled.rows[last].end = "20/03/2022".to_owned();
            ("DK03", Some(last))
        }
        3 => {
            filled.rows[0].start = String::new();
            filled.rows[0].end = "……".to_owned();
            ("DK03", Some(0))
        }
        4 => {
            filled.rows[last].name = other.unwrap().to_uppercase();
            ("DK04", Some(last))
        }
        5 => {
            filled.date = "Xã, ngày 12 tháng 11 năm 2021".to_owned();
            ("DK05", None)
        }
        6 => {
            filled.signer = String::new();
            ("DK06", None)
        }
        7 => {
            filled.rows[0].end = "31/11/2021".to_owned();
            filled.rows[0].start = String::new();
            ("DK10", Some(0))
        }
        8 => {
            filled.rows[last].money = "1.000.00".to_owned();
            ("DK10", Some(last))
        }
        9 => {
            filled.rows[0].people = "1O".to_owned();
            ("DK10", Some(0))
        }
        10 => {
            filled.unit = "Hội Liên hiệp Phụ nữ xã Không Có".to_owned();
            ("DK12", None)
        }
        11 => {
            filled.rows[last].name = String::new();
            ("DK11", Some(last))
        }
        12 => {
            filled.rows[0].content = "Công trình đã hoàn thành".to_owned();
            ("DK15", Some(0))
        }
        13 => {
            filled.without = Some(2);
            ("DK09", None)
        }
        _ => {
            filled.outside = Some("Chi hội đề nghị cấp trên hỗ trợ loa kéo và kinh phí in tờ rơi.".to_owned());
            ("DK14", None)
        }
    }
}

const DAMAGES: usize = 15;

#[test]
fn two_hundred_returned_forms_give_every_planted_fault_and_no_other() {
    let world = World::new();
    let asked = world.asked();
    let sent = world.sent_out(&asked);
    let cells = Cells::new(world.engine.pack(), &world.forms);
    for seed in 1..=3 {
        let mut dice = Dice::new(seed);
        let mut files = Vec::new();
        let mut planted: BTreeSet<(String, &str, Option<usize>)> = BTreeSet::new();
        let mut truths = Vec::new();
        let mut missing = BTreeSet::new();
        let mut earlier: Option<String> = None;
        for (at, unit) in world.below.list.iter().enumerate() {
            // One in fifty sends nothing.
            if at % 50 == 17 {
                missing.insert(unit.name.clone());
                continue;
            }
            let name = format!("gui-ve/ban-{at:03}.docx");
            let (mut form, mut truth) = filled(&unit.name, at, &mut dice);
            let clean = form.clone();
            let mut layout = dice.below(4);
            let mut known = true;
            // A tenth is damaged.
            if at % 10 == 3 {
                let kind = (at / 10 + usize::try_from(seed).unwrap()) % DAMAGES;
                // The form that was sent out has its unit printed, and its columns; a unit that is unknown writes its own.
                if matches!(kind, 10 | 13 | 14) {
                    layout = 1;
                }
                if kind == 10 {
                    missing.insert(unit.name.clone());
                    known = false;
                }
                let (code, row) = damage(kind, &mut form, earlier.as_deref());
                planted.insert((name.clone(), code, row));
                truth.items = u64::try_from(form.rows.len()).unwrap();
                // What cannot be read is not in the sums.
                let (people, cost) = sums(&cells, &clean, &form, truth.people, truth.money, kind);
                truth.people = people;
                truth.money = cost;
            }
            let bytes = match layout {
                0 => forms::in_the_form(&sent[at], &form),
                1 => forms::typed_anew(&form),
                3 => {
                    // Its list of persons belongs to nobody's form.
                    planted.insert((name.clone(), "DK14", None));
                    forms::in_a_letter(&form)
                }
                _ => forms::two_rows_of_headings(&form),
            };
            // One in fifty sends a second version a month later, in time; the first does not count.
            if at % 50 == 36 {
                let first = name.replace(".docx", "-cu.docx");
                let earlier = Filled { date: "Xã, ngày 01 tháng 9 năm 2021".to_owned(), ..clean.clone() };
                files.push((first.clone(), forms::typed_anew(&earlier)));
                planted.insert((first, "DK13", None));
            }
            files.push((name, bytes));
            if known {
                truths.push((unit.name.clone(), truth));
                earlier = Some(clean.rows[0].name.clone());
            }
        }
        let collected = world.collect(&asked, &files);
        let place = |found: &FormFinding| {
            let form = collected.forms.iter().find(|form| form.file == found.file).unwrap();
            found.row.map(|row| form.items.iter().position(|item| item.row == row).unwrap())
        };
        let found: BTreeSet<(String, &str, Option<usize>)> =
            collected.findings.iter().map(|found| (found.file.clone(), found.finding.code, place(found))).collect();
        assert_eq!(found, planted, "seed {seed}");
        assert_eq!(collected.findings.len(), planted.len(), "seed {seed}: {:#?}", collected.findings);
        let silent: BTreeSet<String> =
            collected.missing().filter(|unit| unit.listed).map(|unit| unit.unit.clone()).collect();
        assert_eq!(silent, missing, "seed {seed}");
        for (unit, truth) in truths {
            let row = collected.units.iter().find(|row| row.unit == unit).unwrap();
            assert_eq!(
                (row.items, row.people, row.money),
                (truth.items, truth.people, truth.money),
                "seed {seed}: {unit}"
            );
        }
    }
}

/// Sums after a fault that makes a figure unreadable or drops rows.
fn sums(cells: &Cells, clean: &Filled, damaged: &Filled, people: u64, money: u64, kind: usize) -> (u64, u64) {
    let count = |row: &Row| cells.count(&row.people).value().unwrap_or(0);
    let cost = |row: &Row| cells.money(&row.money, 1).value().unwrap_or(0);
    match kind {
        1 => (count(&clean.rows[0]), cost(&clean.rows[0])),
        8 => (people, money - cost(clean.rows.last().unwrap())),
        9 => (people - count(&clean.rows[0]), money),
        _ => {
            assert_eq!(clean.rows.len(), damaged.rows.len());
            (people, money)
        }
    }
}

#[test]
fn a_form_that_comes_back_as_it_went_out_is_nothing() {
    let world = World::new();
    let asked = world.asked();
    let files: Vec<_> = world
        .sent_out(&asked)
        .into_iter()
        .take(3)
        .enumerate()
        .map(|(at, bytes)| (format!("{at}.docx"), bytes))
        .collect();
    let collected = world.collect(&asked, &files);
    assert_eq!(collected.blank, ["0.docx", "1.docx", "2.docx"]);
    assert!(collected.findings.is_empty(), "{:#?}", collected.findings);
    assert!(collected.units.iter().all(|unit| unit.state == UnitState::Missing));
}

/// A directive of the district to its communes, with an exception for one of them.
const LETTER: &str = "\
HỘI LHPN TỈNH BÌNH CHÂU
HỘI LHPN HUYỆN TÂN LỘC
Số: 112/HPN-TG
V/v đăng ký công trình, phần việc chào mừng 90 năm ngày thành lập Hội

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Tân Lộc, ngày 05 tháng 3 năm 2020

Kính gửi: Hội LHPN các xã, thị trấn.

Hội LHPN huyện đề nghị các đơn vị thực hiện một số nội dung sau:
1. Mỗi xã, thị trấn đăng ký tối thiểu 01 công trình, 02 phần việc. Riêng thị trấn Tân Lộc đăng ký ít nhất 02 công trình.
2. Bản đăng ký (theo mẫu gửi kèm) gửi về Hội LHPN huyện trước ngày 25/3/2020.
3. Thời gian thực hiện: từ ngày 10/3/2020 đến ngày 20/10/2020.

TM. BAN THƯỜNG VỤ
CHỦ TỊCH

Ngô Thị Bích Liên
";

/// The office that wrote the letter, and a commune below it.
fn district_and_commune() -> [Profile; 2] {
    let district = PROFILE
        .replace("xã Bình An", "huyện Tân Lộc")
        .replace("XÃ BÌNH AN", "HUYỆN TÂN LỘC")
        .replacen("cap = \"xa\"", "cap = \"huyen\"", 1)
        .replacen("cap = \"chi-hoi\"", "cap = \"xa\"", 1);
    [Profile::parse(&district).unwrap(), Profile::parse(PROFILE).unwrap()]
}

#[test]
fn drive_numbers_and_days_come_from_the_letter_and_lead_back_to_it() {
    let mut world = World::new();
    let list = "Tên đơn vị\nHội LHPN xã Phú Hòa\nHội LHPN thị trấn Tân Lộc\n";
    let [district, commune] = district_and_commune();
    world.below = SubUnits::read("don-vi.csv", list.as_bytes(), &district, &Limits::default()).unwrap();
    world.profile = district;
    let document = world.engine.read("cv.txt", LETTER.as_bytes()).unwrap();
    let reading = world.engine.extract(document, &thidua::Options::default());
    let directive = Directive { document: &reading.document, extraction: &reading.extraction };

    let own = ask(&[directive], &world.office(RegistrationKind::CongTrinh), &Given::default());
    assert_eq!(own.drive.unwrap().value, "công trình, phần việc chào mừng 90 năm ngày thành lập Hội");
    assert_eq!(own.period, (Some(date(2020, 3, 10)), Some(date(2020, 10, 20))));
    let due = own.due.unwrap();
    assert_eq!((due.value.date, due.value.inclusive), (date(2020, 3, 25), false));
    let thidua::model::Origin::Source { span, text, .. } = due.origin else { panic!("{:?}", due.origin) };
    assert_eq!(reading.document.slice(span), Some(text.as_str()));
    let minima: Vec<(u64, String)> =
        own.units.iter().map(|(_, minimum)| minimum.as_ref().map(|m| (m.number, m.text.clone())).unwrap()).collect();
    assert_eq!(minima, [(3, "01 công trình, 02 phần việc".to_owned()), (4, "02 công trình, 02 phần việc".to_owned())]);

    // For an office below, the same letter is a parent's: its day moves forward, its numbers are shared out.
    world.profile = commune;
    let list = "Tên đơn vị\nChi hội thôn Đông\nChi hội thôn Tây\n";
    world.below = SubUnits::read("don-vi.csv", list.as_bytes(), &world.profile, &Limits::default()).unwrap();
    let handed = ask(&[directive], &world.office(RegistrationKind::CongTrinh), &Given::default());
    let due = handed.due.unwrap().value;
    assert_eq!((due.date, due.inclusive), (date(2020, 3, 20), true), "three working days before 25/3/2020");
    let sum: u64 = handed.units.iter().map(|(_, minimum)| minimum.as_ref().map_or(0, |m| m.number)).sum();
    assert!(sum >= 3, "what is shared out is not below what is owed");
}

#[test]
fn a_collective_registers_titles_that_can_be_reached_and_names_of_its_list() {
    let world = World::new();
    let unit = &world.below.list[5].name;
    let head = |title: &str| {
        word::p("ĐĂNG KÝ THI ĐUA TẬP THỂ")
            + &word::p(&format!("Đơn vị: {unit}"))
            + &word::p(&format!("Danh hiệu tập thể: {title}"))
    };
    let cell = |text: &str| word::p(text);
    let row = |texts: [&str; 4]| texts.map(cell);
    let movements = [
        row(["Tên phong trào", "Mục tiêu", "Thời gian phát động", "Thời gian tổng kết"]),
        row(["Ngõ sạch", "100%", "01/02/2021", "01/12/2021"]),
    ];
    let targets = [row(["Nội dung", "ĐVT", "Kế hoạch", "Ghi chú"]), row(["Tiết kiệm", "hộ", "năm mươi", ""])];
    let titles = [
        row(["Họ và tên", "Chức vụ, đơn vị", "Danh hiệu đăng ký", "Hình thức khen thưởng"]),
        row(["Lê Thị Hoa", "Chi hội trưởng", "LĐTT", "Giấy khen"]),
        row(["Võ Thị Mai", "Chi hội phó", "Chiến sĩ thi đua cấp tỉnh", ""]),
        row(["Bùi Thị Cúc", "Hội viên", "Chiến sĩ thi đua cấp tỉnh", ""]),
        row(["Trần Thị Lạ", "Hội viên", "Nữ tướng", ""]),
    ];
    let table = |rows: &[[String; 4]]| {
        let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        word::table(&rows.iter().map(Vec::as_slice).collect::<Vec<_>>())
    };
    let body = head("Tập thể lao động tiên tiến")
        + &table(&movements)
        + &word::p("II. Chỉ tiêu")
        + &table(&targets)
        + &word::p("III. Danh hiệu")
        + &table(&titles)
        + &word::p("CHI HỘI TRƯỞNG")
        + &word::p("Lê Thị Hoa");
    let csv = "Họ và tên,Danh hiệu đã đạt\nLê Thị Hoa,\nVõ Thị Mai,CSTĐCS 2019; CSTĐCS 2020\nBùi Thị Cúc,CSTĐCS 2020\n";
    let records = Records::open("ds.csv", Box::new(csv.as_bytes()), &Limits::default()).unwrap();
    let asked = world.asked();
    let mut task = asked.task();
    task.members = Some(members(records).unwrap());
    let names: Vec<UnitName> = task.units.iter().map(|task| task.unit.clone()).collect();
    let units = Units::new(&names);
    let reader = FormReader::new(world.engine.pack(), &world.forms, &units, task.hint(), None);
    let form = reader.read(&world.engine.read("tt.docx", &word::docx(&body)).unwrap());
    assert_eq!(form.kind, Some(RegistrationKind::TapThe));
    assert_eq!(form.items.len(), 6);
    let collected = Collected::of(vec![form], Vec::new(), &task, &world.forms);
    let found: Vec<(&str, &str)> = collected
        .findings
        .iter()
        .map(|found| (found.finding.code, found.finding.args.get("name").map_or("", String::as_str)))
        .collect();
    assert_eq!(
        found,
        [("DK07", "Bùi Thị Cúc"), ("DK07", "Trần Thị Lạ"), ("DK08", "Trần Thị Lạ")],
        "{:#?}",
        collected.findings
    );
}

#[test]
fn the_command_writes_forms_and_sums_up_what_comes_back() {
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name);
    std::fs::create_dir(path("office")).unwrap();
    std::fs::write(path("office/thidua.toml"), PROFILE).unwrap();
    std::fs::write(path("office/don-vi.csv"), "Tên đơn vị\nChi hội thôn Đông\nChi hội thôn Tây\nChi hội thôn Nam\n")
        .unwrap();
    let thidua = |args: &[&str]| {
        assert_cmd::Command::cargo_bin("thidua").unwrap().current_dir(dir.path()).args(args).output().unwrap()
    };
    let given = ["--drive", "đợt thi đua “Ngõ sạch”", "--minimum", "1", "--due", "10/11/2021"];
    let draft = [&["draft", "registration", "--office", "office", "-o", "mau"][..], &given].concat();
    let output = thidua(&draft);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let form = std::fs::read(path("mau/dang-ky-cong-trinh 001 Chi hội thôn Đông.docx")).unwrap();
    let trace: serde_json::Value =
        serde_json::from_slice(&std::fs::read(path("mau/dang-ky.trace.json")).unwrap()).unwrap();
    let text = word::texts(&word::part(&form, "word/document.xml")).join("\n");
    let entries = trace[1]["entries"].as_array().unwrap();
    assert!(
        entries.iter().all(|entry| text.contains(entry["value"].as_str().unwrap()) || entry["place"] == "kinh_gui")
    );
    assert!(text.contains("đợt thi đua “Ngõ sạch”") && text.contains("chậm nhất ngày 10/11/2021"), "{text}");

    // One comes back in order, one late, one not at all; and a file that is no document.
    let mut dice = Dice::new(9);
    std::fs::create_dir(path("ve")).unwrap();
    let (mut east, _) = filled("Chi hội thôn Đông", 1, &mut dice);
    east.date = "Thôn Đông, ngày 05 tháng 11 năm 2021".to_owned();
    let (mut west, _) = filled("Chi hội thôn Tây", 2, &mut dice);
    west.date = "Thôn Tây, ngày 15 tháng 11 năm 2021".to_owned();
    std::fs::write(path("ve/dong.docx"), forms::in_the_form(&form, &east)).unwrap();
    std::fs::write(path("ve/tay.docx"), forms::typed_anew(&west)).unwrap();
    let times = ["--from", "1/10/2021", "--to", "15/1/2022"];
    let collect = [&["collect", "ve", "--office", "office", "-o", "ra"][..], &given, &times].concat();
    let output = thidua(&collect);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("Chưa đăng ký: Chi hội thôn Nam") && said.contains("DK05: 1"), "{said}");
    let json: serde_json::Value = serde_json::from_slice(&std::fs::read(path("ra/dang-ky.json")).unwrap()).unwrap();
    assert_eq!(json["units"][0]["state"], "complete", "{:#}", json["findings"]);
    assert_eq!(json["units"][2]["state"], "missing");
    let letter = std::fs::read(path("ra/don-doc.docx")).unwrap();
    let letter = word::texts(&word::part(&letter, "word/document.xml")).join("\n");
    assert!(
        letter.contains("Chi hội thôn Nam")
            && letter.contains("02/03 đơn vị")
            && letter.contains("hạn gửi là 10/11/2021"),
        "{letter}"
    );
    let sheet = word::part(&std::fs::read(path("ra/tong-hop-dang-ky.xlsx")).unwrap(), "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("COUNTIF(") && sheet.contains("SUM(D2:D4)"), "totals are formulas");

    // The same again gives the same bytes; faults and files that cannot be read have their codes.
    let before = std::fs::read(path("ra/tong-hop-dang-ky.docx")).unwrap();
    assert_eq!(thidua(&[&collect[..], &["-j", "1", "--fail-on", "warning"]].concat()).status.code(), Some(1));
    assert_eq!(std::fs::read(path("ra/tong-hop-dang-ky.docx")).unwrap(), before);
    std::fs::write(path("ve/hong.docx"), b"PK\x03\x04 cut off").unwrap();
    assert_eq!(thidua(&collect).status.code(), Some(3));
    let json: serde_json::Value = serde_json::from_slice(&std::fs::read(path("ra/dang-ky.json")).unwrap()).unwrap();
    assert_eq!(json["failures"][0]["file"], "ve/hong.docx");
    std::fs::create_dir(path("trong")).unwrap();
    assert_eq!(thidua(&["collect", "trong", "--office", "office", "-o", "ra2"]).status.code(), Some(4));
}

/// NĐ 30/2020, Phụ lục I: A4, margins of 20-25, 30-35 and 15-20 mm, Times New Roman, page number from page 2.
#[test]
fn the_forms_keep_to_the_decree() {
    let folders = ["dang-ky-cong-trinh", "dang-ky-tap-the", "dang-ky-ca-nhan", "tong-hop-dang-ky", "don-doc"];
    for folder in folders {
        let bytes = word_form(&format!("hoi-lhpn/{folder}/form.docx")).unwrap();
        let document = word::part(bytes, "word/document.xml");
        let margin = |side: &str| -> f64 {
            let section = document.split("<w:pgMar").nth(1).unwrap();
            let value = section.split(&format!("w:{side}=\"")).nth(1).unwrap().split('"').next().unwrap();
            value.parse::<f64>().unwrap() / 56.7
        };
        for (side, from, to) in
            [("top", 19.9, 25.1), ("bottom", 19.9, 25.1), ("left", 29.9, 35.1), ("right", 14.9, 20.1)]
        {
            assert!((from..=to).contains(&margin(side)), "{folder}: {side} {}", margin(side));
        }
        assert!(document.contains("w:w=\"11906\"") || document.contains("w:h=\"11906\""), "{folder}");
        assert!(
            document.contains("<w:titlePg/>") && word::part(bytes, "word/header1.xml").contains(" PAGE "),
            "{folder}"
        );
        assert!(word::part(bytes, "word/styles.xml").contains("w:ascii=\"Times New Roman\""), "{folder}");
        let order = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"];
        let at = |text: &str| document.find(text).unwrap();
        assert!(at(order[0]) < at(order[1]), "{folder}");
    }
}
