//! Property modifiers (sprm): a code of two bytes, then an operand whose size the code tells.

use crate::read::bytes::Bytes;

/// One property with its operand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sprm<'s> {
    pub code: u16,
    pub operand: Bytes<'s>,
}

impl Sprm<'_> {
    /// The first byte of the operand.
    pub(super) fn byte(&self) -> u8 {
        self.operand.u8(0).unwrap_or_default()
    }

    pub(super) fn word(&self) -> u16 {
        self.operand.u16(0).unwrap_or_default()
    }

    pub(super) fn long(&self) -> u32 {
        self.operand.u32(0).unwrap_or_default()
    }
}

/// Definition of a table row: its length has two bytes.
pub(super) const TABLE_ROW: u16 = 0xD608;
/// Tab stops: the length byte may be 255 for "as long as it takes".
const TAB_STOPS: u16 = 0xC615;

/// The modifiers in a list of them; the list ends where it is cut off.
pub(super) fn each<'s>(list: Bytes<'s>) -> impl Iterator<Item = Sprm<'s>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let code = list.u16(at)?;
        let start = at + 2;
        let (operand, len) = match code >> 13 {
            0 | 1 => (start, 1),
            2 | 4 | 5 => (start, 2),
            3 => (start, 4),
            7 => (start, 3),
            _ if code == TABLE_ROW => (start + 2, usize::from(list.u16(start)?).checked_sub(1)?),
            _ if code == TAB_STOPS && list.u8(start)? == 255 => {
                let deleted = usize::from(list.u8(start + 1)?);
                let added = usize::from(list.u8(start + 2 + deleted * 4)?);
                (start + 1, 2 + deleted * 4 + added * 3)
            }
            _ => (start + 1, usize::from(list.u8(start)?)),
        };
        at = operand + len;
        Some(Sprm { code, operand: list.part(operand, len)? })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_come_from_the_code() {
        let list = [0x35, 0x08, 1, 0x4F, 0x4A, 7, 0, 0x08, 0xD6, 3, 0, 9, 9, 0x36, 0x08, 0];
        let found: Vec<(u16, usize)> = each(Bytes(&list)).map(|sprm| (sprm.code, sprm.operand.len())).collect();
        assert_eq!(found, [(0x0835, 1), (0x4A4F, 2), (0xD608, 2), (0x0836, 1)]);
        assert_eq!(each(Bytes(&list[..4])).count(), 1);
    }
}
