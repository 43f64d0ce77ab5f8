//! Points and periods of time: from patterns to calendar values.

use super::grammar::{Captures, Node, Slot};
use super::knowledge::{Knowledge, LengthUnit, Rhythm, rhythm};
use super::scan::Scan;
use crate::language::token::Kind;
use jiff::civil::Date;

/// What a time expression says; the rest is for the context to settle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    Date(Date),
    /// Day and month without a year.
    DayMonth(i8, i8),
    /// A day of some month.
    Day(i8),
    Month(Option<i16>, i8),
    Quarter(Option<i16>, i8),
    Half(Option<i16>, i8),
    Year(i16),
    Every(Rhythm),
    Clock,
    /// 0 for Monday.
    Weekday(u8),
    Length {
        count: u32,
        unit: LengthUnit,
        working: bool,
    },
}

/// First and last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Period {
    pub start: Date,
    pub end: Date,
}

impl Moment {
    /// The year, where it is stated.
    pub fn year(self) -> Option<i16> {
        match self {
            Self::Date(date) => Some(date.year()),
            Self::Month(year, _) | Self::Quarter(year, _) | Self::Half(year, _) => year,
            Self::Year(year) => Some(year),
            _ => None,
        }
    }

    /// Days from first to last, with `year` where none is stated; `None` for what has no place in a calendar.
    pub fn period(self, year: Option<i16>) -> Option<Period> {
        let months = |year: i16, first: i8, last: i8| {
            Some(Period { start: Date::new(year, first, 1).ok()?, end: Date::new(year, last, 1).ok()?.last_of_month() })
        };
        match self {
            Self::Date(date) => Some(Period { start: date, end: date }),
            Self::DayMonth(day, month) => {
                let date = Date::new(year?, month, day).ok()?;
                Some(Period { start: date, end: date })
            }
            Self::Month(stated, month) => months(stated.or(year)?, month, month),
            Self::Quarter(stated, quarter) => months(stated.or(year)?, quarter * 3 - 2, quarter * 3),
            Self::Half(stated, half) => months(stated.or(year)?, half * 6 - 5, half * 6),
            Self::Year(year) => months(year, 1, 12),
            _ => None,
        }
    }

    /// The part of a yearly recurrence rule that fixes the place in the year.
    pub fn yearly_rule(self) -> Option<String> {
        Some(match self {
            Self::Date(date) => format!(";BYMONTH={};BYMONTHDAY={}", date.month(), date.day()),
            Self::DayMonth(day, month) => format!(";BYMONTH={month};BYMONTHDAY={day}"),
            Self::Month(_, month) => format!(";BYMONTH={month}"),
            Self::Quarter(_, q) => format!(";BYMONTH={},{},{}", q * 3 - 2, q * 3 - 1, q * 3),
            Self::Half(_, 1) => ";BYMONTH=1,2,3,4,5,6".to_owned(),
            Self::Half(_, _) => ";BYMONTH=7,8,9,10,11,12".to_owned(),
            _ => return None,
        })
    }

    /// A day of a month.
    pub fn on(self, day: i8) -> Option<Self> {
        match self {
            Self::Month(Some(year), month) => Date::new(year, month, day).ok().map(Self::Date),
            Self::Month(None, month) => Some(Self::DayMonth(day, month)),
            _ => None,
        }
    }

    /// Whether it names one day.
    pub fn is_day(self) -> bool {
        matches!(self, Self::Date(_) | Self::DayMonth(..) | Self::Day(_))
    }
}

/// Finds all times of a block and hands them on as nodes: under their own class, and under `t` when they have a place
/// in a calendar.
pub(super) fn find(scan: &mut Scan, knowledge: &Knowledge) {
    let classes = &knowledge.classes;
    for at in 0..scan.tokens.len() {
        if scan.sym(at) == knowledge.words.nam && is_next(scan, at + 1) {
            let node = Node { class: classes.next, end: to_u32(at + next_width(scan, at + 1) + 1), value: 0 };
            scan.push_node(at, node);
        }
        // `tuần thứ 2 tháng 6`: the figure is no day.
        let ordinal = at > 0
            && scan.tokens.get(at).is_some_and(|t| t.kind == Kind::Digits)
            && matches!(scan.tokens.get(at - 1).map_or("", |t| t.text(&scan.block.text)), "thứ" | "tuần");
        if ordinal {
            continue;
        }
        let Some(hit) = knowledge.time.match_at(&scan.tokens, &scan.nodes, at) else { continue };
        let Some(rule) = knowledge.time_rules.get(hit.pattern) else { continue };
        let Some(moment) = moment(rule, &hit.captures, scan, knowledge, hit.start) else { continue };
        let index = to_u32(scan.moments.len());
        scan.moments.push(moment);
        // `24 giờ` is a time of day and a length of time.
        if moment == Moment::Clock
            && hit.end == at + 2
            && let Some(count) = scan.tokens.get(at).map(|t| t.value)
        {
            let length = Moment::Length { count, unit: LengthUnit::Hour, working: false };
            scan.moments.push(length);
            scan.push_node(at, Node { class: classes.length, end: to_u32(hit.end), value: index + 1 });
        }
        let own = knowledge.time_class.get(hit.pattern).copied().unwrap_or(classes.t);
        scan.push_node(at, Node { class: own, end: to_u32(hit.end), value: index });
        if !matches!(
            moment,
            Moment::Every(_) | Moment::Clock | Moment::Weekday(_) | Moment::Length { .. } | Moment::Day(_)
        ) {
            scan.push_node(at, Node { class: classes.t, end: to_u32(hit.end), value: index });
        }
    }
}

