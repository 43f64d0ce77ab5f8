//! Size and kind of a picture, from its first bytes.

use std::sync::Arc;

/// What a picture says of itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// File name extension.
    pub extension: &'static str,
    /// Type for the package.
    pub mime: &'static str,
    /// Pixels across.
    pub width: f64,
    /// Pixels down.
    pub height: f64,
    /// Pixels per inch, across and down.
    pub dpi: (f64, f64),
}

impl Facts {
    /// Own width in millimetres.
    #[must_use]
    pub fn width_mm(&self) -> f64 {
        self.width.max(1.0) / self.dpi.0 * 25.4
    }

    /// Own height in millimetres.
    #[must_use]
    pub fn height_mm(&self) -> f64 {
        self.height.max(1.0) / self.dpi.1 * 25.4
    }
}

/// Reads the head of a PNG, JPEG, GIF or BMP; `None` for anything else.
#[must_use]
pub fn facts(bytes: &[u8]) -> Option<Facts> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return png(bytes);
    }
    if bytes.starts_with(&[0xff, 0xd8]) {
        return jpeg(bytes);
    }
    if bytes.starts_with(b"GIF8") {
        let (width, height) = (little16(bytes, 6)?, little16(bytes, 8)?);
        return Some(Facts { extension: "gif", mime: "image/gif", width, height, dpi: (72.0, 72.0) });
    }
    if bytes.starts_with(b"BM") {
        let width = f64::from(i32::from_le_bytes(array(bytes, 18)?));
        let height = f64::from(i32::from_le_bytes(array(bytes, 22)?)).abs();
        return Some(Facts { extension: "bmp", mime: "image/bmp", width, height, dpi: (96.0, 96.0) });
    }
    None
}

fn png(bytes: &[u8]) -> Option<Facts> {
    let (width, height) = (big32(bytes, 16)?, big32(bytes, 20)?);
    let mut dpi = (72.0, 72.0);
    let mut at = 8;
    while let (Some(len), Some(kind)) = (big32(bytes, at), bytes.get(at + 4..at + 8)) {
        if kind == b"pHYs" && bytes.get(at + 16) == Some(&1) {
            let per_metre = |from: usize| big32(bytes, from).filter(|n| *n > 0.0).map(|n| (n * 0.0254).round());
            dpi = (per_metre(at + 8).unwrap_or(72.0).max(1.0), per_metre(at + 12).unwrap_or(72.0).max(1.0));
        }
        if kind == b"IDAT" || kind == b"IEND" {
            break;
        }
        at = at.checked_add(len as usize)?.checked_add(12)?;
    }
    Some(Facts { extension: "png", mime: "image/png", width, height, dpi })
}

fn jpeg(bytes: &[u8]) -> Option<Facts> {
    let mut dpi = (72.0, 72.0);
    let mut at = 2;
    loop {
        let marker = *bytes.get(at + 1)?;
        if *bytes.get(at)? != 0xff {
            return None;
        }
        if marker == 0xff {
            at += 1;
            continue;
        }
        let len = big16(bytes, at + 2)? as usize;
        match marker {
            0xe0 if bytes.get(at + 4..at + 8) == Some(b"JFIF") => {
                let factor = match bytes.get(at + 11) {
                    Some(1) => Some(1.0),
                    Some(2) => Some(2.54),
                    _ => None,
                };
                if let Some(factor) = factor {
                    let (x, y) = (big16(bytes, at + 12)? * factor, big16(bytes, at + 14)? * factor);
                    dpi = (if x < 1.0 { 72.0 } else { x }, if y < 1.0 { 72.0 } else { y });
                }
            }
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                let (height, width) = (big16(bytes, at + 5)?, big16(bytes, at + 7)?);
                return Some(Facts { extension: "jpeg", mime: "image/jpeg", width, height, dpi });
            }
            0xd9 | 0xda => return None,
            _ => {}
        }
        at = at.checked_add(len.max(2))?.checked_add(2)?;
    }
}

fn array<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at.checked_add(N)?)?.try_into().ok()
}

fn big32(bytes: &[u8], at: usize) -> Option<f64> {
    Some(f64::from(u32::from_be_bytes(array(bytes, at)?)))
}

fn big16(bytes: &[u8], at: usize) -> Option<f64> {
    Some(f64::from(u16::from_be_bytes(array(bytes, at)?)))
}

fn little16(bytes: &[u8], at: usize) -> Option<f64> {
    Some(f64::from(u16::from_le_bytes(array(bytes, at)?)))
}

/// The bytes of a picture that stands in the data itself, as `data:image/…;base64,…`.
#[must_use]
pub fn inline_bytes(path: &str) -> Option<Arc<[u8]>> {
    let (_, encoded) = path.strip_prefix("data:")?.split_once(";base64,")?;
    let mut out = Vec::with_capacity(encoded.len() / 4 * 3);
    let (mut buffer, mut bits) = (0_u32, 0);
    for byte in encoded.bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => continue,
        };
        buffer = (buffer << 6) | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((buffer >> bits) as u8);
            buffer &= (1 << bits) - 1;
        }
    }
    Some(out.into())
}
