//! What comes first: links, so that a choice works at once and without scripts.

use hub::search::{Order, PlaceOutcome, Results};
use leptos::prelude::*;

use super::Wanted;

/// The orders there are to choose for this search. None when there is nothing to choose.
pub(super) fn order(wanted: &Wanted, results: &Results) -> Option<AnyView> {
    let has_place = matches!(results.place, PlaceOutcome::Known { .. });
    let fits = |order: &Order| match order {
        Order::BestMatch => !wanted.words().is_empty(),
        Order::Nearest => has_place,
        Order::Name => true,
    };
    let orders: Vec<Order> = Order::ALL
        .into_iter()
        .filter(|order| fits(order) || *order == results.order)
        .collect();
    (orders.len() > 1 && results.total > 1).then(|| {
        let items: Vec<AnyView> = orders
            .into_iter()
            .map(|order| item(order, wanted, results.order))
            .collect();
        view! {
            <div class="hub-order">
                <p id="order">"Sort by"</p>
                <ul aria-labelledby="order">{items}</ul>
            </div>
        }
        .into_any()
    })
}

fn item(order: Order, wanted: &Wanted, now: Order) -> AnyView {
    let name = in_words(order);
    if order == now {
        return view! { <li><strong aria-current="true">{name}</strong></li> }.into_any();
    }
    let href = wanted.with("sort", order.key()).href();
    view! {
        <li>
            <a class="govuk-link" href=href>
                <span class="govuk-visually-hidden">"Sort by "</span>
                {name}
            </a>
        </li>
    }
    .into_any()
}

pub(super) fn in_words(order: Order) -> &'static str {
    match order {
        Order::BestMatch => "Best match",
        Order::Nearest => "Nearest",
        Order::Name => "Name",
    }
}
