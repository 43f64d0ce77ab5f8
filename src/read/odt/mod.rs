//! OpenDocument texts (ODT, and FODT in one file).
//!
//! [`styles`] holds what paragraphs and runs inherit, [`lists`] the running numbers, [`walk`] goes through the text. Text is
//! what a person sees after all revisions are accepted; headers, footers, notes and comments follow the body as blocks of
//! their own part.

mod lists;
mod styles;
mod walk;

use crate::guard::Limits;
use crate::guard::package::Package;
use crate::guard::xml::{self, Xml};
use crate::model::{Document, InputError, Source};
use walk::Walker;

/// Reads an OpenDocument text, packaged or flat.
///
/// # Errors
/// When the package or one of its parts is damaged, unsafe, encrypted or too large, or when it is no text.
pub fn read(source: Source, bytes: &[u8], limits: &Limits) -> Result<Document, InputError> {
    let mut walker = Walker::new(limits);
    if bytes.starts_with(b"PK") {
        let package = Package::open(bytes, limits)?;
        refuse_encrypted(&package)?;
        if let Some(styles) = package.read_optional("styles.xml")? {
            part("styles.xml", &styles, &mut walker, limits)?;
        }
        part("content.xml", &package.read("content.xml")?, &mut walker, limits)?;
    } else {
        part("content.xml", bytes, &mut walker, limits)?;
    }
    let Walker { mut story, notes, endnotes, comments, furniture, .. } = walker;
    story.follow(notes);
    story.follow(endnotes);
    // First, left and other pages often carry the same lines.
    let mut shown: Vec<Vec<String>> = Vec::new();
    for blocks in furniture {
        let texts: Vec<String> = blocks.iter().map(|block| block.text.clone()).collect();
        if !texts.is_empty() && !shown.contains(&texts) {
            shown.push(texts);
            story.follow(blocks);
        }
    }
    story.follow(comments);
    Ok(story.finish(source, "utf-8"))
}

/// Reads `styles.xml`, `content.xml` or a flat document: all have the same elements.
fn part(name: &str, bytes: &[u8], walker: &mut Walker, limits: &Limits) -> Result<(), InputError> {
    let text = xml::decode(name, bytes)?;
    let mut xml = Xml::new(name, &text, limits);
    xml.root()?;
    while let Some(child) = xml.child()? {
        match child.name() {
            b"font-face-decls" | b"styles" | b"automatic-styles" => walker.styles.read(&mut xml)?,
            b"master-styles" => walker.master_pages(&mut xml)?,
            b"body" => {
                while let Some(content) = xml.child()? {
                    if content.name() != b"text" {
                        return Err(InputError::Unsupported { found: "an OpenDocument or e-book file" });
                    }
                    walker.blocks(&mut xml)?;
                }
            }
            _ => xml.skip()?,
        }
    }
    xml.finish()
}

/// A password is not told by the archive but by its manifest.
fn refuse_encrypted(package: &Package) -> Result<(), InputError> {
    let manifest = package.read_optional("META-INF/manifest.xml")?.unwrap_or_default();
    if memchr::memmem::find(&manifest, b"encryption-data").is_some() {
        return Err(InputError::Encrypted);
    }
    Ok(())
}
