//! What services cost.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::CostOptionId;

/// An amount of money in hundredths of its currency: £3.50 is 350.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Pence(pub i64);

impl fmt::Display for Pence {
    /// `£5`, `£3.50`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (pounds, pence) = (self.0 / 100, self.0 % 100);
        if pence == 0 {
            write!(f, "£{pounds}")
        } else {
            write!(f, "£{pounds}.{pence:02}")
        }
    }
}

/// One price, and for whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CostOption {
    /// The feed's own id, or one made from the service's.
    pub id: CostOptionId,
    /// For whom, such as “Under 18s”.
    pub option: Option<String>,
    /// How much; never negative. Nought is free.
    pub amount: Option<Pence>,
    /// ISO 4217 code; none means pounds.
    pub currency: Option<String>,
    /// For what, such as “per session”.
    pub amount_description: Option<String>,
    /// The first day it counts.
    pub valid_from: Option<Date>,
    /// The last day it counts.
    pub valid_to: Option<Date>,
}

/// Whose price it is, as far as its words tell: the local offer is read for a child or young person.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Payer {
    Child,
    Anybody,
    Adult,
    Companion,
}

impl CostOption {
    /// Whether it counts on this day.
    #[must_use]
    pub fn counts_on(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }

    fn payer(&self) -> Payer {
        let words = self.option.as_deref().unwrap_or_default().to_lowercase();
        let says = |marks: &[&str]| marks.iter().any(|mark| words.contains(mark));
        // “Brother or sister of the child”, “carer with a child” speak of children too.
        if says(&["sibling", "brother", "sister", "friend"]) {
            Payer::Companion
        } else if says(&["adult", "parent", "carer", "helper", "assistant"]) {
            Payer::Adult
        } else if says(&["child", "young", "under ", "junior"]) {
            Payer::Child
        } else {
            Payer::Anybody
        }
    }
}

/// The prices that count on a day, in the order in which a family wants them: the child's or young
/// person's first, then those for nobody in particular, for adults, and for brothers and sisters.
#[must_use]
pub fn prices_on(options: &[CostOption], day: Date) -> Vec<&CostOption> {
    let mut prices: Vec<&CostOption> = options
        .iter()
        .filter(|option| option.counts_on(day))
        .collect();
    prices.sort_by_key(|option| option.payer());
    prices
}

#[cfg(test)]
mod tests {
    use super::*;

    fn option(whom: &str) -> CostOption {
        CostOption {
            id: CostOptionId::from_uuid(uuid::Uuid::nil()),
            option: Some(whom.to_owned()),
            amount: Some(Pence(500)),
            currency: None,
            amount_description: None,
            valid_from: None,
            valid_to: None,
        }
    }

    #[test]
    fn the_price_for_the_child_comes_first_and_a_sibling_s_last() {
        let options = [
            option("Brother or sister of a child with SEND"),
            option("Parent or carer"),
            option("Per session"),
            option("Child with SEND"),
        ];
        let day = jiff::civil::date(2026, 11, 25);
        let names = prices_on(&options, day)
            .into_iter()
            .filter_map(|price| price.option.as_deref());
        assert_eq!(
            names.collect::<Vec<_>>(),
            [
                "Child with SEND",
                "Per session",
                "Parent or carer",
                "Brother or sister of a child with SEND",
            ]
        );
    }

    #[test]
    fn a_price_that_does_not_count_yet_or_any_more_is_left_out() {
        let day = jiff::civil::date(2026, 11, 25);
        let next_year = CostOption {
            valid_from: Some(jiff::civil::date(2027, 1, 1)),
            ..option("Child")
        };
        let last_year = CostOption {
            valid_to: Some(jiff::civil::date(2026, 11, 24)),
            ..option("Child")
        };
        let today = CostOption {
            valid_from: Some(day),
            valid_to: Some(day),
            ..option("Child")
        };
        let options = [next_year, last_year, today.clone()];
        assert_eq!(prices_on(&options, day), [&today]);
    }

    #[test]
    fn an_amount_reads_as_on_a_price_tag() {
        assert_eq!(Pence(500).to_string(), "£5");
        assert_eq!(Pence(350).to_string(), "£3.50");
        assert_eq!(Pence(5).to_string(), "£0.05");
    }
}
