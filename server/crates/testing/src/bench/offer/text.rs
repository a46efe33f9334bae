//! Names and descriptions, put together from the words of `words.rs`.

use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};

use super::{
    words::{BUILDINGS, FIELD, KINDS, PLAIN, RUNS, STREETS, SYLLABLES, TOPICS},
    zipf::Zipf,
};

/// How many different names of people and streets there are.
const NAMES: usize = 30_000;
/// How many words a description has.
const LEAST: usize = 60;
const MOST: usize = 120;

/// All there is to write with.
pub(super) struct Text {
    /// What descriptions are made of: the most frequent first.
    words: Vec<&'static str>,
    often: Zipf,
    topics: Zipf,
    names: Vec<String>,
    names_often: Zipf,
}

impl Text {
    pub(super) fn new() -> Self {
        let names = names();
        let words: Vec<&str> = [PLAIN, FIELD, TOPICS].concat();
        Self {
            often: Zipf::new(words.len(), 1.0),
            topics: Zipf::new(TOPICS.len(), 0.9),
            names_often: Zipf::new(names.len(), 0.5),
            words,
            names,
        }
    }

    /// What a service is about.
    pub(super) fn topic(&self, random: &mut StdRng) -> &'static str {
        TOPICS[self.topics.draw(random)]
    }

    /// “Maidstone Pottery Club”
    pub(super) fn name(&self, town: &str, topic: &str, random: &mut StdRng) -> String {
        let topic = capital(topic);
        let kind = KINDS.choose(random).copied().unwrap_or_default();
        match random.random_range(0..3) {
            0 => format!("{town} {topic} {kind}"),
            1 => format!("{topic} {kind} at {}", self.building(random)),
            _ => format!("{} {topic} {kind}", self.someone(random)),
        }
    }

    /// Sentences of 6 to 14 words, 60 to 120 words in all.
    pub(super) fn description(&self, topic: &str, random: &mut StdRng) -> String {
        let wanted = random.random_range(LEAST..=MOST);
        let mut text = String::new();
        let (mut in_sentence, mut until) = (0, random.random_range(6..=14));
        for written in 0..wanted {
            // What a service is about is said now and then, and so are names.
            let word = match random.random_range(0..20) {
                0 => topic,
                1 | 2 => self.someone(random),
                _ => self.words[self.often.draw(random)],
            };
            if in_sentence == 0 {
                text.push_str(&capital(word));
            } else {
                text.push_str(word);
            }
            in_sentence += 1;
            if in_sentence == until || written + 1 == wanted {
                text.push('.');
                (in_sentence, until) = (0, random.random_range(6..=14));
            }
            if written + 1 < wanted {
                text.push(' ');
            }
        }
        text
    }

    /// “Bramwell Trust”
    pub(super) fn organization(&self, random: &mut StdRng) -> String {
        let runs = RUNS.choose(random).copied().unwrap_or_default();
        format!("{} {runs}", self.someone(random))
    }

    /// “Bramwell Hall”
    pub(super) fn building(&self, random: &mut StdRng) -> String {
        let building = BUILDINGS.choose(random).copied().unwrap_or_default();
        format!("{} {building}", self.someone(random))
    }

    /// “12 Bramwell Road”
    pub(super) fn street(&self, random: &mut StdRng) -> String {
        let street = STREETS.choose(random).copied().unwrap_or_default();
        let number = random.random_range(1..200);
        format!("{number} {} {street}", self.someone(random))
    }

    fn someone(&self, random: &mut StdRng) -> &str {
        &self.names[self.names_often.draw(random)]
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// Names that nobody has, each once: “Brawickden”.
fn names() -> Vec<String> {
    let mut random = StdRng::seed_from_u64(1);
    let mut names = std::collections::BTreeSet::new();
    let mut in_order = Vec::new();
    while in_order.len() < NAMES {
        let syllables = random.random_range(2..=3);
        let name: String = SYLLABLES
            .choose_multiple(&mut random, syllables)
            .copied()
            .collect();
        let name = capital(&name);
        if names.insert(name.clone()) {
            in_order.push(name);
        }
    }
    in_order
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::search::questions::{MISSPELT, words_asked};

    /// How many letters must be put in, left out, changed or swapped.
    fn letters_apart(one: &str, two: &str) -> usize {
        let (one, two): (Vec<_>, Vec<_>) = (one.chars().collect(), two.chars().collect());
        let mut rows = vec![(0..=two.len()).collect::<Vec<_>>()];
        for i in 1..=one.len() {
            let mut row = vec![i];
            for j in 1..=two.len() {
                let change = usize::from(one[i - 1] != two[j - 1]);
                let mut least = (rows[i - 1][j] + 1)
                    .min(row[j - 1] + 1)
                    .min(rows[i - 1][j - 1] + change);
                if i > 1 && j > 1 && one[i - 1] == two[j - 2] && one[i - 2] == two[j - 1] {
                    least = least.min(rows[i - 2][j - 2] + 1);
                }
                row.push(least);
            }
            rows.push(row);
        }
        rows[one.len()][two.len()]
    }

    fn everything() -> Vec<String> {
        let text = Text::new();
        let mut all = [KINDS, BUILDINGS, RUNS, STREETS].concat();
        all.extend(&text.words);
        all.extend(text.names.iter().map(String::as_str));
        all.iter()
            .flat_map(|words| words.split(' '))
            .map(str::to_lowercase)
            .collect()
    }

    #[test]
    fn what_is_asked_for_has_one_form_alone() {
        let all = everything();
        for asked in words_asked() {
            let root = &asked[..asked.len().min(5)];
            let others: Vec<_> = all
                .iter()
                .filter(|word| word.starts_with(root) && **word != asked)
                .collect();
            assert!(others.is_empty(), "{asked} has other forms: {others:?}");
        }
    }

    #[test]
    fn a_misspelt_word_can_only_be_the_one_that_is_meant() {
        let all = everything();
        for (typed, meant) in MISSPELT {
            let mut near: Vec<_> = all
                .iter()
                .filter(|word| letters_apart(word, typed) <= 2)
                .collect();
            near.dedup();
            assert!(
                near.iter().all(|word| word.as_str() == *meant) && !near.is_empty(),
                "{typed} may be {near:?}"
            );
        }
    }
}
