//! E-mail addresses: checked enough that a header or an envelope can hold one safely, and no more,
//! since only sending shows whether an address works.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The longest address that a mail server takes (RFC 5321, 4.5.3.1.3, less the angle brackets).
const MAX_CHARS: usize = 254;

/// What was given cannot be an e-mail address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("enter an email address in the correct format, like name@example.com")]
pub struct InvalidEmailAddress;

/// An e-mail address. The part before the @ is kept as it was typed, the domain in lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

impl EmailAddress {
    /// The address to send to.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address in lower case, to compare with another: servers that tell `Ann@` from `ann@`
    /// exist in the standard only.
    #[must_use]
    pub fn normalised(&self) -> String {
        self.0.to_lowercase()
    }

    /// The mailbox behind the address, in lower case: most mail systems deliver `ann+anything@` to `ann@`
    /// (RFC 5233). Two people never differ in that alone, so that this counts what one person gets.
    #[must_use]
    pub fn mailbox(&self) -> String {
        let whole = self.normalised();
        let parts = whole.split_once('@');
        let tagged = parts.and_then(|(local, domain)| Some((local.split_once('+')?.0, domain)));
        match tagged {
            Some((local, domain)) if !local.is_empty() => format!("{local}@{domain}"),
            _ => whole,
        }
    }

    /// The part after the @.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.0.split_once('@').map_or("", |(_, domain)| domain)
    }
}

impl FromStr for EmailAddress {
    type Err = InvalidEmailAddress;

    fn from_str(text: &str) -> Result<Self, InvalidEmailAddress> {
        let text = text.trim();
        let (local, domain) = text.split_once('@').ok_or(InvalidEmailAddress)?;
        let domain = domain.to_lowercase();
        let address = format!("{local}@{domain}");
        if is_local_part(local) && is_domain(&domain) && address.len() <= MAX_CHARS {
            Ok(Self(address))
        } else {
            Err(InvalidEmailAddress)
        }
    }
}

/// No quotes, brackets, commas or colons: nobody's address has them, and each means something in a
/// header.
fn is_local_part(local: &str) -> bool {
    (1..=64).contains(&local.len())
        && !local.starts_with('.')
        && !local.ends_with('.')
        && local.chars().all(|character| {
            !character.is_control()
                && !character.is_whitespace()
                && !"@\"(),:;<>[]\\".contains(character)
        })
}

fn is_domain(domain: &str) -> bool {
    domain.contains('.')
        && domain.split('.').all(|label| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label
                    .chars()
                    .all(|character| character.is_alphanumeric() || character == '-')
        })
}

impl TryFrom<String> for EmailAddress {
    type Error = InvalidEmailAddress;

    fn try_from(text: String) -> Result<Self, InvalidEmailAddress> {
        text.parse()
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> String {
        address.0
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("  Ann.Lee@Example.ORG ", "Ann.Lee@example.org")]
    #[case("o'brien+send@school.kent.sch.uk", "o'brien+send@school.kent.sch.uk")]
    fn an_address_is_trimmed_and_its_domain_lowered(#[case] typed: &str, #[case] kept: &str) {
        assert_eq!(typed.parse::<EmailAddress>().unwrap().as_str(), kept);
    }

    #[rstest]
    #[case("")]
    #[case("ann")]
    #[case("ann@localhost")]
    #[case("ann@@example.org")]
    #[case("a@b@example.org")]
    #[case("@example.org")]
    #[case("ann@example..org")]
    #[case("ann lee@example.org")]
    #[case("ann@example.org\r\nBcc: all@example.org")]
    #[case("ann@exam ple.org")]
    #[case("Ann <ann@example.org>")]
    #[case("ann@example.org,bob@example.org")]
    fn what_cannot_be_an_address_is_refused(#[case] typed: &str) {
        assert!(typed.parse::<EmailAddress>().is_err());
    }

    #[test]
    fn an_address_has_at_most_254_characters() {
        let long = format!("ann@{}.org", "a".repeat(250));
        assert!(long.parse::<EmailAddress>().is_err());
    }

    #[test]
    fn two_spellings_of_one_address_compare_as_one() {
        let one: EmailAddress = "Ann@example.org".parse().unwrap();
        let other: EmailAddress = "ann@EXAMPLE.org".parse().unwrap();
        assert_eq!(one.normalised(), other.normalised());
        assert_eq!(one.domain(), "example.org");
    }

    #[rstest]
    #[case("Ann+Taxi@Example.org", "ann@example.org")]
    #[case("ann@example.org", "ann@example.org")]
    #[case("ann+a+b@example.org", "ann@example.org")]
    #[case("+ann@example.org", "+ann@example.org")]
    fn what_stands_after_a_plus_leads_to_the_same_mailbox(
        #[case] typed: &str,
        #[case] mailbox: &str,
    ) {
        assert_eq!(typed.parse::<EmailAddress>().unwrap().mailbox(), mailbox);
    }

    proptest! {
        #[test]
        fn an_address_reads_back_as_itself(
            typed in "[A-Za-z0-9+_'-]{1,20}@([A-Za-z0-9]{1,10}\\.){1,3}[a-z]{2,6}"
        ) {
            let address: EmailAddress = typed.parse().unwrap();
            prop_assert_eq!(address.as_str().parse::<EmailAddress>(), Ok(address.clone()));
        }

        #[test]
        fn no_address_can_break_a_header(typed in "(?s).*@.*\\..*") {
            if let Ok(address) = typed.parse::<EmailAddress>() {
                prop_assert!(address.as_str().chars().all(|c| !c.is_control() && !c.is_whitespace()));
                prop_assert_eq!(address.as_str().matches('@').count(), 1);
            }
        }
    }
}
