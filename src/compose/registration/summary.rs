//! What comes of registrations, as data for Word templates: the table by unit, and the letter that reminds.

use super::ask::{Asked, Value, due_text};
use super::check::FormFinding;
use super::read::{Item, Returned};
use super::rollup::{Collected, UnitRow, UnitState};
use crate::compose::letterhead::Paper;
use crate::language::fold::fold;
use crate::language::numeral_words::grouped;
use crate::model::{Open, Origin, Severity, Trace, Traced};
use crate::pack::{Profile, RegistrationForm, Texts, leading};
use crate::template::{Data, DataError};
use jiff::civil::Date;
use serde_json::{Map, Value as Json, json};

/// Version of the traces.
const SCHEMA_VERSION: u32 = 1;

/// Path of the Word form of the table by unit.
pub const TABLE_FORM: &str = "hoi-lhpn/tong-hop-dang-ky/form.docx";
/// Path of the Word form of the letter that reminds.
pub const REMINDER_FORM: &str = "hoi-lhpn/don-doc/form.docx";

/// What the documents need beside what was collected.
#[derive(Debug, Clone, Copy)]
pub struct Desk<'a> {
    /// The office.
    pub profile: &'a Profile,
    /// What was asked.
    pub asked: &'a Asked,
    /// Vietnamese sentences: the documents are Vietnamese whatever the run speaks.
    pub texts: &'a Texts,
    /// Sentences in the language of the run, for what is open.
    pub own_texts: &'a Texts,
    /// Date of the documents.
    pub date: Option<Date>,
    /// New day for those who are missing.
    pub new_due: Option<Date>,
    /// The form that was sent out.
    pub form: &'a RegistrationForm,
}

/// The table by unit.
///
/// # Errors
/// When a value does not fit the template, which none of these does.
pub fn table(collected: &Collected, desk: &Desk, name: &str) -> Result<(Data, Trace), DataError> {
    let mut sheet = Sheet::new(desk);
    sheet.head("BC");
    sheet.foot(None);
    sheet.counts(collected);
    let rows: Vec<Json> = collected.units.iter().map(|unit| sheet.unit(collected, unit)).collect();
    sheet.values.insert("don_vi".to_owned(), Json::Array(rows));
    sheet.totals(collected);
    let items: Vec<Json> = collected
        .counting()
        .flat_map(|(unit, form)| form.items.iter().map(move |item| (unit, form, item)))
        .enumerate()
        .map(|(at, (unit, form, item))| sheet.item(at + 1, unit, form, item))
        .collect();
    sheet.values.insert("muc".to_owned(), Json::Array(items));
    sheet.finish(name)
}

/// The letter to units from which nothing came, or whose form has to be put right; `None` when there are none.
///
/// # Errors
/// When a value does not fit the template, which none of these does.
pub fn reminder(collected: &Collected, desk: &Desk, name: &str) -> Result<Option<(Data, Trace)>, DataError> {
    let missing: Vec<&UnitRow> = collected.missing().filter(|unit| unit.listed).collect();
    let known = |unit: &&UnitRow| unit.listed || !collected.has_list();
    let incomplete = collected.units.iter().filter(|unit| unit.state == UnitState::Incomplete);
    let lacking: Vec<&UnitRow> = incomplete.filter(known).collect();
    if missing.is_empty() && lacking.is_empty() {
        return Ok(None);
    }
    let mut sheet = Sheet::new(desk);
    sheet.head("");
    sheet.counts(collected);
    let names = |units: &[&UnitRow]| units.iter().map(|unit| unit.unit.clone()).collect::<Vec<_>>();
    let to: Vec<String> = names(&missing).into_iter().chain(names(&lacking)).collect();
    sheet.foot(Some("Như trên"));
    for unit in missing.iter().chain(&lacking) {
        sheet.entry("kinh_gui", &unit.unit, unit_origin(unit));
    }
    sheet.values.insert("kinh_gui".to_owned(), json!(to));
    sheet.values.insert("chua_gui".to_owned(), json!(names(&missing)));
    let rows: Vec<Json> = lacking.iter().map(|unit| sheet.lacking(collected, unit)).collect();
    sheet.values.insert("bo_sung".to_owned(), Json::Array(rows));
    let short = desk.profile.short_name();
    sheet.put("don_vi", short, Origin::Profile { field: "don-vi.ten-ngan".to_owned() });
    sheet.value("can_cu", desk.asked.basis.as_ref());
    sheet.value("noi_gui", desk.asked.send_to.as_ref());
    let due = desk.asked.due.as_ref().map(|due| Value { value: due_text(due.value), origin: due.origin.clone() });
    sheet.value("han", due.as_ref());
    let given = |option: &str| Origin::Given { option: option.to_owned() };
    let new_due = desk.new_due.map(|date| Value { value: day(date), origin: given("--new-due") });
    sheet.value("han_moi", new_due.as_ref());
    sheet.finish(name).map(Some)
}

