//! The words of a search, with names of services offered while they are typed.

use std::time::Duration;

use leptos::{ev::Event, leptos_dom::helpers::debounce, prelude::*, task::spawn_local};

use crate::api::suggest;

/// A pause in typing that is long enough to ask the server.
const PAUSE: Duration = Duration::from_millis(200);

/// Fewer letters than this begin too many names.
const FEWEST_LETTERS: usize = 2;

/// The search's field `q`. Its label is `for="q"` and stands outside.
#[island]
pub fn SearchBox(
    /// What was searched for.
    value: String,
) -> impl IntoView {
    let (names, set_names) = signal(Vec::<String>::new());
    // Answers can overtake each other: only the one to the last question counts.
    let asked = StoredValue::new(0_u32);
    let ask = debounce(PAUSE, move |typed: String| {
        let mine = asked.get_value().wrapping_add(1);
        asked.set_value(mine);
        if typed.trim().chars().count() < FEWEST_LETTERS {
            set_names.set(Vec::new());
            return;
        }
        spawn_local(async move {
            // A server that does not answer leaves a plain field.
            let found = suggest(typed).await.unwrap_or_default();
            if asked.get_value() == mine {
                set_names.set(found);
            }
        });
    });
    let ask = StoredValue::new(ask);
    let on_input = move |event: Event| {
        let typed = event_target_value(&event);
        ask.update_value(|ask| ask(typed));
    };
    view! {
        <input
            class="govuk-input"
            id="q"
            name="q"
            type="text"
            value=value
            list="q-names"
            autocomplete="off"
            maxlength="200"
            on:input=on_input
        />
        <datalist id="q-names">
            {move || {
                names.get().into_iter().map(|name| view! { <option value=name></option> }).collect_view()
            }}
        </datalist>
    }
}
