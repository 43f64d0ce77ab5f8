//! Names: movements, campaigns, programmes, organisations, persons, places, awards, contacts.

use super::actor::{self, Actor};
use super::knowledge::Knowledge;
use super::scan::Scan;
use crate::language::token::{Kind, Token};
use crate::model::{Contact, ContactKind, Entities, Named};
use memchr::memmem::Finder;
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// Names gathered so far, each once, with the places where it stands.
#[derive(Debug, Default)]
pub(super) struct Gathered<'d> {
    pub entities: Entities,
    /// Index of each folded name in the list of its kind.
    index: FxHashMap<(Kin, String), usize>,
    /// The same by the words of the text: most names come back as they were written before, and need not be folded.
    written: FxHashMap<(Kin, &'d str), usize>,
}

/// The list that a name belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kin {
    Movement,
    Campaign,
    Programme,
    Organization,
    Person,
    Place,
    Award,
}

impl<'d> Gathered<'d> {
    fn add(&mut self, kin: Kin, scan: &Scan<'d>, tokens: Range<usize>) {
        let entities = &mut self.entities;
        let list = match kin {
            Kin::Movement => &mut entities.movements,
            Kin::Campaign => &mut entities.campaigns,
            Kin::Programme => &mut entities.programmes,
            Kin::Organization => &mut entities.organizations,
            Kin::Person => &mut entities.persons,
            Kin::Place => &mut entities.places,
            Kin::Award => &mut entities.awards,
        };
        let text = scan.text(tokens.clone());
        let span = scan.span(tokens);
        let known = *self.written.entry((kin, text)).or_insert_with(|| {
            let name = super::citation::one_line(text);
            let known = *self.index.entry((kin, crate::language::fold::fold(&name))).or_insert(list.len());
            if known == list.len() {
                list.push(Named { name, spans: Vec::new() });
            }
            known
        });
        if let Some(named) = list.get_mut(known) {
            named.spans.push(span);
        }
    }
}

/// Adds the names of a block; the tokens of contacts are taken.
pub(super) fn find<'d>(
    scan: &Scan<'d>,
    knowledge: &Knowledge,
    actors: &[Actor],
    gathered: &mut Gathered<'d>,
    taken: &mut [bool],
) {
    contacts(scan, &mut gathered.entities, taken);
    let lists = &knowledge.lists;
    // In a heading in capitals every word looks like a name.
    let shouts = scan.tokens.iter().filter(|t| t.kind == Kind::Word).all(|t| t.upper || t.width() == 1);
    let has_quotes = !scan.quoted.is_empty();
    let has_awards = scan.holds(lists.award_name);
    let mut at = 0;
    while let Some(token) = scan.tokens.get(at) {
        let may_open = has_quotes
            || token.capital
            || knowledge.opens_name(token.sym)
            || has_awards && scan.phrase(at, lists.award_name).is_some();
        // Most words open no name.
        if !may_open {
            at += 1;
            continue;
        }
        let quoted = || {
            [(lists.movement, Kin::Movement), (lists.campaign, Kin::Campaign), (lists.programme, Kin::Programme)]
                .into_iter()
                .find_map(|(list, kind)| Some((quoted_name(scan, scan.phrase(at, list)?)?, kind)))
        };
        if has_quotes && let Some((name, kind)) = quoted() {
            gathered.add(kind, scan, name.clone());
            at = name.end + 1;
            continue;
        }
        if let Some(end) = scan.phrase(at, lists.award_name) {
            if token.capital {
                gathered.add(Kin::Award, scan, at..end);
            }
            at = end;
            continue;
        }
        if !shouts && let Some(name) = organization(scan, actors, at) {
            at = name.end;
            gathered.add(Kin::Organization, scan, name);
            continue;
        }
        // A name of a person or a place has its first capital at one of the next tokens.
        let capital_ahead = (at + 1..=at + 3).any(|i| scan.tokens.get(i).is_some_and(|t| t.capital));
        if !capital_ahead {
            at += 1;
            continue;
        }
        if let Some(name) = person(scan, at) {
            at = name.end;
            gathered.add(Kin::Person, scan, name);
            continue;
        }
        if let Some(name) = place(scan, at) {
            at = name.end;
            gathered.add(Kin::Place, scan, name);
            continue;
        }
        at += 1;
    }
}

