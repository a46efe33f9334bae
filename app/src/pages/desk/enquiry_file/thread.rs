//! What was said, the oldest first: messages, answers with what became of them, and notes that
//! only officers see.

use domain::{
    clock::day_in_words,
    codes::{Channel, DeliveryState, Direction, MessageKind},
};
use hub::desk::{EnquiryFile, FileMessage, NOBODY_ANSWERED};
use leptos::prelude::*;

use super::by_mail;
use crate::{
    components::{Entry, ThreadMessage},
    pages::desk::words,
};

/// The conversation. What stands after the first `seen` entries is marked as new.
pub(super) fn thread(file: &EnquiryFile, seen: usize) -> AnyView {
    let entries: Vec<AnyView> = file
        .messages
        .iter()
        .enumerate()
        .map(|(index, message)| entry(message, &file.correspondent.name, index >= seen))
        .collect();
    view! { <ol class="hub-thread">{entries}</ol> }.into_any()
}

fn entry(message: &FileMessage, correspondent: &str, new: bool) -> AnyView {
    let author = || {
        message
            .author
            .clone()
            .unwrap_or_else(|| "The council".to_owned())
    };
    let (entry, from, detail) = match (message.kind, message.direction) {
        (MessageKind::InternalNote, _) => (
            Entry::Note,
            format!("Note by {}", author()),
            "Only officers see this",
        ),
        (MessageKind::HoldingReply, _) => (
            Entry::Outbound,
            held_by(&author(), message),
            delivery(message.delivery),
        ),
        (MessageKind::WaitingForYou, _) => (
            Entry::Outbound,
            format!("{}, asking for something", author()),
            delivery(message.delivery),
        ),
        (MessageKind::Acknowledgement, _) => (
            Entry::Event,
            "Automatic acknowledgement".to_owned(),
            delivery(message.delivery),
        ),
        (MessageKind::AutomaticReply, _) => (
            Entry::Event,
            format!("Out-of-office reply from {correspondent}"),
            "It starts no promise",
        ),
        (MessageKind::CallNotAnswered, _) => (
            Entry::Note,
            format!("{} rang, and nobody answered", author()),
            "Only officers see this. The promise runs on",
        ),
        (_, Direction::Inbound) => (
            Entry::Inbound,
            correspondent.to_owned(),
            logged(message.logged_as),
        ),
        (_, Direction::Outbound) => (Entry::Outbound, author(), delivery(message.delivery)),
    };
    let when = words::moment(message.at);
    let by_mail = message.by_mail.as_ref();
    // Of a call that nobody took, its head says all there is.
    let said_above =
        message.kind == MessageKind::CallNotAnswered && message.body == NOBODY_ANSWERED;
    let text = match by_mail {
        None if !said_above => message.body.clone(),
        _ => String::new(),
    };
    let more = by_mail.map(|mail| {
        view! { {by_mail::head(mail)} {by_mail::words(mail)} {by_mail::downloads(mail)} }.into_any()
    });
    let detail = match (new, detail) {
        (true, "") => "New".to_owned(),
        (true, detail) => format!("New. {detail}"),
        (false, detail) => detail.to_owned(),
    };
    if detail.is_empty() {
        view! { <ThreadMessage entry=entry from=from when=when text=text more=more/> }.into_any()
    } else {
        view! { <ThreadMessage entry=entry from=from when=when detail=detail text=text more=more/> }
            .into_any()
    }
}

/// Who asked for more time, and until when.
fn held_by(author: &str, message: &FileMessage) -> String {
    match message.promises_on {
        Some(day) => format!("{author}, to answer by {}", day_in_words(day)),
        None => author.to_owned(),
    }
}

/// How a message came that an officer wrote down.
fn logged(channel: Option<Channel>) -> &'static str {
    match channel {
        Some(Channel::Telephone) => "By phone, written down by an officer",
        Some(Channel::InPerson) => "In person, written down by an officer",
        Some(Channel::Letter) => "By letter, written down by an officer",
        Some(Channel::WebForm | Channel::Email) | None => "",
    }
}

fn delivery(state: Option<DeliveryState>) -> &'static str {
    match state {
        Some(DeliveryState::Waiting) => "Waiting to be sent",
        Some(DeliveryState::Sent) => "Sent by email",
        Some(DeliveryState::Delivered) => "Sent by email, and delivered",
        Some(DeliveryState::Delayed) => "Sent by email, but late: see below",
        Some(DeliveryState::Dead | DeliveryState::Capped) => "Not delivered: see above",
        Some(DeliveryState::Bounced) => "It came back: see above",
        Some(DeliveryState::TakenBack) => "Taken back before it was sent",
        None => "A conversation or letter, recorded",
    }
}
