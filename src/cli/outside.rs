//! Programs at hand: this one again for foreign formats, `tesseract` for pictures.

use super::console::Console;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;
use thidua::guard::child::{self, Outside};

/// The program that recognises text, as it is called.
const OCR: &str = "tesseract";
/// The language that it has to know.
const LANGUAGE: &str = "vie";

/// What may run outside of this process; `None`, after a word to the user, when text is to be recognised and the program
/// for it is missing.
pub fn programs(ocr: bool, console: &Console) -> Option<Outside> {
    let outside = Outside { helper: std::env::current_exe().ok(), ..Outside::default() };
    if !ocr {
        return Some(outside);
    }
    let listed = child::run(Command::new(OCR).arg("--list-langs"), b"", Duration::from_secs(20), 1 << 20);
    let knows = |answer: Vec<u8>| String::from_utf8_lossy(&answer).lines().any(|line| line.trim() == LANGUAGE);
    match listed {
        Ok(answer) if knows(answer.clone()) => Some(Outside { ocr: Some(PathBuf::from(OCR)), ..outside }),
        Ok(_) => {
            console.error("ocr.no-language", &[("program", OCR), ("language", LANGUAGE)]);
            None
        }
        Err(_) => {
            console.error("ocr.no-program", &[("program", OCR)]);
            None
        }
    }
}