/// One document that is being put together.
struct Sheet<'a> {
    desk: &'a Desk<'a>,
    values: Map<String, Json>,
    entries: Vec<Traced>,
    open: Vec<Open>,
}

impl<'a> Sheet<'a> {
    fn new(desk: &'a Desk<'a>) -> Self {
        Self { desk, values: Map::new(), entries: Vec::new(), open: Vec::new() }
    }

    fn entry(&mut self, place: &str, value: &str, origin: Origin) {
        self.entries.push(Traced { place: place.to_owned(), value: value.to_owned(), origin });
    }

    fn put(&mut self, place: &str, value: &str, origin: Origin) {
        self.values.insert(place.to_owned(), json!(value));
        self.entry(place, value, origin);
    }

    fn value(&mut self, place: &str, value: Option<&Value<String>>) {
        match value {
            Some(value) => self.put(place, &value.value, value.origin.clone()),
            None => self.left_open(place),
        }
    }

    fn left_open(&mut self, place: &str) {
        let what = self.desk.own_texts.get(&format!("collect.open.{place}"), &[]);
        self.open.push(Open { place: place.to_owned(), what, about: Vec::new() });
    }

    fn paper(&mut self) -> Paper<'_> {
        Paper { values: &mut self.values, entries: &mut self.entries }
    }

    /// Head of the paper: of a letter, the symbol is the unit's alone.
    fn head(&mut self, kind: &str) {
        let desk = self.desk;
        self.paper().head(desk.profile, kind, desk.date);
        self.left_open("so");
        if desk.date.is_none() {
            self.left_open("ngay");
        }
        let drive = self.desk.asked.drive.as_ref();
        let what =
            drive.map(|drive| Value { value: registered(&drive.value, self.desk.form), origin: drive.origin.clone() });
        match what {
            Some(what) => self.put("viec", &what.value, what.origin),
            None => self.left_open("dot"),
        }
    }

    /// Recipients and signature: the first signer of the profile.
    fn foot(&mut self, first: Option<&str>) {
        let profile = self.desk.profile;
        let field = |field: String| Origin::Profile { field };
        let mut copies: Vec<(String, Origin)> =
            first.map(|first| (format!("{first};"), field("noi-nhan".to_owned()))).into_iter().collect();
        for (at, to) in profile.recipients.iter().enumerate() {
            if let Some(purpose) = to.purpose.as_deref().filter(|purpose| purpose.contains("báo cáo")) {
                copies.push((format!("{} ({purpose});", to.name), field(format!("noi-nhan[{at}]"))));
            }
        }
        copies.push(("Lưu: VT.".to_owned(), field("bo-phan".to_owned())));
        self.paper().copies(copies);
        if !self.paper().signature(profile, 0) {
            self.values.insert("quyen_han".to_owned(), json!(["……"]));
            self.left_open("nguoi_ky");
        }
    }

    fn counts(&mut self, collected: &Collected) {
        let units: Vec<&UnitRow> = collected.units.iter().filter(|unit| unit.listed || !collected.has_list()).collect();
        let lists: [(&str, Vec<&UnitRow>); 4] = [
            ("so_don_vi", units.clone()),
            ("da_dang_ky", units.iter().copied().filter(|unit| unit.state != UnitState::Missing).collect()),
            ("chua_dang_ky", units.iter().copied().filter(|unit| unit.state == UnitState::Missing).collect()),
            ("gui_muon", units.iter().copied().filter(|unit| unit.late).collect()),
        ];
        for (place, list) in lists {
            let inputs = list.iter().map(|unit| unit_origin(unit)).collect();
            self.put(place, &format!("{:02}", list.len()), Origin::Computed { rule: "count".to_owned(), inputs });
        }
    }

    /// A row of the table by unit, its sums with the rows that they come from.
    fn unit(&mut self, collected: &Collected, unit: &UnitRow) -> Json {
        let items: Vec<(&Returned, &Item)> = collected
            .counting()
            .filter(|(name, _)| *name == unit.unit)
            .flat_map(|(_, form)| form.items.iter().map(move |item| (form, item)))
            .collect();
        let place = |name: &str| format!("don_vi[{}].{name}", unit.unit);
        let evidence = |column: &str| -> Vec<Origin> {
            items.iter().map(|(form, item)| cell_origin(form, item, column)).collect()
        };
        let sums = [
            ("so_muc", unit.items, "ten"),
            ("so_nguoi", unit.people, "so-nguoi"),
            ("kinh_phi", unit.money, "kinh-phi"),
        ];
        let mut row = Map::new();
        row.insert("don_vi".to_owned(), json!(unit.unit));
        let sent = unit.state != UnitState::Missing;
        for (name, value, column) in sums {
            let text = if sent { amount(value) } else { String::new() };
            row.insert(name.to_owned(), json!(text));
            if sent {
                let rule = if name == "so_muc" { "count" } else { "sum" };
                self.entry(&place(name), &text, Origin::Computed { rule: rule.to_owned(), inputs: evidence(column) });
            }
        }
        row.insert("chi_tieu".to_owned(), json!(unit.minimum.map(amount).unwrap_or_default()));
        row.insert("ngay".to_owned(), json!(unit.date.map(day).unwrap_or_default()));
        row.insert("ghi_chu".to_owned(), json!(self.remark(unit)));
        Json::Object(row)
    }

    fn remark(&self, unit: &UnitRow) -> String {
        let text = |key: &str| self.desk.texts.get(&format!("collect.state.{key}"), &[]);
        let state = match unit.state {
            UnitState::Missing => Some("missing"),
            UnitState::Incomplete => Some("incomplete"),
            UnitState::Complete => None,
        };
        let late = unit.late.then_some("late");
        let unlisted = (!unit.listed).then_some("unlisted");
        state.into_iter().chain(late).chain(unlisted).map(text).collect::<Vec<_>>().join("; ")
    }

    fn totals(&mut self, collected: &Collected) {
        let sum = |value: fn(&UnitRow) -> u64| collected.units.iter().map(value).fold(0, u64::saturating_add);
        let sums = [
            ("chi_tieu", sum(|unit| unit.minimum.unwrap_or(0))),
            ("so_muc", sum(|unit| unit.items)),
            ("so_nguoi", sum(|unit| unit.people)),
            ("kinh_phi", sum(|unit| unit.money)),
        ];
        let mut totals = Map::new();
        for (name, value) in sums {
            let text = if name == "chi_tieu" && value == 0 { String::new() } else { amount(value) };
            let inputs = collected.units.iter().map(unit_origin).collect();
            self.entry(&format!("tong.{name}"), &text, Origin::Computed { rule: "sum".to_owned(), inputs });
            totals.insert(name.to_owned(), json!(text));
        }
        self.values.insert("tong".to_owned(), Json::Object(totals));
    }

    fn item(&mut self, number: usize, unit: &str, form: &Returned, item: &Item) -> Json {
        let time = match (item.start, item.end) {
            (Some(start), Some(end)) if start == end => day(end),
            (Some(start), Some(end)) => format!("từ {}\nđến {}", day(start), day(end)),
            (start, end) => start.or(end).map(day).unwrap_or_default(),
        };
        self.entry(&format!("muc[{number}].ten"), &item.name, cell_origin(form, item, "ten"));
        json!({
            "tt": number,
            "don_vi": unit,
            "ten": item.name,
            "dia_diem": item.cells.get("dia-diem").cloned().unwrap_or_default(),
            "so_nguoi": item.count.map(amount).unwrap_or_default(),
            "kinh_phi": item.money.map(amount).unwrap_or_default(),
            "thoi_gian": time,
        })
    }

    /// What a unit has to put right, each finding once.
    fn lacking(&mut self, collected: &Collected, unit: &UnitRow) -> Json {
        let own = |found: &&FormFinding| unit.files.contains(&found.file) && found.finding.severity > Severity::Info;
        let mut lines: Vec<String> = Vec::new();
        for found in collected.findings.iter().filter(own) {
            let args: Vec<(&str, &str)> =
                found.finding.args.iter().map(|(slot, value)| (*slot, value.as_str())).collect();
            let message = self.desk.texts.get(&format!("diagnostic.{}.message", found.finding.code), &args);
            let line = format!("- {message}");
            self.entry(&format!("bo_sung[{}]", unit.unit), &message, finding_origin(found));
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        json!({"don_vi": unit.unit, "noi_dung": lines.join("\n")})
    }

    fn finish(self, name: &str) -> Result<(Data, Trace), DataError> {
        let data = Data::from_value(&Json::Object(self.values))?;
        let trace = Trace {
            schema_version: SCHEMA_VERSION,
            document: name.to_owned(),
            sources: self.desk.asked.sources.clone(),
            entries: self.entries,
            open: self.open,
        };
        Ok((data, trace))
    }
}

