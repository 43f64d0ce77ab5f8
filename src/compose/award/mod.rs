//! Papers of commendation from an approved list: decisions with their lists, proposal, minutes, certificates, roll of
//! honour. Every count and sum is computed once, here, and printed everywhere from there.

mod certificate;
mod fit;
mod issued;
mod letter;
mod names;
mod papers;
mod plan;

pub use certificate::{Certificate, certificate, long_texts};
pub use issued::{code_parts, issued, issued_of_document, issued_of_roster};
pub use letter::{Letter, letter};
pub use names::{printed_name, with_salutation};
pub use papers::{Basis, decision, minutes, proposal, roll};
pub use plan::{Counts, Decision, Group, Line, Order, Plan, plan};

use crate::model::{Open, Origin, Traced};
use serde_json::{Map, Value};

/// Words for what nobody said.
pub const BLANK: &str = "……";

/// Values for a template, each with its origin.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// The values.
    pub values: Map<String, Value>,
    /// Where they come from, in the order of the document.
    pub entries: Vec<Traced>,
    /// What a person has to fill in.
    pub open: Vec<Open>,
}

impl Context {
    /// Sets a value.
    fn set(&mut self, name: &str, value: impl Into<Value>, origin: Origin) {
        let value = value.into();
        let shown = match &value {
            Value::String(text) => text.clone(),
            Value::Array(lines) => lines.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("; "),
            other => other.to_string(),
        };
        self.entries.push(Traced { place: name.to_owned(), value: shown, origin });
        self.values.insert(name.to_owned(), value);
    }

    /// Sets a value, or leaves it open: it prints as dots.
    fn set_or_open(&mut self, name: &str, value: Option<(String, Origin)>) {
        match value {
            Some((value, origin)) => self.set(name, value, origin),
            None => self.open.push(Open { place: name.to_owned(), what: String::new(), about: Vec::new() }),
        }
    }

    /// Sets what steers the form and is printed nowhere.
    fn switch(&mut self, name: &str, value: impl Into<Value>) {
        self.values.insert(name.to_owned(), value.into());
    }
}

/// The origin of a field of the unit profile.
fn profile(field: &str) -> Origin {
    Origin::Profile { field: field.to_owned() }
}

/// The origin of an option.
fn given(option: &str) -> Origin {
    Origin::Given { option: option.to_owned() }
}

/// The origin of what follows from the list by a rule.
fn computed(rule: &str, inputs: Vec<Origin>) -> Origin {
    Origin::Computed { rule: rule.to_owned(), inputs }
}

/// The origin of a cell.
fn cell(said: &crate::model::Said) -> Origin {
    Origin::Row {
        file: said.place.file.clone(),
        sheet: said.place.sheet.clone(),
        row: said.place.row,
        column: said.column.clone(),
        text: said.text.clone(),
    }
}
