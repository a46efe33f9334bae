//! Officers' work on enquiries: the shared inbox, and each enquiry's file.
//!
//! Start with `queue.rs` (the inbox) and `open.rs` (the file); each act is a file of its own.

mod assign;
mod by_mail;
mod call;
mod clear_mail;
mod close;
mod conversation;
mod escalated;
mod find;
mod holding_reply;
mod mail_fates;
mod not_acknowledged;
mod note;
mod open;
mod paging;
mod pass_on;
mod pause;
mod quarantine;
mod queue;
mod rang;
mod relatives;
mod reminded;
mod reply;
mod save_reply;
mod searches;
mod seen;
mod send_elsewhere;
mod settled;
mod shared;
mod take_back;
mod to_remind;
mod try_again;
mod undelivered;
mod working;

use domain::{clock::london_date, promise::end_of_day_london};
use jiff::{Timestamp, ToSpan};

use crate::Hub;

pub use by_mail::{Attached, ByMail, Download, problem_in_words};
pub use call::{AboutEnquiry, CallForm, Logged};
pub use escalated::Escalated;
pub use find::{Found, FoundEnquiry};
pub use mail_fates::WhichMails;
pub use not_acknowledged::Untold;
pub use open::{EnquiryFile, FileEscalation, FileMail, FileMessage};
pub use paging::{Counted, InTwoLists, Page};
pub use pass_on::Colleague;
pub(crate) use pause::begin as begin_pause;
pub use quarantine::{Quarantine, QuarantinedMail};
pub use queue::{Narrowing, Queue, QueueRow, QueueView, Whose};
pub use rang::NOBODY_ANSWERED;
pub use relatives::Beside;
pub use reminded::THEY_WERE_REMINDED;
pub use searches::{SearchReport, Span, Subject};
pub use seen::Seen;
pub use settled::SettledRow;
pub use shared::Sharing;
pub use store::{
    AcknowledgementState, Attempt, MailFate, Marks, QueueCounts, QueuePlace, ReplyDraft, Settled,
    ToRemind,
};
pub use take_back::TakenBack;
pub use undelivered::{HeldUp, Undelivered, UndeliveredList, UndeliveredMail};

/// Officers' work on enquiries.
#[derive(Debug, Clone, Copy)]
pub struct Desk<'h>(pub(crate) &'h Hub);

/// How near a promised date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// It has gone by.
    Overdue,
    /// It is today.
    Today,
    /// It is within the next two days.
    Soon,
    /// It is later.
    Later,
    /// No promise runs.
    None,
}

impl Due {
    /// How near `due_at` is at `now`.
    #[must_use]
    pub fn of(due_at: Timestamp, now: Timestamp) -> Self {
        let today = london_date(now);
        let soon = today.checked_add(2.days()).unwrap_or(today);
        if due_at < now {
            Self::Overdue
        } else if due_at <= end_of_day_london(today) {
            Self::Today
        } else if due_at <= end_of_day_london(soon) {
            Self::Soon
        } else {
            Self::Later
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("2026-11-26T23:59:59Z", Due::Overdue)]
    #[case("2026-11-27T23:59:59Z", Due::Today)]
    #[case("2026-11-29T23:59:59Z", Due::Soon)]
    #[case("2026-11-30T23:59:59Z", Due::Later)]
    fn a_promise_is_as_near_as_its_day(#[case] due_at: Timestamp, #[case] due: Due) {
        let now = "2026-11-27T09:00:00Z".parse().unwrap();
        assert_eq!(Due::of(due_at, now), due);
    }
}
