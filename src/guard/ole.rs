//! OLE compound files that come under the name of a document: encrypted packages and the formats before 2007.

use crate::model::InputError;
use std::io::Cursor;

const MAGIC: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Whether the bytes are an OLE compound file.
#[must_use]
pub fn is_compound(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC)
}

/// What a compound file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// A Word document of the form before 2007.
    Document,
    /// A workbook of the form before 2007.
    Workbook,
}

/// What a compound file holds: the streams of its outermost storage tell. Those of what is embedded in it do not.
///
/// # Errors
/// [`InputError::Encrypted`] for an encrypted package, [`InputError::Unsupported`] for what is not read.
pub fn content(bytes: &[u8]) -> Result<Content, InputError> {
    let file = cfb::CompoundFile::open(Cursor::new(bytes)).ok();
    let has = |stream: &str| match &file {
        Some(file) => file.exists(stream),
        // Its reader will say what is wrong with it.
        None => {
            let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
            memchr::memmem::find(bytes, &name).is_some()
        }
    };
    if has("EncryptedPackage") || has("EncryptionInfo") {
        Err(InputError::Encrypted)
    } else if has("WordDocument") {
        Ok(Content::Document)
    } else if has("PowerPoint Document") {
        Err(InputError::Unsupported { found: "a workbook or presentation" })
    } else if has("Workbook") {
        Ok(Content::Workbook)
    } else if has("Book") {
        Err(InputError::Unsupported { found: "a workbook of the form before 1997" })
    } else {
        Err(InputError::Unsupported { found: "a compound file without a document" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compound(stream: &str) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.resize(512, 0);
        bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    }

    #[test]
    fn a_password_is_told_from_an_old_format() {
        assert!(matches!(content(&compound("EncryptedPackage")), Err(InputError::Encrypted)));
        assert!(matches!(content(&compound("WordDocument")), Ok(Content::Document)));
        assert!(is_compound(&compound("WordDocument")) && !is_compound(b"PK\x03\x04"));
    }

    #[test]
    fn what_is_embedded_is_not_what_the_file_is() {
        let holding = |streams: &[&str]| {
            let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
            file.create_storage("MBD0001").unwrap();
            for stream in streams {
                file.create_stream(stream).unwrap();
            }
            content(&file.into_inner().into_inner())
        };
        assert!(matches!(holding(&["WORKBOOK", "MBD0001/WordDocument"]), Ok(Content::Workbook)));
        assert!(matches!(
            holding(&["WordDocument", "MBD0001/Workbook", "MBD0001/EncryptionInfo"]),
            Ok(Content::Document)
        ));
        let is_old = |found| matches!(found, Err(InputError::Unsupported { found }) if found.contains("before 1997"));
        assert!(is_old(holding(&["Book"])));
    }
}
