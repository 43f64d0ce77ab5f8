//! What a rendering adds to the package beside the text: pictures, links, their relationships and types.

use super::image;
use super::rich::Image;
use crate::guard::write::xml_text;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Where pictures and documents named in the data come from.
pub trait Media: Send + Sync + std::fmt::Debug {
    /// The bytes of a file under the media folder.
    ///
    /// # Errors
    /// When there is none, or its path leaves the folder; the text says so.
    fn load(&self, path: &str) -> Result<Arc<[u8]>, String>;
}

/// No media at all.
#[derive(Debug)]
pub struct NoMedia;

impl Media for NoMedia {
    fn load(&self, path: &str) -> Result<Arc<[u8]>, String> {
        Err(path.to_owned())
    }
}

/// A relationship of one part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// Id.
    pub id: String,
    /// Last word of its type (`image`, `hyperlink`, …).
    pub kind: &'static str,
    /// Target.
    pub target: String,
    /// Outside the package.
    pub external: bool,
}

/// A picture or document that could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Code of the fault.
    pub code: &'static str,
    /// Its name, or why.
    pub what: String,
    /// The part that asked for it.
    pub part: String,
    /// The tag that asked for it, where that is traced.
    pub tag: Option<usize>,
}

/// Characters of a name that are shown: pictures in the data have their bytes for a name.
const LONGEST_NAME: usize = 160;

/// Additions of one rendering.
#[derive(Debug)]
pub struct Side {
    media: Arc<dyn Media>,
    /// The part that is being finished.
    pub part: String,
    /// New relationships by part.
    pub relations: BTreeMap<String, Vec<Relation>>,
    /// New entries: name and content.
    pub entries: Vec<(String, Arc<[u8]>)>,
    /// Extensions with their types.
    pub types: BTreeMap<&'static str, &'static str>,
    /// What could not be done.
    pub failures: Vec<Failure>,
    /// The tag whose value is being finished, where that is traced.
    pub tag: Option<usize>,
    /// Styles of the template by id and by name.
    pub styles: Arc<super::styles::Styles>,
    /// New styles by id.
    pub new_styles: BTreeMap<String, String>,
    /// Levels of new lists, each with its number.
    pub new_lists: Vec<(u32, String)>,
    pictures: BTreeMap<String, (String, image::Facts)>,
    copied: BTreeMap<u32, String>,
    drawings: usize,
    counter: usize,
}

const MM: f64 = 36_000.0;

impl Side {
    /// Nothing added yet.
    #[must_use]
    pub fn new(media: Arc<dyn Media>, styles: Arc<super::styles::Styles>) -> Self {
        Self {
            media,
            part: String::new(),
            relations: BTreeMap::new(),
            entries: Vec::new(),
            types: BTreeMap::new(),
            failures: Vec::new(),
            tag: None,
            styles,
            new_styles: BTreeMap::new(),
            new_lists: Vec::new(),
            pictures: BTreeMap::new(),
            copied: BTreeMap::new(),
            drawings: 0,
            counter: 0,
        }
    }

    /// A number that no other drawing of the document has.
    pub fn drawing_id(&mut self) -> usize {
        self.drawings += 1;
        100_000 + self.drawings
    }

    /// A file of the media folder.
    pub fn load(&mut self, path: &str) -> Option<Arc<[u8]>> {
        match self.media.load(path) {
            Ok(bytes) => Some(bytes),
            Err(reason) => {
                self.fail("media", &reason);
                None
            }
        }
    }

    /// Notes what could not be done, for the fault of that code.
    pub fn fail(&mut self, code: &'static str, what: &str) {
        let what = what.chars().take(LONGEST_NAME).collect();
        self.failures.push(Failure { code, what, part: self.part.clone(), tag: self.tag });
    }

    /// Id of a relationship of the part in hand.
    pub fn relate(&mut self, kind: &'static str, target: &str, external: bool) -> String {
        let list = self.relations.entry(self.part.clone()).or_default();
        if let Some(known) = list.iter().find(|relation| relation.kind == kind && relation.target == target) {
            return known.id.clone();
        }
        self.counter += 1;
        let id = format!("rIdTd{}", self.counter);
        list.push(Relation { id: id.clone(), kind, target: target.to_owned(), external });
        id
    }

    /// Id of a link.
    pub fn link(&mut self, url: &str) -> String {
        self.relate("hyperlink", url, true)
    }

