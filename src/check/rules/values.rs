//! Two values for one thing.

use crate::check::dates::pattern;
use crate::check::subject::{Subject, parse, print};
use crate::language::fold::fold;
use crate::language::letter::is_word;
use crate::model::{Deadline, DeadlineKind, Finding, Quota, Severity, Unit, When};
use jiff::civil::Date;
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What is sent, in *gửi tác phẩm về …*, *hạn nhận tác phẩm: …*.
static OBJECT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"\b(gửi|nộp|nhận|đăng kí|báo cáo)\s+(.+?)",
        r"\s*(?:[:,(]|\b(?:về|cho|tới|đến|qua|theo|trước|chậm nhất|muộn nhất|hạn|hết)\b)"
    ))
});

/// A dated duty with what it is about.
struct Duty<'a> {
    deadline: &'a Deadline,
    date: Date,
    clause: &'a str,
}

/// TD301: entries are due on 31/10 in one place and on 25/10 in another.
pub(super) fn two_dates(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let mut duties: BTreeMap<(&str, &str), Vec<Duty<'_>>> = BTreeMap::new();
    for deadline in subject
        .extraction
        .deadlines
        .iter()
        .filter(|deadline| deadline.exception.is_none() && deadline.kind != DeadlineKind::Event)
    {
        let When::By { date, .. } = &deadline.when else { continue };
        let Some(date) = parse(date) else { continue };
        let clause = subject.clause(deadline.span);
        let Some(captures) = OBJECT.captures(clause) else { continue };
        let (Some(verb), Some(object)) = (captures.get(1), captures.get(2)) else { continue };
        // What one side sends, the other receives.
        let verb = if matches!(verb.as_str(), "nộp" | "nhận") { "gửi" } else { verb.as_str() };
        duties.entry((verb, object.as_str())).or_default().push(Duty { deadline, date, clause });
    }
    for ((_, object), duties) in duties {
        let Some((first, rest)) = duties.split_first() else { continue };
        for other in rest {
            if is_slip(first.date, other.date)
                && first.clause != other.clause
                && first.deadline.span.block != other.deadline.span.block
                && may_be_one(first.deadline.actor.as_ref(), other.deadline.actor.as_ref())
                && may_be_one(first.deadline.recipient.as_ref(), other.deadline.recipient.as_ref())
            {
                found.push(
                    Finding::new("TD301", Severity::Warning, Some(other.deadline.span))
                        .with("what", object)
                        .with("one", print(first.date))
                        .with("other", print(other.date))
                        .and(first.deadline.span),
                );
            }
        }
    }
}

/// Different dates that can stand for one: close together, or the same day of another year. Farther apart they are
/// two rounds of one duty.
fn is_slip(one: Date, other: Date) -> bool {
    const CLOSE: i32 = 31;
    let apart = one.until(other).map_or(0, |span| span.get_days().abs());
    one != other && (apart <= CLOSE || (one.month(), one.day()) == (other.month(), other.day()))
}

/// Whether two names can mean one body: one is not given, or one holds the other.
fn may_be_one(one: Option<&String>, other: Option<&String>) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return true };
    let (one, other) = (bare(one), bare(other));
    one.contains(&other) || other.contains(&one)
}

