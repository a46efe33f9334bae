//! What follows once a sending server took something: it is noted, together with the end of the job.
//!
//! What cannot be noted goes again, and whoever gets it twice wonders. So a database that cannot be used just now is
//! waited for, as long as the lease lasts; also where it is the commit that failed, of which nobody knows whether it
//! was kept: what is noted already is found to be, and noted once.

use std::{panic::AssertUnwindSafe, time::Duration};

use futures_util::FutureExt;
use store::Job;
use tokio::time::{sleep, timeout};

use super::{Next, Outcome, Worker};
use crate::{
    Error,
    jobs::{Kind, send_invitation, send_mail, send_notice},
};

/// How often it is noted when somebody else changed the enquiry.
const COMMITS: u32 = 5;
/// How long after the first failure the database is tried again; longer each time.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

impl Worker<'_> {
    /// Notes it, and leases the next job.
    ///
    /// # Errors
    /// Why it could not be noted: then the job is to be tried again.
    pub(super) async fn noted(
        &self,
        kind: Kind,
        job: &Job,
        answer: &str,
        within: Duration,
    ) -> Result<Option<Next>, String> {
        let noting = AssertUnwindSafe(self.note_patiently(kind, job, answer)).catch_unwind();
        match timeout(within, noting).await {
            Ok(Ok(Ok(next))) => Ok(next),
            Ok(Ok(Err(error))) => Err(error.to_string()),
            Ok(Err(_panic)) => Err("the work broke off: the log says where".to_owned()),
            Err(_elapsed) => Err("it was sent, and that could not be noted in time".to_owned()),
        }
    }

    async fn note_patiently(
        &self,
        kind: Kind,
        job: &Job,
        answer: &str,
    ) -> Result<Option<Next>, Error> {
        let mut pause = FIRST_PAUSE;
        for attempt in 1.. {
            match self.note(kind, job, answer).await {
                Err(Error::Stale) if attempt < COMMITS => {}
                Err(error) if error.is_unavailable() => {
                    tracing::warn!(job.id = %job.id, job.kind, %error, "a mail was sent, and that cannot be noted yet");
                    sleep(pause).await;
                    pause = LONGEST_PAUSE.min(pause * 2);
                }
                other => return other,
            }
        }
        Ok(None)
    }

    async fn note(&self, kind: Kind, job: &Job, answer: &str) -> Result<Option<Next>, Error> {
        let outcome = match kind {
            Kind::SendMail => send_mail::taken(self.hub, job, answer).await?,
            Kind::SendInvitation => send_invitation::taken(self.hub, job).await?,
            Kind::SendNotice => send_notice::taken(self.hub, job, answer).await?,
            // They hand over nothing.
            Kind::ReturnEnquiries | Kind::FileMessage => Outcome::Done,
        };
        Ok(self.ended(job, outcome).await?)
    }
}
