//! How a plan names its parents: type, number, date, issuer and subject in full, blank where the copy is blank.

use super::section::{Piece, computed, pack, profile};
use super::text::{capital_first, one_line, overlap, quoted, slice, small_first};
use super::{Inputs, Parent};
use crate::compose::code;
use crate::compose::letterhead::written;
use crate::language::fold::{Folded, fold};
use crate::model::{DocumentInfo, Extraction, Origin};
use crate::pack::{IssuerWords, Lexicon, PlanWords};

/// What stands for a blank.
pub const BLANK: &str = "……";

/// The full citation, with where its parts come from.
pub fn citation(parent: &Parent, inputs: &Inputs) -> Piece {
    let info = &parent.extraction.document;
    let kind = type_name(info, inputs.lexicon);
    let number = match (&info.number, &info.symbol) {
        (Some(_), Some(_)) => format!("số {}", code::of(parent.document, info).unwrap_or_default()),
        (Some(number), None) => format!("số {number}"),
        (None, Some(symbol)) => format!("số {BLANK}/{symbol}"),
        (None, None) => format!("số {BLANK}"),
    };
    let date = match info.date.as_deref().and_then(|date| date.parse::<jiff::civil::Date>().ok()) {
        Some(date) => format!("ngày {}", written(date)),
        None => format!("ngày {BLANK} tháng {BLANK} năm {BLANK}"),
    };
    let issuer = issuer(info, parent.extraction, inputs.words).unwrap_or_else(|| BLANK.to_owned());
    let subject = match &info.subject {
        Some(subject) => about(subject),
        None => format!("về việc {BLANK}"),
    };
    let fields = ["type", "number", "symbol", "date", "issuer", "subject"];
    let origins = fields.iter().filter_map(|field| info.spans.get(field)).map(|span| parent.source(*span)).collect();
    Piece::new(format!("{kind} {number} {date} của {issuer} {subject}"), computed("citation", origins))
}

/// A short citation for tables: type and number.
pub fn short(parent: &Parent, lexicon: &Lexicon) -> String {
    let info = &parent.extraction.document;
    let kind = type_name(info, lexicon);
    match (&info.number, &info.symbol) {
        (Some(_), Some(_)) => format!("{kind} {}", code::of(parent.document, info).unwrap_or_default()),
        (None, Some(symbol)) => format!("{kind} {BLANK}/{symbol}"),
        _ => format!("{kind} của cấp trên"),
    }
}

fn type_name(info: &DocumentInfo, lexicon: &Lexicon) -> String {
    let name = info.kind.as_deref().and_then(|code| lexicon.doc_type(code)).map(|kind| capital_first(&kind.name));
    name.unwrap_or_else(|| "Văn bản".to_owned())
}

/// The issuer in a sentence; names in capitals are written as names.
pub fn issuer(info: &DocumentInfo, extraction: &Extraction, words: &PlanWords) -> Option<String> {
    let issuer = one_line(info.issuer.as_deref()?);
    if issuer.chars().any(char::is_lowercase) {
        return Some(issuer);
    }
    let folded = fold(&issuer);
    let named = extraction.entities.organizations.iter().find(|o| fold(&o.name) == folded);
    let mixed = named.filter(|named| named.name.chars().any(char::is_lowercase)).map(|named| named.name.clone());
    Some(mixed.unwrap_or_else(|| as_name(&issuer, &words.issuer)))
}

/// `BAN THƯỜNG VỤ HỘI LHPN TỈNH SÓC TRĂNG` → `Ban Thường vụ Hội LHPN tỉnh Sóc Trăng`.
fn as_name(capitals: &str, forms: &IssuerWords) -> String {
    let mut proper = false;
    let mut words: Vec<String> = Vec::new();
    for word in capitals.split_whitespace() {
        let small = word.to_lowercase();
        let is_level = forms.levels.contains(&small);
        words.push(match () {
            () if forms.acronyms.iter().any(|known| known == word) => word.to_owned(),
            () if is_level => small,
            () if proper => capital_first(&small),
            () => small,
        });
        proper |= is_level;
    }
    for name in &forms.names {
        let name: Vec<&str> = name.split(' ').collect();
        for at in 0..words.len() {
            let Some(there) = words.get_mut(at..at + name.len()) else { break };
            if there.iter().zip(&name).all(|(word, name)| word.to_lowercase() == name.to_lowercase()) {
                there.iter_mut().zip(&name).for_each(|(word, name)| (*name).clone_into(word));
            }
        }
    }
    capital_first(&words.join(" "))
}

