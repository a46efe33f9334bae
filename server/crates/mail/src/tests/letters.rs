//! What our letters say.

use jiff::civil::{Date, date};
use url::Url;

use super::{at, council, mail_id, outgoing, reference};
use crate::message::private_link_marker;
use crate::{
    Acknowledgement, Automatic, ComposeError, Invitation, InvitationPurpose, Letter, OutgoingMail,
    Reply, ReplyOutcome, acknowledgement, invitation, reply,
};

const DUE_ON: Date = date(2026, 11, 27);
const ANSWER: &str =
    "Dear Sam\n\nThe panel meets on 3 December.\nWe will call you then.\n\nBest wishes";

fn an_acknowledgement() -> Letter {
    acknowledgement(&Acknowledgement {
        council: &council(),
        mail: mail_id(),
        reference: &reference(),
        received_on: date(2026, 11, 20),
        due_on: DUE_ON,
        team_name: "Assessment team, east",
        working_days: 5,
    })
    .unwrap()
}

fn a_reply(text: &str, outcome: ReplyOutcome) -> Result<Letter, ComposeError> {
    reply(&Reply {
        council: &council(),
        mail: mail_id(),
        reference: &reference(),
        officer_name: "Jo Bright",
        team_name: "Assessment team, east",
        text,
        outcome,
    })
}

fn an_invitation() -> Letter {
    a_link_for(InvitationPurpose::NewAccount)
}

fn a_link_for(purpose: InvitationPurpose) -> Letter {
    invitation(&Invitation {
        council: &council(),
        mail: mail_id(),
        purpose,
        works_until: DUE_ON,
    })
    .unwrap()
}

/// The letter as it is sent.
fn sent(letter: Letter) -> OutgoingMail {
    let mail = OutgoingMail {
        subject: letter.subject,
        text: letter.text,
        html: letter.html,
        automatic: Automatic::Acknowledgement,
        ..outgoing()
    };
    mail.with_private_link(&link())
}

fn link() -> Url {
    Url::parse("https://send.council.example/enquiry/abc?a=1&b=2").unwrap()
}

/// The words of a page of HTML, without its tags.
fn words_of(html: &str) -> String {
    let body = &html[html.find("<body").unwrap()..];
    let words: Vec<&str> = body
        .split('<')
        .filter_map(|part| part.split_once('>'))
        .map(|(_, words)| words)
        .collect();
    words
        .join(" ")
        .replace("&#x2f;", "/")
        .replace("&#x27;", "'")
}

/// Letters and digits alone, in lower case: punctuation and layout may differ.
fn spoken(text: &str) -> String {
    text.chars()
        .filter(|symbol| symbol.is_alphanumeric())
        .collect::<String>()
        .to_lowercase()
}

