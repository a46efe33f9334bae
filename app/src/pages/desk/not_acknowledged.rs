//! `/desk/not-acknowledged`: open enquiries whose sender was told nothing, and why.

use hub::{
    Actor,
    desk::{AcknowledgementState, Untold},
};
use leptos::prelude::*;

use super::{Head, desk_page, to_sign_in, words};
use crate::{
    components::BackTo,
    context::{hub, signed_in},
    load::load,
};

/// The page.
#[component]
pub(crate) fn NotAcknowledgedPage() -> impl IntoView {
    let Some(officer) = signed_in() else {
        return to_sign_in();
    };
    let hub = hub();
    let actor = Actor::Officer(officer.clone());
    load(
        async move { hub.desk().not_acknowledged(&actor).await },
        move |untold| {
            let head = Head {
                title: "Not acknowledged".to_owned(),
                errors: vec![],
                back: Some(BackTo {
                    href: "/desk".to_owned(),
                    text: "Back to the desk".to_owned(),
                }),
            };
            desk_page(&officer, head, body(&untold))
        },
    )
}

fn body(untold: &[Untold]) -> AnyView {
    let entries: Vec<AnyView> = untold.iter().map(entry).collect();
    let list = if entries.is_empty() {
        view! { <p class="govuk-body">"None: all were told that we have their message."</p> }
            .into_any()
    } else {
        view! { <ul class="govuk-list govuk-list--spaced">{entries}</ul> }.into_any()
    };
    view! {
        <h1 class="govuk-heading-l">"Not acknowledged"</h1>
        <p class="govuk-body">
            "These people do not know that we have their message. The promise to answer them runs all the same."
        </p>
        {list}
    }
    .into_any()
}

fn entry(untold: &Untold) -> AnyView {
    let reference = untold.reference.to_string();
    let why = match untold.why {
        AcknowledgementState::NotAnswered(reason) => words::no_answer(reason),
        AcknowledgementState::Failed => "Our email did not reach them.",
        AcknowledgementState::Capped => {
            "This address had as many automatic emails as we send to one."
        }
        AcknowledgementState::NoAddress => "There is no email address to write to.",
        AcknowledgementState::Queued
        | AcknowledgementState::Sent
        | AcknowledgementState::AnsweredAtOnce => "",
    };
    view! {
        <li>
            <a class="govuk-link" href=format!("/desk/enquiry/{reference}")>{reference.clone()}</a>
            {format!(", received {}. {why}", words::moment(untold.received_at))}
        </li>
    }
    .into_any()
}
