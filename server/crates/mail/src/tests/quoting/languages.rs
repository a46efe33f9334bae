//! The lines above earlier mail in the languages of families here, and of programs that write them in their own way.

use rstest::rstest;

use super::{PartKind, of_kind};

#[rstest]
#[case::urdu("جمعرات، 19 نومبر، 2026 کو 16:20 بجے SEND team <send@council.example> نے لکھا:")]
#[case::bengali(
    "বৃহস্পতি, ১৯ নভেম্বর, ২০২৬ তারিখে ৪:২০ PM টায় SEND team <send@council.example> লিখেছেন:"
)]
#[case::arabic(
    "في الخميس، 19 نوفمبر 2026 في 4:20 م تمت كتابة ما يلي بواسطة SEND team <send@council.example>:"
)]
#[case::arabic_with_marks_of_direction(
    "\u{202b}في الخميس، ١٩ نوفمبر ٢٠٢٦ في ٤:٢٠ م تمت كتابة ما يلي بواسطة \u{202a}SEND team\u{202c}\u{200f} <\u{202a}send@council.example\u{202c}\u{200f}>:\u{202c}"
)]
#[case::turkish("SEND team <send@council.example>, 19 Kas 2026 Per, 16:20 tarihinde şunu yazdı:")]
#[case::ukrainian("чт, 19 лист. 2026 р. о 16:20 SEND team <send@council.example> пише:")]
#[case::welsh("Ar Iau, 19 Tach 2026 am 16:20 ysgrifennodd SEND team <send@council.example>:")]
#[case::vietnamese("Vào 16:20 19 tháng 11, 2026, SEND team <send@council.example> đã viết:")]
#[case::finnish("to 19. marraskuuta 2026 klo 16.20 SEND team\n<send@council.example> kirjoitti:")]
#[case::wrapped_within_the_date(
    "SEND team <send@council.example> schrieb am Do., 19.\nNovember 2026, 16:20:"
)]
#[case::wrapped_within_an_address_that_begins_with_a_digit(
    "On Nov 19, 2026, at 16:20, SEND team <\n4b1c7@council.example>\nwrote:"
)]
#[case::with_the_address_on_lines_of_its_own(
    "On Thu, Nov 19, 2026 at 16:20 SEND team\n\n<\nmailto:SEND team <send@council.example>\n> wrote:"
)]
#[case::groupwise(">>> SEND team <send@council.example> 19/11/2026 16:20 >>>")]
#[case::drawn("---- On Thu, 19 Nov 2026 16:20:33 +0000 send@council.example wrote ----")]
fn all_below_such_a_line_is_folded(#[case] above: &str) {
    let text = format!("Thank you.\n\n{above}\n\nWhen is the review?\n");
    assert_eq!(of_kind(&text, PartKind::New), "Thank you.\n\n", "{text}");
}

#[rstest]
#[case::a_name_alone_between_dashes("---- SEND team wrote ----")]
#[case::without_a_word("Thu, 19 Nov 2026 16:20:00 +0000 от SEND team <send@council.example>:")]
#[case::in_brackets("* SEND team <send@council.example> [2026-11-19 16:20]:")]
#[case::no_year("On Thu, Nov 19, SEND team\n<send@council.example>\nwrote:")]
#[case::sent("On 19 Nov 2026, at 16:20, SEND team <send@council.example> sent:")]
fn such_a_line_needs_marked_lines_below(#[case] above: &str) {
    let marked = format!("Thank you.\n\n{above}\n\n> When is the review?\n");
    assert_eq!(of_kind(&marked, PartKind::New), "Thank you.\n\n");
    let unmarked = format!("Thank you.\n\n{above}\n\nWhen is the review?\n");
    assert_eq!(of_kind(&unmarked, PartKind::New), unmarked);
}

