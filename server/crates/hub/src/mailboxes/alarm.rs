//! When people are told that something is wrong with a mailbox.

use jiff::{SignedDuration, Timestamp};
use store::{Mailbox, NotStored};

use domain::codes::MailboxMessageState;

/// As many messages that are not stored as are looked at of one mailbox.
pub(super) const SHOWN: u32 = 100;
/// Tried so often in vain, a message is not late by chance.
const TOO_OFTEN: u32 = 2;

/// What is wrong with a mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Alarm {
    /// It has not been read to its end for too long.
    NotRead {
        /// When it last was; `None` if it never was.
        since: Option<Timestamp>,
    },
    /// It is being read, and its end is a long way off.
    Late {
        /// How many messages are still to come.
        messages: u32,
    },
    /// Messages in it cannot be stored.
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
    let too_old = |at: Timestamp| now.duration_since(at) > patience;
    let missing = mailbox.in_mailbox.saturating_sub(mailbox.stored);
    let last = mailbox.contact_at.unwrap_or(mailbox.followed_at);
    if too_old(last.max(mailbox.followed_at)) {
        let tried = count(not_stored.iter());
        alarms.push(match missing.saturating_sub(tried) {
            messages if messages > 0 && is_being_read(mailbox, too_old) => Alarm::Late { messages },
            _ => Alarm::NotRead {
                since: mailbox.contact_at,
            },
        });
    }
    let for_a_person = not_stored
        .iter()
        .filter(|message| is_for_a_person(message, mailbox, now));
    let messages = match count(for_a_person) {
        // There are more than were looked at here: the counts tell.
        messages if messages > 0 && count(not_stored.iter()) >= SHOWN => messages.max(missing),
        messages => messages,
    };
    if messages > 0 {
        alarms.push(Alarm::NotStored { messages });
    }
    alarms
}

/// Whether messages of it are being stored just now.
fn is_being_read(mailbox: &Mailbox, too_old: impl Fn(Timestamp) -> bool) -> bool {
    mailbox.failing_since.is_none() && mailbox.tried_at.is_some_and(|at| !too_old(at))
}

/// Whether a person must look at the message: it is hopeless, or for whatever reason it waits for too long.
pub(super) fn is_for_a_person(message: &NotStored, mailbox: &Mailbox, now: Timestamp) -> bool {
    let patience = SignedDuration::from_secs(mailbox.alarm_after_s.into());
    message.state == MailboxMessageState::TooLarge
        || message.attempts >= TOO_OFTEN
        || now.duration_since(message.noted_at) > patience
}

fn count<'a>(messages: impl Iterator<Item = &'a NotStored>) -> u32 {
    u32::try_from(messages.count()).unwrap_or(u32::MAX)
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
            noted_at: at("2026-03-02T09:50:00Z"),
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
    fn a_backlog_that_is_still_coming_in_is_an_alarm_after_its_time() {
        let coming = Mailbox {
            in_mailbox: 40,
            tried_at: Some(at(NOW)),
            ..mailbox()
        };
        assert_eq!(alarms(&coming, &[], at(NOW)), [], "it only just began");
        let slow = Mailbox {
            contact_at: Some(at("2026-03-02T09:44:00Z")),
            ..coming
        };
        let tried_once = message(MailboxMessageState::Trying, 1);
        assert_eq!(
            alarms(&slow, &[tried_once], at(NOW)),
            [Alarm::Late { messages: 37 }]
        );
        let since = slow.contact_at;
        let failing = Mailbox {
            failing_since: Some(at(NOW)),
            ..slow.clone()
        };
        assert_eq!(alarms(&failing, &[], at(NOW)), [Alarm::NotRead { since }]);
        let ended = Mailbox {
            tried_at: since,
            ..slow
        };
        assert_eq!(alarms(&ended, &[], at(NOW)), [Alarm::NotRead { since }]);
    }

    #[test]
    fn a_message_that_waits_for_too_long_is_an_alarm_whatever_the_reason() {
        let waiting = NotStored {
            noted_at: at("2026-03-02T09:44:00Z"),
            ..message(MailboxMessageState::Trying, 1)
        };
        assert_eq!(
            alarms(&mailbox(), &[waiting], at(NOW)),
            [Alarm::NotStored { messages: 1 }]
        );
    }

    #[test]
    fn more_messages_than_are_shown_are_all_counted() {
        let full = Mailbox {
            in_mailbox: 502,
            ..mailbox()
        };
        let large = vec![message(MailboxMessageState::TooLarge, 1); SHOWN as usize];
        assert_eq!(
            alarms(&full, &large, at(NOW)),
            [Alarm::NotStored { messages: 500 }]
        );
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
