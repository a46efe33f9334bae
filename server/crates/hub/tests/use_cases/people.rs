//! What administrators do with accounts, and what absence does to enquiries.

use std::{net::IpAddr, sync::Arc};

use domain::{codes::Role, form::Fields, reference::Reference};
use hub::{
    Actor, Error, Officer,
    accounts::{SignIn, Visitor},
};
use jiff::civil::date;
use rstest::rstest;
use store::Tx;
use testing::{PASSWORD, TestHub, eventually, hub::fields};

use crate::reading::{audit, deeds_about, faults, file, queue, stored, waiting};

fn officer(actor: &Actor) -> &Officer {
    match actor {
        Actor::Officer(officer) => officer,
        _ => unreachable!("an officer"),
    }
}

fn back_on(day: &str, month: &str, year: &str) -> Fields {
    fields([
        ("away_until-day", day),
        ("away_until-month", month),
        ("away_until-year", year),
    ])
}

/// They are away from now until Monday 9 March.
async fn goes_away(test: &TestHub, actor: &Actor) {
    let accounts = test.hub.accounts();
    let until = back_on("9", "3", "2026");
    accounts.go_away(actor, &until).await.unwrap();
}

/// An enquiry that this officer took.
async fn taken_by(test: &TestHub, actor: &Actor) -> Reference {
    let reference = test.submit(|answers| answers).await.reference;
    let desk = test.hub.desk();
    desk.assign_to_me(actor, &reference, &Fields::default())
        .await
        .unwrap();
    reference
}

#[tokio::test]
async fn whoever_goes_away_gives_their_enquiries_back_to_the_team() {
    let test = TestHub::new().await;
    let away = test.officer(Role::Officer).await;
    let stays = test.officer(Role::Officer).await;
    let theirs = taken_by(&test, &away).await;
    let other = taken_by(&test, &stays).await;
    let accounts = test.hub.accounts();
    goes_away(&test, &away).await;
    test.run_jobs().await;
    assert_eq!(stored(&test, &theirs).await.officer, None);
    assert_eq!(
        stored(&test, &other).await.officer,
        Some(officer(&stays).id)
    );
    let assigned = audit(&test, &theirs).await;
    assert_eq!(
        assigned
            .iter()
            .filter(|entry| entry.action == "assigned")
            .count(),
        2
    );
    let deeds = deeds_about(&test, officer(&away).id.as_uuid()).await;
    assert!(
        deeds.contains(&"away-set - to 2026-03-09".to_owned()),
        "{deeds:?}"
    );
    let own = accounts.own(&away).await.unwrap();
    assert_eq!(own.away_until, Some(date(2026, 3, 9)));
    let desk = test.hub.desk();
    let told = faults(desk.assign_to_me(&away, &theirs, &Fields::default()).await);
    assert!(
        told.of("assign").unwrap().contains("marked as away"),
        "{told:?}"
    );
    // On the day itself they are back.
    test.clock.set_to("2026-03-09T08:00:00Z");
    assert_eq!(accounts.own(&away).await.unwrap().away_until, None);
}

#[tokio::test]
async fn what_somebody_away_still_has_says_so_until_it_is_given_back() {
    let test = TestHub::new().await;
    let away = test.officer(Role::Officer).await;
    let accounts = test.hub.accounts();
    let reference = taken_by(&test, &away).await;
    goes_away(&test, &away).await;
    let until = Some(date(2026, 3, 9));
    let row = queue(&test, &away).await.rows.remove(0);
    assert_eq!(row.officer_away_until, until);
    assert_eq!(file(&test, &reference).await.officer_away_until, until);
    accounts.go_away(&away, &Fields::default()).await.unwrap();
    test.run_jobs().await;
    let row = queue(&test, &away).await.rows.remove(0);
    assert_eq!(row.officer_away_until, None);
    assert!(row.officer.is_some(), "they are here, and keep it");
}

