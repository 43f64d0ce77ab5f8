//! Whatever words come together, extraction ends, its spans reproduce the text, and items of one kind never overlap.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use std::sync::LazyLock;
use thidua::model::Span;
use thidua::{Engine, Options};

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new().unwrap());

/// Pieces that the grammar is made of, with marks and odd characters between them.
const PIECES: &[&str] = &[
    "trước",
    "ngày",
    "chậm nhất",
    "là",
    "đến",
    "hết",
    "từ",
    "tháng",
    "năm",
    "quý",
    "hàng",
    "mỗi",
    "định kỳ",
    "ít nhất",
    "không quá",
    "trở lên",
    "tối đa",
    "dưới",
    "trên",
    "tập thể",
    "cá nhân",
    "công trình",
    "phần việc",
    "hội viên",
    "Hội LHPN",
    "huyện",
    "xã",
    "Ban Thường vụ",
    "các",
    "đơn vị",
    "gửi",
    "báo cáo",
    "về",
    "đăng ký",
    "lựa chọn",
    "tặng",
    "Bằng khen",
    "cho",
    "Kế hoạch",
    "Quyết định",
    "số",
    "của",
    "UBND",
    "tỉnh",
    "Luật",
    "Thi đua, khen thưởng",
    "và",
    "riêng",
    "kể từ",
    "ngày làm việc",
    "trong",
    "vòng",
    "thứ Sáu",
    "sau",
    "cuối",
    "đầu",
    "lần",
    "thứ",
    "Điều",
    "khoản",
    "01",
    "02",
    "5",
    "10",
    "15/10",
    "31/11/2022",
    "29/02/2023",
    "2022",
    "2021-2026",
    "100",
    "%",
    "35 %",
    "1.095",
    "1,5",
    "2/3",
    "KH-BTV",
    "/KH-UBND",
    "05-CT/TW",
    "06/2022/QH15",
    "0912.345.678",
    "a@b.vn",
    "http://",
    "“",
    "”",
    "\"",
    "(",
    ")",
    ",",
    ";",
    ".",
    ":",
    "-",
    "–",
    "/",
    "...",
    "…",
    "IV",
    "một",
    "hai mươi",
    "mười",
    "triệu",
    "đồng",
    "điểm",
    "tuổi",
    "16h30",
    "10km",
    "\u{301}",
    "Ð",
    "о",
    "🙂",
    "₫",
    "İ",
    "ﬁ",
    "đến khi",
    "Phấn đấu",
    "đã",
    "tiêu chuẩn",
];

fn sentences() -> impl Strategy<Value = String> {
    let word = proptest::sample::select(PIECES);
    let glue = proptest::sample::select(&[" ", " ", " ", "", "  ", "\t"][..]);
    proptest::collection::vec((word, glue), 1..60)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(word, glue)| [word, glue]).collect())
}

fn overlap(spans: &[Span]) -> bool {
    spans.windows(2).any(|pair| pair[0].block == pair[1].block && pair[1].start < pair[0].end)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn spans_reproduce_their_text(lines in proptest::collection::vec(sentences(), 1..5)) {
        let body: String = lines.iter().map(|line| format!("- {line}\n\n")).collect();
        let text = format!("Số: 7/KH-BTV\n\nHà Nội, ngày 05 tháng 01 năm 2022\n\nKẾ HOẠCH\n\nVề thi đua\n\nI. NỘI DUNG\n\n{body}");
        let Ok(document) = ENGINE.read("mau.txt", text.as_bytes()) else { return Ok(()) };
        let reading = ENGINE.extract(document, &Options::default());
        let (document, found) = (&reading.document, &reading.extraction);
        for (span, words) in found.citations.iter().map(|c| (c.span, &c.text))
            .chain(found.deadlines.iter().map(|d| (d.span, &d.text)))
            .chain(found.quotas.iter().map(|q| (q.span, &q.text)))
            .chain(found.criteria.iter().map(|c| (c.span, &c.text)))
            .chain(found.attachments.iter().map(|a| (a.span, &a.text)))
        {
            prop_assert_eq!(document.slice(span), Some(words.as_str()));
        }
        for finding in &found.diagnostics {
            if let Some(span) = finding.span {
                prop_assert!(document.slice(span).is_some());
            }
        }
        prop_assert!(!overlap(&found.citations.iter().map(|c| c.span).collect::<Vec<_>>()));
        prop_assert!(!overlap(&found.deadlines.iter().map(|d| d.span).collect::<Vec<_>>()));
        prop_assert!(!overlap(&found.quotas.iter().map(|q| q.span).collect::<Vec<_>>()));
    }
}
