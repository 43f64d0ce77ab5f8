//! Checking: every rule's examples are executed, and papers with planted mistakes are checked in many layouts.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use thidua::Engine;
use thidua::check::{Checker, Selection};
use thidua::model::{CheckReport, Severity};
use thidua::pack::{Lang, RuleBook, Scope, Texts};

struct Bench {
    engine: Engine,
    checker: Checker,
}

impl Bench {
    fn new() -> Self {
        Self { engine: Engine::new().expect("engine"), checker: Checker::new().expect("checker") }
    }

    fn check(&self, name: &str, bytes: &[u8]) -> CheckReport {
        let document = self.engine.read(name, bytes).expect("document");
        self.engine.check(&self.checker, document, None, &Selection::default()).report
    }
}

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
fn every_rule_has_its_sentences_in_both_languages() {
    let checker = Checker::new().expect("checker");
    let known: BTreeSet<String> = checker.rules().iter().map(|rule| rule.code.clone()).collect();
    assert_eq!(known.len(), checker.rules().iter().count(), "a code stands twice");
    for lang in [Lang::Vi, Lang::En] {
        let texts = Texts::builtin(lang).expect("texts");
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
