//! Fonts that show other signs than the character codes say: symbol fonts and Vietnamese fonts before Unicode.

use crate::language::legacy::{self, Legacy};

/// What a run's font makes of character codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::read) enum Font {
    /// Codes are Unicode.
    #[default]
    Unicode,
    /// Symbol.
    Symbol,
    /// Wingdings.
    Wingdings,
    /// Wingdings 2.
    Wingdings2,
    /// Wingdings 3, Webdings and other picture fonts without a table here.
    Pictures,
    /// Vietnamese before Unicode; `capitals`: the font shows small letters as capitals.
    Legacy { encoding: Legacy, capitals: bool },
}

impl Font {
    /// The font of this name.
    pub(in crate::read) fn named(name: &str) -> Self {
        match name {
            "Symbol" => Self::Symbol,
            "Wingdings" => Self::Wingdings,
            "Wingdings 2" => Self::Wingdings2,
            "Wingdings 3" | "Webdings" => Self::Pictures,
            _ => match legacy::of_font(name) {
                Some((encoding, capitals)) => Self::Legacy { encoding, capitals },
                None => Self::Unicode,
            },
        }
    }

    /// Whether the font shows signs instead of letters.
    pub(in crate::read) fn is_symbolic(self) -> bool {
        matches!(self, Self::Symbol | Self::Wingdings | Self::Wingdings2 | Self::Pictures)
    }
}

/// The sign that a symbol font shows for a code (0x20 … 0xFF, or 0xF020 … 0xF0FF), or `None` when it is not known.
pub(in crate::read) fn glyph(code: u32, font: Font) -> Option<char> {
    let byte = match code {
        0xF020..=0xF0FF => code - 0xF000,
        0x20..=0xFF => code,
        _ => return char::from_u32(code),
    };
    if byte == 0x20 || byte == 0xA0 && font == Font::Symbol {
        return Some(if byte == 0x20 { ' ' } else { '€' });
    }
    match font {
        Font::Wingdings => wingdings(byte),
        Font::Wingdings2 => wingdings2(byte),
        Font::Pictures => None,
        // A private code without a symbol font is a leftover of Symbol.
        Font::Symbol | Font::Unicode | Font::Legacy { .. } => symbol(byte),
    }
}

/// The bullet that a person sees; signs that cannot be named are shown as `•`.
pub(in crate::read) fn bullet(text: &str, font: Font) -> String {
    text.chars()
        .map(|c| {
            let private = matches!(c, '\u{F020}'..='\u{F0FF}');
            let shown = if private || font.is_symbolic() { glyph(c.into(), font).unwrap_or('•') } else { c };
            if matches!(shown, '\u{2212}' | '\u{AD}' | '\u{2010}' | '\u{2011}') { '-' } else { shown }
        })
        .collect()
}

fn symbol(byte: u32) -> Option<char> {
    const LOW: &str = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼";
    const HIGH: &str = "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…|—↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑";
    match byte {
        0x20..=0x7E => LOW.chars().nth(byte as usize - 0x20),
        0xA1..=0xE5 => HIGH.chars().nth(byte as usize - 0xA1),
        0xF1 => Some('〉'),
        0xF2 => Some('∫'),
        _ => None,
    }
}

fn wingdings(byte: u32) -> Option<char> {
    Some(match byte {
        0x21 => '✏',
        0x22 => '✂',
        0x23 => '✁',
        0x28 => '☎',
        0x29 => '✆',
        0x2A => '✉',
        0x36 => '⌛',
        0x3F => '✍',
        0x41 => '✌',
        0x45 => '☜',
        0x46 => '☞',
        0x47 => '☝',
        0x48 => '☟',
        0x4A => '☺',
        0x4C => '☹',
        0x51 => '✈',
        0x52 => '☼',
        0x54 => '❄',
        0x5B => '☯',
        0x6C => '●',
        0x6D => '❍',
        0x6E => '■',
        0x6F | 0xA8 => '□',
        0x70 => '❐',
        0x71 => '❑',
        0x72 => '❒',
        0x73 => '⬧',
        0x74 => '⧫',
        0x75 => '◆',
        0x76 => '❖',
        0x77 => '⬥',
        0x78 | 0xFD => '☒',
        0x80 => '⓪',
        0x81..=0x8A => char::from_u32(0x2460 + byte - 0x81)?,
        0x8B => '⓿',
        0x8C..=0x95 => char::from_u32(0x2776 + byte - 0x8C)?,
        0x9E => '·',
        0x9F => '•',
        0xA0 | 0xA7 => '▪',
        0xA1 => '○',
        0xA4 => '◉',
        0xA5 => '◎',
        0xAA => '✦',
        0xAB => '★',
        0xAC => '✶',
        0xAD => '✴',
        0xAE => '✹',
        0xB5 => '✪',
        0xB6 => '✰',
        0xD8 => '➢',
        0xDC => '➲',
        0xDF => '←',
        0xE0 => '→',
        0xE1 => '↑',
        0xE2 => '↓',
        0xE8 => '➔',
        0xEF => '⇦',
        0xF0 => '⇨',
        0xF1 => '⇧',
        0xF2 => '⇩',
        0xF3 => '⇔',
        0xFB => '✗',
        0xFC => '✓',
        0xFE => '☑',
        _ => return None,
    })
}

fn wingdings2(byte: u32) -> Option<char> {
    Some(match byte {
        0x4F => '✗',
        0x50 => '✓',
        0x51 | 0x53 => '☒',
        0x52 => '☑',
        0x97 | 0x98 => '●',
        0xA2 | 0xA1 => '■',
        0xA3 | 0x2A => '□',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bullets_are_what_a_person_sees() {
        assert_eq!(bullet("\u{F0B7}", Font::Symbol), "•");
        assert_eq!(bullet("\u{F02D}", Font::Symbol), "-");
        assert_eq!(bullet("\u{F0A7}", Font::Wingdings), "▪");
        assert_eq!(bullet("\u{F0D8}", Font::Wingdings), "➢");
        assert_eq!(bullet("\u{F001}", Font::Pictures), "\u{F001}");
        assert_eq!(bullet("\u{F041}", Font::Pictures), "•");
        assert_eq!(bullet("-", Font::Unicode), "-");
        assert_eq!(bullet("o", Font::Unicode), "o");
    }

    #[test]
    fn signs_of_symbol_fonts() {
        assert_eq!(glyph(0xF0B3, Font::Symbol), Some('≥'));
        assert_eq!(glyph(0x61, Font::Symbol), Some('α'));
        assert_eq!(glyph(0xE5, Font::Symbol), Some('∑'));
        assert_eq!(glyph(0xFE, Font::Wingdings), Some('☑'));
        assert_eq!(glyph(0xF052, Font::Wingdings2), Some('☑'));
        assert_eq!(glyph(0xF0FF, Font::Wingdings2), None);
    }
}