    /// Adds an entry beside the part `word/…` and gives the target for relationships to it.
    pub fn add_entry(&mut self, folder: &str, extension: &str, content: Arc<[u8]>) -> String {
        let number = self.entries.len() + 1;
        let target = format!("{folder}/thidua{number}.{extension}");
        self.entries.push((format!("word/{target}"), content));
        target
    }

    /// Adds a style.
    pub fn add_style(&mut self, id: &str, xml: String) {
        self.new_styles.entry(id.to_owned()).or_insert(xml);
    }

    /// Adds a list; gives its number.
    pub fn add_list(&mut self, levels: String) -> u32 {
        // Numbers of lists made by loops begin at the template's first free one; these stand well above.
        let number = self.styles.next_list + 100_000 + u32::try_from(self.new_lists.len()).unwrap_or(0);
        self.new_lists.push((number, levels));
        number
    }

    /// Adds a picture of another document; gives the id of the relationship.
    pub fn add_image(&mut self, part: &str, content: Arc<[u8]>) -> String {
        let crc = crc32fast::hash(&content);
        let target = match self.copied.get(&crc) {
            Some(known) => known.clone(),
            None => {
                let facts = image::facts(&content);
                let (extension, mime) = match &facts {
                    Some(facts) => (facts.extension, facts.mime),
                    None => match part.rsplit('.').next() {
                        Some("emf") => ("emf", "image/x-emf"),
                        Some("wmf") => ("wmf", "image/x-wmf"),
                        Some("tif" | "tiff") => ("tiff", "image/tiff"),
                        Some("svg") => ("svg", "image/svg+xml"),
                        _ => ("bin", "application/octet-stream"),
                    },
                };
                self.types.insert(extension, mime);
                let target = self.add_entry("media", extension, content);
                self.copied.insert(crc, target.clone());
                target
            }
        };
        self.relate("image", &target, false)
    }

    /// XML of a drawing in the line of the text.
    pub fn picture(&mut self, wanted: &Image) -> String {
        let known = self.pictures.get(&wanted.path).cloned();
        let Some((target, facts)) = known.or_else(|| self.add_picture(&wanted.path)) else { return String::new() };
        let id = self.relate("image", &target, false);
        let (width, height) = (facts.width_mm(), facts.height_mm());
        let (width, height) = match (wanted.width_mm, wanted.height_mm) {
            (Some(w), Some(h)) => (w, h),
            (Some(w), None) => (w, w * height / width),
            (None, Some(h)) => (h * width / height, h),
            (None, None) => (width, height),
        };
        let emu = |mm: f64| (mm.clamp(0.1, 5_000.0) * MM).round();
        let link =
            wanted.url.as_ref().map(|url| format!("<a:hlinkClick xmlns:a=\"{A}\" r:id=\"{}\"/>", self.link(url)));
        let link = link.unwrap_or_default();
        let (cx, cy, number) = (emu(width), emu(height), self.drawing_id());
        let name = xml_text(target.rsplit('/').next().unwrap_or_default());
        format!(
            "<w:drawing><wp:inline xmlns:wp=\"{WP}\" xmlns:a=\"{A}\" xmlns:pic=\"{PIC}\" xmlns:r=\"{R}\">\
             <wp:extent cx=\"{cx}\" cy=\"{cy}\"/><wp:docPr id=\"{number}\" name=\"Picture {number}\">{link}</wp:docPr>\
             <wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect=\"1\"/></wp:cNvGraphicFramePr>\
             <a:graphic><a:graphicData uri=\"{PIC}\"><pic:pic><pic:nvPicPr><pic:cNvPr id=\"0\" name=\"{name}\"/>\
             <pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"{id}\"/><a:stretch><a:fillRect/></a:stretch>\
             </pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{cx}\" cy=\"{cy}\"/></a:xfrm>\
             <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>\
             </wp:inline></w:drawing>"
        )
    }

    fn add_picture(&mut self, path: &str) -> Option<(String, image::Facts)> {
        let bytes = match image::inline_bytes(path) {
            Some(bytes) => bytes,
            None => self.load(path)?,
        };
        let Some(facts) = image::facts(&bytes) else {
            self.fail("media-kind", path);
            return None;
        };
        self.types.insert(facts.extension, facts.mime);
        let target = self.add_entry("media", facts.extension, bytes);
        self.pictures.insert(path.to_owned(), (target.clone(), facts.clone()));
        Some((target, facts))
    }
}

const WP: &str = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";
const A: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const PIC: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
