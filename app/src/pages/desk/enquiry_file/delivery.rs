//! What became of our mail: whether they know that we have their message, and what never left.

use domain::codes::{Channel, DeliveryState};
use hub::desk::{AcknowledgementState, EnquiryFile, FileMail};
use jiff::civil::Date;
use leptos::prelude::*;

use crate::pages::desk::words;

/// Mail that reached nobody, said plainly: a person must reach them another way.
pub(super) fn lost(file: &EnquiryFile) -> Option<AnyView> {
    let mails: Vec<AnyView> = file
        .mails
        .iter()
        .filter(|mail| is_lost(mail.state) && mail.cleared.is_none())
        .map(lost_line)
        .collect();
    (!mails.is_empty()).then(|| {
        view! {
            <section class="hub-safety" aria-labelledby="lost-mail">
                <h2 id="lost-mail">"Our mail did not reach them"</h2>
                {mails}
                <p>"We will not try again by ourselves. Reach them another way."</p>
            </section>
        }
        .into_any()
    })
}

/// Whether mail to them came back or was refused, and nobody has dealt with it: the next may do the same.
pub(super) fn may_not_arrive(file: &EnquiryFile) -> bool {
    let refused = [DeliveryState::Dead, DeliveryState::Bounced];
    let mut mails = file.mails.iter();
    mails.any(|mail| refused.contains(&mail.state) && mail.cleared.is_none())
}

const fn is_lost(state: DeliveryState) -> bool {
    matches!(
        state,
        DeliveryState::Dead | DeliveryState::Bounced | DeliveryState::Capped
    )
}

fn lost_line(mail: &FileMail) -> AnyView {
    let what = capital(words::mail_kind(mail.kind));
    let deal_with = view! {
        <a class="govuk-link" href=format!("/desk/undelivered/{}", mail.id)>
            "Deal with it"
            <span class="govuk-visually-hidden">{format!(": {what}")}</span>
        </a>
    };
    if mail.state == DeliveryState::Capped {
        return view! {
            <p>
                {what.clone()}
                " was not sent: there were too many automatic mails to this address or about this enquiry. "
                {deal_with}
            </p>
        }
        .into_any();
    }
    let became = match mail.state {
        DeliveryState::Bounced => " came back. ",
        _ => " was not delivered. ",
    };
    let why = match mail.last_error.clone() {
        Some(error) => view! { "The mail server said: " <q>{error}</q> }.into_any(),
        None => "The mail server did not say why.".into_any(),
    };
    view! { <p>{what.clone()} {became} {why} " " {deal_with}</p> }.into_any()
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// Mail that waits longer than it should, here or with the server that took it.
fn held_up(file: &EnquiryFile, today: Date) -> Vec<AnyView> {
    file.mails
        .iter()
        .filter_map(|mail| {
            let error = mail.last_error.clone()?;
            let what = capital(words::mail_kind(mail.kind));
            let trying = match mail.state {
                DeliveryState::Waiting => {
                    let tried = words::tried(mail.attempts, mail.next_at, today);
                    format!("{what} waits to be sent. {tried} The mail server said: ")
                }
                DeliveryState::Delayed => {
                    format!("{what} is late: the next mail server does not take it yet. It said: ")
                }
                _ => return None,
            };
            Some(view! { <p class="govuk-body">{trying} <q>{error}</q></p> }.into_any())
        })
        .collect()
}

/// Where somebody has their reference from whom no mail can reach.
const fn no_address(channel: Channel) -> &'static str {
    match channel {
        Channel::WebForm => {
            "No acknowledgement was mailed: there is no email address to mail it to. They saw the reference on our page."
        }
        Channel::Telephone | Channel::InPerson => {
            "No acknowledgement was mailed: there is no email address to mail it to. If nobody read the reference out to them, tell them when you answer."
        }
        Channel::Letter | Channel::Email => {
            "No acknowledgement was mailed: there is no email address to mail it to. Tell them that we have their message."
        }
    }
}

/// Whether they were told that we have their message.
pub(super) fn acknowledgement(file: &EnquiryFile, today: Date) -> AnyView {
    let words = match file.acknowledgement {
        Some(AcknowledgementState::Sent) => "We told them by email that we have their message.",
        Some(AcknowledgementState::Queued) => {
            "The mail that says we have their message waits to be sent."
        }
        Some(AcknowledgementState::Failed) => {
            "The mail that says we have their message was not delivered. They may not know that we have it."
        }
        Some(AcknowledgementState::Capped) => {
            "No acknowledgement was mailed: this email address had too many automatic mails from us just then. They saw the reference on our page. Check whether it is one person with many questions, or somebody playing with our form."
        }
        Some(AcknowledgementState::NoAddress) => no_address(file.enquiry.channel),
        Some(AcknowledgementState::NotAnswered(reason)) => {
            return view! {
                <h2 class="govuk-heading-m">"Our mail to them"</h2>
                <p class="govuk-body">
                    "No acknowledgement was mailed. " {words::no_answer(reason)}
                    " They do not know that we have their message."
                </p>
                {held_up(file, today)}
            }
            .into_any();
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
        {held_up(file, today)}
    }
    .into_any()
}
