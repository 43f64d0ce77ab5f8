//! `KH-J`: forms that the parent sends along, with all of their columns; a registration form for what the numbers count.

use super::resemble::{alike, words};
use super::{CompareInputs, Comparison, place, remark};
use crate::compose::plan::binding;
use crate::compose::plan::blank::{Form, Heading, forms};
use crate::compose::plan::passage::passages;
use crate::compose::plan::{Parent, Position};
use crate::language::fold::fold;
use crate::model::{DeadlineKind, QuotaKind, Severity, Span, Unit};
use crate::pack::RegistrationForms;

/// Compares the forms of the plan with those of a directive, and with what has to be registered.
pub(super) fn find(
    inputs: &CompareInputs,
    index: usize,
    directive: &Parent,
    position: &Position,
    out: &mut Comparison,
) {
    let (own, theirs) = (forms(&inputs.plan), forms(directive));
    for form in &theirs {
        let scored =
            own.iter().map(|own| (form.columns.iter().filter(|c| has(own, &c.text, inputs.forms)).count(), own));
        // The form of the plan that has most of its columns.
        let Some((shared, best)) = scored.max_by_key(|(shared, own)| (*shared, std::cmp::Reverse(own.block))) else {
            out.remarks.push(remark("KH-J", Severity::Warning, "form-missing", &[("wanted", &form.title)]));
            continue;
        };
        if shared * 2 < form.columns.len() {
            continue;
        }
        for column in form.columns.iter().filter(|column| !has(best, &column.text, inputs.forms)) {
            let mut remark = remark("KH-J", Severity::Error, "form-column", &[("wanted", &column.text)]);
            remark.place = Some(place(&inputs.plan, Span { block: best.block, start: 0, end: 0 }));
            out.remarks.push(remark);
        }
    }
    counted(inputs, index, directive, position, &own, out);
}

/// Whether a form has a column: by its words, or by another name of the same column in a registration form.
fn has(form: &Form, wanted: &str, forms: &RegistrationForms) -> bool {
    let key = key(wanted, forms);
    form.columns.iter().any(|Heading { text: own, .. }| {
        fold(own) == fold(wanted)
            || alike(&words(own), &words(wanted)) >= 0.6
            || key.is_some() && self::key(own, forms) == key
    })
}

/// The column of a registration form that a heading names.
fn key<'f>(heading: &str, forms: &'f RegistrationForms) -> Option<&'f str> {
    let wanted = fold(heading.trim().trim_end_matches([':', '.']));
    let tables = forms.forms.iter().flat_map(|form| &form.tables).flat_map(|table| &table.columns);
    let mut named =
        tables.filter(|column| std::iter::once(&column.heading).chain(&column.also).any(|name| fold(name) == wanted));
    named.next().map(|column| column.key.as_str())
}

/// What the directive asks to register can be written into the form of the plan.
fn counted(
    inputs: &CompareInputs,
    index: usize,
    directive: &Parent,
    position: &Position,
    own: &[Form],
    out: &mut Comparison,
) {
    let registers = |paper: &Parent| paper.extraction.deadlines.iter().any(|d| d.kind == DeadlineKind::Registration);
    let form = own.iter().find(|form| fold(&form.above).contains(&fold("đăng ký")));
    let Some(form) = form.filter(|_| registers(directive) || registers(&inputs.plan)) else { return };
    let words = inputs.forms.forms.iter().flat_map(|form| &form.counted);
    let words: Vec<&String> = words.collect();
    for bound in binding::quotas(index, directive, position, &passages(directive, position)) {
        let Unit::Things(things) = &bound.quota.unit else { continue };
        let folded = fold(things);
        let mut counts = words.iter().filter(|word| folded.contains(word.as_str())).peekable();
        let text = directive.document.blocks.get(bound.quota.span.block as usize).map_or("", |b| b.text.as_str());
        let registered = fold(text).contains(&fold("đăng ký"));
        if bound.quota.kind != QuotaKind::Target || !registered || counts.peek().is_none() {
            continue;
        }
        let above = fold(&form.above);
        let there = |word: &str| above.contains(word) || form.columns.iter().any(|c| fold(&c.text).contains(word));
        if !counts.any(|word| there(word)) {
            let mut remark = remark("KH-J", Severity::Error, "form-counts", &[("wanted", things)]);
            remark.place = Some(place(&inputs.plan, Span { block: form.block, start: 0, end: 0 }));
            out.remarks.push(remark);
        }
    }
}
