//! Sound files with hostile content: what they say reaches results and outputs as text and does nothing else.
#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "a test that cannot go on fails")]

mod support;

use assert_cmd::Command;
use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;
use std::sync::LazyLock;
use support::docx::{Docx, OFFICE, p, r, tc};
use support::pdf::Page;
use support::zip::Entry;
use thidua::guard::Limits;
use thidua::model::{InputError, When};
use thidua::{Engine, Options, Reading};

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new().unwrap());

fn extracted(name: &str, bytes: &[u8]) -> Reading {
    ENGINE.extract(ENGINE.read(name, bytes).unwrap(), &Options::default())
}

fn texts(bytes: &[u8]) -> Vec<String> {
    ENGINE.read("a.docx", bytes).unwrap().blocks.into_iter().map(|block| block.text).collect()
}

mod word {
    use super::*;

    #[test]
    fn references_inside_words_are_letters() {
        let bytes = Docx::new(p(&(r("Ki&#x1EC3;m tra A&amp;B, h&#7885;") + &r("p &lt;b&gt;")))).build();
        assert_eq!(texts(&bytes), ["Kiểm tra A&B, họp <b>"]);
    }

    #[test]
    fn measures_that_are_no_numbers_do_no_harm() {
        for width in ["bar", "-3", "9999999999", "", "1e9"] {
            let cell = format!("<w:tcW w:w=\"{width}\" w:type=\"dxa\"/><w:gridSpan w:val=\"{width}\"/>");
            let grid = format!("<w:tblGrid><w:gridCol w:w=\"{width}\"/></w:tblGrid>");
            let row = format!("<w:tr>{}{}</w:tr>", tc(&cell, &p(&r("a"))), tc(&cell, &p(&r("b"))));
            let bytes =
                Docx::new(format!("<w:tbl>{grid}{row}</w:tbl><w:p><w:pPr><w:ind w:left=\"{width}\"/></w:pPr></w:p>"));
            assert_eq!(texts(&bytes.build()), ["a", "b"], "{width}");
        }
    }

    #[test]
    fn what_lies_outside_of_the_file_is_never_fetched() {
        let relation = |id: &str, kind: &str, target: &str| {
            format!("<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\" TargetMode=\"External\"/>")
        };
        let list = |relations: String| {
            format!(
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{relations}</Relationships>"
            )
        };
        let mut entries = Docx::new(
            p(&r("nội dung"))
                + "<w:altChunk r:id=\"rId7\"/><w:subDoc r:id=\"rId8\"/>"
                + "<w:p><w:r><w:drawing><a:blip r:link=\"rId9\"/></w:drawing></w:r></w:p>",
        )
        .entries();
        entries.retain(|entry| !entry.name.ends_with("document.xml.rels"));
        let outside = relation("rId7", "aFChunk", "file:///etc/passwd")
            + &relation("rId8", "subDocument", "\\\\srv\\share\\x.docx")
            + &relation("rId9", "image", "http://127.0.0.1:9/x.png")
            + &relation("rId1", "styles", "/etc/passwd");
        entries.push(Entry::new("word/_rels/document.xml.rels", list(outside)));
        entries.push(Entry::new(
            "word/_rels/settings.xml.rels",
            list(relation("rId1", "attachedTemplate", "\\\\srv\\share\\t.dotm")),
        ));
        assert_eq!(texts(&support::zip::build(&entries)), ["nội dung"]);
    }

    #[test]
    fn signed_and_protected_documents_are_read() {
        let mut entries = Docx::new(p(&r("đã ký")))
            .part("settings", "settings", "<w:documentProtection w:edit=\"readOnly\" w:enforcement=\"1\"/>")
            .entries();
        entries.push(Entry::new("_xmlsignatures/sig1.xml", "<Signature/>"));
        assert_eq!(texts(&support::zip::build(&entries)), ["đã ký"]);
    }
}

