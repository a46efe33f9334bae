//! What filters and their values are called.

use domain::{
    council::{Council, District},
    keys::TermSlug,
    local_offer::Weekday,
};
use hub::{
    local_offer::OfferTerms,
    search::{Facet, FacetCount, Tick},
};

/// Where the names of values stand.
pub(super) struct Names<'a> {
    /// The values that listings have.
    pub(super) counts: &'a [FacetCount],
    /// Every need and category, where [`Names::lack`] says that they are needed.
    pub(super) terms: &'a OfferTerms,
    /// The council's districts.
    pub(super) districts: &'a [District],
}

impl<'a> Names<'a> {
    pub(super) fn of(
        counts: &'a [FacetCount],
        terms: &'a OfferTerms,
        council: &'a Council,
    ) -> Self {
        Self {
            counts,
            terms,
            districts: &council.districts,
        }
    }

    /// Whether a need or a category is ticked that no count names.
    pub(super) fn lack(counts: &[FacetCount], ticked: &[Tick]) -> bool {
        let is_term = |tick: &&Tick| matches!(tick.facet, Facet::Need | Facet::Category);
        let is_named = |tick: &Tick| {
            let mut counts = counts.iter();
            counts.any(|count| count.facet == tick.facet && count.slug == tick.slug)
        };
        ticked.iter().filter(is_term).any(|tick| !is_named(tick))
    }

    /// What people read for a value; one that no listing has is called after its place in the address.
    pub(super) fn value(&self, facet: Facet, slug: &str) -> String {
        let is_it = |count: &&FacetCount| count.facet == facet && count.slug.as_str() == slug;
        let counted = self.counts.iter().find(is_it).map(|it| it.name.clone());
        counted
            .or_else(|| self.kept(facet, slug))
            .unwrap_or_else(|| readable(slug))
    }

    fn kept(&self, facet: Facet, slug: &str) -> Option<String> {
        let term = |mut terms: std::slice::Iter<'_, domain::local_offer::Term>| {
            let term = terms.find(|term| term.slug.as_str() == slug)?;
            Some(term.name.clone())
        };
        match facet {
            Facet::Need => term(self.terms.needs.iter()),
            Facet::Category => term(self.terms.categories.iter()),
            Facet::District => {
                let mut districts = self.districts.iter();
                let it = districts.find(|it| it.key.as_str() == slug)?;
                Some(it.name.clone())
            }
            Facet::Day => {
                let mut days = Weekday::ALL.into_iter();
                let day = days.find(|day| day.as_str().eq_ignore_ascii_case(slug))?;
                Some(day.name().to_owned())
            }
            Facet::Wait => Some(format!("{slug} weeks or less")),
            _ => None,
        }
    }

    /// A value as it stands among other filters, where its group is not named beside it.
    pub(super) fn alone(&self, tick: &Tick) -> String {
        let name = self.value(tick.facet, tick.slug.as_str());
        match tick.facet {
            Facet::Wait => format!("A wait of {}", first_lower(&name)),
            Facet::District => format!("In {name}"),
            _ => name,
        }
    }
}

/// What a group of filters is called.
pub(super) fn legend(facet: Facet) -> &'static str {
    match facet {
        Facet::BroadNeed => "Area of need",
        Facet::Need => "What it helps with",
        Facet::Category => "Kind of help",
        Facet::District => "Where you live",
        Facet::Charge => "Cost",
        Facet::Day => "Day",
        Facet::TimeOfDay => "Time of day",
        Facet::Delivery => "How you get it",
        Facet::Access => "What you need there",
        Facet::Language => "Language",
        Facet::Referral => "How to get a place",
        Facet::Wait => "How long you wait",
    }
}

/// “step-free” as words.
fn readable(slug: &str) -> String {
    let words = slug.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// “Age 4” inside a sentence.
pub(super) fn first_lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

/// The districts that a search is about, by the slugs of their names.
pub(super) fn is_named(name: &str, slugs: &[TermSlug]) -> bool {
    TermSlug::from_name(name).is_some_and(|slug| slugs.contains(&slug))
}
