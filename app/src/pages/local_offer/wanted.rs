//! What a person is looking for, as it stands in the page's address.

use domain::{form::Fields, keys::TermSlug};
use hub::search::{Ages, AskedSpelling, Facet, Meant, Order, Query, Tick};
use leptos_router::params::ParamsMap;

use crate::forms::Form;

/// The page that all these addresses lead to.
const PATH: &str = "/local-offer";
/// More words than this are no search.
const MOST_WORDS_CHARS: usize = 500;
/// The distances there are to choose, in miles.
pub(super) const MILES: [u16; 5] = [2, 5, 10, 20, 40];
/// The field that names what was read out of the words and is not meant.
pub(super) const WITHOUT: &str = "without";
/// The value of `spelling` that means: search for what I typed.
pub(super) const AS_TYPED: &str = "typed";

/// A search. Only what can be asked for is kept from an address: the rest is dropped in silence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Wanted {
    fields: Fields,
    page: u32,
}

impl Wanted {
    /// Reads the address of the page.
    pub(crate) fn from_address(address: &ParamsMap) -> Self {
        let mut wanted = Self::default();
        for (name, value) in address {
            wanted.take(name, value.trim());
        }
        wanted
    }

    /// A search that the hub made.
    pub(crate) fn of(query: &Query) -> Self {
        let mut wanted = Self::default();
        wanted.take("q", &query.words);
        for tick in &query.ticked {
            wanted.take(tick.facet.key(), tick.slug.as_str());
        }
        wanted
    }

    fn take(&mut self, name: &str, value: &str) {
        let is_new = !self.fields.contains(name, value);
        let fits = match name {
            "q" => !value.is_empty(),
            "postcode" => !value.is_empty() && value.chars().count() <= 40,
            "miles" => value.parse().is_ok_and(|miles| MILES.contains(&miles)),
            "age" => value.parse::<Ages>().is_ok(),
            "sort" => order(value).is_some(),
            "spelling" => value == AS_TYPED,
            WITHOUT => is_new && Meant::of_key(value).is_some(),
            _ => is_new && Facet::of_key(name).is_some() && value.parse::<TermSlug>().is_ok(),
        };
        match name {
            "page" => self.page = value.parse().unwrap_or_default(),
            _ if fits && (name == WITHOUT || Facet::of_key(name).is_some()) => {
                self.fields.push(name, value);
            }
            "q" if fits => {
                let words: String = value.chars().take(MOST_WORDS_CHARS).collect();
                self.fields.set(name, words);
            }
            _ if fits => self.fields.set(name, value),
            _ => {}
        }
    }

    /// What the index is asked.
    pub(super) fn query(&self) -> Query {
        Query {
            words: self.words().to_owned(),
            postcode: Some(self.one("postcode").to_owned()).filter(|typed| !typed.is_empty()),
            miles: self.one("miles").parse().ok(),
            ages: self.one("age").parse().ok(),
            ticked: self.ticked(),
            let_go: self
                .all(WITHOUT)
                .iter()
                .filter_map(|key| Meant::of_key(key))
                .collect(),
            spelling: match self.one("spelling") {
                AS_TYPED => AskedSpelling::AsTyped,
                _ => AskedSpelling::Mended,
            },
            order: order(self.one("sort")),
            page: self.page,
            ..Query::default()
        }
    }

    /// The words that were typed; empty when there are none.
    pub(super) fn words(&self) -> &str {
        self.one("q")
    }

    /// The one value of a field; empty when there is none.
    pub(super) fn one(&self, name: &str) -> &str {
        self.fields.one(name)
    }

    /// Every value of a field.
    pub(super) fn all(&self, name: &str) -> &[String] {
        self.fields.all(name)
    }

    fn ticked(&self) -> Vec<Tick> {
        let pairs = self.fields.pairs().filter_map(|(name, value)| {
            Some(Tick {
                facet: Facet::of_key(name)?,
                slug: value.parse().ok()?,
            })
        });
        pairs.collect()
    }

    /// The search as a form shows it.
    pub(super) fn form(&self) -> Form {
        Form::filled(self.fields.clone())
    }

