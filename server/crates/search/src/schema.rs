//! The fields of the index and how a listing fills them.

use domain::local_offer::{Listing, Term};
use tantivy::TantivyDocument;
use tantivy::schema::{
    FAST, Field, IndexRecordOption, STORED, STRING, Schema, SchemaBuilder, TextFieldIndexing,
    TextOptions,
};

use crate::error::SearchError;
use crate::index::Taxonomies;
use crate::sectors::position_of_postcode;
use crate::summary::ListingSummary;
use crate::words::{AS_TYPED, STEMMED, without_apostrophes};

/// Raised whenever a field or an analyzer changes: an index of another version is begun anew.
pub(crate) const VERSION: u32 = 1;

/// Fast fields are read by name.
pub(crate) mod fast {
    pub(crate) const MINIMUM_AGE: &str = "minimum_age";
    pub(crate) const MAXIMUM_AGE: &str = "maximum_age";
    /// One for each place, in step with the longitudes.
    pub(crate) const LATITUDE: &str = "latitude";
    pub(crate) const LONGITUDE: &str = "longitude";
    /// `slug` + [`super::LABEL_SEPARATOR`] + name, so that counts need no table of names.
    pub(crate) const NEED_LABEL: &str = "need_label";
    pub(crate) const CATEGORY_LABEL: &str = "category_label";
    /// The name's first 16 bytes as two numbers, to sort by without reading the names.
    pub(crate) const NAME_ORDER: [&str; 2] = ["name_order_1", "name_order_2"];
}

/// Stands in no slug and in no name (control characters are left out when feeds are read).
pub(crate) const LABEL_SEPARATOR: char = '\u{1f}';

/// The fields that are written or matched by number.
#[derive(Clone, Debug)]
pub(crate) struct Fields {
    pub(crate) schema: Schema,
    pub(crate) id: Field,
    pub(crate) summary: Field,
    /// The name as it stands.
    pub(crate) name: Field,
    pub(crate) name_stemmed: Field,
    pub(crate) needs: Field,
    pub(crate) categories: Field,
    pub(crate) organization: Field,
    pub(crate) places: Field,
    pub(crate) body: Field,
    /// Every word of the listing as it stands: for misspellings and beginnings, which stems would spoil.
    pub(crate) words: Field,
    pub(crate) need_slug: Field,
    pub(crate) category_slug: Field,
    need_label: Field,
    category_label: Field,
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
            name: text(b, "name", AS_TYPED),
            name_stemmed: text(b, "name_stemmed", STEMMED),
            needs: text(b, "needs", STEMMED),
            categories: text(b, "categories", STEMMED),
            organization: text(b, "organization", STEMMED),
            places: text(b, "places", STEMMED),
            body: text(b, "body", STEMMED),
            words: text(b, "words", AS_TYPED),
            need_slug: b.add_text_field("need_slug", STRING),
            category_slug: b.add_text_field("category_slug", STRING),
            need_label: b.add_text_field(fast::NEED_LABEL, label()),
            category_label: b.add_text_field(fast::CATEGORY_LABEL, label()),
            minimum_age: b.add_u64_field(fast::MINIMUM_AGE, FAST),
            maximum_age: b.add_u64_field(fast::MAXIMUM_AGE, FAST),
            latitude: b.add_f64_field(fast::LATITUDE, FAST),
            longitude: b.add_f64_field(fast::LONGITUDE, FAST),
            name_order: fast::NAME_ORDER.map(|name| b.add_u64_field(name, FAST)),
            schema: builder.build(),
        }
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
        }
        for (field, order) in self.name_order.iter().zip(name_order(&service.name)) {
            document.add_u64(*field, order);
        }
        if let Some(organization) = &listing.organization {
            self.add_words(&mut document, &[self.organization], &organization.name);
        }
        self.add_terms(&mut document, listing, taxonomies);
        self.add_places(&mut document, listing);
        for text in body(listing) {
            self.add_words(&mut document, &[self.body], text);
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
        let label = |term: &Term| format!("{}{LABEL_SEPARATOR}{}", term.slug, term.name);
        for term in listing.terms_in(&taxonomies.need) {
            self.add_words(document, &[self.needs], &term.name);
            document.add_text(self.need_slug, term.slug.as_str());
            document.add_text(self.need_label, label(term));
        }
        for term in listing.terms_in(&taxonomies.category) {
            self.add_words(document, &[self.categories], &term.name);
            document.add_text(self.category_slug, term.slug.as_str());
            document.add_text(self.category_label, label(term));
        }
    }

    fn add_places(&self, document: &mut TantivyDocument, listing: &Listing) {
        for area in &listing.areas {
            self.add_words(document, &[self.places], area);
        }
        for location in listing.places.iter().map(|place| &place.location) {
            let address = location.address.as_ref();
            let town = address.and_then(|address| address.city.as_deref());
            for text in [location.name.as_deref(), town].into_iter().flatten() {
                self.add_words(document, &[self.places], text);
            }
            let postcode = address.and_then(|address| address.postal_code.as_ref());
            // A place whose position the feed leaves out is where its postcode is.
            let position = location
                .position
                .or_else(|| postcode.and_then(position_of_postcode));
            if let Some(position) = position.filter(|_| location.is_physical()) {
                document.add_f64(self.latitude, position.latitude);
                document.add_f64(self.longitude, position.longitude);
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
    ]
    .into_iter()
    .flatten()
    .map(String::as_str)
    .chain(listing.languages.iter().map(String::as_str))
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
    fn names_sort_as_their_numbers_do() {
        assert!(name_order("apple") < name_order("Apple pie"));
        assert!(name_order("Zebra") > name_order("apple"));
        assert!(name_order("Community centre A") <= name_order("Community centre B"));
    }
}
