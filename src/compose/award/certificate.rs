//! Certificates: one for each awardee, at fixed places of the page.

use super::names::{post_and_unit, with_salutation};
use super::papers::{self, Basis};
use super::plan::{Decision, Line};
use super::{Context, cell, computed, given};
use crate::model::{AwardFinding, Field, Severity, padded};

/// A certificate to be printed.
#[derive(Debug, Clone)]
pub struct Certificate {
    /// Its values.
    pub context: Context,
    /// The name, for its file.
    pub name: String,
}

/// The certificate of a row.
#[must_use]
pub fn certificate(basis: &Basis<'_>, decision: &Decision, line: &Line) -> Option<Certificate> {
    let awardee = basis.roster.awardees.get(line.row)?;
    let mut context = Context::default();
    papers::frame(&mut context, basis, None);
    context.values.remove("noi_nhan");
    context.entries.retain(|entry| entry.place != "noi_nhan");
    let giver = basis.profile.issuer().to_uppercase();
    context.set("nguoi_tang", giver, super::profile("don-vi.ban-hanh"));
    let form = crate::model::Origin::Pack {
        file: "khen-thuong/quy-tac.toml".to_owned(),
        key: format!("hinh-thuc.{}", decision.form),
    };
    context.set("hinh_thuc_hoa", decision.form_name.to_uppercase(), form);
    if let Some(said) = awardee.fields.get(&Field::Name) {
        context.set("nguoi_nhan", with_salutation(awardee), cell(said));
    }
    let fields = [Field::PostUnit, Field::Post, Field::Unit];
    let post = post_and_unit(awardee);
    context.switch("chuc_vu_don_vi", "");
    if let Some(said) = fields.iter().find_map(|field| awardee.fields.get(field)).filter(|_| !post.is_empty()) {
        context.set("chuc_vu_don_vi", post, cell(said));
    }
    context.set_or_open("thanh_tich", achievement(basis, line));
    let symbol = &basis.profile.unit.symbol;
    let number =
        decision.number.map(|number| (format!("{}/QĐ-{symbol}", padded(&number.to_string())), given("--number-from")));
    context.set_or_open("so_qd", number);
    context.set("so_vang", line.golden.to_string(), computed("so-thu-tu", Vec::new()));
    context.switch("in_san", basis.order.stock);
    Some(Certificate { context, name: awardee.name().to_owned() })
}

/// What the certificate says after *Đã có thành tích*: the row's words, or those for all.
fn achievement(basis: &Basis<'_>, line: &Line) -> Option<(String, crate::model::Origin)> {
    let awardee = basis.roster.awardees.get(line.row)?;
    let own = awardee.fields.get(&Field::Achievement).filter(|said| !said.text.is_empty());
    own.map(|said| (after_lead(&said.text), cell(said)))
        .or_else(|| basis.order.achievement.clone().map(|text| (text, given("--for"))))
}

/// A text without the words that the form has already.
fn after_lead(text: &str) -> String {
    let folded = crate::language::fold::Folded::new(text);
    for lead in ["đã có thành tích ", "có thành tích ", "đã có nhiều thành tích "] {
        if folded.text.starts_with(lead) {
            let end = folded.original(0..lead.len()).end as usize;
            return text.chars().skip(end).collect::<String>().trim_start().to_owned();
        }
    }
    let mut chars = text.chars();
    match (chars.next(), chars.clone().next()) {
        // A sentence goes on in small letters; what is a name or in capitals stays.
        (Some(first), Some(second)) if first.is_uppercase() && second.is_lowercase() && starts_a_sentence(text) => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => text.to_owned(),
    }
}

/// Words with which achievements begin, and which are no names.
fn starts_a_sentence(text: &str) -> bool {
    let first = text.split_whitespace().next().map(str::to_lowercase).unwrap_or_default();
    matches!(
        first.as_str(),
        "xuất"
            | "tiêu"
            | "nổi"
            | "trong"
            | "đạt"
            | "hoàn"
            | "thực"
            | "tích"
            | "góp"
            | "nhiều"
            | "có"
            | "tổ"
            | "tham"
    )
}

/// Most lines that an achievement may take.
const MOST_LINES: usize = 3;
/// Size and width of its place in the form, in points and millimetres.
const PLACE: (f64, f64) = (16.0, 221.0);
/// Size and width of the name's place.
const NAME: (f64, f64) = (22.0, 257.0);

/// Rows whose texts do not fit the places of the certificate.
#[must_use]
pub fn long_texts(basis: &Basis<'_>, decision: &Decision) -> Vec<AwardFinding> {
    let mut out = Vec::new();
    for line in decision.groups.iter().flat_map(|(_, lines)| lines) {
        let Some(awardee) = basis.roster.awardees.get(line.row) else { continue };
        let text = achievement(basis, line).map(|(text, _)| format!("Đã có thành tích {text}")).unwrap_or_default();
        let long = [
            (text, PLACE, MOST_LINES, Field::Achievement),
            (with_salutation(awardee), NAME, 1, Field::Name),
            (post_and_unit(awardee), (16.0, 257.0), 1, Field::Unit),
        ];
        for (text, (points, width), most, field) in long {
            let lines = super::fit::lines(&text, points, width);
            if lines > most {
                let said = awardee.fields.get(&field).or_else(|| awardee.fields.get(&Field::PostUnit));
                let place = said.map(|said| said.place.clone()).or_else(|| awardee.place().cloned());
                out.push(
                    AwardFinding::new("KT290", Severity::Warning, place)
                        .with("name", awardee.name())
                        .with("lines", lines.to_string())
                        .with("most", most.to_string()),
                );
            }
        }
    }
    out
}
