//! The shared inbox: open enquiries by promised date, overdue first.

use domain::{
    clock::london_date,
    codes::{CorrespondentKind, RemindBy},
    enquiry::State,
    keys::{TeamKey, TopicKey},
    promise::end_of_day_london,
    reference::Reference,
};
use jiff::{Timestamp, civil::Date};
use store::{QueueCounts, QueueCursor, QueueFilter, QueueOf, QueuePlace};

use super::{
    Desk, Due,
    paging::{ASKED, Page, place},
};
use crate::{
    Actor, Error, Officer,
    policy::{Act, person},
};

/// Whose enquiries are to be seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// One team's.
    Team(TeamKey),
    /// Those that the officer took.
    Mine,
    /// All teams'.
    Everyone,
    /// Those that nobody has sorted yet, of whatever team.
    Unsorted,
}

/// What an officer looks for in the inbox, of those that they see.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Narrowing {
    /// Only what is about this.
    pub topic: Option<TopicKey>,
    /// Only what comes from there.
    pub place: Option<QueuePlace>,
}

impl Narrowing {
    /// Whether nothing is left out.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.topic.is_none() && self.place.is_none()
    }
}

/// Which page of the inbox is to be seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueView {
    /// Whose enquiries.
    pub whose: Whose,
    /// Which of those.
    pub only: Narrowing,
    /// Where the page before ended, as [`Queue::next`] gave it; anything else begins anew.
    pub after: Option<String>,
}

/// A page of the inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    /// The most urgent first.
    pub rows: Vec<QueueRow>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
    /// How much of that is overdue, due today and later, on all pages.
    pub counts: QueueCounts,
}

/// One open enquiry in the inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueRow {
    /// Its reference.
    pub reference: Reference,
    /// What it is about.
    pub topic: String,
    /// Where the child lives, if that was said.
    pub district: Option<String>,
    /// Whose it is.
    pub team: String,
    /// Who took it.
    pub officer: Option<String>,
    /// The day on which they are back, if they are away.
    pub officer_away_until: Option<Date>,
    /// Who asked.
    pub correspondent: String,
    /// As what they asked.
    pub kind: CorrespondentKind,
    /// Whether a promise runs or a pause.
    pub state: State,
    /// The promised day, or the day the pause ends.
    pub due_on: Date,
    /// How near that is.
    pub due: Due,
    /// How often they wrote again.
    pub chasers: u32,
    /// The day it was received, in London.
    pub received_on: Date,
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

impl Desk<'_> {
    /// A page of the open enquiries, overdue first.
    ///
    /// # Errors
    /// [`Error::NotFound`] for those who may not see it.
    pub async fn queue(&self, actor: &Actor, view: &QueueView) -> Result<Queue, Error> {
        let officer = person(actor, Act::ReadQueue)?;
        let now = self.0.now();
        let filter = filter(officer, view);
        let mut tx = self.0.database().read().await?;
        let after = place(view.after.as_deref()).map(|(due_at, id)| QueueCursor { due_at, id });
        let rows = tx.enquiries().queue(&filter, after, ASKED).await?;
        let page = Page::of(rows, |row| (row.due_at, row.id));
        let end_of_today = end_of_day_london(london_date(now));
        let counts = tx
            .enquiries()
            .queue_counts(&filter, now, end_of_today)
            .await?;
        let Page { rows, next } = page.map(|row| self.row(row, now));
        Ok(Queue { rows, next, counts })
    }

    fn row(&self, row: store::QueueRow, now: Timestamp) -> QueueRow {
        let council = self.0.council();
        QueueRow {
            reference: row.reference,
            topic: council.topic_name(&row.topic),
            district: row.district.as_ref().map(|key| council.district_name(key)),
            team: council.team_name(&row.team),
            officer: row.officer_name,
            officer_away_until: row
                .officer_away_until
                .filter(|until| *until > london_date(now)),
            correspondent: row.correspondent_name,
            kind: row.correspondent_kind,
            due: match row.state {
                State::Promised => Due::of(row.due_at, now),
                _ => Due::None,
            },
            state: row.state,
            due_on: row.due_on,
            chasers: row.chasers,
            received_on: london_date(row.received_at),
            reply_waiting: row.reply_waiting,
            call_back_on: row.call_back_on,
            remind_by: row.remind_by,
            calls_in_vain: row.calls_in_vain,
            unsorted: row.unsorted,
            subject: row.subject.filter(|subject| !subject.trim().is_empty()),
            interpreter_language: row.interpreter_language,
            has_safe_contact: row.has_safe_contact,
            no_telephone: row.no_telephone,
        }
    }
}

fn filter(officer: &Officer, view: &QueueView) -> QueueFilter {
    QueueFilter {
        whose: match &view.whose {
            Whose::Team(team) => QueueOf::Team(team.clone()),
            Whose::Mine => QueueOf::Officer(officer.id),
            Whose::Everyone => QueueOf::Everyone,
            Whose::Unsorted => QueueOf::Unsorted,
        },
        topic: view.only.topic.clone(),
        place: view.only.place.clone(),
    }
}
