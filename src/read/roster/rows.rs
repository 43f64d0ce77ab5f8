//! Rows below the headings: awardees, groups, totals, footers, and what is none of these.

use super::Knowledge;
use super::cells;
use super::head::{self, ColumnMap, Head};
use super::tables::{Table, TableRow};
use crate::language::numeral;
use crate::model::{AwardFinding, Awardee, Declared, DeclaredKind, Field, ListPlace, Roster, Said, Severity, Subject};
use crate::pack::award::Line;
use std::collections::BTreeMap;
use std::ops::Range;

/// Reads a table into the list; `false` when it has no headings.
pub fn read(file: &str, table: &Table, map: &ColumnMap, knowledge: Knowledge<'_>, roster: &mut Roster) -> bool {
    let Some((at, head)) = head::find(table, map, knowledge.words) else {
        // Text around tables belongs to the list too: bases, closing lines.
        let mut reader = Reader::new(file, table, Head::default(), knowledge, roster);
        table.rows.iter().for_each(|row| reader.title(row));
        return table.rows.is_empty() || table.rows.iter().all(|row| row.number == 0 || row.cells.len() == 1);
    };
    let first = at + head.rows;
    let mut reader = Reader::new(file, table, head, knowledge, roster);
    table.rows.iter().take(at).for_each(|row| reader.title(row));
    reader.unknown_columns(table.rows.get(at));
    let mut next = first;
    while let Some(row) = table.rows.get(next) {
        next += match head::read(table, next, knowledge.words, true) {
            Some(head) if !reader.is_numbered(row) => {
                let rows = head.rows;
                reader.head = head;
                rows
            }
            _ => {
                reader.row(row);
                1
            }
        };
    }
    reader.finish();
    true
}

/// A group with a number of its own: where its rows begin.
struct Group {
    count: Option<(i64, Option<Subject>, ListPlace)>,
    start: usize,
}

struct Reader<'r> {
    file: &'r str,
    table: &'r Table,
    head: Head,
    knowledge: Knowledge<'r>,
    roster: &'r mut Roster,
    start: usize,
    /// What the group that is open says.
    subject: Option<Subject>,
    sheet_subject: Option<Subject>,
    unit: Option<Said>,
    award: Option<Said>,
    section: Group,
    unit_group: Group,
    in_footer: bool,
}

impl<'r> Reader<'r> {
    fn new(file: &'r str, table: &'r Table, head: Head, knowledge: Knowledge<'r>, roster: &'r mut Roster) -> Self {
        let start = roster.awardees.len();
        let sheet_subject = table.name.as_deref().and_then(|name| knowledge.words.subject(name));
        Self {
            file,
            table,
            head,
            knowledge,
            roster,
            start,
            subject: None,
            sheet_subject,
            unit: None,
            award: None,
            section: Group { count: None, start },
            unit_group: Group { count: None, start },
            in_footer: false,
        }
    }

    fn place(&self, row: &TableRow, column: u32) -> ListPlace {
        let cell = row
            .cell(column)
            .map_or_else(|| crate::read::sheet::address(row.number, column), |cell| cell.address.clone());
        ListPlace { file: self.file.to_owned(), sheet: self.table.name.clone(), row: row.number, cell }
    }

    fn said(&self, row: &TableRow, column: u32, text: &str) -> Said {
        Said { text: text.to_owned(), place: self.place(row, column), column: head::column_name(&self.head, column) }
    }

    fn find(&mut self, code: &'static str, severity: Severity, row: &TableRow, column: u32) {
        let text: Vec<&str> = row.cells.iter().filter(|cell| !cell.continued).map(|cell| cell.text.as_str()).collect();
        let text = shortened(&text.join(" | "));
        let finding = AwardFinding::new(code, severity, Some(self.place(row, column))).with("text", text);
        self.roster.findings.push(finding);
    }

    fn unknown_columns(&mut self, row: Option<&TableRow>) {
        let Some(row) = row else { return };
        for column in self.head.unknown.clone() {
            let finding = AwardFinding::new("KT102", Severity::Info, Some(self.place(row, column)))
                .with("text", head::column_name(&self.head, column));
            self.roster.findings.push(finding);
        }
    }

