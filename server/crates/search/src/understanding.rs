//! From what was typed to what is meant: a place, ages, filters, and things to look for.
//!
//! “free swimming on saturday for autistic teenager” is: free, Saturday, ages 13 to 19, and
//! “swimming” and “autistic” (which finds autism, ASD and ASC alike). Start at [`understand`]:
//! each pass takes its words off the [`Tokens`], and what is left becomes [`Wish`]es.

mod ages;
mod filters;
mod place;
mod tokens;
mod wishes;

use domain::local_offer::Position;
use domain::postcode::Postcode;
use tantivy::query::Bm25StatisticsProvider;

use crate::facet::Facet;
use crate::facts::Surroundings;
use crate::knowledge::Knowledge;
use crate::query::{AskedSpelling, Query};
use crate::results::{Held, Meant, PlaceOutcome, Understood};
use crate::spelling::Speller;
use crate::words::words_of;
use tokens::Tokens;

pub(crate) use wishes::{Asked, Ends, Wish};

/// More of a question than this is not read: it bounds the work of one search.
const MOST_CHARS: usize = 500;
/// Nor are more words.
const MOST_WORDS: usize = 60;

/// What the words are understood by.
#[derive(Clone, Copy)]
pub(crate) struct Known<'a> {
    pub(crate) knowledge: &'a Knowledge,
    pub(crate) surroundings: &'a Surroundings,
    pub(crate) speller: Speller<'a>,
}

/// What is meant.
#[derive(Clone, Debug)]
pub(crate) struct Understanding {
    pub(crate) wishes: Vec<Wish>,
    pub(crate) place: PlaceOutcome,
    /// Besides the place. All of it holds at first.
    pub(crate) understood: Vec<Understood>,
    /// All of the words as they were mended, if any were.
    pub(crate) mended: Option<String>,
    /// What else than the local offer the words are about.
    pub(crate) elsewhere: Option<Elsewhere>,
    /// Whether they speak of a child: then something of the local offer is meant.
    pub(crate) is_of_a_child: bool,
    /// Whether the words are a listing's own name.
    pub(crate) is_a_name: bool,
}

/// Something that is no business of the local offer.
#[derive(Clone, Debug)]
pub(crate) struct Elsewhere {
    /// What people call it.
    pub(crate) name: String,
    /// Whether the words are about nothing besides.
    pub(crate) wholly: bool,
}

impl Understanding {
    /// Where distances are from.
    pub(crate) fn from(&self) -> Option<Position> {
        match self.place {
            PlaceOutcome::Known { position, .. } => Some(position),
            PlaceOutcome::Unknown { .. } | PlaceOutcome::NotAsked => None,
        }
    }
}

/// Understands a query.
///
/// # Errors
/// When the index cannot be read.
pub(crate) fn understand(query: &Query, known: Known<'_>) -> tantivy::Result<Understanding> {
    let typed: String = query.words.chars().take(MOST_CHARS).collect();
    let words = words_of(&with_plus(&typed));
    let mut words = known.knowledge.vocabulary.written_out(words);
    words.truncate(MOST_WORDS);
    let mut tokens = Tokens::new(words);
    tokens.drop_greeting();
    let mut understood = Vec::new();
    let place = place::of_query(query, &mut tokens, known);
    let place = match place {
        PlaceOutcome::Known { .. } if query.let_go.contains(&Meant::Place) => {
            PlaceOutcome::NotAsked
        }
        place => place,
    };
    tokens.look_at_the_last(known)?;
    let mended = match query.spelling {
        AskedSpelling::Mended => tokens.mend(known)?,
        AskedSpelling::AsTyped => None,
    };
    // A service's own name is no question: “Kite Saturday Play Scheme” is not about Saturdays.
    let is_a_name = is_a_name(&typed, known)?;
    if !is_a_name {
        understood.extend(ages::take(&mut tokens));
        tokens.drop_amounts();
        tokens.mark_phrases(&known.knowledge.vocabulary);
        understood.extend(filters::take(&mut tokens, query.today, known));
    }
    tokens.mark_phrases(&known.knowledge.vocabulary);
    let says_an_age = understood.iter().any(|it| is_of_a_childs_age(&it.meant));
    let is_of_a_child =
        says_an_age || tokens.any(|word| known.knowledge.vocabulary.is_of_a_child(word));
    let mut elsewhere = tokens.elsewhere(&known.knowledge.vocabulary);
    // Some directories are for more than SEND: a service that is called so is meant.
    if let Some((_, words)) = &elsewhere
        && known.speller.is_in_a_name(words)?
    {
        elsewhere = None;
    }
    let mut wishes = wishes::of(&tokens, known);
    understood.extend(wishes::needs(&mut wishes, &query.let_go, known));
    understood.retain(|it| !is_let_go(it, query) && !has_a_field(it, query));
    Ok(Understanding {
        wishes,
        place,
        understood,
        mended,
        elsewhere: elsewhere.map(|(elsewhere, _)| elsewhere),
        is_of_a_child,
        is_a_name,
    })
}

/// “16+” is “16 plus”: words are cut without their marks.
fn with_plus(typed: &str) -> String {
    let mut text = String::with_capacity(typed.len());
    for letter in typed.chars() {
        match letter {
            '+' if text.ends_with(|c: char| c.is_ascii_digit()) => text.push_str(" plus "),
            letter => text.push(letter),
        }
    }
    text
}

/// The first full postcode among the words.
pub(crate) fn full_postcode_in(words: &str) -> Option<Postcode> {
    let typed: String = words.chars().take(MOST_CHARS).collect();
    place::full_postcode(&words_of(&typed)).map(|(_, _, postcode)| postcode)
}

/// Whether only a child is so old.
fn is_of_a_childs_age(meant: &Meant) -> bool {
    matches!(meant, Meant::Ages(ages) if (2..18).contains(&ages.from()) && ages.to() < 18)
}

fn is_a_name(typed: &str, known: Known<'_>) -> tantivy::Result<bool> {
    let Speller {
        statistics, fields, ..
    } = known.speller;
    let name = tantivy::Term::from_field_text(fields.whole_name, &crate::schema::whole(typed));
    Ok(statistics.doc_freq(&name)? > 0)
}

/// Whether the person took it off. An age is any age.
fn is_let_go(understood: &Understood, query: &Query) -> bool {
    query
        .let_go
        .iter()
        .any(|off| match (off, &understood.meant) {
            (Meant::Ages(_), Meant::Ages(_)) => true,
            (off, meant) => off == meant,
        })
}

/// Whether the person said it in a field, which counts more than the words.
fn has_a_field(understood: &Understood, query: &Query) -> bool {
    match &understood.meant {
        Meant::Ages(_) => query.ages.is_some(),
        Meant::Place => true,
        // Needs are wishes: a ticked need narrows those.
        Meant::Tick(tick) if tick.facet == Facet::Need => query.ticked.contains(tick),
        Meant::Tick(tick) => query.ticked_in(tick.facet).next().is_some(),
    }
}

/// Something that was understood, which holds until it would leave nothing.
fn understood(meant: Meant, name: impl Into<String>) -> Understood {
    Understood {
        meant,
        name: name.into(),
        held: Held::Holds,
    }
}
