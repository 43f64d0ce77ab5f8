//! The summary of an office run as one self-contained HTML page.

use super::View;
use super::summary::{Line, Piece, Told};
use serde::Serialize;
use tera::{Context, Tera};

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// The template does not fit its values.
    #[error(transparent)]
    Template(#[from] tera::Error),
    /// The disk fails.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// A section of the page.
#[derive(Debug, Serialize)]
struct Chapter {
    key: &'static str,
    title: String,
    lines: Vec<Line>,
}

/// The page, under a title.
///
/// # Errors
/// When the template does not fit its values, which a test excludes, or the disk fails.
pub fn render(title: &str, told: &mut Told, view: &View) -> Result<String, PageError> {
    let mut chapters: Vec<Chapter> = Vec::new();
    told.tell(view, |piece| {
        match (piece, chapters.last_mut()) {
            (Piece::Chapter { key, title, .. }, _) => chapters.push(Chapter { key, title, lines: Vec::new() }),
            (Piece::Line(line), Some(chapter)) => chapter.lines.push(line),
            (Piece::Line(_), None) => {}
        }
        Ok(())
    })?;
    let mut tera = Tera::default();
    tera.add_raw_template("office.html", include_str!("../../templates/base/report/office.html"))?;
    let mut context = Context::new();
    context.insert("title", title);
    context.insert("counts", &told.counts(view));
    context.insert("chapters", &chapters);
    Ok(tera.render("office.html", &context)?)
}

#[cfg(test)]
mod tests {
    use super::super::{sample, summary};
    use super::*;
    use crate::model::InputError;

    #[test]
    fn what_comes_from_documents_is_escaped() {
        let page = sample::with_view(|view| {
            let mut told = Told::new().unwrap();
            told.push(summary::Part::of(&sample::reading(), view)).unwrap();
            told.failures.push(("den/<b>.pdf".to_owned(), InputError::Empty));
            render("Hội & xã", &mut told, view).unwrap()
        });
        assert!(page.contains("Hội &amp; xã") && page.contains("den/&lt;b&gt;.pdf") && !page.contains("<b>.pdf"));
        assert!(page.contains("trước ngày 15/04/2024"));
    }
}
