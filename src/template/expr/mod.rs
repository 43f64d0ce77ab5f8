//! Expressions of template tags: Jinja's syntax in, Tera's syntax out.
//!
//! A clerk writes what the docxtpl documentation shows; [`parse`] reads it, [`emit`] writes it down in the words that
//! Tera knows, and [`names`] lists the variables that it needs.

pub mod ast;
pub mod emit;
mod lex;
pub mod names;
mod parse;
pub mod words;

pub use ast::{Args, Expr, ExprKind};
pub use emit::Missing;
pub(super) use lex::quoted_len;
pub use parse::{Parser, SyntaxError};

/// `true` for any mark that opens a text.
#[must_use]
pub fn is_quote(mark: char) -> bool {
    lex::is_double_quote(mark) || lex::is_single_quote(mark)
}
