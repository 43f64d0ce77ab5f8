//! Rules of commendation as dated data (`khen-thuong/quy-tac.toml`): forms and titles, who may give them, money,
//! conditions, votes, legal bases. An office adds to them or replaces entries by a file of the same form.

mod entry;
mod list_words;
mod money;

pub use entry::{
    Attestation, Authority, Basis, Combination, Condition, Confidence, Form, FormKind, Run, Verdict, Votes,
};
use entry::{Dated, TitlesOfOnePeriod, dated, on};
pub use list_words::{Heading, Line, ListWords, unmarked};
pub use money::{Amount, Money};

use super::PackError;
use crate::language::fold::fold;
use crate::model::Subject;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeSet;

const FILE: &str = "khen-thuong/quy-tac.toml";

/// The rules of commendation.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AwardRules {
    /// Forms and titles.
    #[serde(rename = "hinh-thuc")]
    pub forms: Vec<Form>,
    #[serde(rename = "tham-quyen")]
    authorities: Vec<Authority>,
    #[serde(rename = "luong-co-so")]
    salaries: Vec<money::Salary>,
    #[serde(rename = "lam-tron")]
    roundings: Vec<money::Rounding>,
    #[serde(rename = "ho-gia-dinh")]
    households: Vec<money::Household>,
    #[serde(rename = "muc-thuong")]
    coefficients: Vec<money::Coefficient>,
    #[serde(rename = "ket-hop")]
    combinations: Vec<Combination>,
    #[serde(rename = "dieu-kien")]
    conditions: Vec<Condition>,
    #[serde(rename = "xac-nhan", default)]
    attestations: Vec<Attestation>,
    #[serde(rename = "phieu")]
    votes: Vec<Votes>,
    /// Laws, decrees and circulars, in force or not; regulations and plans that the office adds.
    #[serde(rename = "van-ban")]
    pub bases: Vec<Basis>,
}

impl AwardRules {
    /// The rules that are part of the program.
    ///
    /// # Errors
    /// When the data file is faulty, which a test excludes.
    pub fn builtin() -> Result<Self, PackError> {
        Self::with_office(None)
    }

    /// The rules with those of an office: path and text of its file. An entry with a known `ma` takes the place of that
    /// entry, another is added; what says nothing about its certainty is the office's own rule.
    ///
    /// # Errors
    /// When the office's file is not of the form of the built-in one.
    pub fn with_office(office: Option<(&str, &str)>) -> Result<Self, PackError> {
        let text = include_str!("../../../templates/khen-thuong/quy-tac.toml");
        let mut table: toml::Table = toml::from_str(text).map_err(|error| PackError::invalid(FILE, error))?;
        let mut file = FILE;
        if let Some((name, own)) = office {
            file = name;
            let own: toml::Table = toml::from_str(own).map_err(|error| PackError::invalid(name, error))?;
            merge(&mut table, own, name)?;
        }
        let rules: Self = toml::Value::Table(table).try_into().map_err(|error| PackError::invalid(file, error))?;
        rules.validate().map_err(|reason| PackError::invalid(file, reason))?;
        Ok(rules)
    }

    fn validate(&self) -> Result<(), String> {
        let codes: BTreeSet<&str> = self.forms.iter().map(|form| form.code.as_str()).collect();
        let named = (self.authorities.iter().flat_map(|entry| &entry.forms))
            .chain(self.votes.iter().flat_map(|entry| &entry.forms))
            .chain(self.conditions.iter().map(|entry| &entry.form))
            .chain(self.conditions.iter().filter_map(|entry| entry.run.as_ref().map(|run| &run.title)))
            .chain(self.coefficients.iter().map(|entry| &entry.form));
        for form in named {
            if !codes.contains(form.as_str()) {
                return Err(format!("hinh-thuc: {form}?"));
            }
        }
        Ok(())
    }

    /// The form of a code.
    #[must_use]
    pub fn form(&self, code: &str) -> Option<&Form> {
        self.forms.iter().find(|form| form.code == code)
    }

