//! Of whom we wait for something, and whom one of us is to remind because no mail of ours does.

use domain::codes::RemindBy;
use domain::ids::{AccountId, EnquiryId};
use domain::keys::TeamKey;
use domain::reference::Reference;
use jiff::civil::Date;
use sqlx::FromRow;

use super::Enquiries;
use crate::StoreError;
use crate::columns::{limit as limit_column, parsed};
use crate::dialect::{execute, fetch_all};

/// A paused enquiry of which somebody is to be reminded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ToRemind {
    /// Its public name.
    pub reference: Reference,
    /// How one of us is to do it.
    pub by: RemindBy,
    /// The day until which we wait.
    pub until: Date,
}

#[derive(FromRow)]
struct Row {
    reference: String,
    remind_by: String,
    paused_until_on: String,
}

impl TryFrom<Row> for ToRemind {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            reference: parsed("enquiries.reference", &row.reference)?,
            by: parsed("enquiries.remind_by", &row.remind_by)?,
            until: parsed("enquiries.paused_until_on", &row.paused_until_on)?,
        })
    }
}

impl Enquiries<'_> {
    /// Notes how one of us is to remind them, or that nobody need any more. It ends with the pause by itself.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn set_remind_by(
        &mut self,
        id: EnquiryId,
        by: Option<RemindBy>,
    ) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE enquiries SET remind_by = $2 WHERE id = $1";
        execute!(self.tx, SQL, id.as_uuid(), by.map(RemindBy::as_str))?;
        Ok(())
    }

    /// Whom this officer is to remind, whose pause ends first: of what they have, and of what nobody in their team has;
    /// whoever is in no team stands in for all.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn to_remind(
        &mut self,
        officer: AccountId,
        team: Option<&TeamKey>,
        limit: u32,
    ) -> Result<Vec<ToRemind>, StoreError> {
        const SQL: &str = "SELECT reference, remind_by, paused_until_on FROM enquiries WHERE remind_by IS NOT NULL \
                           AND paused_until_on IS NOT NULL AND (officer = $1 OR (officer IS NULL \
                           AND team = COALESCE($2, team))) ORDER BY paused_until_on, id LIMIT $3";
        let team = team.map(TeamKey::as_str);
        let rows = fetch_all!(
            self.tx,
            Row,
            SQL,
            officer.as_uuid(),
            team,
            limit_column(limit)
        )?;
        rows.into_iter().map(ToRemind::try_from).collect()
    }
}
