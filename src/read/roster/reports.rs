//! A list out of reports of achievements (*báo cáo thành tích*): each report names one awardee by its labels
//! (`Họ và tên: …`), which mean what the same headings of a list mean.

use super::{Knowledge, cells};
use crate::language::fold::fold;
use crate::model::{AwardFinding, Awardee, Document, Field, ListPlace, Roster, Said, Severity, Subject};
use crate::pack::award::{Heading, contains_words};
use std::collections::BTreeMap;

/// Adds the awardee of a report to a list; a report without a name is said.
pub fn report(file: &str, document: &Document, knowledge: Knowledge<'_>, roster: &mut Roster) {
    let mut fields: BTreeMap<Field, Said> = BTreeMap::new();
    let mut kind = None;
    for block in &document.blocks {
        let row = block.id.saturating_add(1);
        let place = ListPlace { file: file.to_owned(), sheet: None, row, cell: format!("¶{row}") };
        for part in block.text.split(['\n', '\t']).flat_map(|line| line.split("   ")) {
            let said = |text: &str, column: &str| Said {
                text: text.to_owned(),
                place: place.clone(),
                column: column.to_owned(),
            };
            if let Some((label, value)) = part.split_once(':') {
                let label = label.trim_matches(|c: char| !c.is_alphanumeric() && c != ')');
                let value = value.trim().trim_end_matches([';', ',', '.']).trim();
                if let Some(Heading::Field(field)) = knowledge.words.exact_heading(label)
                    && !value.is_empty()
                    && value.chars().any(char::is_alphanumeric)
                {
                    fields.entry(field).or_insert_with(|| said(value, label));
                }
            } else if let Some(form) = knowledge.rules.form_named(part)
                && contains_words(&fold(part), "đề nghị")
                && !fields.contains_key(&Field::Award)
            {
                kind = kind.or_else(|| knowledge.words.subject(part));
                fields.insert(Field::Award, said(&form.name, part));
            }
        }
    }
    // A collective's report names the unit alone.
    let collective = !fields.contains_key(&Field::Name);
    if collective && let Some(unit) = fields.remove(&Field::Unit) {
        fields.insert(Field::Name, unit);
    }
    if let Some(both) = fields.get(&Field::PostUnit).cloned() {
        let (post, unit) = cells::post_and_unit(&both.text, |text| knowledge.words.is_unit_name(text));
        for (field, text) in [(Field::Post, post), (Field::Unit, unit)] {
            if let Some(text) = text {
                fields.entry(field).or_insert_with(|| Said { text: text.to_owned(), ..both.clone() });
            }
        }
    }
    let Some(name) = fields.get(&Field::Name).filter(|said| cells::is_name(&said.text)).map(|said| said.text.clone())
    else {
        let place = ListPlace { file: file.to_owned(), sheet: None, row: 1, cell: "¶1".to_owned() };
        roster.findings.push(AwardFinding::new("KT109", Severity::Error, Some(place)).with("file", file));
        return;
    };
    let subject =
        kind.unwrap_or_else(|| if collective { Subject::Collective } else { knowledge.words.subject_of_name(&name) });
    if subject == Subject::Individual
        && let Some(woman) = fields.get(&Field::Sex).and_then(|sex| knowledge.words.is_woman(&sex.text))
        && let Some(sex) = fields.get(&Field::Sex).cloned()
    {
        let text = if woman { "Bà" } else { "Ông" };
        fields.entry(Field::Salutation).or_insert_with(|| Said { text: text.to_owned(), ..sex });
    }
    roster.awardees.push(Awardee { subject, fields });
}
