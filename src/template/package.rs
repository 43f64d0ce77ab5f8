//! The Word file as a package: entries with their compressed bytes, written back as they are unless they change.

use crate::guard::{Limits, package as guarded};
use crate::model::InputError;
use flate2::{Compress, Compression, FlushCompress, Status};

/// One entry of a package.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Name, e.g. `word/document.xml`.
    pub name: String,
    /// Bytes as they are stored.
    pub raw: Vec<u8>,
    /// Size of the content.
    pub size: u32,
    /// Checksum of the content.
    pub crc: u32,
    /// `true` when deflated, `false` when stored.
    pub deflated: bool,
}

/// A package.
#[derive(Debug, Clone, Default)]
pub struct Package {
    /// Entries in their order.
    pub entries: Vec<Entry>,
    bytes: Vec<u8>,
    limits: Limits,
    exchanged: Vec<(String, Vec<u8>)>,
}

/// 1980-01-01, the first date that the format knows: every entry carries it, so that the same input gives the same
/// bytes.
const EPOCH: u32 = 0x0021_0000;

impl Package {
    /// Opens a package; the content of no entry is read yet.
    ///
    /// # Errors
    /// When the bytes are not an archive, or one that is damaged, encrypted, unsafe or too large.
    pub fn open(bytes: &[u8], limits: &Limits) -> Result<Self, InputError> {
        if bytes.is_empty() {
            return Err(InputError::Empty);
        }
        if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            return Err(InputError::Encrypted);
        }
        if !bytes.starts_with(b"PK") {
            return Err(InputError::Unsupported { found: "not a Word document" });
        }
        if bytes.len() as u64 > limits.input_bytes {
            return Err(InputError::TooLarge { what: "input bytes", limit: limits.input_bytes });
        }
        let mut entries = Vec::new();
        for raw in guarded::Package::open(bytes, limits)?.raw() {
            let too_large = |_| InputError::TooLarge { what: "bytes in one part", limit: limits.part_bytes };
            entries.push(Entry {
                name: raw.name.to_owned(),
                raw: raw.data.to_vec(),
                size: u32::try_from(raw.size).map_err(too_large)?,
                crc: raw.crc,
                deflated: raw.deflated,
            });
        }
        Ok(Self { entries, bytes: bytes.to_vec(), limits: limits.clone(), exchanged: Vec::new() })
    }

    /// Index of an entry.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<usize> {
        self.entries.iter().position(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// Content of an entry, or `None` when there is no such entry.
    ///
    /// # Errors
    /// When it is damaged or too large.
    pub fn content(&self, name: &str) -> Result<Option<Vec<u8>>, InputError> {
        if let Some((_, content)) = self.exchanged.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
            return Ok(Some(content.clone()));
        }
        guarded::Package::open(&self.bytes, &self.limits)?.read_optional(name)
    }

    /// Gives an entry new content, for good.
    pub fn exchange(&mut self, index: usize, content: Vec<u8>, level: u32) {
        if let Some(slot) = self.entries.get_mut(index) {
            *slot = Self::pack(&slot.name, &content, level);
            let name = slot.name.clone();
            self.exchanged.retain(|(known, _)| *known != name);
            self.exchanged.push((name, content));
        }
    }

    /// An entry of new content.
    #[must_use]
    pub fn pack(name: &str, content: &[u8], level: u32) -> Entry {
        Self::pack_into(Vec::new(), name, content, level, &mut Deflater::default())
    }

    /// As [`Package::pack`], into an empty buffer.
    #[must_use]
    pub fn pack_into(mut raw: Vec<u8>, name: &str, content: &[u8], level: u32, deflater: &mut Deflater) -> Entry {
        let deflated = deflater.deflate(content, level, &mut raw);
        let size = u32::try_from(content.len()).unwrap_or(u32::MAX);
        Entry { name: name.to_owned(), raw, size, crc: crc32fast::hash(content), deflated }
    }
}

/// Compresses; its tables, a few hundred kilobytes, serve again and again.
#[derive(Debug, Default)]
pub struct Deflater(Option<(u32, Compress)>);

impl Deflater {
    /// Adds the content to `out`, deflated at a level from 1 to 9; level 0 stores it. `true` when it is deflated.
    fn deflate(&mut self, content: &[u8], level: u32, out: &mut Vec<u8>) -> bool {
        let level = level.min(9);
        let start = out.len();
        if level > 0 && self.compress(content, level, out).is_ok() {
            return true;
        }
        out.truncate(start);
        out.extend_from_slice(content);
        false
    }

    fn compress(&mut self, content: &[u8], level: u32, out: &mut Vec<u8>) -> Result<(), flate2::CompressError> {
        if self.0.as_ref().is_none_or(|(known, _)| *known != level) {
            self.0 = Some((level, Compress::new(Compression::new(level), false)));
        }
        let Some((_, deflate)) = &mut self.0 else { return Ok(()) };
        deflate.reset();
        out.reserve(content.len() / 6 + 256);
        loop {
            let used = usize::try_from(deflate.total_in()).unwrap_or(usize::MAX);
            let input = content.get(used..).unwrap_or_default();
            if deflate.compress_vec(input, out, FlushCompress::Finish)? == Status::StreamEnd {
                return Ok(());
            }
            out.reserve(out.len().max(4096));
        }
    }
}

/// Writes entries as an archive.
#[must_use]
pub fn write<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Vec<u8> {
    let mut out = Vec::new();
    write_into(&mut out, entries);
    out
}

/// As [`write`], into an empty buffer.
pub fn write_into<'a>(out: &mut Vec<u8>, entries: impl IntoIterator<Item = &'a Entry>) {
    let entries: Vec<&Entry> = entries.into_iter().collect();
    let total: usize = entries.iter().map(|entry| entry.raw.len() + 2 * entry.name.len() + 80).sum();
    out.reserve(total + 64);
    let mut directory = Vec::with_capacity(entries.len() * 80);
    for entry in &entries {
        let offset = u32::try_from(out.len()).unwrap_or(u32::MAX);
        let mut header = Vec::with_capacity(26);
        header.extend(20_u16.to_le_bytes());
        header.extend((if entry.name.is_ascii() { 0_u16 } else { 0x0800 }).to_le_bytes());
        header.extend((if entry.deflated { 8_u16 } else { 0 }).to_le_bytes());
        header.extend(EPOCH.to_le_bytes());
        header.extend(entry.crc.to_le_bytes());
        header.extend(u32::try_from(entry.raw.len()).unwrap_or(u32::MAX).to_le_bytes());
        header.extend(entry.size.to_le_bytes());
        header.extend(u16::try_from(entry.name.len()).unwrap_or(u16::MAX).to_le_bytes());
        header.extend(0_u16.to_le_bytes());
        out.extend(b"PK\x03\x04");
        out.extend(&header);
        out.extend(entry.name.as_bytes());
        out.extend(&entry.raw);
        directory.extend(b"PK\x01\x02");
        directory.extend(20_u16.to_le_bytes());
        directory.extend(&header);
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(entry.name.as_bytes());
    }
    let start = u32::try_from(out.len()).unwrap_or(u32::MAX);
    let count = u16::try_from(entries.len()).unwrap_or(u16::MAX);
    out.extend(&directory);
    out.extend(b"PK\x05\x06");
    out.extend([0; 4]);
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(u32::try_from(directory.len()).unwrap_or(u32::MAX).to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend(0_u16.to_le_bytes());
}
