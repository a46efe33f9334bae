//! Reading the folder, one message at a time, without leaving a trace in it.

use std::collections::BTreeSet;
use std::time::Duration;

use async_imap::imap_proto::{AttributeValue, MailboxDatum, Response, ResponseCode, Status};
use jiff::Timestamp;
use jiff::fmt::strtime;
use tokio::time::sleep;

use super::answers::Asker;
use super::folder_name::quoted;
use super::{ImapSettings, PATIENCE};
use crate::mailbox::{Asking, Fetched, Folder, MailboxError, Reader, Uid};

/// A slow line still carries this much in a second: a big message gets so much more time.
const BYTES_A_SECOND: u32 = 20_000;
/// What may stand around a message in its answer.
const AROUND: u64 = 64 * 1024;
/// `INTERNALDATE`'s form (RFC 3501, `date-time`).
const INTERNAL_DATE: &str = "%d-%b-%Y %H:%M:%S %z";

/// How a message is moved. Never with a bare EXPUNGE: it would delete what somebody else has marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moving {
    /// RFC 6851.
    Move,
    /// RFC 4315: copy, mark, and expunge this one alone.
    CopyAndExpunge,
    /// The server can do neither.
    Impossible,
}

/// A signed-in connection to one folder.
#[derive(Debug)]
pub(super) struct ImapReader {
    asker: Asker,
    patience: Duration,
    folder: String,
    filed_folder: Option<String>,
    moving: Moving,
    idles: bool,
}

impl ImapReader {
    pub(super) fn new(
        asker: Asker,
        settings: &ImapSettings,
        capabilities: &BTreeSet<String>,
    ) -> Self {
        let moving = if capabilities.contains("MOVE") {
            Moving::Move
        } else if capabilities.contains("UIDPLUS") {
            Moving::CopyAndExpunge
        } else {
            Moving::Impossible
        };
        Self {
            asker,
            patience: settings.patience.unwrap_or(PATIENCE),
            folder: quoted(&settings.folder),
            filed_folder: settings.filed_folder.as_deref().map(quoted),
            moving,
            idles: capabilities.contains("IDLE"),
        }
    }

    async fn folder(&mut self) -> Result<Folder, MailboxError> {
        // Opened by EXAMINE nothing in it can change, not even by mistake.
        let open = match self.filed_folder {
            Some(_) => "SELECT",
            None => "EXAMINE",
        };
        let (mut uid_validity, mut messages) = (None, None);
        let command = format!("{open} {}", self.folder);
        let opened = self.asker.ask(&command, |response| match response {
            Response::Data {
                status: Status::Ok,
                outcome,
            } => {
                if let Some(ResponseCode::UidValidity(validity)) = outcome.code {
                    uid_validity = Some(validity);
                }
            }
            Response::MailboxData(MailboxDatum::Exists(count)) => messages = Some(*count),
            _ => {}
        });
        match opened.await {
            Err(MailboxError::SaysNo { reason }) => {
                return Err(MailboxError::RefusesUs {
                    reason: format!("the folder {} cannot be opened: {reason}", self.folder),
                });
            }
            other => other?,
        }
        match (uid_validity, messages) {
            (Some(uid_validity), Some(messages)) => Ok(Folder {
                uid_validity,
                messages,
            }),
            _ => Err(MailboxError::Garbled),
        }
    }

    async fn uids(&mut self, above: Uid) -> Result<Vec<Uid>, MailboxError> {
        let mut uids = BTreeSet::new();
        let Some(first) = above.checked_add(1) else {
            return Ok(Vec::new());
        };
        let command = format!("UID SEARCH UID {first}:*");
        let heard = self.asker.ask(&command, |response| {
            if let Response::MailboxData(MailboxDatum::Search(found)) = response {
                uids.extend(found.iter().copied());
            }
        });
        heard.await?;
        // `first:*` always names the last message, even one below `first` (RFC 3501, section 6.4.8).
        Ok(uids.into_iter().filter(|uid| *uid > above).collect())
    }

    async fn message(&mut self, uid: Uid, at_most: u32) -> Result<Fetched, MailboxError> {
        let mut about: Option<(Option<u32>, Option<Timestamp>)> = None;
        let command = format!("UID FETCH {uid} (UID INTERNALDATE RFC822.SIZE)");
        let heard = self.asker.ask(&command, |response| {
            if let Some(attributes) = of_message(response, uid) {
                let size = attributes.iter().find_map(|attribute| match attribute {
                    AttributeValue::Rfc822Size(size) => Some(*size),
                    _ => None,
                });
                let date = attributes.iter().find_map(|attribute| match attribute {
                    AttributeValue::InternalDate(date) => instant(date),
                    _ => None,
                });
                // A server may tell a change of flags beside: only what was asked for counts.
                if size.is_some() || about.is_none() {
                    about = Some((size, date));
                }
            }
        });
        heard.await?;
        let Some((size, received_at)) = about else {
            return Ok(Fetched::Gone);
        };
        let size = size.ok_or(MailboxError::Garbled)?;
        if size > at_most {
            return Ok(Fetched::TooLarge { size, received_at });
        }
        let raw = self.body(uid, size).await?;
        Ok(Fetched::Message { raw, received_at })
    }

