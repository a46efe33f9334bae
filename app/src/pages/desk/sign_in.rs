//! Signing in: an e-mail address and a password, and one same error whatever was wrong.

use domain::form::Fields;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{ReturnTo, no_robots};
use crate::{
    components::{Button, Page, TextField},
    context::{refused_or, site},
    forms::Form,
};

/// `/desk/sign-in`
#[component]
pub(crate) fn SignInPage() -> impl IntoView {
    let form = refused_or(from_address);
    let errors = form.error_list();
    view! {
        {no_robots()}
        <Page site=site() title="Sign in to the desk" errors=errors>
            <div class="hub-measure">
                <h1 class="govuk-heading-l">"Sign in to the desk"</h1>
                <p class="govuk-body">
                    "This is for the council’s officers. You do not need to sign in to "
                    <a class="govuk-link" href="/ask">"ask us a question"</a> "."
                </p>
                {sign_in_form(form)}
            </div>
        </Page>
    }
}

/// An empty form that remembers where the person was going.
fn from_address() -> Form {
    let mut values = Fields::default();
    if let Some(next) = use_query_map().read_untracked().get("next") {
        values.set("next", next);
    }
    Form::filled(values)
}

fn sign_in_form(form: Form) -> AnyView {
    let next = ReturnTo::read(&form.value("next"))
        .map(|next| view! { <input type="hidden" name="next" value=next.as_str().to_owned()/> });
    view! {
        <form method="post" action=ReturnTo::SIGN_IN novalidate>
            {next}
            <TextField
                form=form.clone()
                name="email"
                label="Email address"
                kind="email"
                autocomplete="username"
                inputmode="email"
                spellcheck="false"
            />
            <TextField
                form=form
                name="password"
                label="Password"
                kind="password"
                autocomplete="current-password"
                class="govuk-input--width-20"
            />
            <Button text="Sign in"/>
        </form>
    }
    .into_any()
}
