//! How close a promise is, for officers: in words and a shape, and in colour too.

use leptos::prelude::*;

/// How close the promised day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DueState {
    /// The promised day has passed.
    Overdue,
    /// It is today.
    Today,
    /// It is within the next working days.
    Soon,
    /// There is time.
    Later,
}

impl DueState {
    fn class(self) -> &'static str {
        match self {
            Self::Overdue => "hub-due hub-due--overdue",
            Self::Today => "hub-due hub-due--today",
            Self::Soon => "hub-due hub-due--soon",
            Self::Later => "hub-due hub-due--later",
        }
    }
}

/// A promise's day, marked by how close it is.
#[component]
pub fn Due(
    /// How close it is.
    state: DueState,
    /// The same in words, for example "2 days late" or "Due Friday 14 March".
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <span class=state.class()>{text}</span> }
}
