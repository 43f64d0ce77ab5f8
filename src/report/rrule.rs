//! Recurrence rules (RFC 5545) as far as directives need them: read, set on a definite day, first occurrence.

use crate::model::RecurringMode;
use jiff::civil::{Date, Weekday};
use std::fmt;

/// Unit of repetition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freq {
    /// Every day.
    Daily,
    /// Every week.
    Weekly,
    /// Every month.
    Monthly,
    /// Every year.
    Yearly,
}

/// A recurrence rule without end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Unit of repetition.
    pub freq: Freq,
    /// Every how many units; at least 1.
    pub interval: u32,
    /// Months, 1 to 12; empty for any.
    pub months: Vec<i8>,
    /// Days of the month, negative from its end; empty for any.
    pub month_days: Vec<i8>,
    /// Days of the week with their ordinal in the month (0 for every one); empty for any.
    pub week_days: Vec<(i8, Weekday)>,
}

const WEEK: [(&str, Weekday); 7] = [
    ("MO", Weekday::Monday),
    ("TU", Weekday::Tuesday),
    ("WE", Weekday::Wednesday),
    ("TH", Weekday::Thursday),
    ("FR", Weekday::Friday),
    ("SA", Weekday::Saturday),
    ("SU", Weekday::Sunday),
];

impl Rule {
    /// Reads a rule; `None` when it is malformed or holds a part that is not covered here.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut rule = Self { freq: Freq::Daily, interval: 1, months: vec![], month_days: vec![], week_days: vec![] };
        let mut has_freq = false;
        for part in text.trim_start_matches("RRULE:").split(';') {
            let (name, value) = part.split_once('=')?;
            match name {
                "FREQ" => {
                    has_freq = true;
                    rule.freq = match value {
                        "DAILY" => Freq::Daily,
                        "WEEKLY" => Freq::Weekly,
                        "MONTHLY" => Freq::Monthly,
                        "YEARLY" => Freq::Yearly,
                        _ => return None,
                    };
                }
                "INTERVAL" => rule.interval = value.parse().ok().filter(|n| (1..=1000).contains(n))?,
                "BYMONTH" => rule.months = numbers(value, |n| (1..=12).contains(&n))?,
                "BYMONTHDAY" => rule.month_days = numbers(value, |n| n != 0 && (-31..=31).contains(&n))?,
                "BYDAY" => rule.week_days = value.split(',').map(week_day).collect::<Option<_>>()?,
                _ => return None,
            }
        }
        has_freq.then_some(rule)
    }

    /// The rule on a definite day: a rhythm without a day (*hằng quý*) falls on the last day of each period.
    #[must_use]
    pub fn on_a_day(mut self) -> Self {
        if !self.month_days.is_empty() || !self.week_days.is_empty() {
            return self;
        }
        match self.freq {
            Freq::Daily => {}
            Freq::Weekly => self.week_days.push((0, Weekday::Friday)),
            Freq::Monthly => self.month_days.push(-1),
            Freq::Yearly => {
                self.month_days.push(-1);
                if self.months.is_empty() {
                    self.months.push(12);
                }
            }
        }
        self
    }

    /// The rule of the last days that still count: one day earlier for *trước ngày*, where a rule can say that.
    #[must_use]
    pub fn last_days(self, mode: RecurringMode) -> Self {
        if mode != RecurringMode::Before || self.month_days.is_empty() || !self.week_days.is_empty() {
            return self;
        }
        let mut earlier = self.clone();
        if self.month_days.iter().all(|day| *day > 1 || (-27..0).contains(day)) {
            earlier.month_days.iter_mut().for_each(|day| *day -= 1);
        } else if self.month_days == [1] && (self.freq == Freq::Monthly || !self.months.is_empty()) {
            earlier.month_days = vec![-1];
            earlier.months.iter_mut().for_each(|month| *month = if *month == 1 { 12 } else { *month - 1 });
            earlier.months.sort_unstable();
        }
        earlier
    }

    /// The first occurrence on or after a day; `None` when there is none within ten years.
    #[must_use]
    pub fn first_from(&self, day: Date) -> Option<Date> {
        day.series(jiff::Span::new().days(1)).take(3653).find(|candidate| self.falls_on(*candidate))
    }

    fn falls_on(&self, day: Date) -> bool {
        let month = self.months.is_empty() || self.months.contains(&day.month());
        // Every third month means the months that end a quarter, every sixth those that end a half-year.
        let in_phase = self.freq != Freq::Monthly
            || !self.months.is_empty()
            || self.interval > 12
            || i64::from(day.month()) % i64::from(self.interval) == 0;
        let from_end = day.day() - day.days_in_month() - 1;
        let month_day =
            self.month_days.is_empty() || self.month_days.contains(&day.day()) || self.month_days.contains(&from_end);
        let nth = (day.day() - 1) / 7 + 1;
        let nth_from_end = -((day.days_in_month() - day.day()) / 7 + 1);
        let week_day = self.week_days.is_empty()
            || self
                .week_days
                .iter()
                .any(|(n, weekday)| *weekday == day.weekday() && (*n == 0 || *n == nth || *n == nth_from_end));
        month && in_phase && month_day && week_day
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let freq = match self.freq {
            Freq::Daily => "DAILY",
            Freq::Weekly => "WEEKLY",
            Freq::Monthly => "MONTHLY",
            Freq::Yearly => "YEARLY",
        };
        write!(f, "FREQ={freq}")?;
        if self.interval > 1 {
            write!(f, ";INTERVAL={}", self.interval)?;
        }
        if !self.months.is_empty() {
            write!(f, ";BYMONTH={}", joined(&self.months))?;
        }
        if !self.month_days.is_empty() {
            write!(f, ";BYMONTHDAY={}", joined(&self.month_days))?;
        }
        if !self.week_days.is_empty() {
            let name = |day: Weekday| WEEK.iter().find(|(_, weekday)| *weekday == day).map_or("", |(name, _)| name);
            let days: Vec<String> = self
                .week_days
                .iter()
                .map(|(n, day)| if *n == 0 { name(*day).to_owned() } else { format!("{n}{}", name(*day)) })
                .collect();
            write!(f, ";BYDAY={}", days.join(","))?;
        }
        Ok(())
    }
}

