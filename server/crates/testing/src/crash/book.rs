//! What people were told: a message that is accepted here must be found in the database.

use std::{
    fmt,
    str::FromStr,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// A word that stands in one message alone, and in its sender's address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Mark(u32);

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
    /// Where its sender can be answered.
    pub(super) fn address(self) -> String {
        format!("{self}@example.net")
    }

    /// Whose address this is.
    pub(super) fn of_address(address: &str) -> Option<Self> {
        address.strip_suffix("@example.net")?.parse().ok()
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

/// The ways in, and the way out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Channel {
    Mailbox,
    Pipe,
    /// The same mail by the mailbox and by the pipe.
    Both,
    Form,
    Call,
    /// A call that was answered while it lasted.
    AnsweredCall,
    Reply,
}

impl Channel {
    pub(super) const ALL: [Self; 7] = [
        Self::Mailbox,
        Self::Pipe,
        Self::Both,
        Self::Form,
        Self::Call,
        Self::AnsweredCall,
        Self::Reply,
    ];

    pub(super) const fn plural(self) -> &'static str {
        match self {
            Self::Mailbox => "mails in the mailbox",
            Self::Pipe => "mails by pipe",
            Self::Both => "mails by both",
            Self::Form => "forms",
            Self::Call => "calls",
            Self::AnsweredCall => "answered calls",
            Self::Reply => "officers' replies",
        }
    }
}

/// One message, and what its sender was told.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) mark: Mark,
    pub(super) channel: Channel,
    /// The message whose enquiry it is about, where it does not open one of its own.
    pub(super) about: Option<Mark>,
    /// Whether its sender may rely on it.
    pub(super) accepted: bool,
    /// The reference that its sender was told at once.
    pub(super) reference: Option<String>,
}

#[derive(Debug, Default)]
struct Pages {
    entries: Vec<Entry>,
    appended: usize,
    audits: usize,
    complaints: Vec<String>,
}

/// All of it, written by everybody at once.
#[derive(Debug, Default)]
pub(super) struct Book(Mutex<Pages>);

impl Book {
    /// Somebody begins to send a message.
    pub(super) fn begin(&self, channel: Channel, about: Option<Mark>) -> Mark {
        let mut pages = self.pages();
        let mark = Mark(u32::try_from(pages.entries.len()).unwrap_or(u32::MAX));
        pages.entries.push(Entry {
            mark,
            channel,
            about,
            accepted: false,
            reference: None,
        });
        mark
    }

    /// They were told that it came.
    pub(super) fn accept(&self, mark: Mark) {
        self.change(mark, |entry| entry.accepted = true);
    }

    /// They were told a reference.
    pub(super) fn refer(&self, mark: Mark, reference: &str) {
        self.change(mark, |entry| entry.reference = Some(reference.to_owned()));
    }

    fn change(&self, mark: Mark, change: impl FnOnce(&mut Entry)) {
        if let Some(entry) = self.pages().entries.get_mut(mark.0 as usize) {
            change(entry);
        }
    }

    /// One more message lies in the mailbox.
    pub(super) fn appended(&self) {
        self.pages().appended += 1;
    }

    /// How many messages lie in the mailbox.
    pub(super) fn in_mailbox(&self) -> usize {
        self.pages().appended
    }

    /// An audit found everything in order.
    pub(super) fn audited(&self) {
        self.pages().audits += 1;
    }

    /// How many did.
    pub(super) fn audits(&self) -> usize {
        self.pages().audits
    }

    /// Something came that should not have.
    pub(super) fn complain(&self, words: String) {
        self.pages().complaints.push(words);
    }

    pub(super) fn complaints(&self) -> Vec<String> {
        self.pages().complaints.clone()
    }

    pub(super) fn entries(&self) -> Vec<Entry> {
        self.pages().entries.clone()
    }

    fn pages(&self) -> MutexGuard<'_, Pages> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
