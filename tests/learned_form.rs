//! The parent's own template is the authority: a form is learned from it, and reports are held to that form.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use support::docx::{Docx, p, r, rp, tbl, tc};
use thidua::Engine;
use thidua::check::{Checker, Selection};
use thidua::pack::{ReportForm, RuleBook, SectionRole};

/// Codes of form and what is named in each, of a report checked against a learned form.
fn found(form: &ReportForm, name: &str, report: &[u8]) -> Vec<(String, String)> {
    let (engine, checker) = (Engine::new().expect("engine"), Checker::new().expect("checker"));
    let document = engine.read(name, report).expect("document");
    let report = engine.check(&checker, document, Some(form), None, &Selection::default()).report;
    let of_form = report.findings.iter().filter(|noted| matches!(noted.finding.code, "BC02" | "BC04" | "BC28"));
    let named = |args: &thidua::model::Args| {
        ["field", "role", "detail", "section"]
            .iter()
            .find_map(|key| args.get(key).filter(|name| !name.is_empty()).cloned())
    };
    of_form.map(|noted| (noted.finding.code.to_owned(), named(&noted.finding.args).unwrap_or_default())).collect()
}

fn learned(name: &str, template: &[u8]) -> ReportForm {
    let engine = Engine::new().expect("engine");
    let form = engine.learn(engine.read(name, template).expect("document")).expect("form");
    let read = ReportForm::parse("form.toml", &toml::to_string(&form).expect("written")).expect("read");
    assert_eq!(read, form, "what is written is read again");
    form
}

#[test]
fn slots_and_blocks_of_a_plain_template_are_asked_for() {
    let template = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nBÁO CÁO THÀNH TÍCH\nĐỀ NGHỊ TẶNG ……………\n\nI. SƠ LƯỢC LÝ LỊCH\n- Họ và tên: ……………\n- Sinh ngày, tháng, năm: ……………\n- Mã số hội viên: ……………\n\nII. THÀNH TÍCH ĐẠT ĐƯỢC\n……………\n\nIII. CÁC HÌNH THỨC ĐÃ ĐƯỢC KHEN THƯỞNG\n……………\n\nNGƯỜI BÁO CÁO\n(Ký, ghi rõ họ tên)\n";
    let form = learned("mau.txt", template.as_bytes());
    let profile = form.section(SectionRole::Profile).expect("section");
    let labels: Vec<&str> = profile.fields.iter().filter_map(|field| field.label.first()).map(String::as_str).collect();
    assert_eq!(labels, ["Họ và tên", "Sinh ngày, tháng, năm", "Mã số hội viên"]);
    assert_eq!(form.signs.len(), 1);
    let paper = RuleBook::paper("ca-nhan").expect("paper");
    assert_eq!(found(&form, "a.txt", paper.as_bytes()), [("BC04".to_owned(), "Mã số hội viên".to_owned())]);
}

/// A parent's own template or a report that follows it: sections that no law has, a table, two blocks.
fn paper(fill: bool, without: &str) -> Vec<u8> {
    let line = |text: &str| p(&r(text));
    let value = |text: &str| if fill { text.to_owned() } else { "………………".to_owned() };
    let mut body = line("BÁO CÁO") + &line("Thành tích thực hiện phong trào “Vườn sạch nhà đẹp” năm 2026");
    body += &p(&rp("<w:b/>", "I. THÔNG TIN CHUNG"));
    body += &line(&format!("1. Tên tập thể: {}", value("Chi hội phụ nữ thôn Hạ")));
    body += &line(&format!("2. Người phụ trách: {}", value("Lê Thị Sen")));
    if without != "phone" {
        body += &line(&format!("3. Điện thoại: {}", value("0912 345 678")));
    }
    body += &p(&rp("<w:b/>", "II. KẾT QUẢ THỰC HIỆN"));
    let heads = ["STT", "Nội dung", "Kế hoạch", "Kết quả"];
    let heads = heads.iter().filter(|head| without != "column" || **head != "Kế hoạch");
    let cells: Vec<String> = heads.map(|head| tc("", &line(head))).collect();
    if without != "table" {
        body += &tbl(&[&cells]);
    }
    if without != "lessons" {
        body += &p(&rp("<w:b/>", "III. BÀI HỌC KINH NGHIỆM"));
        body += &line(&value("Làm từ việc nhỏ, gần dân."));
    }
    body += &p(&rp("<w:b/>", "IV. ĐỀ NGHỊ KHEN THƯỞNG"));
    body += &line(&value("Đề nghị Hội LHPN xã tặng Giấy khen."));
    let name = |name: &str| if fill { line(name) } else { line("(Ký, ghi rõ họ tên)") };
    let confirmed = line("XÁC NHẬN CỦA CẤP ỦY") + &name("Trần Văn Minh");
    let signed = line("TM. BAN THƯỜNG VỤ") + &line("CHỦ TỊCH") + &name("Phạm Thị Hoa");
    let confirmed = if without == "confirmation" { line("") } else { confirmed };
    body += &tbl(&[&[tc("", &confirmed), tc("", &signed)]]);
    Docx::new(body).build()
}

#[test]
fn sections_tables_and_blocks_of_the_parents_own_making_are_asked_for() {
    let form = learned("mau.docx", &paper(false, ""));
    let headings: Vec<&str> =
        form.sections.iter().filter_map(|section| section.heading.first()).map(String::as_str).collect();
    assert_eq!(headings, ["THÔNG TIN CHUNG", "KẾT QUẢ THỰC HIỆN", "BÀI HỌC KINH NGHIỆM", "ĐỀ NGHỊ KHEN THƯỞNG"]);
    assert_eq!(found(&form, "du.docx", &paper(true, "")), []);
    for (without, code, named) in [
        ("phone", "BC04", "Điện thoại"),
        ("column", "BC02", "Kế hoạch"),
        ("table", "BC02", "Nội dung; Kế hoạch; Kết quả"),
        ("lessons", "BC02", "III. BÀI HỌC KINH NGHIỆM"),
        ("confirmation", "BC28", "XÁC NHẬN CỦA CẤP ỦY"),
    ] {
        assert_eq!(found(&form, "thieu.docx", &paper(true, without)), [(code.to_owned(), named.to_owned())]);
    }
}
