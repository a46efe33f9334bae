//! The bytes of one attachment: the copy in the data folder, or else made again from the mail.

use mail::incoming::{self, Limits};
use store::Attachment;

use super::Intake;
use crate::Error;
use domain::ids::IncomingId;

impl Intake<'_> {
    /// What came with a mail. A copy that is missing or damaged is made again.
    pub(crate) async fn bytes_of(
        &self,
        attachment: &Attachment,
        from: IncomingId,
    ) -> Result<Vec<u8>, Error> {
        let hub = self.0;
        match hub.attachments().find(&attachment.sha256).await {
            Ok(Some(bytes)) => return Ok(bytes),
            Ok(None) => {}
            Err(problem) => {
                tracing::warn!(%problem, "the copies of attachments cannot be read");
            }
        }
        let mut tx = hub.database().read().await?;
        let raw = tx.intake().raw(from).await?.ok_or(Error::NotFound)?;
        drop(tx);
        let wanted = attachment.sha256;
        let read = tokio::task::spawn_blocking(move || {
            let mail = incoming::read(&raw, &Limits::default());
            mail.attachments
                .into_iter()
                .find(|one| one.sha256 == wanted)
        });
        let again = read.await.map_err(Error::internal)?;
        let again = again.ok_or(Error::NotFound)?;
        if let Err(problem) = hub.attachments().keep(&again).await {
            tracing::warn!(%problem, "an attachment was not copied into the data folder");
        }
        Ok(again.content.into())
    }
}
