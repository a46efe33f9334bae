//! What breaks the promises' invariants (`server/docs/architecture.md`), found by statements over whole tables.
//!
//! A file for each invariant holds its statements ([`Check`]); each gives the rows that break it and nothing else, so
//! that a database in which all is well answers with nothing. What a breach means, in words, is the hub's. Read all of it
//! in one [`Database::snapshot`](crate::Database::snapshot): what is written meanwhile is then as if it had not begun.
//!
//! Start with [`Breach`]. `bytes.rs` is the one check that the two databases do differently; what depends on working time
//! or on London's days is counted here and not there (`planned.rs`, `days.rs`).

mod acknowledged;
mod answered;
mod arrived;
mod belongs;
mod bytes;
mod days;
mod escalated;
mod outbox;
mod planned;
mod stands;

use domain::council::MAX_MOVES;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use sqlx::FromRow;
use uuid::Uuid;

use crate::columns::{limit as limit_column, number};
use crate::dialect::{both, fetch_one};
use crate::{StoreError, Tx};

pub(crate) use self::bytes::frozen;

/// Makes the list of breaches: each with the invariant that it breaks.
macro_rules! breaches {
    ($($(#[$doc:meta])* $name:ident = $invariant:literal,)+) => {
        /// One way in which an invariant can be broken.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Breach {
            $($(#[$doc])* $name,)+
        }

        impl Breach {
            /// Every one.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// Its name: what a daily audit keeps of it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($name),)+
                }
            }

            /// The number of the invariant.
            #[must_use]
            pub const fn invariant(self) -> u8 {
                match self {
                    $(Self::$name => $invariant,)+
                }
            }
        }
    };
}

breaches! {
    /// The bytes of a mail that came in are not there.
    RawMissing = 1,
    /// They are not what they were when it came.
    RawChanged = 1,
    /// A mail came in, and its row is gone.
    IncomingGone = 1,
    /// A mailbox's message is noted as stored and is not.
    StoredNowhere = 1,
    /// A mail is noted as filed, and is no message of an enquiry.
    FiledNowhere = 2,
    /// A mail is a message of an enquiry, and noted as something else.
    FiledOtherwise = 2,
    /// A mail waits to be filed, and nothing will file it in time.
    NobodyFiles = 2,
    /// A mail stands in the quarantine without a reason.
    NoReason = 2,
    /// A mail was set aside by nobody, or for no reason.
    SetAsideByNobody = 2,
    /// A mail is noted as a report about a mail of ours, and is tied to none.
    NotedNowhere = 2,
    /// A message belongs to no enquiry.
    WithoutEnquiry = 2,
    /// A message that the record says came is gone.
    MessageGone = 2,
    /// An open enquiry has no running promise.
    NoPromise = 3,
    /// An enquiry is in two states at once, or in none.
    StateUnclear = 3,
    /// A promise runs in an enquiry that says that it is answered or closed.
    PromiseRunsOn = 3,
    /// The queue shows another time than the promised one.
    OtherTime = 3,
    /// The instant of a promise is not the end of its day.
    DayAndInstant = 3,
    /// The queue shows another time than the end of the pause.
    PauseTime = 3,
    /// It is paused until a day, and nobody asked the family for anything until then.
    PausedByNobody = 3,
    /// A pause is over and the promise does not run.
    PauseOver = 3,
    /// It was to be closed and is not.
    ClosingOver = 3,
    /// Its owner is not there, and nothing will give it back.
    OwnerAway = 3,
    /// A promise was kept by something that is no person's answer.
    KeptByNoAnswer = 4,
    /// A promise was kept by an answer to another enquiry.
    KeptElsewhere = 4,
    /// It is answered, and nobody answered.
    AnsweredByNobody = 4,
    /// Somebody wrote after the last promise had ended, and none began.
    MessageWithoutPromise = 4,
    /// A promise was moved more often than holding replies were sent.
    MovedByNoReply = 4,
    /// A promise was moved more often than any may be.
    MovedTooOften = 4,
    /// The record of deeds says otherwise about a promise: see [`Trace::detail`].
    RecordSaysOtherwise = 4,
    /// Not all chasers were counted, or too many.
    ChasersMiscounted = 4,
    /// Nobody said what became of the acknowledgement.
    AcknowledgementUnknown = 5,
    /// An acknowledgement is to be sent, and nothing sends it in time.
    AcknowledgementWaits = 5,
    /// An acknowledgement was sent, and no mail was.
    AcknowledgementNotSent = 5,
    /// An acknowledgement failed, and no mail did.
    AcknowledgementNotFailed = 5,
    /// It was answered at once, and nobody answered.
    NotAnsweredAtOnce = 5,
    /// It was acknowledged twice.
    AcknowledgedTwice = 5,
    /// A mail waits to be sent, and nothing will send it in time.
    NobodySends = 6,
    /// A mail was sent, and no server took it.
    NoServerTook = 6,
    /// A mail is not what was written.
    MailChanged = 6,
    /// A message and its mail do not agree on how far it has come, or there is no mail.
    DeliveryDisagrees = 6,
    /// A server reported that a mail came back or waits, and the mail says otherwise.
    ReportDisagrees = 6,
    /// A mail that reached nobody was taken off the list by nobody.
    ClearedByNobody = 6,
    /// A mail was taken back by nobody.
    TakenBackByNobody = 6,
    /// A mail that is to be sent is gone.
    MailGone = 6,
    /// A promise in danger is told to nobody: no step comes next.
    NoNextStep = 7,
    /// A promise in danger was not told in time.
    StepOverdue = 7,
    /// The next step comes later than one that is to come before it.
    StepTooLate = 7,
    /// A promise came to a step and nobody was told.
    NobodyTold = 7,
    /// Somebody is to be told and was not written to.
    NotWrittenTo = 7,
    /// A notice waits to be sent, and nothing will send it in time.
    NobodySendsNotice = 7,
    /// A notice was sent, and no server took it.
    NoServerTookNotice = 7,
    /// An escalation that the record says was done is gone, or has another time.
    EscalationChanged = 7,
    /// A second chaser was not told.
    ChasedTwiceUntold = 7,
}

/// By what is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged {
    /// Now: what is due after it is still to come.
    pub now: Timestamp,
    /// Today, in London.
    pub today: Date,
    /// What was due before this instant and is not done is late.
    pub late_before: Timestamp,
    /// The day of that instant, in London.
    pub late_on: Date,
    /// How many of each are named.
    pub named: u32,
}

