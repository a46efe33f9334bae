//! Sorting an enquiry and passing it on: what it is about, whose it is, and why.

use domain::{
    codes::MessageKind,
    council::Council,
    enquiry::{Enquiry, Event},
    form::{Faults, Fields},
    ids::AccountId,
    keys::{DistrictKey, TeamKey, TopicKey},
    reference::Reference,
    text::clean_prose,
};
use jiff::civil::Date;
use store::{Account, Tx};

use super::{Desk, note::NOTE, seen};
use crate::{
    Actor, Error,
    accounts::works,
    error::refused_by_rules,
    policy::{Act, Reach, permit},
    pressed::{Pressed, pressed},
    typed,
};

/// Somebody to whom an enquiry may be passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    /// Their account.
    pub id: AccountId,
    /// Their name.
    pub name: String,
    /// Their team.
    pub team: Option<TeamKey>,
    /// Their first day away, if they said that they will be.
    pub away_from: Option<Date>,
}

impl From<Account> for Colleague {
    fn from(account: Account) -> Self {
        Self {
            id: account.id,
            name: account.name,
            team: account.team,
            away_from: account.next_away.map(|absence| absence.from),
        }
    }
}

/// Where it is to go, as the form says.
struct Way {
    topic: TopicKey,
    district: Option<DistrictKey>,
    /// None for the team that the rules give.
    team: Option<TeamKey>,
    officer: Option<AccountId>,
    why: String,
}

impl Desk<'_> {
    /// Sorts an enquiry (fields `topic`, `district`) and passes it on: to the team that the rules
    /// give, or to the one that was chosen (`to_team`), or to a colleague (`to_officer`), with a
    /// note of why (`passed_why`). `passed_unseen` keeps the family's page as it is: for a worry
    /// about a child's safety, nobody outside may see that it went elsewhere.
    ///
    /// The promised day stands, unless the new topic's rules give an earlier one. The note is for
    /// officers: the new team finds it in the file.
    ///
    /// # Errors
    /// [`Error::Refused`] with the field that is wrong; [`Error::Stale`] when the enquiry is not as
    /// the officer saw it; [`Error::NotFound`].
    pub async fn pass_on(
        &self,
        actor: &Actor,
        reference: &Reference,
        fields: &Fields,
    ) -> Result<(), Error> {
        let permit = permit(actor, Act::PassOn)?;
        let council = self.0.council();
        let act = self.act(actor);
        let mut tx = self.0.database().begin().await?;
        let before = self.hold(&mut tx, &permit, reference).await?;
        let way = read(fields, &council, &before)?;
        let officer = self.receiver(&mut tx, &way).await?;
        let team = way.team.clone();
        let team = team
            .or_else(|| officer.as_ref().and_then(|officer| officer.team.clone()))
            .unwrap_or_else(|| council.route(&way.topic, way.district.as_ref()).clone());
        let note = told(&council, &before, &way, &team, officer.as_ref());
        let words = (MessageKind::InternalNote, note.as_str());
        let pressed = pressed(self.0, &mut tx, &before, fields, words, act.at).await?;
        let Pressed::First(id) = pressed else {
            return Ok(());
        };
        seen::unchanged(&mut tx, &before, fields).await?;
        let event = Event::PassedOn {
            at: act.at,
            topic: way.topic.clone(),
            district: way.district.clone(),
            team: team.clone(),
            // Another team's officer does not have it any more; the own team's does.
            officer: match officer {
                Some(officer) => Some(officer.id),
                None => before.officer.filter(|_| team == before.team),
            },
        };
        let applied = before
            .apply(&event, &council.rules_for(&way.topic, before.asked_by))
            .map_err(|refusal| refused_by_rules("topic", refusal))?;
        act.changed(&mut tx, &before, &applied).await?;
        self.tell_family(&mut tx, &before, fields).await?;
        tx.enquiries().set_unsorted(before.id, None).await?;
        let detail = Some(format!(
            "{} {} to {} {team}",
            before.topic, before.team, way.topic
        ));
        act.note(&mut tx, "sorted", before.id, Some(id.as_uuid()), detail)
            .await?;
        let note = permit.wrote(&before, id, MessageKind::InternalNote, note, act.at);
        tx.messages().insert(&note).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The colleague who gets it, if they are there to take it.
    async fn receiver(&self, tx: &mut Tx, way: &Way) -> Result<Option<Colleague>, Error> {
        let Some(id) = way.officer else {
            return Ok(None);
        };
        // Held: who goes away at this moment gives back what came to them before.
        let account = tx.accounts().held(id).await?;
        let Some(account) = account.filter(|account| {
            account.disabled_at.is_none()
                && Act::OpenFile.reach_of_role(account.role) != Reach::Nobody
        }) else {
            return Err(Error::refused(
                "to_officer",
                "Choose somebody from the list",
            ));
        };
        if !works(&account, self.0.today()) {
            let fault = format!(
                "{} is away. Choose somebody else, or the team",
                account.name
            );
            return Err(Error::refused("to_officer", fault));
        }
        if way.team.is_some() && account.team != way.team {
            let fault = format!("{} is in another team", account.name);
            return Err(Error::refused("to_officer", fault));
        }
        Ok(Some(account.into()))
    }

    /// The family is told of the new team, unless it must not see that anything moved.
    async fn tell_family(
        &self,
        tx: &mut Tx,
        before: &Enquiry,
        fields: &Fields,
    ) -> Result<(), Error> {
        let told = tx.enquiries().marks(before.id).await?.told_team;
        let unseen = fields.contains("passed_unseen", "yes");
        let told = unseen.then(|| told.unwrap_or_else(|| before.team.clone()));
        tx.enquiries()
            .set_told_team(before.id, told.as_ref())
            .await?;
        Ok(())
    }

    /// Those to whom an enquiry may be passed: they may open it, and are not away.
    pub(super) async fn colleagues(&self, tx: &mut Tx) -> Result<Vec<Colleague>, Error> {
        let today = self.0.today();
        let accounts = tx.accounts().list().await?;
        Ok(accounts
            .into_iter()
            .filter(|account| {
                works(account, today) && Act::OpenFile.reach_of_role(account.role) != Reach::Nobody
            })
            .map(Colleague::from)
            .collect())
    }
}

