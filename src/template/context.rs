//! Looking back from the end of rendered XML to the paragraph and run that are open there.

/// Elements that are open at the end of some XML, from the paragraph inwards.
#[derive(Debug, Default)]
pub struct Around {
    open: Vec<(String, String)>,
}

impl Around {
    /// Looks back to the start of the paragraph that is open at the end of `xml`.
    #[must_use]
    pub fn of(xml: &str) -> Self {
        let Some(paragraph) = paragraph_start(xml).and_then(|start| xml.get(start..)) else { return Self::default() };
        let mut open: Vec<(String, String)> = Vec::new();
        let mut rest = paragraph;
        while let Some((_, after)) = rest.split_once('<') {
            let Some((tag, tail)) = after.split_once('>') else { break };
            let name = tag.split([' ', '/', '\n', '\t', '\r']).next().unwrap_or_default();
            if tag.starts_with('/') {
                open.pop();
            } else if matches!(name, "w:pPr" | "w:rPr") && !tag.ends_with('/') {
                let end = format!("</{name}>");
                let Some((inner, after)) = tail.split_once(&end) else { break };
                if let Some((_, properties)) = open.last_mut() {
                    *properties = format!("<{name}>{inner}{end}");
                }
                rest = after;
                continue;
            } else if !tag.ends_with('/') && !tag.starts_with(['?', '!']) {
                open.push((format!("<{tag}>"), String::new()));
            }
            rest = tail;
        }
        Self { open }
    }

    /// `w:rPr` of the open run, or nothing.
    #[must_use]
    pub fn run_properties(&self) -> String {
        let run = self.open.iter().rev().find(|(tag, _)| name(tag) == "w:r");
        run.map(|(_, properties)| properties.clone()).unwrap_or_default()
    }

    /// End tags that close everything.
    #[must_use]
    pub fn closing(&self) -> String {
        self.open.iter().rev().map(|(tag, _)| format!("</{}>", name(tag))).collect()
    }

    /// Start tags that open the same again.
    #[must_use]
    pub fn opening(&self) -> String {
        let mut out = String::new();
        for (tag, properties) in &self.open {
            match name(tag) {
                "w:p" => {
                    out.push_str("<w:p>");
                    out.push_str(&without_section(properties));
                }
                "w:r" => {
                    out.push_str("<w:r>");
                    out.push_str(properties);
                }
                "w:t" => out.push_str("<w:t xml:space=\"preserve\">"),
                _ => out.push_str(tag),
            }
        }
        out
    }
}

fn name(tag: &str) -> &str {
    tag.trim_start_matches('<').split([' ', '>', '\n', '\t', '\r']).next().unwrap_or_default()
}

/// Paragraph properties without the end of a section, which must not be repeated.
#[must_use]
pub fn without_section(properties: &str) -> String {
    match (properties.find("<w:sectPr"), properties.find("</w:sectPr>")) {
        (Some(start), Some(end)) => {
            let tail = properties.get(end + "</w:sectPr>".len()..).unwrap_or_default();
            properties.get(..start).unwrap_or_default().to_owned() + tail
        }
        _ => properties.to_owned(),
    }
}

/// Start of the innermost paragraph that is open at the end.
fn paragraph_start(xml: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut end = xml.len();
    while let Some(at) = xml.get(..end)?.rfind("w:p") {
        end = at;
        let after = xml.as_bytes().get(at + 3).copied().unwrap_or(b' ');
        if !matches!(after, b'>' | b' ' | b'/' | b'\n' | b'\t' | b'\r') {
            continue;
        }
        if xml.get(..at)?.ends_with("</") {
            depth += 1;
        } else if xml.get(..at)?.ends_with('<') {
            let tag_end = xml.get(at..)?.find('>').map_or(xml.len(), |len| at + len);
            if xml.get(..tag_end)?.ends_with('/') {
                continue;
            }
            if depth == 0 {
                return Some(at - 1);
            }
            depth -= 1;
        }
    }
    None
}

/// `true` when a cell (or any container of blocks) that ends here lacks the paragraph that must stand last.
#[must_use]
pub fn blank_paragraph_needed(xml: &str) -> bool {
    let mut rest = xml.trim_end();
    loop {
        if rest.ends_with("</w:p>") {
            return false;
        }
        let Some((before, tag)) = rest.rsplit_once('<') else { return true };
        let is_point = tag.ends_with("/>") && !tag.starts_with("w:tcPr");
        match tag.split([' ', '/', '>']).next() {
            Some("w:p") if is_point => return false,
            Some("w:bookmarkEnd" | "w:bookmarkStart" | "w:proofErr") if is_point => rest = before.trim_end(),
            _ => return true,
        }
    }
}

/// Run properties with a yellow highlight, in the place that the schema gives it.
#[must_use]
pub fn highlighted(properties: &str) -> String {
    const HIGHLIGHT: &str = "<w:highlight w:val=\"yellow\"/>";
    const AFTER: [&str; 13] = [
        "<w:u ",
        "<w:u/",
        "<w:effect",
        "<w:bdr",
        "<w:shd",
        "<w:fitText",
        "<w:vertAlign",
        "<w:rtl",
        "<w:cs/",
        "<w:em",
        "<w:lang",
        "<w:eastAsianLayout",
        "</w:rPr>",
    ];
    let plain = match properties.split_once("<w:highlight") {
        Some((before, after)) => before.to_owned() + after.split_once("/>").map_or("", |(_, tail)| tail),
        None => properties.to_owned(),
    };
    match AFTER.iter().filter_map(|mark| plain.find(mark)).min() {
        Some(at) => {
            let (before, after) = plain.split_at(at);
            format!("{before}{HIGHLIGHT}{after}")
        }
        None => format!("<w:rPr>{HIGHLIGHT}</w:rPr>"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_open_paragraph_is_found_behind_a_closed_text_box() {
        let xml = "<w:p><w:pPr><w:jc/></w:pPr><w:r><w:pict><w:p><w:r/></w:p></w:pict></w:r><w:hyperlink r:id=\"a\"><w:r><w:rPr><w:b/></w:rPr><w:t>x";
        let around = Around::of(xml);
        assert_eq!(around.run_properties(), "<w:rPr><w:b/></w:rPr>");
        assert_eq!(around.closing(), "</w:t></w:r></w:hyperlink></w:p>");
        assert_eq!(
            around.opening(),
            "<w:p><w:pPr><w:jc/></w:pPr><w:hyperlink r:id=\"a\"><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">"
        );
    }

    #[test]
    fn a_highlight_keeps_the_order_of_the_schema() {
        assert_eq!(
            highlighted("<w:rPr><w:b/><w:u w:val=\"single\"/></w:rPr>"),
            "<w:rPr><w:b/><w:highlight w:val=\"yellow\"/><w:u w:val=\"single\"/></w:rPr>"
        );
        assert_eq!(highlighted(""), "<w:rPr><w:highlight w:val=\"yellow\"/></w:rPr>");
    }
}
