//! When people are told that something is wrong with a mailbox.

use jiff::{SignedDuration, Timestamp};
use store::{Mailbox, NotStored};

use domain::codes::MailboxMessageState;

/// Tried so often in vain, a message is not late by chance.
const TOO_OFTEN: u32 = 2;

/// What is wrong with a mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Alarm {
    /// It has not been read for too long.
    NotRead {
        /// When it last was; `None` if it never was.
        since: Option<Timestamp>,
    },
    /// Messages are in it that are not stored.
    NotStored {
        /// How many.
        messages: u32,
    },
}

/// What is wrong with a mailbox now. Nothing is wrong with one that the settings do not name any more.
pub(super) fn alarms(mailbox: &Mailbox, not_stored: &[NotStored], now: Timestamp) -> Vec<Alarm> {
    if !mailbox.followed {
        return Vec::new();
    }
    let mut alarms = Vec::new();
    let patience = SignedDuration::from_secs(mailbox.alarm_after_s.into());
    let last = mailbox.contact_at.unwrap_or(mailbox.followed_at);
    if now.duration_since(last.max(mailbox.followed_at)) > patience {
        alarms.push(Alarm::NotRead {
            since: mailbox.contact_at,
        });
    }
    let hopeless = not_stored.iter().filter(|message| is_hopeless(message));
    let messages = u32::try_from(hopeless.count()).unwrap_or(u32::MAX);
    if messages > 0 {
        alarms.push(Alarm::NotStored { messages });
    }
    alarms
}

/// Whether a person must look at the message.
pub(super) fn is_hopeless(message: &NotStored) -> bool {
    message.state == MailboxMessageState::TooLarge || message.attempts >= TOO_OFTEN
}

#[cfg(test)]
mod tests {
    use store::MailboxMessage;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn mailbox() -> Mailbox {
        Mailbox {
            name: "enquiries".parse().unwrap(),
            followed: true,
            followed_at: at("2026-03-02T08:00:00Z"),
            alarm_after_s: 900,
            uid_validity: Some(7),
            cursor: 3,
            in_mailbox: 3,
            stored: 2,
            compared_at: None,
            newest_at: None,
            tried_at: None,
            contact_at: Some(at("2026-03-02T09:50:00Z")),
            failing_since: None,
            last_error: None,
            filing_error: None,
        }
    }

    fn message(state: MailboxMessageState, attempts: u32) -> NotStored {
        NotStored {
            place: MailboxMessage {
                mailbox: "enquiries".parse().unwrap(),
                uid_validity: 7,
                uid: 2,
            },
            state,
            attempts,
            size: None,
            received_at: None,
            next_try_at: None,
            reason: String::new(),
        }
    }

    const NOW: &str = "2026-03-02T10:00:00Z";

    #[test]
    fn a_mailbox_that_is_read_and_stored_is_no_alarm() {
        let tried_once = message(MailboxMessageState::Trying, 1);
        assert_eq!(alarms(&mailbox(), &[tried_once], at(NOW)), []);
    }

    #[test]
    fn a_mailbox_that_is_not_read_is_an_alarm_after_its_time() {
        let since = Some(at("2026-03-02T09:44:00Z"));
        let silent = Mailbox {
            contact_at: since,
            ..mailbox()
        };
        assert_eq!(alarms(&silent, &[], at(NOW)), [Alarm::NotRead { since }]);
        let never = Mailbox {
            contact_at: None,
            ..mailbox()
        };
        assert_eq!(
            alarms(&never, &[], at(NOW)),
            [Alarm::NotRead { since: None }]
        );
        let just_set_up = Mailbox {
            followed_at: at("2026-03-02T09:55:00Z"),
            ..never
        };
        assert_eq!(alarms(&just_set_up, &[], at(NOW)), []);
        let dropped = Mailbox {
            followed: false,
            ..silent
        };
        assert_eq!(alarms(&dropped, &[], at(NOW)), []);
    }

    #[test]
    fn messages_that_are_not_stored_are_an_alarm() {
        let large = message(MailboxMessageState::TooLarge, 1);
        let tried = message(MailboxMessageState::Trying, 2);
        assert_eq!(
            alarms(&mailbox(), &[large, tried], at(NOW)),
            [Alarm::NotStored { messages: 2 }]
        );
    }
}
