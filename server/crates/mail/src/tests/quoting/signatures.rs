//! Signatures, the lines that phones write and the small print of firms.

use rstest::rstest;

use super::{PartKind, folded, of_kind};

#[rstest]
#[case::dashes("-- \nJane Smith\nSENCO, Hill School\n01622 000000\nwww.school.example\n")]
#[case::without_a_space("--\nJane Smith\n")]
#[case::iphone("Sent from my iPhone\n")]
#[case::galaxy("Sent from my Galaxy S21\n")]
#[case::outlook("Get Outlook for Android<https://aka.ms/AAb9ysg>\n")]
#[case::outlook_in_brackets("Get [Outlook for iOS](https://aka.ms/o0ukef)\n")]
#[case::yahoo("Sent from Yahoo Mail on Android\n")]
#[case::k9("Sent from my Android device with K-9 Mail. Please excuse my brevity.\n")]
#[case::french("Envoyé de mon iPhone\n")]
#[case::german("Von meinem iPhone gesendet\n")]
#[case::polish("Wysłane z iPhone\n")]
#[case::council(
    "_____________________\n\nThis email and any attachments are confidential and intended solely for the use of the\n\
     individual or entity to whom they are addressed. If you are not the intended recipient, please\n\
     delete it.\n\nPlease consider the environment before printing this email.\n"
)]
#[case::school(
    "DISCLAIMER: The information in this message may be privileged. If you are not the intended\n\
     recipient you must not copy it. It has been scanned for viruses.\n"
)]
#[case::several(
    "Sent from my iPad\n\n-- \nJane Smith\n\nThis email has been scanned for viruses.\n"
)]
fn signatures_are_folded(#[case] signature: &str) {
    let text = format!("Thank you.\nJane\n\n{signature}");
    assert_eq!(of_kind(&text, PartKind::Signature), signature, "{text}");
    assert_eq!(of_kind(&text, PartKind::New), "Thank you.\nJane\n\n");
}

#[test]
fn a_signature_may_stand_above_and_below_the_quotation() {
    let text = "\
Thank you.

--
Jane Smith

On Fri, 20 Nov 2026 at 10:02, SEND <send@council.example> wrote:
> When is the review?

This email has been scanned for viruses.
";
    insta::assert_snapshot!(folded(text), @"
    n Thank you.
    n
    s --
    s Jane Smith
    s
    q On Fri, 20 Nov 2026 at 10:02, SEND <send@council.example> wrote:
    q > When is the review?
    q
    s This email has been scanned for viruses.
    ");
}
