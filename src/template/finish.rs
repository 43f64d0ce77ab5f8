//! The last pass over an evaluated part: acts on the marks that the evaluator left, copies everything else.
//!
//! The rendered XML is not parsed. A mark that needs its surroundings (a new paragraph wants the properties of the
//! paragraph around) looks back over that paragraph only.

use super::context::{Around, blank_paragraph_needed, highlighted};
use super::expr::emit::{MARK, MARK_END};
use super::grid;
use super::render::Workspace;
use super::rich::{PAGE_BREAK, Rich, runs_xml};
use super::side::Side;

/// Properties around a tag, for values that stand in the place of their paragraph or run.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    /// `w:pPr` of the paragraph, or nothing.
    pub paragraph: String,
    /// `w:rPr` of the run, or nothing.
    pub run: String,
}

/// What the last pass of one part needs to know.
#[derive(Debug)]
pub struct Finisher<'a> {
    /// By tag.
    pub surroundings: &'a [Surroundings],
    /// Rich values of this rendering.
    pub rich: &'a [Rich],
    /// Pictures, links and new entries of this rendering.
    pub side: &'a mut Side,
    /// Tags whose value was missing.
    pub missing: Vec<usize>,
    out: String,
    watched: Vec<(usize, bool)>,
    region: Option<Region>,
}

#[derive(Debug)]
struct Region {
    is_block: bool,
    tag: usize,
    open: bool,
}

const DOTS: &str = "……";
const REOPEN_TEXT: &str = "<w:t xml:space=\"preserve\">";

impl<'a> Finisher<'a> {
    /// A pass over one part.
    #[must_use]
    pub fn new(surroundings: &'a [Surroundings], rich: &'a [Rich], side: &'a mut Side) -> Self {
        Self { surroundings, rich, side, missing: Vec::new(), out: String::new(), watched: Vec::new(), region: None }
    }

    /// Runs the pass.
    pub(super) fn run(&mut self, text: String, space: &mut Workspace) -> String {
        if !text.contains(MARK) {
            return text;
        }
        self.out = String::from_utf8(space.buffer()).unwrap_or_default();
        self.out.reserve(text.len() + 1024);
        let mut rest = text.as_str();
        while let Some((before, after)) = rest.split_once(MARK) {
            self.text(before);
            let (code, tail) = after.split_once(MARK_END).unwrap_or((after, ""));
            let kind = code.chars().next().unwrap_or(' ');
            let number = code.get(1..).and_then(|number| number.parse::<usize>().ok()).unwrap_or(0);
            self.act(kind, number);
            rest = tail;
        }
        self.text(rest);
        space.reuse(text.into_bytes());
        std::mem::take(&mut self.out)
    }

    fn text(&mut self, text: &str) {
        if !text.is_empty() {
            self.open_region();
            self.out.push_str(text);
        }
    }

    fn act(&mut self, kind: char, number: usize) {
        match kind {
            'p' | 'r' => self.region = Some(Region { is_block: kind == 'p', tag: number, open: false }),
            'q' | 's' => {
                self.close_region();
                self.region = None;
            }
            'I' => self.rich_value(number),
            't' => self.side.tag = Some(number),
            'M' => {
                self.missing.push(number);
                self.open_region();
                self.dots();
            }
            'N' | 'm' => self.missing.push(number),
            'a' => {
                self.open_region();
                self.break_paragraph("");
            }
            'f' => {
                self.open_region();
                self.break_paragraph(PAGE_BREAK);
            }
            'c' if blank_paragraph_needed(&self.out) => self.out.push_str("<w:p/>"),
            'd' => {
                let id = self.side.drawing_id();
                self.out.push_str(&id.to_string());
            }
            'G' => self.watched.push((self.out.len(), number == 1)),
            'H' => self.end_watched(),
            _ => {}
        }
    }

    fn surroundings(&self) -> Surroundings {
        self.region.as_ref().and_then(|region| self.surroundings.get(region.tag)).cloned().unwrap_or_default()
    }

