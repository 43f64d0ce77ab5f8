//! Examples of rules that a text alone cannot break: several papers side by side, a form of its own, the look of a Word
//! document. What `thidua rules CODE` prints is what is executed here.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::collections::BTreeSet;
use support::bench::Bench;
use support::docx::{Docx, field, p, pp, rp};
use thidua::check::Selection;
use thidua::check::batch::{self, Against, Listed};
use thidua::pack::{ReportForm, RuleBook, RuleEntry, Scope};

impl Bench {
    fn rule(&self, code: &str) -> RuleEntry {
        self.checker.rules().iter().find(|rule| rule.code == code).expect("rule").clone()
    }

    /// Codes of the findings in the last of some reports that are checked as one batch, and in the batch.
    fn batch(&self, papers: &[String], against: &Against) -> BTreeSet<String> {
        let checked = papers.iter().enumerate().map(|(at, text)| self.checked(&format!("{at}.txt"), text.as_bytes()));
        let report = batch::review(checked.collect::<Vec<_>>(), against, &Selection::default()).expect("batch");
        let last = report.files.last().expect("a report");
        last.findings.iter().chain(&report.findings).map(|noted| noted.finding.code.to_owned()).collect()
    }

    fn lint_codes(&self, name: &str, bytes: &[u8]) -> BTreeSet<String> {
        self.lint(name, bytes).findings.iter().map(|noted| noted.finding.code.to_owned()).collect()
    }
}

fn paper(name: &str) -> &'static str {
    RuleBook::paper(name).expect("example paper")
}

/// The example paper with a sentence at the end of section II.
fn telling(sentence: &str) -> String {
    let third = "\nIII. CÁC HÌNH THỨC";
    assert!(paper("ca-nhan").contains(third));
    paper("ca-nhan").replacen(third, &format!("{sentence}\n{third}"), 1)
}

/// Runs both examples of a rule.
fn both(rule: &RuleEntry, found: impl Fn(&str) -> BTreeSet<String>) {
    let good = found(&rule.good);
    assert!(!good.contains(&rule.code), "{} in the good example: {good:?}", rule.code);
    let bad = found(&rule.bad);
    assert!(bad.contains(&rule.code), "{} is not found: {bad:?}", rule.code);
}

#[test]
fn a_copied_text_and_an_achievement_that_is_reported_twice_are_found() {
    let bench = Bench::new();
    let other = |text: &str| text.replace("Nguyễn Thị Hòa", "Lê Thị Na").replace("05/3/1980", "07/4/1985");
    // Section II is the example alone: the first report has the words of the bad one.
    let only = |text: &str| {
        let whole = paper("ca-nhan");
        let start = whole.find("1. Quyền hạn").expect("section II");
        let end = whole.find("\nIII. CÁC HÌNH THỨC").expect("section III");
        format!("{}{text}\n{}", &whole[..start], &whole[end..])
    };
    let rule = bench.rule("BC23");
    both(&rule, |text| bench.batch(&[only(&rule.bad), other(&only(text))], &Against::default()));
    let rule = bench.rule("BC33");
    both(&rule, |text| bench.batch(&[only(&rule.bad), other(&only(text))], &Against::default()));
}

#[test]
fn a_list_and_evidence_are_held_against_the_reports() {
    let bench = Bench::new();
    let rule = bench.rule("BC31");
    both(&rule, |text| {
        let names = text.split_once(": ").expect("a list").1.trim_end_matches('.');
        let list = names.split(", ").map(|name| Listed { name: name.to_owned(), ..Listed::default() }).collect();
        bench.batch(&[paper("ca-nhan").to_owned()], &Against { list, ..Against::default() })
    });
    let rule = bench.rule("BC30");
    let files = BTreeSet::from(["quyet-dinh-45.pdf".to_owned()]);
    both(&rule, |text| bench.batch(&[telling(text)], &Against { files: files.clone(), ..Against::default() }));
}

#[test]
fn a_statement_is_missed_where_the_form_asks_for_it() {
    let bench = Bench::new();
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("templates/nd152-2025/bao-cao-thanh-tich/ca-nhan-cong-trang.toml");
    let text = std::fs::read_to_string(file).expect("form");
    let text = text.replacen("\n[[section]]", "\nstatement = \"warning\"\n\n[[section]]", 1);
    let form = ReportForm::parse("form.toml", &text).expect("form");
    both(&bench.rule("BC27"), |text| {
        let document = bench.engine.read("a.txt", telling(text).as_bytes()).expect("document");
        let report = bench.engine.check(&bench.checker, document, Some(&form), None, &Selection::default()).report;
        report.findings.iter().map(|noted| noted.finding.code.to_owned()).collect()
    });
}

#[test]
fn recipients_lack_a_level_that_has_to_act() {
    let bench = Bench::new();
    let rule = bench.rule("TT27");
    // The communes are the only ones that the plan asks to act.
    let plan = paper("ke-hoach").replacen("a) Mỗi cơ sở Hội đăng ký", "a) Đăng ký", 1);
    let listed = "- Hội LHPN các xã, phường;";
    assert!(plan.contains(listed));
    both(&rule, |text| bench.lint_codes("ke-hoach.txt", plan.replacen(listed, text, 1).as_bytes()));
}

