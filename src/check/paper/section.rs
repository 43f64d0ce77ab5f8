//! Title and sections of a report, whatever became of their numbering and spelling.

use super::segment::Segment;
use crate::language::fold::fold;
use crate::language::letter::is_word;
use crate::pack::{ReportForm, ReportWords, SectionRole, starts};
use std::ops::Range;

/// Characters of the longest heading.
const LONG: usize = 140;
/// Share of words that a heading has in common with the form's, from which on it counts as the same.
const ALIKE: f64 = 0.8;

/// First words of headings that are numbered in words, folded.
const PARTS: &[&str] = &["phần ", "mục ", "chương ", "thứ nhất", "thứ hai", "thứ ba"];

/// How a heading is numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check) enum Numbering {
    /// `I.`, as the forms have it.
    Roman,
    /// `A.`
    Letter,
    /// `1.`
    Arabic,
    /// `Phần I`
    Part,
    /// None.
    Lost,
}

/// A section that was found.
#[derive(Debug)]
pub(in crate::check) struct Section {
    /// What it is about.
    pub(in crate::check) role: SectionRole,
    /// Index of its (first) heading segment.
    pub(in crate::check) heading: usize,
    /// Segments below the heading.
    pub(in crate::check) body: Range<usize>,
    /// Numbering of the heading.
    pub(in crate::check) numbering: Numbering,
    /// The form's section whose heading it has, by its place in the form.
    pub(in crate::check) own: Option<usize>,
    /// The heading is one of the form's.
    pub(in crate::check) named_right: bool,
    /// The heading speaks of sections II and III at once.
    pub(in crate::check) merged: bool,
}

/// Segments of the title: `BÁO CÁO THÀNH TÍCH` and what follows it up to the first section or field.
pub(in crate::check) fn title(segments: &[Segment], words: &ReportWords) -> Option<Range<usize>> {
    const LINES: usize = 8;
    let is_title = |segment: &Segment| {
        let text = segment.words();
        text.starts_with("báo cáo") && segment.text.chars().count() <= LONG * 2
    };
    let names = |at: usize| {
        segments.get(at..(at + 3).min(segments.len())).is_some_and(|next| {
            next.iter().any(|segment| segment.words().contains("thành tích") || segment.words().contains("kết quả"))
        })
    };
    let start = segments
        .iter()
        .take(80)
        .enumerate()
        .position(|(at, segment)| is_title(segment) && (segment.is_capitals() || segment.strong) && names(at))
        .or_else(|| segments.iter().take(80).enumerate().position(|(at, s)| is_title(s) && names(at)))?;
    let ends = |segment: &Segment| {
        segment.label.as_deref().is_some_and(|label| !label.trim().starts_with(['-', '*', '+', '•']))
            || role_of(segment.words(), words).is_some_and(|role| role == SectionRole::Profile)
            || (segment.text.contains(':') && !asks(segment, words) && !segment.words().starts_with("báo cáo"))
            || segment.text.chars().count() > LONG * 2
            || segment.cell.is_some_and(|_| segment.text.contains(':'))
    };
    // `Đề nghị khen thưởng: Giấy khen …` belongs to the title.
    fn asks(segment: &Segment, words: &ReportWords) -> bool {
        let text = segment.words().trim_start_matches(['(', '-', '*', ' ']);
        segment.cell.is_none() && starts(&words.title_asks, text)
    }
    let end = (start + 1..segments.len().min(start + LINES)).find(|at| segments.get(*at).is_none_or(ends));
    Some(start..end.unwrap_or_else(|| segments.len().min(start + LINES)))
}

/// What a folded heading is about.
pub(in crate::check) fn role_of(text: &str, words: &ReportWords) -> Option<SectionRole> {
    let has = |list: &[String]| list.iter().any(|word| text.contains(word.as_str()));
    if words.not_headings.iter().any(|word| text.contains(word.as_str())) {
        return None;
    }
    if has(&words.profile) {
        Some(SectionRole::Profile)
    } else if has(&words.achievement) && !is_awards_only(text, words) {
        Some(SectionRole::Achievement)
    } else if has(&words.awards) {
        Some(SectionRole::Awards)
    } else {
        None
    }
}

/// `Thành tích khen thưởng` is section III; `Thành tích đạt được và các hình thức khen thưởng` is both.
fn is_awards_only(text: &str, words: &ReportWords) -> bool {
    let start = text.trim_start_matches("các ");
    words.awards_only.iter().any(|word| start.starts_with(word.trim_start_matches("các ")))
}

fn is_merged(text: &str, words: &ReportWords) -> bool {
    let has = |list: &[String]| list.iter().any(|word| text.contains(word.as_str()));
    let results = has(&words.achievement) || starts(&words.results, text);
    results && has(&words.awards) && !is_awards_only(text, words)
}

