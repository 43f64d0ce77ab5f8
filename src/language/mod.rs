//! Vietnamese text: folding, tokens, numerals, encodings.

pub mod composed;
pub mod encoding;
pub mod fold;
pub mod gaps;
pub mod legacy;
pub mod letter;
pub mod numeral;
pub mod numeral_words;
pub mod survey;
pub mod syllable;
pub mod token;
