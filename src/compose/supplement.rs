//! Phiếu yêu cầu bổ sung hồ sơ: for each unit a letter that lists what has to be put right in its papers.
//!
//! A line comes from a finding and carries its number, so that the reply can be matched; it speaks about the paper, never
//! about a person. What a machine could not judge is left out: it is the office's own to look at.

use super::letterhead::Paper;
use crate::language::fold::fold;
use crate::model::{BatchReport, CheckReport, Noted, Open, Origin, Severity, Trace, Traced, TracedSource};
use crate::pack::{Profile, Texts};
use crate::template::{Data, DataError};
use jiff::civil::Date;
use serde_json::{Map, Value, json};

/// Path of the Word form in the pack.
pub const FORM: &str = "hoi-lhpn/phieu-bo-sung/form.docx";

/// Version of the traces.
const SCHEMA_VERSION: u32 = 1;

/// What a letter says about a finding; the sentences stand with the renderers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// What is the matter, with the words of the paper.
    pub message: String,
    /// Where.
    pub place: String,
    /// What to do.
    pub remedy: Option<String>,
}

/// What the letters need beside the findings.
#[derive(Debug, Clone, Copy)]
pub struct Desk<'a> {
    /// The office that writes.
    pub profile: &'a Profile,
    /// Vietnamese sentences: a letter is Vietnamese whatever the run speaks.
    pub texts: &'a Texts,
    /// Sentences in the language of the run, for what is open.
    pub own_texts: &'a Texts,
    /// Date of the letters.
    pub date: Option<Date>,
    /// Day before which the papers have to be put right.
    pub due: Option<Date>,
}

/// A letter to one unit.
#[derive(Debug)]
pub struct Letter {
    /// The unit as its papers name it; `None` for papers that name none.
    pub unit: Option<String>,
    /// Values for the form.
    pub data: Data,
    /// Where they come from; the name of the document is left to whoever writes it.
    pub trace: Trace,
}

/// The letters of a batch: one for each unit with something to put right, by the order of their first papers; papers that
/// name no unit come last.
///
/// # Errors
/// When a value does not fit the template, which none of these does.
pub fn letters(
    batch: &BatchReport,
    desk: &Desk,
    wording: impl Fn(&CheckReport, Option<&Noted>) -> Wording,
) -> Result<Vec<Letter>, DataError> {
    let mut units: Vec<(Option<String>, Vec<&CheckReport>)> = Vec::new();
    for report in batch.files.iter().filter(|report| report.failure.is_some() || lacking(report).next().is_some()) {
        let unit = report.about.unit.as_deref().map(str::trim).filter(|unit| !unit.is_empty());
        let key = unit.map(fold);
        match units.iter_mut().find(|(known, _)| known.as_deref().map(fold) == key) {
            Some((_, reports)) => reports.push(report),
            None => units.push((unit.map(str::to_owned), vec![report])),
        }
    }
    units.sort_by_key(|(unit, _)| unit.is_none());
    units.into_iter().map(|(unit, reports)| letter(unit, &reports, desk, &wording)).collect()
}

/// Findings that a unit has to act on.
fn lacking(report: &CheckReport) -> impl Iterator<Item = &Noted> {
    report.findings.iter().filter(|noted| noted.finding.severity >= Severity::Warning && !noted.finding.review)
}

