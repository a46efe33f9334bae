//! One's own account: another password, and where one is signed in.

use std::net::IpAddr;

use domain::codes::Role;
use hub::{
    Actor, Error, Officer, SessionToken,
    accounts::{Device, SignIn, Visitor},
};
use jiff::SignedDuration;
use rstest::rstest;
use testing::{PASSWORD, TestHub};

use crate::reading::{deeds_about, faults};

const NEW: &str = "marmalade kite on Tuesdays";

fn visitor(browser: &str) -> Visitor {
    Visitor {
        address: IpAddr::from([192, 0, 2, 1]),
        device: Device::from_user_agent(browser),
    }
}

fn officer(actor: &Actor) -> &Officer {
    match actor {
        Actor::Officer(officer) => officer,
        _ => unreachable!("an officer"),
    }
}

async fn sign_in(
    test: &TestHub,
    actor: &Actor,
    password: &str,
    browser: &str,
) -> Result<SessionToken, Error> {
    let email = officer(actor).email.as_str();
    let accounts = test.hub.accounts();
    match accounts
        .sign_in(email, password.into(), &visitor(browser))
        .await?
    {
        SignIn::Done(token) => Ok(token),
        other => unreachable!("a password is enough here: {other:?}"),
    }
}

async fn change(
    test: &TestHub,
    actor: &Actor,
    here: &SessionToken,
    old: &str,
    new: &str,
) -> Result<(), Error> {
    let accounts = test.hub.accounts();
    accounts
        .change_password(actor, here.id(), old.into(), new.into(), &visitor(""))
        .await
}

#[tokio::test]
async fn another_password_ends_the_other_sessions() {
    let test = TestHub::new().await;
    let actor = test.officer(Role::Officer).await;
    let here = sign_in(&test, &actor, PASSWORD, "").await.unwrap();
    let there = sign_in(&test, &actor, PASSWORD, "").await.unwrap();
    assert_ne!(here, there);
    change(&test, &actor, &here, PASSWORD, NEW).await.unwrap();
    let accounts = test.hub.accounts();
    assert!(accounts.officer(&here).await.unwrap().is_some());
    assert!(accounts.officer(&there).await.unwrap().is_none());
    faults(sign_in(&test, &actor, PASSWORD, "").await);
    assert!(sign_in(&test, &actor, NEW, "").await.is_ok());
    let deeds = deeds_about(&test, officer(&actor).id.as_uuid()).await;
    assert!(
        deeds.contains(&"password-changed 1 other sessions ended".to_owned()),
        "{deeds:?}"
    );
}

#[rstest]
#[case::old_one_wrong("not it", NEW, "password")]
#[case::short(PASSWORD, "fourteen chars", "new_password")]
#[case::everybody_s(PASSWORD, "iloveyouiloveyou", "new_password")]
#[case::of_their_own_name(PASSWORD, "Officer1 Officer1", "new_password")]
#[case::of_the_council_s(PASSWORD, "Sample-County-Council", "new_password")]
#[tokio::test]
async fn a_password_that_is_not_right_changes_nothing(
    #[case] old: &str,
    #[case] new: &str,
    #[case] field: &str,
) {
    let test = TestHub::new().await;
    let actor = test.officer(Role::Officer).await;
    let here = sign_in(&test, &actor, PASSWORD, "").await.unwrap();
    let changed = change(&test, &actor, &here, old, new).await;
    assert!(faults(changed).of(field).is_some());
    assert!(sign_in(&test, &actor, PASSWORD, "").await.is_ok());
}

#[tokio::test]
async fn sessions_are_listed_with_their_browsers_and_end_one_by_one() {
    let test = TestHub::new().await;
    let actor = test.officer(Role::Officer).await;
    let other = test.officer(Role::Officer).await;
    let accounts = test.hub.accounts();
    let firefox = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0";
    let there = sign_in(&test, &actor, PASSWORD, firefox).await.unwrap();
    test.clock.advance(SignedDuration::from_mins(10));
    let here = sign_in(&test, &actor, PASSWORD, "").await.unwrap();
    let listed = accounts.own(&actor).await.unwrap().sessions;
    let devices: Vec<&str> = listed
        .iter()
        .map(|session| session.device.as_str())
        .collect();
    assert_eq!(devices, ["A browser", "Firefox on Windows"]);
    assert_eq!(listed[0].id, here.id());

    // Nobody ends a session of somebody else by its name.
    accounts.end_session(&other, there.id()).await.unwrap();
    assert!(accounts.officer(&there).await.unwrap().is_some());
    accounts.end_session(&actor, there.id()).await.unwrap();
    assert!(accounts.officer(&there).await.unwrap().is_none());
    accounts.end_session(&actor, there.id()).await.unwrap();

    let there = sign_in(&test, &actor, PASSWORD, firefox).await.unwrap();
    accounts
        .end_other_sessions(&actor, here.id())
        .await
        .unwrap();
    assert!(accounts.officer(&there).await.unwrap().is_none());
    assert!(accounts.officer(&here).await.unwrap().is_some());

    // One that lay idle for more than an hour is over, and no longer listed.
    test.clock.advance(SignedDuration::from_mins(61));
    assert_eq!(accounts.own(&actor).await.unwrap().sessions, []);
}

#[tokio::test]
async fn only_who_is_signed_in_has_an_account_to_look_at() {
    let test = TestHub::new().await;
    for actor in [Actor::Public, Actor::System] {
        let own = test.hub.accounts().own(&actor).await;
        assert!(matches!(own, Err(Error::NotFound)), "{own:?}");
    }
}
