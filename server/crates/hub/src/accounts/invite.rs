//! Asking somebody to come and work here: the invitation, its letter, and taking it back.

use domain::{
    clock::london_date,
    codes::Role,
    email::EmailAddress,
    form::{Faults, Fields},
    ids::InvitationId,
    keys::TeamKey,
};
use jiff::{SignedDuration, Timestamp, civil::Date};
use mail::InvitationPurpose;
use store::{Invitation, Tx};
use url::Url;

use super::{
    Accounts,
    deed::Deed,
    manage::place,
    people::{Place, kept},
};
use crate::{
    Actor, Error, Hub,
    jobs::{self, Kind},
    policy::{Act, may},
};

/// What the links of invitations are signed for.
pub(crate) const LINK_PURPOSE: &str = "invitation";
/// How long a link works.
const LIFETIME: SignedDuration = SignedDuration::from_hours(7 * 24);

const NO_ADDRESS: &str = "Enter an email address in the correct format, like name@example.com";

/// An invitation that nobody has used yet, as it is listed. It holds no link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationSummary {
    /// Its id.
    pub id: InvitationId,
    /// Whom it is for.
    pub email: EmailAddress,
    /// Their name.
    pub name: String,
    /// What they will do.
    pub role: Role,
    /// The team they will work in.
    pub team: Option<TeamKey>,
    /// What its link is for.
    pub purpose: InvitationPurpose,
    /// When its link stops working.
    pub expires_at: Timestamp,
    /// The last day on which the link works for sure, as the letter says it.
    pub works_until: Date,
    /// Where it stands.
    pub state: InvitationState,
}

/// Where an invitation stands that nobody has used yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvitationState {
    /// Its letter is on its way.
    Waiting,
    /// A server took its letter.
    Sent {
        /// When.
        at: Timestamp,
    },
    /// Its letter could not be sent.
    Failed {
        /// What the mail server said, without addresses.
        reason: String,
    },
    /// Its link works no more.
    Expired,
}

impl Accounts<'_> {
    /// Invites somebody: they get a letter with a link by which they set their password.
    ///
    /// # Errors
    /// [`Error::Refused`] with the fields `name`, `email`, `role` and `team`; [`Error::NotFound`] for those
    /// who may not.
    pub async fn invite(&self, actor: &Actor, fields: &Fields) -> Result<InvitationId, Error> {
        may(actor, Act::ManageAccounts)?;
        let hub = self.0;
        let mut faults = Faults::default();
        let email = fields.one("email").trim().parse::<EmailAddress>();
        let email = email.map_err(|_| Faults::one("email", NO_ADDRESS));
        let email = kept(&mut faults, email);
        let chosen = kept(&mut faults, self.read_place(fields));
        let (Some(email), Some(chosen)) = (email, chosen) else {
            return Err(faults.into());
        };
        let invitation = begun(hub, email, chosen);
        let mut tx = hub.database().begin().await?;
        let email = invitation.email.normalised();
        if tx.accounts().by_email(&email).await?.is_some() {
            return Err(Error::refused(
                "email",
                "This person has an account already",
            ));
        }
        tx.invitations()
            .insert(&invitation)
            .await
            .map_err(|error| match Error::from(error) {
                Error::Stale => Error::refused(
                    "email",
                    "This person is invited already. You can send it again from the list",
                ),
                other => other,
            })?;
        let detail = Some(place(invitation.role, invitation.team.as_ref()));
        note(hub, &mut tx, actor, "invited", invitation.id, detail).await?;
        send(hub, &mut tx, invitation.id).await?;
        tx.commit().await?;
        hub.jobs_waiting().ring();
        Ok(invitation.id)
    }

    /// Everybody who is invited and has not come yet, the newest first.
    ///
    /// # Errors
    /// [`Error::NotFound`] for those who may not know.
    pub async fn invitations(&self, actor: &Actor) -> Result<Vec<InvitationSummary>, Error> {
        may(actor, Act::ManageAccounts)?;
        let now = self.0.now();
        let mut tx = self.0.database().read().await?;
        let mut invitations = Vec::new();
        for invitation in tx.invitations().open().await? {
            invitations.push(InvitationSummary {
                state: state(&invitation, now),
                works_until: works_until(&invitation),
                purpose: purpose(&mut tx, &invitation).await?,
                id: invitation.id,
                email: invitation.email,
                name: invitation.name,
                role: invitation.role,
                team: invitation.team,
                expires_at: invitation.expires_at,
            });
        }
        Ok(invitations)
    }

    /// Sends an invitation once more; its link works for another seven days.
    ///
    /// # Errors
    /// [`Error::NotFound`] for those who may not, or when it was used or taken back.
    pub async fn invite_again(&self, actor: &Actor, id: InvitationId) -> Result<(), Error> {
        may(actor, Act::ManageAccounts)?;
        let hub = self.0;
        let mut tx = hub.database().begin().await?;
        if !tx.invitations().renew(id, hub.now() + LIFETIME).await? {
            return Err(Error::NotFound);
        }
        note(hub, &mut tx, actor, "invited-again", id, None).await?;
        send(hub, &mut tx, id).await?;
        tx.commit().await?;
        hub.jobs_waiting().ring();
        Ok(())
    }

    /// Takes an invitation back: its link works no more.
    ///
    /// # Errors
    /// [`Error::NotFound`] for those who may not, or when it was used or taken back before.
    pub async fn take_invitation_back(&self, actor: &Actor, id: InvitationId) -> Result<(), Error> {
        may(actor, Act::ManageAccounts)?;
        let hub = self.0;
        let mut tx = hub.database().begin().await?;
        if !tx.invitations().revoke(id, hub.now()).await? {
            return Err(Error::NotFound);
        }
        note(hub, &mut tx, actor, "invitation-revoked", id, None).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The link of an invitation, for the server's own terminal where no mail can be sent.
    ///
    /// # Errors
    /// [`Error::NotFound`] for everybody else: whoever has the link can be that person.
    pub fn invitation_link(&self, actor: &Actor, id: InvitationId) -> Result<Url, Error> {
        match actor {
            Actor::System => link(self.0, id),
            Actor::Officer(_) | Actor::Public => Err(Error::NotFound),
        }
    }
}

