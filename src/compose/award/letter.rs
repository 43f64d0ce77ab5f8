//! Đính chính: a paper that corrects a name in an issued decision; the decision itself stays as it is.

use super::papers::{self, Basis};
use super::{Context, given};
use crate::model::{Origin, padded};
use jiff::civil::Date;

/// What is corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Number and symbol of the decision, as printed.
    pub decision: String,
    /// Its date.
    pub decided: Date,
    /// Its trích yếu.
    pub about: Option<String>,
    /// Running number of the row.
    pub row: i64,
    /// Form as printed.
    pub form: String,
    /// Post and unit.
    pub post: Option<String>,
    /// The name as issued.
    pub wrong: String,
    /// The name as it should be.
    pub right: String,
    /// Number of the correcting paper.
    pub number: Option<u32>,
    /// The register that was asked.
    pub register: String,
}

/// Values for the form of the correction.
#[must_use]
pub fn letter(basis: &Basis<'_>, letter: &Letter) -> Context {
    let mut context = Context::default();
    papers::frame(&mut context, basis, Some(format!("Như Điều 3 Quyết định số {}", letter.decision)));
    let number = letter.number.map(|number| (padded(&number.to_string()), given("--number")));
    context.set_or_open("so", number);
    let row = |column: &str, text: &str| Origin::Row {
        file: letter.register.clone(),
        sheet: Some(letter.decision.clone()),
        row: u32::try_from(letter.row).unwrap_or(0),
        column: column.to_owned(),
        text: text.to_owned(),
    };
    context.set("qd_so", letter.decision.clone(), row("so", &letter.decision));
    context.set(
        "qd_ngay",
        crate::compose::letterhead::written(letter.decided),
        row("ngay", &letter.decided.to_string()),
    );
    context.switch("qd_trich_yeu", "");
    if let Some(about) = &letter.about {
        let mut chars = about.chars();
        let first: String = chars.next().map(|c| c.to_lowercase().collect()).unwrap_or_default();
        context.set("qd_trich_yeu", format!("{first}{}", chars.as_str()), row("trich_yeu", about));
    }
    context.set("stt", letter.row.to_string(), row("stt", &letter.row.to_string()));
    context.set("hinh_thuc", letter.form.clone(), row("hinh_thuc", &letter.form));
    context.switch("chuc_vu_don_vi", "");
    if let Some(post) = &letter.post {
        context.set("chuc_vu_don_vi", post.clone(), row("chuc_vu", post));
    }
    context.set("ten_cu", letter.wrong.clone(), row("ten", &letter.wrong));
    context.set("ten_dung", letter.right.clone(), given("--right"));
    context
}
