//! Keys: short names fit for an address (`speech-and-language`), which the council chooses for its
//! topics, districts and teams, and which listings, taxonomy terms and guides get from their names.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What was given is not a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{given}” is not a {kind}: use 1 to {max} lower-case letters, digits and hyphens")]
pub struct InvalidKey {
    kind: &'static str,
    given: String,
    max: usize,
}

fn is_key(text: &str, max: usize) -> bool {
    (1..=max).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

macro_rules! keys {
    ($($(#[$doc:meta])* $name:ident, $kind:literal, $max:literal;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The most characters that it may have.
            pub const MAX_CHARS: usize = $max;

            /// The key as it stands in an address.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// A key made from a name (see [`slugify`]), cut at [`Self::MAX_CHARS`]; `None` when
            /// the name holds no letter and no digit.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                let mut slug = slugify(name);
                slug.truncate(Self::MAX_CHARS);
                slug.trim_end_matches('-').parse().ok()
            }
        }

        impl FromStr for $name {
            type Err = InvalidKey;

            fn from_str(text: &str) -> Result<Self, InvalidKey> {
                Self::try_from(text.to_owned())
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidKey;

            fn try_from(text: String) -> Result<Self, InvalidKey> {
                if is_key(&text, Self::MAX_CHARS) {
                    Ok(Self(text))
                } else {
                    Err(InvalidKey { kind: $kind, given: text, max: Self::MAX_CHARS })
                }
            }
        }

        impl From<$name> for String {
            fn from(key: $name) -> String {
                key.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

keys! {
    /// What an enquiry is about, from the council's list.
    TopicKey, "topic key", 60;
    /// A district of the council's area.
    DistrictKey, "district key", 60;
    /// A team of the council.
    TeamKey, "team key", 60;
    /// A taxonomy term's name in an address.
    TermSlug, "taxonomy term slug", 60;
    /// A service's name in an address: `/local-offer/{slug}`.
    ServiceSlug, "service slug", 120;
    /// A mailbox that the hub reads, as `send-hub.toml` names it.
    MailboxKey, "mailbox name", 60;
    /// A guide's name in an address: `/guides/{slug}`.
    GuideSlug, "guide slug", 60;
}

/// The text as a key would have it: lower case, accents folded, apostrophes dropped, everything
/// else that is no letter or digit made one hyphen, none at the ends. May be empty or too long.
#[must_use]
pub fn slugify(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\'' | '’' | '‘' => {}
            '&' => push_word(&mut slug, "and"),
            _ => match fold(character) {
                Some(folded) => slug.push_str(folded),
                None if character.is_ascii_alphanumeric() => {
                    slug.push(character.to_ascii_lowercase());
                }
                None => push_hyphen(&mut slug),
            },
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

fn push_hyphen(slug: &mut String) {
    if !slug.is_empty() && !slug.ends_with('-') {
        slug.push('-');
    }
}

fn push_word(slug: &mut String, word: &str) {
    push_hyphen(slug);
    slug.push_str(word);
    slug.push('-');
}

/// The plain letters of the accented letters that names in England commonly carry.
fn fold(character: char) -> Option<&'static str> {
    Some(match character {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' | 'À' | 'Á' | 'Â' | 'Ã' | 'Ä' | 'Å'
        | 'Ā' | 'Ă' | 'Ą' => "a",
        'æ' | 'Æ' => "ae",
        'ç' | 'ć' | 'č' | 'Ç' | 'Ć' | 'Č' => "c",
        'ď' | 'đ' | 'ð' | 'Ď' | 'Đ' | 'Ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' | 'È' | 'É' | 'Ê' | 'Ë' | 'Ē' | 'Ę' | 'Ě' => {
            "e"
        }
        'ğ' | 'Ğ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' | 'Ì' | 'Í' | 'Î' | 'Ï' | 'Ī' | 'İ' => "i",
        'ł' | 'Ł' => "l",
        'ñ' | 'ń' | 'ň' | 'Ñ' | 'Ń' | 'Ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' | 'Ò' | 'Ó' | 'Ô' | 'Õ' | 'Ö' | 'Ø' | 'Ō'
        | 'Ő' => "o",
        'œ' | 'Œ' => "oe",
        'ř' | 'Ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' | 'Ś' | 'Š' | 'Ş' | 'Ș' => "s",
        'ß' => "ss",
        'ť' | 'ţ' | 'ț' | 'Ť' | 'Ţ' | 'Ț' => "t",
        'þ' | 'Þ' => "th",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' | 'Ù' | 'Ú' | 'Û' | 'Ü' | 'Ū' | 'Ů' | 'Ű' => {
            "u"
        }
        'ŵ' | 'Ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' | 'Ý' | 'Ÿ' | 'Ŷ' => "y",
        'ź' | 'ż' | 'ž' | 'Ź' | 'Ż' | 'Ž' => "z",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("Speech & language therapy", "speech-and-language-therapy")]
    #[case("  Children’s  Café -- Møller ", "childrens-cafe-moller")]
    #[case("SEND/IASS", "send-iass")]
    #[case("0–25", "0-25")]
    #[case("🎈", "")]
    fn a_name_becomes_a_slug(#[case] name: &str, #[case] slug: &str) {
        assert_eq!(slugify(name), slug);
    }

    #[rstest]
    #[case("")]
    #[case("Has capitals")]
    #[case("under_score")]
    #[case("é")]
    fn what_is_not_a_key_is_refused(#[case] text: &str) {
        assert!(text.parse::<TopicKey>().is_err());
    }

    #[test]
    fn a_key_ends_at_its_length() {
        assert!("a".repeat(60).parse::<TeamKey>().is_ok());
        assert!("a".repeat(61).parse::<TeamKey>().is_err());
        assert!("a".repeat(120).parse::<ServiceSlug>().is_ok());
    }

    proptest! {
        #[test]
        fn every_name_with_a_letter_makes_a_key(name in ".*[a-z].*") {
            prop_assert!(ServiceSlug::from_name(&name).is_some());
        }

        #[test]
        fn a_slug_is_its_own_slug(name in ".*") {
            let slug = slugify(&name);
            prop_assert_eq!(slugify(&slug), slug);
        }
    }
}
