//! Finding enquiries by who asked. What was typed is posted, so that no name stands in an address.

use domain::codes::StateKind;
use hub::{
    Actor,
    desk::{Found, FoundEnquiry},
};
use jiff::civil::Date;
use leptos::prelude::*;

use super::{Head, desk_page, to_sign_in, words};
use crate::{
    components::{Button, CardTable, Tag, TagColour, TextField},
    context::{FoundByOfficer, hub, refused_or, signed_in},
    forms::Form,
    load::problem,
};

/// `/desk/find`
#[component]
pub(crate) fn FindPage() -> impl IntoView {
    let Some(officer) = signed_in() else {
        return to_sign_in();
    };
    let actor = Actor::Officer(officer.clone());
    if let Err(error) = hub().desk().may_find(&actor) {
        return problem(&error);
    }
    let form = refused_or(Form::default);
    let head = Head {
        errors: form.error_list(),
        ..Head::below_desk("Find an enquiry")
    };
    let today = hub().today();
    let found = use_context::<FoundByOfficer>().map(|FoundByOfficer(found)| list(found, today));
    let body = view! {
        <h1 class="govuk-heading-l">"Find an enquiry"</h1>
        {find_form(form)}
        {found}
    };
    desk_page(&officer, head, body.into_any())
}

fn find_form(form: Form) -> AnyView {
    view! {
        <form method="post" action="/desk/find" class="hub-find" role="search" novalidate>
            <TextField
                form=form
                name="find"
                label="Reference, email address, phone number or name"
                spellcheck="false"
                autocomplete="off"
                class="govuk-input--width-20"
            />
            <Button text="Find it"/>
        </form>
    }
    .into_any()
}

fn list(found: Found, today: Date) -> AnyView {
    if found.enquiries.is_empty() {
        return view! {
            <div class="govuk-inset-text">
                "We know nobody like this. Look for less of the name, or "
                <a class="govuk-link" href="/desk/call">"log a call"</a> "."
            </div>
        }
        .into_any();
    }
    let more = found.more.then(|| {
        view! { <p class="govuk-body">"There may be more. Look for more of the name."</p> }
    });
    let rows: Vec<AnyView> = found
        .enquiries
        .into_iter()
        .map(|enquiry| row(enquiry, today))
        .collect();
    view! {
        {more}
        <CardTable
            caption="What was found, the newest first"
            heads=["Reference", "Topic", "It stands", "Received", "They call"]
            rows=rows
        />
    }
    .into_any()
}

fn row(enquiry: FoundEnquiry, today: Date) -> AnyView {
    let reference = enquiry.reference.to_string();
    let who = words::who(&enquiry.correspondent, enquiry.kind);
    let (state, colour) = match enquiry.state {
        StateKind::Promised => ("Waiting for an answer", TagColour::Yellow),
        StateKind::Paused => ("Paused", TagColour::Grey),
        StateKind::Answered => ("Answered", TagColour::Green),
        StateKind::Closed => ("Closed", TagColour::Grey),
    };
    view! {
        <tr role="row">
            <th scope="row" role="rowheader">
                <a class="hub-unbroken" href=format!("/desk/enquiry/{reference}")>{reference.clone()}</a>
                <span class="hub-desk__who">{who}</span>
                {enquiry.organisation.map(|name| view! { <span class="hub-desk__who">{name}</span> })}
            </th>
            <td role="cell" data-label="Topic">{enquiry.topic}</td>
            <td role="cell" data-label="It stands"><Tag text=state colour=colour/></td>
            <td role="cell" data-label="Received">{words::short_day(enquiry.received_on, today)}</td>
            <td role="cell" data-label="They call">
                <a class="govuk-link" href=format!("/desk/call?about={reference}")>
                    "Log a call"
                    <span class="govuk-visually-hidden">{format!(" about {reference}")}</span>
                </a>
            </td>
        </tr>
    }
    .into_any()
}
