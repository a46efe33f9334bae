//! What became of our mail: whether they know that we have their message, and what never left.

use domain::codes::{DeliveryState, MessageKind};
use hub::desk::{AcknowledgementState, EnquiryFile, FileMail};
use leptos::prelude::*;

/// Mail that nobody took, said plainly: a person must reach them another way.
pub(super) fn dead(file: &EnquiryFile) -> Option<AnyView> {
    let mails: Vec<AnyView> = file
        .mails
        .iter()
        .filter(|mail| mail.state == DeliveryState::Dead)
        .map(dead_line)
        .collect();
    (!mails.is_empty()).then(|| {
        view! {
            <section class="hub-safety" aria-labelledby="dead-mail">
                <h2 id="dead-mail">"Our mail did not reach them"</h2>
                {mails}
                <p>"We will not try again. Check the address, or reach them another way."</p>
            </section>
        }
        .into_any()
    })
}

fn dead_line(mail: &FileMail) -> AnyView {
    let error = mail
        .last_error
        .clone()
        .unwrap_or_else(|| "The mail server did not say why.".to_owned());
    view! {
        <p>{what(mail.kind)} " was not delivered. The mail server said: " <q>{error}</q></p>
    }
    .into_any()
}

fn what(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::Acknowledgement => "The acknowledgement",
        MessageKind::HoldingReply => "A message that asks for more time",
        MessageKind::WaitingForYou => "A message that asks for something",
        MessageKind::WaitReminder => "The reminder that we wait",
        MessageKind::PromiseMoved | MessageKind::Reopened => "The mail with the promised day",
        MessageKind::Closed => "The mail that says it is closed",
        _ => "A reply",
    }
}

/// Mail that waits longer than it should, because a try failed.
fn held_up(file: &EnquiryFile) -> Vec<AnyView> {
    file.mails
        .iter()
        .filter(|mail| mail.state == DeliveryState::Waiting)
        .filter_map(|mail| {
            let error = mail.last_error.clone()?;
            let what = what(mail.kind);
            Some(
                view! {
                    <p class="govuk-body">
                        {what} " waits to be sent. The last try failed: " <q>{error}</q>
                        " We will try again."
                    </p>
                }
                .into_any(),
            )
        })
        .collect()
}

/// Whether they were told that we have their message.
pub(super) fn acknowledgement(file: &EnquiryFile) -> AnyView {
    let words = match file.acknowledgement {
        Some(AcknowledgementState::Sent) => "We told them by email that we have their message.",
        Some(AcknowledgementState::Queued) => {
            "The mail that says we have their message waits to be sent."
        }
        Some(AcknowledgementState::Failed) => {
            "The mail that says we have their message was not delivered. They may not know that we have it."
        }
        Some(AcknowledgementState::Capped) => {
            "No acknowledgement was mailed: this email address had 5 from us within an hour. They saw the reference on our page. Check whether it is one person with many questions, or somebody playing with our form."
        }
        Some(AcknowledgementState::NoAddress) => {
            "No acknowledgement was mailed: there is no email address to mail it to. They saw the reference on our page."
        }
        Some(AcknowledgementState::AnsweredAtOnce) => {
            "No acknowledgement was mailed: a person answered at once."
        }
        None => {
            "No acknowledgement was mailed, and nothing says why. Tell them that we have their message."
        }
    };
    view! {
        <h2 class="govuk-heading-m">"Our mail to them"</h2>
        <p class="govuk-body">{words}</p>
        {held_up(file)}
    }
    .into_any()
}
