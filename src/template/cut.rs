//! Cuts JSON into its records without understanding them: lines, or the elements of a list.
//!
//! Cutting is quick and done by one thread after another; the records are read where they are used. What is not well
//! formed is found there, at its line.

use std::io::{self, BufRead, Read as _};

/// A record as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Line on which it begins, from 1.
    pub line: usize,
    /// Bytes of that line in front of it.
    pub column: usize,
    /// The text; what is over the limit is left out.
    pub text: Vec<u8>,
    /// The text is longer than the limit.
    pub too_long: bool,
}

/// The lines of a text that are not blank.
#[derive(Debug)]
pub struct Lines<R> {
    source: R,
    line: usize,
    limit: usize,
}

impl<R: BufRead> Lines<R> {
    /// A line may be `limit` bytes long.
    pub fn new(source: R, limit: usize) -> Self {
        Self { source, line: 0, limit }
    }

    /// The next line.
    ///
    /// # Errors
    /// When the source fails.
    pub fn next(&mut self) -> io::Result<Option<Piece>> {
        loop {
            let mut text = Vec::new();
            let longest = self.limit as u64 + 1;
            if self.source.by_ref().take(longest).read_until(b'\n', &mut text)? == 0 {
                return Ok(None);
            }
            self.line += 1;
            let too_long = text.len() > self.limit && text.last() != Some(&b'\n');
            if too_long {
                self.skip_line()?;
            }
            text.truncate(text.trim_ascii_end().len());
            if !text.is_empty() {
                return Ok(Some(Piece { line: self.line, column: 0, text, too_long }));
            }
        }
    }

    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            let chunk = self.source.fill_buf()?;
            let end = memchr::memchr(b'\n', chunk);
            let used = end.map_or(chunk.len(), |at| at + 1);
            let ended = end.is_some() || used == 0;
            self.source.consume(used);
            if ended {
                return Ok(());
            }
        }
    }
}

/// The elements of a JSON list.
#[derive(Debug)]
pub struct Elements<R> {
    source: R,
    place: (usize, usize),
    limit: usize,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// In front of the list.
    Before,
    /// Behind `[`.
    First,
    /// Behind a comma.
    Next,
    /// Behind an element.
    After,
    /// Behind `]`.
    Done,
    /// Behind something wrong.
    Failed,
}

impl<R: BufRead> Elements<R> {
    /// An element may be `limit` bytes long.
    pub fn new(source: R, limit: usize) -> Self {
        Self { source, place: (1, 0), limit, state: State::Before }
    }

    /// The next element. A list that goes on or ends in a wrong way gives an empty one at that place, as the last.
    ///
    /// # Errors
    /// When the source fails.
    pub fn next(&mut self) -> io::Result<Option<Piece>> {
        while self.state != State::Failed {
            let byte = self.skip_blank()?;
            self.state = match (self.state, byte) {
                (State::Done, None) => return Ok(None),
                (State::Before, Some(b'[')) => self.pass(State::First)?,
                (State::First | State::After, Some(b']')) => self.pass(State::Done)?,
                (State::After, Some(b',')) => self.pass(State::Next)?,
                (State::First | State::Next, Some(first)) if first != b',' && first != b']' => {
                    self.state = State::After;
                    return self.element().map(Some);
                }
                _ => {
                    self.state = State::Failed;
                    let (line, column) = self.place;
                    return Ok(Some(Piece { line, column, text: Vec::new(), too_long: false }));
                }
            };
        }
        Ok(None)
    }

    fn pass(&mut self, state: State) -> io::Result<State> {
        self.source.fill_buf()?;
        self.source.consume(1);
        self.place.1 += 1;
        Ok(state)
    }

    /// The next byte that is not blank; it stays where it is.
    fn skip_blank(&mut self) -> io::Result<Option<u8>> {
        loop {
            let chunk = self.source.fill_buf()?;
            if chunk.is_empty() {
                return Ok(None);
            }
            let blank = chunk.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            let found = chunk.get(blank).copied();
            advance(&mut self.place, chunk.get(..blank).unwrap_or_default());
            self.source.consume(blank);
            if found.is_some() {
                return Ok(found);
            }
        }
    }

    /// Everything up to the comma or bracket that ends the element.
    fn element(&mut self) -> io::Result<Piece> {
        let (line, column) = self.place;
        let mut piece = Piece { line, column, text: Vec::new(), too_long: false };
        let mut scan = Scan::default();
        loop {
            let chunk = self.source.fill_buf()?;
            if chunk.is_empty() {
                if scan.depth > 0 || scan.in_text {
                    // It cannot be read, which says enough.
                    self.state = State::Failed;
                }
                return Ok(piece);
            }
            let end = scan.end(chunk);
            let used = end.unwrap_or(chunk.len());
            let part = chunk.get(..used).unwrap_or_default();
            let room = self.limit.saturating_sub(piece.text.len());
            piece.too_long |= part.len() > room;
            piece.text.extend_from_slice(part.get(..room).unwrap_or(part));
            advance(&mut self.place, part);
            self.source.consume(used);
            if end.is_some() {
                return Ok(piece);
            }
        }
    }
}

