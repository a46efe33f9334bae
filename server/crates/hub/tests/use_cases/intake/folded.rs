//! What of a mail is folded: all of it is kept, and what somebody says themselves is shown.

use domain::codes::FoldKind;
use jiff::SignedDuration;
use testing::TestHub;

use super::question;
use crate::mailed::{arrive, letter, message_of, reference_of};

#[tokio::test]
async fn what_they_quote_and_how_they_sign_is_folded_and_kept() {
    let test = TestHub::new().await;
    let body = "It has not come.\r\n\r\nPat\r\n\r\nSent from my iPhone\r\n\r\n\
                > On 2 Mar 2026, at 09:00, Council <help@send.example.org> wrote:\r\n> \r\n> We have your enquiry.\r\n";
    let id = arrive(&test, &letter("one", "Re: Taxi", body)).await;
    let (message, mailed) = message_of(&test, id).await;
    let kinds: Vec<FoldKind> = mailed.folds.iter().map(|fold| fold.kind).collect();
    assert_eq!(kinds[0], FoldKind::New);
    assert!(kinds.contains(&FoldKind::Quoted), "{kinds:?}");
    let folded: usize = mailed.folds.iter().map(|fold| fold.bytes).sum();
    assert_eq!(folded, message.body.len(), "nothing is thrown away");
}

#[tokio::test]
async fn what_is_typed_into_a_letter_of_ours_is_shown() {
    let test = TestHub::new().await;
    let first = arrive(&test, &question()).await;
    let reference = reference_of(&test, first).await;
    let officer = test.officer(domain::codes::Role::Officer).await;
    let words = testing::fields([("reply", "How old is he now?\n\nWhich school does he go to?")]);
    let desk = test.hub.desk();
    desk.reply(&officer, &reference, &words).await.unwrap();
    test.clock.advance(SignedDuration::from_mins(1));
    test.run_jobs().await;
    let ours = test.mails.taken().last().unwrap().mail.clone();
    let head = "From: Council <help@send.example.org>\nSent: 2 March 2026 10:02\nTo: Pat\nSubject: Your question\n\n";
    let answered = ours
        .text
        .replace("he now?", "he now?\nSeven")
        .replace("go to?", "go to? Hill");
    for (id, quoted, folds) in [("plain", &ours.text, 2), ("between", &answered, 1)] {
        let body = format!("Hello.\n\n{head}{quoted}").replace('\n', "\r\n");
        let letter = letter(id, "RE: Your question", &body)
            .header(&format!("In-Reply-To: {}", ours.message_id));
        let arrived = arrive(&test, &letter).await;
        assert_eq!(reference_of(&test, arrived).await, reference);
        let (message, mailed) = message_of(&test, arrived).await;
        assert_eq!(mailed.folds.len(), folds, "{id}");
        let folded: usize = mailed.folds.iter().map(|fold| fold.bytes).sum();
        assert_eq!(folded, message.body.len(), "nothing is thrown away");
    }
}

#[tokio::test]
async fn what_somebody_passes_on_is_not_folded() {
    let test = TestHub::new().await;
    let words = "Can you help us?\r\n\r\nFrom: School <office@school.example>\r\nSent: 2 March 2026 10:02\r\n\
                 To: Pat <pat@example.org>\r\nSubject: Tom\r\n\r\nTom may not come.\r\n";
    for (number, (subject, folds)) in [("FW: Tom", 1), ("RE: Tom", 2)].into_iter().enumerate() {
        let id = arrive(&test, &letter(&number.to_string(), subject, words)).await;
        let (_, mailed) = message_of(&test, id).await;
        assert_eq!(mailed.folds.len(), folds, "{subject}");
    }
}
