//! Asking for something, and hearing the whole answer: it counts only when the server says that it is done.

use std::collections::BTreeSet;
use std::io;
use std::time::Duration;

use async_imap::Session;
use async_imap::error::Error;
use async_imap::imap_proto::{Capability, RequestId, Response, Status};
use tokio::time::timeout;

use super::connection::{Stream, USUAL};
use crate::mailbox::MailboxError;
use crate::transport::answer::fit_to_keep;

/// A signed-in connection, and how long it is waited for.
#[derive(Debug)]
pub(super) struct Asker {
    session: Session<Stream>,
    patience: Duration,
}

impl Asker {
    pub(super) fn new(session: Session<Stream>, patience: Duration) -> Self {
        Self { session, patience }
    }

    /// Runs a command; each piece of its answer is shown to `hear`.
    ///
    /// # Errors
    /// [`MailboxError::SaysNo`] when the server refuses; the connection is still good then.
    pub(super) async fn ask(
        &mut self,
        command: &str,
        hear: impl FnMut(&Response<'_>) + Send,
    ) -> Result<(), MailboxError> {
        self.ask_for(command, USUAL, self.patience, hear).await
    }

    /// The same, where the answer may have so many bytes and take so long.
    pub(super) async fn ask_for(
        &mut self,
        command: &str,
        bytes: u64,
        patience: Duration,
        hear: impl FnMut(&Response<'_>) + Send,
    ) -> Result<(), MailboxError> {
        self.session.as_mut().allow(bytes);
        within(patience, async {
            let id = self.session.run_command(command).await.map_err(error_of)?;
            self.hear_out(&id, hear).await
        })
        .await?
    }

    async fn hear_out(
        &mut self,
        id: &RequestId,
        mut hear: impl FnMut(&Response<'_>) + Send,
    ) -> Result<(), MailboxError> {
        loop {
            let response = heard(self.session.read_response().await)?;
            match response.parsed() {
                Response::Done {
                    tag,
                    status,
                    outcome,
                } if *tag == *id => {
                    let reason = || fit_to_keep(outcome.information.as_deref().unwrap_or_default());
                    return match status {
                        Status::Ok => Ok(()),
                        Status::No | Status::Bad => Err(MailboxError::SaysNo { reason: reason() }),
                        Status::PreAuth | Status::Bye => Err(MailboxError::Garbled),
                    };
                }
                // An answer to what nobody asked: answers and questions are out of step.
                Response::Done { .. } => return Err(MailboxError::Garbled),
                other => hear(other),
            }
        }
    }

    /// What the server can do besides, in upper case.
    pub(super) async fn capabilities(&mut self) -> Result<BTreeSet<String>, MailboxError> {
        let mut found = BTreeSet::new();
        self.ask("CAPABILITY", |response| {
            if let Response::Capabilities(capabilities) = response {
                found.extend(
                    capabilities
                        .iter()
                        .filter_map(|capability| match capability {
                            Capability::Atom(name) => Some(name.to_ascii_uppercase()),
                            Capability::Imap4rev1 | Capability::Auth(_) => None,
                        }),
                );
            }
        })
        .await?;
        Ok(found)
    }

    /// Waits with IDLE (RFC 2177) until `ends` finds something to end it, at most so long.
    pub(super) async fn idle(
        &mut self,
        at_most: Duration,
        ends: impl Fn(&Response<'_>) -> bool + Send,
    ) -> Result<(), MailboxError> {
        self.session.as_mut().allow(USUAL);
        let id = within(self.patience, async {
            let id = self.session.run_command("IDLE").await.map_err(error_of)?;
            loop {
                match heard(self.session.read_response().await)?.parsed() {
                    Response::Continue(_) => return Ok(id),
                    Response::Done { .. } => return Err(MailboxError::Garbled),
                    _ => {}
                }
            }
        })
        .await??;
        let waited = timeout(at_most, async {
            loop {
                let response = heard(self.session.read_response().await)?;
                match response.parsed() {
                    Response::Done { .. } => return Err(MailboxError::Garbled),
                    other if ends(other) => return Ok(()),
                    _ => {}
                }
            }
        });
        // That nothing came is what a time-out says here.
        waited.await.unwrap_or(Ok(()))?;
        within(self.patience, async {
            let done = self.session.run_command_untagged("DONE").await;
            done.map_err(error_of)?;
            self.hear_out(&id, |_| {}).await
        })
        .await?
    }
}

/// A response, unless the connection ended instead.
pub(super) fn heard<R>(response: io::Result<Option<R>>) -> Result<R, MailboxError> {
    let response = response.map_err(|error| error_of(error.into()))?;
    response.ok_or_else(|| error_of(Error::ConnectionLost))
}

/// Waits no longer than this.
pub(super) async fn within<T>(
    patience: Duration,
    asking: impl Future<Output = T>,
) -> Result<T, MailboxError> {
    timeout(patience, asking)
        .await
        .map_err(|_| MailboxError::Unreachable {
            reason: format!("no answer within {} seconds", patience.as_secs()),
        })
}

/// What an error says. That of the grammar holds the bytes that it could not read, which may be a letter: they are
/// never repeated.
pub(super) fn error_of(error: Error) -> MailboxError {
    match error {
        Error::Io(error) if error.kind() == io::ErrorKind::Other => MailboxError::Garbled,
        Error::Io(error) => MailboxError::Unreachable {
            reason: fit_to_keep(&error.to_string()),
        },
        Error::ConnectionLost => MailboxError::Unreachable {
            reason: "the connection ended".to_owned(),
        },
        Error::No(said) | Error::Bad(said) => MailboxError::SaysNo {
            reason: fit_to_keep(words_of(&said)),
        },
        _ => MailboxError::Garbled,
    }
}

/// async-imap tells a refusal as `code: …, info: Some("what the server said")`.
fn words_of(said: &str) -> &str {
    said.split_once("info: Some(\"")
        .and_then(|(_, words)| words.strip_suffix("\")"))
        .unwrap_or(said)
}
