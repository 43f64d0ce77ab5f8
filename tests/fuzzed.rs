//! The bodies of the fuzz targets over changed seeds, the same ones each time: nothing that comes from outside panics.
//!
//! `cargo test --test fuzzed -- --ignored` goes on for longer.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use support::zip;

#[path = "../fuzz/bodies.rs"]
#[allow(missing_docs, reason = "shared with the fuzz targets")]
mod bodies;

/// Random numbers, the same ones each time.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap_or(0) % end.max(1)
    }
}

/// A seed with a few changes: bytes replaced, left out, repeated, put in from the alphabet of its format.
fn changed(seed: &[u8], words: &[&str], random: &mut Random) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..1 + random.below(6) {
        let at = random.below(bytes.len() + 1);
        let end = (at + random.below(12)).min(bytes.len());
        match random.below(5) {
            0 => bytes[at..end].fill(u8::try_from(random.below(256)).unwrap_or(0)),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let again = bytes[at..end].repeat(1 + random.below(20));
                bytes.splice(at..at, again);
            }
            3 => bytes.truncate(at.max(bytes.len() / 2)),
            _ => {
                let word = words.get(random.below(words.len())).copied().unwrap_or("\0");
                bytes.splice(at..at, word.bytes());
            }
        }
    }
    bytes
}

struct Target {
    name: &'static str,
    body: fn(&[u8]),
    seeds: Vec<Vec<u8>>,
    words: &'static [&'static str],
}

const XML: &[&str] =
    &["<", ">", "/>", "&amp;", "&#1;", "<w:p>", "</w:p>", "<w:tbl><w:tr><w:tc>", "</w:tc>", "\"", "<!--", "<![CDATA["];