    /// A row above the headings.
    fn title(&mut self, row: &TableRow) {
        for cell in row.cells.iter().filter(|cell| !cell.continued) {
            let said = self.said(row, cell.column, &cell.text);
            self.closing_counts(row, &cell.text, cell.column);
            self.roster.lines.push(said);
        }
        let text = row.cells.first().map_or("", |cell| cell.text.as_str());
        if is_short_label(text)
            && let Some(subject) = self.knowledge.words.subject(text)
        {
            self.subject = Some(subject);
        }
    }

    fn is_numbered(&self, row: &TableRow) -> bool {
        self.head.column(Field::Number).is_some_and(|column| cells::whole(row.text(column)).is_some())
    }

    fn row(&mut self, row: &TableRow) {
        let own: Vec<_> = row.cells.iter().filter(|cell| !cell.continued).collect();
        let Some(first) = own.first() else { return };
        let (first_text, first_column) = (first.text.clone(), first.column);
        if is_column_numbers(row) {
            return;
        }
        let numbered = self.is_numbered(row);
        let (name_column, name) = self.name(row);
        let others = own
            .iter()
            .filter(|cell| Some(cell.column) != name_column && self.head.column(Field::Number) != Some(cell.column))
            .filter(|cell| self.head.is_used(cell.column))
            .count();
        if !numbered && self.is_line(row, &first_text, first_column, name_column, &name) {
            return;
        }
        let number_only = own.len() == 1 && self.head.column(Field::Number) == Some(first_column) && numbered;
        if number_only {
            // A row that was numbered in advance and left empty.
            self.find("KT103", Severity::Info, row, first_column);
            return;
        }
        if numbered && others == 0 && self.numbers_a_unit(row, &name) {
            self.in_footer = false;
            let said = self.said(row, name_column.unwrap_or(first_column), name.trim_end_matches([':', '.', ' ']));
            self.begin_unit(said, None);
            return;
        }
        if self.in_footer && !numbered {
            self.roster.lines.push(self.said(row, first_column, &first_text));
            return;
        }
        if !numbered && self.group(row, &own.iter().map(|cell| cell.text.clone()).collect::<Vec<_>>(), others, &name) {
            return;
        }
        let bare = !numbered && others == 0;
        if cells::is_name(&name) && (!bare || cells::looks_like_a_person(&name) || self.head.columns.len() < 3) {
            self.in_footer = false;
            self.awardee(row, name_column.unwrap_or_default(), &name);
            return;
        }
        let severity = if numbered || others >= 1 { Severity::Error } else { Severity::Warning };
        self.find("KT101", severity, row, name_column.unwrap_or(first_column));
    }

    /// The cell that holds the name, and its text.
    fn name(&self, row: &TableRow) -> (Option<u32>, String) {
        let columns =
            [Field::Name, Field::NamePostUnit].into_iter().filter_map(|field| self.head.columns.get(&field)).flatten();
        let filled = columns.copied().find(|column| row.cell(*column).is_some_and(|cell| !cell.continued));
        match filled {
            Some(column) => (Some(column), row.text(column).to_owned()),
            None => (self.head.column(Field::Name).or_else(|| self.head.column(Field::NamePostUnit)), String::new()),
        }
    }

    /// Totals, closing lines, sums in words, signatures.
    fn is_line(&mut self, row: &TableRow, first: &str, column: u32, name_column: Option<u32>, name: &str) -> bool {
        let words = self.knowledge.words;
        let (text, at) = match (words.line(first), words.line(name)) {
            (Some(_), _) => (first.to_owned(), column),
            (None, Some(_)) => (name.to_owned(), name_column.unwrap_or(column)),
            (None, None) if row.cells.iter().any(|cell| is_date_line(&cell.text)) => {
                self.in_footer = true;
                self.keep(row);
                return true;
            }
            (None, None) => return false,
        };
        match words.line(&text) {
            Some(Line::Total) => self.total(row, &text, at),
            Some(Line::Closing) => {
                self.closing_counts(row, &text, at);
                self.keep(row);
            }
            Some(Line::Words) => self.keep(row),
            Some(Line::Footer) => {
                self.in_footer = true;
                self.keep(row);
            }
            None => return false,
        }
        true
    }

    fn keep(&mut self, row: &TableRow) {
        for cell in row.cells.iter().filter(|cell| !cell.continued) {
            let said = self.said(row, cell.column, &cell.text);
            self.roster.lines.push(said);
        }
    }

