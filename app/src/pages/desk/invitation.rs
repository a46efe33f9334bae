//! Coming in by an invitation: the holder of its link sets a password. Opening the page changes nothing. A link that
//! was used leads on to the sign-in, one that ended says whom to ask.

use http::StatusCode;
use hub::accounts::{InvitationLink, Invited, NEW_PASSWORD, PASSWORD_AGAIN};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::ReturnTo;
use crate::{
    components::{Button, Page, Reader, SummaryList, SummaryRow, TextField},
    context::{council, hub, refused_or, site},
    forms::Form,
    load::{load, set_status},
};

/// `/desk/invitation/{token}`
#[component]
pub(crate) fn InvitationPage() -> impl IntoView {
    let token = use_params_map()
        .read_untracked()
        .get("token")
        .unwrap_or_default();
    let form = refused_or(Form::default);
    let hub = hub();
    let address = format!("/desk/invitation/{token}");
    load(
        async move {
            let link = hub.accounts().invited(&token).await?;
            link.ok_or(hub::Error::NotFound)
        },
        move |link| match link {
            InvitationLink::Open(invited) => {
                let errors = form.error_list();
                framed("Set your password", errors, body(invited, form, address))
            }
            InvitationLink::Used => works_no_more("You have used this link already", used()),
            InvitationLink::Ended => works_no_more("This link works no more", ended()),
        },
    )
}

fn framed(title: &'static str, errors: Vec<(String, String)>, body: AnyView) -> AnyView {
    view! {
        <Page site=site() title=title errors=errors reader=Reader::Officer>
            <div class="hub-measure">{body}</div>
        </Page>
    }
    .into_any()
}

/// The page of a link that led somewhere once: what to do instead.
fn works_no_more(title: &'static str, what_to_do: AnyView) -> AnyView {
    set_status(StatusCode::GONE);
    let body = view! {
        <h1 class="govuk-heading-l">{title}</h1>
        {what_to_do}
    };
    framed(title, Vec::new(), body.into_any())
}

fn used() -> AnyView {
    view! {
        <p class="govuk-body">"It works once. Your password is set."</p>
        <p class="govuk-body">
            <a class="govuk-link" href=ReturnTo::SIGN_IN>"Sign in"</a>
        </p>
        <p class="govuk-body">
            "Was it not you? Or do you not know the password? "
            {ask_an_administrator("for a new link")}
        </p>
    }
    .into_any()
}

fn ended() -> AnyView {
    view! {
        <p class="govuk-body">
            "It is too old, or somebody took it back. "
            {ask_an_administrator("to send you a new one")}
        </p>
        <p class="govuk-body">
            "Have you set your password already? "
            <a class="govuk-link" href=ReturnTo::SIGN_IN>"Sign in"</a> "."
        </p>
    }
    .into_any()
}

fn ask_an_administrator(what: &str) -> String {
    let council = &council().name;
    format!("Ask whoever looks after these accounts at {council} {what}.")
}

fn body(invited: Invited, form: Form, address: String) -> AnyView {
    let rows = vec![
        SummaryRow::fact("Your name", invited.name),
        SummaryRow::fact("You sign in with", invited.email.to_string()),
    ];
    view! {
        <h1 class="govuk-heading-l">"Set your password"</h1>
        <p class="govuk-body">"With it you can sign in to the desk."</p>
        <SummaryList rows=rows/>
        <form method="post" action=address novalidate>
            {new_password(form)}
            <Button text="Set the password"/>
        </form>
    }
    .into_any()
}

/// A new password, typed twice.
pub(super) fn new_password(form: Form) -> AnyView {
    view! {
        <TextField
            form=form.clone()
            name=NEW_PASSWORD
            label="New password"
            hint="15 characters or more. Three or four random words are good. It may have spaces."
            kind="password"
            autocomplete="new-password"
            class="govuk-input--width-20"
        />
        <TextField
            form=form
            name=PASSWORD_AGAIN
            label="New password again"
            kind="password"
            autocomplete="new-password"
            class="govuk-input--width-20"
        />
    }
    .into_any()
}
