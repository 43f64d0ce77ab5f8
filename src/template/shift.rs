//! Texts with a fixed place on the page, moved: paper stock and printers differ by a few millimetres.

use super::package::{self, Package};
use super::render::DEFAULT_LEVEL;
use crate::guard::Limits;
use crate::model::InputError;

/// Twentieths of a point in a millimetre.
const PER_MM: f64 = 1440.0 / 25.4;

/// The Word file with every frame of its body moved by millimetres to the right and down; never off the page.
///
/// # Errors
/// When the bytes are no Word document.
pub fn moved(bytes: &[u8], right: f64, down: f64) -> Result<Vec<u8>, InputError> {
    const BODY: &str = "word/document.xml";
    let mut package = Package::open(bytes, &Limits::default())?;
    let body = package.content(BODY)?.unwrap_or_default();
    let Ok(text) = String::from_utf8(body) else { return Ok(bytes.to_vec()) };
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("<w:framePr ") {
        let (before, tag) = rest.split_at(at);
        let end = tag.find('>').map_or(tag.len(), |end| end + 1);
        let (tag, after) = tag.split_at(end);
        out.push_str(before);
        out.push_str(&by(&by(tag, "w:x", right), "w:y", down));
        rest = after;
    }
    out.push_str(rest);
    if let Some(index) = package.find(BODY) {
        package.exchange(index, out.into_bytes(), DEFAULT_LEVEL);
    }
    Ok(package::write(&package.entries))
}

/// A start tag whose attribute is larger by so many millimetres.
#[expect(clippy::cast_possible_truncation, reason = "places on a page are small")]
fn by(tag: &str, attribute: &str, millimetres: f64) -> String {
    let name = format!(" {attribute}=\"");
    let Some((before, after)) = tag.split_once(&name) else { return tag.to_owned() };
    let Some((value, tail)) = after.split_once('"') else { return tag.to_owned() };
    let Ok(place) = value.parse::<i64>() else { return tag.to_owned() };
    // Word takes 0 for no place at all.
    let moved = (place + (millimetres * PER_MM).round() as i64).max(1);
    format!("{before}{name}{moved}\"{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_move_and_stay_on_the_page() {
        let tag = "<w:framePr w:w=\"100\" w:x=\"1134\" w:y=\"567\"/>";
        assert_eq!(by(&by(tag, "w:x", 10.0), "w:y", -5.0), "<w:framePr w:w=\"100\" w:x=\"1701\" w:y=\"284\"/>");
        assert_eq!(by(tag, "w:y", -90.0), "<w:framePr w:w=\"100\" w:x=\"1134\" w:y=\"1\"/>");
    }
}
