//! The officers' queue: what is open, the most urgent first, a page at a time.
//!
//! A page is read from a partial index over open enquiries alone, from where the last page ended, so it costs
//! the same however many there are. Each filter is a statement of its own, so that each uses its own index: those of
//! migrations 0003, 0023 and 0032.

use domain::clock::london_date;
use domain::codes::{CorrespondentKind, RemindBy};
use domain::enquiry::State;
use domain::ids::{AccountId, EnquiryId};
use domain::keys::{DistrictKey, TeamKey, TopicKey};
use domain::reference::Reference;
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::{FromRow, Postgres, QueryBuilder};
use uuid::Uuid;

use super::Enquiries;
use super::rows::paused;
use crate::StoreError;
use crate::columns::{instant, limit as limit_column, number, parsed, parsed_if_any};
use crate::dialect::both;

/// Which part of the queue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueueFilter {
    /// Whose enquiries.
    pub whose: QueueOf,
    /// Only those about this.
    pub topic: Option<TopicKey>,
    /// Only those from there.
    pub place: Option<QueuePlace>,
}

/// Whose enquiries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum QueueOf {
    /// Everybody's.
    #[default]
    Everyone,
    /// This team's.
    Team(TeamKey),
    /// This officer's.
    Officer(AccountId),
    /// Those that nobody has sorted, of whatever team.
    Unsorted,
}

/// Where the child lives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QueuePlace {
    /// In this district.
    In(DistrictKey),
    /// That was not said.
    NotSaid,
}

impl QueuePlace {
    /// What the index of places holds for it: no key of a district is empty.
    pub(super) fn column(&self) -> &str {
        match self {
            Self::In(district) => district.as_str(),
            Self::NotSaid => "",
        }
    }
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
    /// How one of us is to remind them that we wait.
    pub remind_by: Option<RemindBy>,
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
    remind_by: Option<String>,
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
            remind_by: parsed_if_any("enquiries.remind_by", row.remind_by.as_deref())?,
            calls_in_vain: number("messages", row.calls_in_vain)?,
            unsorted: row.unsorted,
            subject: row.subject,
            interpreter_language: row.interpreter_language,
            has_safe_contact: row.has_safe_contact,
            no_telephone: row.no_telephone,
        })
    }
}

/// What a row of the queue tells, of the enquiries that are open.
const ROWS: &str = "SELECT e.id, e.reference, e.topic, e.district, e.team, e.officer, a.name AS officer_name, \
     a.away_until_on AS officer_away_until_on, e.state, \
     e.paused_until_on, e.due_at, e.chasers, e.received_at, c.name AS correspondent_name, \
     c.kind AS correspondent_kind, EXISTS (SELECT 1 FROM messages m WHERE m.enquiry = e.id \
     AND m.delivery = 'waiting') AS reply_waiting, e.call_back_on, e.remind_by, (SELECT count(*) FROM messages m \
     WHERE m.enquiry = e.id AND m.kind = 'call-not-answered') AS calls_in_vain, \
     e.unsorted_since IS NOT NULL AS unsorted, CASE WHEN e.unsorted_since IS NOT NULL THEN (SELECT w.subject \
     FROM messages m JOIN message_mails w ON w.message = m.id WHERE m.enquiry = e.id \
     ORDER BY m.said_at, m.id LIMIT 1) END AS subject, c.interpreter_language, \
     c.safe_contact IS NOT NULL AS has_safe_contact, EXISTS (SELECT 1 FROM correspondent_supports s \
     WHERE s.correspondent = c.id AND s.support = 'no-telephone') AS no_telephone \
     FROM enquiries e JOIN correspondents c ON c.id = e.correspondent \
     LEFT JOIN accounts a ON a.id = e.officer WHERE e.due_at IS NOT NULL";

/// Begins the count of one part of the open enquiries.
const COUNT: &str = "SELECT count(*) FROM (SELECT 1 FROM enquiries e WHERE e.due_at IS NOT NULL";

/// No part is counted further.
const COUNTED: &str = " LIMIT 1000) AS part";

