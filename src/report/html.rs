//! One self-contained HTML page for a run: documents on the left with marks, what was found on the right.
//!
//! Everything from a document goes through the template engine's escaping. The page asks nothing of any network.

mod flow;

use super::View;
use super::entries::{Entry, Group, entries, number};
use crate::Reading;
use crate::model::Severity;
use crate::pack::Lang;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use tera::{Context, Tera};

/// The compiled templates of the page.
#[derive(Debug)]
pub struct Page {
    tera: Tera,
}

impl Page {
    /// Compiles the templates.
    ///
    /// # Errors
    /// When a template is faulty, which a test excludes.
    pub fn new() -> tera::TeraResult<Self> {
        let mut tera = Tera::default();
        let raw = |text: &str| format!("{{% raw %}}{text}{{% endraw %}}");
        tera.add_raw_templates([
            ("page.css", raw(include_str!("../../templates/base/report/page.css"))),
            ("page.js", raw(include_str!("../../templates/base/report/page.js"))),
            ("head.html", include_str!("../../templates/base/report/head.html").to_owned()),
            ("document.html", include_str!("../../templates/base/report/document.html").to_owned()),
            ("tail.html", include_str!("../../templates/base/report/tail.html").to_owned()),
        ])?;
        Ok(Self { tera })
    }

    /// What opens the page.
    ///
    /// # Errors
    /// When the template does not fit its values, which a test excludes.
    pub fn head(&self, lang: Lang, view: &View) -> tera::TeraResult<String> {
        let group = |group: Group| Chip {
            key: group.key(),
            title: view.text(&format!("report.group.{}", group.key())),
            // Names are many and would drown the rest.
            shown: group != Group::Names,
        };
        let mut context = Context::new();
        context.insert("lang", if lang == Lang::Vi { "vi" } else { "en" });
        context.insert("words", &Words::new(view));
        context.insert("groups", &Group::ALL.map(group));
        self.tera.render("head.html", &context)
    }

    /// One document with what was found in it.
    ///
    /// # Errors
    /// When the template does not fit its values, which a test excludes.
    pub fn document(&self, reading: &Reading, view: &View) -> tera::TeraResult<String> {
        let context = Context::from_serialize(&Section::new(reading, view))?;
        self.tera.render("document.html", &context)
    }

    /// What closes the page, with the inputs that could not be read and the reasons in words.
    ///
    /// # Errors
    /// When the template does not fit its values, which a test excludes.
    pub fn tail(&self, failures: &[(String, String)], view: &View) -> tera::TeraResult<String> {
        let mut context = Context::new();
        context.insert("words", &Words::new(view));
        context.insert("failures", failures);
        self.tera.render("tail.html", &context)
    }
}

#[derive(Serialize)]
struct Chip {
    key: &'static str,
    title: String,
    shown: bool,
}

/// Labels of the page itself.
#[derive(Serialize)]
struct Words {
    page: String,
    choose: String,
    show: String,
    print: String,
    failures: String,
}

impl Words {
    fn new(view: &View) -> Self {
        let word = |key: &str| view.text(&format!("report.page.{key}"));
        Self {
            page: word("title"),
            choose: word("choose"),
            show: word("show"),
            print: word("print"),
            failures: word("failures"),
        }
    }
}

#[derive(Serialize)]
struct Section {
    key: String,
    short: String,
    title: String,
    subject: Option<String>,
    fields: Vec<(String, String)>,
    nodes: Vec<flow::Node>,
    groups: Vec<Cards>,
}

#[derive(Serialize)]
struct Cards {
    key: &'static str,
    title: String,
    entries: Vec<Card>,
}

#[derive(Serialize)]
struct Card {
    id: String,
    head: String,
    body: String,
    details: Vec<(String, String)>,
    place: String,
    severity: Option<Severity>,
    #[serde(skip_serializing_if = "Option::is_none")]
    block: Option<u32>,
}

