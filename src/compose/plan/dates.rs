//! Own dates: `lead` working days before the parent's, never before the document's own date.

use crate::model::{Deadline, DeadlineKind, When};
use crate::pack::{Calendar, Known};
use jiff::civil::Date;

/// The own date for a deadline of the parent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnDate {
    /// By this day.
    By {
        /// The day.
        date: Date,
        /// Working days by which it lies before the parent's, when fewer than wanted.
        shortened: Option<u32>,
        /// What the calendar knows of the years between.
        known: Known,
    },
    /// The parent's period or day holds as it is.
    Same,
    /// Again and again: by so many working days before each of the parent's.
    EachBefore,
    /// No working day is left between the document's date and the parent's.
    NoRoom,
}

/// The last day on which the parent's deadline is kept.
#[must_use]
pub fn last_day(when: &When) -> Option<Date> {
    match when {
        When::By { date, inclusive } => {
            let date: Date = date.parse().ok()?;
            if *inclusive { Some(date) } else { date.yesterday().ok() }
        }
        When::On { date } => date.parse().ok(),
        When::During { end, .. } => end.as_deref()?.parse().ok(),
        _ => None,
    }
}

/// The own date for a deadline; `signed` is the date of the plan, where it is known.
#[must_use]
pub fn own_date(deadline: &Deadline, lead: u32, signed: Option<Date>, calendar: &Calendar) -> OwnDate {
    let is_duty = matches!(deadline.kind, DeadlineKind::Registration | DeadlineKind::Report | DeadlineKind::Submission);
    let (last, first) = match &deadline.when {
        When::By { date, .. } => (last_day(&deadline.when), date.parse::<Date>().ok()),
        When::During { .. } if is_duty => (last_day(&deadline.when), last_day(&deadline.when)),
        When::Recurring { rrule, .. } => {
            let fixed = rrule.contains("BYMONTHDAY") || rrule.contains("BYDAY");
            return if is_duty && fixed { OwnDate::EachBefore } else { OwnDate::Same };
        }
        _ => return OwnDate::Same,
    };
    let (Some(last), Some(named)) = (last, first) else { return OwnDate::Same };
    // `trước ngày 10/11` counts from the day that is named, `chậm nhất` too: both leave `lead` whole days.
    let wanted = calendar.before(named, lead);
    let latest = calendar.on_or_before(last);
    let best = if wanted.date <= latest.date { wanted } else { latest };
    match signed {
        Some(signed) if best.date < signed => {
            // As early as the day after signing allows, still before the parent's.
            let mut day = latest.date;
            let mut found = None;
            while day > signed {
                if calendar.is_working(day) && (day < last || lead == 0) {
                    found = Some(day);
                    break;
                }
                let Ok(earlier) = day.yesterday() else { break };
                day = earlier;
            }
            match found {
                Some(date) => OwnDate::By { date, shortened: Some(calendar.between(date, named)), known: latest.known },
                None => OwnDate::NoRoom,
            }
        }
        _ => OwnDate::By { date: best.date, shortened: None, known: best.known },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Span;
    use jiff::civil::date;

    fn deadline(kind: DeadlineKind, when: When) -> Deadline {
        Deadline {
            text: String::new(),
            kind,
            when,
            action: None,
            actor: None,
            recipient: None,
            inferred: false,
            exception: None,
            span: Span { block: 0, start: 0, end: 0 },
            by: String::new(),
        }
    }

    fn by(text: &str, inclusive: bool) -> Deadline {
        deadline(DeadlineKind::Registration, When::By { date: text.to_owned(), inclusive })
    }

    #[test]
    fn own_dates_lie_before_the_parents_and_after_signing() {
        let calendar = Calendar::builtin().unwrap();
        let own = |deadline: &Deadline, signed| own_date(deadline, 3, signed, &calendar);
        let found = |own| match own {
            OwnDate::By { date, shortened, .. } => (date, shortened),
            other => panic!("{other:?}"),
        };
        assert_eq!(found(own(&by("2021-11-10", false), None)), (date(2021, 11, 5), None));
        assert_eq!(found(own(&by("2021-11-10", false), Some(date(2021, 11, 5)))), (date(2021, 11, 5), None));
        assert_eq!(found(own(&by("2021-11-10", false), Some(date(2021, 11, 7)))), (date(2021, 11, 8), Some(2)));
        assert_eq!(own(&by("2021-11-10", false), Some(date(2021, 11, 9))), OwnDate::NoRoom);
        assert_eq!(own(&by("2021-11-10", true), Some(date(2021, 12, 9))), OwnDate::NoRoom);
    }

    #[test]
    fn periods_and_rhythms_keep_their_bounds() {
        let calendar = Calendar::builtin().unwrap();
        let drive = When::During { start: Some("2021-10-01".into()), end: Some("2022-01-15".into()), until: None };
        assert_eq!(own_date(&deadline(DeadlineKind::Implementation, drive), 3, None, &calendar), OwnDate::Same);
        let yearly = When::Recurring {
            rrule: "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=15".into(),
            mode: crate::model::RecurringMode::Before,
        };
        assert_eq!(own_date(&deadline(DeadlineKind::Report, yearly), 3, None, &calendar), OwnDate::EachBefore);
    }
}
