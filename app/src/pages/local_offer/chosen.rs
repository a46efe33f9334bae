//! What the search looked for besides words: what was ticked and what was read out of the words,
//! each with a link of its own that takes it off again.

use hub::search::{Facet, Held, Meant, PlaceOutcome, Results, Tick};
use leptos::prelude::*;

use super::{Wanted, names::Names, wanted::WITHOUT};

/// Fields that are no filters.
const NO_FILTERS: [&str; 6] = ["q", "postcode", "miles", "sort", "spelling", WITHOUT];

/// One thing that narrows the search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chosen {
    /// What people read: “Age 4”.
    pub(super) text: String,
    /// The same search without it.
    pub(super) without: Wanted,
}

/// Everything that narrows the search now. What cannot be applied (a distance from nowhere) and what
/// was let go is not among it.
pub(super) fn chosen(wanted: &Wanted, results: &Results, names: &Names<'_>) -> Vec<Chosen> {
    let mut all: Vec<Chosen> = read_from_words(wanted, results).collect();
    all.extend(place(wanted, results));
    let filters = wanted.but(&NO_FILTERS).into_iter();
    all.extend(filters.map(|(name, value)| Chosen {
        text: said(&name, &value, names),
        without: wanted.without(&name, &value),
    }));
    all
}

fn read_from_words<'a>(
    wanted: &'a Wanted,
    results: &'a Results,
) -> impl Iterator<Item = Chosen> + 'a {
    let held = results.understood.iter();
    held.filter(|part| part.held == Held::Holds)
        .filter(|part| part.meant != Meant::Place)
        .map(|part| Chosen {
            text: part.name.clone(),
            without: wanted.with(WITHOUT, &part.meant.key()),
        })
}

/// Where distances are from, and how far it may be.
fn place(wanted: &Wanted, results: &Results) -> Vec<Chosen> {
    let PlaceOutcome::Known { name, .. } = &results.place else {
        return Vec::new();
    };
    let nowhere = wanted.without_all(&["postcode", "miles"]);
    let without = match wanted.one("postcode") {
        "" => nowhere.with(WITHOUT, &Meant::Place.key()),
        _ => nowhere,
    };
    let near = Chosen {
        text: format!("Near {name}"),
        without,
    };
    let miles = wanted.one("miles");
    let far = (!miles.is_empty()).then(|| Chosen {
        text: format!("Up to {miles} miles away"),
        without: wanted.without_all(&["miles"]),
    });
    std::iter::once(near).chain(far).collect()
}

fn said(name: &str, value: &str, names: &Names<'_>) -> String {
    let tick = Facet::of_key(name).and_then(|facet| {
        Some(Tick {
            facet,
            slug: value.parse().ok()?,
        })
    });
    match (name, tick) {
        (_, Some(tick)) => names.alone(&tick),
        ("age", None) if value.contains('-') => format!("Ages {}", value.replace('-', " to ")),
        ("age", None) => format!("Age {value}"),
        (_, None) => value.to_owned(),
    }
}

/// “We looked for: Age 4 × Free ×”.
pub(super) fn chips(wanted: &Wanted, chosen: &[Chosen]) -> Option<AnyView> {
    let items: Vec<AnyView> = chosen.iter().map(chip).collect();
    let clear = (chosen.len() > 1).then(|| {
        let href = without_any(wanted, chosen).href();
        view! { <li><a class="hub-chosen__all" href=href>"Remove all"</a></li> }
    });
    (!items.is_empty()).then(|| {
        view! {
            <div class="hub-looked-for">
                <p id="looked-for">"We looked for:"</p>
                <ul class="hub-chosen" aria-labelledby="looked-for">
                    {items}
                    {clear}
                </ul>
            </div>
        }
        .into_any()
    })
}

fn chip(chosen: &Chosen) -> AnyView {
    let text = chosen.text.clone();
    view! {
        <li>
            <a href=chosen.without.href()>
                <span class="govuk-visually-hidden">"Remove "</span>
                {text}
            </a>
        </li>
    }
    .into_any()
}

/// The words alone: every filter off, those that were read out of the words too.
pub(super) fn without_any(wanted: &Wanted, chosen: &[Chosen]) -> Wanted {
    let words = wanted.with_only(&["q", "spelling", "sort", WITHOUT]);
    let off = chosen.iter().flat_map(|it| it.without.all(WITHOUT));
    off.fold(words, |words, key| words.with(WITHOUT, key))
}
