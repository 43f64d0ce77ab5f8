//! Working days (`base/lexicon/calendar.toml`): weekends, public holidays with Tết, days in lieu and exchanged days.

use super::PackError;
use jiff::civil::{Date, Weekday};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// The calendar of public offices.
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    off: BTreeSet<Date>,
    work: BTreeSet<Date>,
    /// Years with data, and whether it is provisional.
    years: BTreeMap<i16, bool>,
}

/// How much the calendar knows of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Known {
    /// Holidays as the yearly notice fixed them.
    Fully,
    /// Holidays of the law; the yearly notice was not at hand.
    Provisionally,
    /// Weekends only.
    WeekendsOnly,
}

/// A day found by counting working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// The day.
    pub date: Date,
    /// The least that is known of any year that the counting crossed.
    pub known: Known,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    year: Vec<Year>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Year {
    year: i16,
    off: Vec<String>,
    #[serde(default)]
    work: Vec<String>,
    #[serde(default)]
    provisional: bool,
}

/// Path of the data file in the pack, as origins name it.
pub const CALENDAR_FILE: &str = "base/lexicon/calendar.toml";

impl Calendar {
    /// The built-in calendar.
    ///
    /// # Errors
    /// When the data file is faulty, which a test excludes.
    pub fn builtin() -> Result<Self, PackError> {
        let file: File = toml::from_str(include_str!("../../templates/base/lexicon/calendar.toml"))
            .map_err(|error| PackError::invalid(CALENDAR_FILE, error))?;
        let mut calendar = Self::default();
        for year in file.year {
            for (days, set) in [(&year.off, &mut calendar.off), (&year.work, &mut calendar.work)] {
                for day in days {
                    set.insert(date(year.year, day)?);
                }
            }
            calendar.years.insert(year.year, year.provisional);
        }
        Ok(calendar)
    }

    /// What is known of a year.
    #[must_use]
    pub fn known(&self, year: i16) -> Known {
        match self.years.get(&year) {
            Some(false) => Known::Fully,
            Some(true) => Known::Provisionally,
            None => Known::WeekendsOnly,
        }
    }

    /// Whether public offices work on a day.
    #[must_use]
    pub fn is_working(&self, date: Date) -> bool {
        if self.off.contains(&date) {
            return false;
        }
        !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) || self.work.contains(&date)
    }

    /// The day itself when it is a working day, else the nearest before it.
    #[must_use]
    pub fn on_or_before(&self, date: Date) -> Counted {
        let mut counted = Counted { date, known: self.known(date.year()) };
        while !self.is_working(counted.date) {
            let Ok(earlier) = counted.date.yesterday() else { break };
            counted = Counted { date: earlier, known: counted.known.max(self.known(earlier.year())) };
        }
        counted
    }

    /// The working day that lies `days` working days before a day; with 0, the day itself or the nearest before it.
    #[must_use]
    pub fn before(&self, date: Date, days: u32) -> Counted {
        let mut counted = self.on_or_before(date);
        if counted.date != date && days > 0 {
            // The nearest working day before a day off is one working day before it.
            return self.before(counted.date, days - 1).at_least(counted.known);
        }
        for _ in 0..days {
            let Ok(earlier) = counted.date.yesterday() else { break };
            counted = self.on_or_before(earlier).at_least(counted.known);
        }
        counted
    }

    /// Working days after `from` up to and with `to`; 0 when `to` is not later.
    #[must_use]
    pub fn between(&self, from: Date, to: Date) -> u32 {
        let mut day = from;
        let mut count = 0;
        while day < to {
            let Ok(next) = day.tomorrow() else { break };
            day = next;
            count += u32::from(self.is_working(day));
        }
        count
    }
}

impl Counted {
    fn at_least(self, known: Known) -> Self {
        Self { known: self.known.max(known), ..self }
    }
}

fn date(year: i16, day: &str) -> Result<Date, PackError> {
    let (day, month) = day.split_once('/').unwrap_or((day, ""));
    let parsed = day.parse().ok().zip(month.parse().ok()).and_then(|(day, month)| Date::new(year, month, day).ok());
    parsed.ok_or_else(|| PackError::invalid(CALENDAR_FILE, format!("{year}: no such day: {day}/{month}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn every_entry_changes_something() {
        let calendar = Calendar::builtin().unwrap();
        for day in &calendar.off {
            assert!(!matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday), "{day} is off anyway");
        }
        for day in &calendar.work {
            assert_eq!(day.weekday(), Weekday::Saturday, "{day}");
        }
        for (year, provisional) in &calendar.years {
            let off = calendar.off.iter().filter(|day| day.year() == *year).count();
            assert!((10..=14).contains(&off), "{year} has {off} days off");
            assert_eq!(*provisional, *year > 2026);
        }
        assert!((2017..=2027).all(|year| calendar.known(year) != Known::WeekendsOnly));
    }

    #[test]
    fn counting_back_skips_weekends_tet_and_exchanged_days() {
        let calendar = Calendar::builtin().unwrap();
        let before = |from, days| calendar.before(from, days).date;
        assert_eq!(before(date(2021, 11, 10), 3), date(2021, 11, 5));
        // Over Tết 2022 (31/01 - 04/02).
        assert_eq!(before(date(2022, 2, 8), 3), date(2022, 1, 27));
        // Saturday 26/4/2025 was worked for Friday 2/5.
        assert_eq!(before(date(2025, 4, 28), 1), date(2025, 4, 26));
        assert_eq!(before(date(2025, 5, 5), 1), date(2025, 4, 29));
        // From a Sunday: the Friday is one working day before.
        assert_eq!(before(date(2021, 11, 7), 1), date(2021, 11, 5));
        assert_eq!(before(date(2021, 11, 7), 0), date(2021, 11, 5));
        assert_eq!(calendar.before(date(2030, 1, 10), 2).known, Known::WeekendsOnly);
        assert_eq!(calendar.before(date(2027, 1, 5), 10).known, Known::Provisionally);
    }

    #[test]
    fn working_days_between_two_days() {
        let calendar = Calendar::builtin().unwrap();
        assert_eq!(calendar.between(date(2025, 11, 19), date(2025, 12, 3)), 10);
        assert_eq!(calendar.between(date(2025, 12, 3), date(2025, 11, 19)), 0);
    }
}
