//! Awards from a list to papers, as an office uses them.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::disallowed_methods, reason = "a test prepares its own folder")]

mod support;

use serde_json::Value;
use std::path::{Path, PathBuf};
use support::awards::*;
use thidua::model::{Field, Subject};
use thidua::read::roster;

#[test]
fn names_counts_and_sums_agree_in_every_paper() {
    let office = office();
    let list = list(office.path(), "ds.xlsx", &hard_list());
    let out = office.path().join("ra-thu");
    thidua()
        .args(["award", &list.to_string_lossy(), "--award", "giay-khen", "--date", "20/10/2026", "--number-from", "6"])
        .args(["--for", FOR, "--office", &office.path().to_string_lossy(), "-o", &out.to_string_lossy()])
        .assert()
        .code(0);
    let (roster, text) = read_back(&out.join("quyet-dinh.docx"));
    let wanted: Vec<String> =
        hard_list()[4..].iter().map(|row| thidua::language::fold::nfc(&row[1]).into_owned()).collect();
    assert_eq!(names(&roster, Subject::Individual), wanted);
    assert_eq!(names(&roster, Subject::Collective), ["Chi hội \"Hoa & Lá\" <1>"]);
    let sum: i64 = roster.awardees.iter().filter_map(|row| roster::money(row.text(Field::Amount)?)).sum();
    assert_eq!(sum, 1_520_000 + 7 * 760_000);
    for said in [
        "Số: 06/QĐ-BTV",
        "Tặng Giấy khen cho 01 tập thể, 07 cá nhân (có danh sách kèm theo)",
        "Danh sách này có 01 tập thể, 07 cá nhân.",
        "Tổng số tiền thưởng là 6.840.000 đồng (Sáu triệu tám trăm bốn mươi nghìn đồng)",
        "(Kèm theo Quyết định số 06/QĐ-BTV ngày 20 tháng 10 năm 2026 của",
        "- Như Điều 3;",
        LONG_UNIT,
    ] {
        assert!(text.contains(said), "{said}\n{text}");
    }
    let (proposed, text) = read_back(&out.join("to-trinh.docx"));
    assert_eq!(names(&proposed, Subject::Individual), wanted);
    assert!(text.contains("Danh sách này có 01 tập thể, 07 cá nhân."));
    let (_, minutes) = read_back(&out.join("bien-ban.docx"));
    assert!(wanted.iter().all(|name| minutes.contains(name)), "{minutes}");
    let mut certificates: Vec<PathBuf> =
        std::fs::read_dir(out.join("giay-khen")).expect("folder").map(|entry| entry.expect("entry").path()).collect();
    certificates.retain(|path| path.extension().is_some_and(|extension| extension == "docx"));
    certificates.sort();
    assert_eq!(certificates.len(), 8);
    for (path, name) in certificates[1..].iter().zip(&wanted) {
        let (_, text) = read_back(path);
        assert!(text.contains(name) && text.contains("06/QĐ-BTV"), "{name}: {text}");
        assert!(path.with_extension("trace.json").exists());
    }
    let trace: Value =
        serde_json::from_slice(&std::fs::read(out.join("quyet-dinh.trace.json")).expect("trace")).expect("JSON");
    let entries = trace["entries"].as_array().expect("entries");
    let lan = entries.iter().find(|entry| entry["value"] == "Nguyễn Thị Lan").expect("a row's name is traced");
    assert_eq!((lan["origin"]["kind"].as_str(), lan["origin"]["row"].as_u64()), (Some("row"), Some(8)));
}

#[test]
fn nothing_is_made_up() {
    let office = office();
    let list = list(office.path(), "ds.xlsx", &hard_list()[..3]);
    let out = office.path().join("x");
    thidua()
        .args(["award", &list.to_string_lossy(), "--award", "giay-khen", "-q"])
        .args(["--office", &office.path().to_string_lossy(), "-o", &out.to_string_lossy()])
        .assert()
        .code(0);
    let (_, text) = read_back(&out.join("quyet-dinh.docx"));
    for said in ["Số: ……/QĐ-BTV", "ngày …… tháng …… năm ……", "đã có thành tích ……", "Căn cứ ……", "Nguồn kinh phí: ……"]
    {
        assert!(text.contains(said), "{said}\n{text}");
    }
    let trace = std::fs::read_to_string(out.join("quyet-dinh.trace.json")).expect("trace");
    assert!(trace.contains("số quyết định") && trace.contains("nguồn kinh phí"), "{trace}");
}

