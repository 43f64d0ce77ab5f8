//! The rules for registrations: DK01-DK09 and what else a reader of forms would notice (DK10-DK15).
//!
//! | code | what is wrong |
//! | --- | --- |
//! | DK01 | the total that is stated is not the number of rows |
//! | DK02 | fewer than the unit owes |
//! | DK03 | a row without a time, or with one outside the drive |
//! | DK04 | the same thing is registered twice |
//! | DK05 | too late |
//! | DK06 | not signed |
//! | DK07 | a title that the registrant cannot reach |
//! | DK08 | a name that the list does not have |
//! | DK09 | not the form that was sent out, or without some of its columns |
//! | DK10 | a cell that cannot be read |
//! | DK11 | a row without a name |
//! | DK12 | nobody knows from whom it is |
//! | DK13 | several forms of one unit |
//! | DK14 | text that does not belong to the form |
//! | DK15 | something promised as if it were done |

use super::read::{Item, Returned, Unread, UnreadKind, whole_of};
use super::task::Task;
use crate::language::fold::fold;
use crate::model::{Finding, Severity, Span};
use crate::pack::{RegistrationForms, RegistrationKind};
use crate::template::plain_name;
use serde::Serialize;
use std::collections::BTreeMap;

/// A finding about a returned form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FormFinding {
    /// Path of the file.
    pub file: String,
    /// Name of the unit, where it is known.
    pub unit: Option<String>,
    /// Row of the table as a person counts them, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
    /// What is wrong.
    #[serde(flatten)]
    pub finding: Finding,
}

/// Checks forms, in their order. `counts[i]` says whether form `i` is the one that counts for its unit.
#[must_use]
pub fn check(forms: &[Returned], counts: &[bool], task: &Task, words: &RegistrationForms) -> Vec<FormFinding> {
    let mut check = Check { task, words, found: Vec::new() };
    for (form, counts) in forms.iter().zip(counts) {
        match form.kind {
            Some(kind) => check.form(form, kind, forms, *counts),
            None if is_letter(form, forms) => {}
            None => check.no_form(form),
        }
        if !counts {
            check.superseded(form, forms);
        }
    }
    check.duplicates(forms, counts);
    let order = |file: &str| forms.iter().position(|form| form.file == file);
    check.found.sort_by_key(|found| (order(&found.file), found.finding.span, found.finding.code));
    check.found
}

/// A letter that comes with a form: no table, a number, and a form of the same unit beside it.
#[must_use]
pub fn is_letter(form: &Returned, forms: &[Returned]) -> bool {
    let with_form = || forms.iter().any(|other| other.kind.is_some() && other.unit == form.unit);
    form.kind.is_none() && !form.stated.is_empty() && form.unit.is_some() && with_form()
}

/// Rows that count as works and tasks.
pub(super) fn counted(form: &Returned) -> usize {
    form.items.len()
}

struct Check<'a> {
    task: &'a Task,
    words: &'a RegistrationForms,
    found: Vec<FormFinding>,
}

