//! The hub's mark in the council's colours: hills and the sun.

use domain::council::Look;
use leptos::prelude::*;

/// The mark, without a name: the council's own stands beside it.
#[component]
pub fn Mark(
    /// The colours.
    look: Look,
) -> impl IntoView {
    view! {
        <svg
            xmlns="http://www.w3.org/2000/svg"
            class="hub-mark"
            viewBox="0 0 48 48"
            width="44"
            height="44"
            aria-hidden="true"
            focusable="false"
        >
            <clipPath id="mark-round"><circle cx="24" cy="24" r="24"></circle></clipPath>
            <g clip-path="url(#mark-round)">
                <path fill=look.tint().to_string() d="M0 0h48v48H0z"></path>
                <circle fill=look.accent.to_string() cx="30" cy="20" r="9"></circle>
                <path
                    fill=look.primary_soft().to_string()
                    d="M-2 30C6 20 15 19 22 26s16 9 28 3v21H-2z"
                ></path>
                <path
                    fill=look.primary.to_string()
                    d="M-2 41c10-9 20-10 28-5s15 3 24-5v19H-2z"
                ></path>
            </g>
        </svg>
    }
}
