//! One person's account as an administrator sees and changes it.

use domain::{
    codes::Role,
    form::{Faults, Fields},
    ids::AccountId,
    keys::TeamKey,
};
use jiff::{ToSpan, civil::Date};
use store::{Absence, Tx};

use super::{
    AccountSummary, Accounts, SessionSummary,
    manage::{keeps_an_administrator, place, read_name, read_team},
};
use crate::{
    Actor, Error,
    jobs::{self, Kind},
    policy::{Act, may, person},
    typed::{self, TypedDay},
};

/// The field of the day on which somebody is back.
pub const AWAY_UNTIL: &str = "away_until";

/// The field of the first day of an absence.
pub const AWAY_FROM: &str = "away_from";

/// One person's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// As it is listed.
    pub account: AccountSummary,
    /// Where they are signed in, the browser used last first.
    pub sessions: Vec<SessionSummary>,
}

/// What a form says about a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) name: String,
    pub(super) role: Role,
    pub(super) team: Option<TeamKey>,
}

impl Accounts<'_> {
    /// One person's account.
    ///
    /// # Errors
    /// [`Error::NotFound`] for those who may not know, or when there is no such account.
    pub async fn person(&self, actor: &Actor, id: AccountId) -> Result<Person, Error> {
        may(actor, Act::ManageAccounts)?;
        let mut tx = self.0.database().read().await?;
        let account = tx.accounts().by_id(id).await?.ok_or(Error::NotFound)?;
        let with_second_step = tx.second_steps().accounts().await?;
        Ok(Person {
            account: AccountSummary::of(account, &with_second_step, self.0.today()),
            sessions: self.sessions(&mut tx, id).await?,
        })
    }

    /// Changes name, role and team.
    ///
    /// # Errors
    /// [`Error::Refused`] with the fields `name`, `role` and `team`; [`Error::NotFound`] for those who may
    /// not, or when there is no such account.
    pub async fn change_person(
        &self,
        actor: &Actor,
        id: AccountId,
        fields: &Fields,
    ) -> Result<(), Error> {
        may(actor, Act::ManageAccounts)?;
        let hub = self.0;
        let now = self.read_place(fields)?;
        let mut tx = hub.database().begin().await?;
        if now.role != Role::Administrator {
            keeps_an_administrator(&mut tx, actor, id, "role").await?;
        }
        let before = tx.accounts().by_id(id).await?.ok_or(Error::NotFound)?;
        tx.accounts()
            .change(id, &now.name, now.role, now.team.as_ref())
            .await?;
        let renamed = if before.name == now.name {
            ""
        } else {
            ", renamed"
        };
        let detail = format!(
            "{} to {}{renamed}",
            place(before.role, before.team.as_ref()),
            place(now.role, now.team.as_ref()),
        );
        self.deed(&mut tx, actor, "account-changed", id, Some(detail))
            .await?;
        self.commit_giving_back(tx, id).await
    }

    /// Somebody says when they are back. Until then their enquiries are their team's.
    ///
    /// # Errors
    /// [`Error::Refused`] with the field [`AWAY_UNTIL`] or [`AWAY_FROM`]; [`Error::NotFound`] for those who
    /// are not signed in.
    pub async fn go_away(&self, actor: &Actor, fields: &Fields) -> Result<(), Error> {
        let id = person(actor, Act::ChangeOwnAccount)?.id;
        self.set_away(actor, id, fields).await
    }

    /// An administrator says it for them.
    ///
    /// # Errors
    /// As [`Accounts::go_away`].
    pub async fn send_away(
        &self,
        actor: &Actor,
        id: AccountId,
        fields: &Fields,
    ) -> Result<(), Error> {
        may(actor, Act::ManageAccounts)?;
        self.set_away(actor, id, fields).await
    }

    async fn set_away(&self, actor: &Actor, id: AccountId, fields: &Fields) -> Result<(), Error> {
        let hub = self.0;
        let today = hub.today();
        let until = read_away_until(fields, today)?;
        let next = read_next_away(fields, until, today)?;
        // Whoever goes later is here until then.
        let until = until.filter(|_| next.is_none());
        let mut tx = hub.database().begin().await?;
        let before = tx.accounts().by_id(id).await?.ok_or(Error::NotFound)?;
        tx.accounts().set_away(id, until).await?;
        tx.accounts().set_next_away(id, next).await?;
        let day = |day: Option<Date>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
        let mut detail = format!("{} to {}", day(before.away_until), day(until));
        if let Some(next) = next {
            detail += &format!(", later from {} to {}", next.from, next.until);
        }
        self.deed(&mut tx, actor, "away-set", id, Some(detail))
            .await?;
        self.commit_giving_back(tx, id).await
    }

    /// Ends a deed after which somebody may work here no more: a job gives what they have back to their team.
    pub(super) async fn commit_giving_back(&self, mut tx: Tx, id: AccountId) -> Result<(), Error> {
        let hub = self.0;
        jobs::enqueue(hub, &mut tx, Kind::ReturnEnquiries, id.as_uuid(), hub.now()).await?;
        tx.commit().await?;
        hub.jobs_waiting().ring();
        Ok(())
    }

    /// Reads name, role and team, and tells all that is wrong at once.
    pub(super) fn read_place(&self, fields: &Fields) -> Result<Place, Faults> {
        let mut faults = Faults::default();
        let name = read_name(fields.one("name"));
        let role = fields
            .one("role")
            .parse::<Role>()
            .map_err(|_| Faults::one("role", "Choose what they may do"));
        let team = self.read_chosen_team(fields);
        let (name, role, team) = (
            kept(&mut faults, name),
            kept(&mut faults, role),
            kept(&mut faults, team),
        );
        match (name, role, team) {
            (Some(_), Some(Role::TeamLead), Some(None)) => {
                Err(Faults::one("team", "Choose the team that they lead"))
            }
            (Some(name), Some(role), Some(team)) => Ok(Place { name, role, team }),
            _ => Err(faults),
        }
    }

    fn read_chosen_team(&self, fields: &Fields) -> Result<Option<TeamKey>, Faults> {
        let typed = fields.one("team");
        if typed.is_empty() {
            return Ok(None);
        }
        let team = typed
            .parse()
            .map_err(|_| Faults::one("team", "Choose a team from the list"))?;
        read_team(Some(&team), &self.0.council())?;
        Ok(Some(team))
    }
}

