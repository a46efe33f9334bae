//! What became of outgoing mail, attempt by attempt and report by report.

use domain::codes::{AttemptOutcome, ReportAction, ReportEvidence};
use domain::ids::{MailId, ReportId};
use jiff::Timestamp;
use sqlx::FromRow;
use uuid::Uuid;

use crate::columns::{instant, number, parsed};
use crate::dialect::{execute, fetch_all, fetch_optional};
use crate::{StoreError, Tx};

/// One attempt to hand over a mail. Servers' words hold no address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// When.
    pub at: Timestamp,
    /// How it ended.
    pub outcome: AttemptOutcome,
    /// The server's code (RFC 5321), if it answered.
    pub reply_code: Option<u16>,
    /// The enhanced status (RFC 3463), if it gave one.
    pub enhanced_status: Option<String>,
    /// What it said, or what went wrong.
    pub said: String,
}

/// A delivery report (RFC 3464). Servers' words hold no address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Its id.
    pub id: ReportId,
    /// The message that it came in, as it is kept.
    pub arrived: Option<Uuid>,
    /// When it came.
    pub received_at: Timestamp,
    /// The mail that it reports; `None` when it fits nothing that we sent.
    pub mail: Option<MailId>,
    /// By what that was found.
    pub evidence: ReportEvidence,
    /// What it says became of the mail.
    pub action: ReportAction,
    /// The enhanced status (RFC 3463).
    pub enhanced_status: Option<String>,
    /// The server's words.
    pub said: String,
}

#[derive(FromRow)]
struct AttemptRow {
    tried_at: i64,
    outcome: String,
    reply_code: Option<i64>,
    enhanced_status: Option<String>,
    said: String,
}

#[derive(FromRow)]
struct ReportRow {
    id: Uuid,
    arrived: Option<Uuid>,
    received_at: i64,
    mail: Option<Uuid>,
    evidence: String,
    action: String,
    enhanced_status: Option<String>,
    said: String,
}

impl TryFrom<AttemptRow> for Attempt {
    type Error = StoreError;

    fn try_from(row: AttemptRow) -> Result<Self, StoreError> {
        let code = row.reply_code;
        Ok(Self {
            at: instant("delivery_attempts.tried_at", row.tried_at)?,
            outcome: parsed("delivery_attempts.outcome", &row.outcome)?,
            reply_code: code
                .map(|code| number("delivery_attempts.reply_code", code))
                .transpose()?,
            enhanced_status: row.enhanced_status,
            said: row.said,
        })
    }
}

impl TryFrom<ReportRow> for Report {
    type Error = StoreError;

    fn try_from(row: ReportRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: ReportId::from_uuid(row.id),
            arrived: row.arrived,
            received_at: instant("delivery_reports.received_at", row.received_at)?,
            mail: row.mail.map(MailId::from_uuid),
            evidence: parsed("delivery_reports.evidence", &row.evidence)?,
            action: parsed("delivery_reports.action", &row.action)?,
            enhanced_status: row.enhanced_status,
            said: row.said,
        })
    }
}

/// Attempts and reports.
#[derive(Debug)]
pub struct Deliveries<'t> {
    pub(crate) tx: &'t mut Tx,
}

impl Deliveries<'_> {
    /// Notes an attempt, under the number that the mail counts now: write the mail first.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when this attempt was noted already.
    pub async fn add_attempt(&mut self, mail: MailId, attempt: &Attempt) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO delivery_attempts (mail, attempt, tried_at, outcome, reply_code, \
                           enhanced_status, said) SELECT id, attempts, $2, $3, $4, $5, $6 FROM mails WHERE id = $1";
        execute!(
            self.tx,
            SQL,
            mail.as_uuid(),
            attempt.at.as_millisecond(),
            attempt.outcome.as_str(),
            attempt.reply_code.map(i64::from),
            attempt.enhanced_status.as_deref(),
            attempt.said.as_str(),
        )?;
        Ok(())
    }

    /// The attempts at one mail, the first first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn attempts(&mut self, mail: MailId) -> Result<Vec<Attempt>, StoreError> {
        const SQL: &str = "SELECT tried_at, outcome, reply_code, enhanced_status, said FROM delivery_attempts \
                           WHERE mail = $1 ORDER BY attempt";
        fetch_all!(self.tx, AttemptRow, SQL, mail.as_uuid())?
            .into_iter()
            .map(Attempt::try_from)
            .collect()
    }

    /// Keeps a report.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the message that it came in was kept as a report already.
    pub async fn add_report(&mut self, report: &Report) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO delivery_reports (id, arrived, received_at, mail, evidence, action, \
                           enhanced_status, said) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        execute!(
            self.tx,
            SQL,
            report.id.as_uuid(),
            report.arrived,
            report.received_at.as_millisecond(),
            report.mail.map(|id| id.as_uuid()),
            report.evidence.as_str(),
            report.action.as_str(),
            report.enhanced_status.as_deref(),
            report.said.as_str(),
        )?;
        Ok(())
    }

    /// The report that came in this message, if it was kept.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn report_in(&mut self, arrived: Uuid) -> Result<Option<Report>, StoreError> {
        const SQL: &str = "SELECT id, arrived, received_at, mail, evidence, action, enhanced_status, said \
                           FROM delivery_reports WHERE arrived = $1";
        fetch_optional!(self.tx, ReportRow, SQL, arrived)?
            .map(Report::try_from)
            .transpose()
    }
}
