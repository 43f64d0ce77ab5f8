//! The knowledge in `templates/base/patterns/` holds examples and counter-examples; here they are executed.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use thidua::model::{Deadline, Format, Quota, QuotaOp, RecurringMode, Source, Unit, When};
use thidua::{Engine, Options, Reading};

/// A plan of 1/9/2021 with one sentence in its body.
fn reading(engine: &Engine, sentence: &str) -> Reading {
    let text = format!(
        "Số: 12/KH-BTV\n\nHà Nội, ngày 01 tháng 9 năm 2021\n\nKẾ HOẠCH\n\nTổ chức phong trào thi đua\n\nI. NỘI DUNG\n\n- {sentence}\n"
    );
    let document = engine.read("mau.txt", text.as_bytes()).expect("a plain text");
    assert_eq!(document.source.format, Format::Text);
    engine.extract(document, &Options::default())
}

fn when(deadline: &Deadline) -> String {
    match &deadline.when {
        When::By { date, inclusive: false } => format!("< {date}"),
        When::By { date, inclusive: true } => format!("<= {date}"),
        When::On { date } => format!("= {date}"),
        When::During { start, end, until } => format!(
            "{}..{}{}",
            start.as_deref().unwrap_or_default(),
            end.as_deref().unwrap_or_default(),
            until.as_deref().map(|event| format!(" until {event}")).unwrap_or_default()
        ),
        When::Recurring { rrule, mode } => {
            let mode = match mode {
                RecurringMode::Before => "before",
                RecurringMode::By => "by",
                RecurringMode::On => "on",
                RecurringMode::During => "during",
            };
            format!("{rrule} ({mode})")
        }
        When::Relative { offset, working_days, .. } => {
            if *working_days {
                format!("{offset} working")
            } else {
                offset.clone()
            }
        }
    }
}

fn quota(quota: &Quota) -> String {
    let op = match quota.op {
        QuotaOp::AtLeast => ">=",
        QuotaOp::MoreThan => ">",
        QuotaOp::Exactly => "=",
        QuotaOp::LessThan => "<",
        QuotaOp::AtMost => "<=",
    };
    let unit = match &quota.unit {
        Unit::Percent => "percent",
        Unit::Things(name) => name,
    };
    format!("{op} {} {unit}", quota.value)
}

/// `text = result`, parted at the first ` = `.
fn parts<'e>(id: &str, example: &'e str) -> (&'e str, &'e str) {
    example.split_once(" = ").unwrap_or_else(|| panic!("{id}: an example is `text = result`: {example}"))
}

