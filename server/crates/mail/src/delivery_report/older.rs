//! Reports without fields, read by the shape of their lines.
//!
//! qmail, Exim, old Sendmail, Exchange, Lotus, Gmail and many more each write a text for people. They have in
//! common: a mail system sends them; an address stands at the head of a line, and what a server said about it
//! on that line or below; and the message, or its headers, comes back after that.

use super::headers::one_line;
use super::original::Original;
use super::pieces::Pieces;
use super::sender::Sender;
use super::{Action, ReportedRecipient, address, diagnosis};

/// What a server said rarely takes more lines.
const LINES_MAX: usize = 12;
/// A text for people names few, on few lines.
const NAMED_MAX: usize = 200;
const NOTICE_LINES_MAX: usize = 4_000;

/// Everybody whom the text names. `None` when this is no report; it may be one that names nobody.
pub(super) fn recipients(
    pieces: &Pieces,
    original: &Original,
    sender: Sender,
) -> Option<Vec<ReportedRecipient>> {
    let notice = Notice::of(pieces, original);
    let action = diagnosis::action(&notice.lines.join("\n"));
    let ours: Vec<String> = ["to", "delivered-to", "from", "reply-to", "sender"]
        .iter()
        .flat_map(|name| pieces.headers.all(name))
        .flat_map(address::all_in)
        .map(str::to_ascii_lowercase)
        .collect();
    let said = notice.complaints(&ours);
    let listed: Vec<&str> = pieces
        .headers
        .all("x-failed-recipients")
        .flat_map(address::all_in)
        .collect();
    let found = if listed.is_empty() {
        said
    } else {
        listed
            .into_iter()
            .map(|listed| {
                let words = said
                    .iter()
                    .find(|complaint| complaint.address.eq_ignore_ascii_case(listed))
                    .or_else(|| said.first().filter(|_| said.len() == 1))
                    .and_then(|complaint| complaint.words.clone());
                Complaint {
                    address: listed.to_owned(),
                    words: words.or_else(|| notice.first_coded()),
                }
            })
            .collect()
    };
    if !is_report(&notice, original, &found, sender) {
        return None;
    }
    let found = if found.is_empty() {
        notice.of_original(original)
    } else {
        found
    };
    Some(
        found
            .into_iter()
            .map(|complaint| complaint.into_recipient(action))
            .collect(),
    )
}

/// The less sure the sender, the more the text must show.
fn is_report(notice: &Notice, original: &Original, found: &[Complaint], sender: Sender) -> bool {
    let came_back = !original.headers.is_empty();
    match sender {
        Sender::System => came_back || !found.is_empty(),
        Sender::NullPath => {
            let sent_to: Vec<&str> = ["to", "cc"]
                .iter()
                .flat_map(|name| original.headers.all(name))
                .flat_map(address::all_in)
                .collect();
            let is_named = found.iter().any(|complaint| {
                sent_to
                    .iter()
                    .any(|sent_to| sent_to.eq_ignore_ascii_case(&complaint.address))
            });
            original.sure && (is_named || !notice.coded.is_empty() && !found.is_empty())
        }
        Sender::Postmaster => {
            !found.is_empty() && (notice.is_transcript() || came_back && !notice.coded.is_empty())
        }
        Sender::Person => false,
    }
}

/// An address and what was said about it.
struct Complaint {
    address: String,
    words: Option<String>,
}

impl Complaint {
    fn into_recipient(self, action: Action) -> ReportedRecipient {
        ReportedRecipient {
            status: diagnosis::status(None, self.words.as_deref()),
            address: self.address,
            original_address: None,
            action,
            diagnostic: self.words,
        }
    }
}

/// The text for people, without the message that came back.
struct Notice<'a> {
    lines: Vec<&'a str>,
    /// The numbers of the lines with a server's code.
    coded: Vec<usize>,
}

impl<'a> Notice<'a> {
    fn of(pieces: &'a Pieces, original: &Original) -> Self {
        let mut lines = Vec::new();
        for (place, text) in pieces.texts.iter().enumerate() {
            let end = match &original.copied {
                Some(copied) if copied.text == place => copied.line,
                _ => usize::MAX,
            };
            if !text.label.ends_with("headers") {
                lines.extend(text.text.lines().take(end));
            }
            if end != usize::MAX {
                break;
            }
        }
        lines.truncate(NOTICE_LINES_MAX);
        let coded = (0..lines.len())
            .filter(|number| diagnosis::is_coded(lines[*number]))
            .collect();
        Self { lines, coded }
    }

    /// The first line from `start` to before `end` that has a server's code.
    fn coded_within(&self, start: usize, end: usize) -> Option<String> {
        let at = self.coded.partition_point(|number| *number < start);
        let number = self.coded.get(at).filter(|number| **number < end)?;
        Some(one_line(self.lines[*number]))
    }

    fn first_coded(&self) -> Option<String> {
        self.coded_within(0, usize::MAX)
    }

