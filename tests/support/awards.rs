//! An office that awards, and lists of awardees.
#![allow(clippy::disallowed_methods, reason = "a test prepares its own folder")]

use assert_cmd::Command;
use rust_xlsxwriter::Workbook;
use std::path::{Path, PathBuf};
use thidua::guard::Limits;
use thidua::model::{Roster, Subject};
use thidua::pack::{AwardRules, ListWords};
use thidua::read::roster::{self, ColumnMap, Knowledge};

pub fn thidua() -> Command {
    Command::cargo_bin("thidua").expect("the program")
}

/// An office of the province, which may give both forms, in a folder of its own.
pub fn office() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("folder");
    let text = include_str!("../../templates/base/office/thidua.toml")
        .replace("cap = \"xa\"\n# Cơ quan", "cap = \"tinh\"\n# Cơ quan")
        .lines()
        .map(|line| if line == "tep = \"don-vi.csv\"" { "" } else { line })
        .fold(String::new(), |all, line| all + line + "\n");
    let text = text.replacen("\ncap = \"xa\"\n", "\ncap = \"tinh\"\n", 1);
    std::fs::write(folder.path().join("thidua.toml"), text).expect("profile");
    folder
}

/// A workbook of rows.
pub fn list(folder: &Path, name: &str, rows: &[Vec<String>]) -> PathBuf {
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

pub fn row(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

/// The list in a Word file that was written, read by our own reader.
pub fn read_back(path: &Path) -> (Roster, String) {
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

pub fn names(roster: &Roster, subject: Subject) -> Vec<String> {
    let of = roster.awardees.iter().filter(|awardee| awardee.subject == subject);
    of.map(|awardee| awardee.name().to_owned()).collect()
}

pub const LONG_UNIT: &str = "Hội Liên hiệp Phụ nữ phường Nguyễn Trãi & Lê Lợi, quận Trung tâm";

/// Headings and rows with what is hard to print: decomposed letters, apostrophes, ampersands, signs of formulas.
pub fn hard_list() -> Vec<Vec<String>> {
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

pub const FOR: &str = "xuất sắc trong phong trào thi đua năm 2026";

/// A small generator of numbers that is the same on every machine.
pub struct Seeded(pub u64);

impl Seeded {
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % end as u64).expect("small")
    }
}

/// Certificates for a list, numbered from 6, without a word.
pub fn award(list: &Path, date: &str) -> Command {
    let mut command = thidua();
    command.args([
        "award",
        &list.to_string_lossy(),
        "--award",
        "giay-khen",
        "--date",
        date,
        "--number-from",
        "6",
        "-q",
    ]);
    command
}
