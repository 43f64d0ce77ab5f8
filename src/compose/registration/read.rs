//! A returned form: from a document that was read to who registers what, with the place of each value and of all that
//! could not be understood.

use super::cell::{Cells, Days, Hint, Said, is_blank};
use super::columns::{self, Heading, TableTargets};
use super::grid::{Grid, grids};
use super::lines::Lines;
use super::rows;
use super::units::Units;
use crate::language::fold::fold;
use crate::model::{Document, Span};
use crate::pack::{Pack, RegistrationForm, RegistrationForms, RegistrationKind};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// One thing that is registered: a row of a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    /// Table of the form (`hang-muc`, `danh-hieu`, …).
    pub table: String,
    /// Table in the document and row in it as a person counts them, from 1.
    pub table_number: u32,
    /// Row as a person counts them, from 1.
    pub row: u32,
    /// Block of the first cell.
    pub block: u32,
    /// Name of the thing, or of the person.
    pub name: String,
    /// Every cell as it was written, by key of the form's column.
    pub cells: BTreeMap<String, String>,
    /// Number read from a column of numbers.
    pub count: Option<u64>,
    /// Money in đồng.
    pub money: Option<u64>,
    /// First day.
    pub start: Option<Date>,
    /// Last day.
    pub end: Option<Date>,
    /// Columns of the unit's own: heading and text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub more: Vec<(String, String)>,
    /// Heading of the group of rows that it stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
}

/// What kind of thing could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnreadKind {
    /// A cell that should hold a number.
    Number,
    /// A cell that should hold an amount of money.
    Money,
    /// A cell that should hold days.
    Date,
    /// A row with values and no name.
    Nameless,
    /// Text or a table that does not belong to the form.
    Outside,
}

/// Something that could not be read, at its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unread {
    /// What it is.
    pub kind: UnreadKind,
    /// Row as a person counts them, from 1, for cells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
    /// Heading of the column, for cells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// What stands there.
    pub text: String,
    /// The place.
    pub span: Span,
}

/// A number of things that the form itself states, with its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stated {
    /// The number.
    pub value: u64,
    /// The words.
    pub text: String,
    /// The place.
    pub span: Span,
}

/// How a unit was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum KnownBy {
    /// By the name behind *Đơn vị:*.
    Field,
    /// By a line above the table.
    Header,
    /// By the name of the file.
    FileName,
}

/// A returned form.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Returned {
    /// Path of the file, as the user gave it.
    pub file: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Kind of form; `None` when it is none.
    pub kind: Option<RegistrationKind>,
    /// Name of the unit as the form has it.
    pub unit_text: Option<String>,
    /// Index of the unit in the list.
    #[serde(skip)]
    pub unit: Option<usize>,
    /// How it was recognised.
    pub known_by: Option<KnownBy>,
    /// Date of the form.
    pub date: Option<Date>,
    /// Name of the one who signs.
    pub signed_by: Option<String>,
    /// Values behind labels, by key.
    pub fields: BTreeMap<String, String>,
    /// What is registered.
    pub items: Vec<Item>,
    /// Totals that the form states.
    pub stated: Vec<Stated>,
    /// Headings of the form's columns that are gone.
    pub missing_columns: Vec<String>,
    /// What could not be read.
    pub unread: Vec<Unread>,
    /// Where the table stands, or the first block.
    #[serde(skip)]
    pub anchor: Span,
    /// Where the signature is looked for.
    #[serde(skip)]
    pub foot: Span,
    /// Where the date stands.
    #[serde(skip)]
    pub date_span: Option<Span>,
    /// Lengths of the blocks that items begin with, in characters.
    #[serde(skip)]
    pub lengths: BTreeMap<u32, u32>,
}

/// Reads returned forms; shared between threads.
#[derive(Debug)]
pub struct FormReader<'a> {
    pub(super) pack: &'a Pack,
    pub(super) forms: &'a RegistrationForms,
    pub(super) cells: Cells,
    pub(super) units: &'a Units,
    /// The time of the drive, for days without a year.
    pub(super) hint: Hint,
    /// Name of the drive, which may hold figures.
    pub(super) drive: Option<String>,
    /// The tables of each form, in the order of the forms.
    tables: Vec<Vec<TableTargets<'a>>>,
}

