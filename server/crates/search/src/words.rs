//! Words: how text is cut into them, in listings and in queries alike.

use tantivy::tokenizer::{
    AsciiFoldingFilter, Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer,
    TextAnalyzer, TokenizerManager,
};

/// The analyzer that keeps words as they stand, in lower case and without accents.
pub(crate) const AS_TYPED: &str = "as_typed";
/// The analyzer that also takes English endings off.
pub(crate) const STEMMED: &str = "stemmed";
/// Nobody searches for a word longer than this.
const LONGEST_WORD: usize = 40;

/// Makes the engine know both analyzers.
pub(crate) fn register(tokenizers: &TokenizerManager) {
    tokenizers.register(AS_TYPED, as_typed());
    tokenizers.register(STEMMED, stemmed());
}

fn as_typed() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(LONGEST_WORD))
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter)
        .build()
}

fn stemmed() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(LONGEST_WORD))
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter)
        .filter(Stemmer::new(Language::English))
        .build()
}

/// Text ready for the analyzers: an apostrophe is part of its word (“carer's” is “carers”).
pub(crate) fn without_apostrophes(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, '\'' | '’' | '‘' | 'ʼ'))
        .collect()
}

/// A word, as it was typed and without its ending.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Word {
    /// In the case it was typed in.
    pub(crate) typed: String,
    /// In lower case, without accents.
    pub(crate) text: String,
    /// Without its English ending.
    pub(crate) stem: String,
}

impl Word {
    /// Whether both mean the same to a reader of English. Words of fewer than four letters must be the
    /// same letter by letter: “OT” is not “ots”.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        let is_long = |word: &Self| word.text.chars().count() > 3;
        self.text == other.text || (is_long(self) && is_long(other) && self.stem == other.stem)
    }
}

/// The words of a text, in order.
pub(crate) fn words_of(text: &str) -> Vec<Word> {
    let (mut as_typed, mut stemmed) = (as_typed(), stemmed());
    let first = |analyzer: &mut TextAnalyzer, part: &str| {
        let mut stream = analyzer.token_stream(part);
        stream
            .advance()
            .then(|| stream.token().text.clone())
            .filter(|text| !text.is_empty())
    };
    without_apostrophes(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .filter_map(|part| {
            let text = first(&mut as_typed, part)?;
            Some(Word {
                typed: part.to_owned(),
                stem: first(&mut stemmed, part)?,
                text,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lose_case_accents_endings_and_apostrophes() {
        let words = words_of("Carer's CAFÉS, (d’activités)");
        let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(texts, ["carers", "cafes", "dactivites"]);
        assert_eq!(words[0].stem, "carer");
    }
}