/// One place where an invariant is broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// The enquiry's public name, as it stands in its row.
    pub reference: Option<String>,
    /// The row: a message, a mail, a promise.
    pub subject: Option<Uuid>,
    /// More: a code or a day.
    pub detail: Option<String>,
}

/// What one check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What is broken.
    pub breach: Breach,
    /// How often, all told.
    pub count: u64,
    /// The first of them.
    pub first: Vec<Trace>,
}

/// How much there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Enquiries.
    pub enquiries: u64,
    /// Messages of either side.
    pub messages: u64,
    /// Mails that came in.
    pub mails_in: u64,
    /// Mails of ours.
    pub mails_out: u64,
    /// Promises.
    pub promises: u64,
    /// Those that run.
    pub running: u64,
    /// Jobs that are not done.
    pub jobs: u64,
    /// Mails that were written before their words were sealed with a hash: whether they changed is not known.
    pub not_frozen: u64,
}

/// A statement that gives the rows which break an invariant. `$1` is how many are wanted, `$2` what is [`Given`].
struct Check {
    breach: Breach,
    given: Given,
    sql: &'static str,
}

/// What a statement is given beside the number of rows.
#[derive(Clone, Copy)]
enum Given {
    Nothing,
    LateBefore,
    LateOn,
    Today,
    MaxMoves,
}

/// Wraps a statement that gives `reference`, `subject` and `detail`, so that it is counted whole and told in part.
macro_rules! broken {
    ($($sql:expr),+ $(,)?) => {
        concat!(
            "SELECT b.reference, b.subject, b.detail, count(*) OVER () AS total FROM (", $($sql),+,
            ") AS b ORDER BY b.reference, b.subject LIMIT $1"
        )
    };
}

/// The same for the rows of a table that belong to no enquiry; what follows calls such a row `r`.
macro_rules! broken_alone {
    ($table:literal, $($rest:expr),+ $(,)?) => {
        $crate::proof::broken!(
            "SELECT CAST(NULL AS TEXT) AS reference, r.id AS subject, CAST(NULL AS TEXT) AS detail FROM ",
            $table, " r ", $($rest),+
        )
    };
}

/// A job that will do its work in time, of the kind and about the subject that are written before it.
macro_rules! in_time {
    () => {
        " AND j.state <> 'done' AND ((j.state = 'waiting' AND j.run_at >= $2) \
         OR (j.state = 'leased' AND j.leased_until_at >= $2))"
    };
}

