//! The officers' queue: what is open, the most urgent first, a page at a time.
//!
//! A page is read from a partial index over open enquiries alone, from where the last page ended, so it costs
//! the same however many there are. Each filter is a statement of its own, so that each uses its own index.

use domain::clock::london_date;
use domain::codes::CorrespondentKind;
use domain::enquiry::State;
use domain::ids::{AccountId, EnquiryId};
use domain::keys::{DistrictKey, TeamKey, TopicKey};
use domain::reference::Reference;
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::FromRow;
use uuid::Uuid;

use super::Enquiries;
use super::rows::paused;
use crate::StoreError;
use crate::columns::{instant, limit as limit_column, number, parsed, parsed_if_any};
use crate::dialect::{fetch_all, fetch_one};

/// Which part of the queue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueueFilter {
    /// Only this team's.
    pub team: Option<TeamKey>,
    /// Only this officer's.
    pub officer: Option<AccountId>,
    /// Only those that nobody has sorted; then neither team nor officer is asked for.
    pub unsorted: bool,
    /// Only what comes after this row.
    pub after: Option<QueueCursor>,
    /// How many rows at most.
    pub limit: u32,
}

/// The place of a row in the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct QueueCursor {
    /// When it needs a person.
    pub due_at: Timestamp,
    /// Which of those with the same time.
    pub id: EnquiryId,
}

/// One open enquiry in the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueRow {
    /// Its id.
    pub id: EnquiryId,
    /// Its public name.
    pub reference: Reference,
    /// What it is about.
    pub topic: TopicKey,
    /// Where the child lives.
    pub district: Option<DistrictKey>,
    /// Whose queue it stands in.
    pub team: TeamKey,
    /// The officer who has it.
    pub officer: Option<AccountId>,
    /// That officer's name.
    pub officer_name: Option<String>,
    /// The day on which that officer is back, if they went away.
    pub officer_away_until: Option<Date>,
    /// Promised or paused.
    pub state: State,
    /// When it next needs a person: the promise's due time, or the end of the day on which its pause ends.
    pub due_at: Timestamp,
    /// The same as a day in London.
    pub due_on: Date,
    /// How often the correspondent asked again.
    pub chasers: u32,
    /// When the first message came.
    pub received_at: Timestamp,
    /// Who asked.
    pub correspondent_name: String,
    /// Who they are to the child.
    pub correspondent_kind: CorrespondentKind,
    /// Whether a reply is written and not sent yet.
    pub reply_waiting: bool,
    /// The day on which somebody was promised a call.
    pub call_back_on: Option<Date>,
    /// How often we rang in vain.
    pub calls_in_vain: u32,
    /// Whether nobody has said yet what it is about.
    pub unsorted: bool,
    /// The subject of the mail that it began with, while nobody has sorted it.
    pub subject: Option<String>,
    /// The language of the interpreter whom they need.
    pub interpreter_language: Option<String>,
    /// Whether they told us what to mind so that contact is safe.
    pub has_safe_contact: bool,
    /// Whether they asked us not to phone them.
    pub no_telephone: bool,
}

/// How much is open, each counted up to 1,000 so that counting costs the same however much there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueueCounts {
    /// The promise is broken.
    pub overdue: u32,
    /// To be answered, or taken up after a pause, by the end of today.
    pub due_today: u32,
    /// Later.
    pub later: u32,
}

impl QueueRow {
    /// Where the next page begins, when this is the last row of one.
    #[must_use]
    pub fn cursor(&self) -> QueueCursor {
        QueueCursor {
            due_at: self.due_at,
            id: self.id,
        }
    }
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    reference: String,
    topic: String,
    district: Option<String>,
    team: String,
    officer: Option<Uuid>,
    officer_name: Option<String>,
    officer_away_until_on: Option<String>,
    state: String,
    paused_until_on: Option<String>,
    due_at: i64,
    chasers: i64,
    received_at: i64,
    correspondent_name: String,
    correspondent_kind: String,
    reply_waiting: bool,
    call_back_on: Option<String>,
    calls_in_vain: i64,
    unsorted: bool,
    subject: Option<String>,
    interpreter_language: Option<String>,
    has_safe_contact: bool,
    no_telephone: bool,
}

impl TryFrom<Row> for QueueRow {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let due_at = instant("enquiries.due_at", row.due_at)?;
        let state = match row.state.as_str() {
            "promised" => State::Promised,
            "paused" => paused(row.paused_until_on.as_deref())?,
            _ => return Err(StoreError::corrupt("enquiries.state")),
        };
        Ok(Self {
            id: EnquiryId::from_uuid(row.id),
            reference: parsed("enquiries.reference", &row.reference)?,
            topic: parsed("enquiries.topic", &row.topic)?,
            district: parsed_if_any("enquiries.district", row.district.as_deref())?,
            team: parsed("enquiries.team", &row.team)?,
            officer: row.officer.map(AccountId::from_uuid),
            officer_name: row.officer_name,
            officer_away_until: parsed_if_any(
                "accounts.away_until_on",
                row.officer_away_until_on.as_deref(),
            )?,
            state,
            due_at,
            due_on: london_date(due_at),
            chasers: number("enquiries.chasers", row.chasers)?,
            received_at: instant("enquiries.received_at", row.received_at)?,
            correspondent_name: row.correspondent_name,
            correspondent_kind: parsed("correspondents.kind", &row.correspondent_kind)?,
            reply_waiting: row.reply_waiting,
            call_back_on: parsed_if_any("enquiries.call_back_on", row.call_back_on.as_deref())?,
            calls_in_vain: number("messages", row.calls_in_vain)?,
            unsorted: row.unsorted,
            subject: row.subject,
            interpreter_language: row.interpreter_language,
            has_safe_contact: row.has_safe_contact,
            no_telephone: row.no_telephone,
        })
    }
}