impl Check<'_> {
    fn unit_name(&self, form: &Returned) -> Option<String> {
        let listed = form.unit.and_then(|unit| self.task.units.get(unit)).map(|task| task.unit.name.clone());
        listed.or_else(|| form.unit_text.clone())
    }

    fn add(&mut self, form: &Returned, row: Option<u32>, finding: Finding) {
        self.found.push(FormFinding { file: form.file.clone(), unit: self.unit_name(form), row, finding });
    }

    fn no_form(&mut self, form: &Returned) {
        let finding = Finding::new("DK09", Severity::Error, Some(form.anchor)).with("columns", "……");
        self.add(form, None, finding);
    }

    fn form(&mut self, form: &Returned, kind: RegistrationKind, forms: &[Returned], counts: bool) {
        if form.unit.is_none() && !self.task.units.is_empty() {
            let text = form.unit_text.clone().unwrap_or_else(|| "……".to_owned());
            self.add(form, None, Finding::new("DK12", Severity::Error, Some(form.anchor)).with("text", text));
        }
        if !form.missing_columns.is_empty() {
            let columns = form.missing_columns.join("; ");
            self.add(form, None, Finding::new("DK09", Severity::Error, Some(form.anchor)).with("columns", columns));
        }
        self.late(form);
        if form.signed_by.is_none() {
            self.add(form, None, Finding::new("DK06", Severity::Warning, Some(form.foot)));
        }
        if kind == RegistrationKind::CongTrinh {
            self.totals(form, forms);
            if counts {
                self.minimum(form);
            }
            self.times(form);
        } else {
            self.titles(form, kind);
            self.names(form, kind);
        }
        self.promises(form);
        for unread in &form.unread {
            self.unread(form, unread);
        }
    }

    /// DK01: the total of the form, and the one of the letter that came with it.
    fn totals(&mut self, form: &Returned, forms: &[Returned]) {
        let rows = counted(form);
        let letters =
            forms.iter().filter(|other| is_letter(other, forms) && other.unit == form.unit && form.unit.is_some());
        let wrong = |stated: u64| usize::try_from(stated).ok() != Some(rows);
        let finding = |stated: u64, span: Span| {
            Finding::new("DK01", Severity::Error, Some(span))
                .with("stated", stated.to_string())
                .with("rows", rows.to_string())
        };
        for stated in form.stated.iter().filter(|stated| wrong(stated.value)) {
            self.add(form, None, finding(stated.value, stated.span));
        }
        for letter in letters {
            for stated in letter.stated.iter().filter(|stated| wrong(stated.value)) {
                self.add(letter, None, finding(stated.value, stated.span));
            }
        }
    }

    /// DK02.
    fn minimum(&mut self, form: &Returned) {
        let minimum = form.unit.and_then(|unit| self.task.units.get(unit)).and_then(|task| task.minimum);
        let rows = counted(form);
        if let Some(minimum) = minimum.filter(|minimum| u64::try_from(rows).is_ok_and(|rows| rows < *minimum)) {
            let finding = Finding::new("DK02", Severity::Error, Some(form.anchor));
            self.add(form, None, finding.with("rows", rows.to_string()).with("minimum", minimum.to_string()));
        }
    }

    /// DK03.
    fn times(&mut self, form: &Returned) {
        let gone = |key: &str| !form.items.iter().any(|item| item.cells.contains_key(key));
        // Where the columns are gone, DK09 has said so.
        if form.missing_columns.len() >= 2 && gone("bat-dau") && gone("hoan-thanh") {
            return;
        }
        let unread = |item: &Item| {
            form.unread.iter().any(|unread| unread.kind == UnreadKind::Date && unread.row == Some(item.row))
        };
        for item in form.items.iter().filter(|item| !unread(item)) {
            let outside = match (item.start, item.end) {
                (_, None) => Some("……".to_owned()),
                (start, Some(end)) => {
                    let first = start.unwrap_or(end);
                    let wrong = first > end
                        || self.task.start.is_some_and(|begin| first < begin)
                        || self.task.end.is_some_and(|last| end > last);
                    wrong.then(|| period(start, Some(end)))
                }
            };
            if let Some(time) = outside {
                let finding = Finding::new("DK03", Severity::Warning, Some(self.place(form, item)))
                    .with("name", item.name.clone())
                    .with("row", item.row.to_string())
                    .with("time", time)
                    .with("drive", period(self.task.start, self.task.end));
                self.add(form, Some(item.row), finding);
            }
        }
    }

    fn place(&self, form: &Returned, item: &Item) -> Span {
        whole_of(form, item.block)
    }

    /// DK05.
    fn late(&mut self, form: &Returned) {
        if let (Some(due), Some(date)) = (self.task.due, form.date)
            && due.missed(date)
        {
            let finding = Finding::new("DK05", Severity::Warning, form.date_span)
                .with("date", day(date))
                .with("due", day(due.date));
            self.add(form, None, finding);
        }
    }

    /// DK07: a title of the closed list, for such a holder, within reach.
    fn titles(&mut self, form: &Returned, kind: RegistrationKind) {
        let own = form
            .fields
            .get("danh-hieu")
            .map(|title| (title.clone(), kind, form.fields.get("ho-ten").cloned(), None, form.anchor));
        let rows = form.items.iter().filter_map(|item| {
            let title = item.cells.get("danh-hieu")?.clone();
            Some((title, RegistrationKind::CaNhan, Some(item.name.clone()), Some(item.row), whole_of(form, item.block)))
        });
        let all: Vec<_> = own.into_iter().chain(rows).collect();
        for (text, holder, name, row, span) in all {
            let known = self.words.title(&text);
            let reachable =
                known.is_some_and(|title| title.holder == holder && self.held(name.as_deref(), title) >= title.before);
            if !reachable {
                let needs = known.and_then(|title| Some(format!("{:02} {}", title.before, title.lower.as_ref()?)));
                let finding = Finding::new("DK07", Severity::Warning, Some(span))
                    .with("title", text)
                    .with("name", name.unwrap_or_else(|| self.unit_name(form).unwrap_or_default()))
                    .with("needs", needs.unwrap_or_else(|| "……".to_owned()));
                self.add(form, row, finding);
            }
        }
    }

    /// How often somebody has held the title below, by the list of members.
    fn held(&self, name: Option<&str>, title: &crate::pack::TitleForm) -> u32 {
        let (Some(name), Some(lower)) = (name, &title.lower) else { return 0 };
        let member = self.task.members.iter().flatten().find(|member| same_name(&member.name, name));
        let times = member.map_or(0, |member| {
            member.held.iter().filter(|held| self.words.title(held).is_some_and(|known| known.name == *lower)).count()
        });
        u32::try_from(times).unwrap_or(u32::MAX)
    }

    /// DK08.
    fn names(&mut self, form: &Returned, kind: RegistrationKind) {
        let Some(members) = &self.task.members else { return };
        let unknown = |name: &str| !members.iter().any(|member| same_name(&member.name, name));
        let own = (kind == RegistrationKind::CaNhan).then(|| form.fields.get("ho-ten")).flatten();
        let own = own.map(|name| (name.clone(), None, form.anchor));
        let listed = form.items.iter().filter(|item| item.table == "danh-hieu" && !item.name.is_empty());
        let rows = listed.map(|item| (item.name.clone(), Some(item.row), whole_of(form, item.block)));
        let strangers: Vec<_> = own.into_iter().chain(rows).filter(|(name, ..)| unknown(name)).collect();
        for (name, row, span) in strangers {
            self.add(form, row, Finding::new("DK08", Severity::Warning, Some(span)).with("name", name));
        }
    }

    /// DK15.
    fn promises(&mut self, form: &Returned) {
        for item in &form.items {
            let done = |text: &&String| {
                let text = fold(text);
                self.words.done.iter().any(|words| text.contains(words.as_str()))
            };
            if let Some(text) = item.cells.values().find(done) {
                let finding = Finding::new("DK15", Severity::Warning, Some(self.place(form, item)))
                    .with("text", text.clone())
                    .with("row", item.row.to_string());
                self.add(form, Some(item.row), finding);
            }
        }
    }

    fn unread(&mut self, form: &Returned, unread: &Unread) {
        let finding = match unread.kind {
            UnreadKind::Outside => Finding::new("DK14", Severity::Info, Some(unread.span)),
            UnreadKind::Nameless => Finding::new("DK11", Severity::Warning, Some(unread.span)),
            _ => Finding::new("DK10", Severity::Warning, Some(unread.span))
                .with("column", unread.column.clone().unwrap_or_default()),
        };
        let finding = finding.with("text", unread.text.clone());
        let finding = match unread.row {
            Some(row) => finding.with("row", row.to_string()),
            None => finding,
        };
        self.add(form, unread.row, finding);
    }

    /// DK13.
    fn superseded(&mut self, form: &Returned, forms: &[Returned]) {
        let other =
            forms.iter().rfind(|other| other.file != form.file && other.unit == form.unit && other.kind == form.kind);
        if let Some(other) = other {
            let finding = Finding::new("DK13", Severity::Warning, Some(form.anchor)).with("other", other.file.clone());
            self.add(form, None, finding);
        }
    }

    /// DK04: the same name in two rows. What the directive itself names may be registered by all; then only a row that
    /// is equal in its place and numbers, too, is a copy.
    fn duplicates(&mut self, forms: &[Returned], counts: &[bool]) {
        let mut known: BTreeMap<String, Vec<(&Returned, &Item)>> = BTreeMap::new();
        let works = forms
            .iter()
            .zip(counts)
            .filter(|(form, counts)| **counts && form.kind == Some(RegistrationKind::CongTrinh));
        for (form, _) in works {
            for item in form.items.iter().filter(|item| !item.name.is_empty()) {
                let key = bare_name(&item.name);
                let named = !key.is_empty() && self.task.named.contains(&fold(&item.name));
                let earlier = known.entry(key).or_default();
                let twin = earlier.iter().find(|(_, other)| !named || equal_details(item, other));
                if let Some((other_form, other)) = twin {
                    let of = self.unit_name(other_form).unwrap_or_else(|| other_form.file.clone());
                    let finding = Finding::new("DK04", Severity::Warning, Some(whole_of(form, item.block)))
                        .with("name", item.name.clone())
                        .with("row", item.row.to_string())
                        .with("other", of)
                        .with("other_row", other.row.to_string())
                        .with("other_file", other_form.file.clone());
                    self.add(form, Some(item.row), finding);
                }
                earlier.push((form, item));
            }
        }
    }
}