/// The value, or its faults among the others.
pub(super) fn kept<T>(faults: &mut Faults, read: Result<T, Faults>) -> Option<T> {
    read.map_err(|found| {
        for fault in found.iter() {
            faults.add(fault.field.clone(), fault.message.clone());
        }
    })
    .ok()
}

/// The absence that begins on a later day; none when it begins now, or there is none.
fn read_next_away(
    fields: &Fields,
    until: Option<Date>,
    today: Date,
) -> Result<Option<Absence>, Faults> {
    let from = match typed::day(fields, AWAY_FROM) {
        TypedDay::Nothing => return Ok(None),
        TypedDay::Day(from) if from <= today => return Ok(None),
        TypedDay::Day(from) => from,
        TypedDay::NoDay => {
            let ask = "Enter a real date, like 20 3 2027, or leave it empty";
            return Err(Faults::one(AWAY_FROM, ask));
        }
    };
    match until {
        None => Err(Faults::one(AWAY_UNTIL, "Enter the first day back")),
        Some(until) if until <= from => {
            let ask = "The first day away must be before the first day back";
            Err(Faults::one(AWAY_FROM, ask))
        }
        Some(until) => Ok(Some(Absence { from, until })),
    }
}

/// The day on which somebody is back; empty when they are here.
fn read_away_until(fields: &Fields, today: Date) -> Result<Option<Date>, Faults> {
    let latest = today.checked_add(2.years()).unwrap_or(today);
    let refused = match typed::day(fields, AWAY_UNTIL) {
        TypedDay::Nothing => return Ok(None),
        TypedDay::NoDay => "Enter a real date, like 27 3 2027, or leave it empty",
        TypedDay::Day(date) if date.year() < 1000 => "Enter the year with four numbers, like 2027",
        TypedDay::Day(date) if date <= today => "Enter a day after today",
        TypedDay::Day(date) if date > latest => "Enter a day in the next two years",
        TypedDay::Day(date) => return Ok(Some(date)),
    };
    Err(Faults::one(AWAY_UNTIL, refused))
}
