//! Whom the report is about: one name, one unit, one post, a birth date that can be.

use super::names::{Likeness, Named, likeness, plain, proper, same, units};
use crate::check::dates::written;
use crate::check::paper::Paper;
use crate::check::paper::segment::Segment;
use crate::check::subject::print;
use crate::language::fold::fold;
use crate::language::letter::is_word;
use crate::model::{Finding, Fix, Severity, Span};
use crate::pack::award::contains_words;
use crate::pack::{FieldKind, FormSubject, SectionRole, ends, holds, starts};

/// Youngest and oldest age of somebody who is proposed for an award.
const AGES: std::ops::RangeInclusive<i16> = 16..=80;

fn is_person(paper: &Paper<'_>) -> bool {
    matches!(paper.subject, FormSubject::CaNhan | FormSubject::HoGiaDinh)
}

/// The person's name as words, without what may stand behind it.
fn own_name(paper: &Paper<'_>) -> Option<(Vec<String>, Span)> {
    let (name, span) = paper.name.as_ref().filter(|_| is_person(paper))?;
    let bare = name.split(['(', ',', ';', '-', ':']).next().unwrap_or_default().trim();
    let words: Vec<String> = bare.split_whitespace().map(str::to_owned).collect();
    let folded = fold(bare);
    let titles = paper.known.words.dossier.address.iter();
    let skip = titles
        .filter(|title| folded.strip_prefix(title.as_str()).is_some_and(|rest| rest.starts_with(' ')))
        .map(|title| title.split(' ').count())
        .max()
        .unwrap_or(0);
    let words: Vec<String> = words.into_iter().skip(skip).collect();
    (words.len() > 1 && words.len() < 8).then_some((words, *span))
}

/// BC05: in full, with small letters, without abbreviations.
pub(super) fn full_name(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    if !is_person(paper) {
        collective_name(paper, found);
        return;
    }
    let fields = paper.fields.iter().filter(|field| field.kind == FieldKind::Name && !field.value.is_empty());
    fields.for_each(|field| {
        // `V.T. Bảo Châu`: letters that the reader took for a number of the line.
        let letters = paper
            .segments
            .iter()
            .find(|segment| segment.span.block == field.span.block && segment.span.start == field.span.start)
            .and_then(|segment| segment.label.as_deref())
            .filter(|label| label.starts_with(char::is_uppercase) && label.contains('.'));
        let name = letters.map_or_else(|| field.value.clone(), |label| format!("{label} {}", field.value));
        written_in_full(&name, field.span, found);
    });
}

fn written_in_full(name: &str, span: Span, found: &mut Vec<Finding>) {
    let letters = |test: fn(char) -> bool| name.chars().filter(|c| c.is_alphabetic()).all(test);
    let many = name.split_whitespace().count() > 1;
    let problem = if many && letters(char::is_uppercase) {
        "capitals"
    } else if name.split_whitespace().any(|word| {
        word.ends_with('.') && word.chars().count() <= 4 && word.starts_with(char::is_uppercase)
            || is_initials(word)
            || (word.contains('.') && word.chars().filter(|c| c.is_alphabetic()).count() <= 4)
    }) {
        "abbreviated"
    } else if !many {
        "short"
    } else {
        return;
    };
    found.push(Finding::new("BC05", Severity::Warning, Some(span)).with("what", problem).with("name", name));
}

/// `T.H.Gấm`: capital letters, each with a point, in front of a name.
fn is_initials(word: &str) -> bool {
    let mut parts = word.split('.').rev();
    let last = parts.next().unwrap_or_default();
    let mut letters = parts.peekable();
    letters.peek().is_some()
        && last.chars().all(char::is_alphabetic)
        && letters.all(|part| part.chars().count() <= 2 && part.starts_with(char::is_uppercase))
}

fn collective_name(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    let Some((name, span)) = paper.name.as_ref().filter(|_| paper.subject == FormSubject::TapThe) else { return };
    let letters = name.chars().filter(|c| c.is_alphabetic()).collect::<Vec<char>>();
    if letters.len() > 12 && letters.iter().all(|c| c.is_uppercase()) {
        found.push(
            Finding::new("BC05", Severity::Warning, Some(*span)).with("what", "capitals").with("name", name.clone()),
        );
    }
}

