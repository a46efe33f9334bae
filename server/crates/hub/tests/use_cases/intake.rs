//! From a mail's bytes to an enquiry: kept first, filed once, acknowledged or said why not. A file for each step, and
//! for each kind of mail that is not a person's words.

mod automatic_replies;
mod filed;
mod folded;
mod hostile_bytes;
mod kept;
mod not_answered;
mod reports;
mod who_wrote;

use hub::intake::{Arrived, Transport};
use testing::time;

use crate::mailed::{Letter, letter};

fn question() -> Letter {
    letter("one", "School taxi", "When will the taxi come?")
}

/// What a mailbox gives of a mail; the mail server may have written its return path into it.
fn from_mailbox(raw: Vec<u8>) -> Arrived {
    Arrived {
        raw,
        envelope_from: None,
        envelope_to: None,
        transport: Transport::Mailbox {
            mailbox: "enquiries".to_owned(),
            uid_validity: 1,
            uid: 1,
            received_at: time(testing::hub::MONDAY),
        },
    }
}

/// A delivery report as RFC 3464 has it, about the mail with this Message-ID, come to this address.
pub(crate) fn bounce(to: &str, message_id: &str) -> Letter {
    let body = format!(
        "--cut\r\nContent-Type: text/plain\r\n\r\nIt could not be delivered.\r\n--cut\r\n\
         Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n\r\n\
         Final-Recipient: rfc822; pat@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\n\
         Diagnostic-Code: smtp; 550 5.1.1 no such mailbox\r\n--cut\r\n\
         Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: {message_id}\r\nSubject: Yours\r\n--cut--\r\n"
    );
    letter("bounce", "Undelivered Mail Returned to Sender", &body)
        .from("Mail Delivery System <MAILER-DAEMON@mx.example.org>")
        .to(to)
        .header("Content-Type: multipart/report; report-type=delivery-status; boundary=cut")
        .with_null_return_path()
}
