//! What an office gets from checking a folder: copies with comments, workbook, page, letters, baseline.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::disallowed_methods, reason = "a test prepares its own folder")]

mod support;

use support::docx::{Docx, p, r, rp};
use support::shown::{part, plain, shown};
use support::zip;
use thidua::Engine;

/// A folder with a sound report, one with faults, and a file that cannot be read.
fn handed_in() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let sound = include_str!("../templates/base/check/ca-nhan.txt");
    let faulty = sound.replace("II. THÀNH TÍCH ĐẠT ĐƯỢC", "II. CÁC THÀNH TÍCH NỔI BẬT");
    assert_ne!(sound, faulty);
    for (name, text) in [("1-tot", sound), ("2-loi", faulty.as_str())] {
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
        // Each line in two runs, cut at its middle.
        let line = |line: &str| {
            let middle = line.char_indices().nth(line.chars().count() / 2).map_or(0, |(at, _)| at);
            let (first, second) = line.split_at(middle);
            p(&(rp("<w:b/>", first) + &r(second)))
        };
        let body: String = escaped.lines().filter(|text| !text.trim().is_empty()).map(line).collect();
        thidua::guard::write::atomic(&folder.path().join(format!("{name}.docx")), &Docx::new(body).build()).unwrap();
    }
    thidua::guard::write::atomic(&folder.path().join("3-hong.docx"), "PK\u{3}\u{4}hỏng".as_bytes()).unwrap();
    folder
}

fn thidua(folder: &std::path::Path, arguments: &[&str]) -> std::process::Output {
    assert_cmd::Command::cargo_bin("thidua").unwrap().current_dir(folder).args(arguments).output().unwrap()
}

fn json(path: &std::path::Path) -> serde_json::Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

#[test]
fn a_folder_gets_copies_workbook_page_and_letters() {
    let folder = handed_in();
    let here = folder.path();
    assert!(thidua(here, &["init", "vp"]).status.success());
    let papers = ["1-tot.docx", "2-loi.docx", "3-hong.docx"];
    let options = ["-o", "ra/", "-f", "json", "--letters", "--office", "vp", "--due", "2026-02-05"];
    let arguments: Vec<&str> = ["check"].into_iter().chain(papers).chain(options).collect();
    let output = thidua(here, &arguments);
    assert_eq!(output.status.code(), Some(3), "one file cannot be read: {output:?}");
    let result = json(&here.join("ra/ket-qua.json"));
    let files = result["files"].as_array().unwrap();
    assert_eq!(files[0]["verdict"], "pass", "{}", files[0]);
    assert_eq!(files[2]["verdict"], "unreadable");
    let findings = files[1]["findings"].as_array().unwrap();
    assert!(!findings.is_empty());
    let copy = std::fs::read(here.join("ra/2-loi.nhan-xet.docx")).unwrap();
    let after = shown(&part(&copy, "word/document.xml"));
    // The first comment sums up.
    assert_eq!(after.comments.len(), findings.len() + 1);
    let words: Vec<String> = after.comments.values().map(|words| plain(words)).collect();
    for finding in findings {
        assert!(
            words.contains(&plain(finding["quote"].as_str().unwrap_or_default())),
            "{finding} is not among {words:?}"
        );
    }
    let original = std::fs::read(here.join("2-loi.docx")).unwrap();
    assert_eq!(shown(&part(&original, "word/document.xml")).characters, after.characters);
    assert!(here.join("ra/1-tot.nhan-xet.docx").exists() && !here.join("ra/3-hong.nhan-xet.docx").exists());
    assert!(std::fs::read(here.join("ra/ket-qua.xlsx")).unwrap().starts_with(b"PK"));
    let page = std::fs::read_to_string(here.join("ra/ket-qua.html")).unwrap();
    assert!(page.contains("2-loi.nhan-xet.docx") && page.contains("CÁC THÀNH TÍCH NỔI BẬT"));
    let letter = std::fs::read(here.join("ra/bo-sung/Hội LHPN xã Hòa Mỹ.docx")).unwrap();
    let letter = Engine::new().unwrap().read("x.docx", &letter).expect("a document");
    let text: String = letter.blocks.iter().map(|block| format!("{}\n", block.text)).collect();
    assert!(text.contains("trước ngày 05/02/2026") && text.contains("BC02-"), "{text}");
    assert_eq!(json(&here.join("ra/bo-sung/Hội LHPN xã Hòa Mỹ.trace.json"))["open"][0]["place"], "so");
}

#[test]
fn a_baseline_hides_what_is_known_and_sarif_tells_the_rest() {
    let folder = handed_in();
    let here = folder.path();
    let first = thidua(here, &["check", "2-loi.docx", "--write-baseline", "cu.json", "--fail-on", "warning"]);
    assert_eq!(first.status.code(), Some(1), "{first:?}");
    let second = thidua(here, &["check", "2-loi.docx", "--baseline", "cu.json", "--fail-on", "info", "-f", "sarif"]);
    assert_eq!(second.status.code(), Some(0), "{second:?}");
    let log: serde_json::Value = serde_json::from_slice(&second.stdout).unwrap();
    assert_eq!(log["runs"][0]["results"].as_array().unwrap().len(), 0);
    assert!(log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap().len() > 20);
    let bad = thidua(here, &["check", "2-loi.docx", "--baseline", "2-loi.docx"]);
    assert_eq!(bad.status.code(), Some(2));
}

#[test]
fn a_copy_of_a_paper_in_an_archive_stands_beside_the_archive() {
    let folder = handed_in();
    let here = folder.path();
    let paper = std::fs::read(here.join("2-loi.docx")).unwrap();
    std::fs::create_dir(here.join("gui")).unwrap();
    std::fs::write(here.join("gui/xa.zip"), zip::build(&[zip::Entry::new("bao-cao.docx", paper)])).unwrap();
    let output = thidua(here, &["check", "gui/xa.zip", "--notes"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let copies: Vec<String> = std::fs::read_dir(here.join("gui"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".nhan-xet.docx"))
        .collect();
    assert_eq!(copies, ["bao-cao.nhan-xet.docx"]);
}

#[test]
fn standard_input_has_no_copy_and_the_reason_is_said() {
    let folder = handed_in();
    let paper = std::fs::read(folder.path().join("2-loi.docx")).unwrap();
    let output = assert_cmd::Command::cargo_bin("thidua")
        .unwrap()
        .current_dir(folder.path())
        .args(["check", "-", "--stdin-name", "a.docx", "--notes", "--lang", "en"])
        .write_stdin(paper)
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&output.stderr).contains("instead of standard input"), "{output:?}");
}
