//! Telephone numbers: kept as the person typed them, since an officer dials them, not a machine.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

const MAX_CHARS: usize = 30;

/// What was given cannot be a telephone number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("enter a telephone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192")]
pub struct InvalidTelephone;

/// A telephone number that can be dialled from the United Kingdom, perhaps with an extension.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Telephone(String);

impl Telephone {
    /// The number as it was typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What a telephone dials: digits, and a + before a country code; without the extension. For
    /// `tel:` links.
    #[must_use]
    pub fn dialled(&self) -> String {
        let (number, _) = split_extension(&self.0);
        // In “+44 (0)1632…” the bracketed nought is for those who dial without the +44.
        let number = if number.trim_start().starts_with('+') {
            number.replace("(0)", "")
        } else {
            number.to_owned()
        };
        number
            .chars()
            .filter(|character| character.is_ascii_digit() || *character == '+')
            .collect()
    }

    /// The same for every way to write one number: digits alone, as dialled within the United
    /// Kingdom. Two people with equal keys share a telephone.
    #[must_use]
    pub fn key(&self) -> String {
        let dialled = self.dialled();
        let abroad = dialled
            .strip_prefix('+')
            .or_else(|| dialled.strip_prefix("00"));
        match abroad {
            Some(number) => match number.strip_prefix("44") {
                Some(national) => format!("0{}", national.trim_start_matches('0')),
                None => format!("00{number}"),
            },
            None => dialled,
        }
    }
}

impl FromStr for Telephone {
    type Err = InvalidTelephone;

    fn from_str(text: &str) -> Result<Self, InvalidTelephone> {
        let text = text.trim();
        let (number, extension) = split_extension(text);
        let digits = number.chars().filter(char::is_ascii_digit).count();
        let plain = number
            .char_indices()
            .all(|(place, character)| match character {
                '+' => place == 0,
                ' ' | '(' | ')' | '-' | '.' | '\u{a0}' => true,
                _ => character.is_ascii_digit(),
            });
        let extension_is_plain = extension
            .chars()
            .all(|character| character.is_ascii_digit() || matches!(character, ' ' | '.' | ':'));
        // Ten digits is the shortest UK number, fifteen the longest of any country (ITU-T E.164).
        if plain
            && extension_is_plain
            && (10..=15).contains(&digits)
            && text.chars().count() <= MAX_CHARS
        {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidTelephone)
        }
    }
}

/// The number and what follows “x”, “ext” or “extension”.
fn split_extension(text: &str) -> (&str, &str) {
    let Some(start) = text.find(['e', 'E', 'x', 'X']) else {
        return (text, "");
    };
    let (number, rest) = text.split_at(start);
    let extension = rest.trim_start_matches(|character: char| character.is_ascii_alphabetic());
    let word = &rest[..rest.len() - extension.len()];
    match word.to_ascii_lowercase().as_str() {
        "x" | "ext" | "extn" | "extension" => (number, extension),
        _ => (text, ""),
    }
}

impl TryFrom<String> for Telephone {
    type Error = InvalidTelephone;

    fn try_from(text: String) -> Result<Self, InvalidTelephone> {
        text.parse()
    }
}

impl From<Telephone> for String {
    fn from(telephone: Telephone) -> String {
        telephone.0
    }
}

impl fmt::Display for Telephone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("01632 960 001", "01632960001")]
    #[case(" (01632) 960-001 ", "01632960001")]
    #[case("+44 (0)1632 960001", "+441632960001")]
    #[case("01632 960001 ext. 12", "01632960001")]
    #[case("01632960001x12", "01632960001")]
    fn a_number_is_kept_as_typed_and_can_be_dialled(#[case] typed: &str, #[case] dialled: &str) {
        let telephone: Telephone = typed.parse().unwrap();
        assert_eq!(telephone.to_string(), typed.trim());
        assert_eq!(telephone.dialled(), dialled);
    }

    #[rstest]
    #[case("01632 960 001", "01632960001")]
    #[case("+44 (0)1632 960001 ext. 4", "01632960001")]
    #[case("0044 1632-960-001", "01632960001")]
    #[case("+33 1 99 00 12 34", "0033199001234")]
    fn a_number_has_one_key_however_it_is_written(#[case] typed: &str, #[case] key: &str) {
        assert_eq!(typed.parse::<Telephone>().unwrap().key(), key);
    }

    #[rstest]
    #[case("")]
    #[case("12345")]
    #[case("ask for Ann")]
    #[case("01632 960 001 or 01632 960 002")]
    #[case("01632 960 001 evenings")]
    #[case("01632\n960001")]
    #[case("0163+2960001")]
    fn what_cannot_be_dialled_is_refused(#[case] typed: &str) {
        assert!(typed.parse::<Telephone>().is_err());
    }
}
