//! Linting an office's own paper: what a careful chief of office would notice in it.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use support::bench::Bench;
use support::docx::{Docx, p, r};
use thidua::model::CheckReport;
use thidua::pack::RuleBook;

fn lint(name: &str, bytes: &[u8]) -> CheckReport {
    Bench::new().lint(name, bytes)
}

/// The plan of the rules' examples with some words replaced.
fn plan(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(RuleBook::paper("ke-hoach").expect("paper").to_owned(), |paper, (old, new)| {
        assert!(paper.contains(old), "{old}");
        paper.replacen(old, new, 1)
    })
}

/// Codes and quotations of what is found in the changed plan and not in the plan as it is.
fn found(changes: &[(&str, &str)]) -> Vec<(String, String)> {
    let seen = |paper: &str| -> Vec<(String, String)> {
        let report = lint("ke-hoach.txt", paper.as_bytes());
        let of =
            |noted: &thidua::model::Noted| (noted.finding.code.to_owned(), noted.quote.clone().unwrap_or_default());
        report.findings.iter().map(of).collect()
    };
    let usual = seen(&plan(&[]));
    seen(&plan(changes)).into_iter().filter(|finding| !usual.contains(finding)).collect()
}

fn is_found(findings: &[(String, String)], code: &str, quote: &str) -> bool {
    findings.iter().any(|(found, words)| found == code && words == quote)
}

const TITLE: &str = "Phát động thi đua chào mừng ngày thành lập Hội\n\n";
const PERIOD: &str = "Từ ngày 01/3/2026 đến ngày 20/10/2026";

#[test]
fn a_drive_does_not_begin_when_what_it_celebrates_is_over() {
    let title = |event: &str| format!("Phát động thi đua chào mừng cuộc bầu cử đại biểu Quốc hội khoá {event}\n\n");
    let late = [(TITLE, &*title("XVI")), (PERIOD, "Từ ngày 20/3/2026 đến ngày 20/10/2026")];
    assert!(is_found(&found(&late), "KH-T", "Từ ngày 20/3/2026 đến ngày 20/10/2026"));
    assert!(!found(&[(TITLE, &title("XVI"))]).iter().any(|(code, _)| code == "KH-T"), "it begins before");
    assert!(!found(&[(TITLE, &title("XX")), late[1]]).iter().any(|(code, _)| code == "KH-T"), "an unknown day");
}

#[test]
fn a_drive_that_begins_months_after_its_plan_needs_a_look() {
    let late = "Từ ngày 01/9/2026 đến ngày 20/10/2026";
    assert!(is_found(&found(&[(PERIOD, late)]), "KH-T", late));
}

#[test]
fn results_are_not_due_before_the_choice_may_end() {
    const TASK: &str = "b) Mỗi chi hội có 01 mô hình.\n";
    let with = |due: &str| {
        let tasks = format!(
            "{TASK}c) Thời gian bình xét điển hình: trong tháng 9 hằng năm.\nd) Gửi kết quả bình xét về Hội LHPN tỉnh {due}.\n"
        );
        found(&[(TASK, &tasks)])
    };
    assert!(is_found(&with("trước ngày 20/9 hằng năm"), "KH-U", "trong tháng 9 hằng năm"));
    assert!(!with("trước ngày 10/10 hằng năm").iter().any(|(code, _)| code == "KH-U"));
}

#[test]
fn one_movement_has_one_word_for_its_years() {
    let purpose = "Học tập và làm theo";
    let with = |word: &str| {
        found(&[
            (TITLE, "Thực hiện phong trào “Phụ nữ An Bình sáng tạo”, giai đoạn 2026 – 2031\n\n"),
            (purpose, &format!("Phong trào “Phụ nữ An Bình sáng tạo”, {word} 2026-2031 đi vào nền nếp. {purpose}")),
        ])
    };
    assert!(is_found(&with("nhiệm kỳ"), "KH-U", "nhiệm kỳ 2026-2031"));
    assert!(!with("giai đoạn").iter().any(|(code, _)| code == "KH-U"));
}

#[test]
fn tone_marks_and_quotation_marks_are_of_one_kind() {
    let purpose = (
        "Học tập và làm theo",
        "Đẩy mạnh văn hóa, sức khỏe, lan tỏa; xoá đói trong “gia đình văn hoá”; học tập và làm theo",
    );
    let mixed = found(&[purpose]);
    let tones: Vec<&str> = mixed.iter().filter(|(code, _)| code == "TT35").map(|(_, quote)| quote.as_str()).collect();
    assert_eq!(tones, ["xoá"], "quotations are left");
    let quoted = found(&[("Thiết thực, hiệu quả", "Thiết thực, \"hiệu quả\" và “gọn”")]);
    assert_eq!(quoted.iter().filter(|(code, quote)| code == "TT35" && quote == "\"").count(), 2, "{quoted:?}");
}

#[test]
fn an_annex_has_a_title_and_says_what_it_goes_with() {
    let annex = |head: &str| found(&[("Trần Thị Mai\n", &format!("Trần Thị Mai\n\nPhụ lục I\n{head}"))]);
    let about = "(Kèm theo Kế hoạch số 05/KH-BTV ngày 04 tháng 02 năm 2026)\n";
    assert!(!annex(&format!("BIỂU CHỈ TIÊU\n{about}Nội dung\n")).iter().any(|(code, _)| code == "TT32"));
    for head in ["BIỂU CHỈ TIÊU\nNội dung\n".to_owned(), format!("{about}Nội dung\n")] {
        assert!(is_found(&annex(&head), "TT32", "Phụ lục I"), "{head}");
    }
}

#[test]
fn a_heading_keeps_what_it_promises() {
    const HEADING: &str = "II. NỘI DUNG, THỜI GIAN";
    let changed = found(&[
        (HEADING, "II. ĐỐI TƯỢNG, PHẠM VI, THỜI GIAN"),
        ("1. Nội dung\n", "1. Đối tượng: cán bộ, hội viên.\n"),
    ]);
    assert!(is_found(&changed, "KH-V", "PHẠM VI"), "{changed:?}");
    assert!(!is_found(&changed, "KH-V", "THỜI GIAN"));
}

#[test]
fn marks_that_the_reader_takes_out_are_said() {
    let pasted = found(&[
        ("TM. BAN THƯỜNG VỤ\nCHỦ TỊCH", "**TM. BAN THƯỜNG VỤ\nCHỦ TỊCH**"),
        ("2. Yêu cầu\n", "2. Yêu cầu\nPAGE\n"),
    ]);
    assert!(is_found(&pasted, "TT34", "TM. BAN THƯỜNG VỤ"), "{pasted:?}");
    assert!(is_found(&pasted, "TT34", "Yêu cầu"), "{pasted:?}");
    let body: String =
        plan(&[("Thiết thực, hiệu quả", "**Thiết thực**, hiệu quả")]).lines().map(|line| p(&r(line))).collect();
    let report = lint("ke-hoach.docx", &Docx::new(body).build());
    let left: Vec<_> = report.findings.iter().filter(|noted| noted.finding.code == "TT34").collect();
    assert_eq!(left.iter().filter_map(|noted| noted.quote.as_deref()).collect::<Vec<_>>(), ["Thiết thực, hiệu quả."]);
}
