//! What became of our mail, as a table for those who lead a team: how much reached nobody, and why.

use domain::{codes::DeliveryState, promise::end_of_day_london};
use jiff::ToSpan;
use store::MailFate;

use super::{Desk, Span};
use crate::{
    Actor, Error,
    policy::{Act, person},
};

/// Rows read at a time.
const PAGE: u32 = 1_000;

/// Which mails are told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum WhichMails {
    /// Those that reached nobody: given up, sent back, or held back because there were too many.
    #[default]
    ReachedNobody,
    /// Those that wait, here or with another server.
    OnTheirWay,
    /// All that were written.
    All,
}

impl WhichMails {
    const fn has(self, state: DeliveryState) -> bool {
        match self {
            Self::All => true,
            Self::ReachedNobody => matches!(
                state,
                DeliveryState::Dead | DeliveryState::Bounced | DeliveryState::Capped
            ),
            Self::OnTheirWay => matches!(state, DeliveryState::Waiting | DeliveryState::Delayed),
        }
    }
}

impl Desk<'_> {
    /// What became of the mails that were written in this time, the earliest first. Neither where they went nor what
    /// they said: the enquiry's file has that, and every look into it is recorded.
    ///
    /// # Errors
    /// [`Error::NotFound`] for those who may not see it.
    pub async fn mail_fates(
        &self,
        actor: &Actor,
        span: Span,
        which: WhichMails,
    ) -> Result<Vec<MailFate>, Error> {
        person(actor, Act::ListMailFates)?;
        let first_day = span.from(self.0.today());
        let day_before = first_day.checked_sub(1.day()).unwrap_or(first_day);
        let from = end_of_day_london(day_before);
        let mut told = Vec::new();
        let mut after = None;
        loop {
            // A look of its own for each page: nothing waits for a long one.
            let mut tx = self.0.database().read().await?;
            let page = tx.outbox().fates(from, after, PAGE).await?;
            after = page.last().map(|mail| mail.id);
            let is_last = page.len() < PAGE as usize;
            told.extend(page.into_iter().filter(|mail| which.has(mail.state)));
            if is_last {
                return Ok(told);
            }
        }
    }
}
