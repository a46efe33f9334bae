//! What our letters say.

use domain::codes::{EndReason, HandOverWay, LetterKind, WaitsFor};
use domain::council::Council;
use domain::escalation::EscalationStep;
use jiff::civil::{Date, date};
use rstest::rstest;
use url::Url;

use super::{at, council, mail_id, outgoing, reference};
use crate::letters::{
    About, Facts, Form, HandedOver, Notice, NoticeLine, check, compose, notice, preview, standard,
};
use crate::message::private_link_marker;
use crate::{
    Automatic, ComposeError, Invitation, InvitationPurpose, Letter, OutgoingMail, invitation,
};

const DUE_ON: Date = date(2026, 11, 27);
const ANSWER: &str =
    "Dear Sam\n\nThe panel meets on 3 December.\nWe will call you then.\n\nBest wishes";

fn facts<'a>(council: &'a Council, about: About<'a>) -> Facts<'a> {
    Facts {
        council,
        mail: mail_id(),
        reference: reference(),
        team_name: "Assessment team, east",
        about,
    }
}

const ACKNOWLEDGED: About<'static> = About::Acknowledgement {
    received_on: date(2026, 11, 20),
    due_on: DUE_ON,
    working_days: 5,
};

fn letter(about: About<'_>) -> Letter {
    compose(&facts(&council(), about), Form::Usual).unwrap()
}

fn an_acknowledgement() -> Letter {
    letter(ACKNOWLEDGED)
}

fn a_reply(text: &str) -> Result<Letter, ComposeError> {
    let about = About::Reply {
        officer_name: "Jo Bright",
        text,
    };
    compose(&facts(&council(), about), Form::Usual)
}

fn a_holding_reply() -> Letter {
    letter(About::HoldingReply {
        officer_name: "Jo Bright",
        text: ANSWER,
        due_on: DUE_ON,
    })
}

