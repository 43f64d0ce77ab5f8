//! What the tokenizer's tokens mean for the text.

use super::fonts::Fonts;
use super::lists::List;
use super::settled;
use super::tables::Table;
use crate::guard::Limits;
use crate::language::legacy;
use crate::model::{Block, BlockKind, InputError};
use crate::read::gaps::{Gap, Gaps};
use crate::read::word::symbols::Font;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};
use std::cell::RefCell;

/// Gathers blocks from tokens.
pub struct Sink {
    state: RefCell<State>,
}

impl Sink {
    pub fn new(limits: &Limits) -> Self {
        let state = State {
            blocks: Vec::new(),
            text: String::new(),
            fonts: Fonts::default(),
            runs: Vec::new(),
            gaps: Gaps::new(),
            lists: Vec::new(),
            label: None,
            tables: Vec::new(),
            next_table: 0,
            heading: None,
            verbatim: 0,
            hidden: None,
            cells: 0,
            characters: 0,
            limits: limits.clone(),
            fault: None,
        };
        Self { state: RefCell::new(state) }
    }

    /// The blocks with what was noticed about them, or the limit that was exceeded.
    pub fn into_blocks(self) -> Result<(Vec<Block>, Gaps), InputError> {
        let mut state = self.state.into_inner();
        state.flush();
        state.fault.map_or(Ok((state.blocks, state.gaps)), Err)
    }
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.state.borrow_mut();
        match token {
            Token::CharacterTokens(text) => state.characters(&text),
            Token::TagToken(tag) => return state.tag(&tag),
            Token::DoctypeToken(_)
            | Token::CommentToken(_)
            | Token::NullCharacterToken
            | Token::EOFToken
            | Token::ParseError(_) => {}
        }
        TokenSinkResult::Continue
    }
}

struct State {
    blocks: Vec<Block>,
    /// Text of the block that is being built; a line break is `\n`.
    text: String,
    fonts: Fonts,
    /// Where in `text` the font changes.
    runs: Vec<(usize, Font)>,
    gaps: Gaps,
    lists: Vec<List>,
    /// Label of a list entry that has no text yet.
    label: Option<Option<String>>,
    tables: Vec<Table>,
    next_table: u32,
    heading: Option<u8>,
    /// Depth of `<pre>`.
    verbatim: usize,
    /// The element whose content is not shown, and how many of its name are open in it.
    hidden: Option<(String, usize)>,
    cells: usize,
    characters: usize,
    limits: Limits,
    fault: Option<InputError>,
}

