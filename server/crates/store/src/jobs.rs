//! What runs later: written in the transaction of the change that asks for it, run by workers.
//!
//! A worker leases jobs for a while; one whose worker died becomes free again when its lease ends, so a job
//! may run twice and must be idempotent.

use domain::ids::JobId;
use jiff::Timestamp;
use sqlx::FromRow;
use uuid::Uuid;

use crate::columns::{instant, instant_if_any, limit as limit_column, number};
use crate::dialect::{execute, fetch_all, fetch_one, fetch_optional};
use crate::tx::PostgresTx;
use crate::{Database, StoreError, Tx};

/// A leased job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// What is to be done.
    pub kind: String,
    /// What it is to be done to.
    pub subject: Uuid,
    /// When it was due.
    pub run_at: Timestamp,
    /// How often it was leased, this time counted.
    pub attempts: u32,
    /// When it was asked for.
    pub created_at: Timestamp,
}

/// Which workers take a job: one that waits long for another machine holds up only its own lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// What needs nothing but our database.
    Ours,
    /// What is handed to a sending server, which may take long.
    Sending,
}

impl Lane {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Ours, Self::Sending];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Sending => "sending",
        }
    }
}

/// A job to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewJob<'a> {
    /// Its id.
    pub id: JobId,
    /// Whose work it is.
    pub lane: Lane,
    /// What is to be done.
    pub kind: &'a str,
    /// What it is to be done to.
    pub subject: Uuid,
    /// When it is due.
    pub run_at: Timestamp,
    /// Now.
    pub created_at: Timestamp,
}

/// How much work is waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Depth {
    /// How many jobs wait, counted up to 10,000.
    pub waiting: u32,
    /// When the one that waits longest was due.
    pub oldest_run_at: Option<Timestamp>,
    /// How many were given up, counted up to 10,000.
    pub dead: u32,
}

#[derive(FromRow)]
struct JobRow {
    id: Uuid,
    kind: String,
    subject: Uuid,
    run_at: i64,
    attempts: i64,
    created_at: i64,
}

#[derive(FromRow)]
struct DepthRow {
    waiting: i64,
    ours_run_at: Option<i64>,
    sending_run_at: Option<i64>,
    dead: i64,
}

impl TryFrom<JobRow> for Job {
    type Error = StoreError;

    fn try_from(row: JobRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: JobId::from_uuid(row.id),
            kind: row.kind,
            subject: row.subject,
            run_at: instant("jobs.run_at", row.run_at)?,
            attempts: number("jobs.attempts", row.attempts)?,
            created_at: instant("jobs.created_at", row.created_at)?,
        })
    }
}

/// No lease of now ends after this. Twice as long as one takes: the clocks of two servers are never quite the same.
fn latest(now: Timestamp, until: Timestamp) -> Timestamp {
    until + until.duration_since(now)
}

impl Database {
    /// [`Jobs::lease_waiting`] of one job, and nothing else. On PostgreSQL that is one message there and back, with no
    /// transaction begun and ended around it.
    ///
    /// # Errors
    /// When the database cannot be written. Where no answer came, the job may be leased all the same, and is free again
    /// when that lease ends.
    pub async fn lease_waiting(
        &self,
        lane: Lane,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Option<Job>, StoreError> {
        let mut tx = match self {
            Self::Sqlite(_) => self.begin().await?,
            Self::Postgres(server) => Tx::Postgres(PostgresTx::unbegun(server).await?),
        };
        let leased = tx.jobs().lease_waiting(lane, now, until, 1).await?.pop();
        tx.commit().await?;
        Ok(leased)
    }
}

/// The work that is waiting, leased, done or given up.
#[derive(Debug)]
pub struct Jobs<'t> {
    pub(crate) tx: &'t mut Tx,
}

