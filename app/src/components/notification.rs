//! News about what was just done, or what everybody on this page must know.

use leptos::prelude::*;

/// What kind of news it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// Something worked.
    Success,
    /// Something to know before going on.
    Important,
}

/// A banner at the top of the page's main part. Success takes the focus when the page opens.
#[component]
pub fn NotificationBanner(
    /// What kind of news it is.
    kind: Notice,
    /// The news.
    children: Children,
) -> impl IntoView {
    // Several may stand on one page: a label of its own, and no id to share.
    let (class, role, title) = match kind {
        Notice::Success => (
            "govuk-notification-banner govuk-notification-banner--success",
            "alert",
            "Done",
        ),
        Notice::Important => ("govuk-notification-banner", "region", "Important"),
    };
    view! {
        <div
            class=class
            role=role
            aria-label=title
            data-module="govuk-notification-banner"
        >
            <div class="govuk-notification-banner__header">
                <h2 class="govuk-notification-banner__title">{title}</h2>
            </div>
            <div class="govuk-notification-banner__content">{children()}</div>
        </div>
    }
    .into_any()
}

/// What was just done, in a sentence.
#[component]
pub fn Done(
    /// The sentence.
    words: &'static str,
) -> impl IntoView {
    view! {
        <NotificationBanner kind=Notice::Success>
            <p class="govuk-notification-banner__heading">{words}</p>
        </NotificationBanner>
    }
}
