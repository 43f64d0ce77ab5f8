//! Records one after another in one body.

/// Where the content of a body ends and its last section begins.
#[must_use]
pub fn end_of_content(document: &str) -> usize {
    let body_end = document.rfind("</w:body>").unwrap_or(document.len());
    let before = document.get(..body_end).unwrap_or_default();
    // The last section of a document stands after its last paragraph or table; sections before it are in paragraphs.
    match before.rfind("<w:sectPr") {
        Some(section) if !before.get(section..).unwrap_or_default().contains("</w:p>") => section,
        _ => body_end,
    }
}

/// The content of a body, without its last section.
#[must_use]
pub fn content(document: &str) -> &str {
    let start = document.find("<w:body").and_then(|at| Some(at + document.get(at..)?.find('>')? + 1)).unwrap_or(0);
    document.get(start..end_of_content(document)).unwrap_or_default()
}

/// Content that begins on a new page. The first paragraph says so itself; only before a table a paragraph is added,
/// as small as can be.
#[must_use]
pub fn on_new_page(content: &str) -> String {
    const SMALL: &str = "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/></w:pPr>\
                         <w:r><w:br w:type=\"page\"/></w:r></w:p>";
    const BREAK: &str = "<w:pageBreakBefore/>";
    let start = content.trim_start();
    let is_paragraph = start.starts_with("<w:p>") || start.starts_with("<w:p ");
    let Some(open_end) = start.find('>').filter(|_| is_paragraph) else { return format!("{SMALL}{content}") };
    let (open, rest) = start.split_at(open_end + 1);
    if let Some(open) = open.strip_suffix("/>") {
        return format!("{open}><w:pPr>{BREAK}</w:pPr></w:p>{rest}");
    }
    let Some(mut properties) = rest.strip_prefix("<w:pPr>") else {
        return format!("{open}<w:pPr>{BREAK}</w:pPr>{}", rest.strip_prefix("<w:pPr/>").unwrap_or(rest));
    };
    if properties.starts_with(BREAK) {
        return content.to_owned();
    }
    let mut head = String::new();
    while ["<w:pStyle", "<w:keepNext", "<w:keepLines"].iter().any(|name| properties.starts_with(name)) {
        let end = properties.find('>').map_or(properties.len(), |at| at + 1);
        head.push_str(properties.get(..end).unwrap_or_default());
        properties = properties.get(end..).unwrap_or_default();
    }
    format!("{open}<w:pPr>{head}{BREAK}{properties}")
}

/// The end of a body as a paragraph that ends the section there, as small as can be.
#[must_use]
pub fn section_break(end: &str) -> String {
    let section = end.find("</w:body>").and_then(|at| end.get(..at)).unwrap_or_default();
    format!(
        "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/>{section}</w:pPr></w:p>"
    )
}

/// The end of a body whose last section is an annex's: with the headers and footers of the document, its own page.
#[must_use]
pub fn end_with_section(end: &str, section: &str) -> String {
    let (own, tail) = match end.find("</w:body>") {
        Some(at) => end.split_at(at),
        None => ("", end),
    };
    let references: String = own
        .split_inclusive('>')
        .filter(|tag| tag.starts_with("<w:headerReference ") || tag.starts_with("<w:footerReference "))
        .collect();
    format!("<w:sectPr>{references}{section}</w:sectPr>{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_break_goes_into_the_first_paragraph() {
        assert_eq!(on_new_page("<w:p><w:r/></w:p>"), "<w:p><w:pPr><w:pageBreakBefore/></w:pPr><w:r/></w:p>");
        assert_eq!(
            on_new_page("<w:p a=\"1\"><w:pPr><w:pStyle w:val=\"x\"/><w:jc/></w:pPr></w:p>"),
            "<w:p a=\"1\"><w:pPr><w:pStyle w:val=\"x\"/><w:pageBreakBefore/><w:jc/></w:pPr></w:p>"
        );
        assert!(on_new_page("<w:tbl></w:tbl>").contains("w:type=\"page\""));
    }

    #[test]
    fn the_last_section_is_no_content() {
        let document = "<w:document><w:body><w:p><w:pPr><w:sectPr/></w:pPr></w:p><w:sectPr><w:x/></w:sectPr></w:body></w:document>";
        assert_eq!(content(document), "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>");
    }

    #[test]
    fn an_annex_takes_the_headers_of_the_document_and_its_own_page() {
        let end = "<w:sectPr><w:headerReference r:id=\"a\"/><w:pgSz w:w=\"1\"/></w:sectPr></w:body></w:document>";
        assert!(section_break(end).ends_with("<w:pgSz w:w=\"1\"/></w:sectPr></w:pPr></w:p>"));
        assert_eq!(
            end_with_section(end, "<w:pgSz w:w=\"2\"/>"),
            "<w:sectPr><w:headerReference r:id=\"a\"/><w:pgSz w:w=\"2\"/></w:sectPr></w:body></w:document>"
        );
    }
}