/// How a line is numbered, and the length in bytes of a label that stayed in its folded text.
pub(in crate::check) fn numbering(segment: &Segment) -> (Numbering, usize) {
    if let Some(label) = segment.label.as_deref() {
        return (of_label(label), 0);
    }
    // A label that stayed in the text: `I- LÝ LỊCH`, `(1). LÝ LỊCH`, `Phần thứ nhất: …`.
    let text = segment.words();
    let bracket = usize::from(text.starts_with('('));
    let inner = text.get(bracket..).unwrap_or_default();
    let first = inner.split([' ', '.', '-', ':', ')', '/']).next().unwrap_or_default();
    let behind = inner.get(first.len()..).unwrap_or_default();
    let marked = behind.starts_with(['.', '-', ':', ')', '/']) || behind.starts_with(" -");
    if PARTS.iter().any(|part| text.starts_with(part)) {
        let cut = text.find([':', '.', '-']).map_or(0, |at| at + 1);
        return (Numbering::Part, cut);
    }
    // `II.3. …` is below II.
    let below = behind.trim_start_matches('.').starts_with(|c: char| c.is_ascii_digit());
    if marked && !first.is_empty() && !below {
        let cut =
            bracket + first.len() + behind.len() - behind.trim_start_matches(['.', '-', ':', ')', '/', ' ']).len();
        if first.chars().all(|c| matches!(c, 'i' | 'v' | 'x')) {
            return (Numbering::Roman, cut);
        }
        if first.chars().count() == 1
            && first.chars().all(char::is_alphabetic)
            && (segment.text.starts_with(char::is_uppercase) || !segment.text.chars().skip(1).any(char::is_lowercase))
        {
            return (Numbering::Letter, cut);
        }
        if first.chars().all(|c| c.is_ascii_digit()) {
            return (Numbering::Arabic, cut);
        }
        // `Một. SƠ LƯỢC LÝ LỊCH`.
        if matches!(first, "một" | "hai" | "ba" | "bốn") {
            return (Numbering::Part, cut);
        }
    }
    (Numbering::Lost, 0)
}

fn of_label(label: &str) -> Numbering {
    let label = label.trim();
    let folded = fold(label);
    if folded.starts_with("phần") || PARTS.iter().any(|part| folded.starts_with(part)) {
        return Numbering::Part;
    }
    let core = label.trim_start_matches('(').trim_end_matches(['.', ')', '-', '–', ':', '/', ' ']);
    if !core.is_empty() && core.chars().all(|c| matches!(c, 'I' | 'V' | 'X')) {
        Numbering::Roman
    } else if core.chars().count() == 1 && core.chars().all(char::is_uppercase) {
        Numbering::Letter
    } else if !core.is_empty() && core.chars().all(|c| c.is_ascii_digit()) {
        Numbering::Arabic
    } else {
        Numbering::Lost
    }
}

/// `a)`, `b.`
fn is_small_letter(label: &str) -> bool {
    let core = label.trim().trim_end_matches(['.', ')', '-', '–', ':', '/', ' ']);
    core.chars().count() == 1 && core.chars().all(char::is_lowercase)
}

struct Candidate {
    at: usize,
    role: Option<SectionRole>,
    numbering: Numbering,
    own: Option<usize>,
    exact: bool,
    words: String,
    /// Looks like a heading: capitals, bold, or numbered Roman.
    firm: bool,
}

/// The sections of a report. `from` is the first segment behind the title.
pub(in crate::check) fn sections(
    segments: &[Segment],
    from: usize,
    form: &ReportForm,
    words: &ReportWords,
) -> Vec<Section> {
    let exact: Vec<Known> = form
        .sections
        .iter()
        .enumerate()
        .flat_map(|(at, section)| section.heading.iter().map(move |heading| Known::of(at, section.role, heading)))
        .collect();
    let mut found: Vec<Candidate> = Vec::new();
    for (at, segment) in segments.iter().enumerate().skip(from) {
        if segment.text.chars().count() > LONG || segment.text.is_empty() {
            continue;
        }
        found.extend(candidate(at, segment, &exact, words));
    }
    let top = choose(found);
    let ends: Vec<usize> = top.iter().skip(1).map(|next| next.at).chain([segments.len()]).collect();
    top.into_iter()
        .zip(ends)
        .map(|(candidate, end)| {
            let role = candidate.role.unwrap_or(SectionRole::Other);
            Section {
                role,
                heading: candidate.at,
                body: candidate.at + 1..end,
                numbering: candidate.numbering,
                own: candidate.own,
                named_right: candidate.exact,
                merged: is_merged(&candidate.words, words) && !candidate.exact,
            }
        })
        .collect()
}

