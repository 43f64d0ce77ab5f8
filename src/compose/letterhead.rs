//! Head and signature of a paper as NĐ 30/2020, Phụ lục I wants them: values for the forms, with their origins.
//!
//! Number and symbol are given after signing; what the profile or the run does not say is left to the form, which prints
//! dots.

use crate::model::{Origin, Traced};
use crate::pack::Profile;
use jiff::civil::Date;
use serde_json::{Map, Value};

/// Values of one paper with their origins, as they gather.
#[derive(Debug)]
pub(super) struct Paper<'p> {
    /// By name.
    pub values: &'p mut Map<String, Value>,
    /// In the order of the document.
    pub entries: &'p mut Vec<Traced>,
}

impl Paper<'_> {
    fn put(&mut self, place: &str, value: String, origin: Origin) {
        self.entries.push(Traced { place: place.to_owned(), value: value.clone(), origin });
        self.values.insert(place.to_owned(), Value::String(value));
    }

    fn lines(&mut self, place: &str, lines: Vec<(String, Origin)>) {
        for (at, (line, origin)) in lines.iter().enumerate() {
            let place = format!("{place}[{at}]");
            self.entries.push(Traced { place, value: line.clone(), origin: origin.clone() });
        }
        let lines = lines.into_iter().map(|(line, _)| Value::String(line)).collect();
        self.values.insert(place.to_owned(), Value::Array(lines));
    }

    /// Issuing bodies, symbol, place and date. `kind` is the code of the type where the form leaves it open (`BC`).
    pub fn head(&mut self, profile: &Profile, kind: &str, date: Option<Date>) {
        let unit = &profile.unit;
        let lines = unit.header.iter().enumerate();
        let mut lines: Vec<(String, Origin)> =
            lines.map(|(at, line)| (line.trim().to_owned(), field(format!("don-vi.dong-dau[{at}]")))).collect();
        let (own, origin) = lines.pop().unwrap_or_else(|| (profile.issuer().to_uppercase(), field("don-vi.ten")));
        self.lines("co_quan_cap_tren", lines);
        self.put("co_quan", own, origin);
        let symbol = if kind.is_empty() { unit.symbol.clone() } else { format!("{kind}-{}", unit.symbol) };
        self.put("ky_hieu", symbol, field("don-vi.ky-hieu"));
        self.put("dia_danh", unit.place.clone(), field("don-vi.dia-danh"));
        if let Some(date) = date {
            let given = || Origin::Given { option: "--date".to_owned() };
            self.put("ngay", day(date), given());
            self.put("thang", month(date), given());
            self.put("nam", date.year().to_string(), given());
        }
    }

    /// Authority, post and name of a signer of the profile; `false` when it has none.
    pub fn signature(&mut self, profile: &Profile, at: usize) -> bool {
        let Some(signer) = profile.signers.get(at) else { return false };
        let authority = field(format!("nguoi-ky[{at}].chuc-vu"));
        self.lines("quyen_han", signer.lines().into_iter().map(|line| (line, authority.clone())).collect());
        if !signer.name.is_empty() {
            self.put("nguoi_ky", signer.name.clone(), field(format!("nguoi-ky[{at}].ho-ten")));
        }
        true
    }

    /// Recipients.
    pub fn copies(&mut self, lines: Vec<(String, Origin)>) {
        self.lines("noi_nhan", lines);
    }
}

/// A field of the profile.
fn field(field: impl Into<String>) -> Origin {
    Origin::Profile { field: field.into() }
}

/// A day as the date line wants it: a zero before days below 10.
pub(super) fn day(date: Date) -> String {
    format!("{:02}", date.day())
}

/// A month as the date line wants it: a zero before 1 and 2.
pub(super) fn month(date: Date) -> String {
    if date.month() < 3 { format!("{:02}", date.month()) } else { date.month().to_string() }
}

/// `05 tháng 11 năm 2021`
pub(super) fn written(date: Date) -> String {
    format!("{} tháng {} năm {}", day(date), month(date), date.year())
}
