//! The format of an input, by its first bytes; names lie.

use crate::guard::ole;
use crate::model::{Format, InputError};

/// Openings of files that are not read, with what they are.
const REFUSED: [(&[u8], &str); 8] = [
    (b"\x1F\x8B", "a gzip archive"),
    (b"7z\xBC\xAF\x27\x1C", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7FELF", "a program"),
    (b"MZ\x90\0", "a program"),
    (b"SQLite format 3", "a database"),
    (b"MIME-Version:", "a saved web page or e-mail (MHT, EML)"),
    (b"ID3", "a sound file"),
];

/// Openings of pictures.
const PICTURES: [&[u8]; 6] = [b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8", b"II*\0", b"MM\0*", b"BM"];

/// The format of an input.
///
/// # Errors
/// [`InputError::Empty`], [`InputError::Encrypted`] or [`InputError::Unsupported`] for what is not read.
pub(super) fn format(name: &str, bytes: &[u8]) -> Result<Format, InputError> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return package(bytes);
    }
    if ole::is_compound(bytes) {
        return match ole::content(bytes)? {
            ole::Content::Document => Ok(Format::Doc),
            ole::Content::Workbook => Ok(Format::Xls),
        };
    }
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    if memchr::memmem::find(head.get(..head.len().min(1024)).unwrap_or_default(), b"%PDF-").is_some() {
        return Ok(Format::Pdf);
    }
    if PICTURES.iter().any(|magic| refused(head, magic)) {
        return Ok(Format::Picture);
    }
    if plain(head).starts_with(b"{\\rtf") {
        return Ok(Format::Rtf);
    }
    if let Some((_, found)) = REFUSED.iter().find(|(magic, _)| refused(head, magic)) {
        return Err(InputError::Unsupported { found });
    }
    let text: Vec<u8> = plain(head);
    if text.is_empty() && plain(bytes).is_empty() {
        return Err(InputError::Empty);
    }
    if has_extension(name, &["docx", "docm", "dotx", "dotm"]) && looks_binary(head) {
        return Err(InputError::Archive { reason: "it does not begin as an archive does".to_owned() });
    }
    if looks_binary(head) {
        return Err(InputError::Unsupported { found: "no text" });
    }
    if text.starts_with(b"<?xml") {
        let has = |mark: &[u8]| memchr::memmem::find(&text, mark).is_some();
        if has(b"schemas.microsoft.com/office/word/2003/wordml") || has(b"schemas.microsoft.com/office/2006/xmlpackage")
        {
            return Err(InputError::Unsupported { found: "a Word document in one XML file" });
        }
    }
    if memchr::memmem::find(&text, b"urn:oasis:names:tc:opendocument:xmlns:office:1.0").is_some()
        && text.starts_with(b"<")
    {
        return Ok(Format::Odt);
    }
    Ok(if has_extension(name, &["csv", "tsv"]) {
        Format::Csv
    } else if is_html(name, &text) {
        Format::Html
    } else if has_extension(name, &["md", "markdown"]) {
        Format::Markdown
    } else {
        Format::Text
    })
}

/// Bytes at the end of an archive in which the names of its entries are looked for.
const DIRECTORY: usize = 64 << 10;

/// What an archive is. The name of the entry decides that only such documents have; a package that is none of the others
/// is for the reader of Word documents to say what is wrong with it.
fn package(bytes: &[u8]) -> Result<Format, InputError> {
    let head = bytes.get(30..bytes.len().min(256)).unwrap_or_default();
    if let Some(kind) = head.strip_prefix(b"mimetype").and_then(|rest| rest.strip_prefix(OPEN_DOCUMENT)) {
        return open_document(kind);
    }
    let tail = bytes.get(bytes.len().saturating_sub(DIRECTORY)..).unwrap_or_default();
    let has = |name: &[u8]| memchr::memmem::find(tail, name).is_some();
    // Packed again by another program: the kind no longer stands first.
    if has(b"META-INF/manifest.xml") && has(b"mimetype") && has(b"content.xml") && !has(b"[Content_Types].xml") {
        let kind = memchr::memmem::find(bytes, OPEN_DOCUMENT).and_then(|at| bytes.get(at + OPEN_DOCUMENT.len()..));
        return open_document(kind.unwrap_or(b"text"));
    }
    Ok(if has(b"xl/workbook.") && !has(b"word/document.xml") { Format::Xlsx } else { Format::Docx })
}

/// How the media type of an OpenDocument file begins.
const OPEN_DOCUMENT: &[u8] = b"application/vnd.oasis.opendocument.";

/// The kind of an OpenDocument file by the rest of its media type.
fn open_document(kind: &[u8]) -> Result<Format, InputError> {
    if kind.starts_with(b"text") {
        Ok(Format::Odt)
    } else if kind.starts_with(b"spreadsheet") {
        Ok(Format::Ods)
    } else {
        Err(InputError::Unsupported { found: "an OpenDocument or e-book file" })
    }
}