fn joined(numbers: &[i8]) -> String {
    numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}

fn numbers(list: &str, valid: impl Fn(i8) -> bool) -> Option<Vec<i8>> {
    list.split(',').map(|n| n.parse().ok().filter(|n| valid(*n))).collect()
}

fn week_day(text: &str) -> Option<(i8, Weekday)> {
    let (ordinal, name) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let ordinal = if ordinal.is_empty() { 0 } else { ordinal.parse().ok().filter(|n| (-5..=5).contains(n))? };
    WEEK.iter().find(|(known, _)| *known == name).map(|(_, weekday)| (ordinal, *weekday))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn first(rule: &str, from: Date) -> Option<Date> {
        Rule::parse(rule)?.on_a_day().first_from(from)
    }

    #[test]
    fn a_rule_prints_as_it_was_read() {
        for rule in ["FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=15", "FREQ=MONTHLY;INTERVAL=3", "FREQ=MONTHLY;BYDAY=-1FR,2MO"] {
            assert_eq!(Rule::parse(rule).unwrap().to_string(), rule);
        }
        for rule in
            ["", "FREQ=HOURLY", "FREQ=YEARLY;BYMONTH=13", "BYMONTH=1", "FREQ=DAILY;COUNT=x", "FREQ=WEEKLY;BYDAY=ứ"]
        {
            assert_eq!(Rule::parse(rule), None, "{rule}");
        }
    }

    #[test]
    fn the_first_occurrence_follows_the_document() {
        let from = date(2017, 7, 28);
        assert_eq!(first("FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=15", from), Some(date(2017, 10, 15)));
        assert_eq!(first("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=8", from), Some(date(2018, 3, 8)));
        assert_eq!(first("FREQ=MONTHLY;BYMONTHDAY=25", from), Some(date(2017, 8, 25)));
        assert_eq!(first("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", from), Some(date(2020, 2, 29)));
        assert_eq!(first("FREQ=MONTHLY;BYDAY=-1FR", from), Some(date(2017, 7, 28)));
        assert_eq!(first("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", from), None);
    }

    #[test]
    fn a_rhythm_without_a_day_falls_on_the_last_day_of_its_period() {
        let from = date(2021, 2, 10);
        assert_eq!(first("FREQ=MONTHLY", from), Some(date(2021, 2, 28)));
        assert_eq!(first("FREQ=MONTHLY;INTERVAL=3", from), Some(date(2021, 3, 31)));
        assert_eq!(first("FREQ=MONTHLY;INTERVAL=6", from), Some(date(2021, 6, 30)));
        assert_eq!(first("FREQ=YEARLY", from), Some(date(2021, 12, 31)));
        assert_eq!(first("FREQ=WEEKLY", from), Some(date(2021, 2, 12)));
    }

    #[test]
    fn before_a_day_means_the_day_before() {
        let shifted = |rule: &str| Rule::parse(rule).unwrap().last_days(RecurringMode::Before).to_string();
        assert_eq!(shifted("FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=15"), "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=14");
        assert_eq!(shifted("FREQ=MONTHLY;BYMONTHDAY=1"), "FREQ=MONTHLY;BYMONTHDAY=-1");
        assert_eq!(shifted("FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=1"), "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1");
        let kept = Rule::parse("FREQ=MONTHLY;BYMONTHDAY=15").unwrap();
        assert_eq!(kept.clone().last_days(RecurringMode::By), kept);
    }
}