/// What units register, in a sentence: the things counted, unless the drive names them itself.
fn registered(drive: &str, form: &RegistrationForm) -> String {
    if leading(&fold(drive), &form.counted).is_some() {
        return drive.to_owned();
    }
    let things = form.counted.first().map_or("thi đua", String::as_str);
    format!("{things} thực hiện {drive}")
}

/// The files of a unit.
fn unit_origin(unit: &UnitRow) -> Origin {
    let file = |file: &String| Origin::Row {
        file: file.clone(),
        sheet: None,
        row: 0,
        column: String::new(),
        text: unit.unit.clone(),
    };
    match unit.files.as_slice() {
        [] => Origin::Profile { field: "cap-duoi.tep".to_owned() },
        files => Origin::Computed { rule: "files-of-unit".to_owned(), inputs: files.iter().map(file).collect() },
    }
}

/// A cell of a returned form.
fn cell_origin(form: &Returned, item: &Item, column: &str) -> Origin {
    Origin::Row {
        file: form.file.clone(),
        sheet: Some(item.table_number.to_string()),
        row: item.row,
        column: column.to_owned(),
        text: item.cells.get(column).cloned().unwrap_or_default(),
    }
}

fn finding_origin(found: &FormFinding) -> Origin {
    Origin::Computed {
        rule: found.finding.code.to_owned(),
        inputs: vec![Origin::Row {
            file: found.file.clone(),
            sheet: None,
            row: found.row.unwrap_or(0),
            column: String::new(),
            text: found.finding.args.get("text").cloned().unwrap_or_default(),
        }],
    }
}

/// A whole number with Vietnamese separators.
fn amount(value: u64) -> String {
    grouped(value as f64, 0)
}

fn day(date: Date) -> String {
    format!("{:02}/{:02}/{}", date.day(), date.month(), date.year())
}
