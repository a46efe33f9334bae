//! Answers below and between the lines of what is quoted, and words that point there.

use rstest::rstest;

use super::{PartKind, is_shown_whole, of_kind};

#[test]
fn answers_between_the_lines_stay_with_what_they_answer() {
    let text = "\
On Fri, 20 Nov 2026 at 10:02, SEND team <send@council.example> wrote:

> When is the review?
On 4 December.
> Who comes?
Both of us, and his speech therapist.

> We reply by 27 November.
> SEND team
";
    is_shown_whole(text);
}

#[test]
fn only_the_end_that_nobody_answers_is_folded() {
    let text = "\
Hello,
> When is the review?
On 4 December.

On Fri, 20 Nov 2026 at 10:02, SEND team <send@council.example> wrote:
> We reply by 27 November.
";
    let quoted = of_kind(text, PartKind::Quoted);
    assert!(quoted.starts_with("On Fri"), "{quoted}");
    assert!(of_kind(text, PartKind::New).contains("> When is the review?"));
}

#[test]
fn an_answer_below_one_quotation_is_new() {
    let text = "\
On Fri, 20 Nov 2026 at 10:02, SEND team <send@council.example>
wrote:

> When is the review?

On 4 December.
";
    assert_eq!(of_kind(text, PartKind::New), "\nOn 4 December.\n");
}

#[rstest]
#[case::below("Please see my answers below.")]
#[case::colour("I wrote in RED what is wrong.")]
#[case::on_two_lines("I wrote in\nred what is wrong.")]
#[case::fyi("FYI")]
#[case::shown("School sent me this. What shall I say?")]
#[case::announced("This is what the school says:")]
#[case::polish("Odpowiedzi poniżej.")]
#[case::welsh("Gweler isod.")]
#[case::arabic("الأجوبة أدناه.")]
#[case::bengali("উত্তর নিচে।")]
fn who_points_into_the_earlier_mail_has_it_shown(#[case] own: &str) {
    is_shown_whole(&format!(
        "{own}\n\nFrom: SEND <send@council.example>\nSent: 20 November 2026 10:02\nTo: Sam\nSubject: Review\n\n\
         When? ON FRIDAY.\n"
    ));
}

#[rstest]
#[case::politely("I look forward to hearing from you.")]
#[case::the_way("We need a way forward.")]
#[case::within_a_word("He succeeded in reducing it.")]
#[case::in_agreement("That is in line with the plan.")]
#[case::how_he_does("He works below average.")]
#[case::a_label("Tel:")]
fn who_does_not_point_into_it_has_it_folded(#[case] own: &str) {
    let text = format!(
        "{own}\n\nFrom: SEND <send@council.example>\nSent: 20 November 2026 10:02\nTo: Sam\nSubject: Review\n\nWhen?\n"
    );
    assert_eq!(of_kind(&text, PartKind::New), format!("{own}\n\n"));
}
