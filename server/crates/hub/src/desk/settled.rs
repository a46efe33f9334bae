//! What was answered, and what is closed: the latest first.

use domain::{
    clock::london_date,
    codes::{CorrespondentKind, EndReason},
    ids::EnquiryId,
    reference::Reference,
};
use jiff::{Timestamp, civil::Date};
use store::{Settled, SettledCursor};

use super::Desk;
use crate::{
    Actor, Error,
    policy::{Act, person},
};

const PAGE: u32 = 25;

/// A page of enquiries for which nobody waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettledPage {
    /// The latest first.
    pub rows: Vec<SettledRow>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
}

/// One of them.
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
    /// A page of the enquiries that were settled so, of every team. `after` is where the page
    /// before ended, as [`SettledPage::next`] gave it; anything else begins anew.
    ///
    /// # Errors
    /// [`Error::NotFound`] for those who may not see it.
    pub async fn settled(
        &self,
        actor: &Actor,
        how: Settled,
        after: Option<&str>,
    ) -> Result<SettledPage, Error> {
        person(actor, Act::ReadQueue)?;
        let mut tx = self.0.database().read().await?;
        let after = after.and_then(read_cursor);
        let mut rows = tx.enquiries().settled(how, after, PAGE + 1).await?;
        let more = rows.len() > PAGE as usize;
        rows.truncate(PAGE as usize);
        let next = rows
            .last()
            .filter(|_| more)
            .map(|row| cursor(&row.cursor()));
        let council = self.0.council();
        let rows = rows.into_iter().map(|row| SettledRow {
            reference: row.reference,
            topic: council.topic_name(&row.topic),
            team: council.team_name(&row.team),
            officer: row.officer_name,
            settled_on: london_date(row.at),
            closes_on: row.closes_on,
            end_reason: row.end_reason,
            correspondent: row.correspondent_name,
            kind: row.correspondent_kind,
        });
        Ok(SettledPage {
            rows: rows.collect(),
            next,
        })
    }
}

fn cursor(cursor: &SettledCursor) -> String {
    format!("{}.{}", cursor.at.as_millisecond(), cursor.id)
}

fn read_cursor(text: &str) -> Option<SettledCursor> {
    let (at, id) = text.split_once('.')?;
    Some(SettledCursor {
        at: Timestamp::from_millisecond(at.parse().ok()?).ok()?,
        id: id.parse::<EnquiryId>().ok()?,
    })
}
