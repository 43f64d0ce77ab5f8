//! Time as a directive states it.

use serde::Serialize;

/// When something is due, happens, or goes on. Dates are ISO 8601 (`2021-11-10`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum When {
    /// Due before (`inclusive: false`, *trước ngày*) or on (*chậm nhất*, *hạn cuối*, *đến hết ngày*) a date.
    By {
        /// The last date named.
        date: String,
        /// Whether that date itself still counts.
        inclusive: bool,
    },
    /// On one day.
    On {
        /// That day.
        date: String,
    },
    /// A period; an open side is `None`.
    During {
        /// First day.
        start: Option<String>,
        /// Last day.
        end: Option<String>,
        /// The event that ends the period, in the words of the source, where no date is stated.
        #[serde(skip_serializing_if = "Option::is_none")]
        until: Option<String>,
    },
    /// Again and again, as an RFC 5545 recurrence rule.
    Recurring {
        /// The rule, without the `RRULE:` prefix.
        rrule: String,
        /// How the rule's date binds.
        mode: RecurringMode,
    },
    /// A length of time from (or, when negative, before) an event.
    Relative {
        /// ISO 8601 duration, e.g. `P5D`, `-P10D`.
        offset: String,
        /// Whether only working days count.
        working_days: bool,
        /// The event, in the words of the source.
        anchor: Option<String>,
    },
}

/// How the date of a recurring deadline binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RecurringMode {
    /// *trước ngày*: the date itself is too late.
    Before,
    /// *chậm nhất*, *muộn nhất*: on the date at the latest.
    By,
    /// On the date.
    On,
    /// At some time within each period.
    During,
}
