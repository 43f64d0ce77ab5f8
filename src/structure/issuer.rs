//! The issuing body and the one above it.

use super::line::Line;
use crate::model::Span;
use crate::pack::{FormWords, leading};

/// A body that a document names as its issuer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issuer {
    /// The body.
    pub name: String,
    /// The body above it, where the header names one.
    pub parent: Option<String>,
    /// Where the name begins.
    pub span: Span,
    /// Where the parent stands.
    pub parent_span: Option<Span>,
}

/// From the lines of the header's left column: names broken over lines are joined, a committee takes the name of its
/// body, the body above is the parent.
pub fn from_header(lines: &[&Line], words: &FormWords) -> Option<Issuer> {
    let mut bodies: Vec<(String, Span)> = Vec::new();
    for line in lines {
        let text = line.text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '-' | '–' | ':'));
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let opens = leading(line.words(), &words.bodies).is_some();
        match bodies.last_mut() {
            Some((name, _)) if !opens || is_open(name) => {
                name.push(' ');
                name.push_str(&text);
            }
            _ => bodies.push((text, line.span())),
        }
    }
    let is_committee = |name: &str| {
        let folded = crate::language::fold::fold(name);
        words.committees.contains(&folded)
    };
    let (last, span) = bodies.pop()?;
    if is_committee(&last)
        && let Some((body, _)) = bodies.pop()
    {
        let parent = bodies.pop();
        return Some(Issuer {
            name: format!("{last} {body}"),
            span,
            parent_span: parent.as_ref().map(|(_, span)| *span),
            parent: parent.map(|(name, _)| name),
        });
    }
    // The committee may stand above its body.
    if let Some((above, above_span)) = bodies.last()
        && is_committee(above)
    {
        let (name, span) = (format!("{above} {last}"), *above_span);
        bodies.pop();
        let parent = bodies.pop();
        return Some(Issuer {
            name,
            span,
            parent_span: parent.as_ref().map(|(_, s)| *s),
            parent: parent.map(|(n, _)| n),
        });
    }
    let parent = bodies.pop();
    Some(Issuer { name: last, span, parent_span: parent.as_ref().map(|(_, s)| *s), parent: parent.map(|(n, _)| n) })
}

/// A line that breaks off inside a name: `BAN THƯỜNG VỤ HỘI`, `SỞ VĂN HÓA,`, `ỦY BAN MẶT TRẬN TỔ QUỐC VÀ`.
fn is_open(name: &str) -> bool {
    let folded = crate::language::fold::fold(name);
    let last = folded.rsplit(' ').next().unwrap_or(&folded);
    folded.ends_with([',', '-', '–', '&'])
        || (folded.contains(' ') && matches!(last, "hội" | "và" | "các" | "ban" | "sở" | "của" | "về"))
}

/// From a sentence: the body in front of the verb that leads to the content (`…, Ban Thường vụ Hội xã hướng dẫn …`), or
/// behind `của` in the closing sentence.
pub fn from_sentence(line: &Line, closing: bool, words: &FormWords) -> Option<Issuer> {
    let folded = &line.folded().text;
    let issuer = |start: usize| {
        let clause = folded.get(start..)?;
        leading(clause, &words.bodies)?;
        let end = name_end(clause, closing, words)?;
        let (text, span) = line.part(start..start + end);
        let is_name = text.split_whitespace().count() >= 2 && text.starts_with(char::is_uppercase);
        is_name.then(|| Issuer { name: text.to_owned(), parent: None, span, parent_span: None })
    };
    let mut starts = clause_starts(folded, closing);
    if closing { starts.find_map(issuer) } else { starts.rev().find_map(issuer) }
}

/// Where a clause begins: at the start, behind a mark, or (in the closing sentence) behind `của`.
fn clause_starts(folded: &str, closing: bool) -> impl DoubleEndedIterator<Item = usize> {
    let behind = |mark: &'static str| folded.match_indices(mark).map(move |(at, _)| at + mark.len());
    let mut starts: Vec<usize> = [", ", "; ", ". "].into_iter().flat_map(behind).collect();
    if closing {
        starts.extend(behind(" của "));
    } else {
        starts.push(0);
    }
    starts.sort_unstable();
    starts.into_iter()
}

/// Where the name of a body at the start of a clause ends: before a verb, or at a mark in the closing sentence.
fn name_end(clause: &str, closing: bool, words: &FormWords) -> Option<usize> {
    const WORDS: usize = 16;
    let mut seen = 0;
    for (at, _) in clause.match_indices(' ') {
        seen += 1;
        let before = clause.get(..at)?;
        if before.ends_with([',', ';', '.', ':']) {
            return closing.then(|| before.trim_end_matches([',', ';', '.', ':']).len());
        }
        let behind = clause.get(at + 1..)?;
        if seen > WORDS || behind.starts_with(|c: char| c.is_ascii_digit() || c == '"' || c == '(') {
            return None;
        }
        // "Ban Tổ chức", "Hội đồng Thi đua": a verb is no verb right behind the first word of a name.
        if seen >= 2 && leading(behind, &words.verbs).is_some() {
            return Some(at);
        }
    }
    None
}

/// Completes a name that ends with a level (`… tỉnh`) with the place of the date line.
pub fn complete(name: &str, place: Option<&str>, words: &FormWords) -> String {
    let folded = crate::language::fold::fold(name);
    let open = words
        .levels
        .iter()
        .any(|level| folded.strip_suffix(level.as_str()).is_some_and(|before| before.ends_with(' ')));
    match place {
        Some(place) if open => format!("{name} {place}"),
        _ => name.to_owned(),
    }
}
