//! Registration forms as data for their templates: one for each unit, and the blank one.

use super::ask::{Asked, Minimum, Office, Value, due_text};
use super::task::Due;
use crate::compose::plan::{AnnexedForm, SentForm, rich_text};
use crate::language::fold::fold;
use crate::model::{Open, Origin, Trace, Traced};
use crate::pack::{PLAN_WORDS_FILE, RegistrationKind};
use crate::template::{Data, DataError, FileNames};
use serde_json::{Map, Value as Json, json};

/// Version of the trace of a batch.
const SCHEMA_VERSION: u32 = 1;
/// Empty rows beyond the least number, for those who register more.
const SPARE_ROWS: u64 = 3;
/// Empty rows at least.
const ROWS: u64 = 6;
/// Empty rows of forms that stand upright with several tables.
const FEW_ROWS: u64 = 4;
/// Most rows that a form is given.
const MOST_ROWS: u64 = 60;

/// A form to be filled.
#[derive(Debug, Clone)]
pub struct FormData {
    /// File name without extension.
    pub name: String,
    /// Values for the template.
    pub data: Data,
    /// Origins of the values.
    pub trace: Trace,
}

/// The path of a kind's Word form in the pack.
#[must_use]
pub fn form_path(kind: RegistrationKind) -> &'static str {
    match kind {
        RegistrationKind::CongTrinh => "hoi-lhpn/dang-ky-cong-trinh/form.docx",
        RegistrationKind::TapThe => "hoi-lhpn/dang-ky-tap-the/form.docx",
        RegistrationKind::CaNhan => "hoi-lhpn/dang-ky-ca-nhan/form.docx",
    }
}

/// The blank form, then one for each unit in the order of the list.
///
/// # Errors
/// When a value does not fit a template, which none of these does.
pub fn forms(asked: &Asked, office: &Office) -> Result<Vec<FormData>, DataError> {
    let kind = office.form.kind;
    let mut names = FileNames::default();
    let blank = Sheet::new(asked, office, None).finish(format!("mau-dang-ky-{}", kind.code()))?;
    let mut forms = vec![blank];
    for (at, (unit, minimum)) in asked.units.iter().enumerate() {
        let sheet = Sheet::new(asked, office, Some((at, unit.name.as_str(), minimum.as_ref())));
        let pattern = format!("dang-ky-{} {{stt}} {}", kind.code(), unit.name.replace(['{', '}'], ""));
        let (name, _) = names.next(&pattern, &Data::default(), at + 1);
        forms.push(sheet.finish(name)?);
    }
    Ok(forms)
}

/// The blank form as it stands behind a plan that is being drafted: what the plan says goes before what the directives
/// say.
///
/// # Errors
/// When a value does not fit a template, which none of these does.
pub fn annexed(form: &AnnexedForm, asked: &Asked, office: &Office) -> Result<FormData, DataError> {
    let due = form.due.clone().map(|(date, origin)| Value { value: Due { date, inclusive: true }, origin });
    let basis = Some(Value { value: form.basis.0.clone(), origin: form.basis.1.clone() });
    let asked = Asked { due, basis, open: Vec::new(), units: Vec::new(), ..asked.clone() };
    let mut sheet = Sheet::new(&asked, office, None);
    let label = Origin::Pack { file: PLAN_WORDS_FILE.to_owned(), key: "sentences.annex".to_owned() };
    let heading = json!({ "nhan": form.label, "kem_theo": rich_text(&form.belongs.0) });
    sheet.values.insert("phu_luc".to_owned(), heading);
    for (place, value, origin) in
        [("phu_luc.nhan", &form.label, label), ("phu_luc.kem_theo", &form.belongs.0, form.belongs.1.clone())]
    {
        sheet.entries.push(Traced { place: place.to_owned(), value: value.clone(), origin });
    }
    sheet.finish(format!("mau-dang-ky-{}", form.kind.code()))
}

/// Path of the Word form for the blank forms of a directive.
pub const SENT_FORM: &str = "hoi-lhpn/mau-cap-tren/form.docx";
/// Rows of a form that its directive left without any.
const SENT_ROWS: u32 = 5;

/// A blank form of a directive as it stands behind a plan.
///
/// # Errors
/// When a value does not fit a template, which none of these does.
pub fn handed_on(form: &SentForm, label: &str, belongs: &(String, Origin)) -> Result<FormData, DataError> {
    let pack = Origin::Pack { file: PLAN_WORDS_FILE.to_owned(), key: "sentences.annex".to_owned() };
    let entry = |place: &str, value: &str, origin: &Origin| Traced {
        place: place.to_owned(),
        value: value.to_owned(),
        origin: origin.clone(),
    };
    let rows = 1..=if form.rows == 0 { SENT_ROWS } else { form.rows.min(SENT_ROWS * 2) };
    let numbered = form.columns.first().is_some_and(|(heading, _)| ["tt", "stt"].contains(&fold(heading).as_str()));
    let mut entries = vec![
        entry("phu_luc.nhan", label, &pack),
        entry("phu_luc.kem_theo", &belongs.0, &belongs.1),
        entry("tieu_de", &form.title.0, &form.title.1),
    ];
    for (at, (heading, origin)) in form.columns.iter().enumerate() {
        entries.push(entry(&format!("cot[{at}]"), heading, origin));
    }
    let numbers: Vec<String> = rows.map(|row| if numbered { row.to_string() } else { String::new() }).collect();
    if numbered {
        entries.extend((1..=numbers.len() as u64).map(row_number));
    }
    let headings: Vec<&str> = form.columns.iter().map(|(heading, _)| heading.as_str()).collect();
    let data = Data::from_value(&json!({
        "phu_luc": {"nhan": label, "kem_theo": rich_text(&belongs.0)},
        "tieu_de": form.title.0,
        "cot": headings,
        "hang_trong": numbers,
    }))?;
    let name = "mau-cap-tren".to_owned();
    let document = format!("{name}.docx");
    let trace = Trace { schema_version: SCHEMA_VERSION, document, sources: Vec::new(), entries, open: Vec::new() };
    Ok(FormData { name, data, trace })
}

