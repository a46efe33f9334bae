//! Between the password and the session: the code of the app, a recovery code in its place, or setting the
//! app up first. Each of these pages is for one half of a sign-in alone; anybody else begins anew.

use domain::form::Fields;
use hub::accounts::{CODE, NextStep, RECOVERY_CODE, SecondStepOffer};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{ReturnTo, go_on_at};
use crate::{
    components::{Button, Page, QrCode, Reader, TextField},
    context::{hub, refused_or, signing_in, site},
    forms::Form,
    load::load,
};

const RECOVERY: &str = "/desk/sign-in/recovery-code";

/// `/desk/sign-in/code`
#[component]
pub(crate) fn CodePage() -> impl IntoView {
    on_the_way(NextStep::Code, |form| {
        let recovery = behind(&form, RECOVERY);
        let body = view! {
            <h1 class="govuk-heading-l">"Enter your code"</h1>
            <p class="govuk-body">"Open the app on your phone. It shows a code for this site."</p>
            <form method="post" action=ReturnTo::CODE novalidate>
                {next_field(&form)}
                {code_field(form)}
                <Button text="Sign in"/>
            </form>
            <p class="govuk-body">
                <a class="govuk-link" href=recovery>"I do not have my phone"</a>
            </p>
            {start_again()}
        };
        ("Enter your code", body.into_any())
    })
}

/// `/desk/sign-in/recovery-code`
#[component]
pub(crate) fn RecoveryCodePage() -> impl IntoView {
    on_the_way(NextStep::Code, |form| {
        let code = behind(&form, ReturnTo::CODE);
        let body = view! {
            <h1 class="govuk-heading-l">"Enter a recovery code"</h1>
            <p class="govuk-body">
                "You were given ten of them when you set up your second step. Each works once."
            </p>
            <form method="post" action=RECOVERY novalidate>
                {next_field(&form)}
                <TextField
                    form=form
                    name=RECOVERY_CODE
                    label="Recovery code"
                    hint="For example, 2f7k-9mtx-c4wq-83hd"
                    autocomplete="off"
                    spellcheck="false"
                    class="govuk-input--width-20"
                />
                <Button text="Sign in"/>
            </form>
            <p class="govuk-body">
                "No codes left? An administrator can reset your second step."
            </p>
            <p class="govuk-body">
                <a class="govuk-link" href=code>"Use the app on my phone"</a>
            </p>
            {start_again()}
        };
        ("Enter a recovery code", body.into_any())
    })
}

/// `/desk/sign-in/set-up`
#[component]
pub(crate) fn SetUpPage() -> impl IntoView {
    let Some(token) = signing_in() else {
        return go_on_at(ReturnTo::SIGN_IN);
    };
    let form = refused_or(from_address);
    let hub = hub();
    load(
        async move { hub.accounts().offer_before(&token).await },
        move |offer| {
            let Some(offer) = offer else {
                return go_on_at(ReturnTo::SIGN_IN);
            };
            let errors = form.error_list();
            let body = view! {
                <h1 class="govuk-heading-l">"Set up a second step"</h1>
                {why()}
                {steps(&offer)}
                <form method="post" action=ReturnTo::SET_UP novalidate>
                    {next_field(&form)}
                    {code_field(form)}
                    <Button text="Set it up and sign in"/>
                </form>
                {start_again()}
            };
            framed("Set up a second step", errors, body.into_any())
        },
    )
}

/// Why a password is not enough.
pub(super) fn why() -> AnyView {
    view! {
        <p class="govuk-body">
            "Somebody may guess or steal a password. So we also ask for a code from your phone each time you sign in. You need an authenticator app for it. Most are free."
        </p>
    }
    .into_any()
}

/// What to do with the key that is offered.
pub(super) fn steps(offer: &SecondStepOffer) -> AnyView {
    view! {
        <ol class="govuk-list govuk-list--number">
            <li>"Get an authenticator app on your phone, if you do not have one."</li>
            <li>"In the app, choose to add an account."</li>
            <li>"Scan this square with the app, or type the key below into it."</li>
            <li>"The app shows 6 digits. Enter them here."</li>
        </ol>
        <QrCode
            text=offer.address.clone()
            label="The key as a square of dots for your app to scan. It is below in letters too."
        />
        <p class="govuk-body">
            "The key: " <span class="hub-key">{offer.key.clone()}</span>
        </p>
        <p class="govuk-body">"We show the key only now. Keep it to yourself."</p>
    }
    .into_any()
}

/// The code of the app.
pub(super) fn code_field(form: Form) -> AnyView {
    view! {
        <TextField
            form=form
            name=CODE
            label="Code"
            hint="6 digits. The app shows a new code every 30 seconds."
            autocomplete="one-time-code"
            inputmode="numeric"
            spellcheck="false"
            class="govuk-input--width-10"
        />
    }
    .into_any()
}

/// Draws a page for those whose next step it is, and leads everybody else to theirs.
fn on_the_way(
    step: NextStep,
    draw: impl FnOnce(Form) -> (&'static str, AnyView) + Send + 'static,
) -> AnyView {
    let Some(token) = signing_in() else {
        return go_on_at(ReturnTo::SIGN_IN);
    };
    let form = refused_or(from_address);
    let hub = hub();
    load(
        async move { hub.accounts().next_step(&token).await },
        move |next| match next {
            Some(next) if next == step => {
                let errors = form.error_list();
                let (title, body) = draw(form);
                framed(title, errors, body)
            }
            Some(NextStep::Code) => go_on_at(ReturnTo::CODE),
            Some(NextStep::SetUp) => go_on_at(ReturnTo::SET_UP),
            None => go_on_at(ReturnTo::SIGN_IN),
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

/// An empty form that remembers where the person was going.
pub(super) fn from_address() -> Form {
    let mut values = Fields::default();
    if let Some(next) = use_query_map().read_untracked().get("next") {
        values.set("next", next);
    }
    Form::filled(values)
}

/// Where the person was going, if that is a page of ours.
pub(super) fn next_field(form: &Form) -> Option<AnyView> {
    let next = ReturnTo::read(&form.value("next"))?;
    Some(view! { <input type="hidden" name="next" value=next.as_str().to_owned()/> }.into_any())
}

/// Another page of the way in, that leads on to the same place.
fn behind(form: &Form, page: &str) -> String {
    ReturnTo::read(&form.value("next")).map_or_else(|| page.to_owned(), |next| next.behind(page))
}

fn start_again() -> AnyView {
    view! {
        <p class="govuk-body">
            <a class="govuk-link" href=ReturnTo::SIGN_IN>"Start again"</a>
        </p>
    }
    .into_any()
}
