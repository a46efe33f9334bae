//! Ways into the local offer for those who do not know what to type: by need, and by kind of help.

use domain::local_offer::Term;
use hub::local_offer::OfferTerms;
use leptos::prelude::*;

use crate::pages::local_offer::browse as address;

/// The four broad areas of need of the SEND Code of Practice (2015, 6.28 to 6.35), and what a parent
/// would call each.
const BROAD_AREAS: [(&str, &str); 4] = [
    (
        "communication and interaction",
        "Talking and being with others",
    ),
    ("cognition and learning", "Learning and remembering"),
    (
        "social, emotional and mental health",
        "Feelings and behaviour",
    ),
    ("sensory and physical", "Sight, hearing and the body"),
];

/// Both lists; nothing while the local offer is empty.
pub(super) fn browse(terms: &OfferTerms) -> AnyView {
    (needs(&terms.needs), kinds(&terms.categories)).into_any()
}

/// Each broad area in parents' words, its narrower needs below it.
fn needs(terms: &[Term]) -> Option<AnyView> {
    let areas: Vec<AnyView> = broadest(terms).map(|area| need(area, terms)).collect();
    (!areas.is_empty()).then(|| {
        view! {
            <h2 class="govuk-heading-m">"What is hard for your child, or for you?"</h2>
            <ul class="hub-needs">{areas}</ul>
        }
        .into_any()
    })
}

fn need(area: &Term, terms: &[Term]) -> AnyView {
    let narrower: Vec<AnyView> = terms
        .iter()
        .filter(|term| term.parent.as_ref() == Some(&area.id))
        .map(|term| link("need", term, term.name.clone()))
        .collect();
    let narrower = (!narrower.is_empty())
        .then(|| view! { <ul class="hub-need__narrower">{narrower}</ul> }.into_any());
    let href = address("need", &area.slug);
    let plain = plain_words(&area.name);
    let also = plain.map(|_| {
        view! { <p class="hub-need__also">"Also called " {area.name.to_lowercase()}</p> }
    });
    let title = plain.map_or_else(|| area.name.clone(), str::to_owned);
    view! {
        <li class="hub-need">
            <h3 class="hub-need__title"><a class="govuk-link" href=href>{title}</a></h3>
            {also}
            {narrower}
        </li>
    }
    .into_any()
}

fn plain_words(name: &str) -> Option<&'static str> {
    let name = name.trim().to_lowercase();
    BROAD_AREAS
        .iter()
        .find(|(official, _)| *official == name)
        .map(|(_, plain)| *plain)
}

fn kinds(terms: &[Term]) -> Option<AnyView> {
    let links: Vec<AnyView> = broadest(terms)
        .map(|term| link("category", term, term.name.clone()))
        .collect();
    (!links.is_empty()).then(|| {
        view! {
            <h2 class="govuk-heading-m">"What kind of help do you want?"</h2>
            <ul class="hub-browse">{links}</ul>
        }
        .into_any()
    })
}

fn broadest(terms: &[Term]) -> impl Iterator<Item = &Term> {
    terms.iter().filter(|term| term.parent.is_none())
}

fn link(name: &str, term: &Term, text: String) -> AnyView {
    let href = address(name, &term.slug);
    view! { <li><a class="govuk-link" href=href>{text}</a></li> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broad_area_is_told_in_parents_words_and_another_by_its_name() {
        assert_eq!(
            plain_words("Social, emotional and mental health"),
            Some("Feelings and behaviour")
        );
        assert_eq!(plain_words("Rare conditions"), None);
    }
}
