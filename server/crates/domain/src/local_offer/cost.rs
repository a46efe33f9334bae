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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_reads_as_on_a_price_tag() {
        assert_eq!(Pence(500).to_string(), "£5");
        assert_eq!(Pence(350).to_string(), "£3.50");
        assert_eq!(Pence(5).to_string(), "£0.05");
    }
}
