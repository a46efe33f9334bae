//! How our mail behaves, with the facts that the tests share. Each file is a subject.

mod automatic;
mod delivery_report;
mod evidence;
mod folder;
mod headers;
mod incoming;
mod letters;
mod quoting;
mod smtp;

use domain::council::Council;
use domain::email::EmailAddress;
use domain::ids::MailId;
use domain::reference::Reference;
use jiff::Timestamp;
use uuid::Uuid;

use crate::outgoing::message_id;
use crate::{Automatic, OutgoingMail, Sender};

fn council() -> Council {
    toml::from_str(include_str!("tests/council.toml")).unwrap()
}

fn mail_id() -> MailId {
    MailId::from_uuid(Uuid::from_u128(0x0199_2f4e_7c00_7abc_8def_0123_4567_89ab))
}

fn reference() -> Reference {
    "SEND-7KQM-4TX4".parse().unwrap()
}

fn at() -> Timestamp {
    "2026-11-20T18:05:00Z".parse().unwrap()
}

fn address(text: &str) -> EmailAddress {
    text.parse().unwrap()
}

/// A mail to Sam, written by a person, its private link filled in.
fn outgoing() -> OutgoingMail {
    let public = address("send@council.example");
    OutgoingMail {
        id: mail_id(),
        from: Sender {
            name: "Example Council SEND".to_owned(),
            address: public.clone(),
        },
        reply_to: public.clone(),
        to: address("sam@example.org"),
        return_path: address("send+b.tag@council.example"),
        subject: "Your enquiry".to_owned(),
        text: "Here is your answer. ✓\n".to_owned(),
        html: Some("<p>Here is your answer. ✓</p>\n".to_owned()),
        message_id: message_id(mail_id(), &public),
        in_reply_to: None,
        references: Vec::new(),
        automatic: Automatic::Person,
    }
}
