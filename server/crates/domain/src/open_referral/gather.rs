//! Joins what a file says in several places.
//!
//! A service may stand once for each of its locations, an organization once for each of its services,
//! a term once for each service: each is one in the end, known by its id; what comes first counts,
//! and a later mention adds its places. Terms and organizations that a service names only by id are
//! looked for in the whole file.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::fmt::Display;
use std::str::FromStr;

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::entities;
use super::made_ids::made_id;
use super::places::place;
use super::record::{Findings, Record};
use super::slugs::distinct_slugs;
use super::{Fault, Import, Reading, export};
use crate::ids::{OrganizationId, TaxonomyId, TaxonomyTermId};
use crate::keys::{ServiceSlug, TermSlug};
use crate::local_offer::{Listing, Organization, Place, Rest, Taxonomy, Term};

/// The longest a [`crate::keys::ServiceSlug`] may be.
const LONGEST_SERVICE_SLUG: usize = 120;
/// The longest a [`crate::keys::TermSlug`] may be.
const LONGEST_TERM_SLUG: usize = 60;

/// Collects the records of one file.
pub(super) struct Gatherer<'a> {
    findings: &'a Findings,
    drafts: Vec<Draft>,
    by_service: HashMap<Uuid, usize>,
    organizations: Vec<Organization>,
    organization_records: HashMap<OrganizationId, Value>,
    taxonomies: Vec<Taxonomy>,
    terms: Vec<TermDraft>,
}

/// A listing before its slug, terms and organization are settled; a slug made of its id stands in until then.
struct Draft {
    listing: Listing,
    terms: Vec<TaxonomyTermId>,
    /// The slug that the feed gives it.
    slug: Option<ServiceSlug>,
    /// All that the file says of it.
    record: Map<String, Value>,
}

/// A service's places that stand beside it in the file, each with its record.
type PlacesBeside = Vec<(Place, Value)>;

struct TermDraft {
    id: TaxonomyTermId,
    name: String,
    parent: Option<TaxonomyTermId>,
    taxonomy: TaxonomyId,
    /// The slug that the feed gives it.
    slug: Option<TermSlug>,
    record: Map<String, Value>,
}

impl<'a> Gatherer<'a> {
    pub(super) fn new(findings: &'a Findings) -> Self {
        Self {
            findings,
            drafts: Vec::new(),
            by_service: HashMap::new(),
            organizations: Vec::new(),
            organization_records: HashMap::new(),
            taxonomies: Vec::new(),
            terms: Vec::new(),
        }
    }

    /// An organization, with its services.
    pub(super) fn organization(&mut self, record: &Record<'_>) {
        let before = self.findings.faults();
        let organization = self.keep_organization(record);
        let faulty = self.findings.faults() > before;
        for service in record.children("services") {
            // Without a right organization its services cannot be right.
            let before = if faulty {
                before
            } else {
                self.findings.faults()
            };
            self.service_since(before, &service, organization, Vec::new());
        }
    }

    fn keep_organization(&mut self, record: &Record<'_>) -> Option<OrganizationId> {
        let organization = entities::organization(record)?;
        let id = organization.id;
        if let Entry::Vacant(new) = self.organization_records.entry(id) {
            new.insert(without(record.object(), "services"));
            self.organizations.push(organization);
        }
        Some(id)
    }

    /// A service at a location, with both inside.
    pub(super) fn service_at_location(&mut self, record: &Record<'_>) {
        let before = self.findings.faults();
        let record = &record.named("service at location");
        let beside = without(record.object(), "service");
        let places = place(record).map(|place| (place, beside));
        let places = places.into_iter().collect();
        if let Some(service) = record.child("service") {
            self.service_since(before, &service, None, places);
        }
    }

    /// A taxonomy, with its terms.
    pub(super) fn taxonomy(&mut self, record: &Record<'_>) {
        let record = record.named("taxonomy");
        let (id, name) = (record.required_id(), record.required_line("name"));
        let description = record.text("description");
        let taxonomy = id.zip(name).map(|(id, name)| Taxonomy {
            id: TaxonomyId::from_uuid(id),
            name,
            description,
        });
        let terms = record.children("taxonomy_terms");
        let id = taxonomy.map(|taxonomy| self.keep_taxonomy(taxonomy));
        for term in terms {
            self.term(&term, id);
        }
    }

    fn keep_taxonomy(&mut self, taxonomy: Taxonomy) -> TaxonomyId {
        let id = taxonomy.id;
        match self.taxonomies.iter_mut().find(|known| known.id == id) {
            None => self.taxonomies.push(taxonomy),
            Some(known) if known.description.is_none() => *known = taxonomy,
            Some(_) => {}
        }
        id
    }