/// A short opening could begin a text too: what follows must not be readable then.
fn refused(head: &[u8], magic: &[u8]) -> bool {
    head.starts_with(magic) && (magic.len() > 3 || head.iter().any(|&byte| byte < 9))
}

/// The opening of a text without byte order mark, leading blanks and the zero bytes of UTF-16.
fn plain(bytes: &[u8]) -> Vec<u8> {
    let bytes = [&b"\xEF\xBB\xBF"[..], b"\xFF\xFE", b"\xFE\xFF"]
        .iter()
        .find_map(|mark| bytes.strip_prefix(*mark))
        .unwrap_or(bytes);
    let text: Vec<u8> = bytes.iter().copied().filter(|&byte| byte != 0).collect();
    text.trim_ascii_start().to_vec()
}

/// Whether bytes are no text in any encoding: control characters, or zero bytes that are not those of UTF-16.
fn looks_binary(head: &[u8]) -> bool {
    let is_wide = head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF");
    if is_wide {
        return false;
    }
    let controls = |plain: &[u8]| {
        let is_control = |byte: &&u8| matches!(byte, 1..=8 | 14..=26 | 28..=31) && !plain.contains(byte);
        head.iter().filter(is_control).count() * 20 > head.len()
    };
    let zeros = |parity: usize| head.iter().skip(parity).step_by(2).filter(|&&byte| byte == 0).count();
    let (more, less) = (zeros(0).max(zeros(1)), zeros(0).min(zeros(1)));
    if more == 0 {
        return controls(&[]);
    }
    // The upper halves of Vietnamese letters are 01, 03 and 1E.
    less * 8 > more || more * 16 < head.len() || controls(&[0x01, 0x03, 0x1E])
}

fn is_html(name: &str, text: &[u8]) -> bool {
    let starts = |tag: &str| text.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag.as_bytes()));
    if ["<!doctype html", "<html", "<head", "<body", "<meta", "<title"].iter().any(|tag| starts(tag)) {
        return true;
    }
    let lower = text.to_ascii_lowercase();
    let has = |tag: &[u8]| memchr::memmem::find(&lower, tag).is_some();
    if starts("<") && (has(b"<html") || has(b"<body")) {
        return true;
    }
    has_extension(name, &["html", "htm", "xhtml"]) && has(b"<")
}

fn has_extension(name: &str, extensions: &[&str]) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    extensions.iter().any(|known| extension.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_not_the_name() {
        assert_eq!(format("a.docx", b"<!DOCTYPE html><p>x").unwrap(), Format::Html);
        assert_eq!(format("a.docx", "Kế hoạch".as_bytes()).unwrap(), Format::Text);
        assert_eq!(format("a.txt", b"PK\x03\x04").unwrap(), Format::Docx);
        assert_eq!(format("a.md", b"# A").unwrap(), Format::Markdown);
        assert_eq!(format("a.docx", b"%PDF-1.4").unwrap(), Format::Pdf);
        assert_eq!(format("a.doc", b"{\\rtf1").unwrap(), Format::Rtf);
        assert_eq!(format("a.txt", "\u{FEFF}<html>".as_bytes()).unwrap(), Format::Html);
        let wide: Vec<u8> = "Hội LHPN".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(format("a.txt", &wide).unwrap(), Format::Text);
    }

    #[test]
    fn an_open_document_is_known_wherever_its_kind_stands_in_the_package() {
        for (kind, format) in [("text", Format::Odt), ("spreadsheet", Format::Ods)] {
            let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
            let media = format!("application/vnd.oasis.opendocument.{kind}");
            let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
            for (name, content) in [("META-INF/manifest.xml", ""), ("content.xml", "<x/>"), ("mimetype", &media)] {
                zip.start_file(name, stored).unwrap();
                std::io::Write::write_all(&mut zip, content.as_bytes()).unwrap();
            }
            assert_eq!(super::format("a.odt", &zip.finish().unwrap().into_inner()).unwrap(), format);
        }
    }

    #[test]
    fn what_is_not_read_is_named() {
        let found = |bytes: &[u8]| match format("a.docx", bytes) {
            Err(InputError::Unsupported { found }) => found,
            other => panic!("{other:?}"),
        };
        assert_eq!(found(b"Rar!\x1A"), "a RAR archive");
        assert!(matches!(format("a.docx", b" \r\n\t"), Err(InputError::Empty)));
        assert!(matches!(format("a", b""), Err(InputError::Empty)));
        assert!(matches!(format("a.docx", &[1, 2, 3, 0, 0, 0, 7]), Err(InputError::Archive { .. })));
        assert_eq!(format("BM.txt", b"BMTE: x").unwrap(), Format::Text);
    }
}
