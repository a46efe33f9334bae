//! A few guides, and the way to all of them.

use domain::guide::Guide;
use leptos::prelude::*;

use crate::pages::guides::{address, one_of_each};

/// The section; nothing where there are no guides.
pub(super) fn guides(guides: &[Guide]) -> Option<AnyView> {
    let entries: Vec<AnyView> = one_of_each(guides)
        .map(|guide| {
            let (href, title) = (address(&guide.slug), guide.title.clone());
            view! { <li><a class="govuk-link" href=href>{title}</a></li> }.into_any()
        })
        .collect();
    (!entries.is_empty()).then(|| {
        view! {
            <h2 class="govuk-heading-m">"How do things work?"</h2>
            <p class="govuk-body">
                "Short guides in plain words: your rights, and what to do first. "
                <a class="govuk-link" href="/guides">"See all guides"</a>
            </p>
            <ul class="hub-browse">{entries}</ul>
        }
        .into_any()
    })
}
