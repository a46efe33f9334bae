//! The local offer: services, who runs them, where, when and for whom, spelled as Open Referral spells them.
//!
//! Start at [`Listing`]: everything about one service, which is what a listing page shows, what the
//! store saves and what the search index is fed with. [`crate::open_referral`] reads these from files.
//! Field by field these follow Open Referral UK 3.0, the United Kingdom profile of HSDS
//! (<https://openreferraluk.org>); where we narrow a field the doc comment says so.

mod availability;
mod cost;
mod details;
mod location;
mod rest;
mod send;
mod session;
mod web_address;

pub use availability::{Frequency, Schedule, UnknownRecurrenceCode, Weekday};
pub use cost::{CostOption, Pence, prices_on};
pub use details::{
    Accessibility, AdditionalUrl, Contact, Funding, InvalidUprn, Language, LocationDetails,
    OrganizationDetails, OrganizationIdentifier, OtherAddress, RequiredDocument, ScheduleDetails,
    ServiceArea, ServiceDetails, Uprn,
};
pub use location::{Address, AddressShown, Location, Place, Position, UnknownAddressShown};
pub use rest::Rest;
pub use send::{SendAnswer, SendDetails, WaitingTime};
pub use session::{Session, next_session};
pub use web_address::{InvalidWebAddress, WebAddress};

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::codes::{Charge, Delivery, LocationType, ServiceStatus};
use crate::email::EmailAddress;
use crate::ids::{OrganizationId, PhoneId, ServiceId, TaxonomyId, TaxonomyTermId};
use crate::keys::{ServiceSlug, TermSlug};

/// Who runs services.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organization {
    /// The feed's own id.
    pub id: OrganizationId,
    /// What it is called.
    pub name: String,
    /// What it does.
    pub description: Option<String>,
    /// Where to write.
    pub email: Option<EmailAddress>,
    /// Its website.
    pub website: Option<WebAddress>,
    /// The smaller parts of its record.
    pub details: OrganizationDetails,
}

/// One thing that families can use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// The feed's own id.
    pub id: ServiceId,
    /// Its place in our addresses: `/local-offer/{slug}`.
    pub slug: ServiceSlug,
    /// Who runs it.
    pub organization: Option<OrganizationId>,
    /// What it is called.
    pub name: String,
    /// What else it is called.
    pub alternate_name: Option<String>,
    /// What it does, as plain text with line breaks.
    pub description: Option<String>,
    /// Its website.
    pub url: Option<WebAddress>,
    /// Where to write.
    pub email: Option<EmailAddress>,
    /// Whether it is running.
    pub status: ServiceStatus,
    /// What it costs, in words (Open Referral UK calls it `fees`, HSDS `fees_description`).
    pub fees_description: Option<String>,
    /// Who can use it, in words.
    pub eligibility_description: Option<String>,
    /// How to get it.
    pub application_process: Option<String>,
    /// Awards and registrations.
    pub accreditations: Option<String>,
    /// A short notice about how it is running now.
    pub alert: Option<String>,
    /// The youngest age in whole years, if there is one.
    pub minimum_age: Option<u8>,
    /// The oldest age in whole years, if there is one.
    pub maximum_age: Option<u8>,
    /// When somebody last checked that all this is right (`assured_date`).
    pub assured_on: Option<Date>,
    /// When the feed last changed it.
    pub last_modified: Option<Timestamp>,
}

/// A telephone number of a service, an organization or one of its people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phone {
    /// The feed's own id, or one made from the service's.
    pub id: PhoneId,
    /// As the feed writes it; parse a [`crate::telephone::Telephone`] before making a link of it.
    pub number: String,
    /// Whose it is, or when it is answered.
    pub description: Option<String>,
}

/// A named list of terms, such as needs or categories.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taxonomy {
    /// The feed's own id, or one made from the name where the feed gives only that.
    pub id: TaxonomyId,
    /// What it is called; the council's settings name the need and the category taxonomy by this.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
}

