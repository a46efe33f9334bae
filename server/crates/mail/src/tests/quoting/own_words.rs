//! Words of families that look like what a mail program writes. Each of these texts must be shown whole.

use rstest::rstest;

use super::is_shown_whole;

#[rstest]
#[case::a_list_below_dashes("Can you tell me\n\n--\n1. who decides\n2. when they meet\n\nPat\n")]
#[case::points_below_dashes("Can you tell me\n\n-- \n- who decides\n- when they meet\n")]
#[case::a_wish_below_dashes("Hello\n--\nTom is not safe\n")]
#[case::a_request_below_dashes("Hello\n--\nPlease ring me on 01632 960000\nPat\n")]
#[case::a_request_with_an_address("Hello\n--\nPlease write to me\npat@example.org\n")]
#[case::what_was_announced(
    "These are the details:\n\n--\nTom Smith\n12/05/2017\nHill Primary School\n"
)]
#[case::what_stands_below("Please see below.\n\n-- \nTom Smith\nHill Primary School\n")]
#[case::dashes_before_each_line("He has\n-- not sure --\n-- autism\n-- ADHD\nand we want help.\n")]
fn below_dashes(#[case] text: &str) {
    is_shown_whole(text);
}

#[rstest]
#[case::days(
    "Date: 12 November 2026 14:00\nFrom: school\nTo: home\nSubject: he ran away\n\n\
     Date: 13 November 2026 14:00\nFrom: school\nTo: the park\nSubject: he ran away again\n\nWhat will you do?\n"
)]
#[case::a_lesson(
    "From: Monday 9:00\nDate: 12 November 2026 9:00\nTo: Friday\nSubject: swimming\nplease move it\n"
)]
#[case::a_taxi(
    "From: 12 High Street\nDate: 12 November 2026 9:00\nTo: Hill School\nSubject: another way\nCan you?\n"
)]
#[case::a_week(
    "From: Monday he is at home\nTo: sort this out we need a tutor\nSubject: maths\nSent: 2 forms back last week\n\n\
     Please ring me.\n"
)]
fn with_labels(#[case] text: &str) {
    is_shown_whole(&format!("Hello.\n\n{text}"));
}

#[rstest]
#[case::on_a_day("On Tuesday he wrote:\nI hate school.\nThe teacher showed me. What can I do?\n")]
#[case::on_a_date(
    "On 12 November 2026 the head teacher wrote:\n\nHe cannot come back.\n\nI do not accept this.\n"
)]
#[case::at_a_time(
    "On 12 November 2026 at 16:20 Mrs Green from your office wrote:\n\"We will ring you.\"\nNobody rang.\n"
)]
#[case::with_an_address(
    "On 12 November 2026 the head (head@hill.sch.example) wrote:\nHe cannot come back.\n\nWe do not accept this.\n"
)]
#[case::between_dashes("--- what he wrote ---\nI hate school.\n")]
#[case::marked(">>> please <<<\nhelp us\n")]
#[case::greater_than("> means greater than, he cannot learn that.\nWhich school can teach him?\n")]
#[case::two_people(
    "Pat Doe <pat@example.org>\nSam Doe <sam@example.org> wrote: \"I agree\", so you may.\n"
)]
fn that_tell_what_somebody_wrote(#[case] text: &str) {
    is_shown_whole(&format!("Hello.\n\n{text}"));
}

#[test]
fn that_begin_with_what_somebody_wrote() {
    is_shown_whole(
        "Mrs Green <green@council.example> wrote:\n\nWe will not fund it.\n\nI disagree.\n",
    );
}

/// The short answer stands right above the line of the program, which is wrapped.
#[rstest]
#[case("On 4 December.")]
#[case("On 4 December he starts:")]
#[case("At 9:00!")]
fn right_above_a_wrapped_attribution(#[case] answer: &str) {
    let text = format!(
        "{answer}\nOn Fri, 20 Nov 2026 at 10:02, SEND team <\nsend@council.example> wrote:\n\n> When?\n"
    );
    assert!(
        super::of_kind(&text, super::PartKind::New).contains(answer),
        "{text}"
    );
}