/// A name between quotation marks right behind a word like *phong trào thi đua*.
fn quoted_name(scan: &Scan, after: usize) -> Option<Range<usize>> {
    let open = (after..after + 3).find(|&i| scan.is_mark(i, '"'))?;
    let close = (open + 1..(open + 60).min(scan.tokens.len())).find(|&i| scan.is_mark(i, '"'))?;
    (close > open + 1).then_some(open + 1..close)
}

/// An actor with a name of its own: it begins with a capital and holds another one.
fn organization(scan: &Scan, actors: &[Actor], at: usize) -> Option<Range<usize>> {
    scan.tokens.get(at).filter(|t| t.capital)?;
    let actor = actor::within(actors, at..at + 1).first()?;
    let tokens = scan.tokens.get(actor.tokens.clone())?;
    // Of several joined by a comma the first is the name.
    let end = tokens.iter().position(|t| t.is(',')).map_or(actor.tokens.end, |comma| at + comma);
    let capitals = scan.tokens.get(at..end)?.iter().filter(|t| t.capital).count();
    let named = capitals >= 2 && !actor.each;
    named.then_some(at..end)
}

/// Words that [`person`] and [`place`] begin with.
pub(super) const OPENERS: &[&str] =
    &["đồng", "ông", "bà", "chị", "anh", "đ", "thành", "thị", "đặc", "tỉnh", "huyện", "quận", "xã", "phường"];

/// *đồng chí*, *ông*, *bà* with a name of two to five capitalised syllables.
fn person(scan: &Scan, at: usize) -> Option<Range<usize>> {
    let after = match (scan.word(at), scan.word(at + 1)) {
        ("đồng", "chí") => at + 2,
        ("ông" | "bà" | "chị" | "anh", _) => at + 1,
        ("đ", "/") if scan.word(at + 2) == "c" => at + 3,
        _ => return None,
    };
    let mut end = after;
    while end < after + 5 && scan.tokens.get(end).is_some_and(|t| t.kind == Kind::Word && t.capital && !t.upper) {
        end += 1;
    }
    (end > after).then_some(after..end)
}

/// *tỉnh*, *huyện*, *xã*, … with a capitalised name.
fn place(scan: &Scan, at: usize) -> Option<Range<usize>> {
    let after = match (scan.word(at), scan.word(at + 1)) {
        ("thành", "phố") | ("thị", "xã" | "trấn") | ("đặc", "khu") => at + 2,
        ("tỉnh" | "huyện" | "quận" | "xã" | "phường", _) => at + 1,
        _ => return None,
    };
    let mut end = after;
    while end < after + 4
        && scan.tokens.get(end).is_some_and(|t| t.kind == Kind::Word && t.capital && (!t.upper || t.width() > 4))
    {
        end += 1;
    }
    let office = scan
        .tokens
        .get(after)
        .is_some_and(|t| matches!(t.text(&scan.block.text), "Hội" | "Đoàn" | "Ủy" | "Uỷ" | "Ban"));
    (end > after && !office).then_some(at..end)
}

/// E-mail and web addresses, telephone numbers.
fn contacts(scan: &Scan, entities: &mut Entities, taken: &mut [bool]) {
    static SIGNS: LazyLock<[Finder; 4]> = LazyLock::new(|| ["@", "http", "www.", ".vn"].map(Finder::new));
    let may_name = SIGNS.iter().any(|sign| sign.find(scan.block.text.as_bytes()).is_some());
    let may_ring = scan.tokens.iter().any(|t| opens_phone(scan, t));
    if !may_name && !may_ring {
        return;
    }
    let mut at = 0;
    while at < scan.tokens.len() {
        let found = may_name.then(|| address(scan, at)).flatten().or_else(|| phone(scan, at));
        let Some((tokens, kind, value)) = found else {
            at += 1;
            continue;
        };
        for flag in taken.get_mut(tokens.clone()).into_iter().flatten() {
            *flag = true;
        }
        let span = scan.span(tokens.clone());
        at = tokens.end.max(at + 1);
        entities.contacts.push(Contact { kind, value, span });
    }
}

