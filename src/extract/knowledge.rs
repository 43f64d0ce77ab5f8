//! The knowledge of a pack, compiled once: one vocabulary, one grammar per pass, word lists as cues.

use super::grammar::{Class, Grammar, Names, Slot};
use super::names;
use super::phrases::Phrases;
use crate::language::numeral::Numeral;
use crate::language::token::{self, Sym, Token, Vocabulary};
use crate::model::QuotaOp;
use crate::pack::{DocType, NumeralWord, Pack, PackError, TimeEntry};
use std::sync::Mutex;

/// How a pattern of deadlines is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    Before,
    By,
    During,
    Range,
    From,
    Until,
    Event,
    Rhythm,
    After,
    Ahead,
    /// A week of a month.
    Week,
    /// A day behind the words of its occasion.
    Feast,
}

#[derive(Debug, Clone)]
pub(super) struct DeadlineRule {
    pub id: String,
    pub read: Reading,
    pub bare: bool,
    pub every: Option<Rhythm>,
    pub working_only: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Comparator {
    pub id: String,
    pub op: QuotaOp,
    pub after: bool,
}

/// How often something comes round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rhythm {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// Unit of a length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LengthUnit {
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// What the phrases of a word list say; one cue grammar finds all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cue(pub(super) u16);

/// A set of cues; lists of a higher number than it has room for share its last place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct CueSet(u64);

impl CueSet {
    fn bit(cue: Cue) -> u64 {
        1 << cue.0.min(63)
    }

    pub fn add(&mut self, cue: Cue) {
        self.0 |= Self::bit(cue);
    }

    pub fn add_all(&mut self, other: Self) {
        self.0 |= other.0;
    }

    pub fn holds(self, cue: Cue) -> bool {
        self.0 & Self::bit(cue) != 0
    }
}

/// Classes of things that passes hand on to each other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Classes {
    /// Digits or a numeral up to 99.
    pub n: Class,
    /// One or two digits, zero too.
    pub two: Class,
    /// A number of any size.
    pub num: Class,
    /// Four digits that can be a year.
    pub y: Class,
    /// Two digits that can be a year.
    pub yy: Class,
    /// Number of a quarter.
    pub q: Class,
    /// Any point or period of time with a calendar place.
    pub t: Class,
    pub every: Class,
    pub clock: Class,
    pub weekday: Class,
    pub length: Class,
    /// `năm sau`.
    pub next: Class,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Slots {
    pub d: Slot,
    pub d2: Slot,
    pub m: Slot,
    pub m2: Slot,
    pub y: Slot,
    pub q: Slot,
    pub q2: Slot,
    pub k: Slot,
    pub when: Slot,
    pub start: Slot,
    pub end: Slot,
    pub every: Slot,
    pub next: Slot,
    pub length: Slot,
    pub weekday: Slot,
}

/// Names of the word lists that the code asks for.
macro_rules! word_lists {
    ($($name:ident),* $(,)?) => {
        #[derive(Debug, Clone, Copy)]
        pub(super) struct Lists { $(pub $name: Cue,)* }
        impl Lists {
            const NAMES: &'static [&'static str] = &[$(stringify!($name)),*];
            fn new() -> Self {
                let mut next = 0_u16;
                $(let $name = Cue(next); next += 1;)*
                let _ = next;
                Self { $($name,)* }
            }
        }
    };
}