    /// Text in the place of a paragraph or a run gets one around it.
    fn open_region(&mut self) {
        let around = self.surroundings();
        let Some(region) = self.region.as_mut().filter(|region| !region.open) else { return };
        region.open = true;
        if region.is_block {
            self.out.push_str("<w:p>");
            self.out.push_str(&around.paragraph);
        }
        self.out.push_str("<w:r>");
        self.out.push_str(&around.run);
        self.out.push_str(REOPEN_TEXT);
    }

    fn close_region(&mut self) {
        let Some(region) = self.region.as_mut().filter(|region| region.open) else { return };
        region.open = false;
        self.out.push_str(if region.is_block { "</w:t></w:r></w:p>" } else { "</w:t></w:r>" });
    }

    fn rich_value(&mut self, index: usize) {
        let Some(value) = self.rich.get(index) else { return };
        match value {
            Rich::Runs(_) | Rich::Image(_) => {
                let runs = self.inline_xml(value);
                match self.region.as_ref().map(|region| region.is_block) {
                    Some(false) => {
                        self.close_region();
                        self.push_runs(&runs);
                    }
                    _ => {
                        self.open_region();
                        let properties = Around::of(&self.out).run_properties();
                        self.out.push_str("</w:t></w:r>");
                        self.push_runs(&runs);
                        self.out.push_str("<w:r>");
                        self.out.push_str(&properties);
                        self.out.push_str(REOPEN_TEXT);
                    }
                }
            }
            Rich::Paragraphs(_) | Rich::Document(_) | Rich::Blocks(_) => {
                let blocks = super::subdoc::blocks_xml(value, self.side);
                if self.region.as_ref().is_some_and(|region| region.is_block) {
                    self.close_region();
                    if self.out.ends_with("</w:tbl>") && blocks.starts_with("<w:tbl>") {
                        // Two tables in a row would become one.
                        self.out.push_str("<w:p/>");
                    }
                    self.out.push_str(&blocks);
                } else {
                    self.open_region();
                    self.break_paragraph(&blocks);
                }
            }
        }
    }

    fn inline_xml(&mut self, value: &Rich) -> String {
        match value {
            Rich::Runs(runs) => runs_xml(runs, &mut |url| self.side.link(url)),
            Rich::Image(image) => format!("<w:r>{}</w:r>", self.side.picture(image)),
            _ => String::new(),
        }
    }

    /// Runs may hold marks of their own: a new paragraph or page inside a rich text.
    fn push_runs(&mut self, runs: &str) {
        let mut rest = runs;
        while let Some((before, after)) = rest.split_once(MARK) {
            self.out.push_str(before);
            let (code, tail) = after.split_once(MARK_END).unwrap_or((after, ""));
            self.break_paragraph(if code == "F" { PAGE_BREAK } else { "" });
            rest = tail;
        }
        self.out.push_str(rest);
    }

    /// Ends the paragraph here and begins another with the same properties; `between` stands between the two.
    fn break_paragraph(&mut self, between: &str) {
        let around = Around::of(&self.out);
        let (close, open) = (around.closing(), around.opening());
        self.out.push_str(&close);
        self.out.push_str(between);
        self.out.push_str(&open);
    }

    fn dots(&mut self) {
        let properties = Around::of(&self.out).run_properties();
        self.out.push_str("</w:t></w:r><w:r>");
        self.out.push_str(&highlighted(&properties));
        self.out.push_str("<w:t>");
        self.out.push_str(DOTS);
        self.out.push_str("</w:t></w:r><w:r>");
        self.out.push_str(&properties);
        self.out.push_str(REOPEN_TEXT);
    }

    /// A table without rows and a row without cells go; a table of varying width gets its columns right.
    fn end_watched(&mut self) {
        let Some((start, repair)) = self.watched.pop() else { return };
        let Some(element) = self.out.get(start..) else { return };
        let (is_row, is_table) = (element.starts_with("<w:tr"), element.starts_with("<w:tbl"));
        let emptied = (is_row && !element.contains("<w:tc")) || (is_table && !element.contains("<w:tr"));
        if emptied {
            self.out.truncate(start);
        } else if repair && is_table {
            let repaired = grid::repair(element);
            self.out.truncate(start);
            self.out.push_str(&repaired);
        }
    }
}
