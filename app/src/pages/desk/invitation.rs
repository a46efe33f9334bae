//! Coming in by an invitation: the holder of its link sets a password. Opening the page changes nothing.

use hub::accounts::{Invited, NEW_PASSWORD, PASSWORD_AGAIN};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::{
    components::{Button, Page, SummaryList, SummaryRow, TextField},
    context::{hub, refused_or, site},
    forms::Form,
    load::load,
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
            let invited = hub.accounts().invited(&token).await?;
            invited.ok_or(hub::Error::NotFound)
        },
        move |invited| {
            let errors = form.error_list();
            view! {
                <Page site=site() title="Set your password" errors=errors>
                    <div class="hub-measure">{body(invited, form, address)}</div>
                </Page>
            }
        },
    )
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