word_lists!(
    registration,
    report,
    submission,
    review,
    event,
    implementation,
    choose,
    award,
    award_name,
    number_noun,
    countable,
    weak_unit,
    never_unit,
    unit_stop,
    verb,
    modal,
    actor_head,
    actor_part,
    level_central,
    level_province,
    level_district,
    level_commune,
    level_chapter,
    level_department,
    committee,
    past,
    time_label,
    criteria_heading,
    collective,
    individual,
    household,
    movement,
    campaign,
    programme,
    attachment,
    attachment_thing,
    notice,
    compound,
    actor_object,
    actor_unit,
    subject_opener,
    law_end,
    not_cited,
    strive,
    goal,
    measure,
    money,
    occasion,
    agreement,
    prize,
    chosen,
    honoured,
    to_be_given,
    to_be_proposed,
    falling,
    per_noun,
    possessive,
    complement_after,
    receiver_after,
    address,
    made_on,
    anniversary,
    received,
    history_heading,
    scale_heading,
    commendation,
    target_heading,
    aim_heading,
    cutoff,
    served,
    asking,
    unit_heading,
    uncounted_heading,
    count_heading,
    doer_heading,
    topic_heading,
);

/// Everything that extraction knows.
#[derive(Debug)]
pub struct Knowledge {
    pub(super) vocabulary: Vocabulary,
    pub(super) classes: Classes,
    pub(super) slots: Slots,
    pub(super) time: Grammar,
    pub(super) time_rules: Vec<TimeEntry>,
    /// Class of each time rule's result.
    pub(super) time_class: Vec<Class>,
    pub(super) deadline: Grammar,
    pub(super) deadline_rules: Vec<DeadlineRule>,
    pub(super) comparator: Grammar,
    pub(super) comparators: Vec<Comparator>,
    pub(super) phrases: Phrases,
    pub(super) lists: Lists,
    /// Numerals by the number of their word.
    numerals: Vec<Option<Numeral>>,
    pub(super) doc_types: Vec<DocType>,
    /// Types by their names and aliases.
    pub(super) type_names: Phrases,
    pub(super) words: Words,
    /// For each word, whether a name of a person or a place may begin with it.
    name_openers: Vec<bool>,
    /// Words met in earlier texts, one memory for each thread that is reading.
    met: Mutex<Vec<token::Words>>,
}

/// Single words that the code asks for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words {
    pub so: Sym,
    pub ngay: Sym,
    pub nam: Sym,
    pub thang: Sym,
    pub cua: Sym,
    pub moi: Sym,
    pub tung: Sym,
    pub cac: Sym,
    pub va: Sym,
    pub hoac: Sym,
    pub phan: Sym,
    pub tram: Sym,
    pub rieng: Sym,
    pub dieu: Sym,
    pub khoan: Sym,
    pub diem: Sym,
    pub ve: Sym,
    pub viec: Sym,
    pub hanh: Sym,
    pub dinh: Sym,
    pub ky: Sym,
    pub can: Sym,
    pub cu: Sym,
    pub thuc: Sym,
    pub hien: Sym,
    pub theo: Sym,
    pub de: Sym,
    pub nghi: Sym,
    pub tai: Sym,
    pub voi: Sym,
}

