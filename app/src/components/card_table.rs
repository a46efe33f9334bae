//! A table that a phone shows as a card for each row.

use leptos::prelude::*;

/// Drawn as cards (`display: block`) a table would lose its meaning for those who hear it: the roles keep it. Each cell
/// of a row has `role="cell"`, and its column's name in `data-label`, which stands on its card.
#[component]
pub fn CardTable(
    /// What the table is, for those who hear it.
    #[prop(into)]
    caption: String,
    /// The columns' names.
    #[prop(into)]
    heads: Vec<&'static str>,
    /// The rows: each a `tr` with the role `row`.
    rows: Vec<AnyView>,
) -> impl IntoView {
    let heads: Vec<_> = heads
        .into_iter()
        .map(|head| view! { <th scope="col" role="columnheader">{head}</th> })
        .collect();
    view! {
        <table class="hub-desk" role="table">
            <caption class="govuk-visually-hidden">{caption}</caption>
            <thead role="rowgroup"><tr role="row">{heads}</tr></thead>
            <tbody role="rowgroup">{rows}</tbody>
        </table>
    }
    .into_any()
}
