//! Where one is signed in, and how to end it.

use domain::ids::SessionId;
use hub::accounts::{IDLE, LIFETIME, SessionSummary};
use jiff::civil::Date;
use leptos::prelude::*;

use super::words;
use crate::components::{Button, ButtonKind, Tag};

/// The list, the browser used last first.
pub(super) fn sessions(
    sessions: Vec<SessionSummary>,
    this: Option<SessionId>,
    today: Date,
) -> AnyView {
    let others = sessions
        .iter()
        .any(|session| Some(session.id) != this)
        .then(|| {
            view! {
                <form method="post" action="/desk/account/sessions/end-others">
                    <Button text="Sign out everywhere else" kind=ButtonKind::Secondary/>
                </form>
            }
        });
    let lines: Vec<AnyView> = sessions
        .into_iter()
        .map(|session| line(session, this, today))
        .collect();
    let (idle, lifetime) = (IDLE.as_hours(), LIFETIME.as_hours());
    let hours = if idle == 1 { "hour" } else { "hours" };
    view! {
        <h2 class="govuk-heading-m">"Where you are signed in"</h2>
        <p class="govuk-body">
            {format!(
                "A browser is signed out after {idle} {hours} without use, and after {lifetime} hours in any case.",
            )}
        </p>
        <ul class="govuk-list hub-sessions">{lines}</ul>
        {others}
    }
    .into_any()
}

fn line(session: SessionSummary, this: Option<SessionId>, today: Date) -> AnyView {
    let times = format!(
        "Since {}. Last used {}.",
        words::short_moment(session.since, today),
        words::short_moment(session.last_seen_at, today),
    );
    let end = if Some(session.id) == this {
        view! { <Tag text="This browser"/> }.into_any()
    } else {
        let device = session.device.clone();
        view! {
            <form method="post" action=format!("/desk/account/sessions/{}/end", session.id)>
                <button type="submit" class="hub-link-button">
                    "Sign out"
                    <span class="govuk-visually-hidden">" of " {device}</span>
                </button>
            </form>
        }
        .into_any()
    };
    view! {
        <li class="hub-session">
            <div>
                <strong>{session.device}</strong>
                <span class="govuk-hint hub-session__times">{times}</span>
            </div>
            {end}
        </li>
    }
    .into_any()
}
