//! Officers' accounts, signing in, and sessions.

use std::net::IpAddr;

use domain::codes::Role;
use hub::{
    Actor, Error, Officer, SessionToken,
    accounts::{NewOfficer, SignIn, Visitor},
};
use jiff::SignedDuration;
use rstest::rstest;
use testing::{PASSWORD, TestHub};

use crate::reading::faults;

const HOME: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));

fn officer(actor: &Actor) -> &Officer {
    match actor {
        Actor::Officer(officer) => officer,
        _ => unreachable!("an officer"),
    }
}

async fn sign_in(test: &TestHub, email: &str, password: &str) -> Result<SessionToken, Error> {
    let accounts = test.hub.accounts();
    let signed_in = accounts
        .sign_in(email, password.into(), &Visitor::at(HOME))
        .await?;
    match signed_in {
        SignIn::Done(token) => Ok(token),
        other => unreachable!("a password is enough here: {other:?}"),
    }
}

#[tokio::test]
async fn an_officer_signs_in_and_out() {
    let test = TestHub::new().await;
    let actor = test.officer(Role::Officer).await;
    let token = sign_in(&test, " Officer1@Council.Example.org ", PASSWORD)
        .await
        .unwrap();
    let accounts = test.hub.accounts();
    let signed_in = accounts.officer(&token).await.unwrap();
    assert_eq!(signed_in.as_ref(), Some(officer(&actor)));
    accounts.sign_out(&token).await.unwrap();
    assert_eq!(accounts.officer(&token).await.unwrap(), None);
}

#[tokio::test]
async fn unknown_wrong_and_disabled_are_told_the_same() {
    let test = TestHub::new().await;
    test.officer(Role::Officer).await;
    let gone = test.officer(Role::Officer).await;
    let accounts = test.hub.accounts();
    accounts
        .disable(&Actor::System, &officer(&gone).email)
        .await
        .unwrap();
    let told = [
        faults(sign_in(&test, "nobody@council.example.org", PASSWORD).await),
        faults(sign_in(&test, "officer1@council.example.org", "wrong").await),
        faults(sign_in(&test, officer(&gone).email.as_str(), PASSWORD).await),
        faults(sign_in(&test, "", "").await),
    ];
    assert!(told.iter().all(|faults| *faults == told[0]), "{told:?}");
}

#[tokio::test]
async fn after_too_many_tries_even_the_right_password_waits() {
    let test = TestHub::new().await;
    test.officer(Role::Officer).await;
    let email = "officer1@council.example.org";
    for _ in 0..5 {
        faults(sign_in(&test, email, "wrong").await);
    }
    let answer = sign_in(&test, email, PASSWORD).await;
    assert!(
        matches!(answer, Err(Error::TooMany { retry_after_s: 1.. })),
        "{answer:?}"
    );
}

#[tokio::test]
async fn a_session_ends_after_an_idle_hour() {
    let test = TestHub::new().await;
    test.officer(Role::Officer).await;
    let token = sign_in(&test, "officer1@council.example.org", PASSWORD)
        .await
        .unwrap();
    let accounts = test.hub.accounts();
    test.clock.advance(SignedDuration::from_mins(59));
    assert!(accounts.officer(&token).await.unwrap().is_some());
    // The hour begins anew with every use.
    test.clock.advance(SignedDuration::from_mins(60));
    assert!(accounts.officer(&token).await.unwrap().is_some());
    test.clock.advance(SignedDuration::from_mins(61));
    assert_eq!(accounts.officer(&token).await.unwrap(), None);
}

#[tokio::test]
async fn a_session_ends_after_twelve_hours_whatever_happens_in_it() {
    let test = TestHub::new().await;
    test.officer(Role::Officer).await;
    let token = sign_in(&test, "officer1@council.example.org", PASSWORD)
        .await
        .unwrap();
    let accounts = test.hub.accounts();
    for _ in 0..23 {
        test.clock.advance(SignedDuration::from_mins(30));
        assert!(accounts.officer(&token).await.unwrap().is_some());
    }
    test.clock.advance(SignedDuration::from_mins(30));
    assert_eq!(accounts.officer(&token).await.unwrap(), None);
}

#[tokio::test]
async fn a_disabled_account_is_signed_out_at_once() {
    let test = TestHub::new().await;
    let actor = test.officer(Role::Officer).await;
    let email = &officer(&actor).email;
    let token = sign_in(&test, email.as_str(), PASSWORD).await.unwrap();
    let accounts = test.hub.accounts();
    accounts.disable(&Actor::System, email).await.unwrap();
    assert_eq!(accounts.officer(&token).await.unwrap(), None);
}

fn new_officer() -> NewOfficer {
    NewOfficer {
        email: "new@council.example.org".parse().unwrap(),
        name: "New Officer".to_owned(),
        role: Role::Officer,
        team: None,
        password: PASSWORD.into(),
    }
}

#[rstest]
#[case::short_password("password", NewOfficer { password: "fourteen chars".into(), ..new_officer() })]
#[case::no_name("name", NewOfficer { name: " ".to_owned(), ..new_officer() })]
#[case::no_such_team("team", NewOfficer { team: Some("pirates".parse().unwrap()), ..new_officer() })]
#[tokio::test]
async fn an_account_that_is_not_right_is_refused(#[case] field: &str, #[case] new: NewOfficer) {
    let test = TestHub::new().await;
    let added = test.hub.accounts().add(&Actor::System, new).await;
    assert!(faults(added).of(field).is_some());
}

#[tokio::test]
async fn an_address_has_one_account() {
    let test = TestHub::new().await;
    let accounts = test.hub.accounts();
    accounts.add(&Actor::System, new_officer()).await.unwrap();
    let again = accounts.add(&Actor::System, new_officer()).await;
    assert!(matches!(again, Err(Error::Stale)), "{again:?}");
}

#[tokio::test]
async fn only_an_administrator_manages_accounts() {
    let test = TestHub::new().await;
    let accounts = test.hub.accounts();
    for role in [Role::Officer, Role::TeamLead, Role::Editor] {
        let actor = test.officer(role).await;
        let added = accounts.add(&actor, new_officer()).await;
        assert!(matches!(added, Err(Error::NotFound)), "{added:?}");
        let listed = accounts.list(&actor).await;
        assert!(matches!(listed, Err(Error::NotFound)), "{listed:?}");
    }
    let administrator = test.officer(Role::Administrator).await;
    accounts.add(&administrator, new_officer()).await.unwrap();
    assert_eq!(accounts.list(&administrator).await.unwrap().len(), 5);
}