    fn total(&mut self, row: &TableRow, text: &str, column: u32) {
        self.keep(row);
        let end = self.roster.awardees.len();
        let grand = crate::language::fold::fold(text).starts_with("tổng");
        let mut ranges = vec![self.section.start..end, self.unit_group.start..end, self.start..end, 0..end];
        if grand {
            ranges = vec![self.start..end, 0..end, self.section.start..end];
        }
        if let Some(amount) = self.head.columns.get(&Field::Amount).and_then(|columns| columns.first().copied())
            && let Some(value) = cells::money(row.text(amount))
        {
            let place = self.place(row, amount);
            self.roster.declared.push(Declared { what: DeclaredKind::Money, value, rows: ranges.clone(), place });
        }
        self.counts(row, text, column, &ranges);
    }

    fn closing_counts(&mut self, row: &TableRow, text: &str, column: u32) {
        if self.knowledge.words.line(text) == Some(Line::Closing) {
            let end = self.roster.awardees.len();
            self.counts(row, text, column, &[self.start..end, 0..end]);
        }
    }

    /// "02 tập thể, 05 cá nhân".
    fn counts(&mut self, row: &TableRow, text: &str, column: u32, ranges: &[Range<usize>]) {
        for (value, subject) in counted(text) {
            let place = self.place(row, column);
            let what = DeclaredKind::Count(subject);
            self.roster.declared.push(Declared { what, value, rows: ranges.to_vec(), place });
        }
    }

    /// A line that begins a group: "I. TẬP THỂ (05)", "A. Bằng khen", "Hội LHPN xã Bình An".
    fn group(&mut self, row: &TableRow, texts: &[String], others: usize, name: &str) -> bool {
        let distinct: std::collections::BTreeSet<&String> = texts.iter().collect();
        let labelled = texts.first().is_some_and(|text| is_group_label(text));
        let text = match (distinct.len(), labelled) {
            (1, _) => texts.first().cloned().unwrap_or_default(),
            (2.., true) if others == 0 => texts.get(1).cloned().unwrap_or_default(),
            (2, false) if others <= 1 && texts.get(1).is_some_and(|text| cells::whole(text).is_some()) => {
                name.to_owned()
            }
            _ => return false,
        };
        let words = self.knowledge.words;
        let bare = without_label(&text);
        let subject = words.subject(without_count(bare)).filter(|_| is_short_label(bare));
        let award = self.knowledge.rules.form_named(bare).is_some();
        let is_unit = words.is_unit_name(bare) && !award;
        let count = counted(bare).first().copied();
        let column = row.cells.first().map_or(0, |cell| cell.column);
        let place = self.place(row, column);
        if subject.is_none() && !award && !is_unit {
            return false;
        }
        self.in_footer = false;
        let said = self.said(row, column, bare.trim_end_matches([':', '.', ' ']));
        if subject.is_some() || award {
            self.close_groups();
            if subject.is_some() {
                self.subject = subject;
            }
            if award {
                self.award = Some(said.clone());
                if subject.is_none() {
                    self.subject = None;
                }
            }
            self.unit = None;
            let start = self.roster.awardees.len();
            self.section = Group { count: count.map(|(value, of)| (value, Some(of), place)), start };
            self.unit_group = Group { count: None, start };
        } else {
            let unit = Said { text: without_count(&said.text).to_owned(), ..said };
            self.begin_unit(unit, count.map(|(value, of)| (value, Some(of), place)));
        }
        true
    }

    /// What follows belongs to a unit.
    fn begin_unit(&mut self, unit: Said, count: Option<(i64, Option<Subject>, ListPlace)>) {
        self.close_unit_group();
        self.unit = Some(unit);
        self.unit_group = Group { count, start: self.roster.awardees.len() };
    }

    /// Whether a row with nothing but a number and a unit's name heads the persons below it: the list has no column for
    /// units, and the numbers begin again, or end, in the next row.
    fn numbers_a_unit(&self, row: &TableRow, name: &str) -> bool {
        let named = [Field::Unit, Field::PostUnit, Field::NamePostUnit];
        if named.iter().any(|field| self.head.columns.contains_key(field)) || !self.knowledge.words.is_unit_name(name) {
            return false;
        }
        let Some(next) = self.table.rows.iter().find(|next| next.number > row.number) else { return false };
        let number = self.head.column(Field::Number).map(|column| next.text(column).trim().to_owned());
        let begins = number.is_none_or(|number| number.is_empty() || cells::whole(&number) == Some(1));
        begins && cells::looks_like_a_person(&self.name(next).1)
    }

