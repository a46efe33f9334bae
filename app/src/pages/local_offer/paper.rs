//! The search on paper: what was asked, when, and where it is on the web.

use domain::clock::day_in_words;
use hub::search::Results;
use jiff::civil::Date;
use leptos::prelude::*;

use super::{Wanted, chosen::Chosen, order};

/// What a printed search opens with. A screen does not show it.
pub(super) fn on_paper(
    wanted: &Wanted,
    results: &Results,
    chosen: &[Chosen],
    today: Date,
    site: &str,
) -> AnyView {
    let words = match wanted.words() {
        "" => None,
        typed => Some(format!("Words: “{typed}”")),
    };
    let filters: Vec<&str> = chosen.iter().map(|it| it.text.as_str()).collect();
    let filters = (!filters.is_empty()).then(|| format!("Looked for: {}", filters.join("; ")));
    let page = format!("Page {} of {}", results.page, results.pages);
    let order =
        (results.total > 1).then(|| format!("Sorted by: {}", order::in_words(results.order)));
    let day = format!("Printed on {}", day_in_words(today));
    let address = match results.page {
        1 => wanted.href(),
        page => wanted.href_of_page(page),
    };
    let address = format!("On the web: {}{address}", site.trim_end_matches('/'));
    let lines: Vec<AnyView> = words
        .into_iter()
        .chain(filters)
        .chain([page])
        .chain(order)
        .chain([day, address])
        .map(|line| view! { <li>{line}</li> }.into_any())
        .collect();
    view! { <ul class="hub-paper-only hub-printed-search">{lines}</ul> }.into_any()
}
