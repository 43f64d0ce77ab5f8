//! The running text: numbering by letters, closing sentence, closing mark, annexes, what headings promise.

use super::{Formal, FormalProfile};
use crate::check::subject::Passage;
use crate::language::fold::fold;
use crate::language::letter::is_word;
use crate::model::{Finding, Fix, Severity, Span};
use crate::structure::Zone;

/// The last passages of the running text, before signature and recipients.
fn ending<'s>(formal: &'s Formal<'_>) -> Option<Passage<'s>> {
    let subject = formal.subject;
    let end = subject.all().find(|p| matches!(p.zone, Zone::Signature | Zone::Recipients)).map(|p| p.block.id);
    subject
        .passages()
        .filter(|p| matches!(p.zone, Zone::Body | Zone::Opening) && p.block.cell.is_none())
        .take_while(|p| end.is_none_or(|end| p.block.id < end))
        .filter(|p| p.block.text.chars().any(is_word))
        .last()
}

/// TT14: *Trên đây là …* names the paper as its subject does.
pub(super) fn closing(formal: &Formal<'_>, found: &mut Vec<Finding>) {
    let Some(subject) = &formal.subject.extraction.document.subject else { return };
    let Some(passage) = formal.subject.passages().filter(|p| p.folded().text.starts_with("trên đây là")).last()
    else {
        return;
    };
    let text = &passage.folded().text;
    let bare =
        |text: &str| text.split(|c: char| !is_word(c)).filter(|w| !w.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let (subject, said) = (bare(&fold(subject)), bare(text));
    // The first word of the subject says what is done: `Triển khai` against `phát động`.
    let Some(first) = subject.get(..2) else { return };
    let kinds =
        ["kế họach", "hướng dẫn", "chương trình", "quy định", "quy chế", "phương án", "đề án", "báo cáo", "thể lệ"];
    let Some(kind) = kinds
        .iter()
        .find(|kind| text.get(..60.min(text.len())).or(Some(text)).is_some_and(|head| head.contains(*kind)))
    else {
        return;
    };
    let behind = said.len().saturating_sub(bare(text.split_once(kind).map_or("", |(_, rest)| rest)).len());
    let Some(words) = said.get(behind..(behind + 2).min(said.len())) else { return };
    let verbs = [["phát", "động"], ["triển", "khai"], ["tổ", "chức"], ["thực", "hiện"]];
    let is_verb = |pair: &[String]| verbs.iter().any(|verb| pair.iter().map(String::as_str).eq(verb.iter().copied()));
    if is_verb(first) && is_verb(words) && first != words {
        let start = text.find(&words.join(" ")).unwrap_or(0);
        let span = passage.span(start..start + words.join(" ").len());
        found.push(formal.finding("TT14", Severity::Info, "differs", Some(span)).with("other", first.join(" ")));
    }
}

/// TT21: `./.` once, at the end of the running text.
pub(super) fn end_mark(formal: &Formal<'_>, found: &mut Vec<Finding>) {
    if formal.profile == FormalProfile::Party {
        return;
    }
    let Some(last) = ending(formal) else { return };
    let text = last.block.text.trim_end().trim_end_matches(['*', '_', ' ']);
    if text.ends_with("./.") {
        return;
    }
    let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    let tail = |count: u32| Span { block: last.block.id, start: length.saturating_sub(count), end: length };
    let (what, span) = if text.ends_with("/.") {
        ("slash", tail(2))
    } else if text.ends_with('.') {
        ("none", tail(1))
    } else {
        ("none", Span { start: length, ..tail(0) })
    };
    // Where the mark stands further up, the end was not read right.
    let elsewhere = formal.subject.passages().any(|p| p.block.text.contains("./.") && p.zone != Zone::Annex);
    if elsewhere {
        return;
    }
    let shown = if span.start == span.end { tail(1) } else { span };
    let fix = Fix::Replace { span, with: "./.".to_owned() };
    found.push(formal.finding("TT21", Severity::Warning, what, Some(shown)).fixed_by(fix));
}

/// TT20: letters in the Vietnamese order: a b c d đ e g …
pub(super) fn letters(formal: &Formal<'_>, found: &mut Vec<Finding>) {
    let mut last = None;
    for passage in formal.subject.passages().filter(|p| p.zone == Zone::Body) {
        let Some(label) = passage.block.label.as_deref() else { continue };
        let core = label.trim().trim_end_matches([')', '.']);
        let mut chars = core.chars();
        let (Some(letter), None) = (chars.next(), chars.next()) else { continue };
        if !letter.is_lowercase() {
            if !matches!(letter, '-' | '+' | '•') {
                last = None;
            }
            continue;
        }
        let foreign = matches!(letter, 'f' | 'j' | 'w' | 'z');
        let skipped = last == Some('d') && letter == 'e';
        if foreign || skipped {
            found.push(
                formal
                    .finding("TT20", Severity::Warning, "order", Some(passage.whole()))
                    .with("other", core.to_owned()),
            );
        }
        last = Some(letter);
    }
}

/// TT32: an annex has a title, and says what it goes with.
pub(super) fn heads_of_annexes(formal: &Formal<'_>, found: &mut Vec<Finding>) {
    /// Lines below *Phụ lục* among which title and note stand.
    const HEAD: usize = 5;
    let lines: Vec<Passage<'_>> =
        formal.subject.all().filter(|p| p.zone == Zone::Annex && !p.block.text.trim().is_empty()).collect();
    for (at, line) in lines.iter().enumerate() {
        let text = line.folded().text.trim_end_matches(['.', ':', ' ']);
        let number = text.strip_prefix("phụ lục").filter(|rest| rest.is_empty() || rest.starts_with(' '));
        let Some(number) = number.map(str::trim).filter(|number| number.chars().all(|c| c.is_ascii_alphanumeric()))
        else {
            continue;
        };
        let below = lines.get(at + 1..).unwrap_or_default().iter().take(HEAD);
        let is_note = |line: &&Passage<'_>| line.folded().text.contains("kèm theo");
        let finding = |what| formal.finding("TT32", Severity::Error, what, Some(line.whole())).with("other", number);
        if !below.clone().any(|line| is_note(&line)) {
            found.push(finding("note"));
        }
        if below.clone().next().is_none_or(|line| is_note(&line)) {
            found.push(finding("title-missing"));
        }
    }
}

/// TT32: an annex names the number and the day of its paper.
pub(super) fn annexes(formal: &Formal<'_>, found: &mut Vec<Finding>) {
    let info = &formal.subject.extraction.document;
    let (Some(number), Some(symbol)) = (&info.number, &info.symbol) else { return };
    let code = fold(&format!("{number}/{symbol}"));
    for passage in formal.subject.all().filter(|p| matches!(p.zone, Zone::Annex | Zone::Body)) {
        let text = &passage.folded().text;
        let is_note = text.starts_with("(kèm theo") || text.starts_with("(ban hành kèm theo");
        if !is_note {
            continue;
        }
        let squeezed = text.replace(' ', "");
        let named = squeezed.contains(&code.replace(' ', "")) || !text.contains(|c: char| c.is_ascii_digit());
        let day = formal.subject.date;
        let dated = passage
            .dates()
            .iter()
            .filter_map(crate::check::dates::Written::date)
            .all(|date| day.is_none_or(|day| day == date));
        if !named || !dated {
            found.push(
                formal
                    .finding("TT32", Severity::Error, "other", Some(passage.whole()))
                    .with("other", format!("{number}/{symbol}")),
            );
        }
    }
}

/// KH-V: a heading that lists its parts has them (*ĐỐI TƯỢNG, THỜI GIAN*).
pub(super) fn promises(formal: &Formal<'_>, found: &mut Vec<Finding>) {
    const PARTS: &[&str] = &[
        "phạm vi",
        "thời gian",
        "đối tượng",
        "khẩu hiệu",
        "kinh phí",
        "địa điểm",
        "mục đích",
        "yêu cầu",
        "tiêu chí",
        "hồ sơ",
    ];
    for node in &formal.subject.extraction.outline {
        let title = fold(&node.title);
        let named: Vec<&str> = PARTS.iter().copied().filter(|part| title.contains(part)).collect();
        if named.len() < 2 {
            continue;
        }
        let next = formal
            .subject
            .extraction
            .outline
            .iter()
            .map(|other| other.block)
            .filter(|block| *block > node.block)
            .min()
            .unwrap_or(u32::MAX);
        let end = formal
            .subject
            .all()
            .find(|p| matches!(p.zone, Zone::Signature | Zone::Recipients))
            .map_or(u32::MAX, |p| p.block.id);
        let below: Vec<String> = formal
            .subject
            .passages()
            .filter(|p| p.block.id > node.block && p.block.id < next.min(end))
            .map(|p| p.folded().text.clone())
            .collect();
        let missing: Vec<&str> =
            named.iter().copied().filter(|part| !below.iter().any(|text| says(text, part))).collect();
        // A heading none of whose parts opens a line is a name, not a list of what follows.
        for part in missing.iter().filter(|_| missing.len() < named.len()) {
            let passage = formal.subject.passages().find(|p| p.block.id == node.block);
            let place = passage.and_then(|p| p.folded().text.find(part).map(|at| p.span(at..at + part.len())));
            found.push(formal.finding("KH-V", Severity::Info, "promise", place).with("other", *part));
        }
    }
}

/// A line opens with the part, or it is a time where one was promised.
fn says(text: &str, part: &str) -> bool {
    let head: String = text.chars().take(60).collect();
    head.contains(part) || (part == "thời gian" && (head.starts_with("từ ngày") || head.starts_with("từ tháng")))
}
