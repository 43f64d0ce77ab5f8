//! Words that are read from, or written to, what is asked.

use super::{Directive, Office};
use crate::compose::code;
use crate::compose::registration::task::Due;
use crate::language::fold::{Folded, fold};
use crate::model::Level;
use crate::pack::{Lexicon, RegistrationForm};

/// What is counted: the same thing under the words of the source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Counted {
    /// The word of the form, folded.
    pub key: String,
    /// The words of the source.
    pub name: String,
}

/// First words of the name of a drive in a subject.
const DRIVES: [&str; 8] = [
    "đợt thi đua",
    "đợt cao điểm",
    "phong trào thi đua",
    "phong trào",
    "cuộc vận động",
    "chiến dịch",
    "giao ước thi đua",
    "tháng hành động",
];

/// First words of a subject that are not part of the drive's name.
const LEADS: [&str; 8] = ["v/v", "về việc", "triển khai", "thực hiện", "tổ chức", "hướng dẫn", "phát động", "đăng ký"];

/// The name of the drive in a subject, to the letter.
pub(super) fn drive_in(subject: &str) -> &str {
    let folded = Folded::new(subject);
    let byte = |at: usize| {
        let character = folded.original(at..at).start as usize;
        subject.char_indices().nth(character).map_or(subject.len(), |(byte, _)| byte)
    };
    let outside_quotes = |at: usize| folded.text.get(..at).is_some_and(|before| before.matches('"').count() % 2 == 0);
    let first = DRIVES.iter().filter_map(|word| folded.text.find(&fold(word))).filter(|at| outside_quotes(*at)).min();
    let mut at = first.unwrap_or(0);
    if first.is_none() {
        while let Some(lead) = LEADS.iter().map(|lead| fold(lead)).find(|lead| {
            folded
                .text
                .get(at..)
                .is_some_and(|rest| rest.strip_prefix(lead.as_str()).is_some_and(|r| r.starts_with(' ')))
        }) {
            at += lead.len() + 1;
        }
    }
    subject.get(byte(at)..).unwrap_or(subject).trim().trim_end_matches(['.', ';', ','])
}

/// Levels that an actor of a directive speaks of.
pub(super) fn levels_of(actor: &str) -> Vec<Level> {
    let folded = fold(actor);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let has = |list: &[&str]| words.iter().any(|word| list.iter().any(|known| fold(known) == *word));
    let holds = |phrase: &str| folded.contains(&fold(phrase));
    let mut levels = Vec::new();
    if holds("chi hội") || has(&["thôn", "tổ", "khóm", "ấp", "bản"]) {
        levels.push(Level::Chapter);
    }
    if has(&["xã", "phường"]) || holds("thị trấn") || holds("cơ sở") || holds("đặc khu") {
        levels.push(Level::Commune);
    }
    if has(&["huyện", "quận", "tx", "tp"])
        || holds("thị xã")
        || holds("huyện thị")
        || holds("thành hội")
        || holds("thành phố")
    {
        levels.push(Level::District);
    }
    // `thị xã` is no `xã`.
    if holds("thị xã") && !folded.replace("thị xã", "").split(' ').any(|word| word == "xã" || word == "phường")
    {
        levels.retain(|level| *level != Level::Commune);
    }
    levels
}

/// `06 công trình, phần việc`.
pub(super) fn amount(number: u64, name: &str) -> String {
    format!("{number:02} {name}").trim_end().to_owned()
}

/// A number of whatever the form counts.
pub(super) fn general(number: u64, form: &RegistrationForm) -> String {
    amount(number, form.counted.first().map_or("", String::as_str))
}

/// A day as a form states it: `trước ngày 05/11/2021`, `chậm nhất ngày 05/11/2021`.
#[must_use]
pub fn due_text(due: Due) -> String {
    let (day, month, year) = (due.date.day(), due.date.month(), due.date.year());
    let bound = if due.inclusive { "chậm nhất" } else { "trước" };
    format!("{bound} ngày {day:02}/{month:02}/{year}")
}

