//! The fields of the index and how a listing fills them.

use domain::local_offer::{Listing, Term};
use jiff::civil::Date;
use tantivy::TantivyDocument;
use tantivy::schema::{
    FAST, Field, IndexRecordOption, STORED, STRING, Schema, SchemaBuilder, TextFieldIndexing,
    TextOptions,
};

use crate::error::SearchError;
use crate::index::Taxonomies;
use crate::listing_facets::{labels, slots};
use crate::names;
use crate::sectors::position_of_location;
use crate::summary::ListingSummary;
use crate::towns::{self, Sort, part_of_town};
use crate::weights;
use crate::words::{AS_TYPED, STEMMED, without_apostrophes};

/// How much of the description is its lead.
const LEAD_CHARS: usize = 160;

/// Raised whenever a field or an analyzer changes: an index of another version is begun anew.
pub(crate) const VERSION: u32 = 3;

/// Fast fields are read by name.
pub(crate) mod fast {
    pub(crate) const MINIMUM_AGE: &str = "minimum_age";
    pub(crate) const MAXIMUM_AGE: &str = "maximum_age";
    /// One for each place, in step with the longitudes.
    pub(crate) const LATITUDE: &str = "latitude";
    pub(crate) const LONGITUDE: &str = "longitude";
    /// Every value of every group of filters but days and times: [`crate::listing_facets::Label`].
    pub(crate) const FACETS: &str = "facets";
    /// Days and times: [`crate::listing_facets::slots`].
    pub(crate) const SLOTS: &str = "slots";
    /// The day on which it was last checked, in days since 1970.
    pub(crate) const CHECKED_ON: &str = "checked_on";
    /// The towns of its places and where they are: [`crate::towns::encode`].
    pub(crate) const TOWN: &str = "town";
    /// The name and the slug, for suggestions: [`crate::names::encode`].
    pub(crate) const SUGGESTED: &str = "suggested";
    /// The name's first 16 bytes as two numbers, to sort by without reading the names.
    pub(crate) const NAME_ORDER: [&str; 2] = ["name_order_1", "name_order_2"];
}

/// The fields that are written or matched by number.
#[derive(Clone, Debug)]
pub(crate) struct Fields {
    pub(crate) schema: Schema,
    pub(crate) id: Field,
    pub(crate) summary: Field,
    /// The whole name in one: what is typed just so comes first.
    pub(crate) whole_name: Field,
    /// The name, its words as they stand.
    pub(crate) name: Field,
    pub(crate) name_stemmed: Field,
    pub(crate) needs: Field,
    pub(crate) categories: Field,
    pub(crate) organization: Field,
    pub(crate) places: Field,
    /// The first sentences of the description.
    pub(crate) lead: Field,
    pub(crate) body: Field,
    /// Every word of the listing as it stands: for misspellings and beginnings, which stems would spoil.
    pub(crate) words: Field,
    facets: Field,
    slots: Field,
    checked_on: Field,
    town: Field,
    suggested: Field,
    minimum_age: Field,
    maximum_age: Field,
    latitude: Field,
    longitude: Field,
    name_order: [Field; 2],
}

impl Fields {
    pub(crate) fn new() -> Self {
        let mut builder = Schema::builder();
        let label = || TextOptions::default().set_fast("raw");
        let b = &mut builder;
        Self {
            id: b.add_text_field("id", STRING),
            summary: b.add_text_field("summary", STORED),
            whole_name: b.add_text_field("whole_name", STRING),
            name: text(b, "name", AS_TYPED),
            name_stemmed: text(b, "name_stemmed", STEMMED),
            needs: text(b, "needs", STEMMED),
            categories: text(b, "categories", STEMMED),
            organization: text(b, "organization", STEMMED),
            places: text(b, "places", STEMMED),
            lead: text(b, "lead", STEMMED),
            body: text(b, "body", STEMMED),
            words: text(b, "words", AS_TYPED),
            facets: b.add_text_field(fast::FACETS, label()),
            slots: b.add_u64_field(fast::SLOTS, FAST),
            checked_on: b.add_i64_field(fast::CHECKED_ON, FAST),
            town: b.add_text_field(fast::TOWN, label()),
            suggested: b.add_text_field(fast::SUGGESTED, label()),
            minimum_age: b.add_u64_field(fast::MINIMUM_AGE, FAST),
            maximum_age: b.add_u64_field(fast::MAXIMUM_AGE, FAST),
            latitude: b.add_f64_field(fast::LATITUDE, FAST),
            longitude: b.add_f64_field(fast::LONGITUDE, FAST),
            name_order: fast::NAME_ORDER.map(|name| b.add_u64_field(name, FAST)),
            schema: builder.build(),
        }
    }

    /// The fields of stemmed words, with what each counts.
    pub(crate) fn stemmed(&self) -> [(Field, f32); 7] {
        [
            (self.name_stemmed, weights::NAME_STEMMED),
            (self.needs, weights::NEEDS),
            (self.categories, weights::CATEGORIES),
            (self.organization, weights::ORGANIZATION),
            (self.places, weights::PLACES),
            (self.lead, weights::LEAD),
            (self.body, weights::BODY),
        ]
    }