impl Jobs<'_> {
    /// Adds a job.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when there is a job with this id.
    pub async fn enqueue(&mut self, job: &NewJob<'_>) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO jobs (id, lane, kind, subject, state, run_at, attempts, created_at) \
                           VALUES ($1, $2, $3, $4, 'waiting', $5, 0, $6)";
        execute!(
            self.tx,
            SQL,
            job.id.as_uuid(),
            job.lane.as_str(),
            job.kind,
            job.subject,
            job.run_at.as_millisecond(),
            job.created_at.as_millisecond()
        )?;
        Ok(())
    }

    /// Whether there is anything that [`Jobs::lease`] could take. It only reads, so that a worker whom nobody called
    /// keeps SQLite's one writer from nobody.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn is_due(
        &mut self,
        lane: Lane,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "SELECT \
            (SELECT count(*) FROM (SELECT 1 FROM jobs WHERE state = 'waiting' AND lane = $1 AND run_at <= $2 \
             LIMIT 1) AS w) + \
            (SELECT count(*) FROM (SELECT 1 FROM jobs WHERE state = 'leased' AND (leased_until_at <= $2 \
             OR leased_until_at > $3) LIMIT 1) AS l)";
        let (due,) = fetch_one!(
            self.tx,
            (i64,),
            SQL,
            lane.as_str(),
            now.as_millisecond(),
            latest(now, until).as_millisecond()
        )?;
        Ok(due > 0)
    }

    /// Takes up to `limit` jobs of a lane that are due, the longest due first, until `until`. A lease that has ended
    /// counts as waiting, and so does one that ends more than twice as late as this one will: it was given before
    /// somebody set the clock back. No job is given to two workers at once.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn lease(
        &mut self,
        lane: Lane,
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Job>, StoreError> {
        self.free_ended_leases(now, until).await?;
        self.lease_waiting(lane, now, until, limit).await
    }

    /// The same, of those that wait: what another worker left stays with it. For a worker who comes from one job to the
    /// next, or was called because there is one.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn lease_waiting(
        &mut self,
        lane: Lane,
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Job>, StoreError> {
        let rows = self.take_waiting(lane, now, until, limit).await?;
        let mut jobs = rows
            .into_iter()
            .map(Job::try_from)
            .collect::<Result<Vec<_>, _>>()?;
        // RETURNING promises no order.
        jobs.sort_by_key(|job| (job.run_at, job.id));
        Ok(jobs)
    }

    /// Lets every job wait again whose lease has ended.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn free_ended_leases(
        &mut self,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<u64, StoreError> {
        // It was due when it was leased. If it is not any more, the clock was set back since. Whoever ends one of them
        // at this moment is not waited for: a worker does this with locks of its own on an enquiry.
        macro_rules! free {
            ($skip:literal) => {
                concat!(
                    "UPDATE jobs SET state = 'waiting', leased_until_at = NULL, \
                     run_at = CASE WHEN run_at > $1 THEN $1 ELSE run_at END WHERE id IN (SELECT id FROM jobs \
                     WHERE state = 'leased' AND (leased_until_at <= $1 OR leased_until_at > $2)",
                    $skip,
                    ")"
                )
            };
        }
        let sql = match self.tx {
            Tx::Sqlite(_) => free!(""),
            Tx::Postgres(_) => free!(" FOR UPDATE SKIP LOCKED"),
        };
        let latest = latest(now, until);
        execute!(self.tx, sql, now.as_millisecond(), latest.as_millisecond())
    }

    async fn take_waiting(
        &mut self,
        lane: Lane,
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<JobRow>, StoreError> {
        // SQLite has one writer at a time; on PostgreSQL workers step over the rows that another is leasing. Asked for
        // within the condition, they could be asked for once a row of the table, and step over their own each time:
        // so they are chosen first, and once.
        macro_rules! lease {
            ($skip:literal) => {
                concat!(
                    "WITH due AS MATERIALIZED (SELECT id FROM jobs WHERE state = 'waiting' AND lane = $1 \
                     AND run_at <= $2 ORDER BY run_at, id LIMIT $4",
                    $skip,
                    ") UPDATE jobs SET state = 'leased', leased_until_at = $3, attempts = attempts + 1 \
                     WHERE id IN (SELECT id FROM due) RETURNING id, kind, subject, run_at, attempts, created_at"
                )
            };
        }
        let sql = match self.tx {
            Tx::Sqlite(_) => lease!(""),
            Tx::Postgres(_) => lease!(" FOR UPDATE SKIP LOCKED"),
        };
        fetch_all!(
            self.tx,
            JobRow,
            sql,
            lane.as_str(),
            now.as_millisecond(),
            until.as_millisecond(),
            limit_column(limit)
        )
    }

    /// Makes due what was asked for after `latest`, which nobody can have done yet: it was asked for before somebody
    /// set the clock back, and would wait until the clock is there again. What was tried since keeps its pause.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn hurry_those_asked_for_after(
        &mut self,
        latest: Timestamp,
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        const SQL: &str = "UPDATE jobs SET run_at = $1 \
                           WHERE state = 'waiting' AND lane IN ('ours', 'sending') AND run_at > $1 \
                           AND created_at > $2 AND run_at >= created_at";
        execute!(self.tx, SQL, now.as_millisecond(), latest.as_millisecond())
    }

    /// It is done. Like [`Jobs::retry`] and [`Jobs::dead`], this says nothing of a job whose lease has ended and
    /// which another worker holds by now: that one's word counts.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn done(&mut self, job: &Job, at: Timestamp) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE jobs SET state = 'done', leased_until_at = NULL, last_error = NULL, done_at = $2 \
                           WHERE id = $1 AND state = 'leased' AND attempts = $3";
        execute!(
            self.tx,
            SQL,
            job.id.as_uuid(),
            at.as_millisecond(),
            i64::from(job.attempts)
        )?;
        Ok(())
    }

    /// It failed and is to be tried again at `run_at`.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn retry(
        &mut self,
        job: &Job,
        run_at: Timestamp,
        error: &str,
    ) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE jobs SET state = 'waiting', leased_until_at = NULL, run_at = $2, last_error = $3 \
                           WHERE id = $1 AND state = 'leased' AND attempts = $4";
        execute!(
            self.tx,
            SQL,
            job.id.as_uuid(),
            run_at.as_millisecond(),
            error,
            i64::from(job.attempts)
        )?;
        Ok(())
    }

    /// It failed for good; a person must look at it.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn dead(&mut self, job: &Job, error: &str, at: Timestamp) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE jobs SET state = 'dead', leased_until_at = NULL, last_error = $2, done_at = $3 \
                           WHERE id = $1 AND state = 'leased' AND attempts = $4";
        execute!(
            self.tx,
            SQL,
            job.id.as_uuid(),
            error,
            at.as_millisecond(),
            i64::from(job.attempts)
        )?;
        Ok(())
    }

    /// A person dealt with what was given up.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn replace_dead(
        &mut self,
        kind: &str,
        subject: Uuid,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE jobs SET state = 'done', done_at = $3 \
                           WHERE kind = $1 AND subject = $2 AND state = 'dead'";
        execute!(self.tx, SQL, kind, subject, at.as_millisecond())?;
        Ok(())
    }

    /// When the job about `subject` that is not done yet is due: the next attempt, or the one under way.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn due_for(
        &mut self,
        kind: &str,
        subject: Uuid,
    ) -> Result<Option<Timestamp>, StoreError> {
        const SQL: &str = "SELECT run_at FROM jobs WHERE subject = $1 AND kind = $2 AND state <> 'done' \
                           AND state <> 'dead' ORDER BY run_at LIMIT 1";
        let due: Option<(i64,)> = fetch_optional!(self.tx, (i64,), SQL, subject, kind)?;
        due.map(|(run_at,)| instant("jobs.run_at", run_at))
            .transpose()
    }

    /// Takes back what no worker ever leased. `false` when one has, or there is none: of somebody who takes it back
    /// and a worker who leases it at the same moment, exactly one is told that they were first.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn take_back(
        &mut self,
        kind: &str,
        subject: Uuid,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE jobs SET state = 'done', done_at = $3 WHERE subject = $1 AND kind = $2 \
                           AND state <> 'done' AND state = 'waiting' AND attempts = 0";
        Ok(execute!(self.tx, SQL, subject, kind, at.as_millisecond())? > 0)
    }

    /// How much work is waiting, at a bounded cost.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn depth(&mut self) -> Result<Depth, StoreError> {
        const SQL: &str = "SELECT \
            (SELECT count(*) FROM (SELECT 1 FROM jobs WHERE state = 'waiting' LIMIT 10000) AS w) AS waiting, \
            (SELECT min(run_at) FROM jobs WHERE state = 'waiting' AND lane = 'ours') AS ours_run_at, \
            (SELECT min(run_at) FROM jobs WHERE state = 'waiting' AND lane = 'sending') AS sending_run_at, \
            (SELECT count(*) FROM (SELECT 1 FROM jobs WHERE state = 'dead' LIMIT 10000) AS d) AS dead";
        let row = fetch_one!(self.tx, DepthRow, SQL)?;
        let oldest = row.ours_run_at.into_iter().chain(row.sending_run_at).min();
        Ok(Depth {
            waiting: number("jobs", row.waiting)?,
            oldest_run_at: instant_if_any("jobs.run_at", oldest)?,
            dead: number("jobs", row.dead)?,
        })
    }
}
