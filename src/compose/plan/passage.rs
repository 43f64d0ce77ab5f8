//! What a directive says, passage by passage: under which topic, to whom.

use super::Parent;
use super::role::{Position, Role, contains_word, starts_with_word};
use super::text::{clauses, length, overlap, slice, trimmed};
use crate::extract::mention::{Anatomy, Mention, anatomy};
use crate::language::fold::fold;
use crate::model::{Block, BlockKind, QuotaKind, Span};
use crate::structure::Zone;
use std::ops::Range;

/// What a passage is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// Mục đích.
    Purpose,
    /// Yêu cầu.
    Requirement,
    /// Tên gọi, khẩu hiệu.
    Name,
    /// Đối tượng, phạm vi.
    Subject,
    /// Thời gian.
    Time,
    /// Nội dung, nhiệm vụ.
    Content,
    /// Chỉ tiêu.
    Target,
    /// Tiêu chuẩn, hình thức, hồ sơ khen thưởng.
    Award,
    /// Kinh phí.
    Budget,
    /// Tổ chức thực hiện.
    Organisation,
    /// Báo cáo.
    Report,
}

const TOPICS: [(&str, Topic); 11] = [
    ("purpose", Topic::Purpose),
    ("requirement", Topic::Requirement),
    ("name", Topic::Name),
    ("subject", Topic::Subject),
    ("time", Topic::Time),
    ("award", Topic::Award),
    ("budget", Topic::Budget),
    ("organisation", Topic::Organisation),
    ("report", Topic::Report),
    ("target", Topic::Target),
    ("content", Topic::Content),
];

/// Neighbouring clauses of one block that are addressed to the same.
#[derive(Debug, Clone)]
pub struct Passage {
    /// Place in the directive.
    pub span: Span,
    /// Label of the block when the passage opens it (`-`, `+`, `a)`).
    pub label: Option<String>,
    /// Topic.
    pub topic: Topic,
    /// To whom.
    pub role: Role,
    /// The one named at its beginning; characters of the block.
    pub actor: Option<Mention>,
    /// Nearest heading that says more than the topic: its block.
    pub heading: Option<u32>,
    /// The actor comes from a heading or a list entry above.
    pub inherited: bool,
}

/// All passages of a directive, in reading order.
pub fn passages(parent: &Parent, position: &Position) -> Vec<Passage> {
    let mut reader = Reader { parent, position, contexts: vec![None; parent.document.blocks.len()] };
    let mut out = Vec::new();
    let blocks = &parent.document.blocks;
    for block in blocks.iter().filter(|block| is_content(parent, block)) {
        reader.block(block, &mut out);
    }
    out
}

/// Whether a block is running text of the directive: no heading alone, no closing, no head or foot.
fn is_content(parent: &Parent, block: &Block) -> bool {
    let zone = parent.structure.zones.get(block.id as usize).copied();
    zone == Some(Zone::Body)
        && !is_closing(&block.text)
        && !is_bare_heading(parent, block)
        && (block.cell.is_none() || has_duty(parent, block))
}

/// Cells of a table are taken up where they ask for something; the rest of a table is looked up in the directive.
fn has_duty(parent: &Parent, block: &Block) -> bool {
    let here = |span: &Span| span.block == block.id;
    let extraction = parent.extraction;
    // The first row names the columns.
    if block.cell.is_some_and(|cell| cell.row == 0) {
        return false;
    }
    extraction.deadlines.iter().any(|d| here(&d.span))
        || extraction.quotas.iter().any(|q| here(&q.span) && q.kind != QuotaKind::Award)
        || extraction.assignments.iter().any(|a| here(&a.span))
}

/// `Trên đây là …`
pub fn is_closing(text: &str) -> bool {
    starts_with_word(&fold(text.trim_start()), "trên đây là")
}

/// A heading holds no text of its own, unless something was found in it or it goes on behind a colon.
fn is_bare_heading(parent: &Parent, block: &Block) -> bool {
    if block.kind != BlockKind::Heading {
        return false;
    }
    let here = |span: &Span| span.block == block.id;
    let extraction = parent.extraction;
    let governs = parent.structure.parents.contains(&Some(block.id));
    let holds = extraction.deadlines.iter().any(|d| here(&d.span))
        || extraction.quotas.iter().any(|q| here(&q.span))
        || !governs && extraction.assignments.iter().any(|a| here(&a.span));
    let goes_on = block.text.split_once(':').is_some_and(|(_, rest)| rest.trim().chars().count() > 3);
    !holds && !goes_on
}

struct Reader<'p> {
    parent: &'p Parent<'p>,
    position: &'p Position<'p>,
    /// Role that a block hands down to the blocks below it, once it was looked at; `None` inside when it names nobody.
    contexts: Vec<Option<Option<Role>>>,
}