/// No job of this kind about this subject does its work in time.
macro_rules! no_job {
    ($kind:literal, $subject:literal) => {
        concat!(
            "NOT EXISTS (SELECT 1 FROM jobs j WHERE j.subject = ",
            $subject,
            " AND j.kind = '",
            $kind,
            "'",
            $crate::proof::in_time!(),
            ")"
        )
    };
}

/// A deed in an enquiry that was not erased since.
macro_rules! not_erased {
    () => {
        " AND NOT EXISTS (SELECT 1 FROM audit z WHERE z.enquiry = a.enquiry AND z.action = 'enquiry-erased')"
    };
}

use {broken, broken_alone, in_time, no_job, not_erased};

#[derive(FromRow)]
struct Row {
    reference: Option<String>,
    subject: Option<Uuid>,
    detail: Option<String>,
    total: i64,
}

#[derive(FromRow)]
struct CountsRow {
    enquiries: i64,
    messages: i64,
    mails_in: i64,
    mails_out: i64,
    promises: i64,
    running: i64,
    jobs: i64,
    not_frozen: i64,
}

/// Looks for what breaks the invariants.
#[derive(Debug)]
pub struct Proof<'t> {
    pub(crate) tx: &'t mut Tx,
}

impl Proof<'_> {
    /// Everything that breaks an invariant, by invariant; nothing when all hold.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn breaches(&mut self, judged: &Judged) -> Result<Vec<Found>, StoreError> {
        let mut found = Vec::new();
        let checks = [
            arrived::CHECKS,
            belongs::CHECKS,
            stands::CHECKS,
            answered::CHECKS,
            acknowledged::CHECKS,
            outbox::CHECKS,
            escalated::CHECKS,
        ];
        for check in checks.into_iter().flatten() {
            found.extend(self.run(check, judged).await?);
        }
        found.extend(self.raw_changed(judged).await?);
        found.extend(self.mails_changed(judged).await?);
        found.extend(self.days_and_instants(judged).await?);
        found.extend(self.pauses_and_times(judged).await?);
        found.extend(self.next_steps(judged).await?);
        found.sort_by_key(|found| found.breach.invariant());
        Ok(found)
    }

    /// How much there is.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn counts(&mut self) -> Result<Counts, StoreError> {
        const SQL: &str = "SELECT (SELECT count(*) FROM enquiries) AS enquiries, \
            (SELECT count(*) FROM messages) AS messages, (SELECT count(*) FROM incoming) AS mails_in, \
            (SELECT count(*) FROM mails) AS mails_out, (SELECT count(*) FROM promises) AS promises, \
            (SELECT count(*) FROM promises WHERE outcome = 'running') AS running, \
            (SELECT count(*) FROM jobs WHERE state <> 'done') AS jobs, \
            (SELECT count(*) FROM mails WHERE frozen IS NULL) AS not_frozen";
        let row = fetch_one!(self.tx, CountsRow, SQL)?;
        let count = |count| number("count(*)", count);
        Ok(Counts {
            enquiries: count(row.enquiries)?,
            messages: count(row.messages)?,
            mails_in: count(row.mails_in)?,
            mails_out: count(row.mails_out)?,
            promises: count(row.promises)?,
            running: count(row.running)?,
            jobs: count(row.jobs)?,
            not_frozen: count(row.not_frozen)?,
        })
    }

    async fn run(&mut self, check: &Check, judged: &Judged) -> Result<Option<Found>, StoreError> {
        let named = limit_column(judged.named);
        let rows: Vec<Row> = both!(self.tx, |connection| {
            let statement = sqlx::query_as(check.sql).bind(named);
            let statement = match check.given {
                Given::Nothing => statement,
                Given::LateBefore => statement.bind(judged.late_before.as_millisecond()),
                Given::LateOn => statement.bind(judged.late_on.to_string()),
                Given::Today => statement.bind(judged.today.to_string()),
                Given::MaxMoves => statement.bind(i64::from(MAX_MOVES)),
            };
            statement.fetch_all(connection).await
        })?;
        found(check.breach, rows)
    }
}

fn found(breach: Breach, rows: Vec<Row>) -> Result<Option<Found>, StoreError> {
    let Some(total) = rows.first().map(|row| row.total) else {
        return Ok(None);
    };
    let trace = |row: Row| Trace {
        reference: row.reference,
        subject: row.subject,
        detail: row.detail,
    };
    Ok(Some(Found {
        breach,
        count: number("count(*)", total)?,
        first: rows.into_iter().map(trace).collect(),
    }))
}
