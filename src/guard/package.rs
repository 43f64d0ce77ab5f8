//! The one door for archives (OPC packages, which are ZIP files).
//!
//! A document is read only through the directory that this module has checked: general ZIP libraries let the last of
//! two equal names win, believe declared sizes and open what no office program writes. Here a package with two parts
//! of one name, with names that lead elsewhere, with overlapping or encrypted entries is refused, and a part costs no
//! more than the limits allow, whatever its header says.

use super::Limits;
use crate::model::InputError;
use flate2::{Decompress, FlushDecompress, Status};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;

const LOCAL: &[u8] = b"PK\x03\x04";
const CENTRAL: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";
const END64: &[u8] = b"PK\x06\x06";
const LOCATOR64: &[u8] = b"PK\x06\x07";
const END_SIZE: usize = 22;

/// An opened package: its directory is checked, its parts are inflated on demand.
#[derive(Debug)]
pub struct Package<'b> {
    bytes: &'b [u8],
    entries: Vec<Entry>,
    /// Lower-case name → index in `entries`; part names are equal without regard to case.
    index: HashMap<String, usize>,
    part_bytes: u64,
    /// What may still be read of all parts together.
    budget: Cell<u64>,
    total_bytes: u64,
}

thread_local! {
    /// Its tables cost more to set up than a small part costs to inflate.
    static INFLATER: RefCell<Decompress> = RefCell::new(Decompress::new(false));
}

/// An entry as it is stored.
#[derive(Debug, Clone, Copy)]
pub struct Raw<'p> {
    /// Name of the part.
    pub name: &'p str,
    /// Bytes as stored.
    pub data: &'p [u8],
    /// Deflated, or stored as they are.
    pub deflated: bool,
    /// CRC-32 of the content, as declared.
    pub crc: u32,
    /// Uncompressed size in bytes, as declared.
    pub size: u64,
}

#[derive(Debug)]
struct Entry {
    name: String,
    deflated: bool,
    crc: u32,
    /// Uncompressed size as declared; serves only as a first guess of the buffer.
    declared: u64,
    data: std::ops::Range<usize>,
}

impl<'b> Package<'b> {
    /// Opens a package and checks its directory.
    ///
    /// # Errors
    /// [`InputError::Archive`] when it is damaged, [`InputError::Unsafe`] when it does what no office program does,
    /// [`InputError::Encrypted`] when an entry is encrypted, [`InputError::TooLarge`] when it has too many entries.
    pub fn open(bytes: &'b [u8], limits: &Limits) -> Result<Self, InputError> {
        let directory = Directory::find(bytes)?;
        if directory.count > limits.entries as u64 {
            return Err(Limits::exceeded("archive entries", limits.entries as u64));
        }
        let mut package = Self {
            bytes,
            entries: Vec::new(),
            index: HashMap::new(),
            part_bytes: limits.part_bytes,
            budget: Cell::new(limits.total_bytes),
            total_bytes: limits.total_bytes,
        };
        let mut at = directory.start;
        for _ in 0..directory.count {
            at = package.add(at, directory.start)?;
        }
        if at != directory.end {
            return Err(unsafe_archive("its directory holds more entries than it declares"));
        }
        package.refuse_overlap()?;
        Ok(package)
    }

