//! The command line as its users meet it: results, exit codes, what is said on standard error.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

use assert_cmd::Command;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const PLAN: &str = "\
HỘI LHPN HUYỆN SÔNG QUÝT
BAN THƯỜNG VỤ
Số: 31/KH-BTV

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Sông Quýt, ngày 04 tháng 3 năm 2024

KẾ HOẠCH
Tổ chức đợt thi đua “Ngõ sạch, nhà xanh”

I. NỘI DUNG
1. Mỗi cơ sở Hội xây dựng ít nhất 02 tuyến đường hoa.
2. Các cơ sở Hội gửi bản đăng ký về Hội LHPN huyện trước ngày 20/3/2024.

TM. BAN THƯỜNG VỤ
CHỦ TỊCH

Lê Thị Mẫu Đơn
";

fn thidua() -> Command {
    Command::cargo_bin("thidua").unwrap()
}

/// A folder with two plans; the second is the first with another number.
fn folder() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("a.txt"), PLAN).unwrap();
    std::fs::write(dir.path().join("b.txt"), PLAN.replace("31/KH", "32/KH")).unwrap();
    dir
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn json(bytes: &[u8]) -> serde_json::Value {
    serde_json::from_slice(bytes).unwrap()
}

fn stderr(output: &std::process::Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn one_file_gives_one_object_whose_spans_reproduce_their_words() {
    let dir = folder();
    let output = thidua().args(["extract", "--format", "json"]).arg(dir.path().join("a.txt")).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let value = json(&output.stdout);
    assert_eq!(value["document"]["number"], "31");
    assert_eq!(value["deadlines"][0]["when"]["date"], "2024-03-20");
    let span = &value["deadlines"][0]["span"];
    let at = |key: &str| usize::try_from(span[key].as_u64().unwrap()).unwrap();
    let block = value["blocks"][at("block")]["text"].as_str().unwrap();
    let words: String = block.chars().take(at("end")).skip(at("start")).collect();
    assert_eq!(value["deadlines"][0]["text"], words);
    assert!(value["deadlines"][0].get("by").is_none());
}

#[test]
fn explaining_names_the_pattern() {
    let dir = folder();
    let args = ["extract", "--format", "json", "--explain"];
    let value = json(&thidua().args(args).arg(dir.path().join("a.txt")).output().unwrap().stdout);
    assert!(value["deadlines"][0]["by"].as_str().is_some_and(|by| !by.is_empty()));
}

#[test]
fn a_folder_gives_an_array_in_order_whatever_the_jobs() {
    let dir = folder();
    for number in 0..40 {
        std::fs::write(dir.path().join(format!("c{number:02}.txt")), PLAN.replace("31/", &format!("{number}/")))
            .unwrap();
    }
    let run = |jobs| {
        let args = ["extract", "--quiet", "--format", "json", "--jobs", jobs];
        thidua().args(args).arg(dir.path()).output().unwrap().stdout
    };
    let (one, four) = (run("1"), run("4"));
    assert_eq!(one, four);
    let value = json(&one);
    let paths: Vec<&str> =
        value.as_array().unwrap().iter().map(|item| item["source"]["path"].as_str().unwrap()).collect();
    assert_eq!(paths.len(), 42);
    assert!(paths.is_sorted());
}

#[test]
fn a_quoted_pattern_is_expanded_here() {
    let dir = folder();
    let pattern = text(&dir.path().join("*.txt"));
    let output = thidua().args(["extract", "--quiet", "--format", "jsonl", &pattern]).output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 2);
}

#[test]
fn one_bad_file_never_stops_the_rest() {
    let dir = folder();
    let missing = dir.path().join("khong-co.docx");
    std::fs::write(dir.path().join("rong.txt"), " \n").unwrap();
    let output = thidua()
        .args(["extract", "--format", "json"])
        .args([dir.path().join("a.txt"), missing, dir.path().join("rong.txt"), dir.path().join("b.txt")])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(json(&output.stdout).as_array().unwrap().len(), 2);
    let said = stderr(&output);
    assert!(said.contains("khong-co.docx: không mở được: không có tệp này"), "{said}");
    assert!(said.contains("rong.txt: không có nội dung"), "{said}");
    assert!(said.contains("Đã đọc 2 tệp; không đọc được 2 tệp."), "{said}");
}

