//! One person's account: who they are, whether they are here, and what can be done about it.

use domain::form::Fields;
use hub::{
    Actor,
    accounts::{AccountSummary, Person},
};
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{ADDRESS, notes, page, place_fields, words};
use crate::{
    components::{BackTo, Button, ButtonKind, SummaryList, SummaryRow},
    context::{Refused, hub, signed_in},
    forms::Form,
    load::{load, problem},
    pages::desk::{Head, away_form, away_values, to_sign_in},
};

/// `/admin/people/{id}`
#[component]
pub(crate) fn PersonPage() -> impl IntoView {
    let Some(officer) = signed_in() else {
        return to_sign_in();
    };
    let typed = use_params_map().read_untracked().get("id");
    let Some(id) = typed.and_then(|typed| typed.parse().ok()) else {
        return problem(&hub::Error::NotFound);
    };
    let refused = use_context::<Refused>().map(|Refused(form)| form);
    let hub = hub();
    let today = hub.today();
    let actor = Actor::Officer(officer.clone());
    load(
        async move { hub.accounts().person(&actor, id).await },
        move |person| {
            let form = as_shown(&person.account, refused);
            let head = Head {
                title: person.account.name.clone(),
                errors: form.error_list(),
                back: Some(BackTo {
                    href: ADDRESS.to_owned(),
                    text: "Back to everybody".to_owned(),
                }),
            };
            page(&officer, head, body(&person, &form, today))
        },
    )
}

/// What stands in the forms: as the account is, and over it what was refused.
fn as_shown(account: &AccountSummary, refused: Option<Form>) -> Form {
    let mut values = away_values(account.away_until, account.next_away);
    values.set("name", account.name.clone());
    values.set("role", account.role.as_str());
    let team = account.team.as_ref().map(ToString::to_string);
    values.set("team", team.unwrap_or_default());
    let Some(refused) = refused else {
        return Form::filled(values);
    };
    Form::refused(over(values, &refused.values), refused.errors)
}

fn over(mut values: Fields, typed: &Fields) -> Fields {
    for (name, value) in typed.pairs() {
        values.set(name, value);
    }
    values
}

fn body(person: &Person, form: &Form, today: Date) -> AnyView {
    let account = &person.account;
    let address = format!("{ADDRESS}/{}", account.id);
    view! {
        <div class="hub-measure">
            <h1 class="govuk-heading-l">{account.name.clone()}</h1>
            <p class="govuk-body">{notes(account, today)}</p>
            <SummaryList rows=facts(person, today)/>
            <h2 class="govuk-heading-m">"Change their account"</h2>
            <form method="post" action=address.clone() novalidate>
                {place_fields(form)}
                <Button text="Save the changes"/>
            </form>
            <h2 class="govuk-heading-m">"When they are away"</h2>
            {away_form(form.clone(), &format!("{address}/away"), "When will they be back?")}
            {signing_in(person, form, &address)}
        </div>
    }
    .into_any()
}

fn facts(person: &Person, today: Date) -> Vec<SummaryRow> {
    let account = &person.account;
    let seen = account
        .last_seen_at
        .map_or_else(|| "Not yet".to_owned(), |at| words::short_moment(at, today));
    let devices: Vec<&str> = person
        .sessions
        .iter()
        .map(|session| session.device.as_str())
        .collect();
    let browsers = match devices.is_empty() {
        true => "Nowhere".to_owned(),
        false => devices.join("\n"),
    };
    let second_step = match account.second_step {
        true => "Set up",
        false => "Not set up",
    };
    vec![
        SummaryRow::fact("Email address", account.email.to_string()),
        SummaryRow::fact("Second step", second_step),
        SummaryRow::fact("Last seen", seen),
        SummaryRow::fact("Signed in on", browsers),
    ]
}

/// What an administrator can do about how somebody signs in.
fn signing_in(person: &Person, form: &Form, address: &str) -> AnyView {
    let account = &person.account;
    let sessions = (!person.sessions.is_empty()).then(|| {
        act(
            format!("{address}/end-sessions"),
            "They must sign in again everywhere.",
            "Sign them out everywhere",
        )
    });
    let password = (!account.disabled).then(|| {
        act(
            format!("{address}/send-password-link"),
            "If they forgot their password, send them an email with a link. With it they set another. Their second step stays.",
            "Send a link for a new password",
        )
    });
    let second_step = account.second_step.then(|| {
        act(
            format!("{address}/reset-second-step"),
            "Do this only if you are sure that it is they who lost their phone and their recovery codes.",
            "Reset their second step",
        )
    });
    view! {
        <h2 class="govuk-heading-m">"Signing in"</h2>
        {password}
        {sessions}
        {second_step}
        {disable_or_enable(account, form, address)}
    }
    .into_any()
}

fn act(address: String, words: &'static str, text: &'static str) -> AnyView {
    view! {
        <form method="post" action=address>
            <p class="govuk-body">{words}</p>
            <Button text=text kind=ButtonKind::Secondary/>
        </form>
    }
    .into_any()
}

fn disable_or_enable(account: &AccountSummary, form: &Form, address: &str) -> AnyView {
    if account.disabled {
        return act(
            format!("{address}/enable"),
            "They cannot sign in.",
            "Let them sign in again",
        );
    }
    let error = form.error("disable").map(|message| {
        view! {
            <p id="disable-error" class="govuk-error-message">
                <span class="govuk-visually-hidden">"Error: "</span>
                {message}
            </p>
        }
    });
    let class = match error {
        Some(_) => "govuk-form-group govuk-form-group--error",
        None => "govuk-form-group",
    };
    view! {
        <form method="post" action=format!("{address}/disable") id="disable" class=class>
            <p class="govuk-body">
                "Do this when they no longer work here. They are signed out at once. Their open enquiries go back to the team. What they wrote stays."
            </p>
            {error}
            <Button text="Stop them signing in" kind=ButtonKind::Warning/>
        </form>
    }
    .into_any()
}
