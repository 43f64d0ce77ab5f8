//! Fields: their results are text, their codes are not.

/// The fields that are open at a place, innermost last.
#[derive(Debug, Default)]
pub(in crate::read) struct Fields {
    open: Vec<Field>,
    /// How many of them hide what stands in them.
    hiding: usize,
    /// Text in a code is kept: some field of this part is never closed.
    lenient: bool,
}

#[derive(Debug, Default)]
struct Field {
    code: String,
    in_code: bool,
    silent: bool,
    /// What a form field without a result shows.
    shown: Option<String>,
}

impl Fields {
    /// Fields of a part in which one is begun and never ends.
    pub(in crate::read) fn lenient() -> Self {
        Self { lenient: true, ..Self::default() }
    }

    /// Whether text in codes is kept.
    pub(in crate::read) fn is_lenient(&self) -> bool {
        self.lenient
    }

    /// Whether text at this place is seen.
    pub(in crate::read) fn show_text(&self) -> bool {
        self.hiding == 0
    }

    /// A field begins; `shown` is what a form field (check box, list) shows.
    pub(in crate::read) fn begin(&mut self, shown: Option<String>) {
        self.open.push(Field { in_code: true, shown, ..Field::default() });
        self.hiding += usize::from(!self.lenient);
    }

    /// Part of a field code.
    pub(in crate::read) fn code(&mut self, code: &str) {
        if let Some(field) = self.open.last_mut().filter(|field| field.in_code) {
            field.code.push_str(code);
        }
    }

    /// The result begins.
    pub(in crate::read) fn separate(&mut self) {
        let Some(field) = self.open.last_mut().filter(|field| field.in_code) else { return };
        field.in_code = false;
        field.silent = is_silent(&field.code);
        if !self.lenient && !field.silent {
            self.hiding -= 1;
        }
        if self.lenient && field.silent {
            self.hiding += 1;
        }
    }

    /// The field ends; returns what it shows without a stored result.
    pub(in crate::read) fn end(&mut self) -> Option<String> {
        let field = self.open.pop()?;
        if field.silent || (field.in_code && !self.lenient) {
            self.hiding = self.hiding.saturating_sub(1);
        }
        field.in_code.then(|| field.shown.or_else(|| symbol(&field.code))).flatten()
    }

    /// Whether a field was begun whose result never came, so that text was taken for its code.
    pub(in crate::read) fn swallowed(&self) -> bool {
        !self.lenient && self.open.iter().any(|field| field.in_code)
    }
}

/// Whether a field shows nothing that belongs to the text: page numbers, index entries, variables.
pub(in crate::read) fn is_silent(code: &str) -> bool {
    let name = code.split_whitespace().next().unwrap_or_default();
    ["PAGE", "NUMPAGES", "SECTIONPAGES", "SET", "ASK", "XE", "TC", "TA", "RD", "PRIVATE"]
        .iter()
        .any(|silent| name.eq_ignore_ascii_case(silent))
}

/// The sign of `SYMBOL 183 \f "Symbol"`.
fn symbol(code: &str) -> Option<String> {
    let mut words = code.split_whitespace();
    if !words.next()?.eq_ignore_ascii_case("SYMBOL") {
        return None;
    }
    let number = words.next()?;
    let number = match number.strip_prefix("0x").or_else(|| number.strip_prefix("0X")) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    let font = code.split_once("\\f").map_or("", |(_, rest)| rest.trim_start());
    let font = match font.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next().unwrap_or_default(),
        None => font.split_whitespace().next().unwrap_or_default(),
    };
    let font = super::symbols::Font::named(font);
    let sign = if font.is_symbolic() { super::symbols::glyph(number, font) } else { char::from_u32(number) };
    sign.map(String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_seen_and_codes_are_not() {
        let mut fields = Fields::default();
        fields.begin(None);
        assert!(!fields.show_text());
        fields.code(" IF ");
        fields.begin(None);
        fields.code(" MERGEFIELD x ");
        fields.separate();
        assert!(!fields.show_text(), "the result of an inner field is part of the outer code");
        fields.end();
        fields.separate();
        assert!(fields.show_text());
        fields.end();
        assert!(fields.show_text() && !fields.swallowed());
    }

    #[test]
    fn page_numbers_leave_nothing() {
        let mut fields = Fields::default();
        fields.begin(None);
        fields.code(" page \\* MERGEFORMAT");
        fields.separate();
        assert!(!fields.show_text());
        fields.end();
        assert!(fields.show_text());
        assert!(!is_silent(" PAGEREF _Toc1 \\h "));
    }

    #[test]
    fn stray_ends_do_no_harm() {
        let mut fields = Fields::default();
        fields.end();
        fields.separate();
        assert!(fields.show_text());
        fields.begin(None);
        assert!(fields.swallowed());
    }

    #[test]
    fn a_symbol_field_shows_its_sign() {
        assert_eq!(symbol(" SYMBOL 183 \\f \"Symbol\" \\s 12 ").as_deref(), Some("•"));
        assert_eq!(symbol("SYMBOL 0xFC \\f Wingdings").as_deref(), Some("✓"));
        assert_eq!(symbol(" PAGE "), None);
    }
}
