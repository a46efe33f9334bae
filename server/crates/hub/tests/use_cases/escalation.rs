//! Telling people in time that a promise is in danger, and at once that it broke.

use domain::{
    codes::Role, council::HeadOfService, escalation::EscalationStep, ids::AccountId,
    reference::Reference,
};
use hub::{
    Actor,
    desk::FileEscalation,
    settings::{Item, Section},
};
use jiff::civil::date;
use testing::{CaughtMail, TestHub, fields};

use crate::{
    by_hand,
    reading::{file, stored, times},
    sweep::pause,
};

/// The team that gets what [`asked`] asks.
const TEAM: &str = "send-enquiries";
/// Half of the working time of what was asked on Monday 2 March.
const HALF: &str = "2026-03-04T12:30:00Z";

/// Three working days are promised about complaints: to Thursday 5 March.
async fn asked(test: &TestHub) -> Reference {
    test.submit(|answers| answers.topic("complaint"))
        .await
        .reference
}

/// What was mailed to people who work here.
fn notices(test: &TestHub) -> Vec<CaughtMail> {
    let mut taken = test.mails.taken();
    taken.retain(|caught| caught.mail.subject.starts_with("Enquiries that need you"));
    taken
}

fn to(test: &TestHub) -> Vec<String> {
    let mut to: Vec<_> = notices(test)
        .iter()
        .map(|caught| caught.mail.to.to_string())
        .collect();
    to.sort();
    to
}

fn address(actor: &Actor) -> String {
    match actor {
        Actor::Officer(officer) => officer.email.to_string(),
        _ => unreachable!("somebody with an account"),
    }
}

async fn steps(test: &TestHub, reference: &Reference) -> Vec<(EscalationStep, bool, usize)> {
    let escalations: Vec<FileEscalation> = file(test, reference).await.escalations;
    escalations
        .into_iter()
        .map(|done| (done.step, done.late, done.told.len()))
        .collect()
}

async fn take(test: &TestHub, officer: &Actor, reference: &Reference) {
    let desk = test.hub.desk();
    let taken = desk.assign_to_me(officer, reference, &fields([])).await;
    taken.unwrap();
}

async fn head_of_service(test: &TestHub, email: &str) {
    let administrator = test.officer(Role::Administrator).await;
    let form = (Section::Escalation, Item::Whole);
    let settings = test.hub.settings();
    let mut typed = settings.form(&administrator, form.0, form.1).unwrap();
    typed.set("head_name", "Hedda Head");
    typed.set("head_email", email);
    settings
        .change(&administrator, form.0, form.1, &typed)
        .await
        .unwrap();
    let head: Option<HeadOfService> = test.hub.council().escalation.head_of_service.clone();
    assert!(head.is_some());
}

#[tokio::test]
async fn at_half_time_the_officer_and_the_lead_are_told_once_by_mail_and_on_screen() {
    let test = TestHub::new().await;
    let officer = test.member(Role::Officer, Some(TEAM)).await;
    let lead = test.member(Role::TeamLead, Some(TEAM)).await;
    let other = test.member(Role::Officer, Some(TEAM)).await;
    let reference = asked(&test).await;
    take(&test, &officer, &reference).await;
    test.sweep().await;
    assert_eq!(to(&test), Vec::<String>::new());

    test.clock.set_to(HALF);
    test.sweep().await;
    test.sweep().await;
    assert_eq!(to(&test), [address(&officer), address(&lead)]);
    let notice = notices(&test).remove(0);
    assert!(notice.mail.text.contains(&reference.to_string()));
    assert!(notice.mail.text.contains("https://send.example.org/desk"));
    assert!(notice.headers().contains("Auto-Submitted: auto-generated"));
    for private in ["Jo", "Complaint", "complaint"] {
        assert!(!notice.mail.text.contains(private), "{}", notice.mail.text);
        assert!(!notice.mail.subject.contains(private));
    }
    assert_eq!(
        steps(&test, &reference).await,
        [(EscalationStep::Half, false, 2)]
    );
    assert_eq!(times(&test, &reference, "escalated").await, 1);

    let desk = test.hub.desk();
    for told in [&officer, &lead] {
        let screen = desk.escalated(told).await.unwrap();
        assert_eq!(screen.len(), 1);
        assert_eq!(screen[0].reference, reference);
    }
    assert_eq!(desk.escalated(&other).await.unwrap(), []);
}

