//! What narrows a search: a plain form beside the results, and what is chosen above them.

use hub::{
    local_offer::OfferTerms,
    search::{Facet, FacetCount, OLDEST, Results},
};
use leptos::prelude::*;

use super::{
    Wanted,
    search_form::hidden,
    wanted::{MILES, WITHOUT},
};
use crate::components::{Button, ButtonKind, Checkboxes, Choice, SelectField};

/// The filters, folded away on a small screen.
pub(super) fn filters(wanted: &Wanted, results: &Results) -> AnyView {
    let form = wanted.form();
    let names = Facet::ALL.map(Facet::key);
    let own: Vec<&str> = names.into_iter().chain(["miles", "age"]).collect();
    let kept = hidden(wanted.but(&own));
    let groups: Vec<AnyView> = Facet::ALL
        .into_iter()
        .filter_map(|facet| checkboxes(wanted, facet, &results.facets))
        .collect();
    view! {
        <details class="hub-filters">
            <summary>"Filter these services"</summary>
            <form action="/local-offer" method="get" aria-label="Filters">
                {kept}
                <SelectField form=form.clone() name="age" label="Age" options=ages()/>
                <SelectField
                    form=form
                    name="miles"
                    label="How far away"
                    hint="You need to give a postcode."
                    options=miles()
                />
                {groups}
                <Button text="Use these filters" kind=ButtonKind::Secondary/>
            </form>
        </details>
    }
    .into_any()
}

fn legend(facet: Facet) -> &'static str {
    match facet {
        Facet::BroadNeed => "Area of need",
        Facet::Need => "What it is for",
        Facet::Category => "Kind of help",
        Facet::District => "Where it works",
        Facet::Charge => "Cost",
        Facet::Day => "Day",
        Facet::TimeOfDay => "Time of day",
        Facet::Delivery => "How you get it",
        Facet::Access => "Getting in and about",
        Facet::Language => "Language",
        Facet::Referral => "How to get in",
        Facet::Wait => "How long the wait is",
    }
}

fn ages() -> Vec<(String, String)> {
    let each = (0..=OLDEST).map(|age| {
        let text = match age {
            0 => "Under 1".to_owned(),
            years => years.to_string(),
        };
        (age.to_string(), text)
    });
    std::iter::once((String::new(), "Any age".to_owned()))
        .chain(each)
        .collect()
}

fn miles() -> Vec<(String, String)> {
    let each = MILES
        .iter()
        .map(|miles| (miles.to_string(), format!("Up to {miles} miles")));
    std::iter::once((String::new(), "Any distance".to_owned()))
        .chain(each)
        .collect()
}

/// Values to tick, each with how many services there would be.
fn checkboxes(wanted: &Wanted, facet: Facet, counts: &[FacetCount]) -> Option<AnyView> {
    let choices: Vec<Choice> = counts
        .iter()
        .filter(|count| count.facet == facet)
        .map(|count| {
            let text = format!("{} ({})", count.name, count.count);
            Choice::of(count.slug.as_str(), text)
        })
        .collect();
    let form = wanted.form();
    (!choices.is_empty()).then(|| {
        view! {
            <Checkboxes
                form=form
                name=facet.key()
                legend=legend(facet)
                choices=choices
                class="govuk-checkboxes--small"
            />
        }
        .into_any()
    })
}

/// What is chosen now, each with a link that takes it off again.
pub(super) fn chosen(wanted: &Wanted, results: &Results, terms: &OfferTerms) -> Option<AnyView> {
    let items: Vec<AnyView> = wanted
        .but(&["q", "sort", "spelling", WITHOUT])
        .into_iter()
        .map(|(name, value)| {
            let text = said(&name, &value, results, terms);
            let href = wanted.href_without(&name, &value);
            view! {
                <li>
                    <a href=href>
                        <span class="govuk-visually-hidden">"Remove this filter: "</span>
                        {text}
                    </a>
                </li>
            }
            .into_any()
        })
        .collect();
    (!items.is_empty()).then(|| view! { <ul class="hub-chosen">{items}</ul> }.into_any())
}

fn said(name: &str, value: &str, results: &Results, terms: &OfferTerms) -> String {
    let is_it = |count: &&FacetCount| count.facet.key() == name && count.slug.as_str() == value;
    let counted = results.facets.iter().find(is_it);
    let term = || {
        let mut terms = terms.needs.iter().chain(&terms.categories);
        terms.find(|term| term.slug.as_str() == value)
    };
    match name {
        "age" => format!("Age {}", value.replace('-', " to ")),
        "miles" => format!("Up to {value} miles"),
        "postcode" => format!("Near {value}"),
        _ => counted
            .map(|count| count.name.clone())
            .or_else(|| term().map(|term| term.name.clone()))
            .unwrap_or_else(|| value.to_owned()),
    }
}
