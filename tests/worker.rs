//! `thidua worker`: each line is answered, in order, with what `thidua extract` says of the same document.
#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "a test that cannot go on fails")]

use assert_cmd::Command;
use base64::Engine as _;
use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::Stdio;

const DEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/van-phong-mau/den");

fn thidua(args: &[&str]) -> Command {
    let mut command = Command::cargo_bin("thidua").unwrap();
    command.args(args);
    command
}

/// The answers to these lines.
fn answers(lines: &[String], args: &[&str]) -> Vec<String> {
    let output = thidua(&[&["worker"], args].concat()).write_stdin(lines.join("\n")).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

fn samples() -> Vec<String> {
    let mut paths: Vec<String> =
        std::fs::read_dir(DEN).unwrap().map(|entry| entry.unwrap().path().to_string_lossy().into_owned()).collect();
    paths.sort();
    paths
}

#[test]
fn results_are_those_of_extract_byte_for_byte_whatever_the_jobs() {
    let output = thidua(&["extract", "--format", "jsonl", DEN]).output().unwrap();
    let extracted = String::from_utf8(output.stdout).unwrap();
    let paths = samples();
    assert!(paths.len() > 5 && extracted.lines().count() == paths.len());
    let by_path: Vec<String> =
        paths.iter().enumerate().map(|(n, path)| json!({"id": n, "path": path}).to_string()).collect();
    let by_bytes: Vec<String> = paths
        .iter()
        .enumerate()
        .map(|(n, path)| {
            let bytes = base64::prelude::BASE64_STANDARD.encode(std::fs::read(path).unwrap());
            json!({"id": n, "name": path, "bytes_base64": bytes}).to_string()
        })
        .collect();
    let expected: Vec<String> = extracted
        .lines()
        .enumerate()
        .map(|(n, line)| format!("{{\"id\":{n},\"ok\":true,\"result\":{line}}}"))
        .collect();
    for (lines, jobs) in [(&by_path, "1"), (&by_path, "4"), (&by_bytes, "2")] {
        assert_eq!(answers(lines, &["--jobs", jobs]), expected);
    }
}

#[test]
fn what_is_no_work_item_is_answered_at_its_place() {
    let path = &samples()[0];
    let lines = [
        json!({"id": "đầu", "path": path}).to_string(),
        "{".to_owned(),
        String::new(),
        "[1, 2]".to_owned(),
        "\u{0}\u{1}".to_owned(),
        json!({"id": 1}).to_string(),
        json!({"id": [2, {"a": null}], "path": path, "asof": "2026-01-01"}).to_string(),
        json!({"id": 3, "path": path, "as_of": "31/02/2026"}).to_string(),
        json!({"id": 4, "name": "a.txt", "bytes_base64": "%%%"}).to_string(),
        json!({"id": 5, "bytes_base64": ""}).to_string(),
        json!({"id": 6, "path": path, "name": "b", "bytes_base64": ""}).to_string(),
        json!({"id": 7, "name": "a.txt", "bytes_base64": ""}).to_string(),
        json!({"id": 8, "path": "khong-co.docx"}).to_string(),
        json!({"id": 9, "path": DEN}).to_string(),
        "{\"id\": 1e2, \"path\": 5}".to_owned(),
        "[".repeat(100_000),
        json!({"id": null, "path": path, "name": "tên khác.txt"}).to_string(),
    ];
    let answers: Vec<Value> =
        answers(&lines, &["--lang", "en"]).iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    let code = |answer: &Value| answer["error"]["code"].as_str().unwrap_or("ok").to_owned();
    let bad = "bad-item";
    assert_eq!(
        answers.iter().map(code).collect::<Vec<_>>(),
        ["ok", bad, bad, bad, bad, bad, bad, bad, bad, bad, "empty", "io", "io", bad, bad, "ok"]
    );
    let ids: Vec<&Value> = answers.iter().map(|answer| &answer["id"]).collect();
    assert_eq!(*ids[0], "đầu");
    assert_eq!(*ids[5], json!([2, {"a": null}]));
    assert_eq!(ids[4..13].iter().filter_map(|id| id.as_u64()).collect::<Vec<_>>(), [1, 3, 4, 5, 6, 7, 8, 9]);
    assert_eq!(answers[15]["result"]["source"]["path"], "tên khác.txt");
    assert!(answers.iter().all(|answer| answer["ok"] == answer.get("result").is_some()));
    assert!(answers.iter().all(|answer| answer["error"]["message"] != "" && !answer.to_string().contains("worker.")));
    let message = |n: usize| answers[n]["error"]["message"].as_str().unwrap();
    assert!(message(6).contains("31/02/2026") || message(6).contains("day"), "{}", message(6));
    assert!(message(11).contains("no such file"), "{}", message(11));
}

#[test]
fn bytes_that_are_no_text_are_answered_and_the_next_line_is_read() {
    let mut input = b"{\"id\": 1, \"path\": \"\xFF\xFE\"}\n".to_vec();
    input.extend(json!({"id": 2, "path": samples()[0]}).to_string().bytes());
    let output = thidua(&["worker"]).write_stdin(input).output().unwrap();
    let lines: Vec<Value> =
        output.stdout.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok()).collect();
    assert_eq!((lines.len(), &lines[0]["ok"], &lines[1]["ok"]), (2, &json!(false), &json!(true)));
}