impl Knowledge {
    /// Compiles a pack.
    ///
    /// # Errors
    /// The first faulty entry, by file and id.
    pub fn compile(pack: &Pack) -> Result<Self, PackError> {
        let mut vocabulary = Vocabulary::default();
        let mut names = Names::default();
        let classes = Classes {
            n: names.intern("n"),
            two: names.intern("two"),
            num: names.intern("num"),
            y: names.intern("y"),
            yy: names.intern("yy"),
            q: names.intern("q"),
            t: names.intern("t"),
            every: names.intern("every"),
            clock: names.intern("clock"),
            weekday: names.intern("weekday"),
            length: names.intern("length"),
            next: names.intern("next"),
        };
        let slots = Slots {
            d: names.intern("d"),
            d2: names.intern("d2"),
            m: names.intern("m"),
            m2: names.intern("m2"),
            y: classes.y,
            q: classes.q,
            q2: names.intern("q2"),
            k: names.intern("k"),
            when: names.intern("when"),
            start: names.intern("start"),
            end: names.intern("end"),
            every: classes.every,
            next: classes.next,
            length: classes.length,
            weekday: classes.weekday,
        };

        let mut time = Grammar::default();
        let mut time_class = Vec::new();
        for entry in &pack.patterns.time {
            add(&mut time, "base/patterns/time.toml", &entry.id, &entry.when, &mut vocabulary, &mut names)?;
            time_class.push(names.intern(&entry.is));
        }
        let mut deadline = Grammar::default();
        let mut deadline_rules = Vec::new();
        let file = "base/patterns/deadlines.toml";
        for entry in &pack.patterns.deadlines {
            add(&mut deadline, file, &entry.id, &entry.when, &mut vocabulary, &mut names)?;
            let unknown = |what: &str| PackError::invalid(file, format!("{}: unknown `{what}`", entry.id));
            deadline_rules.push(DeadlineRule {
                id: entry.id.clone(),
                read: reading(&entry.read).ok_or_else(|| unknown(&entry.read))?,
                bare: entry.bare,
                every: match &entry.every {
                    Some(name) => Some(rhythm(name).ok_or_else(|| unknown(name))?),
                    None => None,
                },
                working_only: entry.only.as_deref() == Some("working"),
            });
        }
        let mut comparator = Grammar::default();
        let mut comparators = Vec::new();
        let file = "base/patterns/quotas.toml";
        for entry in &pack.patterns.comparators {
            add(&mut comparator, file, &entry.id, &entry.when, &mut vocabulary, &mut names)?;
            let op = quota_op(&entry.op)
                .ok_or_else(|| PackError::invalid(file, format!("{}: unknown `{}`", entry.id, entry.op)))?;
            comparators.push(Comparator { id: entry.id.clone(), op, after: entry.after });
        }

        let lists = Lists::new();
        let mut phrases = Phrases::default();
        for (index, name) in (0..).zip(Lists::NAMES) {
            let list = pack.patterns.words.get(*name).ok_or_else(|| {
                PackError::invalid("base/lexicon/words.toml", format!("the list `{name}` is missing"))
            })?;
            for phrase in list {
                phrases.add(&symbols(phrase, &mut vocabulary), Cue(index));
            }
        }
        let mut type_names = Phrases::default();
        for (index, doc_type) in (0..).zip(&pack.lexicon.doc_types) {
            for name in std::iter::once(&doc_type.name).chain(&doc_type.aliases) {
                type_names.add(&symbols(name, &mut vocabulary), Cue(index));
            }
        }
        let numeral_words: Vec<(Sym, Numeral)> = pack
            .patterns
            .numerals
            .iter()
            .map(|(word, value)| {
                let numeral = match *value {
                    NumeralWord::Digit(digit) => Numeral::Digit(digit),
                    NumeralWord::Scale(scale) => Numeral::Scale(scale),
                    NumeralWord::Filler => Numeral::Filler,
                };
                (vocabulary.intern(word), numeral)
            })
            .collect();
        let words = words(&mut vocabulary);
        let mut numerals = vec![None; vocabulary.size()];
        for (word, numeral) in numeral_words {
            if let Some(slot) = numerals.get_mut(word.index()) {
                *slot = Some(numeral);
            }
        }
        let openers: Vec<Sym> = names::OPENERS.iter().map(|word| vocabulary.intern(word)).collect();
        let mut name_openers = vec![false; vocabulary.size()];
        for word in openers {
            if let Some(slot) = name_openers.get_mut(word.index()) {
                *slot = true;
            }
        }
        phrases.finish(&vocabulary);
        type_names.finish(&vocabulary);
        for grammar in [&mut time, &mut deadline, &mut comparator] {
            grammar.finish(&vocabulary);
        }
        Ok(Self {
            vocabulary,
            classes,
            slots,
            time,
            time_rules: pack.patterns.time.clone(),
            time_class,
            deadline,
            deadline_rules,
            comparator,
            comparators,
            phrases,
            lists,
            numerals,
            doc_types: pack.lexicon.doc_types.clone(),
            type_names,
            words,
            name_openers,
            met: Mutex::default(),
        })
    }