#[rstest]
#[case::today("2", "3", "2026")]
#[case::no_day("31", "2", "2027")]
#[case::far_away("1", "1", "2036")]
#[case::half_a_day("", "3", "2026")]
#[tokio::test]
async fn a_day_to_be_back_is_a_day_to_come(
    #[case] day: &str,
    #[case] month: &str,
    #[case] year: &str,
) {
    let test = TestHub::new().await;
    let actor = test.officer(Role::Officer).await;
    let refused = test
        .hub
        .accounts()
        .go_away(&actor, &back_on(day, month, year))
        .await;
    assert!(faults(refused).of("away_until").is_some());
}

#[tokio::test]
async fn a_shut_account_gives_its_enquiries_back_and_can_be_opened_again() {
    let test = TestHub::new().await;
    let administrator = test.officer(Role::Administrator).await;
    let gone = test.officer(Role::Officer).await;
    let theirs = taken_by(&test, &gone).await;
    let id = officer(&gone).id;
    let accounts = test.hub.accounts();
    accounts.disable_account(&administrator, id).await.unwrap();
    test.run_jobs().await;
    assert_eq!(stored(&test, &theirs).await.officer, None);
    let person = accounts.person(&administrator, id).await.unwrap();
    assert!(person.account.disabled);
    accounts.enable_account(&administrator, id).await.unwrap();
    let visitor = Visitor::at(IpAddr::from([192, 0, 2, 1]));
    let email = officer(&gone).email.as_str();
    let signed_in = accounts.sign_in(email, PASSWORD.into(), &visitor).await;
    assert!(matches!(signed_in, Ok(SignIn::Done(_))), "{signed_in:?}");
}

#[tokio::test]
async fn name_role_and_team_are_changed_and_written_down_as_codes() {
    let test = TestHub::new().await;
    let administrator = test.officer(Role::Administrator).await;
    let changed = test.officer(Role::Officer).await;
    let theirs = taken_by(&test, &changed).await;
    let id = officer(&changed).id;
    let accounts = test.hub.accounts();
    let new = fields([
        ("name", "Zoë Editor"),
        ("role", "editor"),
        ("team", "ehc-east"),
    ]);
    accounts
        .change_person(&administrator, id, &new)
        .await
        .unwrap();
    let person = accounts.person(&administrator, id).await.unwrap().account;
    assert_eq!(
        (person.name.as_str(), person.role),
        ("Zoë Editor", Role::Editor)
    );
    let deeds = deeds_about(&test, id.as_uuid()).await;
    let expected = "account-changed officer - to editor ehc-east, renamed";
    assert!(deeds.contains(&expected.to_owned()), "{deeds:?}");
    // An editor works no enquiries.
    test.run_jobs().await;
    assert_eq!(stored(&test, &theirs).await.officer, None);

    let wrong = fields([("name", ""), ("role", "king"), ("team", "pirates")]);
    let refused = faults(accounts.change_person(&administrator, id, &wrong).await);
    for field in ["name", "role", "team"] {
        assert!(refused.of(field).is_some(), "{field}");
    }
}

#[tokio::test]
async fn the_only_administrator_stays_one() {
    let test = TestHub::new().await;
    let first = test.officer(Role::Administrator).await;
    let second = test.officer(Role::Administrator).await;
    let accounts = test.hub.accounts();
    let (first_id, second_id) = (officer(&first).id, officer(&second).id);
    accounts.disable_account(&first, second_id).await.unwrap();
    let disabled = accounts.disable_account(&first, first_id).await;
    assert!(faults(disabled).of("disable").is_some());
    let demoted = fields([("name", "First"), ("role", "officer"), ("team", "")]);
    let refused = accounts.change_person(&first, first_id, &demoted).await;
    assert!(faults(refused).of("role").is_some());
    accounts.enable_account(&first, second_id).await.unwrap();
    accounts
        .change_person(&first, first_id, &demoted)
        .await
        .unwrap();
}