#[rstest]
#[case::our_number("This email is confidential. Please do not tell the school.\n")]
#[case::what_is_needed("He needs one thing:\n\niPad\n")]
#[case::what_is_needed_too("He needs an\n\niPad and phone\n")]
#[case::in_bengali("আমি চাই\n\nআমার iPhone\n")]
#[case::from_a_helper("Sent from my daughter's school and it says she has no place.\n")]
#[case::from_work("Sent from my work phone because mine is broken, please do not answer here.\n")]
#[case::to_one_person(
    "This message is intended solely for the SEND manager. Tom was hit at school today.\n"
)]
#[case::about_views(
    "Any views or opinions of the school are wrong. The addressee was not his father. Tom was there.\n"
)]
#[case::angry(
    "Confidential: my husband must not know. If you are not the intended recipient he will be angry.\n"
)]
fn at_the_end(#[case] text: &str) {
    is_shown_whole(&format!("Hello.\n\n{text}"));
}

#[rstest]
#[case::a_sentence("On Monday my son wrote:\n\"I hate school.\"\nWhat can I do?\n")]
#[case::with_a_date(
    "Hello.\nOn 3 March 2026 at 10:15 Mrs Smith wrote:\nTom was upset today.\nIs that right?\n"
)]
#[case::within_a_sentence(
    "I am sorry. On 3 March 2026 at 10:15 Mrs Smith <s@school.example> wrote:\nTom was upset.\n"
)]
#[case::a_mention("Please ask @tom about this.\nThen tell me what he wrote:\nIt was long.\n")]
#[case::a_point_of_view("Hello.\nFrom: my point of view\nTo: be honest\nit is not fair.\n")]
#[case::a_taxi(
    "Taxi:\nFrom: 12 High Street\nTo: Hill School\nDate: 3 March 2026\nSubject: change\nCan you?\n"
)]
#[case::a_lesson("Lessons:\nFrom: 9:00\nTo: 15:00\nSubject: maths\nHe cannot go.\n")]
#[case::a_list("He needs:\n> a quiet room\n> a taxi\n")]
#[case::a_list_at_a_time("He needs at 10:30:\n> a quiet room\n")]
#[case::original_in_words("I sent it.\nOriginal message\nCan you find it?\n")]
#[case::dashes_in_the_middle(
    "Hello\n-- \nJane\n\nOne more thing. He must go by taxi on Monday, and nobody told me.\n"
)]
#[case::dashes_and_a_question("Hello\n--\nCan you ring me?\n")]
#[case::dashes_and_a_postscript("Hello\n--\nJane\nPS ring 01622 000000\n")]
#[case::dashes_and_a_sentence("Hello\n--\nI wait for you.\n")]
#[case::sent_from_school("Hello.\nSent from my school was a letter\n")]
#[case::sent_from_a_phone("Hello.\nSent from my phone please ring me\n")]
#[case::sent_by_post("It came late.\nSent via post\n")]
#[case::says_confidential(
    "Hello.\n\nThis email is confidential and intended only for the addressee. My son is ill.\n"
)]
#[case::asks_about_a_scan("Hello.\n\nThis message is for you. Was it scanned for viruses?\n")]
#[case::no_name_is_a_signature("Hello\n\nKind regards\nJane Smith\nMum of Tom\n07700 900123\n")]
fn a_persons_own_words_are_never_folded(#[case] text: &str) {
    is_shown_whole(text);
}

#[rstest]
#[case::marked("> When is the review?\n> On a Friday?\n")]
#[case::attributed("On Fri, 20 Nov 2026 at 10:02, SEND <send@council.example> wrote:\n> When?\n")]
#[case::head(
    "From: SEND <send@council.example>\nSent: 20 November 2026 10:02\nTo: Sam\nSubject: Review\n\nWhen?\n"
)]
#[case::answered_under_a_head(
    "From: SEND <send@council.example>\nSent: 20 November 2026 10:02\nTo: Sam\nSubject: Review\n\nWhen?\nOn Friday.\n"
)]
#[case::phone("Sent from my iPhone\n")]
#[case::sign("-- \nJane\n")]
#[case::blank("\n \n\n")]
#[case::empty("")]
fn a_message_with_nothing_else_is_shown_whole(#[case] text: &str) {
    is_shown_whole(text);
}
