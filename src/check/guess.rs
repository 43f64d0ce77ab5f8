//! Which form a report follows, by its title, its own words and its date.

use super::paper::section;
use super::paper::segment::{self, Segment};
use crate::model::{Document, DocumentInfo};
use crate::pack::{Awards, FormSubject, ReportForm, ReportForms, ReportWords};
use jiff::civil::Date;

/// What the paper says of itself.
struct Signs {
    kind: &'static str,
    subject: FormSubject,
}

/// The form that fits best; nothing when this is no achievement report.
pub(super) fn form<'f>(
    document: &Document,
    info: &DocumentInfo,
    forms: &'f ReportForms,
    awards: &Awards,
    words: &ReportWords,
) -> Option<&'f ReportForm> {
    let segments = segment::of(document);
    let title = section::title(&segments, words)?;
    let lines = segments.get(title.clone()).unwrap_or_default();
    let text = lines.iter().map(Segment::words).collect::<Vec<_>>().join(" ");
    if !text.contains("thành tích") && !text.contains("công trình") && !text.contains("phần việc") {
        return None;
    }
    let date: Option<Date> = info.date.as_deref().and_then(|date| date.parse().ok());
    let signs =
        Signs { kind: kind(&text), subject: subject(&text, segments.get(title.end..).unwrap_or_default(), awards) };
    let fits = |form: &&ReportForm| {
        form.kind == signs.kind && (form.subject == signs.subject || form.subject == FormSubject::Any)
    };
    let candidates: Vec<&ReportForm> = forms.iter().filter(fits).collect();
    let in_force = |form: &&&ReportForm| form.official && date.is_none_or(|date| form.holds_on(date));
    candidates.iter().find(in_force).or_else(|| candidates.first()).copied()
}

fn kind(title: &str) -> &'static str {
    let has = |words: &[&str]| words.iter().any(|word| title.contains(word));
    if has(&["công trình", "phần việc"]) && !has(&["bằng khen", "giấy khen"]) {
        "cong-trinh"
    } else if has(&["đột xuất"]) {
        "dot-xuat"
    } else if has(&["cống hiến"]) {
        "cong-hien"
    } else if has(&["chuyên đề", "theo đợt", "đợt thi đua", "phong trào thi đua", "cuộc vận động", "phong trào"])
    {
        "chuyen-de"
    } else {
        "cong-trang"
    }
}

fn subject(title: &str, below: &[Segment], awards: &Awards) -> FormSubject {
    let has = |words: &[&str]| words.iter().any(|word| title.contains(word));
    if has(&["hộ gia đình", "gia đình văn hóa", "của hộ "])
        || below.iter().take(20).any(|segment| segment.words().contains("chủ hộ"))
    {
        return FormSubject::HoGiaDinh;
    }
    if has(&["cá nhân"]) && !has(&["tập thể"]) {
        return FormSubject::CaNhan;
    }
    // The award says it, where it is for one of the two only.
    let award = awards.first(title).map(|award| award.subject);
    let mut person = 0;
    let mut collective = 0;
    for segment in below.iter().take(30) {
        let text = segment.words();
        let count = |words: &[&str]| usize::from(words.iter().any(|word| text.contains(word)));
        person += count(&[
            "lí lịch",
            "lí lịch",
            "họ và tên",
            "họ tên",
            "sinh ngày",
            "ngày sinh",
            "năm sinh",
            "giới tính",
            "quê quán",
            "tháng, năm sinh",
        ]);
        collective += count(&[
            "đặc điểm, tình hình",
            "đặc điểm tình hình",
            "tên tập thể",
            "trụ sở",
            "chức năng, nhiệm vụ",
            "cơ cấu tổ chức",
            "quá trình thành lập",
            "tên đơn vị",
        ]);
    }
    match award {
        Some(subject @ (FormSubject::CaNhan | FormSubject::TapThe)) if person == collective => subject,
        Some(FormSubject::HoGiaDinh) => FormSubject::HoGiaDinh,
        _ if person > collective => FormSubject::CaNhan,
        _ if collective > person || has(&["tập thể"]) => FormSubject::TapThe,
        _ => FormSubject::CaNhan,
    }
}
