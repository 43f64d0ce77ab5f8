//! Words by which the parts of a list of awardees are known (`khen-thuong/danh-sach.toml`).

use super::contains_words;
use crate::language::fold::fold;
use crate::model::{Field, Subject};
use crate::pack::PackError;
use serde::Deserialize;
use std::collections::BTreeMap;

const FILE: &str = "khen-thuong/danh-sach.toml";

/// Word lists of lists, folded.
#[derive(Debug, Clone)]
pub struct ListWords {
    columns: Vec<(String, Field)>,
    ignored: Vec<String>,
    subjects: Vec<(String, Subject)>,
    names: Vec<(String, Subject)>,
    salutations: Vec<String>,
    female: Vec<String>,
    male: Vec<String>,
    lines: BTreeMap<Line, Vec<String>>,
    calls: BTreeMap<Subject, [String; 3]>,
}

/// A line of a list that is no row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum Line {
    /// A total.
    #[serde(rename = "tong")]
    Total,
    /// The closing line that says how many there are.
    #[serde(rename = "ket")]
    Closing,
    /// A sum in words.
    #[serde(rename = "bang-chu")]
    Words,
    /// Signatures and remarks below.
    #[serde(rename = "chan")]
    Footer,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "cot")]
    columns: BTreeMap<Field, Vec<String>>,
    #[serde(rename = "bo-qua")]
    ignored: Ignored,
    #[serde(rename = "doi-tuong")]
    subjects: BTreeMap<Subject, Vec<String>>,
    #[serde(rename = "ten")]
    names: Names,
    #[serde(rename = "dong")]
    lines: BTreeMap<Line, Vec<String>>,
    #[serde(rename = "goi")]
    calls: BTreeMap<Subject, [String; 3]>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ignored {
    #[serde(rename = "cot")]
    columns: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    #[serde(rename = "tap-the")]
    collectives: Vec<String>,
    #[serde(rename = "ho")]
    households: Vec<String>,
    #[serde(rename = "xung-ho")]
    salutations: Vec<String>,
    #[serde(rename = "nu")]
    female: Vec<String>,
    #[serde(rename = "nam")]
    male: Vec<String>,
}

/// A heading's meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heading {
    /// A column that is used.
    Field(Field),
    /// A column that is known and not used.
    Ignored,
}

impl ListWords {
    /// The words that are part of the program.
    ///
    /// # Errors
    /// When the data file is faulty, which a test excludes.
    pub fn builtin() -> Result<Self, PackError> {
        let file: File = toml::from_str(include_str!("../../../templates/khen-thuong/danh-sach.toml"))
            .map_err(|error| PackError::invalid(FILE, error))?;
        let folded = |words: Vec<String>| -> Vec<String> { words.iter().map(|word| heading_key(word)).collect() };
        let mut columns: Vec<(String, Field)> = file
            .columns
            .into_iter()
            .flat_map(|(field, words)| words.into_iter().map(move |word| (heading_key(&word), field)))
            .collect();
        columns.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        let subjects = file
            .subjects
            .into_iter()
            .flat_map(|(subject, words)| words.into_iter().map(move |word| (fold(&word), subject)).collect::<Vec<_>>());
        let collectives = file.names.collectives.iter().map(|word| (fold(word), Subject::Collective));
        let households = file.names.households.iter().map(|word| (fold(word), Subject::Household));
        let mut names: Vec<(String, Subject)> = collectives.chain(households).collect();
        names.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        Ok(Self {
            calls: file.calls,
            columns,
            ignored: folded(file.ignored.columns),
            subjects: subjects.collect(),
            names,
            salutations: file.names.salutations.iter().map(|word| fold(word)).collect(),
            female: folded(file.names.female),
            male: folded(file.names.male),
            lines: file
                .lines
                .into_iter()
                .map(|(line, words)| (line, words.iter().map(|w| fold(w)).collect()))
                .collect(),
        })
    }

    /// How a document calls a kind of awardee: `tập thể`.
    #[must_use]
    pub fn kind_name(&self, subject: Subject) -> &str {
        self.call(subject, 0)
    }

    /// Heading of the column of names in a list of such awardees.
    #[must_use]
    pub fn name_heading(&self, subject: Subject) -> &str {
        self.call(subject, 1)
    }

