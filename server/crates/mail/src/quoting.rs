//! What somebody wrote now, what they quote, and how they sign: folded for reading, never thrown away.
//!
//! An officer should see the new words first. But a line that is hidden by mistake may be the one that
//! mattered, and a line that is shown twice costs nothing. So [`fold`] hides only what a mail program wrote,
//! and only at the end: a quotation with words of the writer below it stays, because those words answer it;
//! a message that would be hidden whole is shown whole; and what somebody forwards is what they want to say.
//!
//! `history.rs` finds where quoted mail begins, by the lines that mail programs put there: `attribution.rs`
//! (“On … wrote:”), `letterhead.rs` (“From: … Sent: …”) and `marks.rs` (“Original Message”); `pointing.rs` reads when
//! somebody says that they answered in it. `signature.rs` finds signatures, “Sent from my iPhone” and disclaimers.
//!
//! `passed_on.rs` knows by the subject what is passed on: of that, [`fold_passed_on`] hides no earlier mail. Whoever
//! knows what was quoted asks `between_lines.rs` whether somebody answered within it.

mod attribution;
mod between_lines;
mod history;
mod letterhead;
mod line;
mod marks;
mod passed_on;
mod pointing;
mod signature;

pub use between_lines::is_answered_within;
use line::Line;
pub use passed_on::is_passed_on;

/// A stretch of whole lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part<'a> {
    /// Whose words they are.
    pub kind: PartKind,
    /// The lines, with their line ends.
    pub text: &'a str,
}

/// Whose words a part holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartKind {
    /// The writer's own, or what may be; what they answer between the lines, or forward.
    New,
    /// Earlier mail that a mail program put there.
    Quoted,
    /// What stands under every mail of this writer.
    Signature,
}

/// Parts of `text` in their order. One after the other, they are `text` again, to the byte. Text that is all
/// quotation or signature is [`PartKind::New`]: there is nothing else to see.
///
/// `text` is what a person would read; quoted HTML has `> ` before its lines, as
/// `mail::incoming` makes it. Takes time in proportion to its length.
#[must_use]
pub fn fold(text: &str) -> Vec<Part<'_>> {
    folded(text, history::mark)
}

/// Parts of a text that was passed on ([`is_passed_on`]): what stands below is what the writer wants to show, and only
/// what stands under every mail is folded.
#[must_use]
pub fn fold_passed_on(text: &str) -> Vec<Part<'_>> {
    folded(text, |lines, _| lines.len())
}

/// `history` marks the lines of earlier mail and says how many lines stand before it.
fn folded(text: &str, history: impl Fn(&[Line<'_>], &mut [PartKind]) -> usize) -> Vec<Part<'_>> {
    let lines = line::all(text);
    let mut kinds = vec![PartKind::New; lines.len()];
    let own = history(&lines, &mut kinds);
    signature::mark(&lines[..own], &mut kinds);
    let shows_words = lines
        .iter()
        .zip(&kinds)
        .any(|(line, kind)| *kind == PartKind::New && line.has_words());
    if !shows_words {
        kinds.fill(PartKind::New);
    }
    joined(text, &lines, &kinds)
}

/// Neighbours of one kind become one part.
fn joined<'a>(text: &'a str, lines: &[Line<'a>], kinds: &[PartKind]) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut end = 0;
    for (number, line) in lines.iter().enumerate() {
        end += line.whole.len();
        if kinds.get(number + 1) != Some(&kinds[number]) {
            parts.push(Part {
                kind: kinds[number],
                text: &text[start..end],
            });
            start = end;
        }
    }
    parts
}
