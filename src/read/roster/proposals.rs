//! Which form each row of a list is proposed for.

use crate::model::{AwardFinding, Field, Roster, Severity};
use crate::pack::AwardRules;

/// A row of a list with the form that it is proposed for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Index in [`Roster::awardees`].
    pub row: usize,
    /// Code of the form.
    pub form: String,
}

/// Decides for every row: the form that it names, or else the one given for the whole list. With `only`, rows that name
/// another form are left out, and each is said.
#[must_use]
pub fn proposals(
    roster: &Roster,
    rules: &AwardRules,
    given: Option<&str>,
    only: bool,
) -> (Vec<Proposal>, Vec<AwardFinding>) {
    let (mut out, mut findings) = (Vec::new(), Vec::new());
    for (row, awardee) in roster.awardees.iter().enumerate() {
        let said = awardee.fields.get(&Field::Award).filter(|said| !said.text.is_empty());
        let named = said.and_then(|said| rules.form_named(&said.text));
        let find = |code, severity| {
            let place = said.map(|said| said.place.clone()).or_else(|| awardee.place().cloned());
            let text = said.map(|said| said.text.clone()).unwrap_or_default();
            AwardFinding::new(code, severity, place).with("name", awardee.name()).with("text", text)
        };
        match (said, named, given) {
            (Some(_), Some(form), Some(given)) if only && form.code != given => {
                findings.push(find("KT106", Severity::Info));
            }
            (_, Some(form), _) => out.push(Proposal { row, form: form.code.clone() }),
            (Some(_), None, _) => findings.push(find("KT107", Severity::Error)),
            (None, None, Some(given)) => out.push(Proposal { row, form: given.to_owned() }),
            (None, None, None) => findings.push(find("KT108", Severity::Error)),
        }
    }
    (out, findings)
}
