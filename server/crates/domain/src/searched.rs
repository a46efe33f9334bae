//! What somebody looked for, with nothing of who they are: the words that a search leaves behind.
//!
//! [`Searched::read`] takes what was typed and keeps the words that say what it is about. Dropped are
//! e-mail and web addresses, numbers, names (`data/first_names.txt`, and what stands after “called” or
//! “Mr”) and plain words. A postcode is cut to its sector. A name that nothing gives away stays;
//! therefore a report shows words that it does not know only once several searches had them
//! ([`FEW_ENOUGH_TO_HIDE`]).

#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::postcode::Postcode;

/// Words that a report does not know are hidden in it until this many searches had them.
pub const FEW_ENOUGH_TO_HIDE: u32 = 3;

/// More words than this make no topic: the rest is left out.
const MOST_WORDS: usize = 8;
/// A longer word is none.
const LONGEST_WORD: usize = 24;
/// More than this is cut off before it is read.
const LONGEST_TYPED: usize = 400;

static FIRST_NAMES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("../data/first_names.txt").lines();
    lines
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .collect()
});

/// What stands before a name: the word after it is dropped, whatever it is.
const BEFORE_A_NAME: &[&str] = &[
    "called", "named", "mr", "mrs", "ms", "miss", "mx", "dr", "master",
];

/// A capital after these is a name: “my son Zorblax”, but not “my son is Autistic”.
const RELATIVES: &[&str] = &[
    "son",
    "daughter",
    "child",
    "boy",
    "girl",
    "baby",
    "brother",
    "sister",
    "stepson",
    "stepdaughter",
    "grandson",
    "granddaughter",
    "grandchild",
    "nephew",
    "niece",
    "husband",
    "wife",
    "partner",
    "mum",
    "dad",
    "pupil",
    "student",
    "patient",
];

/// A short number after these says something, such as a school year.
const BEFORE_A_NUMBER: &[&str] = &["year", "level", "entry"];

/// Words that say nothing of the subject.
const PLAIN: &[&str] = &[
    "a", "about", "all", "also", "am", "an", "and", "any", "anyone", "are", "as", "at", "be",
    "been", "but", "by", "can", "called", "could", "did", "do", "does", "dr", "find", "for",
    "from", "get", "give", "good", "had", "has", "have", "he", "hello", "help", "her", "here",
    "hers", "hi", "him", "his", "how", "i", "id", "if", "im", "in", "into", "is", "it", "its",
    "ive", "just", "like", "looking", "master", "me", "miss", "mr", "mrs", "ms", "mx", "my",
    "name", "named", "names", "near", "need", "needs", "of", "old", "on", "or", "our", "please",
    "she", "shes", "hes", "so", "some", "someone", "thank", "thanks", "that", "the", "their",
    "them", "there", "they", "theyre", "this", "to", "up", "us", "want", "was", "we", "what",
    "when", "where", "which", "who", "whos", "with", "would", "yo", "you", "your", "yr", "yrs",
    "years",
];

/// A search without the person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Searched {
    /// Its words in lower case, each once, in the order in which they were typed.
    pub words: Vec<String>,
    /// The sector of a postcode that was typed among them, such as `ME14 1`.
    pub sector: Option<String>,
}

impl Searched {
    /// Reads what somebody typed.
    #[must_use]
    pub fn read(typed: &str) -> Self {
        let typed: String = typed.chars().take(LONGEST_TYPED).collect();
        let (typed, sector) = without_postcode(&typed);
        let tokens = tokens(&typed);
        let shouted = tokens.iter().all(|token| !token.follows_a_small_word);
        let mut words: Vec<String> = Vec::new();
        let mut before: Option<&Token> = None;
        let mut name_ended = true;
        for token in &tokens {
            let after_cue = before.is_some_and(|before| BEFORE_A_NAME.contains(&before.word()))
                || is_after_name_is(before, &tokens, token);
            let after_relative = before.is_some_and(|before| RELATIVES.contains(&before.word()));
            let capital = token.capital && !shouted;
            let is_name = after_cue
                || is_first_name(token.word())
                || (capital && (after_relative || !name_ended));
            name_ended = !is_name;
            if !is_name && let Some(word) = kept(token, before) {
                let new = !words.contains(&word);
                if new && words.len() < MOST_WORDS {
                    words.push(word);
                }
            }
            before = Some(token);
        }
        Self { words, sector }
    }