    /// Names of the parts, in the order of the directory.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.name.as_str())
    }

    /// The entries as they are stored, in the order of the directory, for copying them as they are.
    pub fn raw(&self) -> impl Iterator<Item = Raw<'_>> {
        self.entries.iter().map(|entry| Raw {
            name: &entry.name,
            data: self.bytes.get(entry.data.clone()).unwrap_or_default(),
            deflated: entry.deflated,
            crc: entry.crc,
            size: entry.declared,
        })
    }

    /// Whether there is a part of this name (without leading `/`, in any case of letters).
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.index.contains_key(&name.to_lowercase())
    }

    /// The uncompressed bytes of a part.
    ///
    /// # Errors
    /// When the part is missing, damaged (also: its checksum does not match) or too large.
    pub fn read(&self, name: &str) -> Result<Vec<u8>, InputError> {
        self.read_optional(name)?.ok_or_else(|| InputError::MissingPart { part: name.to_owned() })
    }

    /// Like [`Package::read`], with `None` for a part that is not there.
    ///
    /// # Errors
    /// When the part is damaged or too large.
    pub fn read_optional(&self, name: &str) -> Result<Option<Vec<u8>>, InputError> {
        let Some(entry) = self.index.get(&name.to_lowercase()).and_then(|&at| self.entries.get(at)) else {
            return Ok(None);
        };
        let data = self.bytes.get(entry.data.clone()).ok_or_else(truncated)?;
        let cap = self.part_bytes.min(self.budget.get());
        let inflate = |inflater: &RefCell<_>| inflated(&mut inflater.borrow_mut(), data, entry.declared, cap);
        let part = if entry.deflated { INFLATER.with(inflate) } else { Some(first(data, cap)) };
        if part.as_ref().is_some_and(|part| part.len() as u64 > cap) {
            return Err(if cap < self.part_bytes {
                Limits::exceeded("uncompressed bytes", self.total_bytes)
            } else {
                Limits::exceeded("uncompressed bytes in one part", self.part_bytes)
            });
        }
        let part = part.ok_or_else(|| archive(format!("part {} cannot be inflated", quoted(&entry.name))))?;
        if crc32fast::hash(&part) != entry.crc {
            return Err(archive(format!("the checksum of part {} does not match", quoted(&entry.name))));
        }
        self.budget.set(self.budget.get().saturating_sub(part.len() as u64));
        Ok(Some(part))
    }

    /// Checks the directory entry at `at` and adds it; returns the place of the next one.
    fn add(&mut self, at: usize, directory_start: usize) -> Result<usize, InputError> {
        let header = Fields { bytes: self.bytes, at };
        header.expect(CENTRAL)?;
        let (flags, method, crc) = (header.u16(8)?, header.u16(10)?, header.u32(16)?);
        let (name_len, extra_len, comment_len) = (header.u16(28)?, header.u16(30)?, header.u16(32)?);
        let raw_name = header.slice(46, name_len.into())?;
        let extra = header.slice(46 + usize::from(name_len), extra_len.into())?;
        let mut sizes = [header.u32(24)?.into(), header.u32(20)?.into(), u64::from(header.u32(42)?)];
        widen(&mut sizes, extra);
        let [declared, compressed, offset] = sizes;

        let name = String::from_utf8_lossy(raw_name).into_owned();
        check_name(&name)?;
        if header.u32(38)? >> 28 == 0xA {
            return Err(unsafe_archive(format!("part {} is a symbolic link", quoted(&name))));
        }
        if flags & 0x2041 != 0 {
            return Err(InputError::Encrypted);
        }
        if method != 0 && method != 8 {
            return Err(unsafe_archive(format!("part {} is compressed by method `{method}`", quoted(&name))));
        }
        let data = self.data(&name, raw_name, method, offset, compressed)?;
        if data.end > directory_start {
            return Err(unsafe_archive(format!("part {} reaches into the directory", quoted(&name))));
        }
        let next = at + 46 + usize::from(name_len) + usize::from(extra_len) + usize::from(comment_len);
        if self.index.insert(name.to_lowercase(), self.entries.len()).is_some() {
            return Err(unsafe_archive(format!("part {} is there twice", quoted(&name))));
        }
        self.entries.push(Entry { name, deflated: method == 8, crc, declared, data });
        Ok(next)
    }

    /// The place of an entry's data; its local header must agree with the directory.
    fn data(
        &self,
        name: &str,
        raw_name: &[u8],
        method: u16,
        offset: u64,
        compressed: u64,
    ) -> Result<std::ops::Range<usize>, InputError> {
        let local = Fields { bytes: self.bytes, at: usize::try_from(offset).map_err(|_| truncated())? };
        local.expect(LOCAL)?;
        let (name_len, extra_len) = (local.u16(26)?, local.u16(28)?);
        if local.slice(30, name_len.into())? != raw_name || local.u16(8)? != method {
            return Err(unsafe_archive(format!("part {} has two names or methods", quoted(name))));
        }
        let start = local.at + 30 + usize::from(name_len) + usize::from(extra_len);
        let end = usize::try_from(compressed).ok().and_then(|size| start.checked_add(size)).ok_or_else(truncated)?;
        if end > self.bytes.len() {
            return Err(truncated());
        }
        Ok(start..end)
    }

    fn refuse_overlap(&self) -> Result<(), InputError> {
        let mut places: Vec<_> = self.entries.iter().map(|entry| &entry.data).filter(|data| !data.is_empty()).collect();
        places.sort_by_key(|data| data.start);
        if places.windows(2).any(|pair| matches!(pair, [a, b] if a.end > b.start)) {
            return Err(unsafe_archive("its entries overlap"));
        }
        Ok(())
    }
}

/// Place of the central directory.
struct Directory {
    start: usize,
    end: usize,
    count: u64,
}

impl Directory {
    /// Finds the one end record in the last 64 KiB; two of them mean two readings of one file.
    fn find(bytes: &[u8]) -> Result<Self, InputError> {
        let tail = bytes.len().saturating_sub(END_SIZE + usize::from(u16::MAX));
        let mut found = None;
        for at in memchr::memmem::find_iter(bytes.get(tail..).unwrap_or_default(), END) {
            let Ok(directory) = Self::at(bytes, tail + at) else { continue };
            if found.replace(directory).is_some() {
                return Err(unsafe_archive("it has two directories"));
            }
        }
        found.ok_or_else(|| archive("its end is missing, the file is truncated"))
    }