/// Word 97-2003 documents of the fewest bytes: a head, one stretch of text, and a table of its pieces.
mod old_word {
    use super::*;

    const TEXT_AT: usize = 0x800;

    fn doc(text: &[u8], pieces: &[(u32, u32)], characters: u32) -> Vec<u8> {
        let mut main = vec![0; TEXT_AT];
        let mut put = |at: usize, bytes: &[u8]| main[at..at + bytes.len()].copy_from_slice(bytes);
        let mut table: Vec<u8> = vec![2];
        table.extend((pieces.len() as u32 * 12 + 4).to_le_bytes());
        let mut position = 0_u32;
        for (_, length) in pieces {
            table.extend(position.to_le_bytes());
            position = position.wrapping_add(*length);
        }
        table.extend(position.to_le_bytes());
        for (start, _) in pieces {
            table.extend([0, 0]);
            table.extend((((TEXT_AT as u32 + start) * 2) | 0x4000_0000).to_le_bytes());
            table.extend([0, 0]);
        }
        put(0, &[0xEC, 0xA5, 0xC1, 0]);
        put(0x20, &[14, 0]);
        put(0x3E, &[22, 0]);
        put(0x4C, &characters.to_le_bytes());
        put(0x98, &[93, 0]);
        put(0x1A2, &0_u32.to_le_bytes());
        put(0x1A6, &(table.len() as u32).to_le_bytes());
        main.extend(text);
        let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).unwrap();
        file.create_stream("/WordDocument").unwrap().write_all(&main).unwrap();
        file.create_stream("/0Table").unwrap().write_all(&table).unwrap();
        file.flush().unwrap();
        file.into_inner().into_inner()
    }

    #[test]
    fn pieces_that_all_show_the_same_bytes_are_bounded() {
        let text = [b'a'; 999].into_iter().chain([13]).collect::<Vec<u8>>();
        assert_eq!(texts(&doc(&text, &[(0, 1_000), (900, 100)], 1_100)).len(), 2);
        let limits = Limits { characters: 1_000_000, ..Limits::default() };
        let many = doc(&text, &vec![(0, 1_000); 10_000], 10_000_000);
        assert!(many.len() < 200_000);
        let error = thidua::read::document("a.doc", &many, &limits).unwrap_err();
        assert!(matches!(error, InputError::TooLarge { what: "characters", .. }), "{error:?}");
    }

    #[test]
    fn pieces_that_run_backwards_or_out_of_the_file_are_damage() {
        for pieces in [&[(0, 10), (0, u32::MAX)][..], &[(5_000, 10)], &[(0, 4_000)], &[]] {
            let error = ENGINE.read("a.doc", &doc(b"Xin chao\r", pieces, 9)).unwrap_err();
            assert!(matches!(error, InputError::Malformed { .. }), "{error:?}");
        }
    }

    /// Every sector of the allocation table leads back to itself, or on in a circle.
    #[test]
    fn sectors_in_a_circle_end() {
        let sound = doc(&[b'a'; 20_000], &[(0, 20_000)], 20_000);
        let table = 512 * (1 + u32::from_le_bytes(sound[0x4C..0x50].try_into().unwrap()) as usize);
        for step in [0, 1, 7] {
            let mut bytes = sound.clone();
            for sector in 0..bytes.len() / 512 - 1 {
                let next = (sector / 8 * 8 + (sector + step) % 8) as u32;
                bytes[table + sector * 4..][..4].copy_from_slice(&next.to_le_bytes());
            }
            assert!(ENGINE.read("a.doc", &bytes).is_err());
        }
    }
}

