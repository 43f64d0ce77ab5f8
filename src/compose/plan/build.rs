//! Puts the plan together: which passage goes where, which tables stand in it.

mod organisation;

use super::adapt::{Lead, Voice, adapted};
use super::annex::{self, Labels};
use super::binding::{self, BoundQuota};
use super::passage::{Passage, Topic, passages};
use super::remarks::Remarks;
use super::role::{Position, Role};
use super::section::{Draft, Line, Look, Piece, Section, computed, pack, profile};
use super::text::{capital_first, one_line, point_letter, slice, small_first};
use super::{Inputs, Parent, allocation, cite};
use crate::language::fold::fold;
use crate::model::Origin;
use std::collections::BTreeSet;

/// A directive with what was made of it.
struct Read<'a> {
    parent: &'a Parent<'a>,
    voice: Voice<'a>,
    passages: Vec<Passage>,
}

/// Draws the plan.
pub fn draft(inputs: &Inputs) -> Draft {
    let positions: Vec<Position> = inputs
        .parents
        .iter()
        .map(|parent| Position::new(&parent.extraction.document, inputs.profile, inputs.knowledge, inputs.words))
        .collect();
    let mut remarks = Remarks::new(inputs);
    remarks.blanks();
    let mut reads = Vec::new();
    for (parent, position) in inputs.parents.iter().zip(&positions) {
        remarks.parent(parent, position);
        let voice = voice(inputs, parent, position);
        reads.push(Read { parent, voice, passages: passages(parent, position) });
    }
    let mut deadlines = Vec::new();
    let mut quotas: Vec<BoundQuota> = Vec::new();
    for (index, (read, position)) in reads.iter().zip(&positions).enumerate() {
        deadlines.extend(binding::deadlines(index, read.parent, position, &read.passages));
        for bound in binding::quotas(index, read.parent, position, &read.passages) {
            if !quotas.iter().any(|other| binding::same_quota(other.quota, bound.quota) && other.role == bound.role) {
                quotas.push(bound);
            }
        }
    }
    for (index, read) in reads.iter().enumerate() {
        let passages = read.passages.iter().filter(|passage| passage.role.binds()).map(|passage| passage.span.block);
        let dates = deadlines.iter().filter(|bound| bound.parent == index).map(|bound| bound.deadline.span.block);
        let numbers = quotas.iter().filter(|bound| bound.parent == index).map(|bound| bound.quota.span.block);
        remarks.left_out(read.parent, &passages.chain(dates).chain(numbers).collect());
    }
    let allocations = allocation::allocations(inputs, &quotas);
    let labels = Labels::new(inputs, !allocations.is_empty());
    let mut builder = Builder { inputs, reads: &reads, labels: &labels, said: Vec::new() };
    let mut sections = vec![
        builder.goal(),
        builder.frame(),
        builder.content(&quotas),
        builder.award(),
        builder.organisation(&deadlines),
    ];
    sections.retain(|section| !section.is_empty());
    for (bound, position) in quotas.iter().filter_map(|bound| Some((bound, positions.get(bound.parent)?))) {
        remarks.quota(bound, position, "chi_tieu");
    }
    for bound in &deadlines {
        remarks.deadline(bound, "thoi_gian");
    }
    for (at, allocation) in allocations.iter().enumerate() {
        remarks.allocation(allocation, &format!("phan_bo[{at}]"));
    }
    for line in sections.iter().flat_map(|section| &section.lines) {
        remarks.stale(&line.piece.text, "cac_phan", &line.piece.origin);
    }
    let forms = annex::forms(inputs, &labels, &deadlines);
    let subject = match inputs.parents.first() {
        Some(parent) => cite::subject(inputs, parent),
        None => Piece::new(cite::BLANK, computed("blank", vec![])),
    };
    let (opening, closing) = (builder.opening(), builder.closing(&subject));
    Draft { opening, closing, labels, subject, sections, allocations, forms, open: remarks.list }
}