impl<'a> FormReader<'a> {
    /// A reader for the forms of one drive.
    #[must_use]
    pub fn new(
        pack: &'a Pack,
        forms: &'a RegistrationForms,
        units: &'a Units,
        hint: Hint,
        drive: Option<String>,
    ) -> Self {
        let tables = forms.forms.iter().map(|form| form.tables.iter().map(TableTargets::new).collect()).collect();
        Self { pack, forms, cells: Cells::new(pack, forms), units, hint, drive, tables }
    }

    /// Reads a document as a returned form. What is no form has no [`Returned::kind`] and no items.
    #[must_use]
    pub fn read(&self, document: &Document) -> Returned {
        let grids = grids(document);
        let (form, tables) =
            self.form_of(document, &grids).map_or((None, Vec::new()), |(form, tables)| (Some(form), tables));
        let mut returned = Returned {
            file: document.source.path.clone(),
            sha256: document.source.sha256.clone(),
            kind: form.filter(|_| !tables.is_empty()).map(|form| form.kind),
            unit_text: None,
            unit: None,
            known_by: None,
            date: None,
            signed_by: None,
            fields: BTreeMap::new(),
            items: Vec::new(),
            stated: Vec::new(),
            missing_columns: Vec::new(),
            unread: Vec::new(),
            anchor: whole(document, tables.first().map_or(0, |table| table.grid.blocks.start)),
            foot: whole(
                document,
                document.blocks.iter().rposition(|b| b.part == crate::model::Part::Body).map_or(0, to_u32),
            ),
            date_span: None,
            lengths: BTreeMap::new(),
        };
        Lines { reader: self, document, form, grids: &grids, tables: &tables }.read(&mut returned);
        let hint = match returned.date {
            Some(date) if self.hint.start.is_none() && self.hint.end.is_none() => Hint { start: Some(date), end: None },
            _ => self.hint,
        };
        for table in &tables {
            rows::read(self, document, table, hint, &mut returned);
        }
        if let Some(form) = form.filter(|_| !tables.is_empty()) {
            returned.missing_columns = missing(&tables, form);
        }
        let spans = returned.items.iter().map(|item| (item.block, whole(document, item.block).end));
        returned.lengths = spans.collect();
        self.recognise(document, &mut returned);
        returned.unread.sort_by_key(|unread| unread.span);
        returned.stated.sort_by_key(|stated| stated.span);
        returned
    }

    /// The form with its tables: by its title, else by the tables that fit best.
    fn form_of<'g>(
        &self,
        document: &Document,
        grids: &'g [Grid],
    ) -> Option<(&'a RegistrationForm, Vec<Found<'g, 'a>>)> {
        let head: Vec<String> = document.blocks.iter().take(40).map(|block| fold(&block.text)).collect();
        let head = head.join(" ");
        let title = |form: &RegistrationForm| {
            form.titles.iter().filter(|title| head.contains(title.as_str())).map(String::len).max().unwrap_or(0)
        };
        let mut forms: Vec<(usize, &'a RegistrationForm, &Vec<TableTargets<'a>>)> =
            self.forms.forms.iter().zip(&self.tables).map(|(form, tables)| (title(form), form, tables)).collect();
        forms.sort_by_key(|(title, ..)| std::cmp::Reverse(*title));
        let fitting = |(_, form, targets): &(usize, &'a RegistrationForm, &Vec<TableTargets<'a>>)| {
            let found = tables(grids, targets);
            let columns = found.iter().filter(|table| !table.goes_on).map(|table| table.heading.found()).max()?;
            Some((columns, *form, found))
        };
        let titled = forms.iter().filter(|(title, ..)| *title > 0).find_map(fitting);
        let best = || forms.iter().filter_map(fitting).reduce(|best, next| if next.0 > best.0 { next } else { best });
        titled.or_else(best).map(|(_, form, found)| (form, found))
    }

    fn recognise(&self, document: &Document, returned: &mut Returned) {
        let field = returned.fields.get("don-vi").cloned();
        let by_field = field.as_deref().and_then(|text| self.units.named(text).or_else(|| self.units.within(text)));
        // A letter without a table names its sender at the top.
        let head = if returned.kind.is_some() { returned.anchor.block } else { 30 };
        let before = document.blocks.iter().take_while(|block| block.id < head);
        let above: Vec<&str> = before.flat_map(|block| block.text.split(['\n', '\t'])).map(str::trim).collect();
        let stem = std::path::Path::new(&document.source.path).file_stem().unwrap_or_default().to_string_lossy();
        let found = by_field
            .map(|unit| (unit, KnownBy::Field))
            .or_else(|| above.iter().find_map(|line| self.units.named(line)).map(|unit| (unit, KnownBy::Header)))
            .or_else(|| self.units.within(&stem).map(|unit| (unit, KnownBy::FileName)));
        returned.unit = found.map(|(unit, _)| unit);
        returned.known_by = found.map(|(_, by)| by);
        returned.unit_text = field;
    }
}

