//! Days and periods in a cell: `05/11/2021`, `5.11.21`, `tháng 11/2021`, `01-15/11/2021`, `từ 01/11 đến 15/12/2021`.

use super::{Piece, Said, is_blank, pieces};
use crate::language::fold::fold;
use crate::language::numeral::roman;
use jiff::civil::Date;

/// First and last day that a cell names; a month or a quarter stands for its first and last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Days {
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
}

/// The time in which a day without a year is looked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hint {
    /// First day, if known.
    pub start: Option<Date>,
    /// Last day, if known.
    pub end: Option<Date>,
}

/// A point of time, as far as it is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moment {
    Date(i16, i8, i8),
    DayMonth(i8, i8),
    Day(i8),
    Month(Option<i16>, i8),
    Quarter(Option<i16>, i8),
    Year(i16),
}

impl Moment {
    fn year(self) -> Option<i16> {
        match self {
            Self::Date(year, ..) | Self::Year(year) => Some(year),
            Self::Month(year, _) | Self::Quarter(year, _) => year,
            _ => None,
        }
    }

    fn month(self) -> Option<i8> {
        match self {
            Self::Date(_, month, _) | Self::DayMonth(_, month) | Self::Month(_, month) => Some(month),
            _ => None,
        }
    }

    /// Its days in a year that it does not state itself.
    fn days(self, year: i16) -> Option<Days> {
        let months = |year: i16, first: i8, last: i8| {
            let start = Date::new(year, first, 1).ok()?;
            Some(Days { start, end: Date::new(year, last, 1).ok()?.last_of_month() })
        };
        let day = |year, month, day| Date::new(year, month, day).ok().map(|date| Days { start: date, end: date });
        match self {
            Self::Date(year, month, at) => day(year, month, at),
            Self::DayMonth(at, month) => day(year, month, at),
            Self::Day(_) => None,
            Self::Month(stated, month) => months(stated.unwrap_or(year), month, month),
            Self::Quarter(stated, quarter) => months(stated.unwrap_or(year), quarter * 3 - 2, quarter * 3),
            Self::Year(year) => months(year, 1, 12),
        }
    }
}

impl super::Cells {
    /// The days that a cell names, from the first to the last of all.
    #[must_use]
    pub fn days(&self, text: &str, hint: Hint) -> Said<Days> {
        if is_blank(text) {
            return Said::Blank;
        }
        let folded = fold(text);
        let pieces: Vec<Piece> = pieces(&folded).into_iter().map(|(piece, _)| piece).collect();
        match scan(&pieces) {
            None => Said::Unclear,
            Some(moments) if moments.is_empty() => Said::Words,
            Some(moments) => resolve(&moments, hint).map_or(Said::Unclear, Said::Value),
        }
    }
}

/// All moments in order; `None` when a figure belongs to none.
fn scan(pieces: &[Piece]) -> Option<Vec<Moment>> {
    let mut moments = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        let rest = pieces.get(at..)?;
        if let Some((moment, taken)) = moment(rest) {
            moments.push(moment);
            at += taken;
        } else if let [Piece::Digits(_), Piece::Word("h" | "giờ" | "g"), tail @ ..] = rest {
            at += 2 + usize::from(matches!(tail.first(), Some(Piece::Digits(_))));
        } else if matches!(rest.first(), Some(Piece::Digits(_))) {
            return None;
        } else {
            at += 1;
        }
    }
    Some(moments)
}

