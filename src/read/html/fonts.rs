//! Fonts of a page, as far as they say how its letters are encoded: `face`, `style`, and the rules of style sheets.

use crate::language::legacy;
use crate::read::word::symbols::Font;

/// Bytes of style sheets that are read.
const SHEETS: usize = 256 * 1024;
/// Elements that are kept in mind at the same time.
const OPEN: usize = 1_024;

/// The fonts that hold at a place.
#[derive(Debug, Default)]
pub struct Fonts {
    rules: Vec<Rule>,
    open: Vec<Open>,
    sheet: String,
}

/// `p.MsoNormal { font-family: .VnTime }`.
#[derive(Debug)]
struct Rule {
    tag: String,
    class: String,
    font: Font,
}

/// An open element that sets a font.
#[derive(Debug)]
struct Open {
    tag: String,
    font: Font,
    /// Elements of its name that are open in it.
    nested: usize,
}

impl Fonts {
    /// The font that holds now.
    pub fn current(&self) -> Font {
        self.open.last().map(|open| open.font).unwrap_or_default()
    }

    /// An element begins; `attribute` gives the values of its attributes, `ends_itself` is true for one whose end tag may
    /// be left out.
    pub fn begin<'t>(&mut self, tag: &str, attribute: impl Fn(&str) -> Option<&'t str>, ends_itself: bool) {
        if ends_itself && let Some(at) = self.open.iter().rposition(|open| open.tag == tag) {
            self.open.truncate(at);
        }
        let own = attribute("style").and_then(of_declarations).or_else(|| attribute("face").map(of_list));
        let class = attribute("class").unwrap_or_default();
        match own.or_else(|| self.by_rule(tag, class)).filter(|_| self.open.len() < OPEN) {
            Some(font) => self.open.push(Open { tag: tag.to_owned(), font, nested: 0 }),
            None => {
                if let Some(open) = self.open.iter_mut().rfind(|open| open.tag == tag) {
                    open.nested += 1;
                }
            }
        }
    }

    /// An element ends.
    pub fn end(&mut self, tag: &str) {
        let Some(at) = self.open.iter().rposition(|open| open.tag == tag) else { return };
        match self.open.get_mut(at) {
            Some(open) if open.nested > 0 => open.nested -= 1,
            _ => self.open.truncate(at),
        }
    }

    fn by_rule(&self, tag: &str, class: &str) -> Option<Font> {
        let fits = |rule: &&Rule| {
            (rule.tag.is_empty() || rule.tag == tag)
                && (rule.class.is_empty()
                    || class.split_ascii_whitespace().any(|class| class.eq_ignore_ascii_case(&rule.class)))
        };
        let named = self.rules.iter().rev().filter(fits).find(|rule| !rule.class.is_empty());
        named.or_else(|| self.rules.iter().rev().find(fits)).map(|rule| rule.font)
    }

    /// Takes in text of a style sheet.
    pub fn sheet(&mut self, text: &str) {
        if self.sheet.len() + text.len() <= SHEETS {
            self.sheet.push_str(text);
        }
    }

    /// A style sheet ends.
    pub fn end_sheet(&mut self) {
        let sheet = std::mem::take(&mut self.sheet);
        for rule in sheet.split('}') {
            let Some((selectors, declarations)) = rule.rsplit_once('{') else { continue };
            let Some(font) = of_declarations(declarations) else { continue };
            for selector in selectors.rsplit("*/").next().unwrap_or(selectors).split(',') {
                let (tag, class) = selector.trim().split_once('.').unwrap_or((selector.trim(), ""));
                let is_plain = |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
                if is_plain(tag) && is_plain(class) && (!tag.is_empty() || !class.is_empty()) {
                    self.rules.push(Rule { tag: tag.to_ascii_lowercase(), class: class.to_owned(), font });
                }
            }
        }
    }
}

/// The font that `name: value; …` set.
fn of_declarations(declarations: &str) -> Option<Font> {
    let value = |declaration: &'_ str| {
        let (name, value) = declaration.split_once(':')?;
        name.trim().eq_ignore_ascii_case("font-family").then(|| of_list(value))
    };
    declarations.split(';').rev().find_map(value)
}

/// The font of a list of names, of which the first is the one that was meant.
fn of_list(names: &str) -> Font {
    let first = names.split(',').next().unwrap_or_default();
    Font::named(first.trim().trim_matches(['"', '\'']).trim())
}

/// Whether a page names a font from before Unicode anywhere in its markup.
pub fn are_named(markup: &str) -> bool {
    let lower = markup.to_ascii_lowercase();
    ["face=", "font-family:"].iter().any(|mark| {
        lower.match_indices(mark).any(|(at, mark)| {
            let list = lower.get(at + mark.len()..).unwrap_or_default();
            let name = list.trim_start_matches([' ', '"', '\'', '\n', '\r', '\t']);
            let name = name.split(['"', '\'', ',', ';', '>', '}', '<']).next().unwrap_or_default();
            legacy::of_font(name).is_some()
        })
    })
}