impl State {
    fn characters(&mut self, text: &str) {
        if self.hidden.as_ref().is_some_and(|(name, _)| name == "style") {
            self.fonts.sheet(text);
        }
        if self.hidden.is_some() || self.fault.is_some() {
            return;
        }
        let font = self.fonts.current();
        if self.runs.last().map_or(Font::Unicode, |(_, font)| *font) != font {
            self.runs.push((self.text.len(), font));
        }
        if self.verbatim > 0 {
            self.text.push_str(text);
            return;
        }
        for c in text.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0C') {
                if !self.text.ends_with([' ', '\n']) && !self.text.is_empty() {
                    self.text.push(' ');
                }
            } else {
                self.text.push(c);
            }
        }
    }

    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name = tag.name.as_ref();
        let start = tag.kind == TagKind::StartTag;
        if let Some((hidden, depth)) = &mut self.hidden {
            let ended = if name == hidden.as_str() {
                if start {
                    *depth += 1
                } else {
                    *depth -= 1
                }
                *depth == 0 || (start && closes_itself(hidden))
            } else {
                is_block(name) && closes_itself(hidden) && (start || name != "p")
            };
            if !ended {
                return if start { raw(name) } else { TokenSinkResult::Continue };
            }
            if self.hidden.take().is_some_and(|(name, _)| name == "style") {
                self.fonts.end_sheet();
            }
            if !start {
                return TokenSinkResult::Continue;
            }
        }
        if start && !is_void(name) && is_hidden(tag) {
            if is_block(name) {
                self.flush();
            }
            self.hidden = Some((name.to_owned(), 1));
            return raw(name);
        }
        if is_block(name) {
            self.flush();
        }
        if start {
            if !is_void(name) {
                self.fonts.begin(name, |key| attribute(tag, key), closes_itself(name));
            }
            self.opened(name, tag)
        } else {
            self.fonts.end(name);
            self.closed(name)
        }
        if start { raw(name) } else { TokenSinkResult::Continue }
    }

    fn opened(&mut self, name: &str, tag: &Tag) {
        match name {
            "br" => self.text.push('\n'),
            "ul" | "ol" | "menu" => {
                let depth = self.lists.len();
                self.nest(depth);
                let attribute = |key| attribute(tag, key);
                let list = List::new(name == "ol", depth, attribute("type"), attribute("style"), attribute("start"));
                self.lists.push(list);
            }
            "li" => {
                let label = self.lists.last_mut().and_then(|list| list.label(attribute(tag, "value")));
                self.label = Some(label);
            }
            "table" => {
                let depth = self.tables.len();
                self.nest(depth);
                self.tables.push(Table::new(self.next_table, depth as u32));
                self.next_table += 1;
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.row();
                }
            }
            "td" | "th" => {
                if let Some(table) = self.tables.last_mut() {
                    table.cell(attribute(tag, "colspan"), attribute(tag, "rowspan"));
                    self.cells += 1;
                    if self.cells > self.limits.cells {
                        self.fail("table cells", self.limits.cells);
                    }
                }
            }
            "pre" | "xmp" | "listing" => self.verbatim += 1,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading = name.as_bytes().get(1).map(|b| b - b'1'),
            _ => {}
        }
    }

    fn closed(&mut self, name: &str) {
        match name {
            "ul" | "ol" | "menu" => {
                self.lists.pop();
                self.label = None;
            }
            "li" => self.label = None,
            "table" => {
                self.tables.pop();
            }
            "tr" | "td" | "th" => {
                if let Some(table) = self.tables.last_mut() {
                    table.cell = None;
                }
            }
            "pre" | "xmp" | "listing" => self.verbatim = self.verbatim.saturating_sub(1),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading = None,
            _ => {}
        }
    }

    /// Ends the block that is being built.
    fn flush(&mut self) {
        if self.text.is_empty() || self.fault.is_some() {
            self.text.clear();
            self.runs.clear();
            return;
        }
        let text = settled(&self.decoded());
        self.text.clear();
        self.runs.clear();
        if text.is_empty() {
            return;
        }
        self.characters += text.chars().count();
        if self.characters > self.limits.characters {
            self.fail("characters", self.limits.characters);
            return;
        }
        let mut block = Block::paragraph(self.blocks.len() as u32, text);
        if let Some(label) = self.label.take() {
            block.hints.list_level = Some(self.lists.len().saturating_sub(1).min(255) as u8);
            block.kind = if label.is_some() { BlockKind::ListItem } else { BlockKind::Paragraph };
            block.label = label;
        }
        if let Some(level) = self.heading {
            block.kind = BlockKind::Heading;
            block.hints.outline_level = Some(level);
        }
        if let Some(cell) = self.tables.iter().rev().find_map(|table| table.cell) {
            block.kind = BlockKind::TableCell;
            block.cell = Some(cell);
        }
        self.blocks.push(block);
    }

    /// The text of the block, runs of fonts from before Unicode decoded.
    fn decoded(&mut self) -> String {
        let mut out = String::with_capacity(self.text.len());
        let ends = self.runs.iter().skip(1).map(|(at, _)| *at).chain([self.text.len()]);
        let first = self.runs.first().map_or(self.text.len(), |(at, _)| *at);
        out.push_str(self.text.get(..first).unwrap_or_default());
        for ((start, font), end) in self.runs.iter().zip(ends) {
            let run = self.text.get(*start..end).unwrap_or_default();
            let Font::Legacy { encoding, capitals } = *font else {
                out.push_str(run);
                continue;
            };
            let text = legacy::decode(run, encoding);
            if text.as_ref().is_some_and(|text| text != run) {
                self.gaps.push((self.blocks.len() as u32, Gap::Decoded(encoding)));
            }
            match text {
                Some(text) if capitals => out.push_str(&text.to_uppercase()),
                text => out.push_str(text.as_deref().unwrap_or(run)),
            }
        }
        out
    }

    fn nest(&mut self, depth: usize) {
        if depth >= self.limits.depth {
            self.fail("nesting levels", self.limits.depth);
        }
    }

    fn fail(&mut self, what: &'static str, limit: usize) {
        self.fault.get_or_insert(InputError::TooLarge { what, limit: limit as u64 });
    }
}

fn attribute<'t>(tag: &'t Tag, key: &str) -> Option<&'t str> {
    tag.attrs.iter().find(|a| &*a.name.local == key).map(|a| &*a.value)
}

/// Tells the tokenizer which elements hold no markup.
fn raw(name: &str) -> TokenSinkResult<()> {
    match name {
        "script" => TokenSinkResult::RawData(RawKind::ScriptData),
        "style" | "iframe" | "noembed" | "noframes" | "xmp" => TokenSinkResult::RawData(RawKind::Rawtext),
        "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
        _ => TokenSinkResult::Continue,
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "option"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "xmp"
    )
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements whose end tag may be left out: the next block ends them.
fn closes_itself(name: &str) -> bool {
    matches!(name, "p" | "li" | "td" | "th" | "tr" | "dt" | "dd" | "option")
}

fn is_hidden(tag: &Tag) -> bool {
    let never_shown = matches!(
        tag.name.as_ref(),
        "script"
            | "style"
            | "title"
            | "template"
            | "noscript"
            | "iframe"
            | "noembed"
            | "noframes"
            | "object"
            | "svg"
            | "del"
            | "textarea"
            | "select"
            | "datalist"
    );
    never_shown
        || tag.attrs.iter().any(|attribute| match &*attribute.name.local {
            "hidden" => true,
            "style" => {
                let style: String = attribute.value.chars().filter(|c| !c.is_whitespace()).collect();
                let style = style.to_ascii_lowercase();
                ["display:none", "visibility:hidden", "mso-hide:all"].iter().any(|hidden| style.contains(hidden))
            }
            _ => false,
        })
}
