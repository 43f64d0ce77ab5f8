//! Awards from a list to papers and register, as an office uses them.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::disallowed_methods, reason = "a test prepares its own folder")]

use assert_cmd::Command;
use rust_xlsxwriter::Workbook;
use serde_json::Value;
use std::path::{Path, PathBuf};
use thidua::guard::Limits;
use thidua::model::{Field, Roster, Subject};
use thidua::pack::{AwardRules, ListWords};
use thidua::read::roster::{self, ColumnMap, Knowledge};

fn thidua() -> Command {
    Command::cargo_bin("thidua").expect("the program")
}

/// An office of the province, which may give both forms, in a folder of its own.
fn office() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("folder");
    let text = include_str!("../templates/base/office/thidua.toml")
        .replace("cap = \"xa\"\n# Cơ quan", "cap = \"tinh\"\n# Cơ quan")
        .lines()
        .map(|line| if line == "tep = \"don-vi.csv\"" { "" } else { line })
        .fold(String::new(), |all, line| all + line + "\n");
    let text = text.replacen("\ncap = \"xa\"\n", "\ncap = \"tinh\"\n", 1);
    std::fs::write(folder.path().join("thidua.toml"), text).expect("profile");
    folder
}

/// A workbook of rows.
fn list(folder: &Path, name: &str, rows: &[Vec<String>]) -> PathBuf {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number).expect("cell"),
                Err(_) => sheet.write_string(row, column, cell).expect("cell"),
            };
        }
    }
    let path = folder.join(name);
    book.save(&path).expect("workbook");
    path
}