/// A heading of the form.
struct Known {
    at: usize,
    role: SectionRole,
    text: String,
    words: Vec<String>,
}

impl Known {
    fn of(at: usize, role: SectionRole, heading: &str) -> Self {
        let text = fold(heading);
        let words = bare(&text).map(str::to_owned).collect();
        Self { at, role, text, words }
    }
}

fn candidate(at: usize, segment: &Segment, exact: &[Known], words: &ReportWords) -> Option<Candidate> {
    let (numbering, cut) = numbering(segment);
    let text = segment.words().get(cut..).unwrap_or_default().trim();
    let heading = text.split_once(" (").map_or(text, |(head, _)| head).trim_end_matches([':', '.', ';', ' ', '*']);
    if heading.is_empty() || (text.contains(": ") && !segment.is_capitals()) {
        return None;
    }
    let same =
        exact.iter().find(|own| heading == own.text || (heading.starts_with(&own.text) && is_rest(heading, &own.text)));
    let same = same.or_else(|| {
        let written: Vec<&str> = bare(heading).collect();
        exact.iter().find(|own| alike(&written, &own.words) >= ALIKE).filter(|_| !is_merged(heading, words))
    });
    let role = same.map(|own| own.role).or_else(|| role_of(heading, words));
    // `a) SƠ LƯỢC LÝ LỊCH`: a small letter in front of the form's heading numbers it.
    let numbering = if numbering == Numbering::Lost
        && same.is_some()
        && (segment.is_capitals() || segment.strong)
        && segment.label.as_deref().is_some_and(is_small_letter)
    {
        Numbering::Letter
    } else {
        numbering
    };
    let firm = matches!(numbering, Numbering::Roman | Numbering::Letter | Numbering::Part)
        || (segment.is_capitals() && segment.cell.is_none());
    let loose = same.is_some() && (numbering == Numbering::Lost || segment.strong);
    let known_below = numbering == Numbering::Arabic && role.is_some();
    let refused = words.not_headings.iter().any(|word| heading.contains(word.as_str())) && same.is_none();
    // A heading in capitals that nothing is known about may be a renamed section whose number was lost.
    let unknown = role.is_none()
        && numbering == Numbering::Lost
        && segment.is_capitals()
        && segment.cell.is_none()
        && heading.split(' ').count() >= 3;
    let counts = unknown
        || (firm && (role.is_some() || matches!(numbering, Numbering::Roman | Numbering::Letter | Numbering::Part)))
        || loose
        || known_below;
    (counts && !refused).then(|| Candidate {
        at,
        role,
        numbering,
        own: same.map(|own| own.at),
        exact: same.is_some(),
        words: heading.to_owned(),
        firm: firm || loose,
    })
}

/// What may follow the form's heading: a period, an owner.
fn is_rest(heading: &str, own: &str) -> bool {
    let rest = heading.get(own.len()..).unwrap_or_default().trim_start();
    ["trong", "của", "từ", "năm", "giai đọan", "cá nhân", "tập thể", "chủ hộ", "hộ", "đơn vị", "và nhiệm vụ", ","]
        .iter()
        .any(|start| rest.starts_with(start))
        && !rest.contains("khen thưởng")
        && !rest.contains("thành tích")
}

/// The words of a folded heading.
fn bare(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !is_word(c)).filter(|word| !word.is_empty())
}

/// Dice coefficient of the words of two headings.
fn alike(a: &[&str], b: &[String]) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a heading has few words")]
    let share = |common: usize| (2 * common) as f64 / (a.len() + b.len()).max(1) as f64;
    // So different in length that no words could make them alike.
    if share(a.len().min(b.len())) < ALIKE {
        return 0.0;
    }
    let mut left: Vec<&str> = b.iter().map(String::as_str).collect();
    let common =
        a.iter().filter(|word| left.iter().position(|other| other == *word).map(|at| left.swap_remove(at)).is_some());
    share(common.count())
}

