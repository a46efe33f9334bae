//! The groups of filters beside the words: what each is called in an address, and what each value is.
//!
//! Within a group any of the ticked values will do, across groups all must. A value's count is how
//! many listings there would be if it were ticked: the ticks of its own group do not narrow it.

use domain::keys::TermSlug;

/// A group of filters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// The four broad areas of need of the SEND Code of Practice (chapter 6).
    BroadNeed,
    /// A need, from the council's need taxonomy.
    Need,
    /// A kind of help, from the council's category taxonomy.
    Category,
    /// A district of the council: what is for everywhere is in every district.
    District,
    /// [`domain::codes::Charge`].
    Charge,
    /// A day of the week: `mo` to `su`.
    Day,
    /// `morning` before noon, `afternoon` before five, `evening` after; on the ticked days, if any are.
    TimeOfDay,
    /// What helps people get in and about.
    Access,
    /// A language it is given in.
    Language,
    /// [`domain::codes::Delivery`].
    Delivery,
    /// [`domain::codes::Referral`].
    Referral,
    /// `4`: a wait of at most so many weeks somewhere. See [`WAIT_WEEKS`].
    Wait,
}

/// The waits there are to choose, in weeks.
pub const WAIT_WEEKS: [u16; 4] = [4, 13, 26, 52];

impl Facet {
    /// Every group, in the order in which people choose.
    pub const ALL: [Self; 12] = [
        Self::BroadNeed,
        Self::Need,
        Self::Category,
        Self::District,
        Self::Charge,
        Self::Day,
        Self::TimeOfDay,
        Self::Delivery,
        Self::Access,
        Self::Language,
        Self::Referral,
        Self::Wait,
    ];

    /// What it is called in an address: `?need=autism`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::BroadNeed => "area",
            Self::Need => "need",
            Self::Category => "category",
            Self::District => "district",
            Self::Charge => "cost",
            Self::Day => "day",
            Self::TimeOfDay => "time",
            Self::Access => "access",
            Self::Language => "language",
            Self::Delivery => "how",
            Self::Referral => "referral",
            Self::Wait => "wait",
        }
    }

    /// The group of that key.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|facet| facet.key() == key)
    }

    /// Its place in a set of bits.
    pub(crate) const fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// A ticked value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tick {
    /// Its group.
    pub facet: Facet,
    /// What stands in the address.
    pub slug: TermSlug,
}

/// A value of a group, and how many listings there would be with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetCount {
    /// Its group.
    pub facet: Facet,
    /// What stands in the address.
    pub slug: TermSlug,
    /// What people read.
    pub name: String,
    /// Listings on all pages.
    pub count: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_group_has_a_key_and_a_bit_of_its_own() {
        let bits: u16 = Facet::ALL.iter().map(|facet| facet.bit()).sum();
        assert_eq!(bits, (1 << Facet::ALL.len()) - 1);
        for facet in Facet::ALL {
            assert_eq!(Facet::of_key(facet.key()), Some(facet));
        }
    }
}
