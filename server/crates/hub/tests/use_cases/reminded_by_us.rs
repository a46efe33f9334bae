//! Whoever cannot be mailed that we still wait for them: one of us is told to ring them or to write to them, once.

use domain::{
    codes::{MessageKind, RemindBy, Role},
    enquiry::State,
    form::Fields,
    reference::Reference,
};
use hub::{Actor, desk::ToRemind};
use jiff::civil::date;
use testing::{Answers, TestHub, fields};

use crate::{
    by_hand::set,
    proof::assert_whole,
    reading::{file, queue, stored, times},
};

/// The team that gets what [`paused`] asks.
const TEAM: &str = "send-enquiries";
const OTHER: &str = "short-breaks";
/// Two working days before Monday 16 March.
const REMINDED_AT: &str = "2026-03-12T08:00:00Z";

/// We wait until Monday 16 March for the one who asked this; the officer who asked them for it has it.
async fn paused(
    test: &TestHub,
    officer: &Actor,
    change: impl FnOnce(Answers) -> Answers,
) -> Reference {
    let submitted = test.submit(|answers| change(answers.topic("complaint")));
    let reference = submitted.await.reference;
    let desk = test.hub.desk();
    let nothing = fields([]);
    let taken = desk.assign_to_me(officer, &reference, &nothing).await;
    taken.unwrap();
    let words = fields([
        ("pause", "I asked for the school\u{2019}s report."),
        ("waits_for", "document"),
        ("paused_until", "2026-03-16"),
    ]);
    desk.pause(officer, &reference, &words).await.unwrap();
    test.run_jobs().await;
    let until = date(2026, 3, 16);
    let state = stored(test, &reference).await.state;
    assert_eq!(state, State::Paused { until });
    reference
}

async fn nobody_has(test: &TestHub, reference: &Reference) {
    let id = stored(test, reference).await.id.as_uuid();
    let update = "UPDATE enquiries SET officer = NULL WHERE id = $1 AND $2 = ''";
    set(test, update, id, "").await;
}

async fn reminder_is_due(test: &TestHub) {
    test.clock.set_to(REMINDED_AT);
    test.sweep().await;
}

