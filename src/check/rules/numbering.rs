//! Labels in their order: gaps and repeats, per level.

use crate::check::subject::{Subject, whole};
use crate::model::{Block, Finding, Severity};
use crate::structure::Zone;

/// How a label counts.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Shape {
    /// `I.`, `II-`
    Roman,
    /// `i)`, `ii)`
    SmallRoman,
    /// `1.`, `1`
    Arabic,
    /// `1)`, `(1)`
    Bracketed,
    /// `2.1.`: what stands before the last number
    Decimal(Vec<u32>),
    /// `A.`
    Capital,
    /// `a)`, `đ.`
    Letter,
    /// `Điều 5.`, `Bước 2:`
    Word(String),
}

/// A label that was understood: its shape and the numbers that it may stand for (a letter counts in the Vietnamese
/// and in the English alphabet).
#[derive(Debug, Clone, PartialEq, Eq)]
struct Number {
    shape: Shape,
    values: Vec<u32>,
}

/// One level of numbering that is open.
struct Level {
    shape: Shape,
    /// The block that governs the entries: a list below a heading is a level of its own.
    parent: Option<u32>,
    last: Vec<u32>,
    /// Counters of the same shape that were interrupted by a list that starts anew.
    suspended: Vec<Vec<u32>>,
    label: String,
}

/// TD303 and TD304: a gap, a number twice in a row.
pub(super) fn sequence(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let mut levels: Vec<Level> = Vec::new();
    let mut zone = None;
    for block in subject.document.blocks.iter().filter(|block| block.cell.is_none()) {
        let here = subject.zone(block.id);
        if !matches!(here, Zone::Opening | Zone::Body | Zone::Annex) {
            continue;
        }
        if (here == Zone::Annex) != (zone == Some(Zone::Annex)) {
            levels.clear();
        }
        zone = Some(here);
        let Some(label) = block.label.as_deref() else { continue };
        let Some(number) = understand(label, &levels) else { continue };
        let parent = subject.structure.parents.get(block.id as usize).copied().flatten();
        step(&mut levels, block, parent, number, found);
    }
}

/// Takes one label in.
fn step(levels: &mut Vec<Level>, block: &Block, parent: Option<u32>, number: Number, found: &mut Vec<Finding>) {
    /// A bigger jump is no slip of numbering: the number is something else.
    const WIDEST: u32 = 5;
    /// Nesting beyond what anybody writes; older levels and counters are forgotten, so that a search stays short.
    const OPEN: usize = 64;
    let label = plain(block.label.as_deref().unwrap_or_default());
    let open = levels.iter().position(|level| level.shape == number.shape && level.parent == parent);
    let Some(at) = open else {
        if levels.len() == OPEN {
            levels.remove(0);
        }
        levels.push(Level { shape: number.shape, parent, last: number.values, suspended: Vec::new(), label });
        return;
    };
    levels.truncate(at + 1);
    let Some(level) = levels.last_mut() else { return };
    let finding = |code| {
        Finding::new(code, Severity::Warning, place(block))
            .with("label", label.clone())
            .with("previous", level.label.clone())
    };
    if follows(&level.last, &number.values) {
        // In order.
    } else if let Some(back) = level.suspended.iter().rposition(|last| follows(last, &number.values)) {
        level.suspended.truncate(back);
    } else if number.values.contains(&1) {
        if level.suspended.len() == OPEN {
            level.suspended.remove(0);
        }
        level.suspended.push(std::mem::take(&mut level.last));
    } else if level.suspended.is_empty() {
        if level.last == number.values {
            found.push(finding("TD304"));
        } else if level.last.iter().zip(&number.values).any(|(last, next)| last < next && next - last <= WIDEST) {
            found.push(finding("TD303"));
        }
    }
    level.last = number.values;
    level.label = label;
}

/// A label without its closing mark, as a sentence quotes it.
fn plain(label: &str) -> String {
    label.trim().trim_end_matches(['.', ':']).to_owned()
}

