//! The people whom our mail did not reach, at the top of the desk until somebody has.

use domain::codes::MessageKind;
use hub::desk::Undelivered;
use jiff::civil::Date;
use leptos::prelude::*;

use super::words;
use crate::components::{Notice, NotificationBanner};

/// The list with a link to each file; nothing at all when everybody was reached.
pub(super) fn notice(undelivered: Vec<Undelivered>, today: Date) -> Option<AnyView> {
    if undelivered.is_empty() {
        return None;
    }
    let lines: Vec<AnyView> = undelivered
        .into_iter()
        .map(|mail| line(&mail, today))
        .collect();
    Some(
        view! {
            <NotificationBanner kind=Notice::Important>
                <p class="govuk-notification-banner__heading">
                    "Our mail did not reach these people. Call or write to them."
                </p>
                <p class="govuk-body">
                    "Send the mail again only once you know that the address works."
                </p>
                <ul class="govuk-list">{lines}</ul>
            </NotificationBanner>
        }
        .into_any(),
    )
}

fn line(mail: &Undelivered, today: Date) -> AnyView {
    let reference = mail.reference.to_string();
    let what = match mail.kind {
        MessageKind::Acknowledgement => "the acknowledgement",
        MessageKind::HoldingReply => "a message that asks for more time",
        MessageKind::WaitingForYou => "a message that asks for something",
        MessageKind::WaitReminder => "the reminder that we wait",
        MessageKind::PromiseMoved | MessageKind::Reopened => "the mail with the promised day",
        MessageKind::Closed => "the mail that says it is closed",
        _ => "a reply",
    };
    let day = words::short_day(mail.written_on, today);
    let said = mail.reason.clone().map(|reason| {
        view! { <span class="govuk-hint hub-undelivered__reason">"The mail server said: " {reason}</span> }
    });
    view! {
        <li class="hub-undelivered">
            <span>
                <a
                    class="govuk-notification-banner__link"
                    href=format!("/desk/enquiry/{reference}")
                >
                    {reference.clone()}
                </a>
                {format!(": {what} of {day}")}
                {said}
            </span>
            <form method="post" action=format!("/desk/mail/{}/try-again", mail.mail)>
                <button
                    type="submit"
                    class="govuk-button govuk-button--secondary hub-undelivered__again"
                    data-module="govuk-button"
                    data-prevent-double-click="true"
                >
                    "Send again"
                    <span class="govuk-visually-hidden">{format!(" {what} to {reference}")}</span>
                </button>
            </form>
        </li>
    }
    .into_any()
}
