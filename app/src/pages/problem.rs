//! The pages for what is not there and what went wrong: each with a way on.

use std::time::Duration;

use domain::clock::london;
use http::StatusCode;
use jiff::Timestamp;
use leptos::prelude::*;

use crate::{
    components::{Button, NavigationLink, Page, TextArea},
    context::{RequestId, Unsent, hub, signed_in, site},
    forms::Form,
    load::set_status,
};

/// Longer than anybody is ever to wait.
const DAY_S: u64 = 24 * 60 * 60;

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
    TooMany {
        /// Seconds until the next may succeed.
        retry_after_s: u64,
    },
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
            "Nothing of yours was saved. Go back, look at what changed, and try again.".to_owned(),
        ),
        ProblemKind::TooMany { retry_after_s } => {
            let until = wait_until(hub().now(), retry_after_s);
            ("Too many tries", format!("{until}."))
        }
        ProblemKind::Failure => (
            "Sorry, something went wrong",
            "The fault is ours, not yours. Please try again in a few minutes. Did you send us a message and see no reference? Then it did not reach us. Please send it again.".to_owned(),
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

/// When a next try may succeed, by London's clocks, without a full stop.
#[must_use]
pub fn wait_until(now: Timestamp, retry_after_s: u64) -> String {
    // A clock on the wall shows no seconds: the minute that has begun counts as over.
    let seconds = retry_after_s.saturating_add(59).min(DAY_S);
    let until = now + Duration::from_secs(seconds);
    let until = until.to_zoned(london()).strftime("%-I:%M%P");
    format!("Wait until {until}, then try again")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn until_when_is_never_told_too_early() {
        let now: Timestamp = "2026-07-14T13:04:30Z".parse().unwrap();
        for (seconds, words) in [
            (1, "Wait until 2:05pm, then try again"),
            (30, "Wait until 2:05pm, then try again"),
            (31, "Wait until 2:06pm, then try again"),
            (600, "Wait until 2:15pm, then try again"),
        ] {
            assert_eq!(wait_until(now, seconds), words);
        }
    }
}
