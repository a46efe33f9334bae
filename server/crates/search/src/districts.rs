//! The council's districts, and which of them a listing is for.

use domain::keys::TermSlug;

use crate::facet::Facet;
use crate::listing_facets::{BY_OUTWARD_CODE, Label};
use crate::words::{Word, words_of};

/// More districts than this no county has; they fit a set of bits.
const MOST: usize = 63;
/// In every district.
pub(crate) const EVERYWHERE: u64 = u64::MAX;

/// A district.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct District {
    /// What stands in an address.
    pub slug: TermSlug,
    /// What people read, and what feeds call the service area.
    pub name: String,
    /// The outward codes of its postcodes, such as `ME14`: for listings that name no area.
    pub outward_codes: Vec<String>,
}

/// All of them, in the council's order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Districts {
    districts: Vec<District>,
    words: Vec<Vec<Word>>,
}

impl Districts {
    pub(crate) fn new(districts: &[District]) -> Self {
        let districts: Vec<District> = districts.iter().take(MOST).cloned().collect();
        let words = districts.iter().map(|it| words_of(&it.name)).collect();
        Self { districts, words }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (usize, &District)> {
        self.districts.iter().enumerate()
    }

    /// A set of the districts with these slugs.
    pub(crate) fn set<'a>(&self, slugs: impl Iterator<Item = &'a TermSlug>) -> u64 {
        let numbers = slugs.filter_map(|slug| self.iter().find(|(_, it)| it.slug == *slug));
        numbers.fold(0, |set, (number, _)| set | 1 << number)
    }

    /// Which districts a label of a listing stands for: an area that is none of them is wider than
    /// they are.
    pub(crate) fn reach(&self, label: &Label) -> u64 {
        debug_assert_eq!(label.facet, Facet::District);
        let is_meant = |district: &District| match label.slug.strip_prefix(BY_OUTWARD_CODE) {
            Some(outward) => {
                let codes = district.outward_codes.iter();
                codes
                    .map(|code| code.to_lowercase())
                    .any(|code| code == outward)
            }
            None => district.slug.as_str() == label.slug || district.name == label.name,
        };
        let found = self.iter().filter(|(_, district)| is_meant(district));
        let set = found.fold(0, |set, (number, _)| set | 1 << number);
        if set == 0 { EVERYWHERE } else { set }
    }

    /// The district with the longest name that these words begin with, and how many it takes.
    pub(crate) fn longest_at(&self, typed: &[Word]) -> Option<(&District, usize)> {
        let is_there = |words: &Vec<Word>| {
            !words.is_empty()
                && typed.len() >= words.len()
                && words
                    .iter()
                    .zip(typed)
                    .all(|(one, two)| one.text == two.text)
        };
        let found = self.districts.iter().zip(&self.words);
        found
            .filter(|(_, words)| is_there(words))
            .map(|(district, words)| (district, words.len()))
            .max_by_key(|(_, length)| *length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn districts() -> Districts {
        let district = |name: &str, code: &str| District {
            slug: TermSlug::from_name(name).unwrap(),
            name: name.to_owned(),
            outward_codes: vec![code.to_owned()],
        };
        Districts::new(&[
            district("Dover", "CT16"),
            district("Tunbridge Wells", "TN1"),
        ])
    }

    fn reach(slug: &str, name: &str) -> u64 {
        districts().reach(&Label {
            facet: Facet::District,
            slug: slug.to_owned(),
            name: name.to_owned(),
        })
    }

    #[test]
    fn an_area_that_is_no_district_is_wider_than_they_are() {
        assert_eq!(reach("dover", "Dover"), 0b01);
        assert_eq!(reach("@tn1", ""), 0b10);
        assert_eq!(reach("whole-county", "Whole county"), EVERYWHERE);
        assert_eq!(reach("@", ""), EVERYWHERE);
    }

    #[test]
    fn a_district_is_known_by_its_whole_name() {
        let districts = districts();
        let found = |text| {
            districts
                .longest_at(&words_of(text))
                .map(|(it, n)| (it.name.clone(), n))
        };
        assert_eq!(
            found("tunbridge wells clubs"),
            Some(("Tunbridge Wells".to_owned(), 2))
        );
        assert_eq!(found("tunbridge clubs"), None);
    }
}
