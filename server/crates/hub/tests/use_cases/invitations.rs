//! Invitations: from the administrator's form to the new officer's first sign-in.

use std::net::IpAddr;

use domain::{codes::Role, form::Fields};
use hub::{
    Actor, Error,
    accounts::{InvitationLink, InvitationState, SignIn, Visitor},
};
use jiff::SignedDuration;
use rstest::rstest;
use testing::{TestHub, hub::fields};

use crate::reading::{deeds_about, faults};

const PASSWORD: &str = "marmalade kite on Tuesdays";

fn visitor() -> Visitor {
    Visitor::at(IpAddr::from([192, 0, 2, 1]))
}

fn kim() -> Fields {
    fields([
        ("name", "Kim Lee"),
        ("email", "Kim@Council.example.org"),
        ("role", "officer"),
        ("team", "ehc-east"),
    ])
}

async fn accept(test: &TestHub, token: &str, password: &str) -> Result<SignIn, Error> {
    let accounts = test.hub.accounts();
    accounts
        .accept_invitation(token, password.into(), &password.into(), &visitor())
        .await
}

/// An administrator's invitation, sent; the token of its link.
async fn invited(test: &TestHub) -> (Actor, String) {
    let administrator = test.officer(Role::Administrator).await;
    let accounts = test.hub.accounts();
    accounts.invite(&administrator, &kim()).await.unwrap();
    test.run_jobs().await;
    (administrator, test.mails.only().invitation_token())
}

#[tokio::test]
async fn an_invitation_makes_an_account_once() {
    let test = TestHub::new().await;
    let (administrator, token) = invited(&test).await;
    let accounts = test.hub.accounts();
    let open = accounts.invitations(&administrator).await.unwrap();
    let at = test.hub.now();
    assert_eq!(open[0].state, InvitationState::Sent { at });

    // Looking changes nothing: mail scanners follow links.
    for _ in 0..3 {
        let link = accounts.invited(&token).await.unwrap();
        let Some(InvitationLink::Open(invited)) = link else {
            unreachable!("nobody has used it: {link:?}");
        };
        assert_eq!(invited.name, "Kim Lee");
        assert_eq!(invited.email.as_str(), "kim@council.example.org");
    }
    let SignIn::Done(session) = accept(&test, &token, PASSWORD).await.unwrap() else {
        unreachable!("a password is enough here");
    };
    let officer = accounts.officer(&session).await.unwrap().unwrap();
    assert_eq!(officer.name, "Kim Lee");
    assert_eq!(officer.role, Role::Officer);
    assert_eq!(officer.team.unwrap().as_str(), "ehc-east");

    let link = accounts.invited(&token).await.unwrap();
    assert_eq!(link, Some(InvitationLink::Used));
    let forged = accounts.invited(&format!("{token}A")).await.unwrap();
    assert_eq!(forged, None);
    let again = accept(&test, &token, PASSWORD).await;
    assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
    assert_eq!(accounts.invitations(&administrator).await.unwrap(), []);
    let again = accounts.invite(&administrator, &kim()).await;
    assert!(faults(again).of("email").is_some());
    let mut deeds = deeds_about(&test, open[0].id.as_uuid()).await;
    deeds.sort();
    assert_eq!(
        deeds,
        [
            format!("invitation-accepted {}", officer.id),
            "invitation-sent".to_owned(),
            "invited officer ehc-east".to_owned(),
        ]
    );
}

#[tokio::test]
async fn its_letter_is_neutral_and_its_link_stands_nowhere_else() {
    let test = TestHub::new().await;
    let (_, token) = invited(&test).await;
    let mail = test.mails.only();
    assert_eq!(mail.mail.subject, "Your account with Sample County Council");
    assert!(!mail.mail.text.contains("Kim"), "{}", mail.mail.text);
    let headers = mail.headers();
    assert!(
        headers.contains("Auto-Submitted: auto-generated"),
        "{headers}"
    );
    for file in std::fs::read_dir(test.database.folder()).unwrap() {
        let path = file.unwrap().path();
        let kept = std::fs::read(&path).unwrap_or_default();
        let found = kept
            .windows(token.len())
            .any(|part| part == token.as_bytes());
        assert!(!found, "the link is in {}", path.display());
    }
}