    /// A term of the given taxonomy, or of the one it names itself.
    pub(super) fn term(
        &mut self,
        record: &Record<'_>,
        taxonomy: Option<TaxonomyId>,
    ) -> Option<TaxonomyTermId> {
        let record = record.named("taxonomy term");
        let (id, name) = (record.required_id(), record.required_line("name"));
        let (id, name) = (TaxonomyTermId::from_uuid(id?), name?);
        if self.terms.iter().any(|known| known.id == id) {
            return Some(id);
        }
        let taxonomy = taxonomy.unwrap_or_else(|| self.taxonomy_of(&record));
        let parent = record.id("parent_id").map(TaxonomyTermId::from_uuid);
        self.terms.push(TermDraft {
            id,
            name,
            parent,
            taxonomy,
            slug: own_slug(&record),
            record: record.object().clone(),
        });
        Some(id)
    }

    /// The taxonomy a term names: by `taxonomy_detail`, by `taxonomy_id`, or by name alone, when one of
    /// that name in the file is meant, or else one is made.
    fn taxonomy_of(&mut self, record: &Record<'_>) -> TaxonomyId {
        let detail = record.child("taxonomy_detail");
        let id = record
            .id("taxonomy_id")
            .or_else(|| detail.as_ref().and_then(|detail| detail.id("id")));
        let name = record
            .line("taxonomy")
            .or_else(|| detail.as_ref().and_then(|detail| detail.line("name")));
        let known = self.taxonomies.iter().find(|known| match (id, &name) {
            (Some(id), _) => known.id.as_uuid() == id,
            (None, Some(name)) => known.name == *name,
            (None, None) => false,
        });
        if let Some(known) = known {
            return known.id;
        }
        let name = name.unwrap_or_else(|| "Other".to_owned());
        let id = TaxonomyId::from_uuid(id.unwrap_or_else(|| made_id("taxonomy", &name)));
        let description = None;
        self.keep_taxonomy(Taxonomy {
            id,
            name,
            description,
        })
    }

    /// A service that stands by itself.
    pub(super) fn service(&mut self, record: &Record<'_>) {
        self.service_since(self.findings.faults(), record, None, Vec::new());
    }

    /// A service, its places found elsewhere and the organization it stands in, if it does. It is left out
    /// when there are more faults than `before`: then one of them is in it, or in what it stands in.
    fn service_since(
        &mut self,
        before: usize,
        record: &Record<'_>,
        owner: Option<OrganizationId>,
        beside: PlacesBeside,
    ) {
        let record = &record.named("service");
        let organization = record
            .child("organization")
            .and_then(|inner| self.keep_organization(&inner))
            .or(owner)
            .or_else(|| record.id("organization_id").map(OrganizationId::from_uuid));
        let terms = self.terms_of(record);
        let (mut places, records): (Vec<Place>, Vec<Value>) = beside.into_iter().unzip();
        places.extend(
            record
                .children("service_at_locations")
                .iter()
                .filter_map(place),
        );
        let Some(listing) = entities::listing(record, organization, places) else {
            return;
        };
        if self.findings.faults() > before {
            return;
        }
        let id = listing.service.id.as_uuid();
        let known = self.by_service.get(&id);
        if let Some(known) = known.and_then(|index| self.drafts.get_mut(*index)) {
            known.add(listing.places, terms, record.object(), records);
            return;
        }
        self.by_service.insert(id, self.drafts.len());
        let mut draft = Draft {
            listing,
            terms,
            slug: own_slug(record),
            record: record.object().clone(),
        };
        extend(&mut draft.record, "service_at_locations", records);
        self.drafts.push(draft);
    }

    /// The terms of a service's attributes: written out there, or named by id.
    fn terms_of(&mut self, record: &Record<'_>) -> Vec<TaxonomyTermId> {
        let attributes = record.children("attributes");
        let term = |attribute: &Record<'_>| match attribute.child("taxonomy_term") {
            Some(term) => self.term(&term, None),
            None => attribute
                .id("taxonomy_term_id")
                .map(TaxonomyTermId::from_uuid),
        };
        attributes.iter().filter_map(term).collect()
    }

    /// Everything joined, and every fault.
    pub(super) fn finish(mut self) -> Reading {
        let (faults, warnings) = self.findings.take();
        let term_records: HashMap<Uuid, Value> = self
            .terms
            .iter_mut()
            .map(|draft| (draft.id.as_uuid(), std::mem::take(&mut draft.record).into()))
            .collect();
        let terms = finished_terms(self.terms, &self.taxonomies);
        let by_id: HashMap<TaxonomyTermId, &Term> =
            terms.iter().map(|term| (term.id, term)).collect();
        let by_owner: HashMap<OrganizationId, &Organization> = self
            .organizations
            .iter()
            .map(|organization| (organization.id, organization))
            .collect();
        let services = self.drafts.iter().map(|draft| &draft.listing.service);
        let names: Vec<(&str, Uuid)> = services
            .map(|service| (service.name.as_str(), service.id.as_uuid()))
            .collect();
        let slugs = distinct_slugs("service", &names, LONGEST_SERVICE_SLUG);
        let finished = |(draft, slug): (Draft, String)| {
            let mut listing = draft.listing;
            if let Some(slug) = draft.slug.or_else(|| slug.parse().ok()) {
                listing.service.slug = slug;
            }
            listing.terms = draft
                .terms
                .iter()
                .filter_map(|id| by_id.get(id))
                .map(|term| (*term).clone())
                .collect();
            listing.organization = listing
                .service
                .organization
                .and_then(|owner| by_owner.get(&owner))
                .map(|owner| (*owner).clone());
            let mut record = draft.record;
            let owner = listing.service.organization;
            if let Some(owner) = owner.and_then(|id| self.organization_records.get(&id))
                && !record.contains_key("organization")
            {
                record.insert("organization".to_owned(), owner.clone());
            }
            write_out_terms(&mut record, &term_records);
            listing.rest = Rest::of(&record, &export::own_fields(&listing));
            listing
        };
        let listings = self.drafts.into_iter().zip(slugs).map(finished).collect();
        let warnings = without_repeats(warnings);
        Reading {
            import: Import {
                listings,
                organizations: self.organizations,
                taxonomies: self.taxonomies,
                terms,
                warnings,
            },
            faults: without_repeats(faults),
        }
    }
}

