//! The smaller parts of the full Open Referral UK record: what families read on a listing's page but
//! nothing is reckoned with. Each kind of thing keeps its own in one `details`.
//!
//! Where a thing has a plain list already (the names of areas and languages, what helps people get in), the
//! list here holds the same entries with the rest of what the feed says about each.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Address, Phone, WebAddress};
use crate::codes::LocationType;
use crate::email::EmailAddress;
use crate::ids::{OrganizationId, PartId};

/// Of a service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ServiceDetails {
    /// Who can say whether the listing is right; not for the public.
    pub assurer_email: Option<EmailAddress>,
    /// Interpreters that it can get.
    pub interpretation_services: Option<String>,
    /// Whom to ask. Their numbers stand in [`super::Listing::phones`] too.
    pub contacts: Vec<Contact>,
    /// What to bring.
    pub required_documents: Vec<RequiredDocument>,
    /// Who pays for it.
    pub funding: Vec<Funding>,
    /// Addresses beside its website.
    pub additional_urls: Vec<AdditionalUrl>,
    /// Where its users may live; the names are [`super::Listing::areas`].
    pub areas: Vec<ServiceArea>,
    /// Languages it is given in; the names are [`super::Listing::languages`].
    pub languages: Vec<Language>,
}

/// Somebody, or a desk, to ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The feed's own id.
    pub id: PartId,
    /// A person's name, if the provider gives one.
    pub name: Option<String>,
    /// What they are, such as “Reception manager”.
    pub title: Option<String>,
    /// Where they work.
    pub department: Option<String>,
    /// Where to write.
    pub email: Option<EmailAddress>,
    /// Their numbers.
    pub phones: Vec<Phone>,
}

/// Something to bring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequiredDocument {
    /// The feed's own id.
    pub id: PartId,
    /// What it is.
    pub document: String,
    /// Where more about it stands.
    pub uri: Option<WebAddress>,
}

/// Who pays for a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Funding {
    /// The feed's own id.
    pub id: PartId,
    /// In words.
    pub source: String,
}

/// One more address on the web.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdditionalUrl {
    /// The feed's own id.
    pub id: PartId,
    /// What stands there.
    pub label: Option<String>,
    /// The address.
    pub url: WebAddress,
}

/// Where a service's users may live.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceArea {
    /// The feed's own id.
    pub id: PartId,
    /// What it is called.
    pub name: String,
    /// In words.
    pub description: Option<String>,
    /// Its outline, in the form that `extent_type` names.
    pub extent: Option<String>,
    /// Such as `geojson`.
    pub extent_type: Option<String>,
    /// What names the area everywhere, such as its page at the Office for National Statistics.
    pub uri: Option<WebAddress>,
}

/// A language that a service is given in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Language {
    /// The feed's own id.
    pub id: PartId,
    /// What it is called, or its code where the feed gives only that.
    pub name: String,
    /// ISO 639 code.
    pub code: Option<String>,
    /// More about it, such as “on Tuesdays”.
    pub note: Option<String>,
}

/// Of a location.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LocationDetails {
    /// What else it is called.
    pub alternate_name: Option<String>,
    /// How to get there.
    pub transportation: Option<String>,
    /// Its website.
    pub url: Option<WebAddress>,
    /// Which property it is (`external_identifier`).
    pub uprn: Option<Uprn>,
    /// The feed's id of the location's own address.
    pub address_id: Option<PartId>,
    /// Addresses beside that one, such as where to write.
    pub other_addresses: Vec<OtherAddress>,
    /// What helps people get in and about; the words are [`super::Location::accessibility`].
    pub accessibility: Vec<Accessibility>,
}

/// One more address of a location.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherAddress {
    /// The feed's own id.
    pub id: PartId,
    /// What it is for; none means what the location is.
    pub address_type: Option<LocationType>,
    /// The address.
    pub address: Address,
}

/// Something that helps people get in and about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accessibility {
    /// The feed's own id.
    pub id: PartId,
    /// What it is.
    pub description: String,
    /// How to use it.
    pub details: Option<String>,
    /// Where more stands.
    pub url: Option<WebAddress>,
}

/// A unique property reference number: up to twelve digits that name one building in Great Britain
/// (<https://www.gov.uk/government/publications/open-standards-for-government/identifying-property-and-street-information>).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Uprn(String);

/// What was given is no [`Uprn`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be a UPRN of up to 12 digits")]
pub struct InvalidUprn;

impl FromStr for Uprn {
    type Err = InvalidUprn;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        if digits && (1..=12).contains(&text.len()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidUprn)
        }
    }
}

impl TryFrom<String> for Uprn {
    type Error = InvalidUprn;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Uprn> for String {
    fn from(uprn: Uprn) -> Self {
        uprn.0
    }
}

impl fmt::Display for Uprn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Of an organization.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OrganizationDetails {
    /// What else it is called.
    pub alternate_name: Option<String>,
    /// Its picture.
    pub logo: Option<WebAddress>,
    /// What names it everywhere.
    pub uri: Option<WebAddress>,
    /// Such as “charity”.
    pub legal_status: Option<String>,
    /// What it is part of.
    pub parent: Option<OrganizationId>,
    /// Its numbers, such as a charity's.
    pub identifiers: Vec<OrganizationIdentifier>,
}

/// A number of an organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationIdentifier {
    /// The feed's own id.
    pub id: PartId,
    /// The list it stands in, such as `GB-CHC` (<https://org-id.guide>).
    pub scheme: Option<String>,
    /// What it is, such as “Charity number”.
    pub kind: Option<String>,
    /// The number.
    pub identifier: String,
}

/// Of a schedule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScheduleDetails {
    /// How people take part, in words.
    pub attending_type: Option<String>,
    /// Where to see it or book (`schedule_link`).
    pub link: Option<WebAddress>,
    /// The first time (`dtstart`).
    pub starts_on: Option<Date>,
    /// The last time (`until`).
    pub until: Option<Date>,
    /// How many times.
    pub count: Option<u16>,
    /// `byday` as it was written, where weekdays and ordinals do not tell it (`1MO,2TU`).
    pub byday_as_written: Option<String>,
}