    /// The form that words name: by code, by name, by another spelling, or within a longer text. The longest counts.
    #[must_use]
    pub fn form_named(&self, words: &str) -> Option<&Form> {
        let folded = fold(words);
        let folded = folded.trim();
        let spellings = |form: &'_ Form| -> Vec<String> {
            std::iter::once(&form.name).chain(&form.aliases).chain([&form.code]).map(|text| fold(text)).collect()
        };
        let mut best: Option<(usize, &Form)> = None;
        for form in &self.forms {
            for spelling in spellings(form) {
                if spelling == folded {
                    return Some(form);
                }
                if contains_words(folded, &spelling) && best.is_none_or(|(length, _)| spelling.len() > length) {
                    best = Some((spelling.len(), form));
                }
            }
        }
        best.map(|(_, form)| form)
    }

    /// Whether a level may give a form on a day, or ever when no day is known.
    #[must_use]
    pub fn may_give(&self, level: &str, form: &str, day: Option<Date>) -> Verdict<'_> {
        let mut verdict = Verdict::MayNot;
        for entry in &self.authorities {
            if entry.level == level
                && entry.forms.iter().any(|code| code == form)
                && day.is_none_or(|day| entry.holds_on(day))
            {
                if !entry.unsettled {
                    return Verdict::May;
                }
                verdict = Verdict::Unsettled(entry);
            }
        }
        verdict
    }

    /// Whether it is known for a day who may give a form.
    #[must_use]
    pub fn speaks_of(&self, form: &str, day: Date) -> bool {
        on(&self.authorities, day).any(|entry| entry.forms.iter().any(|code| code == form))
    }

    /// Conditions for a form on a day.
    pub fn conditions<'r>(&'r self, form: &'r str, subject: Subject, day: Date) -> impl Iterator<Item = &'r Condition> {
        on(&self.conditions, day).filter(move |entry| entry.form == form && entry.subject == subject)
    }

    /// What a list of a day has to attest.
    pub fn attestations(&self, day: Date) -> impl Iterator<Item = &Attestation> {
        on(&self.attestations, day)
    }

    /// The share of votes that a form needs on a day.
    #[must_use]
    pub fn votes(&self, form: &str, day: Date) -> Option<&Votes> {
        on(&self.votes, day).find(|entry| entry.forms.iter().any(|code| code == form))
    }

    /// The rule by which only the highest of several titles of one period brings money.
    #[must_use]
    pub fn only_highest_title(&self, day: Date) -> Option<&Combination> {
        let entry = on(&self.combinations, day).next()?;
        (entry.titles_of_one_period == TitlesOfOnePeriod::Highest).then_some(entry)
    }

    /// Bases that a decision of a day names.
    pub fn bases_on(&self, day: Date) -> impl Iterator<Item = &Basis> {
        self.bases.iter().filter(move |basis| basis.printed && basis.is_in_force(day))
    }

    /// Whether the office named a regulation of its own among the bases of a day.
    #[must_use]
    pub fn has_office_basis(&self, day: Date) -> bool {
        self.bases_on(day).any(|basis| basis.confidence == Confidence::Office)
    }

    /// Laws, decrees and circulars that a text names by their symbol.
    #[must_use]
    pub fn bases_in(&self, text: &str) -> Vec<&Basis> {
        let text = fold(text);
        self.bases.iter().filter(|basis| contains_words(&text, &fold(&basis.symbol))).collect()
    }

    /// What took the place of a basis.
    #[must_use]
    pub fn successor(&self, basis: &Basis) -> Option<&Basis> {
        let code = basis.successor.as_deref()?;
        self.bases.iter().find(|other| other.code == code)
    }
}

/// Whether words stand in a text as whole words; both folded.
pub(crate) fn contains_words(text: &str, words: &str) -> bool {
    let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    !words.is_empty()
        && text.match_indices(words).any(|(at, _)| {
            is_edge(text.get(..at).and_then(|before| before.chars().next_back()))
                && is_edge(text.get(at + words.len()..).and_then(|after| after.chars().next()))
        })
}