    fn close_groups(&mut self) {
        self.close_unit_group();
        let group = std::mem::replace(&mut self.section, Group { count: None, start: self.roster.awardees.len() });
        self.close(group);
    }

    fn close_unit_group(&mut self) {
        let group = std::mem::replace(&mut self.unit_group, Group { count: None, start: self.roster.awardees.len() });
        self.close(group);
    }

    fn close(&mut self, group: Group) {
        if let Some((value, Some(subject), place)) = group.count {
            let rows = std::iter::once(group.start..self.roster.awardees.len()).collect();
            self.roster.declared.push(Declared { what: DeclaredKind::Count(subject), value, rows, place });
        }
    }

    fn finish(&mut self) {
        self.close_groups();
    }

    fn awardee(&mut self, row: &TableRow, name_column: u32, name: &str) {
        let words = self.knowledge.words;
        let mut fields: BTreeMap<Field, Said> = BTreeMap::new();
        for (field, columns) in &self.head.columns {
            let filled = columns.iter().copied().find(|column| row.cell(*column).is_some());
            if let Some(column) = filled {
                fields.insert(*field, self.said(row, column, row.text(column)));
            }
        }
        let whole = self.said(row, name_column, name);
        let in_one_cell =
            fields.remove(&Field::NamePostUnit).is_some() && !self.head.columns.contains_key(&Field::Name);
        let (mut bare, rest) = match name.split_once(',') {
            Some((head, rest)) if in_one_cell => (head.trim(), Some(rest.trim())),
            _ => (name, None),
        };
        let subject = self.subject_of(row, name_column, &fields, bare);
        if subject == Subject::Individual
            && let Some((salutation, rest)) = words.salutation(bare)
        {
            fields.entry(Field::Salutation).or_insert_with(|| Said { text: salutation.to_owned(), ..whole.clone() });
            bare = rest;
        }
        fields.insert(Field::Name, Said { text: bare.to_owned(), ..whole.clone() });
        let both = match rest {
            Some(rest) => Some(Said { text: rest.to_owned(), ..whole }),
            None => fields.get(&Field::PostUnit).cloned(),
        };
        if let Some(both) = both {
            let (post, unit) = cells::post_and_unit(&both.text, |text| words.is_unit_name(text));
            for (field, text) in [(Field::Post, post), (Field::Unit, unit)] {
                if let Some(text) = text.filter(|text| !text.is_empty()) {
                    fields.entry(field).or_insert_with(|| Said { text: text.to_owned(), ..both.clone() });
                }
            }
            fields.insert(Field::PostUnit, both);
        }
        if subject == Subject::Individual {
            self.address(&mut fields);
        }
        if !fields.contains_key(&Field::Unit)
            && let Some(unit) = &self.unit
            && unit.text != bare
        {
            fields.insert(Field::Unit, unit.clone());
        }
        if !fields.contains_key(&Field::Award)
            && let Some(award) = &self.award
        {
            fields.insert(Field::Award, award.clone());
        }
        for field in [Field::Agree, Field::Disagree, Field::Invalid, Field::Council, Field::Members, Field::Advanced] {
            self.checked(&mut fields, field, |text| cells::whole(text).is_some());
        }
        self.checked(&mut fields, Field::Amount, |text| cells::money(text).is_some());
        self.checked(&mut fields, Field::AdvancedShare, |text| cells::percent(text).is_some());
        self.roster.awardees.push(Awardee { subject, fields });
    }

    /// Takes out what is no number and says so.
    fn checked(&mut self, fields: &mut BTreeMap<Field, Said>, field: Field, sound: impl Fn(&str) -> bool) {
        if fields.get(&field).is_some_and(|said| !sound(&said.text))
            && let Some(said) = fields.remove(&field)
            && !matches!(said.text.trim(), "-" | "–" | "0" | "")
        {
            let finding = AwardFinding::new("KT104", Severity::Warning, Some(said.place)).with("text", said.text);
            self.roster.findings.push(finding.with("column", said.column));
        }
    }

    fn subject_of(&self, row: &TableRow, name_column: u32, fields: &BTreeMap<Field, Said>, name: &str) -> Subject {
        let words = self.knowledge.words;
        let kind = fields.get(&Field::Kind).and_then(|said| words.subject(&said.text));
        let column = self.head.subjects.get(&name_column).copied();
        let by_sex = [Field::Female, Field::Male, Field::Sex, Field::Birth]
            .iter()
            .any(|field| fields.get(field).is_some_and(|said| row.cells.iter().any(|cell| cell.text == said.text)));
        kind.or(self.subject)
            .or(column)
            .or(self.sheet_subject)
            .unwrap_or_else(|| if by_sex { Subject::Individual } else { words.subject_of_name(name) })
    }

