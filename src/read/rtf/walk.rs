//! The walk through the tokens: groups, destinations, and what words say of them.

mod text;

use super::fonts::{self, Fonts};
use super::lists::Lists;
use super::rows::RowDefinition;
use super::state::{Apart, Destination, Ending, Group};
use super::token::{Token, Tokens};
use super::words::{is_hidden, named_character};
use crate::guard::Limits;
use crate::model::{Block, InputError, Part};
use crate::read::word::fields::{self, Fields};
use crate::read::word::lists::Counters;
use crate::read::word::look::RunLook;
use crate::read::word::story::Story;
use encoding_rs::Encoding;
use std::collections::BTreeMap;

type Outcome = Result<(), InputError>;

/// Open groups at most.
const DEPTH: usize = 4_096;

/// Reads a file into blocks.
#[derive(Debug)]
pub(super) struct Walker<'l> {
    pub story: Story<'l>,
    groups: Vec<Group>,
    group: Group,
    fonts: Fonts,
    pub lists: Lists,
    counters: Counters,
    fields: Fields,
    field_codes: Vec<String>,
    outer_fields: Vec<Fields>,
    /// Encoding of bytes in fonts that name none.
    pub encoding: &'static Encoding,
    default_font: i32,
    /// Bytes of the open run, not yet decoded.
    bytes: Vec<u8>,
    /// Text of the open run.
    text: String,
    high_surrogate: Option<u32>,
    /// Characters to be passed over behind `\u`.
    passed: usize,
    list_text: String,
    /// Row definitions of the outer and of the nested table.
    rows: [RowDefinition; 2],
    nested: bool,
    starred: bool,
    /// A group was just opened: its first word says what it is.
    opened: bool,
    /// Levels of heading styles.
    outlines: BTreeMap<i32, u8>,
    style: (i32, Option<u8>, String),
    /// Stories that follow the body.
    pub notes: Vec<Vec<Block>>,
    pub endnotes: Vec<Vec<Block>>,
    pub comments: Vec<Vec<Block>>,
    pub furniture: Vec<Vec<Block>>,
    note: NoteKind,
    /// Blocks of the text boxes in the open paragraph.
    boxes: Vec<Block>,
    /// A text box is being read.
    in_box: bool,
    section_break: bool,
}

#[derive(Debug, Clone, Copy, Default)]
struct NoteKind {
    is_endnote: bool,
    numbered: bool,
}

impl<'l> Walker<'l> {
    pub(super) fn new(limits: &'l Limits) -> Self {
        Self {
            story: Story::new(limits),
            groups: Vec::new(),
            group: Group::default(),
            fonts: Fonts::default(),
            lists: Lists::default(),
            counters: Counters::default(),
            fields: Fields::default(),
            field_codes: Vec::new(),
            outer_fields: Vec::new(),
            encoding: encoding_rs::WINDOWS_1252,
            default_font: 0,
            bytes: Vec::new(),
            text: String::new(),
            high_surrogate: None,
            passed: 0,
            list_text: String::new(),
            rows: Default::default(),
            nested: false,
            starred: false,
            opened: false,
            outlines: BTreeMap::new(),
            style: (0, None, String::new()),
            notes: Vec::new(),
            endnotes: Vec::new(),
            comments: Vec::new(),
            furniture: Vec::new(),
            note: NoteKind::default(),
            boxes: Vec::new(),
            in_box: false,
            section_break: false,
        }
    }

    /// Walks the whole file.
    pub(super) fn walk(&mut self, bytes: &[u8]) -> Outcome {
        let mut tokens = Tokens::new(bytes);
        for token in tokens.by_ref() {
            self.token(token)?;
            if self.groups.is_empty() && token == Token::Close {
                break;
            }
        }
        self.flush();
        if self.groups.len() > 1 || (self.groups.len() == 1 && !self.story.line.is_blank()) {
            let offset = tokens.offset() as u64;
            return Err(InputError::Malformed { part: "RTF".to_owned(), offset, reason: "it is cut off".to_owned() });
        }
        if !self.story.line.is_blank() || !self.boxes.is_empty() {
            self.end_paragraph(false)?;
        }
        Ok(())
    }

