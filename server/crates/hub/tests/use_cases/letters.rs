//! What people are told without asking: that a promise has a new day, that an enquiry is closed.

use domain::{
    codes::{EndReason, LetterKind, Role},
    enquiry::State,
};
use hub::Step;
use jiff::civil::date;
use rstest::rstest;
use testing::{TestHub, fields};

use crate::{
    reading::stored,
    sweep::{answered, pause},
};

/// The text of the newest mail.
fn newest(test: &TestHub) -> String {
    test.mails.taken().pop().unwrap().mail.text
}

#[tokio::test]
async fn a_message_after_the_answer_is_told_its_promised_day() {
    let test = TestHub::new().await;
    answered(&test).await;
    test.run_jobs().await;
    let token = test.mails.only().link_token();
    test.clock.set_to("2026-03-05T10:00:00Z");
    let words = fields([("message", "There is more to it.")]);
    test.hub
        .enquiries()
        .follow_up(&token, &words)
        .await
        .unwrap();
    assert_eq!(test.run_jobs().await, 1);
    let mail = test.mails.taken().pop().unwrap();
    assert!(mail.headers().contains("Auto-Submitted: auto-replied"));
    assert!(
        mail.mail
            .text
            .contains("We got it on Thursday 5 March 2026."),
        "{}",
        mail.mail.text
    );
    assert!(
        mail.mail
            .text
            .contains("We will reply by Thursday 12 March 2026."),
        "{}",
        mail.mail.text
    );
    assert!(
        !mail.mail.text.contains("There is more"),
        "nothing that was typed"
    );

    let words = fields([("message", "Are you there?")]);
    test.hub
        .enquiries()
        .follow_up(&token, &words)
        .await
        .unwrap();
    assert_eq!(
        test.run_jobs().await,
        0,
        "a chaser moves no date and is told none"
    );
}

#[tokio::test]
async fn the_end_of_a_pause_is_told_with_the_new_day() {
    let test = TestHub::new().await;
    let reference = test.submit(|answers| answers).await.reference;
    test.run_jobs().await;
    pause(&test, &reference, date(2026, 3, 20)).await;
    test.clock.set_to("2026-03-20T06:00:00Z");
    test.work_until(async || {
        let told = test.mails.taken().len() == 2;
        told.then_some(())
    })
    .await;
    let mail = test.mails.taken().pop().unwrap();
    assert!(mail.headers().contains("Auto-Submitted: auto-generated"));
    assert!(
        newest(&test).contains("We will reply by Friday 27 March 2026."),
        "{}",
        newest(&test)
    );
}

#[tokio::test]
async fn an_enquiry_that_time_closes_is_told_so() {
    let test = TestHub::new().await;
    let reference = answered(&test).await;
    test.run_jobs().await;
    test.clock.set_to("2026-03-16T01:00:00Z");
    test.work_until(async || {
        let state = stored(&test, &reference).await.state;
        let closed = matches!(state, State::Closed { .. });
        (closed && test.mails.taken().len() == 2).then_some(())
    })
    .await;
    assert!(newest(&test).contains("We have answered your question."));
}

#[rstest]
#[case(
    EndReason::Withdrawn,
    Some("You told us that you do not need an answer any more.")
)]
#[case(
    EndReason::Duplicate,
    Some("We have the same question from you under another reference.")
)]
#[case(EndReason::Thanks, None)]
#[case(EndReason::Spam, None)]
#[tokio::test]
async fn an_enquiry_ended_without_an_answer_says_why_but_not_to_thanks_or_spam(
    #[case] reason: EndReason,
    #[case] told: Option<&str>,
) {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = test.submit(|answers| answers).await.reference;
    test.run_jobs().await;
    let words = fields([("reason", reason.as_str())]);
    test.hub
        .desk()
        .close(&officer, &reference, &words)
        .await
        .unwrap();
    assert_eq!(test.run_jobs().await, usize::from(told.is_some()));
    if let Some(told) = told {
        assert!(newest(&test).contains(told), "{}", newest(&test));
    }
}

#[tokio::test]
async fn who_wants_no_email_is_told_nothing_by_email() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = test
        .submit(|answers| answers.by_telephone())
        .await
        .reference;
    let words = fields([("reason", "withdrawn")]);
    test.hub
        .desk()
        .close(&officer, &reference, &words)
        .await
        .unwrap();
    assert_eq!(test.run_jobs().await, 0);
}

#[tokio::test]
async fn people_get_their_mail_as_they_asked_for_it() {
    let test = TestHub::new().await;
    test.submit(|answers| answers.set(Step::Support, "support", "text-only"))
        .await;
    test.submit(|answers| answers.set(Step::Support, "support", "large-print"))
        .await;
    test.run_jobs().await;
    let mails = test.mails.taken();
    assert_eq!(mails[0].mail.html, None);
    let page = mails[1].mail.html.as_deref().unwrap();
    assert!(page.contains("font-size: 32px"), "{page}");
}

#[tokio::test]
async fn a_letter_that_the_council_words_is_sent_from_the_next_moment_on() {
    let test = TestHub::new().await;
    let administrator = test.officer(Role::Administrator).await;
    let kind = LetterKind::Acknowledgement;
    let (section, item) = (
        hub::settings::Section::Letters,
        hub::settings::Item::Letter(kind),
    );
    let mut form = test
        .hub
        .settings()
        .form(&administrator, section, item)
        .unwrap();
    form.set(
        "text",
        "Hiya! {{ reference }}, by {{ due_on }}: {{ private_link }}",
    );
    test.hub
        .settings()
        .change(&administrator, section, item, &form)
        .await
        .unwrap();
    test.submit(|answers| answers).await;
    test.run_jobs().await;
    let mail = test.mails.taken().pop().unwrap();
    assert!(
        mail.mail.text.starts_with("Hiya! SEND-"),
        "{}",
        mail.mail.text
    );
    assert!(mail.mail.text.contains("Call 999."), "{}", mail.mail.text);
}
