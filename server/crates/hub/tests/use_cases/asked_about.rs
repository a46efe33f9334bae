//! Asking about one service: what the officer reads, and how the person takes it back.

use domain::shortlist::Shortlist;
use hub::{Actor, Step, local_offer::Writing};
use testing::{Answers, TestHub, council::SAMPLE_SERVICES, fields};

use crate::reading::file;

const CLINIC: &str = "adhd-clinic-for-children";

async fn with_services() -> TestHub {
    let test = TestHub::new().await;
    let offer = test.hub.local_offer();
    let imported = offer.import(&Actor::System, SAMPLE_SERVICES, Writing::Real);
    imported.await.unwrap();
    test
}

/// Answers every page of a draft about the clinic, and sends it; the message that an officer reads.
async fn asked(test: &TestHub, about_service: Option<&str>) -> String {
    let enquiries = test.hub.enquiries();
    let token = enquiries.start_about(&CLINIC.parse().unwrap()).await;
    let token = token.unwrap();
    if let Some(answer) = about_service {
        let posted = fields([("about_service", answer)]);
        enquiries
            .answer(&token, Step::Service, &posted)
            .await
            .unwrap();
    }
    let answers = Answers::default().message("How long is the wait?");
    for step in Step::ALL {
        if !matches!(step, Step::Service | Step::Check) {
            enquiries
                .answer(&token, step, &answers.of(step))
                .await
                .unwrap();
        }
    }
    let sent = enquiries.submit(&token).await.unwrap();
    let file = file(test, &sent.reference).await;
    file.messages[0].body.clone()
}

#[tokio::test]
async fn the_officer_reads_which_service_is_meant_and_where_it_stands() {
    let test = with_services().await;
    let body = asked(&test, None).await;
    let site = test.hub.public_url();
    assert_eq!(
        body,
        format!(
            "About this service: ADHD clinic for children\n{site}local-offer/{CLINIC}\n\nHow long is the wait?"
        )
    );
}

#[tokio::test]
async fn a_service_that_was_taken_back_is_not_told() {
    let test = with_services().await;
    assert_eq!(asked(&test, Some("no")).await, "How long is the wait?");
}

#[tokio::test]
async fn the_service_is_asked_for_once_and_can_be_changed_from_the_last_page() {
    let test = with_services().await;
    let enquiries = test.hub.enquiries();
    let token = enquiries.start_about(&CLINIC.parse().unwrap()).await;
    let token = token.unwrap();
    let draft = enquiries.draft(&token).await.unwrap().unwrap();
    assert_eq!(draft.next_missing(), Step::Topic);
    assert_eq!(draft.service().unwrap().name, "ADHD clinic for children");
    let rows = draft.summary(&test.hub.council());
    assert_eq!(rows[0].step, Step::Service);
    assert_eq!(rows[0].answer, ["ADHD clinic for children"]);
    // A refused page leaves it where it is.
    let refused = enquiries
        .answer(&token, Step::Topic, &fields([("topic", "")]))
        .await;
    assert!(refused.is_err());
    let draft = enquiries.draft(&token).await.unwrap().unwrap();
    assert!(draft.service().is_some());
}

#[tokio::test]
async fn a_service_that_is_not_there_begins_a_question_about_nothing_in_particular() {
    let test = TestHub::new().await;
    let enquiries = test.hub.enquiries();
    let token = enquiries.start_about(&CLINIC.parse().unwrap()).await;
    let draft = enquiries.draft(&token.unwrap()).await.unwrap().unwrap();
    assert_eq!(draft, hub::Draft::default());
}

#[tokio::test]
async fn a_list_is_read_in_its_order_and_says_what_is_gone() {
    let test = with_services().await;
    let list = Shortlist::of(["zanzibar-sailing", CLINIC]);
    let services = test.hub.local_offer().shortlisted(&list).await.unwrap();
    let found: Vec<_> = services
        .iter()
        .map(|service| (service.slug.as_str(), service.listing.is_some()))
        .collect();
    assert_eq!(found, [("zanzibar-sailing", false), (CLINIC, true)]);
}

#[tokio::test]
async fn every_address_is_told_a_part_at_a_time() {
    let test = with_services().await;
    let offer = test.hub.local_offer();
    let count = usize::try_from(offer.count().await.unwrap()).unwrap();
    let first = offer.addresses(None, 7).await.unwrap();
    let after = first.last().map(|address| address.id);
    let rest = offer.addresses(after, 1_000).await.unwrap();
    assert_eq!(first.len(), 7);
    assert_eq!(first.len() + rest.len(), count);
    assert!(rest.iter().all(|address| !first.contains(address)));
}
