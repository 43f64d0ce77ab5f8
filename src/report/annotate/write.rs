//! Notes one after the other, then the package.

use super::comments::{Comments, attribute, timestamp};
use super::origins::{Origins, Words};
use super::part::{Part, Rank, Removal};
use super::spot::{Ends, Spot};
use super::{Anchor, Annotated, How, Mode, Note, Outcome, Placed, look};
use crate::guard::write::xml_text;
use crate::model::{Fix, InputError, Look, Part as StoryPart, Span};
use crate::read::docx::Place;
use crate::template::DEFAULT_LEVEL;
use crate::template::package::{self, Entry, Package};
use crate::template::xml::NodeId;
use std::collections::BTreeMap;

/// Makes a copy of a Word document with notes.
///
/// # Errors
/// When the document cannot be read; see [`InputError`]. A note that finds no place is no error: see [`Placed`].
pub fn annotate(bytes: &[u8], notes: &[Note], how: &How) -> Outcome {
    let origins = Origins::of(bytes, how.coordinates, how.limits)?;
    write(bytes, &origins, notes, how)
}

/// The same for a document whose origins are known.
pub(super) fn write(bytes: &[u8], origins: &Origins, notes: &[Note], how: &How) -> Outcome {
    let package = Package::open(bytes, how.limits)?;
    let mut copy = Copy::open(&package, origins, how)?;
    let mut placed = Vec::with_capacity(notes.len());
    for note in notes {
        let fixed = match (&note.fix, how.mode) {
            (None, _) | (_, Mode::Comment) => false,
            (Some(fix), _) => copy.fix(fix)?,
        };
        let anchor = if how.mode == Mode::Apply { Anchor::Nowhere } else { copy.comment(note)? };
        placed.push(Placed { anchor, fixed });
    }
    let is_signed = package.entries.iter().any(|entry| entry.name.starts_with(SIGNATURES));
    Ok(Annotated { bytes: copy.finish()?, placed, is_signed })
}

/// Where a package keeps its electronic signatures.
const SIGNATURES: &str = "_xmlsignatures/";

/// A document that is being changed.
struct Copy<'a> {
    package: &'a Package,
    origins: &'a Origins,
    how: &'a How<'a>,
    /// Parts that were opened, by their index; the main part is always there.
    parts: BTreeMap<usize, Part>,
    comments: Comments,
    next_revision: i64,
    /// A header with the page number comes.
    has_number: bool,
}

impl<'a> Copy<'a> {
    fn open(package: &'a Package, origins: &'a Origins, how: &'a How) -> Result<Self, InputError> {
        let name = origins.parts.first().map_or("word/document.xml", String::as_str);
        let main = read_part(package, name)?;
        let comments = Comments::of(package, name, &main)?;
        let attribute = format!("{}id", main.made);
        let ids = (0..main.tree.nodes.len()).filter_map(|id| main.tree.attr(id, &attribute)?.parse::<i64>().ok());
        let next_revision = ids.max().map_or(1, |last| last.clamp(0, i64::from(i32::MAX / 2)) + 1);
        Ok(Self {
            package,
            origins,
            how,
            parts: BTreeMap::from([(0, main)]),
            comments,
            next_revision,
            has_number: false,
        })
    }

    fn part(&mut self, index: usize) -> Result<Option<&mut Part>, InputError> {
        if !self.parts.contains_key(&index) {
            let Some(name) = self.origins.parts.get(index) else { return Ok(None) };
            self.parts.insert(index, read_part(self.package, name)?);
        }
        Ok(self.parts.get_mut(&index))
    }

    /// Hangs a note's comment on its words, or as near as Word allows.
    fn comment(&mut self, note: &Note) -> Result<Anchor, InputError> {
        let Some((ends, is_exact)) = self.place(note)? else { return Ok(Anchor::Nowhere) };
        let mut paragraphs = note.paragraphs.clone();
        if !is_exact {
            paragraphs.insert(0, self.about(note));
        }
        let id = self.comments.add(&paragraphs, self.how);
        let Some(main) = self.parts.get_mut(&0) else { return Ok(Anchor::Nowhere) };
        let w = main.made.clone();
        let start = format!("{} {w}id=\"{id}\"/>", main.opening("commentRangeStart"));
        let end = format!(
            "{} {w}id=\"{id}\"/>{}>{} {w}id=\"{id}\"/>{}",
            main.opening("commentRangeEnd"),
            main.opening("r"),
            main.opening("commentReference"),
            main.closing("r")
        );
        if ends.start == ends.end {
            put(main, ends.start, Rank::Point, start + &end);
        } else {
            put(main, ends.start, Rank::Start, start);
            put(main, ends.end, Rank::End, end);
        }
        Ok(if is_exact { Anchor::Words } else { Anchor::Near })
    }

