//! The daily audit: once a day, kept, shown, and told to administrators once.

use domain::codes::Role;
use hub::audit::Concern;
use jiff::civil::date;
use testing::{TestHub, join_again};

use crate::proof::tamper;

fn told(test: &TestHub) -> Vec<String> {
    let mut taken = test.mails.taken();
    taken.retain(|caught| caught.mail.subject.starts_with("The daily check"));
    taken
        .iter()
        .map(|caught| caught.mail.text.clone())
        .collect()
}

/// Makes an enquiry say that its promise is due at another time than it is.
async fn break_it(test: &TestHub) {
    let mut tx = test.hub.database().begin().await.unwrap();
    let changed = tamper(&mut tx, "UPDATE enquiries SET due_at = due_at + 5000").await;
    assert!(changed > 0);
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn it_is_done_once_a_day_by_one_process_and_kept() {
    let test = TestHub::new().await;
    let second = join_again(&test);
    let lead = test.officer(Role::TeamLead).await;
    test.submit(|answers| answers).await;
    test.run_jobs().await;
    let standing = test.hub.audit().days(&lead).await.unwrap();
    assert_eq!((standing.days.len(), standing.concern), (0, None));
    test.clock.set_to("2026-03-03T03:59:00Z");
    test.sweep().await;
    assert!(!test.hub.audit().daily().await.unwrap(), "too early");
    test.clock.set_to("2026-03-03T04:00:00Z");
    assert!(test.hub.audit().daily().await.unwrap());
    assert!(!test.hub.audit().daily().await.unwrap());
    assert!(!second.audit().daily().await.unwrap());
    let standing = test.hub.audit().days(&lead).await.unwrap();
    assert_eq!(standing.concern, None, "{standing:?}");
    let [day] = standing.days.as_slice() else {
        panic!("one day")
    };
    assert_eq!((day.on, day.enquiries), (date(2026, 3, 3), 1));
    assert_eq!(day.found, []);
    test.clock.set_to("2026-03-04T09:00:00Z");
    test.sweep().await;
    assert!(second.audit().daily().await.unwrap());
    assert_eq!(test.hub.audit().days(&lead).await.unwrap().days.len(), 2);
    assert_eq!(told(&test), Vec::<String>::new());
}

#[tokio::test]
async fn what_fell_due_while_the_hub_was_down_is_done_before_it_is_proved() {
    let test = TestHub::new().await;
    let administrator = test.officer(Role::Administrator).await;
    test.submit(|answers| answers).await;
    // The promise broke a week ago: the family is to be written to, and whoever leads.
    test.clock.set_to("2026-03-20T06:00:00Z");
    test.work_until(async || (test.mails.taken().len() == 2).then_some(()))
        .await;
    let standing = test.hub.audit().days(&administrator).await.unwrap();
    assert_eq!(standing.days, []);
}

#[tokio::test]
async fn what_it_finds_is_told_to_administrators_once_and_again_when_it_comes_back() {
    let test = TestHub::new().await;
    let administrator = test.officer(Role::Administrator).await;
    test.officer(Role::Officer).await;
    test.submit(|answers| answers).await;
    test.sweep().await;
    break_it(&test).await;
    for (day, letters) in [("2026-03-03", 1), ("2026-03-04", 1)] {
        test.clock.set_to(&format!("{day}T05:00:00Z"));
        test.sweep().await;
        assert!(test.hub.audit().daily().await.unwrap());
        test.run_jobs().await;
        assert_eq!(told(&test).len(), letters, "{day}");
    }
    let letter = told(&test).remove(0);
    assert!(
        letter.contains("The queue does not show the promised time"),
        "{letter}"
    );
    assert!(letter.contains("https://send.example.org/desk"), "{letter}");
    let standing = test.hub.audit().days(&administrator).await.unwrap();
    assert_eq!(standing.concern, Some(Concern::Broken { places: 1 }));
}

#[tokio::test]
async fn a_last_good_audit_of_long_ago_is_a_concern() {
    let test = TestHub::new().await;
    assert!(test.hub.audit().daily().await.unwrap());
    let since = test.hub.now();
    test.clock.set_to("2026-03-04T10:00:00Z");
    assert_eq!(test.hub.audit().standing().await.unwrap().concern, None);
    test.clock.set_to("2026-03-04T10:00:01Z");
    let concern = test.hub.audit().standing().await.unwrap().concern;
    assert_eq!(concern, Some(Concern::Old { since }));
}

#[tokio::test]
async fn whoever_died_over_it_is_followed_by_another_an_hour_later() {
    let test = TestHub::new().await;
    let now = test.hub.now();
    let mut tx = test.hub.database().begin().await.unwrap();
    let until = now + jiff::SignedDuration::from_hours(1);
    assert!(tx.daily_audits().begin(now, until).await.unwrap());
    tx.commit().await.unwrap();
    assert!(!test.hub.audit().daily().await.unwrap());
    test.clock.set_to("2026-03-02T11:00:00Z");
    assert!(test.hub.audit().daily().await.unwrap());
}
