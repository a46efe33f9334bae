//! An enquiry and the four states it can be in.
//!
//! An open enquiry is in exactly one of: a promise running to a date, a dated pause, or answered
//! with the date on which it will close. What happened is an [`Event`]; [`Enquiry::apply`] says
//! what follows from it or why it cannot be. Nothing else changes an enquiry's state.
//!
//! Start with [`Event`], then read `transitions.rs` from top to bottom: one function an event.

mod event;
#[cfg(test)]
mod tests;
mod transitions;

use jiff::Timestamp;
use jiff::civil::Date;

pub use self::event::{Applied, Change, Event, Refused, Rules};
use crate::codes::CorrespondentKind;
pub use crate::codes::{Channel, Direction, EndReason, MessageKind, StateKind};
use crate::ids::{AccountId, CorrespondentId, EnquiryId, PromiseId};
use crate::keys::{DistrictKey, TeamKey, TopicKey};
use crate::promise::Promise;
use crate::reference::Reference;

/// Something a person asks us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enquiry {
    /// Its id, known only inside.
    pub id: EnquiryId,
    /// Its public name.
    pub reference: Reference,
    /// What it is about.
    pub topic: TopicKey,
    /// Where the child lives, when known.
    pub district: Option<DistrictKey>,
    /// Whose queue it stands in.
    pub team: TeamKey,
    /// The officer who has it, if one has.
    pub officer: Option<AccountId>,
    /// Who asked.
    pub correspondent: CorrespondentId,
    /// As what they asked: their record says it, and a kind may have a promise of its own.
    pub asked_by: CorrespondentKind,
    /// How the first message came.
    pub channel: Channel,
    /// Where it stands.
    pub state: State,
    /// The promise that runs or, when none does, the last one.
    pub promise: Option<Promise>,
    /// How many chasers came since that promise began.
    pub chasers: u32,
    /// When the first message came.
    pub received_at: Timestamp,
    /// The store's optimistic lock: carried through unchanged here, raised by the store when it
    /// saves.
    pub revision: i64,
}

/// Where an enquiry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// A promise is running.
    Promised,
    /// Waiting for somebody else, but not for ever. The promise stays open; its date does not
    /// count.
    Paused {
        /// The day on which the pause ends by itself.
        until: Date,
    },
    /// A person answered. A new message starts a new promise; without one it closes.
    Answered {
        /// When.
        at: Timestamp,
        /// The day on which it will close.
        closes_on: Date,
    },
    /// Closed. A new message opens it again.
    Closed {
        /// When.
        at: Timestamp,
        /// How it came to that.
        reason: CloseReason,
    },
}

impl State {
    /// Which of the four states it is.
    #[must_use]
    pub const fn kind(&self) -> StateKind {
        match self {
            Self::Promised => StateKind::Promised,
            Self::Paused { .. } => StateKind::Paused,
            Self::Answered { .. } => StateKind::Answered,
            Self::Closed { .. } => StateKind::Closed,
        }
    }
}

/// How an enquiry came to be closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CloseReason {
    /// It was answered and nothing more came.
    Answered,
    /// A person ended its promise without an answer.
    Ended(EndReason),
}

/// What is known of an enquiry when its first message comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEnquiry {
    /// Its id.
    pub id: EnquiryId,
    /// Its public name.
    pub reference: Reference,
    /// What it is about.
    pub topic: TopicKey,
    /// Where the child lives, when known.
    pub district: Option<DistrictKey>,
    /// Whose queue it goes to.
    pub team: TeamKey,
    /// Who asks.
    pub correspondent: CorrespondentId,
    /// As what they ask.
    pub asked_by: CorrespondentKind,
    /// How the message came.
    pub channel: Channel,
    /// When it was received.
    pub received_at: Timestamp,
    /// The id of the promise that begins with it.
    pub promise_id: PromiseId,
}

impl Enquiry {
    /// Opens an enquiry: its first promise begins at once.
    #[must_use]
    pub fn opened(new: NewEnquiry, rules: &Rules) -> Applied {
        let promise = Promise::started(
            new.promise_id,
            new.id,
            new.received_at,
            rules.promise,
            rules.time(),
        );
        Applied {
            enquiry: Self {
                id: new.id,
                reference: new.reference,
                topic: new.topic,
                district: new.district,
                team: new.team,
                officer: None,
                correspondent: new.correspondent,
                asked_by: new.asked_by,
                channel: new.channel,
                state: State::Promised,
                promise: Some(promise),
                chasers: 0,
                received_at: new.received_at,
                revision: 0,
            },
            changes: vec![Change::PromiseStarted],
        }
    }

    /// The promise that runs, paused or not.
    #[must_use]
    pub fn running_promise(&self) -> Option<&Promise> {
        self.promise.as_ref().filter(|promise| promise.is_running())
    }

    /// Whether its promise is broken: its last day is over, no person answered, and it is not
    /// paused.
    #[must_use]
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.state == State::Promised
            && self
                .running_promise()
                .is_some_and(|promise| promise.is_overdue(now))
    }
}
