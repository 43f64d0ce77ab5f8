//! The look of a Word document: page, fonts, head, paragraphs (NĐ 30/2020/NĐ-CP, Phụ lục I).

use super::{Formal, FormalProfile};
use crate::language::fold::fold;
use crate::language::letter::is_word;
use crate::model::{Block, Finding, Fix, Look, Part, Severity, Span};
use crate::read::docx::layout::{Layout, Paragraph, Setting};

/// Twips of a millimetre, rounded.
fn millimetres(twips: u32) -> u32 {
    (twips * 254 + 7_200) / 14_400
}

/// Widest and narrowest margins in millimetres: top, bottom, left, right.
const MARGINS: [(u32, u32); 4] = [(20, 25), (20, 25), (30, 35), (15, 20)];
/// What a margin out of range becomes, in twips.
const SET: [u32; 4] = [1_134, 1_134, 1_701, 850];

/// TT03, TT04, TT28-TT31.
pub(super) fn review(formal: &Formal<'_>, found: &mut Vec<Finding>) {
    let Some(layout) = formal.layout else { return };
    margins(formal, layout, found);
    numbers(formal, layout, found);
    let places = Places::of(formal, layout);
    head(formal, layout, &places, found);
    fonts(formal, layout, &places, found);
    body(formal, layout, &places, found);
}

/// The block of each paragraph: both stand in reading order, so that each is looked for behind the one before.
struct Places {
    blocks: Vec<Option<u32>>,
}

impl Places {
    fn of(formal: &Formal<'_>, layout: &Layout) -> Self {
        let blocks: Vec<&Block> = formal
            .subject
            .document
            .blocks
            .iter()
            .filter(|block| matches!(block.part, Part::Body | Part::TextBox))
            .collect();
        let bare = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let texts: Vec<String> = blocks.iter().map(|block| bare(&block.text)).collect();
        let mut next = 0;
        let found = layout
            .paragraphs
            .iter()
            .map(|paragraph| {
                let window = next..(next + 40).min(texts.len());
                let at = window.clone().find(|at| {
                    texts.get(*at).is_some_and(|text| {
                        *text == paragraph.text || (!text.is_empty() && paragraph.text.ends_with(text.as_str()))
                    })
                })?;
                next = at + 1;
                blocks.get(at).map(|block| block.id)
            })
            .collect();
        Self { blocks: found }
    }

    fn span(&self, formal: &Formal<'_>, paragraph: usize) -> Option<Span> {
        let block = self.blocks.get(paragraph).copied().flatten()?;
        formal.subject.document.blocks.get(block as usize).map(crate::check::subject::whole)
    }
}

/// TT28.
fn margins(formal: &Formal<'_>, layout: &Layout, found: &mut Vec<Finding>) {
    let Some(page) = layout.page.filter(|page| page.width > 0 && page.width < page.height) else { return };
    let party = formal.profile == FormalProfile::Party;
    let exact = [(20, 20), (20, 20), (30, 30), (15, 15)];
    let ranges = if party { exact } else { MARGINS };
    let wrong: Vec<bool> = page
        .margins
        .iter()
        .zip(ranges)
        .map(|(twips, (least, most))| {
            let size = millimetres(*twips);
            // A millimetre of rounding between inches and centimetres.
            size + 1 < least || size > most + 1
        })
        .collect();
    if wrong.iter().any(|wrong| *wrong) {
        let set = |at: usize| wrong.get(at).copied().unwrap_or(false).then(|| SET.get(at).copied()).flatten();
        let look = Look::Margins { top: set(0), bottom: set(1), left: set(2), right: set(3) };
        let shown: Vec<String> = page.margins.iter().map(|twips| millimetres(*twips).to_string()).collect();
        found.push(
            formal
                .finding("TT28", Severity::Error, "margins", None)
                .with("value", shown.join("/"))
                .fixed_by(Fix::Layout { blocks: Vec::new(), look }),
        );
    }
}

/// TT31.
fn numbers(formal: &Formal<'_>, layout: &Layout, found: &mut Vec<Finding>) {
    // Less than a page and a half needs none.
    let characters: usize = layout.paragraphs.iter().map(|paragraph| paragraph.text.chars().count()).sum();
    let many_pages = characters > 4_500;
    let what = match layout.number_in_header {
        None if many_pages => "none",
        Some(false) => "footer",
        Some(true) if !layout.number_centred => "side",
        Some(true) if !layout.first_page_differs && many_pages => "first",
        _ => return,
    };
    let fix = Fix::Layout { blocks: Vec::new(), look: Look::PageNumber };
    found.push(formal.finding("TT31", Severity::Warning, what, None).fixed_by(fix));
}