#[test]
fn errors_stop_the_papers_unless_a_reason_is_given() {
    let office = office();
    let mut rows = hard_list();
    rows.push(rows[7].clone());
    let list = list(office.path(), "ds.xlsx", &rows);
    let out = office.path().join("x");
    let command_to = |out: &Path| {
        let mut command = award(&list, "20/10/2026");
        command.args(["--office", &office.path().to_string_lossy(), "-o", &out.to_string_lossy()]);
        command
    };
    let command = || command_to(&out);
    let said = command().assert().code(1).get_output().stdout.clone();
    assert!(String::from_utf8_lossy(&said).contains("KT201"));
    assert!(!out.join("quyet-dinh.docx").exists() && out.join("ra-soat.xlsx").exists());
    command().args(["--force", "đã đối chiếu, hai người trùng tên"]).assert().code(1);
    let trace = std::fs::read_to_string(out.join("quyet-dinh.trace.json")).expect("trace");
    assert!(trace.contains("đã đối chiếu, hai người trùng tên") && trace.contains("--force"));
    // The number of that decision is used now: another run of the office does not give it again.
    let ra = office.path().join("ra/khen-thuong/ds");
    command_to(&ra).args(["--force", "x"]).assert().code(1);
    command_to(&office.path().join("y")).args(["--force", "x"]).assert().code(2);
}

#[test]
fn reports_and_a_directive_are_sources_too() {
    let office = office();
    let reports = office.path().join("bao-cao");
    std::fs::create_dir(&reports).expect("folder");
    let person = "# BÁO CÁO THÀNH TÍCH ĐỀ NGHỊ TẶNG GIẤY KHEN\n\n- Họ và tên: Nguyễn Thị Lan\n\n- Giới tính: Nữ\n\n\
                  - Chức vụ, đơn vị công tác: Chủ tịch Hội LHPN xã A\n\n- Tóm tắt thành tích: Xuất sắc trong phong trào\n";
    let collective = "# BÁO CÁO THÀNH TÍCH ĐỀ NGHỊ TẶNG GIẤY KHEN\n\n- Tên tập thể: Chi hội thôn 3\n";
    std::fs::write(reports.join("lan.md"), person).expect("report");
    std::fs::write(reports.join("thon-3.md"), collective).expect("report");
    let plan = "Số: 12/KH-BTV\n\nHà Nội, ngày 01 tháng 9 năm 2026\n\nKẾ HOẠCH\n\nTổ chức phong trào thi đua\n\nI. KHEN THƯỞNG\n\n\
                - Mỗi xã đề nghị khen thưởng không quá 01 tập thể và 01 cá nhân.\n";
    let directive = office.path().join("kh.txt");
    std::fs::write(&directive, plan).expect("directive");
    let done = thidua()
        .args(["award", &reports.to_string_lossy(), "--award", "giay-khen", "--check", "-f", "json"])
        .args(["--directive", &directive.to_string_lossy(), "--office", &office.path().to_string_lossy()])
        .assert()
        .code(0);
    let review: Value = serde_json::from_slice(&done.get_output().stdout).expect("JSON");
    assert_eq!(
        (review["counts"]["ca-nhan"].as_u64(), review["counts"]["tap-the"].as_u64()),
        (Some(1), Some(1)),
        "{review:#}"
    );
    std::fs::write(reports.join("trong.md"), "# BÁO CÁO\n\nKhông có tên\n").expect("report");
    let done = thidua()
        .args(["award", &reports.to_string_lossy(), "--award", "giay-khen", "--check"])
        .args(["--office", &office.path().to_string_lossy()])
        .assert()
        .code(1);
    assert!(String::from_utf8_lossy(&done.get_output().stdout).contains("KT109"));
}

