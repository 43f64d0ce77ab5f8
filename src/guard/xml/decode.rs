//! The text of a part, whatever its encoding.

use crate::model::InputError;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// The text of a part: UTF-8, UTF-16 or the encoding that its declaration names.
///
/// # Errors
/// When the bytes do not fit the encoding, or hold a NUL.
pub fn decode<'b>(part: &str, bytes: &'b [u8]) -> Result<Cow<'b, str>, InputError> {
    let damaged =
        |offset: usize, reason: String| InputError::Malformed { part: part.to_owned(), offset: offset as u64, reason };
    let text = match Encoding::for_bom(bytes).map(|(encoding, _)| encoding).or_else(|| sniff(bytes)) {
        None => {
            let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
            // Many bytes at a time; where it says no, the standard library says where.
            match UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
                Some(text) => text,
                None => std::str::from_utf8(bytes)
                    .map(Cow::Borrowed)
                    .map_err(|error| damaged(error.valid_up_to(), "it is not UTF-8".to_owned()))?,
            }
        }
        Some(encoding) => {
            let (text, used, broken) = encoding.decode(bytes);
            if broken {
                return Err(damaged(0, format!("it is not `{}`", used.name())));
            }
            text
        }
    };
    match memchr::memchr(0, text.as_bytes()) {
        Some(at) => Err(damaged(at, "it holds a NUL character".to_owned())),
        None => Ok(text),
    }
}

/// The encoding of a part that is not plain UTF-8.
fn sniff(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [b'<', 0, ..] => return Some(UTF_16LE),
        [0, b'<', ..] => return Some(UTF_16BE),
        _ => {}
    }
    let head = bytes.get(..bytes.len().min(128))?;
    let declaration = head.strip_prefix(b"<?xml")?;
    let declaration = declaration.get(..memchr::memmem::find(declaration, b"?>")?)?;
    let value = declaration.get(memchr::memmem::find(declaration, b"encoding")? + 8..)?;
    let value = value.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let (quote, value) = value.split_first()?;
    let label = value.get(..memchr::memchr(*quote, value)?)?;
    // Bytes that begin with `<?xml` are not UTF-16, whatever they say.
    Encoding::for_label(label).filter(|encoding| *encoding != UTF_8 && encoding.is_ascii_compatible())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_come_in_several_encodings() {
        let utf16: Vec<u8> = "\u{FEFF}<t>ạ</t>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode("p", &utf16).unwrap(), "<t>ạ</t>");
        assert_eq!(decode("p", &utf16[2..]).unwrap(), "<t>ạ</t>");
        assert!(decode("p", b"<?xml version='1.0' encoding='iso-8859-1'?><t>\xE1</t>").unwrap().contains('á'));
        let wrong = "<?xml version='1.0' encoding='UTF-16'?><t>ạ</t>";
        assert_eq!(decode("p", wrong.as_bytes()).unwrap(), wrong);
        assert!(decode("p", b"<t>\xFF</t>").is_err() && decode("p", b"<t>\0</t>").is_err());
    }
}