/// TT03, TT04: the rule below Tiêu ngữ, weight of the issuing bodies.
fn head(formal: &Formal<'_>, layout: &Layout, places: &Places, found: &mut Vec<Finding>) {
    let info = &formal.subject.extraction.document;
    for (at, paragraph) in layout.paragraphs.iter().enumerate().take(20) {
        let text = fold(&paragraph.text);
        let place = || places.span(formal, at);
        let change = |look| match places.blocks.get(at).copied().flatten() {
            Some(block) => Fix::Layout { blocks: vec![block], look },
            None => Fix::Layout { blocks: Vec::new(), look },
        };
        if text.starts_with("độc lập") && text.contains("hạnh phúc") {
            let next_is_rule =
                layout.paragraphs.get(at + 1).is_some_and(|next| next.rule && next.text.chars().all(|c| !is_word(c)));
            if !paragraph.rule && !next_is_rule && place().is_some() {
                found.push(formal.finding("TT03", Severity::Warning, "rule", place()).fixed_by(change(Look::Rule)));
            }
        }
        let is = |name: &Option<String>| name.as_deref().is_some_and(|name| fold(name) == text);
        if is(&info.parent_issuer) && paragraph.bold && place().is_some() {
            found.push(
                formal.finding("TT04", Severity::Warning, "parent", place()).fixed_by(change(Look::Bold { on: false })),
            );
        } else if is(&info.issuer) && !paragraph.bold && place().is_some() {
            found.push(
                formal.finding("TT04", Severity::Warning, "issuer", place()).fixed_by(change(Look::Bold { on: true })),
            );
        }
    }
}

/// TT29: Times New Roman, sizes between 11 and 15.
fn fonts(formal: &Formal<'_>, layout: &Layout, places: &Places, found: &mut Vec<Finding>) {
    let mut other: Vec<(String, usize, usize)> = Vec::new();
    let mut all = 0;
    for (at, paragraph) in layout.paragraphs.iter().enumerate() {
        for (font, letters) in &paragraph.fonts {
            all += letters;
            if !font.eq_ignore_ascii_case("Times New Roman") && !font.starts_with('+') {
                match other.iter_mut().find(|(known, ..)| known == font) {
                    Some(entry) => entry.1 += letters,
                    None => other.push((font.clone(), *letters, at)),
                }
            }
        }
    }
    if let Some((font, letters, first)) = other.iter().max_by_key(|(_, letters, _)| *letters)
        && letters * 50 > all
    {
        let fix = Fix::Layout { blocks: Vec::new(), look: Look::Font { family: "Times New Roman".to_owned() } };
        found.push(
            formal
                .finding("TT29", Severity::Warning, "font", places.span(formal, *first))
                .with("value", font.clone())
                .fixed_by(fix),
        );
    }
    let odd: Vec<usize> = layout
        .paragraphs
        .iter()
        .enumerate()
        .filter(|(_, paragraph)| {
            is_running(paragraph) && paragraph.size().is_some_and(|size| !(26..=28).contains(&size))
        })
        .map(|(at, _)| at)
        .collect();
    if let Some(first) = odd.first()
        && let Some(size) = layout.paragraphs.get(*first).and_then(Paragraph::size)
    {
        let blocks: Vec<u32> = odd.iter().filter_map(|at| places.blocks.get(*at).copied().flatten()).collect();
        let fix = Fix::Layout { blocks, look: Look::Size { half_points: 28 } };
        found.push(
            formal
                .finding("TT29", Severity::Warning, "size", places.span(formal, *first))
                .with("value", format!("{}", f64::from(i32::try_from(size).unwrap_or(0)) / 2.0))
                .fixed_by(fix),
        );
    }
}

/// Running text: long lines outside tables.
fn is_running(paragraph: &Paragraph) -> bool {
    !paragraph.in_table && paragraph.text.chars().count() > 120
}

/// TT30: justified, indented, spaced.
fn body(formal: &Formal<'_>, layout: &Layout, places: &Places, found: &mut Vec<Finding>) {
    let running: Vec<(usize, &Paragraph)> =
        layout.paragraphs.iter().enumerate().filter(|(_, paragraph)| is_running(paragraph)).collect();
    let mut say = |what: &str, wrong: &dyn Fn(&Paragraph) -> bool, look: Look| {
        let odd: Vec<usize> = running.iter().filter(|(_, paragraph)| wrong(paragraph)).map(|(at, _)| *at).collect();
        if odd.len() * 2 > running.len()
            && let Some(first) = odd.first()
        {
            let blocks = odd.iter().filter_map(|at| places.blocks.get(*at).copied().flatten()).collect();
            found.push(
                formal
                    .finding("TT30", Severity::Info, what, places.span(formal, *first))
                    .fixed_by(Fix::Layout { blocks, look }),
            );
        }
    };
    say("justify", &|p| p.setting != Setting::Justified, Look::Justify);
    say("indent", &|p| p.first_line > 0 && !(540..=750).contains(&p.first_line), Look::FirstLine { twips: 720 });
    say(
        "line",
        &|p| p.line.is_some_and(|line| !(235..=365).contains(&line)),
        Look::Spacing { after: None, line: Some(240) },
    );
    say("gap", &|p| p.before + p.after < 120, Look::Spacing { after: Some(120), line: None });
}