/// BC06: the same name everywhere in the paper.
pub(super) fn one_name(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    let Some((own, own_span)) = own_name(paper) else { return };
    if own.iter().any(|word| word.ends_with('.')) {
        return;
    }
    let shown = own.join(" ");
    let confirming: Vec<Span> = paper
        .signs
        .iter()
        .filter(|sign| sign.id != "reporter")
        .filter_map(|sign| sign.name.as_ref().map(|(_, span)| *span))
        .collect();
    for segment in &paper.segments {
        for run in proper(segment) {
            for (words, span) in run.windows(own.len(), segment) {
                let severity = match likeness(&own, words) {
                    Likeness::ToneMark => Severity::Warning,
                    Likeness::Slip => Severity::Error,
                    Likeness::Near => Severity::Warning,
                    Likeness::Same | Likeness::Other => continue,
                };
                // Whoever confirms is another person, whatever her name is.
                if confirming.contains(&span) || (other_family(&own, words) && !is_about(paper, segment, span)) {
                    continue;
                }
                let mut finding = Finding::new("BC06", severity, Some(span))
                    .with("name", words.join(" "))
                    .with("own", shown.clone())
                    .and(own_span);
                if likeness(&own, words) == Likeness::ToneMark {
                    finding = finding.fixed_by(Fix::Replace { span, with: like_case(&own, words) });
                }
                found.push(finding);
            }
        }
    }
    signed_by_another(paper, &own, own_span, found);
}

fn other_family(own: &[String], words: &[String]) -> bool {
    own.first().map(|word| word.to_lowercase()) != words.first().map(|word| word.to_lowercase())
}

/// `Của bà …` in the title, `Tôi tên là …`, `Bà … luôn gương mẫu`: a name that is meant for the person of the report.
fn is_about(paper: &Paper<'_>, segment: &Segment, span: Span) -> bool {
    let head: String = segment.text.chars().take(span.start.saturating_sub(segment.span.start) as usize).collect();
    let head = fold(&head);
    let clause = head.rsplit(". ").next().unwrap_or_default().trim_matches(|c: char| !is_word(c));
    let named = paper.known.words.rules.self_names.iter().any(|name| name == clause);
    named || front(paper).any(|line| std::ptr::eq(line, segment))
}

/// The own name in the capitals of the other.
fn like_case(own: &[String], other: &[String]) -> String {
    let capitals = other.iter().all(|word| word.chars().all(char::is_uppercase));
    let name = own.join(" ");
    if capitals { name.to_uppercase() } else { name }
}

/// The name below *người báo cáo* is the one of section I.
fn signed_by_another(paper: &Paper<'_>, own: &[String], own_span: Span, found: &mut Vec<Finding>) {
    let Some(sign) = paper.signs.iter().find(|sign| sign.id == "reporter" && sign.sure) else { return };
    let Some((name, span)) = &sign.name else { return };
    let words: Vec<String> = name.split_whitespace().map(str::to_owned).collect();
    let alike = likeness(own, &words);
    let other = alike == Likeness::Other || (alike == Likeness::Near && other_family(own, &words));
    let ranked = fold(name).ends_with(&fold(&own.join(" ")));
    let said = found.iter().any(|finding| finding.code == "BC06" && finding.span == Some(*span));
    if other && !ranked && !said {
        // A confirmation that was typed beside it may have been taken for it.
        let near = own.iter().any(|word| words.iter().any(|other| plain(other) == plain(word)));
        let finding = Finding::new("BC06", Severity::Error, Some(*span))
            .with("name", name.clone())
            .with("own", own.join(" "))
            .and(own_span);
        found.push(if near { finding } else { finding.for_review() });
    }
}

/// The unit that the paper is from, as header, title and field name it.
struct Own {
    level: &'static str,
    name: Vec<String>,
    all: Vec<Named>,
}

/// Administrative units that header, title, name and unit field give, with the one that most of them agree on.
fn own_unit(paper: &Paper<'_>) -> Option<Own> {
    let mut all: Vec<Named> = Vec::new();
    let header = paper.segments.get(..paper.title.start).unwrap_or_default();
    let is_date = |segment: &&Segment| !segment.words().contains(", ngày");
    for segment in header.iter().filter(is_date) {
        all.extend(units(segment));
    }
    for segment in front(paper) {
        all.extend(units(segment));
    }
    for field in paper.fields.iter().filter(|field| matches!(field.kind, FieldKind::Unit | FieldKind::Post)) {
        let at = paper.segments.iter().find(|segment| {
            segment.span.block == field.span.block
                && segment.span.start <= field.span.start
                && field.span.end <= segment.span.end
        });
        let inside = |named: &Named| named.span.start >= field.span.start && named.span.end <= field.span.end;
        all.extend(at.map(units).unwrap_or_default().into_iter().filter(inside));
    }
    // The lowest level that is named most.
    let level = ["xã", "phường", "thị trấn", "đặc khu", "huyện", "quận", "thị xã", "tỉnh", "thành phố"]
        .into_iter()
        .find(|level| all.iter().any(|named| named.level == *level))?;
    let count =
        |named: &Named| all.iter().filter(|other| other.level == level && same(&other.name, &named.name)).count();
    // What the rest of the paper says breaks a tie; the header is the last word.
    let names: Vec<&Named> = all.iter().filter(|named| named.level == level).collect();
    let agree = names.windows(2).all(|pair| matches!(pair, [a, b] if same(&a.name, &b.name)));
    let told: Vec<Named> = if agree {
        Vec::new()
    } else {
        paper.segments.iter().flat_map(units).filter(|named| named.level == level).collect()
    };
    let mentions = |named: &Named| told.iter().filter(|other| same(&other.name, &named.name)).count();
    let best = all
        .iter()
        .rev()
        .filter(|named| named.level == level)
        .max_by_key(|named| (count(named), mentions(named), named.name.len()))?;
    Some(Own { level, name: best.name.clone(), all: all.clone() })
}

