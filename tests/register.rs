//! The register of awards: taking in, finding, correcting, and a writer that is killed.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::disallowed_methods, reason = "a test prepares its own folder")]

mod support;

use serde_json::Value;
use support::awards::*;

#[test]
fn the_register_takes_in_finds_and_corrects() {
    let office = office();
    let folder = office.path().to_string_lossy().into_owned();
    let list_path = list(office.path(), "ds.xlsx", &hard_list());
    let out = office.path().join("ra/khen-thuong/ds");
    award(&list_path, "20/10/2026").args(["--for", FOR, "--office", &folder]).assert().code(0);
    // Our own papers by their index, and the same decision read from Word: it is known already.
    thidua().args(["register", "add", &out.to_string_lossy(), "--office", &folder]).assert().code(0);
    let word = out.join("quyet-dinh.docx");
    let said = thidua().args(["register", "add", &word.to_string_lossy(), "--office", &folder]).assert().code(0);
    assert!(String::from_utf8_lossy(&said.get_output().stdout).contains("06/QĐ-BTV đã có trong sổ"));
    // An old table with numbers and dates.
    let old = list(
        office.path(),
        "cu.xlsx",
        &[
            row(&["STT", "Họ và tên", "Đơn vị", "Danh hiệu", "Số quyết định", "Ngày quyết định"]),
            row(&["1", "Lê Thị Cũ", "Xã A", "CSTĐCS", "15/QĐ-BTV", "05/12/2023"]),
            row(&["2", "Lê Thị Cũ", "Xã A", "CSTĐCS", "16/QĐ-BTV", "05/12/2024"]),
            row(&["3", "Không Có Số", "Xã A", "CSTĐCS", "", ""]),
        ],
    );
    let said = thidua().args(["register", "add", &old.to_string_lossy(), "--office", &folder]).assert().code(3);
    assert!(String::from_utf8_lossy(&said.get_output().stderr).contains("B4"));
    let find = |word: &str| -> Vec<Value> {
        let done =
            thidua().args(["register", "find", word, "--json", "-q", "--office", &folder]).output().expect("run");
        serde_json::from_slice(&done.stdout).expect("JSON")
    };
    assert_eq!(find("nguyen thi lan").len(), 1);
    assert_eq!(find("Nguyễn Thị …").len(), 2);
    assert_eq!(find("le thi cu").len(), 2);
    thidua()
        .args([
            "register",
            "letter",
            "--decision",
            "06/QĐ-BTV",
            "--wrong",
            "Nguyễn Thị Lan",
            "--right",
            "Nguyễn Thị Làn",
            "--office",
            &folder,
        ])
        .assert()
        .code(0);
    let before = std::fs::read(&word).expect("decision");
    let (_, letter) = read_back(&office.path().join("ra/khen-thuong/dinh-chinh-6-2026-5.docx"));
    assert!(
        letter.contains("đã in: “Nguyễn Thị Lan”") && letter.contains("Nay đính chính là: “Nguyễn Thị Làn”"),
        "{letter}"
    );
    assert_eq!(find("Nguyễn Thị Làn")[0]["award"]["corrected"], "Nguyễn Thị Làn");
    assert_eq!(before, std::fs::read(&word).expect("decision"), "the issued decision stays");
    let copy = office.path().join("sao.db");
    thidua().args(["register", "backup", &copy.to_string_lossy(), "--office", &folder]).assert().code(0);
    let sheet = office.path().join("so.xlsx");
    thidua().args(["register", "export", &sheet.to_string_lossy(), "--office", &folder]).assert().code(0);
    assert!(copy.exists() && sheet.exists());
    // A number of the year is given once.
    award(&list_path, "21/10/2026")
        .args(["--office", &folder, "-o", &office.path().join("z").to_string_lossy()])
        .assert()
        .code(2);
}

/// A program that is killed at any moment loses nothing that it said was written, and leaves a sound file.
#[test]
fn killing_the_writer_loses_no_committed_decision() {
    use std::io::Read as _;
    use std::process::Stdio;
    use std::time::Duration;
    let office = office();
    let folder = office.path().to_string_lossy().into_owned();
    let mut rows = vec![row(&["STT", "Họ và tên", "Đơn vị", "Danh hiệu", "Số quyết định", "Ngày quyết định"])];
    for number in 1..=400 {
        for person in 0..3 {
            let name = format!("Nguyễn Thị {}", ["Lan", "Hoa", "Huệ"][person]);
            rows.push(row(&["", &name, "Xã A", "LĐTT", &format!("{number}/QĐ-BTV"), "05/12/2024"]));
        }
    }
    let old = list(office.path(), "cu.xlsx", &rows);
    let mut seed = Seeded(1);
    let mut committed = 0;
    let path = office.path().join(thidua::register::FILE);
    for round in 0..50 {
        let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("thidua"))
            .args(["register", "add", &old.to_string_lossy(), "--office", &folder])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program");
        // The file has to be read first; then it is killed somewhere between its first lines.
        let mut stdout = child.stdout.take().expect("piped");
        let mut said = vec![0; 1];
        let _ = stdout.read_exact(&mut said);
        std::thread::sleep(Duration::from_micros(seed.below(12_000) as u64));
        child.kill().expect("killed");
        child.wait().expect("ended");
        stdout.read_to_end(&mut said).expect("what it said");
        let lines = String::from_utf8_lossy(&said).matches('\n').count();
        committed = committed.max(i64::try_from(lines).expect("small"));
        let register = thidua::register::Register::open_to_read(&path).expect("register");
        let (decisions, awards) = register.size().expect("size");
        assert!(register.is_sound().expect("check"), "round {round}");
        assert!(decisions >= committed, "round {round}: {decisions} decisions, {committed} were said");
        assert_eq!(awards, decisions * 3, "round {round}: a decision is there whole or not at all");
        let parts = std::fs::read_dir(office.path()).expect("folder").filter_map(Result::ok);
        assert_eq!(parts.filter(|entry| entry.file_name().to_string_lossy().ends_with(".part")).count(), 0);
        // Begin anew where everything is written, so that every round has something to write.
        if decisions == 400 {
            drop(register);
            for end in ["", "-wal", "-shm"] {
                let _ = std::fs::remove_file(office.path().join(format!("{}{end}", thidua::register::FILE)));
            }
            committed = 0;
        }
    }
}
