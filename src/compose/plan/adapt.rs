//! A sentence of the directive in the voice of the unit. What stands between quotation marks and the names of cited
//! documents stay to the letter; what only the parent has (its departments, its telephone) goes.

use super::role::{Position, Role, contains_word};
use super::text::{capital_first, length, overlap, quoted, slice};
use crate::extract::mention::anatomy;
use crate::language::fold::Folded;
use crate::model::{Extraction, Level, Span};
use crate::pack::Profile;
use std::ops::Range;

/// What a sentence needs to know to be adapted.
#[derive(Debug)]
pub struct Voice<'a> {
    /// Where the unit stands.
    pub position: &'a Position<'a>,
    /// The unit.
    pub profile: &'a Profile,
    /// What was found in the directive.
    pub extraction: &'a Extraction,
    /// How the plan names the parent.
    pub parent: String,
    /// The word for the own level: xã, phường, huyện.
    pub area: String,
}

/// How the leading actor is treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lead {
    /// The unit's name takes its place.
    Name,
    /// It goes: the heading above names the unit.
    Drop,
}

/// A passage of the directive, adapted; `None` when nothing is left of it.
pub fn adapted(text: &str, span: Span, voice: &Voice, lead: Lead) -> Option<String> {
    let piece = slice(text, span.start..span.end);
    let mut edits = Edits { kept: kept(piece, span, voice), list: Vec::new() };
    contacts(piece, span, voice, &mut edits);
    exceptions(piece, voice, &mut edits);
    actors(piece, voice, lead, &mut edits);
    areas(piece, voice, &mut edits);
    let introduces = piece.trim_end().ends_with(':');
    let mut out = tidy(&edits.apply(piece));
    if introduces && out.chars().count() > 12 {
        out.push(':');
    }
    let words = out.chars().filter(|c| c.is_alphabetic()).count();
    (words > 2).then(|| capital_first(&out))
}

/// Replacements, by characters of the piece.
struct Edits {
    /// What stays to the letter.
    kept: Vec<Range<u32>>,
    list: Vec<(Range<u32>, String)>,
}

impl Edits {
    /// A replacement, unless it touches what stays or an earlier one.
    fn replace(&mut self, range: Range<u32>, by: &str) {
        if !self.kept.iter().any(|kept| overlap(kept, &range)) {
            self.force(range, by);
        }
    }

    fn force(&mut self, range: Range<u32>, by: &str) {
        if !range.is_empty() && !self.list.iter().any(|(taken, _)| overlap(taken, &range)) {
            self.list.push((range, by.to_owned()));
        }
    }

    fn apply(mut self, piece: &str) -> String {
        self.list.sort_by_key(|(range, _)| range.start);
        let mut out = String::with_capacity(piece.len());
        let mut at = 0;
        for (range, by) in self.list {
            out.push_str(slice(piece, at..range.start));
            out.push_str(&by);
            at = range.end;
        }
        out + slice(piece, at..length(piece))
    }
}

/// Quotations and citations within the piece.
fn kept(piece: &str, span: Span, voice: &Voice) -> Vec<Range<u32>> {
    let cited = voice.extraction.citations.iter().filter(|c| c.span.block == span.block && c.span.start >= span.start);
    let mut kept = quoted(piece);
    kept.extend(cited.map(|c| c.span.start - span.start..c.span.end.saturating_sub(span.start)));
    kept
}

/// Telephone numbers, e-mail and street addresses of the parent, with the words that lead to them.
fn contacts(piece: &str, span: Span, voice: &Voice, edits: &mut Edits) {
    let folded = Folded::new(piece);
    let end = length(piece);
    let lead = &voice.position.words.contacts.lead;
    for contact in &voice.extraction.entities.contacts {
        if contact.span.block != span.block || contact.span.start < span.start || contact.span.end > span.end {
            continue;
        }
        let (mut from, to) = (contact.span.start - span.start, contact.span.end - span.start);
        // In brackets it goes with everything that stands beside it, unless a date or a number does.
        if let Some(bracket) = bracket(piece, from..to)
            && !holds_item(&bracket, span, voice)
        {
            edits.force(bracket, "");
            continue;
        }
        // From the nearest word that leads to it, where one stands near.
        let near = lead.iter().flat_map(|word| folded.text.match_indices(word.as_str()).map(move |(at, _)| (at, word)));
        let starts = near.map(|(at, word)| folded.original(at..at + word.len()).start);
        if let Some(start) = starts.filter(|start| *start < from && from - start <= 40).max() {
            from = start;
        }
        let before = slice(piece, 0..from);
        if let Some(word) = before.split_whitespace().next_back()
            && voice.position.words.contacts.dangling.contains(&crate::language::fold::fold(word))
        {
            from = length(before.trim_end()) - length(word);
        }
        edits.force(from..to, "");
    }
    // `… , địa chỉ: số 12 đường …`
    for word in ["địa chỉ:", "theo địa chỉ", "qua địa chỉ"] {
        let word = crate::language::fold::fold(word);
        if let Some(at) = folded.text.find(&word) {
            let start = folded.original(at..at + word.len()).start;
            let rest = slice(piece, start..end);
            let stop = rest.chars().position(|c| matches!(c, ')' | ';')).and_then(|n| u32::try_from(n).ok());
            edits.force(start..stop.map_or(end, |n| start + n), "");
        }
    }
}