#[test]
fn examples_of_deadlines_hold() {
    let engine = Engine::new().expect("built-in packs");
    let mut faults = Vec::new();
    for entry in &engine.pack().patterns.deadlines {
        for example in &entry.examples {
            let (text, expected) = parts(&entry.id, example);
            let found: Vec<String> = reading(&engine, text).extraction.deadlines.iter().map(when).collect();
            if !found.iter().any(|f| f == expected) {
                faults.push(format!("{}: {text}\n    expected {expected}\n    found    {found:?}", entry.id));
            }
        }
        for text in &entry.not {
            let found: Vec<String> = reading(&engine, text).extraction.deadlines.iter().map(when).collect();
            if !found.is_empty() {
                faults.push(format!("{}: {text}\n    expected nothing, found {found:?}", entry.id));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn examples_of_comparators_hold() {
    let engine = Engine::new().expect("built-in packs");
    let mut faults = Vec::new();
    for entry in &engine.pack().patterns.comparators {
        for example in &entry.examples {
            let (text, expected) = parts(&entry.id, example);
            let found: Vec<String> = reading(&engine, text).extraction.quotas.iter().map(quota).collect();
            let expected: Vec<&str> = expected.split("; ").collect();
            if found != expected {
                faults.push(format!("{}: {text}\n    expected {expected:?}\n    found    {found:?}", entry.id));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn examples_of_citations_hold() {
    let engine = Engine::new().expect("built-in packs");
    let mut faults = Vec::new();
    for entry in &engine.pack().patterns.citations {
        let extraction = reading(&engine, &entry.text).extraction;
        let found: Vec<String> = extraction
            .citations
            .iter()
            .map(|c| {
                [Some(c.kind.as_str()), c.code.as_deref(), c.date.as_deref()]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .collect();
        if found != entry.gives {
            faults.push(format!("{}\n    expected {:?}\n    found    {found:?}", entry.text, entry.gives));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn traps_give_nothing() {
    let engine = Engine::new().expect("built-in packs");
    let mut faults = Vec::new();
    for trap in &engine.pack().patterns.traps {
        let extraction = reading(&engine, &trap.text).extraction;
        let mut found: Vec<String> = Vec::new();
        if trap.is.iter().any(|kind| kind == "deadline") {
            found.extend(extraction.deadlines.iter().map(|d| format!("deadline {} {}", d.text, when(d))));
        }
        if trap.is.iter().any(|kind| kind == "quota") {
            found.extend(extraction.quotas.iter().map(|q| format!("quota {}", q.text)));
        }
        if !found.is_empty() {
            faults.push(format!("{}: {}\n    found {found:?}", trap.why, trap.text));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// A sentence between others gives the same as alone: nothing leaks over its end.
#[test]
fn neighbours_change_nothing() {
    let engine = Engine::new().expect("built-in packs");
    let alone = reading(&engine, "Gửi báo cáo trước ngày 20/10/2021.");
    let among = reading(
        &engine,
        "Các đơn vị chủ động phối hợp. Gửi báo cáo trước ngày 20/10/2021. Nội dung bám sát thực tế địa phương.",
    );
    let values = |reading: &Reading| reading.extraction.deadlines.iter().map(when).collect::<Vec<_>>();
    assert_eq!(values(&alone), values(&among));
    let source: &Source = &alone.document.source;
    assert_eq!(source.encoding, "utf-8");
}

/// The numbers of a table are what its column heads say they are, and its sums are not counted again.
#[test]
fn tables_hand_out_numbers() {
    let engine = Engine::new().expect("the built-in pack");
    let text = "Số: 12/KH-BTV\n\nHà Nội, ngày 01 tháng 9 năm 2021\n\nKẾ HOẠCH\n\nTổ chức phong trào\n\nI. CHỈ TIÊU\n\n\
                TT | Đơn vị | Số hộ đăng ký | Tập thể | Điểm thưởng | Hạn\n\
                1 | Hội LHPN xã Đông | 120 hộ | 02 | 5 | trước 30/10/2021\n\
                2 | Hội LHPN xã Tây | 95 | 01 | 5 | trước 15/11/2021\n\
                Tổng | | 215 | 03 | 10 |\n\n\
                | STT | Nội dung | Đơn vị tính | Chỉ tiêu |\n\
                | 1 | Nhà nhân ái | nhà | 02 |\n";
    let document = engine.read("mau.txt", text.as_bytes()).expect("a plain text");
    let found = engine.extract(document, &Options::default()).extraction;
    let quotas: Vec<_> = found.quotas.iter().map(|q| (quota(q), q.actor.as_deref().unwrap_or_default())).collect();
    let (east, west) = ("Hội LHPN xã Đông", "Hội LHPN xã Tây");
    assert_eq!(
        quotas,
        [
            ("= 120 hộ".to_owned(), east),
            ("= 2 Tập thể".to_owned(), east),
            ("= 95 hộ đăng ký".to_owned(), west),
            ("= 1 Tập thể".to_owned(), west),
            ("= 2 nhà".to_owned(), ""),
        ]
    );
    let deadlines: Vec<_> = found.deadlines.iter().map(|d| (when(d), d.actor.as_deref())).collect();
    assert_eq!(deadlines, [("< 2021-10-30".to_owned(), Some(east)), ("< 2021-11-15".to_owned(), Some(west))]);
}

#[test]
fn money_is_a_target_only_among_the_targets() {
    let engine = Engine::new().expect("the built-in packs are sound");
    let quotas = |heading: &str, sentence: &str| {
        let text = format!(
            "Số: 12/KH-BTV\n\nHà Nội, ngày 01 tháng 9 năm 2021\n\nKẾ HOẠCH\n\nTổ chức phong trào thi đua\n\nI. {heading}\n\n- {sentence}\n"
        );
        let document = engine.read("mau.txt", text.as_bytes()).expect("a plain text");
        let reading = engine.extract(document, &Options::default());
        reading.extraction.quotas.iter().map(quota).collect::<Vec<_>>()
    };
    let raised = "Vận động quỹ tiết kiệm đạt 500 triệu đồng, bình quân mỗi cơ sở Hội 25 triệu đồng.";
    assert_eq!(quotas("CHỈ TIÊU", raised), ["= 500 triệu đồng", "= 25 triệu đồng"]);
    assert!(quotas("KINH PHÍ", "Giải Nhất 500.000 đồng, giải Nhì 300.000 đồng.").is_empty());
}
