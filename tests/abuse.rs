//! Broken and hostile files end soon, in bounded memory, with an error that says what is wrong.
#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "a test that cannot go on fails")]

mod support;

use support::doc::Doc;
use support::docx::{Docx, WORD, p, r, tc};
use support::zip::{self, Entry};
use thidua::guard::{Limits, input};
use thidua::model::{Document, InputError};

fn read(bytes: &[u8]) -> Result<Document, InputError> {
    thidua::read::document("van-ban.docx", bytes, &Limits::default())
}

/// The error of a file that must not be read.
fn refusal(bytes: &[u8]) -> InputError {
    match read(bytes) {
        Err(error) => error,
        Ok(document) => panic!("was read: {:?}", document.blocks.first()),
    }
}

fn texts(bytes: &[u8]) -> Vec<String> {
    read(bytes).unwrap().blocks.into_iter().map(|block| block.text).collect()
}

/// A package whose main part is this text.
fn with_main(main: impl Into<Vec<u8>>) -> Vec<u8> {
    zip::build(&[Entry::new("word/document.xml", main)])
}

/// A sound document with this markup in its body.
fn with_body(markup: &str) -> Vec<u8> {
    Docx::new(markup).build()
}

/// A sound document with one more entry.
fn with_entry(entry: Entry) -> Vec<u8> {
    let mut entries = Docx::new(p(&r("x"))).entries();
    entries.push(entry);
    zip::build(&entries)
}

macro_rules! assert_refused {
    ($bytes:expr, $pattern:pat) => {
        let error = refusal(&$bytes);
        assert!(matches!(error, $pattern), "{error:?}");
    };
}

mod container {
    use super::*;

    #[test]
    fn bombs_end_at_the_limit_of_what_is_read() {
        let limits = Limits { part_bytes: 1 << 20, ..Limits::default() };
        let main = "A".repeat(8 << 20);
        let honest = Entry::new("word/document.xml", main.as_str());
        let liar = Entry { declared: Some(10), ..honest.clone() };
        for entry in [honest, liar] {
            let bytes = zip::build(&[entry]);
            assert!(bytes.len() < 20_000);
            let error = thidua::read::document("a.docx", &bytes, &limits).unwrap_err();
            assert!(matches!(error, InputError::TooLarge { limit: 1_048_576, .. }), "{error:?}");
        }
    }

    #[test]
    fn all_parts_together_are_bounded() {
        let limits = Limits { total_bytes: 2_000, ..Limits::default() };
        let bytes = Docx::new(p(&r("x"))).styles(&"<w:latentStyles/>".repeat(100)).build();
        let error = thidua::read::document("a.docx", &bytes, &limits).unwrap_err();
        assert!(matches!(error, InputError::TooLarge { what: "uncompressed bytes", .. }), "{error:?}");
    }

    #[test]
    fn a_declared_size_reserves_nothing() {
        let main = Docx::new(p(&r("nhỏ"))).document();
        let entry = Entry { declared: Some(u32::MAX - 1), ..Entry::new("word/document.xml", main) };
        assert_eq!(texts(&zip::build(&[entry])), ["nhỏ"]);
    }

    #[test]
    fn entries_are_counted_before_they_are_read() {
        let entries: Vec<Entry> = (0..60_000).map(|n| Entry { name: format!("{n}"), ..Entry::default() }).collect();
        assert_refused!(zip::build(&entries), InputError::TooLarge { what: "archive entries", .. });
    }

    #[test]
    fn an_archive_within_is_left_alone() {
        let inner = with_body(&p(&r("trong")));
        assert_eq!(texts(&with_entry(Entry::new("customXml/item1.bin", inner.clone()))), ["x"]);
        assert_eq!(texts(&with_entry(Entry { deflate: false, ..Entry::new("word/embeddings/a.docx", inner) })), ["x"]);
    }

    #[test]
    fn two_parts_of_one_name_are_two_documents() {
        for name in ["word/document.xml", "Word/Document.xml"] {
            assert_refused!(with_entry(Entry::new(name, "y")), InputError::Unsafe { .. });
        }
    }

