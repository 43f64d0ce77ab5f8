//! The calm summary for a terminal: what a document is, what it rests on, what is due, what needs a look.

use super::View;
use super::entries::{Entry, Group, entries};
use crate::Reading;
use std::fmt::Write as _;

/// Characters of a line; fixed, so that output does not depend on the terminal.
const WIDTH: usize = 110;
/// Widest first column.
const HEAD: usize = 30;
/// Widest last column.
const PLACE: usize = 28;

/// The summary of one document.
#[must_use]
pub fn render(reading: &Reading, view: &View) -> String {
    let mut out = String::new();
    title(&mut out, reading, view);
    let entries = entries(reading, view);
    for group in Group::ALL {
        let members: Vec<&Entry> = entries.iter().filter(|entry| entry.group == group).collect();
        if members.is_empty() {
            continue;
        }
        let name = view.text(&format!("report.group.{}", group.key())).to_uppercase();
        let _ = writeln!(out, "\n{name} ({})", members.len());
        match group {
            Group::Names => names(&mut out, &members),
            _ => rows(&mut out, &members),
        }
    }
    out.push('\n');
    out
}

fn title(out: &mut String, reading: &Reading, view: &View) {
    let info = &reading.extraction.document;
    let title = view.title(info);
    let _ = writeln!(out, "{}\n{}", title.to_uppercase(), "─".repeat(title.chars().count().min(WIDTH)));
    let signature = info.signature.as_ref().map(|signature| {
        let parts = [&signature.authority, &signature.title, &signature.name];
        parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(", ")
    });
    let fields = [
        ("subject", info.subject.clone()),
        ("issuer", info.issuer.clone()),
        ("parent", info.parent_issuer.clone()),
        ("place", info.place.clone()),
        ("signature", signature),
        ("file", Some(super::sentences::shown(&reading.document.source.path))),
    ];
    let labels: Vec<(String, String)> = fields
        .into_iter()
        .filter_map(|(key, value)| Some((view.text(&format!("report.label.{key}")), value?)))
        .filter(|(_, value)| !value.is_empty())
        .collect();
    let width = labels.iter().map(|(label, _)| label.chars().count()).max().unwrap_or(0) + 2;
    for (label, value) in labels {
        for (at, line) in wrap(&value, WIDTH - width).iter().enumerate() {
            let label = if at == 0 { format!("{label}:") } else { String::new() };
            let _ = writeln!(out, "{label:width$}{line}");
        }
    }
}

/// Three columns: head, sentence with its details, place.
fn rows(out: &mut String, members: &[&Entry]) {
    let widest = |text: fn(&Entry) -> &str| members.iter().map(|entry| text(entry).chars().count()).max().unwrap_or(0);
    let head = widest(|entry| &entry.head).min(HEAD);
    let place = widest(|entry| &entry.place).min(PLACE);
    let body = WIDTH.saturating_sub(head + place + 6);
    for entry in members {
        let heads = wrap(&entry.head, head);
        let places = wrap(&entry.place, place);
        let mut bodies = wrap(&entry.body, body);
        let details: Vec<String> = entry.details.iter().map(|(label, value)| format!("{label}: {value}")).collect();
        if !details.is_empty() {
            bodies.extend(wrap(&details.join(" · "), body));
        }
        for at in 0..heads.len().max(bodies.len()).max(places.len()) {
            let cell = |lines: &[String]| lines.get(at).cloned().unwrap_or_default();
            let gap = if head == 0 { "" } else { "  " };
            let line = format!("  {:head$}{gap}{:body$}  {}", cell(&heads), cell(&bodies), cell(&places));
            let _ = writeln!(out, "{}", line.trim_end());
        }
    }
}

/// One line for each kind of name.
fn names(out: &mut String, members: &[&Entry]) {
    for group in members.chunk_by(|a, b| a.head == b.head) {
        let Some(first) = group.first() else { continue };
        let list: Vec<&str> = group.iter().map(|entry| entry.body.as_str()).collect();
        for (at, line) in wrap(&format!("{}: {}", first.head, list.join("; ")), WIDTH - 4).iter().enumerate() {
            let _ = writeln!(out, "{}{line}", if at == 0 { "  " } else { "    " });
        }
    }
}

/// Lines of at most `width` characters, broken at blanks; a longer word stands alone.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut room = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        match lines.last_mut() {
            Some(line) if length < room => {
                line.push(' ');
                line.push_str(word);
                room -= length + 1;
            }
            _ => {
                lines.push(word.to_owned());
                room = width.saturating_sub(length);
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn the_summary_says_what_is_due_and_where_it_stands() {
        let out = sample::with_view(|view| render(&sample::reading(), view));
        assert!(out.starts_with("KẾ HOẠCH SỐ 12/KH-BTV NGÀY 05/03/2024\n"), "{out}");
        let row = out.lines().find(|line| line.contains("trước ngày 15/04/2024")).unwrap();
        assert!(row.contains("gửi bản đăng ký") && row.contains("mục II.1, đoạn 5"), "{row}");
        assert!(out.contains("ít nhất 2 mô hình"), "{out}");
        assert!(out.contains("CĂN CỨ (1)") && out.contains("CẦN XEM LẠI (1)"), "{out}");
    }

    #[test]
    fn no_line_is_wider_than_the_page() {
        let out = sample::with_view(|view| render(&sample::reading(), view));
        assert!(out.lines().all(|line| line.chars().count() <= WIDTH), "{out}");
    }

    #[test]
    fn explaining_names_the_pattern_and_the_span() {
        let out = sample::with_view(|view| render(&sample::reading(), &View { explain: true, ..*view }));
        assert!(out.contains("deadline-before") && out.contains("4:"), "{out}");
    }

    #[test]
    fn words_longer_than_a_line_are_kept() {
        assert_eq!(wrap("một hai ba bốn", 7), ["một hai", "ba bốn"]);
        assert_eq!(wrap("a bbbbbbbbbb c", 4), ["a", "bbbbbbbbbb", "c"]);
    }
}
