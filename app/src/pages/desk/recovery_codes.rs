//! Recovery codes: shown once, as the answer to the form that made them; and the form that makes new ones.

use hub::accounts::{PASSWORD, RecoveryCodes};
use leptos::prelude::*;

use super::{Head, account, framed, to_sign_in};
use crate::{
    components::{Button, TextField},
    context::{FreshCodes, refused_or, signed_in},
    forms::Form,
};

/// `/desk/account/recovery-codes`
#[component]
pub(crate) fn RecoveryCodesPage() -> impl IntoView {
    let Some(officer) = signed_in() else {
        return to_sign_in();
    };
    let form = refused_or(Form::default);
    let fresh = use_context::<FreshCodes>();
    let title = match fresh {
        Some(_) => "Keep your recovery codes",
        None => "Make new recovery codes",
    };
    let head = Head {
        title: title.to_owned(),
        errors: form.error_list(),
        back: fresh.is_none().then(account::back),
    };
    let body = match fresh {
        Some(FreshCodes(codes)) => shown(&codes),
        None => asked(form),
    };
    let body = view! {
        <div class="hub-measure">
            <h1 class="govuk-heading-l">{title}</h1>
            {body}
        </div>
    };
    framed(&officer, head, "/desk/account", body.into_any())
}

fn shown(codes: &RecoveryCodes) -> AnyView {
    let lines: Vec<AnyView> = codes
        .iter()
        .map(|code| view! { <li>{code.to_owned()}</li> }.into_any())
        .collect();
    view! {
        <p class="govuk-body">
            "If you lose your phone, one of these codes lets you in. Each works once."
        </p>
        <ol class="govuk-list hub-codes">{lines}</ol>
        <div class="govuk-inset-text">
            "Print them or write them down now. Keep them safe, and not with your phone. We cannot show them again."
        </div>
        <p class="govuk-body">
            <a class="govuk-link" href="/desk">"Go to the desk"</a>
        </p>
        <p class="govuk-body">
            <a class="govuk-link" href=account::ADDRESS>"See your account"</a>
        </p>
    }
    .into_any()
}

fn asked(form: Form) -> AnyView {
    view! {
        <p class="govuk-body">"The ten codes that you have now stop working."</p>
        <form method="post" action="/desk/account/recovery-codes" novalidate>
            <TextField
                form=form
                name=PASSWORD
                label="Your password"
                kind="password"
                autocomplete="current-password"
                class="govuk-input--width-20"
            />
            <Button text="Make new codes"/>
        </form>
    }
    .into_any()
}