/// One of each kind.
fn all() -> Vec<Letter> {
    let reopened = About::Reopened {
        received_on: date(2026, 11, 20),
        due_on: DUE_ON,
        working_days: 1,
    };
    vec![
        an_acknowledgement(),
        a_reply(ANSWER).unwrap(),
        a_holding_reply(),
        letter(About::PromiseMoved { due_on: DUE_ON }),
        letter(About::WaitingForYou {
            officer_name: "Jo Bright",
            text: ANSWER,
            until: DUE_ON,
        }),
        letter(About::WaitReminder {
            until: DUE_ON,
            waits_for: WaitsFor::Consent,
        }),
        letter(About::Closed {
            ended: Some(EndReason::Withdrawn),
        }),
        letter(reopened),
    ]
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

fn html(letter: &Letter) -> &str {
    letter.html.as_deref().unwrap()
}

/// The letter as it is sent.
fn sent(letter: Letter) -> OutgoingMail {
    let mail = OutgoingMail {
        subject: letter.subject,
        text: letter.text,
        html: letter.html,
        automatic: Automatic::Replied,
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
    words.join(" ").replace("&#39;", "'")
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

    We have your question. We got it on Friday 20 November 2026.
    Your reference is SEND-7KQM-4TX4.

    We will reply by Friday 27 November 2026. A person will write it.

    That is 5 working days from when we got it.
    Our system sent this message. It is not our reply. A person still has to answer.
    This team has your question: Assessment team, east.

    FOLLOW YOUR QUESTION
    See your question on your private page:
    private-link-of-01992f4e-7c00-7abc-8def-0123456789ab
    The link is only for you. Please do not share it.

    ADD SOMETHING
    You can add to your question on that page.
    You can also call us on 01632 960123. Give your reference.
    Our phone hours: Monday to Friday, 9am to 5pm
    Adding something does not move the date.

    IF WE ARE LATE
    Call us if you have no reply by Friday 27 November 2026. Give your reference.

    We do not repeat your message here, to keep it private.

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

    Example County Council
    ");
}

#[test]
fn a_reply_carries_the_officers_words_and_a_way_on() {
    insta::assert_snapshot!(a_reply(ANSWER).unwrap().text, @r"
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

    SEE OR ADD TO YOUR QUESTION
    See your question on your private page:
    private-link-of-01992f4e-7c00-7abc-8def-0123456789ab
    The link is only for you. Please do not share it.
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
    let letter = a_holding_reply();
    let line = "This is not our full answer. We will write again by Friday 27 November 2026.";
    assert!(letter.text.contains(line), "{}", letter.text);
    assert!(html(&letter).contains(line), "{}", html(&letter));
    assert!(!letter.text.contains("more help"), "{}", letter.text);
}

#[test]
fn an_invitation_leads_to_a_password_and_names_nobody() {
    let letter = a_link_for(InvitationPurpose::NewAccount);
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
    for body in [mail.text, words_of(&mail.html.unwrap())] {
        assert!(
            body.contains("Nobody can use the account without this link"),
            "{body}"
        );
    }
    let again = a_link_for(InvitationPurpose::NewPassword);
    assert!(
        again.text.contains("Your old password still works"),
        "{}",
        again.text
    );
}

#[test]
fn subjects_are_neutral() {
    for letter in all() {
        assert_eq!(letter.subject, format!("Your question {}", reference()));
    }
}

#[test]
fn the_page_says_what_the_plain_text_says() {
    for letter in all() {
        let page = spoken(&words_of(html(&letter)));
        // An address that a link leads to is no word of the page.
        let said = letter
            .text
            .lines()
            .filter(|line| !line.contains("private-link-of-") && !line.contains("https://"));
        for sentence in said.flat_map(|line| line.split(". ")) {
            assert!(
                page.contains(&spoken(sentence)),
                "{sentence:?} is not in {page}"
            );
        }
    }
}

#[test]
fn pages_load_nothing_and_run_nothing() {
    for letter in all() {
        for loading in [
            "<img", "<script", "<link", "<style", "url(", "@import", "src=",
        ] {
            assert!(
                !html(&letter).contains(loading),
                "{loading} in {}",
                html(&letter)
            );
        }
        assert!(
            !html(&letter).contains("color:"),
            "dark mode: {}",
            html(&letter)
        );
    }
}

#[test]
fn what_an_officer_types_is_text_in_the_page_and_stays_exact_in_the_plain_part() {
    let typed = "<script>alert(1)</script> & مرحبا 👩‍👧\n{{ private_link }} {% raw %}";
    let letter = a_reply(typed).unwrap();
    assert!(letter.text.starts_with(typed), "{}", letter.text);
    assert!(!html(&letter).contains("<script"), "{}", html(&letter));
    assert!(
        html(&letter).contains("&lt;script&gt;"),
        "{}",
        html(&letter)
    );
    assert!(html(&letter).contains("مرحبا 👩‍👧<br>"), "{}", html(&letter));
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
    assert_eq!(
        mail.html
            .as_deref()
            .unwrap()
            .matches("a=1&amp;b=2\"")
            .count(),
        1
    );
    assert!(mail.to_message(at()).is_ok());
    assert!(!mail.text.contains("private-link-of-"));
    assert!(!mail.html.unwrap().contains("private-link-of-"));
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
    assert!(matches!(a_reply(&own), Err(ComposeError::Marker)));

    let guessed = "Look: private-link-of-01992f4e-7c00-7abc-8def-000000000000";
    let mail = sent(a_reply(guessed).unwrap());
    assert!(mail.text.starts_with(guessed), "{}", mail.text);
    assert_eq!(mail.text.matches("https://send.council.example").count(), 1);
}

#[test]
fn sentences_are_short() {
    for text in all().into_iter().map(|letter| letter.text) {
        let sentences = text
            .split(['.', '\n', '?', ':'])
            .map(|one| one.split_whitespace().count());
        let lengths: Vec<usize> = sentences.filter(|words| *words > 0).collect();
        assert!(
            lengths.iter().all(|words| *words <= 17),
            "{lengths:?} in {text}"
        );
    }
}

#[test]
fn who_asked_for_text_only_gets_no_page_and_large_print_is_large() {
    let council = council();
    let letter = |form| compose(&facts(&council, ACKNOWLEDGED), form).unwrap();
    assert_eq!(letter(Form::TextOnly).html, None);
    assert!(html(&letter(Form::LargePrint)).contains("font-size: 32px"));
    assert_eq!(letter(Form::LargePrint).text, letter(Form::Usual).text);
    let mail = sent(letter(Form::TextOnly)).to_message(at()).unwrap();
    let message = String::from_utf8(mail.formatted()).unwrap();
    assert!(
        message.contains("Content-Type: text/plain; charset=utf-8"),
        "{message}"
    );
    assert!(!message.contains("text/html"), "{message}");
}

#[test]
fn the_products_own_words_pass_their_own_check() {
    for kind in LetterKind::ALL {
        assert_eq!(check(*kind, standard(*kind), &council()), Ok(()), "{kind}");
        let shown = preview(*kind, standard(*kind), &council()).unwrap();
        assert!(!shown.html.contains("style="), "{}", shown.html);
        assert!(!shown.text.contains("private-link-of-"), "{}", shown.text);
    }
}

#[rstest]
#[case::nothing("  \n", "Write the letter, or go back to the standard words")]
#[case::a_brace_too_few(
    "Hello\n{{ reference }",
    "Line 2: unexpected `}`, expected end of variable block"
)]
#[case::a_name_that_is_none(
    "{{ reference }} {{ due_on }} {{ private_link }} {{ first_name }}",
    "There is no “first_name” to fill in here. You can use: reference, due_on, private_link, received_on, working_days, team_name, council_name, telephone, telephone_hours"
)]
#[case::no_day(
    "{{ reference }} {{ private_link }}",
    "The letter must say {{ due_on }}"
)]
#[case::a_day_that_may_be_left_out(
    "{{ reference }} {{ private_link }} {% if working_days == 1 %}{{ due_on }}{% endif %}",
    "The letter must say {{ due_on }}"
)]
#[case::the_link_twice(
    "{{ reference }} {{ due_on }} {{ private_link }} {{ private_link }}",
    "{{ private_link }} must stand in the letter once: as the address of a link, like [See your question]({{ private_link }})"
)]
#[case::a_loop_without_end(
    "{{ reference }} {{ due_on }} {{ private_link }} {% for a in telephone_hours %}{% for b in telephone_hours %}{% for c in telephone_hours %}x{% endfor %}{% endfor %}{% endfor %}",
    "The letter repeats itself too often"
)]
fn a_text_that_could_fail_later_is_refused_when_it_is_saved(
    #[case] text: &str,
    #[case] problem: &str,
) {
    let problems = check(LetterKind::Acknowledgement, text, &council()).unwrap_err();
    assert_eq!(problems[0].to_string(), problem);
}

