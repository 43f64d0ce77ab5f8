//! The foreign parser: from bytes to pages as they are drawn, and to pictures of pages.

use super::damage::Streams;
use super::glyphs::Page;
use super::names;
use crate::read::foreign::{Picture, Refusal};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings};
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::kurbo::Rect;
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, TransformExt as _, interpret_page};

/// Resolution at which text is recognised, in dots per inch.
const DPI: f32 = 200.0;
/// Pixels of a page at most.
const PIXELS: f32 = 40e6;

fn open(bytes: &[u8]) -> Result<Pdf, Refusal> {
    Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Refusal::Encrypted,
        LoadPdfError::Invalid => Refusal::Damaged("no pages are found in it".to_owned()),
    })
}

/// The pages as they are drawn, with no more than `most` glyphs.
///
/// # Errors
/// Why the file is refused.
pub fn pages(bytes: &[u8], most: usize) -> Result<Vec<Page>, Refusal> {
    let pdf = open(bytes)?;
    let cache = InterpreterCache::new();
    let mut pages = Vec::new();
    let mut streams = Streams::default();
    let mut left = most;
    for page in pdf.pages().iter() {
        let (width, height) = page.render_dimensions();
        let (width, height) = (f64::from(width), f64::from(height));
        let mut context = Context::new(
            page.initial_transform(true).to_kurbo(),
            Rect::new(0.0, 0.0, width, height),
            &cache,
            pdf.xref(),
            InterpreterSettings::default(),
        );
        let damaged = streams.are_damaged(page);
        let unnamed = names::unnamed(page);
        let mut drawn = Page { width, height, most: left, damaged, unnamed, ..Page::default() };
        interpret_page(page, &mut context, &mut drawn);
        left = left.saturating_sub(drawn.count());
        if left == 0 {
            return Err(Refusal::TooLarge);
        }
        pages.push(drawn);
    }
    if pages.is_empty() { Err(Refusal::Empty) } else { Ok(pages) }
}

/// A page as a picture; pages count from 0.
///
/// # Errors
/// Why the file is refused.
pub fn picture(bytes: &[u8], page: usize) -> Result<Picture, Refusal> {
    let pdf = open(bytes)?;
    let page = pdf.pages().get(page).ok_or(Refusal::Empty)?;
    let (width, height) = page.render_dimensions();
    let scale = (DPI / 72.0).min((PIXELS / (width * height).max(1.0)).sqrt());
    let settings = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let pixmap = hayro::render(
        page,
        &RenderCache::new(),
        &InterpreterSettings::default(),
        &RenderSettings::default(),
        &settings,
    );
    let grey = pixmap.data().iter().map(|p| ((u32::from(p.r) * 3 + u32::from(p.g) * 6 + u32::from(p.b)) / 10) as u8);
    Ok(Picture { width: u32::from(pixmap.width()), height: u32::from(pixmap.height()), grey: grey.collect() })
}
