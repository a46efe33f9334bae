//! What holds for any text: nothing is lost, nothing takes long, and what stands above all marks is shown.

use proptest::prelude::*;

use super::{PartKind, fold, of_kind};

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
