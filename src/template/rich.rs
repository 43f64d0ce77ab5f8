//! Values that are more than text: runs with a look of their own, paragraphs, pictures, documents.

use crate::guard::write::xml_text;
use serde_json::Value;
use std::fmt::Write as _;

/// A rich value.
#[derive(Debug, Clone, PartialEq)]
pub enum Rich {
    /// Runs.
    Runs(Vec<Run>),
    /// Paragraphs.
    Paragraphs(Vec<Paragraph>),
    /// A picture.
    Image(Image),
    /// A document, by its path under the media folder.
    Document(String),
    /// A document, by its blocks.
    Blocks(Vec<Block>),
}

/// A run.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Run {
    /// Its text.
    pub text: String,
    /// Properties of the run, as XML in the order that the schema wants, without `w:rPr` around.
    pub properties: String,
    /// Target of a link around it.
    pub url: Option<String>,
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Paragraph {
    /// Runs.
    pub runs: Vec<Run>,
    /// Id of its style.
    pub style: Option<String>,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Image {
    /// Path under the media folder.
    pub path: String,
    /// Width in millimetres.
    pub width_mm: Option<f64>,
    /// Height in millimetres.
    pub height_mm: Option<f64>,
    /// Target of a link around it.
    pub url: Option<String>,
}

/// A block of a document made from data.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A heading of a level from 1.
    Heading(String, u32),
    /// A picture in a paragraph.
    Picture(Image),
    /// A table, by rows of cells, with the id of its style.
    Table(Vec<Vec<String>>, Option<String>),
}

/// Reads a rich value from an object with one key that begins with `$`; `None` when it is none.
///
/// # Errors
/// When the object looks like a rich value and is not one; the text says what is wrong.
pub fn read(object: &serde_json::Map<String, Value>) -> Result<Option<Rich>, String> {
    let Some((key, value)) = object.iter().next().filter(|(key, _)| object.len() == 1 && key.starts_with('$')) else {
        return Ok(None);
    };
    Ok(Some(match key.as_str() {
        "$richtext" => Rich::Runs(runs(value)?),
        "$richtextparagraph" => Rich::Paragraphs(paragraphs(value)?),
        "$image" => Rich::Image(image(value)?),
        "$subdoc" => match (value.get("path"), value.get("blocks")) {
            (Some(Value::String(path)), None) => Rich::Document(path.clone()),
            (None, Some(Value::Array(blocks))) => Rich::Blocks(blocks.iter().map(block).collect::<Result<_, _>>()?),
            _ => return Err("$subdoc: path | blocks".to_owned()),
        },
        _ => return Err(key.clone()),
    }))
}

/// Runs from a text, a part, or a list of parts; nested lists are flattened.
fn runs(value: &Value) -> Result<Vec<Run>, String> {
    let mut out = Vec::new();
    collect_runs(value, &mut out, 0)?;
    Ok(out)
}

