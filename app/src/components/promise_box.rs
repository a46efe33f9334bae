//! The promise: which enquiry it is and the day by which a person answers.

use leptos::prelude::*;

/// A calm box with the dated promise, and what else is to be said of them.
#[component]
pub fn PromiseBox(
    /// The enquiry's reference as it is written, "SEND-7KQM-4TXD", unless the page's head says it.
    #[prop(optional, into)]
    reference: Option<String>,
    /// The promised day in words: "Friday 14 March 2025".
    #[prop(into)]
    due: String,
    /// The team that answers.
    #[prop(optional, into)]
    team: Option<String>,
    /// What follows: who answers, what to do if the day passes.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let team = team.map(|name| {
        view! {
            <div>
                <dt class="hub-promise__label">"With"</dt>
                <dd class="hub-promise__date">{name}</dd>
            </div>
        }
    });
    let reference = reference.map(|reference| {
        view! {
            <div>
                <dt class="hub-promise__label">"Your reference"</dt>
                <dd class="hub-promise__reference">{reference}</dd>
            </div>
        }
    });
    view! {
        <div class="hub-promise">
            <dl class="hub-promise__grid">
                <div>
                    <dt class="hub-promise__label">"A person will reply by"</dt>
                    <dd class="hub-promise__date">{due}</dd>
                </div>
                {team}
                {reference}
            </dl>
            {children.map(|children| children())}
        </div>
    }
    .into_any()
}