/// The queue's statement with one more condition; `$1` and `$2` are the cursor, `$3` the limit.
macro_rules! queue {
    ($filter:literal) => {
        concat!(
            "SELECT e.id, e.reference, e.topic, e.district, e.team, e.officer, a.name AS officer_name, \
             a.away_until_on AS officer_away_until_on, e.state, \
             e.paused_until_on, e.due_at, e.chasers, e.received_at, c.name AS correspondent_name, \
             c.kind AS correspondent_kind, EXISTS (SELECT 1 FROM messages m WHERE m.enquiry = e.id \
             AND m.delivery = 'waiting') AS reply_waiting, e.call_back_on, (SELECT count(*) FROM messages m \
             WHERE m.enquiry = e.id AND m.kind = 'call-not-answered') AS calls_in_vain, \
             e.unsorted_since IS NOT NULL AS unsorted, CASE WHEN e.unsorted_since IS NOT NULL THEN (SELECT w.subject \
             FROM messages m JOIN message_mails w ON w.message = m.id WHERE m.enquiry = e.id \
             ORDER BY m.said_at, m.id LIMIT 1) END AS subject, c.interpreter_language, \
             c.safe_contact IS NOT NULL AS has_safe_contact, EXISTS (SELECT 1 FROM correspondent_supports s \
             WHERE s.correspondent = c.id AND s.support = 'no-telephone') AS no_telephone FROM enquiries e JOIN correspondents c ON c.id = e.correspondent \
             LEFT JOIN accounts a ON a.id = e.officer \
             WHERE e.due_at IS NOT NULL AND (e.due_at, e.id) > ($1, $2)",
            $filter,
            " ORDER BY e.due_at, e.id LIMIT $3"
        )
    };
}

/// The counts' statement with one more condition; `$1` is now, `$2` the end of today.
macro_rules! counts {
    ($filter:literal) => {
        concat!(
            "SELECT (SELECT count(*) FROM (SELECT 1 FROM enquiries WHERE due_at IS NOT NULL AND due_at < $1 \
             AND state = 'promised'",
            $filter,
            " LIMIT 1000) AS o) AS overdue, (SELECT count(*) FROM (SELECT 1 FROM enquiries WHERE due_at IS NOT NULL \
             AND due_at <= $2 AND (due_at >= $1 OR state = 'paused')",
            $filter,
            " LIMIT 1000) AS t) AS due_today, (SELECT count(*) FROM (SELECT 1 FROM enquiries WHERE due_at > $2 \
             AND due_at IS NOT NULL",
            $filter,
            " LIMIT 1000) AS l) AS later"
        )
    };
}

impl Enquiries<'_> {
    /// A page of the open enquiries, the most urgent first: what is overdue longest comes first of all.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn queue(&mut self, filter: &QueueFilter) -> Result<Vec<QueueRow>, StoreError> {
        const ALL: &str = queue!("");
        const OF_TEAM: &str = queue!(" AND e.team = $4");
        const OF_OFFICER: &str = queue!(" AND e.officer = $4");
        const OF_BOTH: &str = queue!(" AND e.team = $4 AND e.officer = $5");
        const UNSORTED: &str = queue!(" AND e.unsorted_since IS NOT NULL");
        let (due_at, id) = match filter.after {
            Some(cursor) => (cursor.due_at.as_millisecond(), cursor.id.as_uuid()),
            None => (i64::MIN, Uuid::nil()),
        };
        let limit = limit_column(filter.limit);
        let rows = match (&filter.team, filter.officer) {
            _ if filter.unsorted => fetch_all!(self.tx, Row, UNSORTED, due_at, id, limit),
            (None, None) => fetch_all!(self.tx, Row, ALL, due_at, id, limit),
            (Some(team), None) => {
                fetch_all!(self.tx, Row, OF_TEAM, due_at, id, limit, team.as_str())
            }
            (None, Some(officer)) => fetch_all!(
                self.tx,
                Row,
                OF_OFFICER,
                due_at,
                id,
                limit,
                officer.as_uuid()
            ),
            (Some(team), Some(officer)) => {
                fetch_all!(
                    self.tx,
                    Row,
                    OF_BOTH,
                    due_at,
                    id,
                    limit,
                    team.as_str(),
                    officer.as_uuid()
                )
            }
        }?;
        rows.into_iter().map(QueueRow::try_from).collect()
    }

    /// How much is open, of one team or of all.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn queue_counts(
        &mut self,
        team: Option<&TeamKey>,
        now: Timestamp,
        end_of_today: Timestamp,
    ) -> Result<QueueCounts, StoreError> {
        const ALL: &str = counts!("");
        const OF_TEAM: &str = counts!(" AND team = $3");
        let (now, end_of_today) = (now.as_millisecond(), end_of_today.as_millisecond());
        let (overdue, due_today, later) = match team {
            None => fetch_one!(self.tx, (i64, i64, i64), ALL, now, end_of_today),
            Some(team) => fetch_one!(
                self.tx,
                (i64, i64, i64),
                OF_TEAM,
                now,
                end_of_today,
                team.as_str()
            ),
        }?;
        Ok(QueueCounts {
            overdue: number("enquiries", overdue)?,
            due_today: number("enquiries", due_today)?,
            later: number("enquiries", later)?,
        })
    }
}
