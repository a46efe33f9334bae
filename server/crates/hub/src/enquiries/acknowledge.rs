//! Acknowledging an enquiry: the letter, its private link, and the job that sends it, written in
//! the transaction of the enquiry itself; or why there is none.

use domain::{
    clock::london_date, correspondent::Correspondent, council::Council, email::EmailAddress,
    enquiry::Enquiry, ids::EnquiryId,
};
use jiff::{SignedDuration, Timestamp};
use mail::letters::About;
use store::{AcknowledgementState, Link, Tx};

use super::{
    Acknowledgement, Enquiries,
    letters::{self, NewLetter},
    submit::first_due_on,
};
use crate::Error;

/// A private link works for two years: as long as a family may need to look back.
const LINK_LIFETIME: SignedDuration = SignedDuration::from_hours(24 * 730);

/// At most so many acknowledgements go to one address within [`CAP_WINDOW`] (DOMAIN.md: “a cap per
/// address and window”): nobody can fill a stranger's mailbox from our form, and two machines that
/// answer each other stop. Five, because a family with several questions in an hour is real.
const CAP: u32 = 5;
/// The time within which [`CAP`] counts.
const CAP_WINDOW: SignedDuration = SignedDuration::from_mins(60);

/// What is to become of an acknowledgement.
#[derive(Debug)]
pub(crate) enum Fate {
    /// It goes to this address.
    To(EmailAddress),
    /// There is none: the person asked to be answered otherwise.
    NoAddress,
    /// There is none: their address had [`CAP`] within [`CAP_WINDOW`].
    Capped,
    /// There is none: a person answered while they called or stood there.
    AnsweredAtOnce,
}

impl Fate {
    /// What the enquiry says of it.
    pub(crate) const fn state(&self) -> AcknowledgementState {
        match self {
            Self::To(_) => AcknowledgementState::Queued,
            Self::NoAddress => AcknowledgementState::NoAddress,
            Self::Capped => AcknowledgementState::Capped,
            Self::AnsweredAtOnce => AcknowledgementState::AnsweredAtOnce,
        }
    }
}

impl Enquiries<'_> {
    /// Whether this person is sent an acknowledgement now.
    pub(crate) async fn fate(
        &self,
        tx: &mut Tx,
        correspondent: &Correspondent,
        now: Timestamp,
    ) -> Result<Fate, Error> {
        let address = correspondent.email.as_ref();
        let Some(to) = address.filter(|_| correspondent.hears_by_email()) else {
            return Ok(Fate::NoAddress);
        };
        let mut outbox = tx.outbox();
        let lately = outbox.acknowledgements_since(to, now - CAP_WINDOW).await?;
        Ok(if lately < CAP {
            Fate::To(to.clone())
        } else {
            Fate::Capped
        })
    }

    /// Writes the private link, and the acknowledgement with the job that sends it, if there is to be one.
    pub(crate) async fn acknowledge(
        &self,
        tx: &mut Tx,
        fate: Fate,
        correspondent: &Correspondent,
        enquiry: &Enquiry,
        council: &Council,
    ) -> Result<Acknowledgement, Error> {
        let hub = self.0;
        let now = enquiry.received_at;
        let link = Link {
            id: hub.random(|random| EnquiryId::generate(now, random).as_uuid()),
            enquiry: enquiry.id,
            created_at: now,
            expires_at: now + LINK_LIFETIME,
            revoked_at: None,
        };
        tx.links().insert(&link).await?;
        let Fate::To(to) = fate else {
            return Ok(Acknowledgement::NoAddress);
        };
        let letter = NewLetter {
            enquiry,
            correspondent,
            to: &to,
            message: None,
            about: About::Acknowledgement {
                received_on: london_date(now),
                due_on: first_due_on(enquiry),
                working_days: council.rules_of(enquiry).promise.working_days,
            },
            in_reply_to: None,
            at: now,
        };
        letters::write(hub, tx, letter).await?;
        Ok(Acknowledgement::Queued { to })
    }
}
