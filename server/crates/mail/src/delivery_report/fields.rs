//! The fields of RFC 3464, wherever they stand.
//!
//! The standard gives them a part of their own, a block for the message and one for each recipient. Some
//! systems label that part wrongly, leave the blank lines out, or write the fields into the text for people.

use super::headers::{Headers, one_line};
use super::pieces::Text;
use super::{Action, ReportedRecipient, Status, diagnosis};

/// Everybody whom the fields name; empty where there are no fields.
pub(super) fn recipients(texts: &[Text]) -> Vec<ReportedRecipient> {
    let mut found: Vec<ReportedRecipient> = Vec::new();
    for block in texts.iter().flat_map(|text| blocks(&text.text)) {
        for recipient in in_block(&block) {
            let known = found
                .iter_mut()
                .find(|known| known.address.eq_ignore_ascii_case(&recipient.address));
            match known {
                // Told twice: in the part for machines and in the text. The one with more counts.
                Some(known) if known.diagnostic.is_none() => *known = recipient,
                Some(_) => {}
                None => found.push(recipient),
            }
        }
    }
    found
}

/// The first value of a field in any block.
pub(super) fn value(texts: &[Text], name: &str) -> Option<String> {
    texts
        .iter()
        .flat_map(|text| blocks(&text.text))
        .find_map(|block| block.first(name).map(str::to_owned))
}

/// Runs of lines that are fields: a blank line or a line of prose ends one.
fn blocks(text: &str) -> Vec<Headers> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let block = Headers::read(lines[at..].iter().copied());
        if block.is_empty() {
            at += 1;
        } else {
            at += lines_of(&block, &lines[at..]);
            found.push(block);
        }
    }
    found
}

/// How many lines `block` was read from: every header, and every line that goes on with one.
fn lines_of(block: &Headers, lines: &[&str]) -> usize {
    let margin = lines.first().map_or(0, |line| indent(line));
    let mut headers = 0;
    lines
        .iter()
        .take_while(|line| {
            let is_new = indent(line) <= margin;
            headers += usize::from(is_new);
            headers <= block.pairs().len() && !line.trim().is_empty()
        })
        .count()
        .max(1)
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The recipients of one block: a second `Final-Recipient` begins the next.
fn in_block(block: &Headers) -> Vec<ReportedRecipient> {
    let is_name = |name: &str, known: &str| name.eq_ignore_ascii_case(known);
    let has_fields = block.has("final-recipient")
        || block.has("original-recipient") && (block.has("action") || block.has("status"));
    // Of reports about reading only rejections come here; what else has this field is none of those.
    let is_read = block
        .first("disposition")
        .is_some_and(|value| !value.to_ascii_lowercase().contains("deleted"));
    if !has_fields || is_read {
        return Vec::new();
    }
    let mut groups: Vec<Vec<&(String, String)>> = vec![Vec::new()];
    let finals = block.all("final-recipient").count();
    for pair in block.pairs() {
        let begun = groups
            .last()
            .is_some_and(|group| group.iter().any(|(name, _)| is_name(name, &pair.0)));
        let begins = finals > 1
            && begun
            && ["final-recipient", "original-recipient", "action"]
                .iter()
                .any(|first| is_name(&pair.0, first));
        if begins {
            groups.push(Vec::new());
        }
        if let Some(group) = groups.last_mut() {
            group.push(pair);
        }
    }
    groups
        .iter()
        .filter_map(|group| {
            recipient(|wanted| {
                group
                    .iter()
                    .find(|(name, value)| is_name(name, wanted) && !value.is_empty())
                    .map(|(_, value)| value.as_str())
            })
        })
        .collect()
}

fn recipient<'a>(field: impl Fn(&str) -> Option<&'a str>) -> Option<ReportedRecipient> {
    let last = field("final-recipient").and_then(address);
    let actual = field("x-actual-recipient").and_then(address);
    let first = field("original-recipient").and_then(address);
    let chosen = last
        .clone()
        .filter(|address| address.contains('@'))
        .or(first.clone())
        .or(actual)
        .or(last)?;
    let diagnostic = field("diagnostic-code")
        .map(|said| {
            let words = said.split_once(';').map_or(said, |(kind, words)| {
                if kind.contains(char::is_whitespace) {
                    said
                } else {
                    words
                }
            });
            one_line(words)
        })
        .filter(|said| !said.is_empty());
    let given = field("status").and_then(diagnosis::enhanced);
    let status = diagnosis::status(given, diagnostic.as_deref());
    Some(ReportedRecipient {
        original_address: first.filter(|first| !first.eq_ignore_ascii_case(&chosen)),
        address: chosen,
        action: action(field("action"), status),
        status,
        diagnostic,
    })
}

/// `rfc822; <sam@example.org>`, with or without its kind and brackets.
fn address(value: &str) -> Option<String> {
    let address = value.split_once(';').map_or(value, |(_, address)| address);
    let address = super::address::all_in(address)
        .next()
        .unwrap_or_else(|| address.trim().trim_matches(['<', '>', '"']));
    (!address.is_empty()).then(|| address.to_owned())
}

fn action(said: Option<&str>, status: Option<Status>) -> Action {
    let word = said
        .unwrap_or_default()
        .split(|symbol: char| !symbol.is_ascii_alphabetic())
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    match word.as_str() {
        "delayed" => Action::Delayed,
        "delivered" => Action::Delivered,
        "relayed" => Action::Relayed,
        "expanded" => Action::Expanded,
        "" if status.is_some_and(|status| status.class == 2) => Action::Delivered,
        _ => Action::Failed,
    }
}