impl Reader<'_> {
    fn block(&mut self, block: &Block, out: &mut Vec<Passage>) {
        let anatomy = anatomy(&block.text, self.position.knowledge);
        let context = self.context(block.id);
        let topic = self.topic(block);
        let heading = self.heading(block.id);
        let mut current: Option<Passage> = None;
        let mut first = true;
        for sentence in sentences(&block.text, &anatomy) {
            let mut before: Option<Role> = None;
            for clause in clauses(&block.text, sentence) {
                let clause = trimmed(&block.text, clause);
                if clause.is_empty() {
                    continue;
                }
                let actor = leading(&block.text, &clause, &anatomy, self.position);
                let named = actor.as_ref().map(|actor| self.named(&actor.text, context));
                let mut role = named.or(before).or(context).unwrap_or(Role::Everyone);
                if self.is_about_reaching(block, &clause) {
                    role = Role::Parent;
                }
                before = named.or(before);
                match &mut current {
                    Some(passage) if passage.role == role && (named.is_none() || role != Role::Own) => {
                        passage.span.end = clause.end;
                    }
                    _ => {
                        out.extend(current.take());
                        current = Some(Passage {
                            span: Span { block: block.id, start: clause.start, end: clause.end },
                            label: if first { block.label.clone() } else { None },
                            topic,
                            role,
                            inherited: named.is_none() && context.is_some(),
                            actor,
                            heading,
                        });
                    }
                }
                first = false;
            }
        }
        out.extend(current);
    }

    /// What an actor is; a body that could be anybody's belongs to the parent below a heading that names the parent.
    fn named(&self, actor: &str, context: Option<Role>) -> Role {
        let role = self.position.role(actor);
        let folded = fold(actor);
        let is_body = self.position.words.actors.departments.iter().any(|word| starts_with_word(&folded, word));
        if role == Role::Everyone && context == Some(Role::Parent) && is_body { Role::Parent } else { role }
    }

    /// *Mọi thông tin xin liên hệ Ban Tuyên giáo, điện thoại …* is of use to nobody below.
    fn is_about_reaching(&self, block: &Block, clause: &Range<u32>) -> bool {
        let folded = fold(slice(&block.text, clause.clone()));
        let contacts = &self.position.words.contacts;
        let reaches = contacts.sentence.iter().any(|word| contains_word(&folded, word));
        let told = self.parent.extraction.entities.contacts.iter().any(|contact| {
            contact.span.block == block.id && contact.span.start < clause.end && clause.start < contact.span.end
        });
        let near = told || contacts.lead.iter().any(|word| contains_word(&folded, word));
        reaches && (near || folded.contains(&fold("xin liên hệ")) || folded.contains(&fold("vui lòng liên hệ")))
            || told && folded.split_whitespace().count() <= 12
    }

    /// The role of the nearest block above that names somebody.
    fn context(&mut self, block: u32) -> Option<Role> {
        let mut at = self.parent.structure.parents.get(block as usize).copied().flatten();
        let mut steps = 0;
        while let Some(above) = at {
            if let Some(role) = self.handed_down(above) {
                return Some(role);
            }
            at = self.parent.structure.parents.get(above as usize).copied().flatten();
            steps += 1;
            if steps > 32 {
                break;
            }
        }
        None
    }

    fn handed_down(&mut self, id: u32) -> Option<Role> {
        if let Some(Some(known)) = self.contexts.get(id as usize) {
            return *known;
        }
        let block = self.parent.document.blocks.get(id as usize)?;
        let anatomy = anatomy(&block.text, self.position.knowledge);
        let whole = 0..length(&block.text);
        let is_heading = block.kind == BlockKind::Heading;
        let introduces = is_heading || block.text.trim_end().ends_with(':');
        let actor = if introduces { leading(&block.text, &whole, &anatomy, self.position) } else { None };
        let role = actor.map(|actor| self.position.role(&actor.text));
        // *Trách nhiệm của Hội LHPN huyện* names its actor further in.
        let role = role.or_else(|| {
            let folded = fold(&block.text);
            let responsible =
                is_heading && ["trách nhiệm", "nhiệm vụ của", "đối với"].iter().any(|w| folded.starts_with(&fold(w)));
            anatomy.mentions.first().filter(|_| responsible).map(|actor| self.position.role(&actor.text))
        });
        if let Some(slot) = self.contexts.get_mut(id as usize) {
            *slot = Some(role);
        }
        role
    }

    /// The topic of the nearest heading that announces one; the words before a colon (*Thời gian: …*) say it closer.
    fn topic(&self, block: &Block) -> Topic {
        let above = self.topic_above(block);
        if !matches!(above, Topic::Award | Topic::Purpose | Topic::Requirement)
            && let Some((label, _)) = block.text.split_once(':')
            && label.chars().count() <= 60
            && let Some((0..=12, topic)) = self.announced(label)
            && !matches!(topic, Topic::Content | Topic::Organisation)
        {
            return topic;
        }
        above
    }

    fn topic_above(&self, block: &Block) -> Topic {
        let mut at = self.parent.structure.parents.get(block.id as usize).copied().flatten();
        for _ in 0..32 {
            let Some(heading) = at.and_then(|id| self.parent.document.blocks.get(id as usize)) else { break };
            if heading.kind == BlockKind::Heading
                && let Some((_, topic)) = self.announced(&heading.text)
            {
                return topic;
            }
            at = self.parent.structure.parents.get(heading.id as usize).copied().flatten();
        }
        Topic::Content
    }

    /// The topic that a heading announces first, and at which byte. *TÊN GỌI, THỜI GIAN, NỘI DUNG* is about the content
    /// where no lower heading says more; *hình thức khen thưởng* is about awards.
    fn announced(&self, heading: &str) -> Option<(usize, Topic)> {
        let folded = fold(heading);
        let mut found: Vec<(usize, Topic)> = Vec::new();
        for (key, topic) in TOPICS {
            for word in self.position.words.topics.get(key).into_iter().flatten() {
                if contains_word(&folded, word)
                    && let Some(at) = folded.find(word.as_str())
                {
                    found.push((at, topic));
                }
            }
        }
        found.sort_unstable();
        let frame = |topic: Topic| matches!(topic, Topic::Name | Topic::Subject | Topic::Time);
        let content = found.iter().copied().find(|(_, topic)| matches!(topic, Topic::Content | Topic::Target));
        match (found.iter().copied().find(|(_, topic)| *topic != Topic::Content), content) {
            (Some((_, topic)), Some(content)) if frame(topic) => Some(content),
            (Some(other), _) => Some(other),
            (None, content) => content,
        }
    }

    /// The nearest heading above that says more than its topic.
    fn heading(&self, block: u32) -> Option<u32> {
        let above = self.parent.structure.parents.get(block as usize).copied().flatten()?;
        let mut at = Some(above);
        while let Some(id) = at {
            let heading = self.parent.document.blocks.get(id as usize)?;
            if heading.kind == BlockKind::Heading {
                let title = fold(heading.text.trim().trim_end_matches([':', '.', ' ']));
                let bare = self.position.words.bare.headings.contains(&title);
                let top = heading.label.as_deref().is_some_and(|l| l.starts_with(['I', 'V', 'X']));
                return (!bare && !top).then_some(id);
            }
            at = self.parent.structure.parents.get(id as usize).copied().flatten();
        }
        None
    }
}

