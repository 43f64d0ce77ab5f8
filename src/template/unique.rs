//! Things of which a document may have only one, in XML that a loop repeats.

use super::engine::delimit;
use super::expr::emit::{MARK, MARK_END};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// XML of the template as it goes into a loop: paragraph ids of the editor go, ids of drawings become marks that the
/// last pass numbers.
#[must_use]
pub fn in_loop(xml: &str) -> Cow<'_, str> {
    if !xml.contains("w14:paraId=") && !xml.contains("w14:textId=") && !xml.contains("<wp:docPr ") {
        return Cow::Borrowed(xml);
    }
    let mut out = xml.to_owned();
    for name in [" w14:paraId=\"", " w14:textId=\""] {
        out = without_attribute(&out, name);
    }
    Cow::Owned(numbered(&out))
}

fn without_attribute(xml: &str, name: &str) -> String {
    let mut out = String::with_capacity(xml.len());
    let mut rest = xml;
    while let Some((before, after)) = rest.split_once(name) {
        out.push_str(before);
        rest = after.split_once('"').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}

fn numbered(xml: &str) -> String {
    let mut out = String::with_capacity(xml.len());
    let mut rest = xml;
    while let Some((before, after)) = rest.split_once("<wp:docPr ") {
        out.push_str(before);
        out.push_str("<wp:docPr ");
        let end = after.find('>').unwrap_or(after.len());
        let (tag, tail) = after.split_at(end);
        match tag.split_once("id=\"").filter(|(before, _)| before.is_empty() || before.ends_with(' ')) {
            Some((before, value)) => {
                out.push_str(before);
                out.push_str(&format!("id=\"{MARK}d{MARK_END}"));
                out.push_str(value.trim_start_matches(|c: char| c != '"'));
            }
            None => out.push_str(tag),
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// XML of the template with the lists that a loop restarts under the number of the pass. A paragraph whose style brings
/// the list along gets the number itself.
#[must_use]
pub fn with_restarts<'x>(xml: Cow<'x, str>, lists: &[u32], styles: &BTreeMap<String, u32>) -> Cow<'x, str> {
    if lists.is_empty() || !(xml.contains("<w:numId") || xml.contains("<w:pStyle")) {
        return xml;
    }
    let (open, close) = delimit::VALUE;
    let mut out = xml.into_owned();
    for (style, number) in styles.iter().filter(|(_, number)| lists.contains(number)) {
        out = numbered_style(&out, style, *number);
    }
    for number in lists {
        let value = format!("{open}td_n{number}{close}");
        out = out.replace(&format!("<w:numId w:val=\"{number}\"/>"), &format!("<w:numId w:val=\"{value}\"/>"));
    }
    Cow::Owned(out)
}

/// Puts the list of a style into the paragraphs of that style that have no list of their own.
fn numbered_style(xml: &str, style: &str, number: u32) -> String {
    let mark = format!("<w:pStyle w:val=\"{style}\"/>");
    let mut out = String::with_capacity(xml.len() + 128);
    let mut rest = xml;
    while let Some((before, after)) = rest.split_once(&mark) {
        out.push_str(before);
        out.push_str(&mark);
        let properties = after.split_once("</w:pPr>").map_or(after, |(properties, _)| properties);
        rest = after;
        if properties.contains("<w:numPr") {
            continue;
        }
        // These stand before the list in the order of the schema.
        const BEFORE: [&str; 5] =
            ["<w:keepNext", "<w:keepLines", "<w:pageBreakBefore", "<w:framePr", "<w:widowControl"];
        while BEFORE.iter().any(|name| rest.starts_with(name)) {
            let end = rest.find('>').map_or(rest.len(), |at| at + 1);
            let (element, tail) = rest.split_at(end);
            out.push_str(element);
            rest = tail;
        }
        out.push_str(&format!("<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"{number}\"/></w:numPr>"));
    }
    out.push_str(rest);
    out
}