/// The title and the short lines between it and section I that may name the unit (`Đơn vị: …`).
pub(super) fn front<'p>(paper: &'p Paper<'_>) -> impl Iterator<Item = &'p Segment> {
    const LINE: usize = 120;
    let skips = &paper.known.words.rules.unit_skips;
    let end = paper.sections.first().map_or(paper.title.end, |first| first.heading).max(paper.title.end);
    let title = paper.segments.get(paper.title.clone()).unwrap_or_default();
    let below = paper.segments.get(paper.title.end..end.min(paper.title.end + 6)).unwrap_or_default();
    title
        .iter()
        .chain(below.iter().filter(|segment| segment.text.chars().count() < LINE && !starts(skips, segment.words())))
}

/// BC07: header, title and fields name one unit.
pub(super) fn one_unit(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    let Some(own) = own_unit(paper) else { return };
    let here: Vec<&Named> = own.all.iter().filter(|named| named.level == own.level).collect();
    let Some(agreed) = here.iter().find(|named| same(&named.name, &own.name)) else { return };
    for odd in here.iter().filter(|named| !same(&named.name, &own.name)) {
        found.push(
            Finding::new("BC07", Severity::Error, Some(odd.span))
                .with("what", "unit")
                .with("value", quoted(paper, odd.span))
                .with("own", quoted(paper, agreed.span))
                .and(agreed.span),
        );
    }
}

fn quoted(paper: &Paper<'_>, span: Span) -> String {
    paper.document.slice(span).unwrap_or_default().to_owned()
}

/// BC24: the unit of another report in the text.
pub(super) fn other_unit(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    let words = &paper.known.words.rules;
    let Some(own) = own_unit(paper) else { return };
    let known: Vec<&Named> = own.all.iter().filter(|named| named.level == own.level).collect();
    let mut places: Vec<Span> = Vec::new();
    let profile = paper.body(SectionRole::Profile).iter().filter(|_| paper.subject == FormSubject::TapThe);
    for segment in paper.body(SectionRole::Achievement).iter().chain(profile) {
        for named in units(segment) {
            if named.level != own.level || known.iter().any(|own| same(&own.name, &named.name)) {
                continue;
            }
            let before = without_year(named.before.trim_end().trim_end_matches(','));
            // A sentence that begins with the unit is about it; a list of units has a colon behind each.
            let opens = named.from_start && !listed_behind(segment, named.span);
            let headed = opens || ends(&words.unit_heads, before) || within(before, &words.unit_parts);
            // `Đến nay xã …` goes nowhere.
            let elsewhere =
                holds(&words.unit_elsewhere, &before.replace("đến nay", "")) || decided_there(segment, named.span);
            if headed && !elsewhere {
                places.push(named.span);
            }
        }
    }
    if let Some((first, rest)) = places.split_first() {
        let finding = Finding::new("BC24", Severity::Error, Some(*first)).with("value", quoted(paper, *first)).with(
            "own",
            format!("{} {}", own.level, known.first().map_or(String::new(), |named| quoted(paper, named.span))),
        );
        found.push(rest.iter().fold(finding, |finding, span| finding.and(*span)));
    }
}

/// `thôn Đồng Tâm, xã …`: a part of the unit in front of it.
fn within(before: &str, parts: &[String]) -> bool {
    let Some(head) = before.strip_suffix(',') else { return false };
    let clause = head.rsplit([',', ';', '.']).next().unwrap_or_default();
    parts.iter().any(|part| contains_words(clause, part))
}

/// `Trong năm 2025 xã …`: the year between the words and the unit says nothing of whose it is.
pub(super) fn without_year(before: &str) -> &str {
    before.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | ','))
}

/// `Xã A: 20 suất`, `Xã A, xã B`: a list of units.
fn listed_behind(segment: &Segment, span: Span) -> bool {
    let rest: String = segment.text.chars().skip(span.end.saturating_sub(segment.span.start) as usize).collect();
    rest.trim_start().starts_with([':', ',', '(', ';', '-'])
}