/// A name without marks, numbers in front and what kind of thing it is.
fn bare_name(name: &str) -> String {
    let folded = fold(name);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let text = words.join(" ");
    ["công trình", "phần việc", "mô hình", "hoạt động"]
        .iter()
        .find_map(|kind| text.strip_prefix(kind))
        .unwrap_or(&text)
        .trim()
        .to_owned()
}

/// Place, number and money are stated and the same.
fn equal_details(a: &Item, b: &Item) -> bool {
    let same = |key: &str| a.cells.get(key).zip(b.cells.get(key)).is_some_and(|(a, b)| plain_name(a) == plain_name(b));
    same("dia-diem") && a.count.is_some() && a.count == b.count && a.money == b.money
}

fn same_name(a: &str, b: &str) -> bool {
    let words = |name: &str| fold(name).split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    words(a) == words(b)
}

fn day(date: jiff::civil::Date) -> String {
    format!("{:02}/{:02}/{}", date.day(), date.month(), date.year())
}

fn period(start: Option<jiff::civil::Date>, end: Option<jiff::civil::Date>) -> String {
    let side = |date: Option<jiff::civil::Date>| date.map_or_else(|| "……".to_owned(), day);
    if start == end { side(start) } else { format!("{} - {}", side(start), side(end)) }
}