    /// Cuts a text into tokens, in the place of those of another one.
    pub(super) fn tokenize(&self, tokens: &mut Vec<Token>, text: &str) {
        let mut words = self.met.lock().ok().and_then(|mut met| met.pop()).unwrap_or_default();
        words.tokenize_into(tokens, text, &self.vocabulary);
        if let Ok(mut met) = self.met.lock() {
            met.push(words);
        }
    }

    /// Whether a name of a person or a place may begin with a word.
    pub(super) fn opens_name(&self, word: Sym) -> bool {
        self.name_openers.get(word.index()).copied().unwrap_or_default()
    }

    /// The numeral that a word is.
    pub(super) fn numeral(&self, word: Sym) -> Option<Numeral> {
        self.numerals.get(word.index()).copied().flatten()
    }

    /// The document type behind a cue of [`Knowledge::type_names`].
    pub(super) fn doc_type(&self, cue: Cue) -> Option<&DocType> {
        self.doc_types.get(usize::from(cue.0))
    }
}

fn add(
    grammar: &mut Grammar,
    file: &str,
    id: &str,
    when: &str,
    vocabulary: &mut Vocabulary,
    names: &mut Names,
) -> Result<(), PackError> {
    grammar.add(when, vocabulary, names).map_err(|reason| PackError::invalid(file, format!("{id}: {reason}")))?;
    Ok(())
}

/// The words of a phrase, with marks left out (phrases of the word lists hold none that matter).
fn symbols(phrase: &str, vocabulary: &mut Vocabulary) -> Vec<Sym> {
    phrase
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| vocabulary.intern(word))
        .collect()
}

fn reading(name: &str) -> Option<Reading> {
    Some(match name {
        "before" => Reading::Before,
        "by" => Reading::By,
        "during" => Reading::During,
        "range" => Reading::Range,
        "from" => Reading::From,
        "until" => Reading::Until,
        "event" => Reading::Event,
        "rhythm" => Reading::Rhythm,
        "after" => Reading::After,
        "ahead" => Reading::Ahead,
        "week" => Reading::Week,
        "feast" => Reading::Feast,
        _ => return None,
    })
}

pub(super) fn rhythm(name: &str) -> Option<Rhythm> {
    Some(match name {
        "day" => Rhythm::Day,
        "week" => Rhythm::Week,
        "month" => Rhythm::Month,
        "quarter" => Rhythm::Quarter,
        "year" => Rhythm::Year,
        _ => return None,
    })
}

fn quota_op(sign: &str) -> Option<QuotaOp> {
    Some(match sign {
        ">=" => QuotaOp::AtLeast,
        ">" => QuotaOp::MoreThan,
        "=" => QuotaOp::Exactly,
        "<" => QuotaOp::LessThan,
        "<=" => QuotaOp::AtMost,
        _ => return None,
    })
}

fn words(vocabulary: &mut Vocabulary) -> Words {
    let mut word = |w: &str| vocabulary.intern(w);
    Words {
        so: word("số"),
        ngay: word("ngày"),
        nam: word("năm"),
        thang: word("tháng"),
        cua: word("của"),
        moi: word("mỗi"),
        tung: word("từng"),
        cac: word("các"),
        va: word("và"),
        hoac: word("hoặc"),
        phan: word("phần"),
        tram: word("trăm"),
        rieng: word("riêng"),
        dieu: word("điều"),
        khoan: word("khoản"),
        diem: word("điểm"),
        ve: word("về"),
        viec: word("việc"),
        hanh: word("hành"),
        dinh: word("định"),
        ky: word("kỳ"),
        can: word("căn"),
        cu: word("cứ"),
        thuc: word("thực"),
        hien: word("hiện"),
        theo: word("theo"),
        de: word("đề"),
        nghi: word("nghị"),
        tai: word("tại"),
        voi: word("với"),
    }
}