    #[test]
    fn names_that_lead_elsewhere_are_refused() {
        for name in ["../../x", "word/../../x", "/abs", "C:\\x", "C:x", "\\\\srv\\share\\x", "a\\b", "", "a\0b"] {
            assert_refused!(with_entry(Entry::new(name, "y")), InputError::Unsafe { .. });
        }
    }

    #[test]
    fn links_encryption_and_rare_methods_are_refused() {
        assert_refused!(
            with_entry(Entry { mode: 0o120_777, ..Entry::new("a", "/etc/passwd") }),
            InputError::Unsafe { .. }
        );
        assert_refused!(with_entry(Entry { flags: 1, ..Entry::new("a", "y") }), InputError::Encrypted);
        for method in [93, 12, 14, 99] {
            assert_refused!(
                with_entry(Entry { method: Some(method), ..Entry::new("a", "y") }),
                InputError::Unsafe { .. }
            );
        }
    }

    #[test]
    fn a_truncated_archive_is_damaged_at_every_length() {
        let whole = with_body(&p(&r("x")));
        for cut in (4..whole.len()).step_by(7) {
            assert_refused!(whole[..cut], InputError::Archive { .. });
        }
    }

    #[test]
    fn bytes_before_and_after() {
        let whole = with_body(&p(&r("x")));
        let before = [b"rac".as_slice(), &whole].concat();
        assert!(read(&before).is_err());
        let after = [whole.as_slice(), b"\0\0\0"].concat();
        assert_eq!(texts(&after), ["x"]);
    }

    #[test]
    fn a_second_directory_in_the_comment_is_refused() {
        let mut bytes = with_body(&p(&r("x")));
        let other = bytes.clone();
        let start = other.len() as u32;
        // The end record of the first directory gets a comment that is a whole directory of its own.
        let mut comment = other[find(&other, b"PK\x01\x02")..].to_vec();
        let directory = comment.len() - 22;
        let count = u16::from_le_bytes([other[start as usize - 12], other[start as usize - 11]]);
        comment.truncate(directory);
        comment.extend(zip::end(count, directory as u32, start));
        let at = bytes.len() - 2;
        bytes[at..].copy_from_slice(&(comment.len() as u16).to_le_bytes());
        bytes.extend(comment);
        assert_refused!(bytes, InputError::Unsafe { .. });
    }

    #[test]
    fn entries_that_share_bytes_are_refused() {
        let mut entries = Docx::new(p(&r("x"))).entries();
        entries.push(Entry { deflate: false, ..Entry::new("a", vec![0; 64]) });
        entries.push(Entry { offset: Some(0), ..Entry::new("b", "y") });
        assert_refused!(zip::build(&entries), InputError::Unsafe { .. } | InputError::Archive { .. });
        let kernel = Entry { deflate: false, ..Entry::new("k", zip::build(&[Entry::new("q", vec![7; 99])])) };
        let inside = 30 + 1;
        let quoted = zip::build(&[kernel, Entry { offset: Some(inside), ..Entry::new("q", vec![7; 99]) }]);
        assert_refused!(quoted, InputError::Unsafe { .. });
    }

    #[test]
    fn a_wrong_checksum_is_damage() {
        let entry = Entry { crc: Some(1), ..Entry::new("word/document.xml", Docx::new(p(&r("x"))).document()) };
        assert_refused!(zip::build(&[entry]), InputError::Archive { .. });
    }

    #[test]
    fn a_password_is_named() {
        let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        bytes.resize(1024, 0);
        bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
        assert_refused!(bytes, InputError::Encrypted);
        bytes.truncate(1024);
        bytes.extend("WordDocument".encode_utf16().flat_map(u16::to_le_bytes));
        assert_refused!(bytes, InputError::Archive { .. });
    }

    #[test]
    fn sectors_in_a_circle_end() {
        let whole = Doc::new(&["Arial"]).run(0, b"x").end(b'\r', &[]).build();
        let table = 512 + 512 * u32::from_le_bytes(whole[0x4C..0x50].try_into().unwrap()) as usize;
        for entry in 0..128 {
            for target in [0, entry, entry.max(1) - 1] {
                let mut bytes = whole.clone();
                let sector = bytes.len().div_ceil(512);
                if let Some(slot) = bytes.get_mut(table + entry * 4..table + entry * 4 + 4).filter(|_| entry < sector) {
                    slot.copy_from_slice(&(target as u32).to_le_bytes());
                }
                // Read or refused, but it ends.
                let _ = read(&bytes);
            }
        }
    }

