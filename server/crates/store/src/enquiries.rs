//! What people ask: kept, changed, found. The officers' queue is in `queue.rs`, the columns in `rows.rs`.

mod found;
mod not_acknowledged;
mod queue;
mod rows;
mod settled;
mod sorting;
mod to_remind;

use std::str::FromStr;

use domain::codes::NoAnswerReason;
use domain::correspondent::{ChildDetails, EhcPlan};
use domain::enquiry::Enquiry;
use domain::ids::{AccountId, DraftId, EnquiryId};
use domain::keys::DistrictKey;
use domain::reference::Reference;
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::FromRow;
use uuid::Uuid;

pub use self::found::FoundEnquiry;
pub use self::not_acknowledged::NotAcknowledged;
pub use self::queue::{QueueCounts, QueueCursor, QueueFilter, QueueOf, QueuePlace, QueueRow};
use self::rows::{EnquiryRow, StateColumns, select_enquiries};
pub use self::settled::{Settled, SettledCursor, SettledRow};
pub use self::sorting::Marks;
pub use self::to_remind::ToRemind;
use crate::columns::{day_text, limit as limit_column, milliseconds, parsed, parsed_if_any};
use crate::dialect::{execute, fetch_all, fetch_optional};
use crate::{StoreError, Tx};

/// How far the automatic “we have it” has come (invariant 5: every enquiry has one of these).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AcknowledgementState {
    /// Its mail is in the outbox.
    Queued,
    /// A server took it.
    Sent,
    /// There is no address to send it to.
    NoAddress,
    /// The address had so many in a short while that this one was left out.
    Capped,
    /// It was given up; a person must look at it.
    Failed,
    /// The mail that opened the enquiry gets no automatic answer.
    NotAnswered(NoAnswerReason),
    /// There is nothing to acknowledge: a person answered while they called or stood there.
    AnsweredAtOnce,
}

impl AcknowledgementState {
    /// The code that is stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::NoAddress => "no-address",
            Self::Capped => "capped",
            Self::Failed => "failed",
            Self::NotAnswered(reason) => reason.as_str(),
            Self::AnsweredAtOnce => "answered-at-once",
        }
    }
}

impl FromStr for AcknowledgementState {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self, StoreError> {
        match text {
            "queued" => Ok(Self::Queued),
            "sent" => Ok(Self::Sent),
            "no-address" => Ok(Self::NoAddress),
            "capped" => Ok(Self::Capped),
            "failed" => Ok(Self::Failed),
            "answered-at-once" => Ok(Self::AnsweredAtOnce),
            other => parsed("enquiries.acknowledgement", other).map(Self::NotAnswered),
        }
    }
}

/// What is known of an enquiry as it comes, beside itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opening {
    /// What was told about the child.
    pub child: ChildDetails,
    /// The draft that it was sent from.
    pub draft: Option<DraftId>,
    /// What becomes of the automatic “we have it”.
    pub acknowledgement: Option<AcknowledgementState>,
    /// Since when nobody has said what it is about, where its writer did not.
    pub unsorted_since: Option<Timestamp>,
}

#[derive(FromRow)]
struct ChildRow {
    child_name: Option<String>,
    child_born_on: Option<String>,
    child_school: Option<String>,
    child_ehc_plan: Option<String>,
    child_reference: Option<String>,
}

pub(crate) const TO_CLOSE: &str = "SELECT id FROM enquiries WHERE state = 'answered' AND closes_on <= $1 \
                                   ORDER BY closes_on, id LIMIT $2";
pub(crate) const PAUSES_OVER: &str = "SELECT id FROM enquiries WHERE state = 'paused' AND paused_until_on <= $1 \
                                      ORDER BY paused_until_on, id LIMIT $2";

/// What people ask.
#[derive(Debug)]
pub struct Enquiries<'t> {
    pub(crate) tx: &'t mut Tx,
}

