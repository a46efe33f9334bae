//! Which enquiry a mail names.

use domain::ids::EnquiryId;
use domain::reference::Reference;
use proptest::prelude::*;
use uuid::Uuid;

use crate::LinkKey;
use crate::evidence::{Named, named};
use crate::incoming::{Limits, read};

const BASE: &str = "send@council.example";

fn key() -> LinkKey {
    LinkKey::from_bytes([7; 32])
}

fn signed(enquiry: Uuid) -> String {
    let base = BASE.parse().unwrap();
    key().return_path(enquiry, &base).to_string()
}

fn names(head: &str, envelope_to: Option<&str>) -> Vec<Named> {
    let raw = format!("From: pat@example.org\r\n{head}\r\nWords\r\n");
    named(
        &read(raw.as_bytes(), &Limits::default()),
        envelope_to,
        &key(),
    )
}

#[test]
fn the_surest_comes_first() {
    let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let head = format!(
        "To: Council <{}>\r\nIn-Reply-To: <a@x>\r\nReferences: <b@x> <c@x>\r\nSubject: Re: {}\r\n",
        signed(other),
        Reference::EXAMPLE
    );
    let found = names(&head, Some(&format!("x@y.example,{}", signed(one))));
    let mail = |id: &str| Named::Mail(format!("<{id}>"));
    assert_eq!(
        found,
        [
            Named::Enquiry(EnquiryId::from_uuid(one)),
            Named::Enquiry(EnquiryId::from_uuid(other)),
            mail("a@x"),
            mail("c@x"),
            mail("b@x"),
            Named::Reference(Reference::EXAMPLE),
        ]
    );
}

#[test]
fn of_a_long_thread_the_last_count() {
    let ids: String = (0..500)
        .map(|number| format!(" <{number}@x>\r\n"))
        .collect();
    let found = names(&format!("References:\r\n{ids}"), None);
    assert_eq!(found.len(), 50);
    assert_eq!(found[0], Named::Mail("<499@x>".to_owned()));
}

/// Letters changed from lower case to upper as servers on the way may, by the bits of `which`.
fn shouted(text: &str, which: u64) -> String {
    let letters = text.chars().enumerate();
    letters
        .map(|(place, letter)| {
            if which >> (place % 64) & 1 == 1 {
                letter.to_ascii_uppercase()
            } else {
                letter
            }
        })
        .collect()
}

proptest! {
    #[test]
    fn our_address_is_known_in_any_case_and_any_company(
        id in any::<u128>(),
        which in any::<u64>(),
        others in proptest::collection::vec("[a-z0-9+._-]{1,20}@[a-z]{1,10}\\.example", 0..5),
        place in any::<prop::sample::Index>(),
        in_envelope in any::<bool>(),
    ) {
        let enquiry = Uuid::from_u128(id);
        let ours = shouted(&signed(enquiry), which);
        let mut all = others;
        all.insert(place.index(all.len() + 1), ours);
        let list = all.join(", ");
        let found = if in_envelope {
            names("", Some(&list))
        } else {
            names(&format!("To: {list}\r\n"), None)
        };
        prop_assert_eq!(found, [Named::Enquiry(EnquiryId::from_uuid(enquiry))]);
    }

    #[test]
    fn an_address_changed_in_any_place_of_its_tag_names_nothing(
        id in any::<u128>(),
        place in 0_usize..40,
        symbol in "[a-z2-7]",
    ) {
        let ours = signed(Uuid::from_u128(id));
        let start = ours.find("+b.").unwrap() + 3 + place;
        prop_assume!(ours[start..=start] != symbol);
        let forged = format!("{}{symbol}{}", &ours[..start], &ours[start + 1..]);
        prop_assert_eq!(names("", Some(&forged)), []);
    }

    #[test]
    fn another_councils_key_signs_nothing_of_ours(id in any::<u128>(), bytes in any::<[u8; 32]>()) {
        prop_assume!(bytes != [7; 32]);
        let theirs = LinkKey::from_bytes(bytes).return_path(Uuid::from_u128(id), &BASE.parse().unwrap());
        prop_assert_eq!(names("", Some(theirs.as_str())), []);
    }

    #[test]
    fn any_header_is_survived_and_no_id_holds_a_zero_byte(raw in proptest::collection::vec(any::<u8>(), 0..500)) {
        let head = [b"To: ", raw.as_slice(), b"\r\nReferences: <", &raw, b">\r\n\r\n"].concat();
        let mail = read(&head, &Limits::default());
        for named in named(&mail, Some(&String::from_utf8_lossy(&raw)), &key()) {
            match named {
                Named::Mail(id) => prop_assert!(!id.contains('\0')),
                Named::Enquiry(_) => prop_assert!(false, "forged"),
                Named::Reference(_) => {}
            }
        }
    }
}