fn row_number(row: u64) -> Traced {
    let origin = Origin::Computed { rule: "row-number".to_owned(), inputs: Vec::new() };
    Traced { place: format!("hang_trong[{}]", row.saturating_sub(1)), value: row.to_string(), origin }
}

/// One form that is being put together.
struct Sheet<'a> {
    values: Map<String, Json>,
    entries: Vec<Traced>,
    open: Vec<Open>,
    asked: &'a Asked,
    office: &'a Office<'a>,
}

impl<'a> Sheet<'a> {
    fn new(asked: &'a Asked, office: &'a Office<'a>, unit: Option<(usize, &str, Option<&Minimum>)>) -> Self {
        let open = asked.open.clone();
        let mut sheet = Self { values: Map::new(), entries: Vec::new(), open, asked, office };
        sheet.value("dot", asked.drive.as_ref());
        let above = office.profile.short_name();
        let field = |field: &str| Origin::Profile { field: field.to_owned() };
        sheet.put("cap_tren", &above.to_uppercase(), field("don-vi.ten-ngan"));
        sheet.put("kinh_gui", above, field("don-vi.ten-ngan"));
        match unit {
            Some((at, name, minimum)) => sheet.unit(at, name, minimum),
            None => {
                // The blank form waits for a unit.
                for place in ["don_vi", "don_vi_hoa", "chi_tieu"] {
                    sheet.values.insert(place.to_owned(), json!("………………………………"));
                }
            }
        }
        let due = asked.due.as_ref().map(|due| Value { value: due_text(due.value), origin: due.origin.clone() });
        sheet.value("han", due.as_ref());
        sheet.value("noi_gui", asked.send_to.as_ref());
        sheet.value("can_cu", asked.basis.as_ref());
        if let Some(basis) = &asked.basis {
            sheet.values.insert("can_cu".to_owned(), rich_text(&basis.value));
        }
        let least = match office.form.kind {
            RegistrationKind::CongTrinh => unit.and_then(|(_, _, minimum)| minimum).map_or(0, |minimum| minimum.number),
            _ => 0,
        };
        // The form behind a plan shows how it is filled in; it has to stand on one page.
        let shown = unit.is_none() && asked.units.is_empty();
        let few = if office.form.kind == RegistrationKind::CongTrinh && !shown { ROWS } else { FEW_ROWS };
        let rows = (least + if shown { 0 } else { SPARE_ROWS }).clamp(few, MOST_ROWS);
        sheet.values.insert("hang_trong".to_owned(), (1..=rows).map(|row| json!(row)).collect());
        sheet.entries.extend((1..=rows).map(row_number));
        sheet
    }

    fn unit(&mut self, at: usize, name: &str, minimum: Option<&Minimum>) {
        let row = self.office.below.and_then(|below| {
            let unit = below.list.iter().find(|unit| unit.name == name)?;
            Some(Origin::Row {
                file: below.file.clone(),
                sheet: below.sheet.clone(),
                row: unit.row,
                column: "Tên đơn vị".to_owned(),
                text: unit.name.clone(),
            })
        });
        let origin = row.unwrap_or_else(|| Origin::Profile { field: format!("cap-duoi[{}]", at + 1) });
        self.put("don_vi", name, origin.clone());
        self.put("don_vi_hoa", &name.to_uppercase(), origin);
        if self.office.form.kind == RegistrationKind::CongTrinh {
            let minimum = minimum.map(|minimum| Value { value: minimum.text.clone(), origin: minimum.origin.clone() });
            self.value("chi_tieu", minimum.as_ref());
        }
    }

    /// A value that may be missing: then it stands open in the document and in the list.
    fn value(&mut self, place: &str, value: Option<&Value<String>>) {
        match value {
            Some(value) => self.put(place, &value.value, value.origin.clone()),
            None => {
                let what = self.office.texts.get(&format!("registration.open.{place}"), &[]);
                self.open.push(Open { place: place.to_owned(), what, about: Vec::new() });
            }
        }
    }

    fn put(&mut self, place: &str, value: &str, origin: Origin) {
        self.values.insert(place.to_owned(), json!(value));
        self.entries.push(Traced { place: place.to_owned(), value: value.to_owned(), origin });
    }

    fn finish(self, name: String) -> Result<FormData, DataError> {
        let data = Data::from_value(&Json::Object(self.values))?;
        let trace = Trace {
            schema_version: SCHEMA_VERSION,
            document: format!("{name}.docx"),
            sources: self.asked.sources.clone(),
            entries: self.entries,
            open: self.open,
        };
        Ok(FormData { name, data, trace })
    }
}
