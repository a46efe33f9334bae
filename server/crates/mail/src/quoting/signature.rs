//! What stands under every mail: a signature after `-- `, “Sent from my iPhone”, a disclaimer.
//!
//! Only what stands at the very end counts, and only if it looks like what a program put there. A name under
//! “Kind regards” is part of what somebody wrote.
//!
//! `signature/dashes.rs` knows signatures below `-- `, `signature/sent_from.rs` those of phones, and
//! `signature/disclaimer.rs` what is put below by the mail system.

mod dashes;
mod disclaimer;
mod sent_from;

use super::PartKind;
use super::line::Line;

/// Marks what stands at the end of `lines`.
pub(super) fn mark(lines: &[Line<'_>], kinds: &mut [PartKind]) {
    let start = start(lines);
    kinds[start..lines.len()].fill(PartKind::Signature);
}

/// Where the signatures at the end begin, blank lines among them; the number of lines where there are none.
pub(super) fn start(lines: &[Line<'_>]) -> usize {
    let mut start = lines.len();
    loop {
        let written = lines[..start]
            .iter()
            .rposition(|line| !line.is_blank())
            .map_or(0, |last| last + 1);
        let above = &lines[..written];
        let Some(last) = above.last() else {
            return start;
        };
        // A line drawn above what was taken already.
        let is_drawn = start < lines.len() && (last.text == "--" || last.is_rule());
        let taken = if is_drawn || sent_from::is(last.text) {
            1
        } else {
            disclaimer::lines(above)
                .or_else(|| dashes::lines(above))
                .or_else(|| footer_of_list(above))
                .unwrap_or(0)
        };
        if taken == 0 {
            return start;
        }
        start = written - taken;
    }
}

/// How many lines the footer of a mailing list takes with the line drawn above it, at the end.
fn footer_of_list(lines: &[Line<'_>]) -> Option<usize> {
    const LINES_MAX: usize = 6;
    let from_end = lines.iter().rev().take(LINES_MAX).position(Line::is_rule)?;
    let below = &lines[lines.len() - from_end..];
    let says = |words: &str| {
        below
            .iter()
            .any(|line| line.text.to_lowercase().contains(words))
    };
    (says("mailing list") && says("://")).then_some(from_end + 1)
}

/// A disclaimer speaks of “we”; who says “I” or asks is a person.
fn says_i(lower: &str) -> bool {
    const PERSONS: [&str; 16] = [
        "i", "i'm", "i’m", "i've", "i’ve", "i'd", "i’d", "my", "me", "he", "she", "him", "his",
        "her", "son", "daughter",
    ];
    words_of(lower).any(|word| PERSONS.contains(&word))
}

/// Whether somebody asks something or tells of somebody.
fn is_persons(lower: &str) -> bool {
    const SAYS: [&str; 14] = [
        "please", "ring", "help", "need", "needs", "want", "wants", "can", "cannot", "could",
        "not", "no", "is", "was",
    ];
    says_i(lower) || words_of(lower).any(|word| SAYS.contains(&word))
}

fn words_of(lower: &str) -> impl Iterator<Item = &str> {
    lower
        .split_whitespace()
        .map(|word| word.trim_matches(['.', ',', ';', ':', '!', '(', ')', '"']))
}
