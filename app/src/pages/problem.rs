//! The pages for what is not there and what went wrong: each with a way on.

use http::StatusCode;
use leptos::prelude::*;

use crate::{
    components::{Button, NavigationLink, Page, TextArea},
    context::{RequestId, Unsent, signed_in, site},
    forms::Form,
    load::set_status,
};

/// An address that leads nowhere, or nowhere for this person.
#[component]
pub(crate) fn NotFoundPage() -> impl IntoView {
    set_status(StatusCode::NOT_FOUND);
    view! {
        <Page site=site() title="Page not found" navigation=navigation()>
            <h1 class="govuk-heading-l">"Page not found"</h1>
            <p class="govuk-body">
                "If you typed the address, check that it is right. If you followed a link, it may be old."
            </p>
            <ul class="govuk-list govuk-list--bullet">
                <li><a class="govuk-link" href="/local-offer">"Search the local offer"</a></li>
                <li><a class="govuk-link" href="/ask">"Ask us a question"</a></li>
                <li><a class="govuk-link" href="/">"Go to the first page"</a></li>
            </ul>
        </Page>
    }
}

/// Why a page could not be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ProblemKind {
    /// Somebody else changed the same thing first.
    Stale,
    /// Too many tries in a short time.
    TooMany,
    /// Our fault.
    Failure,
}

/// Something went wrong on our side, or somebody else was faster.
#[component]
pub(crate) fn ProblemPage(kind: ProblemKind) -> impl IntoView {
    let request = use_context::<RequestId>().unwrap_or_default().0;
    let again = use_context::<Unsent>()
        .filter(|_| kind == ProblemKind::Failure)
        .map(send_again);
    let (title, words) = match kind {
        ProblemKind::Stale => (
            "Somebody else changed this first",
            "Nothing of yours was saved. Go back, look at what changed, and try again.",
        ),
        ProblemKind::TooMany => ("Too many tries", "Wait a few minutes, then try again."),
        ProblemKind::Failure => (
            "Sorry, something went wrong",
            "The fault is ours, not yours. Please try again in a few minutes. Did you send us a message and see no reference? Then it did not reach us. Please send it again.",
        ),
    };
    view! {
        <Page site=site() title=title navigation=navigation()>
            <h1 class="govuk-heading-l">{title}</h1>
            <p class="govuk-body">{words}</p>
            {(kind == ProblemKind::Failure).then(|| view! {
                <p class="govuk-body">
                    "If you call us about it, tell us this number: "
                    <strong class="hub-request-id">{request}</strong>
                </p>
            })}
            {again}
            <p class="govuk-body"><a class="govuk-link" href="/">"Go to the first page"</a></p>
        </Page>
    }
}

/// What was typed, and the button that sends it once more to where it was sent.
pub(super) fn send_again(unsent: Unsent) -> AnyView {
    let Unsent { action, fields } = unsent;
    let written = |name: &&str| !fields.one(name).is_empty();
    let shown: Vec<_> = Unsent::WRITTEN
        .into_iter()
        .filter(written)
        .map(|name| {
            let form = Form::filled(fields.clone());
            view! { <TextArea form=form name=name label="What you wrote"/> }
        })
        .collect();
    let others: Vec<_> = fields
        .pairs()
        .filter(|(name, _)| !Unsent::WRITTEN.contains(name))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect();
    view! {
        <form method="post" action=action novalidate>
            {others}
            {shown}
            <Button text="Try again"/>
        </form>
    }
    .into_any()
}

/// An officer finds the way back to the desk.
fn navigation() -> Vec<NavigationLink> {
    match signed_in() {
        Some(officer) => NavigationLink::officers(officer.role),
        None => NavigationLink::public(),
    }
}
