//! The unit profile: who the office is, in `thidua.toml` of the office folder. Keys are Vietnamese, since clerks write
//! them; an unknown key is an error, since a misspelt one would be lost without a word.

mod error;
mod rank;
#[cfg(test)]
mod tests;

pub use error::ProfileError;

use serde::Deserialize;

/// An office.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The unit itself.
    #[serde(rename = "don-vi")]
    pub unit: Unit,
    /// Levels of the organisation, from the top down.
    #[serde(rename = "cap", default)]
    pub levels: Vec<Level>,
    /// Bodies above, from the nearest up.
    #[serde(rename = "cap-tren", default)]
    pub parents: Vec<Body>,
    /// Units below.
    #[serde(rename = "cap-duoi", default)]
    pub below: Below,
    /// Departments.
    #[serde(rename = "bo-phan", default)]
    pub departments: Vec<Department>,
    /// Who signs.
    #[serde(rename = "nguoi-ky", default)]
    pub signers: Vec<Signer>,
    /// Usual recipients.
    #[serde(rename = "noi-nhan", default)]
    pub recipients: Vec<Recipient>,
    /// How to reach the office.
    #[serde(rename = "lien-he", default)]
    pub contact: Contact,
    /// How plans are made.
    #[serde(rename = "ke-hoach", default)]
    pub planning: Planning,
    /// How certificates are printed.
    #[serde(rename = "giay-khen", default)]
    pub certificate: Certificate,
}

/// How certificates are printed on stock.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// Millimetres by which everything is moved to the right.
    #[serde(rename = "lech-ngang", default)]
    pub right: f64,
    /// Millimetres by which everything is moved down.
    #[serde(rename = "lech-doc", default)]
    pub down: f64,
}

/// The unit.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Full name, as in a sentence.
    #[serde(rename = "ten")]
    pub name: String,
    /// Short name for the text of a document, e.g. `Hội LHPN xã Bình An`; the first alias or the full name by default.
    #[serde(rename = "ten-ngan", default)]
    pub short: Option<String>,
    /// Other names that letters use for it.
    #[serde(rename = "ten-khac", default)]
    pub aliases: Vec<String>,
    /// Code of its level, one of [`Profile::levels`].
    #[serde(rename = "cap")]
    pub level: String,
    /// The collective in whose name documents go out, e.g. `Ban Thường vụ`; the authority line of the signer says `TM.`
    /// before it.
    #[serde(rename = "ban-hanh", default)]
    pub issuer: Option<String>,
    /// Lines at the top left of its documents, the parent first.
    #[serde(rename = "dong-dau", default)]
    pub header: Vec<String>,
    /// The unit's part of a symbol: `BTV` in `KH-BTV`.
    #[serde(rename = "ky-hieu")]
    pub symbol: String,
    /// Place name of the date line.
    #[serde(rename = "dia-danh")]
    pub place: String,
}

/// A level of the organisation.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// Code, referred to by other parts.
    #[serde(rename = "ma")]
    pub code: String,
    /// Name.
    #[serde(rename = "ten")]
    pub name: String,
    /// First day on which the level existed, ISO 8601.
    #[serde(rename = "tu-ngay", default)]
    pub since: Option<jiff::civil::Date>,
    /// Last day on which the level existed, ISO 8601.
    #[serde(rename = "den-ngay", default)]
    pub until: Option<jiff::civil::Date>,
}

/// A body above the unit.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// Full name.
    #[serde(rename = "ten")]
    pub name: String,
    /// Code of its level.
    #[serde(rename = "cap")]
    pub level: String,
    /// Other names.
    #[serde(rename = "ten-khac", default)]
    pub aliases: Vec<String>,
    /// The one that the unit reports to first; the first of the list when none is marked.
    #[serde(rename = "chinh", default)]
    pub primary: bool,
}

/// The units below.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Below {
    /// Their list, CSV, XLSX or ODS, as a path from the office folder.
    #[serde(rename = "tep", default)]
    pub file: Option<String>,
    /// How a document names them all, e.g. `Hội LHPN các xã, thị trấn`, `Các chi hội`.
    #[serde(rename = "ten-chung", default)]
    pub name: Option<String>,
    /// How a document names each of them, e.g. `mỗi chi hội`.
    #[serde(rename = "ten-moi", default)]
    pub each: Option<String>,
    /// Code of their level.
    #[serde(rename = "cap", default)]
    pub level: Option<String>,
    /// How numbers are shared out among them.
    #[serde(rename = "phan-bo", default)]
    pub sharing: Sharing,
}

/// How a number is shared out among the units below.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub enum Sharing {
    /// The same for each.
    #[default]
    #[serde(rename = "deu")]
    Equal,
    /// By number of members.
    #[serde(rename = "hoi-vien")]
    Members,
    /// By the weight that the list states.
    #[serde(rename = "he-so")]
    Weight,
}

/// A department of the unit.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Department {
    /// Name.
    #[serde(rename = "ten")]
    pub name: String,
    /// Abbreviation, as after `Lưu: VT,`.
    #[serde(rename = "viet-tat", default)]
    pub short: Option<String>,
    /// Fields of work, as words that a task would use: `tuyên truyền`, `thi đua`, `khen thưởng`.
    #[serde(rename = "linh-vuc", default)]
    pub fields: Vec<String>,
    /// Takes what no other department has in its fields, and gathers reports; the first of the list by default.
    #[serde(rename = "dau-moi", default)]
    pub lead: bool,
}

