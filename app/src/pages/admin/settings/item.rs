//! One entry of a list: to add, to change, to move up, to take away.

use hub::{
    Actor,
    settings::{Item, Section},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    address, fields, letter, name,
    section::{other_button, seen},
};
use crate::{
    components::{Button, ButtonKind},
    context::{hub, refused_or},
    forms::Form,
    load::problem,
    pages::admin::{Head, administration, back_to, page},
};

/// `/admin/settings/{section}/{item}`
#[component]
pub(crate) fn ItemPage() -> impl IntoView {
    administration(|officer, actor| {
        let parts = use_params_map().get_untracked();
        let part = |name: &str| parts.get(name).unwrap_or_default();
        let (Ok(section), Ok(item)) = (part("section").parse(), part("item").parse()) else {
            return problem(&hub::Error::NotFound);
        };
        let form = match kept(&actor, section, item) {
            Ok(form) => form,
            Err(error) => return problem(&error),
        };
        let title = title(section, item);
        let head = Head {
            title: title.clone(),
            errors: form.error_list(),
            back: back_to(
                &address(section),
                &format!("Back to {}", name(section).to_lowercase()),
            ),
        };
        let body = match item {
            Item::Letter(kind) => letter::body(&actor, kind, form),
            Item::Whole | Item::New | Item::At(_) => view! {
                <h1 class="govuk-heading-l">{title}</h1>
                {entry_form(section, item, form)}
            }
            .into_any(),
        };
        page(&officer, head, body)
    })
}

fn kept(actor: &Actor, section: Section, item: Item) -> Result<Form, hub::Error> {
    let kept = hub().settings().form(actor, section, item)?;
    Ok(refused_or(|| Form::filled(kept)))
}

fn title(section: Section, item: Item) -> String {
    let (add, change) = match section {
        Section::Promises => ("Add a promise", "Change a promise"),
        Section::BankHolidays => ("Add a bank holiday", "Change a bank holiday"),
        Section::Topics => ("Add a topic", "Change a topic"),
        Section::Districts => ("Add a district", "Change a district"),
        Section::Teams => ("Add a team", "Change a team"),
        Section::Routing => ("Add a rule", "Change a rule"),
        Section::Closures => (
            "Add days when you are closed",
            "Change days when you are closed",
        ),
        Section::SearchWords => ("Add words", "Change words"),
        Section::Advice => ("Add somebody who gives advice", "Change who gives advice"),
        _ => ("Add", "Change"),
    };
    match item {
        Item::New => add.to_owned(),
        Item::Letter(kind) => letter::name(kind).to_owned(),
        Item::Whole | Item::At(_) => change.to_owned(),
    }
}

fn entry_form(section: Section, item: Item, form: Form) -> AnyView {
    let place = match item {
        Item::At(place) => place.to_string(),
        _ => "new".to_owned(),
    };
    let action = format!("{}/{place}", address(section));
    let there = matches!(item, Item::At(_));
    let ordered = matches!(section, Section::Topics | Section::Advice);
    let up = (there && ordered && item != Item::At(1))
        .then(|| other_button("Move it up one place", "up", ButtonKind::Secondary));
    let away = there.then(|| {
        view! {
            <p class="govuk-body">{taken_away(section)}</p>
            {other_button("Take it away", "remove", ButtonKind::Warning)}
        }
    });
    view! {
        <form id="settings" method="post" action=action class="hub-measure" novalidate>
            {seen()}
            {fields::fields(section, &form)}
            <div class="govuk-button-group">
                <Button text="Save" name="act" value="save"/>
                {up}
            </div>
            {away}
        </form>
    }
    .into_any()
}

/// What becomes of an entry that is taken away.
const fn taken_away(section: Section) -> &'static str {
    match section {
        Section::Topics | Section::Districts => {
            "If you take it away, nobody can choose it any more. Old enquiries keep its name. Rules about it go too."
        }
        Section::Teams => {
            "If you take it away, it gets no more enquiries. It must have none open, nobody in it, and no rule that names it."
        }
        _ => "If you take it away, it is gone. The history still shows it.",
    }
}
