//! OLE compound files that come under the name of a document: encrypted packages and the formats before 2007.

use crate::model::InputError;

const MAGIC: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Whether the bytes are an OLE compound file.
#[must_use]
pub fn is_compound(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC)
}

/// Why a compound file is not read: the streams in its directory tell what it is.
#[must_use]
pub fn refusal(bytes: &[u8]) -> InputError {
    let has = |stream: &str| {
        let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(bytes, &name).is_some()
    };
    if has("EncryptedPackage") || has("EncryptionInfo") {
        InputError::Encrypted
    } else if has("WordDocument") {
        InputError::Unsupported { found: "a Word document of the form before 2007 (.doc)" }
    } else if has("Workbook") || has("PowerPoint Document") {
        InputError::Unsupported { found: "a workbook or presentation" }
    } else {
        InputError::Unsupported { found: "a compound file without a document" }
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
        assert!(matches!(refusal(&compound("EncryptedPackage")), InputError::Encrypted));
        assert!(matches!(refusal(&compound("WordDocument")), InputError::Unsupported { .. }));
        assert!(is_compound(&compound("WordDocument")) && !is_compound(b"PK\x03\x04"));
    }
}