/// The brackets around a range, with what they hold.
fn bracket(piece: &str, inner: Range<u32>) -> Option<Range<u32>> {
    let chars: Vec<char> = piece.chars().collect();
    let before = chars.get(..inner.start as usize)?.iter().rposition(|c| matches!(c, '(' | ')'))?;
    let after = chars.get(inner.end as usize..)?.iter().position(|c| matches!(c, '(' | ')'))?;
    let end = inner.end as usize + after;
    let closed = chars.get(before) == Some(&'(') && chars.get(end) == Some(&')');
    closed.then(|| Some(u32::try_from(before).ok()?..u32::try_from(end + 1).ok()?)).flatten()
}

/// Whether a date or a number that binds stands in a range of the piece.
fn holds_item(range: &Range<u32>, span: Span, voice: &Voice) -> bool {
    let extraction = voice.extraction;
    let dates = extraction.deadlines.iter().map(|deadline| deadline.span);
    dates.chain(extraction.quotas.iter().map(|quota| quota.span)).any(|item| {
        item.block == span.block
            && item.start >= span.start
            && overlap(range, &(item.start - span.start..item.end.saturating_sub(span.start)))
    })
}

/// The words by which a paper speaks of itself, replaced by a name for it.
pub fn named(text: &str, words: &crate::pack::PlanWords, name: &str) -> String {
    let folded = Folded::new(text);
    let found = words.itself.words.iter().find_map(|word| {
        let at = folded.text.find(word.as_str())?;
        Some(folded.original(at..at + word.len()))
    });
    match found {
        Some(range) => format!("{}{name}{}", slice(text, 0..range.start), slice(text, range.end..length(text))),
        None => text.to_owned(),
    }
}

/// `(riêng huyện A, huyện B chọn 02 …)`: an exception for others goes.
fn exceptions(piece: &str, voice: &Voice, edits: &mut Edits) {
    let mut open = None;
    for (at, c) in (0..).zip(piece.chars()) {
        match c {
            '(' => open = Some(at),
            ')' => {
                let Some(start) = open.take() else { continue };
                let inner = slice(piece, start + 1..at);
                let folded = crate::language::fold::fold(inner);
                let is_exception = folded.trim_start().starts_with("riêng ");
                let others = anatomy(inner, voice.position.knowledge).mentions;
                let named = others.iter().any(|m| voice.position.role(&m.text) == Role::Other);
                if is_exception && named && !voice.position.names_unit(inner) {
                    edits.force(start..at + 1, "");
                }
            }
            _ => {}
        }
    }
}

/// Addressees become the unit, departments of the parent become the parent.
fn actors(piece: &str, voice: &Voice, lead: Lead, edits: &mut Edits) {
    let position = voice.position;
    let anatomy = anatomy(piece, position.knowledge);
    let whole = 0..length(piece);
    let first = super::passage::leading(piece, &whole, &anatomy, position);
    for mention in &anatomy.mentions {
        let role = position.role(&mention.text);
        let is_lead = first.as_ref() == Some(mention);
        if is_lead && role == Role::Own {
            let mut range = 0..mention.range.end;
            // Words of address before the actor go with it.
            let before = slice(piece, 0..mention.range.start);
            if before.contains([',', ':']) {
                range.start = mention.range.start;
            }
            range.end += tail(slice(piece, range.end..whole.end), position);
            if lead == Lead::Drop {
                let after = slice(piece, range.end..whole.end);
                let mark = length(after) - length(after.trim_start_matches([' ', ':', ',']));
                range.end += mark;
                edits.replace(range, "");
            } else {
                edits.replace(range, voice.profile.short_name());
            }
        } else if role == Role::Own && is_addressee(&mention.text) && !position.names_unit(&mention.text) {
            edits.replace(mention.range.clone(), voice.profile.short_name());
        } else if role == Role::Parent && position.is_department(&mention.text) && is_capital(piece, &mention.range) {
            // *(qua) Ban Tuyên giáo Hội LHPN tỉnh*: the parent stays.
            edits.replace(with_owner(piece, mention.range.clone(), position), &voice.parent);
        }
    }
    // Names of departments that no sentence pattern catches.
    let folded = Folded::new(piece);
    for name in departments(voice.extraction, position) {
        let name = crate::language::fold::fold(&name);
        for (at, _) in folded.text.match_indices(&name) {
            let range = folded.original(at..at + name.len());
            edits.replace(with_owner(piece, range, position), &voice.parent);
        }
    }
}

