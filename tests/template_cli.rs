//! `thidua render` and `thidua template` as an office runs them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod word;

use assert_cmd::Command;
use std::path::Path;
use word::{docx, p, part, texts};

fn thidua(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output = Command::cargo_bin("thidua").unwrap().current_dir(folder).args(args).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

fn office(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        thidua::guard::write::atomic(&folder.path().join(name), bytes).unwrap();
    }
    folder
}

fn filled(folder: &Path, name: &str) -> Vec<String> {
    texts(&part(&std::fs::read(folder.join(name)).unwrap(), "word/document.xml"))
}

#[test]
fn each_row_of_a_table_is_a_document_and_no_name_is_taken_twice() {
    let template = docx(&p("Kính gửi {{ ten }} ({{ don_vi }})"));
    let csv = "Tên;Đơn vị\nAn;Hội xã\nAn;Hội phường\n".as_bytes();
    let folder = office(&[("mau.docx", &template), ("ds.csv", csv)]);
    let (code, _, said) =
        thidua(folder.path(), &["render", "mau.docx", "--data", "ds.csv", "--each", "--name", "{ten}", "-o", "ra"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("An-2"), "{said}");
    assert_eq!(filled(folder.path(), "ra/An.docx"), ["Kính gửi An (Hội xã)"]);
    assert_eq!(filled(folder.path(), "ra/An-2.docx"), ["Kính gửi An (Hội phường)"]);
}

#[test]
fn a_name_pattern_of_unknown_fields_and_data_out_of_form_are_said_before_anything_is_written() {
    let template = docx(&p("{{ a }}"));
    let folder = office(&[("t.docx", &template), ("a.csv", b"a\n1\n2\n"), ("x.json", b"{\"a\": ")]);
    let (code, _, error) =
        thidua(folder.path(), &["render", "t.docx", "--data", "a.csv", "--each", "-o", "ra", "--name", "{b}"]);
    assert_eq!(code, 2);
    assert!(error.contains("“b”"), "{error}");
    assert_eq!(std::fs::read_dir(folder.path().join("ra")).map_or(0, Iterator::count), 0);
    let (code, _, error) = thidua(folder.path(), &["render", "t.docx", "--data", "x.json"]);
    assert_eq!(code, 2);
    assert!(error.contains("dòng 1, cột 6"), "{error}");
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let template = docx(&p("{{ a }}"));
    let json: String = (0..50).map(|n| format!("{{\"a\": {n}}}\n")).collect();
    let folder = office(&[("mau.docx", &template), ("ds.jsonl", json.as_bytes())]);
    for jobs in ["1", "4"] {
        let (code, _, said) =
            thidua(folder.path(), &["render", "mau.docx", "-d", "ds.jsonl", "--each", "-o", jobs, "-j", jobs]);
        assert_eq!(code, 0, "{said}");
    }
    for number in 1..=50 {
        let name = format!("mau-{number:03}.docx");
        let read = |jobs: &str| std::fs::read(folder.path().join(jobs).join(&name)).unwrap();
        assert_eq!(read("1"), read("4"));
    }
}

#[test]
fn all_records_in_one_document_and_toml_for_a_single_one() {
    let template = docx(&p("{{ a }}"));
    let folder =
        office(&[("mau.docx", &template), ("ds.json", b"[{\"a\": 1}, {\"a\": 2}]"), ("mot.toml", b"a = \"x\"")]);
    let (code, _, said) = thidua(folder.path(), &["render", "mau.docx", "-d", "ds.json", "--one", "-o", "gop.docx"]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(filled(folder.path(), "gop.docx"), ["1", "2"]);
    let (code, _, said) = thidua(folder.path(), &["render", "mau.docx", "-d", "mot.toml", "-o", "mot.docx"]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(filled(folder.path(), "mot.docx"), ["x"]);
}

#[test]
fn what_is_missing_stops_one_document_and_not_the_others() {
    let template = docx(&p("{{ a }}"));
    let folder = office(&[("mau.docx", &template), ("ds.json", b"[{\"a\": 1}, {\"b\": 2}]")]);
    let args = ["render", "mau.docx", "-d", "ds.json", "--each", "-o", "ra"];
    let (code, _, said) = thidua(folder.path(), &args);
    assert_eq!(code, 3);
    assert!(said.contains("bản ghi 2: nội dung chính, đoạn 1"), "{said}");
    assert!(folder.path().join("ra/mau-001.docx").exists() && !folder.path().join("ra/mau-002.docx").exists());
    let (code, _, said) = thidua(folder.path(), &[&args[..], &["--missing", "dots"]].concat());
    assert_eq!(code, 0, "{said}");
    assert_eq!(filled(folder.path(), "ra/mau-002.docx"), ["……"]);
}

#[test]
fn a_template_is_never_overwritten() {
    let folder = office(&[("mau.docx", &docx(&p("x"))), ("ds.json", b"{}")]);
    let (code, _, _) = thidua(folder.path(), &["render", "mau.docx", "-d", "ds.json", "-o", "mau.docx"]);
    assert_eq!(code, 2);
}

#[test]
fn check_and_fields_speak_to_people_and_to_programs() {
    let folder = office(&[("tot.docx", &docx(&p("{{ a.b }}"))), ("hong.docx", &docx(&p("{{ a | uper }}")))]);
    let (code, said, _) = thidua(folder.path(), &["template", "check", "hong.docx"]);
    assert_eq!(code, 1);
    assert!(said.contains("nội dung chính, đoạn 1: không có bộ lọc “uper” (có phải: upper?)"), "{said}");
    let (code, said, _) = thidua(folder.path(), &["--lang", "en", "template", "check", "tot.docx", "--json"]);
    assert_eq!((code, said.trim()), (0, "{\"faults\":[],\"file\":\"tot.docx\"}"));
    let (code, said, _) = thidua(folder.path(), &["template", "fields", "tot.docx", "-f", "schema"]);
    let schema: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!((code, &schema["properties"]["a"]["required"]), (0, &serde_json::json!(["b"])));
}
