//! Bounds on what one input may cost.

/// Bounds on what one input may cost. A limit counts what is *read*, never what a file declares.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Bytes of an input file.
    pub input_bytes: u64,
    /// Entries of an archive.
    pub entries: usize,
    /// Uncompressed bytes of one part.
    pub part_bytes: u64,
    /// Uncompressed bytes of all parts together.
    pub total_bytes: u64,
    /// Nesting depth of XML elements.
    pub depth: usize,
    /// Attributes of one element.
    pub attributes: usize,
    /// XML events of one part.
    pub nodes: u64,
    /// Characters of text in one document.
    pub characters: usize,
    /// Table cells in one document.
    pub cells: usize,
    /// Filled cells of a list.
    pub sheet_cells: usize,
    /// What may run outside of this process.
    pub outside: super::child::Outside,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            input_bytes: 64 << 20,
            entries: 2_000,
            part_bytes: 64 << 20,
            total_bytes: 256 << 20,
            depth: 256,
            attributes: 256,
            nodes: 4_000_000,
            characters: 20_000_000,
            cells: 200_000,
            sheet_cells: 2_000_000,
            outside: super::child::Outside::default(),
        }
    }
}

impl Limits {
    /// The error of an exceeded limit.
    pub(crate) fn exceeded(what: &'static str, limit: u64) -> crate::model::InputError {
        crate::model::InputError::TooLarge { what, limit }
    }
}
