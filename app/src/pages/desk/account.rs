//! One's own account: what stands in it, where one is signed in, and the forms that change it.

mod sessions;

use domain::{codes::SecondStepRule, form::Fields};
use hub::{
    Actor, Officer,
    accounts::{AWAY_FROM, AWAY_UNTIL, Absence, OwnAccount, PASSWORD},
};
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{Head, framed, invitation::new_password, second_step, to_sign_in, words};
use crate::{
    components::{
        BackTo, Button, ButtonKind, DateFields, Done, SummaryList, SummaryRow, TextField,
    },
    context::{Refused, council, hub, refused_or, signed_in, this_session},
    forms::Form,
    load::load,
};

/// Where the account is.
pub(super) const ADDRESS: &str = "/desk/account";

/// The way back to it.
pub(super) fn back() -> BackTo {
    BackTo {
        href: ADDRESS.to_owned(),
        text: "Back to your account".to_owned(),
    }
}

/// `/desk/account`
#[component]
pub(crate) fn AccountPage() -> impl IntoView {
    let Some(officer) = signed_in() else {
        return to_sign_in();
    };
    let done = use_query_map().read_untracked().get("done");
    let hub = hub();
    let today = hub.today();
    let actor = Actor::Officer(officer.clone());
    load(
        async move { hub.accounts().own(&actor).await },
        move |own| {
            let head = Head {
                title: "Your account".to_owned(),
                errors: Vec::new(),
                back: None,
            };
            let body = view! {
                {done.as_deref().and_then(done_banner)}
                <div class="hub-measure">
                    <h1 class="govuk-heading-l">"Your account"</h1>
                    <SummaryList rows=facts(&own, today)/>
                    {sessions::sessions(own.sessions, this_session(), today)}
                </div>
            };
            framed(&officer, head, ADDRESS, body.into_any())
        },
    )
}

/// What was just done, by its code in the address.
fn done_banner(code: &str) -> Option<AnyView> {
    let words = match code {
        "password" => "Your password is changed. You are signed out everywhere else.",
        "away" => "Saved. Your team sees it, and gets the enquiries that you had.",
        "here" => "Saved. You are not away.",
        "second-step" => "Your second step is removed.",
        "sessions" => "You are signed out there.",
        _ => return None,
    };
    Some(view! { <Done words=words/> }.into_any())
}

fn facts(own: &OwnAccount, today: Date) -> Vec<SummaryRow> {
    let team = own.team.as_ref().map(|key| {
        council()
            .team(key)
            .map_or_else(|| key.to_string(), |team| team.name.clone())
    });
    let away = match (own.away_until, own.next_away) {
        (Some(until), _) => format!("Until {}", words::short_day(until, today)),
        (None, Some(next)) => format!(
            "From {}, back on {}",
            words::short_day(next.from, today),
            words::short_day(next.until, today)
        ),
        (None, None) => "No".to_owned(),
    };
    let second_step = match own.second_step_set_at {
        Some(at) => format!("Set up on {}", words::short_moment(at, today)),
        None => "Not set up".to_owned(),
    };
    let mut rows = vec![
        SummaryRow::fact("Name", own.name.clone()),
        SummaryRow::fact("Email address", own.email.to_string()),
        SummaryRow::fact("You are", words::role(own.role)),
        SummaryRow::fact("Team", team.unwrap_or_else(|| "None".to_owned())),
        SummaryRow::fact("Away", away).changed_at("/desk/account/away", "when you are back"),
        SummaryRow::fact("Password", "Only you know it")
            .changed_at("/desk/account/password", "your password"),
        SummaryRow::fact("Second step", second_step)
            .changed_at("/desk/account/second-step", "your second step"),
    ];
    if own.second_step_set_at.is_some() {
        let left = format!("{} of 10 left", own.recovery_codes_left);
        rows.push(
            SummaryRow::fact("Recovery codes", left)
                .changed_at("/desk/account/recovery-codes", "your recovery codes"),
        );
    }
    rows
}

/// A page with one form about one's account.
fn form_page(officer: &Officer, title: &'static str, form: &Form, body: AnyView) -> AnyView {
    let head = Head {
        title: title.to_owned(),
        errors: form.error_list(),
        back: Some(back()),
    };
    let body = view! {
        <div class="hub-measure">
            <h1 class="govuk-heading-l">{title}</h1>
            {body}
        </div>
    };
    framed(officer, head, ADDRESS, body.into_any())
}

