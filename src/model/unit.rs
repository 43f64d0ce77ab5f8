//! A unit below the office, as its list names it.

use super::Level;
use jiff::civil::Date;

/// A unit below the office.
#[derive(Debug, Clone, PartialEq)]
pub struct SubUnit {
    /// Full name.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// Kind in the words of the list: `xã`, `thị trấn`, `chi hội`, `lực lượng vũ trang`, …
    pub kind: Option<String>,
    /// Its level.
    pub level: Option<Level>,
    /// Number of members.
    pub members: Option<u64>,
    /// Weight in sharing out.
    pub weight: Option<f64>,
    /// Address.
    pub address: Option<String>,
    /// First day on which it exists.
    pub since: Option<Date>,
    /// Last day on which it exists.
    pub until: Option<Date>,
    /// Numbers fixed by hand: what they count (empty for every number), and how many.
    pub fixed: Vec<Fixed>,
    /// Row of the list, from 1.
    pub row: u32,
}

/// A number fixed by hand in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixed {
    /// What follows `Chỉ tiêu` in the heading of the column; empty when nothing does.
    pub what: String,
    /// The number.
    pub value: u64,
    /// Heading of the column.
    pub column: String,
}

impl SubUnit {
    /// Whether the unit exists on a day.
    #[must_use]
    pub fn exists_on(&self, day: Date) -> bool {
        self.since.is_none_or(|since| since <= day) && self.until.is_none_or(|until| day <= until)
    }
}