    #[test]
    fn other_content_under_the_name_is_read_or_named() {
        assert_refused!(*b"", InputError::Empty);
        assert_refused!(*b"\xEF\xBB\xBF \r\n", InputError::Empty);
        assert_refused!(*b"%PDF-1.7\n%\xE2\xE3", InputError::Malformed { .. });
        assert_eq!(texts(b"{\\rtf1\\ansi x}"), ["x"]);
        assert_refused!(*b"\x89PNG\r\n\x1A\n\0\0", InputError::NeedsOcr { .. });
        assert_refused!(*b"\x00\x01\x02\x03\x04\x05\x06", InputError::Archive { .. });
        assert_refused!(zip::build(&[]), InputError::Unsupported { .. });
        assert_refused!(zip::build(&[Entry::new("a.txt", "x")]), InputError::Unsupported { .. });
    }

    #[cfg(unix)]
    #[test]
    fn folders_and_pipes_are_no_files() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe.docx");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        for path in [folder.path(), &pipe] {
            assert!(matches!(input::read_file(path, &Limits::default()), Err(InputError::Io { .. })));
        }
    }

    #[test]
    fn a_file_over_the_limit_is_refused_unread() {
        let limits = Limits { input_bytes: 100, ..Limits::default() };
        let error = thidua::read::document("a.docx", &with_body(""), &limits).unwrap_err();
        assert!(matches!(error, InputError::TooLarge { what: "input bytes", limit: 100 }));
    }

    fn find(bytes: &[u8], mark: &[u8]) -> usize {
        bytes.windows(mark.len()).position(|window| window == mark).unwrap()
    }
}

mod xml {
    use super::*;

    fn wrapped(content: &str) -> String {
        format!(
            "<w:document xmlns:w=\"{WORD}\"><w:body><w:p><w:r><w:t>{content}</w:t></w:r></w:p></w:body></w:document>"
        )
    }

    #[test]
    fn document_types_are_refused_whatever_they_say() {
        let laughs = "<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]>";
        let external = "<!DOCTYPE l [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>";
        for doctype in [laughs, external, "<!DOCTYPE document>"] {
            assert_refused!(with_main(format!("{doctype}{}", wrapped("&b;"))), InputError::Doctype { .. });
        }
        assert_refused!(with_main(wrapped("&lol;")), InputError::Malformed { .. });
    }

    #[test]
    fn a_document_type_in_any_part_is_refused() {
        let mut entries = Docx::new(p(&r("x"))).styles("").entries();
        entries.iter_mut().filter(|entry| entry.name.contains("styles")).for_each(|entry| {
            entry.data.splice(0..0, *b"<!DOCTYPE x>");
        });
        assert_refused!(zip::build(&entries), InputError::Doctype { .. });
    }

    #[test]
    fn encodings_are_read_by_their_bytes() {
        let main = format!("<?xml version=\"1.0\" encoding=\"utf-16\"?>{}", wrapped("ạ"));
        assert_eq!(texts(&with_main(main.as_str())), ["ạ"]);
        let wide: Vec<u8> = main.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(texts(&with_main(wide.clone())), ["ạ"]);
        assert_refused!(with_main(&wide[..wide.len() - 1]), InputError::Malformed { .. });
        assert_refused!(with_main(*b"<a>\xC3\x28</a>"), InputError::Malformed { .. });
    }

    #[test]
    fn attributes_and_namespaces_are_bounded() {
        let many: String = (0..100_000).map(|n| format!(" a{n}=\"\"")).collect();
        assert_refused!(with_body(&format!("<w:p{many}/>")), InputError::TooLarge { .. });
        let many: String = (0..300).map(|n| format!(" xmlns:a{n}=\"u{n}\"")).collect();
        assert_refused!(with_body(&format!("<w:p{many}/>")), InputError::TooLarge { .. });
    }