/// `Quyết định số … của Chủ tịch UBND xã …`: whoever decides may be of another unit.
fn decided_there(segment: &Segment, span: Span) -> bool {
    let before: String = segment.text.chars().take(span.start.saturating_sub(segment.span.start) as usize).collect();
    let tail: String = fold(&before).chars().rev().take(120).collect::<Vec<char>>().into_iter().rev().collect();
    tail.contains("quyết định số") || tail.contains("/qđ")
}

/// BC07: the post in the text is the one of section I.
pub(super) fn one_post(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    if paper.subject != FormSubject::CaNhan {
        return;
    }
    let Some(field) = paper.field(FieldKind::Post) else { return };
    let own_text = fold(&field.value);
    let own: Vec<&str> = paper.known.words.posts_in(&own_text).into_iter().map(|(post, _)| post).collect();
    if own.is_empty() {
        return;
    }
    let words = &paper.known.words.rules;
    // What happened in the year of the report is not the past.
    let this_year = paper.date.map(|(date, _)| format!("năm {}", date.year()));
    for segment in paper.body(SectionRole::Achievement) {
        let text = segment.words();
        for (post, range) in paper.known.words.posts_in(text) {
            let before = text.get(..range.start).unwrap_or_default();
            let clause = before.rsplit(['.', ';', ':']).next().unwrap_or_default();
            let colon = before.trim_end().ends_with(':') && before.contains("chức");
            let led = ends(&words.post_leads, before) || colon;
            let clause = this_year.as_ref().map_or(clause.to_owned(), |year| clause.replace(year.as_str(), ""));
            let past = holds(&words.post_past, &clause);
            let after = text.get(range.end..).unwrap_or_default();
            let known = own.contains(&post);
            // `Chủ tịch UBND` beside `Chủ tịch Hội` is another office of the same rank.
            let low = |post: &str| words.post_low.iter().any(|low| low == post);
            let comparable =
                own.iter().any(|mine| low(mine) == low(post) && paper.known.words.exclude_each_other(mine, post));
            if led && !past && !known && comparable && !after.starts_with(" hội đồng") {
                let span = segment.span(range);
                found.push(
                    Finding::new("BC07", Severity::Error, Some(span))
                        .with("what", "post")
                        .with("value", quoted(paper, span))
                        .with("own", field.value.clone())
                        .and(field.span),
                );
                return;
            }
        }
    }
    title_post(paper, &own, field.span, found);
}

fn title_post(paper: &Paper<'_>, own: &[&str], place: Span, found: &mut Vec<Finding>) {
    // Only behind the name: the post of whoever awards stands in the title too.
    let name = paper.name.as_ref().map(|(name, _)| fold(name));
    let Some(name) = name else { return };
    for segment in paper.segments.get(paper.title.clone()).unwrap_or_default() {
        let text = segment.words();
        let Some(at) = text.find(name.as_str()) else { continue };
        for (post, range) in paper.known.words.posts_in(text) {
            if range.start > at && !own.contains(&post) {
                let span = segment.span(range);
                found.push(
                    Finding::new("BC07", Severity::Error, Some(span))
                        .with("what", "post")
                        .with("value", quoted(paper, span))
                        .with("own", quoted(paper, place))
                        .and(place),
                );
                return;
            }
        }
    }
}

/// BC08: a birth date that exists, of somebody between 16 and 80.
pub(super) fn birth(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    let Some(field) = paper.field(FieldKind::Birth) else { return };
    let text = fold(&field.value);
    let probe = format!("ngày {}", text.trim_start_matches("ngày ").trim_start_matches("năm "));
    let dates = written(&probe);
    let push = |found: &mut Vec<Finding>, what: &str, severity: Severity| {
        found.push(
            Finding::new("BC08", severity, Some(field.span)).with("what", what).with("value", field.value.clone()),
        );
    };
    if dates.iter().any(crate::check::dates::Written::is_impossible) {
        push(found, "impossible", Severity::Error);
        return;
    }
    let years = crate::check::paper::row::years(&text);
    let born =
        dates.first().and_then(|date| date.year).and_then(|year| i16::try_from(year).ok()).or(years.first().copied());
    let Some(born) = born else {
        if !text.contains(|c: char| c.is_ascii_digit()) && !text.contains("năm") {
            push(found, "unreadable", Severity::Warning);
        }
        return;
    };
    if let Some((date, _)) = paper.date
        && !AGES.contains(&(date.year() - born))
    {
        let age = (date.year() - born).to_string();
        found.push(
            Finding::new("BC08", Severity::Error, Some(field.span))
                .with("what", "age")
                .with("value", format!("{age} tuổi ngày {}", print(date))),
        );
    }
}
