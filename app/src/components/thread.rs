//! One entry of an enquiry's conversation.

use leptos::prelude::*;

/// What kind of entry it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// It came to the council.
    Inbound,
    /// The council sent it.
    Outbound,
    /// Only officers see it.
    Note,
    /// Something happened: assigned, promised, paused.
    Event,
}

impl Entry {
    fn class(self) -> &'static str {
        match self {
            Self::Inbound => "hub-message hub-message--inbound",
            Self::Outbound => "hub-message hub-message--outbound",
            Self::Note => "hub-message hub-message--note",
            Self::Event => "hub-message hub-message--event",
        }
    }
}

/// One entry, to stand in an `<ol class="hub-thread">`. The text is shown as it was written.
#[component]
pub fn ThreadMessage(
    /// What kind of entry it is.
    entry: Entry,
    /// Who speaks: "You", "Early Years team", "Note by Priya Shah".
    #[prop(into)]
    from: String,
    /// When, in words.
    #[prop(into)]
    when: String,
    /// More about it: "by email", "waiting to be sent".
    #[prop(optional, into)]
    detail: Option<String>,
    /// What was said; nothing for what only happened.
    #[prop(optional, into)]
    text: String,
    /// What stands below it, such as attachments.
    #[prop(optional_no_strip)]
    more: Option<AnyView>,
) -> impl IntoView {
    let detail = detail.map(|detail| view! { <span>{detail}</span> });
    let text = (!text.is_empty()).then(|| view! { <p class="hub-message__body">{text}</p> });
    view! {
        <li class=entry.class()>
            <p class="hub-message__meta">
                <strong>{from}</strong>
                <span>{when}</span>
                {detail}
            </p>
            {text}
            {more}
        </li>
    }
    .into_any()
}