#[tokio::test]
async fn an_administrator_ends_all_sessions_of_a_person() {
    let test = TestHub::new().await;
    let administrator = test.officer(Role::Administrator).await;
    let actor = test.officer(Role::Officer).await;
    let accounts = test.hub.accounts();
    let visitor = Visitor::at(IpAddr::from([192, 0, 2, 1]));
    let email = officer(&actor).email.as_str();
    let signed_in = accounts.sign_in(email, PASSWORD.into(), &visitor).await;
    let Ok(SignIn::Done(session)) = signed_in else {
        unreachable!("a password is enough here");
    };
    let id = officer(&actor).id;
    let person = accounts.person(&administrator, id).await.unwrap();
    assert_eq!(person.sessions.len(), 1);
    assert_eq!(person.account.last_seen_at, Some(test.hub.now()));
    accounts.end_sessions_of(&administrator, id).await.unwrap();
    assert_eq!(accounts.officer(&session).await.unwrap(), None);
}

#[tokio::test]
async fn nobody_but_an_administrator_touches_anybody_s_account() {
    let test = TestHub::new().await;
    let accounts = test.hub.accounts();
    let id = officer(&test.officer(Role::Officer).await).id;
    for role in [Role::Officer, Role::TeamLead, Role::Editor] {
        let actor = test.officer(role).await;
        for answer in [
            accounts.person(&actor, id).await.map(drop),
            accounts.change_person(&actor, id, &Fields::default()).await,
            accounts.send_away(&actor, id, &Fields::default()).await,
            accounts.disable_account(&actor, id).await,
            accounts.enable_account(&actor, id).await,
            accounts.end_sessions_of(&actor, id).await,
            accounts.reset_second_step(&actor, id).await,
        ] {
            assert!(matches!(answer, Err(Error::NotFound)), "{answer:?}");
        }
    }
}

#[tokio::test]
async fn an_absence_told_beforehand_begins_on_its_morning() {
    let test = TestHub::new().await;
    let going = test.officer(Role::Officer).await;
    let theirs = taken_by(&test, &going).await;
    let mut later = back_on("13", "3", "2026");
    for (part, value) in [("day", "5"), ("month", "3"), ("year", "2026")] {
        later.set(format!("away_from-{part}"), value);
    }
    let accounts = test.hub.accounts();
    accounts.go_away(&going, &later).await.unwrap();
    test.sweep().await;
    let own = accounts.own(&going).await.unwrap();
    assert_eq!(own.away_until, None);
    assert_eq!(own.next_away.unwrap().from, date(2026, 3, 5));
    assert_eq!(
        stored(&test, &theirs).await.officer,
        Some(officer(&going).id)
    );

    test.clock.set_to("2026-03-05T00:01:00Z");
    test.sweep().await;
    assert_eq!(stored(&test, &theirs).await.officer, None);
    let own = accounts.own(&going).await.unwrap();
    assert_eq!(
        (own.away_until, own.next_away),
        (Some(date(2026, 3, 13)), None)
    );
    let desk = test.hub.desk();
    let told = faults(desk.assign_to_me(&going, &theirs, &Fields::default()).await);
    assert!(told.of("assign").is_some());
}

#[tokio::test]
async fn an_absence_begins_before_it_ends() {
    let test = TestHub::new().await;
    let actor = test.officer(Role::Officer).await;
    let mut wrong = back_on("9", "3", "2026");
    for (part, value) in [("day", "9"), ("month", "3"), ("year", "2026")] {
        wrong.set(format!("away_from-{part}"), value);
    }
    let refused = test.hub.accounts().go_away(&actor, &wrong).await;
    assert!(faults(refused).of("away_from").is_some());
}

#[tokio::test]
async fn a_lead_leads_a_team() {
    let test = TestHub::new().await;
    let administrator = test.officer(Role::Administrator).await;
    let typed = fields([
        ("name", "Lee Lead"),
        ("email", "lee@council.example.org"),
        ("role", "team-lead"),
        ("team", ""),
    ]);
    let accounts = test.hub.accounts();
    let refused = accounts.invite(&administrator, &typed).await;
    assert!(faults(refused).of("team").is_some());
}

#[tokio::test]
async fn whoever_was_shut_out_takes_nothing_with_a_page_that_was_open() {
    let test = TestHub::new().await;
    let shut = test.officer(Role::Officer).await;
    let reference = test.submit(|answers| answers).await.reference;
    let (accounts, desk) = (test.hub.accounts(), test.hub.desk());
    accounts
        .disable_account(&Actor::System, officer(&shut).id)
        .await
        .unwrap();
    test.run_jobs().await;
    let nothing = Fields::default();
    let taken = desk.assign_to_me(&shut, &reference, &nothing).await;
    assert!(matches!(taken, Err(Error::NotFound)), "{taken:?}");
    assert_eq!(stored(&test, &reference).await.officer, None);
}

