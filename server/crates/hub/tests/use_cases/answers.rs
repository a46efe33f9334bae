//! Answering the form's pages, rightly and wrongly.

use hub::{Draft, Step};
use rstest::rstest;
use testing::{TestHub, fields};

use crate::reading::faults;

const LONG: &str = "long";

#[rstest]
#[case(Step::Topic, "topic", "", "Choose what your question is about")]
#[case(
    Step::Topic,
    "topic",
    "no-such-topic",
    "Choose what your question is about"
)]
#[case(Step::Who, "kind", "", "Choose who you are")]
#[case(Step::Who, "kind", "nobody", "Choose who you are")]
#[case(Step::Who, "name", "", "Enter your name")]
#[case(Step::Who, "name", "  ", "Enter your name")]
#[case(
    Step::Who,
    "name",
    LONG,
    "This must be 100 characters or fewer. It has 20,001"
)]
#[case(
    Step::Who,
    "name",
    "Jo\u{7}",
    "This has a hidden character in it. Type it again, or paste it as plain text"
)]
#[case(Step::AboutChild, "about_child", "", "Choose yes or no")]
#[case(
    Step::District,
    "district",
    "",
    "Choose where the child or young person lives, or “I am not sure”"
)]
#[case(
    Step::District,
    "district",
    "atlantis",
    "Choose where the child or young person lives, or “I am not sure”"
)]
#[case(
    Step::Child,
    "child_ehc_plan",
    "maybe",
    "Choose one of the answers, or none"
)]
#[case(Step::Message, "message", "", "Enter your message")]
#[case(
    Step::Message,
    "message",
    LONG,
    "Your message must be 10,000 characters or fewer. It has 20,001"
)]
#[case(Step::Reach, "preference", "", "Choose how we should reply to you")]
#[case(Step::Reach, "email", "", "Enter your email address")]
#[case(
    Step::Reach,
    "email",
    "jo at example",
    "Enter an email address, like name@example.com"
)]
#[case(
    Step::Reach,
    "email",
    "a@example.org, b@example.org",
    "Enter an email address, like name@example.com"
)]
#[case(
    Step::Reach,
    "email",
    "a@example.org\r\nBcc: b@example.org",
    "Enter an email address, like name@example.com"
)]
#[case(
    Step::Reach,
    "telephone",
    "call me",
    "Enter a phone number, like 01632 960 001"
)]
#[tokio::test]
async fn a_page_answered_wrongly_is_refused_beside_its_field(
    #[case] step: Step,
    #[case] field: &str,
    #[case] value: &str,
    #[case] message: &str,
) {
    let test = TestHub::new().await;
    let token = test.hub.enquiries().start().await.unwrap();
    let long = "x".repeat(20_001);
    let value = if value == LONG { &long } else { value };
    let posted = testing::Answers::default().set(step, field, value).of(step);
    let refused = faults(test.hub.enquiries().answer(&token, step, &posted).await);
    assert_eq!(refused.of(field), Some(message), "{refused:?}");
    // The page keeps what was typed; the draft keeps only what is right.
    let draft = test.hub.enquiries().draft(&token).await.unwrap();
    assert_eq!(draft, Some(Draft::default()));
}

#[rstest]
#[case::no_such_day(["31", "2", "2015"])]
#[case::a_word(["3", "March", "2015"])]
#[case::a_part_missing(["3", "", "2015"])]
#[case::tomorrow(["3", "3", "2026"])]
#[case::two_numbers_of_the_year(["3", "3", "15"])]
#[tokio::test]
async fn a_date_of_birth_that_cannot_be_is_refused(#[case] born: [&str; 3]) {
    let [day, month, year] = born;
    let test = TestHub::new().await;
    let token = test.hub.enquiries().start().await.unwrap();
    let posted = fields([
        ("child_born_on-day", day),
        ("child_born_on-month", month),
        ("child_born_on-year", year),
    ]);
    let answer = test
        .hub
        .enquiries()
        .answer(&token, Step::Child, &posted)
        .await;
    assert!(faults(answer).of("child_born_on").is_some());
}