    /// Where a note's comment begins and ends in the main part, and whether that is at the words themselves.
    fn place(&mut self, note: &Note) -> Result<Option<(Ends, bool)>, InputError> {
        let beginning = |copy: &Self| {
            let words = copy.origins.beginning()?;
            copy.parts.get(&0)?.ends(&words, true)
        };
        let Some(span) = note.span else { return Ok(beginning(self).map(|ends| (ends, true))) };
        if let Some(words) = self.origins.words(note) {
            if words.part == 0 {
                if let Some(ends) = self.parts.get(&0).and_then(|main| main.ends(&words, true)) {
                    return Ok(Some((ends, ends.exact)));
                }
            } else if let Some(ends) = self.reference(words)? {
                return Ok(Some((ends, false)));
            }
        }
        let home = self.origins.homes(span.block).into_iter().find(|(part, _)| *part == 0);
        let around = home.and_then(|(_, home)| self.parts.get(&0)?.paragraph_ends(home));
        Ok(around.or_else(|| beginning(self)).map(|ends| (ends, false)))
    }

    /// The place of the reference to the note at the foot in which words stand.
    fn reference(&mut self, words: Words) -> Result<Option<Ends>, InputError> {
        let Some(part) = self.part(words.part)? else { return Ok(None) };
        let node = part.deepest(words.first.start as usize);
        let Some(entry) = part.tree.ancestors(node).find(|id| part.is_any(*id, &["footnote", "endnote"])) else {
            return Ok(None);
        };
        let kind = if part.is(entry, "footnote") { "footnoteReference" } else { "endnoteReference" };
        let Some(id) = part.tree.attr(entry, &format!("{}id", part.made)).map(str::to_owned) else { return Ok(None) };
        let Some(main) = self.parts.get(&0) else { return Ok(None) };
        let attribute = format!("{}id", main.made);
        let is_it = |node: &NodeId| main.is(*node, kind) && main.tree.attr(*node, &attribute) == Some(&id);
        let Some(found) = (0..main.tree.nodes.len()).find(is_it) else { return Ok(None) };
        let open = main.tree.node(found).open.clone();
        let narrow = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let place = Place { start: narrow(open.start), end: narrow(open.end) };
        Ok(main.ends(&Words { part: 0, first: place, last: place, point: None }, true))
    }

    /// What a comment is about that hangs on something else.
    fn about(&self, note: &Note) -> String {
        let texts = self.how.texts;
        let part = note.span.and_then(|span| self.origins.blocks.get(span.block as usize)).map(|block| block.part);
        let place = match part {
            Some(StoryPart::Header) => "report.place.header",
            Some(StoryPart::Footer) => "report.place.footer",
            Some(StoryPart::Note) => "report.place.note",
            Some(StoryPart::TextBox) => "report.place.text-box",
            Some(StoryPart::Comment) => "report.place.comment",
            Some(StoryPart::Body) | None => "annotate.place.paragraph",
        };
        let quotation: String = note.quotation.chars().take(300).collect();
        let key = if quotation.is_empty() { "annotate.about-place" } else { "annotate.about-words" };
        texts.get(key, &[("place", &texts.get(place, &[])), ("quotation", &quotation)])
    }

    /// Makes a correction, or proposes it. `false` when it has no place where it can be made safely.
    fn fix(&mut self, fix: &Fix) -> Result<bool, InputError> {
        match fix {
            Fix::Replace { span, with } => self.replace(*span, with),
            Fix::RemoveBlock { block } => self.remove_block(*block),
            Fix::Layout { blocks, look } => {
                // A tracked change of look tells a reader less than the comment does.
                if self.how.mode == Mode::Suggest {
                    return Ok(false);
                }
                let mut homes = Vec::new();
                for block in blocks {
                    homes.extend(self.origins.homes(*block));
                }
                if blocks.is_empty() {
                    let Some(main) = self.parts.get_mut(&0) else { return Ok(false) };
                    let is_done = look::apply(main, None, look);
                    self.has_number |= is_done && *look == Look::PageNumber;
                    return Ok(is_done);
                }
                let mut is_done = false;
                for (index, home) in homes {
                    if let Some(part) = self.part(index)? {
                        is_done |= look::apply(part, Some(home), look);
                    }
                }
                Ok(is_done)
            }
        }
    }

