//! References: what a person reads out on the telephone to name an enquiry, such as
//! `SEND-7KQM-4TXD`.
//!
//! Seven random symbols and one check symbol, from 25 that are hard to mistake for one another:
//! no vowels (so no words), no `0 1 O I L`, and none of `S Z B`, which look like `5 2 8` (typed by
//! mistake they are read as those). 25⁷ is a little over 2³², and a reference opens nothing by
//! itself.
//!
//! The check: each symbol has a value 0 to 24 and the i-th a weight 2ⁱ; the weighted sum is a
//! multiple of 25. Every weight, and the difference of any two weights that stand next to each
//! other, has no factor in common with 25, so that any one wrong symbol and any swap of neighbours
//! changes the sum. (A prime number of symbols would do too, but 23 are too few and 29 too alike.)

use std::fmt;
use std::str::FromStr;

use rand::{Rng, RngCore};
use serde::{Deserialize, Serialize};

const ALPHABET: &[u8; 25] = b"23456789CDFGHJKMNPQRTVWXY";
const PREFIX: &str = "SEND";
const SYMBOLS: usize = 8;
/// 2ⁱ mod 25; the check symbol's weight is the last.
const WEIGHTS: [u32; SYMBOLS] = [1, 2, 4, 8, 16, 7, 14, 3];
/// What the last weight must be multiplied by to give 1 mod 25.
const INVERSE_OF_LAST_WEIGHT: u32 = 17;

/// What was given is no reference, or was misread or mistyped.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("enter a reference like SEND-7KQM-4TXD: this one has a letter or number wrong")]
pub struct InvalidReference;

/// The public name of an enquiry. Random: it says nothing about the enquiry, nor how many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reference([u8; SYMBOLS]);

impl Reference {
    /// One to show what a reference looks like.
    pub const EXAMPLE: Self = Self(*b"7KQM4TX4");

    /// A new reference. The store refuses one that is taken; then make another.
    pub fn generate(rng: &mut dyn RngCore) -> Self {
        let mut values = [0_u32; SYMBOLS];
        for value in &mut values[..SYMBOLS - 1] {
            *value = rng.random_range(0..25);
        }
        values[SYMBOLS - 1] = check_value(&values);
        Self(values.map(|value| ALPHABET[value as usize]))
    }

    /// The reference to read out: `7 K Q M, 4 T X D`.
    #[must_use]
    pub fn spoken(&self) -> String {
        let (first, second) = self.0.split_at(SYMBOLS / 2);
        format!("{}, {}", spaced(first), spaced(second))
    }

    /// The first reference that stands in a text with its `SEND-` before it, such as in a subject
    /// line. Letter case and the hyphen between the halves do not matter. Takes time in proportion to the text.
    #[must_use]
    pub fn find_in(text: &str) -> Option<Self> {
        let upper = text.to_ascii_uppercase();
        upper.match_indices(PREFIX).find_map(|(start, _)| {
            let rest = upper[start + PREFIX.len()..].strip_prefix('-')?;
            // One symbol more than a reference has, its hyphen and one at its end: a longer word is none.
            let length = rest
                .bytes()
                .take(SYMBOLS + 3)
                .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
                .count();
            rest[..length].trim_end_matches('-').parse().ok()
        })
    }
}

/// The check symbol's value: what brings the weighted sum of the others to a multiple of 25.
fn check_value(values: &[u32; SYMBOLS]) -> u32 {
    let sum = weighted_sum(&values[..SYMBOLS - 1]);
    (25 - sum % 25) * INVERSE_OF_LAST_WEIGHT % 25
}

fn weighted_sum(values: &[u32]) -> u32 {
    values
        .iter()
        .zip(WEIGHTS)
        .map(|(value, weight)| value * weight)
        .sum()
}

fn spaced(symbols: &[u8]) -> String {
    let letters: Vec<String> = symbols
        .iter()
        .map(|symbol| char::from(*symbol).to_string())
        .collect();
    letters.join(" ")
}

/// The symbol's place in the alphabet; a look-alike that is not in it counts as what it looks like.
fn value_of(symbol: u8) -> Option<u32> {
    let symbol = match symbol {
        b'S' => b'5',
        b'Z' => b'2',
        b'B' => b'8',
        other => other,
    };
    let place = ALPHABET.iter().position(|known| *known == symbol)?;
    u32::try_from(place).ok()
}

fn is_separator(character: char) -> bool {
    character.is_whitespace() || matches!(character, '-' | '‐' | '‑' | '–' | '—' | ',' | '.')
}

impl FromStr for Reference {
    type Err = InvalidReference;

