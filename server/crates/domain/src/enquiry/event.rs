//! What can happen to an enquiry, what follows, and what is refused.
//!
//! There is no event for an acknowledgement: it is recorded as a message and changes nothing.

use jiff::Timestamp;
use jiff::civil::{Date, Time};

use super::Enquiry;
use crate::calendar::WorkingDays;
use crate::clock::london_date;
use crate::codes::EndReason;
use crate::escalation::WorkingTime;
use crate::ids::{AccountId, MessageId, PromiseId};
use crate::keys::{DistrictKey, TeamKey, TopicKey};
use crate::promise::PromiseRule;

/// Something that happened to an enquiry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A correspondent wrote.
    MessageReceived {
        /// When it was received.
        at: Timestamp,
        /// The id of the promise to start, if one must start.
        promise_id: PromiseId,
    },
    /// An officer answered.
    ReplySent {
        /// When.
        at: Timestamp,
        /// The reply.
        message: MessageId,
    },
    /// An officer spoke with the correspondent, or wrote a letter, and logged it. A call that did
    /// not get through is not a conversation.
    ConversationLogged {
        /// When.
        at: Timestamp,
        /// The log.
        message: MessageId,
    },
    /// An officer wrote that the answer needs longer, and until when.
    HoldingReplySent {
        /// When.
        at: Timestamp,
        /// The holding reply.
        message: MessageId,
        /// The day that it promises.
        new_due_on: Date,
    },
    /// A mail server reports that a reply, once sent, never arrived.
    AnswerCameBack {
        /// When that was reported.
        at: Timestamp,
        /// The reply.
        message: MessageId,
        /// Another answer that did reach them since they asked, and when, if there is one.
        instead: Option<(Timestamp, MessageId)>,
    },
    /// A mail server reports that a holding reply, once sent, never arrived: they do not know the new day.
    HoldingReplyCameBack {
        /// When that was reported.
        at: Timestamp,
        /// The day that it promised.
        promised: Date,
        /// The day that stood before.
        back_to: Date,
    },
    /// A mail server reports that the question for which it is paused never arrived: they do not know that we wait.
    QuestionCameBack {
        /// When that was reported.
        at: Timestamp,
    },
    /// An officer paused it, to wait for somebody else.
    Paused {
        /// When.
        at: Timestamp,
        /// The day on which the pause ends by itself.
        until: Date,
    },
    /// The pause ended: its day came, or an officer ended it.
    PauseEnded {
        /// When.
        at: Timestamp,
        /// The id of the promise to start, should none be open.
        promise_id: PromiseId,
    },
    /// An officer ended the promise without an answer.
    EndedWithoutAnswer {
        /// When.
        at: Timestamp,
        /// Why.
        reason: EndReason,
    },
    /// It was answered, and its day to close came or an officer closed it.
    Closed {
        /// When.
        at: Timestamp,
    },
    /// It was given to an officer, or back to the team.
    Assigned {
        /// When.
        at: Timestamp,
        /// The officer, or nobody.
        officer: Option<AccountId>,
    },
    /// An officer promised the correspondent an earlier day, such as a call back on Tuesday.
    EarlierDayPromised {
        /// When.
        at: Timestamp,
        /// The day.
        due_on: Date,
    },
    /// An officer sorted it: what it is about, where, and whose it is from now on. The rules that
    /// it is applied with are those of the new topic.
    PassedOn {
        /// When.
        at: Timestamp,
        /// What it is about.
        topic: TopicKey,
        /// Where the child lives, when known.
        district: Option<DistrictKey>,
        /// Whose queue it goes to.
        team: TeamKey,
        /// The officer there who gets it, or nobody.
        officer: Option<AccountId>,
    },
}

/// What the council has settled about promises to one kind of correspondent on one topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// The council's calendar.
    pub working_days: WorkingDays,
    /// How long an answer may take.
    pub promise: PromiseRule,
    /// How often holding replies may move one promise.
    pub max_moves: u8,
    /// After how many working days an answered enquiry closes.
    pub closes_after_working_days: u16,
    /// When a working day begins, in London.
    pub morning: Time,
}

/// How many working days a pause may last. Whom we wait for has forgotten us by then.
const LONGEST_PAUSE: u16 = 20;
/// How many working days before the end of a pause the family is reminded.
const REMINDED_BEFORE: u16 = 2;

impl Rules {
    /// The last day on which a pause may end that begins then.
    #[must_use]
    pub fn latest_end_of_a_pause(&self, at: Timestamp) -> Date {
        self.working_days
            .add_working_days(london_date(at), LONGEST_PAUSE)
    }

