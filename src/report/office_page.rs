//! The summary of an office run as one self-contained HTML page.

use super::View;
use super::summary::Told;
use tera::{Context, Tera};

/// The page, under a title.
///
/// # Errors
/// When the template does not fit its values, which a test excludes.
pub fn render(title: &str, told: &Told, view: &View) -> tera::TeraResult<String> {
    let mut tera = Tera::default();
    tera.add_raw_template("office.html", include_str!("../../templates/base/report/office.html"))?;
    let mut context = Context::new();
    context.insert("title", title);
    context.insert("counts", &told.counts(view));
    context.insert("chapters", &told.chapters(view));
    tera.render("office.html", &context)
}

#[cfg(test)]
mod tests {
    use super::super::{sample, summary};
    use super::*;
    use crate::model::InputError;

    #[test]
    fn what_comes_from_documents_is_escaped() {
        let page = sample::with_view(|view| {
            let parts = vec![summary::Part::of(&sample::reading(), view)];
            let failures = vec![("den/<b>.pdf".to_owned(), InputError::Empty)];
            render("Hội & xã", &Told { parts, failures, ..Told::default() }, view).unwrap()
        });
        assert!(page.contains("Hội &amp; xã") && page.contains("den/&lt;b&gt;.pdf") && !page.contains("<b>.pdf"));
        assert!(page.contains("trước ngày 15/04/2024"));
    }
}
