//! Making an enquiry of a mail that stands in the quarantine, because a person says so.

use domain::{
    codes::IncomingState,
    ids::{EnquiryId, IncomingId},
};

use super::{Intake, file};
use crate::Error;

impl Intake<'_> {
    /// Files a mail of the quarantine or of the reports, whatever it is. Pressed twice, it is one enquiry.
    pub(crate) async fn file_all_the_same(&self, id: IncomingId) -> Result<EnquiryId, Error> {
        let hub = self.0;
        let mut tx = hub.database().read().await?;
        let incoming = tx.intake().get(id).await?.ok_or(Error::NotFound)?;
        drop(tx);
        if matches!(
            incoming.state,
            IncomingState::Quarantined | IncomingState::Report
        ) && let Some((tx, filed_in)) = file::file_as_asked(hub, id, incoming.state).await?
        {
            tx.commit().await?;
            hub.jobs_waiting().ring();
            if let Some(enquiry) = filed_in {
                return Ok(enquiry);
            }
        }
        let mut tx = hub.database().read().await?;
        let became = tx.mailed().became(id).await?;
        became.map(|(enquiry, _)| enquiry).ok_or(Error::NotFound)
    }
}
