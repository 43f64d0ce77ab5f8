//! Deadlines as calendar entries (RFC 5545).
//!
//! A day or a period is an all-day event; *trước ngày* ends on the day before, and its title says so. A long period is
//! marked at its two ends. A rhythm is a recurring event from the date of the document on. What has no date (*trong 5
//! ngày làm việc kể từ …*) is a task without a date: no date is made up.

use super::View;
use super::entries::{deadline_key, number, what};
use super::quotes::Quotes;
use super::rrule::{Freq, Rule};
use crate::Reading;
use crate::model::{Deadline, RecurringMode, When};
use jiff::civil::Date;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Longest period in days that is shown as one bar across the calendar.
const LONGEST_BAR: i32 = 31;

/// The alarm: at eight in the morning, three days before.
const ALARM: &str = "-P2DT16H";

/// What opens a calendar.
#[must_use]
pub fn head(view: &View) -> String {
    let mut lines = Lines::default();
    lines.raw("BEGIN", "VCALENDAR");
    lines.raw("VERSION", "2.0");
    lines.raw("PRODID", "-//thidua//thidua//VI");
    lines.raw("CALSCALE", "GREGORIAN");
    lines.raw("METHOD", "PUBLISH");
    lines.text("X-WR-CALNAME", &view.text("report.calendar"));
    lines.out
}

/// What closes a calendar.
pub const TAIL: &str = "END:VCALENDAR\r\n";

/// One entry of a calendar.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Component {
    /// Its identity, the same whenever the same deadline is read.
    pub uid: String,
    /// Its lines.
    pub text: String,
}

/// The entries of one document. `as_of` dates what a document without a date cannot.
#[must_use]
pub fn render(reading: &Reading, as_of: Option<Date>, view: &View) -> Vec<Component> {
    let info = &reading.extraction.document;
    let stated = info.date.as_deref().and_then(|date| date.parse().ok());
    let base = stated.or(as_of).or_else(|| earliest(reading));
    let quotes = Quotes::new(&reading.document);
    let mut writer = Writer { reading, quotes, view, base, lines: Lines::default(), seen: BTreeMap::new() };
    let mut components = Vec::new();
    for deadline in &reading.extraction.deadlines {
        for slot in slots(&deadline.when, base) {
            let uid = writer.component(deadline, &slot);
            components.push(Component { uid, text: std::mem::take(&mut writer.lines.out) });
        }
    }
    components
}

/// The earliest date that the document sets, for rhythms of a document that bears no date.
fn earliest(reading: &Reading) -> Option<Date> {
    let dates = reading.extraction.deadlines.iter().filter_map(|deadline| match &deadline.when {
        When::By { date, .. } | When::On { date } => date.parse().ok(),
        When::During { start, end, .. } => start.as_ref().or(end.as_ref()).and_then(|date| date.parse().ok()),
        When::Recurring { .. } | When::Relative { .. } => None,
    });
    dates.min()
}

/// Where a deadline goes in a calendar.
enum Slot {
    /// All-day, from the first to the last day.
    Days { first: Date, last: Date, title: &'static str },
    /// All-day, again and again.
    Again { first: Date, rule: Rule },
    /// No date can be computed.
    Task,
}

struct Writer<'a> {
    reading: &'a Reading,
    quotes: Quotes<'a>,
    view: &'a View<'a>,
    base: Option<Date>,
    lines: Lines,
    /// How often an identity was used, so that equal deadlines of one document stay apart.
    seen: BTreeMap<String, usize>,
}

