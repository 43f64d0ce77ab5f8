//! Checking: every rule's examples are executed, and papers with planted mistakes are checked in many layouts.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::collections::BTreeSet;
use support::bench::Bench;
use thidua::check::batch::{self, Against, Listed};
use thidua::check::{Checker, Selection};
use thidua::model::{CheckReport, Severity};
use thidua::pack::{Lang, RuleBook, RuleEntry, Scope, Texts};

fn codes(report: &CheckReport) -> Vec<&str> {
    report.findings.iter().map(|noted| noted.finding.code).collect()
}

#[test]
fn every_rule_finds_its_bad_example_and_leaves_the_good_one() {
    let bench = Bench::new();
    for rule in bench.checker.rules().iter().filter(|rule| rule.code.starts_with("BC")) {
        let Some(paper) = RuleBook::paper(&rule.paper) else {
            assert_ne!(rule.scope, Scope::Layout, "{}", rule.code);
            continue;
        };
        assert!(paper.contains(&rule.good), "{}: the good example stands in the paper", rule.code);
        let good = bench.check("good.txt", paper.as_bytes());
        assert!(!codes(&good).contains(&rule.code.as_str()), "{}: {:?}", rule.code, codes(&good));
        let bad = bench.check("bad.txt", paper.replacen(&rule.good, &rule.bad, 1).as_bytes());
        let found = bad.findings.iter().find(|noted| noted.finding.code == rule.code);
        let found = found.unwrap_or_else(|| panic!("{} is not found: {:?}", rule.code, codes(&bad)));
        assert!(found.finding.severity <= Severity::from(rule.severity), "{}", rule.code);
        assert!(found.place.is_some() && found.quote.is_some(), "{}: it has a place", rule.code);
    }
}