    /// Heading of the column of posts and units.
    #[must_use]
    pub fn unit_heading(&self, subject: Subject) -> &str {
        self.call(subject, 2)
    }

    fn call(&self, subject: Subject, which: usize) -> &str {
        self.calls.get(&subject).and_then(|words| words.get(which)).map_or("", String::as_str)
    }

    /// The meaning of a heading: exactly one of the known ones, or the longest that it begins with or holds.
    #[must_use]
    pub fn heading(&self, text: &str) -> Option<Heading> {
        let key = heading_key(text);
        if key.is_empty() || key.len() > 120 {
            return None;
        }
        if let Some(exact) = self.exact_heading(text) {
            return Some(exact);
        }
        // A word of one syllable says too little within others ("năm", "tên", "xã").
        let several = |word: &str| word.contains(' ');
        let starts = |word: &str| key.strip_prefix(word).is_some_and(|rest| rest.starts_with(' '));
        let find = |test: &dyn Fn(&str) -> bool| {
            self.columns.iter().find(|(word, _)| several(word) && test(word)).map(|(_, field)| Heading::Field(*field))
        };
        find(&starts)
            .or_else(|| find(&|word| contains_words(&key, word)))
            .or_else(|| self.ignored.iter().any(|word| several(word) && starts(word)).then_some(Heading::Ignored))
    }

    /// The meaning of a heading that is one of the known ones to the letter.
    #[must_use]
    pub fn exact_heading(&self, text: &str) -> Option<Heading> {
        let key = heading_key(text);
        let column = |same: &dyn Fn(&str) -> bool| {
            let field = self.columns.iter().find(|(word, _)| same(word)).map(|(_, field)| Heading::Field(*field));
            field.or_else(|| self.ignored.iter().any(|word| same(word)).then_some(Heading::Ignored))
        };
        // "Nam" is no "Năm": without marks only where the list has none.
        column(&|word| word == key).or_else(|| column(&|word| key.is_ascii() && unmarked(word) == key))
    }

    /// Whom a group line, a kind cell or the name of a sheet is about.
    #[must_use]
    pub fn subject(&self, text: &str) -> Option<Subject> {
        let text = fold(text);
        let named = self.subjects.iter().filter(|(word, _)| contains_words(&text, word));
        // "Tập thể và cá nhân" is about both, and so about neither alone.
        let mut found: Vec<(usize, Subject)> = named.map(|(word, subject)| (word.len(), *subject)).collect();
        found.sort_unstable();
        let (_, last) = *found.last()?;
        let family = |subject: Subject| subject == Subject::Household;
        found.iter().all(|(_, subject)| *subject == last || (family(last) && family(*subject))).then_some(last)
    }

    /// Whom a name stands for, by its first word.
    #[must_use]
    pub fn subject_of_name(&self, name: &str) -> Subject {
        let name = fold(name);
        let starts = |word: &str| name.strip_prefix(word).is_some_and(|rest| rest.starts_with(' '));
        self.names.iter().find(|(word, _)| starts(word)).map_or(Subject::Individual, |(_, subject)| *subject)
    }

    /// Whether a text begins as names of units do.
    #[must_use]
    pub fn is_unit_name(&self, text: &str) -> bool {
        self.subject_of_name(text) == Subject::Collective
    }

    /// The form of address at the head of a name, and the rest.
    #[must_use]
    pub fn salutation<'t>(&self, name: &'t str) -> Option<(&'t str, &'t str)> {
        let (first, rest) = name.split_once(' ')?;
        let (two, after) = rest
            .split_once(' ')
            .map_or((name, ""), |(second, after)| (name.get(..first.len() + 1 + second.len()).unwrap_or(name), after));
        for (head, rest) in [(two, after), (first, rest)] {
            let key = fold(head.trim_end_matches([':', '.']));
            if !rest.is_empty()
                && self.salutations.contains(&key)
                && head.chars().next().is_some_and(char::is_uppercase)
            {
                return Some((head, rest.trim()));
            }
        }
        None
    }

    /// Whether a cell says woman or man.
    #[must_use]
    pub fn is_woman(&self, text: &str) -> Option<bool> {
        let key = heading_key(text);
        if self.female.contains(&key) {
            Some(true)
        } else if self.male.contains(&key) {
            Some(false)
        } else {
            None
        }
    }

    /// What kind of line begins so.
    #[must_use]
    pub fn line(&self, text: &str) -> Option<Line> {
        let text = fold(text);
        let text = text.trim_start_matches(['-', '*', '+', ' ']);
        let starts = |line: Line, word: &String| {
            let Some(rest) = text.strip_prefix(word.as_str()) else { return false };
            let ends = !word.ends_with(char::is_alphanumeric) || !rest.starts_with(char::is_alphanumeric);
            // Cộng is a family name too: after the word of a total, no other word follows.
            ends && (line != Line::Total || !rest.trim_start().starts_with(char::is_alphabetic))
        };
        [Line::Closing, Line::Words, Line::Total, Line::Footer]
            .into_iter()
            .find(|line| self.lines.get(line).is_some_and(|words| words.iter().any(|word| starts(*line, word))))
    }
}

