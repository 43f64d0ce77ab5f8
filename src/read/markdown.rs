//! Markdown: plain text with marks for headings, tables, links and quotes, which are not part of the text.

use super::text::lines::{self, Line};
use super::text::paragraphs::{self, Breaks};
use super::text::{decode, emphasis, pipes};
use crate::guard::Limits;
use crate::model::{Document, InputError, Source};
use std::borrow::Cow;

/// Reads a Markdown text.
///
/// # Errors
/// As [`super::text::read`].
pub fn read(mut source: Source, bytes: &[u8], limits: &Limits) -> Result<Document, InputError> {
    let (text, notices) = decode(&mut source, bytes, limits)?;
    let text = without_comments(&text);
    let blocks = paragraphs::blocks(pipes::take_apart(lines(&text), limits)?, Breaks::Soft);
    if blocks.is_empty() {
        return Err(InputError::Empty);
    }
    Ok(Document { source, blocks, notices })
}

/// The lines with text, without marks; a line of nothing but marks parts paragraphs as an empty one does.
fn lines(text: &str) -> Vec<Line> {
    let mut gap = false;
    let mut kept = Vec::new();
    for line in lines::lines(text, inline) {
        match marks(line) {
            Some(mut line) => {
                line.gap |= std::mem::take(&mut gap);
                kept.push(line);
            }
            None => gap = true,
        }
    }
    kept
}