/// The headings of the topmost level: Roman, else letters or parts, else lines in capitals, else Arabic numbers.
fn choose(found: Vec<Candidate>) -> Vec<Candidate> {
    let roles = |test: &dyn Fn(&Candidate) -> bool| {
        let mut roles: Vec<SectionRole> = found.iter().filter(|c| test(c)).filter_map(|c| c.role).collect();
        roles.sort_by_key(|role| *role as u8);
        roles.dedup();
        roles.len()
    };
    let is = |numbering: Numbering| move |c: &Candidate| c.numbering == numbering;
    let plain = |c: &Candidate| c.numbering == Numbering::Lost && c.firm;
    let arabic_capitals = |c: &Candidate| c.numbering == Numbering::Arabic && c.firm;
    let ranked: [(Numbering, usize); 5] = [
        (Numbering::Roman, roles(&is(Numbering::Roman))),
        (Numbering::Part, roles(&is(Numbering::Part))),
        (Numbering::Letter, roles(&is(Numbering::Letter))),
        (Numbering::Lost, roles(&plain)),
        (Numbering::Arabic, roles(&arabic_capitals).max(roles(&is(Numbering::Arabic)).saturating_sub(1))),
    ];
    let best = ranked.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let Some((level, _)) = ranked.iter().find(|(_, count)| *count == best && best > 0) else { return Vec::new() };
    let level = *level;
    // A heading whose number was lost, or that was typed in another style, still belongs to the level when its role
    // is not there otherwise.
    let taken: Vec<SectionRole> =
        found.iter().filter(|c| c.numbering == level && c.role.is_some()).filter_map(|c| c.role).collect();
    let mut lost: Vec<SectionRole> = Vec::new();
    let mut unknown: Vec<Candidate> = Vec::new();
    let mut spare: Vec<Candidate> = Vec::new();
    let mut top: Vec<Candidate> = Vec::new();
    for candidate in found {
        if candidate.role.is_none() && candidate.numbering == Numbering::Lost {
            unknown.push(candidate);
            continue;
        }
        let belongs = candidate.numbering == level && (level != Numbering::Arabic || candidate.firm || candidate.exact);
        let fills = candidate.numbering != level
            && candidate.firm
            && candidate.role.is_some_and(|role| !taken.contains(&role) && !lost.contains(&role));
        if fills && candidate.numbering == Numbering::Arabic {
            spare.push(candidate);
            continue;
        }
        if fills {
            lost.extend(candidate.role);
        }
        if belongs || fills {
            top.push(candidate);
        }
    }
    settle_unknown(&mut top);
    settle_second(&mut top);
    renamed(&mut top, unknown);
    for candidate in spare {
        if top.iter().all(|other| other.role != candidate.role) {
            let place = top.iter().position(|other| other.at > candidate.at).unwrap_or(top.len());
            top.insert(place, candidate);
        }
    }
    top
}

/// A line in capitals between sections I and III is section II when there is none.
fn renamed(top: &mut Vec<Candidate>, unknown: Vec<Candidate>) {
    let place = |top: &[Candidate], role| top.iter().position(|c| c.role == Some(role));
    if place(top, SectionRole::Achievement).is_some() {
        return;
    }
    let (Some(before), Some(after)) = (place(top, SectionRole::Profile), place(top, SectionRole::Awards)) else {
        return;
    };
    let range = top.get(before).map_or(0, |c| c.at)..top.get(after).map_or(0, |c| c.at);
    if let Some(mut heading) = unknown.into_iter().find(|candidate| range.contains(&candidate.at)) {
        heading.role = Some(SectionRole::Achievement);
        top.insert(before + 1, heading);
    }
}

/// `III. BẢNG VÀNG THÀNH TÍCH`: a second heading of achievements behind the right one is section III, when there is none.
fn settle_second(top: &mut [Candidate]) {
    if top.iter().any(|c| c.role == Some(SectionRole::Awards)) {
        return;
    }
    let mut seen = false;
    for candidate in top.iter_mut().filter(|c| c.role == Some(SectionRole::Achievement)) {
        if seen && !candidate.exact && candidate.numbering == Numbering::Roman {
            candidate.role = Some(SectionRole::Awards);
            return;
        }
        seen = true;
    }
}

/// A heading that nothing is known about takes the one role that its place leaves open.
fn settle_unknown(top: &mut [Candidate]) {
    let has = |top: &[Candidate], role| top.iter().any(|c| c.role == Some(role));
    let order = [SectionRole::Profile, SectionRole::Achievement, SectionRole::Awards];
    for (at, role) in order.into_iter().enumerate() {
        if has(top, role) {
            continue;
        }
        if let Some(candidate) = top.get_mut(at)
            && candidate.role.is_none()
        {
            candidate.role = Some(role);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_alike_when_most_words_are_the_same() {
        let alike = |a: &str, b: &str| alike(&bare(a).collect::<Vec<_>>(), &Known::of(0, SectionRole::Other, b).words);
        assert!(alike("hình thức đã được khen thưởng", "các hình thức đã được khen thưởng") >= ALIKE);
        assert!(alike("các thành tích nổi bật", "thành tích đạt được") < ALIKE);
    }

    #[test]
    fn labels_are_told_apart() {
        assert_eq!(of_label("II."), Numbering::Roman);
        assert_eq!(of_label("B."), Numbering::Letter);
        assert_eq!(of_label("Phần I"), Numbering::Part);
        assert_eq!(of_label("2."), Numbering::Arabic);
        assert_eq!(of_label("-"), Numbering::Lost);
    }
}
