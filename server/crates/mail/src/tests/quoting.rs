//! What is shown of a reply and what is folded: a file for each kind of thing that stands in one. A mark before each
//! line of an expectation says which part it is of: new, quoted or signature.

mod answers;
mod any_text;
mod between_lines;
mod heads;
mod languages;
mod own_words;
mod passed_on;
mod programs;
mod signatures;

use crate::quoting::{PartKind, fold};

/// Each line with the first letter of its part before it: `n`, `q` or `s`.
fn folded(text: &str) -> String {
    fold(text)
        .iter()
        .flat_map(|part| {
            let mark = match part.kind {
                PartKind::New => 'n',
                PartKind::Quoted => 'q',
                PartKind::Signature => 's',
            };
            part.text.lines().map(move |line| format!("{mark} {line}"))
        })
        .map(|line| line.trim_end().to_owned() + "\n")
        .collect()
}

fn of_kind(text: &str, kind: PartKind) -> String {
    fold(text)
        .iter()
        .filter(|part| part.kind == kind)
        .map(|part| part.text)
        .collect()
}

/// A text that must be shown whole.
fn is_shown_whole(text: &str) {
    assert_eq!(of_kind(text, PartKind::New), text);
}
