//! The parts of which a listing is built: a heading with what stands under it, a feed's text, a list.

use leptos::prelude::*;

use crate::pages::local_offer::words;

/// A heading and what stands under it; nothing where there is nothing to say.
pub(super) fn section(heading: &'static str, content: Option<AnyView>) -> Option<AnyView> {
    content.map(|content| {
        view! {
            <h2 class="govuk-heading-m">{heading}</h2>
            {content}
        }
        .into_any()
    })
}

/// A feed's own text, its paragraphs and line breaks kept.
pub(super) fn prose(text: &str) -> AnyView {
    words::paragraphs(text)
        .into_iter()
        .map(|paragraph| view! { <p class="govuk-body hub-lines">{paragraph}</p> })
        .collect_view()
        .into_any()
}

/// One paragraph of ours.
pub(super) fn sentence(words: impl Into<String>) -> AnyView {
    let words: String = words.into();
    view! { <p class="govuk-body">{words}</p> }.into_any()
}

/// The items one below the other; nothing of none.
pub(super) fn list(items: Vec<String>) -> Option<AnyView> {
    let items: Vec<_> = items
        .into_iter()
        .map(|item| view! { <li>{item}</li> })
        .collect();
    (!items.is_empty()).then(|| view! { <ul class="govuk-list">{items}</ul> }.into_any())
}

/// Views that stand one below the other; nothing of none.
pub(super) fn together(views: Vec<AnyView>) -> Option<AnyView> {
    (!views.is_empty()).then(|| views.into_any())
}
