//! The way back to the step before.

use leptos::prelude::*;

/// Where a back link leads and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackTo {
    /// The address, on this site.
    pub href: String,
    /// "Back", or "Back to your results".
    pub text: String,
}

impl BackTo {
    /// A plain "Back" to an address.
    pub fn to(href: impl Into<String>) -> Self {
        Self {
            href: href.into(),
            text: "Back".to_owned(),
        }
    }
}

/// A link back, above the page's main part.
#[component]
pub fn BackLink(
    /// Where it leads.
    to: BackTo,
) -> impl IntoView {
    view! { <a class="govuk-back-link" href=to.href>{to.text}</a> }
}
