//! Small documents for the tests of the rules, built by hand. `[…]` in a text marks the place of the item added next.

use super::super::review;
use crate::model::{
    Attachment, Block, BlockKind, Citation, Deadline, DeadlineKind, Document, Extraction, Finding, Format, Quota,
    QuotaKind, QuotaOp, Recipient, Role, Signature, Source, Span, Unit, When,
};
use crate::pack::{Lang, Pack, Texts};
use crate::structure::{Structure, Zone};
use std::sync::LazyLock;

static PACK: LazyLock<Pack> = LazyLock::new(|| Pack::builtin().expect("pack"));
static TEXTS: LazyLock<[Texts; 2]> = LazyLock::new(|| [Lang::Vi, Lang::En].map(Texts::builtin));

pub(super) struct Case {
    document: Document,
    structure: Structure,
    extraction: Extraction,
    marked: Span,
}

pub(super) fn by(date: &str) -> When {
    When::By { date: date.to_owned(), inclusive: true }
}

pub(super) fn during(start: &str, end: &str) -> When {
    When::During { start: Some(start.to_owned()), end: Some(end.to_owned()), until: None }
}

impl Case {
    /// No text, no parts of form.
    pub(super) fn empty() -> Self {
        let source = Source {
            path: "case.txt".to_owned(),
            format: Format::Text,
            sha256: String::new(),
            encoding: "utf-8".to_owned(),
        };
        Self {
            document: Document { source, blocks: Vec::new(), notices: Vec::new() },
            structure: Structure::default(),
            extraction: Extraction::default(),
            marked: Span { block: 0, start: 0, end: 0 },
        }
    }