/// The issuer as a sentence names it: a body of the profile where it is one, else in the capitals of a name.
pub(super) fn issuer(directive: &Directive, office: &Office) -> Option<String> {
    let info = &directive.extraction.document;
    let wanted = fold(info.issuer.as_deref()?);
    let bodies = &office.profile.parents;
    let known = bodies
        .iter()
        .find_map(|body| std::iter::once(&body.name).chain(&body.aliases).find(|name| fold(name) == wanted));
    known.cloned().or_else(|| crate::compose::plan::issuer(info, directive.extraction, office.words))
}

/// A document as it is cited in full at its first mention (NĐ 30/2020, Phụ lục I): type, number, day, issuer, subject;
/// what the copy at hand leaves blank stays blank.
#[must_use]
pub fn cited(directive: &Directive, issuer: Option<&str>, lexicon: &Lexicon) -> String {
    let info = &directive.extraction.document;
    let kind =
        info.kind.as_deref().and_then(|code| lexicon.doc_type(code)).map_or("văn bản", |kind| kind.name.as_str());
    let mut chars = kind.chars();
    let mut text: String = chars.next().map(|first| first.to_uppercase().collect()).unwrap_or_default();
    text.push_str(chars.as_str());
    let number = info.number.as_deref().unwrap_or("……");
    match (code::of(directive.document, info), &info.symbol) {
        (Some(code), _) => text.push_str(&format!(" số {code}")),
        (None, Some(symbol)) => text.push_str(&format!(" số {number}/{symbol}")),
        (None, None) => text.push_str(&format!(" số {number}")),
    }
    match info.date.as_deref().and_then(|date| date.parse::<jiff::civil::Date>().ok()) {
        Some(date) => text.push_str(&format!(" ngày {:02}/{:02}/{}", date.day(), date.month(), date.year())),
        None => text.push_str(" ngày ……/……/……"),
    }
    if let Some(issuer) = issuer {
        text.push_str(&format!(" của {issuer}"));
    }
    if let Some(subject) = &info.subject {
        text.push_str(&about(subject));
    }
    text
}

/// The subject behind a citation: a letter's `V/v` is written out.
fn about(subject: &str) -> String {
    let subject = subject.trim();
    let rest =
        ["V/v", "v/v", "Về việc", "về việc"].iter().find_map(|lead| subject.strip_prefix(lead)).unwrap_or(subject);
    let rest = rest.trim_start_matches([':', ' ']);
    let mut chars = rest.chars();
    let first: String = chars.next().map(|first| first.to_lowercase().collect()).unwrap_or_default();
    // A name in capitals keeps them.
    let keeps = rest.chars().nth(1).is_some_and(char::is_uppercase);
    if keeps { format!(" về việc {rest}") } else { format!(" về việc {first}{}", chars.as_str()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_drive_is_taken_from_the_subject_to_the_letter() {
        for (subject, drive) in [
            (
                "Triển khai đợt thi đua “100 mái nhà xanh” chào mừng Đại hội",
                "đợt thi đua “100 mái nhà xanh” chào mừng Đại hội",
            ),
            ("V/v đăng ký công trình, phần việc chào mừng 90 năm", "công trình, phần việc chào mừng 90 năm"),
            ("Phát động Phong trào thi đua “Đợt thi đua xanh”", "Phong trào thi đua “Đợt thi đua xanh”"),
        ] {
            assert_eq!(drive_in(subject), drive);
        }
    }

    #[test]
    fn actors_speak_of_levels() {
        assert_eq!(levels_of("mỗi huyện/thị/thành Hội"), [Level::District]);
        assert_eq!(levels_of("Mỗi xã, thị trấn"), [Level::Commune]);
        assert_eq!(levels_of("Các thị xã"), [Level::District]);
        assert_eq!(levels_of("mỗi chi hội"), [Level::Chapter]);
        assert_eq!(levels_of("Đoàn Chủ tịch Trung ương Hội"), []);
    }
}
