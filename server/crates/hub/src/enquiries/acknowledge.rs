//! Acknowledging an enquiry: the letter, its private link, and the job that sends it, written in
//! the transaction of the enquiry itself; or why there is none.

use domain::{
    clock::london_date, correspondent::Correspondent, council::Council, enquiry::Enquiry,
    ids::EnquiryId,
};
use jiff::SignedDuration;
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

impl Enquiries<'_> {
    /// Writes the acknowledgement and the job that sends it, or why there is none.
    pub(super) async fn acknowledge(
        &self,
        tx: &mut Tx,
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
        let address = correspondent.email.as_ref();
        let Some(to) = address.filter(|_| correspondent.hears_by_email()) else {
            tx.enquiries()
                .set_acknowledgement(enquiry.id, AcknowledgementState::NoAddress)
                .await?;
            return Ok(Acknowledgement::NoAddress);
        };
        let lately = tx
            .outbox()
            .acknowledgements_since(to, now - CAP_WINDOW)
            .await?;
        if lately >= CAP {
            tx.enquiries()
                .set_acknowledgement(enquiry.id, AcknowledgementState::Capped)
                .await?;
            return Ok(Acknowledgement::NoAddress);
        }
        let letter = NewLetter {
            enquiry,
            correspondent,
            to,
            message: None,
            about: About::Acknowledgement {
                received_on: london_date(now),
                due_on: first_due_on(enquiry),
                working_days: council.rules_for(&enquiry.topic).promise.working_days,
            },
            in_reply_to: None,
            at: now,
        };
        letters::write(hub, tx, letter).await?;
        tx.enquiries()
            .set_acknowledgement(enquiry.id, AcknowledgementState::Queued)
            .await?;
        Ok(Acknowledgement::Queued { to: to.clone() })
    }
}
