//! What a server's words say: reply codes (RFC 5321) and enhanced codes (RFC 3463) in any sentence.

use super::{Action, Status};

/// The first enhanced code of class 2, 4 or 5, such as the one in `(#5.1.1)`; never a part of an address of a
/// computer.
pub(super) fn enhanced(text: &str) -> Option<Status> {
    let mut best: Option<Status> = None;
    for word in text.split(|symbol: char| !(symbol.is_ascii_digit() || symbol == '.')) {
        let mut numbers = word.trim_matches('.').split('.').map(|number| {
            let digits = (1..=3).contains(&number.len());
            digits.then(|| number.parse::<u16>().ok()).flatten()
        });
        let (Some(Some(class)), Some(Some(subject)), Some(Some(detail)), None) = (
            numbers.next(),
            numbers.next(),
            numbers.next(),
            numbers.next(),
        ) else {
            continue;
        };
        // RFC 3463 knows the subjects 0 to 7.
        if matches!(class, 2 | 4 | 5) && subject <= 7 {
            let found = Status {
                class,
                subject,
                detail,
            };
            if !is_vague(found) {
                return Some(found);
            }
            best = best.or(Some(found));
        }
    }
    best
}

/// `5.0.0` says no more than “no”.
pub(super) fn is_vague(status: Status) -> bool {
    status.subject == 0 && status.detail == 0
}

/// The first reply code that refuses: 4xx or 5xx as a word of its own with words after it.
pub(super) fn reply(text: &str) -> Option<u16> {
    let bytes = text.as_bytes();
    (0..bytes.len().saturating_sub(3)).find_map(|at| {
        let three = &bytes[at..at + 3];
        let starts = at == 0
            || !(bytes[at - 1].is_ascii_alphanumeric()
                || matches!(bytes[at - 1], b'.' | b'-' | b'/' | b'@' | b'_'));
        let code = matches!(three[0], b'4' | b'5')
            && matches!(three[1], b'0'..=b'7')
            && three[2].is_ascii_digit();
        let ends = match bytes[at + 3] {
            b' ' | b'\t' | b']' | b':' | b',' => true,
            b'-' => bytes
                .get(at + 4)
                .is_some_and(|next| !next.is_ascii_digit() || bytes.get(at + 5) == Some(&b'.')),
            _ => false,
        };
        (starts && code && ends).then(|| {
            three
                .iter()
                .fold(0, |code, digit| code * 10 + u16::from(digit - b'0'))
        })
    })
}

/// Whether words are a server's: they hold a code of either kind.
pub(super) fn is_coded(text: &str) -> bool {
    reply(text).is_some() || enhanced(text).is_some()
}

/// The code that says most: `given` in the fields, else in the words, else the class alone.
pub(super) fn status(given: Option<Status>, words: Option<&str>) -> Option<Status> {
    let said = || words.and_then(enhanced);
    match given {
        // Some systems write 5.0.0 into the field, and the true code into the words.
        Some(vague) if is_vague(vague) => said()
            .filter(|said| said.class == vague.class)
            .or(Some(vague)),
        Some(exact) => Some(exact),
        None => said().or_else(|| {
            let class = words.and_then(reply)? / 100;
            Some(Status {
                class,
                subject: 0,
                detail: 0,
            })
        }),
    }
}

/// Whether the words of an older report say that the message is only late.
pub(super) fn action(text: &str) -> Action {
    const LATE: [&str; 14] = [
        "has not yet been delivered",
        "not been delivered yet",
        "will be retried",
        "being retried",
        "delivery attempts will continue",
        "temporary failure report",
        "temporary problem",
        "no action is required",
        "is delayed",
        "has been delayed",
        "do not need to resend",
        "do not need to re-send",
        "will continue to try",
        "will keep trying",
    ];
    let text = super::headers::one_line(text).to_lowercase();
    if LATE.iter().any(|words| text.contains(words)) {
        Action::Delayed
    } else {
        Action::Failed
    }
}
