//! Guides that fit the words, above the services.

use hub::search::GuideHit;
use leptos::prelude::*;

/// The box; nothing without guides.
pub(super) fn guides(guides: &[GuideHit]) -> Option<AnyView> {
    let items: Vec<AnyView> = guides.iter().map(guide).collect();
    (!items.is_empty()).then(|| {
        view! {
            <section class="hub-guides-found" aria-labelledby="guides-found">
                <h2 class="govuk-heading-s" id="guides-found">"Guides that may help"</h2>
                <ul>{items}</ul>
            </section>
        }
        .into_any()
    })
}

fn guide(guide: &GuideHit) -> AnyView {
    let href = format!("/guides/{}", guide.slug);
    let (title, summary) = (guide.title.clone(), guide.summary.clone());
    view! {
        <li>
            <a class="govuk-link" href=href>{title}</a>
            <span>{summary}</span>
        </li>
    }
    .into_any()
}
