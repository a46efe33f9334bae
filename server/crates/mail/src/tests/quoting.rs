//! What is shown of a reply and what is folded. A mark before each line of the expectation says which part it
//! is of: new, quoted or signature.

mod between_lines;
mod languages;
mod own_words;

use proptest::prelude::*;
use rstest::rstest;

use crate::quoting::{PartKind, fold, fold_passed_on, is_passed_on};

/// Each line with the first letter of its part before it: `n`, `q` or `s`.
fn folded(text: &str) -> String {
    fold(text)
        .iter()
        .flat_map(|part| {
            let mark = match part.kind {
                PartKind::New => 'n',
                PartKind::Quoted => 'q',
                PartKind::Signature => 's',
            };
            part.text.lines().map(move |line| format!("{mark} {line}"))
        })
        .map(|line| line.trim_end().to_owned() + "\n")
        .collect()
}

fn of_kind(text: &str, kind: PartKind) -> String {
    fold(text)
        .iter()
        .filter(|part| part.kind == kind)
        .map(|part| part.text)
        .collect()
}

/// A text that must be shown whole.
fn is_shown_whole(text: &str) {
    assert_eq!(of_kind(text, PartKind::New), text);
}

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
#[case::english("On Fri, 20 Nov 2026 at 10:02, SEND team <send@council.example> wrote:")]
#[case::wrapped(
    "On Fri, 20 Nov 2026 at 10:02, SEND team of the Example Council <\nsend@council.example> wrote:"
)]
#[case::french("Le ven. 20 nov. 2026 à 10:02, SEND team <send@council.example> a écrit :")]
#[case::german("Am Fr., 20. Nov. 2026 um 10:02 Uhr schrieb SEND team <send@council.example>:")]
#[case::spanish("El vie, 20 nov 2026 a las 10:02, SEND team (<send@council.example>) escribió:")]
#[case::portuguese(
    "Em sex., 20 de nov. de 2026 às 10:02, SEND team <send@council.example> escreveu:"
)]
#[case::italian(
    "Il giorno ven 20 nov 2026 alle ore 10:02 SEND team <send@council.example> ha scritto:"
)]
#[case::dutch("Op vr 20 nov 2026 om 10:02 schreef SEND team <send@council.example>:")]
#[case::polish("pt., 20 lis 2026 o 10:02 SEND team <send@council.example> napisał(a):")]
#[case::romanian("În vin., 20 nov. 2026 la 10:02, SEND team <send@council.example> a scris:")]
#[case::swedish("Den fre 20 nov. 2026 kl 10:02 skrev SEND team <send@council.example>:")]
#[case::russian("пт, 20 нояб. 2026 г. в 10:02, SEND team <send@council.example> написал:")]
#[case::ukrainian("20 лист. 2026 р. 10:02 \"SEND team\" <send@council.example> пише:")]
#[case::chinese("在 2026年11月20日，上午10:02，SEND team <send@council.example> 写道：")]
#[case::old_gmail("2026-11-20 10:02 GMT+00:00 SEND team <send@council.example>:")]
#[case::name_alone("SEND team <send@council.example> wrote:")]
fn a_quotation_is_known_by_the_line_above_it(#[case] above: &str) {
    let text = format!("Thank you.\n\n{above}\n\n> When is the review?\n> On a Friday?\n");
    assert_eq!(of_kind(&text, PartKind::New).trim(), "Thank you.", "{text}");
}

