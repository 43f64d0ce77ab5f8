//! Little-endian numbers at offsets that a file names: an offset outside of the bytes gives nothing.

/// Bytes of a stream.
#[derive(Debug, Clone, Copy)]
pub(in crate::read) struct Bytes<'b>(pub &'b [u8]);

impl<'b> Bytes<'b> {
    pub(in crate::read) fn len(self) -> usize {
        self.0.len()
    }

    pub(in crate::read) fn get(self, at: usize, len: usize) -> Option<&'b [u8]> {
        self.0.get(at..at.checked_add(len)?)
    }

    pub(in crate::read) fn part(self, at: usize, len: usize) -> Option<Self> {
        self.get(at, len).map(Self)
    }

    pub(in crate::read) fn from(self, at: usize) -> Option<Self> {
        self.0.get(at..).map(Self)
    }

    fn array<const N: usize>(self, at: usize) -> Option<[u8; N]> {
        self.get(at, N)?.try_into().ok()
    }

    pub(in crate::read) fn u8(self, at: usize) -> Option<u8> {
        self.0.get(at).copied()
    }

    pub(in crate::read) fn u16(self, at: usize) -> Option<u16> {
        self.array(at).map(u16::from_le_bytes)
    }

    pub(in crate::read) fn i16(self, at: usize) -> Option<i16> {
        self.array(at).map(i16::from_le_bytes)
    }

    pub(in crate::read) fn u32(self, at: usize) -> Option<u32> {
        self.array(at).map(u32::from_le_bytes)
    }

    pub(in crate::read) fn i32(self, at: usize) -> Option<i32> {
        self.array(at).map(i32::from_le_bytes)
    }

    /// An offset or length.
    pub(in crate::read) fn size(self, at: usize) -> Option<usize> {
        usize::try_from(self.u32(at)?).ok()
    }

    /// UTF-16 of this many units.
    pub(in crate::read) fn utf16(self, at: usize, units: usize) -> Option<String> {
        let bytes = self.get(at, units.checked_mul(2)?)?;
        Some(encoding_rs::UTF_16LE.decode_without_bom_handling(bytes).0.into_owned())
    }
}

/// A table of `n + 1` positions with `n` entries of a fixed size behind them (PLC).
#[derive(Debug, Clone, Copy)]
pub(in crate::read) struct Plc<'b> {
    bytes: Bytes<'b>,
    count: usize,
    size: usize,
}

impl<'b> Plc<'b> {
    pub(in crate::read) fn new(bytes: Bytes<'b>, size: usize) -> Self {
        Self { bytes, count: bytes.len().saturating_sub(4) / (size + 4), size }
    }

    pub(in crate::read) fn len(self) -> usize {
        self.count
    }

    /// Position where an entry begins; that of `len()` is where the last one ends.
    pub(in crate::read) fn position(self, index: usize) -> Option<u32> {
        self.bytes.u32(index.checked_mul(4)?).filter(|_| index <= self.count)
    }

    pub(in crate::read) fn entry(self, index: usize) -> Option<Bytes<'b>> {
        if index >= self.count {
            return None;
        }
        self.bytes.part((self.count + 1) * 4 + index * self.size, self.size)
    }
}
