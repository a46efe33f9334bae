//! What came with a message.

use mail_parser::{Message, MimeHeaders as _};
use sha2::{Digest as _, Sha256};

/// A file, a picture or another message that came with a message.
#[derive(Clone, PartialEq, Eq)]
pub struct Attachment {
    /// A name that is safe to show and to save under: no folder, no control character. Never empty.
    pub name: String,
    /// What the sender says it is, in small letters, such as `image/png`. Not proven.
    pub media_type: String,
    /// Whether it belongs into the text, as a picture in a signature does.
    pub inline: bool,
    /// The id by which the text names it, without angle brackets.
    pub content_id: Option<String>,
    /// What it is in a few words, where that can be told without opening it: who wrote a forwarded
    /// message and its subject, or what an invitation is for.
    pub summary: Option<String>,
    /// The decoded bytes.
    pub content: Vec<u8>,
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

pub(super) fn all(message: &Message<'_>) -> Vec<Attachment> {
    message
        .attachments()
        .map(|part| {
            let content = part.contents().to_vec();
            Attachment {
                name: part.attachment_name().unwrap_or("attachment").to_owned(),
                media_type: part.content_type().map_or_else(
                    || "application/octet-stream".to_owned(),
                    |kind| format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default()),
                ),
                inline: part.content_id().is_some(),
                content_id: part.content_id().map(str::to_owned),
                summary: None,
                sha256: Sha256::digest(&content).into(),
                content,
            }
        })
        .collect()
}