#[test]
fn every_rule_of_form_finds_its_bad_example_and_leaves_the_good_one() {
    let bench = Bench::new();
    let mut faults = Vec::new();
    let of_form = |rule: &&RuleEntry| !rule.code.starts_with("BC") && rule.scope != Scope::Compare;
    for rule in bench.checker.rules().iter().filter(of_form) {
        let Some(paper) = RuleBook::paper(&rule.paper) else { continue };
        assert!(paper.contains(&rule.good), "{}: the good example stands in the paper", rule.code);
        let good = bench.lint("good.txt", paper.as_bytes());
        if codes(&good).contains(&rule.code.as_str()) {
            faults.push(format!("{} in the good paper: {:?}", rule.code, codes(&good)));
        }
        let bad = bench.lint("bad.txt", paper.replacen(&rule.good, &rule.bad, 1).as_bytes());
        if !codes(&bad).contains(&rule.code.as_str()) {
            faults.push(format!("{} is not found: {:?}", rule.code, codes(&bad)));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn every_rule_has_its_sentences_in_both_languages() {
    let checker = Checker::new().expect("checker");
    let known: BTreeSet<String> = checker.rules().iter().map(|rule| rule.code.clone()).collect();
    assert_eq!(known.len(), checker.rules().iter().count(), "a code stands twice");
    for lang in [Lang::Vi, Lang::En] {
        let texts = Texts::builtin(lang);
        for code in &known {
            for part in ["title", "message", "reason", "basis", "remedy"] {
                let key = format!("diagnostic.{code}.{part}");
                assert!(texts.sentence(&key).is_some(), "{lang:?} {key}");
            }
        }
    }
}

#[test]
fn a_fingerprint_does_not_depend_on_the_number_of_the_paragraph() {
    let bench = Bench::new();
    let paper = RuleBook::paper("ca-nhan").expect("paper").replacen("đạt 80%", "đạt 85%", 1);
    let longer = paper.replacen(
        "2. Thành tích đạt được của cá nhân\n",
        "Phụ trách 03 chi hội.\n2. Thành tích đạt được của cá nhân\n",
        1,
    );
    let print = |text: &str| {
        let report = bench.check("a.txt", text.as_bytes());
        let noted = report.findings.iter().find(|noted| noted.finding.code == "BC17").expect("found").clone();
        (noted.fingerprint, noted.place.map(|place| place.block))
    };
    let (first, second) = (print(&paper), print(&longer));
    assert_eq!(first.0, second.0);
    assert_ne!(first.1, second.1, "the paragraph has moved");
}

#[test]
fn what_is_no_report_is_said_and_not_judged() {
    let bench = Bench::new();
    let report = bench.check("kh.txt", RuleBook::paper("ke-hoach").expect("paper").as_bytes());
    assert_eq!(codes(&report), ["BC01"]);
    assert!(report.form.is_none());
}

/// A small generator: the example papers in other layouts, with a planted mistake or without one.
mod planted {
    /// Code, words of the example paper, what stands in their place.
    pub const FAULTS: &[(&str, &str, &str)] = &[
        ("BC13", "Quyết định số 12/QĐ-UBND ngày 05/01/2024", "Quyết định ngày 05/01/2024"),
        ("BC13", " ngày 06/01/2025 của Chủ tịch UBND xã Hòa Mỹ", " ngày 06/01/2025"),
        ("BC13", "ngày 20/12/2024 của", "ngày 22tháng 12 năm 2024 của"),
        ("BC11", "Trong 02 năm (2024 - 2025)", "Trong năm (2025 - 2025)"),
        ("BC11", "Trong 02 năm (2024 - 2025)", "Trong 03 năm (2023 - 2025)"),
        ("BC12", "| 2025 | Chiến sĩ", "| 2024 | Chiến sĩ"),
        ("BC12", "| 2023 | Lao", "| 2022/2023 | Lao"),
        ("BC12", "| 2023 | Lao động tiên tiến |", "| 2015 | Lao động tiên tiến |"),
        ("BC03", "II. THÀNH TÍCH ĐẠT ĐƯỢC", "II. THÀNH TÍCH ĐẠT ĐƯỢC VÀ KHEN THƯỞNG"),
        ("BC02", "II. THÀNH TÍCH ĐẠT ĐƯỢC", "II. NHỮNG VIỆC ĐÃ LÀM ĐƯỢC"),
        ("BC02", "I. SƠ LƯỢC LÝ LỊCH", "A. SƠ LƯỢC LÝ LỊCH"),
        ("BC05", ": Nguyễn Thị Hòa", ": NGUYỄN THỊ HÒA"),
        ("BC06", "năm 2025 có 96/120", "đồng chí Nguyễn Thị Hoà có 96/120"),
        ("BC07", "cương vị Chủ tịch", "cương vị Phó Chủ tịch"),
        ("BC07", "công tác: Hội LHPN xã Hòa Mỹ", "công tác: Hội LHPN xã Tân Lộc"),
        ("BC10", "BẰNG KHEN CỦA CHỦ TỊCH UBND TỈNH AN BÌNH", "DANH HIỆU CHIẾN SĨ THI ĐUA"),
        ("BC18", "gồm 20 lượt", "gồm 25 lượt"),
        ("BC17", "đạt 80%", "đạt 90%"),
        ("BC19", "có 1.250 lượt", "có 1,250 lượt"),
        ("BC24", "phong trào phụ nữ xã.", "phong trào phụ nữ xã Tân Lộc."),
        ("BC25", "125 triệu đồng", "……… triệu đồng"),
        ("BC20", "125 triệu đồng", "125 và"),
        ("BC15", "tham mưu thành lập 03 tổ liên kết;", "được tặng Bằng khen của Bộ trưởng năm 2024;"),
        (
            "BC22",
            " được công nhận tại Quyết định số 45/QĐ-UBND ngày 15/10/2025 của Chủ tịch UBND xã Hòa Mỹ",
            " có hiệu quả",
        ),
        ("BC28", "\nLê Văn Bình", ""),
        ("BC29", "CHỦ TỊCH\nTrần Thị Mai", "PHÓ CHỦ TỊCH\nTrần Thị Mai"),
        ("BC26", "ngày 05/12/2025", "ngày 25/12/2025"),
        ("BC09", "phụ trách chung", "theo Nghị định số 91/2017/NĐ-CP, phụ trách chung"),
        ("BC01", "của cá nhân\n", "của cá nhân\n3. Thành tích của tập thể\n"),
    ];

    /// The same paper as another office would type it.
    pub fn layouts(paper: &str) -> Vec<String> {
        let labels = |mark: &dyn Fn(usize) -> String| {
            let mut count = 0;
            paper
                .lines()
                .map(|line| match line.strip_prefix("- ") {
                    Some(field) => {
                        count += 1;
                        format!("{}{field}", mark(count))
                    }
                    None => line.to_owned(),
                })
                .collect::<Vec<_>>()
                .join("\n")
        };
        let in_table = paper
            .lines()
            .map(|line| match line.strip_prefix("- ").and_then(|field| field.split_once(": ")) {
                Some((label, value)) => format!("| {label} | {value} |"),
                None => line.to_owned(),
            })
            .collect::<Vec<_>>()
            .join("\n");
        let on_one_line = paper.replace("\n- Giới tính", "; Giới tính");
        let sentence_case = paper
            .replace("THÀNH TÍCH ĐẠT ĐƯỢC\n", "Thành tích đạt được\n")
            .replace("CÁC HÌNH THỨC ĐÃ ĐƯỢC KHEN THƯỞNG", "Các hình thức đã được khen thưởng");
        vec![
            paper.to_owned(),
            labels(&|count| format!("{count}. ")),
            labels(&|_| String::new()),
            in_table,
            on_one_line,
            sentence_case,
            paper.replace("\n\n", "\n\n\n"),
        ]
    }
}

#[test]
fn planted_mistakes_are_found_in_every_layout_and_clean_papers_stay_clean() {
    let bench = Bench::new();
    let paper = RuleBook::paper("ca-nhan").expect("paper");
    let (mut all, mut hits) = (0, 0);
    let mut missed = Vec::new();
    for (code, words, instead) in planted::FAULTS {
        assert!(paper.contains(words), "{words}");
        for (layout, text) in planted::layouts(&paper.replacen(words, instead, 1)).iter().enumerate() {
            all += 1;
            let report = bench.check("bao-cao.txt", text.as_bytes());
            if codes(&report).contains(code) {
                hits += 1;
            } else {
                missed.push(format!("{code} “{instead}” in layout {layout}: {:?}", codes(&report)));
            }
        }
    }
    assert!(hits * 100 >= all * 95, "{hits} of {all}: {missed:#?}");
    for paper in [paper, RuleBook::paper("tap-the").expect("paper")] {
        for (layout, text) in planted::layouts(paper).iter().enumerate() {
            let report = bench.check("bao-cao.txt", text.as_bytes());
            let grave = |severity| report.findings.iter().filter(|noted| noted.finding.severity == severity).count();
            assert_eq!(grave(Severity::Error), 0, "layout {layout}: {:?}", codes(&report));
            assert!(grave(Severity::Warning) <= 1, "layout {layout}: {:?}", codes(&report));
        }
    }
}

#[test]
fn a_batch_is_put_side_by_side() {
    let bench = Bench::new();
    let paper = RuleBook::paper("ca-nhan").expect("paper");
    let long = paper.replacen(
        "Vận động được",
        "Chủ động phối hợp với các chi hội rà soát từng hoàn cảnh, phân công cán bộ phụ trách theo địa bàn và duy trì sinh hoạt nền nếp vào ngày cuối tuần của mỗi tháng trong cả hai năm.\nVận động được",
        1,
    );
    let other = long.replace("Nguyễn Thị Hòa", "Lê Thị Na");
    let checked = |name: &str, text: &str| {
        let document = bench.engine.read(name, text.as_bytes()).expect("document");
        bench.engine.check(&bench.checker, document, None, None, &Selection::default())
    };
    let list = |name: &str| Listed { name: name.to_owned(), path: "ds.csv".to_owned(), ..Listed::default() };
    let against =
        Against { list: vec![list("Nguyễn Thị Hòa"), list("Phạm Thị Vắng")], ..Against::default() };
    let batch =
        batch::review([checked("a.txt", &long), checked("b.txt", &other)], &against, &Selection::default()).unwrap();
    let second = codes(&batch.files[1]);
    assert!(second.contains(&"BC23"), "the text is the same: {second:?}");
    let copied = batch.files[1].findings.iter().find(|noted| noted.finding.code == "BC23").expect("found");
    assert_eq!(copied.finding.elsewhere[0].path, "a.txt");
    assert!(copied.finding.elsewhere[0].span.is_some(), "both places are shown");
    assert!(second.contains(&"BC33"), "one initiative in two reports: {second:?}");
    assert!(second.contains(&"BC31"), "it is not on the list: {second:?}");
    assert!(!codes(&batch.files[0]).contains(&"BC31"));
    assert_eq!(batch.findings.iter().filter(|noted| noted.finding.code == "BC31").count(), 1, "one row has no report");
}

#[test]
fn a_report_behind_the_last_day_of_the_directive_is_late() {
    let bench = Bench::new();
    let paper = RuleBook::paper("ca-nhan").expect("paper");
    for (last, is_late) in [("2025-12-09", true), ("2025-12-10", false)] {
        let document = bench.engine.read("a.txt", paper.as_bytes()).expect("document");
        let checked = bench.engine.check(&bench.checker, document, None, None, &Selection::default());
        let deadline = (last.parse().expect("date"), "trước ngày 10/12/2025".to_owned(), "hd.txt".to_owned());
        let against = Against { deadline: Some(deadline), ..Against::default() };
        let batch = batch::review([checked], &against, &Selection::default()).unwrap();
        let late = batch.files[0].findings.iter().find(|noted| noted.finding.code == "BC31");
        assert_eq!(late.is_some(), is_late, "{last}");
        if let Some(late) = late {
            let quote = late.quote.as_deref().expect("quotation");
            assert!(paper.contains(quote) && quote.contains("tháng 12"), "the words of the paper: {quote}");
        }
    }
}
