//! The line, or the head with its labels, that a mail program writes above an earlier mail.

use rstest::rstest;

use super::{PartKind, of_kind};

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
