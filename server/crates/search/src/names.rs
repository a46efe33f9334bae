//! The names of one segment's services, to suggest them while they are typed: engine time in
//! microseconds, whatever the number of services.
//!
//! Every place where a word of a name begins is an entry; the entries are in the order of their
//! letters, so that what was typed is one run of them. The best of long runs are known beforehand.

use std::collections::HashMap;

use tantivy::DocId;

use crate::words::{Word, words_of};

/// Stands in no name.
const SEPARATOR: char = '\u{1f}';
/// Of runs longer than this the best are known beforehand.
const LONG_RUN: usize = 512;
/// How many of these.
const BEST: usize = 24;
/// Runs of more letters than this are not long in practice.
const MOST_LETTERS: usize = 16;

/// A service's name and slug as the index holds them.
pub(crate) fn encode(name: &str, slug: &str) -> String {
    format!("{name}{SEPARATOR}{slug}")
}

/// The names.
#[derive(Debug, Default)]
pub(crate) struct Names {
    names: Vec<Name>,
    entries: Vec<Entry>,
    best: HashMap<String, Vec<Entry>>,
}

#[derive(Debug)]
struct Name {
    doc: DocId,
    text: String,
    slug: String,
    /// Its words with single spaces between.
    folded: String,
}

/// A word of a name and what follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    /// What comes first: names that begin so, then shorter ones, then by their letters.
    rank: u32,
    name: u32,
    /// Where the word begins in the folded name.
    start: u16,
}

/// A name that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FoundName<'a> {
    pub(crate) doc: DocId,
    pub(crate) text: &'a str,
    pub(crate) slug: &'a str,
    /// Smaller is better; to be compared with those of other segments.
    pub(crate) merit: (bool, usize),
}

impl Names {
    /// The names of a segment, each as [`encode`] wrote it.
    pub(crate) fn new(encoded: impl Iterator<Item = (DocId, String)>) -> Self {
        let mut names: Vec<Name> = encoded.filter_map(|(doc, text)| name(doc, &text)).collect();
        names.sort_unstable_by(|one, two| {
            let order = |name: &Name| (name.folded.len(), name.doc);
            order(one)
                .cmp(&order(two))
                .then_with(|| one.folded.cmp(&two.folded))
        });
        let count = u32::try_from(names.len()).unwrap_or(u32::MAX);
        let mut entries = Vec::new();
        for (number, name) in (0..count).zip(&names) {
            for start in starts(&name.folded) {
                let rank = number + if start == 0 { 0 } else { count };
                entries.push(Entry {
                    rank,
                    name: number,
                    start,
                });
            }
        }
        let mut names = Self {
            names,
            entries,
            best: HashMap::new(),
        };
        let mut entries = std::mem::take(&mut names.entries);
        entries.sort_unstable_by(|one, two| names.text(one).cmp(names.text(two)));
        names.entries = entries;
        names.find_best();
        names
    }

    fn text(&self, entry: &Entry) -> &str {
        let name = self.names.get(entry.name as usize);
        name.and_then(|name| name.folded.get(usize::from(entry.start)..))
            .unwrap_or_default()
    }

    fn find_best(&mut self) {
        let mut best = HashMap::new();
        for letters in 1..=MOST_LETTERS {
            let mut start = 0;
            while let Some(first) = self.entries.get(start) {
                let prefix = self.text(first).get(..letters);
                let same = |entry: &Entry| self.text(entry).get(..letters) == prefix;
                let length = self.entries[start..].partition_point(same);
                if let Some(prefix) = prefix.filter(|_| length > LONG_RUN) {
                    let run = &self.entries[start..start + length];
                    best.insert(prefix.to_owned(), best_of(run, BEST));
                }
                start += length.max(1);
            }
        }
        self.best = best;
    }

    /// The best names with a word that begins so, perhaps followed by other words; `typed` is
    /// [`folded`].
    pub(crate) fn beginning(&self, typed: &str, limit: usize) -> Vec<FoundName<'_>> {
        let known = self.best.get(typed).filter(|known| limit <= known.len());
        let best = match known {
            Some(known) => known.iter().take(limit).copied().collect(),
            None => {
                let start = self
                    .entries
                    .partition_point(|entry| self.text(entry) < typed);
                let rest = &self.entries[start..];
                let length = rest.partition_point(|entry| self.text(entry).starts_with(typed));
                best_of(&rest[..length], limit)
            }
        };
        let found = best.into_iter().filter_map(|entry| {
            let name = self.names.get(entry.name as usize)?;
            Some(FoundName {
                doc: name.doc,
                text: &name.text,
                slug: &name.slug,
                merit: (entry.start > 0, name.folded.len()),
            })
        });
        found.collect()
    }
}

/// What was typed, as names are held: its words with single spaces between.
pub(crate) fn folded(words: &[Word]) -> String {
    let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    texts.join(" ")
}

fn name(doc: DocId, encoded: &str) -> Option<Name> {
    let (text, slug) = encoded.split_once(SEPARATOR)?;
    let folded = folded(&words_of(text));
    (!folded.is_empty()).then(|| Name {
        doc,
        text: text.to_owned(),
        slug: slug.to_owned(),
        folded,
    })
}

/// Where words begin.
fn starts(folded: &str) -> impl Iterator<Item = u16> {
    let after_spaces = folded.match_indices(' ').map(|(space, _)| space + 1);
    std::iter::once(0)
        .chain(after_spaces)
        .filter_map(|start| u16::try_from(start).ok())
}

fn best_of(run: &[Entry], limit: usize) -> Vec<Entry> {
    let mut best: Vec<Entry> = Vec::with_capacity(limit + 1);
    for entry in run {
        if best.len() == limit && best.last().is_some_and(|worst| worst <= entry) {
            continue;
        }
        let place = best.partition_point(|other| other < entry);
        best.insert(place, *entry);
        best.truncate(limit);
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(texts: &[&str]) -> Names {
        let encoded = (0..)
            .zip(texts)
            .map(|(doc, text)| (doc, encode(text, "slug")));
        Names::new(encoded)
    }

    fn found<'a>(names: &'a Names, typed: &str, limit: usize) -> Vec<&'a str> {
        let found = names.beginning(&folded(&words_of(typed)), limit);
        found.iter().map(|name| name.text).collect()
    }

    #[test]
    fn names_that_begin_so_come_before_those_with_a_word_that_does() {
        let names = names(&[
            "Children's speech therapy",
            "Speech group for under fives",
            "Speech!",
            "Music",
        ]);
        assert_eq!(
            found(&names, "spee", 9),
            [
                "Speech!",
                "Speech group for under fives",
                "Children's speech therapy"
            ]
        );
        assert_eq!(
            found(&names, "speech  GROUP f", 9),
            ["Speech group for under fives"]
        );
        assert!(found(&names, "therapy speech", 9).is_empty());
    }

    #[test]
    fn the_best_of_a_long_run_are_those_of_a_short_one() {
        let texts: Vec<String> = (0..2000).map(|n| format!("Club {n:04}")).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let names = names(&texts);
        assert!(names.best.contains_key("cl"));
        assert_eq!(found(&names, "cl", 2), ["Club 0000", "Club 0001"]);
        assert_eq!(found(&names, "club 19", 1), ["Club 1900"]);
    }
}
