//! What was found, as groups of entries for people: the table and the HTML page show the same ones.

use super::quotes::Quotes;
use super::{View, sentences};
use crate::Reading;
use crate::model::{
    Citation, Contact, ContactKind, Criterion, CriterionSubject, Deadline, DeadlineKind, Document, DocumentInfo,
    Finding, Frequency, Level, Named, Quota, QuotaKind, Role, Severity, Span,
};

/// A kind of thing that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// What the document rests on.
    Basis,
    /// What is due when.
    Deadlines,
    /// Numbers to reach.
    Quotas,
    /// Who does what.
    Assignments,
    /// Conditions of an award.
    Criteria,
    /// What is promised to be enclosed.
    Attachments,
    /// Other documents that are mentioned.
    Mentions,
    /// Names and contacts.
    Names,
    /// What needs a look.
    Diagnostics,
}

impl Group {
    /// All groups in the order in which people read them.
    pub const ALL: [Self; 9] = [
        Self::Basis,
        Self::Deadlines,
        Self::Quotas,
        Self::Assignments,
        Self::Criteria,
        Self::Attachments,
        Self::Diagnostics,
        Self::Mentions,
        Self::Names,
    ];

    /// Key of the group in the text catalogues and in the page.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Basis => "basis",
            Self::Deadlines => "deadlines",
            Self::Quotas => "quotas",
            Self::Assignments => "assignments",
            Self::Criteria => "criteria",
            Self::Attachments => "attachments",
            Self::Mentions => "mentions",
            Self::Names => "names",
            Self::Diagnostics => "diagnostics",
        }
    }
}

/// One thing that was found, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What kind of thing.
    pub group: Group,
    /// The short part: a time, an amount, a number of a document.
    pub head: String,
    /// The sentence.
    pub body: String,
    /// What else is known, as label and value.
    pub details: Vec<(String, String)>,
    /// Its places; none for a finding about the whole document.
    pub spans: Vec<Span>,
    /// The first place in words.
    pub place: String,
    /// Severity of a finding.
    pub severity: Option<Severity>,
}

/// Everything that was found, group by group, in reading order within a group.
#[must_use]
pub fn entries(reading: &Reading, view: &View) -> Vec<Entry> {
    let Reading { document, extraction } = reading;
    let maker = Maker { view, document, quotes: Quotes::new(document) };
    let mut entries: Vec<Entry> = Vec::new();
    entries.extend(extraction.citations.iter().map(|item| maker.citation(item)));
    entries.extend(extraction.deadlines.iter().map(|item| maker.deadline(item)));
    entries.extend(extraction.quotas.iter().map(|item| maker.quota(item)));
    entries.extend(extraction.assignments.iter().map(|item| {
        let level = ("level", view.text(&format!("report.level.{}", level_key(item.level))));
        maker.entry(Group::Assignments, item.actor.clone(), &item.task, &[item.span], vec![level])
    }));
    entries.extend(extraction.criteria.iter().map(|item| maker.criterion(item)));
    entries.extend(
        extraction
            .attachments
            .iter()
            .map(|item| maker.entry(Group::Attachments, String::new(), &item.text, &[item.span], vec![])),
    );
    let names = &extraction.entities;
    for (key, list) in [
        ("movements", &names.movements),
        ("campaigns", &names.campaigns),
        ("programmes", &names.programmes),
        ("awards", &names.awards),
        ("organizations", &names.organizations),
        ("persons", &names.persons),
        ("places", &names.places),
    ] {
        entries.extend(list.iter().map(|item| maker.name(key, item)));
    }
    entries.extend(names.contacts.iter().map(|item| maker.contact(item)));
    entries.extend(extraction.diagnostics.iter().map(|item| maker.finding(item)));
    entries
}

struct Maker<'a> {
    view: &'a View<'a>,
    document: &'a Document,
    quotes: Quotes<'a>,
}