#[test]
fn an_acknowledgement_promises_a_day_and_says_what_to_do_until_then() {
    insta::assert_snapshot!(an_acknowledgement().text, @r"
    Hello

    We have your enquiry. We got it on Friday 20 November 2026.
    Your reference is SEND-7KQM-4TX4.

    We will reply by Friday 27 November 2026. A person will write it.
    That is 5 working days from when we got it.
    Our system sent this message. It is not our reply. It does not stop the clock.
    This team has your enquiry: Assessment team, east.

    FOLLOW YOUR ENQUIRY
    Use this private link:
    private-link-of-01992f4e-7c00-7abc-8def-0123456789ab
    It is only for you. Please do not share it.

    ADD SOMETHING
    You can add to your enquiry on that page.
    You can also call us on 01632 960123. Give your reference.
    Our phone hours: Monday to Friday, 9am to 5pm
    Adding something does not move the date.

    IF WE ARE LATE
    Call us if you have no reply by Friday 27 November 2026. Give your reference.

    WHEN WE READ MESSAGES
    Monday to Friday, 9am to 5pm. Not on bank holidays.

    IS A CHILD IN DANGER NOW?
    Call 999.
    When we are closed, call 01632 960999.
    This number is for worries about a child's safety.

    INDEPENDENT ADVICE
    - Example SENDIASS
      Free advice for families.
      Phone: 01632 960456
      Website: https://sendiass.example
    - National SEND line
      Help by phone and web.
      Website: https://line.example
      Open in school term.

    We do not repeat your message here, to keep it private.

    Example County Council
    ");
}

#[test]
fn a_reply_carries_the_officers_words_and_a_way_on() {
    insta::assert_snapshot!(a_reply(ANSWER, ReplyOutcome::Answer).unwrap().text, @r"
    Dear Sam

    The panel meets on 3 December.
    We will call you then.

    Best wishes

    Jo Bright
    Assessment team, east
    Example County Council

    ----
    Your reference is SEND-7KQM-4TX4.
    Do you need more help? Tell us, and we will reply again.

    SEE OR ADD TO YOUR ENQUIRY
    Use this private link:
    private-link-of-01992f4e-7c00-7abc-8def-0123456789ab
    It is only for you. Please do not share it.
    You can also call us on 01632 960123. Give your reference.
    Our phone hours: Monday to Friday, 9am to 5pm

    WHEN WE READ MESSAGES
    Monday to Friday, 9am to 5pm. Not on bank holidays.

    IS A CHILD IN DANGER NOW?
    Call 999.
    When we are closed, call 01632 960999.
    This number is for worries about a child's safety.
    ");
}

#[test]
fn a_holding_reply_names_the_new_day() {
    let letter = a_reply(ANSWER, ReplyOutcome::Holding { due_on: DUE_ON }).unwrap();
    let line = "This is not our full answer. We will write again by Friday 27 November 2026.";
    assert!(letter.text.contains(line), "{}", letter.text);
    assert!(letter.html.contains(line), "{}", letter.html);
    assert!(!letter.text.contains("more help"), "{}", letter.text);
}

#[test]
fn an_invitation_leads_to_a_password_and_names_nobody() {
    let letter = an_invitation();
    assert_eq!(
        letter.subject,
        format!("Your account with {}", council().name)
    );
    assert!(
        letter
            .text
            .contains("until the end of Friday 27 November 2026")
    );
    assert!(!letter.text.contains("999"), "{}", letter.text);
    let mail = sent(letter);
    for body in [mail.text, words_of(&mail.html)] {
        assert!(
            body.contains("Nobody can use the account without this link"),
            "{body}"
        );
    }
}

#[test]
fn subjects_are_neutral() {
    let expected = format!("Your enquiry {}", reference());
    assert_eq!(an_acknowledgement().subject, expected);
    assert_eq!(
        a_reply(ANSWER, ReplyOutcome::Answer).unwrap().subject,
        expected
    );
}

#[test]
fn the_page_says_what_the_plain_text_says() {
    for letter in [
        an_acknowledgement(),
        a_reply(ANSWER, ReplyOutcome::Answer).unwrap(),
        an_invitation(),
        a_link_for(InvitationPurpose::NewPassword),
    ] {
        let page = spoken(&words_of(&letter.html));
        let said = letter.text.lines().filter(|line| {
            !line.contains("private-link-of-") && !line.contains("Use this private link")
        });
        for sentence in said.flat_map(|line| line.split(". ")) {
            // The page names the link where the plain text says "it".
            let sentence = sentence.replace("It is only for you", "The link is only for you");
            assert!(
                page.contains(&spoken(&sentence)),
                "{sentence:?} is not in {page}"
            );
        }
    }
}

#[test]
fn pages_load_nothing_and_run_nothing() {
    for letter in [
        an_acknowledgement(),
        a_reply(ANSWER, ReplyOutcome::Answer).unwrap(),
        an_invitation(),
        a_link_for(InvitationPurpose::NewPassword),
    ] {
        for loading in [
            "<img", "<script", "<link", "<style", "url(", "@import", "src=",
        ] {
            assert!(
                !letter.html.contains(loading),
                "{loading} in {}",
                letter.html
            );
        }
        assert!(
            !letter.html.contains("color:"),
            "dark mode: {}",
            letter.html
        );
    }
}

#[test]
fn what_an_officer_types_is_text_in_the_page_and_stays_exact_in_the_plain_part() {
    let typed = "<script>alert(1)</script> & مرحبا 👩‍👧\n{{ private_link }} {% raw %}";
    let letter = a_reply(typed, ReplyOutcome::Answer).unwrap();
    assert!(letter.text.starts_with(typed), "{}", letter.text);
    assert!(!letter.html.contains("<script"), "{}", letter.html);
    assert!(letter.html.contains("&lt;script&gt;"), "{}", letter.html);
    assert!(letter.html.contains("مرحبا 👩‍👧<br>"), "{}", letter.html);
}

#[test]
fn a_stored_letter_holds_no_link_and_a_sent_one_holds_it_once() {
    let letter = an_acknowledgement();
    assert!(
        !letter.text.contains("https://send.council.example"),
        "{}",
        letter.text
    );
    let mail = sent(letter);
    assert_eq!(
        mail.text
            .matches("\nhttps://send.council.example/enquiry/abc?a=1&b=2\n")
            .count(),
        1
    );
    assert_eq!(mail.html.matches("a=1&amp;b=2\"").count(), 1);
    assert!(!mail.text.contains("private-link-of-") && !mail.html.contains("private-link-of-"));
    assert!(mail.to_message(at()).is_ok());
}

#[test]
fn a_letter_without_its_link_is_not_sent() {
    let letter = an_acknowledgement();
    let mail = OutgoingMail {
        text: letter.text,
        html: letter.html,
        ..outgoing()
    };
    assert!(matches!(
        mail.to_message(at()),
        Err(ComposeError::PrivateLinkNotFilledIn)
    ));
}

#[test]
fn a_marker_typed_by_an_officer_never_becomes_a_link() {
    let own = format!("Look: {}", private_link_marker(mail_id()));
    assert!(matches!(
        a_reply(&own, ReplyOutcome::Answer),
        Err(ComposeError::Marker)
    ));

    let guessed = "Look: private-link-of-01992f4e-7c00-7abc-8def-000000000000";
    let mail = sent(a_reply(guessed, ReplyOutcome::Answer).unwrap());
    assert!(mail.text.starts_with(guessed), "{}", mail.text);
    assert_eq!(mail.text.matches("https://send.council.example").count(), 1);
}

#[test]
fn sentences_are_short() {
    let text = an_acknowledgement().text;
    let sentences = text
        .split(['.', '\n', '?', ':'])
        .map(|one| one.split_whitespace().count());
    let lengths: Vec<usize> = sentences.filter(|words| *words > 0).collect();
    assert!(
        lengths.iter().all(|words| *words <= 15),
        "{lengths:?} in {text}"
    );
}
