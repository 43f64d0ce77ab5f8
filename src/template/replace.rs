//! Parts of the template exchanged for files: a picture in the header, an embedded workbook.

use super::compile::Template;
use super::side::Media;
use super::xml::{Tree, decode};
use serde::Deserialize;

/// One exchange.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Replacement {
    /// What `src` names.
    pub kind: ReplacementKind,
    /// What goes: a file of equal content, the name of a part, or the name of a picture as Word shows it.
    pub src: String,
    /// The file that comes.
    pub dst: String,
}

/// What the source of an exchange names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReplacementKind {
    /// A picture, by its content.
    Media,
    /// An embedded file, by its content.
    Embedded,
    /// A part, by its name in the package.
    Zipname,
    /// A picture, by its name, its title or its file name.
    Pic,
}

impl Template {
    /// Exchanges parts. What is not found in the template is returned.
    ///
    /// # Errors
    /// When a file cannot be read; the text says which.
    pub fn replace(&mut self, list: &[Replacement], media: &dyn Media) -> Result<Vec<String>, String> {
        let mut missed = Vec::new();
        for replacement in list {
            let found = match replacement.kind {
                ReplacementKind::Media => self.by_content("word/media/", &media.load(&replacement.src)?),
                ReplacementKind::Embedded => self.by_content("word/embeddings/", &media.load(&replacement.src)?),
                ReplacementKind::Zipname => self.package.find(&replacement.src).into_iter().collect(),
                ReplacementKind::Pic => self.by_picture_name(&replacement.src),
            };
            if found.is_empty() {
                missed.push(replacement.src.clone());
                continue;
            }
            let content = media.load(&replacement.dst)?;
            for index in found {
                self.package.exchange(index, content.to_vec(), super::render::DEFAULT_LEVEL);
            }
        }
        Ok(missed)
    }

    fn by_content(&self, folder: &str, content: &[u8]) -> Vec<usize> {
        let crc = crc32fast::hash(content);
        let same = |entry: &super::package::Entry| {
            entry.name.starts_with(folder) && entry.crc == crc && entry.size as usize == content.len()
        };
        self.package.entries.iter().enumerate().filter(|(_, entry)| same(entry)).map(|(index, _)| index).collect()
    }

    fn by_picture_name(&self, name: &str) -> Vec<usize> {
        let mut out = Vec::new();
        for entry in &self.package.entries {
            let Some(file) =
                entry.name.strip_prefix("word/").filter(|file| file.ends_with(".xml") && !file.contains('/'))
            else {
                continue;
            };
            let relations = format!("word/_rels/{file}.rels");
            let (Ok(Some(part)), Ok(Some(relations))) =
                (self.package.content(&entry.name), self.package.content(&relations))
            else {
                continue;
            };
            let (Ok(part), Ok(relations)) = (Tree::parse(&part), Tree::parse(&relations)) else { continue };
            let named = |id: usize| {
                let values = ["name", "descr", "title"].map(|attribute| part.attr(id, attribute).map(decode));
                values.into_iter().flatten().any(|value| value == name)
            };
            for id in
                (1..part.nodes.len()).filter(|id| matches!(part.name(*id), "pic:cNvPr" | "wp:docPr") && named(*id))
            {
                let drawing = part.ancestors(id).find(|up| matches!(part.name(*up), "w:drawing" | "pic:pic"));
                let Some(drawing) = drawing else { continue };
                let embedded = (drawing..part.subtree_end(drawing)).find_map(|id| part.attr(id, "r:embed"));
                let target = (1..relations.nodes.len())
                    .find(|node| embedded.is_some() && relations.attr(*node, "Id") == embedded)
                    .and_then(|node| relations.attr(node, "Target"));
                let target = target.map(|target| format!("word/{}", target.trim_start_matches("/word/")));
                out.extend(target.and_then(|target| self.package.find(&target)));
            }
        }
        out.sort_unstable();
        out.dedup();
        out
    }
}
