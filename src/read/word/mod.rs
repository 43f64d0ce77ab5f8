//! What the formats of Word have in common: the text of a paragraph, fields, list labels, signs of symbol fonts.

pub(in crate::read) mod fields;
pub(in crate::read) mod line;
pub(in crate::read) mod lists;
pub(in crate::read) mod look;
pub(in crate::read) mod ordinal;
pub(in crate::read) mod origin;
pub(in crate::read) mod rows;
pub(in crate::read) mod story;
pub(in crate::read) mod symbols;
