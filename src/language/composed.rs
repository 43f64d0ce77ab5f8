//! Composition (NFC) that takes along what belongs to each character.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::decompose_canonical;

/// Something that belongs to a character and can be joined with that of the next one.
pub trait Attached: Copy {
    /// What belongs to a character that was made of two.
    #[must_use]
    fn joined(self, other: Self) -> Self;
}

/// The characters in NFC, each with what belongs to the characters it was made of.
///
/// Composing neither adds nor removes decomposed characters, so counting them says which became which; where marks of one
/// letter change their order, they all stay with that letter.
#[must_use]
pub fn composed<A: Attached>(chars: &[(char, A)]) -> Vec<(char, A)> {
    let mut parts = chars.iter().flat_map(|&(c, attached)| std::iter::repeat_n(attached, decomposed_len(c)));
    let composed = chars.iter().map(|(c, _)| *c).nfc();
    let with_parts = |c| {
        let first = parts.next()?;
        let rest = parts.by_ref().take(decomposed_len(c) - 1);
        Some((c, rest.fold(first, A::joined)))
    };
    composed.map_while(with_parts).collect()
}

/// Characters of the canonical decomposition; at least one.
fn decomposed_len(c: char) -> usize {
    let mut count = 0;
    decompose_canonical(c, |_| count += 1);
    count.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    impl Attached for (usize, usize) {
        fn joined(self, other: Self) -> Self {
            (self.0.min(other.0), self.1.max(other.1))
        }
    }

    fn numbered(text: &str) -> Vec<(char, (usize, usize))> {
        text.chars().enumerate().map(|(at, c)| (c, (at, at + 1))).collect()
    }

    #[test]
    fn a_letter_keeps_all_that_it_was_made_of() {
        let found = composed(&numbered("xo\u{323}\u{302}i"));
        assert_eq!(found, [('x', (0, 1)), ('ộ', (1, 4)), ('i', (4, 5))]);
    }

    proptest! {
        #[test]
        fn the_text_is_nfc_and_nothing_attached_is_lost(text in "[a-zô\u{300}-\u{323}ạ가가 ]{0,30}") {
            let found = composed(&numbered(&text));
            prop_assert_eq!(found.iter().map(|(c, _)| *c).collect::<String>(), text.nfc().collect::<String>());
            prop_assert_eq!(found.first().map(|(_, at)| at.0).unwrap_or(0), 0);
            prop_assert_eq!(found.last().map(|(_, at)| at.1).unwrap_or(0), text.chars().count());
        }
    }
}
