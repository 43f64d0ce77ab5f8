//! The vocabulary that every room shares: documents, spans, what was extracted, findings. Data only, no I/O.

mod award;
mod check;
mod document;
mod error;
mod extraction;
mod finding;
mod trace;
mod unit;
mod when;

pub use award::{
    AwardFinding, Awardee, Declared, DeclaredKind, Field, IssuedAward, IssuedDecision, ListPlace, PastAward, Roster,
    Said, Subject, UnitQuota, padded,
};
pub use check::{About, BatchReport, CheckReport, Failure, FormUsed, Noted, Place, Verdict};
pub use document::{Block, BlockKind, CellRef, Document, Format, Hints, Part, Source, Span};
pub use error::InputError;
pub use extraction::{
    Assignment, Attachment, Citation, Contact, ContactKind, Criterion, CriterionSubject, Deadline, DeadlineKind,
    DocumentInfo, Entities, Extraction, Frequency, Level, Named, OutlineNode, Quota, QuotaKind, QuotaOp, Recipient,
    Role, Signature, Unit,
};
pub use finding::{Args, Elsewhere, Finding, Fix, Look, Severity};
pub use trace::{Open, Origin, Trace, Traced, TracedSource};
pub use unit::{Fixed, SubUnit};
pub use when::{RecurringMode, When};
