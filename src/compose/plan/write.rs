//! The draft as values for the Word form, and the trace beside it.

use super::section::{Draft, Piece, Section, computed, pack, profile};
use super::{Inputs, Plan, annex, cite};
use crate::compose::letterhead::Paper;
use crate::model::{Origin, Traced, TracedSource};
use serde_json::{Map, Value, json};

/// Values and trace of a draft.
pub fn written(inputs: &Inputs, draft: Draft) -> Plan {
    let mut writer = Writer { entries: Vec::new(), values: Map::new() };
    writer.paper().head(inputs.profile, "", inputs.signed);
    writer.rich("trich_yeu", &draft.subject);
    let opening = draft.opening.iter().enumerate().map(|(at, piece)| writer.piece(format!("can_cu[{at}]"), piece));
    let opening: Vec<Value> = opening.collect();
    writer.values.insert("can_cu".to_owned(), Value::Array(opening));
    let mut sections = Vec::new();
    for (at, section) in draft.sections.iter().enumerate() {
        sections.push(writer.section(at, section));
    }
    writer.values.insert("cac_phan".to_owned(), Value::Array(sections));
    writer.rich("ket", &draft.closing);
    writer.foot(inputs);
    writer.annex(inputs, &draft);
    let belongs = annex::belongs(inputs);
    let sent_with = (belongs.text, belongs.origin);
    let sources = inputs.parents.iter().map(|parent| TracedSource {
        path: parent.document.source.path.clone(),
        sha256: parent.document.source.sha256.clone(),
    });
    Plan {
        values: Value::Object(writer.values),
        entries: writer.entries,
        open: draft.open,
        sources: sources.collect(),
        allocations: draft.allocations,
        forms: draft.forms,
        sent: (draft.labels.sent.clone(), sent_with),
    }
}

struct Writer {
    entries: Vec<Traced>,
    values: Map<String, Value>,
}

impl Writer {
    fn trace(&mut self, place: String, value: &str, origin: Origin) {
        self.entries.push(Traced { place, value: value.to_owned(), origin });
    }

    /// A text whose blanks are highlighted.
    fn rich(&mut self, name: &str, piece: &Piece) {
        let value = self.piece(name.to_owned(), piece);
        self.values.insert(name.to_owned(), value);
    }

    fn piece(&mut self, place: String, piece: &Piece) -> Value {
        self.trace(place, &piece.text, piece.origin.clone());
        rich_text(&piece.text)
    }

