//! The button that puts a service on one's list, or takes it off again.

use domain::{keys::ServiceSlug, shortlist::Shortlist};
use leptos::prelude::*;

/// Where the list is shown and changed.
pub(super) const MY_LIST: &str = "/local-offer/my-list";

/// A plain form. `from` is the page on which it stands, with its query: one comes back there, to
/// this very button.
pub(super) fn list_button(slug: &ServiceSlug, name: &str, list: &Shortlist, from: &str) -> AnyView {
    let id = format!("list-{slug}");
    let from = format!("{from}#{id}");
    let is_on = list.has(slug);
    let (field, verb) = if is_on {
        ("remove", "Take off my list")
    } else {
        ("add", "Add to my list")
    };
    let told = is_on.then(|| on_the_list(list.len()));
    let (slug, name) = (slug.to_string(), name.to_owned());
    view! {
        <form method="post" action=MY_LIST class="hub-list-form" id=id>
            {told}
            <input type="hidden" name=field value=slug/>
            <input type="hidden" name="from" value=from/>
            <button type="submit" class="govuk-button govuk-button--secondary" data-module="govuk-button">
                {verb} <span class="govuk-visually-hidden">" " {name}</span>
            </button>
        </form>
    }
    .into_any()
}

fn on_the_list(count: usize) -> AnyView {
    let words = match count {
        1 => "See your list (1 service)".to_owned(),
        more => format!("See your list ({more} services)"),
    };
    view! {
        <p class="govuk-body">
            <strong>"This is on your list. "</strong>
            <a class="govuk-link" href=MY_LIST>{words}</a>
        </p>
    }
    .into_any()
}