fn read(fields: &Fields, council: &Council, before: &Enquiry) -> Result<Way, Faults> {
    let mut faults = Faults::default();
    let topic = fields.one("topic").parse().ok();
    // What is offered no more may stay where it stands.
    let topic = topic.filter(|key| council.topic(key).is_some() || *key == before.topic);
    if topic.is_none() {
        faults.add("topic", "Choose what it is about");
    }
    let district = fields.one("district").parse().ok();
    let district = district
        .filter(|key| council.district(key).is_some() || Some(key) == before.district.as_ref());
    let typed = fields.one("to_team").trim();
    let team: Option<TeamKey> = typed.parse().ok();
    let team = team.filter(|key| council.team(key).is_some());
    if !typed.is_empty() && team.is_none() {
        faults.add("to_team", "Choose a team from the list");
    }
    let typed = fields.one("to_officer").trim();
    let officer = typed.parse().ok();
    if !typed.is_empty() && officer.is_none() {
        faults.add("to_officer", "Choose somebody from the list");
    }
    let why = fields.one("passed_why");
    let chosen = team.is_some() || officer.is_some();
    let why = if why.trim().is_empty() && !chosen {
        Ok(String::new())
    } else {
        clean_prose(why, NOTE)
    };
    let why = why.map_err(|fault| {
        let ask = "Write why it goes to them, so that nobody sends it back";
        faults.add("passed_why", typed::words(&fault, ask, "The note"));
    });
    match (topic, why) {
        (Some(topic), Ok(why)) if faults.is_empty() => Ok(Way {
            topic,
            district,
            team,
            officer,
            why,
        }),
        _ => Err(faults),
    }
}

/// The note that officers find in the file.
fn told(
    council: &Council,
    before: &Enquiry,
    way: &Way,
    team: &TeamKey,
    officer: Option<&Colleague>,
) -> String {
    let mut lines = vec![format!("Sorted as: {}", council.topic_name(&way.topic))];
    if let Some(district) = &way.district {
        lines.push(format!("District: {}", council.district_name(district)));
    }
    if *team != before.team {
        let (from, to) = (council.team_name(&before.team), council.team_name(team));
        lines.push(format!("Passed on from {from} to {to}"));
    }
    if let Some(officer) = officer {
        lines.push(format!("Given to {}", officer.name));
    }
    if !way.why.is_empty() {
        lines.push(String::new());
        lines.push(way.why.clone());
    }
    lines.join("\n")
}