    fn paper(&mut self) -> Paper<'_> {
        Paper { values: &mut self.values, entries: &mut self.entries }
    }

    fn section(&mut self, at: usize, section: &Section) -> Value {
        let place = format!("cac_phan[{at}]");
        let title = format!("{}. {}", roman(at + 1), section.title);
        self.trace(format!("{place}.tieu_de"), &title, pack("form"));
        let mut lines = Vec::new();
        for (number, line) in section.lines.iter().enumerate() {
            let text = self.piece(format!("{place}.doan[{number}]"), &line.piece);
            lines.push(json!({"kieu": line.look.name(), "chu": text}));
        }
        let targets = self.rows(&place, "chi_tieu", &section.targets, &["chi_tieu", "don_vi", "nguon"]);
        let columns = ["noi_dung", "han", "han_cap_tren", "thuc_hien", "noi_nhan"];
        let timeline = self.rows(&place, "thoi_gian", &section.timeline, &columns);
        json!({"tieu_de": title, "doan": lines, "chi_tieu": targets, "thoi_gian": timeline})
    }

    fn rows<const N: usize>(&mut self, place: &str, list: &str, rows: &[[Piece; N]], names: &[&str; N]) -> Value {
        let mut out = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            let place = format!("{place}.{list}[{at}]");
            self.trace(format!("{place}.tt"), &(at + 1).to_string(), computed("row-number", vec![]));
            let mut cells = Map::new();
            for (name, piece) in names.iter().zip(row) {
                cells.insert((*name).to_owned(), self.piece(format!("{place}.{name}"), piece));
            }
            out.push(Value::Object(cells));
        }
        Value::Array(out)
    }

    fn foot(&mut self, inputs: &Inputs) {
        let profile_data = inputs.profile;
        let sentence = |key: &str| inputs.words.sentence(key, &[]);
        let mut lines: Vec<(String, Origin)> = Vec::new();
        let has = |lines: &[(String, Origin)], name: &str| {
            let name = crate::language::fold::fold(name);
            lines.iter().any(|(line, _)| crate::language::fold::fold(line).contains(&name))
        };
        for (at, recipient) in profile_data.recipients.iter().enumerate() {
            let purpose = recipient.purpose.as_ref().map(|purpose| format!(" ({purpose})")).unwrap_or_default();
            lines.push((format!("{}{purpose};", recipient.name), profile(format!("noi-nhan[{at}]"))));
        }
        let parent = profile_data.primary_parent();
        if let Some(parent) =
            parent.filter(|p| !std::iter::once(&p.name).chain(&p.aliases).any(|name| has(&lines, name)))
        {
            let name = parent.aliases.first().unwrap_or(&parent.name);
            lines.insert(0, (format!("{name} ({});", sentence("report")), profile("cap-tren")));
        }
        if let Some(below) = profile_data.below.name.as_ref().filter(|below| !has(&lines, below)) {
            lines.push((format!("{below} ({});", sentence("execute")), profile("cap-duoi.ten-chung")));
        }
        let short = profile_data.lead_department().and_then(|department| department.short.as_ref());
        let filed = short.map(|short| format!(", {short}")).unwrap_or_default();
        lines.push((format!("Lưu: VT{filed}."), profile("bo-phan.viet-tat")));
        self.paper().copies(lines);
        if !self.paper().signature(profile_data, inputs.signer) {
            self.values.insert("quyen_han".to_owned(), json!([cite::BLANK]));
        }
    }

    fn annex(&mut self, inputs: &Inputs, draft: &Draft) {
        let mut tables = Vec::new();
        for (at, allocation) in draft.allocations.iter().enumerate() {
            let place = format!("phan_bo[{at}]");
            let line = self.piece(format!("{place}.noi_dung"), &allocation.line);
            let mut rows = Vec::new();
            let mut shares = Vec::new();
            for (number, row) in allocation.rows.iter().enumerate() {
                let place = format!("{place}.hang[{number}]");
                self.trace(format!("{place}.tt"), &(number + 1).to_string(), computed("row-number", vec![]));
                self.trace(format!("{place}.don_vi"), &row.unit, row.origin.clone());
                self.trace(format!("{place}.so"), &row.value.to_string(), row.origin.clone());
                shares.push(row.origin.clone());
                rows.push(json!({"don_vi": row.unit, "so": row.value.to_string(), "ghi_chu": row.note}));
            }
            self.trace(format!("{place}.tong"), &allocation.total.to_string(), computed("sum", shares));
            let note = inputs.words.sentence("note-total", &[]);
            tables.push(json!({"noi_dung": line, "hang": rows, "tong": allocation.total.to_string(), "ghi_chu": note}));
        }
        if tables.is_empty() {
            self.values.insert("cac_phu_luc".to_owned(), Value::Array(Vec::new()));
            return;
        }
        let belongs = self.piece("cac_phu_luc[0].kem_theo".to_owned(), &annex::belongs(inputs));
        let label = draft.labels.allocation.clone().unwrap_or_default();
        self.trace("cac_phu_luc[0].nhan".to_owned(), &label, computed("annex", vec![pack("sentences.annex")]));
        let annex = json!({
            "nhan": label,
            "tieu_de": inputs.words.sentence("annex-title", &[]),
            "kem_theo": belongs,
            "bang": tables,
        });
        self.values.insert("cac_phu_luc".to_owned(), json!([annex]));
    }
}

/// A text as runs: blanks are highlighted.
pub fn rich_text(text: &str) -> Value {
    let mut runs = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(cite::BLANK) {
        if !before.is_empty() {
            runs.push(json!({"text": before}));
        }
        runs.push(json!({"text": cite::BLANK, "highlight": "#ffff00"}));
        rest = after;
    }
    if !rest.is_empty() || runs.is_empty() {
        runs.push(json!({"text": rest}));
    }
    json!({"$richtext": runs})
}

fn roman(number: usize) -> String {
    u32::try_from(number).ok().and_then(crate::language::numeral::to_roman).unwrap_or_else(|| number.to_string())
}
