//! What a message that came by mail has beside its words, as an officer reads it; the whole mail as it came, and
//! what was attached. Looking at either is written down.

use domain::{
    codes::FoldKind,
    ids::{EnquiryId, IncomingId, MessageId},
};
use store::{Attachment, Mailed, Message, Tx};

use super::Desk;
use crate::{
    Actor, Error,
    accounts::deed::Deed,
    policy::{Act, permit},
};

/// What a message came with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByMail {
    /// The whole mail.
    pub incoming: IncomingId,
    /// Its subject.
    pub subject: Option<String>,
    /// Who wrote it, as they wrote it.
    pub from: Option<String>,
    /// The words, part by part. Together they are all of them.
    pub parts: Vec<(FoldKind, String)>,
    /// What could not be read, as codes of [`mail::incoming::Problem`].
    pub problems: Vec<String>,
    /// What was attached.
    pub attachments: Vec<Attached>,
}

impl ByMail {
    /// Whether it could not be read at all: then nobody knows whether there are words in it.
    #[must_use]
    pub fn is_unread(&self) -> bool {
        let unreadable = mail::incoming::Problem::Unreadable.code();
        self.problems.iter().any(|code| code == unreadable)
    }
}

/// Something that came with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// The message.
    pub message: MessageId,
    /// Its place in it.
    pub ordinal: u32,
    /// Its name.
    pub name: String,
    /// How many bytes it has.
    pub size: u64,
}

/// A file to hand out: never to be shown by a browser.
#[derive(Clone, PartialEq, Eq)]
pub struct Download {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Download {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Download")
            .field("size", &self.bytes.len())
            .finish_non_exhaustive()
    }
}

impl Desk<'_> {
    /// A whole mail as it came: of an enquiry, of the quarantine, or set aside.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is not there, or not for this person.
    pub async fn whole_mail(&self, actor: &Actor, id: IncomingId) -> Result<Download, Error> {
        let permit = permit(actor, Act::ReadWholeMail)?;
        let hub = self.0;
        let mut tx = hub.database().begin().await?;
        let subject = Some(id.as_uuid());
        match tx.mailed().became(id).await? {
            Some((enquiry, _)) => {
                let found = tx.enquiries().get(enquiry).await?.ok_or(Error::NotFound)?;
                permit.within(&found.team)?;
                self.act(actor)
                    .note(&mut tx, "mail-read", enquiry, subject, None)
                    .await?;
            }
            None => {
                let deed = Deed {
                    hub,
                    actor: actor.for_audit(),
                };
                deed.note(&mut tx, "mail-read", subject, None).await?;
            }
        }
        let bytes = tx.intake().raw(id).await?.ok_or(Error::NotFound)?;
        tx.commit().await?;
        Ok(Download {
            name: format!("message-{id}.eml"),
            bytes,
        })
    }

    /// What was attached to a message.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is not there, or not for this person.
    pub async fn attachment(
        &self,
        actor: &Actor,
        message: MessageId,
        ordinal: u32,
    ) -> Result<Download, Error> {
        let permit = permit(actor, Act::ReadAttachment)?;
        let hub = self.0;
        let mut tx = hub.database().begin().await?;
        let found = tx.mailed().attachment(message, ordinal).await?;
        let (attachment, enquiry, from) = found.ok_or(Error::NotFound)?;
        let enquiry = tx.enquiries().get(enquiry).await?.ok_or(Error::NotFound)?;
        permit.within(&enquiry.team)?;
        let subject = Some(message.as_uuid());
        let detail = Some(ordinal.to_string());
        self.act(actor)
            .note(&mut tx, "attachment-read", enquiry.id, subject, detail)
            .await?;
        tx.commit().await?;
        let bytes = hub.intake().bytes_of(&attachment, from).await?;
        Ok(Download {
            name: named(&attachment),
            bytes,
        })
    }
}

/// What each message of an enquiry came with, in the messages' order.
pub(super) async fn of_messages(
    tx: &mut Tx,
    enquiry: EnquiryId,
    messages: &[Message],
) -> Result<Vec<Option<ByMail>>, Error> {
    let mailed = tx.mailed().of_enquiry(enquiry).await?;
    let attachments = tx.mailed().attachments_of_enquiry(enquiry).await?;
    let of = |message: &Message| {
        let mailed = mailed.iter().find(|mailed| mailed.message == message.id)?;
        Some(ByMail::of(mailed, message, &attachments))
    };
    Ok(messages.iter().map(of).collect())
}

impl ByMail {
    fn of(mailed: &Mailed, message: &Message, attachments: &[Attachment]) -> Self {
        let from = match (&mailed.sender_name, &mailed.sender_address) {
            (Some(name), Some(address)) => Some(format!("{name}, {address}")),
            (name, address) => name.clone().or_else(|| address.clone()),
        };
        Self {
            incoming: mailed.incoming,
            subject: mailed.subject.clone(),
            from,
            parts: parts(mailed, &message.body),
            problems: mailed.problems.clone(),
            attachments: attachments
                .iter()
                .filter(|attachment| attachment.message == message.id)
                .map(|attachment| Attached {
                    message: attachment.message,
                    ordinal: attachment.ordinal,
                    name: named(attachment),
                    size: attachment.size,
                })
                .collect(),
        }
    }
}

/// The words, cut where they fold. Where that does not come out, they are all new: nothing is hidden.
fn parts(mailed: &Mailed, words: &str) -> Vec<(FoldKind, String)> {
    let mut rest = words;
    let mut parts = Vec::new();
    for fold in &mailed.folds {
        let Some((part, after)) = rest.split_at_checked(fold.bytes) else {
            return vec![(FoldKind::New, words.to_owned())];
        };
        parts.push((fold.kind, part.to_owned()));
        rest = after;
    }
    if !rest.is_empty() {
        parts.push((FoldKind::New, rest.to_owned()));
    }
    parts
}

fn named(attachment: &Attachment) -> String {
    let name = attachment.name.clone().filter(|name| !name.is_empty());
    name.unwrap_or_else(|| format!("attachment-{}", attachment.ordinal + 1))
}

/// What could not be read, as a sentence for an officer; a code that is not known is told as it is.
#[must_use]
pub fn problem_in_words(code: &str) -> String {
    use mail::incoming::Problem as P;
    let all = [
        P::Unreadable,
        P::NotAMessage,
        P::NoSender,
        P::NoDate,
        P::NoText,
        P::WrongLetters,
        P::Damaged,
        P::CutShort,
        P::TooManyParts,
        P::TooDeep,
        P::HeadersTooLong,
        P::TextTooLong,
        P::AttachmentsTooLarge,
        P::Encrypted,
        P::Sealed,
        P::Winmail,
    ];
    let known = all.iter().find(|problem| problem.code() == code);
    known.map_or_else(|| code.to_owned(), ToString::to_string)
}
