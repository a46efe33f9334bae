//! The pages for what is not there and what went wrong: each with a way on.

use std::time::Duration;

use domain::{clock::london, codes::Role};
use http::StatusCode;
use jiff::Timestamp;
use leptos::prelude::*;

use crate::{
    components::{Button, Page, TextArea},
    context::{RequestId, Unsent, hub, signed_in, site},
    forms::Form,
    load::set_status,
    pages::desk::{self, Head},
};

/// Longer than anybody is ever to wait.
const DAY_S: u64 = 24 * 60 * 60;

/// An address that leads nowhere, or nowhere for this person.
#[component]
pub(crate) fn NotFoundPage() -> impl IntoView {
    set_status(StatusCode::NOT_FOUND);
    let links: Vec<AnyView> = looked_for()
        .iter()
        .copied()
        .chain([way_on()])
        .map(|(href, text)| {
            view! { <li><a class="govuk-link" href=href>{text}</a></li> }.into_any()
        })
        .collect();
    let body = view! {
        <h1 class="govuk-heading-l">"Page not found"</h1>
        <p class="govuk-body">
            "If you typed the address, check that it is right. If you followed a link, it may be old."
        </p>
        <ul class="govuk-list govuk-list--bullet">{links}</ul>
    };
    framed("Page not found", body.into_any())
}

/// The way on that each page here ends with. Officers go back to their work; editors have no desk.
fn way_on() -> (&'static str, &'static str) {
    match signed_in().map(|officer| officer.role) {
        Some(Role::Editor) => ("/desk/searches", "See what people look for"),
        Some(_) => ("/desk", "Go to the desk"),
        None => ("/", "Go to the first page"),
    }
}

/// What somebody may have looked for who came to no page.
fn looked_for() -> &'static [(&'static str, &'static str)] {
    match signed_in().map(|officer| officer.role) {
        Some(Role::Editor) => &[("/local-offer", "Search the local offer")],
        Some(_) => &[("/desk/find", "Find an enquiry by name, phone or email")],
        None => &[
            ("/local-offer", "Search the local offer"),
            ("/ask", "Ask us a question"),
        ],
    }
}

/// In the frame of whoever looks: an officer’s menu leads back to the desk.
fn framed(title: &'static str, body: AnyView) -> AnyView {
    match signed_in() {
        Some(officer) => {
            let head = Head {
                title: title.to_owned(),
                errors: Vec::new(),
                back: None,
            };
            desk::framed(&officer, head, "", body)
        }
        None => view! { <Page site=site() title=title>{body}</Page> }.into_any(),
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
            "The fault is ours, not yours. Please try again in a few minutes. Did you send us a message and see no reference? Please send it again. If we have it already, we keep it once.".to_owned(),
        ),
    };
    let (href, text) = way_on();
    let body = view! {
        <h1 class="govuk-heading-l">{title}</h1>
        <p class="govuk-body">{words}</p>
        {(kind == ProblemKind::Failure).then(|| view! {
            <p class="govuk-body">
                "If you call us about it, tell us this number: "
                <strong class="hub-request-id">{request}</strong>
            </p>
        })}
        {again}
        <p class="govuk-body"><a class="govuk-link" href=href>{text}</a></p>
    };
    framed(title, body.into_any())
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
