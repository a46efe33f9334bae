//! What happened to an enquiry while an officer filled in a form on its page.

use hub::desk::{EnquiryFile, Seen};
use leptos::prelude::*;

use crate::{
    components::{Notice, NotificationBanner},
    forms::Form,
};

/// How many messages the officer's page had shown; all of them when no form came back.
pub(super) fn seen_messages(file: &EnquiryFile, form: &Form) -> usize {
    Seen::read(&form.values).map_or(file.messages.len(), Seen::messages)
}

/// Says what is new, above everything else; nothing when nothing is.
pub(super) fn banner(file: &EnquiryFile, form: &Form) -> Option<AnyView> {
    let seen = Seen::read(&form.values)?;
    if seen == file.seen {
        return None;
    }
    let what = match file.messages.len().saturating_sub(seen.messages()) {
        0 => "Its date, its state or its officer is another one now. See “The promise”.".to_owned(),
        1 => "There is a new message. It is marked “New” below.".to_owned(),
        more => format!("There are {more} new messages. They are marked “New” below."),
    };
    let banner = view! {
        <NotificationBanner kind=Notice::Important>
            <p class="govuk-notification-banner__heading">
                "This enquiry changed after you opened it"
            </p>
            <p class="govuk-body">{what}</p>
        </NotificationBanner>
    };
    Some(banner.into_any())
}
