//! What the chief of an office looks for in a plan before it is signed (KH-…).

use super::Formal;
use crate::language::fold::fold;
use crate::model::{DeadlineKind, Finding, Severity};
use crate::structure::Zone;

fn is_plan(formal: &Formal<'_>) -> bool {
    matches!(formal.subject.extraction.document.kind.as_deref(), Some("KH" | "HD" | "CTr" | "TL"))
}

/// KH-F: somebody has to report, and it is said by when.
pub(super) fn dates_of_reports(formal: &Formal<'_>, found: &mut Vec<Finding>) {
    if !is_plan(formal) {
        return;
    }
    let due = formal
        .subject
        .extraction
        .deadlines
        .iter()
        .any(|deadline| matches!(deadline.kind, DeadlineKind::Report | DeadlineKind::Submission));
    if due {
        return;
    }
    let has_tasks = !formal.subject.extraction.assignments.is_empty() || formal.subject.extraction.quotas.len() > 1;
    if has_tasks {
        let place = formal
            .subject
            .passages()
            .filter(|p| {
                p.zone == Zone::Body
                    && fold(&p.block.text).contains("tổ chức thực hiện")
                    && p.block.text.chars().count() < 60
            })
            .last()
            .map(|p| p.whole())
            .or_else(|| formal.subject.bottom());
        found.push(formal.finding("KH-F", Severity::Warning, "report", place));
    }
}

/// KH-E: a paper of one level that has its units report past it, to the level above.
pub(super) fn other_level(formal: &Formal<'_>, found: &mut Vec<Finding>) {
    let info = &formal.subject.extraction.document;
    let Some(issuer) = info.issuer.as_deref().map(fold) else { return };
    let above: &[&str] = if issuer.contains(" huyện") || issuer.contains(" quận") || issuer.contains(" thị xã") {
        &["hội lhpn tỉnh", "tỉnh hội", "hội liên hiệp phụ nữ tỉnh"]
    } else if issuer.contains(" xã") || issuer.contains(" phường") {
        &["hội lhpn tỉnh", "hội lhpn huyện", "tỉnh hội"]
    } else {
        return;
    };
    for passage in formal.subject.passages().filter(|p| p.zone == Zone::Body) {
        let text = &passage.folded.text;
        for lead in ["báo cáo kịp thời về ", "báo cáo về ", "gửi báo cáo về ", "gửi về "] {
            for (at, _) in text.match_indices(lead) {
                let start = at + lead.len();
                let rest = text.get(start..).unwrap_or_default();
                if let Some(body) = above.iter().find(|body| rest.starts_with(**body)) {
                    let span = passage.span(start..start + body.len());
                    if !found.iter().any(|finding| finding.code == "KH-E" && finding.span == Some(span)) {
                        found.push(formal.finding("KH-E", Severity::Info, "level", Some(span)).for_review());
                    }
                }
            }
        }
    }
}
