//! The daily proof that nothing is lost or forgotten: who does it, and what it came to.

use domain::clock::london_date;
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::FromRow;

use crate::columns::{instant, limit as limit_column, number, parsed};
use crate::dialect::{execute, fetch_all, fetch_optional};
use crate::{StoreError, Tx};

/// One way in which something was not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// A code: the name of a [`Breach`](crate::Breach), or what is wrong with the record of deeds.
    pub kind: String,
    /// In how many places.
    pub places: u64,
}

/// What the audit of a day came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DailyAudit {
    /// The day, in London.
    pub on: Date,
    /// When it began.
    pub begun_at: Timestamp,
    /// When it ended.
    pub ended_at: Timestamp,
    /// How many enquiries it looked at.
    pub enquiries: u64,
    /// How many messages.
    pub messages: u64,
    /// What it found, by kind; nothing when all was well.
    pub findings: Vec<Finding>,
}

#[derive(FromRow)]
struct Row {
    on_day: String,
    begun_at: i64,
    ended_at: i64,
    enquiries: i64,
    messages: i64,
}

#[derive(FromRow)]
struct FindingRow {
    on_day: String,
    kind: String,
    places: i64,
}

/// The daily audits.
#[derive(Debug)]
pub struct DailyAudits<'t> {
    pub(crate) tx: &'t mut Tx,
}

impl DailyAudits<'_> {
    /// Whether nobody has done the audit of the day of `now`, nor is doing it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn is_due(&mut self, now: Timestamp) -> Result<bool, StoreError> {
        const SQL: &str = "SELECT begun_at FROM daily_audits WHERE on_day = $1 \
                           AND (ended_at IS NOT NULL OR leased_until_at > $2)";
        let taken: Option<(i64,)> = fetch_optional!(
            self.tx,
            (i64,),
            SQL,
            london_date(now).to_string(),
            now.as_millisecond()
        )?;
        Ok(taken.is_none())
    }

    /// Takes the audit of the day of `now`, until `until`. `false` when somebody else has it, or had it.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn begin(&mut self, now: Timestamp, until: Timestamp) -> Result<bool, StoreError> {
        const SQL: &str = "INSERT INTO daily_audits (on_day, begun_at, leased_until_at, enquiries, messages) \
                           VALUES ($1, $2, $3, 0, 0) ON CONFLICT (on_day) DO UPDATE SET begun_at = $2, \
                           leased_until_at = $3 WHERE daily_audits.ended_at IS NULL \
                           AND daily_audits.leased_until_at <= $2";
        let taken = execute!(
            self.tx,
            SQL,
            london_date(now).to_string(),
            now.as_millisecond(),
            until.as_millisecond()
        )?;
        Ok(taken > 0)
    }

    /// Writes down what it came to. `false` when it is no longer that one: another began it anew.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn end(&mut self, audit: &DailyAudit) -> Result<bool, StoreError> {
        const ENDED: &str = "UPDATE daily_audits SET ended_at = $3, enquiries = $4, messages = $5 \
                             WHERE on_day = $1 AND begun_at = $2 AND ended_at IS NULL";
        const FOUND: &str =
            "INSERT INTO daily_audit_findings (on_day, kind, places) VALUES ($1, $2, $3)";
        let day = audit.on.to_string();
        let ended = execute!(
            self.tx,
            ENDED,
            day.as_str(),
            audit.begun_at.as_millisecond(),
            audit.ended_at.as_millisecond(),
            column(audit.enquiries),
            column(audit.messages)
        )?;
        if ended == 0 {
            return Ok(false);
        }
        for finding in &audit.findings {
            execute!(
                self.tx,
                FOUND,
                day.as_str(),
                finding.kind.as_str(),
                column(finding.places)
            )?;
        }
        Ok(true)
    }

    /// Those that ended, the latest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn latest(&mut self, limit: u32) -> Result<Vec<DailyAudit>, StoreError> {
        const ENDED: &str = "SELECT on_day, begun_at, ended_at, enquiries, messages FROM daily_audits \
                             WHERE ended_at IS NOT NULL ORDER BY on_day DESC LIMIT $1";
        const FOUND: &str = "SELECT on_day, kind, places FROM daily_audit_findings WHERE on_day >= $1 \
                             ORDER BY on_day, kind";
        let rows = fetch_all!(self.tx, Row, ENDED, limit_column(limit))?;
        let Some(first) = rows.last().map(|row| row.on_day.clone()) else {
            return Ok(Vec::new());
        };
        let found = fetch_all!(self.tx, FindingRow, FOUND, first)?;
        rows.into_iter().map(|row| read(row, &found)).collect()
    }
}

/// More than a database can count does not exist.
fn column(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn read(row: Row, found: &[FindingRow]) -> Result<DailyAudit, StoreError> {
    let findings = found.iter().filter(|finding| finding.on_day == row.on_day);
    let findings = findings.map(|finding| {
        Ok(Finding {
            kind: finding.kind.clone(),
            places: number("daily_audit_findings.places", finding.places)?,
        })
    });
    Ok(DailyAudit {
        findings: findings.collect::<Result<_, StoreError>>()?,
        on: parsed("daily_audits.on_day", &row.on_day)?,
        begun_at: instant("daily_audits.begun_at", row.begun_at)?,
        ended_at: instant("daily_audits.ended_at", row.ended_at)?,
        enquiries: number("daily_audits.enquiries", row.enquiries)?,
        messages: number("daily_audits.messages", row.messages)?,
    })
}
