//! Whoever gets an enquiry from somebody else is told by mail.

use domain::{codes::Role, reference::Reference};
use hub::Actor;
use testing::{CaughtMail, TestHub, fields};

/// The team that gets what [`asked`] asks.
const FIRST: &str = "send-enquiries";
const OTHER: &str = "short-breaks";

/// Three working days are promised about complaints: to Thursday 5 March.
async fn asked(test: &TestHub) -> Reference {
    test.submit(|answers| answers.topic("complaint"))
        .await
        .reference
}

/// What was mailed to people who work here, by address.
fn told(test: &TestHub) -> Vec<(String, String)> {
    let mut taken: Vec<CaughtMail> = test.mails.taken();
    taken.retain(|caught| caught.mail.subject.starts_with("Enquiries that need you"));
    let mut told: Vec<_> = taken
        .into_iter()
        .map(|caught| (caught.mail.to.to_string(), caught.mail.text))
        .collect();
    told.sort();
    told
}

fn to(test: &TestHub) -> Vec<String> {
    told(test).into_iter().map(|(to, _)| to).collect()
}

fn address(actor: &Actor) -> String {
    match actor {
        Actor::Officer(officer) => officer.email.to_string(),
        _ => unreachable!("somebody with an account"),
    }
}

fn id(actor: &Actor) -> String {
    match actor {
        Actor::Officer(officer) => officer.id.to_string(),
        _ => unreachable!("somebody with an account"),
    }
}

async fn pass_on<const N: usize>(
    test: &TestHub,
    by: &Actor,
    reference: &Reference,
    to: [(&str, &str); N],
) {
    let mut words = fields(to);
    words.set("topic", "complaint");
    words.set("passed_why", "It is about Ada and her bus.");
    let desk = test.hub.desk();
    desk.pass_on(by, reference, &words).await.unwrap();
}

async fn go_away(test: &TestHub, officer: &Actor) {
    let until = [
        ("away_until-day", "20"),
        ("away_until-month", "3"),
        ("away_until-year", "2026"),
    ];
    let accounts = test.hub.accounts();
    accounts.go_away(officer, &fields(until)).await.unwrap();
}

#[tokio::test]
async fn an_officer_who_gets_an_enquiry_is_told_its_reference_and_day_and_nothing_else() {
    let test = TestHub::new().await;
    let by = test.member(Role::Officer, Some(FIRST)).await;
    let colleague = test.member(Role::Officer, Some(OTHER)).await;
    test.member(Role::TeamLead, Some(OTHER)).await;
    let reference = asked(&test).await;
    let officer = id(&colleague);
    pass_on(&test, &by, &reference, [("to_officer", officer.as_str())]).await;
    test.sweep().await;
    test.sweep().await;
    assert_eq!(to(&test), [address(&colleague)]);
    let (_, text) = told(&test).remove(0);
    let expected = [
        "PASSED ON TO YOU",
        &reference.to_string(),
        "Answer by Thursday 5 March 2026.",
        "https://send.example.org/desk",
    ];
    for words in expected {
        assert!(text.contains(words), "{words}: {text}");
    }
    for private in ["Ada", "bus", "Jo", "omplaint"] {
        assert!(!text.contains(private), "{private}: {text}");
    }
    // The same again changes nothing: they have it.
    pass_on(&test, &by, &reference, [("to_officer", officer.as_str())]).await;
    test.sweep().await;
    assert_eq!(told(&test).len(), 1);
}

#[tokio::test]
async fn a_team_that_gets_an_enquiry_is_told_with_its_lead_but_not_who_passed_it_on() {
    let test = TestHub::new().await;
    let by = test.member(Role::Officer, Some(OTHER)).await;
    let colleague = test.member(Role::Officer, Some(OTHER)).await;
    let lead = test.member(Role::TeamLead, Some(OTHER)).await;
    let away = test.member(Role::Officer, Some(OTHER)).await;
    go_away(&test, &away).await;
    test.member(Role::Officer, Some(FIRST)).await;
    let reference = asked(&test).await;
    pass_on(&test, &by, &reference, [("to_team", OTHER)]).await;
    test.sweep().await;
    assert_eq!(to(&test), [address(&colleague), address(&lead)]);
    assert!(told(&test)[0].1.contains("PASSED ON TO YOUR TEAM"));
}

#[tokio::test]
async fn whoever_had_it_is_not_told_that_it_came_to_their_team() {
    let test = TestHub::new().await;
    let by = test.member(Role::Officer, Some(FIRST)).await;
    let had_it = test.member(Role::Officer, Some(OTHER)).await;
    let colleague = test.member(Role::Officer, Some(OTHER)).await;
    let lead = test.member(Role::TeamLead, Some(OTHER)).await;
    let reference = asked(&test).await;
    let desk = test.hub.desk();
    desk.assign_to_me(&had_it, &reference, &fields([]))
        .await
        .unwrap();
    pass_on(&test, &by, &reference, [("to_team", OTHER)]).await;
    test.sweep().await;
    assert_eq!(to(&test), [address(&colleague), address(&lead)]);
}

#[tokio::test]
async fn what_somebody_takes_or_passes_on_to_themselves_is_told_to_nobody() {
    let test = TestHub::new().await;
    let officer = test.member(Role::Officer, Some(FIRST)).await;
    test.member(Role::TeamLead, Some(FIRST)).await;
    let reference = asked(&test).await;
    let desk = test.hub.desk();
    let taken = desk.assign_to_me(&officer, &reference, &fields([])).await;
    taken.unwrap();
    let other = asked(&test).await;
    let own = id(&officer);
    pass_on(&test, &officer, &other, [("to_officer", own.as_str())]).await;
    test.sweep().await;
    assert_eq!(to(&test), Vec::<String>::new());
}

#[tokio::test]
async fn what_comes_back_from_somebody_away_is_told_to_the_team_in_one_letter() {
    let test = TestHub::new().await;
    let officer = test.member(Role::Officer, Some(FIRST)).await;
    let colleague = test.member(Role::Officer, Some(FIRST)).await;
    let lead = test.member(Role::TeamLead, Some(FIRST)).await;
    let desk = test.hub.desk();
    let mut references = Vec::new();
    for _ in 0..2 {
        let reference = asked(&test).await;
        let taken = desk.assign_to_me(&officer, &reference, &fields([])).await;
        taken.unwrap();
        references.push(reference);
    }
    go_away(&test, &officer).await;
    test.run_jobs().await;
    test.sweep().await;
    assert_eq!(to(&test), [address(&colleague), address(&lead)]);
    for (_, text) in told(&test) {
        assert!(text.contains("BACK WITH YOUR TEAM"), "{text}");
        for reference in &references {
            assert!(text.contains(&reference.to_string()), "{text}");
        }
    }
}

#[tokio::test]
async fn whoever_had_it_for_less_than_a_minute_is_not_told() {
    let test = TestHub::new().await;
    let by = test.member(Role::Officer, Some(FIRST)).await;
    let first = test.member(Role::Officer, Some(OTHER)).await;
    let second = test.member(Role::Officer, Some(OTHER)).await;
    let reference = asked(&test).await;
    for colleague in [&first, &second] {
        let officer = id(colleague);
        pass_on(&test, &by, &reference, [("to_officer", officer.as_str())]).await;
    }
    test.sweep().await;
    assert_eq!(to(&test), [address(&second)]);
}
