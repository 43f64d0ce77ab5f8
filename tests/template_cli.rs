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
    assert!(said.contains("bản ghi 2 (dòng 1): nội dung chính, đoạn 1"), "{said}");
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

#[test]
fn a_picture_that_is_not_there_is_named_with_the_tag_and_the_record_that_ask_for_it() {
    let template = docx(&(p("{{ ten }}") + &p("Ảnh: {{ anh | image(width_mm=30) }}") + &p("{{ logo }}")));
    let data = "{\"ten\": \"A\", \"anh\": \"co.png\", \"logo\": \"x\"}\n\n{\"ten\": \"B\", \"anh\": \"mat.png\", \"logo\": {\"$image\": {\"path\": \"chu.png\"}}}\n";
    let png = [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\x06\0\0\0".as_slice(), &[0; 20]].concat();
    let files: [(&str, &[u8]); 4] =
        [("mau.docx", &template), ("ds.jsonl", data.as_bytes()), ("co.png", &png), ("chu.png", b"chu")];
    let folder = office(&files);
    let (code, _, said) = thidua(folder.path(), &["render", "mau.docx", "-d", "ds.jsonl", "--each", "-o", "ra"]);
    assert_eq!(code, 3, "{said}");
    let missing = "bản ghi 2 (dòng 3): nội dung chính, đoạn 2: không lấy được tệp hình hoặc tài liệu mat.png;";
    assert!(said.contains(missing) && said.contains("Ảnh: »{{ anh | image(width_mm=30) }}«"), "{said}");
    assert!(said.contains("bản ghi 2 (dòng 3): nội dung chính, đoạn 3: chu.png không phải hình"), "{said}");
    assert!(folder.path().join("ra/mau-001.docx").exists() && !folder.path().join("ra/mau-002.docx").exists());
}

#[test]
fn records_are_read_one_by_one_and_a_broken_one_stops_no_other() {
    let template = docx(&p("{{ a }}"));
    let data = "{\"a\": 1}\n{\"a\": \n\n{\"a\": 3}\n{\"b\": 4}\n";
    let folder = office(&[("mau.docx", &template), ("ds.jsonl", data.as_bytes()), ("ds.csv", b"a;b\n1;2\n\n\"x")]);
    for jobs in ["1", "3"] {
        let args = ["render", "mau.docx", "-d", "ds.jsonl", "--each", "-o", jobs, "-j", jobs, "--name", "so {a}"];
        let (code, _, said) = thidua(folder.path(), &args);
        assert_eq!(code, 3);
        assert!(said.contains("ds.jsonl, bản ghi 2 (dòng 2): không đọc được dữ liệu: dòng 2, cột 5"), "{said}");
        assert!(said.contains("bản ghi 4 (dòng 5): nội dung chính, đoạn 1"), "{said}");
        let mut names: Vec<String> = std::fs::read_dir(folder.path().join(jobs))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert_eq!(names, ["so 1.docx", "so 3.docx"]);
    }
    let (code, _, said) = thidua(folder.path(), &["render", "mau.docx", "-d", "ds.csv", "--each", "-o", "ra"]);
    assert_eq!(code, 3);
    assert!(said.contains("bản ghi 2"), "{said}");
    assert_eq!(filled(folder.path(), "ra/mau-001.docx"), ["1"]);
}

#[test]
fn the_template_in_the_output_folder_keeps_its_name() {
    let folder = office(&[("So 1.docx", &docx(&p("{{ a }}"))), ("ds.jsonl", b"{\"a\": 1}\n{\"a\": 2}\n")]);
    let args = ["render", "So 1.docx", "-d", "ds.jsonl", "--each", "-o", ".", "--name", "so {a}"];
    let (code, _, said) = thidua(folder.path(), &args);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("so 1-2"), "{said}");
    assert_eq!(filled(folder.path(), "So 1.docx"), ["{{ a }}"]);
    assert_eq!(filled(folder.path(), "so 1-2.docx"), ["1"]);
}

#[test]
fn a_list_without_a_word_on_what_to_do_with_it_gets_advice() {
    let template = docx(&p("{{ ten }}"));
    let rows = docx(&p("{% for hang in rows %}{{ hang.ten }} {% endfor %}"));
    let folder = office(&[("mau.docx", &template), ("bang.docx", &rows), ("ds.csv", b"ten\nA\nB\n")]);
    let (code, _, said) = thidua(folder.path(), &["render", "mau.docx", "-d", "ds.csv", "-o", "ra.docx"]);
    assert_eq!(code, 3);
    assert!(said.contains("dữ liệu có 2 bản ghi") && said.contains("--each") && said.contains("--one"), "{said}");
    let (code, _, said) = thidua(folder.path(), &["render", "bang.docx", "-d", "ds.csv", "-o", "ra.docx"]);
    assert_eq!((code, said.as_str()), (0, ""));
    assert_eq!(filled(folder.path(), "ra.docx"), ["A B "]);
}

#[test]
fn templates_with_macros_are_refused_whatever_their_name_and_a_remote_template_is_told() {
    // A file with macros may lie inside one without: it is copied, not opened.
    let inside = "<Default Extension=\"docm\" ContentType=\"application/vnd.ms-word.document.macroEnabled.12\"/>";
    let types = |kind: &str| {
        format!(
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">{inside}<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.{kind}.main+xml\"/></Types>"
        )
    };
    let file = |kind: &str, parts: &[(&str, String)]| {
        let mut all = vec![
            ("[Content_Types].xml", types(kind)),
            ("word/document.xml", word::root("w:document", &format!("<w:body>{}</w:body>", p("{{ a }}")))),
        ];
        all.extend(parts.iter().cloned());
        word::zip(&all)
    };
    let macros = ("word/vbaProject.bin", "x".to_owned());
    let docm = file("ms-word.document.macroEnabled", std::slice::from_ref(&macros));
    let dotm = file("ms-word.template.macroEnabledTemplate", &[]);
    let hidden = file("openxmlformats-officedocument.wordprocessingml.document", &[macros]);
    let relations = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate\" Target=\"https://x.vn/t.dotm\" TargetMode=\"External\"/></Relationships>";
    let remote = file(
        "openxmlformats-officedocument.wordprocessingml.template",
        &[("word/_rels/settings.xml.rels", relations.to_owned())],
    );
    let folder = office(&[
        ("a.docm", &docm),
        ("b.dotm", &dotm),
        ("c.docx", &hidden),
        ("d.dotx", &remote),
        ("x.json", b"{\"a\": 1}"),
    ]);
    for name in ["a.docm", "b.dotm", "c.docx"] {
        let (code, _, said) = thidua(folder.path(), &["render", name, "-d", "x.json", "-o", "ra.docx"]);
        assert_eq!(code, 2, "{name}: {said}");
        assert!(said.contains("macro") && !folder.path().join("ra.docx").exists(), "{name}: {said}");
        assert_eq!(thidua(folder.path(), &["template", "check", name]).0, 1);
    }
    let (code, _, said) = thidua(folder.path(), &["render", "d.dotx", "-d", "x.json", "-o", "ra.docx"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("https://x.vn/t.dotm"), "{said}");
    assert!(
        part(&std::fs::read(folder.path().join("ra.docx")).unwrap(), "[Content_Types].xml")
            .contains("document.main+xml")
    );
}