fn collect_runs(value: &Value, out: &mut Vec<Run>, depth: usize) -> Result<(), String> {
    if depth > 32 {
        return Err("$richtext: too deep".to_owned());
    }
    match value {
        Value::Array(parts) => parts.iter().try_for_each(|part| collect_runs(part, out, depth + 1)),
        Value::Object(part) => {
            if let Some(inner) = part.get("richtext").or_else(|| part.get("$richtext")) {
                return collect_runs(inner, out, depth + 1);
            }
            let text = part.get("text").map(plain).unwrap_or_default();
            let url = part.get("url").and_then(Value::as_str).map(str::to_owned);
            out.push(Run { text, properties: properties(part), url });
            Ok(())
        }
        other => {
            out.push(Run { text: plain(other), ..Run::default() });
            Ok(())
        }
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// Properties of a run in the order of the schema.
fn properties(part: &serde_json::Map<String, Value>) -> String {
    let text = |key: &str| {
        let found = part.get(key).map(plain).filter(|text| !text.is_empty() && text != "false")?;
        Some(xml_text(&found).into_owned())
    };
    let on = |key: &str| part.get(key).is_some_and(|value| !matches!(value, Value::Null | Value::Bool(false)));
    let colour = |key: &str| text(key).map(|value| value.trim_start_matches('#').to_owned());
    let mut out = String::new();
    let mut add = |xml: String| out.push_str(&xml);
    if let Some(style) = text("style") {
        add(format!("<w:rStyle w:val=\"{style}\"/>"));
    }
    if let Some(font) = text("font") {
        let (region, font) = match font.split_once(':') {
            Some((region, font)) if region.bytes().all(|b| b.is_ascii_alphanumeric()) => (Some(region), font),
            _ => (None, font.as_str()),
        };
        let region = region.map(|region| format!(" w:{region}=\"{font}\"")).unwrap_or_default();
        add(format!("<w:rFonts w:ascii=\"{font}\" w:hAnsi=\"{font}\" w:cs=\"{font}\"{region}/>"));
    }
    for (key, xml) in [("bold", "<w:b/>"), ("italic", "<w:i/>"), ("strike", "<w:strike/>")] {
        if on(key) {
            add(xml.to_owned());
        }
    }
    if let Some(colour) = colour("color") {
        add(format!("<w:color w:val=\"{colour}\"/>"));
    }
    if let Some(size) = text("size") {
        add(format!("<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>"));
    }
    if on("underline") {
        const KINDS: [&str; 8] = ["single", "double", "thick", "dotted", "dash", "dotDash", "dotDotDash", "wave"];
        let kind = text("underline").filter(|kind| KINDS.contains(&kind.as_str()));
        add(format!("<w:u w:val=\"{}\"/>", kind.as_deref().unwrap_or("single")));
    }
    if let Some(fill) = colour("highlight") {
        add(format!("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{fill}\"/>"));
    }
    for (key, kind) in [("superscript", "superscript"), ("subscript", "subscript")] {
        if on(key) {
            add(format!("<w:vertAlign w:val=\"{kind}\"/>"));
        }
    }
    out
}

fn paragraphs(value: &Value) -> Result<Vec<Paragraph>, String> {
    let parts = match value {
        Value::Array(parts) => parts.as_slice(),
        other => std::slice::from_ref(other),
    };
    parts.iter().map(paragraph).collect()
}

fn paragraph(value: &Value) -> Result<Paragraph, String> {
    let Value::Object(part) = value else { return Ok(Paragraph { runs: runs(value)?, style: None }) };
    let style = part.get("parastyle").or_else(|| part.get("style")).and_then(Value::as_str).map(str::to_owned);
    let content = part.get("richtext").or_else(|| part.get("p"));
    Ok(Paragraph { runs: runs(content.unwrap_or(value))?, style })
}

fn image(value: &Value) -> Result<Image, String> {
    if let Value::String(path) = value {
        return Ok(Image { path: path.clone(), ..Image::default() });
    }
    let number = |key: &str| value.get(key).and_then(Value::as_f64);
    let measure = |name: &str| {
        number(&format!("{name}_mm"))
            .or_else(|| number(&format!("{name}_cm")).map(|cm| cm * 10.0))
            .or_else(|| number(&format!("{name}_in")).map(|inches| inches * 25.4))
    };
    let path = value.get("path").and_then(Value::as_str).ok_or("$image: path")?.to_owned();
    let url = value.get("url").or_else(|| value.get("anchor")).and_then(Value::as_str).map(str::to_owned);
    Ok(Image { path, width_mm: measure("width"), height_mm: measure("height"), url })
}

fn block(value: &Value) -> Result<Block, String> {
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    if value.get("p").is_some() {
        return paragraph(value).map(Block::Paragraph);
    }
    if let Some(heading) = text("heading") {
        let level = value.get("level").and_then(Value::as_u64).and_then(|level| u32::try_from(level).ok());
        return Ok(Block::Heading(heading, level.unwrap_or(1).clamp(1, 9)));
    }
    if let Some(path) = text("picture") {
        let mut picture = Image { path, ..Image::default() };
        let inches = |key: &str| value.get(key).and_then(Value::as_f64).map(|inches| inches * 25.4);
        picture.width_mm = inches("width_in").or_else(|| value.get("width_mm").and_then(Value::as_f64));
        picture.height_mm = inches("height_in").or_else(|| value.get("height_mm").and_then(Value::as_f64));
        return Ok(Block::Picture(picture));
    }
    if let Some(Value::Array(rows)) = value.get("table") {
        let cells = |row: &Value| row.as_array().map(|cells| cells.iter().map(plain).collect()).unwrap_or_default();
        return Ok(Block::Table(rows.iter().map(cells).collect(), text("style")));
    }
    Err("$subdoc.blocks: p | heading | picture | table".to_owned())
}

const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// XML of text inside a `w:t` that is closed and opened again at breaks and tabs.
#[must_use]
pub fn text_xml(text: &str) -> String {
    xml_text(text)
        .replace('\n', "</w:t><w:br/><w:t xml:space=\"preserve\">")
        .replace('\t', "</w:t><w:tab/><w:t xml:space=\"preserve\">")
}

/// Stands between runs where a new paragraph begins; who knows the paragraph puts it in.
pub const PARAGRAPH: &str = "\u{1}A\u{2}";
/// Stands between runs where a new page begins.
pub const PAGE: &str = "\u{1}F\u{2}";
/// A paragraph that holds a page break and nothing else.
pub const PAGE_BREAK: &str = "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>";

/// XML of runs. `link` gives the id of a relationship for a target.
pub fn runs_xml(runs: &[Run], link: &mut dyn FnMut(&str) -> String) -> String {
    let mut out = String::new();
    for run in runs {
        let properties = match run.properties.as_str() {
            "" => String::new(),
            inner => format!("<w:rPr>{inner}</w:rPr>"),
        };
        let mut xml = String::new();
        for (index, piece) in run.text.split('\u{c}').enumerate() {
            if index > 0 {
                xml.push_str(PAGE);
            }
            for (index, piece) in piece.split('\u{7}').enumerate() {
                if index > 0 {
                    xml.push_str(PARAGRAPH);
                }
                let _ = write!(xml, "<w:r>{properties}<w:t xml:space=\"preserve\">{}</w:t></w:r>", text_xml(piece));
            }
        }
        match &run.url {
            Some(url) => {
                let id = link(url);
                let _ = write!(
                    out,
                    "<w:hyperlink xmlns:r=\"{RELATIONSHIPS}\" r:id=\"{id}\" w:tgtFrame=\"_blank\">{xml}</w:hyperlink>"
                );
            }
            None => out.push_str(&xml),
        }
    }
    out
}
