//! A small reading made by hand, for the tests of every renderer.

use super::View;
use crate::Reading;
use crate::model::{
    Assignment, Attachment, Block, BlockKind, CellRef, Citation, Contact, ContactKind, Criterion, CriterionSubject,
    Deadline, DeadlineKind, Document, DocumentInfo, Entities, Extraction, Finding, Format, Frequency, Level, Named,
    OutlineNode, Quota, QuotaKind, QuotaOp, Recipient, RecurringMode, Role, Severity, Signature, Source, Span, Unit,
    When,
};
use crate::pack::{Lang, Pack, Texts};

/// Runs a test with the Vietnamese view.
pub fn with_view<T>(test: impl FnOnce(&View) -> T) -> T {
    let (texts, pack) = (Texts::builtin(Lang::Vi), Pack::builtin().unwrap());
    test(&View { texts: &texts, lexicon: &pack.lexicon, explain: false })
}

/// The span of `words` in a block.
fn span(blocks: &[Block], block: u32, words: &str) -> Span {
    let text = &blocks[block as usize].text;
    let at = text.find(words).unwrap_or_else(|| panic!("{words:?} is not in {text:?}"));
    let start = text[..at].chars().count() as u32;
    Span { block, start, end: start + words.chars().count() as u32 }
}

fn deadline(blocks: &[Block], block: u32, words: &str, kind: DeadlineKind, when: When) -> Deadline {
    Deadline {
        text: words.to_owned(),
        kind,
        when,
        action: None,
        actor: None,
        recipient: None,
        inferred: false,
        exception: None,
        span: span(blocks, block, words),
        by: "deadline-before".to_owned(),
    }
}

/// A plan of an invented office; markup and overlapping spans included.
pub fn reading() -> Reading {
    let cell = |row, column| CellRef { table: 0, row, column, column_span: 1, row_span: 1, depth: 0 };
    let block = |id, kind, label: Option<&str>, section: Option<&str>, text: &str| Block {
        kind,
        label: label.map(str::to_owned),
        section: section.map(str::to_owned),
        ..Block::paragraph(id, text)
    };
    let mut blocks = vec![
        block(0, BlockKind::Paragraph, None, None, "KẾ HOẠCH"),
        block(1, BlockKind::Paragraph, None, None, "Tổ chức đợt thi đua <b>\"Xanh & sạch\"</b> năm 2024"),
        block(2, BlockKind::Paragraph, None, None, "Căn cứ Hướng dẫn số 07/HD-BTV ngày 20/02/2024 của Hội cấp trên;"),
        block(3, BlockKind::Heading, Some("II."), Some("II"), "NỘI DUNG"),
        block(
            4,
            BlockKind::ListItem,
            Some("1."),
            Some("II.1"),
            "Mỗi chi hội xây dựng ít nhất 02 mô hình và gửi bản đăng ký về Hội trước ngày 15/4/2024.",
        ),
        block(
            5,
            BlockKind::ListItem,
            Some("2."),
            Some("II.2"),
            "Báo cáo hằng quý; trước ngày 15/10 hằng năm gửi tổng kết; trong 5 ngày làm việc kể từ ngày họp gửi biên bản.",
        ),
        block(6, BlockKind::TableCell, None, None, "Chi hội thôn Bến"),
        block(7, BlockKind::TableCell, None, None, "Từ ngày 01/5/2024 đến ngày 20/5/2024"),
        block(8, BlockKind::Paragraph, None, None, "<script>alert(1)</script>, thư: hoi@vidu.vn"),
    ];
    blocks[6].cell = Some(cell(0, 0));
    blocks[7].cell = Some(cell(0, 1));
    let document = Document {
        source: Source {
            path: "den/12-kh.docx".to_owned(),
            format: Format::Docx,
            sha256: "ab".repeat(32),
            encoding: "utf-8".to_owned(),
        },
        blocks,
        notices: vec![],
    };
    let extraction = extraction(&document.blocks);
    Reading { document, extraction }
}