    #[test]
    fn depth_is_bounded_whatever_is_nested() {
        for (element, times) in [("tbl", 1_000_000), ("p", 2_000), ("ins", 2_000), ("sdt", 2_000), ("x", 2_000)] {
            let deep = format!("<w:{element}>").repeat(times);
            assert_refused!(with_body(&deep), InputError::TooLarge { what: "nesting levels", .. });
        }
        let table = "<w:tbl><w:tr><w:tc>".repeat(5_000);
        assert_refused!(with_body(&table), InputError::TooLarge { what: "nesting levels", .. });
        let boxes = "<w:p><w:r><w:pict><w:txbxContent>".repeat(60)
            + &p(&r("đáy"))
            + &"</w:txbxContent></w:pict></w:r></w:p>".repeat(60);
        assert_eq!(texts(&with_body(&boxes)), ["đáy"]);
        let math = "<m:e>".repeat(2_000);
        assert_refused!(with_body(&p(&format!("<m:oMath>{math}"))), InputError::TooLarge { .. });
    }

    #[test]
    fn an_early_end_within_text_is_damage() {
        assert_refused!(
            with_main(format!("<w:document xmlns:w=\"{WORD}\"><w:body><w:p><w:r><w:t>x")),
            InputError::Malformed { .. }
        );
        assert_refused!(with_main(wrapped("x") + "<w:p/>"), InputError::Malformed { .. });
        assert_refused!(with_main(wrapped("</w:r>")), InputError::Malformed { .. });
        assert_refused!(with_main(""), InputError::Malformed { .. });
    }

    #[test]
    fn characters_that_xml_forbids() {
        assert_refused!(with_main(wrapped("a\0b")), InputError::Malformed { .. });
        assert_refused!(with_main(wrapped("a&#0;b")), InputError::Malformed { .. });
        assert_eq!(texts(&with_main(wrapped("a\u{FFFE}\u{1}b"))), ["ab"]);
    }

    #[test]
    fn one_long_text_is_read_and_a_longer_one_refused() {
        let limits = Limits { characters: 1_000_000, ..Limits::default() };
        let long = "ạ".repeat(1_000_000);
        let bytes = with_main(wrapped(&long));
        assert_eq!(thidua::read::document("a.docx", &bytes, &limits).unwrap().blocks[0].text, long);
        let bytes = with_main(wrapped(&(long + "a")));
        let error = thidua::read::document("a.docx", &bytes, &limits).unwrap_err();
        assert!(matches!(error, InputError::TooLarge { what: "characters", .. }));
    }

    #[test]
    fn elements_are_bounded() {
        let limits = Limits { nodes: 1_000, ..Limits::default() };
        let error = thidua::read::document("a.docx", &with_body(&"<w:p/>".repeat(1_000)), &limits).unwrap_err();
        assert!(matches!(error, InputError::TooLarge { what: "XML elements", .. }));
    }
}

mod meaning {
    use super::*;

    #[test]
    fn senseless_values_do_no_harm() {
        let body = "<w:p><w:pPr><w:outlineLvl w:val=\"-1\"/><w:numPr><w:ilvl w:val=\"99\"/><w:numId w:val=\"9999999999999\"/></w:numPr></w:pPr><w:r><w:sym w:font=\"Symbol\" w:char=\"FFFFFFFFFF\"/><w:t>a</w:t><w:fldChar/><w:footnoteReference w:id=\"x\"/></w:r></w:p>";
        assert_eq!(texts(&with_body(body)), ["a"]);
    }

    #[test]
    fn styles_that_inherit_from_each_other_end() {
        let style = |id: &str, from: &str| {
            format!(
                "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"{id}\"><w:basedOn w:val=\"{from}\"/></w:style>"
            )
        };
        let docx = Docx::new(p(&r("x"))).styles(&(style("A", "B") + &style("B", "A")));
        assert_eq!(texts(&docx.build()), ["x"]);
    }

    #[test]
    fn cells_are_bounded() {
        let row = format!("<w:tr>{}</w:tr>", tc("", "<w:p/>").repeat(100));
        let table = |rows: usize| format!("<w:tbl>{}</w:tbl>{}", row.repeat(rows), p(&r("x")));
        let limits = Limits { cells: 1_000, ..Limits::default() };
        assert!(thidua::read::document("a.docx", &with_body(&table(10)), &limits).is_ok());
        let error = thidua::read::document("a.docx", &with_body(&table(11)), &limits).unwrap_err();
        assert!(matches!(error, InputError::TooLarge { what: "table cells", .. }));
    }