impl Enquiries<'_> {
    /// Adds one. Its correspondent must be there; its promise is added after it, with [`crate::Promises::insert`].
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the reference is taken, or the draft was sent before: then
    /// [`Enquiries::by_draft`] has the first one (on PostgreSQL in a new transaction: this one is spoilt).
    pub async fn insert(&mut self, enquiry: &Enquiry, opening: &Opening) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO enquiries (id, reference, topic, district, team, officer, correspondent, \
            channel, state, paused_until_on, answered_at, closes_on, closed_at, close_reason, end_reason, due_at, \
            chasers, received_at, draft_id, revision, child_name, child_born_on, child_school, child_ehc_plan, \
            child_reference, acknowledgement, unsorted_since) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, \
            $18, $19, $20, $21, $22, $23, $24, $25, $26, $27)";
        let state = StateColumns::of(enquiry)?;
        let child = &opening.child;
        execute!(
            self.tx,
            SQL,
            enquiry.id.as_uuid(),
            enquiry.reference.to_string(),
            enquiry.topic.as_str(),
            enquiry.district.as_ref().map(DistrictKey::as_str),
            enquiry.team.as_str(),
            enquiry.officer.map(|id| id.as_uuid()),
            enquiry.correspondent.as_uuid(),
            enquiry.channel.as_str(),
            state.state,
            state.paused_until_on.as_deref(),
            state.answered_at,
            state.closes_on.as_deref(),
            state.closed_at,
            state.close_reason,
            state.end_reason,
            state.due_at,
            i64::from(enquiry.chasers),
            enquiry.received_at.as_millisecond(),
            opening.draft.map(|id| id.as_uuid()),
            enquiry.revision,
            child.name.as_deref(),
            day_text(child.born_on),
            child.school.as_deref(),
            child.ehc_plan.map(EhcPlan::as_str),
            child.reference.as_deref(),
            opening.acknowledgement.map(AcknowledgementState::as_str),
            milliseconds(opening.unsorted_since),
        )?;
        Ok(())
    }

    /// Writes how it stands now, if nobody changed it since `expected_revision`; gives the new revision. Its
    /// promise is written apart, with [`crate::Promises`].
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it was changed in the meantime, or is not there.
    pub async fn update(
        &mut self,
        enquiry: &Enquiry,
        expected_revision: i64,
    ) -> Result<i64, StoreError> {
        const SQL: &str = "UPDATE enquiries SET topic = $3, district = $4, team = $5, officer = $6, state = $7, \
            paused_until_on = $8, answered_at = $9, closes_on = $10, closed_at = $11, close_reason = $12, \
            end_reason = $13, due_at = $14, chasers = $15, revision = revision + 1, \
            call_back_on = CASE WHEN $14 IS NULL THEN NULL ELSE call_back_on END, \
            remind_by = CASE WHEN $8 IS NULL THEN NULL ELSE remind_by END WHERE id = $1 AND revision = $2";
        let state = StateColumns::of(enquiry)?;
        let changed = execute!(
            self.tx,
            SQL,
            enquiry.id.as_uuid(),
            expected_revision,
            enquiry.topic.as_str(),
            enquiry.district.as_ref().map(DistrictKey::as_str),
            enquiry.team.as_str(),
            enquiry.officer.map(|id| id.as_uuid()),
            state.state,
            state.paused_until_on.as_deref(),
            state.answered_at,
            state.closes_on.as_deref(),
            state.closed_at,
            state.close_reason,
            state.end_reason,
            state.due_at,
            i64::from(enquiry.chasers),
        )?;
        if changed == 0 {
            Err(StoreError::conflict("enquiry"))
        } else {
            Ok(expected_revision + 1)
        }
    }

    /// The enquiry with this id, and its running promise or else its last.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn get(&mut self, id: EnquiryId) -> Result<Option<Enquiry>, StoreError> {
        const SQL: &str = select_enquiries!("WHERE e.id = $1");
        fetch_optional!(self.tx, EnquiryRow, SQL, id.as_uuid())?
            .map(Enquiry::try_from)
            .transpose()
    }

    /// The enquiry with this reference, and its running promise or else its last.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn by_reference(
        &mut self,
        reference: &Reference,
    ) -> Result<Option<Enquiry>, StoreError> {
        const SQL: &str = select_enquiries!("WHERE e.reference = $1");
        fetch_optional!(self.tx, EnquiryRow, SQL, reference.to_string())?
            .map(Enquiry::try_from)
            .transpose()
    }

    /// Lets nobody else write to this enquiry until the transaction ends. What is read after it is therefore
    /// still so when it is committed. Nothing changes. On SQLite the transaction holds every row already.
    ///
    /// Whoever saves the enquiry would be told of another by its revision ([`Enquiries::update`]), and begins anew: this
    /// spares them that. Whoever writes only what hangs on it (a note, a reminder, a reply that waits) has nothing but
    /// this.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn hold(&mut self, id: EnquiryId) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE enquiries SET revision = revision WHERE id = $1";
        execute!(self.tx, SQL, id.as_uuid())?;
        Ok(())
    }

    /// The enquiry that was made of this draft: a form posted twice finds the first one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn by_draft(
        &mut self,
        draft: DraftId,
    ) -> Result<Option<(EnquiryId, Reference)>, StoreError> {
        const SQL: &str = "SELECT id, reference FROM enquiries WHERE draft_id = $1";
        let row = fetch_optional!(self.tx, (Uuid, String), SQL, draft.as_uuid())?;
        row.map(|(id, reference)| {
            Ok((
                EnquiryId::from_uuid(id),
                parsed("enquiries.reference", &reference)?,
            ))
        })
        .transpose()
    }

    /// What was told about the child; empty when there is no such enquiry.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn child(&mut self, id: EnquiryId) -> Result<ChildDetails, StoreError> {
        const SQL: &str = "SELECT child_name, child_born_on, child_school, child_ehc_plan, child_reference \
                           FROM enquiries WHERE id = $1";
        let Some(row) = fetch_optional!(self.tx, ChildRow, SQL, id.as_uuid())? else {
            return Ok(ChildDetails::default());
        };
        Ok(ChildDetails {
            name: row.child_name,
            born_on: parsed_if_any("enquiries.child_born_on", row.child_born_on.as_deref())?,
            school: row.child_school,
            ehc_plan: parsed_if_any("enquiries.child_ehc_plan", row.child_ehc_plan.as_deref())?,
            reference: row.child_reference,
        })
    }

    /// Notes how far the acknowledgement has come. It is no part of the enquiry's state and raises no revision.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn set_acknowledgement(
        &mut self,
        id: EnquiryId,
        state: AcknowledgementState,
    ) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE enquiries SET acknowledgement = $2 WHERE id = $1";
        execute!(self.tx, SQL, id.as_uuid(), state.as_str())?;
        Ok(())
    }

    /// How far the acknowledgement has come; none when nobody has said yet.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn acknowledgement(
        &mut self,
        id: EnquiryId,
    ) -> Result<Option<AcknowledgementState>, StoreError> {
        const SQL: &str = "SELECT acknowledgement FROM enquiries WHERE id = $1";
        let row = fetch_optional!(self.tx, (Option<String>,), SQL, id.as_uuid())?;
        row.and_then(|(state,)| state)
            .map(|state| state.parse())
            .transpose()
    }

    /// Answered ones whose day to close has come, the earliest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn to_close(
        &mut self,
        today: Date,
        limit: u32,
    ) -> Result<Vec<EnquiryId>, StoreError> {
        let rows = fetch_all!(
            self.tx,
            (Uuid,),
            TO_CLOSE,
            today.to_string(),
            limit_column(limit)
        )?;
        Ok(ids(rows))
    }

    /// Paused ones whose pause ends today or has ended, the earliest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn pauses_over(
        &mut self,
        today: Date,
        limit: u32,
    ) -> Result<Vec<EnquiryId>, StoreError> {
        let rows = fetch_all!(
            self.tx,
            (Uuid,),
            PAUSES_OVER,
            today.to_string(),
            limit_column(limit)
        )?;
        Ok(ids(rows))
    }

    /// What an officer has that is not closed: it goes back to the team when they go away.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn not_closed_of(
        &mut self,
        officer: AccountId,
        limit: u32,
    ) -> Result<Vec<EnquiryId>, StoreError> {
        const SQL: &str = "SELECT id FROM enquiries WHERE officer = $1 AND state <> 'closed' \
                           ORDER BY id LIMIT $2";
        let rows = fetch_all!(
            self.tx,
            (Uuid,),
            SQL,
            officer.as_uuid(),
            limit_column(limit)
        )?;
        Ok(ids(rows))
    }
}

fn ids(rows: Vec<(Uuid,)>) -> Vec<EnquiryId> {
    let ids = rows.into_iter().map(|(id,)| EnquiryId::from_uuid(id));
    ids.collect()
}
