//! What officers mark an enquiry with, beside its state: none of it raises a revision.

use domain::codes::RemindBy;
use domain::ids::EnquiryId;
use domain::keys::TeamKey;
use jiff::Timestamp;
use jiff::civil::Date;

use super::Enquiries;
use crate::StoreError;
use crate::columns::{day_text, instant_if_any, milliseconds, parsed_if_any};
use crate::dialect::{execute, fetch_optional};

/// What an enquiry is marked with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// The day on which somebody was promised a call; it ends with the promise.
    pub call_back_on: Option<Date>,
    /// How one of us is to remind them that we wait; it ends with the pause.
    pub remind_by: Option<RemindBy>,
    /// Since when nobody has said what it is about.
    pub unsorted_since: Option<Timestamp>,
    /// The team that the correspondent is told of, where that is not the one that has it.
    pub told_team: Option<TeamKey>,
}

impl Enquiries<'_> {
    /// The marks of one enquiry.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn marks(&mut self, id: EnquiryId) -> Result<Marks, StoreError> {
        type Row = (Option<String>, Option<String>, Option<i64>, Option<String>);
        const SQL: &str = "SELECT call_back_on, remind_by, unsorted_since, told_team FROM enquiries WHERE id = $1";
        let row = fetch_optional!(self.tx, Row, SQL, id.as_uuid())?;
        let Some((call_back_on, remind_by, unsorted_since, told_team)) = row else {
            return Ok(Marks::default());
        };
        Ok(Marks {
            call_back_on: parsed_if_any("enquiries.call_back_on", call_back_on.as_deref())?,
            remind_by: parsed_if_any("enquiries.remind_by", remind_by.as_deref())?,
            unsorted_since: instant_if_any("enquiries.unsorted_since", unsorted_since)?,
            told_team: parsed_if_any("enquiries.told_team", told_team.as_deref())?,
        })
    }

    /// Notes on which day somebody was promised a call, or that they need none any more.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn set_call_back(
        &mut self,
        id: EnquiryId,
        day: Option<Date>,
    ) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE enquiries SET call_back_on = $2 WHERE id = $1";
        execute!(self.tx, SQL, id.as_uuid(), day_text(day))?;
        Ok(())
    }

    /// Notes since when nobody has said what it is about, or that somebody has.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn set_unsorted(
        &mut self,
        id: EnquiryId,
        since: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE enquiries SET unsorted_since = $2 WHERE id = $1";
        execute!(self.tx, SQL, id.as_uuid(), milliseconds(since))?;
        Ok(())
    }

    /// Notes which team the correspondent is told of; with none, the one that has it.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn set_told_team(
        &mut self,
        id: EnquiryId,
        team: Option<&TeamKey>,
    ) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE enquiries SET told_team = $2 WHERE id = $1";
        execute!(self.tx, SQL, id.as_uuid(), team.map(TeamKey::as_str))?;
        Ok(())
    }
}
