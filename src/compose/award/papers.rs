//! Values for the forms of decision, proposal, minutes and roll of honour.

use super::names::{name_in_list, post_and_unit};
use super::plan::{Counts, Decision, Line, Order, Plan};
use super::{BLANK, Context, cell, computed, given, profile};
use crate::compose::letterhead;
use crate::language::fold::fold;
use crate::language::numeral::to_roman;
use crate::language::numeral_words::{self, grouped};
use crate::model::{Awardee, Field, Origin, Roster, Subject, Traced, padded};
use crate::pack::{AwardRules, ListWords, Profile};
use crate::read::roster::whole;
use jiff::civil::Date;
use serde_json::{Value, json};

/// What the papers are made from.
#[derive(Debug, Clone, Copy)]
pub struct Basis<'b> {
    /// The list.
    pub roster: &'b Roster,
    /// The rules.
    pub rules: &'b AwardRules,
    /// Words of lists.
    pub words: &'b ListWords,
    /// The office.
    pub profile: &'b Profile,
    /// What is asked for beside the list.
    pub order: &'b Order,
}

/// Money as printed: `1.520.000`.
#[expect(clippy::cast_precision_loss, reason = "sums are far below 2^52")]
pub(super) fn money(value: i64) -> String {
    grouped(value as f64, 0)
}

/// Head and foot of a paper, which every form has.
pub(super) fn frame(context: &mut Context, basis: &Basis<'_>, first_recipient: Option<String>) {
    let Basis { profile: office, order, .. } = *basis;
    let (above, own) = match office.unit.header.split_last() {
        Some((own, above)) => (above.to_vec(), own.clone()),
        None => (Vec::new(), office.unit.name.to_uppercase()),
    };
    context.set("co_quan_cap_tren", above, profile("don-vi.dong-dau"));
    context.set("co_quan", own, profile("don-vi.dong-dau"));
    context.set("ky_hieu", office.unit.symbol.clone(), profile("don-vi.ky-hieu"));
    context.set("dia_danh", office.unit.place.clone(), profile("don-vi.dia-danh"));
    context.set("tham_quyen", office.issuer().to_uppercase(), profile("don-vi.ban-hanh"));
    context.set("tham_quyen_thuong", office.issuer(), profile("don-vi.ban-hanh"));
    let recipients = office.recipients.iter().map(|recipient| match &recipient.purpose {
        Some(purpose) => format!("{} ({purpose});", recipient.name),
        None => format!("{};", recipient.name),
    });
    let mut copies: Vec<String> =
        first_recipient.into_iter().map(|first| format!("{first};")).chain(recipients).collect();
    let file = office.lead_department().and_then(|department| department.short.clone());
    copies.push(match file {
        Some(short) if short != "VT" => format!("Lưu: VT, {short}."),
        _ => "Lưu: VT.".to_owned(),
    });
    context.set("noi_nhan", copies, profile("noi-nhan"));
    signature(context, basis);
    date(context, "", order.date);
}

fn signature(context: &mut Context, basis: &Basis<'_>) {
    let wanted = basis.order.signer.as_deref().map(fold);
    let mut signers = basis.profile.signers.iter().enumerate();
    let signer = match &wanted {
        Some(name) => signers.find(|(_, signer)| fold(&signer.name) == *name),
        None => signers.next(),
    };
    match signer {
        Some((at, signer)) => {
            context.set("quyen_han", signer.lines(), profile(&format!("nguoi-ky[{at}].quyen-han")));
            context.set("nguoi_ky", signer.name.clone(), profile(&format!("nguoi-ky[{at}].ho-ten")));
        }
        None => {
            context.set_or_open("quyen_han", None);
            context.switch("quyen_han", vec![BLANK]);
            context.set_or_open("nguoi_ky", None);
        }
    }
}