#[rstest]
#[case("telephone", "telephone", "Enter your phone number")]
#[case("letter", "postal_address", "Enter your postal address")]
#[tokio::test]
async fn the_way_to_answer_needs_its_address(
    #[case] preference: &str,
    #[case] field: &str,
    #[case] message: &str,
) {
    let test = TestHub::new().await;
    let token = test.hub.enquiries().start().await.unwrap();
    let posted = fields([("preference", preference)]);
    let answer = test
        .hub
        .enquiries()
        .answer(&token, Step::Reach, &posted)
        .await;
    assert_eq!(faults(answer).of(field), Some(message));
}

#[tokio::test]
async fn a_field_that_the_page_does_not_ask_for_is_not_kept() {
    let test = TestHub::new().await;
    let enquiries = test.hub.enquiries();
    let token = enquiries.start().await.unwrap();
    let mut posted = fields([("topic", "travel"), ("message", "too early"), ("x", "y")]);
    posted.push("topic", "no-such-topic");
    enquiries
        .answer(&token, Step::Topic, &posted)
        .await
        .unwrap();
    let draft = enquiries.draft(&token).await.unwrap().unwrap();
    assert_eq!(draft.fields(Step::Topic), fields([("topic", "travel")]));
}

#[tokio::test]
async fn every_ticked_box_is_kept_once() {
    let test = TestHub::new().await;
    let enquiries = test.hub.enquiries();
    let token = enquiries.start().await.unwrap();
    let mut posted = fields([("support", "large-print")]);
    posted.push("support", "easy-read");
    let ticked = posted.clone();
    posted.push("support", "large-print");
    enquiries
        .answer(&token, Step::Support, &posted)
        .await
        .unwrap();
    let draft = enquiries.draft(&token).await.unwrap().unwrap();
    assert_eq!(draft.fields(Step::Support), ticked);
}

#[tokio::test]
async fn an_interpreter_needs_a_language() {
    let test = TestHub::new().await;
    let token = test.hub.enquiries().start().await.unwrap();
    let posted = fields([("support", "interpreter")]);
    let answer = test
        .hub
        .enquiries()
        .answer(&token, Step::Support, &posted)
        .await;
    assert_eq!(
        faults(answer).of("interpreter_language"),
        Some("Enter the language you need")
    );
}

#[tokio::test]
async fn a_question_about_no_child_leaves_the_child_out() {
    let test = TestHub::new().await;
    let token = test.hub.enquiries().start().await.unwrap();
    let enquiries = test.hub.enquiries();
    let answers = testing::Answers::default().set(Step::AboutChild, "about_child", "no");
    for (step, next) in [
        (Step::Topic, Step::Who),
        (Step::Who, Step::AboutChild),
        (Step::AboutChild, Step::District),
    ] {
        let posted = answers.of(step);
        assert_eq!(enquiries.answer(&token, step, &posted).await.unwrap(), next);
    }
}

#[tokio::test]
async fn nobody_who_asked_us_not_to_phone_is_put_down_for_a_call() {
    let test = TestHub::new().await;
    let answers = testing::Answers::default()
        .set(Step::Support, "support", "no-telephone")
        .by_telephone();
    let token = test.hub.enquiries().start().await.unwrap();
    let mut step = Step::Topic;
    while step != Step::Reach {
        let fields = answers.of(step);
        let answered = test.hub.enquiries().answer(&token, step, &fields).await;
        step = answered.unwrap();
    }
    let reach = answers.of(Step::Reach);
    let refused = faults(test.hub.enquiries().answer(&token, step, &reach).await);
    let told = refused.of("preference").unwrap();
    assert!(told.starts_with("You asked us not to phone you"), "{told}");
}

#[tokio::test]
async fn the_words_of_a_search_begin_the_message_and_do_not_answer_it() {
    let world = TestHub::new().await;
    let enquiries = world.hub.enquiries();
    let token = enquiries.start().await.unwrap();
    enquiries
        .begin_with(&token, " sign language\u{7} ")
        .await
        .unwrap();
    let draft = enquiries.draft(&token).await.unwrap().unwrap();
    assert_eq!(
        draft.message_beginning(),
        "I searched the local offer for “sign language”.\n\n"
    );
    assert_eq!(draft.fields(Step::Message).one("message"), "");
    let written = fields([("message", "Where can we learn it?")]);
    enquiries
        .answer(&token, Step::Message, &written)
        .await
        .unwrap();
    let draft = enquiries.draft(&token).await.unwrap().unwrap();
    assert_eq!(draft.fields(Step::Message), written);
}
