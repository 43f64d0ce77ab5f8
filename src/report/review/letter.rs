//! What a letter to a unit says about a finding.

use super::super::View;
use crate::compose::supplement::Wording;
use crate::model::{CheckReport, Noted};

/// The words of one line; without a finding, why the paper could not be read. `view` speaks Vietnamese, as letters do.
#[must_use]
pub fn wording(report: &CheckReport, noted: Option<&Noted>, view: &View) -> Wording {
    let Some(noted) = noted else {
        let message = view.failed(report).unwrap_or_default();
        return Wording { message, place: String::new(), remedy: Some(view.text("supplement.send-again")) };
    };
    let words = view.sentences(&noted.finding);
    let quote = noted.quote.as_deref().filter(|quote| !quote.is_empty() && quote.chars().count() <= LONGEST_QUOTE);
    let message = match quote {
        // Many sentences bring the words themselves.
        Some(quote) if !words.message.contains(quote) => {
            let message = words.message.trim_end_matches('.');
            view.texts.get("supplement.quoted", &[("message", message), ("quotation", quote)])
        }
        _ => words.message,
    };
    let place = noted.place.as_ref().map(|place| view.place_of(place)).unwrap_or_default();
    Wording { message, place: capitalised(&place), remedy: words.remedy }
}

/// Longest quotation of a letter, in characters.
const LONGEST_QUOTE: usize = 120;

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