/// One taxonomy term, such as a need or a category.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// The feed's own id.
    pub id: TaxonomyTermId,
    /// The taxonomy it belongs to.
    pub taxonomy: TaxonomyId,
    /// That taxonomy's name.
    pub taxonomy_name: String,
    /// What people read.
    pub name: String,
    /// What stands in our addresses: `?need={slug}`.
    pub slug: TermSlug,
    /// The broader term, if there is one.
    pub parent: Option<TaxonomyTermId>,
}

/// Everything about one service.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Listing {
    /// The service itself.
    pub service: Service,
    /// Who runs it.
    pub organization: Option<Organization>,
    /// Where it is given; none for a service that comes to people, or by telephone or online.
    pub places: Vec<Place>,
    /// When it is given.
    pub schedules: Vec<Schedule>,
    /// What it costs.
    pub cost_options: Vec<CostOption>,
    /// Numbers to ring.
    pub phones: Vec<Phone>,
    /// What it is about.
    pub terms: Vec<Term>,
    /// Where its users may live, in the feed's own words: the names of its service areas.
    pub areas: Vec<String>,
    /// Languages it is given in.
    pub languages: Vec<String>,
    /// What it says about SEND beyond the standard.
    pub send: SendDetails,
    /// The smaller parts of its record.
    pub details: ServiceDetails,
    /// What its record in the feed says beside all this.
    pub rest: Rest,
}

impl Service {
    /// A running service of which nothing is known but its name.
    #[must_use]
    pub const fn named(id: ServiceId, slug: ServiceSlug, name: String) -> Self {
        Self {
            id,
            slug,
            organization: None,
            name,
            alternate_name: None,
            description: None,
            url: None,
            email: None,
            status: ServiceStatus::Active,
            fees_description: None,
            eligibility_description: None,
            application_process: None,
            accreditations: None,
            alert: None,
            minimum_age: None,
            maximum_age: None,
            assured_on: None,
            last_modified: None,
        }
    }
}

impl Listing {
    /// Of a service about which nothing else is known.
    #[must_use]
    pub fn of(service: Service) -> Self {
        Self {
            service,
            organization: None,
            places: Vec::new(),
            schedules: Vec::new(),
            cost_options: Vec::new(),
            phones: Vec::new(),
            terms: Vec::new(),
            areas: Vec::new(),
            languages: Vec::new(),
            send: SendDetails::default(),
            details: ServiceDetails::default(),
            rest: Rest::default(),
        }
    }

    /// This listing's terms in the taxonomy of that name (letter case does not matter).
    pub fn terms_in<'a>(&'a self, taxonomy_name: &'a str) -> impl Iterator<Item = &'a Term> {
        self.terms
            .iter()
            .filter(move |term| term.taxonomy_name.to_lowercase() == taxonomy_name.to_lowercase())
    }

    /// Which of its properties another version of it says otherwise, by the names that they have here;
    /// `rest` is what we have no field for. The slug does not count: the store gives it.
    #[must_use]
    pub fn differences(&self, other: &Self) -> Vec<String> {
        let properties = |listing: &Self| {
            let mut all = match serde_json::to_value(listing) {
                Ok(Value::Object(all)) => all,
                _ => Map::new(),
            };
            for nested in ["service", "details"] {
                if let Some(Value::Object(inner)) = all.remove(nested) {
                    all.extend(inner);
                }
            }
            all.remove("slug");
            all
        };
        let (ours, theirs) = (properties(self), properties(other));
        let names = ours
            .into_iter()
            .filter(|(name, value)| theirs.get(name) != Some(value));
        names.map(|(name, _)| name).collect()
    }

    /// Where on the ground it is given: the positions of its physical places.
    pub fn positions(&self) -> impl Iterator<Item = Position> {
        self.places
            .iter()
            .filter(|place| place.location.is_physical())
            .filter_map(|place| place.location.position)
    }

    /// How people meet it: as the listing says, or else by its places, or by nothing that we know.
    #[must_use]
    pub fn deliveries(&self) -> Vec<Delivery> {
        if !self.send.delivery.is_empty() {
            return self.send.delivery.clone();
        }
        let has = |wanted: LocationType| {
            self.places
                .iter()
                .any(|place| place.location.location_type == wanted)
        };
        [
            (LocationType::Physical, Delivery::InPerson),
            (LocationType::Virtual, Delivery::Online),
        ]
        .into_iter()
        .filter(|(place, _)| has(*place))
        .map(|(_, delivery)| delivery)
        .collect()
    }