fn moment(pieces: &[Piece]) -> Option<(Moment, usize)> {
    let small = |text: &str| (text.len() <= 2).then(|| text.parse::<i8>().ok()).flatten();
    let year = |text: &str| (text.len() == 4).then(|| text.parse::<i16>().ok()).flatten();
    let any_year = |text: &str| match text.len() {
        4 => text.parse::<i16>().ok(),
        2 => text.parse::<i16>().ok().map(|short| 2000 + short),
        _ => None,
    };
    let parts = |mark: &Piece| matches!(mark, Piece::Mark('.' | '/' | '-'));
    // ISO 8601, and with figures: day, month, year.
    if let [Piece::Digits(a), one, Piece::Digits(b), two, Piece::Digits(c), tail @ ..] = pieces
        && parts(one)
        && parts(two)
    {
        if let (Some(year), Some(month), Some(day)) = (year(a), small(b), small(c)) {
            return Some((Moment::Date(year, month, day), 5));
        }
        // `01-15/11/2021` is no day of 2011, `20/12 - 15/01` none of 2015.
        let goes_on = c.len() == 2
            && (one != two || matches!(tail, [mark, Piece::Digits(year), ..] if mark == one && year.len() == 4));
        if let (false, Some(day), Some(month), Some(year)) = (goes_on, small(a), small(b), any_year(c)) {
            return Some((Moment::Date(year, month, day), 5));
        }
    }
    match pieces {
        [Piece::Digits(day), Piece::Word("tháng"), Piece::Digits(month), tail @ ..] => {
            let (day, month) = (small(day)?, small(month)?);
            match stated_year(tail) {
                Some((year, taken)) => Some((Moment::Date(year, month, day), 3 + taken)),
                None => Some((Moment::DayMonth(day, month), 3)),
            }
        }
        [Piece::Word("tháng" | "t"), Piece::Mark('.'), Piece::Digits(month), tail @ ..] => {
            let (year, taken) = stated_year(tail).map_or((None, 0), |(year, taken)| (Some(year), taken));
            Some((Moment::Month(year, month_of(small(month)?)?), 3 + taken))
        }
        [Piece::Word("tháng" | "t"), Piece::Digits(month), tail @ ..] => {
            let (year, taken) = stated_year(tail).map_or((None, 0), |(year, taken)| (Some(year), taken));
            Some((Moment::Month(year, month_of(small(month)?)?), 2 + taken))
        }
        [Piece::Word("qúy"), number @ (Piece::Digits(_) | Piece::Word(_)), tail @ ..] => {
            let quarter = match number {
                Piece::Digits(text) => small(text)?,
                Piece::Word(text) => i8::try_from(roman(&text.to_uppercase())?).ok()?,
                Piece::Mark(_) => return None,
            };
            let (year, taken) = stated_year(tail).map_or((None, 0), |(year, taken)| (Some(year), taken));
            (1..=4).contains(&quarter).then_some((Moment::Quarter(year, quarter), 2 + taken))
        }
        [Piece::Word("năm"), Piece::Digits(text), ..] => Some((Moment::Year(year(text)?), 2)),
        [Piece::Digits(month), mark, Piece::Digits(text), ..] if parts(mark) && text.len() == 4 => {
            Some((Moment::Month(Some(year(text)?), month_of(small(month)?)?), 3))
        }
        [Piece::Digits(day), Piece::Mark('/' | '.'), Piece::Digits(month), ..] => {
            Some((Moment::DayMonth(small(day)?, month_of(small(month)?)?), 3))
        }
        // `01-15/11/2021`: the first day has the month of the second.
        [Piece::Digits(day), Piece::Mark('-' | ',') | Piece::Word("đến" | "và"), tail @ ..] => {
            let tail = if let [Piece::Word("ngày"), rest @ ..] = tail { rest } else { tail };
            matches!(tail, [Piece::Digits(_), ..])
                .then(|| moment(tail))
                .flatten()
                .filter(|(next, _)| matches!(next, Moment::Date(..) | Moment::DayMonth(..) | Moment::Day(_)))?;
            Some((Moment::Day(small(day)?), 1))
        }
        _ => None,
    }
}

fn month_of(month: i8) -> Option<i8> {
    (1..=12).contains(&month).then_some(month)
}

/// `/2021`, `-2021`, `năm 2021` at the beginning.
fn stated_year(pieces: &[Piece]) -> Option<(i16, usize)> {
    match pieces {
        [Piece::Mark('/' | '.' | '-' | ',') | Piece::Word("năm"), Piece::Digits(year), ..] if year.len() == 4 => {
            Some((year.parse().ok()?, 2))
        }
        [Piece::Mark(','), Piece::Word("năm"), Piece::Digits(year), ..] if year.len() == 4 => {
            Some((year.parse().ok()?, 3))
        }
        _ => None,
    }
}