/// The text without `<!-- … -->`.
fn without_comments(text: &str) -> Cow<'_, str> {
    if !text.contains("<!--") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once("<!--") {
        out.push_str(before);
        rest = comment.split_once("-->").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Takes inline marks off: links, images, code, HTML tags and entities, emphasis.
fn inline(line: &str) -> (Cow<'_, str>, bool) {
    let plain = if line.contains(['[', '<', '&', '`']) { Cow::Owned(links(line)) } else { Cow::Borrowed(line) };
    match plain {
        Cow::Borrowed(line) => emphasis::strip(line),
        Cow::Owned(line) => {
            let (text, strong) = emphasis::strip(&line);
            (Cow::Owned(text.into_owned()), strong)
        }
    }
}

/// `[text](address)` → text, `![text](address)` → text, `<address>` → address, tags and code marks dropped.
fn links(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    // Where a closing mark was looked for in vain, it is not looked for again.
    let (mut no_bracket, mut no_angle) = (false, false);
    while let Some(at) = rest.find(['[', '<', '&', '`', '!']) {
        let (before, marked) = rest.split_at(at);
        out.push_str(before);
        let escaped = before.ends_with('\\');
        let behind_mark = marked.get(1..).unwrap_or_default();
        rest = behind_mark;
        match marked.as_bytes().first() {
            Some(b'!') if behind_mark.starts_with('[') && !escaped => {}
            Some(b'`') if !escaped => {}
            Some(b'[') if !escaped && !no_bracket => match link(behind_mark) {
                Some((text, after)) => {
                    out.push_str(text);
                    rest = after;
                }
                None => {
                    no_bracket = !behind_mark.contains(['[', ']']);
                    out.push('[');
                }
            },
            Some(b'<') if !escaped && !no_angle => match tag(behind_mark) {
                Some((inner, after)) if is_tag(inner) => {
                    if inner.starts_with("br") {
                        out.push('\n');
                    }
                    rest = after;
                }
                Some((inner, after)) if inner.contains(['@', ':']) && !inner.contains(' ') => {
                    out.push_str(inner.strip_prefix("mailto:").unwrap_or(inner));
                    rest = after;
                }
                _ => {
                    no_angle = !behind_mark.contains(['<', '>']);
                    out.push('<');
                }
            },
            Some(b'&') => {
                let entity =
                    [("nbsp;", ' '), ("amp;", '&'), ("lt;", '<'), ("gt;", '>'), ("quot;", '"'), ("#39;", '\'')];
                match entity.iter().find_map(|(name, c)| Some((behind_mark.strip_prefix(name)?, *c))) {
                    Some((after, c)) => {
                        out.push(c);
                        rest = after;
                    }
                    None => out.push('&'),
                }
            }
            Some(mark) => out.push(char::from(*mark)),
            None => {}
        }
    }
    out.push_str(rest);
    out
}

/// Text and rest of a link whose opening bracket was read.
fn link(behind: &str) -> Option<(&str, &str)> {
    // Brackets within end the search, so that a line of openings costs no more than its length.
    let (text, address) = behind.split_at(behind.find(['[', ']'])?);
    let address = address.strip_prefix("](")?;
    let (_, after) = address.split_at(address.find(['(', ')'])?);
    Some((text, after.strip_prefix(')')?))
}

/// What stands before the next `>`, and the rest behind it.
fn tag(behind: &str) -> Option<(&str, &str)> {
    let (inner, rest) = behind.split_at(behind.find(['<', '>'])?);
    Some((inner, rest.strip_prefix('>')?))
}

fn is_tag(inner: &str) -> bool {
    let name = inner.trim_start_matches('/').trim_end_matches('/').trim();
    let name = name.split(' ').next().unwrap_or(name);
    matches!(
        name,
        "br" | "b"
            | "i"
            | "u"
            | "em"
            | "strong"
            | "sup"
            | "sub"
            | "span"
            | "div"
            | "p"
            | "center"
            | "font"
            | "a"
            | "hr"
            | "small"
    )
}

/// Takes the marks in front of a line off: `#`, `>`, code fences. `None` for a line that is nothing but marks.
fn marks(mut line: Line) -> Option<Line> {
    let mut text = line.text.as_str();
    while let Some(quoted) = text.strip_prefix('>') {
        text = quoted.trim_start();
    }
    let level = text.bytes().take_while(|b| *b == b'#').count();
    let behind = text.get(level..).unwrap_or_default();
    if (1..=6).contains(&level) && behind.starts_with([' ', '\t']) {
        line.heading = Some(level as u8 - 1);
        text = behind.trim().trim_end_matches('#').trim_end();
    }
    let rule = text.bytes().all(|b| matches!(b, b'-' | b'=' | b'~' | b'`' | b' '));
    if text.is_empty() || rule {
        return None;
    }
    if text.len() != line.text.len() {
        line.text = text.to_owned();
    }
    Some(line)
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::guard::Limits;
    use crate::model::{Block, BlockKind, Format, Source};
    use proptest::prelude::*;

    fn source() -> Source {
        Source { path: "x.md".into(), format: Format::Markdown, sha256: String::new(), encoding: String::new() }
    }

    fn blocks(text: &str) -> Vec<Block> {
        read(source(), text.as_bytes(), &Limits::default()).expect("readable").blocks
    }

    #[test]
    fn marks_are_not_part_of_the_text() {
        let blocks = blocks(
            "# KẾ HOẠCH\n\n## I. Mục *đích*\n\n> Theo [Điều lệ Hội](https://x.vn/dieu-le), gửi <a@x.vn> & `ban` 1\\. tháng\n\
             <!-- ghi chú -->\n```\nmã\n```\n",
        );
        let texts: Vec<_> = blocks.iter().map(|b| b.text.as_str()).collect();
        assert_eq!(texts, ["KẾ HOẠCH", "I. Mục đích", "Theo Điều lệ Hội, gửi a@x.vn & ban 1. tháng", "mã"]);
        assert_eq!((blocks[1].kind, blocks[1].hints.outline_level), (BlockKind::Heading, Some(1)));
    }

    #[test]
    fn soft_breaks_join_and_entries_do_not() {
        let blocks = blocks(
            "Các chi hội trong toàn xã chủ động xây dựng kế hoạch thi đua của\nHội Liên hiệp Phụ nữ.\n- Đợt một\n- Đợt hai\n",
        );
        assert_eq!(blocks.len(), 3);
        assert!(blocks[0].text.ends_with("thi đua của Hội Liên hiệp Phụ nữ."));
    }

    #[test]
    fn pipe_tables_are_cells() {
        let blocks = blocks("| TT | Chi hội |\n|---|:--:|\n| 1 | **Thôn Đông** |\n| 2 | |\n\nHết bảng.\n");
        let cells: Vec<_> = blocks.iter().map(|b| (b.cell.map(|c| (c.row, c.column)), b.text.as_str())).collect();
        assert_eq!(
            cells,
            [
                (Some((0, 0)), "TT"),
                (Some((0, 1)), "Chi hội"),
                (Some((1, 0)), "1"),
                (Some((1, 1)), "Thôn Đông"),
                (Some((2, 0)), "2"),
                (None, "Hết bảng."),
            ]
        );
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[\\[\\]()<>!&`|#>*_ \\-a-cđ\n:]{0,200}") {
            let _ = read(source(), text.as_bytes(), &Limits::default());
        }
    }
}
