//! Whether somebody wrote between the lines of a letter of ours that they quote.
//!
//! Where the program marks each line that it quotes, the marks tell. Outlook marks nothing: what is typed into the mail
//! that is answered looks like a part of it. But what we wrote we know, so that words which stand within it and are not
//! ours are an answer.

use std::collections::{HashMap, HashSet};

/// Words in a row that are ours and not there by chance.
const ROW: usize = 3;
/// How many words an answer between our lines may have until ours go on.
const ANSWER_MAX: usize = 300;
/// As much of a text is looked at.
const WORDS_MAX: usize = 20_000;

/// Whether words that are in none of `letters` stand within the words of one of them in `quoted`. Takes time in
/// proportion to the length of all.
#[must_use]
pub fn is_answered_within(quoted: &str, letters: &[String]) -> bool {
    let ours: Vec<Vec<String>> = letters.iter().map(|letter| words(letter)).collect();
    let known: HashSet<&[String]> = ours.iter().flat_map(|words| words.windows(ROW)).collect();
    let theirs = words(quoted);
    ours.iter()
        .any(|letter| is_answered_in_one(&theirs, letter, &known))
}

fn is_answered_in_one(theirs: &[String], ours: &[String], known: &HashSet<&[String]>) -> bool {
    let mut rows: HashMap<&[String], usize> = HashMap::new();
    for (at, row) in ours.windows(ROW).enumerate() {
        rows.entry(row).or_insert(at);
    }
    let mut at = 0;
    while at + ROW <= theirs.len() {
        let Some(start) = rows.get(&theirs[at..at + ROW]) else {
            at += 1;
            continue;
        };
        let same = theirs[at..]
            .iter()
            .zip(&ours[*start..])
            .take_while(|(their, our)| their == our)
            .count();
        at += same;
        if goes_on_after_others(&theirs[at..], &ours[start + same..], known) {
            return true;
        }
    }
    false
}

/// Whether `ours` go on in `theirs` after words that are nowhere ours. What is ours in another letter was quoted too.
fn goes_on_after_others(theirs: &[String], ours: &[String], known: &HashSet<&[String]>) -> bool {
    let Some(row) = ours.get(..ROW) else {
        return false;
    };
    theirs
        .windows(ROW)
        .take(ANSWER_MAX)
        .enumerate()
        .skip(1)
        .take_while(|(at, _)| *at < ROW || !known.contains(&theirs[at - ROW..*at]))
        .any(|(_, their)| their == row)
}

/// The words in small letters. Addresses are left out: mail programs write them in their own way, and add some.
fn words(text: &str) -> Vec<String> {
    let is_address =
        |word: &str| word.contains("://") || word.contains("mailto:") || word.contains('@');
    text.split_whitespace()
        .filter(|word| !is_address(word))
        .flat_map(|word| word.split(|symbol: char| !symbol.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .take(WORDS_MAX)
        .map(str::to_lowercase)
        .collect()
}
