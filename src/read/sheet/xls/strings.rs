//! Strings: one or two bytes a character, and the table of shared ones that runs over several records.

use super::{CONTINUED, record};
use crate::read::bytes::Bytes;

/// Characters behind their flags, and where they end.
pub(super) fn characters(data: Bytes, at: usize, count: usize) -> Option<(String, usize)> {
    let wide = data.u8(at)? & 1 != 0;
    let start = at + 1;
    if wide {
        return Some((data.utf16(start, count)?, start + count * 2));
    }
    Some((data.get(start, count)?.iter().copied().map(char::from).collect(), start + count))
}

/// The table of shared strings; one that is cut off ends there.
pub(super) fn table(content: Bytes, first: Bytes, next: usize) -> Vec<String> {
    let mut parts = vec![first];
    let mut at = next;
    while let Some(part) = record(content, at).filter(|part| part.kind == CONTINUED) {
        parts.push(part.data);
        at = part.end;
    }
    let count = first.size(4).unwrap_or_default();
    let mut reader = Reader { parts, part: 0, at: 8 };
    let mut strings = Vec::new();
    while strings.len() < count {
        let Some(string) = reader.string() else { break };
        strings.push(string);
    }
    strings
}

/// A place in a table that runs over several records.
struct Reader<'b> {
    parts: Vec<Bytes<'b>>,
    part: usize,
    at: usize,
}

impl<'b> Reader<'b> {
    /// The record that holds the next byte.
    fn here(&mut self) -> Option<Bytes<'b>> {
        while self.at >= self.parts.get(self.part)?.len() {
            self.part += 1;
            self.at = 0;
        }
        self.parts.get(self.part).copied()
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            let len = self.here()?.len() - self.at;
            let step = len.min(count);
            self.at += step;
            count -= step;
        }
        Some(())
    }

    fn string(&mut self) -> Option<String> {
        let part = self.here()?;
        let at = self.at;
        let count = usize::from(part.u16(at)?);
        let flags = part.u8(at + 2)?;
        let mut head = at + 3;
        let runs = if flags & 8 != 0 {
            head += 2;
            usize::from(part.u16(head - 2)?)
        } else {
            0
        };
        let extra = if flags & 4 != 0 {
            head += 4;
            part.size(head - 4)?
        } else {
            0
        };
        self.at = head;
        let mut text = String::new();
        let mut wide = flags & 1 != 0;
        let mut left = count;
        while left > 0 {
            if self.at >= self.parts.get(self.part)?.len() {
                // The rest of the characters says anew how wide it is.
                self.part += 1;
                self.at = 1;
                wide = self.parts.get(self.part)?.u8(0)? & 1 != 0;
            }
            let at = self.at;
            let part = self.parts.get(self.part)?;
            let width = if wide { 2 } else { 1 };
            let here = ((part.len() - at.min(part.len())) / width).min(left);
            if here == 0 {
                return None;
            }
            if wide {
                text.push_str(&part.utf16(at, here)?);
            } else {
                text.extend(part.get(at, here)?.iter().copied().map(char::from));
            }
            self.at = at + here * width;
            left -= here;
        }
        self.skip(runs.checked_mul(4)?.checked_add(extra)?)?;
        Some(text)
    }
}
