//! Signing in: an e-mail address and a password, and one same error whatever was wrong.

use http::StatusCode;
use leptos::prelude::*;

use super::{
    ReturnTo,
    second_step::{from_address, next_field},
};
use crate::{
    components::{Button, Page, Reader, TextField},
    context::{Unsent, refused_or, site},
    forms::Form,
    load::set_status,
    pages::problem::send_again,
};

/// `/desk/sign-in`
#[component]
pub(crate) fn SignInPage() -> impl IntoView {
    if let Some(unsent) = use_context::<Unsent>() {
        return signed_out(unsent);
    }
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
                <h2 class="govuk-heading-s">"If you forgot your password"</h2>
                <p class="govuk-body">
                    "Ask an administrator of your council for a new link. They find it under Administration, People, your name."
                </p>
            </div>
        </Page>
    }
    .into_any()
}

/// Their session ended while they wrote.
fn signed_out(unsent: Unsent) -> AnyView {
    set_status(StatusCode::FORBIDDEN);
    let again = send_again(unsent);
    view! {
        <Page site=site() title="You were signed out" reader=Reader::Officer>
            <div class="hub-measure">
                <h1 class="govuk-heading-l">"You were signed out"</h1>
                <p class="govuk-body">"Nothing was sent or saved. Your words are still here."</p>
                <ol class="govuk-list govuk-list--number">
                    <li>
                        <a class="govuk-link" href=ReturnTo::SIGN_IN target="_blank" rel="noopener">
                            "Sign in (opens in a new tab)"
                        </a>
                    </li>
                    <li>"Come back to this tab."</li>
                    <li>"Press “Try again”."</li>
                </ol>
                {again}
            </div>
        </Page>
    }
    .into_any()
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
