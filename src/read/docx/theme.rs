//! The fonts of the theme, which styles and runs name as *major* and *minor*.

use crate::guard::xml::{Element, Xml};
use crate::model::InputError;
use crate::read::word::symbols::Font;

/// What the theme's fonts for Latin text make of character codes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Theme {
    major: Font,
    minor: Font,
}

impl Theme {
    /// Reads `theme1.xml` as far as its fonts.
    pub(super) fn read(xml: &mut Xml) -> Result<Self, InputError> {
        let mut theme = Self::default();
        xml.root()?;
        theme.find(xml)?;
        Ok(theme)
    }

    /// Whether the fonts were found.
    fn find(&mut self, xml: &mut Xml) -> Result<bool, InputError> {
        while let Some(child) = xml.child()? {
            match child.name() {
                b"themeElements" if self.find(xml)? => return Ok(true),
                b"themeElements" => {}
                b"fontScheme" => {
                    while let Some(fonts) = xml.child()? {
                        match fonts.name() {
                            b"majorFont" => self.major = latin(xml)?,
                            b"minorFont" => self.minor = latin(xml)?,
                            _ => xml.skip()?,
                        }
                    }
                    return Ok(true);
                }
                _ => xml.skip()?,
            }
        }
        Ok(false)
    }

    /// The font that a theme attribute (`asciiTheme`, `hAnsiTheme`) of these names stands for.
    pub(super) fn named(self, fonts: &Element, attribute: &[u8]) -> Option<Font> {
        let name = fonts.attribute(attribute)?;
        Some(if name.starts_with("major") { self.major } else { self.minor })
    }
}

/// The font for Latin text of the open `a:majorFont` or `a:minorFont`.
fn latin(xml: &mut Xml) -> Result<Font, InputError> {
    let mut font = Font::Unicode;
    while let Some(child) = xml.child()? {
        if child.name() == b"latin" {
            font = child.attribute(b"typeface").map(|name| Font::named(&name)).unwrap_or_default();
        }
        xml.skip()?;
    }
    Ok(font)
}
