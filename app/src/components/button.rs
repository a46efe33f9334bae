//! A form's button, and a link that looks like one.

use leptos::prelude::*;

/// How much a button stands out. One primary button a page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// What most people do next.
    #[default]
    Primary,
    /// Another way on.
    Secondary,
    /// What cannot be taken back.
    Warning,
}

impl ButtonKind {
    fn class(self) -> &'static str {
        match self {
            Self::Primary => "govuk-button",
            Self::Secondary => "govuk-button govuk-button--secondary",
            Self::Warning => "govuk-button govuk-button--warning",
        }
    }
}

/// Sends its form. With JavaScript a second click within a second sends nothing more.
#[component]
pub fn Button(
    /// What it says: a verb first.
    #[prop(into)]
    text: String,
    /// How much it stands out.
    #[prop(optional)]
    kind: ButtonKind,
    /// The field it sends, where a form has several buttons.
    #[prop(optional)]
    name: Option<&'static str>,
    /// What that field then holds.
    #[prop(optional, into)]
    value: Option<String>,
    /// Where it sends the form, where that is not where the form's other buttons do.
    #[prop(optional, into)]
    formaction: Option<String>,
) -> impl IntoView {
    view! {
        <button
            type="submit"
            formaction=formaction
            class=kind.class()
            name=name
            value=value
            data-module="govuk-button"
            data-prevent-double-click="true"
        >
            {text}
        </button>
    }
}

/// A link that looks like a button: the way into a form.
/// <https://design-system.service.gov.uk/components/button/>
#[component]
pub fn ButtonLink(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// What it says: a verb first.
    #[prop(into)]
    text: String,
    /// How much it stands out.
    #[prop(optional)]
    kind: ButtonKind,
) -> impl IntoView {
    view! {
        <a class=kind.class() href=href role="button" draggable="false" data-module="govuk-button">
            {text}
        </a>
    }
}