fn follows(last: &[u32], next: &[u32]) -> bool {
    last.iter().zip(next).any(|(last, next)| last + 1 == *next)
}

/// A label is not part of a block's text: the finding points to the line that it stands before.
fn place(block: &Block) -> Option<crate::model::Span> {
    Some(whole(block))
}

/// Reads a label; the open levels settle what `i)` or `V.` means.
fn understand(label: &str, levels: &[Level]) -> Option<Number> {
    let label = label.trim();
    let core = label.trim_start_matches('(').trim_end_matches(['.', ')', ':', '-', '–', '—', '/', ' ']);
    if core.is_empty() {
        return None;
    }
    if let Some((word, rest)) = core.rsplit_once(' ') {
        let value = rest.parse().ok().or_else(|| roman(rest))?;
        return Some(Number { shape: Shape::Word(word.to_lowercase()), values: vec![value] });
    }
    if core.starts_with(|c: char| c.is_ascii_digit()) {
        let mut parts = core.split('.').map(|part| part.parse::<u32>().ok()).collect::<Option<Vec<_>>>()?;
        let last = parts.pop().filter(|value| (1..100).contains(value))?;
        let shape = match (parts.is_empty(), label.ends_with(')')) {
            (false, _) => Shape::Decimal(parts),
            (true, true) => Shape::Bracketed,
            (true, false) => Shape::Arabic,
        };
        return Some(Number { shape, values: vec![last] });
    }
    let is_capital = core.chars().all(char::is_uppercase);
    let (letter, numeral) =
        if is_capital { (Shape::Capital, Shape::Roman) } else { (Shape::Letter, Shape::SmallRoman) };
    let as_letter = letter_values(core).map(|values| Number { shape: letter, values });
    let as_roman = roman(core).map(|value| Number { shape: numeral, values: vec![value] });
    match (as_letter, as_roman) {
        (Some(letter), Some(numeral)) => {
            let continues =
                |n: &Number| levels.iter().any(|level| level.shape == n.shape && follows(&level.last, &n.values));
            // C, D, L, M as numerals would be hundreds.
            let is_letter = continues(&letter) || numeral.values.iter().any(|value| *value >= 50);
            Some(if is_letter { letter } else { numeral })
        }
        (letter, numeral) => letter.or(numeral),
    }
}

/// Value of a Roman numeral up to 89.
fn roman(text: &str) -> Option<u32> {
    let digit = |c: char| match c.to_ascii_lowercase() {
        'i' => Some(1),
        'v' => Some(5),
        'x' => Some(10),
        'l' => Some(50),
        'c' => Some(100),
        'd' => Some(500),
        'm' => Some(1_000),
        _ => None,
    };
    let digits = text.chars().map(digit).collect::<Option<Vec<u32>>>()?;
    let following = digits.iter().skip(1).copied().chain([0]);
    let mut value: u32 = 0;
    let mut taken_off = 0;
    for (digit, next) in digits.iter().zip(following) {
        if *digit < next {
            taken_off += digit;
        } else {
            value = value.saturating_add(*digit);
        }
    }
    value.checked_sub(taken_off).filter(|value| *value > 0)
}

/// Place of a single letter in the Vietnamese and in the English alphabet; `đ` has only the first.
fn letter_values(text: &str) -> Option<Vec<u32>> {
    const VIETNAMESE: &str = "abcdđeghiklmnopqrstuvxy";
    const ENGLISH: &str = "abcdefghijklmnopqrstuvwxyz";
    let mut letters = text.chars().flat_map(char::to_lowercase);
    let (Some(letter), None) = (letters.next(), letters.next()) else { return None };
    let place = |alphabet: &str| alphabet.chars().position(|c| c == letter).and_then(|at| u32::try_from(at + 1).ok());
    let vietnamese = place(VIETNAMESE);
    // A letter that one alphabet lacks must not match in it by accident: no letter has place 1 000.
    const ABSENT: u32 = 1_000;
    let english = place(ENGLISH);
    (vietnamese.is_some() || english.is_some())
        .then(|| vec![vietnamese.unwrap_or(ABSENT), english.unwrap_or(ABSENT * 2)])
}