    fn at(bytes: &[u8], at: usize) -> Result<Self, InputError> {
        let end = Fields { bytes, at };
        let comment = end.u16(20)?;
        end.slice(END_SIZE, comment.into())?;
        let mut count = u64::from(end.u16(10)?);
        let mut size = u64::from(end.u32(12)?);
        let mut start = u64::from(end.u32(16)?);
        let mut limit = at;
        if count == 0xFFFF || size == 0xFFFF_FFFF || start == 0xFFFF_FFFF {
            let locator = Fields { bytes, at: at.checked_sub(20).ok_or_else(truncated)? };
            locator.expect(LOCATOR64)?;
            limit = usize::try_from(locator.u64(8)?).map_err(|_| truncated())?;
            let wide = Fields { bytes, at: limit };
            wide.expect(END64)?;
            (count, size, start) = (wide.u64(32)?, wide.u64(40)?, wide.u64(48)?);
        }
        let start = usize::try_from(start).map_err(|_| truncated())?;
        let end = usize::try_from(size).ok().and_then(|size| start.checked_add(size)).ok_or_else(truncated)?;
        if end > limit {
            return Err(truncated());
        }
        if count > 0 {
            Fields { bytes, at: start }.expect(CENTRAL)?;
        }
        Ok(Self { start, end, count })
    }
}

/// The bytes that these stand for, as far as the first one beyond the cap; `None` when they are damaged.
fn inflated(inflater: &mut Decompress, data: &[u8], declared: u64, cap: u64) -> Option<Vec<u8>> {
    inflater.reset(false);
    let bytes = |bytes: u64| usize::try_from(bytes).unwrap_or(usize::MAX);
    // One byte more, so that a part of the declared size is known to have ended.
    let mut part = Vec::with_capacity(bytes(declared.min(cap).min(16 << 20)) + 1);
    loop {
        let (read, length) = (inflater.total_in(), part.len());
        let rest = data.get(bytes(read)..).unwrap_or_default();
        let status = inflater.decompress_vec(rest, &mut part, FlushDecompress::Finish);
        if part.len() as u64 > cap || matches!(status, Ok(Status::StreamEnd)) {
            return Some(part);
        }
        let is_full = part.len() == part.capacity();
        if status.is_err() || (!is_full && inflater.total_in() == read && part.len() == length) {
            return None;
        }
        if is_full {
            part.reserve_exact(part.len().max(4096).min(bytes(cap - part.len() as u64).saturating_add(1)));
        }
    }
}

/// Stored bytes as far as the first one beyond the cap.
fn first(data: &[u8], cap: u64) -> Vec<u8> {
    let length = usize::try_from(cap).unwrap_or(usize::MAX).saturating_add(1).min(data.len());
    data.get(..length).unwrap_or_default().to_vec()
}

/// Replaces the sizes that did not fit by those of the ZIP64 extra field.
fn widen(sizes: &mut [u64; 3], extra: &[u8]) {
    let mut fields = Fields { bytes: extra, at: 0 };
    while let (Ok(id), Ok(size)) = (fields.u16(0), fields.u16(2)) {
        if id == 1 {
            let mut at = 4;
            for value in sizes.iter_mut().filter(|value| **value == 0xFFFF_FFFF) {
                let Ok(wide) = fields.u64(at) else { return };
                *value = wide;
                at += 8;
            }
            return;
        }
        fields.at += 4 + usize::from(size);
    }
}

fn check_name(name: &str) -> Result<(), InputError> {
    let drive = name.as_bytes().get(1) == Some(&b':');
    let leads_elsewhere =
        name.starts_with('/') || name.contains(['\\', '\0']) || name.split('/').any(|step| step == "..");
    if name.is_empty() || drive || leads_elsewhere {
        return Err(unsafe_archive(format!("the name {} leads out of the package", quoted(name))));
    }
    Ok(())
}

/// Little-endian fields relative to a place.
struct Fields<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl Fields<'_> {
    fn slice(&self, offset: usize, len: usize) -> Result<&[u8], InputError> {
        let start = self.at.checked_add(offset).ok_or_else(truncated)?;
        start.checked_add(len).and_then(|end| self.bytes.get(start..end)).ok_or_else(truncated)
    }

    fn array<const N: usize>(&self, offset: usize) -> Result<[u8; N], InputError> {
        self.slice(offset, N)?.try_into().map_err(|_| truncated())
    }

    fn u16(&self, offset: usize) -> Result<u16, InputError> {
        self.array(offset).map(u16::from_le_bytes)
    }

    fn u32(&self, offset: usize) -> Result<u32, InputError> {
        self.array(offset).map(u32::from_le_bytes)
    }

    fn u64(&self, offset: usize) -> Result<u64, InputError> {
        self.array(offset).map(u64::from_le_bytes)
    }

    fn expect(&self, signature: &[u8]) -> Result<(), InputError> {
        if self.slice(0, signature.len())? == signature {
            Ok(())
        } else {
            Err(archive(format!("no entry header at byte `{}`", self.at)))
        }
    }
}

/// A name out of the archive, between the marks that tell it from our own words, without characters that act on a
/// terminal.
fn quoted(name: &str) -> String {
    let shown: String = name.chars().map(|c| if c.is_control() || c == '`' { '?' } else { c }).take(200).collect();
    format!("`{shown}`")
}

fn archive(reason: impl Into<String>) -> InputError {
    InputError::Archive { reason: reason.into() }
}

fn unsafe_archive(reason: impl Into<String>) -> InputError {
    InputError::Unsafe { reason: reason.into() }
}

fn truncated() -> InputError {
    archive("it ends before its content does")
}
