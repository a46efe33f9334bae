//! A state in a word.

use leptos::prelude::*;

/// A tag's colour, which only repeats what its word says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TagColour {
    /// The council's own.
    #[default]
    Plain,
    /// Done, kept, open.
    Green,
    /// Late, stopped.
    Red,
    /// Waiting, soon.
    Yellow,
    /// Closed, not in use.
    Grey,
}

impl TagColour {
    fn class(self) -> &'static str {
        match self {
            Self::Plain => "govuk-tag",
            Self::Green => "govuk-tag govuk-tag--green",
            Self::Red => "govuk-tag govuk-tag--red",
            Self::Yellow => "govuk-tag govuk-tag--yellow",
            Self::Grey => "govuk-tag govuk-tag--grey",
        }
    }
}

/// A state in a word.
#[component]
pub fn Tag(
    /// The word.
    #[prop(into)]
    text: String,
    /// Its colour.
    #[prop(optional)]
    colour: TagColour,
) -> impl IntoView {
    view! { <strong class=colour.class()>{text}</strong> }
}