    /// A plan with all parts of form, to which a rule has nothing to say.
    pub(super) fn complete() -> Self {
        Self::complete_with_head("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    }

    pub(super) fn complete_with_head(line: &str) -> Self {
        let mut case = Self::empty().block(line, Zone::Header).block("KẾ HOẠCH", Zone::Title);
        let info = &mut case.extraction.document;
        info.kind = Some("KH".to_owned());
        info.number = Some("47".to_owned());
        info.symbol = Some("KH-HPN".to_owned());
        info.issuer = Some("Hội LHPN xã Hòa Mỹ".to_owned());
        info.place = Some("Hòa Mỹ".to_owned());
        info.date = Some("2021-01-04".to_owned());
        info.subject = Some("Triển khai phong trào".to_owned());
        info.signature = Some(Signature {
            authority: Some("TM. BAN THƯỜNG VỤ".to_owned()),
            title: Some("CHỦ TỊCH".to_owned()),
            name: None,
        });
        info.recipients = vec![Recipient { text: "Lưu: VT".to_owned(), purpose: None }];
        info.spans.insert("type", Span { block: 1, start: 0, end: 8 });
        case
    }

    pub(super) fn block(mut self, text: &str, zone: Zone) -> Self {
        let id = u32::try_from(self.document.blocks.len()).expect("few blocks");
        let chars = |part: &str| u32::try_from(part.chars().count()).expect("short");
        if let Some((before, rest)) = text.split_once('[')
            && let Some((inside, _)) = rest.split_once(']')
        {
            self.marked = Span { block: id, start: chars(before), end: chars(before) + chars(inside) };
        }
        self.document.blocks.push(Block::paragraph(id, text.replace(['[', ']'], "")));
        self.structure.zones.push(zone);
        self.structure.parents.push(None);
        self
    }

    pub(super) fn body(self, text: &str) -> Self {
        self.block(text, Zone::Body)
    }

    /// Moves the mark within the last block, whose text stays as it is.
    pub(super) fn body_again(mut self, text: &str) -> Self {
        self.document.blocks.pop();
        self.structure.zones.pop();
        self.structure.parents.pop();
        self.body(text)
    }

    /// A list entry with a label.
    pub(super) fn item(self, label: &str) -> Self {
        let mut case = self.body("Nội dung.");
        let block = case.document.blocks.last_mut().expect("block");
        block.kind = BlockKind::ListItem;
        block.label = Some(label.to_owned());
        case
    }

    /// The last block is governed by another.
    pub(super) fn below(mut self, parent: u32) -> Self {
        *self.structure.parents.last_mut().expect("block") = Some(parent);
        self
    }

    pub(super) fn kind(mut self, code: &str) -> Self {
        self.extraction.document.kind = Some(code.to_owned());
        self
    }

    pub(super) fn number(mut self, number: &str, symbol: &str) -> Self {
        self.extraction.document.number = Some(number.to_owned());
        self.extraction.document.symbol = Some(symbol.to_owned());
        self
    }

    pub(super) fn without_number(mut self) -> Self {
        self.extraction.document.number = None;
        self
    }

    pub(super) fn date(mut self, date: &str) -> Self {
        self.extraction.document.date = Some(date.to_owned());
        self
    }

    pub(super) fn without_date(mut self) -> Self {
        self.extraction.document.date = None;
        self
    }

    pub(super) fn signature(mut self, authority: &str) -> Self {
        self.extraction.document.signature =
            Some(Signature { authority: Some(authority.to_owned()), ..Signature::default() });
        self
    }

    fn words(&self) -> String {
        self.document.slice(self.marked).expect("marked").to_owned()
    }

    pub(super) fn citation(mut self, kind: &str, code: Option<&str>, date: Option<&str>, role: Role) -> Self {
        self.extraction.citations.push(Citation {
            text: self.words(),
            kind: kind.to_owned(),
            code: code.map(str::to_owned),
            date: date.map(str::to_owned),
            issuer: None,
            subject: None,
            role,
            pinpoint: None,
            repeat: false,
            span: self.marked,
            by: String::new(),
        });
        self
    }

    pub(super) fn deadline(mut self, kind: DeadlineKind, when: When) -> Self {
        self.extraction.deadlines.push(Deadline {
            text: self.words(),
            kind,
            when,
            action: None,
            actor: None,
            recipient: None,
            inferred: false,
            exception: None,
            span: self.marked,
            by: String::new(),
        });
        self
    }

    pub(super) fn quota(mut self, op: QuotaOp, value: f64, unit: &str, per: &str, exception: Option<&str>) -> Self {
        self.extraction.quotas.push(Quota {
            text: self.words(),
            op,
            value,
            unit: Unit::Things(unit.to_owned()),
            kind: QuotaKind::Target,
            actor: None,
            per: Some(per.to_owned()),
            frequency: None,
            exception: exception.map(str::to_owned),
            span: self.marked,
            by: String::new(),
        });
        self
    }

    pub(super) fn attachment(mut self) -> Self {
        self.extraction.attachments.push(Attachment { text: self.words(), span: self.marked });
        self
    }

    pub(super) fn last_block(&self) -> u32 {
        self.document.blocks.last().expect("block").id
    }

    pub(super) fn copy(mut self, original: u32, copy: u32, blocks: u32) -> Self {
        self.structure.copies.push((original, copy, blocks));
        self
    }

    /// What the rules say; every slot of their sentences is filled.
    pub(super) fn findings(&self) -> Vec<Finding> {
        let found = review(&self.document, &self.structure, &self.extraction, &PACK);
        for texts in TEXTS.iter() {
            for finding in &found {
                let args: Vec<(&str, &str)> = finding.args.iter().map(|(slot, _)| (*slot, "x")).collect();
                for part in ["message", "reason", "remedy"] {
                    let sentence = texts.get(&format!("diagnostic.{}.{part}", finding.code), &args);
                    assert!(!sentence.contains('{'), "{}: {sentence}", finding.code);
                }
            }
        }
        found
    }

    pub(super) fn codes(&self) -> Vec<&'static str> {
        self.findings().iter().map(|finding| finding.code).collect()
    }

    /// The words that a finding points to.
    pub(super) fn quoted(&self, finding: &Finding) -> &str {
        finding.span.and_then(|span| self.document.slice(span)).expect("place")
    }
}
