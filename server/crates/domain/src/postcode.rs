//! Postcodes of the United Kingdom: read in any case and spacing, written one way.
//!
//! The shape is that of the Royal Mail: an outward part (`ME14`) and an inward part (`1XQ`), whose
//! digit with the outward part names the sector (`ME14 1`). Whether a postcode is in use is not
//! known here.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What was given is not shaped like a postcode.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("enter a full UK postcode, like ME14 1XQ")]
pub struct InvalidPostcode;

/// A full postcode, such as `ME14 1XQ`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Postcode(String);

impl Postcode {
    /// The postcode with one space between its parts.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part before the space: `ME14`.
    #[must_use]
    pub fn outward(&self) -> &str {
        self.0.split(' ').next().unwrap_or_default()
    }

    /// The outward part and the digit after it: `ME14 1`.
    #[must_use]
    pub fn sector(&self) -> &str {
        &self.0[..self.0.len() - 2]
    }
}

impl FromStr for Postcode {
    type Err = InvalidPostcode;

    fn from_str(text: &str) -> Result<Self, InvalidPostcode> {
        let compact = compact(text).ok_or(InvalidPostcode)?;
        let (outward, inward) = compact
            .split_at_checked(compact.len().wrapping_sub(3))
            .ok_or(InvalidPostcode)?;
        if is_outward(outward) && is_inward(inward) {
            Ok(Self(format!("{outward} {inward}")))
        } else {
            Err(InvalidPostcode)
        }
    }
}

impl TryFrom<String> for Postcode {
    type Error = InvalidPostcode;

    fn try_from(text: String) -> Result<Self, InvalidPostcode> {
        text.parse()
    }
}

impl From<Postcode> for String {
    fn from(postcode: Postcode) -> String {
        postcode.0
    }
}

impl fmt::Display for Postcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a person may type to say where they are: a whole postcode or the first part of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PostcodeQuery {
    /// A full postcode.
    Postcode(Postcode),
    /// A sector, such as `ME14 1`.
    Sector(String),
    /// An outward part, such as `ME14`.
    Outward(String),
}

impl PostcodeQuery {
    /// Reads a full postcode, a sector or an outward part, in any case and spacing. `ME1 4` is a
    /// sector, `ME14` an outward part: where the space stands decides. `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Ok(postcode) = text.parse() {
            return Some(Self::Postcode(postcode));
        }
        let compact = compact(text)?;
        let spaced_digit = text
            .trim()
            .rsplit_once(char::is_whitespace)
            .is_some_and(|(_, last)| last.len() == 1);
        if is_outward(&compact) && !spaced_digit {
            return Some(Self::Outward(compact));
        }
        let (outward, digit) = compact.split_at_checked(compact.len().wrapping_sub(1))?;
        (is_outward(outward) && digit.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| Self::Sector(format!("{outward} {digit}")))
            // “ME1 A” is no sector: read it as the outward part that it spells.
            .or_else(|| is_outward(&compact).then(|| Self::Outward(compact.clone())))
    }

    /// The canonical text of what was read.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Postcode(postcode) => postcode.as_str(),
            Self::Sector(text) | Self::Outward(text) => text,
        }
    }
}

/// Capitals without spaces, or `None` when there is anything but letters, digits and white space.
fn compact(text: &str) -> Option<String> {
    let compact: String = text
        .chars()
        .filter(|character| !character.is_whitespace())
        .map(|character| character.to_ascii_uppercase())
        .collect();
    let plain = compact.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (plain && compact.len() <= 7).then_some(compact)
}

/// A9, A99, A9A, AA9, AA99 or AA9A.
fn is_outward(text: &str) -> bool {
    let bytes = text.as_bytes();
    let letters = bytes
        .iter()
        .take_while(|byte| byte.is_ascii_alphabetic())
        .count();
    (1..=2).contains(&letters)
        && match &bytes[letters..] {
            [digit] => digit.is_ascii_digit(),
            [digit, last] => digit.is_ascii_digit() && last.is_ascii_alphanumeric(),
            _ => false,
        }
}

/// A digit and two letters, none of which is C, I, K, M, O or V: those are never used there.
fn is_inward(text: &str) -> bool {
    match text.as_bytes() {
        [digit, letters @ ..] => {
            letters.len() == 2
                && digit.is_ascii_digit()
                && letters
                    .iter()
                    .all(|letter| letter.is_ascii_uppercase() && !b"CIKMOV".contains(letter))
        }
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("ME14 1XQ", "ME14 1XQ")]
    #[case(" me141xq ", "ME14 1XQ")]
    #[case("m E 1 4 1 x q", "ME14 1XQ")]
    #[case("m1 1ae", "M1 1AE")]
    #[case("ec1a1bb", "EC1A 1BB")]
    #[case("W1A 0AX", "W1A 0AX")]
    fn a_postcode_is_read_in_any_case_and_spacing(#[case] typed: &str, #[case] canonical: &str) {
        assert_eq!(typed.parse::<Postcode>().unwrap().as_str(), canonical);
    }

    #[rstest]
    #[case("")]
    #[case("ME14")]
    #[case("ME14 1X")]
    #[case("ME14 1XC")]
    #[case("MEE4 1XQ")]
    #[case("ME14-1XQ")]
    #[case("É14 1XQ")]
    #[case("75008")]
    fn what_is_not_a_postcode_is_refused(#[case] typed: &str) {
        assert!(typed.parse::<Postcode>().is_err());
    }

    #[test]
    fn a_postcode_knows_its_outward_part_and_its_sector() {
        let postcode: Postcode = "ME14 1XQ".parse().unwrap();
        assert_eq!(postcode.outward(), "ME14");
        assert_eq!(postcode.sector(), "ME14 1");
    }

    #[rstest]
    #[case("me14 1xq", Some(PostcodeQuery::Postcode(Postcode("ME14 1XQ".into()))))]
    #[case("me14 1", Some(PostcodeQuery::Sector("ME14 1".into())))]
    #[case("me141", Some(PostcodeQuery::Sector("ME14 1".into())))]
    #[case("me1 4", Some(PostcodeQuery::Sector("ME1 4".into())))]
    #[case("me14", Some(PostcodeQuery::Outward("ME14".into())))]
    #[case("w1a", Some(PostcodeQuery::Outward("W1A".into())))]
    #[case("m", None)]
    #[case("speech", None)]
    #[case("", None)]
    fn part_of_a_postcode_says_where_too(#[case] typed: &str, #[case] read: Option<PostcodeQuery>) {
        assert_eq!(PostcodeQuery::parse(typed), read);
    }

    proptest! {
        #[test]
        fn a_canonical_postcode_reads_back_as_itself(
            typed in "[A-Za-z]{1,2}[0-9]([0-9A-Za-z])? ?[0-9][ABDEFGHJLNPQRSTUWXYZ]{2}"
        ) {
            let postcode: Postcode = typed.parse().unwrap();
            prop_assert_eq!(postcode.as_str().parse::<Postcode>(), Ok(postcode.clone()));
            prop_assert!(postcode.as_str().starts_with(postcode.sector()));
            prop_assert!(postcode.sector().starts_with(postcode.outward()));
        }

        #[test]
        fn reading_never_fails_badly(typed in ".*") {
            let _ = typed.parse::<Postcode>();
            let _ = PostcodeQuery::parse(&typed);
        }
    }
}
