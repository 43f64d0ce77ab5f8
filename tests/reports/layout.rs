//! How a report is typed.

use super::dice::Dice;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Header {
    /// Two columns of a table.
    Table,
    /// Left column, then right column, line by line.
    Stacked,
    /// Side by side with tabs or blanks.
    Beside,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fields {
    Lines,
    Numbered,
    Pairs,
    OneLine,
    Table,
    WideTable,
    /// The label on one line, the value on the next.
    Hanging,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbers {
    Typed,
    ByWord,
    /// Headings by style, numbers typed.
    Style,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    Table,
    /// With a column that counts.
    Counted,
    /// Number, date and issuer in columns of their own.
    Split,
    Lines,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signs {
    /// All in one row of a table.
    Table,
    /// The first two in a table, the third below.
    TwoAndOne,
    Stacked,
    Beside,
}

/// Everything that may differ between two typings of one report.
#[derive(Clone, Debug)]
pub struct Layout {
    pub header: Header,
    pub fields: Fields,
    pub numbers: Numbers,
    pub rows: Rows,
    pub signs: Signs,
    /// Sentence case for headings.
    pub quiet_headings: bool,
    /// What stands behind `I`.
    pub mark: &'static str,
    pub bullet: &'static str,
    /// The title is one paragraph with breaks.
    pub one_title: bool,
    /// Tables of awards go on in a second table.
    pub split_tables: bool,
    /// Runs are cut into pieces.
    pub pieces: bool,
    pub gap: bool,
    /// Column headings.
    pub columns: usize,
    pub decision: usize,
}

impl Layout {
    pub fn roll(dice: &mut Dice) -> Self {
        use Fields as F;
        Self {
            header: *dice.one(&[Header::Table, Header::Table, Header::Stacked, Header::Beside]),
            fields: *dice.one(&[
                F::Lines,
                F::Lines,
                F::Numbered,
                F::Pairs,
                F::OneLine,
                F::Table,
                F::WideTable,
                F::Hanging,
            ]),
            numbers: *dice.one(&[Numbers::Typed, Numbers::Typed, Numbers::ByWord, Numbers::Style]),
            rows: *dice.one(&[Rows::Table, Rows::Table, Rows::Counted, Rows::Split, Rows::Lines]),
            signs: *dice.one(&[Signs::Table, Signs::TwoAndOne, Signs::TwoAndOne, Signs::Stacked, Signs::Beside]),
            quiet_headings: dice.once_in(4),
            mark: dice.pick(&[". ", ". ", ". ", "- ", "/ ", ") "]),
            bullet: dice.pick(&["- ", "- ", "+ ", "• ", "* "]),
            one_title: dice.once_in(4),
            split_tables: dice.once_in(3),
            pieces: dice.once_in(2),
            gap: dice.once_in(2),
            columns: dice.index(3),
            decision: dice.index(4),
        }
    }
}
