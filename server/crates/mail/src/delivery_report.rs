//! Reports about mail of ours that did not arrive, or is late: read by their structure, never by a subject.
//!
//! [`read`] first looks for the fields of RFC 3464 (<https://www.rfc-editor.org/rfc/rfc3464>), in whatever
//! part they stand and however that part is labelled (`fields.rs`). Older systems write for people; what they
//! say is read by the shape of its lines (`older.rs`).
//!
//! A report that is overlooked becomes an enquiry, and a person sees it. A person's mail that is taken for a
//! report would be lost among reports. So what a report says counts only if a mail system sent it: `sender.rs`
//! says how that is known. A bounce that somebody forwards or pastes into a mail is that person's mail.

mod address;
mod diagnosis;
mod fields;
mod headers;
mod older;
mod original;
mod pieces;
mod sender;

use std::fmt;

use self::headers::Headers;
use self::pieces::Pieces;
use self::sender::Sender;

/// What a mail system says about one message of ours.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeliveryReport {
    /// Those it did not reach, or not yet. May be empty where only the message is named.
    pub recipients: Vec<ReportedRecipient>,
    /// The `Message-ID` of the message that is reported on, without its angle brackets.
    pub reported_message_id: Option<String>,
    /// Addresses that may be the return path under which that message was sent, the likeliest first. Who
    /// signs return paths finds the right one among them.
    pub return_paths: Vec<String>,
    /// The headers of that message, as far as they came back, in their order.
    pub reported_headers: Vec<(String, String)>,
}

/// One recipient, and what became of the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportedRecipient {
    /// As the report names it; it may be the address that ours was forwarded to.
    pub address: String,
    /// The address that we sent to, where the report tells it apart.
    pub original_address: Option<String>,
    /// What the system did.
    pub action: Action,
    /// The enhanced status code (RFC 3463), the most exact one that was said.
    pub status: Option<Status>,
    /// What the other server said, on one line.
    pub diagnostic: Option<String>,
}

impl ReportedRecipient {
    /// Whether the message did not arrive and will not.
    #[must_use]
    pub fn failed(&self) -> bool {
        self.action == Action::Failed
    }

    /// Whether sending it again would fail as well: it failed, and not for something that passes, such as a
    /// full mailbox or a server that could not be reached in time.
    #[must_use]
    pub fn permanent(&self) -> bool {
        self.failed() && self.status.is_none_or(|status| status.class == 5)
    }
}

/// What became of a message (RFC 3464, section 2.3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Given up.
    Failed,
    /// Not yet delivered; it is being tried again.
    Delayed,
    /// In the mailbox.
    Delivered,
    /// Handed to a system that reports nothing.
    Relayed,
    /// Delivered, and sent on to several.
    Expanded,
}

/// An enhanced status code (RFC 3463): `5.1.1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Status {
    /// 2 for success, 4 for what passes, 5 for good.
    pub class: u16,
    /// What it is about: 1 the address, 2 the mailbox, 7 the policy …
    pub subject: u16,
    /// Within that subject.
    pub detail: u16,
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.class, self.subject, self.detail)
    }
}

/// Reads a report; `None` when it is none. The sender is taken from the `Return-Path` header.
#[must_use]
pub fn read(raw: &[u8]) -> Option<DeliveryReport> {
    read_sent_by(raw, None)
}

/// Reads a report whose envelope is known: `envelope_from` is empty or `<>` for a null return path.
#[must_use]
pub fn read_sent_by(raw: &[u8], envelope_from: Option<&str>) -> Option<DeliveryReport> {
    let sender = Sender::of(&pieces::headers(raw)?, envelope_from);
    if !sender.may_report() {
        return None;
    }
    let pieces = pieces::take_apart(raw)?;
    if pieces.is_other_report() {
        return None;
    }
    let original = original::find(&pieces);
    let mut recipients = fields::recipients(&pieces.texts);
    if recipients.is_empty() {
        recipients = older::recipients(&pieces, &original, sender)?;
    }
    Some(DeliveryReport {
        reported_message_id: reported_message_id(&pieces, &original.headers),
        return_paths: return_paths(&pieces.headers, &original.headers),
        reported_headers: original.headers.into_pairs(),
        recipients,
    })
}

/// From the headers that came back, else from what Exchange writes among the fields, else from what the report
/// says it answers.
fn reported_message_id(pieces: &Pieces, original: &Headers) -> Option<String> {
    let named = original.first("message-id").and_then(id_in);
    let among_fields = || {
        ["x-original-message-id", "original-message-id"]
            .iter()
            .find_map(|name| fields::value(&pieces.texts, name))
            .and_then(|value| id_in(&value))
    };
    let answered = || {
        ["in-reply-to", "references"]
            .iter()
            .filter_map(|name| pieces.headers.first(name))
            .find_map(|value| id_in(value.rsplit('<').next()?))
    };
    named.or_else(among_fields).or_else(answered)
}

fn id_in(value: &str) -> Option<String> {
    let id = value.trim().trim_matches(['<', '>']).trim();
    let is_one = !id.is_empty() && !id.contains(char::is_whitespace);
    is_one.then(|| id.to_owned())
}

/// A report goes to the return path, so where it was delivered comes first.
fn return_paths(report: &Headers, original: &Headers) -> Vec<String> {
    const DELIVERED: [&str; 6] = [
        "x-original-to",
        "delivered-to",
        "envelope-to",
        "x-envelope-to",
        "x-rcpt-to",
        "to",
    ];
    let delivered = DELIVERED.iter().flat_map(|name| report.all(name));
    let sent = ["return-path", "x-envelope-from", "errors-to", "sender"]
        .iter()
        .flat_map(|name| original.all(name));
    let mut paths: Vec<String> = Vec::new();
    for address in delivered.chain(sent).flat_map(address::all_in) {
        if !paths
            .iter()
            .any(|known| known.eq_ignore_ascii_case(address))
        {
            paths.push(address.to_owned());
        }
    }
    paths
}
