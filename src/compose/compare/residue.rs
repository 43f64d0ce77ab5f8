//! What belongs to the parent alone and was left in the plan (`KH-E`).

use super::{CompareInputs, Comparison, place, remark};
use crate::compose::plan::adapt::departments;
use crate::compose::plan::passage::passages;
use crate::compose::plan::role::{contains_word, starts_with_word};
use crate::compose::plan::{Parent, Position, Role};
use crate::extract::mention::anatomy;
use crate::language::fold::{Folded, fold};
use crate::model::{Level, Severity, Span};
use crate::structure::Zone;

pub(super) fn find(inputs: &CompareInputs, directive: &Parent, position: &Position, out: &mut Comparison) {
    let mut departments = departments(directive.extraction, position);
    let theirs = passages(directive, position).into_iter().filter(|passage| passage.role == Role::Parent);
    let bodies = &inputs.words.actors.departments;
    departments.extend(theirs.filter_map(|passage| passage.actor).map(|actor| actor.text).filter(|name| {
        let folded = fold(name);
        let committee = inputs.words.actors.committees.iter().any(|word| folded.contains(word.as_str()));
        !committee && name.split_whitespace().count() >= 3 && bodies.iter().any(|word| starts_with_word(&folded, word))
    }));
    departments.sort();
    departments.dedup();
    let own: Vec<String> = inputs.profile.departments.iter().map(|department| fold(&department.name)).collect();
    let contacts: Vec<String> =
        directive.extraction.entities.contacts.iter().map(|contact| plain(&contact.value)).collect();
    let areas = match position.issuer {
        Level::Central => "central",
        Level::District => "district",
        _ => "province",
    };
    for block in &inputs.plan.document.blocks {
        let zone = inputs.plan.structure.zones.get(block.id as usize).copied().unwrap_or(Zone::Body);
        if !matches!(zone, Zone::Body | Zone::Annex) {
            continue;
        }
        let folded = Folded::new(&block.text);
        let mut say = |range: std::ops::Range<u32>, key: &'static str, severity: Severity| {
            let found = place(&inputs.plan, Span { block: block.id, start: range.start, end: range.end });
            let mut remark = remark("KH-E", severity, key, &[("found", &found.text)]);
            remark.place = Some(found);
            out.remarks.push(remark);
        };
        let squeezed = plain(&block.text);
        if contacts.iter().any(|contact| contact.len() >= 6 && squeezed.contains(contact.as_str())) {
            say(0..u32::try_from(block.text.chars().count()).unwrap_or(0), "residue-contact", Severity::Error);
        }
        for name in &departments {
            let name = fold(name);
            if own.iter().any(|own| own.contains(&name) || name.contains(own.as_str())) {
                continue;
            }
            for (at, _) in folded.text.match_indices(&name) {
                say(folded.original(at..at + name.len()), "residue-department", Severity::Error);
            }
        }
        // The title of the directive is cited as it stands.
        let title = directive.extraction.document.subject.as_deref().map(fold).filter(|title| !title.is_empty());
        let cited = title.and_then(|title| Some((folded.text.find(&title)?, title.len())));
        let cited = cited.map(|(at, length)| folded.original(at..at + length));
        if position.own != position.issuer {
            for (area, _) in inputs.words.areas.get(areas).into_iter().flatten() {
                if contains_word(&folded.text, area)
                    && let Some(at) = folded.text.find(area.as_str())
                    && !cited.as_ref().is_some_and(|cited| cited.contains(&folded.original(at..at + area.len()).start))
                    && !is_place(&block.text, folded.original(at..at + area.len()).end)
                {
                    say(folded.original(at..at + area.len()), "residue-area", Severity::Warning);
                }
            }
        }
        for word in inputs.words.itself.words.iter().filter(|word| *word != &fold("kế hoạch này")) {
            if let Some(at) = folded.text.find(word.as_str()) {
                say(folded.original(at..at + word.len()), "residue-self", Severity::Error);
            }
        }
        for mention in anatomy(&block.text, inputs.knowledge).mentions {
            let many = fold(&mention.text).contains(&fold("các ")) || fold(&mention.text).starts_with(&fold("mỗi "));
            if many && mention.subject && position.role(&mention.text) == Role::Own && is_level(mention.level) {
                say(mention.range.clone(), "residue-level", Severity::Warning);
            }
        }
    }
}

/// *địa bàn tỉnh Bình Châu* names a place.
fn is_place(text: &str, end: u32) -> bool {
    text.chars().skip(end as usize).find(|c| !c.is_whitespace()).is_some_and(char::is_uppercase)
}

fn is_level(level: Level) -> bool {
    matches!(level, Level::Province | Level::District)
}

/// Letters and figures only: telephone numbers are written with dots, blanks and strokes.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric() || *c == '@').flat_map(char::to_lowercase).collect()
}