    fn token(&mut self, token: Token) -> Outcome {
        if self.passed > 0 {
            match token {
                Token::Open | Token::Close => self.passed = 0,
                Token::Text(text) => {
                    let skipped = self.passed.min(text.len());
                    self.passed -= skipped;
                    return match text.get(skipped..) {
                        Some(rest) if !rest.is_empty() => self.token(Token::Text(rest)),
                        _ => Ok(()),
                    };
                }
                _ => {
                    self.passed -= 1;
                    return Ok(());
                }
            }
        }
        let opened = std::mem::replace(&mut self.opened, token == Token::Open);
        let starred = std::mem::take(&mut self.starred);
        match token {
            Token::Open => {
                if self.groups.len() >= DEPTH {
                    return Err(Limits::exceeded("nesting levels", DEPTH as u64));
                }
                self.flush();
                self.groups.push(self.group);
                self.group.ending = Ending::Nothing;
                Ok(())
            }
            Token::Close => self.close(),
            Token::Word(word, number) => {
                let is_first = opened || starred;
                if is_first && self.destination(word, starred)? {
                    return Ok(());
                }
                self.word(word, number)
            }
            Token::Symbol(b'*') if opened => {
                self.starred = true;
                Ok(())
            }
            Token::Symbol(symbol) => self.symbol(symbol),
            Token::Byte(byte) => {
                self.raw(&[byte]);
                Ok(())
            }
            Token::Text(text) => {
                self.raw(text);
                Ok(())
            }
            Token::Binary => Ok(()),
        }
    }

    fn close(&mut self) -> Outcome {
        self.flush();
        match self.group.ending {
            Ending::Nothing => {}
            Ending::Field => {
                self.field_codes.pop();
                let shown = self.fields.end().filter(|_| self.fields.show_text());
                if let Some(shown) = shown.filter(|_| self.group.destination == Destination::Text) {
                    self.story.line.push(&shown, RunLook::default());
                }
            }
            Ending::Story(apart) => self.end_story(apart)?,
            Ending::List(word) => self.lists.end(word),
            Ending::Style => self.end_style(),
            Ending::NestedRow => self.nested = false,
        }
        if let Some(outer) = self.groups.pop() {
            self.group = outer;
        }
        Ok(())
    }

    /// Takes the first word of a group for a destination; `false` when it is none.
    fn destination(&mut self, word: &str, starred: bool) -> Result<bool, InputError> {
        if self.group.destination == Destination::Skipped {
            if word == "ud" {
                self.group.destination = self.group.outer;
                return Ok(true);
            }
            return Ok(false);
        }
        if self.group.destination == Destination::Lists {
            return Ok(self.list_group(word));
        }
        let to = match word {
            "fonttbl" => Destination::Fonts,
            "stylesheet" => Destination::Styles,
            "listtable" | "listoverridetable" => Destination::Lists,
            "fldinst" => Destination::FieldCode,
            "listtext" | "pntext" => {
                self.list_text.clear();
                Destination::ListText
            }
            "field" => {
                self.group.ending = Ending::Field;
                self.fields.begin(None);
                self.field_codes.push(String::new());
                return Ok(true);
            }
            "fldrslt" => {
                self.group.destination = Destination::Text;
                self.fields.separate();
                if self.field_codes.last().is_some_and(|code| fields::is_silent(code)) {
                    self.group.destination = Destination::Skipped;
                }
                return Ok(true);
            }
            "header" | "headerl" | "headerr" | "headerf" => return self.begin_story(Apart::Header),
            "footer" | "footerl" | "footerr" | "footerf" => return self.begin_story(Apart::Footer),
            "footnote" => {
                self.note = NoteKind::default();
                return self.begin_story(Apart::Note);
            }
            "annotation" => return self.begin_story(Apart::Comment),
            "shptxt" | "dptxbxtext" => return self.begin_story(Apart::TextBox),
            "nesttableprops" => {
                self.nested = true;
                self.group.ending = Ending::NestedRow;
                return Ok(true);
            }
            "upr" => {
                self.group.outer = self.group.destination;
                Destination::Skipped
            }
            // Groups that begin with an ordinary word may be starred and still be text.
            "shpinst" | "do" | "ud" | "shp" | "shpgrp" | "result" | "rtf" | "cs" | "ts" => return Ok(false),
            "s" if self.group.destination == Destination::Styles => return Ok(false),
            _ if is_hidden(word) || starred => Destination::Skipped,
            _ => {
                if self.group.destination == Destination::Styles {
                    self.group.ending = Ending::Style;
                }
                return Ok(false);
            }
        };
        self.group.destination = to;
        Ok(true)
    }

    /// A group within the list tables.
    fn list_group(&mut self, word: &str) -> bool {
        let known = ["list", "listlevel", "leveltext", "listoverride", "lfolevel"];
        let Some(known) = known.into_iter().find(|known| *known == word) else {
            if matches!(word, "levelnumbers" | "listname" | "liststylename" | "listpicture") {
                self.group.destination = Destination::Skipped;
                return true;
            }
            return false;
        };
        self.group.ending = Ending::List(known);
        if known == "leveltext" {
            self.group.destination = Destination::LevelText;
        }
        self.lists.word(word, None, &self.fonts);
        true
    }