/// A name without *mỗi*, *các*, *từng*.
fn bare(name: &str) -> String {
    let folded = fold(name);
    let mut rest = folded.trim();
    for word in ["mỗi ", "các ", "từng ", "mọi "] {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    rest.to_owned()
}

/// TD302: "mỗi xã gửi tối thiểu 03 tác phẩm" here, "… 05 tác phẩm" there.
pub(super) fn two_numbers(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let mut demands: BTreeMap<(String, String), Vec<&Quota>> = BTreeMap::new();
    for quota in subject.extraction.quotas.iter().filter(|quota| quota.exception.is_none()) {
        let in_table = subject.document.blocks.get(quota.span.block as usize).is_none_or(|b| b.cell.is_some());
        if let Some(who) = quota.per.as_ref().or(quota.actor.as_ref()).filter(|_| !in_table) {
            demands.entry((bare(who), demand(quota))).or_default().push(quota);
        }
    }
    let mut findings = Vec::new();
    for ((who, _), quotas) in demands.iter().filter(|(_, quotas)| quotas.len() > 1) {
        let mut seen: BTreeMap<String, &Quota> = BTreeMap::new();
        for &quota in quotas {
            let Some(words) = words_about(subject, quota, who) else { continue };
            let first = *seen.entry(words).or_insert(quota);
            #[expect(clippy::float_cmp, reason = "the same digits give the same number")]
            let differ = first.value != quota.value;
            if differ && first.span.block != quota.span.block {
                findings.push(
                    Finding::new("TD302", Severity::Warning, Some(quota.span))
                        .with("one", first.text.trim().to_owned())
                        .with("other", quota.text.trim().to_owned())
                        .and(first.span),
                );
            }
        }
    }
    findings.sort_by_key(|finding| finding.span);
    found.append(&mut findings);
}

/// What a number binds, and how: two numbers contradict each other only where all of this is equal.
fn demand(quota: &Quota) -> String {
    let unit = match &quota.unit {
        Unit::Percent => "%".to_owned(),
        Unit::Things(name) => fold(name),
    };
    format!("{:?} {:?} {:?} {unit}", quota.op, quota.kind, quota.frequency)
}

/// What a number is about, so exactly that two numbers with the same words contradict each other: all words of the
/// clause, from the one who has to act to its end, but the numbers.
fn words_about(subject: &Subject<'_>, quota: &Quota, who: &str) -> Option<String> {
    let clause = subject.clause(quota.span);
    let at = clause.find(who)?;
    let words: Vec<&str> = clause
        .get(at..)?
        .split(|c: char| !is_word(c))
        .filter(|word| !word.is_empty() && !word.chars().all(char::is_numeric))
        .collect();
    Some(words.join(" "))
}

#[cfg(test)]
mod tests {
    use crate::check::rules::case::{Case, by};
    use crate::model::{DeadlineKind, QuotaOp};
    use DeadlineKind::{Report, Submission};

    #[test]
    fn one_thing_has_one_date() {
        let two = |second: &str, day: &str| {
            Case::complete()
                .body("Hạn nhận tác phẩm: [hết ngày 31/10/2025].")
                .deadline(Submission, by("2025-10-31"))
                .body(second)
                .deadline(Submission, by(day))
                .codes()
        };
        assert_eq!(two("Các đơn vị gửi tác phẩm về Ban Tổ chức [chậm nhất ngày 25/10/2025].", "2025-10-25"), ["TD301"]);
        assert!(two("Các đơn vị gửi tác phẩm về Ban Tổ chức [trước 31/10/2025].", "2025-10-31").is_empty());
        assert!(two("Các đơn vị gửi danh sách về Ban Tổ chức [trước 25/10/2025].", "2025-10-25").is_empty());
    }

    #[test]
    fn two_rounds_are_two_things() {
        let case = Case::complete()
            .body("Báo cáo kết quả về Hội [trước ngày 15/6/2021].")
            .deadline(Report, by("2021-06-15"))
            .body("Báo cáo kết quả về Hội [trước ngày 15/12/2021].")
            .deadline(Report, by("2021-12-15"));
        assert!(case.codes().is_empty());
        let slip = Case::complete()
            .body("Báo cáo kết quả về Hội [trước ngày 15/12/2021].")
            .deadline(Report, by("2021-12-15"))
            .body("Báo cáo kết quả về Hội [trước ngày 15/12/2022].")
            .deadline(Report, by("2022-12-15"));
        assert_eq!(slip.codes(), ["TD301"]);
    }

    #[test]
    fn one_thing_has_one_number() {
        let two = |second: &str, value: f64, exception: Option<&str>| {
            Case::complete()
                .body("Mỗi xã, phường gửi [tối thiểu 03 tác phẩm].")
                .quota(QuotaOp::AtLeast, 3.0, "tác phẩm", "xã, phường", None)
                .body(second)
                .quota(QuotaOp::AtLeast, value, "tác phẩm", "xã, phường", exception)
                .codes()
        };
        assert_eq!(two("Phát động; mỗi xã, phường gửi [tối thiểu 05 tác phẩm].", 5.0, None), ["TD302"]);
        assert!(two("Mỗi xã, phường gửi [tối thiểu 03 tác phẩm].", 3.0, None).is_empty());
        assert!(
            two("Riêng năm nay mỗi xã, phường gửi [tối thiểu 05 tác phẩm].", 5.0, Some("Riêng năm nay")).is_empty()
        );
        assert!(two("Mỗi xã, phường gửi [tối thiểu 05 tác phẩm] ảnh.", 5.0, None).is_empty());
        assert!(two("Mỗi xã, phường trưng bày [tối thiểu 05 tác phẩm].", 5.0, None).is_empty());
    }
}
