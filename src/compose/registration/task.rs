//! What the units below are asked to register: the drive, its time, who owes how many, until when.

use super::cell::Hint;
use super::units::UnitName;
use jiff::civil::Date;
use serde::Serialize;

/// A day until which something is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Due {
    /// The day named.
    pub date: Date,
    /// Whether that day itself still counts (*chậm nhất*), or not (*trước ngày*).
    pub inclusive: bool,
}

impl Due {
    /// Whether a day is too late.
    #[must_use]
    pub fn missed(self, day: Date) -> bool {
        if self.inclusive { day > self.date } else { day >= self.date }
    }
}

/// What one unit owes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitTask {
    /// The unit.
    pub unit: UnitName,
    /// Least number of things to register.
    pub minimum: Option<u64>,
}

/// A person of the list of members, with the titles held before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Full name.
    pub name: String,
    /// Titles held before, as the list has them.
    pub held: Vec<String>,
}

/// What the units are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Task {
    /// Name of the drive, to the letter.
    pub drive: Option<String>,
    /// First day of the drive.
    pub start: Option<Date>,
    /// Last day of the drive.
    pub end: Option<Date>,
    /// Until when to register.
    pub due: Option<Due>,
    /// The units, in the order of the profile.
    pub units: Vec<UnitTask>,
    /// Text of the directives or the plan, folded: works that they name may be registered by several units.
    pub named: String,
    /// The list of members, where one was given.
    pub members: Option<Vec<Member>>,
}

impl Task {
    /// Where days without a year are looked for.
    #[must_use]
    pub fn hint(&self) -> Hint {
        Hint { start: self.start, end: self.end }
    }
}