/// Moves a place (line from 1, bytes in that line) over some text.
fn advance(place: &mut (usize, usize), text: &[u8]) {
    match memchr::memrchr(b'\n', text) {
        Some(last) => *place = (place.0 + memchr::memchr_iter(b'\n', text).count(), text.len() - last - 1),
        None => place.1 += text.len(),
    }
}

/// How far an element goes, chunk by chunk.
#[derive(Debug, Default)]
struct Scan {
    depth: usize,
    in_text: bool,
    escaped: bool,
}

impl Scan {
    /// Where the element ends in the next chunk.
    fn end(&mut self, chunk: &[u8]) -> Option<usize> {
        let mut at = 0;
        while let Some(rest) = chunk.get(at..).filter(|rest| !rest.is_empty()) {
            if std::mem::take(&mut self.escaped) {
                at += 1;
                continue;
            }
            if self.in_text {
                let found = memchr::memchr2(b'"', b'\\', rest)?;
                at += found + 1;
                self.escaped = rest.get(found) == Some(&b'\\');
                self.in_text = self.escaped;
                continue;
            }
            let found = rest.iter().position(|byte| matches!(byte, b'"' | b'{' | b'}' | b'[' | b']' | b','))?;
            match rest.get(found) {
                Some(b'"') => self.in_text = true,
                Some(b'{' | b'[') => self.depth += 1,
                Some(b'}') => self.depth = self.depth.saturating_sub(1),
                Some(b']') if self.depth > 0 => self.depth -= 1,
                Some(b',') if self.depth > 0 => {}
                _ => return Some(at + found),
            }
            at += found + 1;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    fn elements(json: &str, chunk: usize) -> Vec<(String, usize, usize)> {
        let mut cut = Elements::new(BufReader::with_capacity(chunk, json.as_bytes()), 1000);
        let mut out = Vec::new();
        while let Some(piece) = cut.next().unwrap() {
            out.push((String::from_utf8(piece.text).unwrap(), piece.line, piece.column));
        }
        out
    }

    #[test]
    fn elements_are_cut_wherever_the_chunks_end() {
        let json = " [\n {\"a\": \"x, ]\\\"}\\\\\", \"b\": [1, {\"c\": []}]},\n\n  7 , {\"đ\": 1}\n]\n";
        for chunk in 1..40 {
            let found = elements(json, chunk);
            let texts: Vec<&str> = found.iter().map(|(text, ..)| text.trim()).collect();
            assert_eq!(texts, ["{\"a\": \"x, ]\\\"}\\\\\", \"b\": [1, {\"c\": []}]}", "7", "{\"đ\": 1}"], "{chunk}");
            let places: Vec<_> = found.iter().map(|(_, line, column)| (*line, *column)).collect();
            assert_eq!(places, [(2, 1), (4, 2), (4, 6)]);
        }
        assert_eq!(elements("[]", 8), []);
        assert_eq!(elements("[ \n]\n", 8), []);
    }

    #[test]
    fn what_is_no_list_ends_in_an_empty_element_at_its_place() {
        for (json, count, place) in
            [("[1,]", 2, (1, 3)), ("[1", 2, (1, 2)), ("[,1]", 1, (1, 1)), ("[1]\n x", 2, (2, 1)), ("", 1, (1, 0))]
        {
            let found = elements(json, 4);
            assert_eq!(found.len(), count, "{json}: {found:?}");
            let last = found.last().unwrap();
            assert_eq!((last.0.as_str(), last.1, last.2), ("", place.0, place.1), "{json}");
        }
        assert_eq!(elements("[{\"a\"", 4), [("{\"a\"".to_owned(), 1, 1)]);
    }

    #[test]
    fn lines_know_their_numbers_and_one_that_is_too_long_ends_nothing() {
        let mut lines = Lines::new(BufReader::with_capacity(3, &b"{}\r\n\n  \n12345678\nab"[..]), 6);
        let mut out = Vec::new();
        while let Some(piece) = lines.next().unwrap() {
            out.push((piece.line, piece.too_long));
        }
        assert_eq!(out, [(1, false), (4, true), (5, false)]);
        let mut long = Elements::new(&b"[\"abcdefgh\", 1]"[..], 6);
        assert!(long.next().unwrap().unwrap().too_long);
        assert_eq!(long.next().unwrap().unwrap().text, b"1");
    }
}
