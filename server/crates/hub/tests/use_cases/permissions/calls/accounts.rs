//! How the use cases of the accounts are called.

use domain::{codes::Role, ids::SessionId};
use hub::{
    Actor, Error,
    accounts::{NewOfficer, Visitor},
};
use testing::fields;

use crate::permissions::world::World;

/// A session that nobody is in.
fn session() -> SessionId {
    SessionId::from_uuid(uuid::Uuid::nil())
}

fn visitor() -> Visitor {
    Visitor::at([192, 0, 2, 1].into())
}

/// See [`super::call`].
pub(super) async fn call(world: &World, use_case: &str, actor: &Actor) -> Result<(), Error> {
    let hub = &world.test.hub;
    let (accounts, visitor, none) = (hub.accounts(), visitor(), &fields([]));
    match use_case {
        "accounts/change_second_step offer_during" => {
            accounts.offer_during(actor, session()).await.map(drop)
        }
        "accounts/change_second_step set_up_during" => {
            let password = "not theirs".into();
            let set_up = accounts.set_up_during(actor, session(), password, "123456", &visitor);
            set_up.await.map(drop)
        }
        "accounts/change_second_step make_recovery_codes" => {
            let made = accounts.make_recovery_codes(actor, "not theirs".into(), &visitor);
            made.await.map(drop)
        }
        "accounts/change_second_step remove_second_step" => {
            let password = "not theirs".into();
            accounts.remove_second_step(actor, password, &visitor).await
        }
        "accounts/change_second_step reset_second_step" => {
            accounts.reset_second_step(actor, world.somebody.id).await
        }
        "accounts/invite invite" => accounts.invite(actor, none).await.map(drop),
        "accounts/invite invitations" => accounts.invitations(actor).await.map(drop),
        "accounts/invite invite_again" => {
            accounts.invite_again(actor, world.invitation().await).await
        }
        "accounts/invite take_invitation_back" => {
            let invitation = world.invitation().await;
            accounts.take_invitation_back(actor, invitation).await
        }
        "accounts/own own" => accounts.own(actor).await.map(drop),
        "accounts/own change_password" => {
            let (old, new) = ("not theirs".into(), "short".into());
            let changed = accounts.change_password(actor, session(), old, new, &visitor);
            changed.await
        }
        "accounts/password_link send_password_link" => {
            let id = world.somebody.id;
            accounts.enable_account(&Actor::System, id).await?;
            accounts.send_password_link(actor, id).await
        }
        "accounts/people person" => accounts.person(actor, world.somebody.id).await.map(drop),
        "accounts/people change_person" => {
            accounts.change_person(actor, world.somebody.id, none).await
        }
        "accounts/people go_away" => accounts.go_away(actor, none).await,
        "accounts/people send_away" => accounts.send_away(actor, world.somebody.id, none).await,
        "accounts/session end_session" => accounts.end_session(actor, session()).await,
        "accounts/session end_other_sessions" => {
            accounts.end_other_sessions(actor, session()).await
        }
        "accounts/session end_sessions_of" => {
            accounts.end_sessions_of(actor, world.somebody.id).await
        }
        "accounts/manage disable_account" => {
            accounts.disable_account(actor, world.somebody.id).await
        }
        "accounts/manage enable_account" => accounts.enable_account(actor, world.somebody.id).await,
        "accounts/manage add" => {
            let new = NewOfficer {
                email: "new@council.example.org".parse().unwrap(),
                name: "New Officer".to_owned(),
                role: Role::Officer,
                team: None,
                password: "short".into(),
            };
            accounts.add(actor, new).await.map(drop)
        }
        "accounts/unreached unreached" => accounts.unreached(actor).await.map(drop),
        "accounts/manage list" => accounts.list(actor).await.map(drop),
        "accounts/manage disable" => accounts.disable(actor, &world.somebody.email).await,
        other => unreachable!("say here how to call {other}"),
    }
}
