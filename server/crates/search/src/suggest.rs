//! Suggestions while a person types: services, kinds of help, needs and guides.

use domain::keys::{ServiceSlug, TermSlug};

use crate::error::SearchError;
use crate::facet::{Facet, Tick};
use crate::index::Index;
use crate::names::folded;
use crate::words::{Word, words_of};

/// More of what was typed than this is no name.
const MOST_CHARS: usize = 100;
/// How many suggestions besides services there may be.
const MOST_BESIDES: usize = 3;
/// A name may stand in a listing that has just been changed or removed; so many more are asked for.
const SPARE: usize = 4;

/// Something that may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What people read.
    pub text: String,
    /// What it is.
    pub what: Suggested,
}

/// What can be suggested.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Suggested {
    /// A need or a category: everything with it.
    Term(Tick),
    /// A guide, by its slug.
    Guide(String),
    /// A service.
    Service(ServiceSlug),
}

impl Index {
    /// Needs, categories and guides with words that begin so, then services: those whose names begin
    /// so first, then shorter names.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn suggest(&self, prefix: &str, limit: usize) -> Result<Vec<Suggestion>, SearchError> {
        let typed: String = prefix.chars().take(MOST_CHARS).collect();
        let words = words_of(&typed);
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let mut suggestions = self.besides(&words);
        suggestions.truncate(MOST_BESIDES.min(limit));
        let services = self.services(&folded(&words), limit - suggestions.len())?;
        suggestions.extend(services);
        Ok(suggestions)
    }

    fn besides(&self, typed: &[Word]) -> Vec<Suggestion> {
        let knowledge = self.knowledge();
        let surroundings = self.facts().surroundings();
        let terms = surroundings.terms.iter().filter_map(|term| {
            if !has_beginning(&term.words, typed) {
                return None;
            }
            Some(Suggestion {
                text: term.label.name.clone(),
                what: Suggested::Term(Tick {
                    facet: term.label.facet,
                    slug: term.label.slug.parse::<TermSlug>().ok()?,
                }),
            })
        });
        let guides = knowledge.guides.titles();
        let guides = guides.filter(|(_, _, words)| has_beginning(words, typed));
        let guides = guides.map(|(slug, title, _)| Suggestion {
            text: title.to_owned(),
            what: Suggested::Guide(slug.to_owned()),
        });
        // A name that is both a need and a category is suggested once, as the need.
        let mut found: Vec<Suggestion> = Vec::new();
        for suggestion in terms.chain(guides) {
            let is_new = |known: &Suggestion| known.text != suggestion.text;
            if found.iter().all(is_new) {
                found.push(suggestion);
            }
        }
        found
    }

    fn services(&self, typed: &str, limit: usize) -> Result<Vec<Suggestion>, SearchError> {
        let searcher = self.searcher();
        let mut found = Vec::new();
        let mut facts = Vec::new();
        for reader in searcher.segment_readers() {
            facts.push((reader, self.facts().of(reader)?));
        }
        for (reader, facts) in &facts {
            let names = facts.names.beginning(typed, limit + SPARE).into_iter();
            found.extend(names.filter(|name| !reader.is_deleted(name.doc)));
        }
        found.sort_by_key(|name| (name.merit, name.text));
        found.dedup_by(|one, two| one.slug == two.slug);
        let services = found.into_iter().take(limit).filter_map(|name| {
            Some(Suggestion {
                text: name.text.to_owned(),
                what: Suggested::Service(name.slug.parse().ok()?),
            })
        });
        Ok(services.collect())
    }
}

/// Whether these words follow each other in a name, the last perhaps unfinished.
fn has_beginning(name: &[Word], typed: &[Word]) -> bool {
    let Some((last, before)) = typed.split_last() else {
        return false;
    };
    name.windows(typed.len()).any(|part| {
        let (end, start) = match part.split_last() {
            Some(split) => split,
            None => return false,
        };
        end.text.starts_with(&last.text)
            && start
                .iter()
                .zip(before)
                .all(|(one, two)| one.text == two.text)
    })
}

impl Suggested {
    /// “Need”, “Kind of help”, “Guide” or “Service”.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Term(tick) if tick.facet == Facet::Need => "Need",
            Self::Term(_) => "Kind of help",
            Self::Guide(_) => "Guide",
            Self::Service(_) => "Service",
        }
    }
}
