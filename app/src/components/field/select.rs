//! One choice of a long list. Radios are better where they fit.

use leptos::prelude::*;

use super::{Described, Heading, label};
use crate::forms::Form;

/// What a select offers: nothing, in these words, and then each.
pub fn nothing_or(
    nothing: &str,
    choices: impl Iterator<Item = (String, String)>,
) -> Vec<(String, String)> {
    let nothing = (String::new(), nothing.to_owned());
    std::iter::once(nothing).chain(choices).collect()
}

/// One choice of a list that unfolds.
#[component]
pub fn SelectField(
    /// What was submitted.
    form: Form,
    /// The field's name and the control's id.
    name: &'static str,
    /// The question.
    #[prop(into)]
    label: String,
    /// What the label is on its page.
    #[prop(optional)]
    heading: Heading,
    /// Help with answering.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Value and text of each choice, in order; see [`nothing_or`] if nothing is chosen yet.
    options: Vec<(String, String)>,
) -> impl IntoView {
    let described = Described::new(&form, name, hint);
    let chosen = form.value(name);
    let options: Vec<_> = options
        .into_iter()
        .map(|(value, text)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{text}</option> }
        })
        .collect();
    view! {
        <div class=described.group_class()>
            {self::label(name, label, heading)}
            {described.view()}
            <select
                class=described.control_class("govuk-select", "")
                id=name
                name=name
                aria-describedby=described.ids()
                aria-invalid=described.invalid()
            >
                {options}
            </select>
        </div>
    }
    .into_any()
}