/// Day, month and year of the date line; open where no date was given.
fn date(context: &mut Context, prefix: &str, date: Option<Date>) {
    let Some(date) = date else {
        context.set_or_open(&format!("{prefix}ngay"), None);
        return;
    };
    for (name, value) in
        [("ngay", letterhead::day(date)), ("thang", letterhead::month(date)), ("nam", date.year().to_string())]
    {
        context.set(&format!("{prefix}{name}"), value, given("--date"));
    }
}

impl Basis<'_> {
    /// "02 tập thể, 03 cá nhân".
    pub(super) fn counts(&self, counts: &Counts) -> String {
        let parts = counts.of.iter().map(|(subject, count)| format!("{count:02} {}", self.words.kind_name(*subject)));
        parts.collect::<Vec<_>>().join(", ")
    }

    /// "các tập thể, cá nhân"; alone for one only: "tập thể".
    fn kinds(&self, counts: &Counts) -> String {
        let names: Vec<&str> = counts.of.keys().map(|subject| self.words.kind_name(*subject)).collect();
        if counts.all() > 1 { format!("các {}", names.join(", ")) } else { names.join(", ") }
    }

    fn awardee(&self, line: &Line) -> Option<&Awardee> {
        self.roster.awardees.get(line.row)
    }

    /// Where a count comes from: the rows that are counted.
    fn counted(&self, what: &str) -> Origin {
        let file = self.roster.awardees.first().and_then(Awardee::place).map(|place| place.file.clone());
        let inputs =
            file.map(|file| Origin::Row { file, sheet: None, row: 0, column: String::new(), text: what.to_owned() });
        computed("dem-dong", inputs.into_iter().collect())
    }

    fn common(&self, context: &mut Context, counts: &Counts) {
        context.set("so_luong", self.counts(counts), self.counted("so-luong"));
        context.set("doi_tuong", self.kinds(counts), self.counted("doi-tuong"));
        let achievement = self.order.achievement.clone().map(|text| (text, given("--for")));
        context.set_or_open("thanh_tich_chung", achievement);
    }

    fn department(&self) -> Option<(String, Origin)> {
        let departments = self.profile.departments.iter().enumerate();
        let of_awards = departments.clone().find(|(_, department)| {
            department
                .fields
                .iter()
                .any(|field| matches!(fold(field).as_str(), "khen thưởng" | "thi đua" | "thi đua, khen thưởng"))
        });
        let lead = self.profile.lead_department();
        let found = of_awards.or_else(|| departments.into_iter().find(|(_, department)| Some(*department) == lead));
        found.map(|(at, department)| (department.name.clone(), profile(&format!("bo-phan[{at}].ten"))))
    }

    fn bases(&self, context: &mut Context) {
        let mut lines = Vec::new();
        if let Some(day) = self.order.day {
            for basis in self.rules.bases_on(day) {
                let origin = Origin::Pack { file: "khen-thuong/quy-tac.toml".to_owned(), key: basis.symbol.clone() };
                let line = format!("Căn cứ {}", basis.name);
                context.entries.push(Traced { place: "can_cu".to_owned(), value: line.clone(), origin });
                lines.push(line);
            }
        } else {
            context.set_or_open("can_cu", None);
            lines.push(format!("Căn cứ {BLANK}"));
        }
        if self.order.day.is_none_or(|day| !self.rules.has_office_basis(day)) && self.order.bases.is_empty() {
            context.set_or_open("can_cu_cua_hoi", None);
            lines.push(format!("Căn cứ {BLANK}"));
        }
        for text in &self.order.bases {
            let starts = fold(text);
            let line = if starts.starts_with("căn cứ") || starts.starts_with("thực hiện") {
                text.clone()
            } else {
                format!("Căn cứ {text}")
            };
            let line = line.trim_end_matches([';', ',', '.', ' ']).to_owned();
            context.entries.push(Traced { place: "can_cu".to_owned(), value: line.clone(), origin: given("--basis") });
            lines.push(line);
        }
        context.switch("can_cu", lines);
    }

    fn proposal_reference(&self, context: &mut Context) {
        let order = self.order;
        context.set_or_open("to_trinh_don_vi", self.department());
        context.set_or_open("to_trinh_so", order.proposal_number.clone().map(|number| (number, given("--proposal"))));
        let date = order.proposal_date.map(|date| (letterhead::written(date), given("--proposal")));
        context.set_or_open("to_trinh_ngay", date);
    }

    /// A group of a list: label, heading of the column of names, rows.
    fn group(&self, context: &mut Context, at: usize, subject: Subject, lines: &[Line], form: &str) -> Value {
        let rows: Vec<Value> = lines.iter().filter_map(|line| self.row(context, line, form)).collect();
        json!({
            "la_ma": to_roman(u32::try_from(at + 1).unwrap_or(1)).unwrap_or_default(),
            "ten": self.words.kind_name(subject).to_uppercase(),
            "cot_ten": self.words.name_heading(subject),
            "cot_don_vi": self.words.unit_heading(subject),
            "hinh_thuc_hoa": form.to_uppercase(),
            "hang": rows,
        })
    }

    fn row(&self, context: &mut Context, line: &Line, form: &str) -> Option<Value> {
        let awardee = self.awardee(line)?;
        let (name, post) = (name_in_list(awardee), post_and_unit(awardee));
        let mut trace = |column: &str, value: &str, field: Field| {
            if let Some(said) = awardee.fields.get(&field) {
                let place = format!("danh_sach[{}].{column}", line.golden);
                context.entries.push(Traced { place, value: value.to_owned(), origin: cell(said) });
            }
        };
        trace("ten", &name, Field::Name);
        let post_field =
            [Field::PostUnit, Field::Post, Field::Unit].into_iter().find(|field| awardee.fields.contains_key(field));
        if let Some(field) = post_field {
            trace("chuc_vu_don_vi", &post, field);
        }
        let own = awardee.text(Field::Achievement).filter(|text| !text.is_empty());
        if let Some(text) = own {
            trace("thanh_tich", text, Field::Achievement);
        }
        let achievement = own.map(str::to_owned).or_else(|| self.order.achievement.clone());
        let sum = line.money.as_ref().map(|(money, _)| self::money(*money));
        if let (Some(sum), Some((_, origin))) = (&sum, &line.money) {
            let place = format!("danh_sach[{}].tien", line.golden);
            context.entries.push(Traced { place, value: sum.clone(), origin: origin.clone() });
        }
        let number = |field| awardee.text(field).and_then(whole);
        let votes = |field| number(field).map_or_else(|| BLANK.to_owned(), |votes| votes.to_string());
        let share = share_of(awardee).unwrap_or_else(|| BLANK.to_owned());
        Some(json!({
            "tt": line.number,
            "ten": name,
            "chuc_vu_don_vi": post,
            "thanh_tich": achievement.unwrap_or_else(|| BLANK.to_owned()),
            "tien": sum.unwrap_or_else(|| BLANK.to_owned()),
            "hinh_thuc": form,
            "dong_y": votes(Field::Agree),
            "khong": votes(Field::Disagree),
            "khong_hop_le": votes(Field::Invalid),
            "ty_le": share,
        }))
    }
}

