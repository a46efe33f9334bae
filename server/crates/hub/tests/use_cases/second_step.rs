//! The second step: codes of an app, recovery codes, and what they open.

use std::{
    net::{IpAddr, Ipv4Addr},
    sync::atomic::{AtomicU32, Ordering},
};

use domain::{
    codes::{Role, SecondStepRule},
    ids::AccountId,
};
use hub::{
    Actor, Error, HalfToken, Officer, SessionToken,
    accounts::{NextStep, RecoveryCodes, SignIn, Visitor},
};
use jiff::SignedDuration;
use testing::{PASSWORD, Setup, TestHub};
use totp_rs::{Builder, Secret};

use crate::reading::{deeds_about, faults};

const THIRTY_SECONDS: SignedDuration = SignedDuration::from_secs(30);

/// Somebody at another network each time: most of these tests are not about the limits of one.
fn visitor() -> Visitor {
    static LAST: AtomicU32 = AtomicU32::new(0);
    let last = LAST.fetch_add(1, Ordering::Relaxed);
    Visitor::at(IpAddr::V4(Ipv4Addr::from(0x0a00_0000 + last)))
}

fn officer(actor: &Actor) -> &Officer {
    match actor {
        Actor::Officer(officer) => officer,
        _ => unreachable!("an officer"),
    }
}

/// A hub whose officers need a second step.
async fn strict() -> TestHub {
    TestHub::with(Setup {
        second_step: SecondStepRule::Required,
        ..Setup::default()
    })
    .await
}

async fn sign_in(test: &TestHub, actor: &Actor) -> SignIn {
    let email = officer(actor).email.as_str();
    let accounts = test.hub.accounts();
    accounts
        .sign_in(email, PASSWORD.into(), &visitor())
        .await
        .unwrap()
}

async fn half(test: &TestHub, actor: &Actor) -> HalfToken {
    match sign_in(test, actor).await {
        SignIn::Code(token) | SignIn::SetUp(token) => token,
        SignIn::Done(_) => unreachable!("a second step comes next"),
    }
}

/// What the app shows that holds this key.
fn code_of(test: &TestHub, key: &str) -> String {
    let secret = Secret::try_from_base32(key.replace(' ', "")).unwrap();
    let totp = Builder::new()
        .with_secret(secret)
        .with_account_name("test")
        .build()
        .unwrap();
    let seconds = u64::try_from(test.hub.now().as_second()).unwrap();
    totp.generate(seconds).to_string()
}

/// Somebody whose second step is set up, its key and their recovery codes.
async fn set_up(test: &TestHub) -> (Actor, String, RecoveryCodes) {
    let actor = test.officer(Role::Officer).await;
    let token = half(test, &actor).await;
    let accounts = test.hub.accounts();
    let offer = accounts.offer_before(&token).await.unwrap().unwrap();
    let code = code_of(test, &offer.key);
    let (_, codes) = accounts
        .set_up_before(&token, &code, &visitor())
        .await
        .unwrap();
    test.clock.advance(THIRTY_SECONDS);
    (actor, offer.key, codes)
}

async fn opens(test: &TestHub, token: &SessionToken) -> bool {
    let accounts = test.hub.accounts();
    accounts.officer(token).await.unwrap().is_some()
}

#[tokio::test]
async fn whoever_has_none_sets_it_up_before_anything_else() {
    let test = strict().await;
    let actor = test.officer(Role::Officer).await;
    let SignIn::SetUp(token) = sign_in(&test, &actor).await else {
        unreachable!("it is to be set up");
    };
    let accounts = test.hub.accounts();
    assert_eq!(
        accounts.next_step(&token).await.unwrap(),
        Some(NextStep::SetUp)
    );
    // The half of a sign-in is no session, even where it stands in the session's cookie.
    let as_session: SessionToken = token.to_cookie().parse().unwrap();
    assert!(!opens(&test, &as_session).await);

    let offer = accounts.offer_before(&token).await.unwrap().unwrap();
    assert!(
        offer
            .address
            .starts_with("otpauth://totp/Sample%20County:officer1%40")
    );
    assert!(!format!("{offer:?}").contains(&offer.key));
    let wrong = accounts.set_up_before(&token, "000000", &visitor()).await;
    assert!(faults(wrong).of("code").is_some());
    // The same key again: the app that read it already is right.
    let again = accounts.offer_before(&token).await.unwrap().unwrap();
    assert_eq!(again.key, offer.key);

    let code = code_of(&test, &offer.key);
    let (session, codes) = accounts
        .set_up_before(&token, &code, &visitor())
        .await
        .unwrap();
    assert!(opens(&test, &session).await);
    assert_eq!(codes.iter().count(), 10);
    assert_eq!(accounts.next_step(&token).await.unwrap(), None);
    let id = officer(&actor).id;
    let mut deeds = deeds_about(&test, id.as_uuid()).await;
    deeds.sort();
    assert_eq!(
        deeds,
        [
            "account-added officer -",
            "second-step-set",
            "sign-in-refused second-step-set",
            "signed-in second-step-set",
        ]
    );
}

