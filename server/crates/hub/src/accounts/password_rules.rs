//! Which passwords are good enough, as NIST SP 800-63B (section 3.1.1.2) asks: long, not among those that
//! everybody tries first, and not made of what is known about the person. Nothing about capitals or signs.
//! <https://pages.nist.gov/800-63-4/sp800-63b.html>

use domain::{council::Council, email::EmailAddress};
use zxcvbn::{Score, zxcvbn};

/// Where a password stands alone.
const SHORTEST: usize = 15;
/// Room for any phrase; hashing takes no longer for it.
const LONGEST: usize = 128;
/// A word that is shorter stands in many others by chance.
const SHORTEST_WORD: usize = 3;
/// So much must be left once the words that everybody knows are taken out.
const LEFT: usize = 8;

/// Words that stand for this place and for coming in.
const OURS: [&str; 6] = ["send", "hub", "password", "council", "officer", "enquiry"];

/// What a password must not be made of.
#[derive(Debug, Clone)]
pub(super) struct KnownWords(Vec<String>);

impl KnownWords {
    /// What is known about a person and their council.
    pub(super) fn about(name: &str, email: &EmailAddress, council: &Council) -> Self {
        let texts = [
            name,
            email.as_str(),
            &council.name,
            &council.short_name,
            &OURS.join(" "),
        ];
        let mut words: Vec<String> = texts
            .iter()
            .flat_map(|text| text.split(|sign: char| !sign.is_alphanumeric()))
            .filter(|word| word.chars().count() >= SHORTEST_WORD)
            .map(str::to_lowercase)
            .collect();
        // The longest first, so that no rest of a long word stays behind.
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        words.dedup();
        Self(words)
    }

    /// Letters, digits and signs of a password besides these words.
    fn left_of(&self, password: &str) -> usize {
        let mut rest = password.to_lowercase();
        for word in &self.0 {
            rest = rest.replace(word, " ");
        }
        rest.chars().filter(|sign| !sign.is_whitespace()).count()
    }
}

/// Why a password is not taken, in words for the person; nothing when it is good enough. Takes milliseconds.
pub(super) fn fault(password: &str, known: &KnownWords) -> Option<String> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Some(format!("Use {SHORTEST} characters or more"));
    }
    if length > LONGEST {
        return Some(format!("Use {LONGEST} characters or fewer"));
    }
    if known.left_of(password) < LEFT {
        return Some(
            "This password is made of your name, your email address, your council or words like “password”. Use other words"
                .to_owned(),
        );
    }
    let words: Vec<&str> = known.0.iter().map(String::as_str).collect();
    if zxcvbn(password, &words).score() < Score::Four {
        return Some("Too many people use a password like this. Try three random words".to_owned());
    }
    None
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn known() -> KnownWords {
        KnownWords(
            [
                "sample", "county", "council", "officer", "password", "kim", "lee",
            ]
            .map(str::to_owned)
            .to_vec(),
        )
    }

    #[rstest]
    #[case("fourteen chars", Some("15 characters or more"))]
    #[case(&"é".repeat(129), Some("128 characters or fewer"))]
    #[case("passwordpassword", Some("made of your name"))]
    #[case("Sample County Council 26", Some("made of your name"))]
    #[case("officer.officer@sample1", Some("made of your name"))]
    #[case("kim.lee@sample.county", Some("made of your name"))]
    #[case("123456789012345", Some("Too many people"))]
    #[case("qwertyuiopasdfghjkl", Some("Too many people"))]
    #[case("aaaaaaaaaaaaaaaaaaaa", Some("Too many people"))]
    #[case("iloveyouiloveyou", Some("Too many people"))]
    #[case("correct horse battery staple", None)]
    #[case("xm4q-77kp-zt2w-9hbn", None)]
    #[case("marmalade Tuesday officer kite", None)]
    #[case("пароль для тётушки", None)]
    fn a_password_is_long_and_nobody_s_first_guess(
        #[case] password: &str,
        #[case] told: Option<&str>,
    ) {
        let fault = fault(password, &known());
        match told {
            Some(told) => assert!(
                fault.as_ref().is_some_and(|fault| fault.contains(told)),
                "{fault:?}"
            ),
            None => assert_eq!(fault, None),
        }
    }
}