impl Writer<'_> {
    /// Writes the lines of one entry and says its identity.
    fn component(&mut self, deadline: &Deadline, slot: &Slot) -> String {
        let component = if matches!(slot, Slot::Task) { "VTODO" } else { "VEVENT" };
        let uid = self.uid(deadline);
        let stamp = self.base.unwrap_or(Date::constant(1970, 1, 1));
        let kind = self.view.text(&format!("report.deadline-kind.{}", deadline_key(deadline.kind)));
        self.lines.raw("BEGIN", component);
        self.lines.raw("UID", &uid);
        self.lines.raw("DTSTAMP", &format!("{}T000000Z", basic(stamp)));
        match slot {
            Slot::Days { first, last, .. } => self.days(*first, *last),
            Slot::Again { first, rule } => {
                self.days(*first, *first);
                self.lines.raw("RRULE", &rule.to_string());
            }
            Slot::Task => {}
        }
        let title = self.title(deadline, slot, &kind);
        self.lines.text("SUMMARY", &title);
        let description = self.description(deadline);
        self.lines.text("DESCRIPTION", &description);
        self.lines.text("CATEGORIES", &kind);
        if !matches!(slot, Slot::Task) {
            self.lines.raw("TRANSP", "TRANSPARENT");
            self.lines.raw("BEGIN", "VALARM");
            self.lines.raw("ACTION", "DISPLAY");
            self.lines.raw("TRIGGER", ALARM);
            self.lines.text("DESCRIPTION", &title);
            self.lines.raw("END", "VALARM");
        }
        self.lines.raw("END", component);
        uid
    }

    /// All-day; the end of an event is the day after its last day.
    fn days(&mut self, first: Date, last: Date) {
        self.lines.raw("DTSTART;VALUE=DATE", &basic(first));
        if let Ok(end) = last.tomorrow() {
            self.lines.raw("DTEND;VALUE=DATE", &basic(end));
        }
    }

    fn title(&self, deadline: &Deadline, slot: &Slot, kind: &str) -> String {
        let mark = match slot {
            Slot::Days { title, .. } if !title.is_empty() => format!("{} · ", self.view.text(title)),
            _ => String::new(),
        };
        let what = what(&self.quotes, deadline);
        format!("{mark}{kind}: {what} ({})", self.view.when(&deadline.when))
    }

    fn description(&self, deadline: &Deadline) -> String {
        let Reading { document, extraction } = self.reading;
        let label = |key: &str, value: &str| format!("{}: {value}", self.view.text(&format!("report.label.{key}")));
        let mut lines = vec![self.view.title(&extraction.document)];
        lines.extend(extraction.document.subject.clone());
        lines.extend(deadline.actor.as_ref().map(|actor| label("actor", actor)));
        lines.extend(deadline.recipient.as_ref().map(|recipient| label("recipient", recipient)));
        lines.push(label("quote", &format!("“{}”", deadline.text)));
        if deadline.inferred {
            lines.push(label("inferred", &self.view.text("report.inferred")));
        }
        if let When::Recurring { rrule, .. } = &deadline.when
            && Rule::parse(rrule).is_some_and(|rule| rule.freq != Freq::Daily && rule.clone().on_a_day() != rule)
        {
            lines.push(label("inferred", &self.view.text("report.end-of-period")));
        }
        let place = self.view.place(document, deadline.span);
        lines.push(format!("{} ({place})", document.source.path));
        lines.join("\n")
    }

    /// Stays the same when the same deadline is read again, also from another file of the same document.
    fn uid(&mut self, deadline: &Deadline) -> String {
        let info = &self.reading.extraction.document;
        let document = match (number(info), &info.date) {
            (Some(number), Some(date)) => format!("{number}\n{date}\n{}", info.issuer.as_deref().unwrap_or_default()),
            _ => self.reading.document.source.sha256.clone(),
        };
        let identity = format!("{document}\n{}\n{:?}\n{:?}", deadline.text, deadline.when, deadline.action);
        let count = self.seen.entry(identity.clone()).or_default();
        *count += 1;
        let digest = Sha256::digest(format!("{identity}\n{count}"));
        let mut uid = String::new();
        for byte in digest.iter().take(16) {
            let _ = write!(uid, "{byte:02x}");
        }
        uid + "@thidua"
    }
}

fn slots(when: &When, base: Option<Date>) -> Vec<Slot> {
    found_slots(when, base).unwrap_or_else(|| vec![Slot::Task])
}

/// `None` where no date can be computed.
fn found_slots(when: &When, base: Option<Date>) -> Option<Vec<Slot>> {
    let day = |date: Date, title| vec![Slot::Days { first: date, last: date, title }];
    Some(match when {
        When::By { date, inclusive } => {
            let date: Date = date.parse().ok()?;
            day(if *inclusive { date } else { date.yesterday().ok()? }, "")
        }
        When::On { date } => day(date.parse().ok()?, ""),
        When::During { start, end, .. } => match (start, end) {
            (Some(start), Some(end)) => period(start.parse().ok()?, end.parse().ok()?),
            (Some(start), None) => day(start.parse().ok()?, "report.ics.starts"),
            (None, Some(end)) => day(end.parse().ok()?, "report.ics.ends"),
            (None, None) => return None,
        },
        When::Recurring { rrule, mode } => {
            let rule = Rule::parse(rrule)?.on_a_day();
            let rule = if *mode == RecurringMode::Before { rule.last_days(*mode) } else { rule };
            vec![Slot::Again { first: rule.first_from(base?)?, rule }]
        }
        When::Relative { .. } => return None,
    })
}

fn period(first: Date, last: Date) -> Vec<Slot> {
    let days = first.until(last).map_or(0, |span| span.get_days());
    if (0..LONGEST_BAR).contains(&days) {
        return vec![Slot::Days { first, last, title: "" }];
    }
    vec![
        Slot::Days { first, last: first, title: "report.ics.starts" },
        Slot::Days { first: last, last, title: "report.ics.ends" },
    ]
}

