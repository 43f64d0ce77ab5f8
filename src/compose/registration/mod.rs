//! Registrations (*đăng ký công trình, phần việc; đăng ký thi đua*): forms for the units below, and what comes back.
//!
//! ```text
//!  document ──grid──▶ tables ──columns──▶ which column is which ──rows──▶ items ┐
//!           ──lines──▶ unit, date, total, signature ────────────────────────────┴──▶ Returned
//! ```

pub mod ask;
pub mod cell;
mod check;
mod columns;
pub mod fill;
mod grid;
mod lines;
mod people;
mod read;
mod rollup;
mod rows;
pub mod summary;
mod task;
mod units;

pub use check::{FormFinding, check, is_letter};
pub use people::members;
pub use read::{FormReader, Item, KnownBy, Returned, Stated, Unread, UnreadKind};
pub use rollup::{Collected, Failure, UnitRow, UnitState};
pub use task::{Due, Member, Task, UnitTask};
pub use units::{UnitName, Units};