fn letter(
    unit: Option<String>,
    reports: &[&CheckReport],
    desk: &Desk,
    wording: impl Fn(&CheckReport, Option<&Noted>) -> Wording,
) -> Result<Letter, DataError> {
    let mut sheet = Sheet { desk, values: Map::new(), entries: Vec::new(), open: Vec::new() };
    sheet.head();
    let named = |report: &&CheckReport| Origin::Computed {
        rule: "unit-of-report".to_owned(),
        inputs: vec![Origin::Given { option: report.path.clone() }],
    };
    let origin = reports.first().map(named);
    sheet.optional("kinh_gui", unit.clone(), origin.unwrap_or_else(|| profile("don-vi")));
    let count = Origin::Computed { rule: "count".to_owned(), inputs: reports.iter().map(named).collect() };
    sheet.put("so_ho_so", format!("{:02}", reports.len()), count);
    let department = desk.profile.departments.iter().enumerate().find(|(_, department)| {
        department.fields.iter().any(|field| ["thi đua", "khen thưởng"].contains(&field.trim().to_lowercase().as_str()))
    });
    match department {
        Some((at, department)) => {
            sheet.put("bo_phan", department.name.clone(), profile(format!("bo-phan[{at}].ten")));
        }
        None => sheet.put("bo_phan", desk.profile.short_name().to_owned(), profile("don-vi.ten-ngan")),
    }
    let mut rows = Vec::new();
    for report in reports {
        let findings: Vec<Option<&Noted>> =
            if report.failure.is_some() { vec![None] } else { lacking(report).map(Some).collect() };
        for noted in findings {
            let place = format!("noi_dung[{}]", rows.len() + 1);
            rows.push(sheet.line(&place, rows.len() + 1, report, noted, &wording(report, noted)));
        }
    }
    sheet.values.insert("noi_dung".to_owned(), Value::Array(rows));
    let due = desk.due.map(|date| date.strftime("%d/%m/%Y").to_string());
    sheet.optional("han", due, Origin::Given { option: "--due".to_owned() });
    let planning = &desk.profile.planning;
    let contact = &desk.profile.contact;
    let (send_to, origin) = match (&planning.reports_to, &contact.address) {
        (Some(to), _) => (to.clone(), profile("ke-hoach.gui-ve")),
        (None, Some(address)) => (format!("{}, {address}", desk.profile.short_name()), profile("lien-he.dia-chi")),
        (None, None) => (desk.profile.short_name().to_owned(), profile("don-vi.ten-ngan")),
    };
    sheet.put("noi_gui", send_to, origin);
    let reach: Vec<&str> =
        [&contact.person, &contact.phone, &contact.email].into_iter().flatten().map(String::as_str).collect();
    sheet.values.insert("lien_he".to_owned(), json!(""));
    if !reach.is_empty() {
        sheet.put("lien_he", reach.join(", "), profile("lien-he"));
    }
    sheet.foot();
    let sources = reports.iter().filter(|report| !report.sha256.is_empty());
    let trace = Trace {
        schema_version: SCHEMA_VERSION,
        document: String::new(),
        sources: sources
            .map(|report| TracedSource { path: report.path.clone(), sha256: report.sha256.clone() })
            .collect(),
        entries: sheet.entries,
        open: sheet.open,
    };
    Ok(Letter { unit, data: Data::from_value(&Value::Object(sheet.values))?, trace })
}

fn profile(field: impl Into<String>) -> Origin {
    Origin::Profile { field: field.into() }
}

/// One letter that is being put together.
struct Sheet<'a> {
    desk: &'a Desk<'a>,
    values: Map<String, Value>,
    entries: Vec<Traced>,
    open: Vec<Open>,
}