    fn replace(&mut self, span: Span, with: &str) -> Result<bool, InputError> {
        let Some(words) = self.origins.of_span(span) else { return Ok(false) };
        let is_tracked = self.how.mode == Mode::Suggest;
        let (deletion, insertion) = (self.revision(), self.revision());
        let how = self.how;
        let Some(part) = self.part(words.part)? else { return Ok(false) };
        let Some(ends) = part.ends(&words, false).filter(|ends| ends.exact) else { return Ok(false) };
        let Some(run) = part.run_of(words.last) else { return Ok(false) };
        let in_revision = |id: &NodeId| part.is_any(*id, &["ins", "moveTo"]);
        if is_tracked && part.tree.ancestors(run).any(|id| in_revision(&id)) {
            return Ok(false);
        }
        // Words in several paragraphs: the break between them would stay.
        if part.paragraph_of(words.first) != part.paragraph_of(words.last) {
            return Ok(false);
        }
        if words.point.is_none() {
            let tracked = is_tracked.then(|| change(part, "del", deletion, how));
            if !part.remove(Removal { range: ends.start.at..ends.end.at, tracked }) {
                return Ok(false);
            }
        }
        if !with.is_empty() {
            let node = part.tree.node(run);
            let properties = part.properties(run);
            let words_markup = format!(
                "{}{properties}{}{}",
                part.tree.slice(node.open.clone()),
                text_markup(part, with),
                part.tree.slice(node.close.clone())
            );
            let markup = if is_tracked {
                let (before, after) = change(part, "ins", insertion, how);
                before + &words_markup + &after
            } else {
                words_markup
            };
            let whole = node.open.end..node.close.start;
            let at = if ends.end.run == Some(run) {
                ends.end.at
            } else if words.point.is_some() && ends.end.at <= whole.start {
                whole.start
            } else {
                whole.end
            };
            part.put_inside(run, at, Rank::NewWords, markup);
        }
        Ok(true)
    }

    fn remove_block(&mut self, block: u32) -> Result<bool, InputError> {
        let is_tracked = self.how.mode == Mode::Suggest;
        let mut is_done = false;
        for (index, home) in self.origins.homes(block) {
            let (revision, how) = (self.revision(), self.how);
            let Some(part) = self.part(index)? else { continue };
            let Some(paragraph) = part.paragraph_of(home) else { continue };
            is_done |= if is_tracked {
                let node = part.tree.node(paragraph);
                let range = node.open.end..node.close.start;
                let tracked = Some(change(part, "del", revision, how));
                part.remove(Removal { range, tracked })
            } else {
                look::remove_paragraph(part, paragraph)
            };
        }
        Ok(is_done)
    }

    fn revision(&mut self) -> i64 {
        self.next_revision += 1;
        self.next_revision - 1
    }

    fn finish(mut self) -> Result<Vec<u8>, InputError> {
        let mut changed = self.comments.parts(self.package)?;
        if self.has_number {
            changed.extend(self.comments.number_parts(self.package)?);
        }
        for (index, part) in &mut self.parts {
            if let Some(name) = self.origins.parts.get(*index).filter(|_| part.is_changed()) {
                changed.push((name.clone(), part.write()));
            }
        }
        let mut entries: Vec<Entry> = self.package.entries.clone();
        for (name, content) in changed {
            let entry = Package::pack(&name, &content, DEFAULT_LEVEL);
            match self.package.find(&name).and_then(|at| entries.get_mut(at)) {
                Some(slot) => *slot = Entry { name: slot.name.clone(), ..entry },
                None => entries.push(entry),
            }
        }
        Ok(package::write(&entries))
    }
}

fn read_part(package: &Package, name: &str) -> Result<Part, InputError> {
    let bytes = package.content(name)?.ok_or_else(|| InputError::MissingPart { part: name.to_owned() })?;
    Part::read(name, &bytes)
}

/// Markup around runs of a tracked change.
fn change(part: &Part, kind: &str, id: i64, how: &How) -> (String, String) {
    let w = &part.made;
    let date = how.date.map_or(String::new(), |date| format!(" {w}date=\"{}\"", timestamp(date)));
    let open = format!("{} {w}id=\"{id}\" {w}author=\"{}\"{date}>", part.opening(kind), attribute(how.author));
    (open, part.closing(kind))
}

fn put(part: &mut Part, spot: Spot, rank: Rank, markup: String) {
    match spot.run {
        Some(run) => part.put_inside(run, spot.at, rank, markup),
        None => part.put_outside(spot.at, rank, markup),
    }
}

/// Text as the content of a run.
fn text_markup(part: &Part, text: &str) -> String {
    let mut out = String::new();
    for piece in text.split_inclusive(['\n', '\t']) {
        let words = piece.trim_end_matches(['\n', '\t']);
        if !words.is_empty() {
            out.push_str(&format!(
                "{} xml:space=\"preserve\">{}{}",
                part.opening("t"),
                xml_text(words),
                part.closing("t")
            ));
        }
        if piece.ends_with('\n') {
            out.push_str(&format!("{}/>", part.opening("br")));
        } else if piece.ends_with('\t') {
            out.push_str(&format!("{}/>", part.opening("tab")));
        }
    }
    out
}
