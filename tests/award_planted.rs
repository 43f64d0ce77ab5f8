//! Faults planted in lists of awardees are found, each at its place, and nothing else is.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::disallowed_methods, reason = "a test prepares its own folder")]

mod support;

use std::collections::BTreeSet;
use support::awards::*;
use thidua::check::award::{Case, review};
use thidua::guard::Limits;
use thidua::model::{Severity, Subject, UnitQuota};
use thidua::pack::{AwardRules, ListWords, Profile};
use thidua::read::roster::{self, ColumnMap, Knowledge};

const FAMILY: [&str; 8] = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi"];
const MIDDLE: [&str; 4] = ["Thị", "Thu", "Ngọc", "Minh"];
const GIVEN: [&str; 10] = ["Lan", "Hoa", "Huệ", "Cúc", "Mai", "Đào", "Sen", "Liên", "Thủy", "Hằng"];
const UNITS: usize = 6;

fn unit(number: usize) -> String {
    format!("Hội LHPN xã số {number}")
}

/// A sound list of so many persons per unit, names unlike each other within a unit; the unit's number with each row.
fn sound(seed: &mut Seeded) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for number in 0..UNITS {
        let mut used = BTreeSet::new();
        while used.len() < 5 {
            let name = (seed.below(FAMILY.len()), seed.below(MIDDLE.len()), seed.below(GIVEN.len()));
            if used.insert(name) {
                let name = format!("{} {} {}", FAMILY[name.0], MIDDLE[name.1], GIVEN[name.2]);
                rows.push(row(&["", &name, "Hội viên", &unit(number), "Gương mẫu", "760000"]));
            }
        }
    }
    rows
}

/// Finds what is wrong with a list: code and row.
fn found(rows: &[Vec<String>], head: &[Vec<String>], tail: &[Vec<String>], level: &str) -> BTreeSet<(String, u32)> {
    let folder = tempfile::tempdir().expect("folder");
    let mut all = head.to_vec();
    all.push(row(&["STT", "Họ và tên", "Chức vụ", "Đơn vị", "Thành tích", "Mức thưởng"]));
    for (number, cells) in (1..).zip(rows) {
        let mut cells = cells.clone();
        cells[0] = number.to_string();
        all.push(cells);
    }
    all.extend(tail.iter().cloned());
    let path = list(folder.path(), "ds.xlsx", &all);
    let bytes = std::fs::read(path).expect("list");
    let tables = roster::tables("ds.xlsx", &bytes, &Limits::default()).expect("tables");
    let (rules, words) = (AwardRules::builtin().expect("rules"), ListWords::builtin().expect("words"));
    let roster = roster::roster("ds.xlsx", &tables, &ColumnMap::default(), Knowledge { words: &words, rules: &rules });
    let (proposals, more) = roster::proposals(&roster, &rules, Some("bang-khen"), true);
    let text = include_str!("../templates/base/office/thidua.toml");
    let profile =
        Profile::parse(&text.replacen("\ncap = \"xa\"\n", &format!("\ncap = \"{level}\"\n"), 1)).expect("profile");
    let quotas: Vec<UnitQuota> = (0..UNITS)
        .map(|number| UnitQuota {
            unit: Some(unit(number)),
            total: false,
            percent: None,
            subject: Subject::Individual,
            at_least: None,
            at_most: Some(5),
            place: None,
            text: String::new(),
        })
        .collect();
    let bases = ["Quy định số 05/QyĐ-BTV".to_owned()];
    let case = Case {
        roster: &roster,
        proposals: &proposals,
        rules: &rules,
        words: &words,
        profile: &profile,
        day: Some(jiff::civil::date(2026, 10, 20)),
        year: Some(2026),
        signer: None,
        bases: &bases,
        proposed: None,
        quotas: &quotas,
        units: &[],
        past: &[],
    };
    let all = roster.findings.iter().cloned().chain(more).chain(review(&case));
    all.filter(|finding| finding.severity > Severity::Info)
        .map(|finding| (finding.code.to_owned(), finding.place.map_or(0, |place| place.row)))
        .collect()
}

