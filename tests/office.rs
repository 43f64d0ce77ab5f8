//! A whole office: files told apart, work that is never lost and never done twice, one run at a time.

#![allow(clippy::expect_used, clippy::panic, clippy::disallowed_methods, reason = "a test fails by panicking")]

use assert_cmd::Command;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::Duration;
use tempfile::TempDir;

const FOLDERS: [&str; 4] = ["van-ban", "bao-cao", "dang-ky", "danh-sach"];

fn thidua() -> Command {
    Command::cargo_bin("thidua").expect("binary")
}

fn office() -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().expect("folder");
    let office = dir.path().join("vp");
    thidua().arg("init").arg(&office).assert().code(0);
    (dir, office)
}

fn put(office: &Path, name: &str, text: &str) {
    let path = office.join("den").join(name);
    std::fs::create_dir_all(path.parent().expect("folder")).expect("folder");
    std::fs::write(path, text).expect("file");
}

fn plan(number: usize) -> String {
    format!(
        "HỘI LHPN XÃ HÒA MỸ\nSố: {number}/KH-BTV\nHòa Mỹ, ngày 01 tháng 3 năm 2024\nKẾ HOẠCH\nPhát động đợt thi đua số {number}\n\n\
         1. Mỗi chi hội đăng ký ít nhất {} mô hình.\n2. Các chi hội gửi báo cáo về Hội trước ngày {}/4/2024.\n",
        number % 7 + 1,
        number % 28 + 1
    )
}

/// Everything below `ra`, by name.
fn results(office: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = walkdir::WalkDir::new(office.join("ra")).into_iter().map(|entry| entry.expect("entry"));
    files
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let name = entry.path().strip_prefix(office).expect("below").to_string_lossy().into_owned();
            (name, std::fs::read(entry.path()).expect("result"))
        })
        .collect()
}

fn events(office: &Path) -> Vec<serde_json::Value> {
    let output = thidua().arg("run").arg(office).arg("--json").output().expect("run");
    let text = String::from_utf8(output.stdout).expect("text");
    text.lines().map(|line| serde_json::from_str(line).expect("event")).collect()
}

fn states(events: &[serde_json::Value]) -> Vec<(String, String, String)> {
    let word = |event: &serde_json::Value, key: &str| event[key].as_str().unwrap_or_default().to_owned();
    let files = events.iter().filter(|event| event["event"] == "file");
    files.map(|event| (word(event, "name"), word(event, "kind"), word(event, "state"))).collect()
}

#[test]
fn files_are_told_apart_by_title_and_by_hand() {
    let (_dir, office) = office();
    put(&office, "a.txt", &plan(1));
    put(
        &office,
        "b.txt",
        "BÁO CÁO THÀNH TÍCH\nĐề nghị tặng Giấy khen\n\nHọ và tên: Trần Thị Mận\nĐơn vị: chi hội Đông\n",
    );
    put(&office, "c.txt", "PHIẾU ĐĂNG KÝ\ncông trình, phần việc\n\nĐơn vị: chi hội Đoài\nTổng số: 02 công trình\n");
    put(&office, "d.txt", "DANH SÁCH\ncá nhân đề nghị khen thưởng\n\n1. Trần Thị Mận\n2. Lê Thị Đào\n");
    put(&office, "bao-cao/e.txt", "Kính gửi Hội cấp trên, tôi xin báo cáo những việc đã làm trong năm như sau.\n");
    put(
        &office,
        "f.txt",
        "HỘI LHPN HUYỆN HÒA CHÂU\nSố: 12/HPN-TG\nV/v đăng ký thi đua\nHòa Châu, ngày 02 tháng 3 năm 2020\n\nKính gửi: Hội LHPN các xã\n\nBản đăng ký gửi về Hội LHPN huyện trước ngày 25/3/2020\n",
    );
    let told: Vec<(String, String)> =
        states(&events(&office)).into_iter().map(|(name, kind, _)| (name, kind)).collect();
    let expected = [
        ("den/a.txt", "directive"),
        ("den/b.txt", "report"),
        ("den/bao-cao/e.txt", "report"),
        ("den/c.txt", "registration"),
        ("den/d.txt", "list"),
        ("den/f.txt", "directive"),
    ];
    assert_eq!(told, expected.map(|(name, kind)| (name.to_owned(), kind.to_owned())));
    let summary = std::fs::read_to_string(office.join("ra/tom-tat.txt")).expect("summary");
    assert!(
        office.join("ra/bao-cao/ket-qua.xlsx").exists() && office.join("ra/dang-ky/tong-hop-dang-ky.docx").exists()
    );
    assert!(summary.contains("nằm trong thư mục bao-cao") && summary.contains("den/c.txt"), "{summary}");
}