/// Who was told by mail to remind somebody, and what they were told.
fn told(test: &TestHub) -> Vec<(String, String)> {
    let mut told: Vec<_> = test
        .mails
        .taken()
        .into_iter()
        .map(|caught| (caught.mail.to.to_string(), caught.mail.text))
        .filter(|(_, text)| text.contains("TO REMIND THEM"))
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

/// How the queue and the file say that somebody is to be reminded: the same.
async fn marked(test: &TestHub, officer: &Actor, reference: &Reference) -> Option<RemindBy> {
    let in_file = file(test, reference).await.marks.remind_by;
    let rows = queue(test, officer).await.rows;
    let row = rows.iter().find(|row| row.reference == *reference);
    assert_eq!(row.and_then(|row| row.remind_by), in_file);
    in_file
}

async fn on_screen(test: &TestHub, officer: &Actor) -> Vec<ToRemind> {
    test.hub.desk().to_remind(officer).await.unwrap()
}

async fn go_away(test: &TestHub, officer: &Actor) {
    let until = [
        ("away_until-day", "20"),
        ("away_until-month", "3"),
        ("away_until-year", "2026"),
    ];
    let accounts = test.hub.accounts();
    accounts.go_away(officer, &fields(until)).await.unwrap();
    test.run_jobs().await;
}

#[tokio::test]
async fn whoever_cannot_be_mailed_is_to_be_rung_and_their_officer_is_told_once() {
    let test = TestHub::new().await;
    let officer = test.member(Role::Officer, Some(TEAM)).await;
    let colleague = test.member(Role::Officer, Some(TEAM)).await;
    let reference = paused(&test, &officer, Answers::by_telephone).await;
    test.clock.set_to("2026-03-12T07:59:00Z");
    test.sweep().await;
    assert_eq!(marked(&test, &officer, &reference).await, None);

    reminder_is_due(&test).await;
    test.sweep().await;
    assert_eq!(to(&test), [address(&officer)]);
    let (_, text) = told(&test).remove(0);
    let expected = [
        "RING THEM TO REMIND THEM",
        &reference.to_string(),
        "We wait for them until Monday 16 March 2026.",
        "https://send.example.org/desk",
    ];
    for words in expected {
        assert!(text.contains(words), "{words}: {text}");
    }
    for private in ["Jo", "01632", "report", "omplaint"] {
        assert!(!text.contains(private), "{private}: {text}");
    }
    let ring = RemindBy::Telephone;
    assert_eq!(marked(&test, &officer, &reference).await, Some(ring));
    let line = ToRemind {
        reference,
        by: ring,
        until: date(2026, 3, 16),
    };
    assert_eq!(on_screen(&test, &officer).await, [line]);
    assert_eq!(on_screen(&test, &colleague).await, []);
    assert_eq!(times(&test, &reference, "to-be-reminded-by-us").await, 1);
    assert_eq!(times(&test, &reference, "wait-reminder").await, 0);
    assert_whole(&test, "somebody is to be rung").await;
}

#[tokio::test]
async fn whoever_asked_for_letters_is_to_be_written_to() {
    let test = TestHub::new().await;
    let officer = test.member(Role::Officer, Some(TEAM)).await;
    let reference = paused(&test, &officer, Answers::by_telephone).await;
    let person = stored(&test, &reference).await.correspondent.as_uuid();
    let update = "UPDATE correspondents SET preference = $2 WHERE id = $1";
    set(&test, update, person, "letter").await;
    reminder_is_due(&test).await;
    let write = Some(RemindBy::Letter);
    assert_eq!(marked(&test, &officer, &reference).await, write);
    assert!(told(&test)[0].1.contains("WRITE TO THEM TO REMIND THEM"));
}

#[tokio::test]
async fn whoever_can_be_mailed_is_mailed_and_nobody_is_told() {
    let test = TestHub::new().await;
    let officer = test.member(Role::Officer, Some(TEAM)).await;
    let reference = paused(&test, &officer, |answers| answers).await;
    reminder_is_due(&test).await;
    assert_eq!(marked(&test, &officer, &reference).await, None);
    assert_eq!(to(&test), Vec::<String>::new());
    assert_eq!(times(&test, &reference, "to-be-reminded-by-us").await, 0);
}

#[tokio::test]
async fn where_nobody_has_it_those_in_the_team_who_are_here_are_told() {
    let test = TestHub::new().await;
    let officer = test.member(Role::Officer, Some(TEAM)).await;
    let colleague = test.member(Role::Officer, Some(TEAM)).await;
    let lead = test.member(Role::TeamLead, Some(TEAM)).await;
    let away = test.member(Role::Officer, Some(TEAM)).await;
    let elsewhere = test.member(Role::Officer, Some(OTHER)).await;
    go_away(&test, &away).await;
    let reference = paused(&test, &officer, Answers::by_telephone).await;
    nobody_has(&test, &reference).await;
    reminder_is_due(&test).await;
    let here = [&officer, &colleague, &lead];
    assert_eq!(to(&test), here.map(address));
    for one in here {
        assert_eq!(on_screen(&test, one).await.len(), 1);
    }
    assert_eq!(on_screen(&test, &elsewhere).await, []);
}

#[tokio::test]
async fn the_team_is_told_in_place_of_an_officer_who_is_away() {
    let test = TestHub::new().await;
    let officer = test.member(Role::Officer, Some(TEAM)).await;
    let colleague = test.member(Role::Officer, Some(TEAM)).await;
    paused(&test, &officer, Answers::by_telephone).await;
    go_away(&test, &officer).await;
    reminder_is_due(&test).await;
    assert_eq!(to(&test), [address(&colleague)]);
    assert_eq!(on_screen(&test, &colleague).await.len(), 1);
}

#[tokio::test]
async fn where_nobody_in_the_team_is_here_somebody_is_told_all_the_same() {
    let test = TestHub::new().await;
    let administrator = test.officer(Role::Administrator).await;
    let officer = test.member(Role::Officer, Some(TEAM)).await;
    paused(&test, &officer, Answers::by_telephone).await;
    go_away(&test, &officer).await;
    reminder_is_due(&test).await;
    assert_eq!(to(&test), [address(&administrator)]);
    assert_eq!(on_screen(&test, &administrator).await.len(), 1);
}

#[tokio::test]
async fn a_reminder_that_was_too_much_mail_is_left_to_one_of_us() {
    let test = TestHub::new().await;
    let officer = test.member(Role::Officer, Some(TEAM)).await;
    let reference = paused(&test, &officer, |answers| answers).await;
    test.clock.set_to("2026-03-12T07:59:00Z");
    for _ in 0..5 {
        test.submit(|answers| answers).await;
    }
    test.run_jobs().await;
    reminder_is_due(&test).await;
    let write = Some(RemindBy::Letter);
    assert_eq!(marked(&test, &officer, &reference).await, write);
    assert_eq!(to(&test), [address(&officer)]);
    assert_eq!(times(&test, &reference, "mail-capped").await, 1);
    assert_eq!(times(&test, &reference, "wait-reminder").await, 0);
    assert_whole(&test, "a reminder was too much").await;
}

#[tokio::test]
async fn the_mark_goes_when_an_officer_reminded_them_and_we_wait_on() {
    let test = TestHub::new().await;
    let officer = test.member(Role::Officer, Some(TEAM)).await;
    let reference = paused(&test, &officer, Answers::by_telephone).await;
    reminder_is_due(&test).await;
    let desk = test.hub.desk();
    // A call that nobody took reminded nobody.
    let nothing = Fields::default();
    desk.rang_in_vain(&officer, &reference, &nothing)
        .await
        .unwrap();
    assert!(marked(&test, &officer, &reference).await.is_some());
    let said = fields([("reminded", "She sends it tomorrow.")]);
    desk.reminded(&officer, &reference, &said).await.unwrap();
    assert_eq!(marked(&test, &officer, &reference).await, None);
    assert_eq!(on_screen(&test, &officer).await, []);
    let opened = file(&test, &reference).await;
    assert!(matches!(opened.enquiry.state, State::Paused { .. }));
    let note = opened.messages.last().unwrap();
    assert_eq!(
        (note.kind, note.body.as_str()),
        (MessageKind::InternalNote, "She sends it tomorrow.")
    );
    assert_eq!(times(&test, &reference, "reminded-by-us").await, 1);
    test.sweep().await;
    assert_eq!(told(&test).len(), 1);
    assert_whole(&test, "they were reminded").await;
}

#[tokio::test]
async fn that_they_were_reminded_needs_no_words() {
    let test = TestHub::new().await;
    let officer = test.member(Role::Officer, Some(TEAM)).await;
    let reference = paused(&test, &officer, Answers::by_telephone).await;
    let nothing = Fields::default();
    test.clock.set_to("2026-03-03T10:00:00Z");
    let desk = test.hub.desk();
    desk.reminded(&officer, &reference, &nothing).await.unwrap();
    let opened = file(&test, &reference).await;
    let note = opened.messages.last().unwrap();
    assert_eq!(note.body, hub::desk::THEY_WERE_REMINDED);
}

#[tokio::test]
async fn the_mark_goes_when_they_come_by_themselves_or_we_wait_no_more() {
    let test = TestHub::new().await;
    let officer = test.member(Role::Officer, Some(TEAM)).await;
    let came = paused(&test, &officer, Answers::by_telephone).await;
    let answered = paused(&test, &officer, Answers::by_telephone).await;
    let over = paused(&test, &officer, Answers::by_telephone).await;
    reminder_is_due(&test).await;
    assert_eq!(on_screen(&test, &officer).await.len(), 3);
    let desk = test.hub.desk();
    let call = fields([
        ("reference", &came.to_string()),
        ("said", "The report is in the post."),
        ("outcome", "needs-answer"),
    ]);
    desk.log_call(&officer, &call).await.unwrap();
    let told = fields([("conversation", "Rang, and answered.")]);
    desk.record_conversation(&officer, &answered, &told)
        .await
        .unwrap();
    let left = on_screen(&test, &officer).await;
    let left: Vec<_> = left.into_iter().map(|one| one.reference).collect();
    assert_eq!(left, [over]);
    test.clock.set_to("2026-03-16T00:01:00Z");
    test.sweep().await;
    assert_eq!(on_screen(&test, &officer).await, []);
    assert_eq!(marked(&test, &officer, &over).await, None);
}