    /// Whether it costs anything: as the listing says, or else by its prices; `None` where neither
    /// tells. A price of nothing for some is no free service.
    #[must_use]
    pub fn charge(&self) -> Option<Charge> {
        let amounts = || self.cost_options.iter().filter_map(|option| option.amount);
        let fees = self.service.fees_description.as_deref().unwrap_or_default();
        self.send.charge.or_else(|| {
            if amounts().any(|amount| amount.0 > 0) {
                Some(Charge::Paid)
            } else if amounts().next().is_some() || starts_with_free(fees) {
                Some(Charge::Free)
            } else {
                None
            }
        })
    }

    /// The description cut to `max_chars` at the end of a sentence, else of a word, on one line;
    /// `None` without one.
    pub fn short_description(&self, max_chars: usize) -> Option<String> {
        let words = self.service.description.as_deref()?.split_whitespace();
        let whole = words.collect::<Vec<_>>().join(" ");
        if whole.is_empty() {
            return None;
        }
        if whole.chars().count() <= max_chars {
            return Some(whole);
        }
        if let Some(sentences) = whole_sentences(&whole, max_chars) {
            return Some(sentences.to_owned());
        }
        // One character is kept for the ellipsis.
        let cut: String = whole.chars().take(max_chars.saturating_sub(1)).collect();
        let end = cut.rfind(' ').unwrap_or(cut.len());
        let kept = cut[..end].trim_end_matches([',', ';', ':', '.', ' ', '-']);
        Some(format!("{kept}…"))
    }
}

/// “Free.”, “Free for members”; but not “Freedom pass holders pay £2”.
fn starts_with_free(fees: &str) -> bool {
    fees.split(|c: char| !c.is_alphanumeric())
        .next()
        .is_some_and(|word| word.eq_ignore_ascii_case("free"))
}

/// The sentences that end within `max_chars`. Less than a third of that says too little, and may be
/// no sentence at all ("St. Mary's").
fn whole_sentences(text: &str, max_chars: usize) -> Option<&str> {
    let ends = text.char_indices().enumerate().take(max_chars);
    ends.skip(max_chars / 3)
        .filter(|(_, (_, mark))| matches!(mark, '.' | '!' | '?'))
        .map(|(_, (start, mark))| text.split_at(start + mark.len_utf8()))
        .filter(|(_, rest)| {
            let mut next = rest.chars();
            next.next() == Some(' ') && next.next().is_some_and(char::is_uppercase)
        })
        .last()
        .map(|(sentences, _)| sentences)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listing(description: &str) -> Listing {
        let id = ServiceId::from_uuid(uuid::Uuid::nil());
        let slug = "a-service".parse().unwrap();
        Listing::of(Service {
            description: Some(description.to_owned()),
            ..Service::named(id, slug, "A service".to_owned())
        })
    }

    #[test]
    fn a_long_description_is_cut_at_the_end_of_a_word() {
        let short =
            listing("Swimming for children,\nwith a hoist and warm water").short_description(24);
        assert_eq!(short.as_deref(), Some("Swimming for children…"));
    }

    #[test]
    fn a_long_description_ends_with_a_sentence_where_one_ends_in_time() {
        let text = "We teach swimming, e.g. breathing. Bring a towel! There is warm water";
        assert_eq!(
            listing(text).short_description(40).as_deref(),
            Some("We teach swimming, e.g. breathing.")
        );
        assert_eq!(
            listing("St. Mary’s has a pool with warm water")
                .short_description(24)
                .as_deref(),
            Some("St. Mary’s has a pool…")
        );
    }

    #[test]
    fn a_short_description_stays_whole_and_a_blank_one_is_absent() {
        assert_eq!(
            listing("Swimming").short_description(24).as_deref(),
            Some("Swimming")
        );
        assert_eq!(listing(" \n").short_description(24), None);
    }

    #[test]
    fn a_listing_survives_being_saved_as_json() {
        let before = listing("Swimming");
        let text = serde_json::to_string(&before).unwrap();
        assert_eq!(serde_json::from_str::<Listing>(&text).unwrap(), before);
    }
}
