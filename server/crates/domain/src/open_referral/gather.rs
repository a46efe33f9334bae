//! Joins what a file says in several places.
//!
//! A service may stand once for each of its locations, an organization once for each of its services,
//! a term once for each service: each is one in the end, known by its id; what comes first counts,
//! and a later mention adds its places. Terms and organizations that a service names only by id are
//! looked for in the whole file.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::entities;
use super::made_ids::made_id;
use super::places::place;
use super::record::{Findings, Record};
use super::slugs::distinct_slugs;
use super::{Fault, Import};
use crate::ids::{OrganizationId, TaxonomyId, TaxonomyTermId};
use crate::local_offer::{Listing, Organization, Place, Taxonomy, Term};

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
    taxonomies: Vec<Taxonomy>,
    terms: Vec<TermDraft>,
}

/// A listing before its slug, terms and organization are settled; a slug made of its id stands in until then.
struct Draft {
    listing: Listing,
    terms: Vec<TaxonomyTermId>,
}

struct TermDraft {
    id: TaxonomyTermId,
    name: String,
    parent: Option<TaxonomyTermId>,
    taxonomy: TaxonomyId,
}

impl<'a> Gatherer<'a> {
    pub(super) fn new(findings: &'a Findings) -> Self {
        Self {
            findings,
            drafts: Vec::new(),
            by_service: HashMap::new(),
            organizations: Vec::new(),
            taxonomies: Vec::new(),
            terms: Vec::new(),
        }
    }

    /// An organization, with its services.
    pub(super) fn organization(&mut self, record: &Record<'_>) {
        let organization = self.keep_organization(record);
        for service in record.children("services") {
            self.service(&service, organization, Vec::new());
        }
    }

    fn keep_organization(&mut self, record: &Record<'_>) -> Option<OrganizationId> {
        let organization = entities::organization(record)?;
        let id = organization.id;
        if !self.organizations.iter().any(|known| known.id == id) {
            self.organizations.push(organization);
        }
        Some(id)
    }

    /// A service at a location, with both inside.
    pub(super) fn service_at_location(&mut self, record: &Record<'_>) {
        let record = &record.named("service at location");
        let places = place(record).into_iter().collect();
        if let Some(service) = record.child("service") {
            self.service(&service, None, places);
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

    /// A service, its places found elsewhere and the organization it stands in, if it does.
    pub(super) fn service(
        &mut self,
        record: &Record<'_>,
        owner: Option<OrganizationId>,
        mut places: Vec<Place>,
    ) {
        let record = &record.named("service");
        let organization = record
            .child("organization")
            .and_then(|inner| self.keep_organization(&inner))
            .or(owner)
            .or_else(|| record.id("organization_id").map(OrganizationId::from_uuid));
        let terms = self.terms_of(record);
        places.extend(
            record
                .children("service_at_locations")
                .iter()
                .filter_map(place),
        );
        let Some(listing) = entities::listing(record, organization, places) else {
            return;
        };
        let id = listing.service.id.as_uuid();
        if let Some(known) = self
            .by_service
            .get(&id)
            .and_then(|index| self.drafts.get_mut(*index))
        {
            known.add(listing.places, terms);
            return;
        }
        self.by_service.insert(id, self.drafts.len());
        self.drafts.push(Draft { listing, terms });
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

    /// Everything joined, or every fault.
    pub(super) fn finish(self) -> Result<Import, Vec<Fault>> {
        let (faults, warnings) = self.findings.take();
        if !faults.is_empty() {
            return Err(without_repeats(faults));
        }
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
            if let Ok(slug) = slug.parse() {
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
            listing
        };
        let listings = self.drafts.into_iter().zip(slugs).map(finished).collect();
        let warnings = without_repeats(warnings);
        Ok(Import {
            listings,
            organizations: self.organizations,
            taxonomies: self.taxonomies,
            terms,
            warnings,
        })
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
            slug: slug.parse().ok()?,
            name: draft.name,
            parent: draft.parent,
        })
    };
    drafts.into_iter().zip(slugs).filter_map(finished).collect()
}

impl Draft {
    /// What a later mention of the same service adds.
    fn add(&mut self, places: Vec<Place>, terms: Vec<TaxonomyTermId>) {
        for place in places {
            if !self.listing.places.iter().any(|known| known.id == place.id) {
                self.listing.places.push(place);
            }
        }
        for term in terms {
            if !self.terms.contains(&term) {
                self.terms.push(term);
            }
        }
    }
}