/// Votes for, in per cent of the council, or of the votes where its size is not known.
fn share_of(awardee: &Awardee) -> Option<String> {
    let number = |field| awardee.text(field).and_then(whole);
    let agree = number(Field::Agree)?;
    let cast = agree + number(Field::Disagree).unwrap_or(0) + number(Field::Invalid).unwrap_or(0);
    let all = number(Field::Council).unwrap_or(cast);
    #[expect(clippy::cast_precision_loss, reason = "councils are small")]
    let share = (all > 0).then(|| agree as f64 * 100.0 / all as f64)?;
    Some(grouped(share, usize::from(share.fract() > 0.05)))
}

/// A decision with its list.
#[must_use]
pub fn decision(basis: &Basis<'_>, decision: &Decision) -> Context {
    let mut context = Context::default();
    let last = if decision.has_money { 3 } else { 2 };
    frame(&mut context, basis, Some(format!("Như Điều {last}")));
    let number = decision.number.map(|number| (padded(&number.to_string()), given("--number-from")));
    context.set_or_open("so", number);
    let form =
        Origin::Pack { file: "khen-thuong/quy-tac.toml".to_owned(), key: format!("hinh-thuc.{}", decision.form) };
    context.set("hinh_thuc", decision.form_name.clone(), form);
    basis.common(&mut context, &decision.counts);
    basis.bases(&mut context);
    basis.proposal_reference(&mut context);
    context.switch("co_tien", decision.has_money);
    context.switch("dieu_cuoi", last);
    if decision.has_money {
        sums(&mut context, basis, decision);
    }
    let implementers: Vec<&str> = basis.profile.departments.iter().map(|department| department.name.as_str()).collect();
    let implementers = (!implementers.is_empty()).then(|| (implementers.join(", "), profile("bo-phan")));
    context.set_or_open("thi_hanh", implementers);
    let subject = match &decision.unit {
        Some(unit) => format!("{} {unit} được tặng {}", capital(&basis.kinds(&decision.counts)), decision.form_name),
        None => format!("{} được tặng {}", capital(&basis.kinds(&decision.counts)), decision.form_name),
    };
    let unit = decision.groups.first().and_then(|(_, lines)| lines.first()).and_then(|line| basis.awardee(line));
    let inputs = unit.and_then(|awardee| awardee.fields.get(&Field::Unit)).map(cell).into_iter().collect();
    context.set("tieu_de_danh_sach", subject, computed("tieu-de", inputs));
    let groups: Vec<Value> = decision
        .groups
        .iter()
        .enumerate()
        .map(|(at, (subject, lines))| basis.group(&mut context, at, *subject, lines, &decision.form_name))
        .collect();
    context.switch("cac_nhom", groups);
    context
}

