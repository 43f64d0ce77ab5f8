//! Physical lines: cleaned, with what their place says.

use crate::read::clean::tidy;
use std::borrow::Cow;

/// A line with text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// Text without blanks at its ends; tabs inside are kept.
    pub text: String,
    /// Width of the blanks in front; a tab counts as eight.
    pub indent: usize,
    /// Tabs in front.
    pub tabs: usize,
    /// A tab stands at its end: the cells behind it are empty.
    pub tab_behind: bool,
    /// Empty lines stand before it.
    pub gap: bool,
    /// A form feed stands before it.
    pub page_break: bool,
    /// All of it was marked as strong.
    pub strong: bool,
    /// Level of a marked heading, from 0.
    pub heading: Option<u8>,
}

/// The lines of a text without empty ones, rules, page numbers and stray field words. `strip` takes inline marks off.
pub fn lines<'a>(text: &'a str, strip: impl Fn(&str) -> (Cow<'_, str>, bool)) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut gap = false;
    let mut page_break = false;
    let mut page = None;
    let raw: Vec<&'a str> = split(text).collect();
    for (at, line) in raw.iter().enumerate() {
        let line = if let Some(rest) = line.strip_prefix('\u{0C}') {
            page_break = true;
            gap = true;
            rest
        } else {
            line
        };
        let lead = line.len() - line.trim_start().len();
        let content = tidy(line.get(lead..).unwrap_or_default().to_owned());
        let content = content.as_str();
        let alone = || gap_at(&raw, at.checked_sub(1)) && gap_at(&raw, Some(at + 1));
        if content.is_empty() || is_rule(content) || is_field_word(content) {
            gap = true;
            continue;
        }
        if let Some(number) = page_number(content)
            && page.map_or(number <= 2, |last| number == last + 1)
            && (page_break || alone())
        {
            page = Some(number);
            gap = true;
            continue;
        }
        let blanks = line.get(..lead).unwrap_or_default();
        let tabs = blanks.matches('\t').count();
        let (text, strong) = strip(content);
        let text = text.trim_matches([' ', '\t']);
        if text.is_empty() {
            gap = true;
            continue;
        }
        lines.push(Line {
            text: text.to_owned(),
            indent: blanks.chars().count() + 7 * tabs,
            tabs,
            tab_behind: line.trim_end_matches(['\r', ' ']).ends_with('\t'),
            gap: std::mem::take(&mut gap),
            page_break: std::mem::take(&mut page_break),
            strong,
            heading: None,
        });
    }
    lines
}

/// Splits at every kind of line end.
pub(super) fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', '\x0B', '\u{85}', '\u{2028}', '\u{2029}'])
        .flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
}

fn gap_at(raw: &[&str], at: Option<usize>) -> bool {
    at.and_then(|at| raw.get(at)).is_none_or(|line| line.trim().is_empty() || line.starts_with('\u{0C}'))
}

/// A line that is drawn, not written: `-----`, `***`, `*`.
fn is_rule(content: &str) -> bool {
    content.chars().all(|c| matches!(c, '-' | '_' | '*' | '=' | '~' | '–' | '—' | '─' | ' '))
        && !content.contains("____")
}

/// What a page number field leaves behind when a document is turned into text.
pub(super) fn is_field_word(content: &str) -> bool {
    if !content.contains("PAGE") {
        return false;
    }
    content.split([' ', '\t', '/']).filter(|word| !word.is_empty()).all(|word| {
        matches!(word, "PAGE" | "NUMPAGES" | "MERGEFORMAT" | "\\*" | "Trang" | "trang")
            || word.bytes().all(|b| b.is_ascii_digit())
    })
}

/// `2`, `- 2 -`, `Trang 2`, `2/5`.
fn page_number(content: &str) -> Option<u32> {
    if content.len() > 16 {
        return None;
    }
    let bare = content.trim_matches(['-', '–', ' ']);
    let bare = bare.strip_prefix("Trang ").unwrap_or(bare);
    let number = bare.split_once('/').map_or(bare, |(page, _)| page).trim();
    (number.len() <= 3 && number.bytes().all(|b| b.is_ascii_digit())).then(|| number.parse().ok()).flatten()
}
