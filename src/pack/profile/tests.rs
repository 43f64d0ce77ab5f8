//! The profile that `init` writes, and what is refused.

use super::*;

const OFFICE: &str = include_str!("../../../templates/base/office/thidua.toml");

#[test]
fn the_office_that_init_writes_is_valid() {
    let profile = Profile::parse(OFFICE).unwrap();
    assert!(profile.levels.iter().any(|level| level.until == Some(jiff::civil::date(2025, 6, 30))));
    assert!(!profile.signers.is_empty() && !profile.unit.header.is_empty());
    assert_eq!(profile.own_rank(), Some(crate::model::Level::Commune));
    assert_eq!(profile.rank_below(None), Some(crate::model::Level::Chapter));
    assert!(profile.primary_parent().is_some_and(|parent| parent.primary));
    assert!(profile.below.file.is_some() && profile.lead_department().is_some());
}

#[test]
fn a_misspelt_key_is_named_with_its_line() {
    let text = OFFICE.replacen("ky-hieu =", "kyhieu =", 1);
    let line = text.lines().position(|line| line.starts_with("kyhieu")).unwrap() + 1;
    assert!(matches!(Profile::parse(&text), Err(ProfileError::UnknownKey { line: at, key, known })
        if at == line && key == "kyhieu" && known.contains("ky-hieu")));
}

#[test]
fn what_is_missing_blank_or_unknown_is_named() {
    let without = |start: &str| -> String {
        OFFICE.lines().filter(|line| !line.starts_with(start)).map(|line| format!("{line}\n")).collect()
    };
    let missing = Profile::parse(&without("dia-danh"));
    assert!(matches!(missing, Err(ProfileError::MissingKey { key, .. }) if key == "dia-danh"));
    let level = OFFICE.replacen("cap = \"xa\"", "cap = \"thon\"", 1);
    assert!(matches!(Profile::parse(&level), Err(ProfileError::UnknownLevel { level, .. }) if level == "thon"));
    assert!(matches!(Profile::parse("[don-vi"), Err(ProfileError::Syntax { line: 1, .. })));
    let blank: String = OFFICE
        .lines()
        .map(|line| if line.starts_with("dia-danh") { "dia-danh = \" \"\n".to_owned() } else { format!("{line}\n") })
        .collect();
    assert_eq!(Profile::parse(&blank), Err(ProfileError::Blank { key: "don-vi.dia-danh" }));
}

#[test]
fn a_deputy_signs_for_the_head() {
    let signer = |title: &str, authority: &[&str]| {
        let authority = authority.iter().map(|line| (*line).to_owned()).collect();
        Signer { name: "Trần Thị Ví Dụ".to_owned(), title: title.to_owned(), authority }.lines()
    };
    assert_eq!(signer("Chủ tịch", &["TM. BAN THƯỜNG VỤ"]), ["TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"]);
    let deputy = ["TM. BAN THƯỜNG VỤ", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"];
    assert_eq!(signer("PHÓ CHỦ TỊCH", &["TM. BAN THƯỜNG VỤ"]), deputy);
    assert_eq!(signer("PHÓ CHỦ TỊCH", &["TM. BAN THƯỜNG VỤ", "KT. CHỦ TỊCH"]), deputy);
}

#[test]
fn two_primary_parents_and_a_wild_lead_are_refused() {
    let second = "\n[[cap-tren]]\nten = \"Ủy ban MTTQ Việt Nam xã Bình An\"\ncap = \"xa\"\nchinh = true\n";
    assert!(matches!(Profile::parse(&format!("{OFFICE}{second}")), Err(ProfileError::TwoPrimary { second, .. })
        if second.starts_with("Ủy ban")));
    let lead = OFFICE.replacen("nhac-truoc = 3", "nhac-truoc = 999", 1);
    assert!(matches!(Profile::parse(&lead), Err(ProfileError::Value { key: "ke-hoach.nhac-truoc", .. })));
    let level = OFFICE.replacen("cap = \"chi-hoi\"", "cap = \"to\"", 1);
    assert!(matches!(Profile::parse(&level), Err(ProfileError::UnknownLevel { key: "cap-duoi.cap", .. })));
}

#[test]
fn levels_are_known_by_code_or_name() {
    let text = OFFICE.replacen("ma = \"chi-hoi\"", "ma = \"C5\"", 1).replacen("cap = \"chi-hoi\"", "cap = \"C5\"", 1);
    let profile = Profile::parse(&text).unwrap();
    assert_eq!(profile.rank("C5"), Some(crate::model::Level::Chapter));
    assert_eq!(profile.rank("huyen"), Some(crate::model::Level::District));
}
