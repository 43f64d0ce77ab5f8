//! One model of findings for every renderer.

use super::Span;
use serde::{Serialize, Serializer};

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Needs a look.
    Warning,
    /// Wrong.
    Error,
}

/// Something that a careful reader would notice. Its sentences live in the text catalogues under
/// `diagnostic.<code>.message`, `.reason`, `.basis` and `.remedy`; `args` fill their slots.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Stable code, e.g. `TD101`, `BC13`, `TT07`; never reused.
    pub code: &'static str,
    /// How grave.
    pub severity: Severity,
    /// The place; `None` when the finding is about the whole document.
    pub span: Option<Span>,
    /// Other places that belong to it (the second of two contradicting values, say).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Span>,
    /// Places in other files that belong to it (the report that a passage was copied from, a row of a list).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub elsewhere: Vec<Elsewhere>,
    /// Values for the slots of the sentences.
    pub args: Args,
    /// What a machine may do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
    /// The program could not judge: a person has to look (*cần người xem*). Never with [`Severity::Error`].
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub review: bool,
}

/// Values by slot, sorted by slot: a batch holds thousands of findings with one or two of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Args(Vec<(&'static str, String)>);

impl Args {
    /// Puts a value into a slot, in the place of the one that it had.
    pub fn insert(&mut self, slot: &'static str, value: String) {
        match self.0.binary_search_by_key(&slot, |(slot, _)| *slot) {
            Ok(at) => {
                if let Some((_, old)) = self.0.get_mut(at) {
                    *old = value;
                }
            }
            Err(at) => {
                self.0.reserve_exact(1);
                self.0.insert(at, (slot, value));
            }
        }
    }

    /// The value in a slot.
    #[must_use]
    pub fn get(&self, slot: &str) -> Option<&String> {
        self.iter().find_map(|(name, value)| (*name == slot).then_some(value))
    }

    /// Slots with their values, in the order of the slots.
    pub fn iter(&self) -> impl Iterator<Item = (&&'static str, &String)> {
        self.0.iter().map(|(slot, value)| (slot, value))
    }
}

impl std::ops::Index<&str> for Args {
    type Output = String;

    /// The value in a slot; an empty one where there is none.
    fn index(&self, slot: &str) -> &String {
        static NONE: String = String::new();
        self.get(slot).unwrap_or(&NONE)
    }
}

impl Serialize for Args {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

/// A place in another file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Elsewhere {
    /// The file, as the user named it.
    pub path: String,
    /// The place; `None` for the whole file.
    pub span: Option<Span>,
    /// Words at the place (of a table of data: the row in words), possibly shortened.
    pub quote: String,
}

/// A safe correction: it changes form, never what the document says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Fix {
    /// Put other characters in the place of those of a span; an empty span inserts.
    Replace {
        /// What is replaced; lies in one block.
        span: Span,
        /// What stands there instead.
        with: String,
    },
    /// Take a whole paragraph out (a stray field word, a pasted repetition).
    RemoveBlock {
        /// The block.
        block: u32,
    },
    /// Change the look.
    Layout {
        /// The blocks that change; empty for the whole document.
        blocks: Vec<u32>,
        /// How.
        look: Look,
    },
}

/// A change of look that NĐ 30/2020, Phụ lục I allows to be made by machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "look")]
pub enum Look {
    /// Page margins in twips (1/1440 inch); a side that is already right is `None`.
    Margins {
        /// Top.
        top: Option<u32>,
        /// Bottom.
        bottom: Option<u32>,
        /// Left.
        left: Option<u32>,
        /// Right.
        right: Option<u32>,
    },
    /// Font family, e.g. `Times New Roman`.
    Font {
        /// The family.
        family: String,
    },
    /// Font size in half-points.
    Size {
        /// 26 for 13 points.
        half_points: u32,
    },
    /// Bold on or off.
    Bold {
        /// On.
        on: bool,
    },
    /// Italic on or off.
    Italic {
        /// On.
        on: bool,
    },
    /// Justified paragraph.
    Justify,
    /// First-line indent in twips.
    FirstLine {
        /// 567 for 1 cm, 720 for 1,27 cm.
        twips: u32,
    },
    /// Space before and after the paragraph, in twips; line spacing in 240ths of a line.
    Spacing {
        /// Space after, in twips.
        after: Option<u32>,
        /// Line spacing, 240 for single.
        line: Option<u32>,
    },
    /// A solid rule below the paragraph.
    Rule,
    /// Page number centred in the top margin, not on page 1.
    PageNumber,
}

impl Finding {
    /// A finding without slots or related places.
    #[must_use]
    pub fn new(code: &'static str, severity: Severity, span: Option<Span>) -> Self {
        Self {
            code,
            severity,
            span,
            related: Vec::new(),
            elsewhere: Vec::new(),
            args: Args::default(),
            fix: None,
            review: false,
        }
    }

    /// Adds a value for a slot.
    #[must_use]
    pub fn with(mut self, slot: &'static str, value: impl Into<String>) -> Self {
        self.args.insert(slot, value.into());
        self
    }

    /// Adds a related place.
    #[must_use]
    pub fn and(mut self, span: Span) -> Self {
        self.related.push(span);
        self
    }

    /// Adds a place in another file.
    #[must_use]
    pub fn also_in(mut self, place: Elsewhere) -> Self {
        self.elsewhere.push(place);
        self
    }

    /// Says what a machine may do about it.
    #[must_use]
    pub fn fixed_by(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    /// Leaves the judgement to a person.
    #[must_use]
    pub fn for_review(mut self) -> Self {
        self.review = true;
        self.severity = self.severity.min(Severity::Warning);
        self
    }
}
