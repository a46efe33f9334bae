//! Who was told that a promise is in danger or broke, when that was due, and what is still to be
//! written to them. Which promises are due is read from an index: see [`Escalations::due`].

use domain::escalation::EscalationStep;
use domain::ids::{AccountId, EnquiryId, EscalationId, NoticeId, PromiseId};
use domain::reference::Reference;
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::FromRow;
use uuid::Uuid;

use crate::accounts::TO_GO_AWAY;
use crate::columns::{instant, limit as limit_column, parsed};
use crate::dialect::{execute, fetch_all};
use crate::enquiries::{PAUSES_OVER, TO_CLOSE};
use crate::pauses::TO_REMIND;
use crate::to_write::{self, next_address, written};
use crate::{StoreError, Tx, hand_overs};

/// One step of a promise's escalation, done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Escalation {
    /// Its id.
    pub id: EscalationId,
    /// The promise in danger.
    pub promise: PromiseId,
    /// Its enquiry.
    pub enquiry: EnquiryId,
    /// Which step.
    pub step: EscalationStep,
    /// The day after which the promise's working days count. With `due_on` it tells a promise that was
    /// moved from what it was before.
    pub counts_from: Date,
    /// The day that was promised.
    pub due_on: Date,
    /// When it was to be done.
    pub due_at: Timestamp,
    /// When it was.
    pub done_at: Timestamp,
}

/// Somebody who is told of an escalation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Where mail reaches them, in lower case.
    pub address: String,
    /// Their account, if they sign in.
    pub account: Option<AccountId>,
}

/// One line of a notice, or of somebody's screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToTell {
    /// The escalation.
    pub escalation: EscalationId,
    /// The enquiry's public name.
    pub reference: Reference,
    /// Which step.
    pub step: EscalationStep,
    /// The day that was promised.
    pub due_on: Date,
    /// When they were to be told.
    pub due_at: Timestamp,
    /// When it was done.
    pub done_at: Timestamp,
}

/// Whom an escalation told, by name where they have an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EscalationInFile {
    /// Which step.
    pub step: EscalationStep,
    /// When it was due.
    pub due_at: Timestamp,
    /// When it was done.
    pub done_at: Timestamp,
    /// Names, or addresses of those without an account. Nobody, when the answer overtook it.
    pub told: Vec<String>,
}

#[derive(FromRow)]
struct ToTellRow {
    escalation: Uuid,
    reference: String,
    step: String,
    due_on: String,
    due_at: i64,
    done_at: i64,
}

impl TryFrom<ToTellRow> for ToTell {
    type Error = StoreError;

    fn try_from(row: ToTellRow) -> Result<Self, StoreError> {
        Ok(Self {
            escalation: EscalationId::from_uuid(row.escalation),
            reference: parsed("enquiries.reference", &row.reference)?,
            step: parsed("escalations.step", &row.step)?,
            due_on: parsed("promises.due_on", &row.due_on)?,
            due_at: instant("escalations.due_at", row.due_at)?,
            done_at: instant("escalations.done_at", row.done_at)?,
        })
    }
}

#[derive(FromRow)]
struct InFileRow {
    id: Uuid,
    step: String,
    due_at: i64,
    done_at: i64,
    told: Option<String>,
}

/// The columns of [`ToTellRow`], and what follows them.
macro_rules! to_tell {
    ($rest:literal) => {
        concat!(
            "SELECT t.escalation, e.reference, x.step, p.due_on, x.due_at, x.done_at FROM tellings t \
             JOIN escalations x ON x.id = t.escalation JOIN promises p ON p.id = x.promise \
             JOIN enquiries e ON e.id = t.enquiry ",
            $rest
        )
    };
}

const DUE: &str = "SELECT id, enquiry FROM promises WHERE next_step_at IS NOT NULL AND next_step_at <= $1 \
                   ORDER BY next_step_at, id LIMIT $2";
const UNPLANNED: &str = "SELECT enquiry FROM promises WHERE outcome = 'running' AND counts_from_on IS NULL \
                         ORDER BY id LIMIT $1";
const OVER: &str = "UPDATE tellings SET over_at = $2 WHERE enquiry = $1 AND over_at IS NULL";
const NEXT_TO_WRITE_TO: &str = next_address!("tellings");
const TO_WRITE: &str = to_tell!(
    "WHERE t.address = $1 AND t.notice IS NULL AND t.over_at IS NULL ORDER BY t.escalation LIMIT $2"
);

/// What the sweep asks for each minute, for the suite that looks at how a database answers: from an
/// index, however many enquiries are open.
pub const SWEPT: [&str; 12] = [
    DUE,
    UNPLANNED,
    OVER,
    NEXT_TO_WRITE_TO,
    TO_WRITE,
    hand_overs::OVER,
    hand_overs::NEXT,
    hand_overs::TO_WRITE,
    TO_CLOSE,
    PAUSES_OVER,
    TO_REMIND,
    TO_GO_AWAY,
];

/// Who was told what.
#[derive(Debug)]
pub struct Escalations<'t> {
    pub(crate) tx: &'t mut Tx,
}

