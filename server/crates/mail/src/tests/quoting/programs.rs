//! Whole replies as mail programs write them.

use rstest::rstest;

use super::{PartKind, folded, of_kind};

#[test]
fn outlooks_history_is_folded() {
    let text = "\
Dear all,

Thank you. The review is on 4 December.

Sam Lee
SENCO, Hill Primary School

________________________________
From: SEND team <send@council.example>
Sent: 20 November 2026 10:02
To: Sam Lee <s.lee@hill.sch.example>
Subject: Your enquiry SEND-7KQM-4TX4

When is the review?
";
    insta::assert_snapshot!(folded(text), @"
    n Dear all,
    n
    n Thank you. The review is on 4 December.
    n
    n Sam Lee
    n SENCO, Hill Primary School
    n
    q ________________________________
    q From: SEND team <send@council.example>
    q Sent: 20 November 2026 10:02
    q To: Sam Lee <s.lee@hill.sch.example>
    q Subject: Your enquiry SEND-7KQM-4TX4
    q
    q When is the review?
    ");
}

#[test]
fn gmails_quotation_and_a_phones_signature_are_folded() {
    let text = "\
Yes please.

Sent from my iPhone

> On 20 Nov 2026, at 10:02, SEND team <send@council.example> wrote:
>
> Shall we ring you?
";
    insta::assert_snapshot!(folded(text), @"
    n Yes please.
    n
    s Sent from my iPhone
    s
    q > On 20 Nov 2026, at 10:02, SEND team <send@council.example> wrote:
    q >
    q > Shall we ring you?
    ");
}

/// The text that a page comes to, and what of it is new.
fn new_of_page(html: &str) -> String {
    let raw = format!("From: sam@example.org\nContent-Type: text/html; charset=utf-8\n\n{html}");
    let text = crate::incoming::read(raw.as_bytes(), &Default::default()).text;
    assert!(text.contains("When is the review?"), "{text}");
    of_kind(&text, PartKind::New).trim().to_owned()
}

#[rstest]
#[case::of_the_desktop(
    "<div class=WordSection1><p class=MsoNormal>On 4 December.</p><p class=MsoNormal>&nbsp;</p>\
     <div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'>\
     <p class=MsoNormal><b>From:</b> SEND team &lt;send@council.example&gt;<br><b>Sent:</b> 20 November 2026 10:02<br>\
     <b>To:</b> Sam<br><b>Subject:</b> Your enquiry</p></div><p class=MsoNormal>When is the review?</p></div>"
)]
#[case::of_the_web(
    "<div>On 4 December.</div><hr style='display:inline-block;width:98%'><div id='divRplyFwdMsg' dir='ltr'>\
     <font face='Calibri'><b>From:</b> SEND team &lt;send@council.example&gt;<br><b>Sent:</b> Friday, November 20, 2026 \
     10:02 AM<br><b>To:</b> Sam &lt;sam@example.org&gt;<br><b>Subject:</b> Your enquiry</font><div>&nbsp;</div></div>\
     <div>When is the review?</div>"
)]
#[case::of_the_phone(
    "<div>On 4 December.</div><div id='ms-outlook-mobile-signature'>Get <a href='https://aka.ms/o0ukef'>Outlook for \
     iOS</a></div><hr><div id='divRplyFwdMsg'><b>From:</b> SEND team &lt;send@council.example&gt;<br><b>Sent:</b> \
     Friday, November 20, 2026 10:02:11 AM<br><b>To:</b> Sam<br><b>Subject:</b> Your enquiry</div><div>When is the \
     review?</div>"
)]
#[case::of_an_iphone(
    "<div>On 4 December.<br><br><div dir='ltr'>Sent from my iPhone</div><div dir='ltr'><br><blockquote type='cite'>On 20 \
     Nov 2026, at 10:02, SEND team &lt;send@council.example&gt; wrote:<br><br></blockquote></div><blockquote type='cite'>\
     <div>When is the review?</div></blockquote></div>"
)]
#[case::of_yahoo(
    "<div>On 4 December.</div><div class='yahoo_quoted'><div>On Friday, 20 November 2026 at 10:02:00 GMT, SEND team \
     &lt;send@council.example&gt; wrote:</div><div>&nbsp;</div><div>When is the review?</div></div>"
)]
fn what_pages_quote_is_folded(#[case] html: &str) {
    assert_eq!(new_of_page(html), "On 4 December.");
}

#[test]
fn windows_line_ends_change_nothing() {
    let text = "Yes.\r\n\r\nSent from my iPhone\r\n\r\n-----Original Message-----\r\nFrom: SEND\r\n\r\nWhen?\r\n";
    assert_eq!(of_kind(text, PartKind::New), "Yes.\r\n\r\n");
}
