//! Parsers that are not ours, behind a process border: a hang, a stack overflow or a panic costs one file.
//!
//! The program starts itself with [`WORD`] as its first argument, as a helper that takes files on standard input and gives
//! their parsed pages on standard output. Only the foreign parser runs there; what becomes of the pages is done here.

use super::pdf::glyphs::Page;
use super::pdf::pages;
use crate::guard::Limits;
use crate::guard::child::{self, ChildError};
use crate::guard::helper;
use crate::model::InputError;
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
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
    match ask(&Task::Pages { characters: limits.characters }, bytes, limits)? {
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
    match ask(&Task::Picture { page }, bytes, limits)? {
        Some(answer) => answer,
        None => pages::picture(bytes, page),
    }
    .map_err(|refusal| refusal.error(limits))
}

/// What a helper is asked to do with a file.
#[derive(Debug, Serialize, Deserialize)]
enum Task {
    Pages { characters: usize },
    Picture { page: usize },
}

type Answer<T> = Result<T, Refusal>;

/// Asks a helper; `None` where there is none to ask.
fn ask<T: for<'a> Deserialize<'a>>(
    task: &Task,
    bytes: &[u8],
    limits: &Limits,
) -> Result<Option<Answer<T>>, InputError> {
    let outside = &limits.outside;
    let Some(program) = &outside.helper else { return Ok(None) };
    let command = || {
        let mut command = Command::new(program);
        command.arg(WORD).arg(outside.memory.to_string());
        command
    };
    let task = postcard::to_stdvec(task).map_err(|_| given_up(ChildError::Fault))?;
    let answer = outside.helpers.ask(command, (&task, bytes), outside.bounds()).map_err(given_up)?;
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
    let memory = args.next().and_then(|arg| arg.parse::<u64>().ok()).unwrap_or(0);
    child::bound_memory(memory);
    let served = helper::serve(|task, bytes| {
        let answer = match postcard::from_bytes(task).ok()? {
            Task::Pages { characters } => postcard::to_stdvec(&pages::pages(&bytes, characters)),
            Task::Picture { page } => postcard::to_stdvec(&pages::picture(&bytes, page)),
        };
        answer.ok()
    });
    Some(if served.is_ok() { 0 } else { 1 })
}
