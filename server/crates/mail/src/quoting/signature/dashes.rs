//! A signature below `-- ` (RFC 3676, section 4.3), or below dashes that a person may have drawn.

use super::super::line::{Line, lower_start};
use super::is_persons;

/// How many lines a signature takes with the `-- ` above it (RFC 3676, section 4.3), at the end.
pub(super) fn lines(lines: &[Line<'_>]) -> Option<usize> {
    const LINES_MAX: usize = 13;
    let from_end = lines
        .iter()
        .rev()
        .take(LINES_MAX)
        .position(|line| line.text == "--")?;
    let dashes = lines.len() - from_end - 1;
    let below = &lines[dashes + 1..];
    if announces(&lines[..dashes]) {
        return None;
    }
    // A program leaves a space after its dashes; people do not, and go on writing.
    let is_programs = lines[dashes].whole.starts_with("-- ");
    let signs = below.iter().filter(|line| !line.is_blank());
    let signs: Vec<&str> = signs.map(|line| line.text).collect();
    let all_sign = signs.iter().all(|text| is_of_signature(text));
    let is_one = all_sign && !signs.is_empty() && (is_programs || is_of_nobody(&signs));
    (is_one || all_sign && is_programs && !below.is_empty()).then_some(from_end + 1)
}

/// “Tom's details:”, and then the details.
fn announces(above: &[Line<'_>]) -> bool {
    let last = above.iter().rev().find(|line| !line.is_blank());
    last.is_some_and(|line| {
        let lower = line.text.to_lowercase();
        lower.ends_with(':')
            || ["below", "following", "details"]
                .iter()
                .any(|word| lower.contains(word))
    })
}

/// Whether the lines below dashes that a person may have drawn cannot be somebody's words to us: names and titles, a
/// greeting, numbers and addresses. Beside an address on the web, one line may be anything that no person says.
fn is_of_nobody(signs: &[&str]) -> bool {
    let on_the_web = |text: &str| ["@", "www.", "://"].iter().any(|mark| text.contains(mark));
    let others = signs
        .iter()
        .filter(|text| !on_the_web(text) && !is_name(text) && !is_number(text))
        .count();
    let spoken = signs.iter().any(|text| is_persons(&text.to_lowercase()));
    !spoken && (others == 0 || others == 1 && signs.iter().any(|text| on_the_web(text)))
}

/// A name, a title, or the greeting above it.
fn is_name(text: &str) -> bool {
    const SMALL: [&str; 23] = [
        "of", "and", "the", "for", "de", "da", "van", "von", "to", "in", "at", "regards", "wishes",
        "thanks", "mum", "dad", "mother", "father", "parent", "carer", "you", "grüßen", "lieben",
    ];
    let mut words = text
        .split(|symbol: char| symbol.is_whitespace() || symbol == '/')
        .map(|word| word.trim_end_matches([',', '.']));
    let alone = !text.contains(char::is_whitespace);
    alone
        || !text.starts_with(char::is_lowercase)
            && words.all(|word| !word.starts_with(char::is_lowercase) || SMALL.contains(&word))
}

/// “Tel. 01632 960001”
fn is_number(text: &str) -> bool {
    const DIGITS: usize = 6;
    text.chars().filter(char::is_ascii_digit).count() >= DIGITS
}

/// “1. who decides”, “- a taxi”
fn is_of_list(text: &str) -> bool {
    let rest = text.trim_start_matches(|symbol: char| symbol.is_ascii_digit());
    let numbered =
        rest.len() < text.len() && rest.starts_with([')', '.']) && rest[1..].starts_with(' ');
    numbered
        || ["- ", "* ", "• ", "– "]
            .iter()
            .any(|bullet| text.starts_with(bullet))
}

/// Names, places, numbers and addresses; no sentence, no question, no postscript. People draw lines of two
/// dashes as well, and go on writing.
fn is_of_signature(text: &str) -> bool {
    const LETTERS_MAX: usize = 120;
    if text.chars().count() > LETTERS_MAX
        || text.contains('?')
        || text.starts_with('>')
        || is_of_list(text)
    {
        return false;
    }
    let lower = lower_start(text, LETTERS_MAX);
    let small_words = text
        .split_whitespace()
        .filter(|word| word.chars().count() > 1 && word.chars().all(char::is_lowercase))
        .count();
    let is_sentence = small_words >= 5 || small_words >= 2 && text.ends_with(['.', '!', '…']);
    let is_postscript = ["ps", "p.s", "pps"].iter().any(|start| {
        lower
            .strip_prefix(start)
            .is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
    });
    !is_sentence && !is_postscript
}