#[tokio::test]
async fn when_nobody_has_it_the_whole_team_is_told() {
    let test = TestHub::new().await;
    let one = test.member(Role::Officer, Some(TEAM)).await;
    let other = test.member(Role::Officer, Some(TEAM)).await;
    let lead = test.member(Role::TeamLead, Some(TEAM)).await;
    test.member(Role::Officer, Some("short-breaks")).await;
    asked(&test).await;
    test.clock.set_to(HALF);
    test.sweep().await;
    assert_eq!(to(&test), [address(&one), address(&other), address(&lead)]);
}

#[tokio::test]
async fn what_comes_at_one_time_is_one_letter() {
    let test = TestHub::new().await;
    let lead = test.member(Role::TeamLead, Some(TEAM)).await;
    let (one, other) = (asked(&test).await, asked(&test).await);
    test.clock.set_to(HALF);
    test.sweep().await;
    assert_eq!(to(&test), [address(&lead)]);
    let text = notices(&test).remove(0).mail.text;
    assert!(text.contains(&one.to_string()) && text.contains(&other.to_string()));
}

#[tokio::test]
async fn each_step_comes_at_its_time_and_the_breach_goes_to_the_head_of_service() {
    use EscalationStep::{Breach, DueDay, FourFifths, Half};
    let test = TestHub::new().await;
    head_of_service(&test, "head@council.example.org").await;
    let lead = test.member(Role::TeamLead, Some(TEAM)).await;
    let reference = asked(&test).await;
    // A tenth of a day of nine hours is 54 minutes: four fifths of three days are over at 11:36 on
    // the third.
    for time in [
        HALF,
        "2026-03-05T08:00:00Z",
        "2026-03-05T11:36:00Z",
        "2026-03-06T00:00:30Z",
    ] {
        test.clock.set_to(time);
        test.sweep().await;
    }
    let expected = [
        (Half, false, 1),
        (DueDay, false, 1),
        (FourFifths, false, 1),
        (Breach, false, 2),
    ];
    assert_eq!(steps(&test, &reference).await, expected);
    let mut told = vec![address(&lead); 4];
    told.insert(0, "head@council.example.org".to_owned());
    assert_eq!(to(&test), told);
    let screen = test.hub.desk().escalated(&lead).await.unwrap();
    assert_eq!(screen.len(), 1, "the last step says it all");
    assert_eq!(screen[0].step, Breach);
}

#[tokio::test]
async fn a_head_of_service_who_works_here_sees_the_breach_on_screen_and_nothing_before_it() {
    let test = TestHub::new().await;
    let head = test.officer(Role::TeamLead).await;
    head_of_service(&test, &address(&head)).await;
    let officer = test.member(Role::Officer, Some(TEAM)).await;
    test.member(Role::TeamLead, Some(TEAM)).await;
    let reference = asked(&test).await;
    take(&test, &officer, &reference).await;
    let screen = async || test.hub.desk().escalated(&head).await.unwrap();

    for time in [HALF, "2026-03-05T11:36:00Z"] {
        test.clock.set_to(time);
        test.sweep().await;
        assert_eq!(screen().await, []);
    }
    test.clock.set_to("2026-03-06T00:00:30Z");
    test.sweep().await;
    let screen = screen().await;
    assert_eq!(screen.len(), 1);
    assert_eq!(
        (screen[0].reference, screen[0].step),
        (reference, EscalationStep::Breach)
    );
    assert!(to(&test).contains(&address(&head)));
}