/// Adds the filter's conditions on `enquiries e` to a statement of whichever database.
macro_rules! narrow {
    ($sql:ident, $filter:expr) => {
        match &$filter.whose {
            QueueOf::Everyone => {}
            QueueOf::Team(team) => {
                $sql.push(" AND e.team = ").push_bind(team.as_str());
            }
            QueueOf::Officer(officer) => {
                $sql.push(" AND e.officer = ").push_bind(officer.as_uuid());
            }
            QueueOf::Unsorted => {
                $sql.push(" AND e.unsorted_since IS NOT NULL");
            }
        }
        if let Some(topic) = &$filter.topic {
            $sql.push(" AND e.topic = ").push_bind(topic.as_str());
        }
        if let Some(place) = &$filter.place {
            $sql.push(" AND COALESCE(e.district, '') = ")
                .push_bind(place.column());
        }
    };
}

/// Writes the statement for a page of the queue.
macro_rules! page {
    ($sql:ident, $filter:expr, $due_at:expr, $id:expr, $limit:expr) => {
        $sql.push(ROWS);
        narrow!($sql, $filter);
        $sql.push(" AND (e.due_at, e.id) > (").push_bind($due_at);
        $sql.push(", ").push_bind($id);
        $sql.push(") ORDER BY e.due_at, e.id LIMIT ")
            .push_bind($limit);
    };
}

/// Writes the statement for the counts.
macro_rules! counts {
    ($sql:ident, $filter:expr, $now:expr, $end_of_today:expr) => {
        $sql.push("SELECT (").push(COUNT);
        narrow!($sql, $filter);
        $sql.push(" AND e.state = 'promised' AND e.due_at < ")
            .push_bind($now);
        $sql.push(COUNTED).push("), (").push(COUNT);
        narrow!($sql, $filter);
        $sql.push(" AND e.due_at <= ").push_bind($end_of_today);
        $sql.push(" AND (e.state = 'paused' OR e.due_at >= ")
            .push_bind($now);
        $sql.push(")").push(COUNTED).push("), (").push(COUNT);
        narrow!($sql, $filter);
        $sql.push(" AND e.due_at > ").push_bind($end_of_today);
        $sql.push(COUNTED).push(")");
    };
}

impl QueueFilter {
    /// The statements that it comes to, as PostgreSQL reads them: for a look at how they would be answered.
    #[must_use]
    pub fn statements(&self) -> [String; 2] {
        let mut page = QueryBuilder::<Postgres>::default();
        page!(page, self, i64::MIN, Uuid::nil(), 1_i64);
        let mut counts = QueryBuilder::<Postgres>::default();
        counts!(counts, self, 0_i64, 0_i64);
        [page, counts].map(|sql| sql.into_sql().as_str().to_owned())
    }
}

impl Enquiries<'_> {
    /// A page of the open enquiries, the most urgent first: what is overdue longest comes first of all. At most so
    /// many, of what comes after the given place.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn queue(
        &mut self,
        filter: &QueueFilter,
        after: Option<QueueCursor>,
        limit: u32,
    ) -> Result<Vec<QueueRow>, StoreError> {
        let (due_at, id) = match after {
            Some(cursor) => (cursor.due_at.as_millisecond(), cursor.id.as_uuid()),
            None => (i64::MIN, Uuid::nil()),
        };
        let limit = limit_column(limit);
        let rows = both!(self.tx, |connection| {
            let mut sql = QueryBuilder::default();
            page!(sql, filter, due_at, id, limit);
            sql.build_query_as::<Row>().fetch_all(connection).await
        })?;
        rows.into_iter().map(QueueRow::try_from).collect()
    }

    /// How much of that is open.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn queue_counts(
        &mut self,
        filter: &QueueFilter,
        now: Timestamp,
        end_of_today: Timestamp,
    ) -> Result<QueueCounts, StoreError> {
        let (now, end_of_today) = (now.as_millisecond(), end_of_today.as_millisecond());
        let (overdue, due_today, later): (i64, i64, i64) = both!(self.tx, |connection| {
            let mut sql = QueryBuilder::default();
            counts!(sql, filter, now, end_of_today);
            sql.build_query_as().fetch_one(connection).await
        })?;
        Ok(QueueCounts {
            overdue: number("enquiries", overdue)?,
            due_today: number("enquiries", due_today)?,
            later: number("enquiries", later)?,
        })
    }
}