impl Escalations<'_> {
    /// The promises whose next step is due, with their enquiries, the earliest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn due(
        &mut self,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<(PromiseId, EnquiryId)>, StoreError> {
        let rows = fetch_all!(
            self.tx,
            (Uuid, Uuid),
            DUE,
            now.as_millisecond(),
            limit_column(limit)
        )?;
        Ok(rows
            .into_iter()
            .map(|(id, enquiry)| (PromiseId::from_uuid(id), EnquiryId::from_uuid(enquiry)))
            .collect())
    }

    /// The enquiries of running promises that an older program made, which planned no steps.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn unplanned(&mut self, limit: u32) -> Result<Vec<EnquiryId>, StoreError> {
        let rows = fetch_all!(self.tx, (Uuid,), UNPLANNED, limit_column(limit))?;
        Ok(rows
            .into_iter()
            .map(|(id,)| EnquiryId::from_uuid(id))
            .collect())
    }

    /// Writes down that a step was done. `false` when it was before: then nothing is written.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn insert(&mut self, done: &Escalation) -> Result<bool, StoreError> {
        const SQL: &str = "INSERT INTO escalations (id, promise, enquiry, step, counts_from_on, due_on, due_at, \
                           done_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
                           ON CONFLICT (promise, step, counts_from_on, due_on) DO NOTHING";
        let inserted = execute!(
            self.tx,
            SQL,
            done.id.as_uuid(),
            done.promise.as_uuid(),
            done.enquiry.as_uuid(),
            done.step.as_str(),
            done.counts_from.to_string(),
            done.due_on.to_string(),
            done.due_at.as_millisecond(),
            done.done_at.as_millisecond(),
        )?;
        Ok(inserted > 0)
    }

    /// Writes down who is told of it.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when they are told already.
    pub async fn tell(&mut self, done: &Escalation, told: &Told) -> Result<(), StoreError> {
        const SQL: &str =
            "INSERT INTO tellings (escalation, address, account, enquiry) VALUES ($1, $2, $3, $4)";
        execute!(
            self.tx,
            SQL,
            done.id.as_uuid(),
            told.address.as_str(),
            told.account.map(|id| id.as_uuid()),
            done.enquiry.as_uuid(),
        )?;
        Ok(())
    }

    /// Nobody needs to be told of this enquiry any more: it was answered, moved or paused.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn over(&mut self, enquiry: EnquiryId, at: Timestamp) -> Result<(), StoreError> {
        execute!(self.tx, OVER, enquiry.as_uuid(), at.as_millisecond())?;
        Ok(())
    }

    /// The next one to whom a notice is to be written, if there is one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn next_to_write_to(&mut self, after: &str) -> Result<Option<String>, StoreError> {
        to_write::next(self.tx, NEXT_TO_WRITE_TO, after).await
    }

    /// What is to be written to them, the earliest first. A row that holds what cannot be is left out: it keeps nobody
    /// from being told of the others, and stays for `send-hub audit` to tell.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn to_write(&mut self, address: &str, limit: u32) -> Result<Vec<ToTell>, StoreError> {
        let rows = fetch_all!(self.tx, ToTellRow, TO_WRITE, address, limit_column(limit))?;
        let read = rows.into_iter().map(ToTell::try_from);
        Ok(read.filter_map(Result::ok).collect())
    }

    /// They were written to. `false` when somebody else did it first.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn written(
        &mut self,
        escalation: EscalationId,
        address: &str,
        notice: NoticeId,
    ) -> Result<bool, StoreError> {
        const SQL: &str = written!("tellings", "escalation");
        to_write::note(self.tx, SQL, escalation.as_uuid(), address, notice).await
    }

    /// What stands on somebody's screen, the earliest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn on_screen(
        &mut self,
        account: AccountId,
        limit: u32,
    ) -> Result<Vec<ToTell>, StoreError> {
        const SQL: &str =
            to_tell!("WHERE t.account = $1 AND t.over_at IS NULL ORDER BY t.escalation LIMIT $2");
        let rows = fetch_all!(
            self.tx,
            ToTellRow,
            SQL,
            account.as_uuid(),
            limit_column(limit)
        )?;
        rows.into_iter().map(ToTell::try_from).collect()
    }

    /// Everything that was done about an enquiry, the earliest first. There is little of it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn of_enquiry(
        &mut self,
        enquiry: EnquiryId,
    ) -> Result<Vec<EscalationInFile>, StoreError> {
        const SQL: &str = "SELECT x.id, x.step, x.due_at, x.done_at, COALESCE(a.name, t.address) AS told \
                           FROM escalations x LEFT JOIN tellings t ON t.escalation = x.id \
                           LEFT JOIN accounts a ON a.id = t.account WHERE x.enquiry = $1 \
                           ORDER BY x.due_at, x.id, t.address";
        let mut found: Vec<(Uuid, EscalationInFile)> = Vec::new();
        for row in fetch_all!(self.tx, InFileRow, SQL, enquiry.as_uuid())? {
            match found.last_mut().filter(|(id, _)| *id == row.id) {
                Some((_, last)) => last.told.extend(row.told),
                None => found.push((
                    row.id,
                    EscalationInFile {
                        step: parsed("escalations.step", &row.step)?,
                        due_at: instant("escalations.due_at", row.due_at)?,
                        done_at: instant("escalations.done_at", row.done_at)?,
                        told: row.told.into_iter().collect(),
                    },
                )),
            }
        }
        Ok(found
            .into_iter()
            .map(|(_, escalation)| escalation)
            .collect())
    }
}