fn row(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

/// The list in a Word file that was written, read by our own reader.
fn read_back(path: &Path) -> (Roster, String) {
    let bytes = std::fs::read(path).expect("document");
    let name = path.to_string_lossy();
    let document = thidua::read::document(&name, &bytes, &Limits::default()).expect("a Word document");
    let text: Vec<&str> = document.blocks.iter().map(|block| block.text.as_str()).collect();
    let text = text.join("\n");
    let tables = roster::tables_of_document(&document);
    let (rules, words) = (AwardRules::builtin().expect("rules"), ListWords::builtin().expect("words"));
    let knowledge = Knowledge { words: &words, rules: &rules };
    (roster::roster(&name, &tables, &ColumnMap::default(), knowledge), text)
}

fn names(roster: &Roster, subject: Subject) -> Vec<String> {
    let of = roster.awardees.iter().filter(|awardee| awardee.subject == subject);
    of.map(|awardee| awardee.name().to_owned()).collect()
}

const LONG_UNIT: &str = "Hội Liên hiệp Phụ nữ phường Nguyễn Trãi & Lê Lợi, quận Trung tâm";

/// Headings and rows with what is hard to print: decomposed letters, apostrophes, ampersands, signs of formulas.
fn hard_list() -> Vec<Vec<String>> {
    let mut rows = vec![
        row(&["STT", "Họ và tên", "Chức vụ", "Đơn vị", "Thành tích", "Mức thưởng"]),
        row(&["I", "TẬP THỂ"]),
        row(&["1", "Chi hội \"Hoa & Lá\" <1>", "", LONG_UNIT, "a < b & c", "1520000"]),
        row(&["II", "CÁ NHÂN"]),
    ];
    let people = [
        "H'Mơ Niê Kdăm",
        "Nguye\u{302}\u{303}n Thi\u{323} Hoa\u{300}",
        "=Lê Thị B",
        "Nguyễn Thị Lan",
        "Phạm O’Hà",
        "{{ten}} Thị C",
        "+Trần Thị D",
    ];
    for (number, name) in (1..).zip(people) {
        rows.push(row(&[&number.to_string(), name, "Hội viên", LONG_UNIT, "Gương mẫu", "760000"]));
    }
    rows
}

const FOR: &str = "xuất sắc trong phong trào thi đua năm 2026";

#[test]
fn names_counts_and_sums_agree_in_every_paper() {
    let office = office();
    let list = list(office.path(), "ds.xlsx", &hard_list());
    let out = office.path().join("ra-thu");
    thidua()
        .args(["award", &list.to_string_lossy(), "--award", "giay-khen", "--date", "20/10/2026", "--number-from", "6"])
        .args(["--for", FOR, "--office", &office.path().to_string_lossy(), "-o", &out.to_string_lossy()])
        .assert()
        .code(0);
    let (roster, text) = read_back(&out.join("quyet-dinh.docx"));
    let wanted: Vec<String> =
        hard_list()[4..].iter().map(|row| thidua::language::fold::nfc(&row[1]).into_owned()).collect();
    assert_eq!(names(&roster, Subject::Individual), wanted);
    assert_eq!(names(&roster, Subject::Collective), ["Chi hội \"Hoa & Lá\" <1>"]);
    let sum: i64 = roster.awardees.iter().filter_map(|row| roster::money(row.text(Field::Amount)?)).sum();
    assert_eq!(sum, 1_520_000 + 7 * 760_000);
    for said in [
        "Số: 06/QĐ-BTV",
        "Tặng Giấy khen cho 01 tập thể, 07 cá nhân (có danh sách kèm theo)",
        "Danh sách này có 01 tập thể, 07 cá nhân.",
        "Tổng số tiền thưởng là 6.840.000 đồng (Sáu triệu tám trăm bốn mươi nghìn đồng)",
        "(Kèm theo Quyết định số 06/QĐ-BTV ngày 20 tháng 10 năm 2026 của",
        "- Như Điều 3;",
        LONG_UNIT,
    ] {
        assert!(text.contains(said), "{said}\n{text}");
    }
    let (proposed, text) = read_back(&out.join("to-trinh.docx"));
    assert_eq!(names(&proposed, Subject::Individual), wanted);
    assert!(text.contains("Danh sách này có 01 tập thể, 07 cá nhân."));
    let (_, minutes) = read_back(&out.join("bien-ban.docx"));
    assert!(wanted.iter().all(|name| minutes.contains(name)), "{minutes}");
    let mut certificates: Vec<PathBuf> =
        std::fs::read_dir(out.join("giay-khen")).expect("folder").map(|entry| entry.expect("entry").path()).collect();
    certificates.retain(|path| path.extension().is_some_and(|extension| extension == "docx"));
    certificates.sort();
    assert_eq!(certificates.len(), 8);
    for (path, name) in certificates[1..].iter().zip(&wanted) {
        let (_, text) = read_back(path);
        assert!(text.contains(name) && text.contains("06/QĐ-BTV"), "{name}: {text}");
        assert!(path.with_extension("trace.json").exists());
    }
    let trace: Value =
        serde_json::from_slice(&std::fs::read(out.join("quyet-dinh.trace.json")).expect("trace")).expect("JSON");
    let entries = trace["entries"].as_array().expect("entries");
    let lan = entries.iter().find(|entry| entry["value"] == "Nguyễn Thị Lan").expect("a row's name is traced");
    assert_eq!((lan["origin"]["kind"].as_str(), lan["origin"]["row"].as_u64()), (Some("row"), Some(8)));
}

#[test]
fn nothing_is_made_up() {
    let office = office();
    let list = list(office.path(), "ds.xlsx", &hard_list()[..3]);
    let out = office.path().join("x");
    thidua()
        .args(["award", &list.to_string_lossy(), "--award", "giay-khen", "-q"])
        .args(["--office", &office.path().to_string_lossy(), "-o", &out.to_string_lossy()])
        .assert()
        .code(0);
    let (_, text) = read_back(&out.join("quyet-dinh.docx"));
    for said in ["Số: ……/QĐ-BTV", "ngày …… tháng …… năm ……", "đã có thành tích ……", "Căn cứ ……", "Nguồn kinh phí: ……"]
    {
        assert!(text.contains(said), "{said}\n{text}");
    }
    let trace = std::fs::read_to_string(out.join("quyet-dinh.trace.json")).expect("trace");
    assert!(trace.contains("số quyết định") && trace.contains("nguồn kinh phí"), "{trace}");
}

#[test]
fn errors_stop_the_papers_unless_a_reason_is_given() {
    let office = office();
    let mut rows = hard_list();
    rows.push(rows[7].clone());
    let list = list(office.path(), "ds.xlsx", &rows);
    let out = office.path().join("x");
    let command_to = |out: &Path| {
        let mut command = thidua();
        command.args([
            "award",
            &list.to_string_lossy(),
            "--award",
            "giay-khen",
            "--date",
            "20/10/2026",
            "--number-from",
            "6",
        ]);
        command.args(["--office", &office.path().to_string_lossy(), "-o", &out.to_string_lossy(), "-q"]);
        command
    };
    let command = || command_to(&out);
    let said = command().assert().code(1).get_output().stdout.clone();
    assert!(String::from_utf8_lossy(&said).contains("KT201"));
    assert!(!out.join("quyet-dinh.docx").exists() && out.join("ra-soat.xlsx").exists());
    command().args(["--force", "đã đối chiếu, hai người trùng tên"]).assert().code(1);
    let trace = std::fs::read_to_string(out.join("quyet-dinh.trace.json")).expect("trace");
    assert!(trace.contains("đã đối chiếu, hai người trùng tên") && trace.contains("--force"));
    // The number of that decision is used now: another run of the office does not give it again.
    let ra = office.path().join("ra/khen-thuong/ds");
    command_to(&ra).args(["--force", "x"]).assert().code(1);
    command_to(&office.path().join("y")).args(["--force", "x"]).assert().code(2);
}

#[test]
fn reports_and_a_directive_are_sources_too() {
    let office = office();
    let reports = office.path().join("bao-cao");
    std::fs::create_dir(&reports).expect("folder");
    let person = "# BÁO CÁO THÀNH TÍCH ĐỀ NGHỊ TẶNG GIẤY KHEN\n\n- Họ và tên: Nguyễn Thị Lan\n\n- Giới tính: Nữ\n\n\
                  - Chức vụ, đơn vị công tác: Chủ tịch Hội LHPN xã A\n\n- Tóm tắt thành tích: Xuất sắc trong phong trào\n";
    let collective = "# BÁO CÁO THÀNH TÍCH ĐỀ NGHỊ TẶNG GIẤY KHEN\n\n- Tên tập thể: Chi hội thôn 3\n";
    std::fs::write(reports.join("lan.md"), person).expect("report");
    std::fs::write(reports.join("thon-3.md"), collective).expect("report");
    let plan = "Số: 12/KH-BTV\n\nHà Nội, ngày 01 tháng 9 năm 2026\n\nKẾ HOẠCH\n\nTổ chức phong trào thi đua\n\nI. KHEN THƯỞNG\n\n\
                - Mỗi xã đề nghị khen thưởng không quá 01 tập thể và 01 cá nhân.\n";
    let directive = office.path().join("kh.txt");
    std::fs::write(&directive, plan).expect("directive");
    let done = thidua()
        .args(["award", &reports.to_string_lossy(), "--award", "giay-khen", "--check", "-f", "json"])
        .args(["--directive", &directive.to_string_lossy(), "--office", &office.path().to_string_lossy()])
        .assert()
        .code(0);
    let review: Value = serde_json::from_slice(&done.get_output().stdout).expect("JSON");
    assert_eq!(
        (review["counts"]["ca-nhan"].as_u64(), review["counts"]["tap-the"].as_u64()),
        (Some(1), Some(1)),
        "{review:#}"
    );
    std::fs::write(reports.join("trong.md"), "# BÁO CÁO\n\nKhông có tên\n").expect("report");
    let done = thidua()
        .args(["award", &reports.to_string_lossy(), "--award", "giay-khen", "--check"])
        .args(["--office", &office.path().to_string_lossy()])
        .assert()
        .code(1);
    assert!(String::from_utf8_lossy(&done.get_output().stdout).contains("KT109"));
}

#[test]
fn a_report_that_cannot_be_read_is_listed_and_the_others_count() {
    let office = office();
    let reports = office.path().join("bao-cao");
    std::fs::create_dir(&reports).expect("folder");
    let person = "# BÁO CÁO THÀNH TÍCH ĐỀ NGHỊ TẶNG GIẤY KHEN\n\n- Họ và tên: Nguyễn Thị Lan\n\n- Giới tính: Nữ\n\n\
                  - Ngày sinh: 31/4/1985\n\n- Chức vụ, đơn vị công tác: Chủ tịch Hội LHPN xã A\n\n\
                  I. SƠ LƯỢC LÝ LỊCH\n\nII. THÀNH TÍCH ĐẠT ĐƯỢC\n\nXuất sắc trong phong trào\n";
    std::fs::write(reports.join("lan.md"), person).expect("report");
    std::fs::write(reports.join("hong.docx"), b"PK\x03\x04 broken").expect("report");
    let done = thidua()
        .args(["award", &reports.to_string_lossy(), "--award", "giay-khen", "--check", "-f", "json"])
        .args(["--office", &office.path().to_string_lossy()])
        .assert()
        .code(1);
    let review: Value = serde_json::from_slice(&done.get_output().stdout).expect("JSON");
    assert_eq!(review["counts"]["ca-nhan"].as_u64(), Some(1), "{review:#}");
    let findings = review["findings"].as_array().expect("findings");
    let of = |code: &str| findings.iter().find(|found| found["finding"]["code"] == code).expect("a finding");
    assert!(of("KT110").to_string().contains("hong.docx"));
    assert!(of("KT111").to_string().contains("Nguyễn Thị Lan"), "the check of the report finds its faults");
}

#[test]
fn a_second_run_keeps_what_was_edited_and_clears_what_is_gone() {
    let office = office();
    let rows = hard_list();
    let list = list(office.path(), "ds.xlsx", &rows);
    let out = office.path().join("x");
    let run = || {
        let mut command = thidua();
        command.args(["award", &list.to_string_lossy(), "--award", "giay-khen", "--date", "20/10/2026", "-q"]);
        command.args(["--office", &office.path().to_string_lossy(), "-o", &out.to_string_lossy()]);
        command
    };
    run().assert().code(0);
    let papers = || {
        let mut names: Vec<PathBuf> = std::fs::read_dir(out.join("giay-khen"))
            .expect("certificates")
            .map(|entry| entry.expect("entry").path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "docx"))
            .collect();
        names.sort();
        names
    };
    let before = papers();
    // Without its last row, the list has one certificate less.
    let fewer: Vec<Vec<String>> = rows[..rows.len() - 1].to_vec();
    self::list(office.path(), "ds.xlsx", &fewer);
    run().assert().code(0);
    let after = papers();
    assert_eq!(before.len(), after.len() + 1, "{before:?} {after:?}");
    assert!(!before[before.len() - 1].with_extension("trace.json").exists());
    // A paper that a person went on with stays, and nothing else is written.
    std::fs::write(&after[0], b"edited").expect("edit");
    std::fs::remove_file(out.join("bang-vang.docx")).expect("remove");
    let refused = run().assert().code(2);
    assert!(String::from_utf8_lossy(&refused.get_output().stderr).contains("không ghi đè"));
    assert_eq!(std::fs::read(&after[0]).expect("paper"), b"edited");
    assert!(!out.join("bang-vang.docx").exists());
}

