//! Enquiries beside this one: linked with it, or of the same address. One button joins two that are one.

use domain::{codes::RelativeReason, reference::Reference};
use hub::desk::{EnquiryFile, Seen};
use leptos::prelude::*;

use crate::{forms::Form, pages::desk::words};

/// The list; nothing when there are none.
pub(super) fn beside(file: &EnquiryFile, form: &Form) -> Option<AnyView> {
    let beside = &file.beside;
    if beside.linked.is_empty() && beside.same_address.is_empty() {
        return None;
    }
    let linked = beside.linked.iter().map(|(reference, reason)| {
        let why = match reason {
            RelativeReason::Stranger => {
                "One email named the other. Somebody sent it who has no part in the other."
            }
            RelativeReason::Quoted => "Its email quotes what we wrote there.",
            RelativeReason::Joined => "Put together by one of us.",
            RelativeReason::SameMessageId => "Two emails with one number and different words.",
        };
        entry(file, *reference, why.to_owned())
    });
    let same = beside.same_address.iter().map(|(reference, at)| {
        let why = format!("From the same email address, {}.", words::moment(*at));
        entry(file, *reference, why)
    });
    let entries: Vec<AnyView> = linked.chain(same).collect();
    let error = form.error("into").map(|error| {
        view! {
            <p class="govuk-error-message" id="into">
                <span class="govuk-visually-hidden">"Error: "</span>
                {error}
            </p>
        }
    });
    Some(
        view! {
            <h2 class="govuk-heading-m">"Other enquiries that may belong here"</h2>
            {error}
            <ul class="govuk-list">{entries}</ul>
        }
        .into_any(),
    )
}

fn entry(file: &EnquiryFile, other: Reference, why: String) -> AnyView {
    let action = format!("/desk/enquiry/{}/join", file.enquiry.reference);
    let (other, seen) = (other.to_string(), file.seen.to_string());
    view! {
        <li>
            <a class="govuk-link" href=format!("/desk/enquiry/{other}")>{other.clone()}</a>
            " "
            {why}
            <form method="post" action=action>
                <input type="hidden" name="into" value=other.clone()/>
                <input type="hidden" name=Seen::FIELD value=seen/>
                <button type="submit" class="hub-link-button">
                    "Join these: put this enquiry into " {other}
                </button>
            </form>
        </li>
    }
    .into_any()
}
