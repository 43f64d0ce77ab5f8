//! The summary of an office run as one self-contained HTML page, written line by line: it is as long as the office is
//! large.

use super::View;
use super::summary::{Line, Piece, Told};
use serde::Serialize;
use std::io::{self, Write};
use tera::{Context, Tera};

/// Lines that are rendered at once.
const LINES: usize = 200;
const CHAPTER_END: &str = "</ol>\n</section>\n";
const END: &str = "</body>\n</html>\n";

/// A section of the page.
#[derive(Debug, Serialize)]
struct Chapter {
    key: &'static str,
    title: String,
    count: usize,
}

/// Writes the page, under a title.
///
/// # Errors
/// When it cannot be written, or the disk fails; that a template does not fit its values is excluded by a test.
pub fn write(title: &str, told: &mut Told, view: &View, out: &mut impl Write) -> io::Result<()> {
    let mut chapters: Vec<Chapter> = Vec::new();
    told.tell(view, |piece| {
        if let Piece::Chapter { key, title, count } = piece {
            chapters.push(Chapter { key, title, count });
        }
        Ok(())
    })?;
    let mut page = Page { tera: tera().map_err(io::Error::other)?, out, lines: Vec::new() };
    let mut context = Context::new();
    context.insert("title", title);
    context.insert("counts", &told.counts(view));
    context.insert("chapters", &chapters);
    page.put("office.html", &context)?;
    let mut begun = false;
    told.tell(view, |piece| match piece {
        Piece::Chapter { key, title, count } => {
            page.end_chapter(begun)?;
            begun = true;
            let mut context = Context::new();
            context.insert("chapter", &Chapter { key, title, count });
            page.put("office-chapter.html", &context)
        }
        Piece::Line(line) => page.line(line),
    })?;
    page.end_chapter(begun)?;
    page.out.write_all(END.as_bytes())
}

fn tera() -> tera::TeraResult<Tera> {
    let mut tera = Tera::default();
    tera.add_raw_templates([
        ("office.html", include_str!("../../templates/base/report/office.html")),
        ("office-chapter.html", include_str!("../../templates/base/report/office-chapter.html")),
        ("office-lines.html", include_str!("../../templates/base/report/office-lines.html")),
    ])?;
    Ok(tera)
}

struct Page<'o, W> {
    tera: Tera,
    out: &'o mut W,
    /// Lines that are not written yet.
    lines: Vec<Line>,
}

impl<W: Write> Page<'_, W> {
    fn line(&mut self, line: Line) -> io::Result<()> {
        self.lines.push(line);
        if self.lines.len() < LINES { Ok(()) } else { self.put_lines() }
    }

    fn put_lines(&mut self) -> io::Result<()> {
        let mut context = Context::new();
        context.insert("lines", &self.lines);
        self.lines.clear();
        self.put("office-lines.html", &context)
    }

    fn end_chapter(&mut self, begun: bool) -> io::Result<()> {
        if !begun {
            return Ok(());
        }
        self.put_lines()?;
        self.out.write_all(CHAPTER_END.as_bytes())
    }

    fn put(&mut self, template: &str, context: &Context) -> io::Result<()> {
        let text = self.tera.render(template, context).map_err(io::Error::other)?;
        self.out.write_all(text.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{sample, summary};
    use super::*;
    use crate::model::InputError;
    use crate::pack::Kind;

    fn page(told: &mut Told, view: &View) -> String {
        let mut page = Vec::new();
        write("Hội & xã", told, view, &mut page).unwrap();
        String::from_utf8(page).unwrap()
    }

    #[test]
    fn what_comes_from_documents_is_escaped() {
        let page = sample::with_view(|view| {
            let mut told = Told::new().unwrap();
            told.push(summary::Part::of(&sample::reading(), view)).unwrap();
            told.failures.push(("den/<b>.pdf".to_owned(), InputError::Empty));
            page(&mut told, view)
        });
        assert!(page.contains("Hội &amp; xã") && page.contains("den/&lt;b&gt;.pdf") && !page.contains("<b>.pdf"));
        assert!(page.contains("trước ngày 15/04/2024"));
    }

    #[test]
    fn a_page_of_many_lines_has_each_once_and_closes_what_it_opens() {
        let count = 2 * LINES + 7;
        let page = sample::with_view(|view| {
            let mut told = Told::new().unwrap();
            for number in 0..count {
                told.sort(Kind::Report, &format!("den/{number}.docx"), "tên").unwrap();
            }
            told.failures.push(("den/hong.pdf".to_owned(), InputError::Empty));
            page(&mut told, view)
        });
        for number in 0..count {
            assert_eq!(page.matches(&format!("den/{number}.docx")).count(), 1, "{number}");
        }
        for tag in ["section", "ol", "li", "h2", "div", "nav", "body", "html"] {
            let (opened, closed) = (format!("<{tag}"), format!("</{tag}>"));
            let opened = page.matches(&format!("{opened}>")).count() + page.matches(&format!("{opened} ")).count();
            assert_eq!(opened, page.matches(&closed).count(), "{tag}");
        }
        assert!(page.contains(&format!("({count})")) && page.ends_with("</html>\n"));
    }
}
