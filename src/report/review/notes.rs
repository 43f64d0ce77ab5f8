//! Findings as notes in the paper: one comment for each, and one in front that sums up.

use super::super::View;
use super::super::annotate::Note;
use crate::model::{CheckReport, Noted};

/// The notes of a report: a summary for the whole document, then one note for each finding, in their order.
#[must_use]
pub fn notes(report: &CheckReport, view: &View) -> Vec<Note> {
    let summary = Note { span: None, quotation: String::new(), paragraphs: summary(report, view), fix: None };
    std::iter::once(summary).chain(report.findings.iter().map(|noted| note(noted, view))).collect()
}

/// The verdict, the numbers, the form.
fn summary(report: &CheckReport, view: &View) -> Vec<String> {
    let verdict = view.verdict(report.verdict);
    let mut paragraphs =
        vec![view.texts.get("checked.summary", &[("verdict", &verdict), ("counts", &view.counts(report))])];
    if let Some(form) = &report.form {
        let slots = [("title", form.title.as_str()), ("law", form.law.as_str())];
        paragraphs.push(view.texts.get("checked.against", &slots));
        if form.guessed {
            paragraphs.push(view.text("checked.guessed"));
        }
        if !form.verified {
            paragraphs.push(view.text("checked.unverified"));
        }
    }
    paragraphs
}

/// What is the matter, why, on which ground, what to do; then the other places that belong to it.
fn note(noted: &Noted, view: &View) -> Note {
    let finding = &noted.finding;
    let words = view.sentences(finding);
    let head = [("code", finding.code), ("severity", &view.gravity(finding)), ("message", &words.message)];
    let mut paragraphs = vec![view.texts.get("checked.head", &head)];
    paragraphs.extend(words.reason);
    paragraphs.extend(
        words
            .basis
            .filter(|basis| !basis.is_empty())
            .map(|basis| view.texts.get("checked.basis", &[("basis", &basis)])),
    );
    paragraphs.extend(words.remedy.map(|remedy| view.texts.get("checked.remedy", &[("remedy", &remedy)])));
    for quote in noted.related_quotes.iter().filter(|quote| !quote.is_empty()) {
        paragraphs.push(view.texts.get("checked.related", &[("quote", quote)]));
    }
    for other in &finding.elsewhere {
        paragraphs.push(view.texts.get("checked.elsewhere", &[("file", &other.path), ("quote", &other.quote)]));
    }
    Note {
        span: finding.span,
        quotation: noted.quote.clone().unwrap_or_default(),
        paragraphs,
        fix: finding.fix.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::review::sample;
    use crate::report::sample::with_view;

    #[test]
    fn every_finding_has_its_note_after_the_summary() {
        let report = sample::batch().files.remove(0);
        with_view(|view| {
            let notes = notes(&report, view);
            assert_eq!(notes.len(), 4);
            assert_eq!(notes[0].paragraphs[0], "Cần sửa: 1 lỗi, 1 điểm cần xem, 1 lưu ý.");
            assert_eq!(notes[0].paragraphs.len(), 4, "{:?}", notes[0].paragraphs);
            assert!(notes[2].paragraphs[0].starts_with("[TD201 · Lỗi] "), "{:?}", notes[2].paragraphs);
            assert_eq!((notes[2].quotation.as_str(), notes[2].span), ("=31/02", report.findings[1].finding.span));
            assert!(notes[2].fix.is_some() && notes[2].paragraphs.iter().any(|line| line.contains("“ngày <7>”")));
            assert!(notes[3].paragraphs[0].starts_with("[TD302 · Cần người xem] "));
            assert!(notes[1].paragraphs.iter().any(|line| line.contains("bao-cao-02.docx")));
        });
    }
}
