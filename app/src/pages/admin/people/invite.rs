//! The form that invites somebody.

use hub::Actor;
use leptos::prelude::*;

use super::{ADDRESS, page, place_fields};
use crate::{
    components::{BackTo, Button, TextField},
    context::{hub, refused_or, signed_in},
    forms::Form,
    load::load,
    pages::desk::{Head, to_sign_in},
};

/// `/admin/people/invite`
#[component]
pub(crate) fn InvitePage() -> impl IntoView {
    let Some(officer) = signed_in() else {
        return to_sign_in();
    };
    let form = refused_or(Form::default);
    let hub = hub();
    let actor = Actor::Officer(officer.clone());
    load(
        // Whoever may not see the list finds no form either.
        async move { hub.accounts().invitations(&actor).await },
        move |_| {
            let head = Head {
                title: "Invite somebody".to_owned(),
                errors: form.error_list(),
                back: Some(BackTo::to(ADDRESS)),
            };
            page(&officer, head, body(&form))
        },
    )
}

fn body(form: &Form) -> AnyView {
    view! {
        <div class="hub-measure">
            <h1 class="govuk-heading-l">"Invite somebody"</h1>
            <p class="govuk-body">
                "They get an email with a link. With it they set their own password. The link works once, for 7 days."
            </p>
            <form method="post" action="/admin/people/invite" novalidate>
                <TextField
                    form=form.clone()
                    name="email"
                    label="Email address"
                    hint="They sign in with it."
                    kind="email"
                    autocomplete="off"
                    inputmode="email"
                    spellcheck="false"
                />
                {place_fields(form)}
                <Button text="Send the invitation"/>
            </form>
        </div>
    }
    .into_any()
}
