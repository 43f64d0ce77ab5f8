//! Great events that drives are held in honour of (`base/lexicon/events.toml`).

use super::PackError;
use crate::language::fold::fold;
use jiff::civil::Date;
use serde::Deserialize;

/// Path of the data file in the pack.
const FILE: &str = "base/lexicon/events.toml";

/// An event with a day that all know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its name, as it is printed.
    pub name: String,
    /// Its name, folded.
    pub folded: String,
    /// Its last day.
    pub last: Date,
}

/// What is known of events.
#[derive(Debug, Clone, Default)]
pub struct Events {
    /// Words by which a title says that a drive is held in honour of something, folded.
    pub honours: Vec<String>,
    /// The events.
    pub all: Vec<Event>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    honours: Vec<String>,
    event: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    last: String,
}

pub(super) fn builtin() -> Result<Events, PackError> {
    let file: File = toml::from_str(include_str!("../../templates/base/lexicon/events.toml"))
        .map_err(|error| PackError::invalid(FILE, error))?;
    let event = |entry: Entry| {
        let last = Date::strptime("%d/%m/%Y", &entry.last).map_err(|error| PackError::invalid(FILE, error))?;
        Ok(Event { folded: fold(&entry.name), name: entry.name, last })
    };
    let all = file.event.into_iter().map(event).collect::<Result<_, _>>()?;
    Ok(Events { honours: file.honours.iter().map(|words| fold(words)).collect(), all })
}

impl Event {
    /// Where a folded text names the event, as whole words.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<usize> {
        let is_whole = |at: &usize| {
            let rest = text.get(at + self.folded.len()..).unwrap_or_default();
            !rest.starts_with(char::is_alphanumeric)
        };
        text.match_indices(&self.folded).map(|(at, _)| at).find(is_whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_found_by_its_whole_name() {
        let events = builtin().unwrap().all;
        let named = |text: &str| {
            let text = fold(text);
            events.iter().filter(|event| event.find(&text).is_some()).map(|event| event.last.year()).collect::<Vec<_>>()
        };
        assert_eq!(named("chào mừng cuộc bầu cử đại biểu Quốc hội khoá XV và bầu cử HĐND"), [2021]);
        assert_eq!(named("tiến đến Đại hội đại biểu phụ nữ toàn quốc lần thứ XIII, nhiệm kỳ 2022-2027"), [2022]);
        assert!(named("bầu cử đại biểu Quốc hội khóa XVII").is_empty());
    }
}
