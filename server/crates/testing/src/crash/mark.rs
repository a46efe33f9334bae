//! What tells one message from all others, and the mailbox of whoever wrote it.

use std::{fmt, str::FromStr};

/// A word that stands in one message alone, and in its sender's address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Mark(u32);

/// How a sender's mailbox takes our mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mailbox {
    /// As it should.
    Open,
    /// Not at all: there is none.
    Gone,
    /// The first mail, and no other.
    Full,
}

impl Mailbox {
    const fn domain(self) -> &'static str {
        match self {
            Self::Open => "example.net",
            Self::Gone => "gone.example.net",
            Self::Full => "full.example.net",
        }
    }

    /// The mailbox of this address.
    pub(super) fn of_address(address: &str) -> Self {
        let found = [Self::Gone, Self::Full]
            .into_iter()
            .find(|one| address.split_once('@').map(|(_, domain)| domain) == Some(one.domain()));
        found.unwrap_or(Self::Open)
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "mark-{:06}", self.0)
    }
}

impl FromStr for Mark {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.trim_start_matches("mark-").parse().map(Self)
    }
}

impl Mark {
    pub(super) fn number(number: usize) -> Self {
        Self(u32::try_from(number).unwrap_or(u32::MAX))
    }

    pub(super) const fn as_number(self) -> usize {
        self.0 as usize
    }

    /// Where its sender can be answered. Some cannot.
    pub(super) fn address(self) -> String {
        let mailbox = match self.0 % 16 {
            5 => Mailbox::Gone,
            11 => Mailbox::Full,
            _ => Mailbox::Open,
        };
        format!("{self}@{}", mailbox.domain())
    }

    /// Whose address this is.
    pub(super) fn of_address(address: &str) -> Option<Self> {
        let (name, domain) = address.split_once('@')?;
        if !domain.ends_with(Mailbox::Open.domain()) {
            return None;
        }
        name.parse().ok()
    }

    /// The first mark in a text.
    pub(super) fn in_text(text: &str) -> Option<Self> {
        let (_, after) = text.split_once("mark-")?;
        after.get(..6)?.parse().ok()
    }

    /// A telephone of its sender's own.
    pub(super) fn telephone(self) -> String {
        format!("01632 {:06}", self.0)
    }
}