/// A date in the basic form of RFC 5545.
fn basic(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

/// Content lines: escaped, folded at 75 octets, closed by CRLF.
#[derive(Debug, Default)]
struct Lines {
    out: String,
}

impl Lines {
    /// A value of our own making.
    fn raw(&mut self, name: &str, value: &str) {
        self.fold(&format!("{name}:{value}"));
    }

    /// A value of type TEXT.
    fn text(&mut self, name: &str, value: &str) {
        let mut escaped = String::new();
        for c in value.chars() {
            match c {
                '\\' | ';' | ',' => escaped.extend(['\\', c]),
                '\n' => escaped.push_str("\\n"),
                '\t' => escaped.push(' '),
                c if c.is_control() => {}
                c => escaped.push(c),
            }
        }
        self.raw(name, &escaped);
    }

    fn fold(&mut self, line: &str) {
        let mut octets = 0;
        for c in line.chars() {
            if octets + c.len_utf8() > 75 {
                self.out.push_str("\r\n ");
                octets = 1;
            }
            self.out.push(c);
            octets += c.len_utf8();
        }
        self.out.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn calendar() -> String {
        sample::with_view(|view| {
            let components = render(&sample::reading(), None, view);
            head(view) + &components.iter().map(|component| component.text.as_str()).collect::<String>() + TAIL
        })
    }

    /// The lines as a calendar program sees them.
    fn unfolded(calendar: &str) -> Vec<String> {
        calendar.replace("\r\n ", "").split("\r\n").map(str::to_owned).collect()
    }

    #[test]
    fn before_a_day_ends_on_the_day_before_and_says_so() {
        let lines = unfolded(&calendar());
        let at = lines.iter().position(|line| line == "DTSTART;VALUE=DATE:20240414").unwrap();
        assert_eq!(lines[at + 1], "DTEND;VALUE=DATE:20240415");
        assert_eq!(lines[at + 2], "SUMMARY:Đăng ký: gửi bản đăng ký (trước ngày 15/04/2024)");
    }

    #[test]
    fn rhythms_start_after_the_document_and_follow_their_rule() {
        let lines = unfolded(&calendar());
        let rule = |rule: &str| lines.iter().position(|line| line == &format!("RRULE:{rule}")).unwrap();
        let quarterly = rule("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1");
        assert_eq!(lines[quarterly - 2], "DTSTART;VALUE=DATE:20240331");
        let yearly = rule("FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=14");
        assert_eq!(lines[yearly - 2], "DTSTART;VALUE=DATE:20241014");
    }

    #[test]
    fn what_has_no_date_is_a_task_without_one() {
        let lines = unfolded(&calendar());
        let start = lines.iter().position(|line| line == "BEGIN:VTODO").unwrap();
        let end = lines.iter().position(|line| line == "END:VTODO").unwrap();
        let task = &lines[start..end];
        assert!(task.iter().any(|line| line.contains("trong 5 ngày làm việc")), "{task:?}");
        assert!(!task.iter().any(|line| line.starts_with("DTSTART") || line.starts_with("DUE")), "{task:?}");
    }

    #[test]
    fn a_long_period_is_marked_at_its_ends() {
        let slots = period(Date::constant(2024, 1, 1), Date::constant(2024, 12, 31));
        assert!(matches!(slots.as_slice(), [Slot::Days { last, .. }, Slot::Days { first, .. }]
            if *last == Date::constant(2024, 1, 1) && *first == Date::constant(2024, 12, 31)));
        assert_eq!(period(Date::constant(2024, 5, 1), Date::constant(2024, 5, 31)).len(), 1);
    }

    #[test]
    fn equal_deadlines_have_identities_of_their_own_that_stay() {
        let mut reading = sample::reading();
        let twin = reading.extraction.deadlines[0].clone();
        reading.extraction.deadlines.push(twin);
        let uids = || -> Vec<String> {
            let components = sample::with_view(|view| render(&reading, None, view));
            components.into_iter().map(|component| component.uid).collect()
        };
        let distinct: std::collections::BTreeSet<_> = uids().into_iter().collect();
        assert_eq!(distinct.len(), reading.extraction.deadlines.len());
        assert_eq!(uids(), uids());
    }

    proptest::proptest! {
        #[test]
        fn lines_are_short_whole_and_cannot_be_broken_out_of(value in "[aệ;,\\\\\r\n:X]{0,200}") {
            let mut lines = Lines::default();
            lines.text("SUMMARY", &value);
            proptest::prop_assert!(lines.out.split("\r\n").all(|line| line.len() <= 75));
            proptest::prop_assert_eq!(lines.out.matches("\r\n").count(), lines.out.matches("\r\n ").count() + 1);
            let logical = unfolded(&lines.out);
            let unescaped = logical[0]["SUMMARY:".len()..]
                .replace("\\\\", "\u{1}").replace("\\n", "\n").replace("\\;", ";").replace("\\,", ",").replace('\u{1}', "\\");
            proptest::prop_assert_eq!(unescaped, value.replace('\r', ""));
        }
    }
}