impl Maker<'_> {
    fn entry(
        &self,
        group: Group,
        head: String,
        body: &str,
        spans: &[Span],
        details: Vec<(&'static str, String)>,
    ) -> Entry {
        let label = |(key, value): (&str, String)| (self.view.text(&format!("report.label.{key}")), value);
        Entry {
            group,
            head,
            body: body.split_whitespace().collect::<Vec<_>>().join(" "),
            details: details.into_iter().filter(|(_, value)| !value.is_empty()).map(label).collect(),
            spans: spans.to_vec(),
            place: spans.first().map(|span| self.view.place(self.document, *span)).unwrap_or_default(),
            severity: None,
        }
    }

    fn citation(&self, item: &Citation) -> Entry {
        let group = if item.role == Role::Basis { Group::Basis } else { Group::Mentions };
        let head = match &item.code {
            Some(code) => code.clone(),
            None => self.view.type_name(&item.kind),
        };
        let mut details = vec![
            ("kind", if item.code.is_some() { self.view.type_name(&item.kind) } else { String::new() }),
            ("date", item.date.as_deref().map(|date| self.view.date(date)).unwrap_or_default()),
            ("issuer", item.issuer.clone().unwrap_or_default()),
            ("subject", item.subject.clone().unwrap_or_default()),
            ("pinpoint", item.pinpoint.clone().unwrap_or_default()),
            ("inferred", if item.repeat { self.view.text("report.label.repeat") } else { String::new() }),
        ];
        self.explain(&mut details, &item.by, item.span);
        self.entry(group, head, &item.text, &[item.span], details)
    }

    fn deadline(&self, item: &Deadline) -> Entry {
        let body = what(&self.quotes, item);
        let kind = match item.kind {
            DeadlineKind::Other => String::new(),
            kind => self.view.text(&format!("report.deadline-kind.{}", deadline_key(kind))),
        };
        let mut details = vec![
            ("kind", kind),
            ("actor", item.actor.clone().unwrap_or_default()),
            ("recipient", item.recipient.clone().unwrap_or_default()),
            ("exception", item.exception.clone().unwrap_or_default()),
            ("quote", item.text.clone()),
            ("inferred", if item.inferred { self.view.text("report.inferred") } else { String::new() }),
        ];
        self.explain(&mut details, &item.by, item.span);
        self.entry(Group::Deadlines, self.view.when(&item.when), &body, &[item.span], details)
    }

    fn quota(&self, item: &Quota) -> Entry {
        let mut details = vec![
            ("kind", self.view.text(&format!("report.quota-kind.{}", quota_key(item.kind)))),
            ("actor", item.actor.clone().unwrap_or_default()),
            ("per", item.per.clone().unwrap_or_default()),
            ("frequency", item.frequency.map(|f| self.view.text(frequency_key(f))).unwrap_or_default()),
            ("exception", item.exception.clone().unwrap_or_default()),
        ];
        self.explain(&mut details, &item.by, item.span);
        let body = self.quotes.sentence(item.span);
        self.entry(Group::Quotas, self.view.amount(item), &body, &[item.span], details)
    }

    fn criterion(&self, item: &Criterion) -> Entry {
        let subject = match item.subject {
            CriterionSubject::Collective => "collective",
            CriterionSubject::Individual => "individual",
            CriterionSubject::Household => "household",
        };
        let head = self.view.text(&format!("report.subject.{subject}"));
        self.entry(Group::Criteria, head, &item.text, &[item.span], vec![])
    }

    fn name(&self, key: &str, item: &Named) -> Entry {
        self.entry(Group::Names, self.view.text(&format!("report.name.{key}")), &item.name, &item.spans, vec![])
    }

    fn contact(&self, item: &Contact) -> Entry {
        let kind = match item.kind {
            ContactKind::Email => "email",
            ContactKind::Phone => "phone",
            ContactKind::Url => "url",
        };
        let head = self.view.text(&format!("report.contact.{kind}"));
        self.entry(Group::Names, head, &item.value, &[item.span], vec![])
    }

    fn finding(&self, item: &Finding) -> Entry {
        let words = sentences::finding(self.view.texts, item);
        let spans: Vec<Span> = item.span.iter().chain(&item.related).copied().collect();
        let head = format!("{} {}", self.view.text(severity_key(item.severity)), item.code);
        let details = vec![("reason", words.reason.unwrap_or_default()), ("remedy", words.remedy.unwrap_or_default())];
        let entry = self.entry(Group::Diagnostics, head, &words.message, &spans, details);
        Entry { severity: Some(item.severity), ..entry }
    }

    fn explain(&self, details: &mut Vec<(&'static str, String)>, by: &str, span: Span) {
        if self.view.explain {
            details.push(("by", by.to_owned()));
            details.push(("span", format!("{}:{}-{}", span.block, span.start, span.end)));
        }
    }
}

impl View<'_> {
    /// Name of a document type with a capital, the code itself when it is not known.
    #[must_use]
    pub fn type_name(&self, code: &str) -> String {
        let Some(doc_type) = self.lexicon.doc_type(code) else { return code.to_owned() };
        let mut letters = doc_type.name.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
    }

    /// What a document is called: `Kế hoạch số 53/KH-BTV ngày 28/07/2017`.
    #[must_use]
    pub fn title(&self, info: &DocumentInfo) -> String {
        let kind = info.kind.as_deref().map_or_else(|| self.text("report.no-title"), |code| self.type_name(code));
        let number = number(info).map(|number| self.texts.get("report.title.number", &[("number", &number)]));
        let date = info.date.as_deref().map(|date| self.texts.get("report.title.date", &[("date", &self.date(date))]));
        [Some(kind), number, date].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// What has to be done, in words: the action, or the sentence where none beyond the deadline's own words was found.
#[must_use]
pub fn what(quotes: &Quotes, item: &Deadline) -> String {
    let action = item.action.as_ref().filter(|action| **action != item.text);
    action.cloned().unwrap_or_else(|| quotes.sentence(item.span))
}

/// Number and symbol as they are printed: `53/KH-BTV`, `05-CT/TW`.
#[must_use]
pub fn number(info: &DocumentInfo) -> Option<String> {
    match (&info.number, &info.symbol) {
        (Some(number), Some(symbol)) if symbol.contains('/') => Some(format!("{number}-{symbol}")),
        (Some(number), Some(symbol)) => Some(format!("{number}/{symbol}")),
        (None, Some(symbol)) => Some(format!("…/{symbol}")),
        (Some(number), None) => Some(number.clone()),
        (None, None) => None,
    }
}

/// Key of a deadline's kind in the text catalogues.
#[must_use]
pub fn deadline_key(kind: DeadlineKind) -> &'static str {
    match kind {
        DeadlineKind::Registration => "registration",
        DeadlineKind::Report => "report",
        DeadlineKind::Submission => "submission",
        DeadlineKind::Review => "review",
        DeadlineKind::Implementation => "implementation",
        DeadlineKind::Event => "event",
        DeadlineKind::Other => "other",
    }
}

/// Key of a quota's kind in the text catalogues.
#[must_use]
pub fn quota_key(kind: QuotaKind) -> &'static str {
    match kind {
        QuotaKind::Target => "target",
        QuotaKind::Nomination => "nomination",
        QuotaKind::Award => "award",
        QuotaKind::Threshold => "threshold",
    }
}

/// Key of a level in the text catalogues.
#[must_use]
pub fn level_key(level: Level) -> &'static str {
    match level {
        Level::Central => "central",
        Level::Province => "province",
        Level::District => "district",
        Level::Commune => "commune",
        Level::Chapter => "chapter",
        Level::Department => "department",
        Level::Other => "other",
    }
}

/// Whole key of a frequency's words.
#[must_use]
pub fn frequency_key(frequency: Frequency) -> &'static str {
    match frequency {
        Frequency::Daily => "report.rhythm.daily",
        Frequency::Weekly => "report.rhythm.weekly",
        Frequency::Monthly => "report.rhythm.monthly",
        Frequency::Quarterly => "report.rhythm.quarterly",
        Frequency::Yearly => "report.rhythm.yearly",
    }
}

/// Whole key of a severity's words.
#[must_use]
pub fn severity_key(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "report.severity.error",
        Severity::Warning => "report.severity.warning",
        Severity::Info => "report.severity.info",
    }
}