/// Gives every moment its year and its days: from the moments behind it, from those before it, from the hint.
fn resolve(moments: &[Moment], hint: Hint) -> Option<Days> {
    let mut known: Vec<Option<Days>> = vec![None; moments.len()];
    let mut later: Option<Moment> = None;
    let mut first_day: Option<Date> = None;
    for (slot, moment) in known.iter_mut().zip(moments).rev() {
        let own = match (*moment, later) {
            (Moment::Day(day), Some(next)) => match next {
                Moment::Date(year, month, _) => Moment::Date(year, month, day),
                other => Moment::DayMonth(day, other.month()?),
            },
            (moment, _) => moment,
        };
        let borrowed = later.and_then(Moment::year);
        let days = match own.year().or(borrowed) {
            Some(year) => {
                let days = own.days(year)?;
                // `từ 20/12 đến 15/01/2022`: the year before.
                if own.year().is_none() && first_day.is_some_and(|next| days.start > next) {
                    own.days(year - 1)?
                } else {
                    days
                }
            }
            None => within(own, hint)?,
        };
        *slot = Some(days);
        first_day = Some(days.start);
        later = Some(match own {
            Moment::DayMonth(day, month) => Moment::Date(days.start.year(), month, day),
            Moment::Month(_, month) => Moment::Month(Some(days.start.year()), month),
            Moment::Quarter(_, quarter) => Moment::Quarter(Some(days.start.year()), quarter),
            other => other,
        });
    }
    let all: Vec<Days> = known.into_iter().flatten().collect();
    Some(Days { start: all.first()?.start, end: all.last()?.end })
}

/// The days of a moment without a year: in the first year of the hint in which they lie inside it, else in its last.
fn within(moment: Moment, hint: Hint) -> Option<Days> {
    let (first, last) = (hint.start.or(hint.end)?, hint.end.or(hint.start)?);
    let inside =
        |days: &Days| hint.start.is_none_or(|start| days.end >= start) && hint.end.is_none_or(|end| days.start <= end);
    (first.year()..=last.year()).find_map(|year| moment.days(year).filter(inside)).or_else(|| moment.days(last.year()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::{Pack, RegistrationForms};

    #[test]
    fn days_are_read_as_people_write_them() {
        let cells =
            super::super::Cells::new(&Pack::builtin().expect("packs"), &RegistrationForms::builtin().expect("forms"));
        let hint = Hint { start: Some(jiff::civil::date(2021, 10, 1)), end: Some(jiff::civil::date(2022, 1, 15)) };
        for (text, start, end) in [
            ("05/11/2021", "2021-11-05", "2021-11-05"),
            ("5.11.21", "2021-11-05", "2021-11-05"),
            ("5-11-2021", "2021-11-05", "2021-11-05"),
            ("2021-11-05", "2021-11-05", "2021-11-05"),
            ("ngày 05 tháng 11 năm 2021", "2021-11-05", "2021-11-05"),
            ("5/11", "2021-11-05", "2021-11-05"),
            ("10/01", "2022-01-10", "2022-01-10"),
            ("Tháng 11/2021", "2021-11-01", "2021-11-30"),
            ("T12", "2021-12-01", "2021-12-31"),
            ("12/2021", "2021-12-01", "2021-12-31"),
            ("Quý IV/2021", "2021-10-01", "2021-12-31"),
            ("01-15/11/2021", "2021-11-01", "2021-11-15"),
            ("từ 01/11 đến 15/12/2021", "2021-11-01", "2021-12-15"),
            ("20/12 - 15/01/2022", "2021-12-20", "2022-01-15"),
            ("tháng 11 - 12/2021", "2021-11-01", "2021-12-31"),
            ("01/11/2021 – 15/12/2021", "2021-11-01", "2021-12-15"),
            ("Trước ngày 15/12/2021", "2021-12-15", "2021-12-15"),
            ("7h30 ngày 05/11/2021", "2021-11-05", "2021-11-05"),
        ] {
            let expected = Days { start: start.parse().unwrap(), end: end.parse().unwrap() };
            assert_eq!(cells.days(text, hint), Said::Value(expected), "{text}");
        }
        for text in ["31/11/2021", "05/13/2021", "45/11", "123456", "32 tháng 12"] {
            assert_eq!(cells.days(text, hint), Said::Unclear, "{text}");
        }
        assert_eq!(cells.days("……/……/2021".replace("2021", "").as_str(), hint), Said::Blank);
        assert_eq!(cells.days("thường xuyên", hint), Said::Words);
    }
}