#[cfg(test)]
mod tests {
    use super::{Shape, roman, understand};
    use crate::check::rules::case::Case;

    fn codes(labels: &str) -> Vec<&'static str> {
        labels.split_whitespace().fold(Case::complete(), |case, label| case.item(label)).codes()
    }

    #[test]
    fn labels_are_understood() {
        let shape = |label| understand(label, &[]).map(|n| (n.shape, n.values));
        assert_eq!(shape("IV."), Some((Shape::Roman, vec![4])));
        assert_eq!(shape("1.2."), Some((Shape::Decimal(vec![1]), vec![2])));
        assert_eq!(shape("(3)"), Some((Shape::Bracketed, vec![3])));
        assert_eq!(shape("Điều 7."), Some((Shape::Word("điều".to_owned()), vec![7])));
        assert_eq!(shape("đ)"), Some((Shape::Letter, vec![5, 2_000])));
        assert_eq!(shape("-"), None);
        assert_eq!(shape("+"), None);
        assert_eq!(shape("2021."), None);
        assert_eq!((roman("XIV"), roman("XIX"), roman("IX"), roman("xyz")), (Some(14), Some(19), Some(9), None));
    }

    #[test]
    fn gaps_and_repeats_are_found_on_every_level() {
        assert_eq!(codes("1. 2. 4. 5."), ["TD303"]);
        assert_eq!(codes("I. 1. 2. II. 1. 3. III."), ["TD303"]);
        assert_eq!(codes("I. II. IV. V."), ["TD303"]);
        assert_eq!(codes("1. 2. 2. 3."), ["TD304"]);
        assert_eq!(codes("1. 1.1. 1.2. 1.4. 2. 2.1."), ["TD303"]);
        assert_eq!(codes("a) b) d)"), ["TD303"]);
        assert_eq!(codes("A. B. D."), ["TD303"]);
    }

    #[test]
    fn order_and_restarts_give_nothing() {
        for labels in [
            "I. 1. 2. a) b) 3. II. 1. 2. 3. III.",
            "a) b) c) d) đ) e) g) h) i) k) l)",
            "a) b) c) d) e) f) g) h) i) j) k)",
            "I. II. III. IV. V. VI.",
            "i) ii) iii) iv) v)",
            "G. H. I. K.",
            "1. 2. 3. 1. 2. 3.",
            "1. 2. 1. 2. 3. 3.",
            "1. 1. 2. 2.",
            "1. 1.1. 1.2. 2. 2.1. 2.2. 2.2.1. 2.2.2. 2.3. 3.",
            "- + - - +",
            "1. 60. 2.",
        ] {
            assert!(codes(labels).is_empty(), "{labels}: {:?}", codes(labels));
        }
    }

    #[test]
    fn a_list_below_a_heading_is_a_level_of_its_own() {
        let nested = |labels: [&str; 3]| {
            let case = Case::complete().item("1.");
            let heading = case.last_block();
            let [second, third, last] = labels;
            case.item("1.").below(heading).item(second).below(heading).item(third).below(heading).item(last).codes()
        };
        assert!(nested(["2.", "3.", "2."]).is_empty());
        assert_eq!(nested(["2.", "4.", "2."]), ["TD303"]);
        assert_eq!(nested(["2.", "3.", "3."]), ["TD303"]);
    }

    #[test]
    fn articles_count_through_and_anew_in_an_annex() {
        let case = Case::complete().item("Điều 1.").item("Điều 2.").item("Điều 3.").item("Điều 1.").item("Điều 2.");
        assert!(case.codes().is_empty());
        assert_eq!(Case::complete().item("Điều 1.").item("Điều 3.").codes(), ["TD303"]);
    }
}
