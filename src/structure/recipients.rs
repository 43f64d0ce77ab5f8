//! The entries of *Nơi nhận*.

use crate::language::fold::fold;
use crate::model::Recipient;
use crate::pack::{FormWords, leading};

/// Entries while they are read, line by line.
#[derive(Debug, Default)]
pub struct Recipients {
    entries: Vec<Recipient>,
    /// The last entry ended with a full stop, as the last one does.
    ended: bool,
}

impl Recipients {
    /// No entry yet.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// The list is complete: its last entry ended with a full stop or names the archive.
    pub fn ended(&self) -> bool {
        self.ended
    }

    /// A line that begins an entry; `- A; - B;` holds several.
    pub fn entry(&mut self, text: &str, words: &FormWords) {
        let text = text.trim_start_matches(['-', '–', '+', '•', ' ', '\t']);
        for part in text.split(['\n']).flat_map(split_entries) {
            self.push(part, words);
        }
    }

    /// What stands on the line of *Nơi nhận* itself.
    pub fn inline(&mut self, text: &str, words: &FormWords) {
        for part in text.split(';') {
            self.push(part.trim_start_matches(['-', '–', ' ']), words);
        }
    }

    fn push(&mut self, text: &str, words: &FormWords) {
        self.ended = text.trim_end().ends_with('.') || fold(text).starts_with("lưu");
        let (text, purpose) = parts(text, words);
        if !text.is_empty() {
            self.entries.push(Recipient { text, purpose });
        }
    }

    /// A line that goes on with the last entry.
    pub fn continuation(&mut self, text: &str, words: &FormWords) {
        self.ended = text.trim_end().ends_with('.');
        if let Some(last) = self.entries.last_mut() {
            let (text, purpose) = parts(&format!("{} {text}", last.text), words);
            last.text = text;
            last.purpose = purpose.or(last.purpose.take());
        }
    }

    /// `} (thực hiện);`, what is left of a brace beside several entries: the purpose of those above that have none.
    pub fn brace(&mut self, text: &str, words: &FormWords) {
        let (rest, purpose) = parts(text.trim_start_matches(['-', '–', ' ', '}']), words);
        let purpose = purpose.or((!rest.is_empty()).then_some(rest));
        let archive = self.entries.iter().rposition(|entry| fold(&entry.text).starts_with("lưu"));
        let end = archive.filter(|at| at + 1 == self.entries.len()).unwrap_or(self.entries.len());
        for entry in self.entries.iter_mut().take(end).rev() {
            if entry.purpose.is_some() {
                break;
            }
            entry.purpose.clone_from(&purpose);
        }
    }

    /// The entries.
    pub fn finish(self) -> Vec<Recipient> {
        self.entries
    }
}

/// `A; - B; - C` as three.
fn split_entries(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(line);
    std::iter::from_fn(move || {
        let text = rest.take()?;
        let cut = text
            .match_indices(';')
            .find(|(at, _)| text.get(at + 1..).is_some_and(|behind| behind.trim_start().starts_with(['-', '–'])));
        let Some((at, _)) = cut else { return Some(text) };
        rest = text.get(at + 1..).map(|behind| behind.trim_start().trim_start_matches(['-', '–']).trim_start());
        text.get(..at)
    })
}

/// Recipient and purpose: `Thường trực Đảng ủy (để báo cáo);`.
fn parts(text: &str, words: &FormWords) -> (String, Option<String>) {
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ';' | ',' | '.'));
    let purpose = text.strip_suffix(')').and_then(|open| {
        let at = open.rfind('(')?;
        let inner = open.get(at + 1..)?.trim();
        leading(&fold(inner), &words.purposes)?;
        Some((open.get(..at)?.trim_end_matches([' ', ';', ',']), inner.trim_end_matches([';', '.', ' '])))
    });
    let clean = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    match purpose {
        Some((name, purpose)) => (clean(name), Some(purpose.to_owned())),
        None => (clean(text), None),
    }
}