#[test]
fn lists_are_reviewed_each_for_itself_and_no_papers_are_written() {
    let (_dir, office) = office();
    put(
        &office,
        "danh-sach/ds.csv",
        "STT,Họ và tên,Đơn vị,Hình thức khen\n1,Nguyễn Thị Hoa,Chi hội 1,Giấy khen\n2,Trần Thị Mai,Chi hội 1,Giấy khen\n3,Trần Thị Mai,Chi hội 1,Giấy khen\n4,,Chi hội 2,Bằng\n",
    );
    put(&office, "danh-sach/lich.csv", "Ngày,Việc\n1/2/2026,Họp\n");
    let output = thidua().arg("run").arg(&office).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    // The timetable is no list of awardees, which is said; the list has its review.
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains("lich.csv"), "{said}");
    let all = results(&office);
    let names: Vec<&String> = all.keys().filter(|name| name.contains("danh-sach/")).collect();
    assert_eq!(names.len(), 3, "{names:?}");
    let (_, review) = all.iter().find(|(name, _)| name.ends_with("ra-soat.json")).unwrap();
    let review = String::from_utf8_lossy(review);
    assert!(review.contains("có hai lần trong danh sách") && review.contains("Dòng không hiểu được"), "{review}");
    assert!(review.contains("\"ca-nhan\": 3"), "{review}");
}

#[test]
fn a_dry_run_says_why_and_writes_nothing() {
    let (_dir, office) = office();
    put(&office, "a.txt", &plan(1));
    let run = || {
        let output = thidua().arg("run").arg(&office).arg("--dry-run").output().expect("run");
        assert_eq!(output.status.code(), Some(0));
        String::from_utf8(output.stdout).expect("text")
    };
    let said = run();
    assert!(said.contains("den/a.txt") && said.contains("kế hoạch") && said.contains("sẽ xử lý"), "{said}");
    assert!(results(&office).is_empty() && !office.join(".thidua").exists());
    thidua().arg("run").arg(&office).assert().code(0);
    assert!(run().contains("giữ nguyên"));
}

#[test]
fn nothing_is_done_twice_and_what_changed_is_done_again() {
    let (_dir, office) = office();
    for number in 1..=3 {
        put(&office, &format!("{number}.txt"), &plan(number));
    }
    let done = |events: &[serde_json::Value]| -> Vec<String> {
        states(events).into_iter().filter(|(_, _, state)| state == "done").map(|(name, _, _)| name).collect()
    };
    assert_eq!(done(&events(&office)).len(), 3);
    let first = results(&office);
    assert!(done(&events(&office)).is_empty());
    assert_eq!(first, results(&office));
    // A result that somebody deleted comes back; a document that changed is read again.
    std::fs::remove_file(office.join("ra/van-ban/1.json")).expect("result");
    put(&office, "2.txt", &plan(12));
    assert_eq!(done(&events(&office)), ["den/1.txt", "den/2.txt"]);
    put(&office, "2.txt", &plan(2));
    events(&office);
    assert_eq!(first, results(&office));
    // A second file of one name: results take the whole name, and none is left under the old one.
    put(&office, "1.md", &plan(5));
    events(&office);
    let names: Vec<String> = results(&office).into_keys().filter(|name| name.ends_with("json")).collect();
    assert_eq!(names, ["1.md", "1.txt", "2", "3"].map(|name| format!("ra/van-ban/{name}.json")));
}

#[test]
fn two_runs_on_one_office_do_not_meet() {
    let (_dir, office) = office();
    put(&office, "a.txt", &plan(1));
    let mut watching = watch(&office);
    wait_for(|| office.join("ra/van-ban/a.json").exists());
    let second = thidua().arg("run").arg(&office).output().expect("run");
    assert_eq!(second.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&second.stderr).contains("đang có một lượt chạy khác"));
    // The first one goes on as files arrive.
    put(&office, "b.txt", &plan(2));
    wait_for(|| office.join("ra/van-ban/b.json").exists());
    watching.kill().expect("kill");
    watching.wait().expect("end");
    thidua().arg("run").arg(&office).assert().code(0);
}

fn watch(office: &Path) -> Child {
    let program = assert_cmd::cargo::cargo_bin("thidua");
    let mut command = std::process::Command::new(program);
    command.arg("run").arg(office).arg("--watch").stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("start")
}

fn wait_for(ready: impl Fn() -> bool) {
    for _ in 0..600 {
        if ready() {
            return;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("it did not happen within a minute");
}

#[test]
fn a_run_that_is_killed_again_and_again_ends_as_one_that_was_not() {
    let (_dir, office) = office();
    for number in 0..240 {
        let folder = FOLDERS[number / 60];
        put(&office, &format!("{folder}/{number}.txt"), &plan(number));
    }
    put(&office, "hong.docx", "PK\u{3}\u{4} hỏng");
    let program = assert_cmd::cargo::cargo_bin("thidua");
    for round in 0..20 {
        let mut command = std::process::Command::new(&program);
        command.arg("run").arg(&office).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().expect("start");
        std::thread::sleep(Duration::from_millis(40 + 37 * round));
        child.kill().expect("kill");
        child.wait().expect("end");
    }
    thidua().arg("run").arg(&office).assert().code(3);
    let resumed = results(&office);
    std::fs::remove_dir_all(office.join("ra")).expect("results");
    std::fs::remove_dir_all(office.join(".thidua")).expect("memory");
    thidua().arg("run").arg(&office).assert().code(3);
    let unbroken = results(&office);
    assert_eq!(resumed.keys().collect::<Vec<_>>(), unbroken.keys().collect::<Vec<_>>());
    assert!(resumed == unbroken, "results differ");
    assert!(!resumed.keys().any(|name| name.ends_with(".part")), "half a file is left: {:?}", resumed.keys());
}