/// Tokens that touch each other and make an e-mail or web address.
fn address(scan: &Scan, at: usize) -> Option<(Range<usize>, ContactKind, String)> {
    let first = scan.tokens.get(at)?;
    if !matches!(first.kind, Kind::Word | Kind::Mixed | Kind::Digits)
        || (at > 0 && !first.spaced && scan.is_mark(at - 1, '@'))
    {
        return None;
    }
    let mut end = at + 1;
    while let Some(token) = scan.tokens.get(end) {
        // Most words end at a blank.
        if token.spaced && !(scan.is_mark(end - 1, '/') && scan.is_mark(end - 2, '/')) {
            break;
        }
        let fits = match token.kind {
            Kind::Word | Kind::Mixed | Kind::Digits => true,
            Kind::Mark(mark) => matches!(mark, '.' | '@' | '_' | '-' | '/' | ':' | '?' | '=' | '&' | '#' | '%' | '+'),
            Kind::Break => false,
        };
        if !fits || end - at > 60 {
            break;
        }
        end += 1;
    }
    while end > at && scan.tokens.get(end - 1).is_some_and(|t| matches!(t.kind, Kind::Mark(m) if m != '/')) {
        end -= 1;
    }
    if end == at + 1 {
        // A single word is no address; most words end here.
        return None;
    }
    let value: String = scan.text(at..end).chars().filter(|c| !c.is_whitespace()).collect();
    let kind = match value.split_once('@') {
        Some((user, host)) if !user.is_empty() && host.contains('.') && !host.contains('@') => ContactKind::Email,
        Some(_) => return None,
        None if value.starts_with("http") && value.contains("://") => ContactKind::Url,
        None if value.starts_with("www.") => ContactKind::Url,
        None if [".gov.vn", ".org.vn", ".com.vn", ".edu.vn"].iter().any(|tail| value.contains(tail))
            && value.is_ascii() =>
        {
            ContactKind::Url
        }
        None => return None,
    };
    Some((at..end, kind, value))
}

fn opens_phone(scan: &Scan, token: &Token) -> bool {
    token.kind == Kind::Digits && token.width() >= 3 && token.text(&scan.block.text).starts_with('0')
}

/// Nine to eleven digits, in groups that full stops, hyphens or single blanks part.
fn phone(scan: &Scan, at: usize) -> Option<(Range<usize>, ContactKind, String)> {
    let first = scan.tokens.get(at).filter(|token| opens_phone(scan, token))?;
    let mut digits = first.text(&scan.block.text).to_owned();
    let mut value = digits.clone();
    let mut end = at + 1;
    while digits.len() < 10 {
        let Some(sign) = scan.tokens.get(end) else { break };
        let (mark, group_at) = match sign.kind {
            Kind::Mark(mark @ ('.' | '-')) if !sign.spaced => (Some(mark), end + 1),
            Kind::Digits if sign.spaced && sign.width() >= 2 => (None, end),
            _ => break,
        };
        let Some(group) = scan.tokens.get(group_at) else { break };
        if group.kind != Kind::Digits || (mark.is_some() && group.spaced) || digits.len() + group.width() as usize > 11
        {
            break;
        }
        value.extend(mark);
        value.push_str(group.text(&scan.block.text));
        digits.push_str(group.text(&scan.block.text));
        end = group_at + 1;
    }
    (9..=11).contains(&digits.len()).then_some((at..end, ContactKind::Phone, value))
}
