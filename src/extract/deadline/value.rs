//! The value of a match: a point, a period, a rhythm.

use super::{Finder, during, frequency_rule};
use crate::extract::grammar::Match;
use crate::extract::knowledge::{DeadlineRule, LengthUnit, Reading, Rhythm};
use crate::extract::time::{Moment, Period};
use crate::language::token::Kind;
use crate::model::{RecurringMode, When};
use jiff::civil::Date;

impl Finder<'_, '_> {
    pub(super) fn point(&self, rule: &DeadlineRule, hit: &Match, moment: Moment) -> Option<(When, bool)> {
        let every = self.every(rule, hit);
        let moment = match moment {
            Moment::Day(day) if every.is_none() => {
                self.opening_month(hit.start).and_then(|month| month.on(day)).unwrap_or(moment)
            }
            other => other,
        };
        let mode = match rule.read {
            Reading::Before => RecurringMode::Before,
            Reading::By => RecurringMode::By,
            _ if moment.is_day() => RecurringMode::On,
            _ => RecurringMode::During,
        };
        if let Moment::Day(day) = moment {
            let rhythm = every.or_else(|| self.reported(hit.start)).or_else(|| self.sentence_rhythm(hit.start))?;
            let rule = match rhythm {
                Rhythm::Day | Rhythm::Week | Rhythm::Year => return None,
                Rhythm::Quarter => format!("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY={day}"),
                _ => format!("FREQ=MONTHLY;BYMONTHDAY={day}"),
            };
            return Some((When::Recurring { rrule: rule, mode }, false));
        }
        let yearly =
            every == Some(Rhythm::Year) || (moment.year().is_none() && every.is_none() && self.recurs_yearly(hit));
        if yearly && moment.year().is_none() {
            return Some((When::Recurring { rrule: format!("FREQ=YEARLY{}", moment.yearly_rule()?), mode }, false));
        }
        let (period, inferred) = self.period(moment, hit.start, None)?;
        let last = if rule.read == Reading::Before { period.start } else { period.end };
        // Before the day of the paper itself is over too.
        let over = rule.read == Reading::Before && period.start == period.end && self.context.date == Some(last);
        if self.context.is_past(last) || over {
            return None;
        }
        let when = match rule.read {
            Reading::Before => When::By { date: period.start.to_string(), inclusive: false },
            Reading::By => When::By { date: period.end.to_string(), inclusive: true },
            _ if period.start == period.end => When::On { date: period.start.to_string() },
            _ => during(period),
        };
        Some((when, inferred))
    }

    /// `báo cáo tháng gửi trước ngày 20`
    fn reported(&self, at: usize) -> Option<Rhythm> {
        (at.saturating_sub(6)..at).rev().find_map(|i| match self.scan.lower(i..i + 3) {
            "báo cáo tháng" => Some(Rhythm::Month),
            "báo cáo quý" => Some(Rhythm::Quarter),
            _ => None,
        })
    }

    /// `Tháng 6 báo cáo sơ kết trước ngày 10, tháng 12 …`: the month that opens the clause, for a day without one.
    fn opening_month(&self, at: usize) -> Option<Moment> {
        let scan = self.scan;
        let segment = scan.segment(at);
        let opens = |i: usize| {
            i == segment.start || scan.tokens.get(i - 1).is_some_and(|t| matches!(t.kind, Kind::Mark(',' | ':' | '(')))
        };
        let mut clauses = (segment.start..at).rev().filter(|&i| opens(i));
        clauses.find_map(|i| {
            scan.nodes.at(i).filter(|n| n.class == self.knowledge.classes.t).find_map(|n| {
                scan.moments.get(n.value as usize).copied().filter(|moment| matches!(moment, Moment::Month(..)))
            })
        })
    }

    /// The rhythm that the sentence states before a token.
    pub(super) fn sentence_rhythm(&self, at: usize) -> Option<Rhythm> {
        (self.scan.sentence(at).start..at).find_map(|i| self.rhythm_at(i).map(|(_, rhythm)| rhythm))
    }