#[test]
fn a_report_that_cannot_be_read_is_listed_and_the_others_count() {
    let office = office();
    let reports = office.path().join("bao-cao");
    std::fs::create_dir(&reports).expect("folder");
    let person = "# BÁO CÁO THÀNH TÍCH ĐỀ NGHỊ TẶNG GIẤY KHEN\n\n- Họ và tên: Nguyễn Thị Lan\n\n- Giới tính: Nữ\n\n\
                  - Ngày sinh: 31/4/1985\n\n- Chức vụ, đơn vị công tác: Chủ tịch Hội LHPN xã A\n\n\
                  I. SƠ LƯỢC LÝ LỊCH\n\nII. THÀNH TÍCH ĐẠT ĐƯỢC\n\nXuất sắc trong phong trào\n";
    std::fs::write(reports.join("lan.md"), person).expect("report");
    std::fs::write(reports.join("hong.docx"), b"PK\x03\x04 broken").expect("report");
    let done = thidua()
        .args(["award", &reports.to_string_lossy(), "--award", "giay-khen", "--check", "-f", "json"])
        .args(["--office", &office.path().to_string_lossy()])
        .assert()
        .code(1);
    let review: Value = serde_json::from_slice(&done.get_output().stdout).expect("JSON");
    assert_eq!(review["counts"]["ca-nhan"].as_u64(), Some(1), "{review:#}");
    let findings = review["findings"].as_array().expect("findings");
    let of = |code: &str| findings.iter().find(|found| found["finding"]["code"] == code).expect("a finding");
    assert!(of("KT110").to_string().contains("hong.docx"));
    assert!(of("KT111").to_string().contains("Nguyễn Thị Lan"), "the check of the report finds its faults");
}

#[test]
fn a_second_run_keeps_what_was_edited_and_clears_what_is_gone() {
    let office = office();
    let rows = hard_list();
    let list = list(office.path(), "ds.xlsx", &rows);
    let out = office.path().join("x");
    let run = || {
        let mut command = thidua();
        command.args(["award", &list.to_string_lossy(), "--award", "giay-khen", "--date", "20/10/2026", "-q"]);
        command.args(["--office", &office.path().to_string_lossy(), "-o", &out.to_string_lossy()]);
        command
    };
    run().assert().code(0);
    let papers = || {
        let mut names: Vec<PathBuf> = std::fs::read_dir(out.join("giay-khen"))
            .expect("certificates")
            .map(|entry| entry.expect("entry").path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "docx"))
            .collect();
        names.sort();
        names
    };
    let before = papers();
    // Without its last row, the list has one certificate less.
    let fewer: Vec<Vec<String>> = rows[..rows.len() - 1].to_vec();
    self::list(office.path(), "ds.xlsx", &fewer);
    run().assert().code(0);
    let after = papers();
    assert_eq!(before.len(), after.len() + 1, "{before:?} {after:?}");
    assert!(!before[before.len() - 1].with_extension("trace.json").exists());
    // A paper that a person went on with stays, and nothing else is written.
    std::fs::write(&after[0], b"edited").expect("edit");
    std::fs::remove_file(out.join("bang-vang.docx")).expect("remove");
    let refused = run().assert().code(2);
    assert!(String::from_utf8_lossy(&refused.get_output().stderr).contains("không ghi đè"));
    assert_eq!(std::fs::read(&after[0]).expect("paper"), b"edited");
    assert!(!out.join("bang-vang.docx").exists());
}

#[test]
fn certificates_are_moved_on_their_stock() {
    let office = office();
    let list = list(office.path(), "ds.xlsx", &hard_list());
    let place = |out: &str, more: &[&str]| {
        let out = office.path().join(out);
        let mut command = thidua();
        command.args(["award", &list.to_string_lossy(), "--award", "giay-khen", "--stock", "-q"]).args(more);
        command.args(["--office", &office.path().to_string_lossy(), "-o", &out.to_string_lossy()]).assert().code(0);
        let folder = std::fs::read_dir(out.join("giay-khen")).expect("certificates");
        let mut names: Vec<PathBuf> = folder.map(|entry| entry.expect("entry").path()).collect();
        names.retain(|path| path.extension().is_some_and(|extension| extension == "docx"));
        names.sort();
        let bytes = std::fs::read(&names[0]).expect("certificate");
        let package =
            thidua::guard::package::Package::open(&bytes, &thidua::guard::Limits::default()).expect("package");
        let body = String::from_utf8(package.read("word/document.xml").expect("part")).expect("text");
        let number = |name: &str| -> i64 {
            let rest = body.split_once(name).expect("a frame").1;
            rest.split('"').next().expect("value").parse().expect("number")
        };
        (number(" w:x=\""), number(" w:y=\""))
    };
    let (x, y) = place("a", &[]);
    assert_eq!(place("b", &["--offset", "2,-3"]), (x + 113, y - 170));
    let profile = std::fs::read_to_string(office.path().join("thidua.toml")).expect("profile");
    let moved = profile.replace("[ke-hoach]", "[giay-khen]\nlech-ngang = 2\nlech-doc = -3\n\n[ke-hoach]");
    std::fs::write(office.path().join("thidua.toml"), moved).expect("profile");
    assert_eq!(place("c", &[]), (x + 113, y - 170));
}