fn voice<'a>(inputs: &Inputs<'a>, parent: &Parent<'a>, position: &'a Position<'a>) -> Voice<'a> {
    let info = &parent.extraction.document;
    let known =
        inputs.profile.primary_parent().filter(|body| inputs.profile.rank(&body.level) == Some(position.issuer));
    // Another organisation of the parent's level is another parent.
    let issuer = info.issuer.as_deref().map(fold);
    let known = known.filter(|body| {
        let mut names = std::iter::once(&body.name).chain(&body.aliases).map(|name| fold(name));
        issuer.as_ref().is_none_or(|issuer| names.any(|name| issuer.contains(&name)))
    });
    let by_profile = known.map(|body| body.aliases.last().unwrap_or(&body.name).clone());
    let by_paper = cite::issuer(info, parent.extraction, inputs.words).map(|issuer| cite::body_of(&issuer, inputs));
    let name = by_profile.or(by_paper).unwrap_or_else(|| cite::BLANK.to_owned());
    let unit = fold(inputs.profile.short_name());
    const AREAS: [&str; 8] = ["thị trấn", "thị xã", "thành phố", "đặc khu", "phường", "huyện", "quận", "xã"];
    let area = AREAS.iter().find(|area| super::role::contains_word(&unit, &fold(area))).unwrap_or(&"đơn vị");
    Voice { position, profile: inputs.profile, extraction: parent.extraction, parent: name, area: (*area).to_owned() }
}

struct Builder<'a> {
    inputs: &'a Inputs<'a>,
    reads: &'a [Read<'a>],
    labels: &'a Labels,
    /// Words and numbers of the lines so far, for saying nothing twice.
    said: Vec<BTreeSet<String>>,
}

