//! Things to look for: what is left of the words when places, ages and filters are taken.

use super::tokens::{Token, Tokens, Use};
use super::{Known, understood};
use crate::facet::{Facet, Tick};
use crate::facts::NamedTerm;
use crate::results::{Meant, Understood};
use crate::vocabulary::Phrase;
use crate::words::Word;

/// Whether a hit must have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// It must.
    For,
    /// It is better with it.
    Optionally,
}

/// Whether more may follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ends {
    /// The word is whole.
    Whole,
    /// It is the beginning of a longer one.
    Open,
}

/// One thing to look for: a word or a known phrase.
#[derive(Clone, Debug)]
pub(crate) struct Wish {
    pub(crate) asked: Asked,
    /// What was typed.
    pub(crate) typed: Phrase,
    /// What means the same.
    pub(crate) same: Vec<Phrase>,
    /// What is found too.
    pub(crate) see: Vec<Phrase>,
    /// This word and its neighbour written as one.
    pub(crate) joined: Vec<Word>,
    /// Whether it is unfinished.
    pub(crate) ends: Ends,
}

impl Wish {
    /// Whether the vocabulary knows it.
    pub(crate) fn is_known(&self) -> bool {
        !self.same.is_empty() || !self.see.is_empty()
    }
}

/// What the tokens ask for.
pub(super) fn of(tokens: &Tokens, known: Known<'_>) -> Vec<Wish> {
    let vocabulary = &known.knowledge.vocabulary;
    let mut wishes = Vec::new();
    // “panic attacks at college” is about those, wherever they come.
    let has_a_phrase = tokens
        .iter()
        .any(|token| matches!(token.used, Use::Phrase(_)));
    let says_where = |at: usize| has_a_phrase && is_where_it_happens(tokens, at, known);
    for (at, token) in tokens.iter().enumerate() {
        match &token.used {
            Use::Free if vocabulary.is_left_out(&token.word) => {}
            Use::Free => wishes.push(Wish {
                asked: if vocabulary.is_optional(&token.word) || says_where(at) {
                    Asked::Optionally
                } else {
                    Asked::For
                },
                joined: tokens.joined(at),
                ends: if tokens.is_unfinished(at) {
                    Ends::Open
                } else {
                    Ends::Whole
                },
                ..only_word(&token.word)
            }),
            Use::Lifts => wishes.push(Wish {
                asked: Asked::Optionally,
                ..only_word(&token.word)
            }),
            Use::Phrase(number) => wishes.extend(of_phrase(tokens, at, *number)),
            Use::Done | Use::Continues => {}
        }
    }
    let free = |token: &&Token| matches!(token.used, Use::Free);
    if wishes.is_empty() {
        // Somebody who types only “the” or “about us” means just that.
        wishes = tokens
            .iter()
            .filter(free)
            .map(|token| only_word(&token.word))
            .collect();
    }
    // Who says “special needs” or “support group” here and something else besides means that.
    let says_little = |wish: &Wish| {
        vocabulary.is_optional_phrase(&wish.typed) || vocabulary.says_little(&wish.typed)
    };
    let asked = |wish: &Wish| wish.asked == Asked::For && !says_little(wish);
    let lifts = |token: &Token| matches!(token.used, Use::Lifts | Use::Done);
    if wishes.iter().any(asked) || tokens.iter().any(lifts) {
        let little = wishes.iter_mut().filter(|wish| says_little(wish));
        little.for_each(|wish| wish.asked = Asked::Optionally);
    }
    let only_free = tokens.iter().all(|token| matches!(token.used, Use::Free));
    if only_free && wishes.iter().all(|wish| wish.asked == Asked::Optionally) {
        wishes.iter_mut().for_each(|wish| wish.asked = Asked::For);
    }
    wishes
}

/// Whether the word there is free and only says where something happens: “at school”.
fn is_where_it_happens(tokens: &Tokens, at: usize, known: Known<'_>) -> bool {
    let before = at.checked_sub(1).and_then(|before| tokens.word(before));
    let is_after = before.is_some_and(|word| matches!(word.text.as_str(), "at" | "in"));
    let is_place = |word: &Word| known.knowledge.vocabulary.is_where_it_happens(word);
    is_after && tokens.free(at).is_some_and(is_place)
}

fn of_phrase(tokens: &Tokens, at: usize, number: usize) -> Option<Wish> {
    let phrase = tokens.phrase(number)?;
    let typed: Phrase = tokens
        .iter()
        .skip(at)
        .take(phrase.length)
        .map(|token| token.word.clone())
        .collect();
    Some(Wish {
        asked: Asked::For,
        same: phrase.same.clone(),
        see: phrase.see.clone(),
        joined: match typed.len() {
            1 => tokens.joined(at),
            _ => Vec::new(),
        },
        ends: Ends::Whole,
        typed,
    })
}

fn only_word(word: &Word) -> Wish {
    Wish {
        asked: Asked::For,
        typed: vec![word.clone()],
        same: Vec::new(),
        see: Vec::new(),
        joined: Vec::new(),
        ends: Ends::Whole,
    }
}

/// Wishes that are needs, told as filters where the words ask for something besides. A need that the
/// person took off is asked for no more.
pub(super) fn needs(wishes: &mut [Wish], let_go: &[Meant], known: Known<'_>) -> Vec<Understood> {
    let asked = wishes
        .iter()
        .filter(|wish| wish.asked == Asked::For)
        .count();
    let mut found = Vec::new();
    for wish in wishes.iter_mut().filter(|wish| wish.asked == Asked::For) {
        let Some(need) = need_of(wish, known) else {
            continue;
        };
        let meant = Meant::Tick(need.0);
        if let_go.contains(&meant) {
            wish.asked = Asked::Optionally;
        }
        if asked > 1 {
            found.push(understood(meant, need.1));
        }
    }
    found
}

/// The need of the taxonomy that the wish is another word for.
fn need_of(wish: &Wish, known: Known<'_>) -> Option<(Tick, String)> {
    let is_meant = |term: &&NamedTerm| {
        let is_it = |phrase: &Phrase| {
            phrase.len() == term.words.len()
                && phrase
                    .iter()
                    .zip(&term.words)
                    .all(|(one, two)| one.is_like(two))
        };
        std::iter::once(&wish.typed).chain(&wish.same).any(is_it)
    };
    let needs = known.surroundings.terms.iter();
    let label = &needs
        .filter(|term| term.label.facet == Facet::Need)
        .find(is_meant)?
        .label;
    let tick = Tick {
        facet: Facet::Need,
        slug: label.slug.parse().ok()?,
    };
    Some((tick, label.name.clone()))
}
