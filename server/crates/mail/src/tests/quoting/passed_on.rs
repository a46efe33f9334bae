//! What somebody passes on is what they want to say.

use rstest::rstest;

use super::{PartKind, is_shown_whole};
use crate::quoting::{fold_passed_on, is_passed_on};

#[rstest]
#[case::gmail(
    "---------- Forwarded message ---------\nFrom: School <office@school.example>\nDate: Fri, 20 Nov 2026 at 10:02\nSubject: Tom\nTo: Sam <sam@example.org>\n\nTom may not come.\n"
)]
#[case::apple(
    "> Begin forwarded message:\n>\n> From: School <office@school.example>\n> Subject: Tom\n> Date: 20 November 2026 at 10:02\n> To: Sam\n>\n> Tom may not come.\n"
)]
#[case::thunderbird(
    "-------- Forwarded Message --------\nSubject: Tom\nDate: Fri, 20 Nov 2026 10:02\nFrom: School <office@school.example>\nTo: Sam\n\nTom may not come.\n\nOn Thu, 19 Nov 2026 at 9:00, Sam <sam@example.org> wrote:\n> May he?\n"
)]
fn what_is_forwarded_is_what_they_want_to_say(#[case] forwarded: &str) {
    is_shown_whole(&format!("Look at this.\n\n{forwarded}"));
}

#[rstest]
#[case::outlook("FW: Exclusion")]
#[case::gmail("Fwd: Exclusion")]
#[case::in_small_letters("fw : Exclusion")]
#[case::from_outside("[EXTERNAL] Fwd: Exclusion")]
#[case::german("WG: Ausschluss")]
#[case::polish("PD: Wykluczenie")]
#[case::french("TR : Exclusion")]
#[case::chinese("转发：Exclusion")]
#[case::again("Fwd: RE: Exclusion")]
fn a_subject_tells_what_is_passed_on(#[case] subject: &str) {
    assert!(is_passed_on(subject), "{subject}");
}

#[rstest]
#[case::answered("RE: FW: Exclusion")]
#[case::answered_in_german("AW: WG: Ausschluss")]
#[case::plain("Exclusion: what now?")]
#[case::words("Forward planning: year 9")]
#[case::nothing("")]
#[case::open("[FW: Exclusion")]
fn any_other_subject_does_not(#[case] subject: &str) {
    assert!(!is_passed_on(subject), "{subject}");
}

#[test]
fn of_what_is_passed_on_only_signatures_are_folded() {
    let shown = "What shall I say?\n\nFrom: School <office@school.example>\nSent: 20 November 2026 10:02\nTo: Sam\n\
                 Subject: Tom\n\nTom may not come.\n\n";
    let disclaimer = "This email and any attachments are intended solely for the addressee.\n";
    let text = format!("{shown}{disclaimer}");
    let parts = fold_passed_on(&text);
    let kinds: Vec<_> = parts.iter().map(|part| (part.kind, part.text)).collect();
    assert_eq!(
        kinds,
        [(PartKind::New, shown), (PartKind::Signature, disclaimer)]
    );
}
