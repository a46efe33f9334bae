//! The words of a search, with needs, kinds of help, guides and services offered while they are typed.
//!
//! An editable combobox with a list:
//! <https://www.w3.org/WAI/ARIA/apg/patterns/combobox/>. Until it comes alive it is a plain text field.
//! Nothing is chosen by itself: Enter searches for what was typed, unless an offer was gone to.

use std::time::Duration;

use leptos::{
    ev::{Event, KeyboardEvent},
    leptos_dom::helpers::debounce,
    prelude::*,
    task::spawn_local,
};

use crate::api::{Suggested, suggest};

/// A pause in typing that is long enough to ask the server.
const PAUSE: Duration = Duration::from_millis(200);

/// Fewer letters than this begin too many names.
const FEWEST_LETTERS: usize = 2;

/// What is offered now.
#[derive(Clone, Copy)]
struct Offers {
    list: RwSignal<Vec<Suggested>>,
    open: RwSignal<bool>,
    /// The offer that a person went to with the arrows.
    at: RwSignal<Option<usize>>,
}

impl Offers {
    fn show(self, found: Vec<Suggested>) {
        self.at.set(None);
        self.open.set(!found.is_empty());
        self.list.set(found);
    }

    fn close(self) {
        self.at.set(None);
        self.open.set(false);
    }

    /// To the next offer or the one before; past either end begins anew at the other.
    fn step(self, forward: bool) {
        let count = self.list.with_untracked(Vec::len);
        if count == 0 {
            return;
        }
        self.open.set(true);
        self.at.update(|at| {
            *at = Some(match (*at, forward) {
                (Some(here), true) => (here + 1) % count,
                (None, true) => 0,
                (Some(here), false) if here > 0 => here - 1,
                (_, false) => count - 1,
            });
        });
    }

    /// Goes to the page of the offer at the arrows; `false` when there is none.
    fn go(self) -> bool {
        let list = self.list.get_untracked();
        let offer = self.at.get_untracked().and_then(|at| list.get(at));
        offer.is_some_and(|offer| window().location().set_href(&offer.href).is_ok())
    }
}

/// The search's field `q`. Its label is `for="q"` and stands outside.
#[island]
pub fn SearchBox(
    /// What was searched for.
    value: String,
) -> impl IntoView {
    let offers = Offers {
        list: RwSignal::new(Vec::new()),
        open: RwSignal::new(false),
        at: RwSignal::new(None),
    };
    // On the server never: without scripts this is no combobox.
    let alive = RwSignal::new(false);
    Effect::new(move || alive.set(true));
    let when_alive = move |value: &'static str| move || alive.get().then_some(value);
    let asking = asker(offers);
    let on_input = move |event: Event| {
        let typed = event_target_value(&event);
        asking.update_value(|ask| ask(typed));
    };
    view! {
        <div class="hub-suggest">
            <input
                class="govuk-input"
                id="q"
                name="q"
                type="text"
                value=value
                autocomplete="off"
                maxlength="200"
                role=when_alive("combobox")
                aria-autocomplete=when_alive("list")
                aria-controls=when_alive("q-offers")
                aria-expanded=move || alive.get().then(|| offers.open.get().to_string())
                aria-activedescendant=move || offers.at.get().map(|at| format!("q-offer-{at}"))
                on:input=on_input
                on:keydown=move |event| on_key(offers, &event)
                on:blur=move |_| offers.close()
            />
            <div
                id="q-offers"
                class="hub-suggest__list"
                role=when_alive("listbox")
                aria-label=when_alive("Suggestions")
                hidden=move || !offers.open.get()
            >
                {move || listed(offers)}
            </div>
            <div class="govuk-visually-hidden" aria-live="polite">
                {move || counted(offers)}
            </div>
        </div>
    }
}

/// Asks the server after a pause in typing. Answers can overtake each other: only the one to the last
/// question counts.
fn asker(offers: Offers) -> StoredValue<Box<dyn FnMut(String) + Send + Sync>> {
    let asked = StoredValue::new(0_u32);
    let ask = debounce(PAUSE, move |typed: String| {
        let mine = asked.get_value().wrapping_add(1);
        asked.set_value(mine);
        if typed.trim().chars().count() < FEWEST_LETTERS {
            offers.show(Vec::new());
            return;
        }
        spawn_local(async move {
            // A server that does not answer leaves a plain field.
            let found = suggest(typed).await.unwrap_or_default();
            if asked.get_value() == mine {
                offers.show(found);
            }
        });
    });
    StoredValue::new(Box::new(ask))
}

fn on_key(offers: Offers, event: &KeyboardEvent) {
    let taken = match event.key().as_str() {
        "ArrowDown" => {
            offers.step(true);
            true
        }
        "ArrowUp" => {
            offers.step(false);
            true
        }
        "Enter" => offers.go(),
        "Escape" => {
            let was_open = offers.open.get_untracked();
            offers.close();
            was_open
        }
        // Back into the words: the cursor moves there by itself.
        "Home" | "End" | "ArrowLeft" | "ArrowRight" => {
            offers.at.set(None);
            false
        }
        _ => false,
    };
    if taken {
        event.prevent_default();
    }
}

/// The offers in groups, each under the name of its kind.
fn listed(offers: Offers) -> Vec<AnyView> {
    let list = offers.list.get();
    let numbered: Vec<(usize, &Suggested)> = list.iter().enumerate().collect();
    numbered
        .chunk_by(|(_, one), (_, next)| one.kind == next.kind)
        .map(|group| {
            let kind = group.first().map(|(_, offer)| offer.kind.clone());
            let name = kind.clone();
            let options: Vec<AnyView> = group
                .iter()
                .map(|(number, offer)| option(offers, *number, offer.text.clone()))
                .collect();
            view! {
                <div role="group" aria-label=name>
                    <div class="hub-suggest__kind" aria-hidden="true">{kind}</div>
                    {options}
                </div>
            }
            .into_any()
        })
        .collect()
}

fn option(offers: Offers, number: usize, text: String) -> AnyView {
    let is_here = move || offers.at.get() == Some(number);
    view! {
        <div
            class="hub-suggest__offer"
            role="option"
            id=format!("q-offer-{number}")
            aria-selected=move || is_here().to_string()
            // The field keeps the focus, so that the list is still there when the finger is lifted.
            on:mousedown=|event| event.prevent_default()
            on:click=move |_| {
                offers.at.set(Some(number));
                offers.go();
            }
        >
            {text}
        </div>
    }
    .into_any()
}

fn counted(offers: Offers) -> Option<String> {
    let count = offers.list.with(Vec::len);
    offers.open.get().then(|| match count {
        1 => "1 suggestion".to_owned(),
        more => format!("{more} suggestions"),
    })
}
