//! Dates, rhythms, numbers and places in words, in the reader's language.

use super::View;
use super::rrule::{Freq, Rule};
use crate::model::{Document, Part, Place, Quota, QuotaOp, RecurringMode, Span, Unit, When};
use jiff::civil::Date;

impl View<'_> {
    /// A date as the reader's language writes it; what is no date stays as it is.
    #[must_use]
    pub fn date(&self, iso: &str) -> String {
        let Some((year, month, day)) = iso.parse::<Date>().ok().map(|d| (d.year(), d.month(), d.day())) else {
            return iso.to_owned();
        };
        let (d, m, y) = (format!("{day:02}"), format!("{month:02}"), year.to_string());
        self.texts.get("report.date", &[("d", &d), ("m", &m), ("y", &y)])
    }

    /// When something is due.
    #[must_use]
    pub fn when(&self, when: &When) -> String {
        let dated = |key: &str, date: &str| self.texts.get(key, &[("date", &self.date(date))]);
        match when {
            When::By { date, inclusive: false } => dated("report.when.before", date),
            When::By { date, inclusive: true } => dated("report.when.by", date),
            When::On { date } => dated("report.when.on", date),
            When::During { start, end, until } => self.period(start.as_deref(), end.as_deref(), until.as_deref()),
            When::Recurring { rrule, mode } => match Rule::parse(rrule) {
                Some(rule) => self.rhythm(&rule, *mode),
                None => rrule.clone(),
            },
            When::Relative { offset, working_days, anchor } => self.relative(offset, *working_days, anchor.as_deref()),
        }
    }

    fn period(&self, start: Option<&str>, end: Option<&str>, until: Option<&str>) -> String {
        let span = match (start, end) {
            (Some(start), Some(end)) => self.whole_period(start, end).unwrap_or_else(|| {
                self.texts.get("report.when.from-to", &[("start", &self.date(start)), ("end", &self.date(end))])
            }),
            (Some(start), None) => self.texts.get("report.when.from", &[("date", &self.date(start))]),
            (None, Some(end)) => self.texts.get("report.when.until", &[("date", &self.date(end))]),
            (None, None) => String::new(),
        };
        let event = until.map(|event| {
            // The source's words may open with the words of the sentence.
            let event = ["đến ", "khi "].iter().fold(event, |event, word| event.strip_prefix(word).unwrap_or(event));
            self.texts.get("report.when.until-event", &[("event", event)])
        });
        [Some(span), event].into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// A whole month or year by its name.
    fn whole_period(&self, start: &str, end: &str) -> Option<String> {
        let (first, last): (Date, Date) = (start.parse().ok()?, end.parse().ok()?);
        if first.day() != 1 || first.year() != last.year() || last != last.last_of_month() {
            return None;
        }
        let (month, year) = (last.month().to_string(), last.year().to_string());
        if first.month() == last.month() {
            Some(self.texts.get("report.when.month", &[("m", &month), ("y", &year)]))
        } else if first.month() == 1 && last.month() == 12 {
            Some(self.texts.get("report.when.year", &[("y", &year)]))
        } else {
            None
        }
    }

    fn rhythm(&self, rule: &Rule, mode: RecurringMode) -> String {
        let n = rule.interval.to_string();
        let rhythm = match (rule.freq, rule.interval) {
            (Freq::Daily, 1) => self.text("report.rhythm.daily"),
            (Freq::Weekly, 1) => self.text("report.rhythm.weekly"),
            (Freq::Monthly, 1) => self.text("report.rhythm.monthly"),
            (Freq::Monthly, 3) => self.text("report.rhythm.quarterly"),
            (Freq::Monthly, 6) => self.text("report.rhythm.half-yearly"),
            (Freq::Yearly, 1) => self.text("report.rhythm.yearly"),
            (Freq::Daily, _) => self.texts.get("report.rhythm.days", &[("n", &n)]),
            (Freq::Weekly, _) => self.texts.get("report.rhythm.weeks", &[("n", &n)]),
            (Freq::Monthly, _) => self.texts.get("report.rhythm.months", &[("n", &n)]),
            (Freq::Yearly, _) => self.texts.get("report.rhythm.years", &[("n", &n)]),
        };
        let day = self.rule_days(rule);
        if day.is_empty() {
            return rhythm;
        }
        let key = match mode {
            RecurringMode::Before => "report.when.recurring-before",
            RecurringMode::By => "report.when.recurring-by",
            RecurringMode::On => "report.when.recurring-on",
            RecurringMode::During => "report.when.recurring-during",
        };
        self.texts.get(key, &[("day", &day), ("rhythm", &rhythm)])
    }

    /// The days of a rule: `15/10`, `ngày 25`, `thứ sáu`, `tháng 10`.
    fn rule_days(&self, rule: &Rule) -> String {
        let months: Vec<String> = rule.months.iter().map(ToString::to_string).collect();
        let month = (!months.is_empty()).then(|| self.texts.get("report.when.months", &[("m", &months.join(", "))]));
        let mut days: Vec<String> = Vec::new();
        for day in &rule.month_days {
            let key = match (*day, months.as_slice()) {
                (1.., [month]) => {
                    days.push(self.texts.get("report.when.day-month", &[("d", &day.to_string()), ("m", month)]));
                    continue;
                }
                (1.., _) => "report.when.day",
                (-1, _) => "report.when.last-day",
                _ => "report.when.day-from-end",
            };
            days.push(self.texts.get(key, &[("d", &day.unsigned_abs().to_string())]));
        }
        for (nth, weekday) in &rule.week_days {
            let name = self.text(&format!("report.weekday.{}", weekday.to_monday_one_offset()));
            days.push(match nth {
                0 => name,
                -1 => self.texts.get("report.when.last-weekday", &[("weekday", &name)]),
                n => self.texts.get("report.when.nth-weekday", &[("weekday", &name), ("n", &n.to_string())]),
            });
        }
        let day_names_month = matches!((rule.month_days.first(), months.as_slice()), (Some(1..), [_]));
        let days = days.join(", ");
        match (days.is_empty(), month) {
            (true, month) => month.unwrap_or_default(),
            (false, Some(month)) if !day_names_month => format!("{days} {month}"),
            (false, _) => days,
        }
    }

    fn relative(&self, offset: &str, working_days: bool, anchor: Option<&str>) -> String {
        let (key, length) = match offset.strip_prefix('-') {
            Some(length) => ("report.when.ahead", length),
            None => ("report.when.within", offset),
        };
        let length = self.duration(length, working_days);
        let stated = self.texts.get(key, &[("length", &length)]);
        match anchor {
            Some(anchor) => format!("{stated} {anchor}"),
            None => stated,
        }
    }

    /// An ISO 8601 duration of one unit; others stay as they are.
    fn duration(&self, iso: &str, working_days: bool) -> String {
        let body = iso.strip_prefix('P').unwrap_or(iso);
        let number: String = body.chars().take_while(char::is_ascii_digit).collect();
        let key = match (body.strip_prefix(number.as_str()).unwrap_or(body), working_days) {
            ("D", true) => "report.duration.working-days",
            ("D", false) => "report.duration.days",
            ("W", _) => "report.duration.weeks",
            ("M", _) => "report.duration.months",
            ("Y", _) => "report.duration.years",
            _ => return iso.to_owned(),
        };
        self.texts.get(key, &[("n", &number)])
    }

    /// A quota's number: `ít nhất 6 hoạt động`, `85%`.
    #[must_use]
    pub fn amount(&self, quota: &Quota) -> String {
        let value = self.number(quota.value);
        let counted = match &quota.unit {
            Unit::Percent => format!("{value}%"),
            Unit::Things(things) => format!("{value} {things}"),
        };
        let key = match quota.op {
            QuotaOp::AtLeast => "report.op.at-least",
            QuotaOp::MoreThan => "report.op.more-than",
            QuotaOp::Exactly => return counted,
            QuotaOp::LessThan => "report.op.less-than",
            QuotaOp::AtMost => "report.op.at-most",
        };
        self.texts.get(key, &[("amount", &counted)])
    }

    /// `60.000.000`, `0,3`, `2/3`: thousands grouped, a part that has no short decimal as a fraction.
    fn number(&self, value: f64) -> String {
        let fraction = (value > 0.0 && value < 1.0)
            .then(|| [3.0, 6.0, 7.0, 9.0].into_iter().find(|parts| is_whole(value * parts)))
            .flatten();
        if let Some(parts) = fraction {
            return format!("{:.0}/{parts}", value * parts);
        }
        let digits = ((value * 100.0).round() / 100.0).to_string();
        let (whole, decimals) = digits.split_once('.').map_or((digits.as_str(), None), |(w, d)| (w, Some(d)));
        let mut out = String::new();
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at) % 3 == 0 {
                out.push_str(&self.text("report.grouping"));
            }
            out.push(digit);
        }
        decimals.map_or(out.clone(), |decimals| format!("{out}{}{decimals}", self.text("report.decimal")))
    }

    /// Where a span stands: `mục II.1, đoạn 12`. Paragraphs count from 1, as the HTML page numbers them.
    #[must_use]
    pub fn place(&self, document: &Document, span: Span) -> String {
        let place = document.blocks.get(span.block as usize).map(|block| Place {
            block: span.block,
            part: block.part,
            section: block.section.clone(),
            cell: block.cell,
        });
        self.place_of(&place.unwrap_or(Place { block: span.block, ..Place::default() }))
    }

    /// The same for a place that was kept without its document.
    #[must_use]
    pub fn place_of(&self, place: &Place) -> String {
        let paragraph = self.texts.get("report.place.paragraph", &[("n", &(place.block + 1).to_string())]);
        let part = match place.part {
            Part::Body => None,
            Part::Header => Some("report.place.header"),
            Part::Footer => Some("report.place.footer"),
            Part::Note => Some("report.place.note"),
            Part::TextBox => Some("report.place.text-box"),
            Part::Comment => Some("report.place.comment"),
        };
        let section = place.section.as_deref().filter(|section| !section.is_empty());
        let section = section.map(|section| match section.split(['.', ' ']).next() {
            // `Điều 2.1` and `Chương I` name themselves.
            Some(word) if word.chars().count() > 2 && word.contains(char::is_lowercase) => section.to_owned(),
            _ => self.texts.get("report.place.section", &[("section", section)]),
        });
        let table = place.cell.map(|cell| {
            let (table, row) = ((cell.table + 1).to_string(), (cell.row + 1).to_string());
            self.texts.get("report.place.table", &[("table", &table), ("row", &row)])
        });
        let parts = [part.map(|key| self.text(key)), section, table, Some(paragraph)];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

/// Whole but for the last bits of a division.
fn is_whole(value: f64) -> bool {
    (value - value.round()).abs() < 1e-9
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::{Lang, Lexicon, Pack, Texts};

    fn with_view<T>(lang: Lang, test: impl FnOnce(View) -> T) -> T {
        let (texts, pack): (_, Pack) = (Texts::builtin(lang), Pack::builtin().unwrap());
        let lexicon: &Lexicon = &pack.lexicon;
        test(View { texts: &texts, lexicon, explain: false })
    }

    fn recurring(rrule: &str, mode: RecurringMode) -> When {
        When::Recurring { rrule: rrule.to_owned(), mode }
    }

    #[test]
    fn places_are_named_as_an_office_names_them() {
        let mut document = crate::report::sample::reading().document;
        let span = Span { block: 4, start: 0, end: 1 };
        with_view(Lang::Vi, |view| {
            assert_eq!(view.place(&document, span), "mục II.1, đoạn 5");
            document.blocks[4].section = Some("Điều 2.1".to_owned());
            assert_eq!(view.place(&document, span), "Điều 2.1, đoạn 5");
            document.blocks[4].section = None;
            document.blocks[4].part = Part::Note;
            assert_eq!(view.place(&document, span), "chú thích, đoạn 5");
        });
    }

    #[test]
    fn times_read_like_the_source() {
        let iso = |date: &str| Some(date.to_owned());
        let during = |start, end| When::During { start, end, until: None };
        with_view(Lang::Vi, |view| {
            let by = |inclusive| When::By { date: "2021-11-10".to_owned(), inclusive };
            assert_eq!(view.when(&by(false)), "trước ngày 10/11/2021");
            assert_eq!(view.when(&by(true)), "chậm nhất ngày 10/11/2021");
            assert_eq!(view.when(&during(iso("2021-10-01"), iso("2021-10-31"))), "trong tháng 10/2021");
            assert_eq!(view.when(&during(iso("2021-01-01"), iso("2021-12-31"))), "trong năm 2021");
            assert_eq!(view.when(&during(iso("2021-10-01"), iso("2022-01-15"))), "từ 01/10/2021 đến 15/01/2022");
            assert_eq!(view.when(&during(None, iso("2022-01-15"))), "đến hết ngày 15/01/2022");
            let until = Some("khi họp xong đại hội".to_owned());
            let open = When::During { start: iso("2021-10-01"), end: None, until };
            assert_eq!(view.when(&open), "từ ngày 01/10/2021, đến khi họp xong đại hội");
            let yearly = "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=15";
            assert_eq!(view.when(&recurring(yearly, RecurringMode::Before)), "trước ngày 15/10 hằng năm");
            assert_eq!(
                view.when(&recurring("FREQ=MONTHLY;BYMONTHDAY=25", RecurringMode::By)),
                "chậm nhất ngày 25 hằng tháng"
            );
            assert_eq!(view.when(&recurring("FREQ=MONTHLY;INTERVAL=3", RecurringMode::During)), "hằng quý");
            assert_eq!(view.when(&recurring("FREQ=WEEKLY;BYDAY=MO", RecurringMode::On)), "thứ hai hằng tuần");
            let relative = |offset: &str, anchor: &str| When::Relative {
                offset: offset.to_owned(),
                working_days: true,
                anchor: Some(anchor.to_owned()),
            };
            let within = relative("P5D", "kể từ ngày nhận được hồ sơ");
            assert_eq!(view.when(&within), "trong 5 ngày làm việc kể từ ngày nhận được hồ sơ");
            assert_eq!(view.when(&relative("-P10D", "đại hội")), "10 ngày làm việc trước đại hội");
        });
        with_view(Lang::En, |view| {
            assert_eq!(view.when(&When::On { date: "2022-03-08".to_owned() }), "on 2022-03-08");
        });
    }
}