#[test]
fn certificates_are_moved_on_their_stock() {
    let office = office();
    let list = list(office.path(), "ds.xlsx", &hard_list());
    let place = |out: &str, more: &[&str]| {
        let out = office.path().join(out);
        let mut command = thidua();
        command.args(["award", &list.to_string_lossy(), "--award", "giay-khen", "--stock", "-q"]).args(more);
        command.args(["--office", &office.path().to_string_lossy(), "-o", &out.to_string_lossy()]).assert().code(0);
        let folder = std::fs::read_dir(out.join("giay-khen")).expect("certificates");
        let mut names: Vec<PathBuf> = folder.map(|entry| entry.expect("entry").path()).collect();
        names.retain(|path| path.extension().is_some_and(|extension| extension == "docx"));
        names.sort();
        let bytes = std::fs::read(&names[0]).expect("certificate");
        let package = thidua::guard::package::Package::open(&bytes, &Limits::default()).expect("package");
        let body = String::from_utf8(package.read("word/document.xml").expect("part")).expect("text");
        let number = |name: &str| -> i64 {
            let rest = body.split_once(name).expect("a frame").1;
            rest.split('"').next().expect("value").parse().expect("number")
        };
        (number(" w:x=\""), number(" w:y=\""))
    };
    let (x, y) = place("a", &[]);
    assert_eq!(place("b", &["--offset", "2,-3"]), (x + 113, y - 170));
    let profile = std::fs::read_to_string(office.path().join("thidua.toml")).expect("profile");
    let moved = profile.replace("[ke-hoach]", "[giay-khen]\nlech-ngang = 2\nlech-doc = -3\n\n[ke-hoach]");
    std::fs::write(office.path().join("thidua.toml"), moved).expect("profile");
    assert_eq!(place("c", &[]), (x + 113, y - 170));
}

