//! How to get in touch with a service, and its facts at a glance.

use domain::{
    council::LocalOfferSettings,
    email::EmailAddress,
    local_offer::{Listing, Phone, Term, WebAddress},
};
use jiff::civil::DateTime;
use leptos::prelude::*;

use super::{
    people,
    places::deliveries_in_short,
    waits,
    way_in::{cost_in_short, referral_in_short},
    words,
};
use crate::{components::PhoneLink, pages::local_offer::browse};

/// The box beside the main part.
pub(super) fn at_a_glance(
    listing: &Listing,
    taxonomies: &LocalOfferSettings,
    now: DateTime,
) -> Option<AnyView> {
    let service = &listing.service;
    let referral = listing.send.referral.map(referral_in_short);
    let facts = [
        fact("Run by", organization(listing)),
        fact(
            "Ages",
            words::ages(service.minimum_age, service.maximum_age).map(text),
        ),
        fact(
            "What it is for",
            terms(listing, "need", &taxonomies.need_taxonomy),
        ),
        fact(
            "Kind of help",
            terms(listing, "category", &taxonomies.category_taxonomy),
        ),
        fact("Also about", other_terms(listing, taxonomies)),
        fact("How to get in", referral.map(str::to_owned).map(text)),
        fact("Cost", cost_in_short(listing, now.date()).map(text)),
        fact("The wait", waits::in_short(listing).map(text)),
        fact("How you meet", deliveries_in_short(listing).map(text)),
        fact("Where it works", joined(&listing.areas)),
        fact("Languages", joined(&listing.languages)),
    ];
    let facts: Vec<AnyView> = facts.into_iter().flatten().collect();
    (!facts.is_empty()).then(|| {
        view! {
            <div class="hub-listing__facts">
                <h2>"At a glance"</h2>
                <dl>{facts}</dl>
                <p class="hub-screen-only">
                    <a class="govuk-link" href="#contact">"How to get in touch"</a>
                </p>
            </div>
        }
        .into_any()
    })
}

fn fact(name: &'static str, value: Option<AnyView>) -> Option<AnyView> {
    value.map(|value| view! { <dt>{name}</dt><dd>{value}</dd> }.into_any())
}

fn text(words: String) -> AnyView {
    words.into_any()
}

fn joined(words: &[String]) -> Option<AnyView> {
    (!words.is_empty()).then(|| text(words.join(", ")))
}

fn organization(listing: &Listing) -> Option<AnyView> {
    let organization = listing.organization.as_ref()?;
    let name = organization.name.clone();
    let about = organization
        .description
        .clone()
        .map(|about| view! { <br/> {about} });
    Some((name, about).into_any())
}

/// How to reach the service and whom to ask, or that we do not know.
pub(super) fn contact(listing: &Listing) -> AnyView {
    let is_anybodys = |phone: &&Phone| !people::has_phone(listing, phone);
    let phones = listing.phones.iter().filter(is_anybodys);
    let mut rows = reached_by(listing, phones);
    rows.extend(fact("Who to ask", people::contacts(listing)));
    rows.extend(fact("More on the web", people::more_addresses(listing)));
    let content = if rows.is_empty() {
        view! { <p>"We do not have a phone number, email or website for this service."</p> }
            .into_any()
    } else {
        view! { <dl>{rows}</dl> }.into_any()
    };
    view! {
        <div class="hub-listing__facts" id="contact">
            <h2>"Get in touch"</h2>
            {content}
        </div>
    }
    .into_any()
}

/// Phone, email and website, each as a name and its value.
pub(in super::super) fn ways_to_reach(listing: &Listing) -> Vec<AnyView> {
    reached_by(listing, listing.phones.iter())
}

fn reached_by<'a>(listing: &Listing, phones: impl Iterator<Item = &'a Phone>) -> Vec<AnyView> {
    let service = &listing.service;
    let organization = listing.organization.as_ref();
    let phones: Vec<AnyView> = phones.map(phone).collect();
    let email = service
        .email
        .as_ref()
        .or_else(|| organization.and_then(|it| it.email.as_ref()));
    let email = email.map(email_link);
    let website = service
        .url
        .as_ref()
        .or_else(|| organization.and_then(|it| it.website.as_ref()));
    [
        fact("Phone", (!phones.is_empty()).then(|| phones.into_any())),
        fact("Email", email),
        fact("Website", website.map(web_link)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The number, and whose it is.
pub(super) fn phone(phone: &Phone) -> AnyView {
    let number = phone.number.clone();
    let whose = phone
        .description
        .clone()
        .map(|whose| view! { <br/> {whose} });
    view! { <div><PhoneLink number=number/> {whose}</div> }.into_any()
}

pub(super) fn email_link(email: &EmailAddress) -> AnyView {
    let href = format!("mailto:{email}");
    view! { <a class="govuk-link hub-address" href=href>{email.to_string()}</a> }.into_any()
}

fn web_link(address: &WebAddress) -> AnyView {
    named_link(address, in_short(address).to_owned())
}

/// An address as people say it.
pub(super) fn in_short(address: &WebAddress) -> &str {
    let address = address.as_str();
    let address = address.trim_start_matches("https://");
    address.trim_start_matches("http://").trim_end_matches('/')
}

/// What is shown may be broken after each slash: an address can be longer than its column.
pub(super) fn named_link(address: &WebAddress, shown: String) -> AnyView {
    let href = address.as_str().to_owned();
    let parts = shown.split_inclusive('/').enumerate();
    let shown: Vec<AnyView> = parts
        .map(|(number, part)| {
            let may_break = (number > 0).then(|| view! { <wbr/> });
            (may_break, part.to_owned()).into_any()
        })
        .collect();
    view! { <a class="govuk-link hub-address" href=href rel="noopener">{shown}</a> }.into_any()
}

/// Terms that the search can filter by: each leads to the others like it.
fn terms(listing: &Listing, name: &str, taxonomy: &str) -> Option<AnyView> {
    let links: Vec<AnyView> = listing
        .terms_in(taxonomy)
        .map(|term| {
            let href = browse(name, &term.slug);
            let text = term.name.clone();
            view! { <li><a class="govuk-link" href=href>{text}</a></li> }.into_any()
        })
        .collect();
    (!links.is_empty()).then(|| view! { <ul class="govuk-list">{links}</ul> }.into_any())
}

fn other_terms(listing: &Listing, taxonomies: &LocalOfferSettings) -> Option<AnyView> {
    let filtered: Vec<&Term> = listing
        .terms_in(&taxonomies.need_taxonomy)
        .chain(listing.terms_in(&taxonomies.category_taxonomy))
        .collect();
    let others: Vec<String> = listing
        .terms
        .iter()
        .filter(|term| !filtered.contains(term))
        .map(|term| term.name.clone())
        .collect();
    joined(&others)
}