    #[test]
    fn macros_are_noticed_and_damaged_comments_are_damage() {
        let document = read(&with_entry(Entry::new("word/vbaProject.bin", "x"))).unwrap();
        assert_eq!(document.notices[0].code, "IN105");
        let docx = Docx::new(p(&r("x"))).part("comments", "comments", "<w:comment w:id=\"1\"><w:p>");
        assert_refused!(docx.build(), InputError::Malformed { .. });
    }
}

mod other_formats {
    use super::*;
    use std::fmt::Write as _;

    fn outcome(name: &str, text: &str) -> Result<usize, InputError> {
        thidua::read::document(name, text.as_bytes(), &Limits::default()).map(|document| document.blocks.len())
    }

    #[test]
    fn marks_that_never_close_cost_no_more_than_their_length() {
        for open in ["[", "[a](", "<", "`", "**", "|", "> ", "&", "\\"] {
            for name in ["a.md", "a.txt"] {
                let _ = outcome(name, &format!("Hạn nộp {} hết ](<", open.repeat(200_000)));
            }
        }
    }

    #[test]
    fn pages_nested_without_end_are_read_or_refused() {
        for tag in ["<div>", "<b><i>", "<p>", "<ul><li>", "<table><tr><td>", "<select>", "<svg>", "<template>"] {
            let _ = outcome("a.html", &format!("<html><body>{}Hạn nộp", tag.repeat(50_000)));
        }
        let mut attributes = String::from("<html><p");
        for n in 0..100_000 {
            let _ = write!(attributes, " a{n}=\"x\"");
        }
        assert!(matches!(outcome("a.html", &(attributes + ">Hạn nộp")), Err(InputError::TooLarge { .. })));
    }

    #[test]
    fn a_line_without_end_is_read_or_refused() {
        let limits = Limits::default();
        let long = "Các cơ sở Hội báo cáo ".repeat(limits.characters / 22 + 1);
        assert!(matches!(outcome("a.txt", &long), Err(InputError::TooLarge { what: "characters", .. })));
        assert_eq!(outcome("a.txt", &"Hội ".repeat(200_000)).unwrap(), 1);
        assert!(matches!(
            outcome("a.txt", &"x\t".repeat(300_000)),
            Err(InputError::TooLarge { what: "table cells", .. })
        ));
    }
}

/// Bad files among good ones, as a folder in an office has them.
#[cfg(unix)]
#[test]
fn a_folder_of_bad_files_is_named_file_by_file_and_the_good_ones_are_read() {
    let dir = tempfile::tempdir().unwrap();
    let put = |name: &str, bytes: &[u8]| std::fs::write(dir.path().join(name), bytes).unwrap();
    let plan = p(&r("KẾ HOẠCH")) + &p(&r("1. Các chi hội báo cáo về Hội xã trước ngày 20/3/2024."));
    let sound = with_body(&plan);
    put("tot.docx", &sound);
    put("tot.txt", "KẾ HOẠCH\n1. Các chi hội báo cáo về Hội xã trước ngày 20/3/2024.\n".as_bytes());
    put("trang-web.docx", "<html><p>Các chi hội báo cáo trước ngày 20/3/2024.</p></html>".as_bytes());
    let mut locked = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    locked.resize(1024, 0);
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let deep = with_body(&"<w:tbl>".repeat(100_000));
    let bomb = with_main("A".repeat(80 << 20));
    let doctype = with_main("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>");
    let twice = with_entry(Entry::new("word/document.xml", "y"));
    let bad: [(&str, &[u8], &str); 9] = [
        ("bom.docx", &bomb, "vượt giới hạn"),
        ("cut.docx", &sound[..sound.len() / 2], "tệp bị cắt cụt"),
        ("doctype.docx", &doctype, "DOCTYPE"),
        ("hai-phan.docx", &twice, "có hai phần tên word/document.xml"),
        ("long.docx", &deep, "vượt giới hạn 256 (tầng lồng nhau)"),
        ("mat-khau.docx", &locked, "có mật khẩu"),
        ("nhi-phan.txt", &[1, 2, 3, 0, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6], "không phải"),
        ("pdf.docx", b"%PDF-1.7\n%\xE2\xE3", "phần PDF bị hỏng"),
        ("rong.docx", b"", "không có nội dung"),
    ];
    for (name, bytes, _) in &bad {
        put(name, bytes);
    }
    std::fs::create_dir(dir.path().join("thu-muc.docx")).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(dir.path().join("ong.docx")).status().unwrap().success());
    let mut command = assert_cmd::Command::cargo_bin("thidua").unwrap();
    let output = command.args(["extract", "--format", "jsonl"]).arg(dir.path()).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3), "{said}");
    for (name, _, reason) in bad.iter().chain(&[("ong.docx", b"".as_slice(), "đó không phải là tệp")]) {
        let line =
            said.lines().find(|line| line.contains(&format!("/{name}: "))).unwrap_or_else(|| panic!("{name}: {said}"));
        assert!(line.contains(reason), "{line}");
    }
    let read = String::from_utf8(output.stdout).unwrap();
    let dates = |name: &str| read.lines().any(|line| line.contains(name) && line.contains("2024-03-20"));
    assert!(dates("tot.docx") && dates("tot.txt") && dates("trang-web.docx"), "{read}");
    assert_eq!(read.lines().count(), 3);
}