/// A small generator of numbers that is the same on every machine.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % end as u64).expect("small")
    }
}

mod planted {
    use super::*;
    use std::collections::BTreeSet;
    use thidua::check::award::{Case, review};
    use thidua::model::{Severity, UnitQuota};
    use thidua::pack::Profile;

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
        let roster =
            roster::roster("ds.xlsx", &tables, &ColumnMap::default(), Knowledge { words: &words, rules: &rules });
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
            let sum: usize = rows
                .iter()
                .filter(|cells| !cells[1].is_empty())
                .map(|cells| cells[5].parse::<usize>().expect("sum"))
                .sum();
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
}

#[test]
fn the_register_takes_in_finds_and_corrects() {
    let office = office();
    let folder = office.path().to_string_lossy().into_owned();
    let list_path = list(office.path(), "ds.xlsx", &hard_list());
    let out = office.path().join("ra/khen-thuong/ds");
    thidua()
        .args([
            "award",
            &list_path.to_string_lossy(),
            "--award",
            "giay-khen",
            "--date",
            "20/10/2026",
            "--number-from",
            "6",
            "-q",
        ])
        .args(["--for", FOR, "--office", &folder])
        .assert()
        .code(0);
    // Our own papers by their index, and the same decision read from Word: it is known already.
    thidua().args(["register", "add", &out.to_string_lossy(), "--office", &folder]).assert().code(0);
    let word = out.join("quyet-dinh.docx");
    let said = thidua().args(["register", "add", &word.to_string_lossy(), "--office", &folder]).assert().code(0);
    assert!(String::from_utf8_lossy(&said.get_output().stdout).contains("06/QĐ-BTV đã có trong sổ"));
    // An old table with numbers and dates.
    let old = list(
        office.path(),
        "cu.xlsx",
        &[
            row(&["STT", "Họ và tên", "Đơn vị", "Danh hiệu", "Số quyết định", "Ngày quyết định"]),
            row(&["1", "Lê Thị Cũ", "Xã A", "CSTĐCS", "15/QĐ-BTV", "05/12/2023"]),
            row(&["2", "Lê Thị Cũ", "Xã A", "CSTĐCS", "16/QĐ-BTV", "05/12/2024"]),
            row(&["3", "Không Có Số", "Xã A", "CSTĐCS", "", ""]),
        ],
    );
    let said = thidua().args(["register", "add", &old.to_string_lossy(), "--office", &folder]).assert().code(3);
    assert!(String::from_utf8_lossy(&said.get_output().stderr).contains("B4"));
    let find = |word: &str| -> Vec<Value> {
        let done =
            thidua().args(["register", "find", word, "--json", "-q", "--office", &folder]).output().expect("run");
        serde_json::from_slice(&done.stdout).expect("JSON")
    };
    assert_eq!(find("nguyen thi lan").len(), 1);
    assert_eq!(find("Nguyễn Thị …").len(), 2);
    assert_eq!(find("le thi cu").len(), 2);
    thidua()
        .args([
            "register",
            "letter",
            "--decision",
            "06/QĐ-BTV",
            "--wrong",
            "Nguyễn Thị Lan",
            "--right",
            "Nguyễn Thị Làn",
            "--office",
            &folder,
        ])
        .assert()
        .code(0);
    let before = std::fs::read(&word).expect("decision");
    let (_, letter) = read_back(&office.path().join("ra/khen-thuong/dinh-chinh-6-2026-5.docx"));
    assert!(
        letter.contains("đã in: “Nguyễn Thị Lan”") && letter.contains("Nay đính chính là: “Nguyễn Thị Làn”"),
        "{letter}"
    );
    assert_eq!(find("Nguyễn Thị Làn")[0]["award"]["corrected"], "Nguyễn Thị Làn");
    assert_eq!(before, std::fs::read(&word).expect("decision"), "the issued decision stays");
    let copy = office.path().join("sao.db");
    thidua().args(["register", "backup", &copy.to_string_lossy(), "--office", &folder]).assert().code(0);
    let sheet = office.path().join("so.xlsx");
    thidua().args(["register", "export", &sheet.to_string_lossy(), "--office", &folder]).assert().code(0);
    assert!(copy.exists() && sheet.exists());
    // A number of the year is given once.
    thidua()
        .args([
            "award",
            &list_path.to_string_lossy(),
            "--award",
            "giay-khen",
            "--date",
            "21/10/2026",
            "--number-from",
            "6",
            "-q",
        ])
        .args(["--office", &folder, "-o", &office.path().join("z").to_string_lossy()])
        .assert()
        .code(2);
}

