//! An independent reader of Word documents: what a person sees between the marks of each comment.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::BTreeMap;
use thidua::guard::Limits;
use thidua::guard::package::Package;
use unicode_normalization::UnicodeNormalization;

/// What stands in a main part: for each shown character what it looks like and where, and the words of each comment.
#[derive(Debug, Default, PartialEq)]
pub struct Shown {
    /// Character, formatting of its run, elements around its run.
    pub characters: Vec<(char, String, String)>,
    pub comments: BTreeMap<i64, String>,
    /// Comments that are referred to.
    pub references: Vec<i64>,
}

fn local(name: &[u8]) -> String {
    let name = String::from_utf8(name.to_vec()).unwrap();
    name.rsplit(':').next().unwrap().to_owned()
}

pub fn shown(xml: &str) -> Shown {
    let mut reader = Reader::from_str(xml);
    let mut shown = Shown::default();
    // Name and whole start tag of the open elements.
    let mut open: Vec<(String, String)> = Vec::new();
    let mut properties = String::new();
    let mut property_start = None;
    let mut running: Vec<i64> = Vec::new();
    loop {
        let before = reader.buffer_position() as usize;
        let event = reader.read_event().expect("well-formed");
        let after = reader.buffer_position() as usize;
        let put = |text: &str, open: &[(String, String)], properties: &str, running: &[i64], shown: &mut Shown| {
            let around: String =
                open.iter().filter(|(name, _)| name != "r" && name != "t").map(|(_, tag)| tag.as_str()).collect();
            for c in text.chars() {
                shown.characters.push((c, properties.to_owned(), around.clone()));
            }
            let is_seen = !properties.contains("w:vanish");
            for id in running.iter().filter(|_| is_seen) {
                shown.comments.get_mut(id).unwrap().push_str(text);
            }
        };
        let is_text = open.last().is_some_and(|(name, _)| name == "t");
        match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                let name = local(tag.name().as_ref());
                let id = || {
                    let id = tag.attributes().flatten().find(|a| local(a.key.as_ref()) == "id").unwrap();
                    String::from_utf8(id.value.to_vec()).unwrap().parse::<i64>().unwrap()
                };
                match name.as_str() {
                    "commentRangeStart" => {
                        running.push(id());
                        shown.comments.entry(id()).or_default();
                    }
                    "commentRangeEnd" => running.retain(|other| *other != id()),
                    "commentReference" => shown.references.push(id()),
                    "r" => properties.clear(),
                    "rPr" if open.last().is_some_and(|(name, _)| name == "r") => property_start = Some(before),
                    "tab" if open.last().is_some_and(|(name, _)| name == "r") => {
                        put("\t", &open, &properties, &running, &mut shown)
                    }
                    "br" | "cr" => put("\n", &open, &properties, &running, &mut shown),
                    "noBreakHyphen" => put("-", &open, &properties, &running, &mut shown),
                    "fldChar" | "footnoteReference" | "drawing" => {
                        put("\u{1}", &open, &properties, &running, &mut shown);
                    }
                    _ => {}
                }
                if matches!(event, Event::Start(_)) {
                    open.push((name, xml[before..after].to_owned()));
                }
            }
            Event::End(_) => {
                let (name, _) = open.pop().unwrap();
                if name == "rPr" && open.last().is_some_and(|(name, _)| name == "r") {
                    properties = xml[property_start.take().unwrap()..after].to_owned();
                }
                if name == "p" {
                    put(" ", &open, "", &running, &mut shown);
                }
            }
            Event::Text(text) if is_text => {
                put(std::str::from_utf8(text).unwrap(), &open, &properties, &running, &mut shown)
            }
            Event::CData(text) if is_text => {
                put(std::str::from_utf8(text).unwrap(), &open, &properties, &running, &mut shown)
            }
            Event::GeneralRef(name) if is_text => {
                let c = match &**name {
                    b"amp" => '&',
                    b"lt" => '<',
                    b"gt" => '>',
                    b"quot" => '"',
                    b"apos" => '\'',
                    _ => name.resolve_char_ref().unwrap().unwrap(),
                };
                put(&c.to_string(), &open, &properties, &running, &mut shown);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(running.is_empty(), "every comment that begins ends: {running:?}");
    shown
}

/// Text without what is not seen, composed, without blanks.
pub fn plain(text: &str) -> String {
    let seen: String =
        text.chars().filter(|c| !matches!(c, '\u{AD}' | '\u{200B}' | '\u{1}' | '*' | '_')).nfc().collect();
    seen.chars().filter(|c| !c.is_whitespace()).collect()
}

pub fn part(bytes: &[u8], name: &str) -> String {
    let limits = Limits::default();
    let package = Package::open(bytes, &limits).expect("a package");
    String::from_utf8(package.read(name).expect(name)).unwrap()
}
