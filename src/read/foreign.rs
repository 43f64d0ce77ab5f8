//! Parsers that are not ours, behind a process border: a hang, a stack overflow or a panic costs one file.
//!
//! The program starts itself with [`WORD`] as its first argument, gives the file on standard input, and takes the parsed
//! pages from standard output. Only the foreign parser runs there; what becomes of the pages is done here.

use super::pdf::glyphs::Page;
use super::pdf::pages;
use crate::guard::Limits;
use crate::guard::child::{self, ChildError};
use crate::model::InputError;
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::io::{Read as _, Write as _};
use std::process::Command;

/// First argument of a helper process.
pub const WORD: &str = "@read";

/// A page drawn in shades of grey.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Picture {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// One byte a pixel, from the top left, 0 is black.
    pub grey: Vec<u8>,
}

/// What a parser says against a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// Password-protected.
    Encrypted,
    /// Not well-formed.
    Damaged(String),
    /// No pages.
    Empty,
    /// More characters than may be read.
    TooLarge,
}

impl Refusal {
    fn error(self, limits: &Limits) -> InputError {
        match self {
            Self::Encrypted => InputError::Encrypted,
            Self::Damaged(reason) => InputError::Malformed { part: "PDF".into(), offset: 0, reason },
            Self::Empty => InputError::Empty,
            Self::TooLarge => Limits::exceeded("characters", limits.characters as u64),
        }
    }
}

/// The pages of a PDF.
///
/// # Errors
/// What the file is refused for, or [`InputError::Outside`] when its parser gave up.
pub fn pdf_pages(bytes: &[u8], limits: &Limits) -> Result<Vec<Page>, InputError> {
    match ask(&["pages", &limits.characters.to_string()], bytes, limits)? {
        Some(answer) => answer,
        None => pages::pages(bytes, limits.characters),
    }
    .map_err(|refusal| refusal.error(limits))
}

/// A page of a PDF as a picture; pages count from 0.
///
/// # Errors
/// As [`pdf_pages`].
pub fn pdf_picture(bytes: &[u8], page: usize, limits: &Limits) -> Result<Picture, InputError> {
    match ask(&["picture", &page.to_string()], bytes, limits)? {
        Some(answer) => answer,
        None => pages::picture(bytes, page),
    }
    .map_err(|refusal| refusal.error(limits))
}

type Answer<T> = Result<T, Refusal>;

/// Asks a helper; `None` where there is none to ask.
fn ask<T: for<'a> Deserialize<'a>>(
    task: &[&str],
    bytes: &[u8],
    limits: &Limits,
) -> Result<Option<Answer<T>>, InputError> {
    let outside = &limits.outside;
    let Some(helper) = &outside.helper else { return Ok(None) };
    let mut command = Command::new(helper);
    command.arg(WORD).arg(outside.memory.to_string()).args(task);
    let answer = child::run(&mut command, bytes, outside.patience, outside.answer).map_err(given_up)?;
    postcard::from_bytes(&answer).map(Some).map_err(|_| given_up(ChildError::Fault))
}

pub(super) fn given_up(error: ChildError) -> InputError {
    InputError::Outside { reason: error.to_string() }
}

/// Serves as a helper when the arguments ask for it; `None` when they do not. The value is the exit code.
#[must_use]
pub fn serve(args: &[OsString]) -> Option<u8> {
    let mut args = args.iter().skip(1).map(|arg| arg.to_string_lossy());
    if args.next()? != WORD {
        return None;
    }
    let number = |arg: Option<std::borrow::Cow<'_, str>>| arg.and_then(|arg| arg.parse::<u64>().ok()).unwrap_or(0);
    child::bound_memory(number(args.next()));
    let task = args.next().unwrap_or_default();
    let value = number(args.next()) as usize;
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().read_to_end(&mut bytes);
    let answer = read.ok().and_then(|_| match &*task {
        "pages" => postcard::to_stdvec(&pages::pages(&bytes, value)).ok(),
        "picture" => postcard::to_stdvec(&pages::picture(&bytes, value)).ok(),
        _ => None,
    });
    let written = answer.and_then(|answer| std::io::stdout().lock().write_all(&answer).ok());
    Some(if written.is_some() { 0 } else { 1 })
}
