//! The private link in a letter: it shows where an enquiry stands, to nobody but its holder.

use domain::{codes::Role, ids::EnquiryId};
use hub::StatusState;
use jiff::{SignedDuration, civil::date};
use store::Link;
use testing::{TestHub, fields, hub::link_key, time};

use crate::reading::{audit, stored};

async fn sent_link(test: &TestHub) -> String {
    test.submit(|answers| answers).await;
    test.run_jobs().await;
    test.mails.only().link_token()
}

#[tokio::test]
async fn the_link_in_the_acknowledgement_shows_where_the_enquiry_stands() {
    let test = TestHub::new().await;
    let submitted = test.submit(|answers| answers).await;
    test.run_jobs().await;
    let token = test.mails.only().link_token();
    let status = test.hub.enquiries().follow(&token).await.unwrap().unwrap();
    assert_eq!(status.reference, submitted.reference);
    assert_eq!(status.team, "EHC team, West");
    assert_eq!(status.received_on, date(2026, 3, 2));
    let due_on = date(2026, 3, 9);
    assert_eq!(status.state, StatusState::Promised { due_on });
}

#[tokio::test]
async fn a_promise_gone_by_is_said_so() {
    let test = TestHub::new().await;
    let token = sent_link(&test).await;
    test.clock.set_to("2026-03-10T00:00:00Z");
    let status = test.hub.enquiries().follow(&token).await.unwrap().unwrap();
    let due_on = date(2026, 3, 9);
    assert_eq!(status.state, StatusState::Overdue { due_on });
}

#[tokio::test]
async fn looking_changes_nothing() {
    let test = TestHub::new().await;
    let submitted = test.submit(|answers| answers).await;
    test.run_jobs().await;
    let token = test.mails.only().link_token();
    let before = (
        stored(&test, &submitted.reference).await,
        audit(&test, &submitted.reference).await,
    );
    for _ in 0..3 {
        assert!(test.hub.enquiries().follow(&token).await.unwrap().is_some());
    }
    let after = (
        stored(&test, &submitted.reference).await,
        audit(&test, &submitted.reference).await,
    );
    assert_eq!(before, after);
}

#[tokio::test]
async fn a_forged_link_shows_nothing() {
    let test = TestHub::new().await;
    let token = sent_link(&test).await;
    let other_key = mail::LinkKey::from_bytes([8; 32]);
    let id = link_key().verify("enquiry", &token).unwrap();
    let mut cut = token.clone();
    cut.pop();
    for forged in [
        String::new(),
        cut,
        "A".repeat(43),
        "../desk".to_owned(),
        other_key.token("enquiry", id),
        link_key().token("provider", id),
    ] {
        assert_eq!(test.hub.enquiries().follow(&forged).await.unwrap(), None);
    }
}

#[tokio::test]
async fn an_expired_link_shows_nothing() {
    let test = TestHub::new().await;
    let token = sent_link(&test).await;
    test.clock.advance(SignedDuration::from_hours(24 * 730));
    assert_eq!(test.hub.enquiries().follow(&token).await.unwrap(), None);
}

#[tokio::test]
async fn a_revoked_link_shows_nothing() {
    let test = TestHub::new().await;
    let reference = test.submit(|answers| answers).await.reference;
    let enquiry = stored(&test, &reference).await;
    let link = Link {
        id: uuid::Uuid::from_u128(1),
        enquiry: enquiry.id,
        created_at: enquiry.received_at,
        expires_at: time("2027-03-02T10:00:00Z"),
        revoked_at: Some(time("2026-03-02T10:00:00Z")),
    };
    let mut tx = test.hub.database().begin().await.unwrap();
    tx.links().insert(&link).await.unwrap();
    tx.commit().await.unwrap();
    let token = link_key().token("enquiry", link.id);
    assert_eq!(test.hub.enquiries().follow(&token).await.unwrap(), None);
}

#[tokio::test]
async fn what_stands_in_the_outbox_holds_no_link_that_works() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = test.submit(|answers| answers).await.reference;
    let id = stored(&test, &reference).await.id;
    test.run_jobs().await;
    let desk = test.hub.desk();
    let more_time = fields([
        ("holding_reply", "We wait for the school."),
        ("promises_on", "2026-03-12"),
    ]);
    test.clock.set_to("2026-03-02T11:00:00Z");
    desk.holding_reply(&officer, &reference, &more_time)
        .await
        .unwrap();
    test.run_jobs().await;
    test.clock.set_to("2026-03-03T11:00:00Z");
    let words = fields([("reply", "It begins on Monday.")]);
    desk.reply(&officer, &reference, &words).await.unwrap();
    let waiting = in_the_outbox(&test, id).await;
    test.run_jobs().await;
    let sent = in_the_outbox(&test, id).await;

    let mails = test.mails.taken();
    assert_eq!((mails.len(), waiting.len(), sent.len()), (3, 3, 3));
    for caught in &mails {
        let token = caught.link_token();
        let followed = test.hub.enquiries().follow(&token).await.unwrap();
        assert!(followed.is_some(), "what was sent holds one");
        let stored = waiting.iter().chain(&sent);
        assert!(stored.into_iter().all(|body| !body.contains(&token)));
    }
    // Nor one of another kind: nothing in them that looks like a token opens anything.
    for word in waiting.iter().chain(&sent).flat_map(|body| words_of(body)) {
        let followed = test.hub.enquiries().follow(word).await.unwrap();
        assert_eq!(followed, None, "{word}");
    }
}

/// Both bodies of each mail of an enquiry, as they are stored.
async fn in_the_outbox(test: &TestHub, enquiry: EnquiryId) -> Vec<String> {
    let mut tx = test.hub.database().read().await.unwrap();
    let mails = tx.outbox().for_enquiry(enquiry).await.unwrap();
    let body = |mail: store::Mail| mail.mail.body_text + &mail.mail.body_html.unwrap();
    mails.into_iter().map(body).collect()
}

/// What could be a token.
fn words_of(body: &str) -> impl Iterator<Item = &str> {
    let is_of_one = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
    body.split(move |letter| !is_of_one(letter))
        .filter(|word| word.len() >= 16)
}

#[tokio::test]
async fn a_paused_enquiry_says_until_when() {
    let test = TestHub::new().await;
    let reference = test.submit(|answers| answers).await.reference;
    test.run_jobs().await;
    crate::sweep::pause(&test, &reference, date(2026, 3, 20)).await;
    let token = test.mails.only().link_token();
    let status = test.hub.enquiries().follow(&token).await.unwrap().unwrap();
    let until = date(2026, 3, 20);
    assert_eq!(
        status.state,
        StatusState::Paused {
            until,
            waits_for: None
        }
    );
}