#[test]
fn a_pdf_with_a_password_says_so() {
    let mut page = Page::default();
    page.text(85.0, 100.0, 14.0, "Kế hoạch phát động phong trào thi đua của Hội Phụ nữ xã Bình Hòa.");
    let sound = support::pdf::file(&[page]);
    let at = sound.windows(7).position(|bytes| bytes == b"trailer").unwrap() + b"trailer<<".len();
    let key = "00112233445566778899aabbccddeeff".repeat(2);
    let lock = format!("/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{key}>/U<{key}>>>/ID[<00><00>]");
    let bytes = [&sound[..at], lock.as_bytes(), &sound[at..]].concat();
    let error = ENGINE.read("a.pdf", &bytes).unwrap_err();
    assert!(matches!(error, InputError::Encrypted), "{error:?}");
}

mod text {
    use super::*;

    fn days(text: &str) -> Vec<String> {
        let reading = extracted("a.txt", text.as_bytes());
        let deadlines = reading.extraction.deadlines.into_iter();
        deadlines
            .filter_map(|deadline| match deadline.when {
                When::By { date, .. } | When::On { date } => Some(date),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn days_that_no_calendar_has_are_no_deadlines() {
        let said = |day: &str| format!("KẾ HOẠCH\nCác chi hội gửi báo cáo về Hội xã trước ngày {day}.\n");
        assert_eq!(days(&said("28/02/2027")), ["2027-02-28"]);
        for day in ["31/02/2026", "29/02/2027", "15/13/2026", "00/5/2026", "32/5/2026", "10/5/20266"] {
            assert_eq!(days(&said(day)), Vec::<String>::new(), "{day}");
        }
        // A day without a month, in a document without a date, is on no day at all.
        assert_eq!(days(&said("5")), Vec::<String>::new());
    }

    #[test]
    fn letters_that_only_look_alike_change_no_value_and_stay_in_the_text() {
        let said = "Các chi hội gửi bá\u{43E} cá\u{43E} về Hội xã trước ngày 20/3/2026.";
        let reading = extracted("a.txt", said.as_bytes());
        assert_eq!(reading.document.blocks[0].text, said);
        assert_eq!(days(said), ["2026-03-20"]);
    }

    #[test]
    fn characters_that_turn_a_name_around_never_act_on_a_page() {
        let said = "TM. BAN THƯỜNG VỤ\nCHỦ TỊCH\nNguyễn Thị \u{202E}hnaH\u{202C}\n";
        let reading = extracted("a.txt", said.as_bytes());
        assert!(reading.document.blocks.iter().any(|block| block.text.contains("hnaH")));
    }

    /// The cost of a paragraph grows with its length, not with the pairs of its dates.
    #[test]
    fn as_many_days_as_fit_a_paragraph_are_read_in_one_go() {
        let said = "gửi báo cáo về Hội xã trước ngày 15/4/2026; ".repeat(5_000);
        let reading = extracted("a.txt", said.as_bytes());
        assert!(!reading.extraction.deadlines.is_empty());
    }
}

mod outputs {
    use super::*;

    fn thidua() -> Command {
        Command::cargo_bin("thidua").unwrap()
    }

    fn parts(workbook: &[u8]) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
        let mut all = String::new();
        for index in 0..archive.len() {
            archive.by_index(index).unwrap().read_to_string(&mut all).unwrap();
        }
        all
    }

    #[test]
    fn no_cell_of_a_workbook_is_a_formula_or_a_link() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("ra.xlsx");
        for (name, who) in
            [("=1+1.txt", "=HYPERLINK(\"http://x.vn\")"), ("@a.txt", "@SUM(A1)"), ("+b.txt", "-1+cmd|' /C calc'!A0")]
        {
            let said = format!(
                "KẾ HOẠCH\n{who} gửi báo cáo về {who} trước ngày 20/3/2026.\n1. {who}: đạt ít nhất 85% hội viên.\n"
            );
            std::fs::write(dir.path().join(name), said).unwrap();
        }
        thidua().current_dir(dir.path()).args(["extract", "-f", "xlsx", "-o", "ra.xlsx", "."]).assert().success();
        let parts = parts(&std::fs::read(target).unwrap());
        assert!(parts.contains("HYPERLINK(") && parts.contains("@a.txt"));
        for markup in ["<f>", "<f ", "<hyperlink", "externalLink", "http://x.vn\" TargetMode"] {
            assert!(!parts.contains(markup), "{markup}");
        }
    }

    #[test]
    fn any_name_of_an_input_gives_one_output_in_the_folder() {
        let dir = tempfile::tempdir().unwrap();
        let den = dir.path().join("den");
        std::fs::create_dir(&den).unwrap();
        let long = "ệ".repeat(80);
        let odd = [
            "CON.txt",
            "a:b.txt",
            "x .txt",
            "kết thúc..txt",
            "-rf.txt",
            "ke\u{302}\u{301}.txt",
            "kế.txt",
            "a\"b<c>.txt",
            "nul",
        ];
        let names: Vec<&str> = odd.into_iter().chain([long.as_str()]).collect();
        for name in &names {
            std::fs::write(den.join(name), "KẾ HOẠCH\nCác chi hội báo cáo trước ngày 20/3/2026.\n").unwrap();
        }
        thidua().current_dir(dir.path()).args(["extract", "-f", "json", "-o", "ra/", "den"]).assert().success();
        let outputs: Vec<String> = std::fs::read_dir(dir.path().join("ra"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        assert_eq!(outputs.len(), names.len(), "{outputs:?}");
        for output in &outputs {
            let stem = output.strip_suffix(".json").unwrap_or_else(|| panic!("{output}"));
            assert_eq!(thidua::batch::safe_name(stem), stem);
        }
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 2);
    }

    /// A full disk as a limit on the length of a file; the output that was there stays, nothing is left beside it.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_said_and_leaves_what_was_there() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("a.txt"), "Các chi hội báo cáo trước ngày 20/3/2026.\n".repeat(100)).unwrap();
        std::fs::write(dir.path().join("ra.json"), "cũ").unwrap();
        let program = assert_cmd::cargo::cargo_bin("thidua");
        let run = |script: &str| {
            let mut shell = std::process::Command::new("sh");
            shell.current_dir(dir.path()).arg("-c").arg(script).arg(&program).output().unwrap()
        };
        let limited = run("trap '' XFSZ; ulimit -f 1; exec \"$0\" extract -f json -o ra.json a.txt");
        assert_eq!(limited.status.code(), Some(5), "{}", String::from_utf8_lossy(&limited.stderr));
        assert_eq!(std::fs::read(dir.path().join("ra.json")).unwrap(), "cũ".as_bytes());
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 2);
        for script in [
            "exec \"$0\" extract -f jsonl a.txt > /dev/full",
            "echo '{\"id\":1,\"path\":\"a.txt\"}' | \"$0\" worker > /dev/full",
            "exec \"$0\" extract -f json -o /proc/ra.json a.txt",
            "exec \"$0\" extract -f json -o a.txt/ra.json a.txt",
        ] {
            let output = run(script);
            assert_eq!(output.status.code(), Some(5), "{script}");
            assert!(!output.stderr.is_empty(), "{script}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_in_a_circle_and_to_nowhere_are_named_and_the_rest_is_read() {
        use std::os::unix::fs::symlink;
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        std::fs::create_dir(at("b")).unwrap();
        std::fs::write(at("b/tot.txt"), "Các chi hội báo cáo trước ngày 20/3/2026.\n").unwrap();
        symlink("..", at("b/vong")).unwrap();
        symlink("khong-co.txt", at("cut.txt")).unwrap();
        symlink("tu-no.txt", at("tu-no.txt")).unwrap();
        symlink(Path::new("/dev/zero"), at("vo-han.txt")).unwrap();
        let output = thidua().args(["extract", "-f", "jsonl"]).arg(dir.path()).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(3), "{said}");
        assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 1);
        for name in ["vong: ", "cut.txt: ", "tu-no.txt: ", "vo-han.txt: "] {
            assert!(said.contains(name), "{name} {said}");
        }
    }
}