fn targets() -> Vec<Target> {
    let sample = |name: &str| {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/van-phong-mau/den").join(name);
        std::fs::read(path).expect("sample")
    };
    let target = |name, body, seeds: &[&[u8]], words| Target {
        name,
        body,
        seeds: seeds.iter().map(|seed| seed.to_vec()).collect(),
        words,
    };
    let w = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let document = |body: &str| format!("<w:document {w}><w:body>{body}</w:body></w:document>").into_bytes();
    let table = document(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>Phong trào</w:t><w:tab/></w:r></w:p>\
         <w:tbl><w:tblGrid><w:gridCol w:w=\"9\"/></w:tblGrid><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/><w:vMerge w:val=\"restart\"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>",
    );
    let tags = document(
        "<w:p><w:r><w:t>{%p for n in a %}</w:t></w:r></w:p><w:p><w:r><w:t>{{ n.b | default(\"x\") | upper }} {{</w:t></w:r><w:r><w:t> x }}</w:t></w:r></w:p>\
         <w:p><w:r><w:t>{%p endfor %}</w:t></w:r></w:p><w:tbl><w:tblGrid><w:gridCol w:w=\"9\"/></w:tblGrid><w:tr><w:tc><w:tcPr/><w:p><w:r><w:t>{%tr for k in a %}{% vm k %}{{ loop.index }}{% cellbg x %}{%tr endfor %}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
    );
    let words_of_tags: &[&str] = &[
        "{{",
        "}}",
        "{%",
        "%}",
        "{%p ",
        "{%tr ",
        "{%tc ",
        "{{r ",
        "{#",
        "#}",
        "for a in a",
        "endfor",
        "if x",
        "else",
        "endif",
        " | ",
        "(",
        ")",
        "[",
        "set x = ",
        "{% raw %}",
        "loop.",
        "<w:p>",
        "</w:tc>",
        "\u{1}",
        "-%}",
    ];
    let plan = sample("01-ke-hoach-hoi-tinh-2021.txt");
    let docx = sample("03-cong-van-hoi-huyen-2020.docx");
    let doc = support::doc::Doc::new(&["Arial", ".VnTime"])
        .run(1, b"H\xE9i")
        .end(7, &[0x16, 0x24, 1])
        .end(b'\r', &[])
        .build();
    let mut page = support::pdf::Page::default();
    page.text(50.0, 50.0, 12.0, "Số: 12/KH-BTV").mixed(50.0, 80.0, 12.0, "Phụ nữ").line((0.0, 0.0), (100.0, 0.0));
    let pdf = support::pdf::file(&[page]);
    let rtf: &[u8] = b"\\ansi{\\fonttbl{\\f0 .VnTime;}}\\trowd\\cellx500\\pard\\intbl a\\cell\\row{\\field{\\*\\fldinst PAGE}{\\fldrslt 1}}\\u7897?\\bin2 xx\\par}";
    let sheet = b"<worksheet><sheetData><row r='1'><c r='A1' t='inlineStr'><is><t>x</t></is></c><c r='C1'><v>45000</v></c></row></sheetData><mergeCells><mergeCell ref='A1:B2'/></mergeCells></worksheet>";
    vec![
        target("docx", bodies::docx, &[&docx], &["PK\u{3}\u{4}", "word/", "\0\0"]),
        target("document_xml", bodies::document_xml, &[&table], XML),
        target(
            "text",
            bodies::text,
            &[&plan, "|a|b|\n|1|2|\n".as_bytes()],
            &["\n", "|", "I. ", "\t", "- ", "\u{feff}", "1/2/2026"],
        ),
        target(
            "markdown",
            bodies::markdown,
            &[&sample("05-thong-bao-cong-doan-2024.md")],
            &["# ", "|", "`", "1. ", "\n\n", "[a](b)", "---"],
        ),
        target(
            "html",
            bodies::html,
            &[&sample("07-the-le-tinh-doan-2025.html")],
            &["<table>", "<td colspan=9>", "</", "<ol start=3>", "<script>", "&nbsp;"],
        ),
        target(
            "rtf",
            bodies::rtf,
            &[rtf],
            &["{", "}", "\\u-1?", "\\'ff", "\\bin9999 ", "\\trowd", "\\cell", "\\row", "{\\*\\x", "\\uc0"],
        ),
        target(
            "odt",
            bodies::odt,
            &[b"<text:p xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'>a<text:s text:c='3'/></text:p>"],
            XML,
        ),
        target(
            "pdf",
            bodies::pdf,
            &[&pdf[9.min(pdf.len())..]],
            &["obj", "endobj", "stream", "<<", ">>", "/Length 9", " Tj", "[", "0 0 R"],
        ),
        target("doc", bodies::doc, &[&doc], &["\0", "\u{1}", "\u{7}", "\u{13}"]),
        target(
            "sheet",
            bodies::sheet,
            &["Tên;Số\n\"a\";1\n".as_bytes(), sheet],
            &["\"", ";", "\n", "<c r='ZZZ9'>", "<v>1e400</v>", "<row r='0'>"],
        ),
        target(
            "data",
            bodies::data,
            &[
                b"[{\"a\": {\"$image\": {\"path\": \"x\"}}}, {\"b\": [1, 2.5, null]}]",
                b"{\"a\": 1}\n{\"a\": 2}\n",
                b"a,b\n1,\"x\"\n",
            ],
            &["{", "}", "[", "]", ",", "\"", "\\", "\n", "1e999", "\u{feff}"],
        ),
        target("template", bodies::template, &[&tags], words_of_tags),
        target(
            "extraction",
            bodies::extraction,
            &[&plan],
            &["trước ngày ", "31/02/2026", "từ 3 đến 5 ", "100% ", "\n- ", "Điều 1. ", "Nơi nhận:", "tháng 13"],
        ),
    ]
}

fn run(target: &Target, mut more: impl FnMut(usize) -> bool) {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let mut round = 0;
    while more(round) {
        let seed = &target.seeds[round % target.seeds.len()];
        let bytes = if round < target.seeds.len() { seed.clone() } else { changed(seed, target.words, &mut random) };
        let outcome = std::panic::catch_unwind(|| (target.body)(&bytes));
        assert!(outcome.is_ok(), "{} panics in round {round} on {:?}", target.name, String::from_utf8_lossy(&bytes));
        round += 1;
    }
}

#[test]
fn changed_seeds_never_panic() {
    for target in targets() {
        run(&target, |round| round < 60);
    }
}

#[test]
#[ignore = "takes minutes; for a longer look"]
fn changed_seeds_never_panic_for_twenty_seconds_each() {
    for target in targets() {
        let start = std::time::Instant::now();
        let mut rounds = 0;
        run(&target, |round| {
            rounds = round;
            start.elapsed().as_secs() < 20
        });
        println!("{}: {rounds} rounds", target.name);
    }
}
