//! Parts of the package that change because a rendering adds something: relationships, types, lists.

use super::compile::Template;
use super::side::Side;
use crate::guard::write::xml_text;

/// New content of the parts that change.
pub fn exchanged(template: &Template, side: &Side, restarts: &[u32], texts: &[String]) -> Vec<(String, Vec<u8>)> {
    let mut out = Vec::new();
    let rendered = |name: &str| {
        let index = template.parts.iter().position(|part| part.name == name)?;
        texts.get(index).cloned()
    };
    let current = |name: &str| {
        rendered(name).or_else(|| {
            let content = template.package.content(name).ok().flatten()?;
            String::from_utf8(content).ok()
        })
    };
    for (part, relations) in &side.relations {
        let name = relations_of(part);
        let text = current(&name)
            .unwrap_or_else(|| format!("{DECLARATION}<Relationships xmlns=\"{RELATIONS}\"></Relationships>"));
        let new: String = relations
            .iter()
            .map(|relation| {
                let mode = if relation.external { " TargetMode=\"External\"" } else { "" };
                let target = xml_text(&relation.target);
                format!(
                    "<Relationship Id=\"{}\" Type=\"{OFFICE}/{}\" Target=\"{target}\"{mode}/>",
                    relation.id, relation.kind
                )
            })
            .collect();
        out.push((name, insert_before_end(&text, "Relationships", &new).into_bytes()));
    }
    if !side.types.is_empty()
        && let Some(text) = current("[Content_Types].xml")
    {
        let lower = text.to_lowercase();
        let new: String = side
            .types
            .iter()
            .filter(|(extension, _)| !lower.contains(&format!("extension=\"{extension}\"")))
            .map(|(extension, mime)| format!("<Default Extension=\"{extension}\" ContentType=\"{mime}\"/>"))
            .collect();
        if !new.is_empty() {
            out.push(("[Content_Types].xml".to_owned(), insert_before_end(&text, "Types", &new).into_bytes()));
        }
    }
    if !side.new_styles.is_empty()
        && let Some(text) = current("word/styles.xml")
    {
        let new: String = side.new_styles.values().map(String::as_str).collect();
        out.push(("word/styles.xml".to_owned(), insert_before_end(&text, "w:styles", &new).into_bytes()));
    }
    if !restarts.is_empty() || !side.new_lists.is_empty() {
        let known = current("word/numbering.xml");
        let is_new = known.is_none();
        let text = known.unwrap_or_else(|| format!("{DECLARATION}<w:numbering xmlns:w=\"{WORD}\"></w:numbering>"));
        let text = with_new_lists(&with_lists(&text, template.styles.next_list, restarts), &side.new_lists);
        out.push(("word/numbering.xml".to_owned(), text.into_bytes()));
        if is_new {
            announce_numbering(&mut out, &current);
        }
    }
    out
}

/// Makes a new numbering part known to the package.
fn announce_numbering(out: &mut Vec<(String, Vec<u8>)>, current: &dyn Fn(&str) -> Option<String>) {
    let parts = [
        (
            "[Content_Types].xml",
            "Types",
            "<Override PartName=\"/word/numbering.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml\"/>".to_owned(),
        ),
        (
            "word/_rels/document.xml.rels",
            "Relationships",
            format!("<Relationship Id=\"rIdTdNumbering\" Type=\"{OFFICE}/numbering\" Target=\"numbering.xml\"/>"),
        ),
    ];
    for (name, root, new) in parts {
        let known = out.iter().position(|(part, _)| part == name);
        let text = match known.and_then(|index| out.get(index)) {
            Some((_, bytes)) => Some(String::from_utf8_lossy(bytes).into_owned()),
            None => current(name),
        };
        let Some(text) = text else { continue };
        let content = insert_before_end(&text, root, &new).into_bytes();
        match known.and_then(|index| out.get_mut(index)) {
            Some(slot) => slot.1 = content,
            None => out.push((name.to_owned(), content)),
        }
    }
}

/// Numbering with the lists of merged documents: kinds stand before lists.
fn with_new_lists(text: &str, lists: &[(u32, String)]) -> String {
    if lists.is_empty() {
        return text.to_owned();
    }
    let kinds: String = lists
        .iter()
        .map(|(number, levels)| format!("<w:abstractNum w:abstractNumId=\"{number}\">{levels}</w:abstractNum>"))
        .collect();
    let nums: String = lists
        .iter()
        .map(|(number, _)| format!("<w:num w:numId=\"{number}\"><w:abstractNumId w:val=\"{number}\"/></w:num>"))
        .collect();
    let with_kinds = match text.find("<w:num ") {
        Some(at) => {
            let (before, after) = text.split_at(at);
            format!("{before}{kinds}{after}")
        }
        None => insert_before_end(text, "w:numbering", &kinds),
    };
    match with_kinds.rfind("</w:num>") {
        Some(at) => {
            let (before, after) = with_kinds.split_at(at + "</w:num>".len());
            format!("{before}{nums}{after}")
        }
        None => insert_before_end(&with_kinds, "w:numbering", &nums),
    }
}

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn relations_of(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, file)) => format!("{folder}/_rels/{file}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

fn insert_before_end(text: &str, root: &str, new: &str) -> String {
    let end = format!("</{root}>");
    match text.rfind(&end) {
        Some(at) => {
            let (before, after) = text.split_at(at);
            format!("{before}{new}{after}")
        }
        // The root is written as an element without content.
        None => match text.rfind("/>") {
            Some(at) => format!("{}>{new}{end}", text.get(..at).unwrap_or_default()),
            None => text.to_owned(),
        },
    }
}

/// Numbering with a new list for each restart, made from the list it restarts.
fn with_lists(text: &str, first: u32, restarts: &[u32]) -> String {
    let mut new = String::new();
    for (index, number) in restarts.iter().enumerate() {
        let Some(list) = text.split_once(&format!("<w:num w:numId=\"{number}\"")).map(|(_, after)| after) else {
            continue;
        };
        let Some((list, _)) = list.split_once("</w:num>") else { continue };
        let Some((_, source)) = list.split_once("<w:abstractNumId w:val=\"") else { continue };
        let source = source.split('"').next().unwrap_or_default();
        let id = u64::from(first) + index as u64;
        new.push_str(&format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{source}\"/>"));
        for level in 0..9 {
            new.push_str(&format!("<w:lvlOverride w:ilvl=\"{level}\"><w:startOverride w:val=\"1\"/></w:lvlOverride>"));
        }
        new.push_str("</w:num>");
    }
    match text.rfind("</w:num>") {
        Some(at) => {
            let (before, after) = text.split_at(at + "</w:num>".len());
            format!("{before}{new}{after}")
        }
        None => text.to_owned(),
    }
}
