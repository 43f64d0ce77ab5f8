//! The last step of every reader: NFC, plain blanks, no invisible characters.
//!
//! Legacy encodings are decoded before: their letters hide among the characters that go here.

use crate::language::survey::{Signs, survey};
use unicode_normalization::UnicodeNormalization;

/// Makes a block's text what [`crate::model::Block::text`] promises, without blanks at its ends.
#[must_use]
pub(crate) fn tidy(text: String) -> String {
    let signs = survey(&text);
    tidy_surveyed(text, signs)
}

/// Like [`tidy`], for a text whose signs are known.
pub(in crate::read) fn tidy_surveyed(text: String, signs: Signs) -> String {
    let is_clean = !signs.unusual() || text.chars().all(is_plain);
    let mut clean = if is_clean { text } else { text.chars().filter_map(clean).nfc().collect() };
    let trimmed = clean.trim_matches([' ', '\t', '\n']);
    if (signs.double_blank() || !is_clean) && trimmed.contains("  ") {
        return without_double_blanks(trimmed);
    }
    let end = clean.trim_end_matches([' ', '\t', '\n']).len();
    clean.truncate(end);
    let lead = clean.len() - clean.trim_start_matches([' ', '\t', '\n']).len();
    clean.drain(..lead);
    clean
}

/// Two blanks between words are a slip of the typist and become one; more of them may hold columns apart and stay.
fn without_double_blanks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("  ") {
        let (before, from) = rest.split_at(at);
        let after = from.trim_start_matches(' ');
        let blanks = from.len() - after.len();
        out.push_str(before);
        out.push_str(from.get(..if blanks == 2 { 1 } else { blanks }).unwrap_or_default());
        rest = after;
    }
    out + rest
}

/// Characters that stay as they are in any company.
fn is_plain(c: char) -> bool {
    matches!(c,
        '\t' | '\n' | ' '..='~' | '\u{A1}'..='\u{AC}' | '\u{AE}'..='\u{2FF}' | '\u{1E00}'..='\u{1EFF}'
        | '\u{2012}'..='\u{2027}' | '\u{2030}'..='\u{205E}' | '\u{2190}'..='\u{21FF}' | '\u{25A0}'..='\u{26FF}')
}

/// A character's place in the text; `None` when nobody sees it.
pub(crate) fn clean(c: char) -> Option<char> {
    match c {
        '\t' | '\n' => Some(c),
        '\u{2028}' | '\u{2029}' | '\u{B}' => Some('\n'),
        '\r' | '\u{85}' | '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => {
            Some(' ')
        }
        '\u{2010}' | '\u{2011}' => Some('-'),
        '\u{AD}'
        | '\u{34F}'
        | '\u{61C}'
        | '\u{180B}'..='\u{180E}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFB}'
        | '\u{FFFE}'
        | '\u{FFFF}' => None,
        c if c.is_control() => None,
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn blanks_are_plain_and_invisible_characters_gone() {
        assert_eq!(tidy("\u{A0}Điều\u{A0}5\u{200B}\u{AD}a \u{FEFF}\t".into()), "Điều 5a");
        assert_eq!(tidy("a\u{2028}b\u{2003}c".into()), "a\nb c");
        assert_eq!(tidy("05\u{2011}CT/TW".into()), "05-CT/TW");
    }

    #[test]
    fn double_blanks_become_one_and_wide_gaps_stay() {
        assert_eq!(tidy("a  b \u{A0}c    d  ".into()), "a b c    d");
    }

    #[test]
    fn text_is_nfc() {
        assert_eq!(tidy("Hô\u{323}i".into()), "Hội");
        // A mark that an invisible character held apart joins its letter.
        assert_eq!(tidy("e\u{200B}\u{301}".into()), "é");
    }

    proptest! {
        #[test]
        fn tidying_twice_changes_nothing(text in "\\PC{0,40}") {
            let once = tidy(text);
            prop_assert_eq!(tidy(once.clone()), once);
        }
    }
}