    pub(super) fn range(&self, hit: &Match) -> Option<(When, bool)> {
        let slots = &self.knowledge.slots;
        let pair = self.pair(hit);
        let last = pair.map(|(_, last)| last).or_else(|| self.moment(hit, slots.end))?;
        let first = match pair.map(|(first, _)| first).or_else(|| self.moment(hit, slots.start)) {
            Some(moment) => moment,
            // `từ ngày 25 đến hết ngày 31/3/2024`: the first day takes the month of the last.
            None => {
                let day = self.small(hit, slots.d)?;
                match last {
                    Moment::Date(date) => Moment::Date(Date::new(date.year(), date.month(), day).ok()?),
                    Moment::DayMonth(_, month) => Moment::DayMonth(day, month),
                    _ => return None,
                }
            }
        };
        // `vào ngày 02/3 và 16/3` are two days, not a period.
        let joined = hit.captures.slot(slots.end).is_some_and(|c| {
            self.scan.sym(c.start as usize - 1) == self.knowledge.words.va
                || self.scan.is_mark(c.start as usize - 1, ',')
        });
        if joined && first.is_day() {
            return None;
        }
        let yearly = self.every_after(hit) || (last.year().is_none() && self.recurs_yearly(hit));
        if yearly && last.year().is_none() {
            return self.yearly_range(first, last).map(|when| (when, false));
        }
        let (end, inferred) = self.period(last, hit.start, None)?;
        let (start, _) = self.period(first, hit.start, Some(end.end.year()))?;
        // `từ 20/12 đến 05/01/2022` began the year before.
        let start = if start.start > end.end && first.year().is_none() {
            self.period(first, hit.start, Some(end.end.year() - 1))?.0
        } else {
            start
        };
        // `(20/10/1930 - 20/10/2030)` are the years between two anniversaries.
        let anniversary = first.is_day()
            && (start.start.month(), start.start.day()) == (end.end.month(), end.end.day())
            && start.start.year() < end.end.year();
        if anniversary || start.start > end.end || self.context.is_past(end.end) {
            return None;
        }
        Some((during(Period { start: start.start, end: end.end }), inferred))
    }

    /// `tuần đầu tháng 10`: the first seven days of the month, the last seven for *tuần cuối*;
    /// *trung tuần*: the middle ten.
    pub(super) fn week(&self, hit: &Match) -> Option<(When, bool)> {
        let month = self.moment(hit, self.knowledge.slots.when).filter(|m| matches!(m, Moment::Month(..)))?;
        let (period, _) = self.period(month, hit.start, None)?;
        let said = (hit.start..hit.end).find_map(|at| match self.scan.word(at) {
            "đầu" | "nhất" | "1" => Some(0),
            "hai" | "2" => Some(7),
            "ba" | "3" => Some(14),
            "tư" | "bốn" | "4" => Some(21),
            "thượng" => Some(0),
            "trung" => Some(10),
            "hạ" => Some(20),
            "cuối" => Some(i64::from(period.end.day()) - 7),
            _ => None,
        })?;
        let ten = (hit.start..hit.end).any(|at| matches!(self.scan.word(at), "thượng" | "trung" | "hạ"));
        let last = if said == 20 {
            i64::from(period.end.day()) - 21
        } else if ten {
            9
        } else {
            6
        };
        let start = period.start.checked_add(jiff::Span::new().days(said)).ok()?;
        let end = start.checked_add(jiff::Span::new().days(last)).ok()?;
        (!self.context.is_past(end)).then(|| (during(Period { start, end }), true))
    }

    /// `dịp kỷ niệm Ngày thành lập … 18/11/2026`: nothing but the name of the day stands between.
    pub(super) fn feast(&self, rule: &DeadlineRule, hit: &Match) -> Option<(When, bool)> {
        let day = hit.captures.slot(self.knowledge.slots.when)?;
        let named = (hit.start..day.start as usize).all(|at| {
            self.scan.tokens.get(at).is_some_and(|t| matches!(t.kind, Kind::Word | Kind::Digits) || t.is('('))
        });
        let moment = self.moment(hit, self.knowledge.slots.when)?;
        if named { self.point(rule, hit, moment) } else { None }
    }

    /// `tháng 11 - 12/2022`, `quý III, IV năm 2024`: two months or quarters that share a word and a year.
    fn pair(&self, hit: &Match) -> Option<(Moment, Moment)> {
        let slots = &self.knowledge.slots;
        let year = hit.captures.slot(slots.y).and_then(|c| i16::try_from(c.node.value).ok());
        let within = |value: i8, last: i8| (1..=last).contains(&value).then_some(value);
        if let (Some(first), Some(last)) = (self.small(hit, slots.m), self.small(hit, slots.m2)) {
            return Some((Moment::Month(year, within(first, 12)?), Moment::Month(year, within(last, 12)?)));
        }
        let (first, last) = (self.small(hit, slots.q)?, self.small(hit, slots.q2)?);
        Some((Moment::Quarter(year, within(first, 4)?), Moment::Quarter(year, within(last, 4)?)))
    }

    pub(super) fn every_after(&self, hit: &Match) -> bool {
        matches!(self.moment(hit, self.knowledge.slots.every), Some(Moment::Every(Rhythm::Year)))
    }

    pub(super) fn yearly_range(&self, first: Moment, last: Moment) -> Option<When> {
        let year = 2024;
        let (start, end) = (first.period(Some(year))?.start, last.period(Some(year))?.end);
        let months: Vec<String> = if start.month() <= end.month() {
            (start.month()..=end.month()).map(|m| m.to_string()).collect()
        } else {
            (start.month()..=12).chain(1..=end.month()).map(|m| m.to_string()).collect()
        };
        Some(When::Recurring {
            rrule: format!("FREQ=YEARLY;BYMONTH={}", months.join(",")),
            mode: RecurringMode::During,
        })
    }