/// How a Word document is set.
struct Look {
    left: u32,
    font: String,
    half_points: u32,
    justified: bool,
    number_above: bool,
    rule: bool,
    parent_bold: bool,
    issuer_bold: bool,
}

impl Look {
    fn sound() -> Self {
        Self {
            left: 30,
            font: "Times New Roman".to_owned(),
            half_points: 28,
            justified: true,
            number_above: true,
            rule: true,
            parent_bold: false,
            issuer_bold: true,
        }
    }

    /// A sound document but for what an example says of it.
    fn of(code: &str, example: &str) -> Self {
        let mut look = Self::sound();
        let number = || example.split(|c: char| !c.is_ascii_digit()).find_map(|part| part.parse().ok());
        match code {
            "TT03" => look.rule = !example.contains("không"),
            "TT04" => {
                let (above, below) = example.split_once("trên").expect("two lines");
                (look.parent_bold, look.issuer_bold) = (above.contains("đậm"), below.contains("đậm"));
            }
            "TT28" => look.left = number().expect("millimetres"),
            "TT29" => {
                example.split(',').next().expect("font").clone_into(&mut look.font);
                look.half_points = number().expect("points") * 2;
            }
            "TT30" => look.justified = example.contains("đều"),
            "TT31" => look.number_above = example.contains("trên"),
            _ => panic!("{code}"),
        }
        look
    }

    /// The example plan as a Word document.
    fn document(&self) -> Vec<u8> {
        let weight = |bold: bool| if bold { "<w:b/>" } else { "" };
        let mut body = String::new();
        // A body below its parent, as TT04 names them.
        let plan = paper("ke-hoach").replacen("\nBAN THƯỜNG VỤ\n", "\nHỘI LHPN XÃ HÒA MỸ\n", 1);
        for line in plan.lines().filter(|line| !line.is_empty()) {
            let bold = match line {
                "HỘI LHPN TỈNH AN BÌNH" => self.parent_bold,
                "HỘI LHPN XÃ HÒA MỸ" => self.issuer_bold,
                _ => false,
            };
            let setting = if self.justified { "both" } else { "left" };
            let set = format!(
                "<w:spacing w:before=\"120\" w:after=\"0\"/><w:ind w:firstLine=\"720\"/><w:jc w:val=\"{setting}\"/>"
            );
            let mut runs = rp(weight(bold), line);
            if line.starts_with("Độc lập") && self.rule {
                runs.push_str("<w:r><w:pict><v:line from=\"0,0\" to=\"100,0\"/></w:pict></w:r>");
            }
            body.push_str(&if line.chars().count() > 60 { pp(&set, &runs) } else { p(&runs) });
        }
        let margin = self.left * 1_440 * 10 / 254;
        let kind = if self.number_above { "header" } else { "footer" };
        let _ = std::fmt::Write::write_fmt(
            &mut body,
            format_args!(
                "<w:sectPr><w:{kind}Reference w:type=\"default\" r:id=\"rId0\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
                 <w:pgMar w:top=\"1134\" w:bottom=\"1134\" w:left=\"{margin}\" w:right=\"850\"/><w:titlePg/></w:sectPr>"
            ),
        );
        let root = if self.number_above { "hdr" } else { "ftr" };
        let number = pp("<w:jc w:val=\"center\"/>", &field("PAGE", &rp("", "2")));
        let styles = format!(
            "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"{0}\" w:hAnsi=\"{0}\"/><w:sz w:val=\"{1}\"/></w:rPr>\
             </w:rPrDefault></w:docDefaults>",
            self.font, self.half_points
        );
        Docx::new(body).part(kind, root, &number).styles(&styles).build()
    }
}

#[test]
fn the_look_of_a_document_is_measured() {
    let bench = Bench::new();
    let layout: Vec<RuleEntry> =
        bench.checker.rules().iter().filter(|rule| rule.scope == Scope::Layout).cloned().collect();
    assert!(!layout.is_empty());
    for rule in &layout {
        both(rule, |example| bench.lint_codes("ke-hoach.docx", &Look::of(&rule.code, example).document()));
    }
}

/// Every rule has its examples executed: in an example paper, beside a directive, or in this file.
#[test]
fn no_rule_is_without_executed_examples() {
    let here = ["BC23", "BC27", "BC30", "BC31", "BC33", "TT27"];
    let book = RuleBook::builtin().expect("rules");
    let bare: Vec<&str> = book
        .iter()
        .filter(|rule| {
            rule.paper.is_empty()
                && rule.compared().is_none()
                && rule.scope != Scope::Layout
                && !here.contains(&rule.code.as_str())
        })
        .map(|rule| rule.code.as_str())
        .collect();
    assert!(bare.is_empty(), "{bare:?}");
}