#[tokio::test]
async fn a_code_opens_a_session_once() {
    let test = strict().await;
    let (actor, key, _) = set_up(&test).await;
    let accounts = test.hub.accounts();
    let SignIn::Code(token) = sign_in(&test, &actor).await else {
        unreachable!("a code comes next");
    };
    assert_eq!(
        accounts.next_step(&token).await.unwrap(),
        Some(NextStep::Code)
    );
    // A password alone neither shows the key nor sets another one.
    assert!(accounts.offer_before(&token).await.unwrap().is_none());
    let code = code_of(&test, &key);
    let replaced = accounts.set_up_before(&token, &code, &visitor()).await;
    assert!(matches!(replaced, Err(Error::NotFound)), "{replaced:?}");

    let session = accounts.take_code(&token, &code, &visitor()).await.unwrap();
    assert!(opens(&test, &session).await);
    let spent = accounts.take_code(&token, &code, &visitor()).await;
    assert!(matches!(spent, Err(Error::NotFound)), "{spent:?}");
    // The same thirty seconds, another sign-in: whoever looked over a shoulder is too late.
    let token = half(&test, &actor).await;
    let replayed = accounts.take_code(&token, &code, &visitor()).await;
    assert!(faults(replayed).of("code").is_some());
    test.clock.advance(THIRTY_SECONDS);
    let older = accounts.take_code(&token, &code, &visitor()).await;
    assert!(faults(older).of("code").is_some());
    let next = code_of(&test, &key);
    assert!(accounts.take_code(&token, &next, &visitor()).await.is_ok());
}

#[tokio::test]
async fn clocks_may_differ_by_thirty_seconds() {
    let test = strict().await;
    let (actor, key, _) = set_up(&test).await;
    let code = code_of(&test, &key);
    let accounts = test.hub.accounts();
    test.clock.advance(THIRTY_SECONDS);
    let token = half(&test, &actor).await;
    assert!(accounts.take_code(&token, &code, &visitor()).await.is_ok());
    let code = code_of(&test, &key);
    test.clock.advance(THIRTY_SECONDS * 2);
    let token = half(&test, &actor).await;
    let late = accounts.take_code(&token, &code, &visitor()).await;
    assert!(faults(late).of("code").is_some());
}

#[tokio::test]
async fn after_five_wrong_codes_the_password_is_asked_for_again() {
    let test = strict().await;
    let (actor, key, _) = set_up(&test).await;
    let accounts = test.hub.accounts();
    let token = half(&test, &actor).await;
    for _ in 0..5 {
        faults(accounts.take_code(&token, "123", &visitor()).await);
    }
    assert_eq!(accounts.next_step(&token).await.unwrap(), None);
    let code = code_of(&test, &key);
    let late = accounts.take_code(&token, &code, &visitor()).await;
    assert!(matches!(late, Err(Error::NotFound)), "{late:?}");
}

#[tokio::test]
async fn a_network_that_guesses_codes_has_to_wait() {
    let test = strict().await;
    let (actor, key, _) = set_up(&test).await;
    let accounts = test.hub.accounts();
    let token = half(&test, &actor).await;
    let home = visitor();
    for _ in 0..4 {
        faults(accounts.take_code(&token, "123", &home).await);
    }
    let token = half(&test, &actor).await;
    faults(accounts.take_code(&token, "123", &home).await);
    let code = code_of(&test, &key);
    let guessed = accounts.take_code(&token, &code, &home).await;
    assert!(
        matches!(guessed, Err(Error::TooMany { retry_after_s: 1.. })),
        "{guessed:?}"
    );
}

#[tokio::test]
async fn half_a_sign_in_ends_after_twenty_minutes() {
    let test = strict().await;
    let (actor, ..) = set_up(&test).await;
    let token = half(&test, &actor).await;
    test.clock.advance(SignedDuration::from_mins(20));
    assert_eq!(test.hub.accounts().next_step(&token).await.unwrap(), None);
}

