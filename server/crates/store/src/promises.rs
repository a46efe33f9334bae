//! What was promised, and how each promise ended.

use domain::clock::london_date;
use domain::escalation::DueStep;
use domain::ids::{EnquiryId, MessageId, PromiseId};
use domain::promise::{Promise, PromiseOutcome};
use sqlx::FromRow;
use uuid::Uuid;

use crate::columns::{instant, instant_if_any, number, parsed, parsed_if_any, present};
use crate::dialect::execute;
use crate::{StoreError, Tx};

/// A promise's columns, named so that they can stand beside an enquiry's in one row. All are there, or none.
#[derive(FromRow)]
pub(crate) struct PromiseRow {
    promise_id: Option<Uuid>,
    promise_received_at: Option<i64>,
    promise_due_on: Option<String>,
    promise_due_at: Option<i64>,
    promise_moves: Option<i64>,
    promise_counts_from_on: Option<String>,
    promise_next_step: Option<String>,
    promise_next_step_at: Option<i64>,
    promise_outcome: Option<String>,
    promise_outcome_at: Option<i64>,
    promise_kept_by: Option<Uuid>,
    promise_end_reason: Option<String>,
}

impl PromiseRow {
    /// The promise of this enquiry, if the row has one.
    pub(crate) fn into_promise(self, enquiry: EnquiryId) -> Result<Option<Promise>, StoreError> {
        let Some(id) = self.promise_id else {
            return Ok(None);
        };
        let outcome = self.outcome()?;
        let received_at = instant(
            "promises.received_at",
            present("promises.received_at", self.promise_received_at)?,
        )?;
        let next_step = self.next_step()?;
        let counts_from = parsed_if_any(
            "promises.counts_from_on",
            self.promise_counts_from_on.as_deref(),
        )?;
        Ok(Some(Promise {
            id: PromiseId::from_uuid(id),
            enquiry,
            received_at,
            due_on: parsed(
                "promises.due_on",
                &present("promises.due_on", self.promise_due_on)?,
            )?,
            due_at: instant(
                "promises.due_at",
                present("promises.due_at", self.promise_due_at)?,
            )?,
            moves: number(
                "promises.moves",
                present("promises.moves", self.promise_moves)?,
            )?,
            counts_from: counts_from.unwrap_or_else(|| london_date(received_at)),
            next_step,
            outcome,
        }))
    }

    fn next_step(&self) -> Result<Option<DueStep>, StoreError> {
        let at = instant_if_any("promises.next_step_at", self.promise_next_step_at)?;
        let step = parsed_if_any("promises.next_step", self.promise_next_step.as_deref())?;
        Ok(step.zip(at).map(|(step, at)| DueStep { step, at }))
    }

    fn outcome(&self) -> Result<PromiseOutcome, StoreError> {
        let at = || {
            instant(
                "promises.outcome_at",
                present("promises.outcome_at", self.promise_outcome_at)?,
            )
        };
        match self.promise_outcome.as_deref() {
            Some("running") => Ok(PromiseOutcome::Running),
            Some("kept") => Ok(PromiseOutcome::Kept {
                at: at()?,
                message: MessageId::from_uuid(present("promises.kept_by", self.promise_kept_by)?),
            }),
            Some("answer-came-back") => Ok(PromiseOutcome::AnswerCameBack {
                at: at()?,
                message: MessageId::from_uuid(present("promises.kept_by", self.promise_kept_by)?),
            }),
            Some("ended") => Ok(PromiseOutcome::EndedWithoutAnswer {
                at: at()?,
                reason: parsed(
                    "promises.end_reason",
                    self.promise_end_reason.as_deref().unwrap_or_default(),
                )?,
            }),
            _ => Err(StoreError::corrupt("promises.outcome")),
        }
    }
}

/// The four columns of an outcome.
struct OutcomeColumns {
    outcome: &'static str,
    at: Option<i64>,
    kept_by: Option<Uuid>,
    end_reason: Option<&'static str>,
}

