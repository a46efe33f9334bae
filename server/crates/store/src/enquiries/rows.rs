//! An enquiry's columns: how its state is spread over them, and put together again.

use domain::codes::EndReason;
use domain::enquiry::{CloseReason, Enquiry, State};
use domain::ids::{AccountId, CorrespondentId, EnquiryId};
use domain::promise::end_of_day_london;
use sqlx::FromRow;
use uuid::Uuid;

use crate::StoreError;
use crate::columns::{instant, number, parsed, parsed_if_any, present};
use crate::promises::PromiseRow;

/// The columns of [`EnquiryRow`], and what follows them. Of an enquiry's promises the running one is read, or
/// else the last: it has few.
macro_rules! select_enquiries {
    ($rest:literal) => {
        concat!(
            "SELECT e.id, e.reference, e.topic, e.district, e.team, e.officer, e.correspondent, c.kind AS asked_by, e.channel, e.state, \
             e.paused_until_on, e.answered_at, e.closes_on, e.closed_at, e.close_reason, e.end_reason, e.chasers, \
             e.received_at, e.revision, p.id AS promise_id, p.received_at AS promise_received_at, \
             p.due_on AS promise_due_on, p.due_at AS promise_due_at, p.moves AS promise_moves, \
             p.counts_from_on AS promise_counts_from_on, p.next_step AS promise_next_step, \
             p.next_step_at AS promise_next_step_at, \
             p.outcome AS promise_outcome, p.outcome_at AS promise_outcome_at, p.kept_by AS promise_kept_by, \
             p.end_reason AS promise_end_reason \
             FROM enquiries e JOIN correspondents c ON c.id = e.correspondent LEFT JOIN promises p ON p.id = (SELECT q.id FROM promises q WHERE q.enquiry = e.id \
             ORDER BY CASE WHEN q.outcome = 'running' THEN 0 ELSE 1 END, q.received_at DESC, q.id DESC LIMIT 1) ",
            $rest
        )
    };
}

pub(super) use select_enquiries;

#[derive(FromRow)]
pub(super) struct EnquiryRow {
    id: Uuid,
    reference: String,
    topic: String,
    district: Option<String>,
    team: String,
    officer: Option<Uuid>,
    correspondent: Uuid,
    asked_by: String,
    channel: String,
    state: String,
    paused_until_on: Option<String>,
    answered_at: Option<i64>,
    closes_on: Option<String>,
    closed_at: Option<i64>,
    close_reason: Option<String>,
    end_reason: Option<String>,
    chasers: i64,
    received_at: i64,
    revision: i64,
    #[sqlx(flatten)]
    promise: PromiseRow,
}

impl EnquiryRow {
    fn state(&self) -> Result<State, StoreError> {
        match self.state.as_str() {
            "promised" => Ok(State::Promised),
            "paused" => paused(self.paused_until_on.as_deref()),
            "answered" => Ok(State::Answered {
                at: instant(
                    "enquiries.answered_at",
                    present("enquiries.answered_at", self.answered_at)?,
                )?,
                closes_on: parsed(
                    "enquiries.closes_on",
                    self.closes_on.as_deref().unwrap_or_default(),
                )?,
            }),
            "closed" => Ok(State::Closed {
                at: instant(
                    "enquiries.closed_at",
                    present("enquiries.closed_at", self.closed_at)?,
                )?,
                reason: self.close_reason()?,
            }),
            _ => Err(StoreError::corrupt("enquiries.state")),
        }
    }

    fn close_reason(&self) -> Result<CloseReason, StoreError> {
        match self.close_reason.as_deref() {
            Some("answered") => Ok(CloseReason::Answered),
            Some("ended") => parsed(
                "enquiries.end_reason",
                self.end_reason.as_deref().unwrap_or_default(),
            )
            .map(CloseReason::Ended),
            _ => Err(StoreError::corrupt("enquiries.close_reason")),
        }
    }
}

/// The paused state from its column, which must be there.
pub(super) fn paused(until: Option<&str>) -> Result<State, StoreError> {
    Ok(State::Paused {
        until: parsed("enquiries.paused_until_on", until.unwrap_or_default())?,
    })
}

impl TryFrom<EnquiryRow> for Enquiry {
    type Error = StoreError;

    fn try_from(row: EnquiryRow) -> Result<Self, StoreError> {
        let id = EnquiryId::from_uuid(row.id);
        let state = row.state()?;
        Ok(Self {
            id,
            reference: parsed("enquiries.reference", &row.reference)?,
            topic: parsed("enquiries.topic", &row.topic)?,
            district: parsed_if_any("enquiries.district", row.district.as_deref())?,
            team: parsed("enquiries.team", &row.team)?,
            officer: row.officer.map(AccountId::from_uuid),
            correspondent: CorrespondentId::from_uuid(row.correspondent),
            asked_by: parsed("correspondents.kind", &row.asked_by)?,
            channel: parsed("enquiries.channel", &row.channel)?,
            state,
            promise: row.promise.into_promise(id)?,
            chasers: number("enquiries.chasers", row.chasers)?,
            received_at: instant("enquiries.received_at", row.received_at)?,
            revision: row.revision,
        })
    }
}

/// A state, spread over its columns.
#[derive(Default)]
pub(super) struct StateColumns {
    pub(super) state: &'static str,
    pub(super) paused_until_on: Option<String>,
    pub(super) answered_at: Option<i64>,
    pub(super) closes_on: Option<String>,
    pub(super) closed_at: Option<i64>,
    pub(super) close_reason: Option<&'static str>,
    pub(super) end_reason: Option<&'static str>,
    pub(super) due_at: Option<i64>,
}

impl StateColumns {
    /// The columns of an enquiry's state. `due_at` is when it next needs a person: see the migration.
    pub(super) fn of(enquiry: &Enquiry) -> Result<Self, StoreError> {
        let state = enquiry.state.kind().as_str();
        Ok(match enquiry.state {
            State::Promised => {
                // One without would be in no queue, and nobody would ever answer it.
                let promise = present(
                    "an open enquiry without a running promise",
                    enquiry.running_promise(),
                )?;
                Self {
                    state,
                    due_at: Some(promise.due_at.as_millisecond() - before_others(enquiry)),
                    ..Self::default()
                }
            }
            State::Paused { until } => Self {
                state,
                paused_until_on: Some(until.to_string()),
                due_at: Some(end_of_day_london(until).as_millisecond()),
                ..Self::default()
            },
            State::Answered { at, closes_on } => Self {
                state,
                answered_at: Some(at.as_millisecond()),
                closes_on: Some(closes_on.to_string()),
                ..Self::default()
            },
            State::Closed { at, reason } => Self {
                state,
                closed_at: Some(at.as_millisecond()),
                close_reason: Some(close_reason_code(reason)),
                end_reason: end_reason(reason).map(EndReason::as_str),
                ..Self::default()
            },
        })
    }
}

/// A chased enquiry comes before the others of its day, by a millisecond a chaser: its day stays.
fn before_others(enquiry: &Enquiry) -> i64 {
    i64::from(enquiry.chasers.min(999))
}

fn close_reason_code(reason: CloseReason) -> &'static str {
    match reason {
        CloseReason::Answered => "answered",
        CloseReason::Ended(_) => "ended",
    }
}

fn end_reason(reason: CloseReason) -> Option<EndReason> {
    match reason {
        CloseReason::Answered => None,
        CloseReason::Ended(reason) => Some(reason),
    }
}