    /// The words as one line, as they are kept and read back.
    #[must_use]
    pub fn line(&self) -> String {
        self.words.join(" ")
    }
}

/// One word as it was typed.
struct Token {
    lower: String,
    /// It begins with a capital and goes on in small letters.
    capital: bool,
    /// A word in small letters stands before it, so that a capital means something.
    follows_a_small_word: bool,
    place: usize,
}

impl Token {
    fn word(&self) -> &str {
        &self.lower
    }
}

/// A first name, “Olivia's” as well, or many of them.
fn is_first_name(word: &str) -> bool {
    let one = word.strip_suffix('s').unwrap_or(word);
    FIRST_NAMES.contains(word) || FIRST_NAMES.contains(one)
}

/// “my name is …”, “his name's …”.
fn is_after_name_is(before: Option<&Token>, tokens: &[Token], token: &Token) -> bool {
    let two_before = token.place.checked_sub(2).and_then(|at| tokens.get(at));
    before.is_some_and(|before| match before.word() {
        "names" => true,
        "is" => two_before.is_some_and(|word| word.word() == "name"),
        _ => false,
    })
}

/// The word that is kept of a token that is no name.
fn kept(token: &Token, before: Option<&Token>) -> Option<String> {
    let word = token.word();
    if word.chars().all(|c| c.is_ascii_digit()) {
        let says = before.filter(|before| BEFORE_A_NUMBER.contains(&before.word()))?;
        return (word.len() <= 2).then(|| format!("{}-{word}", says.word()));
    }
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let usable = digits <= 2
        && !is_inward(word)
        && word.parse::<Postcode>().is_err()
        && word.chars().count() <= LONGEST_WORD
        && !PLAIN.contains(&word)
        && !BEFORE_A_NUMBER.contains(&word);
    usable.then(|| word.to_owned())
}

/// The second half of a postcode: what is left of one that was typed in pieces.
fn is_inward(word: &str) -> bool {
    let rest = word.strip_prefix(|c: char| c.is_ascii_digit());
    rest.is_some_and(|rest| rest.len() == 2 && rest.chars().all(|c| c.is_ascii_alphabetic()))
}

/// Cuts what was typed into words; addresses and long numbers are left out whole.
fn tokens(typed: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut small_before = false;
    for piece in typed.split_whitespace() {
        let digits = piece.chars().filter(char::is_ascii_digit).count();
        let address = piece.contains('@') || piece.contains("://") || piece.starts_with("www.");
        if address || digits > 4 {
            continue;
        }
        let piece: String = piece
            .chars()
            .filter(|c| !matches!(c, '\'' | '’' | '‘'))
            .collect();
        let school_year = piece.split_once('-').is_some_and(|(word, number)| {
            BEFORE_A_NUMBER.contains(&word) && number.chars().all(|c| c.is_ascii_digit())
        });
        for part in piece.split(|c: char| !c.is_alphanumeric()) {
            let Some(first) = part.chars().next() else {
                continue;
            };
            let rest_small = part.chars().skip(1).all(|c| !c.is_uppercase());
            tokens.push(Token {
                lower: part.to_lowercase(),
                capital: first.is_uppercase() && rest_small && part.chars().count() > 1,
                follows_a_small_word: small_before && !school_year,
                place: tokens.len(),
            });
            small_before = first.is_lowercase();
        }
    }
    tokens
}

/// What was typed without the first postcode in it, and that postcode's sector.
fn without_postcode(typed: &str) -> (String, Option<String>) {
    let pieces: Vec<&str> = typed.split_whitespace().collect();
    let clean = |piece: &str| {
        piece
            .trim_matches(|c: char| !c.is_alphanumeric())
            .to_owned()
    };
    for (at, piece) in pieces.iter().enumerate() {
        let one = clean(piece);
        let two = pieces.get(at + 1).map(|next| one.clone() + &clean(next));
        for (text, length) in [(Some(one), 1), (two, 2)] {
            let Some(postcode) = text.and_then(|text| text.parse::<Postcode>().ok()) else {
                continue;
            };
            let (before, after) = (&pieces[..at], &pieces[at + length..]);
            // Another one is dropped as well: who gives two says where they live and where they go.
            let (rest, _) = without_postcode(&[before, after].concat().join(" "));
            return (rest, Some(postcode.sector().to_owned()));
        }
    }
    (typed.to_owned(), None)
}