    /// The document of a listing.
    pub(crate) fn document(
        &self,
        listing: &Listing,
        taxonomies: &Taxonomies,
    ) -> Result<TantivyDocument, SearchError> {
        let service = &listing.service;
        let mut document = TantivyDocument::new();
        document.add_text(self.id, service.id.to_string());
        document.add_text(
            self.summary,
            serde_json::to_string(&ListingSummary::of(listing))?,
        );
        let names = [Some(&service.name), service.alternate_name.as_ref()];
        for name in names.into_iter().flatten() {
            self.add_words(&mut document, &[self.name, self.name_stemmed], name);
            document.add_text(self.whole_name, whole(name));
        }
        let suggested = names::encode(&service.name, service.slug.as_str());
        document.add_text(self.suggested, suggested);
        for (field, order) in self.name_order.iter().zip(name_order(&service.name)) {
            document.add_u64(*field, order);
        }
        if let Some(organization) = &listing.organization {
            self.add_words(&mut document, &[self.organization], &organization.name);
        }
        self.add_terms(&mut document, listing, taxonomies);
        self.add_places(&mut document, listing);
        if let Some(lead) = listing.short_description(LEAD_CHARS) {
            document.add_text(self.lead, without_apostrophes(&lead));
        }
        for text in body(listing) {
            self.add_words(&mut document, &[self.body], &without_denials(text));
        }
        for label in labels(listing, taxonomies) {
            document.add_text(self.facets, label.encode());
        }
        document.add_u64(self.slots, slots(listing));
        if let Some(day) = service.assured_on {
            document.add_i64(self.checked_on, days_since_1970(day));
        }
        if let Some(age) = service.minimum_age {
            document.add_u64(self.minimum_age, age.into());
        }
        if let Some(age) = service.maximum_age {
            document.add_u64(self.maximum_age, age.into());
        }
        Ok(document)
    }

    fn add_words(&self, document: &mut TantivyDocument, fields: &[Field], text: &str) {
        let text = without_apostrophes(text);
        for field in fields {
            document.add_text(*field, &text);
        }
        document.add_text(self.words, &text);
    }

    fn add_terms(
        &self,
        document: &mut TantivyDocument,
        listing: &Listing,
        taxonomies: &Taxonomies,
    ) {
        for term in listing.terms_in(&taxonomies.need) {
            self.add_words(document, &[self.needs], &term.name);
        }
        // What a taxonomy says that nobody filters by says what kind of service it is all the same.
        let is_need = |term: &&Term| {
            let taxonomy = term.taxonomy_name.to_lowercase();
            taxonomy == taxonomies.need.to_lowercase()
        };
        for term in listing.terms.iter().filter(|term| !is_need(term)) {
            self.add_words(document, &[self.categories], &term.name);
        }
    }

    fn add_places(&self, document: &mut TantivyDocument, listing: &Listing) {
        for area in &listing.areas {
            self.add_words(document, &[self.places], area);
        }
        for location in listing.places.iter().map(|place| &place.location) {
            let part = part_of_town(location);
            for text in [location.shown_name(), location.town(), part]
                .into_iter()
                .flatten()
            {
                self.add_words(document, &[self.places], text);
            }
            if let Some(position) = position_of_location(location) {
                document.add_f64(self.latitude, position.latitude);
                document.add_f64(self.longitude, position.longitude);
                let town = location.town().map(|town| (town, Sort::Town));
                let part = part.map(|part| (part, Sort::Part));
                for (name, sort) in town.into_iter().chain(part) {
                    document.add_text(self.town, towns::encode(name, sort, position));
                }
            }
        }
    }
}

fn text(builder: &mut SchemaBuilder, name: &str, analyzer: &str) -> Field {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(analyzer)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    builder.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
}

/// What is searched besides the name, the terms and the places.
fn body(listing: &Listing) -> impl Iterator<Item = &str> {
    let service = &listing.service;
    [
        &service.description,
        &service.eligibility_description,
        &service.application_process,
        &service.alert,
        &listing.send.while_you_wait,
    ]
    .into_iter()
    .flatten()
    .chain(&listing.languages)
    .chain(listing.send.answers.iter().map(|answer| &answer.answer))
    .map(String::as_str)
}

/// The text without lines like “Hearing impairment: No”, as older directories have for every question that
/// they ask: such a service is the last one to find by it.
fn without_denials(text: &str) -> String {
    let is_denial = |line: &&str| {
        let line = line.trim().trim_end_matches('.');
        let answer = line
            .rsplit_once([':', '?'])
            .map(|(_, answer)| answer.trim());
        answer.is_some_and(|answer| answer.eq_ignore_ascii_case("no"))
    };
    let lines = text.lines().filter(|line| !is_denial(line));
    lines.collect::<Vec<_>>().join("\n")
}

/// A name as the index holds it in one: letter case, marks and spaces do not matter.
pub(crate) fn whole(name: &str) -> String {
    domain::keys::slugify(name)
}

/// Days since 1 January 1970.
pub(crate) fn days_since_1970(day: Date) -> i64 {
    let epoch = Date::constant(1970, 1, 1);
    i64::from((day - epoch).get_days())
}

/// The first 16 bytes of the name in lower case, so that numbers sort as the names do.
fn name_order(name: &str) -> [u64; 2] {
    let folded = domain::keys::slugify(name);
    let mut bytes = folded.bytes().chain(std::iter::repeat(0));
    let mut eight = || {
        bytes
            .by_ref()
            .take(8)
            .fold(0, |number: u64, byte| number << 8 | u64::from(byte))
    };
    [eight(), eight()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_listing_denies_is_not_indexed() {
        let text = "A club.\n- Wheelchair access: Yes\n- Hearing loop: No\nAny ramps? No.\nSay no";
        assert_eq!(
            without_denials(text),
            "A club.\n- Wheelchair access: Yes\nSay no"
        );
    }

    #[test]
    fn names_sort_as_their_numbers_do() {
        assert!(name_order("apple") < name_order("Apple pie"));
        assert!(name_order("Zebra") > name_order("apple"));
        assert!(name_order("Community centre A") <= name_order("Community centre B"));
    }
}