    /// Whether a conversation of two mail servers stands in it: commands, or an answer over several lines.
    fn is_transcript(&self) -> bool {
        let upper = |line: &str| line.trim_start().to_ascii_uppercase();
        let commands = self.lines.iter().any(|line| {
            let line = upper(line);
            line.contains("RCPT TO:<") || line.contains("MAIL FROM:<")
        });
        let answers = self
            .lines
            .iter()
            .filter(|line| {
                let line = line.trim_start();
                diagnosis::reply(line).is_some_and(|code| line.starts_with(&format!("{code}")))
            })
            .count();
        let exact = self
            .lines
            .iter()
            .any(|line| diagnosis::reply(line).is_some() && diagnosis::enhanced(line).is_some());
        commands || answers >= 2 || exact
    }

    /// Addresses at the heads of lines; where there are none, addresses anywhere.
    fn complaints(&self, ours: &[String]) -> Vec<Complaint> {
        let mut heads: Vec<(usize, usize, &str)> = Vec::new();
        let mut others: Vec<(usize, usize, &str)> = Vec::new();
        for (number, line) in self.lines.iter().enumerate() {
            for (at, address) in address::places_in(line) {
                let before = line[..at].trim();
                if is_senders(before) || is_systems(address) || in_a_link(&line[..at]) {
                    continue;
                }
                if is_head(before) {
                    heads.push((number, at, address));
                } else {
                    others.push((number, at, address));
                }
            }
        }
        let is_ours = |address: &str| ours.contains(&address.to_ascii_lowercase());
        let theirs = |places: &[(usize, usize, &'a str)]| -> Vec<(usize, usize, &'a str)> {
            places
                .iter()
                .copied()
                .filter(|(_, _, address)| !is_ours(address))
                .collect()
        };
        // Mail to oneself may come back as well.
        [theirs(&heads), theirs(&others), heads]
            .into_iter()
            .find(|places| !places.is_empty())
            .map(|places| self.with_words(&places[..places.len().min(NAMED_MAX)]))
            .unwrap_or_default()
    }

    fn with_words(&self, places: &[(usize, usize, &str)]) -> Vec<Complaint> {
        let mut found: Vec<Complaint> = Vec::new();
        for (turn, (number, at, address)) in places.iter().enumerate() {
            let next = places[turn + 1..]
                .iter()
                .find(|(_, _, other)| !other.eq_ignore_ascii_case(address))
                .map_or(self.lines.len(), |(next, _, _)| (*next).max(number + 1));
            let words = self.words(*number, *at + address.len(), next);
            match found
                .iter_mut()
                .find(|known| known.address.eq_ignore_ascii_case(address))
            {
                Some(known) if !known.words.as_deref().is_some_and(diagnosis::is_coded) => {
                    known.words = words.or(known.words.take());
                }
                Some(_) => {}
                None => found.push(Complaint {
                    address: (*address).to_owned(),
                    words,
                }),
            }
        }
        found
    }

    /// What was said about the address that ends at `end` of line `number`, before line `next`: its own line
    /// and those right below; the first line with a code where these have none.
    fn words(&self, number: usize, end: usize, next: usize) -> Option<String> {
        let line = self.lines[number];
        // A code may stand before the address: `550 <sam@example.org>... User unknown`.
        let own = if diagnosis::is_coded(line) {
            line
        } else {
            &line[end..]
        };
        let below = self.lines[number + 1..next]
            .iter()
            .take(LINES_MAX)
            .take_while(|line| !line.trim().is_empty());
        let near = one_line(
            &std::iter::once(own)
                .chain(below.copied())
                .collect::<Vec<_>>()
                .join("\n"),
        );
        let near = near
            .trim_start_matches(['>', ':', ';', ',', '.', ')', ' '])
            .to_owned();
        if diagnosis::is_coded(&near) {
            return Some(near);
        }
        let further = self.coded_within(number + 1, next);
        further.or(Some(near)).filter(|words| !words.is_empty())
    }

    /// The recipient of the message that came back, where the text names nobody.
    fn of_original(&self, original: &Original) -> Vec<Complaint> {
        let mut to = original
            .headers
            .first("to")
            .into_iter()
            .flat_map(address::all_in);
        match (to.next(), to.next()) {
            (Some(address), None) => vec![Complaint {
                address: address.to_owned(),
                words: self.first_coded(),
            }],
            _ => Vec::new(),
        }
    }
}

/// Whether the address that follows `before` heads its line: only a mark, a code or a command is before it.
fn is_head(before: &str) -> bool {
    let upper = before.to_ascii_uppercase();
    let rest = upper.strip_suffix("RCPT TO:<").unwrap_or(&upper);
    rest.chars().all(|symbol| {
        symbol.is_ascii_digit() || symbol.is_whitespace() || "<>*-•[(\"'#.=:".contains(symbol)
    })
}

/// `MAIL FROM:<` names who sent it, and so do `From:` and `Sender:`.
fn is_senders(before: &str) -> bool {
    let before = before.to_ascii_lowercase();
    let before = before.trim_end_matches(['<', '"', '\'', '[', '(', ' ']);
    ["from:", "from", "f=", "sender:", "sender", "reply-to:"]
        .iter()
        .any(|word| before.ends_with(word))
}

fn is_systems(address: &str) -> bool {
    matches!(
        address::local_part(address).as_str(),
        "postmaster" | "mailer-daemon"
    )
}

fn in_a_link(before: &str) -> bool {
    let word = before
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default();
    word.contains("://") || word.to_ascii_lowercase().ends_with("mailto:")
}
