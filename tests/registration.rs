//! Registrations: forms go out, filled forms come back in many shapes, every planted fault is found and no other.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod forms;
mod word;

use forms::{Dice, Filled, Row};
use jiff::civil::{Date, date};
use std::collections::BTreeSet;
use thidua::Engine;
use thidua::compose::registration::ask::{Asked, Given, Office, ask};
use thidua::compose::registration::cell::Cells;
use thidua::compose::registration::{Collected, FormFinding, FormReader, Returned, UnitName, UnitState, Units, fill};
use thidua::compose::units::SubUnits;
use thidua::guard::Limits;
use thidua::pack::{Calendar, Lang, Profile, RegistrationForms, RegistrationKind, Texts, word_form};
use thidua::template::{CompileOptions, Missing, RenderOptions, Template};

const PROFILE: &str = include_str!("../templates/base/office/thidua.toml");
const UNITS: usize = 200;
const MINIMUM: u64 = 2;

struct World {
    engine: Engine,
    profile: Profile,
    below: SubUnits,
    forms: RegistrationForms,
    calendar: Calendar,
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
            texts: Texts::builtin(Lang::Vi).unwrap(),
        }
    }

    fn office(&self, kind: RegistrationKind) -> Office<'_> {
        Office {
            profile: &self.profile,
            below: Some(&self.below),
            calendar: &self.calendar,
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
    (Filled { unit: unit.to_owned(), date, total, signer, rows, without: None }, truth)
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
        _ => {
            filled.without = Some(2);
            ("DK09", None)
        }
    }
}

const DAMAGES: usize = 14;

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
            let mut layout = dice.below(3);
            let mut known = true;
            // A tenth is damaged.
            if at % 10 == 3 {
                let kind = (at / 10 + usize::try_from(seed).unwrap()) % DAMAGES;
                // The form that was sent out has its unit printed, and its columns; a unit that is unknown writes its own.
                if matches!(kind, 10 | 13) {
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
                _ => forms::two_rows_of_headings(&form),
            };
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