    async fn body(&mut self, uid: Uid, size: u32) -> Result<Vec<u8>, MailboxError> {
        let mut body = None;
        let command = format!("UID FETCH {uid} (UID BODY.PEEK[])");
        // Some servers count a message's size as it lies on their disk, with half of each line's end.
        let bytes = u64::from(size) * 2 + AROUND;
        let patience = self.patience + Duration::from_secs((size / BYTES_A_SECOND).into());
        let heard = self.asker.ask_for(&command, bytes, patience, |response| {
            let attributes = of_message(response, uid).unwrap_or_default();
            for attribute in attributes {
                if let AttributeValue::BodySection {
                    section: None,
                    index: None,
                    data: Some(data),
                } = attribute
                {
                    body = Some(data.to_vec());
                }
            }
        });
        heard.await?;
        body.ok_or_else(|| MailboxError::SaysNo {
            reason: "it lists the message and does not give it".to_owned(),
        })
    }

    async fn try_filing(&mut self) -> Result<(), MailboxError> {
        let Some(filed) = &self.filed_folder else {
            return Ok(());
        };
        if self.moving == Moving::Impossible {
            return Err(cannot_move());
        }
        let command = format!("STATUS {filed} (MESSAGES)");
        self.asker.ask(&command, |_| {}).await
    }

    async fn move_to_filed(&mut self, uid: Uid) -> Result<(), MailboxError> {
        let Some(filed) = self.filed_folder.clone() else {
            return Ok(());
        };
        match self.moving {
            Moving::Move => {
                let command = format!("UID MOVE {uid} {filed}");
                self.asker.ask(&command, |_| {}).await
            }
            Moving::CopyAndExpunge => {
                for command in [
                    format!("UID COPY {uid} {filed}"),
                    format!("UID STORE {uid} +FLAGS.SILENT (\\Deleted)"),
                    format!("UID EXPUNGE {uid}"),
                ] {
                    self.asker.ask(&command, |_| {}).await?;
                }
                Ok(())
            }
            Moving::Impossible => Err(cannot_move()),
        }
    }
}

impl Reader for ImapReader {
    fn look(&mut self) -> Asking<'_, Folder> {
        Box::pin(self.folder())
    }

    fn list(&mut self, above: Uid) -> Asking<'_, Vec<Uid>> {
        Box::pin(self.uids(above))
    }

    fn fetch(&mut self, uid: Uid, at_most: u32) -> Asking<'_, Fetched> {
        Box::pin(self.message(uid, at_most))
    }

    fn file(&mut self, uid: Uid) -> Asking<'_, ()> {
        Box::pin(self.move_to_filed(uid))
    }

    fn check_filing(&mut self) -> Asking<'_, ()> {
        Box::pin(self.try_filing())
    }

    fn wait(&mut self, at_most: Duration) -> Asking<'_, ()> {
        Box::pin(async move {
            if !self.idles {
                sleep(at_most).await;
                return Ok(());
            }
            let new = |response: &Response<'_>| {
                matches!(response, Response::MailboxData(MailboxDatum::Exists(_)))
            };
            self.asker.idle(at_most, new).await
        })
    }

    fn close(mut self: Box<Self>) -> Asking<'static, ()> {
        Box::pin(async move { self.asker.ask("LOGOUT", |_| {}).await })
    }
}

fn cannot_move() -> MailboxError {
    MailboxError::SaysNo {
        reason: "it can neither MOVE nor UID EXPUNGE, and so cannot move one message alone"
            .to_owned(),
    }
}

/// What a response says of this very message.
fn of_message<'r>(response: &'r Response<'_>, wanted: Uid) -> Option<&'r [AttributeValue<'r>]> {
    let Response::Fetch(_, attributes) = response else {
        return None;
    };
    let ours = |attribute: &AttributeValue<'_>| matches!(attribute, AttributeValue::Uid(uid) if *uid == wanted);
    attributes.iter().any(ours).then_some(attributes.as_slice())
}

fn instant(date: &str) -> Option<Timestamp> {
    let parsed = strtime::parse(INTERNAL_DATE, date.trim_start()).ok()?;
    parsed.to_timestamp().ok()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("17-Jul-1996 02:44:25 -0700", Some("1996-07-17T09:44:25Z"))]
    #[case(" 2-Mar-2026 10:00:00 +0000", Some("2026-03-02T10:00:00Z"))]
    #[case("yesterday", None)]
    fn an_internal_date_is_an_instant(#[case] date: &str, #[case] expected: Option<&str>) {
        let expected = expected.map(|text| text.parse().unwrap());
        assert_eq!(instant(date), expected);
    }
}