/// Puts the entries of an office's file into the table of the built-in rules.
fn merge(table: &mut toml::Table, own: toml::Table, file: &str) -> Result<(), PackError> {
    for (key, value) in own {
        let (Some(toml::Value::Array(entries)), toml::Value::Array(own)) = (table.get_mut(&key), value) else {
            return Err(PackError::invalid(file, format!("{key}?")));
        };
        for mut entry in own {
            let code = entry.get("ma").cloned();
            if code.is_none() {
                return Err(PackError::invalid(file, format!("[[{key}]]: ma?")));
            }
            // Forms say what there is, not what holds.
            if key != "hinh-thuc"
                && let Some(fields) = entry.as_table_mut()
                && !fields.contains_key("tin")
            {
                fields.insert("tin".to_owned(), toml::Value::String("noi-bo".to_owned()));
            }
            match entries.iter_mut().find(|known| known.get("ma") == code.as_ref()) {
                Some(known) => *known = entry,
                None => entries.push(entry),
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Severity;
    use jiff::civil::date;

    #[test]
    fn authority_depends_on_level_and_day() {
        let rules = AwardRules::builtin().unwrap();
        assert_eq!(rules.may_give("tinh", "bang-khen", Some(date(2026, 10, 20))), Verdict::May);
        assert_eq!(rules.may_give("xa", "bang-khen", Some(date(2026, 10, 20))), Verdict::MayNot);
        assert!(matches!(rules.may_give("xa", "giay-khen", Some(date(2026, 10, 20))), Verdict::Unsettled(_)));
        assert!(matches!(rules.may_give("huyen", "giay-khen", Some(date(2025, 6, 30))), Verdict::Unsettled(_)));
        assert_eq!(rules.may_give("huyen", "giay-khen", Some(date(2025, 7, 1))), Verdict::MayNot);
    }

    #[test]
    fn bases_end_and_say_what_follows() {
        let rules = AwardRules::builtin().unwrap();
        let old = rules.bases_in("Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31/12/2023;");
        assert_eq!(old.len(), 1);
        assert_eq!(old[0].fault(date(2025, 6, 30)), None);
        assert_eq!(old[0].fault(date(2025, 7, 1)), Some(Severity::Error));
        assert_eq!(rules.successor(old[0]).unwrap().symbol, "152/2025/NĐ-CP");
        let printed = |day| rules.bases_on(day).map(|basis| basis.symbol.as_str()).collect::<Vec<_>>();
        assert_eq!(printed(date(2025, 3, 8)), ["06/2022/QH15", "98/2023/NĐ-CP"]);
        assert_eq!(printed(date(2026, 3, 8)), ["06/2022/QH15", "152/2025/NĐ-CP"]);
        assert_eq!(printed(date(2026, 10, 20)), ["06/2022/QH15", "06/2026/QH16", "152/2025/NĐ-CP"]);
        // The end of the present decree is hearsay.
        let decree = rules.bases_in("152/2025/NĐ-CP")[0];
        assert_eq!(decree.fault(date(2027, 4, 1)), Some(Severity::Warning));
    }

    #[test]
    fn forms_are_known_by_many_spellings() {
        let rules = AwardRules::builtin().unwrap();
        let code = |words: &str| rules.form_named(words).map(|form| form.code.as_str());
        assert_eq!(code("GIẤY KHEN"), Some("giay-khen"));
        assert_eq!(code("Giấy khen của BTV Hội LHPN xã"), Some("giay-khen"));
        assert_eq!(code("Bằng khen của Thủ tướng Chính phủ"), Some("bang-khen-thu-tuong"));
        assert_eq!(code("Tập thể Lao động tiên tiến"), Some("ttldtt"));
        assert_eq!(code("LĐTT"), Some("ldtt"));
        assert_eq!(code("Chiến sỹ thi đua cơ sở"), Some("cstdcs"));
        assert_eq!(code("Huy hiệu"), None);
    }

    #[test]
    fn an_office_replaces_and_adds() {
        let own = "[[tham-quyen]]\nma = \"xa\"\ncap = \"xa\"\nhinh-thuc = [\"giay-khen\"]\ncan-cu = \"QĐ 12/QĐ-BTV\"\n\
                   [[muc-thuong]]\nma = \"giay-chung-nhan\"\nhinh-thuc = \"giay-chung-nhan\"\nca-nhan = 0.1\n";
        let rules = AwardRules::with_office(Some(("goi/quy-tac.toml", own))).unwrap();
        assert_eq!(rules.may_give("xa", "giay-khen", Some(date(2026, 10, 20))), Verdict::May);
        let faulty = AwardRules::with_office(Some(("goi/quy-tac.toml", "[[tham-quyen]]\nma = \"xa\"\ncapp = 1\n")));
        assert!(faulty.unwrap_err().to_string().contains("goi/quy-tac.toml"));
    }
}
