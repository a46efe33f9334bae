//! The head of a confirmation page.

use leptos::prelude::*;

/// Says that something was done, as the page's heading.
#[component]
pub fn Panel(
    /// What was done: "We have your question".
    #[prop(into)]
    title: String,
    /// What to keep, above all the reference in a `<strong>`.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="govuk-panel govuk-panel--confirmation">
            <h1 class="govuk-panel__title">{title}</h1>
            <div class="govuk-panel__body">{children()}</div>
        </div>
    }
    .into_any()
}
