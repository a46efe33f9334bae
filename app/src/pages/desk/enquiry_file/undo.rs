//! A reply that can still be taken back, and one that was.

use domain::{
    codes::{DeliveryState, MessageKind},
    form::Fields,
    ids::MessageId,
};
use hub::desk::EnquiryFile;
use jiff::Timestamp;
use leptos::prelude::*;

use crate::{
    components::{Button, ButtonKind, Notice, NotificationBanner},
    forms::Form,
};

/// Says for how long what was written can be taken back, with the button that does it.
pub(super) fn banner(file: &EnquiryFile, form: &Form, now: Timestamp) -> Vec<AnyView> {
    let too_late = form.error("undo").map(|error| {
        view! {
            <p id="undo" class="govuk-error-message">
                <span class="govuk-visually-hidden">"Error: "</span>
                {error}
            </p>
        }
        .into_any()
    });
    let waiting = file.mails.iter().filter_map(|mail| {
        let seconds = mail.can_be_taken_back_for(now)?;
        let what = match mail.kind {
            MessageKind::HoldingReply => "The message that asks for more time",
            MessageKind::WaitingForYou => "The message that asks for something",
            _ => "The reply",
        };
        let words = match seconds {
            1 => format!("{what} is sent in 1 second."),
            more => format!("{what} is sent in {more} seconds."),
        };
        let action = format!("/desk/mail/{}/take-back", mail.id);
        Some(
            view! {
                <NotificationBanner kind=Notice::Success>
                    <p class="govuk-notification-banner__heading">{words}</p>
                    <form method="post" action=action.clone()>
                        <Button text="Undo" kind=ButtonKind::Secondary/>
                    </form>
                </NotificationBanner>
            }
            .into_any(),
        )
    });
    too_late.into_iter().chain(waiting).collect()
}

/// The form filled in with the words of a message that was taken back; `None` when the address names none.
pub(super) fn taken_up(file: &EnquiryFile, asked: Option<&str>) -> Option<Form> {
    let id: MessageId = asked?.parse().ok()?;
    let message = file.messages.iter().find(|message| message.id == id)?;
    if message.delivery != Some(DeliveryState::TakenBack) {
        return None;
    }
    let mut values = Fields::default();
    match message.kind {
        MessageKind::HoldingReply => {
            values.set("holding_reply", message.body.clone());
            let day = message.promises_on.map(|day| day.to_string());
            values.set("promises_on", day.unwrap_or_default());
        }
        MessageKind::WaitingForYou => values.set("pause", message.body.clone()),
        _ => values.set("reply", message.body.clone()),
    }
    Some(Form::filled(values))
}

/// Says that it was not sent, above its form.
pub(super) fn taken_back() -> AnyView {
    view! {
        <NotificationBanner kind=Notice::Important>
            <p class="govuk-notification-banner__heading">
                "Taken back: it was not sent. Your words stand in their form again."
            </p>
        </NotificationBanner>
    }
    .into_any()
}