/// `năm sau`, `năm kế tiếp`, `năm liền kề`, `năm xét thưởng`.
fn is_next(scan: &Scan, at: usize) -> bool {
    next_width(scan, at) > 0
}

fn next_width(scan: &Scan, at: usize) -> usize {
    let word = |i: usize| scan.tokens.get(i).map_or("", |t| t.text(&scan.block.text));
    match (word(at), word(at + 1)) {
        ("sau", _) => 1,
        ("kế", "tiếp") | ("tiếp", "theo") | ("liền", "kề" | "sau") | ("xét", "thưởng" | "tặng" | "chọn") => {
            2
        }
        _ => 0,
    }
}

fn moment(
    rule: &crate::pack::TimeEntry,
    captures: &Captures,
    scan: &Scan,
    knowledge: &Knowledge,
    start: usize,
) -> Option<Moment> {
    let slots = &knowledge.slots;
    let small = |slot: Slot| captures.slot(slot).and_then(|c| i8::try_from(c.node.value).ok());
    let year = captures.slot(slots.y).and_then(|c| i16::try_from(c.node.value).ok());
    let month = small(slots.m).or(rule.month.and_then(|m| i8::try_from(m).ok()));
    let valid_month = |m: i8| (1..=12).contains(&m);
    Some(match rule.is.as_str() {
        "date" => Moment::Date(Date::new(year?, month?, small(slots.d)?).ok()?),
        "day-month" => {
            let (day, month) = (small(slots.d)?, month?);
            // A leap year admits 29/02, whichever year is meant.
            Date::new(2024, month, day).ok()?;
            Moment::DayMonth(day, month)
        }
        "day" => Moment::Day(small(slots.d).filter(|d| (1..=31).contains(d))?),
        "month" => Moment::Month(year, month.filter(|&m| valid_month(m))?),
        "quarter" => Moment::Quarter(year, small(slots.q).filter(|q| (1..=4).contains(q))?),
        "half" => {
            let count = small(slots.k)?;
            (count == 6).then_some(())?;
            Moment::Half(year, i8::try_from(rule.half?).ok()?)
        }
        "year" => Moment::Year(year?),
        "every" => Moment::Every(rhythm(rule.every.as_deref()?)?),
        "clock" => Moment::Clock,
        "weekday" => Moment::Weekday(weekday(scan, start)?),
        "length" => {
            let number = scan.numbers.get(captures.slot(slots.k)?.node.value as usize)?;
            if number.percent || number.value.fract() != 0.0 || number.value > 999.0 {
                return None;
            }
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole and below 1 000")]
            let count = number.value as u32;
            let unit = match rule.unit.as_deref()? {
                "hour" => LengthUnit::Hour,
                "day" => LengthUnit::Day,
                "week" => LengthUnit::Week,
                "month" => LengthUnit::Month,
                _ => LengthUnit::Year,
            };
            Moment::Length { count, unit, working: rule.working }
        }
        _ => return None,
    })
}

fn weekday(scan: &Scan, start: usize) -> Option<u8> {
    if scan.word(start) == "chủ" {
        return Some(6);
    }
    match scan.word(start + 1) {
        "hai" | "2" => Some(0),
        "ba" | "3" => Some(1),
        "tư" | "4" => Some(2),
        "năm" | "5" => Some(3),
        "sáu" | "6" => Some(4),
        "bảy" | "7" => Some(5),
        _ => None,
    }
}

fn to_u32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Block;
    use crate::pack::Pack;

    /// The ISO form of a moment, `--` for the year that is not stated.
    fn iso(moment: Moment) -> String {
        let year = |year: Option<i16>, sign: &str| year.map_or(sign.to_owned(), |y| format!("{y}-"));
        match moment {
            Moment::Date(date) => date.to_string(),
            Moment::DayMonth(day, month) => format!("--{month:02}-{day:02}"),
            Moment::Month(y, month) => format!("{}{month:02}", year(y, "--")),
            Moment::Quarter(y, quarter) => format!("{}Q{quarter}", year(y, "")),
            Moment::Half(y, half) => format!("{}H{half}", year(y, "")),
            Moment::Year(y) => y.to_string(),
            Moment::Length { count, working, .. } => {
                format!("P{count}D{}", if working { " working" } else { "" })
            }
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn examples_of_times_hold() {
        let pack = Pack::builtin().unwrap();
        let knowledge = Knowledge::compile(&pack).unwrap();
        let found = |text: &str| {
            let block = Block::paragraph(0, text);
            let scan = Scan::new(&block, &knowledge);
            scan.nodes
                .at(0)
                .filter(|node| node.end as usize == scan.tokens.len() && scan.moments.len() > node.value as usize)
                .filter(|node| knowledge.time_class.contains(&node.class))
                .map(|node| iso(scan.moments[node.value as usize]))
                .collect::<Vec<_>>()
        };
        for entry in &pack.patterns.time {
            for example in &entry.examples {
                let (text, expected) = example.split_once(" = ").expect("text = form");
                assert!(found(text).iter().any(|f| f == expected), "{}: {text}: {:?}", entry.id, found(text));
            }
            for text in &entry.not {
                assert!(!found(text).iter().any(|f| f.len() == 10), "{}: {text}: {:?}", entry.id, found(text));
            }
        }
    }
}