#[tokio::test]
async fn a_recovery_code_opens_a_session_once() {
    let test = strict().await;
    let (actor, _, codes) = set_up(&test).await;
    let accounts = test.hub.accounts();
    let code = codes.iter().next().unwrap().to_uppercase();
    let token = half(&test, &actor).await;
    let wrong = accounts
        .take_recovery_code(&token, "2222-2222-2222-2222", &visitor())
        .await;
    assert!(faults(wrong).of("recovery_code").is_some());
    let session = accounts
        .take_recovery_code(&token, &code, &visitor())
        .await
        .unwrap();
    assert!(opens(&test, &session).await);
    let token = half(&test, &actor).await;
    let again = accounts.take_recovery_code(&token, &code, &visitor()).await;
    assert!(faults(again).of("recovery_code").is_some());
    let own = accounts.own(&actor).await.unwrap();
    assert_eq!(own.recovery_codes_left, 9);
    let id = officer(&actor).id;
    let deeds = deeds_about(&test, id.as_uuid()).await;
    assert!(deeds.iter().any(|deed| deed == "recovery-code-used"));
    assert!(deeds.iter().all(|deed| !deed.contains(&code)), "{deeds:?}");
}

#[tokio::test]
async fn new_recovery_codes_take_the_place_of_the_old() {
    let test = strict().await;
    let (actor, _, old) = set_up(&test).await;
    let accounts = test.hub.accounts();
    let wrong = accounts
        .make_recovery_codes(&actor, "not it".into(), &visitor())
        .await;
    assert!(faults(wrong).of("password").is_some());
    let new = accounts
        .make_recovery_codes(&actor, PASSWORD.into(), &visitor())
        .await
        .unwrap();
    let token = half(&test, &actor).await;
    let code = old.iter().next().unwrap();
    let refused = accounts.take_recovery_code(&token, code, &visitor()).await;
    assert!(faults(refused).of("recovery_code").is_some());
    let code = new.iter().next().unwrap();
    assert!(
        accounts
            .take_recovery_code(&token, code, &visitor())
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn where_it_is_optional_each_may_set_it_up_change_it_and_take_it_away() {
    let test = TestHub::new().await;
    let actor = test.officer(Role::Officer).await;
    let SignIn::Done(session) = sign_in(&test, &actor).await else {
        unreachable!("a password is enough");
    };
    let accounts = test.hub.accounts();
    let offer = accounts.offer_during(&actor, session.id()).await.unwrap();
    let code = code_of(&test, &offer.key);
    let set = async |password: &str, code: &str| {
        let password = password.into();
        accounts
            .set_up_during(&actor, session.id(), password, code, &visitor())
            .await
    };
    assert!(faults(set("not it", &code).await).of("password").is_some());
    assert!(faults(set(PASSWORD, "000000").await).of("code").is_some());
    set(PASSWORD, &code).await.unwrap();
    assert!(matches!(sign_in(&test, &actor).await, SignIn::Code(_)));

    // What is offered now is another key: the one that is in use is never shown again.
    let another = accounts.offer_during(&actor, session.id()).await.unwrap();
    assert_ne!(another.key, offer.key);
    let wrong = accounts
        .remove_second_step(&actor, "not it".into(), &visitor())
        .await;
    assert!(faults(wrong).of("password").is_some());
    accounts
        .remove_second_step(&actor, PASSWORD.into(), &visitor())
        .await
        .unwrap();
    assert!(matches!(sign_in(&test, &actor).await, SignIn::Done(_)));
}

#[tokio::test]
async fn where_it_is_required_nobody_takes_it_away_and_no_session_goes_without() {
    let test = strict().await;
    let (actor, ..) = set_up(&test).await;
    let accounts = test.hub.accounts();
    let removed = accounts
        .remove_second_step(&actor, PASSWORD.into(), &visitor())
        .await;
    assert!(matches!(removed, Err(Error::NotFound)), "{removed:?}");

    let (actor, key, _) = set_up(&test).await;
    let token = half(&test, &actor).await;
    let code = code_of(&test, &key);
    let session = accounts.take_code(&token, &code, &visitor()).await.unwrap();
    let id: AccountId = officer(&actor).id;
    let mut tx = test.hub.database().begin().await.unwrap();
    tx.second_steps().delete(id).await.unwrap();
    tx.commit().await.unwrap();
    assert!(!opens(&test, &session).await);
}

#[tokio::test]
async fn an_administrator_resets_a_lost_one_and_signs_them_out() {
    let test = strict().await;
    let (actor, key, _) = set_up(&test).await;
    let administrator = test.officer(Role::Administrator).await;
    let accounts = test.hub.accounts();
    let token = half(&test, &actor).await;
    let code = code_of(&test, &key);
    let session = accounts.take_code(&token, &code, &visitor()).await.unwrap();
    let id = officer(&actor).id;
    let themselves = accounts.reset_second_step(&actor, id).await;
    assert!(matches!(themselves, Err(Error::NotFound)));
    accounts
        .reset_second_step(&administrator, id)
        .await
        .unwrap();
    assert!(!opens(&test, &session).await);
    assert!(matches!(sign_in(&test, &actor).await, SignIn::SetUp(_)));
    let deeds = deeds_about(&test, id.as_uuid()).await;
    assert!(deeds.iter().any(|deed| deed == "second-step-reset"));
}