/// Sentences as ranges that meet: what separates two of them belongs to the first.
fn sentences(text: &str, anatomy: &Anatomy) -> Vec<Range<u32>> {
    let mut starts: Vec<u32> = anatomy.sentences.iter().map(|sentence| sentence.start).collect();
    if let Some(first) = starts.first_mut() {
        *first = 0;
    } else {
        starts.push(0);
    }
    // A mark or a bracket that opens a sentence belongs to it.
    for start in starts.iter_mut().skip(1) {
        while *start > 0 && matches!(slice(text, *start - 1..*start), "“" | "\"" | "(" | "‘") {
            *start -= 1;
        }
    }
    let end = length(text);
    let ends = starts.iter().skip(1).copied().chain([end]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).filter(|range| !range.is_empty()).collect()
}

/// The actor at the beginning of a clause: behind words of address, a rhythm or a condition that a comma ends, at most.
pub(crate) fn leading(text: &str, clause: &Range<u32>, anatomy: &Anatomy, position: &Position) -> Option<Mention> {
    let mention = anatomy.mentions.iter().find(|m| m.range.start >= clause.start && m.range.end <= clause.end)?;
    let before = fold(slice(text, clause.start..mention.range.start));
    let before = before.trim().trim_matches(|c: char| !c.is_alphanumeric() && c != ',' && c != ':');
    let address = &position.words.actors.address;
    let addressed = before.is_empty()
        || before.ends_with([',', ':'])
        || address.iter().any(|word| before == word.as_str() || before.ends_with(&format!(", {word}")));
    let acts = mention.subject
        || mention.range.end == clause.end
        || slice(text, mention.range.end..clause.end).trim_start().starts_with(':');
    (addressed && (acts || before.is_empty()) && !mention.receiver).then(|| mention.clone())
}

/// Whether a span lies (mostly) in a passage.
pub fn holds(passage: &Passage, span: &Span) -> bool {
    passage.span.block == span.block
        && overlap(&(passage.span.start..passage.span.end), &(span.start..span.end.max(span.start + 1)))
}
