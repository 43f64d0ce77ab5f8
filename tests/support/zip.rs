//! An archive writer that can lie.

use std::io::Write;

/// One entry; the fields that an honest writer would compute may be overridden.
#[derive(Clone, Default)]
pub struct Entry {
    pub name: String,
    pub data: Vec<u8>,
    pub deflate: bool,
    /// Method number to write instead of the true one.
    pub method: Option<u16>,
    /// Uncompressed size to declare.
    pub declared: Option<u32>,
    pub crc: Option<u32>,
    pub flags: u16,
    /// Upper half of the external attributes: the Unix mode.
    pub mode: u16,
    /// Sizes stand after the data, as streaming writers put them.
    pub streamed: bool,
    /// Offset of the local header to declare.
    pub offset: Option<u32>,
}

impl Entry {
    pub fn new(name: &str, data: impl Into<Vec<u8>>) -> Self {
        Self { name: name.to_owned(), data: data.into(), deflate: true, ..Self::default() }
    }
}

pub fn build(entries: &[Entry]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut directory = Vec::new();
    for entry in entries {
        let offset = out.len() as u32;
        let packed = if entry.deflate { deflate(&entry.data) } else { entry.data.clone() };
        let method = entry.method.unwrap_or(if entry.deflate { 8 } else { 0 });
        let mut crc = flate2::Crc::new();
        crc.update(&entry.data);
        let crc = entry.crc.unwrap_or(crc.sum());
        let size = entry.declared.unwrap_or(entry.data.len() as u32);
        let flags = entry.flags | if entry.streamed { 8 } else { 0 };
        let sizes = [crc, packed.len() as u32, size];
        let shown = if entry.streamed { [0; 3] } else { sizes };

        out.extend(b"PK\x03\x04");
        halves(&mut out, &[20, flags, method, 0, 0x21]);
        words(&mut out, &shown);
        halves(&mut out, &[entry.name.len() as u16, 0]);
        out.extend(entry.name.as_bytes());
        out.extend(&packed);
        if entry.streamed {
            out.extend(b"PK\x07\x08");
            words(&mut out, &sizes);
        }

        directory.extend(b"PK\x01\x02");
        halves(&mut directory, &[0x0314, 20, flags, method, 0, 0x21]);
        words(&mut directory, &sizes);
        halves(&mut directory, &[entry.name.len() as u16, 0, 0, 0, 0]);
        words(&mut directory, &[u32::from(entry.mode) << 16, entry.offset.unwrap_or(offset)]);
        directory.extend(entry.name.as_bytes());
    }
    let start = out.len() as u32;
    out.extend(&directory);
    out.extend(end(entries.len() as u16, directory.len() as u32, start));
    out
}

/// An end record without a comment.
pub fn end(count: u16, size: u32, start: u32) -> Vec<u8> {
    let mut out = b"PK\x05\x06".to_vec();
    halves(&mut out, &[0, 0, count, count]);
    words(&mut out, &[size, start]);
    halves(&mut out, &[0]);
    out
}

fn deflate(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::new(6));
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

fn halves(out: &mut Vec<u8>, values: &[u16]) {
    values.iter().for_each(|value| out.extend(value.to_le_bytes()));
}

fn words(out: &mut Vec<u8>, values: &[u32]) {
    values.iter().for_each(|value| out.extend(value.to_le_bytes()));
}
