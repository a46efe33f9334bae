//! Bytes that no database takes as text are kept, wherever in a mail they stand.

use domain::codes::IncomingState;
use hub::intake::{Arrived, Transport};
use testing::TestHub;

use crate::mailed::row;

/// Bytes that a database would not take as text: PostgreSQL refuses zero bytes and what is not UTF-8.
const HOSTILE: [&[u8]; 4] = [
    b"a\0b",
    b"\xff\xfe\x80",
    b"=?utf-8?Q?=00=FF?=",
    b"\xed\xa0\x80\0",
];

#[tokio::test]
async fn zero_bytes_and_broken_letters_are_kept_wherever_they_stand() {
    let test = TestHub::new().await;
    let mut number = 0;
    for hostile in HOSTILE {
        for place in [
            "From",
            "From-name",
            "To",
            "Cc",
            "Reply-To",
            "Subject",
            "Date",
            "Message-ID",
            "In-Reply-To",
            "References",
            "Content-Type",
            "charset",
            "filename",
            "name",
            "body",
            "html",
            "header-name",
            "envelope",
        ] {
            number += 1;
            let id = receive_hostile(&test, number, place, hostile).await;
            test.run_jobs().await;
            let kept = row(&test, id).await;
            assert_eq!(
                kept.state,
                IncomingState::Filed,
                "{hostile:?} in {place}: {:?}",
                kept.reason
            );
        }
    }
}

/// A mail with these bytes in this place, and an attachment.
async fn receive_hostile(
    test: &TestHub,
    number: u32,
    place: &str,
    hostile: &[u8],
) -> domain::ids::IncomingId {
    let at = |this: &str, usual: &str| {
        if this == place {
            hostile.to_vec()
        } else {
            usual.as_bytes().to_vec()
        }
    };
    let line = |name: &[u8], value: &[u8]| [name, b": ", value, b"\r\n"].concat();
    let own_id = format!("<{number}@example.org>");
    let from = match place {
        "From" => hostile.to_vec(),
        "From-name" => [b"\"", hostile, b"\" <pat@example.org>"].concat(),
        _ => b"Pat <pat@example.org>".to_vec(),
    };
    let raw = [
        line(b"From", &from),
        line(b"To", &at("To", crate::mailed::COUNCIL)),
        line(b"Cc", &at("Cc", "sam@example.org")),
        line(b"Reply-To", &at("Reply-To", "pat@example.org")),
        line(b"Subject", &at("Subject", "Taxi")),
        line(b"Date", &at("Date", "Mon, 2 Mar 2026 09:58:00 +0000")),
        line(
            b"Message-ID",
            &match place {
                "Message-ID" => [b"<", own_id.as_bytes(), hostile, b">"].concat(),
                _ => own_id.into_bytes(),
            },
        ),
        line(
            b"In-Reply-To",
            &[b"<", at("In-Reply-To", "x@example.org").as_slice(), b">"].concat(),
        ),
        line(
            b"References",
            &[b"<", at("References", "y@example.org").as_slice(), b">"].concat(),
        ),
        line(
            &at("header-name", "X-Other"),
            format!("{number}").as_bytes(),
        ),
        line(
            b"Content-Type",
            &[
                b"multipart/mixed; boundary=cut; x=",
                at("Content-Type", "y").as_slice(),
            ]
            .concat(),
        ),
        b"\r\n--cut\r\nContent-Type: text/plain; charset=".to_vec(),
        at("charset", "utf-8"),
        b"\r\n\r\n".to_vec(),
        at("body", "When?"),
        b"\r\n--cut\r\nContent-Type: text/html\r\n\r\n<p>".to_vec(),
        at("html", "When?"),
        b"</p>\r\n--cut\r\nContent-Type: application/pdf; name=\"".to_vec(),
        at("name", "plan.pdf"),
        b"\"\r\nContent-Disposition: attachment; filename=\"".to_vec(),
        at("filename", "plan.pdf"),
        b"\"\r\n\r\nPDF\r\n--cut--\r\n".to_vec(),
    ]
    .concat();
    let arrived = Arrived {
        raw,
        envelope_from: Some(
            String::from_utf8_lossy(&at("envelope", "pat@example.org")).into_owned(),
        ),
        envelope_to: Some(
            String::from_utf8_lossy(&at("envelope", crate::mailed::COUNCIL)).into_owned(),
        ),
        transport: Transport::Pipe,
    };
    test.hub.intake().receive(arrived).await.unwrap().id()
}