#[test]
fn a_council_that_words_a_letter_keeps_what_nobody_may_leave_out() {
    let mut council = council();
    let own = "# Hello <b>there</b>\n\nBy {{ due_on }}.\n[Your page]({{ private_link }})\n[x](javascript:alert)\n{{ reference }}";
    council
        .letters
        .insert(LetterKind::Acknowledgement, own.to_owned());
    let letter = compose(&facts(&council, ACKNOWLEDGED), Form::Usual).unwrap();
    assert!(
        letter
            .text
            .starts_with("HELLO <B>THERE</B>\nBy Friday 27 November 2026."),
        "{}",
        letter.text
    );
    assert!(letter.text.contains("Call 999."), "{}", letter.text);
    assert!(
        letter.text.contains("INDEPENDENT ADVICE"),
        "{}",
        letter.text
    );
    assert!(
        html(&letter).contains("Hello &lt;b&gt;there&lt;/b&gt;"),
        "{}",
        html(&letter)
    );
    assert!(!html(&letter).contains("javascript:"), "{}", html(&letter));
}

#[test]
fn a_notice_lists_the_most_urgent_first_and_names_nobody() {
    let line = |step, day| NoticeLine {
        reference: reference(),
        step,
        due_on: date(2026, 11, day),
    };
    let lines = [
        line(EscalationStep::Half, 30),
        line(EscalationStep::Breach, 20),
        line(EscalationStep::Half, 27),
    ];
    let came = HandedOver {
        reference: reference(),
        way: HandOverWay::ToTeam,
        due_on: None,
    };
    let letter = notice(&Notice {
        council: &council(),
        mail: mail_id(),
        lines: &lines,
        handed_over: &[came],
    })
    .unwrap();
    let place = |words: &str| letter.text.find(words).unwrap();
    let broken = place("We promised an answer by Friday 20 November 2026.");
    let sooner = place("Answer by Friday 27 November 2026.");
    let later = place("Answer by Monday 30 November 2026.");
    let passed_on = place("PASSED ON TO YOUR TEAM");
    let not_due = place("No answer is due just now.");
    let order = [broken, sooner, later, passed_on, not_due];
    assert!(order.is_sorted(), "{}", letter.text);
    assert!(!letter.subject.contains("SEND-"), "{}", letter.subject);
    let marker = private_link_marker(mail_id());
    assert_eq!(letter.text.matches(&marker).count(), 1);
}

#[test]
fn a_notice_says_whom_to_ring_and_whom_to_write_to_and_until_when_we_wait() {
    let remind = |way, due_on| HandedOver {
        reference: reference(),
        way,
        due_on,
    };
    let day = Some(date(2026, 11, 30));
    let letter = notice(&Notice {
        council: &council(),
        mail: mail_id(),
        lines: &[],
        handed_over: &[
            remind(HandOverWay::ToWrite, None),
            remind(HandOverWay::ToRing, day),
        ],
    })
    .unwrap();
    let place = |words: &str| letter.text.find(words).unwrap();
    let order = [
        place("RING THEM TO REMIND THEM"),
        place("We wait for them until Monday 30 November 2026. No mail reminds them."),
        place("WRITE TO THEM TO REMIND THEM"),
        place("They need no reminder any more."),
    ];
    assert!(order.is_sorted(), "{}", letter.text);
    assert!(!letter.text.contains("nswer by"), "{}", letter.text);
}

#[test]
fn a_notice_of_many_promises_can_be_filled_in() {
    let lines = vec![
        NoticeLine {
            reference: reference(),
            step: EscalationStep::DueDay,
            due_on: DUE_ON,
        };
        200
    ];
    let letter = notice(&Notice {
        council: &council(),
        mail: mail_id(),
        lines: &lines,
        handed_over: &[],
    });
    let told = letter.unwrap().text.matches("SEND-").count();
    assert_eq!(told, 200);
}