#[test]
fn every_planted_fault_is_said_and_none_is_invented() {
    for round in 0..60_u64 {
        let mut seed = Seeded(round);
        let mut rows = sound(&mut seed);
        // The rule's amount of a bằng khen on that day.
        rows.iter_mut().for_each(|cells| cells[5] = "3800000".to_owned());
        let (mut head, mut tail, mut level) = (Vec::new(), Vec::new(), "tinh");
        let mut wanted: BTreeSet<(String, u32)> = BTreeSet::new();
        let mut place = |code: &str, row: usize| {
            wanted.insert((code.to_owned(), u32::try_from(row).expect("small")));
        };
        let total = 3_800_000 * rows.len();
        // Headings stand in row 1, or below the head.
        let stale = seed.below(3) == 0;
        let first = if stale { 3 } else { 2 };
        if stale {
            head.push(row(&["Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31/12/2023"]));
            place("KT230", 1);
        }
        let at = |seed: &mut Seeded, unit: usize| unit * 5 + seed.below(4);
        if seed.below(2) == 0 {
            // The same person twice; the quota of the unit is kept.
            let row = at(&mut seed, 0);
            let copy = rows[row].clone();
            rows[4] = copy;
            place("KT201", first + 4);
        }
        if seed.below(2) == 0 {
            let row = at(&mut seed, 1);
            let mut copy = rows[row].clone();
            copy[1] = copy[1]
                .replacen("Thị", "Thi", 1)
                .replacen("Thu ", "Thư ", 1)
                .replacen("Ngọc", "Ngoc", 1)
                .replacen("Minh", "Mình", 1);
            rows[9] = copy;
            place("KT202", first + 9);
        }
        if seed.below(2) == 0 {
            rows[12][3] = String::new();
            place("KT250", first + 12);
        }
        let mut removed = 0;
        if seed.below(2) == 0 {
            rows[17][1] = String::new();
            place("KT101", first + 17);
            removed = 1;
        }
        let wrong_row = seed.below(2) == 0;
        if wrong_row {
            rows[22][5] = "8300000".to_owned();
            place("KT240", first + 22);
        }
        if seed.below(2) == 0 {
            // One more than the quota, of a name that the unit does not have.
            rows.push(row(&["", "Mông Thị Ỷ", "Hội viên", &unit(5), "Gương mẫu", "3800000"]));
            place("KT210", 0);
        }
        let sum: usize =
            rows.iter().filter(|cells| !cells[1].is_empty()).map(|cells| cells[5].parse::<usize>().expect("sum")).sum();
        let stated = if seed.below(2) == 0 { sum + 10_000 } else { sum };
        tail.push(row(&["", "Tổng cộng", "", "", "", &stated.to_string()]));
        if stated != sum {
            place("KT241", first + rows.len());
        }
        if seed.below(3) == 0 {
            level = "xa";
            place("KT220", 0);
        }
        assert!(total > 0 && removed < 2);
        assert_eq!(found(&rows, &head, &tail, level), wanted, "round {round}");
    }
}

#[test]
fn one_initiative_counts_once_and_discipline_is_seen() {
    let mut rows = sound(&mut Seeded(3));
    rows.iter_mut().for_each(|cells| cells[5] = "3800000".to_owned());
    rows[2][4] = "Có sáng kiến “Tổ tiết kiệm xoay vòng” được công nhận".to_owned();
    rows[13][4] = "Tác giả sáng kiến \"Tổ tiết kiệm xoay vòng\"".to_owned();
    rows[20][4] = "Không bị kỷ luật".to_owned();
    rows[21][4] = "Đang xem xét kỷ luật".to_owned();
    let wanted = [("KT206".to_owned(), 15), ("KT271".to_owned(), 23)];
    assert_eq!(found(&rows, &[], &[], "tinh"), BTreeSet::from(wanted));
}

#[test]
fn a_unit_that_is_missing_is_said() {
    let mut rows = sound(&mut Seeded(7));
    rows.iter_mut().for_each(|cells| cells[5] = "3800000".to_owned());
    rows.retain(|cells| cells[3] != unit(3));
    assert_eq!(found(&rows, &[], &[], "tinh"), BTreeSet::from([("KT212".to_owned(), 0)]));
}