#[rstest]
#[case::outlook(
    "From: SEND <send@council.example>\nSent: Friday, 20 November 2026 10:02\nTo: Sam\nSubject: Review"
)]
#[case::names_alone("From: SEND\nSent: Friday, 20 November 2026 10:02\nTo: Sam\nSubject: Review")]
#[case::bold(
    "*From:* SEND <send@council.example>\n*Sent:* 20 November 2026 10:02\n*To:* Sam\n*Subject:* Review"
)]
#[case::on_a_mac(
    "From: SEND <send@council.example>\nDate: Friday, 20 November 2026 at 10:02\nTo: Sam <sam@example.org>\nSubject: Review"
)]
#[case::blank_lines(
    "From: SEND <send@council.example>\n\nSent: 20 November 2026 10:02\n\nTo: Sam\n\nSubject: Review"
)]
#[case::many_recipients(
    "From: SEND <send@council.example>\nSent: 20 November 2026\nTo: Sam <sam@example.org>; Kim\n<kim@example.org>; Jo <jo@example.org>\nCc: Pat\nSubject: Review\nImportance: High"
)]
#[case::german(
    "Von: SEND <send@council.example>\nGesendet: Freitag, 20. November 2026 10:02\nAn: Sam\nBetreff: Review"
)]
#[case::french(
    "De : SEND <send@council.example>\nEnvoyé : vendredi 20 novembre 2026 10:02\nÀ : Sam\nObjet : Review"
)]
#[case::spanish(
    "De: SEND <send@council.example>\nEnviado el: viernes, 20 de noviembre de 2026 10:02\nPara: Sam\nAsunto: Review"
)]
#[case::polish(
    "Od: SEND <send@council.example>\nWysłano: piątek, 20 listopada 2026 10:02\nDo: Sam\nTemat: Review"
)]
#[case::swedish(
    "Från: SEND [mailto:send@council.example]\nSkickat: den 20 november 2026 10:02\nTill: Sam\nÄmne: Review"
)]
#[case::original("-----Original Message-----\nFrom: SEND <send@council.example>")]
#[case::german_original("-----Ursprüngliche Nachricht-----\nVon: SEND")]
#[case::rule("-------- Original Message --------\n")]
#[case::sentence("On 20 Nov 2026 at 10:02, SEND team <send@council.example> wrote:\n")]
fn all_after_the_head_of_an_earlier_message_is_folded(#[case] head: &str) {
    let text = format!("Thank you.\n\n{head}\n\nWhen is the review?\n\nThe SEND team\n");
    assert_eq!(of_kind(&text, PartKind::New), "Thank you.\n\n", "{text}");
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

#[test]
fn windows_line_ends_change_nothing() {
    let text = "Yes.\r\n\r\nSent from my iPhone\r\n\r\n-----Original Message-----\r\nFrom: SEND\r\n\r\nWhen?\r\n";
    assert_eq!(of_kind(text, PartKind::New), "Yes.\r\n\r\n");
}

#[test]
fn long_texts_take_no_longer_than_their_length() {
    for line in [
        "> a\n",
        ">",
        "> a\nb\n",
        "\n",
        "--\n",
        "-",
        "-- \nJane\n",
        "Sent from my iPhone\n",
        "From: a@b.example\n",
        "From: a@b.example\n\n",
        "On 20 Nov 2026 at 10:02\n",
        "On 20 Nov 2026 at 10:02, a <a@b.example> wrote:\n\n> x\n\nno\n\n",
        "On 20 Nov 2026 at 10:02, a <a@b.example> wrote:\n",
        "a <a@b.example>\n",
        "this email is ",
        "This email and any attachments are for the addressee.\n\n",
        "This email and any attachments are for the addressee.\n",
        "sent from my iphone ",
        "é",
    ] {
        let text = line.repeat(300_000 / line.len());
        let parts = fold(&text);
        let length: usize = parts.iter().map(|part| part.text.len()).sum();
        assert_eq!(length, text.len());
    }
}

fn lines() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just("> quoted".to_owned()),
        Just("Sent from my iPhone".to_owned()),
        Just("-- ".to_owned()),
        Just("On Fri, 20 Nov 2026 at 10:02, a <a@b.example> wrote:".to_owned()),
        Just("-----Original Message-----".to_owned()),
        Just("From: a@b.example".to_owned()),
        Just("Sent: 20 November 2026".to_owned()),
        Just("Subject: x".to_owned()),
        Just("---------- Forwarded message ---------".to_owned()),
        Just("This email has been scanned for viruses.".to_owned()),
        Just(String::new()),
        "\\PC{0,30}",
        "own [a-z]{1,8}",
    ];
    let ends = prop_oneof![Just("\n"), Just("\r\n"), Just("\n\n"), Just("")];
    prop::collection::vec((line, ends), 0..25)
        .prop_map(|lines| lines.into_iter().map(|(line, end)| line + end).collect())
}

proptest! {
    #[test]
    fn no_byte_is_lost_or_moved(text in lines()) {
        let parts = fold(&text);
        let joined: String = parts.iter().map(|part| part.text).collect();
        prop_assert_eq!(&joined, &text);
        prop_assert!(parts.windows(2).all(|two| two[0].kind != two[1].kind));
    }

    #[test]
    fn any_text_is_folded_without_loss(text in any::<String>()) {
        let joined: String = fold(&text).iter().map(|part| part.text).collect();
        prop_assert_eq!(joined, text);
    }

    #[test]
    fn own_words_with_nothing_of_a_mail_program_above_are_shown(
        own in prop::collection::vec("own [a-z]{1,8}", 1..8),
        below in lines(),
    ) {
        let own = own.join("\n") + "\n";
        prop_assert!(of_kind(&(own.clone() + "\n" + &below), PartKind::New).starts_with(&own));
    }
}