    fn word(&mut self, word: &str, number: Option<i32>) -> Outcome {
        match self.group.destination {
            Destination::Skipped => return Ok(()),
            Destination::Fonts => {
                self.fonts.word(word, number);
                return Ok(());
            }
            Destination::Lists => {
                self.lists.word(word, number, &self.fonts);
                return Ok(());
            }
            Destination::Styles => {
                self.style_word(word, number);
                return Ok(());
            }
            _ => {}
        }
        if self.run_word(word, number) || self.paragraph_word(word, number) || self.row_word(word, number) {
            return Ok(());
        }
        match word {
            "u" => self.unicode(number.unwrap_or_default()),
            "uc" => self.group.fallback = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(16),
            "ansicpg" => self.encoding = number.and_then(fonts::of_codepage).unwrap_or(self.encoding),
            "mac" => self.encoding = encoding_rs::MACINTOSH,
            "deff" => {
                self.default_font = number.unwrap_or_default();
                self.group.run.font = self.default_font;
            }
            "par" => self.end_paragraph(true)?,
            "sect" => {
                self.end_paragraph(true)?;
                self.section_break = self.story.part == Part::Body;
                self.story.page_break |= self.section_break;
            }
            "sbknone" | "sbkcol" if self.section_break => self.story.page_break = false,
            "page" => {
                self.flush();
                if self.is_seen() {
                    self.story.break_page();
                }
            }
            "cell" => self.end_cell(1)?,
            "nestcell" => self.end_cell(2)?,
            "row" => self.end_row(1),
            "nestrow" => self.end_row(2),
            "ftnalt" => self.note.is_endnote = true,
            "chftn" => self.note.numbered = true,
            _ => {
                if let Some(c) = named_character(word) {
                    self.push_char(c);
                }
            }
        }
        Ok(())
    }

    fn run_word(&mut self, word: &str, number: Option<i32>) -> bool {
        let on = number != Some(0);
        let mut run = self.group.run;
        match word {
            "f" => run.font = number.unwrap_or_default(),
            "plain" => {
                run = super::state::Run { font: self.default_font, deleted: run.deleted, ..Default::default() };
            }
            "b" => run.toggles.bold = on,
            "i" => run.toggles.italic = on,
            "caps" => run.toggles.capitals = on,
            "v" => run.toggles.hidden = on,
            "deleted" => run.deleted = on,
            _ => return false,
        }
        if run != self.group.run {
            self.flush();
            self.group.run = run;
        }
        true
    }

    fn paragraph_word(&mut self, word: &str, number: Option<i32>) -> bool {
        let paragraph = &mut self.group.paragraph;
        let value = number.unwrap_or_default();
        match word {
            "pard" => *paragraph = Default::default(),
            "intbl" => paragraph.in_table = true,
            "itap" => paragraph.depth = usize::try_from(value).ok(),
            "ls" => paragraph.list = Some(i64::from(value)),
            "ilvl" => paragraph.level = u8::try_from(value).unwrap_or_default().min(8),
            "s" => {
                paragraph.style = value;
                paragraph.outline = paragraph.outline.or_else(|| self.outlines.get(&value).copied());
            }
            "outlinelevel" => paragraph.outline = u8::try_from(value).ok().filter(|level| *level < 9),
            "qc" => paragraph.centred = true,
            "ql" | "qr" | "qj" | "qd" => paragraph.centred = false,
            "pagebb" => paragraph.page_break_before = number != Some(0),
            _ => return false,
        }
        true
    }

    fn row_word(&mut self, word: &str, number: Option<i32>) -> bool {
        let [outer, nested] = &mut self.rows;
        let row = if self.nested { nested } else { outer };
        row.word(word, number.unwrap_or_default())
    }

    fn symbol(&mut self, symbol: u8) -> Outcome {
        match symbol {
            b'~' => self.push_char('\u{A0}'),
            // Cleaned away at the end, but a letter of TCVN3 before.
            b'-' => self.push_char('\u{AD}'),
            b'_' => self.push_char('-'),
            b'\\' | b'{' | b'}' => self.raw(&[symbol]),
            b'\n' if self.group.destination == Destination::Text => self.end_paragraph(true)?,
            _ => {}
        }
        Ok(())
    }

    fn style_word(&mut self, word: &str, number: Option<i32>) {
        match word {
            "s" => {
                self.style = (number.unwrap_or_default(), None, String::new());
                self.group.ending = Ending::Style;
            }
            "outlinelevel" => {
                self.style.1 = number.and_then(|level| u8::try_from(level).ok()).filter(|level| *level < 9)
            }
            _ => {}
        }
    }

    fn end_style(&mut self) {
        let (number, outline, name) = std::mem::take(&mut self.style);
        let digit = name.trim_end_matches(';').trim().to_ascii_lowercase();
        let by_name = digit.strip_prefix("heading ").and_then(|level| level.parse::<u8>().ok());
        let by_name = by_name.filter(|level| (1..=9).contains(level)).map(|level| level - 1);
        if let Some(level) = outline.or(by_name).filter(|_| self.outlines.len() < 10_000) {
            self.outlines.insert(number, level);
        }
    }
}
