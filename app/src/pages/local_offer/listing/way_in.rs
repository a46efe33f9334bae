//! How to get in, and what it costs.

use domain::{
    codes::{Charge, Referral},
    local_offer::{Listing, prices_on},
};
use jiff::civil::Date;
use leptos::prelude::*;

use super::{
    people,
    section::{list, prose, section, sentence},
};
use crate::pages::local_offer::words;

/// Whether one may come by oneself, and how one asks.
pub(super) fn how_to_get_in(listing: &Listing) -> AnyView {
    let referral = listing.send.referral.map(|referral| {
        let words = match referral {
            Referral::SelfReferral => {
                "You can ask for this yourself. Nobody has to send you."
            }
            Referral::Needed => {
                "Somebody who works with your child must ask for you. It can be a GP, a school or another professional. This is called a referral."
            }
        };
        view! { <p class="govuk-body"><strong>{words}</strong></p> }.into_any()
    });
    let process = listing.service.application_process.as_deref();
    let process = process.filter(|words| !words.trim().is_empty()).map(prose);
    let unknown = (referral.is_none() && process.is_none()).then(|| {
        sentence(
            "This page does not say how to get a place. Ask the service. If you cannot reach them, ask us.",
        )
    });
    view! {
        <h2 class="govuk-heading-m">"How to get in"</h2>
        {referral}
        {process}
        {unknown}
    }
    .into_any()
}

/// The same in three words, for the facts at a glance.
pub(super) fn referral_in_short(referral: Referral) -> &'static str {
    match referral {
        Referral::SelfReferral => "You can ask yourself",
        Referral::Needed => "A professional must refer you",
    }
}

/// What it costs: whether at all, then the prices that count today, the child's first.
pub(super) fn costs(listing: &Listing, today: Date) -> Option<AnyView> {
    let prices = prices(listing, today);
    // Feeds often say a price in both places: once is enough.
    let said = |fees: &str| {
        let fees = fees.trim_end_matches('.');
        prices.iter().any(|price| price.starts_with(fees))
    };
    let fees = listing.service.fees_description.as_deref();
    let fees = fees
        .filter(|fees| !fees.trim().is_empty() && !said(fees))
        .map(prose);
    let silent = fees.is_none() && prices.is_empty();
    let charge = match listing.charge() {
        Some(Charge::MeansTested) => Some(
            "What you pay depends on how much money you have. This is called “means-tested”. Some families pay nothing.",
        ),
        Some(Charge::Free) if silent => Some("It is free."),
        Some(Charge::Paid) if silent => Some("You pay for this. Ask the service how much."),
        _ => None,
    };
    let charge = charge.map(sentence);
    let prices = list(prices);
    let paid_for_by = people::paid_for_by(listing).map(sentence);
    let any = charge.is_some() || fees.is_some() || prices.is_some() || paid_for_by.is_some();
    section(
        "What it costs",
        any.then(|| (charge, fees, prices, paid_for_by).into_any()),
    )
}

/// What it costs in a few words, for the facts at a glance.
pub(in super::super) fn cost_in_short(listing: &Listing, today: Date) -> Option<String> {
    match listing.charge() {
        Some(Charge::Free) => Some("Free".to_owned()),
        Some(Charge::MeansTested) => {
            Some("Depends on how much money you have (means-tested)".to_owned())
        }
        Some(Charge::Paid) => Some(
            prices(listing, today)
                .into_iter()
                .next()
                .unwrap_or_else(|| "You pay for this".to_owned()),
        ),
        None => None,
    }
}

fn prices(listing: &Listing, today: Date) -> Vec<String> {
    prices_on(&listing.cost_options, today)
        .into_iter()
        .filter_map(words::cost)
        .collect()
}
