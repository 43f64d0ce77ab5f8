//! Sentences for findings and for inputs that could not be read, from the text catalogues.

use crate::model::{Finding, InputError};
use crate::pack::Texts;
use crate::template::DataError;

/// The sentences of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentences {
    /// What is the matter.
    pub message: String,
    /// Why that matters.
    pub reason: Option<String>,
    /// The rule that it rests on (*căn cứ*).
    pub basis: Option<String>,
    /// What to do.
    pub remedy: Option<String>,
}

/// A finding in words; a code without a sentence stands for itself, with the values of its slots.
#[must_use]
pub fn finding(texts: &Texts, finding: &Finding) -> Sentences {
    let args: Vec<(&str, &str)> = finding.args.iter().map(|(slot, value)| (*slot, value.as_str())).collect();
    let sentence = |part: &str| optional(texts, &format!("diagnostic.{}.{part}", finding.code), &args);
    let bare = || {
        let values: Vec<&str> = args.iter().map(|(_, value)| *value).collect();
        [finding.code, &values.join("; ")].join(" ").trim_end().to_owned()
    };
    // A code with several cases has a sentence for each; `what` names the case. A finding that another rule made and
    // that bears a code of its own here keeps the sentences of that rule.
    let case = finding.args.get("what");
    let own = |part: &str| case.and_then(|what| optional(texts, &format!("diagnostic.{what}.{part}"), &args));
    Sentences {
        message: case
            .and_then(|what| sentence(what))
            .or_else(|| own("message"))
            .or_else(|| sentence("message"))
            .unwrap_or_else(bare),
        reason: own("reason").or_else(|| sentence("reason")),
        basis: sentence("basis"),
        remedy: own("remedy").or_else(|| sentence("remedy")),
    }
}

/// Why an input could not be read and what to do, in one sentence without the file's name.
#[must_use]
pub fn input_error(texts: &Texts, error: &InputError) -> String {
    failure(texts, error.key(), &error.args())
}

/// Why data for a template could not be read, without the file's name.
#[must_use]
pub fn data_error(texts: &Texts, error: &DataError) -> String {
    match error {
        DataError::Form { line, column } => {
            texts.get("template.data-form", &[("line", &line.to_string()), ("column", &column.to_string())])
        }
        DataError::Input(error) => input_error(texts, error),
        DataError::Content(reason) => phrase(texts, reason),
    }
}

/// The sentence of an error that was kept as key and slots.
#[must_use]
pub fn failure(texts: &Texts, key: &str, args: &[(&'static str, String)]) -> String {
    let translated: Vec<(&str, String)> = args.iter().map(|(slot, value)| (*slot, phrase(texts, value))).collect();
    let slots: Vec<(&str, &str)> = translated.iter().map(|(slot, value)| (*slot, value.as_str())).collect();
    let sentence = texts.get(&format!("error.{key}"), &slots);
    match optional(texts, &format!("advice.{key}"), &slots) {
        Some(advice) => format!("{sentence}. {advice}"),
        None => sentence,
    }
}

/// Fixed words of errors and of the system (`a PDF`, `Permission denied (os error 13)`) in the reader's language;
/// other words stay. What stands between backquotes is a value: the catalogue has `{value}` at its place.
#[must_use]
pub fn phrase(texts: &Texts, words: &str) -> String {
    let parts: Vec<&str> = words.split('`').collect();
    let key: String = parts.iter().enumerate().map(|(at, part)| if at % 2 == 0 { part } else { "{value}" }).collect();
    let value = parts.get(1).copied().unwrap_or_default();
    optional(texts, &format!("phrase.{key}"), &[("value", value)]).unwrap_or_else(|| words.to_owned())
}

/// A file name as it may go to a terminal: without characters that act on one.
#[must_use]
pub fn shown(name: &str) -> String {
    name.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect()
}

fn optional(texts: &Texts, key: &str, args: &[(&str, &str)]) -> Option<String> {
    let sentence = texts.get(key, args);
    (sentence != key).then_some(sentence)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Severity;
    use crate::pack::Lang;

    #[test]
    fn an_error_names_reason_and_advice_in_the_readers_language() {
        let error = InputError::Unsupported { found: "a PDF" };
        let vi = input_error(&Texts::builtin(Lang::Vi), &error);
        assert!(vi.contains("tệp PDF") && vi.contains("DOCX"), "{vi}");
        let en = input_error(&Texts::builtin(Lang::En), &error);
        assert!(en.contains("a PDF") && en.contains("DOCX"), "{en}");
    }

    #[test]
    fn values_within_a_phrase_are_kept() {
        let error = InputError::Unsafe { reason: "part `word/document.xml` is there twice".to_owned() };
        let vi = input_error(&Texts::builtin(Lang::Vi), &error);
        assert!(vi.contains("có hai phần tên word/document.xml"), "{vi}");
    }

    #[test]
    fn a_code_without_a_sentence_is_not_lost() {
        let unknown = Finding::new("ZZ999", Severity::Info, None).with("value", "31/02");
        let sentences = finding(&Texts::builtin(Lang::Vi), &unknown);
        assert_eq!(sentences.message, "ZZ999 31/02");
        assert_eq!(sentences.remedy, None);
    }
}