#[rstest]
#[case::turkish(["Gönderen", "Gönderildi", "Kime", "Konu"])]
#[case::ukrainian(["Від", "Надіслано", "Кому", "Тема"])]
#[case::romanian(["De la", "Trimis", "Către", "Subiect"])]
#[case::welsh(["Oddi wrth", "Anfonwyd", "At", "Pwnc"])]
#[case::arabic(["\u{200f}من", "تم الإرسال", "إلى", "الموضوع"])]
#[case::urdu(["منجانب", "بھیجا گیا", "بنام", "موضوع"])]
#[case::bengali(["প্রেরক", "পাঠানো হয়েছে", "প্রাপক", "বিষয়"])]
#[case::punjabi(["ਵੱਲੋਂ", "ਭੇਜਿਆ", "ਪ੍ਰਤੀ", "ਵਿਸ਼ਾ"])]
#[case::albanian(["Nga", "Dërguar", "Për", "Tema"])]
fn a_head_is_known_by_its_labels(#[case] labels: [&str; 4]) {
    let [from, sent, to, subject] = labels;
    let text = format!(
        "Thank you.\n\n{from}: SEND team <send@council.example>\n{sent}: 19 ٢٠٢٦ 16:20\n{to}: Pat\n{subject}: Review\n\nWhen?\n"
    );
    assert_eq!(of_kind(&text, PartKind::New), "Thank you.\n\n", "{text}");
}

#[rstest]
#[case::the_date(
    "Date: Thu, 19 Nov 2026 16:20:00 +0000\nFrom: send@council.example\nTo: pat@example.org\nSubject: Review"
)]
#[case::the_subject(
    "Subject: Review\nDate: Thu, 19 Nov 2026 16:20:00 +0000\nFrom: SEND <send@council.example>\nTo: Pat"
)]
fn a_head_may_begin_with_another_line(#[case] head: &str) {
    let text = format!("Thank you.\n\n{head}\n\nWhen?\n");
    assert_eq!(of_kind(&text, PartKind::New), "Thank you.\n\n", "{text}");
}

#[rstest]
#[case::original("> ----- Original Message -----\n> From: SEND team\n> To: Pat\n>\n> When?\n")]
#[case::head(
    "> From: SEND team <send@council.example>\n> Sent: 19 November 2026 16:20\n> To: Pat\n> Subject: Review\n>\n> When?\n"
)]
fn a_head_may_be_marked_as_well(#[case] quoted: &str) {
    let text = format!("On 4 December.\n\n{quoted}");
    assert_eq!(of_kind(&text, PartKind::New), "On 4 December.\n\n");
}

#[rstest]
#[case::welsh_disclaimer(
    "Mae'r e-bost hwn ac unrhyw atodiadau yn gyfrinachol ac at ddefnydd y derbynnydd yn unig.\n"
)]
#[case::of_two_paragraphs(
    "The information contained in this email is for the person to whom it is addressed.\n\n\
     Any views expressed are not necessarily those of the school. Please consider the environment before printing.\n"
)]
#[case::checked(
    "--\nThis email has been checked for viruses by Example software.\nwww.example.org\n"
)]
#[case::proton("Sent with [Proton Mail](https://proton.me/mail/home) secure email.\n")]
#[case::outlook_in_french("Télécharger Outlook pour Android<https://aka.ms/AAb9ysg>\n")]
#[case::iphone_in_polish("Wysłane z mojego iPhone’a\n")]
#[case::iphone_in_romanian("Trimis de pe iPhone-ul meu\n")]
#[case::iphone_in_turkish("iPhone'umdan gönderildi\n")]
#[case::iphone_in_urdu("میرے iPhone سے بھیجا گیا\n")]
#[case::iphone_in_punjabi("ਮੇਰੇ iPhone ਤੋਂ ਭੇਜਿਆ ਗਿਆ\n")]
#[case::iphone_in_arabic("تم الإرسال من iPhone\n")]
#[case::a_program_that_nobody_knows("Sent with Sparrow (https://example.org/?sig)\n")]
#[case::a_program_with_a_link("Sent from [Nine](https://example.org/)\n")]
#[case::a_device_that_nobody_knows("Sent from my TI-85\n")]
#[case::a_list(
    "_______________________________________________\nParents mailing list\nparents@lists.example.org\n\
     https://lists.example.org/parents\n"
)]
fn what_programs_write_below_is_folded(#[case] signature: &str) {
    let text = format!("Thank you.\nPat\n\n{signature}");
    assert_eq!(of_kind(&text, PartKind::Signature), signature, "{text}");
}