    /// A rule without a year that holds every year: said so in the sentence, or the paper is a standing one.
    pub(super) fn recurs_yearly(&self, hit: &Match) -> bool {
        let scan = self.scan;
        let sentence = scan.sentence(hit.start);
        let stated_year = self.context.exception_year(scan, self.knowledge, hit.start).is_some();
        // `mỗi quý 1 lần; phúc tra trong tháng 10`: a quarter governs its own clause only.
        let segment = scan.segment(hit.start);
        let rhythm = sentence.clone().any(|i| {
            scan.nodes.at(i).any(|n| {
                let every = (n.class == self.knowledge.classes.every).then(|| scan.moments.get(n.value as usize));
                match every.flatten() {
                    Some(Moment::Every(Rhythm::Year)) => true,
                    Some(Moment::Every(Rhythm::Quarter)) => i == sentence.start || segment.contains(&i),
                    _ => false,
                }
            })
        });
        let words = &self.knowledge.words;
        let periodic = sentence.clone().any(|i| scan.sym(i) == words.dinh && scan.sym(i + 1) == words.ky)
            || sentence.clone().any(|i| {
                // `6 tháng (trước ngày 10/6)`, `báo cáo 6 tháng`, `báo cáo năm`
                scan.nodes.at(i).any(|n| {
                    n.class == self.knowledge.classes.length
                        && matches!(
                            scan.moments.get(n.value as usize),
                            Some(Moment::Length { count: 6, unit: LengthUnit::Month, .. })
                        )
                })
            });
        !stated_year && (rhythm || periodic && !self.context.annual || self.context.standing)
    }

    /// First and last day, with the year of the context where none is stated.
    pub(super) fn period(&self, moment: Moment, at: usize, year: Option<i16>) -> Option<(Period, bool)> {
        if moment.year().is_some() {
            return moment.period(None).map(|p| (p, false));
        }
        if year.is_some() {
            return moment.period(year).map(|p| (p, true));
        }
        let stated = self
            .context
            .exception_year(self.scan, self.knowledge, at)
            .or_else(|| self.sentence_year(at))
            .or_else(|| self.labelled_year());
        if let Some(stated) = stated {
            return moment.period(Some(stated)).map(|p| (p, true));
        }
        let year = self.context.year?;
        let period = moment.period(Some(year))?;
        // A date that was past when the paper was signed belongs to the next year.
        if self.context.is_past(period.end) {
            return moment.period(Some(year + 1)).map(|p| (p, true));
        }
        Some((period, true))
    }

    /// `Năm 2026: …` opens the block.
    fn labelled_year(&self) -> Option<i16> {
        let opens = self.scan.word(0) == "năm" && self.scan.is_mark(2, ':');
        let year = i16::try_from(self.scan.tokens.get(1)?.value).ok()?;
        (opens && self.context.year.is_none_or(|this| (this..=this + 10).contains(&year))).then_some(year)
    }

    /// The year of a full date in the same sentence.
    pub(super) fn sentence_year(&self, at: usize) -> Option<i16> {
        let sentence = self.scan.sentence(at);
        (at..sentence.end).find_map(|i| {
            self.scan.nodes.at(i).filter(|n| n.class == self.knowledge.classes.t).find_map(|n| {
                match self.scan.moments.get(n.value as usize)? {
                    Moment::Date(date) if !self.context.is_past(*date) => Some(date.year()),
                    _ => None,
                }
            })
        })
    }

    pub(super) fn rhythm(&self, entry: &DeadlineRule, hit: &Match) -> Option<When> {
        let slots = &self.knowledge.slots;
        let rule = if let Some(Moment::Length { count, unit, .. }) = self.moment(hit, slots.length) {
            let (unit, count) = match unit {
                LengthUnit::Day => ("DAILY", count),
                LengthUnit::Week => ("WEEKLY", count),
                LengthUnit::Month => ("MONTHLY", count),
                LengthUnit::Year => ("YEARLY", count),
                LengthUnit::Hour => return None,
            };
            if count > 1 { format!("FREQ={unit};INTERVAL={count}") } else { format!("FREQ={unit}") }
        } else {
            frequency_rule(self.every(entry, hit)?).to_owned()
        };
        let words = self.scan.lower(hit.start..hit.end);
        let mode = if words.starts_with("trước") {
            RecurringMode::Before
        } else if words.starts_with("chậm nhất") || words.starts_with("muộn nhất") {
            RecurringMode::By
        } else {
            RecurringMode::On
        };
        if let Some(Moment::Weekday(day)) = self.moment(hit, slots.weekday) {
            let name = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"].get(usize::from(day))?;
            let first = if rule == "FREQ=MONTHLY" { "1" } else { "" };
            return Some(When::Recurring { rrule: format!("{rule};BYDAY={first}{name}"), mode });
        }
        if mode == RecurringMode::Before && rule == "FREQ=DAILY" {
            return Some(When::Recurring { rrule: rule, mode });
        }
        if let (Some(first), Some(second)) = (self.small(hit, slots.d), self.small(hit, slots.d2)) {
            return Some(When::Recurring {
                rrule: format!("{rule};BYMONTHDAY={first},{second}"),
                mode: RecurringMode::On,
            });
        }
        Some(When::Recurring { rrule: rule, mode: RecurringMode::During })
    }
}