#[tokio::test]
async fn a_link_works_for_seven_days_and_again_when_it_is_sent_again() {
    let test = TestHub::new().await;
    let (administrator, token) = invited(&test).await;
    let accounts = test.hub.accounts();
    test.clock.advance(SignedDuration::from_hours(7 * 24));
    let link = accounts.invited(&token).await.unwrap();
    assert_eq!(link, Some(InvitationLink::Ended));
    let late = accept(&test, &token, PASSWORD).await;
    assert!(matches!(late, Err(Error::NotFound)), "{late:?}");
    let open = accounts.invitations(&administrator).await.unwrap();
    assert_eq!(open[0].state, InvitationState::Expired);

    accounts
        .invite_again(&administrator, open[0].id)
        .await
        .unwrap();
    test.run_jobs().await;
    let taken = test.mails.taken();
    assert_eq!(taken.len(), 2);
    assert_ne!(taken[0].mail.message_id, taken[1].mail.message_id);
    assert!(
        accept(&test, &taken[1].invitation_token(), PASSWORD)
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn one_that_is_taken_back_leads_nowhere_and_frees_its_address() {
    let test = TestHub::new().await;
    let (administrator, token) = invited(&test).await;
    let accounts = test.hub.accounts();
    let twice = accounts.invite(&administrator, &kim()).await;
    assert!(faults(twice).of("email").is_some());
    let open = accounts.invitations(&administrator).await.unwrap();
    let id = open[0].id;
    accounts
        .take_invitation_back(&administrator, id)
        .await
        .unwrap();
    let link = accounts.invited(&token).await.unwrap();
    assert_eq!(link, Some(InvitationLink::Ended));
    let back = accept(&test, &token, PASSWORD).await;
    assert!(matches!(back, Err(Error::NotFound)), "{back:?}");
    let again = accounts.invite_again(&administrator, id).await;
    assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
    accounts.invite(&administrator, &kim()).await.unwrap();
}

#[tokio::test]
async fn one_that_cannot_be_sent_says_so_until_it_is() {
    let test = TestHub::new().await;
    let administrator = test.officer(Role::Administrator).await;
    let accounts = test.hub.accounts();
    let state = async || {
        let open = accounts.invitations(&administrator).await.unwrap();
        open[0].state.clone()
    };
    accounts.invite(&administrator, &kim()).await.unwrap();
    assert_eq!(state().await, InvitationState::Waiting);
    test.mails.delay_next();
    test.run_jobs().await;
    assert!(matches!(state().await, InvitationState::Failed { .. }));
    test.clock.advance(SignedDuration::from_mins(1));
    test.mails.refuse_next();
    test.run_jobs().await;
    assert!(matches!(state().await, InvitationState::Failed { .. }));
    test.clock.advance(SignedDuration::from_hours(24));
    assert_eq!(test.run_jobs().await, 0);

    let open = accounts.invitations(&administrator).await.unwrap();
    accounts
        .invite_again(&administrator, open[0].id)
        .await
        .unwrap();
    test.run_jobs().await;
    assert!(matches!(state().await, InvitationState::Sent { .. }));
}

#[tokio::test]
async fn whoever_forgot_their_password_sets_another_by_a_link_and_keeps_the_second_step() {
    let test = TestHub::new().await;
    let administrator = test.officer(Role::Administrator).await;
    let Actor::Officer(officer) = test.officer(Role::Officer).await else {
        unreachable!("an officer")
    };
    let accounts = test.hub.accounts();
    let email = officer.email.as_str();
    let sign_in = async |password: &str| accounts.sign_in(email, password.into(), &visitor()).await;
    let Ok(SignIn::Done(open)) = sign_in(testing::PASSWORD).await else {
        unreachable!("a password is enough here");
    };
    for _ in 0..2 {
        accounts
            .send_password_link(&administrator, officer.id)
            .await
            .unwrap();
        test.run_jobs().await;
    }
    let sent = test.mails.taken();
    assert!(sent[1].mail.text.contains("You can set a new password"));
    // The newer link takes the place of the older one.
    let (older, newer) = (sent[0].invitation_token(), sent[1].invitation_token());
    let refused = accept(&test, &older, PASSWORD).await;
    assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
    assert!(accounts.officer(&open).await.unwrap().is_some());

    assert!(matches!(
        accept(&test, &newer, PASSWORD).await,
        Ok(SignIn::Done(_))
    ));
    assert_eq!(accounts.officer(&open).await.unwrap(), None);
    faults(sign_in(testing::PASSWORD).await);
    assert!(sign_in(PASSWORD).await.is_ok());
    let deeds = deeds_about(&test, officer.id.as_uuid()).await;
    assert!(deeds.contains(&"password-reset".to_owned()), "{deeds:?}");
    assert_eq!(accounts.list(&administrator).await.unwrap().len(), 2);

    accounts
        .disable_account(&administrator, officer.id)
        .await
        .unwrap();
    let link = accounts
        .send_password_link(&administrator, officer.id)
        .await;
    assert!(matches!(link, Err(Error::NotFound)), "{link:?}");
}

#[tokio::test]
async fn a_link_for_a_new_password_ends_with_the_account() {
    let test = TestHub::new().await;
    let administrator = test.officer(Role::Administrator).await;
    let Actor::Officer(officer) = test.officer(Role::Officer).await else {
        unreachable!("an officer")
    };
    let accounts = test.hub.accounts();
    let link = accounts.send_password_link(&administrator, officer.id);
    link.await.unwrap();
    test.run_jobs().await;
    let token = test.mails.only().invitation_token();
    let shut = accounts.disable_account(&administrator, officer.id);
    shut.await.unwrap();
    let link = accounts.invited(&token).await.unwrap();
    assert_eq!(link, Some(InvitationLink::Ended));
    let refused = accept(&test, &token, PASSWORD).await;
    assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
}

#[rstest]
#[case::no_name("name", "")]
#[case::no_address("email", "kim at council")]
#[case::no_role("role", "")]
#[case::no_such_team("team", "pirates")]
#[tokio::test]
async fn an_invitation_that_is_not_right_is_refused(#[case] field: &str, #[case] typed: &str) {
    let test = TestHub::new().await;
    let administrator = test.officer(Role::Administrator).await;
    let mut fields = kim();
    fields.set(field, typed);
    let refused = test.hub.accounts().invite(&administrator, &fields).await;
    assert!(faults(refused).of(field).is_some());
    assert_eq!(test.run_jobs().await, 0);
}

#[tokio::test]
async fn a_password_that_is_not_right_uses_nothing_up() {
    let test = TestHub::new().await;
    let (_, token) = invited(&test).await;
    let short = accept(&test, &token, "too short").await;
    assert!(faults(short).of("new_password").is_some());
    let own_name = accept(&test, &token, "kim.lee@council").await;
    assert!(faults(own_name).of("new_password").is_some());
    let accounts = test.hub.accounts();
    let differ = accounts
        .accept_invitation(&token, PASSWORD.into(), &"another".into(), &visitor())
        .await;
    assert!(faults(differ).of("password_again").is_some());
    assert!(accept(&test, &token, PASSWORD).await.is_ok());
}

#[tokio::test]
async fn only_an_administrator_invites_and_only_the_terminal_sees_a_link() {
    let test = TestHub::new().await;
    let accounts = test.hub.accounts();
    let id = accounts.invite(&Actor::System, &kim()).await.unwrap();
    let link = accounts.invitation_link(&Actor::System, id).unwrap();
    assert!(link.as_str().contains("/desk/invitation/"));
    for role in [Role::Officer, Role::TeamLead, Role::Editor] {
        let actor = test.officer(role).await;
        for answer in [
            accounts.invite(&actor, &kim()).await.map(drop),
            accounts.invitations(&actor).await.map(drop),
            accounts.invite_again(&actor, id).await,
            accounts.take_invitation_back(&actor, id).await,
        ] {
            assert!(matches!(answer, Err(Error::NotFound)), "{answer:?}");
        }
    }
    let administrator = test.officer(Role::Administrator).await;
    let link = accounts.invitation_link(&administrator, id);
    assert!(matches!(link, Err(Error::NotFound)), "{link:?}");
}
