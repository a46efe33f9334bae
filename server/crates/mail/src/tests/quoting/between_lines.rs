//! Answers that were typed into a letter of ours which the program does not mark.

use rstest::rstest;

use crate::quoting;

fn is_answered_within(quoted: &str, letter: &str) -> bool {
    quoting::is_answered_within(quoted, &[letter.to_owned()])
}

const LETTER: &str = "Thank you for your message. We need to know more.\n\nHow old is he? Which school does he go to?\n\n\
                      Please write by Friday. See https://council.example/send for more.\n";

#[rstest]
#[case::on_lines_of_their_own(
    "We need to know more.\n\nHow old is he?\nSeven.\nWhich school does he go to?\nHill Primary\n"
)]
#[case::beside_the_question("> How old is he? SEVEN Which school\n> does he go to? HILL\n")]
#[case::of_one_word("How old is he? 7 Which school does he go to?")]
fn an_answer_within_is_found(#[case] quoted: &str) {
    assert!(is_answered_within(quoted, LETTER), "{quoted}");
}

#[rstest]
#[case::whole(LETTER)]
#[case::wrapped(
    "> Thank you for your message. We need to\n> know more.\n>\n> How old is he? Which\n> school does he go to?\n"
)]
#[case::with_an_address_that_a_gateway_wrote(
    "Please write by Friday. See https://council.example/send<https://gateway.example/?url=council.example> for more."
)]
#[case::with_words_around(
    "From: SEND team\nSubject: Tom\n\nHow old is he? Which school does he go to?\n\nSeven.\n"
)]
#[case::cut("How old is he? Which school [cut]\n")]
#[case::of_somebody_else("How is he? He is well, and he goes to school by taxi. Please write.\n")]
#[case::nothing("")]
fn a_letter_that_is_only_quoted_is_not_answered_within(#[case] quoted: &str) {
    assert!(!is_answered_within(quoted, LETTER), "{quoted}");
}

#[test]
fn letters_that_begin_alike_are_not_answered_by_each_other() {
    let first = "Dear Pat, thank you for your message. We will ring you.";
    let second = "Dear Pat, thank you for your call. Please send us the form.";
    let letters = [first.to_owned(), second.to_owned()];
    let thread = format!("{second}\n\nWhich form is it?\n\n{first}\n");
    assert!(!quoting::is_answered_within(&thread, &letters));
    let answered = thread.replace("Please send us", "At noon.\nPlease send us");
    assert!(quoting::is_answered_within(&answered, &letters));
}

#[test]
fn short_and_empty_letters_have_nothing_within() {
    for letter in ["", "Yes.", "Yes, he may"] {
        assert!(
            !is_answered_within("Yes, and he may come. Yes. Thank you.", letter),
            "{letter}"
        );
    }
}

#[test]
fn long_texts_take_no_longer_than_their_length() {
    for words in ["a ", "a b c ", "how old is he x "] {
        let text = words.repeat(200_000 / words.len());
        let _ = is_answered_within(&text, &text);
        let _ = is_answered_within(&text, LETTER);
    }
}