fn sums(context: &mut Context, basis: &Basis<'_>, decision: &Decision) {
    let rates: Vec<Value> = decision
        .groups
        .iter()
        .map(|(subject, lines)| {
            let amounts: Vec<Option<i64>> =
                lines.iter().map(|line| line.money.as_ref().map(|(money, _)| *money)).collect();
            let first = amounts.first().copied().flatten();
            let uniform = first.filter(|_| amounts.iter().all(|amount| *amount == first));
            uniform.map(|amount| json!({"doi_tuong": basis.words.kind_name(*subject), "so_tien": money(amount)}))
        })
        .collect::<Option<Vec<Value>>>()
        .unwrap_or_default();
    context.switch("muc_thuong", rates);
    let inputs = vec![basis.counted("muc-thuong")];
    let total = decision.counts.money;
    context.set_or_open("tong_tien", total.map(|total| (money(total), computed("tong", inputs.clone()))));
    let words = total.map(|total| (numeral_words::money(i128::from(total), "đồng"), computed("bang-chu", inputs)));
    context.set_or_open("tong_tien_chu", words);
    context.set_or_open("nguon", basis.order.fund.clone().map(|fund| (fund, given("--fund"))));
}

/// Forms of a plan, each once, in its order.
fn forms(plan: &Plan) -> String {
    let mut names: Vec<&str> = Vec::new();
    for decision in &plan.decisions {
        if !names.contains(&decision.form_name.as_str()) {
            names.push(&decision.form_name);
        }
    }
    names.join(", ")
}

/// All rows of a plan by kind, across its decisions, with the form of each.
fn all_groups(context: &mut Context, basis: &Basis<'_>, plan: &Plan) -> Vec<Value> {
    let mut groups = Vec::new();
    for subject in Subject::ALL {
        let mut rows = Vec::new();
        let mut golden = 0;
        for decision in &plan.decisions {
            for (_, lines) in decision.groups.iter().filter(|(kind, _)| *kind == subject) {
                for line in lines {
                    golden += 1;
                    let line = Line { number: golden, ..line.clone() };
                    rows.extend(basis.row(context, &line, &decision.form_name));
                }
            }
        }
        if !rows.is_empty() {
            let mut group = basis.group(context, groups.len(), subject, &[], "");
            if let Some(fields) = group.as_object_mut() {
                fields.insert("hang".to_owned(), Value::Array(rows));
            }
            groups.push(group);
        }
    }
    groups
}

