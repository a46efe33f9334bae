//! What was answered, and what is closed: the latest first.

use domain::{
    clock::london_date,
    codes::{CorrespondentKind, EndReason},
    reference::Reference,
};
use jiff::civil::Date;
use store::{Settled, SettledCursor};

use super::{
    Desk, Narrowing,
    paging::{ASKED, Page, place},
};
use crate::{
    Actor, Error,
    policy::{Act, person},
};

/// An enquiry for which nobody waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettledRow {
    /// Its reference.
    pub reference: Reference,
    /// What it is about.
    pub topic: String,
    /// Whose it is.
    pub team: String,
    /// Who had it.
    pub officer: Option<String>,
    /// The day on which it was answered or closed, in London.
    pub settled_on: Date,
    /// The day on which an answered one closes.
    pub closes_on: Option<Date>,
    /// Why it ended without an answer, if it did.
    pub end_reason: Option<EndReason>,
    /// Who asked.
    pub correspondent: String,
    /// As what they asked.
    pub kind: CorrespondentKind,
}

impl Desk<'_> {
    /// A page of the enquiries that were settled so and are looked for, of every team, the latest first. `after` is where the page
    /// before ended, as [`Page::next`] gave it; anything else begins anew.
    ///
    /// # Errors
    /// [`Error::NotFound`] for those who may not see it.
    pub async fn settled(
        &self,
        actor: &Actor,
        how: Settled,
        only: &Narrowing,
        after: Option<&str>,
    ) -> Result<Page<SettledRow>, Error> {
        person(actor, Act::ReadQueue)?;
        let mut tx = self.0.database().read().await?;
        let after = place(after).map(|(at, id)| SettledCursor { at, id });
        let (topic, from) = (only.topic.as_ref(), only.place.as_ref());
        let mut enquiries = tx.enquiries();
        let rows = enquiries.settled(how, topic, from, after, ASKED).await?;
        let council = self.0.council();
        let page = Page::of(rows, |row| (row.at, row.id));
        Ok(page.map(|row| SettledRow {
            reference: row.reference,
            topic: council.topic_name(&row.topic),
            team: council.team_name(&row.team),
            officer: row.officer_name,
            settled_on: london_date(row.at),
            closes_on: row.closes_on,
            end_reason: row.end_reason,
            correspondent: row.correspondent_name,
            kind: row.correspondent_kind,
        }))
    }
}