impl From<PromiseOutcome> for OutcomeColumns {
    fn from(outcome: PromiseOutcome) -> Self {
        match outcome {
            PromiseOutcome::Running => Self {
                outcome: "running",
                at: None,
                kept_by: None,
                end_reason: None,
            },
            PromiseOutcome::Kept { at, message } => Self {
                outcome: "kept",
                at: Some(at.as_millisecond()),
                kept_by: Some(message.as_uuid()),
                end_reason: None,
            },
            PromiseOutcome::AnswerCameBack { at, message } => Self {
                outcome: "answer-came-back",
                at: Some(at.as_millisecond()),
                kept_by: Some(message.as_uuid()),
                end_reason: None,
            },
            PromiseOutcome::EndedWithoutAnswer { at, reason } => Self {
                outcome: "ended",
                at: Some(at.as_millisecond()),
                kept_by: None,
                end_reason: Some(reason.as_str()),
            },
        }
    }
}

/// What was promised. Promises are read with their enquiry: see [`crate::Enquiries::get`].
#[derive(Debug)]
pub struct Promises<'t> {
    pub(crate) tx: &'t mut Tx,
}

impl Promises<'_> {
    /// Adds one.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the enquiry has a running promise already.
    pub async fn insert(&mut self, promise: &Promise) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO promises (id, enquiry, received_at, due_on, due_at, moves, outcome, \
                           outcome_at, kept_by, end_reason, counts_from_on, next_step, next_step_at) \
                           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
        let outcome = OutcomeColumns::from(promise.outcome);
        execute!(
            self.tx,
            SQL,
            promise.id.as_uuid(),
            promise.enquiry.as_uuid(),
            promise.received_at.as_millisecond(),
            promise.due_on.to_string(),
            promise.due_at.as_millisecond(),
            i64::from(promise.moves),
            outcome.outcome,
            outcome.at,
            outcome.kept_by,
            outcome.end_reason,
            promise.counts_from.to_string(),
            promise.next_step.map(|next| next.step.as_str()),
            promise.next_step.map(|next| next.at.as_millisecond()),
        )?;
        Ok(())
    }

    /// Writes how it stands now: its date, its moves, its next step, its outcome. The message that kept it must be there.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn update(&mut self, promise: &Promise) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE promises SET due_on = $2, due_at = $3, moves = $4, outcome = $5, outcome_at = $6, \
                           kept_by = $7, end_reason = $8, counts_from_on = $9, next_step = $10, next_step_at = $11 WHERE id = $1";
        let outcome = OutcomeColumns::from(promise.outcome);
        execute!(
            self.tx,
            SQL,
            promise.id.as_uuid(),
            promise.due_on.to_string(),
            promise.due_at.as_millisecond(),
            i64::from(promise.moves),
            outcome.outcome,
            outcome.at,
            outcome.kept_by,
            outcome.end_reason,
            promise.counts_from.to_string(),
            promise.next_step.map(|next| next.step.as_str()),
            promise.next_step.map(|next| next.at.as_millisecond()),
        )?;
        Ok(())
    }

    /// The answer that kept an earlier promise came back, while a later one runs: it was not kept. How many promises
    /// that concerns.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn answer_came_back(&mut self, message: MessageId) -> Result<u64, StoreError> {
        const SQL: &str = "UPDATE promises SET outcome = 'answer-came-back' WHERE kept_by = $1 AND outcome = 'kept'";
        execute!(self.tx, SQL, message.as_uuid())
    }

    /// Writes its next step alone. This is no news for whoever works on the enquiry.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn set_next_step(&mut self, promise: &Promise) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE promises SET counts_from_on = $2, next_step = $3, next_step_at = $4 WHERE id = $1";
        execute!(
            self.tx,
            SQL,
            promise.id.as_uuid(),
            promise.counts_from.to_string(),
            promise.next_step.map(|next| next.step.as_str()),
            promise.next_step.map(|next| next.at.as_millisecond()),
        )?;
        Ok(())
    }

    /// It has no next step: it does not run any more.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn without_next_step(&mut self, id: PromiseId) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE promises SET next_step = NULL, next_step_at = NULL WHERE id = $1";
        execute!(self.tx, SQL, id.as_uuid())?;
        Ok(())
    }
}
