//! Passages that stand twice in one file: a pasted tail, a document saved after itself.
//!
//! Long blocks are looked up by their first and by their last characters; a hit is extended in both directions while
//! the blocks stay alike. Work is linear in the length of the document.

use crate::language::letter;
use crate::model::Block;
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher;

/// Letters and digits that identify the beginning or the end of a block.
const PROBE: usize = 48;
/// A copy has at least as many blocks ...
const MIN_BLOCKS: usize = 3;
/// ... and characters; or, when it is a single block, this many.
const MIN_CHARS: usize = 160;
const MIN_SINGLE: usize = 400;
/// Blocks of a repeated footer.
const MIN_FOOTER: usize = 4;
/// Bytes of a cut paragraph that is known by its end.
const CUT: usize = 24;

/// Repeated passages as (first block of the original, first block of the copy, number of blocks).
pub fn find(blocks: &[Block]) -> Vec<(u32, u32, u32)> {
    let mut heads: FxHashMap<u64, usize> = FxHashMap::default();
    let mut tails: FxHashMap<u64, usize> = FxHashMap::default();
    let mut copies: Vec<(u32, u32, u32)> = Vec::new();
    let mut recipients = None;
    let mut done = 0;
    let head_sketches = Sketches::of(blocks, |text| sketch(text.bytes()));
    let tail_sketches = Sketches::of(blocks, |text| sketch(text.bytes().rev()));
    for (at, block) in blocks.iter().enumerate() {
        if at < done {
            continue;
        }
        if block.text.starts_with("Nơi nhận") && block.text.len() < PROBE {
            // The list of recipients stands once in a document: the second one is a pasted tail, however short.
            let original = *recipients.get_or_insert(at);
            if original < at {
                let (first, copy, length) = extend(blocks, original, at, done);
                if length >= MIN_FOOTER {
                    copies.push((first as u32, copy as u32, length as u32));
                    done = copy + length;
                }
            }
            continue;
        }
        if block.text.len() < PROBE {
            continue;
        }
        let head = head_sketches.recurs(at).then(|| probe(block.text.chars())).flatten();
        let tail = tail_sketches.recurs(at).then(|| probe(block.text.chars().rev())).flatten();
        let original = [tail.and_then(|t| tails.get(&t)), head.and_then(|h| heads.get(&h))]
            .into_iter()
            .flatten()
            .copied()
            .find(|original| overlaps(&blocks[*original].text, &block.text));
        if let Some(original) = original {
            let (first, copy, length) = extend(blocks, original, at, done);
            if is_copy(blocks, copy, length) {
                copies.push((first as u32, copy as u32, length as u32));
                done = copy + length;
                continue;
            }
        }
        // The first place counts as the original.
        if let Some(head) = head {
            heads.entry(head).or_insert(at);
        }
        if let Some(tail) = tail {
            tails.entry(tail).or_insert(at);
        }
    }
    copies
}

fn letters(chars: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    chars.filter(|c| letter::is_word(*c)).map(letter::lower)
}

/// Numbers for the first (or last) letters of blocks that are cheaper than [`probe`] and equal wherever that is: most
/// blocks are unlike all others and need no closer look.
struct Sketches {
    all: Vec<Option<u64>>,
    /// Those that stand twice, in order.
    recurring: Vec<u64>,
}

impl Sketches {
    fn of(blocks: &[Block], sketch: impl Fn(&str) -> Option<u64>) -> Self {
        let all: Vec<Option<u64>> =
            blocks.iter().map(|block| if block.text.len() < PROBE { None } else { sketch(&block.text) }).collect();
        let mut sorted: Vec<u64> = all.iter().flatten().copied().collect();
        sorted.sort_unstable();
        let recurring = sorted.windows(2).filter(|pair| pair.first() == pair.last()).flat_map(<[u64]>::first).copied();
        Self { recurring: recurring.collect(), all }
    }

    /// Whether another block may have the same letters as this one.
    fn recurs(&self, at: usize) -> bool {
        let sketch = self.all.get(at).copied().flatten();
        sketch.is_some_and(|sketch| sketch == OTHER_SCRIPT || self.recurring.binary_search(&sketch).is_ok())
    }
}

/// Letters of ASCII that a sketch is made of; with those beyond ASCII among them they are no more than a probe has.
const SKETCHED: usize = 20;
/// The sketch of a text that has other letters.
const OTHER_SCRIPT: u64 = 0;

/// The letter of a byte in lower case, [`LEAD`] for the first byte of a letter beyond ASCII (and not of a dash or a
/// quotation mark), 0 for any other.
const LETTERS: [u8; 256] = {
    let mut letters = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        letters[byte] = match byte as u8 {
            letter @ (b'0'..=b'9' | b'a'..=b'z') => letter,
            letter @ b'A'..=b'Z' => letter | 0x20,
            0xC3..=0xE1 | 0xE3..=0xFF => LEAD,
            _ => 0,
        };
        byte += 1;
    }
    letters
};
const LEAD: u8 = 0xFF;

/// A sketch from the first of these bytes; `None` for a text that is too short for a probe.
fn sketch(bytes: impl Iterator<Item = u8>) -> Option<u64> {
    let (mut sketch, mut letters, mut others) = (1_u64, 0, 0);
    for byte in bytes {
        let letter = LETTERS.get(usize::from(byte)).copied().unwrap_or_default();
        let is_letter = (letter != 0) & (letter != LEAD);
        let with_letter = sketch.wrapping_mul(0x0100_0000_01b3) ^ u64::from(letter);
        sketch = if is_letter { with_letter } else { sketch };
        letters += usize::from(is_letter);
        others += usize::from(letter == LEAD);
        if (letters == SKETCHED) | (others > PROBE - SKETCHED) {
            return Some(if letters == SKETCHED { sketch } else { OTHER_SCRIPT });
        }
    }
    None
}