/// How much of what follows an actor goes with it: *… các xã* + *cùng cấp* before a colon.
fn tail(after: &str, position: &Position) -> u32 {
    let Some((between, _)) = after.split_once(':') else { return 0 };
    let folded = crate::language::fold::fold(between.trim());
    if position.words.actors.tail.contains(&folded) { length(between) } else { 0 }
}

/// *các huyện*, *mỗi cơ sở Hội*, *Hội LHPN cấp huyện* address units; *từ huyện đến cơ sở* names levels.
fn is_addressee(mention: &str) -> bool {
    let folded = crate::language::fold::fold(mention);
    ["mỗi ", "từng ", "các ", "hội ", "btv ", "ban thường vụ ", "ban chấp hành ", "huyện hội", "cơ sở hội"]
        .iter()
        .any(|opening| folded.starts_with(&crate::language::fold::fold(opening)))
}

/// A department's range with the owner that follows it: *Văn phòng* + *Hội LHPN tỉnh*.
fn with_owner(piece: &str, range: Range<u32>, position: &Position) -> Range<u32> {
    let rest = slice(piece, range.end..length(piece));
    let lead = length(rest) - length(rest.trim_start());
    let inside = anatomy(rest, position.knowledge);
    match inside.mentions.first() {
        Some(owner) if owner.range.start <= lead && position.role(&owner.text) == Role::Parent => {
            range.start..range.end + owner.range.end
        }
        _ => range,
    }
}

fn is_capital(piece: &str, range: &Range<u32>) -> bool {
    let words = slice(piece, range.clone());
    words.split_whitespace().any(|word| word.starts_with(char::is_uppercase))
}

/// Names of the parent's departments that the directive mentions, the longest first.
pub fn departments(extraction: &Extraction, position: &Position) -> Vec<String> {
    let given = extraction.assignments.iter().filter(|a| a.level == Level::Department).map(|a| a.actor.clone());
    let named = extraction.entities.organizations.iter().map(|named| named.name.clone());
    let mut names: Vec<String> = given
        .chain(named)
        .filter(|name| position.is_department(name) && name.split_whitespace().count() >= 2)
        .filter(|name| name.chars().filter(|c| c.is_uppercase()).count() >= 1)
        .map(|name| name.trim_start_matches("Giao ").to_owned())
        .collect();
    names.sort_by(|a, b| b.chars().count().cmp(&a.chars().count()).then_with(|| a.cmp(b)));
    names.dedup();
    names
}

/// The area of the parent becomes the own one; the paper speaks of itself as a plan.
fn areas(piece: &str, voice: &Voice, edits: &mut Edits) {
    let folded = Folded::new(piece);
    let key = match voice.position.issuer {
        Level::Central => "central",
        Level::District => "district",
        _ => "province",
    };
    for (from, to) in voice.position.words.areas.get(key).into_iter().flatten() {
        for (at, _) in folded.text.match_indices(from.as_str()) {
            if contains_word(&folded.text, from) {
                let range = folded.original(at..at + from.len());
                // *trong tỉnh Bình Châu* names a place.
                let after = slice(piece, range.end..length(piece)).trim_start();
                if !after.starts_with(char::is_uppercase) {
                    edits.replace(range, &to.replace("{level}", &voice.area));
                }
            }
        }
    }
    for word in &voice.position.words.itself.words {
        for (at, _) in folded.text.match_indices(word.as_str()) {
            edits.replace(folded.original(at..at + word.len()), "Kế hoạch này");
        }
    }
}

/// Mends what cutting leaves: empty brackets, doubled blanks and marks.
fn tidy(text: &str) -> String {
    let mut out = super::text::one_line(text);
    for (from, to) in [
        ("( ", "("),
        (" )", ")"),
        ("()", ""),
        (" ,", ","),
        (" .", "."),
        (" ;", ";"),
        (",.", "."),
        (",;", ";"),
        (", )", ")"),
    ] {
        while out.contains(from) {
            out = out.replace(from, to);
        }
    }
    let out = super::text::one_line(&out);
    let mut out = out.trim_start_matches([',', ':', ';', '.', '-', ' ']).trim_end_matches([',', ' ', ':']).to_owned();
    // A piece of a sentence may end inside brackets.
    let open = out.matches('(').count();
    let closed = out.matches(')').count();
    if open > closed {
        out.push(')');
    }
    out
}