impl Sheet<'_> {
    fn trace(&mut self, place: &str, value: &str, origin: Origin) {
        self.entries.push(Traced { place: place.to_owned(), value: value.to_owned(), origin });
    }

    fn put(&mut self, place: &str, value: String, origin: Origin) {
        self.trace(place, &value, origin);
        self.values.insert(place.to_owned(), Value::String(value));
    }

    /// A value, or dots and an entry of what is open.
    fn optional(&mut self, place: &str, value: Option<String>, origin: Origin) {
        match value {
            Some(value) => self.put(place, value, origin),
            None => {
                self.values.insert(place.to_owned(), Value::Null);
                self.left_open(place);
            }
        }
    }

    fn left_open(&mut self, place: &str) {
        let what = self.desk.own_texts.get(&format!("supplement.open.{place}"), &[]);
        self.open.push(Open { place: place.to_owned(), what, about: Vec::new() });
    }

    fn paper(&mut self) -> Paper<'_> {
        Paper { values: &mut self.values, entries: &mut self.entries }
    }

    fn head(&mut self) {
        let desk = self.desk;
        self.paper().head(desk.profile, "", desk.date);
        self.optional("so", None, Origin::Given { option: "--so".to_owned() });
        if desk.date.is_none() {
            self.left_open("ngay");
        }
    }

    /// Recipients and signature.
    fn foot(&mut self) {
        let desk = self.desk;
        let pack = |key: &str| Origin::Pack { file: "base/text/vi/notes.toml".to_owned(), key: key.to_owned() };
        let copies = ["supplement.as-above", "supplement.filed"].map(|key| (desk.texts.get(key, &[]), pack(key)));
        self.paper().copies(copies.to_vec());
        if !self.paper().signature(desk.profile, 0) {
            self.values.insert("quyen_han".to_owned(), json!([]));
            self.optional("nguoi_ky", None, profile("nguoi-ky"));
        }
    }

    /// One line: the paper and whom it is about, the place and what is the matter, what to do, the number.
    fn line(
        &mut self,
        place: &str,
        number: usize,
        report: &CheckReport,
        noted: Option<&Noted>,
        words: &Wording,
    ) -> Value {
        let file = report.path.rsplit(['/', '\\']).next().unwrap_or(&report.path);
        let paper = match &report.about.name {
            Some(name) => format!("{name} ({file})"),
            None => file.to_owned(),
        };
        let text =
            if words.place.is_empty() { words.message.clone() } else { format!("{}: {}", words.place, words.message) };
        let source = noted.and_then(|noted| {
            let span = noted.finding.span?;
            Some(Origin::Source { document: report.path.clone(), span, text: noted.quote.clone().unwrap_or_default() })
        });
        let id = noted.map(|noted| {
            let mark: String = noted.fingerprint.chars().take(6).collect();
            format!("{}-{mark}", noted.finding.code)
        });
        let rule = noted.map_or("unreadable", |noted| noted.finding.code).to_owned();
        let origin = Origin::Computed { rule, inputs: source.into_iter().collect() };
        self.trace(&format!("{place}.noi_dung"), &text, origin.clone());
        if let Some(remedy) = &words.remedy {
            self.trace(&format!("{place}.cach_sua"), remedy, origin);
        }
        json!({
            "tt": number,
            "ho_so": paper,
            "noi_dung": text,
            "cach_sua": words.remedy.clone().unwrap_or_default(),
            "ma": id.unwrap_or_default(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{About, Finding, InputError, Span, Verdict};
    use crate::pack::{Lang, word_form};
    use crate::template::{CompileOptions, Missing, RenderOptions, Template};

    fn report(path: &str, unit: Option<&str>, severities: &[Severity]) -> CheckReport {
        let noted = |severity: &Severity| Noted {
            finding: Finding::new("BC13", *severity, Some(Span { block: 1, start: 0, end: 4 })),
            quote: Some("=8 %".into()),
            related_quotes: Vec::new(),
            place: None,
            fingerprint: "0123456789ab".into(),
        };
        CheckReport {
            path: path.into(),
            sha256: "ab".into(),
            verdict: Verdict::Fix,
            form: None,
            about: About { name: Some("Nguyễn Thị A".into()), unit: unit.map(str::to_owned), ..About::default() },
            findings: severities.iter().map(noted).collect(),
            failure: None,
        }
    }

    #[test]
    fn each_unit_gets_its_lines_with_numbers_and_origins() {
        let profile = Profile::parse(include_str!("../../templates/base/office/thidua.toml")).unwrap();
        let texts = Texts::builtin(Lang::Vi);
        let due = jiff::civil::date(2026, 2, 5);
        let desk = Desk { profile: &profile, texts: &texts, own_texts: &texts, date: None, due: Some(due) };
        let batch = BatchReport {
            files: vec![
                CheckReport::unreadable("x/hong.docx", &InputError::Empty),
                report("x/1.docx", Some("Hội LHPN xã Tân Phú"), &[Severity::Error, Severity::Info, Severity::Warning]),
                report("x/2.docx", Some("Hội LHPN xã Bình Hòa"), &[Severity::Info]),
                report("x/3.docx", Some("hội lhpn xã Tân Phú "), &[Severity::Error]),
            ],
            findings: Vec::new(),
        };
        let wording = |_: &CheckReport, noted: Option<&Noted>| Wording {
            message: noted.map_or("không mở được", |_| "thiếu <số> & năm").into(),
            place: "Đoạn 2".into(),
            remedy: None,
        };
        let letters = letters(&batch, &desk, wording).unwrap();
        let units: Vec<Option<&str>> = letters.iter().map(|letter| letter.unit.as_deref()).collect();
        assert_eq!(units, [Some("Hội LHPN xã Tân Phú"), None]);
        let template = Template::compile(word_form(FORM).unwrap(), &CompileOptions::default()).unwrap();
        let options = RenderOptions { missing: Missing::Dots, ..RenderOptions::default() };
        let bytes = template.render(&letters[0].data, &options).unwrap().bytes;
        let document = crate::read::document("x.docx", &bytes, &crate::guard::Limits::default()).unwrap();
        let text: Vec<&str> = document.blocks.iter().map(|block| block.text.as_str()).collect();
        let text = text.join("\n");
        for part in [
            "PHIẾU YÊU CẦU BỔ SUNG HỒ SƠ",
            "Kính gửi: Hội LHPN xã Tân Phú",
            "Qua thẩm định 02 hồ sơ",
            "Đoạn 2: thiếu <số> & năm",
            "BC13-012345",
            "trước ngày 05/02/2026",
            "Bình An, ngày …… tháng …… năm ……",
        ] {
            assert!(text.contains(part), "{part} in\n{text}");
        }
        assert_eq!(text.matches("BC13-").count(), 3);
        let open: Vec<&str> = letters[0].trace.open.iter().map(|open| open.place.as_str()).collect();
        assert_eq!(open, ["so", "ngay"]);
        let line = letters[0].trace.entries.iter().find(|entry| entry.place == "noi_dung[1].noi_dung").unwrap();
        assert!(
            matches!(&line.origin, Origin::Computed { inputs, .. } if matches!(&inputs[0], Origin::Source { text, .. } if text == "=8 %"))
        );
        assert_eq!(letters[1].trace.open.len(), 3);
    }
}