#[test]
fn standard_input_has_the_name_that_was_given() {
    let args = ["extract", "--format", "json", "--stdin-name", "den.txt", "-"];
    let output = thidua().args(args).write_stdin(PLAN).output().unwrap();
    let value = json(&output.stdout);
    assert_eq!(value["source"]["path"], "den.txt");
    assert_eq!(value["document"]["number"], "31");
}

#[test]
fn nothing_to_do_has_its_own_code() {
    let dir = tempfile::tempdir().unwrap();
    thidua().arg("extract").arg(dir.path()).assert().code(4);
    thidua().arg("extract").arg(dir.path().join("*.docx")).assert().code(4);
}

#[test]
fn wrong_usage_is_said_in_the_users_language() {
    let output = thidua().args(["extract", "--frmat", "json", "x"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("Không có tuỳ chọn --frmat."));
    let output = thidua().args(["--lang", "en", "extract", "--frmat", "json", "x"]).output().unwrap();
    assert!(stderr(&output).contains("There is no option --frmat."));
    thidua().args(["extract", "--as-of", "31/02/2024", "x"]).assert().code(2);
    thidua().args(["extract", "[a"]).assert().code(2);
    thidua().arg("--help").assert().code(0);
}

#[test]
fn findings_set_the_code_only_when_asked() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("so-sai.txt");
    std::fs::write(&path, PLAN.replace("31/KH-BTV", "31/HD-BTV")).unwrap();
    thidua().arg("extract").arg(&path).assert().code(0);
    thidua().args(["extract", "--fail-on", "warning"]).arg(&path).assert().code(1);
}

#[test]
fn an_input_is_never_overwritten() {
    let dir = folder();
    let path = dir.path().join("a.txt");
    thidua().args(["extract", "--format", "json", "-o"]).arg(&path).arg(&path).assert().code(2);
    thidua().args(["extract", "--format", "text", "-o"]).arg(dir.path()).arg(&path).assert().code(2);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), PLAN);
}

#[test]
fn an_output_that_cannot_be_written_has_its_own_code() {
    let dir = folder();
    let target = dir.path().join("khong-co/ra.json");
    let output = thidua().args(["extract", "-o"]).arg(&target).arg(dir.path().join("a.txt")).output().unwrap();
    assert_eq!(output.status.code(), Some(5));
    assert!(stderr(&output).contains("Không ghi được"));
}

#[test]
fn a_folder_takes_one_file_for_each_document() {
    let dir = folder();
    std::fs::copy(dir.path().join("b.txt"), dir.path().join("a.docx.txt")).unwrap();
    std::fs::create_dir(dir.path().join("con")).unwrap();
    std::fs::copy(dir.path().join("b.txt"), dir.path().join("con/a.txt")).unwrap();
    let out = dir.path().join("ra");
    let inputs = ["a.txt", "b.txt", "con/a.txt"].map(|name| dir.path().join(name));
    thidua().args(["extract", "--quiet", "--format", "json", "-o"]).arg(text(&out) + "/").args(inputs).assert().code(0);
    let mut names: Vec<String> =
        std::fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, ["a.txt-2.json", "a.txt.json", "b.json"]);
    assert_eq!(json(&std::fs::read(out.join("b.json")).unwrap())["document"]["number"], "32");
}

#[test]
fn a_closed_pipe_is_no_error() {
    let dir = folder();
    for number in 0..30 {
        std::fs::write(dir.path().join(format!("c{number}.txt")), PLAN.repeat(20)).unwrap();
    }
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("thidua"))
        .args(["extract", "--quiet", "--format", "json"])
        .arg(dir.path())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 16];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[cfg(unix)]