fn whole_plan(basis: &Basis<'_>, plan: &Plan, first_recipient: Option<String>) -> Context {
    let mut context = Context::default();
    frame(&mut context, basis, first_recipient);
    basis.common(&mut context, &plan.counts);
    basis.bases(&mut context);
    let forms = forms(plan);
    let file = "khen-thuong/quy-tac.toml".to_owned();
    context.set("cac_hinh_thuc", forms, Origin::Pack { file, key: "hinh-thuc".to_owned() });
    context
}

/// The proposal (tờ trình) for all decisions.
#[must_use]
pub fn proposal(basis: &Basis<'_>, plan: &Plan) -> Context {
    let mut context = whole_plan(basis, plan, Some("Như trên".to_owned()));
    let order = basis.order;
    context.set_or_open("to_trinh_don_vi", basis.department());
    let number = order.proposal_number.as_deref().map(|number| number.split('/').next().unwrap_or(number).to_owned());
    context.set_or_open("to_trinh_so", number.map(|number| (number, given("--proposal"))));
    context.set("kinh_gui", basis.profile.issuer(), profile("don-vi.ban-hanh"));
    context.set_or_open("ngay_hop", None);
    for name in ["ngay", "thang", "nam"] {
        context.values.remove(name);
    }
    context
        .entries
        .retain(|entry| !matches!(entry.place.as_str(), "ngay" | "thang" | "nam" | "quyen_han" | "nguoi_ky"));
    date(&mut context, "", order.proposal_date);
    // The department proposes, its head signs; the profile does not name them.
    let head = basis.department().map_or_else(|| BLANK.to_owned(), |(name, _)| name.to_uppercase());
    context.switch("quyen_han", vec![head]);
    context.values.remove("nguoi_ky");
    context.set_or_open("nguoi_ky", None);
    let groups = all_groups(&mut context, basis, plan);
    context.switch("cac_nhom", groups);
    context
}

/// The minutes of the meeting (biên bản họp xét), with the table of votes.
#[must_use]
pub fn minutes(basis: &Basis<'_>, plan: &Plan) -> Context {
    let mut context = whole_plan(basis, plan, None);
    for name in ["ngay", "thang", "nam"] {
        context.values.remove(name);
    }
    for name in ["bat_dau", "ket_thuc", "ngay_hop", "dia_diem", "co_mat", "vang", "chu_tri", "thu_ky", "ket_luan"] {
        context.set_or_open(name, None);
    }
    let council = basis.roster.awardees.iter().find_map(|awardee| awardee.fields.get(&Field::Council));
    context.set_or_open("thanh_vien", council.map(|said| (said.text.clone(), cell(said))));
    let groups = all_groups(&mut context, basis, plan);
    context.switch("cac_nhom", groups);
    context
}

/// The roll of honour (bảng vàng), by decision and kind.
#[must_use]
pub fn roll(basis: &Basis<'_>, plan: &Plan) -> Context {
    let mut context = whole_plan(basis, plan, None);
    let mut merged: Vec<(String, Subject, Vec<Line>)> = Vec::new();
    for decision in &plan.decisions {
        for (subject, lines) in &decision.groups {
            match merged.iter_mut().find(|(form, kind, _)| *form == decision.form_name && kind == subject) {
                Some((.., all)) => all.extend(lines.iter().cloned()),
                None => merged.push((decision.form_name.clone(), *subject, lines.clone())),
            }
        }
    }
    let mut groups = Vec::new();
    for (form, subject, mut lines) in merged {
        for (at, line) in lines.iter_mut().enumerate() {
            line.number = at + 1;
        }
        groups.push(basis.group(&mut context, groups.len(), subject, &lines, &form));
    }
    context.switch("cac_nhom", groups);
    context.set("doi_tuong", capital(&basis.kinds(&plan.counts)), basis.counted("doi-tuong"));
    context
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
