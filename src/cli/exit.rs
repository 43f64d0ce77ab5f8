//! Exit codes. Their meaning never changes.

/// How a run ended. When several apply, the one that stands first in [`Exit::rank`] counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Everything was processed.
    Done = 0,
    /// Everything was processed; there are findings at or above `--fail-on`.
    Findings = 1,
    /// Wrong usage or configuration; nothing was processed.
    Usage = 2,
    /// Some inputs could not be processed; the others were.
    Partial = 3,
    /// Nothing to do: no input matched.
    Nothing = 4,
    /// An output could not be written.
    Output = 5,
    /// A fault of this program.
    Fault = 70,
    /// Stopped by the user.
    Interrupted = 130,
}

impl Exit {
    /// The graver of two endings.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        if other.rank() < self.rank() { other } else { self }
    }

    fn rank(self) -> u8 {
        match self {
            Self::Interrupted => 0,
            Self::Fault => 1,
            Self::Output => 2,
            Self::Usage => 3,
            Self::Partial => 4,
            Self::Findings => 5,
            Self::Nothing => 6,
            Self::Done => 7,
        }
    }
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::Exit;

    #[test]
    fn the_graver_ending_counts_in_either_order() {
        for (graver, other) in [
            (Exit::Interrupted, Exit::Fault),
            (Exit::Fault, Exit::Output),
            (Exit::Output, Exit::Partial),
            (Exit::Partial, Exit::Findings),
            (Exit::Findings, Exit::Done),
        ] {
            assert_eq!(graver.and(other), graver);
            assert_eq!(other.and(graver), graver);
        }
    }
}