/// A program that is killed at any moment loses nothing that it said was written, and leaves a sound file.
#[test]
fn killing_the_writer_loses_no_committed_decision() {
    use std::io::Read as _;
    use std::process::Stdio;
    use std::time::Duration;
    let office = office();
    let folder = office.path().to_string_lossy().into_owned();
    let mut rows = vec![row(&["STT", "Họ và tên", "Đơn vị", "Danh hiệu", "Số quyết định", "Ngày quyết định"])];
    for number in 1..=400 {
        for person in 0..3 {
            let name = format!("Nguyễn Thị {}", ["Lan", "Hoa", "Huệ"][person]);
            rows.push(row(&["", &name, "Xã A", "LĐTT", &format!("{number}/QĐ-BTV"), "05/12/2024"]));
        }
    }
    let old = list(office.path(), "cu.xlsx", &rows);
    let mut seed = Seeded(1);
    let mut committed = 0;
    let path = office.path().join(thidua::register::FILE);
    for round in 0..50 {
        let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("thidua"))
            .args(["register", "add", &old.to_string_lossy(), "--office", &folder])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program");
        // The file has to be read first; then it is killed somewhere between its first lines.
        let mut stdout = child.stdout.take().expect("piped");
        let mut said = vec![0; 1];
        let _ = stdout.read_exact(&mut said);
        std::thread::sleep(Duration::from_micros(seed.below(12_000) as u64));
        child.kill().expect("killed");
        child.wait().expect("ended");
        stdout.read_to_end(&mut said).expect("what it said");
        let lines = String::from_utf8_lossy(&said).matches('\n').count();
        committed = committed.max(i64::try_from(lines).expect("small"));
        let register = thidua::register::Register::open_to_read(&path).expect("register");
        let (decisions, awards) = register.size().expect("size");
        assert!(register.is_sound().expect("check"), "round {round}");
        assert!(decisions >= committed, "round {round}: {decisions} decisions, {committed} were said");
        assert_eq!(awards, decisions * 3, "round {round}: a decision is there whole or not at all");
        let parts = std::fs::read_dir(office.path()).expect("folder").filter_map(Result::ok);
        assert_eq!(parts.filter(|entry| entry.file_name().to_string_lossy().ends_with(".part")).count(), 0);
        // Begin anew where everything is written, so that every round has something to write.
        if decisions == 400 {
            drop(register);
            for end in ["", "-wal", "-shm"] {
                let _ = std::fs::remove_file(office.path().join(format!("{}{end}", thidua::register::FILE)));
            }
            committed = 0;
        }
    }
}
