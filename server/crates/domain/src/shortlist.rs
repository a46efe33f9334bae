//! A list of services that somebody keeps without an account: in a cookie of their own browser, or
//! in a link that they send to somebody.
//!
//! It holds the last parts of the services' addresses ([`ServiceSlug`]), which say all by themselves;
//! nothing of it is kept on the server.

use crate::keys::ServiceSlug;

/// So many of the longest slugs fit into a cookie (4,096 bytes with its name and what goes with it,
/// RFC 6265, 6.1).
pub const MOST: usize = 30;

/// Stands in no slug.
const BETWEEN: char = '.';

/// At most [`MOST`] services, each once, in the order in which they were added.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shortlist(Vec<ServiceSlug>);

/// The list holds [`MOST`] services already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a list holds at most {MOST} services")]
pub struct ListIsFull;

impl Shortlist {
    /// Those of these texts that are slugs; what is too many is left out.
    pub fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let mut list = Self::default();
        for slug in texts.into_iter().filter_map(|text| text.parse().ok()) {
            if list.add(slug).is_err() {
                break;
            }
        }
        list
    }

    /// What a cookie holds, read again. A cookie is anybody's to write: only what is right is taken.
    #[must_use]
    pub fn from_cookie(text: &str) -> Self {
        Self::of(text.split(BETWEEN))
    }

    /// As a cookie holds it: letters, digits, hyphens and full stops.
    #[must_use]
    pub fn to_cookie(&self) -> String {
        self.0
            .iter()
            .map(ServiceSlug::as_str)
            .collect::<Vec<_>>()
            .join(&BETWEEN.to_string())
    }

    /// The address of a page that shows this list to whoever has the link.
    #[must_use]
    pub fn query(&self) -> String {
        self.0
            .iter()
            .map(|slug| format!("s={slug}"))
            .collect::<Vec<_>>()
            .join("&")
    }

    /// Puts a service at the end; one that is there stays where it is.
    ///
    /// # Errors
    /// When it is full.
    pub fn add(&mut self, slug: ServiceSlug) -> Result<(), ListIsFull> {
        if self.has(&slug) {
            return Ok(());
        }
        if self.0.len() >= MOST {
            return Err(ListIsFull);
        }
        self.0.push(slug);
        Ok(())
    }

    /// Takes a service off.
    pub fn remove(&mut self, slug: &ServiceSlug) {
        self.0.retain(|kept| kept != slug);
    }

    /// Whether a service is on it.
    #[must_use]
    pub fn has(&self, slug: &ServiceSlug) -> bool {
        self.0.contains(slug)
    }

    /// Whether every service of another list is on it.
    #[must_use]
    pub fn has_all(&self, other: &Self) -> bool {
        other.0.iter().all(|slug| self.has(slug))
    }

    /// The services, in order.
    #[must_use]
    pub fn slugs(&self) -> &[ServiceSlug] {
        &self.0
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn slug(number: usize) -> ServiceSlug {
        format!("service-{number}").parse().unwrap()
    }

    #[test]
    fn a_list_keeps_its_order_and_each_service_once() {
        let mut list = Shortlist::of(["swimming", "autism-club", "swimming", "No slug", ""]);
        assert_eq!(list.to_cookie(), "swimming.autism-club");
        assert_eq!(list.query(), "s=swimming&s=autism-club");
        list.remove(&"swimming".parse().unwrap());
        assert_eq!(list.to_cookie(), "autism-club");
    }

    #[test]
    fn a_full_list_takes_no_more_but_knows_what_it_has() {
        let mut list = Shortlist::default();
        for number in 0..MOST {
            assert_eq!(list.add(slug(number)), Ok(()));
        }
        assert_eq!(list.add(slug(0)), Ok(()));
        assert_eq!(list.add(slug(MOST)), Err(ListIsFull));
        assert_eq!(list.len(), MOST);
    }

    #[test]
    fn the_longest_list_fits_into_a_cookie() {
        let longest = (0..MOST).map(|number| format!("{number:0>120}"));
        let longest: Vec<String> = longest.collect();
        let list = Shortlist::of(longest.iter().map(String::as_str));
        assert_eq!(list.len(), MOST);
        assert!(list.to_cookie().len() < 3_900);
    }

    proptest! {
        #[test]
        fn whatever_a_cookie_holds_is_read_without_harm(text in ".*") {
            let list = Shortlist::from_cookie(&text);
            prop_assert!(list.len() <= MOST);
            prop_assert_eq!(Shortlist::from_cookie(&list.to_cookie()), list);
        }
    }
}
