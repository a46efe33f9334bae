//! `/`: search first, then ask.

use leptos::prelude::*;

#[component]
pub(crate) fn HomePage() -> impl IntoView {
    view! {
        <main id="main-content">
            <h1>"Help for children and young people with SEND"</h1>
        </main>
    }
}