    /// Every field and value but those named: what a form takes along unseen.
    pub(super) fn but(&self, names: &[&str]) -> Vec<(String, String)> {
        let pairs = self.fields.pairs();
        pairs
            .filter(|(name, _)| !names.contains(name))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    }

    /// The address of this search's first page.
    pub(crate) fn href(&self) -> String {
        address(self.fields.pairs())
    }

    /// The address of another of its pages.
    pub(super) fn href_of_page(&self, page: u32) -> String {
        let page = page.to_string();
        address(self.fields.pairs().chain([("page", page.as_str())]))
    }

    /// Whether anything at all is asked for.
    pub(super) fn asks_something(&self) -> bool {
        self.fields.pairs().next().is_some()
    }

    /// This search without one value of a field.
    pub(super) fn without(&self, name: &str, value: &str) -> Self {
        self.only(|pair| pair != (name, value))
    }

    /// This search without these fields.
    pub(super) fn without_all(&self, names: &[&str]) -> Self {
        self.only(|(name, _)| !names.contains(&name))
    }

    /// This search with only these fields.
    pub(super) fn with_only(&self, names: &[&str]) -> Self {
        self.only(|(name, _)| names.contains(&name))
    }

    /// This search with one value more; of a field that has one value, with another.
    pub(super) fn with(&self, name: &str, value: &str) -> Self {
        let mut other = self.only(|_| true);
        if name != WITHOUT && Facet::of_key(name).is_none() {
            other.fields = other.fields.without(name);
        }
        other.take(name, value);
        other
    }

    fn only(&self, keep: impl Fn((&str, &str)) -> bool) -> Self {
        let mut other = Self::default();
        for (name, value) in self.fields.pairs().filter(|pair| keep(*pair)) {
            other.fields.push(name, value);
        }
        other
    }
}

fn order(key: &str) -> Option<Order> {
    Order::ALL.into_iter().find(|order| order.key() == key)
}

/// The address of everything in one category or for one need.
pub(crate) fn browse(name: &str, slug: &TermSlug) -> String {
    address([(name, slug.as_str())].into_iter())
}

fn address<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let map: ParamsMap = pairs
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    format!("{PATH}{}", map.to_query_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(pairs: &[(&'static str, &str)]) -> Wanted {
        Wanted::from_address(&pairs.iter().copied().collect())
    }

    #[test]
    fn an_address_is_read_and_written_alike() {
        let wanted = wanted(&[
            ("q", "speech & talking"),
            ("need", "autism"),
            ("need", "deaf"),
            ("age", "4"),
        ]);
        assert_eq!(
            wanted.href(),
            "/local-offer?age=4&need=autism&need=deaf&q=speech%20%26%20talking"
        );
        assert_eq!(wanted.query().ticked.len(), 2);
    }

    #[test]
    fn what_cannot_be_asked_for_is_dropped() {
        let wanted = wanted(&[
            ("age", "99"),
            ("miles", "3"),
            ("need", "<script>"),
            ("q", "  "),
            ("order", "newest"),
        ]);
        assert_eq!(wanted, Wanted::default());
        assert_eq!(wanted.href(), "/local-offer");
    }

    #[test]
    fn one_filter_can_be_taken_off_and_the_page_starts_again() {
        let wanted = wanted(&[("need", "autism"), ("need", "deaf"), ("page", "3")]);
        let one = wanted.without("need", "deaf");
        assert_eq!(one.href(), "/local-offer?need=autism");
        assert_eq!(wanted.without_all(&["need"]).href(), "/local-offer");
        assert_eq!(
            wanted.href_of_page(4),
            "/local-offer?need=autism&need=deaf&page=4"
        );
    }
    #[test]
    fn a_value_more_joins_the_others_or_takes_the_place_of_the_one() {
        let wanted = wanted(&[("need", "autism"), ("sort", "name")]);
        assert_eq!(
            wanted.with("need", "deaf").with("sort", "nearest").href(),
            "/local-offer?need=autism&need=deaf&sort=nearest"
        );
        assert_eq!(
            wanted
                .with(WITHOUT, "day:sa")
                .with(WITHOUT, "age")
                .query()
                .let_go
                .len(),
            2
        );
    }
}