/// Changed bytes give an error or a document, never a panic, and the same one each time.
#[test]
fn damaged_bytes_never_panic() {
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"A\"><w:name w:val=\"heading 1\"/></w:style>";
    let docx = Docx::new(p(&r("Phong trào")) + "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>").styles(styles);
    let stored: Vec<Entry> = docx.entries().into_iter().map(|entry| Entry { deflate: false, ..entry }).collect();
    let main = docx.document().into_bytes();
    let mut seed = 0x2545_F491_4F6C_DD1D_u64;
    let mut random = move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed as usize
    };
    for round in 0..2_000 {
        // Half of the rounds change the package, half the markup inside a sound package.
        let mut bytes = if round % 2 == 0 { zip::build(&stored) } else { main.clone() };
        for _ in 0..1 + random() % 4 {
            let at = random() % bytes.len();
            match random() % 3 {
                0 => bytes[at] = random() as u8,
                1 => {
                    bytes.remove(at);
                }
                _ => bytes.insert(at, b"<>&;/\0\"A"[random() % 8]),
            }
        }
        let bytes = if round % 2 == 0 { bytes } else { with_main(bytes) };
        let outcome = read(&bytes).map(|document| document.blocks).map_err(|error| error.to_string());
        assert_eq!(outcome, read(&bytes).map(|document| document.blocks).map_err(|error| error.to_string()));
    }
}

#[test]
fn damaged_old_formats_never_panic() {
    let doc = Doc::new(&["Arial", ".VnTime"])
        .run(1, b"H\xE9i")
        .end(7, &[0x16, 0x24, 1])
        .end(7, &[0x16, 0x24, 1, 0x17, 0x24, 1])
        .run(0, b"sau")
        .end(b'\r', &[]);
    let rtf = b"{\\rtf1\\ansi{\\fonttbl{\\f0 .VnTime;}}{\\*\\listtable{\\list{\\listlevel\\levelnfc0{\\leveltext\\'02\\'00.;}}\\listid1}}\
        \\trowd\\cellx500\\pard\\intbl a\\cell\\row{\\field{\\*\\fldinst PAGE}{\\fldrslt 1}}\\u7897?\\bin2 xx\\par}";
    let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
    let mut random = move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed as usize
    };
    for whole in [doc.build(), rtf.to_vec()] {
        for _ in 0..1_500 {
            let mut bytes = whole.clone();
            for _ in 0..1 + random() % 6 {
                let at = random() % bytes.len();
                bytes[at] = if random() % 2 == 0 { random() as u8 } else { b"{}\\0\xFF"[random() % 5] };
            }
            let outcome = read(&bytes).map(|document| document.blocks).map_err(|error| error.to_string());
            assert_eq!(outcome, read(&bytes).map(|document| document.blocks).map_err(|error| error.to_string()));
        }
    }
}