/// The issuer without the collective: `Hội LHPN tỉnh Đắk Lắk`.
pub fn body_of(issuer: &str, inputs: &Inputs) -> String {
    let folded = Folded::new(issuer);
    for word in &inputs.words.actors.committees {
        if let Some(rest) = folded.text.strip_prefix(word.as_str())
            && !rest.trim().is_empty()
        {
            let start = folded.original(word.len()..word.len() + 1).start;
            return slice(issuer, start..u32::MAX).trim().to_owned();
        }
    }
    issuer.to_owned()
}

/// `về việc …`
fn about(subject: &str) -> String {
    let subject = one_line(subject);
    let folded = fold(&subject);
    for lead in ["v/v", "về việc"] {
        if let Some(rest) = folded.strip_prefix(&fold(lead)) {
            let skipped = folded.chars().count() - rest.chars().count();
            let rest: String = subject.chars().skip(skipped).collect();
            return format!("về việc {}", small_first(rest.trim()));
        }
    }
    if folded.starts_with("về ") {
        return small_first(&subject);
    }
    format!("về việc {}", small_first(&subject))
}

/// The subject of the plan: the parent's, in the name of this unit.
pub fn subject(inputs: &Inputs, parent: &Parent) -> Piece {
    let info = &parent.extraction.document;
    let Some(subject) = info.subject.as_deref().map(one_line) else {
        return Piece::new(BLANK, computed("blank", vec![]));
    };
    let mut origins: Vec<Origin> = info.spans.get("subject").map(|span| parent.source(*span)).into_iter().collect();
    let led = about(&subject);
    let plain = match led.strip_prefix("về việc ").or(led.strip_prefix("về ")) {
        Some(rest) if fold(&subject) != fold(rest) => rest.to_owned(),
        _ => subject,
    };
    let folded = fold(&plain);
    let verbs = &inputs.words.subject.verbs;
    let stays = verbs.iter().any(|verb| super::role::starts_with_word(&folded, verb));
    let text = if stays {
        capital_first(&plain)
    } else {
        origins.push(pack("subject.lead"));
        format!("{} {}", inputs.words.subject.lead, small_first(&plain))
    };
    // The issuer's name gives way to the unit's, outside of names in quotation marks.
    let body = issuer(info, parent.extraction, inputs.words).map(|issuer| body_of(&issuer, inputs));
    let text = match body.filter(|body| !body.is_empty()) {
        Some(body) => {
            let replaced = outside_quotes(&text, &body, inputs.profile.short_name());
            if replaced != text {
                origins.push(profile("don-vi.ten-ngan"));
            }
            replaced
        }
        None => text,
    };
    Piece::new(text, computed("subject", origins))
}

fn outside_quotes(text: &str, from: &str, to: &str) -> String {
    let quotes = quoted(text);
    let folded = Folded::new(text);
    let from = fold(from);
    let found = folded.text.find(&from).map(|at| folded.original(at..at + from.len()));
    match found {
        Some(range) if !quotes.iter().any(|quote| overlap(quote, &range)) => {
            format!("{}{to}{}", slice(text, 0..range.start), slice(text, range.end..u32::MAX))
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_capitals_become_names() {
        let words = PlanWords::builtin().unwrap().issuer;
        for (capitals, name) in [
            ("BAN THƯỜNG VỤ HỘI LHPN TỈNH SÓC TRĂNG", "Ban Thường vụ Hội LHPN tỉnh Sóc Trăng"),
            ("ỦY BAN NHÂN DÂN XÃ HÒA MỸ", "Ủy ban nhân dân xã Hòa Mỹ"),
            (
                "BAN THƯỜNG TRỰC ỦY BAN MTTQ VIỆT NAM TỈNH BÌNH CHÂU",
                "Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh Bình Châu",
            ),
            ("BCH ĐOÀN TỈNH BÌNH CHÂU", "BCH Đoàn tỉnh Bình Châu"),
            ("BCH HỘI NÔNG DÂN TỈNH BÌNH CHÂU", "BCH Hội Nông dân tỉnh Bình Châu"),
        ] {
            assert_eq!(as_name(capitals, &words), name);
        }
    }

    #[test]
    fn subjects_are_led_by_about() {
        assert_eq!(about("Triển khai đợt thi đua"), "về việc triển khai đợt thi đua");
        assert_eq!(about("V/v đăng ký công trình"), "về việc đăng ký công trình");
        assert_eq!(about("Về phong trào"), "về phong trào");
        assert_eq!(written(jiff::civil::date(2021, 2, 5)), "05 tháng 02 năm 2021");
        assert_eq!(written(jiff::civil::date(2021, 10, 27)), "27 tháng 10 năm 2021");
    }
}