impl Section {
    fn new(reading: &Reading, view: &View) -> Self {
        let key = key(&reading.document.source.path);
        let entries = entries(reading, view);
        let nodes = flow::nodes(reading, &key, &entries, view);
        let info = &reading.extraction.document;
        let title = view.title(info);
        let path = &reading.document.source.path;
        let short = match number(info) {
            Some(_) => format!("{title} · {}", file_name(path)),
            None => file_name(path).to_owned(),
        };
        let mut cards: Vec<(Group, Card)> =
            (0_usize..).zip(entries).map(|(at, entry)| (entry.group, Card::new(&key, at, entry))).collect();
        let groups = Group::ALL
            .into_iter()
            .map(|group| Cards {
                key: group.key(),
                title: view.text(&format!("report.group.{}", group.key())),
                entries: cards.extract_if(.., |(of, _)| *of == group).map(|(_, card)| card).collect(),
            })
            .filter(|cards| !cards.entries.is_empty())
            .collect();
        Self { key, short, title, subject: info.subject.clone(), fields: fields(reading, view), nodes, groups }
    }
}

impl Card {
    fn new(key: &str, at: usize, entry: Entry) -> Self {
        Self {
            id: card_id(key, at),
            block: entry.spans.first().map(|span| span.block),
            head: entry.head,
            body: entry.body,
            details: entry.details,
            place: entry.place,
            severity: entry.severity,
        }
    }
}

/// Id of an entry's card; marks refer to it.
fn card_id(key: &str, at: usize) -> String {
    format!("{key}-e{at}")
}

/// A short key that keeps the ids of several documents on one page apart.
fn key(path: &str) -> String {
    let mut key = "d".to_owned();
    for byte in Sha256::digest(path).iter().take(5) {
        let _ = write!(key, "{byte:02x}");
    }
    key
}

fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

fn fields(reading: &Reading, view: &View) -> Vec<(String, String)> {
    let info = &reading.extraction.document;
    let signature = info.signature.as_ref().map(|signature| {
        let parts = [&signature.authority, &signature.title, &signature.name];
        parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(", ")
    });
    let recipients: Vec<String> = info
        .recipients
        .iter()
        .map(|recipient| match &recipient.purpose {
            Some(purpose) => format!("{} ({purpose})", recipient.text),
            None => recipient.text.clone(),
        })
        .collect();
    let fields = [
        ("issuer", info.issuer.clone()),
        ("parent", info.parent_issuer.clone()),
        ("place", info.place.clone()),
        ("signature", signature),
        ("recipients", Some(recipients.join("; "))),
        ("file", Some(reading.document.source.path.clone())),
    ];
    fields
        .into_iter()
        .filter_map(|(key, value)| Some((view.text(&format!("report.label.{key}")), value?)))
        .filter(|(_, value)| !value.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn page() -> String {
        let page = Page::new().unwrap();
        let failures = [("den/<hong>.docx".to_owned(), "không có nội dung".to_owned())];
        sample::with_view(|view| {
            let document = page.document(&sample::reading(), view).unwrap();
            page.head(Lang::Vi, view).unwrap() + &document + &page.tail(&failures, view).unwrap()
        })
    }

    #[test]
    fn markup_of_a_document_stays_text() {
        let page = page();
        assert!(!page.contains("<script>alert"), "markup got through");
        assert!(page.contains("&lt;script&gt;alert(1)&lt;"));
        assert!(page.contains("den/&lt;hong&gt;.docx"));
        assert_eq!(page.matches("<script>").count(), 1);
    }

    #[test]
    fn nothing_is_fetched() {
        let page = page();
        for address in ["http://", "https://", "src=", "@import", "url("] {
            assert!(!page.contains(address), "{address}");
        }
        let templates = concat!(
            include_str!("../../templates/base/report/head.html"),
            include_str!("../../templates/base/report/document.html"),
            include_str!("../../templates/base/report/tail.html")
        );
        assert!(!templates.replace(" ", "").contains("|safe"), "escaping is never switched off");
    }

    #[test]
    fn every_mark_leads_to_a_card_and_every_link_to_a_paragraph() {
        let page = page();
        let ids: std::collections::BTreeSet<&str> =
            page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let marked: Vec<&str> = page
            .split("data-ids=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .flat_map(|list| list.split(' '))
            .collect();
        assert!(marked.len() > 8 && marked.iter().all(|id| ids.contains(id)), "{marked:?}");
        let links: Vec<&str> = page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(links.len() > 8 && links.iter().all(|id| ids.contains(id)), "{links:?}");
    }
}
