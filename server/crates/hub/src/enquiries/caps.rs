//! How much of the mail that our system writes by itself may go out, to one address and about one enquiry: nobody can
//! fill a stranger's mailbox from our form, and two machines that answer each other stop. What is too much is written
//! all the same, marked as capped, and stands in the list that a person clears.

use domain::{email::EmailAddress, ids::EnquiryId};
use jiff::{SignedDuration, Timestamp};
use store::{Alone, Tx};

use crate::{Error, Hub};

/// The time within which the mails about one enquiry count.
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Which of them answer which others shows only when all are counted: no mailbox is called so.
const STRANGERS: &str = "strangers";

/// Whether another automatic mail may go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cap {
    /// It may.
    Free,
    /// There were too many.
    Reached,
}

/// Whether an automatic mail may go to this address now, and about this enquiry if it is there already. Whoever counts
/// the mailbox `alone` already does not ask for that again.
pub(crate) async fn of(
    hub: &Hub,
    tx: &mut Tx,
    to: &EmailAddress,
    about: Option<EnquiryId>,
    alone: Option<&Alone>,
    now: Timestamp,
) -> Result<Cap, Error> {
    let caps = hub.council().automatic_mail;
    let window = SignedDuration::from_mins(caps.window_minutes.into());
    let mut outbox = tx.outbox();
    if !alone.is_some_and(|alone| alone.is_with(to)) {
        outbox.count_alone(&to.mailbox()).await?;
    }
    if outbox.automatic_to(to, now - window).await? >= caps.per_address.into() {
        return Ok(Cap::Reached);
    }
    let Some(enquiry) = about else {
        return Ok(Cap::Free);
    };
    let lately = outbox.automatic_about(enquiry, now - DAY).await?;
    Ok(below(lately, caps.per_enquiry))
}

/// Whether a stranger may be told that their mail came, which named or quoted a mail of ours about this enquiry. A
/// machine that answers each of our mails from another address is a stranger each time: they are counted together.
pub(crate) async fn of_stranger(
    hub: &Hub,
    tx: &mut Tx,
    beside: EnquiryId,
    now: Timestamp,
) -> Result<Cap, Error> {
    let most = hub.council().automatic_mail.per_enquiry;
    tx.outbox().count_alone(STRANGERS).await?;
    let lately = tx.outbox().automatic_about_row(beside, now - DAY).await?;
    Ok(below(lately, most))
}

fn below(count: u32, most: u16) -> Cap {
    if count < most.into() {
        Cap::Free
    } else {
        Cap::Reached
    }
}
