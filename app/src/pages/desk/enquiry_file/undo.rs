//! A reply that can still be taken back, and one that was.

use domain::{
    codes::{DeliveryState, MessageKind},
    form::Fields,
    ids::MessageId,
};
use hub::desk::EnquiryFile;
use jiff::Timestamp;
use leptos::prelude::*;

use super::actions;
use crate::{
    components::{Button, ButtonKind, Notice, NotificationBanner},
    forms::Form,
    pages::desk::words,
};

/// Says until when what was written can be taken back, with the button that does it. Without JavaScript nothing counts
/// down, so the time of day is said. The page is not loaded anew by itself: that would lose what is typed meanwhile.
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
        let until = words::to_the_second(mail.can_be_taken_back_until(now)?);
        let seconds = mail.can_be_taken_back_for(now)?;
        let what = match mail.kind {
            MessageKind::HoldingReply => "The message that asks for more time",
            MessageKind::WaitingForYou => "The message that asks for something",
            _ => "The reply",
        };
        let when = format!("{what} will be sent at {until}.");
        let left = match seconds {
            1 => "1 second".to_owned(),
            more => format!("{more} seconds"),
        };
        let left =
            format!("You can take it back until then: for {left} from when this page opened.");
        let action = format!("/desk/mail/{}/take-back", mail.id);
        Some(
            view! {
                <NotificationBanner kind=Notice::Success>
                    <p class="govuk-notification-banner__heading">{when}</p>
                    <p class="govuk-body" data-counts-down=seconds.to_string()>
                        {left}
                    </p>
                    <form method="post" action=action.clone()>
                        {actions::from()}
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
