//! Whom to ask about a service, its other addresses on the web, and who pays for it: what a feed's smaller parts say.

use domain::local_offer::{AdditionalUrl, Contact, Listing, Phone};
use leptos::prelude::*;

use super::facts::{email_link, in_short, named_link, phone};

/// The people and desks to ask, with how to reach each.
pub(super) fn contacts(listing: &Listing) -> Option<AnyView> {
    let contacts = listing.details.contacts.iter();
    let contacts: Vec<AnyView> = contacts.filter_map(|one| contact(one, listing)).collect();
    (!contacts.is_empty()).then(|| view! { <ul class="govuk-list">{contacts}</ul> }.into_any())
}

/// One who has neither a name nor a part, and no way to be reached but the service's own, is nobody to ask for.
fn contact(contact: &Contact, listing: &Listing) -> Option<AnyView> {
    let parts = [&contact.name, &contact.title, &contact.department];
    let parts = parts.into_iter().flatten().map(|part| part.trim());
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let email = contact.email.as_ref();
    let email = email.filter(|email| Some(*email) != listing.service.email.as_ref());
    if parts.is_empty() && email.is_none() && contact.phones.is_empty() {
        return None;
    }
    let who = (!parts.is_empty()).then(|| view! { <div>{parts.join(", ")}</div> });
    let email = email.map(|email| view! { <div>{email_link(email)}</div> });
    let phones: Vec<AnyView> = contact.phones.iter().map(phone).collect();
    Some(view! { <li>{who} {phones} {email}</li> }.into_any())
}

/// Whether a number is that of one of the people.
pub(super) fn has_phone(listing: &Listing, phone: &Phone) -> bool {
    let mut theirs = listing.details.contacts.iter().flat_map(|it| &it.phones);
    theirs.any(|other| other.id == phone.id)
}

/// The addresses beside its website, by what stands there.
pub(super) fn more_addresses(listing: &Listing) -> Option<AnyView> {
    let is_another = |more: &&AdditionalUrl| Some(&more.url) != listing.service.url.as_ref();
    let addresses = listing.details.additional_urls.iter();
    let addresses: Vec<AnyView> = addresses
        .filter(is_another)
        .map(|more| {
            let label = more.label.as_deref().map(str::trim);
            let label = label.filter(|label| !label.is_empty());
            let link = named_link(&more.url, label.unwrap_or(in_short(&more.url)).to_owned());
            view! { <li>{link}</li> }.into_any()
        })
        .collect();
    (!addresses.is_empty()).then(|| view! { <ul class="govuk-list">{addresses}</ul> }.into_any())
}

/// “Paid for by Sample County Council and The Rowan Trust.”
pub(super) fn paid_for_by(listing: &Listing) -> Option<String> {
    let mut sources: Vec<&str> = Vec::new();
    for funding in &listing.details.funding {
        let source = funding.source.trim().trim_end_matches('.');
        if !source.is_empty() && !sources.contains(&source) {
            sources.push(source);
        }
    }
    let (last, first) = sources.split_last()?;
    Some(match first {
        [] => format!("Paid for by {last}."),
        first => format!("Paid for by {} and {last}.", first.join(", ")),
    })
}