impl Builder<'_> {
    fn sentence(&self, key: &str, slots: &[(&str, &str)]) -> String {
        self.inputs.words.sentence(key, slots)
    }

    fn below(&self) -> (String, Origin) {
        match &self.inputs.profile.below.name {
            Some(name) => (name.clone(), profile("cap-duoi.ten-chung")),
            None => (self.sentence("below", &[]), pack("sentences.below")),
        }
    }

    fn office(&self) -> (String, Origin) {
        let profile_data = self.inputs.profile;
        match (&profile_data.planning.reports_to, profile_data.lead_department()) {
            (Some(office), _) => (office.clone(), profile("ke-hoach.gui-ve")),
            (None, Some(department)) => {
                let text = format!("{} (qua {})", profile_data.short_name(), small_first(&department.name));
                (text, computed("office", vec![profile("don-vi.ten-ngan"), profile("bo-phan")]))
            }
            (None, None) => (profile_data.short_name().to_owned(), profile("don-vi.ten-ngan")),
        }
    }

    /// The one that is reported to.
    fn parent_name(&self) -> String {
        if let Some(parent) = self.inputs.profile.primary_parent() {
            return parent.aliases.last().unwrap_or(&parent.name).clone();
        }
        self.reads.first().map_or_else(|| cite::BLANK.to_owned(), |read| read.voice.parent.clone())
    }

    fn opening(&self) -> Vec<Piece> {
        let cited: Vec<Piece> = self.inputs.parents.iter().map(|parent| cite::citation(parent, self.inputs)).collect();
        let parents = cited.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join("; ");
        let issuer = self.inputs.profile.issuer();
        let text = self.sentence("opening", &[("parents", &parents), ("issuer", &issuer)]);
        let mut origins: Vec<Origin> = cited.into_iter().map(|piece| piece.origin).collect();
        origins.extend([profile("don-vi"), pack("sentences.opening")]);
        vec![Piece::new(text, computed("opening", origins))]
    }

    fn closing(&self, subject: &Piece) -> Piece {
        let (below, below_origin) = self.below();
        let issuer = self.inputs.profile.issuer();
        let small = small_first(&subject.text);
        let slots = [("subject", small.as_str()), ("issuer", &issuer), ("below", &small_first(&below))];
        let text = self.sentence("closing", &slots);
        Piece::new(
            text,
            computed(
                "closing",
                vec![subject.origin.clone(), below_origin, profile("don-vi"), pack("sentences.closing")],
            ),
        )
    }

    /// Whether a line was said before, in nearly the same words and the same numbers.
    fn is_new(&mut self, text: &str) -> bool {
        let words: BTreeSet<String> =
            fold(text).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect();
        let numbers = |set: &BTreeSet<String>| -> BTreeSet<String> {
            set.iter().filter(|w| w.starts_with(|c: char| c.is_ascii_digit())).cloned().collect()
        };
        let twice = words.len() >= 5
            && self.said.iter().any(|other| {
                let shared = words.intersection(other).count() * 100;
                let union = words.union(other).count().max(1);
                (shared / union >= 80 && numbers(&words) == numbers(other)) || words == *other
            });
        if !twice {
            self.said.push(words);
        }
        !twice
    }

    /// The passage as a line of the plan, adapted; nothing when nothing is left or it was said before.
    fn line(&mut self, read: &Read, passage: &Passage, lead: Lead) -> Option<Line> {
        let block = read.parent.document.blocks.get(passage.span.block as usize)?;
        if block.cell.is_some() && binding::is_bare(read.parent, block) {
            return None;
        }
        let text = adapted(&block.text, passage.span, &read.voice, lead)?;
        if is_only_actor(&block.text, passage) || !self.is_new(&text) {
            return None;
        }
        let source = read.parent.source(passage.span);
        let said = one_line(slice(&block.text, passage.span.start..passage.span.end));
        let origin = if said == text { source } else { computed("adapted", vec![source, profile("don-vi")]) };
        let mark = if passage.label.as_deref() == Some("+") { "+" } else { "-" };
        let mut text = format!("{mark} {text}");
        if text.ends_with(';') || text.ends_with(',') {
            text.pop();
        }
        if !text.ends_with(['.', ':', '!', '?', '…']) {
            text.push('.');
        }
        Some(Line { look: Look::Text, piece: Piece::new(text, origin) })
    }

    /// All lines of some topics, for some addressees.
    fn lines(&mut self, wanted: impl Fn(&Passage) -> bool, lead: Lead) -> Vec<Line> {
        let reads = self.reads;
        let mut out = Vec::new();
        for read in reads {
            for passage in read.passages.iter().filter(|passage| wanted(passage)) {
                out.extend(self.line(read, passage, lead));
            }
        }
        out
    }

    /// I. MỤC ĐÍCH, YÊU CẦU
    fn goal(&mut self) -> Section {
        let mut section = Section { title: "MỤC ĐÍCH, YÊU CẦU", ..Section::default() };
        let unit = self.inputs.profile.short_name().to_owned();
        let cited =
            self.inputs.parents.first().map(|parent| cite::short(parent, self.inputs.lexicon)).unwrap_or_default();
        for (number, topic, heading, key) in
            [(1, Topic::Purpose, "goal", "purpose"), (2, Topic::Requirement, "requirement-heading", "requirement")]
        {
            let title = self.sentence(heading, &[]);
            section.heading(format!("{number}. {title}"), pack("form"));
            let lines = self.lines(|p| p.topic == topic && p.role != Role::Other, Lead::Name);
            let none = lines.is_empty();
            section.lines.extend(lines);
            let fixed = self.sentence(key, &[("parent", &cited), ("unit", &unit)]);
            if none || topic == Topic::Requirement {
                let about = self.reads.first().and_then(|read| {
                    let spans = &read.parent.extraction.document.spans;
                    spans.get("number").map(|span| read.parent.source(*span))
                });
                let origins = about.into_iter().chain([pack(&format!("sentences.{key}")), profile("don-vi.ten-ngan")]);
                section.text(fixed, computed("fixed-sentence", origins.collect()));
            }
        }
        section
    }

    /// II. Names, addressees, time.
    fn frame(&mut self) -> Section {
        let mut section = Section { title: "TÊN GỌI, ĐỐI TƯỢNG, THỜI GIAN", ..Section::default() };
        let reads = self.reads;
        for (topic, words) in [
            (Topic::Name, ["tên gọi", "khẩu hiệu"]),
            (Topic::Subject, ["đối tượng", "phạm vi"]),
            (Topic::Time, ["thời gian", "thời hạn"]),
        ] {
            for read in reads {
                for passage in read.passages.iter().filter(|p| p.topic == topic && p.role != Role::Other) {
                    if topic != Topic::Time && passage.role == Role::Parent {
                        continue;
                    }
                    let Some(mut line) = self.line(read, passage, Lead::Name) else { continue };
                    self.label(read, passage, &words, &mut line);
                    section.lines.push(line);
                }
            }
        }
        section
    }

    /// Puts the heading's words in front where the line does not say itself what it is about.
    fn label(&self, read: &Read, passage: &Passage, words: &[&str], line: &mut Line) {
        let text = line.piece.text.trim_start_matches(['-', '+', ' ']).to_owned();
        let opening: String = text.chars().take(40).collect();
        if words.iter().any(|word| fold(&opening).contains(&fold(word))) {
            return;
        }
        let mut at = read.parent.structure.parents.get(passage.span.block as usize).copied().flatten();
        while let Some(id) = at {
            let Some(block) = read.parent.document.blocks.get(id as usize) else { return };
            let title = block.text.trim().trim_end_matches([':', '.']).to_owned();
            if words.iter().any(|word| fold(&title).contains(&fold(word))) && title.chars().count() <= 60 {
                let short = if title.chars().all(|c| !c.is_lowercase()) { return } else { title };
                line.piece.text = format!("- {short}: {text}");
                let span = crate::model::Span { block: id, start: 0, end: super::text::length(&block.text) };
                let heading = read.parent.source(span);
                line.piece.origin = computed("labelled", vec![heading, line.piece.origin.clone()]);
                return;
            }
            at = read.parent.structure.parents.get(id as usize).copied().flatten();
        }
    }

    /// III. NỘI DUNG, CHỈ TIÊU
    fn content(&mut self, quotas: &[BoundQuota]) -> Section {
        let mut section = Section { title: "NỘI DUNG, CHỈ TIÊU", ..Section::default() };
        let lines = self.content_lines();
        let has_content = !lines.is_empty();
        if has_content {
            section.heading(format!("1. {}", self.sentence("content", &[])), pack("form"));
            section.lines.extend(lines);
        }
        let mut rows: Vec<[Piece; 3]> = Vec::new();
        let mut stated: Vec<(usize, u32, String)> = Vec::new();
        for bound in quotas {
            let Some(row) = self.target(bound) else { continue };
            // A row may state several numbers of one sentence: none of them takes a row again.
            let said = fold(&one_line(&bound.quota.text));
            let place = (bound.parent, bound.quota.span.block);
            let again = stated
                .iter()
                .any(|(parent, block, text)| (*parent, *block) == place && super::role::contains_word(text, &said));
            if again || rows.iter().any(|[what, who, _]| what.text == row[0].text && who.text == row[1].text) {
                continue;
            }
            stated.push((place.0, place.1, fold(&row[0].text)));
            rows.push(row);
        }
        if !rows.is_empty() {
            let number = if has_content { 2 } else { 1 };
            section.heading(format!("{number}. {}", self.sentence("target", &[])), pack("form"));
            section.targets = rows;
        }
        section
    }

    fn content_lines(&mut self) -> Vec<Line> {
        let reads = self.reads;
        let mut out = Vec::new();
        let mut points = 0;
        for read in reads {
            let mut heading = None;
            for passage in read.passages.iter().filter(|passage| is_content(passage)) {
                let Some(line) = self.line(read, passage, Lead::Name) else { continue };
                if passage.heading != heading {
                    heading = passage.heading;
                    if let Some(line) = heading.and_then(|id| self.point(read, id, &mut points)) {
                        out.push(line);
                    }
                }
                out.push(line);
            }
        }
        out
    }

    /// A heading of the directive as a point of the plan.
    fn point(&self, read: &Read, block: u32, points: &mut usize) -> Option<Line> {
        let text = &read.parent.document.blocks.get(block as usize)?.text;
        let span = crate::model::Span { block, start: 0, end: super::text::length(text) };
        let title = adapted(text, span, &read.voice, Lead::Name)?;
        let title = if title.chars().any(char::is_lowercase) { title } else { capital_first(&title.to_lowercase()) };
        *points += 1;
        let text = format!("{}) {}", point_letter(*points), title.trim_end_matches(['.', ':', ';']));
        let origin = computed("adapted", vec![read.parent.source(span)]);
        Some(Line { look: Look::Subheading, piece: Piece::new(text, origin) })
    }

    /// A row of the table of numbers.
    fn target(&self, bound: &BoundQuota) -> Option<[Piece; 3]> {
        let read = self.reads.get(bound.parent)?;
        let block = read.parent.document.blocks.get(bound.quota.span.block as usize)?;
        let quota = bound.quota;
        let mut span = binding::segment(&block.text, quota.span, self.inputs.knowledge);
        let said = one_line(slice(&block.text, quota.span.start..quota.span.end));
        let text = adapted(&block.text, span, &read.voice, Lead::Drop)
            .filter(|text| text.contains(&said) && text.chars().count() <= said.chars().count() + 160);
        let text = text.unwrap_or_else(|| {
            span = quota.span;
            said
        });
        // A cell holds the number; what it counts stands in the head of the table.
        let text = if text.chars().any(char::is_alphabetic) { text } else { binding::in_words(quota) };
        let what = Piece::new(
            capital_first(&text),
            computed("target", vec![read.parent.source(quota.span), read.parent.source(span)]),
        );
        let who = self.who(bound.role);
        let section = block.section.as_deref().map(|section| format!(", mục {section}")).unwrap_or_default();
        let source = format!("{}{section}", cite::short(read.parent, self.inputs.lexicon));
        Some([what, who, Piece::new(source, computed("place", vec![read.parent.source(quota.span)]))])
    }

    fn block_text<'r>(&self, read: &'r Read, span: crate::model::Span) -> &'r str {
        read.parent.document.blocks.get(span.block as usize).map_or("", |block| block.text.as_str())
    }

    /// Who carries out what an item asks.
    fn who(&self, role: Role) -> Piece {
        let own = self.inputs.profile.short_name().to_owned();
        let (below, below_origin) = self.below();
        match role {
            Role::Own => Piece::new(own, profile("don-vi.ten-ngan")),
            Role::Below => Piece::new(below, below_origin),
            _ => Piece::new(
                format!("{own}; {}", small_first(&below)),
                computed("everybody", vec![profile("don-vi.ten-ngan"), below_origin]),
            ),
        }
    }

    /// IV. KHEN THƯỞNG, KINH PHÍ
    fn award(&mut self) -> Section {
        let mut section = Section { title: "KHEN THƯỞNG, KINH PHÍ", ..Section::default() };
        let reads = self.reads;
        let mut lines = Vec::new();
        for read in reads {
            let position = read.voice.position;
            for passage in read.passages.iter().filter(|passage| passage.topic == Topic::Award) {
                let by_department = passage.actor.as_ref().is_some_and(|actor| position.is_department(&actor.text));
                if by_department || passage.role == Role::Other {
                    continue;
                }
                lines.extend(self.line(read, passage, Lead::Name));
            }
        }
        if lines.is_empty() {
            section.title = "KINH PHÍ THỰC HIỆN";
        } else {
            section.heading(format!("1. {}", self.sentence("award", &[])), pack("form"));
            section.lines.extend(lines);
            section.heading(format!("2. {}", self.sentence("budget-heading", &[])), pack("form"));
        }
        let budget = self.lines(|p| p.topic == Topic::Budget && p.role.binds(), Lead::Name);
        section.lines.extend(budget);
        match &self.inputs.profile.planning.budget {
            Some(budget) => section.text(budget.clone(), profile("ke-hoach.kinh-phi")),
            None => section.text(self.sentence("budget", &[]), pack("sentences.budget")),
        }
        section
    }
}

fn is_content(passage: &Passage) -> bool {
    let topic = matches!(passage.topic, Topic::Content | Topic::Target);
    topic && passage.role.binds() && !(passage.inherited && passage.role != Role::Everyone)
}

/// `- Cấp cơ sở, đơn vị:` introduces what follows and says nothing itself.
fn is_only_actor(text: &str, passage: &Passage) -> bool {
    passage.actor.as_ref().is_some_and(|actor| {
        let rest = slice(text, actor.range.end..passage.span.end);
        rest.chars().filter(|c| c.is_alphabetic()).count() < 3
    })
}
