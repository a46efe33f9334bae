//! Tables of the field that are ours: which words of feeds mean which value of a filter.
//!
//! Each file has the columns `slug,name,words`; the words are phrases parted by `|`.

use std::sync::OnceLock;

use crate::words::{Word, words_of};

/// What helps people get in and about, by the words that feeds use for it.
pub(crate) static ACCESSIBILITY: Table = Table::new(include_str!("../data/accessibility.csv"));
/// The broad areas of need of the SEND Code of Practice (2015, chapter 6), by words of the needs in each.
pub(crate) static BROAD_NEEDS: Table = Table::new(include_str!("../data/broad_needs.csv"));

/// A table, parsed at its first use.
pub(crate) struct Table {
    file: &'static str,
    rows: OnceLock<Vec<Row>>,
}

/// One value.
pub(crate) struct Row {
    pub(crate) slug: String,
    pub(crate) name: String,
    phrases: Vec<Vec<Word>>,
}

impl Table {
    const fn new(file: &'static str) -> Self {
        Self {
            file,
            rows: OnceLock::new(),
        }
    }

    pub(crate) fn rows(&self) -> &[Row] {
        self.rows.get_or_init(|| {
            let rows = csv_rows(self.file).into_iter();
            rows.filter_map(|cells| match cells.as_slice() {
                [slug, name, phrases] => Some(Row {
                    slug: slug.clone(),
                    name: name.clone(),
                    phrases: phrases.split('|').map(words_of).collect(),
                }),
                _ => None,
            })
            .collect()
        })
    }
}

impl Row {
    /// Whether a text of these words has one of the phrases, in any form.
    pub(crate) fn is_in(&self, words: &[Word]) -> bool {
        self.phrases.iter().any(|phrase| {
            words
                .windows(phrase.len().max(1))
                .any(|part| part.iter().zip(phrase).all(|(one, two)| one.is_like(two)))
        })
    }
}

/// The rows after the heading. The files are ours and tested, so that a row that cannot be read is
/// passed over.
pub(crate) fn csv_rows(file: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(file.as_bytes());
    reader
        .records()
        .filter_map(Result::ok)
        .map(|row| row.iter().map(str::to_owned).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        for table in [&ACCESSIBILITY, &BROAD_NEEDS] {
            assert_eq!(table.rows().len(), table.file.lines().count() - 1);
        }
    }

    #[test]
    fn a_value_is_found_by_its_words_in_any_form() {
        let found = |text: &str| {
            let rows = ACCESSIBILITY.rows().iter();
            let words = words_of(text);
            rows.filter(|row| row.is_in(&words))
                .map(|row| row.slug.as_str())
                .collect::<Vec<_>>()
        };
        assert_eq!(found("There are Blue Badge spaces."), ["parking"]);
        assert_eq!(found("A level entrance with ramps"), ["step-free"]);
        assert!(found("A nice view").is_empty());
    }
}
