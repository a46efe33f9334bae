//! What came with a message, and what can be told of it without opening it.

use bytes::Bytes;
use sha2::{Digest as _, Sha256};

use super::header::{Head, Place, decoded};
use super::media::Media;
use super::{addresses, calendar, letters, names};

/// A file, a picture or another message that came with a message.
#[derive(Clone, PartialEq, Eq)]
pub struct Attachment {
    /// A name that is safe to show and to save under: no folder, no control character. Never empty.
    pub name: String,
    /// What the sender says it is, in small letters, such as `image/png`. Not proven.
    pub media_type: String,
    /// Whether the text shows it, as it does a picture in a signature.
    pub inline: bool,
    /// The id by which the text names it, without angle brackets.
    pub content_id: Option<String>,
    /// What it is in a few words, where that can be told without opening it: who wrote a forwarded
    /// message and its subject, or what an invitation is for.
    pub summary: Option<String>,
    /// The decoded bytes.
    pub content: Bytes,
    /// SHA-256 of `content`.
    pub sha256: [u8; 32],
}

/// Neither name nor content belongs in a log.
impl std::fmt::Debug for Attachment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Attachment")
            .field("media_type", &self.media_type)
            .field("size", &self.content.len())
            .finish_non_exhaustive()
    }
}

impl Attachment {
    pub(super) fn new(media: &Media, media_type: &str, content: Vec<u8>) -> Attachment {
        let summary = summary(media_type, media, &content);
        let given = media
            .file_name
            .clone()
            .or_else(|| name_of_message(media_type, &content));
        Attachment {
            name: names::safe(given.as_deref(), media_type),
            media_type: media_type.to_owned(),
            inline: false,
            content_id: media.content_id.clone(),
            summary,
            sha256: Sha256::digest(&content).into(),
            content: content.into(),
        }
    }

    /// A file that stood in the text itself.
    pub(super) fn from_text(name: Option<&str>, media_type: &str, content: Vec<u8>) -> Attachment {
        Attachment {
            name: names::safe(name, media_type),
            media_type: media_type.to_owned(),
            inline: false,
            content_id: None,
            summary: None,
            sha256: Sha256::digest(&content).into(),
            content: content.into(),
        }
    }

    /// Whether it is another message.
    pub(super) fn is_message(&self) -> bool {
        matches!(
            self.media_type.as_str(),
            "message/rfc822" | "message/global"
        )
    }

    /// Whether it is Outlook's own packing of attachments (TNEF).
    pub(super) fn is_winmail(&self) -> bool {
        matches!(
            self.media_type.as_str(),
            "application/ms-tnef" | "application/vnd.ms-tnef"
        ) || self.name.eq_ignore_ascii_case("winmail.dat")
    }
}

fn summary(media_type: &str, media: &Media, content: &[u8]) -> Option<String> {
    match media_type {
        "message/rfc822" | "message/global" => Some(of_message(content)),
        "text/calendar" => calendar::summary(&letters::decode(content, media.charset.as_deref()).0),
        "application/pkcs7-signature"
        | "application/x-pkcs7-signature"
        | "application/pgp-signature" => Some("The sender's digital signature".to_owned()),
        _ => None,
    }
}

/// Bytes of the headers of a message inside a message.
const INNER_HEADER_BYTES: usize = 64 * 1024;

/// `Message from Sam Lee (sam@example.org): Our review`.
fn of_message(content: &[u8]) -> String {
    let head = Head::of(content, Place::Message, INNER_HEADER_BYTES);
    let mut words = "Message".to_owned();
    if let Some(sender) = addresses::mailboxes(&head, "from").into_iter().next() {
        words.push_str(" from ");
        words.push_str(&match sender.name {
            Some(name) => format!("{name} ({})", sender.address),
            None => sender.address,
        });
    }
    if let Some(subject) = head
        .first("subject")
        .map(decoded)
        .filter(|line| !line.is_empty())
    {
        words.push_str(": ");
        words.push_str(&subject);
    }
    words
}

/// A message is named by its subject.
fn name_of_message(media_type: &str, content: &[u8]) -> Option<String> {
    if media_type != "message/rfc822" {
        return None;
    }
    let head = Head::of(content, Place::Message, INNER_HEADER_BYTES);
    let subject = decoded(head.first("subject")?).replace(['/', '\\'], "-");
    (!subject.is_empty()).then(|| format!("{subject}.eml"))
}
