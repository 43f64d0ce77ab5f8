//! Name of the type and trích yếu.

use super::line::Line;
use crate::language::fold::fold;
use crate::pack::{DocType, Lexicon};

/// A line that names the type of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeLine {
    /// Code of the type.
    pub code: String,
    /// Bytes of the folded line that name it.
    pub name: std::ops::Range<usize>,
}

/// Recognises a type line: the name alone, or in capitals with the subject behind it; `loose` allows the subject
/// behind a name in small letters too (`Kế hoạch tổ chức …` as the first line of a file without a header).
pub fn type_line(line: &Line, lexicon: &Lexicon, loose: bool) -> Option<TypeLine> {
    let folded = line.folded().text.as_str();
    let start = folded.len() - folded.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    let text = folded.get(start..)?;
    let bare = text.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')');
    if !line.text.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_uppercase) {
        return None;
    }
    let squeezed = spaced_letters(bare);
    let mut best: Option<(&DocType, usize)> = None;
    for doc_type in &lexicon.doc_types {
        for name in &doc_type.folded {
            let whole = bare == name || squeezed.as_deref().is_some_and(|bare| *bare == name.replace(' ', ""));
            let length = if whole {
                bare.len()
            } else if !doc_type.by_name && goes_on(text, name, line, loose) {
                name.len()
            } else {
                continue;
            };
            if best.is_none_or(|(_, known)| length > known) {
                best = Some((doc_type, length));
            }
        }
    }
    if best.is_none() && loose {
        return by_code(line, lexicon);
    }
    best.map(|(doc_type, length)| TypeLine { code: doc_type.code.clone(), name: start..start + length })
}

/// The name with a subject behind it.
fn goes_on(text: &str, name: &str, line: &Line, loose: bool) -> bool {
    let Some(rest) = text.strip_prefix(name).filter(|rest| rest.starts_with([' ', ':'])) else { return false };
    let rest = rest.trim_start_matches([' ', ':']);
    if rest.starts_with("số ") || rest.starts_with("số:") || rest.starts_with("này") || rest.is_empty() {
        return false;
    }
    let words = name.split(' ').count();
    let in_capitals = line.text.split_whitespace().take(words).all(super::label::capitals);
    in_capitals || (loose && line.text.chars().count() < 260 && !line.text.ends_with([':', ';', '.']))
}

/// `TB - Bình xét khen thưởng …`, as web pages put it: the code in front of the subject.
fn by_code(line: &Line, lexicon: &Lexicon) -> Option<TypeLine> {
    let (code, _) = line.text.split_once(" - ").or_else(|| line.text.split_once(" – "))?;
    let doc_type = lexicon.doc_types.iter().find(|t| t.code == code)?;
    Some(TypeLine { code: doc_type.code.clone(), name: 0..fold(code).len() })
}

/// `K Ế  H O Ạ C H` without its blanks.
fn spaced_letters(text: &str) -> Option<String> {
    let mut letters = 0;
    for word in text.split_whitespace() {
        if word.chars().count() > 1 {
            return None;
        }
        letters += 1;
    }
    (letters >= 4).then(|| text.split_whitespace().collect())
}
