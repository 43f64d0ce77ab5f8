//! Namespaces by their URI.

/// Namespaces that office parts use, Transitional and Strict alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Namespace {
    /// WordprocessingML (`w:`).
    Word,
    /// Relationship attributes (`r:`).
    Relation,
    /// A part's list of relationships.
    Relations,
    /// The package's list of content types.
    ContentTypes,
    /// Office mathematics (`m:`).
    Math,
    /// Markup compatibility (`mc:`).
    Compatibility,
    /// VML (`v:`).
    Vml,
    /// Another namespace of office programs, known to be safe to look into.
    Office,
    /// Any other namespace, or none.
    Other,
}

impl Namespace {
    pub(super) fn of(uri: &str) -> Self {
        match uri {
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Self::Word,
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
            | "http://purl.oclc.org/ooxml/officeDocument/relationships" => Self::Relation,
            "http://schemas.openxmlformats.org/package/2006/relationships" => Self::Relations,
            "http://schemas.openxmlformats.org/package/2006/content-types" => Self::ContentTypes,
            "http://schemas.openxmlformats.org/officeDocument/2006/math"
            | "http://purl.oclc.org/ooxml/officeDocument/math" => Self::Math,
            "http://schemas.openxmlformats.org/markup-compatibility/2006" => Self::Compatibility,
            "urn:schemas-microsoft-com:vml" => Self::Vml,
            _ if [
                "http://schemas.microsoft.com/office/",
                "http://schemas.openxmlformats.org/",
                "http://purl.oclc.org/ooxml/",
                "urn:schemas-microsoft-com:",
            ]
            .iter()
            .any(|start| uri.starts_with(start)) =>
            {
                Self::Office
            }
            _ => Self::Other,
        }
    }
}
