//! The sending server's temper: it puts some mails off, hangs up on some without a word, and refuses some recipients.

use super::mark::Mailbox;
use crate::sink::{Answer, Came};

/// Decided by the mail's own number, so that it is the same whenever it comes: of sixteen mails three are put off and
/// two get no answer, each once. A mailbox that is gone or full stays so.
pub(super) fn answer(message_id: &str, to: &str, before: &[Came]) -> Answer {
    let came_before = before.iter().any(|mail| mail.message_id == message_id);
    let took_another = || {
        let mut others = before.iter().filter(|mail| mail.message_id != message_id);
        others.any(|mail| mail.to == to && mail.is_taken())
    };
    match Mailbox::of_address(to) {
        Mailbox::Gone => return Answer::Never,
        Mailbox::Full if took_another() => return Answer::Never,
        Mailbox::Open | Mailbox::Full => {}
    }
    let (number, _) = message_id.split_once('@').unwrap_or_default();
    match number.chars().last() {
        _ if came_before => Answer::Taken,
        Some('0'..='2') => Answer::Later,
        Some('3'..='4') => Answer::Silence,
        _ => Answer::Taken,
    }
}