/// A table of a document that is a table of the form.
#[derive(Debug)]
pub(super) struct Found<'g, 'f> {
    pub grid: &'g Grid,
    pub form: &'f crate::pack::TableForm,
    pub heading: Heading,
    /// It goes on with the table before it and has no heading of its own.
    pub goes_on: bool,
}

/// Matches tables with those of the form; a table without a heading that follows one of as many columns goes on with it.
fn tables<'g, 'f>(grids: &'g [Grid], targets: &[TableTargets<'f>]) -> Vec<Found<'g, 'f>> {
    let mut found: Vec<Found> = Vec::new();
    for grid in grids {
        let best = targets
            .iter()
            .filter_map(|table| columns::heading(grid, table).map(|heading| (heading, table.form)))
            .max_by_key(|(heading, table)| (heading.found(), heading.found() * 100 / table.columns.len().max(1)));
        match (best, found.last()) {
            (Some((heading, form)), _) => found.push(Found { grid, form, heading, goes_on: false }),
            (None, Some(last)) if last.grid.table + 1 == grid.table && same_width(last, grid) => {
                let mut heading = last.heading.clone();
                heading.body = 0;
                let form = last.form;
                found.push(Found { grid, form, heading, goes_on: true });
            }
            _ => {}
        }
    }
    found
}

/// A table of as many columns, at least of so many that it is no footer.
fn same_width(last: &Found, grid: &Grid) -> bool {
    let columns = last.heading.columns.len();
    columns >= 4
        && grid.columns + 1 >= last.grid.columns.min(u32::try_from(columns).unwrap_or(0))
        && grid.columns <= last.grid.columns
}

/// Columns of the form that none of the tables for it has, and tables that are gone as a whole.
fn missing(tables: &[Found], form: &RegistrationForm) -> Vec<String> {
    let mut missing = Vec::new();
    for table in &form.tables {
        let mut own = tables.iter().filter(|found| found.form.key == table.key && !found.goes_on).peekable();
        if own.peek().is_none() {
            missing.extend(table.column(&table.item).map(|column| column.heading.clone()));
            continue;
        }
        for found in own {
            for heading in found.heading.missing(table) {
                if !missing.iter().any(|known| known == heading) {
                    missing.push(heading.to_owned());
                }
            }
        }
    }
    missing
}

/// The span of a block of a form that was read, as far as it is known.
pub(super) fn whole_of(form: &Returned, block: u32) -> Span {
    let length = form.lengths.get(&block).copied().unwrap_or(0);
    Span { block, start: 0, end: length }
}

/// The span of a whole block.
pub(super) fn whole(document: &Document, block: u32) -> Span {
    let length = document.blocks.get(block as usize).map_or(0, |block| block.text.chars().count());
    Span { block, start: 0, end: to_u32(length) }
}

pub(super) fn to_u32(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// Days of a cell; whatever else is written there is noted.
pub(super) fn days_of(reader: &FormReader, text: &str, hint: Hint) -> Result<Option<Days>, ()> {
    match reader.cells.days(text, hint) {
        Said::Value(days) => Ok(Some(days)),
        Said::Blank => Ok(None),
        Said::Words | Said::Unclear => Err(()),
    }
}

/// A value without the dots that wait for one.
pub(super) fn written(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches(['.', '…', '_', ';', ',']).trim_start_matches(['.', '…', '_']).trim();
    (!is_blank(text)).then(|| text.to_owned())
}