/// A heading without what does not tell headings apart: case, tone places, marks, remarks in brackets.
fn heading_key(text: &str) -> String {
    let folded = fold(text);
    let mut out = String::with_capacity(folded.len());
    for c in folded.chars() {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.ends_with(' ') && !out.is_empty() {
            out.push(' ');
        }
    }
    out.trim_end().to_owned()
}

/// A folded text without any marks on its letters, as lists typed without Vietnamese letters have it.
#[must_use]
pub fn unmarked(text: &str) -> String {
    unicode_normalization::UnicodeNormalization::nfd(text)
        .filter(|c| !matches!(c, '\u{300}'..='\u{36f}'))
        .map(|c| if matches!(c, 'đ' | 'Đ') { 'd' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_by_meaning() {
        let words = ListWords::builtin().unwrap();
        for (heading, field) in [
            ("STT", Field::Number),
            ("Họ và tên", Field::Name),
            ("HỌ VÀ TÊN (viết đúng như giấy tờ)", Field::Name),
            ("Ho va ten", Field::Name),
            ("Tên tập thể,\ncá nhân", Field::Name),
            ("Chức vụ, đơn vị công tác", Field::PostUnit),
            ("Chức vụ", Field::Post),
            ("Đơn vị công tác", Field::Unit),
            ("Tóm tắt thành tích đạt được trong phong trào", Field::Achievement),
            ("Hình thức KT", Field::Award),
            ("Mức tiền thưởng (đồng)", Field::Amount),
            ("Năm sinh", Field::Birth),
            ("Nam", Field::Male),
            ("Năm", Field::Period),
            ("Số phiếu không đồng ý", Field::Disagree),
            ("Ghi chú", Field::Note),
        ] {
            assert_eq!(words.heading(heading), Some(Heading::Field(field)), "{heading}");
        }
        assert_eq!(words.heading("Số điện thoại"), Some(Heading::Ignored));
        assert_eq!(words.heading("Nguyễn Thị Hoa"), None);
        assert_eq!(words.heading("12"), None);
    }

    #[test]
    fn names_and_lines_tell_what_they_are() {
        let words = ListWords::builtin().unwrap();
        assert_eq!(words.subject("I. TẬP THỂ (05 tập thể)"), Some(Subject::Collective));
        assert_eq!(words.subject("Tập thể và cá nhân"), None);
        assert_eq!(words.subject("III. Hộ gia đình"), Some(Subject::Household));
        assert_eq!(words.subject_of_name("Chi hội thôn 3"), Subject::Collective);
        assert_eq!(words.subject_of_name("Hộ bà Lê Thị B"), Subject::Household);
        assert_eq!(words.subject_of_name("Nguyễn Thị Lan"), Subject::Individual);
        assert_eq!(words.salutation("Bà Nguyễn Thị Lan"), Some(("Bà", "Nguyễn Thị Lan")));
        assert_eq!(words.salutation("Đồng chí Lê Thị B"), Some(("Đồng chí", "Lê Thị B")));
        assert_eq!(words.salutation("Nguyễn Thị Lan"), None);
        assert_eq!(words.line("Tổng cộng: 12 cá nhân"), Some(Line::Total));
        assert_eq!(words.line("Danh sách này có 02 tập thể, 03 cá nhân."), Some(Line::Closing));
        assert_eq!(words.line("TM. BAN THƯỜNG VỤ"), Some(Line::Footer));
        assert_eq!(words.line("Cộng Thị Hoa"), None);
    }
}