#[tokio::test]
async fn what_somebody_takes_while_they_are_shut_out_comes_back_all_the_same() {
    let test = Arc::new(TestHub::new().await);
    let shut = test.officer(Role::Officer).await;
    let reference = test.submit(|answers| answers).await.reference;
    test.run_jobs().await;
    let promise = stored(&test, &reference).await.promise.unwrap();
    // Somebody holds the promise, so that taking the enquiry waits in its middle. SQLite has one writer at a time, and
    // no such middle.
    let mut held = test.hub.database().begin().await.unwrap();
    if let Tx::Sqlite(_) = held {
        return;
    }
    held.promises().set_next_step(&promise).await.unwrap();
    let taking = tokio::spawn({
        let (test, shut) = (Arc::clone(&test), shut.clone());
        async move {
            let desk = test.hub.desk();
            let nothing = Fields::default();
            let taken = desk.assign_to_me(&shut, &reference, &nothing).await;
            taken.unwrap();
        }
    });
    eventually(async || (waiting(&test).await == 1).then_some(())).await;
    let shutting = tokio::spawn({
        let (test, id) = (Arc::clone(&test), officer(&shut).id);
        async move {
            let accounts = test.hub.accounts();
            let shut = accounts.disable_account(&Actor::System, id).await;
            shut.unwrap();
            test.run_jobs().await;
        }
    });
    eventually(async || (shutting.is_finished() || waiting(&test).await == 2).then_some(())).await;
    held.rollback().await.unwrap();
    taking.await.unwrap();
    shutting.await.unwrap();
    assert_eq!(stored(&test, &reference).await.officer, None);
}

#[tokio::test]
async fn what_somebody_else_takes_while_it_is_given_back_stays_theirs() {
    let test = Arc::new(TestHub::new().await);
    let away = test.officer(Role::Officer).await;
    let other = test.officer(Role::Officer).await;
    let reference = taken_by(&test, &away).await;
    test.run_jobs().await;
    let before = stored(&test, &reference).await;
    // Somebody takes it, and is not done yet. On SQLite nobody else begins before they are.
    let mut taking = test.hub.database().begin().await.unwrap();
    if let Tx::Sqlite(_) = taking {
        return;
    }
    let after = domain::enquiry::Enquiry {
        officer: Some(officer(&other).id),
        ..before.clone()
    };
    let taken = taking.enquiries().update(&after, before.revision).await;
    taken.unwrap();
    goes_away(&test, &away).await;
    let giving_back = tokio::spawn({
        let test = Arc::clone(&test);
        async move { test.run_jobs().await }
    });
    eventually(async || (waiting(&test).await == 1).then_some(())).await;
    taking.commit().await.unwrap();
    giving_back.await.unwrap();
    let owner = stored(&test, &reference).await.officer;
    assert_eq!(owner, Some(officer(&other).id));
}

#[tokio::test]
async fn what_opens_again_while_its_officer_is_away_goes_to_the_team() {
    let test = TestHub::new().await;
    let away = test.officer(Role::Officer).await;
    let reference = taken_by(&test, &away).await;
    test.run_jobs().await;
    let token = test.mails.only().link_token();
    let desk = test.hub.desk();
    let withdrawn = fields([("reason", "withdrawn")]);
    desk.close(&away, &reference, &withdrawn).await.unwrap();
    goes_away(&test, &away).await;
    test.run_jobs().await;
    let owner = stored(&test, &reference).await.officer;
    assert_eq!(
        owner,
        Some(officer(&away).id),
        "what is closed needs nobody"
    );
    let words = fields([("message", "It came back.")]);
    let enquiries = test.hub.enquiries();
    enquiries.follow_up(&token, &words).await.unwrap();
    test.run_jobs().await;
    let open = stored(&test, &reference).await;
    assert!(open.running_promise().is_some());
    assert_eq!(open.officer, None);
}
