//! Saving: one transaction checks the whole document, adds it as the next version, and writes down
//! who did it and which versions stood before and after.

use std::sync::Arc;

use domain::{codes::SecondStepRule, council::Council, form::Faults, ids::AuditId};
use jiff::Timestamp;
use store::{AuditActor, AuditEntry, QueueFilter, QueueOf, SettingsVersion, Tx};

use super::{Section, Settings, Version, newest, read_row};
use crate::{
    Actor, Error,
    policy::{Act, may},
};

/// What every fault is told beside that no field of the form made alone.
pub(super) const WHOLE: &str = "settings";

/// Writes the first settings of an empty hub, in the caller's transaction.
///
/// # Errors
/// [`Error::Stale`] when another process was first.
pub async fn begin(tx: &mut Tx, council: &Council, at: Timestamp) -> Result<Version, Error> {
    let version = Version::first(council.clone());
    let row = row(&version, Section::All, at, &Actor::System)?;
    tx.settings().insert(&row).await?;
    tx.council().sync(council).await?;
    Ok(version)
}

impl Settings<'_> {
    /// Changes the settings that are there now, if `seen` is still their number.
    ///
    /// # Errors
    /// [`Error::Stale`] when they were changed since; [`Error::Refused`] when `change` refuses, or
    /// what it makes contradicts itself; [`Error::NotFound`] for those who may not.
    pub(super) async fn save(
        &self,
        actor: &Actor,
        section: Section,
        seen: u32,
        change: impl FnOnce(&mut Council) -> Result<(), Error>,
    ) -> Result<(), Error> {
        may(actor, Act::ChangeSettings)?;
        let hub = self.0;
        let mut tx = hub.database().begin().await?;
        let before = newest(&mut tx).await?.ok_or(Error::NotFound)?;
        if before.number != seen {
            hub.use_settings(before);
            return Err(Error::Stale);
        }
        let mut council = Council::clone(&before.council);
        change(&mut council)?;
        if council == *before.council {
            return Ok(());
        }
        check(&council)?;
        self.nobody_left_behind(&mut tx, &before.council, &council)
            .await?;
        not_locked_out(&mut tx, actor, &before.council, &council).await?;
        let after = Version {
            number: before.number + 1,
            council: Arc::new(council),
        };
        self.write(&mut tx, actor, section, &after).await?;
        tx.commit().await?;
        hub.use_settings(after);
        Ok(())
    }

    async fn write(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        section: Section,
        after: &Version,
    ) -> Result<(), Error> {
        let hub = self.0;
        let now = hub.now();
        tx.settings()
            .insert(&row(after, section, now, actor)?)
            .await?;
        tx.council().sync(&after.council).await?;
        let before = after.number - 1;
        tx.audit()
            .append(&AuditEntry {
                id: hub.random(|random| AuditId::generate(now, random)),
                at: now,
                actor: actor.for_audit(),
                action: "settings-changed".to_owned(),
                enquiry: None,
                subject: None,
                detail: Some(format!("{section}: version {before} to {}", after.number)),
            })
            .await?;
        Ok(())
    }

    /// A team that is given up must have nothing open and nobody in it: every open enquiry has an
    /// owner.
    async fn nobody_left_behind(
        &self,
        tx: &mut Tx,
        before: &Council,
        after: &Council,
    ) -> Result<(), Error> {
        let given_up = before
            .teams
            .iter()
            .filter(|team| after.team(&team.key).is_none());
        for team in given_up {
            let now = self.0.now();
            let of_team = QueueFilter {
                whose: QueueOf::Team(team.key.clone()),
                ..QueueFilter::default()
            };
            let open = tx.enquiries().queue_counts(&of_team, now, now).await?;
            let open = open.overdue + open.due_today + open.later;
            if open > 0 {
                return Err(Error::refused(
                    WHOLE,
                    format!(
                        "{} still has {open} open enquiries. They must be answered first",
                        team.name
                    ),
                ));
            }
            let accounts = tx.accounts().list().await?;
            let members = accounts.iter().filter(|account| {
                account.disabled_at.is_none() && account.team.as_ref() == Some(&team.key)
            });
            let members = members.count();
            if members > 0 {
                return Err(Error::refused(
                    WHOLE,
                    format!(
                        "{members} people are in {}. Give them another team first",
                        team.name
                    ),
                ));
            }
        }
        Ok(())
    }

    /// One version; `None` when there is none with this number.
    pub(super) async fn version(&self, tx: &mut Tx, number: u32) -> Result<Option<Version>, Error> {
        let row = tx.settings().get(number).await?;
        row.as_ref().map(read_row).transpose()
    }
}

/// Whoever asks for a second step of everybody has one: they would be signed out by their own act.
async fn not_locked_out(
    tx: &mut Tx,
    actor: &Actor,
    before: &Council,
    after: &Council,
) -> Result<(), Error> {
    let rule = after.sign_in.second_step;
    let asked = rule == SecondStepRule::Required && before.sign_in.second_step != rule;
    if let Actor::Officer(officer) = actor
        && asked
        && tx.second_steps().of(officer.id).await?.is_none()
    {
        return Err(Error::refused(
            "second_step",
            "Set up your own app first, in your account. Without one you would be signed out",
        ));
    }
    Ok(())
}

/// Checks a whole document: its rules, and the letters it words.
pub(super) fn check(council: &Council) -> Result<(), Error> {
    let mut faults = Faults::default();
    if let Err(found) = council.check() {
        for fault in found {
            faults.add(WHOLE, fault.to_string());
        }
    }
    for (kind, text) in &council.letters {
        for problem in mail::letters::check(*kind, text, council)
            .err()
            .into_iter()
            .flatten()
        {
            faults.add(WHOLE, format!("letters.{kind}: {problem}"));
        }
    }
    faults.into_result().map_err(Error::from)
}

fn row(
    version: &Version,
    section: Section,
    at: Timestamp,
    actor: &Actor,
) -> Result<SettingsVersion, Error> {
    Ok(SettingsVersion {
        version: version.number,
        document: serde_json::to_string(&*version.council).map_err(Error::internal)?,
        section: section.as_str().to_owned(),
        saved_at: at,
        saved_by: match actor.for_audit() {
            AuditActor::Account(id) => Some(id),
            AuditActor::Correspondent(_) | AuditActor::System => None,
        },
    })
}