/// `/desk/account/password`
#[component]
pub(crate) fn PasswordPage() -> impl IntoView {
    let Some(officer) = signed_in() else {
        return to_sign_in();
    };
    let form = refused_or(Form::default);
    let body = view! {
        <p class="govuk-body">"You stay signed in here, and are signed out everywhere else."</p>
        <form method="post" action="/desk/account/password" novalidate>
            {own_password(form.clone(), "Your password now")}
            {new_password(form.clone())}
            <Button text="Change it"/>
        </form>
    };
    form_page(&officer, "Change your password", &form, body.into_any())
}

fn own_password(form: Form, label: &'static str) -> AnyView {
    view! {
        <TextField
            form=form
            name=PASSWORD
            label=label
            kind="password"
            autocomplete="current-password"
            class="govuk-input--width-20"
        />
    }
    .into_any()
}

/// `/desk/account/away`
#[component]
pub(crate) fn AwayPage() -> impl IntoView {
    let Some(officer) = signed_in() else {
        return to_sign_in();
    };
    let form = use_context::<Refused>().map(|Refused(form)| form);
    let hub = hub();
    let actor = Actor::Officer(officer.clone());
    load(
        async move { hub.accounts().own(&actor).await },
        move |own| {
            let form =
                form.unwrap_or_else(|| Form::filled(away_values(own.away_until, own.next_away)));
            let body = away_form(form.clone(), "/desk/account/away", "When will you be back?");
            form_page(&officer, "When you are away", &form, body)
        },
    )
}

/// The days on which somebody goes and is back, in the fields of their form.
pub(in crate::pages) fn away_values(until: Option<Date>, next: Option<Absence>) -> Fields {
    let mut values = Fields::default();
    let until = until.or(next.map(|next| next.until));
    let from = next.map(|next| next.from);
    for (name, day) in [(AWAY_FROM, from), (AWAY_UNTIL, until)] {
        if let Some(day) = day {
            values.set(format!("{name}-day"), day.day().to_string());
            values.set(format!("{name}-month"), day.month().to_string());
            values.set(format!("{name}-year"), day.year().to_string());
        }
    }
    values
}

/// The form of the days on which somebody goes and is back.
pub(in crate::pages) fn away_form(form: Form, address: &str, question: &'static str) -> AnyView {
    view! {
        <p class="govuk-body">
            "Open enquiries go back to the team on the first day, so that nobody waits for a person who is not there."
        </p>
        <form method="post" action=address.to_owned() novalidate>
            <DateFields
                form=form.clone()
                name=AWAY_FROM
                legend="The first day away"
                hint="Leave it empty for today."
            />
            <DateFields
                form=form
                name=AWAY_UNTIL
                legend=question
                hint="The first day back, for example 27 3 2027. Leave it empty for not away."
            />
            <Button text="Save"/>
        </form>
    }
    .into_any()
}

/// `/desk/account/second-step`
#[component]
pub(crate) fn SecondStepPage() -> impl IntoView {
    let (Some(officer), Some(session)) = (signed_in(), this_session()) else {
        return to_sign_in();
    };
    let form = refused_or(Form::default);
    let hub = hub();
    let actor = Actor::Officer(officer.clone());
    load(
        async move {
            let own = hub.accounts().own(&actor).await?;
            Ok((own, hub.accounts().offer_during(&actor, session).await?))
        },
        move |(own, offer)| {
            let title = match own.second_step_set_at {
                Some(_) => "Change your second step",
                None => "Set up a second step",
            };
            let replaces = own.second_step_set_at.map(|_| {
                view! {
                    <p class="govuk-body">
                        "You have one. Set up another here if you have a new phone: the old one then stops working, and you get new recovery codes."
                    </p>
                }
            });
            let optional = own.second_step_rule == SecondStepRule::Optional;
            let removable = own.second_step_set_at.is_some() && optional;
            let body = view! {
                {replaces}
                {second_step::why()}
                {second_step::steps(&offer)}
                <form method="post" action="/desk/account/second-step" novalidate>
                    {second_step::code_field(form.clone())}
                    {own_password(form.clone(), "Your password")}
                    <Button text="Set it up"/>
                </form>
                {removable.then(remove)}
            };
            form_page(&officer, title, &form, body.into_any())
        },
    )
}

/// A second step that the council leaves to each can go again.
fn remove() -> AnyView {
    // A fault of this form would name the same field as the other's: it is shown there.
    view! {
        <h2 class="govuk-heading-m">"Do without it"</h2>
        <form method="post" action="/desk/account/second-step/remove" novalidate>
            <div class="govuk-form-group">
                <label class="govuk-label" for="remove-password">"Your password"</label>
                <input
                    class="govuk-input govuk-input--width-20"
                    id="remove-password"
                    name=PASSWORD
                    type="password"
                    autocomplete="current-password"
                />
            </div>
            <Button text="Remove the second step" kind=ButtonKind::Warning/>
        </form>
    }
    .into_any()
}
