//! Signing in: an e-mail address and a password, and one same error whatever was wrong.

use leptos::prelude::*;

use super::{
    ReturnTo,
    second_step::{from_address, next_field},
};
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

fn sign_in_form(form: Form) -> AnyView {
    let next = next_field(&form);
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
