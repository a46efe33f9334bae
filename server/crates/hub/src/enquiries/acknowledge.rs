//! Acknowledging an enquiry: the letter, its private link, and the job that sends it, written in
//! the transaction of the enquiry itself; or why there is none.

use domain::{
    clock::london_date, codes::NoAnswerReason, correspondent::Correspondent, council::Council,
    email::EmailAddress, enquiry::Enquiry, ids::EnquiryId,
};
use jiff::{SignedDuration, Timestamp};
use mail::letters::About;
use store::{AcknowledgementState, Alone, Link, Tx};

use super::{
    Acknowledgement, Enquiries,
    caps::{self, Cap},
    letters::{self, NewLetter, Written},
    submit::first_due_on,
};
use crate::Error;

/// A private link works for two years: as long as a family may need to look back.
const LINK_LIFETIME: SignedDuration = SignedDuration::from_hours(24 * 730);

/// What is to become of an acknowledgement.
#[derive(Debug)]
pub(crate) enum Fate {
    /// It goes to this address.
    To(EmailAddress),
    /// There is none: the person asked to be answered otherwise.
    NoAddress,
    /// There is none now: their address had as much automatic mail as it may get. It is written for a person to see.
    Capped(EmailAddress),
    /// There is none: what they sent gets no automatic answer.
    NotAnswered(NoAnswerReason),
    /// There is none: a person answered while they called or stood there.
    AnsweredAtOnce,
}

/// What is answered, and when.
#[derive(Debug, Clone)]
pub(crate) struct Occasion {
    /// Now.
    pub(crate) at: Timestamp,
    /// The Message-ID of the mail that is acknowledged, if it was one.
    pub(crate) in_reply_to: Option<String>,
}

impl Fate {
    /// What the enquiry says of it.
    pub(crate) const fn state(&self) -> AcknowledgementState {
        match self {
            Self::To(_) => AcknowledgementState::Queued,
            Self::NoAddress => AcknowledgementState::NoAddress,
            Self::Capped(_) => AcknowledgementState::Capped,
            Self::NotAnswered(reason) => AcknowledgementState::NotAnswered(*reason),
            Self::AnsweredAtOnce => AcknowledgementState::AnsweredAtOnce,
        }
    }
}

impl Enquiries<'_> {
    /// Whether this person is sent an acknowledgement now; `beside` is the enquiry that their mail named as a stranger,
    /// and `alone` the mailbox that nobody else counts any more.
    pub(crate) async fn fate(
        &self,
        tx: &mut Tx,
        correspondent: &Correspondent,
        beside: Option<EnquiryId>,
        alone: Option<&Alone>,
        now: Timestamp,
    ) -> Result<Fate, Error> {
        let address = correspondent.email.as_ref();
        let Some(to) = address.filter(|_| correspondent.hears_by_email()) else {
            return Ok(Fate::NoAddress);
        };
        if caps::of(self.0, tx, to, None, alone, now).await? == Cap::Reached {
            return Ok(Fate::Capped(to.clone()));
        }
        if let Some(beside) = beside
            && caps::of_stranger(self.0, tx, beside, now).await? == Cap::Reached
        {
            return Ok(Fate::Capped(to.clone()));
        }
        Ok(Fate::To(to.clone()))
    }

    /// Writes the private link, and the acknowledgement with the job that sends it, if there is to be one.
    pub(crate) async fn acknowledge(
        &self,
        tx: &mut Tx,
        fate: Fate,
        correspondent: &Correspondent,
        enquiry: &Enquiry,
        council: &Council,
        occasion: Occasion,
    ) -> Result<Acknowledgement, Error> {
        let hub = self.0;
        let now = occasion.at;
        let link = Link {
            id: hub.random(|random| EnquiryId::generate(now, random).as_uuid()),
            enquiry: enquiry.id,
            created_at: now,
            expires_at: now + LINK_LIFETIME,
            revoked_at: None,
        };
        let (to, cap) = match fate {
            Fate::To(to) => (to, Cap::Free),
            Fate::Capped(to) => (to, Cap::Reached),
            Fate::NoAddress | Fate::NotAnswered(_) | Fate::AnsweredAtOnce => {
                tx.links().insert(&link).await?;
                return Ok(Acknowledgement::NoAddress);
            }
        };
        let letter = NewLetter {
            enquiry,
            correspondent,
            to: &to,
            message: None,
            about: About::Acknowledgement {
                received_on: london_date(enquiry.received_at),
                due_on: first_due_on(enquiry),
                working_days: council.rules_of(enquiry).promise.working_days,
            },
            in_reply_to: occasion.in_reply_to,
            at: now,
        };
        // The database writes while the letter is composed, in the transaction that others may wait for.
        let mut links = tx.links();
        let composed = async { letters::composed(hub, &letter, &enquiry.team) };
        let (linked, mail) = tokio::join!(links.insert(&link), composed);
        linked?;
        Ok(match letters::put(hub, tx, &mail?, cap).await? {
            Written::Queued => Acknowledgement::Queued { to },
            Written::Capped => Acknowledgement::NoAddress,
        })
    }
}
