//! Whether a mail was passed on, by the word that mail programs put before its subject.
//!
//! Outlook writes the same head above a mail that it passes on as above one that it answers. Only the subject tells
//! that what stands below is what the writer wants to show.

use super::line::{lower_start, plain};

/// “FW:” in the languages of mail programs. “VS” is left out: it passes on in Norwegian and answers in Finnish.
const WORDS: [&str; 24] = [
    "fw",
    "fwd",
    "forward",
    "forwarded",
    "wg",
    "tr",
    "rv",
    "enc",
    "i",
    "doorst",
    "vb",
    "vl",
    "vid",
    "pd",
    "podaj dalej",
    "i̇lt",
    "ilt",
    "továbbítás",
    "redirecționat",
    "yml",
    "转发",
    "轉寄",
    "إعادة توجيه",
    "переслано",
];

/// Whether `subject` begins so. What answers such a mail begins with “RE:” and is no such mail.
#[must_use]
pub fn is_passed_on(subject: &str) -> bool {
    const LETTERS_MAX: usize = 16;
    let subject = plain(subject);
    let mut rest = subject.trim_start();
    // “[EXTERNAL] FW: …”
    while let Some((_, after)) = rest
        .strip_prefix('[')
        .and_then(|inside| inside.split_once(']'))
    {
        rest = after.trim_start();
    }
    rest.split_once([':', '：']).is_some_and(|(word, _)| {
        word.chars().count() <= LETTERS_MAX
            && WORDS.contains(&lower_start(word.trim(), LETTERS_MAX).as_str())
    })
}