/// Somebody who signs.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signer {
    /// Full name.
    #[serde(rename = "ho-ten")]
    pub name: String,
    /// Post.
    #[serde(rename = "chuc-vu")]
    pub title: String,
    /// Authority lines, e.g. `TM. BAN THƯỜNG VỤ`; for a deputy the line `KT. CHỦ TỊCH` is added where it is missing.
    #[serde(rename = "quyen-han", default)]
    pub authority: Vec<String>,
}

impl Signer {
    /// The lines above the signature (NĐ 30/2020, Điều 13 and Phụ lục I): authority, `KT.` for a deputy, post.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.authority.iter().map(|line| line.trim().to_owned()).collect();
        let title = self.title.trim().to_uppercase();
        let stands_in = lines.iter().any(|line| {
            let line = line.to_uppercase();
            ["KT.", "Q.", "TL.", "TUQ."].iter().any(|mark| line.starts_with(mark))
        });
        if let Some(head) = title.strip_prefix("PHÓ ").filter(|_| !stands_in) {
            lines.push(format!("KT. {head}"));
        }
        lines.push(title);
        lines
    }
}

/// A usual recipient.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipient {
    /// The recipient.
    #[serde(rename = "ten")]
    pub name: String,
    /// What for.
    #[serde(rename = "de", default)]
    pub purpose: Option<String>,
}

/// How to reach the office.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Street address.
    #[serde(rename = "dia-chi", default)]
    pub address: Option<String>,
    /// Telephone number.
    #[serde(rename = "dien-thoai", default)]
    pub phone: Option<String>,
    /// E-mail address.
    #[serde(rename = "thu-dien-tu", default)]
    pub email: Option<String>,
    /// Person to ask.
    #[serde(rename = "nguoi", default)]
    pub person: Option<String>,
}

/// How plans are made.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Planning {
    /// Working days by which own dates lie before the parent's.
    #[serde(rename = "nhac-truoc", default = "Planning::default_lead")]
    pub lead: u32,
    /// Where the units below send what they report; the lead department with the unit's name by default.
    #[serde(rename = "gui-ve", default)]
    pub reports_to: Option<String>,
    /// Where the money comes from, as a sentence of the plan.
    #[serde(rename = "kinh-phi", default)]
    pub budget: Option<String>,
}

impl Planning {
    /// Working days between an own date and the parent's where the profile says nothing.
    #[must_use]
    pub const fn default_lead() -> u32 {
        3
    }
}

impl Default for Planning {
    fn default() -> Self {
        Self { lead: Self::default_lead(), reports_to: None, budget: None }
    }
}

/// Longest lead that makes sense, in working days.
const LONGEST_LEAD: u32 = 120;

impl Profile {
    /// Reads and validates a profile.
    ///
    /// # Errors
    /// See [`ProfileError`].
    pub fn parse(text: &str) -> Result<Self, ProfileError> {
        let profile: Self = toml::from_str(text).map_err(|error| error::explained(&error, text))?;
        profile.validate()?;
        Ok(profile)
    }

    /// The short name of the unit for the text of a document.
    #[must_use]
    pub fn short_name(&self) -> &str {
        let unit = &self.unit;
        unit.short.as_ref().or(unit.aliases.first()).unwrap_or(&unit.name)
    }

    /// The body that issues: `Ban Thường vụ Hội LHPN xã Bình An`.
    #[must_use]
    pub fn issuer(&self) -> String {
        match &self.unit.issuer {
            Some(collective) => format!("{} {}", collective.trim(), self.short_name()),
            None => self.short_name().to_owned(),
        }
    }

    /// The parent that is reported to first.
    #[must_use]
    pub fn primary_parent(&self) -> Option<&Body> {
        self.parents.iter().find(|parent| parent.primary).or(self.parents.first())
    }

    /// The department that takes what no other has.
    #[must_use]
    pub fn lead_department(&self) -> Option<&Department> {
        self.departments.iter().find(|department| department.lead).or(self.departments.first())
    }

    fn validate(&self) -> Result<(), ProfileError> {
        let unit = &self.unit;
        for (key, value) in
            [("don-vi.ten", &unit.name), ("don-vi.ky-hieu", &unit.symbol), ("don-vi.dia-danh", &unit.place)]
                .into_iter()
                .chain(self.parents.iter().map(|parent| ("cap-tren.ten", &parent.name)))
                .chain(self.departments.iter().map(|department| ("bo-phan.ten", &department.name)))
                .chain(self.signers.iter().map(|signer| ("nguoi-ky.chuc-vu", &signer.title)))
        {
            if value.trim().is_empty() {
                return Err(ProfileError::Blank { key });
            }
        }
        let parents = self.parents.iter().map(|parent| ("cap-tren.cap", &parent.level));
        let below = self.below.level.iter().map(|level| ("cap-duoi.cap", level));
        for (key, level) in [("don-vi.cap", &unit.level)].into_iter().chain(parents).chain(below) {
            if !self.levels.iter().any(|known| known.code == *level) {
                let known: Vec<&str> = self.levels.iter().map(|level| level.code.as_str()).collect();
                return Err(ProfileError::UnknownLevel { key, level: level.clone(), known: known.join(", ") });
            }
        }
        let mut primary = self.parents.iter().filter(|parent| parent.primary);
        if let (Some(first), Some(second)) = (primary.next(), primary.next()) {
            return Err(ProfileError::TwoPrimary { first: first.name.clone(), second: second.name.clone() });
        }
        if self.planning.lead > LONGEST_LEAD {
            return Err(ProfileError::Value {
                key: "ke-hoach.nhac-truoc",
                value: self.planning.lead.to_string(),
                known: format!("0-{LONGEST_LEAD}"),
            });
        }
        Ok(())
    }
}