#[test]
fn a_pipe_among_the_inputs_is_refused_at_once() {
    let dir = folder();
    let pipe = dir.path().join("ong.docx");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let output = thidua().args(["extract", "--format", "jsonl"]).arg(dir.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("ong.docx: không mở được: đó không phải là tệp"), "{}", stderr(&output));
}

/// An office made by `init` with one plan in it.
fn office() -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let office = dir.path().join("van-phong");
    thidua().arg("init").arg(&office).assert().code(0);
    std::fs::write(office.join("den/ke-hoach.txt"), PLAN).unwrap();
    (dir, office)
}

/// The results of an office: names below `ra`, and bytes.
fn results_in(office: &Path) -> Vec<(String, Vec<u8>)> {
    fn walk(folder: &Path, prefix: &str, out: &mut Vec<(String, Vec<u8>)>) {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let name = format!("{prefix}{}", entry.file_name().into_string().unwrap());
            if entry.path().is_dir() {
                walk(&entry.path(), &format!("{name}/"), out);
            } else {
                out.push((name, std::fs::read(entry.path()).unwrap()));
            }
        }
    }
    let mut files = Vec::new();
    walk(&office.join("ra"), "", &mut files);
    files.sort();
    files
}

#[test]
fn an_office_runs_and_runs_again_to_the_same_bytes() {
    let (_dir, office) = office();
    let results = || -> Vec<(String, Vec<u8>)> {
        thidua().arg("run").arg(&office).assert().code(0);
        results_in(&office)
    };
    let first = results();
    let names: Vec<&str> = first.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["lich.ics", "tom-tat.txt", "tong-hop.xlsx", "van-ban/ke-hoach.html", "van-ban/ke-hoach.json"]);
    assert_eq!(json(&first[4].1)["source"]["path"], "den/ke-hoach.txt");
    let calendar = String::from_utf8(first[0].1.clone()).unwrap();
    assert!(calendar.contains("DTSTART;VALUE=DATE:20240319\r\nDTEND;VALUE=DATE:20240320\r\n"), "{calendar}");
    let summary = String::from_utf8(first[1].1.clone()).unwrap();
    assert!(summary.contains("trước ngày 20/03/2024") && summary.contains("ít nhất 2 tuyến đường hoa"), "{summary}");
    assert_eq!(first, results());
}

#[test]
fn an_office_with_a_bad_document_names_it_everywhere() {
    let (_dir, office) = office();
    std::fs::write(office.join("den/hong.docx"), b"PK\x03\x04 hong").unwrap();
    let output = thidua().arg("run").arg(&office).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("den/hong.docx: "), "{}", stderr(&output));
    assert!(std::fs::read_to_string(office.join("ra/tom-tat.txt")).unwrap().contains("den/hong.docx"));
    assert!(office.join("ra/van-ban/ke-hoach.json").exists() && !office.join("ra/van-ban/hong.json").exists());
}

#[test]
fn an_office_that_is_not_ready_says_what_to_do() {
    let (dir, office) = office();
    let said = |path: &Path, code| {
        let output = thidua().arg("run").arg(path).output().unwrap();
        assert_eq!(output.status.code(), Some(code));
        stderr(&output)
    };
    assert!(said(dir.path(), 2).contains("thidua init"));
    let profile = office.join("thidua.toml");
    let text = std::fs::read_to_string(&profile).unwrap();
    std::fs::write(&profile, text.replacen("dia-danh =", "dia-dan =", 1)).unwrap();
    let line = text.lines().position(|line| line.starts_with("dia-danh")).unwrap() + 1;
    assert!(said(&office, 2).contains(&format!("dòng {line}: không có khoá “dia-dan”")));
    std::fs::write(&profile, &text).unwrap();
    std::fs::remove_file(office.join("den/ke-hoach.txt")).unwrap();
    said(&office, 4);
    thidua().arg("init").arg(&office).assert().code(2);
    assert_eq!(std::fs::read_to_string(&profile).unwrap(), text);
}
