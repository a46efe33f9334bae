//! What narrows a search: a plain form beside the results, and what is chosen above them.

use domain::local_offer::Term;
use hub::{
    local_offer::OfferTerms,
    search::{Results, TermCount},
};
use leptos::prelude::*;

use super::{
    Wanted,
    search_form::hidden,
    wanted::{MILES, OLDEST},
};
use crate::components::{Button, ButtonKind, Checkboxes, Choice, SelectField};

/// The filters, folded away on a small screen.
pub(super) fn filters(wanted: &Wanted, results: &Results, terms: &OfferTerms) -> AnyView {
    let form = wanted.form();
    let kept = hidden(wanted.but(&["miles", "age", "need", "category"]));
    let needs = checkboxes(
        wanted,
        "need",
        "What it is for",
        (&terms.needs, &results.needs),
    );
    let categories = checkboxes(
        wanted,
        "category",
        "Kind of help",
        (&terms.categories, &results.categories),
    );
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
                {needs}
                {categories}
                <Button text="Use these filters" kind=ButtonKind::Secondary/>
            </form>
        </details>
    }
    .into_any()
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

/// Terms to tick, each with how many of the services found have it. More ticks find more, so once
/// one is ticked all of them are offered.
fn checkboxes(
    wanted: &Wanted,
    name: &'static str,
    legend: &'static str,
    (terms, counts): (&[Term], &[TermCount]),
) -> Option<AnyView> {
    let ticked = wanted.all(name);
    let choices: Vec<Choice> = terms
        .iter()
        .filter_map(|term| {
            let count = counts.iter().find(|count| count.slug == term.slug);
            match count {
                Some(count) => Some(format!("{} ({})", term.name, count.count)),
                None => (!ticked.is_empty()).then(|| term.name.clone()),
            }
            .map(|text| Choice::of(term.slug.as_str(), text))
        })
        .collect();
    let form = wanted.form();
    (!choices.is_empty()).then(|| {
        view! {
            <Checkboxes
                form=form
                name=name
                legend=legend
                choices=choices
                class="govuk-checkboxes--small"
            />
        }
        .into_any()
    })
}

/// What is chosen now, each with a link that takes it off again.
pub(super) fn chosen(wanted: &Wanted, terms: &OfferTerms) -> Option<AnyView> {
    let items: Vec<AnyView> = wanted
        .but(&["q"])
        .into_iter()
        .map(|(name, value)| {
            let text = said(&name, &value, terms);
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

fn said(name: &str, value: &str, terms: &OfferTerms) -> String {
    let named = |terms: &[Term]| {
        terms
            .iter()
            .find(|term| term.slug.as_str() == value)
            .map_or_else(|| value.to_owned(), |term| term.name.clone())
    };
    match name {
        "need" => named(&terms.needs),
        "category" => named(&terms.categories),
        "age" => format!("Age {value}"),
        "miles" => format!("Up to {value} miles"),
        "postcode" => format!("Near {value}"),
        _ => value.to_owned(),
    }
}
