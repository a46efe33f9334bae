//! Everybody with an account, and who is invited. `person.rs` is one of them, `invite.rs` the form for another.

mod invitations;
mod invite;
mod person;

use domain::keys::TeamKey;
use hub::{
    Actor,
    accounts::{AccountSummary, Unreached},
};
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

pub(crate) use self::{invite::InvitePage, person::PersonPage};
use super::{back_to, page};
use crate::{
    components::{
        CardTable, Choice, Done, Notice, NotificationBanner, Radios, SelectField, Tag, TagColour,
        TextField, nothing_or,
    },
    context::{council, hub, signed_in},
    forms::Form,
    load::load,
    pages::desk::{Head, offered, to_sign_in, words},
};

/// Where the list is.
const ADDRESS: &str = "/admin/people";

/// `/admin/people`
#[component]
pub(crate) fn PeoplePage() -> impl IntoView {
    let Some(officer) = signed_in() else {
        return to_sign_in();
    };
    let done = use_query_map().read_untracked().get("done");
    let hub = hub();
    let today = hub.today();
    let actor = Actor::Officer(officer.clone());
    load(
        async move {
            let people = hub.accounts().list(&actor).await?;
            let unreached = hub.accounts().unreached(&actor).await?;
            Ok((people, hub.accounts().invitations(&actor).await?, unreached))
        },
        move |(people, invited, unreached)| {
            let head = Head {
                title: "People".to_owned(),
                errors: Vec::new(),
                back: back_to("/admin", "Back to administration"),
            };
            let rows: Vec<AnyView> = people
                .into_iter()
                .map(|person| row(person, today))
                .collect();
            let body = view! {
                {done.as_deref().and_then(done_banner)}
                {unreached_banner(unreached, today)}
                <h1 class="govuk-heading-l">"People"</h1>
                <p class="govuk-body">
                    <a class="govuk-button" href="/admin/people/invite" role="button" draggable="false">
                        "Invite somebody"
                    </a>
                </p>
                {invitations::invitations(invited, today)}
                <h2 class="govuk-heading-m">"Accounts"</h2>
                {table(rows)}
            };
            page(&officer, head, body.into_any())
        },
    )
}

/// What was just done, by its code in the address.
fn done_banner(code: &str) -> Option<AnyView> {
    let words = match code {
        "invited" => "The invitation is on its way. The list below says when it was sent.",
        "link" => "The link is on its way. The list below says when it was sent.",
        "taken-back" => "The link is taken back. It works no more.",
        "changed" => "Saved.",
        "away" => "Saved. Open enquiries of people who are away go back to their team.",
        "disabled" => {
            "They are signed out, and can sign in no more. Their open enquiries go back to the team."
        }
        "enabled" => "They can sign in again.",
        "second-step" => "Their second step is reset, and they are signed out.",
        "sessions" => "They are signed out everywhere.",
        _ => return None,
    };
    Some(view! { <Done words=words/> }.into_any())
}

/// Whom our notices did not reach.
fn unreached_banner(unreached: Vec<Unreached>, today: Date) -> Option<AnyView> {
    if unreached.is_empty() {
        return None;
    }
    let lines: Vec<AnyView> = unreached
        .into_iter()
        .map(|notice| {
            let day = words::short_day(notice.written_on, today);
            let reason = notice.reason.unwrap_or_else(|| "nothing".to_owned());
            let line = format!("{}, {day}. The mail server said: {reason}", notice.email);
            view! { <li>{line}</li> }.into_any()
        })
        .collect();
    let banner = view! {
        <NotificationBanner kind=Notice::Important>
            <p class="govuk-notification-banner__heading">
                "Our notices did not reach these people. Check their addresses."
            </p>
            <ul class="govuk-list">{lines}</ul>
        </NotificationBanner>
    };
    Some(banner.into_any())
}

fn table(rows: Vec<AnyView>) -> AnyView {
    let heads = ["Name", "Role", "Team", "Second step", "Last seen", "Notes"];
    view! { <CardTable caption="Everybody with an account, by name" heads=heads rows=rows/> }
        .into_any()
}

fn row(person: AccountSummary, today: Date) -> AnyView {
    let seen = person
        .last_seen_at
        .map_or_else(|| "Not yet".to_owned(), |at| words::short_moment(at, today));
    let second_step = match person.second_step {
        true => "Set up",
        false => "Not set up",
    };
    let notes = notes(&person, today);
    view! {
        <tr role="row">
            <th scope="row" role="rowheader">
                <a href=format!("{ADDRESS}/{}", person.id)>{person.name}</a>
                <span class="hub-desk__who">{person.email.to_string()}</span>
            </th>
            {cell("Role", words::role(person.role).to_owned())}
            {cell("Team", team_name(person.team.as_ref()))}
            {cell("Second step", second_step.to_owned())}
            {cell("Last seen", seen)}
            <td role="cell">{notes}</td>
        </tr>
    }
    .into_any()
}

fn cell(label: &'static str, text: String) -> AnyView {
    view! { <td role="cell" data-label=label>{text}</td> }.into_any()
}

/// Whether somebody is here, as tags.
fn notes(person: &AccountSummary, today: Date) -> AnyView {
    let disabled = person
        .disabled
        .then(|| view! { <Tag text="Cannot sign in" colour=TagColour::Grey/> });
    let away = person.away_until.map(|until| {
        let text = format!("Away until {}", words::short_day(until, today));
        view! { <Tag text=text colour=TagColour::Yellow/> }
    });
    (disabled, away).into_any()
}

/// A team's name; of one that the council gave up, its key.
fn team_name(team: Option<&TeamKey>) -> String {
    team.map_or_else(
        || "None".to_owned(),
        |key| {
            council()
                .team(key)
                .map_or_else(|| key.to_string(), |team| team.name.clone())
        },
    )
}

/// Name, role and team: the same for an invitation and for a change.
fn place_fields(form: &Form) -> AnyView {
    let roles = vec![
        Choice::hinted("officer", "Officer", "Reads and answers enquiries."),
        Choice::hinted("team-lead", "Team lead", "The same, for a team."),
        Choice::hinted(
            "editor",
            "Local offer editor",
            "Works on the local offer only.",
        ),
        Choice::hinted(
            "administrator",
            "Administrator",
            "All of this, and people’s accounts.",
        ),
    ];
    let teams = nothing_or("No team", offered::teams(&council().teams));
    view! {
        <TextField
            form=form.clone()
            name="name"
            label="Name"
            hint="As families see it under a reply."
            autocomplete="off"
            spellcheck="false"
        />
        <Radios form=form.clone() name="role" legend="What they may do" choices=roles/>
        <SelectField form=form.clone() name="team" label="Team" options=teams/>
    }
    .into_any()
}