fn extraction(blocks: &[Block]) -> Extraction {
    let recurring = |rrule: &str, mode| When::Recurring { rrule: rrule.to_owned(), mode };
    let relative =
        When::Relative {
            offset: "P5D".to_owned(), working_days: true, anchor: Some("kể từ ngày họp".to_owned())
        };
    let due = When::By { date: "2024-04-15".to_owned(), inclusive: false };
    let period = When::During { start: Some("2024-05-01".to_owned()), end: Some("2024-05-20".to_owned()), until: None };
    Extraction {
        document: DocumentInfo {
            kind: Some("KH".to_owned()),
            number: Some("12".to_owned()),
            symbol: Some("KH-BTV".to_owned()),
            issuer: Some("Hội LHPN xã Bến Sông".to_owned()),
            parent_issuer: None,
            place: Some("Bến Sông".to_owned()),
            date: Some("2024-03-05".to_owned()),
            subject: Some("Tổ chức đợt thi đua <b>\"Xanh & sạch\"</b> năm 2024".to_owned()),
            signature: Some(Signature {
                authority: Some("TM. BAN THƯỜNG VỤ".to_owned()),
                title: Some("CHỦ TỊCH".to_owned()),
                name: Some("Trần Thị Mẫu".to_owned()),
            }),
            recipients: vec![Recipient {
                text: "Các chi hội".to_owned(), purpose: Some("để thực hiện".to_owned())
            }],
            spans: [("type", span(blocks, 0, "KẾ HOẠCH"))].into(),
        },
        outline: vec![OutlineNode {
            label: "II".to_owned(),
            title: "NỘI DUNG".to_owned(),
            depth: 1,
            block: 3,
            children: vec![],
        }],
        citations: vec![Citation {
            text: "Hướng dẫn số 07/HD-BTV ngày 20/02/2024 của Hội cấp trên".to_owned(),
            kind: "HD".to_owned(),
            code: Some("07/HD-BTV".to_owned()),
            date: Some("2024-02-20".to_owned()),
            issuer: Some("Hội cấp trên".to_owned()),
            subject: None,
            role: Role::Basis,
            pinpoint: None,
            repeat: false,
            span: span(blocks, 2, "Hướng dẫn số 07/HD-BTV ngày 20/02/2024 của Hội cấp trên"),
            by: "citation-numbered".to_owned(),
        }],
        deadlines: vec![
            Deadline {
                action: Some("gửi bản đăng ký".to_owned()),
                actor: Some("Mỗi chi hội".to_owned()),
                recipient: Some("Hội".to_owned()),
                ..deadline(blocks, 4, "trước ngày 15/4/2024", DeadlineKind::Registration, due)
            },
            deadline(
                blocks,
                5,
                "hằng quý",
                DeadlineKind::Report,
                recurring("FREQ=MONTHLY;INTERVAL=3", RecurringMode::During),
            ),
            deadline(
                blocks,
                5,
                "trước ngày 15/10 hằng năm",
                DeadlineKind::Report,
                recurring("FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=15", RecurringMode::Before),
            ),
            deadline(blocks, 5, "trong 5 ngày làm việc kể từ ngày họp", DeadlineKind::Submission, relative),
            deadline(blocks, 7, "Từ ngày 01/5/2024 đến ngày 20/5/2024", DeadlineKind::Implementation, period),
        ],
        quotas: vec![Quota {
            text: "ít nhất 02 mô hình".to_owned(),
            op: QuotaOp::AtLeast,
            value: 2.0,
            unit: Unit::Things("mô hình".to_owned()),
            kind: QuotaKind::Target,
            actor: Some("Mỗi chi hội".to_owned()),
            per: Some("chi hội".to_owned()),
            frequency: Some(Frequency::Yearly),
            exception: None,
            span: span(blocks, 4, "ít nhất 02 mô hình"),
            by: "quota-at-least".to_owned(),
        }],
        assignments: vec![Assignment {
            actor: "Mỗi chi hội".to_owned(),
            level: Level::Chapter,
            task: "xây dựng ít nhất 02 mô hình và gửi bản đăng ký về Hội".to_owned(),
            span: span(blocks, 4, "xây dựng ít nhất 02 mô hình và gửi bản đăng ký về Hội"),
        }],
        criteria: vec![Criterion {
            subject: CriterionSubject::Collective,
            text: "xây dựng ít nhất 02 mô hình".to_owned(),
            span: span(blocks, 4, "xây dựng ít nhất 02 mô hình"),
        }],
        entities: Entities {
            movements: vec![Named { name: "Xanh & sạch".to_owned(), spans: vec![span(blocks, 1, "Xanh & sạch")] }],
            contacts: vec![Contact {
                kind: ContactKind::Email,
                value: "hoi@vidu.vn".to_owned(),
                span: span(blocks, 8, "hoi@vidu.vn"),
            }],
            ..Entities::default()
        },
        attachments: vec![Attachment {
            text: "bản đăng ký".to_owned(), span: span(blocks, 4, "bản đăng ký")
        }],
        diagnostics: vec![
            Finding::new("TD000", Severity::Warning, Some(span(blocks, 5, "15/10"))).with("value", "=HYPERLINK(\"x\")"),
        ],
    }
}
