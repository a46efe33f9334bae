//! One section: its form, or its list.

use hub::{
    Actor,
    settings::{Item, SEEN, Section},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{address, fields, lists, name, saved_notice};
use crate::{
    components::{Button, ButtonKind},
    context::{hub, refused_or},
    forms::Form,
    load::problem,
    pages::admin::{Head, administration, back_to, page},
};

/// `/admin/settings/{section}`
#[component]
pub(crate) fn SectionPage() -> impl IntoView {
    administration(|officer, actor| {
        let code = use_params_map().read_untracked().get("section");
        let Some(section) = code.and_then(|code| code.parse::<Section>().ok()) else {
            return problem(&hub::Error::NotFound);
        };
        let kept = match kept(&actor, section) {
            Ok(kept) => kept,
            Err(error) => return problem(&error),
        };
        let form = refused_or(|| kept);
        let head = Head {
            title: name(section).to_owned(),
            errors: form.error_list(),
            back: back_to("/admin/settings", "Back to settings"),
        };
        let body = if section.is_list() {
            view! {
                {saved_notice()}
                <h1 class="govuk-heading-l">{name(section)}</h1>
                {lists::list(section, &form)}
            }
            .into_any()
        } else {
            view! {
                <h1 class="govuk-heading-l">{name(section)}</h1>
                {whole_form(section, form)}
            }
            .into_any()
        };
        page(&officer, head, body)
    })
}

/// What the section's form shows before anything is typed; a list has none.
fn kept(actor: &Actor, section: Section) -> Result<Form, hub::Error> {
    if section.is_list() {
        return Ok(Form::default());
    }
    let kept = hub().settings().form(actor, section, Item::Whole)?;
    Ok(Form::filled(kept))
}

fn whole_form(section: Section, form: Form) -> AnyView {
    view! {
        <form id="settings" method="post" action=address(section) class="hub-measure" novalidate>
            {seen()}
            {fields::fields(section, &form)}
            <Button text="Save"/>
        </form>
    }
    .into_any()
}

/// The number of the version that the page shows, for its forms.
pub(super) fn seen() -> AnyView {
    let version = hub().settings_version_number();
    view! { <input type="hidden" name=SEEN value=version.to_string()/> }.into_any()
}

/// A button that is not the form's first: it posts to the same address.
pub(super) fn other_button(text: &'static str, act: &'static str, kind: ButtonKind) -> AnyView {
    view! { <Button text=text kind=kind name="act" value=act/> }.into_any()
}