#[tokio::test]
async fn what_was_missed_is_told_late_and_the_record_says_so() {
    use EscalationStep::{Breach, DueDay, FourFifths, Half};
    let test = TestHub::new().await;
    let lead = test.member(Role::TeamLead, Some(TEAM)).await;
    let reference = asked(&test).await;
    test.clock.set_to("2026-03-09T09:00:00Z");
    test.sweep().await;
    let expected = [
        (Half, true, 0),
        (DueDay, true, 0),
        (FourFifths, true, 0),
        (Breach, true, 2),
    ];
    assert_eq!(steps(&test, &reference).await, expected);
    let council = test.hub.council().contact.email.to_string();
    assert_eq!(to(&test), [council, address(&lead)], "of the last alone");
}

#[tokio::test]
async fn an_answer_that_overtook_a_missed_step_leaves_it_on_record() {
    let test = TestHub::new().await;
    let officer = test.member(Role::Officer, Some(TEAM)).await;
    let reference = asked(&test).await;
    test.clock.set_to("2026-03-04T13:00:00Z");
    let words = fields([("conversation", "Called Jo.")]);
    let desk = test.hub.desk();
    desk.record_conversation(&officer, &reference, &words)
        .await
        .unwrap();
    test.sweep().await;
    assert_eq!(
        steps(&test, &reference).await,
        [(EscalationStep::Half, true, 0)]
    );
    assert_eq!(to(&test), Vec::<String>::new());
}

#[tokio::test]
async fn what_was_answered_leaves_the_screen() {
    let test = TestHub::new().await;
    let officer = test.member(Role::Officer, Some(TEAM)).await;
    let reference = asked(&test).await;
    test.clock.set_to(HALF);
    test.sweep().await;
    let desk = test.hub.desk();
    assert_eq!(desk.escalated(&officer).await.unwrap().len(), 1);
    let words = fields([("conversation", "Called Jo.")]);
    desk.record_conversation(&officer, &reference, &words)
        .await
        .unwrap();
    assert_eq!(desk.escalated(&officer).await.unwrap(), []);
}

#[tokio::test]
async fn a_pause_stops_the_steps_and_its_end_begins_new_ones() {
    let test = TestHub::new().await;
    test.member(Role::TeamLead, Some(TEAM)).await;
    let reference = asked(&test).await;
    pause(&test, &reference, date(2026, 3, 12)).await;
    test.clock.set_to("2026-03-11T12:00:00Z");
    test.sweep().await;
    assert_eq!(steps(&test, &reference).await, []);
    test.clock.set_to("2026-03-12T06:00:00Z");
    test.sweep().await;
    // From Thursday the 12th: half of Friday, Monday and Tuesday.
    test.clock.set_to("2026-03-16T12:00:00Z");
    test.sweep().await;
    assert_eq!(
        steps(&test, &reference).await.len(),
        0,
        "half is at half past twelve"
    );
    test.clock.set_to("2026-03-16T12:30:00Z");
    test.sweep().await;
    assert_eq!(
        steps(&test, &reference).await,
        [(EscalationStep::Half, false, 1)]
    );
}

#[tokio::test]
async fn a_moved_promise_has_steps_of_its_own() {
    let test = TestHub::new().await;
    let officer = test.member(Role::TeamLead, Some(TEAM)).await;
    let reference = asked(&test).await;
    test.clock.set_to(HALF);
    test.sweep().await;
    let desk = test.hub.desk();
    let day = file(&test, &reference).await.days_to_hold_until[2];
    let words = fields([
        ("holding_reply", "We wait for a report."),
        ("promises_on", &day.to_string()),
    ]);
    desk.holding_reply(&officer, &reference, &words)
        .await
        .unwrap();
    test.run_jobs().await;
    assert_eq!(desk.escalated(&officer).await.unwrap(), []);
    let next = stored(&test, &reference).await.promise.unwrap();
    assert_eq!((next.due_on, next.counts_from), (day, date(2026, 3, 4)));
    test.clock.set(next.next_step.unwrap().at);
    test.sweep().await;
    let done = steps(&test, &reference).await;
    assert_eq!(done, [(EscalationStep::Half, false, 1); 2]);
}