/// A number for the first letters; what has the same one is compared in full.
fn probe(chars: impl Iterator<Item = char>) -> Option<u64> {
    let mut hasher = FxHasher::default();
    let mut count = 0;
    for c in letters(chars).take(PROBE) {
        hasher.write_u32(c.into());
        count += 1;
    }
    (count == PROBE).then(|| hasher.finish())
}

/// Equal, or one is the end or the beginning of the other.
fn overlaps(original: &str, copy: &str) -> bool {
    agree(letters(original.chars().rev()), letters(copy.chars().rev()))
        || agree(letters(original.chars()), letters(copy.chars()))
}

fn agree(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> bool {
    a.zip(b).all(|(x, y)| x == y)
}

/// Extends a hit to neighbouring blocks that are alike, without letting copy and original touch.
fn extend(blocks: &[Block], original: usize, copy: usize, floor: usize) -> (usize, usize, usize) {
    let (mut first, mut start) = (original, copy);
    let cut = |a: &Block, b: &Block| b.text.len() >= CUT && a.text.ends_with(b.text.as_str());
    let same = |a: &Block, b: &Block| alike(a, b) || cut(a, b);
    while first > 0 && start > floor && start - 1 > original && same(&blocks[first - 1], &blocks[start - 1]) {
        first -= 1;
        start -= 1;
    }
    let mut end = copy + 1;
    while end < blocks.len() && original + (end - copy) < start && alike(&blocks[original + (end - copy)], &blocks[end])
    {
        end += 1;
    }
    (first, start, end - start)
}

/// Equal but for a few words: somebody mended one of the two.
fn alike(a: &Block, b: &Block) -> bool {
    if a.text == b.text {
        return true;
    }
    let longer = a.text.len().max(b.text.len());
    if a.text.len().min(b.text.len()) * 10 < longer * 8 {
        return false;
    }
    let (a, b) = (letter::lower_text(&a.text), letter::lower_text(&b.text));
    let (x, y) = (sorted_words(&a), sorted_words(&b));
    let mut common = 0;
    let (mut i, mut j) = (0, 0);
    while let (Some(p), Some(q)) = (x.get(i), y.get(j)) {
        match p.cmp(q) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                common += 1;
                i += 1;
                j += 1;
            }
        }
    }
    common * 10 >= x.len().max(y.len()) * 7 && common > 0
}

fn sorted_words(text: &str) -> Vec<&str> {
    let mut words: Vec<&str> = text.split(|c: char| !letter::is_word(c)).filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words
}

fn is_copy(blocks: &[Block], start: usize, length: usize) -> bool {
    let text: usize = blocks.iter().skip(start).take(length).map(|b| b.text.chars().count()).sum();
    (length >= MIN_BLOCKS && text >= MIN_CHARS) || text >= MIN_SINGLE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(texts: &[&str]) -> Vec<Block> {
        texts.iter().enumerate().map(|(id, text)| Block::paragraph(id as u32, *text)).collect()
    }

    const LONG: &str = "Trên đây là kế hoạch tổ chức đợt thi đua cao điểm chào mừng kỷ niệm ngày thành lập Hội, đề nghị các \
                        chi hội nghiêm túc triển khai thực hiện và báo cáo kết quả về Hội Liên hiệp Phụ nữ xã.";

    #[test]
    fn a_pasted_tail_is_found_though_its_first_block_is_cut_and_a_word_was_mended() {
        let cut = LONG.split_at(LONG.find("thi đua").expect("in the text")).1;
        let file = blocks(&[
            "KẾ HOẠCH",
            LONG,
            "Nơi nhận:",
            "Đảng ủy xã (báo cáo)",
            "Lưu: VT.",
            "Trần Thị Mai",
            cut,
            "Nơi nhận:",
            "Đảng uỷ xã (báo cáo)",
            "Lưu: VT.",
            "Trần Thị Mai",
        ]);
        assert_eq!(find(&file), [(1, 6, 5)]);
    }

    #[test]
    fn a_pasted_footer_is_found_with_the_few_words_before_it() {
        let footer = ["Nơi nhận:", "Hội xã;", "Lưu.", "CHỦ TỊCH", "Trần Thị Mai"];
        let texts = [
            &["Mọi vướng mắc xin gọi (số điện thoại 0123) để được hướng dẫn."],
            &footer[..],
            &["0123) để được hướng dẫn."],
            &footer,
        ]
        .concat();
        assert_eq!(find(&blocks(&texts)), [(0, 6, 6)]);
    }

    #[test]
    fn a_document_saved_twice_is_found_once() {
        let texts = ["KẾ HOẠCH", "Tổ chức phong trào", LONG, "Nơi nhận:", "Trần Thị Mai"];
        let file = blocks(&[texts, texts].concat());
        assert_eq!(find(&file), [(0, 5, 5)]);
    }

    #[test]
    fn a_sentence_that_recurs_is_no_copy() {
        let again = "Thực hiện theo đúng quy định của cấp trên về công tác thi đua, khen thưởng hiện hành.";
        assert_eq!(find(&blocks(&["a) Tập thể", again, "b) Cá nhân", again, "c) Hộ gia đình", again])), []);
    }
}
