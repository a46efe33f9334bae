//! What words find in the local offer: the council's own links between them.

use domain::{
    codes::WordLinkKind,
    council::{Council, WordLink},
    form::{Faults, Fields},
    text::clean_line,
};

use super::entry::Entry;
use crate::typed::code;

/// More phrases than this in one link are no link.
const MOST_PHRASES: usize = 40;
/// Longest phrase, in characters.
const LONGEST_PHRASE: usize = 80;

impl Entry for WordLink {
    fn list(council: &mut Council) -> &mut Vec<Self> {
        &mut council.search_words
    }

    fn listed(council: &Council) -> &[Self] {
        &council.search_words
    }

    fn show(&self) -> Fields {
        let mut fields = Fields::default();
        fields.set("kind", self.kind.as_str());
        fields.set("words", self.words.join("\n"));
        fields.set("finds", self.finds.join("\n"));
        fields
    }

    fn read(fields: &Fields, _: Option<&Self>, _: &Council) -> Result<Self, Faults> {
        let mut faults = Faults::default();
        let kind = code(&mut faults, fields, "kind", "Choose what the words do");
        let words = phrases(&mut faults, fields, "words");
        let finds = phrases(&mut faults, fields, "finds");
        match kind {
            Some(WordLinkKind::Same) if words.len() < 2 => {
                faults.add(
                    "words",
                    "Enter at least two words, each on a line of its own",
                );
            }
            Some(WordLinkKind::SeeAlso) if words.is_empty() => {
                faults.add("words", "Enter a word that people type");
            }
            Some(WordLinkKind::SeeAlso) if finds.is_empty() => {
                faults.add("finds", "Enter what they find too");
            }
            _ => {}
        }
        faults.into_result()?;
        let kind = kind.unwrap_or(WordLinkKind::Same);
        Ok(Self {
            kind,
            words,
            finds: match kind {
                WordLinkKind::Same => Vec::new(),
                WordLinkKind::SeeAlso => finds,
            },
        })
    }
}

/// One phrase a line. The search takes nothing but letters and digits of them.
fn phrases(faults: &mut Faults, fields: &Fields, field: &str) -> Vec<String> {
    let lines = fields.one(field).lines().map(str::trim);
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    if lines.len() > MOST_PHRASES {
        faults.add(field, format!("Enter at most {MOST_PHRASES} lines"));
    }
    let mut phrases = Vec::new();
    for line in lines {
        match clean_line(line, LONGEST_PHRASE) {
            Ok(phrase) if !phrase.contains(char::is_alphanumeric) => {
                faults.add(field, format!("“{phrase}” has no letters"));
            }
            Ok(phrase) => phrases.push(phrase),
            Err(_) => faults.add(
                field,
                format!("Each line can have at most {LONGEST_PHRASE} characters"),
            ),
        }
    }
    phrases
}
