//! Attribute values of WordprocessingML; a value that makes no sense counts as not given.

use crate::guard::xml::Element;

/// A whole number; `9999999999` and `bar` are none.
pub(super) fn integer(element: &Element, attribute: &[u8]) -> Option<i64> {
    element.attribute(attribute)?.trim().parse().ok()
}

/// A string.
pub(super) fn text(element: &Element, attribute: &[u8]) -> Option<String> {
    element.attribute(attribute).map(std::borrow::Cow::into_owned)
}

/// An on/off property: on when it is there, unless its value says no.
pub(super) fn on(element: &Element) -> bool {
    element.raw_attributes().is_empty()
        || !matches!(element.attribute(b"val").as_deref(), Some("0" | "false" | "off" | "none"))
}

/// A number of grid columns: at least one, and no more than any table has.
pub(super) fn columns(element: &Element, attribute: &[u8], least: u32) -> u32 {
    integer(element, attribute)
        .map_or(least, |value| u32::try_from(value.clamp(i64::from(least), 1024)).unwrap_or(least))
}
