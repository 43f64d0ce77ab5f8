//! Timetables: a date in a table takes its task, its duty and those who act from its row.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use thidua::model::{Deadline, DeadlineKind};
use thidua::{Engine, Options};

fn deadlines(rows: &str) -> Vec<Deadline> {
    let text = format!(
        "Số: 12/KH-BTV\n\nHà Nội, ngày 01 tháng 9 năm 2021\n\nKẾ HOẠCH\n\nTổ chức phong trào thi đua\n\nI. TIẾN ĐỘ\n\n{rows}"
    );
    let engine = Engine::new().expect("the built-in packs are sound");
    let document = engine.read("ke-hoach.md", text.as_bytes()).expect("a text");
    engine.extract(document, &Options::default()).extraction.deadlines
}

#[test]
fn a_date_belongs_to_the_task_of_its_row_wherever_the_columns_stand() {
    let heads =
        ["TT | Nội dung công việc | Đơn vị chủ trì | Thời hạn", "TT | Nội dung công việc | Thời hạn | Đơn vị chủ trì"];
    for (turned, head) in heads.into_iter().enumerate() {
        let row = |number: u8, task: &str, doer: &str, time: &str| {
            let cells = if turned == 1 { [task, time, doer] } else { [task, doer, time] };
            format!("| {number} | {} |\n", cells.join(" | "))
        };
        let table = format!(
            "| {head} |\n|---|---|---|---|\n{}{}{}",
            row(1, "Đăng ký phần việc", "Các chi hội", "Chậm nhất 25/9/2021"),
            row(2, "Báo cáo tiến độ", "Ban Tổ chức", "Thứ Sáu hằng tuần"),
            row(3, "Bình xét gương điển hình", "Ban Tuyên giáo", "15/10/2021"),
        );
        let found = deadlines(&table);
        let said: Vec<_> = found.iter().map(|d| (d.kind, d.actor.as_deref(), d.action.as_deref())).collect();
        assert_eq!(
            said,
            [
                (DeadlineKind::Registration, Some("Các chi hội"), Some("Đăng ký phần việc")),
                (DeadlineKind::Report, Some("Ban Tổ chức"), Some("Báo cáo tiến độ")),
                (DeadlineKind::Review, Some("Ban Tuyên giáo"), Some("Bình xét gương điển hình")),
            ],
            "{head}"
        );
    }
}