#[test]
fn the_day_of_an_item_counts_before_that_of_the_run() {
    let text = "Các chi hội gửi báo cáo về Hội xã trước ngày 20/3.";
    let bytes = base64::prelude::BASE64_STANDARD_NO_PAD.encode(text);
    let item = |day: Option<&str>| {
        let mut item = json!({"name": "a.txt", "bytes_base64": bytes});
        day.into_iter().for_each(|day| item["as_of"] = day.into());
        item.to_string()
    };
    let lines = [item(None), item(Some("2023-01-01")), item(Some("1/1/2024"))];
    let found = answers(&lines, &["--as-of", "2026-01-01"]);
    for (answer, year) in found.iter().zip(["2026", "2023", "2024"]) {
        assert!(answer.contains(&format!("{year}-03-20")), "{answer}");
    }
}

/// An engine may wait for each answer before it sends the next item.
#[test]
fn each_answer_is_there_before_the_next_item() {
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("thidua"))
        .arg("worker")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap()).lines();
    for n in 0..3 {
        writeln!(input, "{}", json!({"id": n, "path": samples()[n]})).unwrap();
        let answer: Value = serde_json::from_str(&output.next().unwrap().unwrap()).unwrap();
        assert_eq!((&answer["id"], &answer["ok"]), (&json!(n), &json!(true)));
    }
    drop(input);
    assert!(output.next().is_none() && child.wait().unwrap().success());
}

/// Who feeds a worker may ask another one for what a killed one has left: its whole lines count, a torn one does not.
#[test]
fn what_a_killed_worker_has_answered_stands_and_another_one_does_the_rest() {
    let lines: Vec<String> =
        samples().iter().enumerate().map(|(n, path)| json!({"id": n, "path": path}).to_string()).collect();
    let expected = answers(&lines, &[]);
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("thidua"))
        .args(["worker", "--jobs", "2"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    writeln!(input, "{}\n{}\n{}", lines[0], lines[1], lines[2]).unwrap();
    let mut first = String::new();
    output.read_line(&mut first).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    let mut rest = String::new();
    std::io::Read::read_to_string(&mut output, &mut rest).unwrap();
    let whole = format!("{first}{rest}");
    let mut done: Vec<String> =
        whole.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n')).map(str::to_owned).collect();
    assert!((1..=3).contains(&done.len()), "{whole}");
    let left = answers(&lines[done.len()..], &[]);
    done.extend(left);
    assert_eq!(done, expected);
}

/// What `docs/scale_out.py` does with a partition when workers are killed. Spark itself is not asked: a partition is a
/// function. Where there is no Python there is nothing to run.
#[cfg(unix)]
#[test]
fn a_partition_survives_workers_that_are_killed() {
    const DRIVER: &str = r#"
import json, sys, types
sys.modules["pyspark"], sys.modules["pyspark.sql"] = types.ModuleType("pyspark"), types.ModuleType("pyspark.sql")
sys.modules["pyspark.sql"].SparkSession = None
sys.path.insert(0, sys.argv[1])
import scale_out
items = [{"id": number, "path": path, "name": path} for number, path in enumerate(sys.argv[4:])]
print(json.dumps(list(scale_out.process(sys.argv[2], sys.argv[3])(0, items))))
"#;
    // Ends at a file named so each time, and once in the middle of an answer.
    let script = |thidua: &str| {
        format!(
            "#!/bin/sh\nwhile read -r line; do\n  case $line in *giet-chet*) kill -9 $$;; esac\n  \
             if mkdir \"$0.once\" 2>/dev/null; then printf '{{\"id\":0,\"ok\":true,\"res'; kill -9 $$; fi\n  \
             printf '%s\\n' \"$line\" | '{thidua}' worker --jobs 1\ndone\n"
        )
    };
    if std::process::Command::new("python3").arg("--version").output().is_err() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let thidua = assert_cmd::cargo::cargo_bin("thidua");
    std::fs::write(at("worker.sh"), script(&thidua.to_string_lossy())).unwrap();
    std::fs::set_permissions(at("worker.sh"), std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    std::fs::create_dir(at("ra")).unwrap();
    let [first, second, third]: [String; 3] = samples()[..3].to_vec().try_into().unwrap();
    let run = std::process::Command::new("python3")
        .args(["-B", "-c", DRIVER, concat!(env!("CARGO_MANIFEST_DIR"), "/docs"), &at("worker.sh"), &at("ra")])
        .args([&first, &second, "giet-chet.docx", &third])
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let errors: Value = serde_json::from_slice(&run.stdout).unwrap();
    assert_eq!(
        (&errors[0][0], &errors[0][1]["code"], errors.as_array().unwrap().len()),
        (&json!("giet-chet.docx"), &json!("internal"), 1)
    );
    let extracted = thidua_extract(&[&first, &second, &third]);
    assert_eq!(std::fs::read_to_string(at("ra/part-00000.jsonl")).unwrap(), extracted);
    assert_eq!(std::fs::read_dir(at("ra")).unwrap().count(), 1);
}

#[cfg(unix)]
fn thidua_extract(paths: &[&String]) -> String {
    let output = thidua(&["extract", "--format", "jsonl"]).args(paths).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}