#[tokio::test]
async fn the_second_chaser_is_told_to_the_lead_once() {
    let test = TestHub::new().await;
    let lead = test.member(Role::TeamLead, Some(TEAM)).await;
    test.member(Role::Officer, Some(TEAM)).await;
    let reference = asked(&test).await;
    test.run_jobs().await;
    let token = test.mails.only().link_token();
    for number in 1..=4 {
        let words = fields([("message", "Is there any news?")]);
        let enquiries = test.hub.enquiries();
        enquiries.follow_up(&token, &words).await.unwrap();
        test.sweep().await;
        let told = usize::from(number > 1);
        assert_eq!(
            to(&test),
            vec![address(&lead); told],
            "after chaser {number}"
        );
    }
    assert_eq!(
        steps(&test, &reference).await,
        [(EscalationStep::ChasedTwice, false, 1)]
    );
    let text = notices(&test).remove(0).mail.text;
    assert!(text.contains("Answer by Thursday 5 March 2026."), "{text}");
    test.clock.set_to(HALF);
    test.sweep().await;
    let screen = test.hub.desk().escalated(&lead).await.unwrap();
    assert_eq!(screen.len(), 1);
    assert_eq!(
        screen[0].step,
        EscalationStep::ChasedTwice,
        "it says more than half time"
    );
}

#[tokio::test]
async fn whoever_stands_in_for_an_absent_lead_is_told() {
    let test = TestHub::new().await;
    let lead = test.member(Role::TeamLead, Some(TEAM)).await;
    let reference = asked(&test).await;
    head_of_service(&test, "head@council.example.org").await;
    let away = fields([
        ("away_until-day", "1"),
        ("away_until-month", "4"),
        ("away_until-year", "2026"),
    ]);
    test.hub.accounts().go_away(&lead, &away).await.unwrap();
    test.clock.set_to(HALF);
    test.sweep().await;
    assert_eq!(to(&test), ["head@council.example.org"]);
    assert_eq!(
        steps(&test, &reference).await,
        [(EscalationStep::Half, false, 1)]
    );
}

#[tokio::test]
async fn somebody_is_always_told() {
    let test = TestHub::new().await;
    let reference = asked(&test).await;
    test.clock.set_to(HALF);
    test.sweep().await;
    assert_eq!(to(&test), [test.hub.council().contact.email.to_string()]);
    assert_eq!(
        steps(&test, &reference).await,
        [(EscalationStep::Half, false, 1)]
    );
}

#[tokio::test]
async fn whoever_was_shut_out_is_told_nothing_even_in_the_last_resort() {
    let test = TestHub::new().await;
    let here = test.officer(Role::Administrator).await;
    let shut = test.officer(Role::Administrator).await;
    let Actor::Officer(officer) = &shut else {
        unreachable!("an administrator is somebody");
    };
    let accounts = test.hub.accounts();
    accounts
        .disable_account(&Actor::System, officer.id)
        .await
        .unwrap();
    asked(&test).await;
    test.clock.set_to(HALF);
    test.sweep().await;
    assert_eq!(to(&test), [address(&here)]);
}

