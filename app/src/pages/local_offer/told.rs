//! What became of what was asked: another spelling, a place that we do not know, what was let go.

use hub::search::{Facet, Held, Matched, Meant, PlaceOutcome, Results, Spelling, Understood};
use leptos::prelude::*;

use super::{Wanted, chosen::Chosen, names::first_lower, wanted::AS_TYPED};

/// Fewer services than this are few.
const FEW: usize = 3;

/// Everything that has to be told before the list. Nothing when all went as it was asked.
pub(super) fn told(wanted: &Wanted, results: &Results, chosen: &[Chosen]) -> AnyView {
    (
        spelling(wanted, results),
        place(wanted, results),
        let_go(&results.understood),
        some_words(results),
        few(results, chosen),
    )
        .into_any()
}

fn spelling(wanted: &Wanted, results: &Results) -> Option<AnyView> {
    let typed = wanted.words().to_owned();
    match &results.spelling {
        Spelling::Right => None,
        Spelling::Mended { words } => {
            let as_typed = wanted.with("spelling", AS_TYPED).href();
            let words = words.clone();
            Some(
                view! {
                    <p class="govuk-body">
                        "Showing results for " <strong>{words}</strong> ". "
                        <a class="govuk-link hub-screen-only" href=as_typed>
                            "Search for “" {typed} "” instead"
                        </a>
                    </p>
                }
                .into_any(),
            )
        }
        Spelling::DidYouMean { words } => {
            let meant = wanted.with("q", words).href();
            let words = words.clone();
            Some(
                view! {
                    <p class="govuk-body hub-screen-only">
                        "Did you mean " <a class="govuk-link" href=meant>{words}</a> "?"
                    </p>
                }
                .into_any(),
            )
        }
    }
}

/// A place that we do not know, or one that is missing.
fn place(wanted: &Wanted, results: &Results) -> Option<AnyView> {
    let miles = wanted.one("miles");
    match &results.place {
        PlaceOutcome::Known { .. } => None,
        PlaceOutcome::Unknown { typed } => {
            let what = if typed.chars().any(|letter| letter.is_ascii_digit()) {
                "postcode"
            } else {
                "place"
            };
            let words = format!(
                "We do not know the {what} “{typed}”. Check it and search again. For now, this search is for every place."
            );
            Some(view! { <p class="govuk-inset-text">{words}</p> }.into_any())
        }
        PlaceOutcome::NotAsked if miles.is_empty() => None,
        PlaceOutcome::NotAsked => {
            let words = format!(" to see only what is up to {miles} miles away.");
            Some(
                view! {
                    <p class="govuk-inset-text">
                        <a class="govuk-link" href="#postcode">"Type a postcode"</a>
                        {words}
                    </p>
                }
                .into_any(),
            )
        }
    }
}

/// What was read out of the words and would have left nothing.
fn let_go(understood: &[Understood]) -> Option<AnyView> {
    let let_go: Vec<&Understood> = understood
        .iter()
        .filter(|part| part.held == Held::WouldEmpty)
        .collect();
    let facet = |part: &Understood| match &part.meant {
        Meant::Tick(tick) => Some(tick.facet),
        Meant::Ages(_) | Meant::Place => None,
    };
    let [first, others @ ..] = let_go.as_slice() else {
        return None;
    };
    let names: Vec<&str> = let_go.iter().map(|part| part.name.as_str()).collect();
    let group = facet(first);
    let words = if others.iter().all(|part| facet(part) == group) {
        sentence(group, &names.join(" or "))
    } else {
        let all = names.join(", ");
        format!("We found nothing that fits all of this: {all}. So we show other services too.")
    };
    Some(view! { <p class="govuk-inset-text">{words}</p> }.into_any())
}

fn sentence(facet: Option<Facet>, names: &str) -> String {
    let lower = first_lower(names);
    match facet {
        None => format!("We found nothing for {lower}. We show other ages too."),
        Some(Facet::Day) => format!("We found nothing on a {names}. We show other days too."),
        Some(Facet::TimeOfDay) => {
            format!("We found nothing in the {lower}. We show other times too.")
        }
        Some(Facet::Charge) => {
            format!("We found nothing that is {lower}. We show what costs money too.")
        }
        Some(Facet::District) => format!("We found nothing in {names}. We show other areas too."),
        Some(_) => format!("We found nothing for “{names}”. We show other services too."),
    }
}

fn some_words(results: &Results) -> Option<AnyView> {
    let words = match results.matched {
        Matched::Some if results.total > 0 => {
            "No service has all of your words. These have some of them. The best are first."
                .to_owned()
        }
        Matched::AllThenSome(1) => {
            "Only one service has all of your words. The others have some of them.".to_owned()
        }
        Matched::AllThenSome(all) => {
            format!("Only {all} services have all of your words. The others have some of them.")
        }
        Matched::All | Matched::Some => return None,
    };
    Some(view! { <p class="govuk-inset-text">{words}</p> }.into_any())
}

/// Much was asked, and little fits all of it.
fn few(results: &Results, chosen: &[Chosen]) -> Option<AnyView> {
    let is_so = (1..FEW).contains(&results.total) && chosen.len() > 1;
    is_so.then(|| {
        view! {
            <p class="govuk-body hub-screen-only">
                "Not much fits all of this. Remove something to see more."
            </p>
        }
        .into_any()
    })
}
