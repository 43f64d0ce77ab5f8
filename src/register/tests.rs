use super::*;
use crate::model::{IssuedAward, IssuedDecision, Subject};
use jiff::civil::date;

fn award(name: &str) -> IssuedAward {
    IssuedAward {
        subject: Subject::Individual,
        name: name.to_owned(),
        post: None,
        unit: Some("Hội LHPN xã Bình An".to_owned()),
        form: "giay-khen".to_owned(),
        form_name: "Giấy khen".to_owned(),
        achievement: None,
        year: Some(2026),
        money: Some(760_000),
    }
}

fn decision(number: &str, names: &[&str]) -> IssuedDecision {
    IssuedDecision {
        number: number.to_owned(),
        symbol: "QĐ-BTV".to_owned(),
        date: date(2026, 10, 20),
        subject: None,
        issuer: None,
        file: format!("{number}.docx"),
        sha256: format!("{number}{names:?}"),
        awards: names.iter().map(|name| award(name)).collect(),
    }
}

#[test]
fn names_are_found_with_and_without_diacritics() {
    let folder = tempfile::tempdir().unwrap();
    let mut register = Register::open(&folder.path().join(FILE)).unwrap();
    register.add(&decision("7", &["Nguyễn Thị Hoà", "Nguyễn Thị Hoa", "Trần Thị Lan"])).unwrap();
    let names = |word: &str| -> Vec<String> {
        register.find(&Word::new(word)).unwrap().into_iter().map(|(_, entry)| entry.name).collect()
    };
    assert_eq!(names("nguyen thi hoa"), ["Nguyễn Thị Hoà", "Nguyễn Thị Hoa"]);
    assert_eq!(
        names("Nguyễn Thị Hòa"),
        ["Nguyễn Thị Hoà", "Nguyễn Thị Hoa"],
        "the tone in its other place, then the rest"
    );
    assert_eq!(names("Nguye\u{302}\u{303}n Thị …").len(), 2, "decomposed letters, dots for what is not known");
    assert_eq!(names("binh an").len(), 3, "by unit");
    assert!(names("%").is_empty() && names("").is_empty());
    let entry = &register.all().unwrap()[0];
    assert_eq!((entry.decision.as_str(), entry.date.as_str()), ("07/QĐ-BTV", "2026-10-20"));
}

#[test]
fn a_number_is_given_once_a_year_and_a_file_is_taken_in_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut register = Register::open(&folder.path().join(FILE)).unwrap();
    assert_eq!(register.add(&decision("7", &["A B"])).unwrap(), Added::New(1));
    assert_eq!(register.add(&decision("7", &["A B"])).unwrap(), Added::Known);
    assert!(
        matches!(register.add(&decision("7", &["C D"])), Err(RegisterError::Taken { code, .. }) if code == "07/QĐ-BTV")
    );
    let mut next_year = decision("7", &["C D"]);
    next_year.date = date(2027, 3, 8);
    assert_eq!(register.add(&next_year).unwrap(), Added::New(1));
    assert_eq!(register.size().unwrap(), (2, 2));
}

#[test]
fn an_old_register_is_brought_up_to_date_and_a_newer_one_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FILE);
    let old = Connection::open(&path).unwrap();
    old.execute_batch(schema::STEPS[0]).unwrap();
    old.execute_batch(
        "INSERT INTO quyet_dinh VALUES (1, '7', 'QĐ-BTV', '2025-03-08', 2025, NULL, NULL, 'x', 'y');
         INSERT INTO khen_thuong VALUES (1, 1, 1, 'ca-nhan', 'Lê Thị B', 'lê thị b', 'le thi b', NULL, NULL, NULL, 'ldtt', 'x', NULL, 2024, NULL);",
    )
    .unwrap();
    old.pragma_update(None, "user_version", 1).unwrap();
    drop(old);
    let register = Register::open(&path).unwrap();
    assert_eq!(register.all().unwrap()[0].name, "Lê Thị B");
    register.connection.pragma_update(None, "user_version", 99).unwrap();
    drop(register);
    assert!(matches!(Register::open(&path), Err(RegisterError::Newer { version: 99, .. })));
}

#[test]
fn a_correction_stands_beside_the_award() {
    let folder = tempfile::tempdir().unwrap();
    let mut register = Register::open(&folder.path().join(FILE)).unwrap();
    register.add(&decision("7", &["Nguyễn Thị Lam", "Lê Thị B"])).unwrap();
    let mut correction = Correction {
        number: "7".to_owned(),
        symbol: "QĐ-BTV".to_owned(),
        year: 2026,
        wrong: "Nguyễn Thị Lam".to_owned(),
        right: "Nguyễn Thị Lan".to_owned(),
        code: None,
        date: None,
        file: "dinh-chinh.docx".to_owned(),
    };
    register.correct(&correction).unwrap();
    let hits = register.find(&Word::new("Nguyễn Thị Lan")).unwrap();
    assert_eq!(hits.len(), 1);
    assert_eq!((hits[0].1.name.as_str(), hits[0].1.corrected.as_deref()), ("Nguyễn Thị Lam", Some("Nguyễn Thị Lan")));
    correction.wrong = "Ai Đó".to_owned();
    assert!(matches!(register.correct(&correction), Err(RegisterError::NotOne { count: 0, .. })));
}

#[test]
fn readers_see_what_is_committed_while_somebody_writes_and_a_backup_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FILE);
    let mut writer = Register::open(&path).unwrap();
    writer.add(&decision("1", &["A B"])).unwrap();
    writer.connection.execute_batch("BEGIN IMMEDIATE; DELETE FROM khen_thuong;").unwrap();
    let reader = Register::open_to_read(&path).unwrap();
    assert_eq!(reader.size().unwrap(), (1, 1), "what is not committed is not seen");
    let copy = folder.path().join("sao-luu.db");
    reader.backup(&copy).unwrap();
    writer.connection.execute_batch("ROLLBACK").unwrap();
    let copied = Register::open_to_read(&copy).unwrap();
    assert!(copied.is_sound().unwrap());
    assert_eq!(copied.size().unwrap(), (1, 1));
}