    /// Ông or Bà where a column says so.
    fn address(&self, fields: &mut BTreeMap<Field, Said>) {
        if fields.contains_key(&Field::Salutation) {
            return;
        }
        let words = self.knowledge.words;
        let woman = match (fields.get(&Field::Sex), fields.get(&Field::Female), fields.get(&Field::Male)) {
            (Some(sex), ..) => words.is_woman(&sex.text).map(|woman| (woman, sex.clone())),
            (None, Some(mark), None) => Some((true, mark.clone())),
            (None, None, Some(mark)) => Some((false, mark.clone())),
            _ => None,
        };
        if let Some((woman, said)) = woman {
            let text = if woman { "Bà" } else { "Ông" };
            fields.insert(Field::Salutation, Said { text: text.to_owned(), ..said });
        }
    }
}

/// "05 tập thể", "12 cá nhân", "3 hộ" in a text.
fn counted(text: &str) -> Vec<(i64, Subject)> {
    let folded = crate::language::fold::fold(text);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut out = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let Some(value) = cells::whole(word) else { continue };
        let next = (words.get(at + 1).copied().unwrap_or_default(), words.get(at + 2).copied().unwrap_or_default());
        match next {
            ("tập", "thể") => out.push((value, Subject::Collective)),
            ("cá", "nhân") => out.push((value, Subject::Individual)),
            ("hộ", _) | ("gia", "đình") => out.push((value, Subject::Household)),
            _ => {}
        }
    }
    out
}

/// "I", "II.", "A", "1.1".
fn is_group_label(text: &str) -> bool {
    let bare = text.trim().trim_end_matches(['.', ')', '/', '-', ':']).trim();
    numeral::roman(bare).is_some() || (bare.chars().count() == 1 && bare.chars().all(char::is_uppercase))
}

/// A group line without its label.
fn without_label(text: &str) -> &str {
    match text.split_once(['.', ')', '/', ':', '-']) {
        Some((label, rest)) if is_group_label(label) || cells::whole(label).is_some() => rest.trim(),
        _ => text
            .split_once(' ')
            .filter(|(label, _)| label.len() > 1 && is_group_label(label))
            .map_or(text, |(_, rest)| rest)
            .trim(),
    }
}

/// A name of a group without a number in brackets after it.
fn without_count(text: &str) -> &str {
    match text.rsplit_once('(') {
        Some((name, count)) if count.trim_start().starts_with(|c: char| c.is_ascii_digit()) => name.trim(),
        _ => {
            text.rsplit_once(':').filter(|(_, count)| !counted(count).is_empty()).map_or(text, |(name, _)| name.trim())
        }
    }
}

fn is_short_label(text: &str) -> bool {
    text.chars().count() <= 90
}

/// "Bình An, ngày 12 tháng 10 năm 2026".
fn is_date_line(text: &str) -> bool {
    let text = crate::language::fold::fold(text);
    let place = |word: &str| text.find(word);
    matches!((place("ngày"), place("tháng"), place("năm")), (Some(day), Some(month), Some(year)) if day < month && month < year)
        && text.chars().count() < 70
        && text.contains(',')
}

/// The row of column numbers below headings: (1), (2), (3) or A, B, 1, 2.
fn is_column_numbers(row: &TableRow) -> bool {
    let bare = |text: &str| text.trim_matches(['(', ')', '[', ']', ' ']).to_owned();
    let texts: Vec<String> = row.cells.iter().map(|cell| bare(&cell.text)).collect();
    let numbers: Vec<i64> = texts.iter().filter_map(|text| cells::whole(text)).collect();
    let letters = texts.iter().filter(|text| text.len() == 1 && text.bytes().all(|b| b.is_ascii_alphabetic())).count();
    texts.len() >= 3
        && numbers.len() + letters == texts.len()
        && (numbers.is_empty() || numbers.windows(2).all(|pair| matches!(pair, [a, b] if *b == a + 1)))
}

/// A text that is short enough for a message.
fn shortened(text: &str) -> String {
    if text.chars().count() <= 120 { text.to_owned() } else { text.chars().take(119).chain(['…']).collect() }
}