    /// Reads a reference in any letter case, with or without its prefix, hyphens and spaces.
    fn from_str(text: &str) -> Result<Self, InvalidReference> {
        let compact: String = text
            .chars()
            .filter(|character| !is_separator(*character))
            .map(|character| character.to_ascii_uppercase())
            .collect();
        // E is not in the alphabet, so that no reference begins with the prefix's letters.
        let symbols = compact.strip_prefix(PREFIX).unwrap_or(&compact);
        let values: Option<Vec<u32>> = symbols.bytes().map(value_of).collect();
        let values: [u32; SYMBOLS] = values
            .ok_or(InvalidReference)?
            .try_into()
            .map_err(|_| InvalidReference)?;
        if weighted_sum(&values).is_multiple_of(25) {
            Ok(Self(values.map(|value| ALPHABET[value as usize])))
        } else {
            Err(InvalidReference)
        }
    }
}

impl TryFrom<String> for Reference {
    type Error = InvalidReference;

    fn try_from(text: String) -> Result<Self, InvalidReference> {
        text.parse()
    }
}

impl From<Reference> for String {
    fn from(reference: Reference) -> String {
        reference.to_string()
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(PREFIX)?;
        for (place, symbol) in self.0.iter().enumerate() {
            if place % 4 == 0 {
                f.write_str("-")?;
            }
            write!(f, "{}", char::from(*symbol))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rand::SeedableRng;
    use rand::rngs::SmallRng;

    use super::*;

    fn any_reference() -> impl Strategy<Value = Reference> {
        any::<u64>().prop_map(|seed| Reference::generate(&mut SmallRng::seed_from_u64(seed)))
    }

    fn symbols_of(reference: Reference) -> Vec<char> {
        reference.to_string().replace('-', "")[4..]
            .chars()
            .collect()
    }

    fn read(symbols: &[char]) -> Result<Reference, InvalidReference> {
        symbols.iter().collect::<String>().parse()
    }

    #[test]
    fn a_reference_is_read_however_it_is_written() {
        let reference = Reference::generate(&mut SmallRng::seed_from_u64(7));
        let canonical = reference.to_string();
        assert_eq!(canonical.len(), 14);
        for written in [
            canonical.clone(),
            canonical.to_lowercase(),
            canonical.replace('-', ""),
            canonical.replace('-', " "),
            canonical.replace('-', "–"),
            format!("  {}\n", &canonical[5..]),
            reference.spoken(),
        ] {
            assert_eq!(written.parse(), Ok(reference), "{written}");
        }
    }

    #[test]
    fn a_look_alike_is_read_as_what_it_looks_like() {
        let reference = (0..)
            .map(|seed| Reference::generate(&mut SmallRng::seed_from_u64(seed)))
            .find(|reference| symbols_of(*reference).contains(&'5'))
            .unwrap();
        assert_eq!(
            reference.to_string()[4..].replace('5', "s").parse(),
            Ok(reference)
        );
    }

    #[test]
    fn a_reference_is_found_in_a_subject() {
        let reference = Reference::generate(&mut SmallRng::seed_from_u64(9));
        let subject = format!(
            "Re: sending [{}] – any news?",
            reference.to_string().to_lowercase()
        );
        assert_eq!(Reference::find_in(&subject), Some(reference));
        assert_eq!(Reference::find_in("Send- me the SEND-2222-2223 form"), None);
    }

    #[test]
    fn what_is_not_a_reference_is_refused() {
        for text in [
            "",
            "SEND",
            "SEND-",
            "SEND-7KQM",
            "SEND-7KQM-4TX!",
            "é",
            "SENDSEND",
        ] {
            assert!(text.parse::<Reference>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_reference_reads_back_as_itself(reference in any_reference()) {
            prop_assert_eq!(reference.to_string().parse(), Ok(reference));
        }

        #[test]
        fn any_one_wrong_symbol_is_caught(reference in any_reference()) {
            let symbols = symbols_of(reference);
            for place in 0..SYMBOLS {
                for wrong in ALPHABET.iter().map(|symbol| char::from(*symbol)) {
                    let mut misread = symbols.clone();
                    misread[place] = wrong;
                    prop_assert_eq!(read(&misread).is_ok(), wrong == symbols[place]);
                }
            }
        }

        #[test]
        fn any_swap_of_neighbours_is_caught(reference in any_reference()) {
            let symbols = symbols_of(reference);
            for place in 1..SYMBOLS {
                let mut swapped = symbols.clone();
                swapped.swap(place - 1, place);
                prop_assert_eq!(read(&swapped).is_ok(), swapped == symbols);
            }
        }

        #[test]
        fn reading_never_fails_badly(text in ".*") {
            let _ = text.parse::<Reference>();
            let _ = Reference::find_in(&text);
        }
    }
}