    /// When the family is reminded of a pause that ends on this day: on a morning, early enough to do
    /// something about it.
    #[must_use]
    pub fn reminds_of_pause_at(&self, until: Date) -> Timestamp {
        let day = self
            .working_days
            .working_days_before(until, REMINDED_BEFORE);
        self.time().morning_of(day)
    }

    /// By what the time of a promise is told.
    #[must_use]
    pub const fn time(&self) -> WorkingTime<'_> {
        WorkingTime {
            days: &self.working_days,
            morning: self.morning,
        }
    }
}

/// The enquiry after an event, and what changed, in the order in which it changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// The enquiry as it stands now.
    pub enquiry: Enquiry,
    /// What changed. Each is a row of the audit.
    pub changes: Vec<Change>,
}

/// One thing that changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// A promise began.
    PromiseStarted,
    /// A person's answer kept it.
    PromiseKept,
    /// A holding reply moved it.
    PromiseMoved {
        /// The day that was promised.
        from: Date,
        /// The day that is promised now.
        to: Date,
    },
    /// The answer that kept it, or the question for which it was paused, came back: it runs again, with the day
    /// that it had.
    PromiseRunsAgain,
    /// The holding reply that moved it came back.
    PromiseMovedBack {
        /// The day that nobody was told.
        from: Date,
        /// The day that is promised again.
        to: Date,
    },
    /// A person ended it without an answer.
    PromiseEnded {
        /// Why.
        reason: EndReason,
    },
    /// A correspondent who is waiting wrote again.
    ChaserCounted,
    /// It was the second time: their team lead is to know.
    ChasedTwice,
    /// A pause began.
    Paused,
    /// A pause ended, and the promise has a new day.
    Resumed,
    /// It is answered.
    Answered,
    /// It is closed.
    Closed,
    /// It was closed and is open again.
    Reopened,
    /// Another officer has it, or none.
    Assigned,
    /// An earlier day than the rules gave is promised now.
    PromiseBroughtForward {
        /// The day that was promised.
        from: Date,
        /// The day that is promised now.
        to: Date,
    },
    /// It has another topic, district or team.
    PassedOn,
}

impl Change {
    /// The code that the audit writes.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PromiseStarted => "promise-started",
            Self::PromiseKept => "promise-kept",
            Self::PromiseMoved { .. } => "promise-moved",
            Self::PromiseRunsAgain => "promise-runs-again",
            Self::PromiseMovedBack { .. } => "promise-moved-back",
            Self::PromiseEnded { .. } => "promise-ended",
            Self::ChaserCounted => "chaser-counted",
            Self::ChasedTwice => "chased-twice",
            Self::Paused => "paused",
            Self::Resumed => "resumed",
            Self::Answered => "answered",
            Self::Closed => "closed",
            Self::Reopened => "reopened",
            Self::Assigned => "assigned",
            Self::PromiseBroughtForward { .. } => "promise-brought-forward",
            Self::PassedOn => "passed-on",
        }
    }
}

/// Why an event cannot be, in words for the officer who asked for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Nobody is waiting for an answer.
    #[error("no promise is running on this enquiry")]
    NoPromiseRunning,
    /// Holding replies moved this promise as often as they may.
    #[error("this promise was already moved {max} times: it must be answered now")]
    MovedTooOften {
        /// How often they may.
        max: u8,
    },
    /// A holding reply must promise a later day than the one that stands, and not a day gone by.
    #[error("the new date must be later than {due_on}, and not in the past")]
    NotLater {
        /// The day that is promised.
        due_on: Date,
    },
    /// It is paused; the pause must end first.
    #[error("this enquiry is paused: end the pause first")]
    IsPaused,
    /// It is not paused, so that no pause can end.
    #[error("this enquiry is not paused")]
    NotPaused,
    /// A pause must end on a later day.
    #[error("a pause must end on a day after today")]
    PauseEndsTooSoon,
    /// A pause is not for ever.
    #[error("a pause must end on {latest} or before")]
    PauseTooLong {
        /// The last day on which it may end.
        latest: Date,
    },
    /// Only an enquiry that was answered can be closed so.
    #[error("this enquiry has no answer yet: answer it, or end it with a reason")]
    NotAnswered,
    /// It is closed already.
    #[error("this enquiry is closed")]
    AlreadyClosed,
    /// A day that was named has gone by.
    #[error("this day has gone by")]
    DayGoneBy,
    /// Only a holding reply promises a later day than the one that stands.
    #[error("the answer is promised for {due_on}: choose that day or an earlier one")]
    NotEarlier {
        /// The day that is promised.
        due_on: Date,
    },
}