/// An organization that stands in the file once for each of its services brings its faults as often.
fn without_repeats(findings: Vec<Fault>) -> Vec<Fault> {
    let mut seen = HashSet::new();
    findings
        .into_iter()
        .filter(|fault| seen.insert(fault.clone()))
        .collect()
}

fn finished_terms(drafts: Vec<TermDraft>, taxonomies: &[Taxonomy]) -> Vec<Term> {
    let names: Vec<(&str, Uuid)> = drafts
        .iter()
        .map(|draft| (draft.name.as_str(), draft.id.as_uuid()))
        .collect();
    let slugs = distinct_slugs("term", &names, LONGEST_TERM_SLUG);
    let finished = |(draft, slug): (TermDraft, String)| {
        let taxonomy = taxonomies.iter().find(|known| known.id == draft.taxonomy)?;
        Some(Term {
            id: draft.id,
            taxonomy: draft.taxonomy,
            taxonomy_name: taxonomy.name.clone(),
            slug: draft.slug.or_else(|| slug.parse().ok())?,
            name: draft.name,
            parent: draft.parent,
        })
    };
    drafts.into_iter().zip(slugs).filter_map(finished).collect()
}

impl Draft {
    /// What a later mention of the same service adds.
    fn add(
        &mut self,
        places: Vec<Place>,
        terms: Vec<TaxonomyTermId>,
        record: &Map<String, Value>,
        mut records: Vec<Value>,
    ) {
        for place in places {
            if !self.listing.places.iter().any(|known| known.id == place.id) {
                self.listing.places.push(place);
            }
        }
        for list in ["service_at_locations", "attributes"] {
            let parts = record.get(list).and_then(Value::as_array);
            let parts = parts.into_iter().flatten().cloned();
            let more = std::mem::take(&mut records).into_iter().chain(parts);
            extend(&mut self.record, list, more.collect());
        }
        for term in terms {
            if !self.terms.contains(&term) {
                self.terms.push(term);
            }
        }
    }
}

/// The slug in our own property, by which a thing is known already.
fn own_slug<T>(record: &Record<'_>) -> Option<T>
where
    T: FromStr,
    T::Err: Display,
{
    record.child("send").and_then(|send| send.parsed("slug"))
}

fn without(record: &Map<String, Value>, field: &str) -> Value {
    let mut record = record.clone();
    record.remove(field);
    record.into()
}

/// Adds parts to a list, but those that stand there already.
fn extend(record: &mut Map<String, Value>, list: &str, parts: Vec<Value>) {
    if parts.is_empty() {
        return;
    }
    if let Value::Array(known) = record.entry(list).or_insert_with(|| json!([])) {
        for part in parts {
            if !known.iter().any(|known| known.get("id") == part.get("id")) {
                known.push(part);
            }
        }
    }
}

/// Puts the whole term where an attribute only names it.
fn write_out_terms(record: &mut Map<String, Value>, terms: &HashMap<Uuid, Value>) {
    let attributes = record.get_mut("attributes").and_then(Value::as_array_mut);
    for attribute in attributes
        .into_iter()
        .flatten()
        .filter_map(Value::as_object_mut)
    {
        let named = attribute.get("taxonomy_term_id").and_then(Value::as_str);
        let named = named.and_then(|id| Uuid::parse_str(id).ok());
        if let Some(term) = named.and_then(|id| terms.get(&id))
            && !attribute.contains_key("taxonomy_term")
        {
            attribute.insert("taxonomy_term".to_owned(), term.clone());
        }
    }
}
