//! The private page: where an enquiry stands, and nothing that was written in it.

use domain::{
    clock::london_date,
    codes::WaitsFor,
    enquiry::{Enquiry, State},
    ids::EnquiryId,
    keys::TeamKey,
    reference::Reference,
};
use jiff::civil::Date;
use store::Pause;

use super::{Enquiries, LINK_PURPOSE};
use crate::Error;

/// Where an enquiry stands, as its correspondent may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnquiryStatus {
    /// What to quote.
    pub reference: Reference,
    /// Who answers it.
    pub team: String,
    /// The day it was received, in London.
    pub received_on: Date,
    /// How often the person wrote again before they were answered.
    pub chasers: u32,
    /// Where it stands.
    pub state: StatusState,
}

/// Where an enquiry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusState {
    /// A person will have answered by this day.
    Promised {
        /// The promised day.
        due_on: Date,
    },
    /// The promised day has gone by.
    Overdue {
        /// The promised day.
        due_on: Date,
    },
    /// It waits for the family until this day.
    Paused {
        /// The day on which it goes on.
        until: Date,
        /// What we asked them for.
        waits_for: Option<WaitsFor>,
    },
    /// A person has answered.
    Answered {
        /// The day of the answer.
        on: Date,
    },
    /// It is closed.
    Closed {
        /// The day it was closed.
        on: Date,
    },
}

impl Enquiries<'_> {
    /// Where the enquiry behind a private link stands. A link that is unknown, forged, expired or
    /// revoked is answered alike, with `None`; looking changes nothing.
    ///
    /// # Errors
    /// [`Error::Internal`] when it cannot be read.
    pub async fn follow(&self, token: &str) -> Result<Option<EnquiryStatus>, Error> {
        let Some(id) = self.linked(token).await? else {
            return Ok(None);
        };
        let mut tx = self.0.database().read().await?;
        let enquiry = tx.enquiries().get(id).await?;
        let Some(enquiry) = enquiry else {
            return Ok(None);
        };
        let pause = match enquiry.state {
            State::Paused { .. } => tx.pauses().last_of(enquiry.id).await?,
            _ => None,
        };
        let told = tx.enquiries().marks(id).await?.told_team;
        Ok(Some(self.status(&enquiry, pause, told.as_ref())))
    }

    pub(super) async fn linked(&self, token: &str) -> Result<Option<EnquiryId>, Error> {
        let Some(id) = self.0.link_key().verify(LINK_PURPOSE, token) else {
            return Ok(None);
        };
        let now = self.0.now();
        let mut tx = self.0.database().read().await?;
        let link = tx.links().get(id).await?;
        Ok(link
            .filter(|link| link.revoked_at.is_none() && now < link.expires_at)
            .map(|link| link.enquiry))
    }

    fn status(
        &self,
        enquiry: &Enquiry,
        pause: Option<Pause>,
        told: Option<&TeamKey>,
    ) -> EnquiryStatus {
        EnquiryStatus {
            reference: enquiry.reference,
            team: self.0.council().team_name(told.unwrap_or(&enquiry.team)),
            received_on: london_date(enquiry.received_at),
            chasers: enquiry.chasers,
            state: match enquiry.state {
                State::Promised => self.promised(enquiry),
                State::Paused { until } => StatusState::Paused {
                    until,
                    waits_for: pause.map(|pause| pause.waits_for),
                },
                State::Answered { at, .. } => StatusState::Answered {
                    on: london_date(at),
                },
                State::Closed { at, .. } => StatusState::Closed {
                    on: london_date(at),
                },
            },
        }
    }

    fn promised(&self, enquiry: &Enquiry) -> StatusState {
        let received_on = london_date(enquiry.received_at);
        let due_on = enquiry
            .running_promise()
            .map_or(received_on, |promise| promise.due_on);
        if enquiry.is_overdue(self.0.now()) {
            StatusState::Overdue { due_on }
        } else {
            StatusState::Promised { due_on }
        }
    }
}
