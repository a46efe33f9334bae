//! What people were told: a message that is accepted here must be found in the database.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::mark::Mark;

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
    /// An officer's word that the answer needs longer.
    HoldingReply,
    /// What an officer asks the family for, to wait for it.
    Question,
}

impl Channel {
    pub(super) const ALL: [Self; 9] = [
        Self::Mailbox,
        Self::Pipe,
        Self::Both,
        Self::Form,
        Self::Call,
        Self::AnsweredCall,
        Self::Reply,
        Self::HoldingReply,
        Self::Question,
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
            Self::HoldingReply => "holding replies",
            Self::Question => "questions",
        }
    }

    /// The kind of its message where an officer writes it; nothing where a family does.
    pub(super) const fn written_as(self) -> Option<&'static str> {
        match self {
            Self::Reply => Some("reply"),
            Self::HoldingReply => Some("holding-reply"),
            Self::Question => Some("waiting-for-you"),
            _ => None,
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
    /// The SHA-256 of what is attached to it.
    pub(super) attached: Option<[u8; 32]>,
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
        let mark = Mark::number(pages.entries.len());
        pages.entries.push(Entry {
            mark,
            channel,
            about,
            accepted: false,
            reference: None,
            attached: None,
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

    /// Something is attached to it.
    pub(super) fn attach(&self, mark: Mark, sha256: [u8; 32]) {
        self.change(mark, |entry| entry.attached = Some(sha256));
    }

    fn change(&self, mark: Mark, change: impl FnOnce(&mut Entry)) {
        if let Some(entry) = self.pages().entries.get_mut(mark.as_number()) {
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
