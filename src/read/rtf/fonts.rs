//! The font table: what each font makes of bytes and characters.

use crate::read::word::symbols::Font;
use encoding_rs::Encoding;
use std::collections::BTreeMap;

/// One font.
#[derive(Debug, Clone, Copy)]
pub(super) struct FontEntry {
    pub font: Font,
    /// Encoding of bytes in this font; `None`: that of the document.
    pub encoding: Option<&'static Encoding>,
}

/// Fonts by number.
#[derive(Debug, Default)]
pub(super) struct Fonts {
    fonts: BTreeMap<i32, FontEntry>,
    number: i32,
    charset: Option<i32>,
    codepage: Option<i32>,
    name: Vec<u8>,
}

impl Fonts {
    pub(super) fn get(&self, number: i32) -> Option<FontEntry> {
        self.fonts.get(&number).copied()
    }

    /// A control word in the table.
    pub(super) fn word(&mut self, word: &str, number: Option<i32>) {
        match word {
            "f" => {
                self.end_entry();
                self.number = number.unwrap_or_default();
            }
            "fcharset" => self.charset = number,
            "cpg" => self.codepage = number,
            _ => {}
        }
    }

    /// Text of a name; a semicolon ends an entry.
    pub(super) fn text(&mut self, text: &[u8]) {
        for &byte in text {
            if byte == b';' {
                self.end_entry()
            } else if self.name.len() < 128 {
                self.name.push(byte)
            }
        }
    }

    fn end_entry(&mut self) {
        let name = std::mem::take(&mut self.name);
        let (charset, codepage) = (self.charset.take(), self.codepage.take());
        if name.is_empty() || self.fonts.len() > 10_000 {
            return;
        }
        let name = String::from_utf8_lossy(&name);
        let mut font = Font::named(name.trim());
        if charset == Some(2) && font == Font::Unicode {
            font = Font::Symbol;
        }
        let encoding = match font {
            // Bytes are letters of the font, whatever code page the table names.
            Font::Unicode => codepage
                .and_then(of_codepage)
                .or_else(|| charset.and_then(of_charset))
                .or_else(|| of_suffix(name.trim())),
            _ => Some(encoding_rs::WINDOWS_1252),
        };
        self.fonts.insert(self.number, FontEntry { font, encoding });
    }
}

/// The encoding of a Windows character set.
fn of_charset(charset: i32) -> Option<&'static Encoding> {
    Some(match charset {
        0 => encoding_rs::WINDOWS_1252,
        77 => encoding_rs::MACINTOSH,
        128 => encoding_rs::SHIFT_JIS,
        129 => encoding_rs::EUC_KR,
        134 => encoding_rs::GBK,
        136 => encoding_rs::BIG5,
        161 => encoding_rs::WINDOWS_1253,
        162 => encoding_rs::WINDOWS_1254,
        163 => encoding_rs::WINDOWS_1258,
        177 => encoding_rs::WINDOWS_1255,
        178 => encoding_rs::WINDOWS_1256,
        186 => encoding_rs::WINDOWS_1257,
        204 => encoding_rs::WINDOWS_1251,
        222 => encoding_rs::WINDOWS_874,
        238 => encoding_rs::WINDOWS_1250,
        _ => return None,
    })
}

/// The encoding that older programs told by the end of a font's name: *Arial (Vietnamese)*, *Arial CE*.
fn of_suffix(name: &str) -> Option<&'static Encoding> {
    let (_, suffix) = name.rsplit_once(' ')?;
    of_charset(match suffix {
        "(Vietnamese)" => 163,
        "(Hebrew)" => 177,
        "(Arabic)" => 178,
        "(Thai)" => 222,
        "Greek" => 161,
        "Tur" => 162,
        "Baltic" => 186,
        "Cyr" => 204,
        "CE" => 238,
        _ => return None,
    })
}

/// The encoding of a Windows code page.
pub(super) fn of_codepage(number: i32) -> Option<&'static Encoding> {
    Some(match number {
        874 => encoding_rs::WINDOWS_874,
        932 => encoding_rs::SHIFT_JIS,
        936 => encoding_rs::GBK,
        949 => encoding_rs::EUC_KR,
        950 => encoding_rs::BIG5,
        1250 => encoding_rs::WINDOWS_1250,
        1251 => encoding_rs::WINDOWS_1251,
        1252 | 437 | 850 | 819 => encoding_rs::WINDOWS_1252,
        1253 => encoding_rs::WINDOWS_1253,
        1254 => encoding_rs::WINDOWS_1254,
        1255 => encoding_rs::WINDOWS_1255,
        1256 => encoding_rs::WINDOWS_1256,
        1257 => encoding_rs::WINDOWS_1257,
        1258 => encoding_rs::WINDOWS_1258,
        10000 => encoding_rs::MACINTOSH,
        65001 => encoding_rs::UTF_8,
        _ => return None,
    })
}