/// Where an invitation leads. It stands nowhere but in the letter: it is made anew for each.
pub(crate) fn link(hub: &Hub, id: InvitationId) -> Result<Url, Error> {
    let token = hub.link_key().token(LINK_PURPOSE, id.as_uuid());
    hub.public_url()
        .join(&format!("desk/invitation/{token}"))
        .map_err(Error::internal)
}

/// An invitation to this address that begins now and was not sent yet.
pub(super) fn begun(hub: &Hub, email: EmailAddress, place: Place) -> Invitation {
    let now = hub.now();
    Invitation {
        id: hub.random(|random| InvitationId::generate(now, random)),
        email,
        name: place.name,
        role: place.role,
        team: place.team,
        created_at: now,
        expires_at: now + LIFETIME,
        sent_at: None,
        last_error: None,
        accepted_at: None,
        revoked_at: None,
    }
}

/// What an invitation's link is for: whoever has an account sets another password with it.
pub(crate) async fn purpose(
    tx: &mut Tx,
    invitation: &Invitation,
) -> Result<InvitationPurpose, Error> {
    let email = invitation.email.normalised();
    Ok(match tx.accounts().by_email(&email).await? {
        Some(_) => InvitationPurpose::NewPassword,
        None => InvitationPurpose::NewAccount,
    })
}

/// The last day, in London, on which an invitation's link works.
pub(crate) fn works_until(invitation: &Invitation) -> Date {
    // A link that ends in the middle of a day works until the day before for sure.
    let last = london_date(invitation.expires_at);
    last.yesterday().unwrap_or(last)
}

pub(super) async fn send(hub: &Hub, tx: &mut Tx, id: InvitationId) -> Result<(), Error> {
    let now = hub.now();
    Ok(jobs::enqueue(hub, tx, Kind::SendInvitation, id.as_uuid(), now).await?)
}

pub(super) async fn note(
    hub: &Hub,
    tx: &mut Tx,
    actor: &Actor,
    action: &str,
    id: InvitationId,
    detail: Option<String>,
) -> Result<(), Error> {
    let deed = Deed {
        hub,
        actor: actor.for_audit(),
    };
    Ok(deed.note(tx, action, Some(id.as_uuid()), detail).await?)
}

fn state(invitation: &Invitation, now: Timestamp) -> InvitationState {
    match (&invitation.sent_at, &invitation.last_error) {
        _ if invitation.expires_at <= now => InvitationState::Expired,
        (_, Some(reason)) => InvitationState::Failed {
            reason: reason.clone(),
        },
        (Some(at), None) => InvitationState::Sent { at: *at },
        (None, None) => InvitationState::Waiting,
    }
}