#[tokio::test]
async fn a_head_of_service_who_was_shut_out_is_told_where_the_settings_say_and_in_no_account() {
    let test = TestHub::new().await;
    let shut = test.officer(Role::Officer).await;
    let Actor::Officer(officer) = &shut else {
        unreachable!("an officer is somebody");
    };
    head_of_service(&test, &address(&shut)).await;
    let accounts = test.hub.accounts();
    accounts
        .disable_account(&Actor::System, officer.id)
        .await
        .unwrap();
    let reference = asked(&test).await;
    test.clock.set_to("2026-03-06T00:00:30Z");
    test.sweep().await;
    assert_eq!(to(&test), [address(&shut)]);
    let told = file(&test, &reference)
        .await
        .escalations
        .pop()
        .unwrap()
        .told;
    assert_eq!(told, [address(&shut)], "an address, and nobody's name");
    assert_eq!(test.hub.desk().escalated(&shut).await.unwrap(), []);
}

#[tokio::test]
async fn what_cannot_be_read_keeps_nobody_from_being_told_of_the_rest() {
    let test = TestHub::new().await;
    let lead = test.member(Role::TeamLead, Some(TEAM)).await;
    let spoilt = asked(&test).await;
    let spoilt = stored(&test, &spoilt).await.id;
    asked(&test).await;
    // To somebody whose address comes first, and to the lead as well, of an enquiry that cannot be read any more.
    let mut tx = test.hub.database().begin().await.unwrap();
    let hand_over = store::HandOver {
        id: domain::ids::HandOverId::from_uuid(spoilt.as_uuid()),
        enquiry: spoilt,
        way: domain::codes::HandOverWay::ToTeam,
        at: test.hub.now(),
    };
    let first = "a@council.example.org";
    for address in [first, address(&lead).as_str()] {
        tx.hand_overs().tell(&hand_over, address).await.unwrap();
    }
    tx.commit().await.unwrap();
    test.database.spoil_enquiry(spoilt).await;
    test.clock.set_to(HALF);
    test.sweep().await;
    assert_eq!(to(&test), [address(&lead)]);
}

#[tokio::test]
async fn two_sweeps_at_once_tell_once() {
    let test = TestHub::new().await;
    let lead = test.member(Role::TeamLead, Some(TEAM)).await;
    for _ in 0..5 {
        asked(&test).await;
    }
    test.clock.set_to(HALF);
    let other = testing::join_again(&test);
    let (one, two) = tokio::join!(hub::jobs::sweep(&test.hub), hub::jobs::sweep(&other));
    one.unwrap();
    two.unwrap();
    test.sweep().await;
    let told: usize = notices(&test)
        .iter()
        .map(|caught| caught.mail.text.matches("SEND-").count())
        .sum();
    assert_eq!(told, 5);
    assert!(to(&test).iter().all(|to| *to == address(&lead)));
}

#[tokio::test]
async fn a_notice_that_no_server_takes_is_given_up_and_stays_on_screen() {
    let test = TestHub::new().await;
    let lead = test.member(Role::TeamLead, Some(TEAM)).await;
    asked(&test).await;
    test.run_jobs().await;
    test.clock.set_to(HALF);
    test.mails.refuse_next();
    test.sweep().await;
    assert_eq!(to(&test), Vec::<String>::new());
    assert_eq!(test.hub.desk().escalated(&lead).await.unwrap().len(), 1);
    assert_eq!(test.hub.backlog().await.unwrap().jobs_dead, 1);
    let administrator = test.officer(Role::Administrator).await;
    let unreached = test.hub.accounts().unreached(&administrator).await.unwrap();
    assert_eq!(unreached.len(), 1);
    assert_eq!(unreached[0].email.to_string(), address(&lead));
    // Their address is mended: nothing is left to do about the old one.
    let Actor::Officer(lead) = &lead else {
        unreachable!("a lead is somebody");
    };
    new_address(&test, lead.id, "mended@council.example.org").await;
    let unreached = test.hub.accounts().unreached(&administrator).await;
    assert_eq!(unreached.unwrap(), []);
}

async fn new_address(test: &TestHub, account: AccountId, email: &str) {
    const SQL: &str = "UPDATE accounts SET email = $2 WHERE id = $1";
    by_hand::set(test, SQL, account.as_uuid(), email).await;
}
