//! Finding enquiries by who asked, and what is settled.

use domain::codes::Role;
use hub::desk::{Narrowing, Settled};
use testing::{TestHub, fields};

use crate::reading::faults;

#[tokio::test]
async fn enquiries_are_found_by_address_number_and_name() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let by_mail = test.submit(|answers| answers).await.reference;
    let by_phone = test
        .submit(|answers| answers.by_telephone().name("Ann Bloggs"))
        .await
        .reference;
    let desk = test.hub.desk();
    for (typed, expected) in [
        ("JO.bloggs@example.org ", vec![by_mail]),
        ("(01632) 960-123", vec![by_phone]),
        ("blog", vec![by_mail, by_phone]),
        ("ann b", vec![by_phone]),
        ("nobody", vec![]),
    ] {
        let found = desk.find_enquiries(&officer, typed).await.unwrap();
        let mut found: Vec<_> = found
            .enquiries
            .iter()
            .map(|enquiry| enquiry.reference.to_string())
            .collect();
        found.sort();
        let mut expected: Vec<_> = expected.iter().map(ToString::to_string).collect();
        expected.sort();
        assert_eq!(found, expected, "{typed}");
    }
    let refused = faults(desk.find_enquiries(&officer, " a ").await);
    assert!(refused.of("find").is_some());
}

#[tokio::test]
async fn what_was_answered_and_what_is_closed_stand_apart() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let desk = test.hub.desk();
    let answered = test.submit(|answers| answers).await.reference;
    let words = fields([("conversation", "Called Jo.")]);
    desk.record_conversation(&officer, &answered, &words)
        .await
        .unwrap();
    let closed = test.submit(|answers| answers).await.reference;
    desk.close(&officer, &closed, &fields([("reason", "spam")]))
        .await
        .unwrap();
    for (how, reference) in [(Settled::Answered, answered), (Settled::Closed, closed)] {
        let all = Narrowing::default();
        let page = desk.settled(&officer, how, &all, None).await.unwrap();
        assert_eq!(page.rows.len(), 1);
        assert_eq!(page.rows[0].reference, reference);
        assert_eq!(page.next, None);
        let elsewhere = Narrowing {
            topic: Some("nothing-of-it".parse().unwrap()),
            place: None,
        };
        let page = desk.settled(&officer, how, &elsewhere, None).await;
        assert_eq!(page.unwrap().rows, []);
    }
}
