//! Signature and confirmation blocks.

use crate::check::paper::Paper;
use crate::check::paper::sign::Sign;
use crate::model::{Finding, Severity};

/// BC28: every block of the form, with a post where one belongs and a name.
pub(super) fn blocks(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    for form in &paper.form.signs {
        let Some(required) = form.required else { continue };
        let role = form.role.first().map_or("", String::as_str);
        let by_authority = form.or_authority.then(|| paper.signs.iter().find(|sign| sign.id == "authority")).flatten();
        let Some(sign) = paper.signs.iter().find(|sign| sign.id == form.id).or(by_authority) else {
            found.push(
                Finding::new("BC28", paper.form.grade(required), paper.end())
                    .with("what", "missing")
                    .with("role", role),
            );
            continue;
        };
        if sign.name.is_none() {
            let severity = paper.form.grade(required).min(Severity::Warning);
            let finding =
                Finding::new("BC28", severity, Some(sign.span)).with("what", "name").with("role", sign.role.clone());
            // Where columns were lost the one name may belong to either block.
            let unsure = paper.signs.iter().filter(|other| !other.sure && other.span != sign.span);
            found.push(unsure.fold(finding, |finding, other| finding.and(other.span)).for_review());
        }
    }
}

/// BC29: a deputy signs for the head (KT.); a head is entitled.
pub(super) fn entitled(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    for sign in &paper.signs {
        if sign.id == "reporter" {
            continue;
        }
        let marked = |mark: &str| {
            let bare = mark.trim_end_matches('.');
            sign.marks.iter().any(|line| line.replace('/', "").starts_with(bare))
                || crate::language::fold::fold(&sign.role).replace('/', "").starts_with(bare)
        };
        for (post, span) in &sign.posts {
            let deputy = post.starts_with("phó ") || post.starts_with("phó");
            let entitled = marked("kt.") || marked("tl.") || marked("tuq.") || post.contains("kt.");
            if deputy && !entitled {
                found.push(
                    Finding::new("BC29", Severity::Error, Some(*span))
                        .with("what", "deputy")
                        .with("post", paper.document.slice(*span).unwrap_or_default())
                        .with("role", sign.role.clone()),
                );
            } else if is_low(post) && confirms(sign) {
                found.push(
                    Finding::new("BC29", Severity::Error, Some(*span))
                        .with("what", "low")
                        .with("post", paper.document.slice(*span).unwrap_or_default())
                        .with("role", sign.role.clone()),
                );
            }
        }
        own_confirmation(paper, sign, found);
    }
}

fn confirms(sign: &Sign) -> bool {
    matches!(sign.id.as_str(), "unit" | "proposer")
}

/// Posts that never confirm for a unit.
fn is_low(post: &str) -> bool {
    ["kế tóan", "văn thư", "chuyên viên", "ủy viên", "người lập", "thư kí"].iter().any(|low| post.starts_with(low))
}

/// Nobody confirms the report about herself.
fn own_confirmation(paper: &Paper<'_>, sign: &Sign, found: &mut Vec<Finding>) {
    let Some((name, span)) = &sign.name else { return };
    let is_person = paper.subject == crate::pack::FormSubject::CaNhan;
    let own = paper
        .name
        .as_ref()
        .is_some_and(|(own, _)| super::super::paper::bare_name(own) == crate::language::fold::fold(name));
    if is_person && own && sign.sure && confirms(sign) {
        let severity = if sign.id == "proposer" { Severity::Warning } else { Severity::Info };
        found.push(
            Finding::new("BC29", severity, Some(*span))
                .with("what", "self")
                .with("post", name.clone())
                .with("role", sign.role.clone()),
        );
    }
}
