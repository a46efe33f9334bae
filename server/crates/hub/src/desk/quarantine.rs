//! Mail that is no part of an enquiry yet: what could not be filed, and reports about mail of ours. A person makes an
//! enquiry of each, or says why it is not for us.

use domain::{
    codes::{IncomingState, QuarantineReason},
    form::Fields,
    ids::IncomingId,
    promise::end_of_day_london,
    reference::Reference,
    text::clean_prose,
};
use jiff::Timestamp;
use store::{Incoming, Tx};

use super::{
    Desk,
    paging::{ASKED, Counted, InTwoLists, Page, place},
};
use crate::{
    Actor, Error,
    accounts::deed::Deed,
    policy::{Act, person},
    typed,
};

/// Longest reason, in characters.
const REASON: usize = 500;

/// The mails that stand before a person as they are, a page of each kind, the earliest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quarantine {
    /// What could not be filed, or belongs nowhere.
    pub mails: Counted<QuarantinedMail>,
    /// Reports about mail of ours.
    pub reports: Counted<QuarantinedMail>,
    /// How many of the mails could not be filed and have stood there for more than a working day: nobody was promised
    /// anything. Counted on all pages, up to 1,000.
    pub late: u32,
    /// How many wait to be filed, counted up to 1,000.
    pub waiting: u32,
}

/// One of them.
#[derive(Clone, PartialEq, Eq)]
pub struct QuarantinedMail {
    /// Which.
    pub id: IncomingId,
    /// Why it stands there; none for a report.
    pub reason: Option<QuarantineReason>,
    /// Who wrote it, as far as that is known.
    pub from: Option<String>,
    /// Its subject, as far as that is known.
    pub subject: Option<String>,
    /// When it came.
    pub received_at: Timestamp,
    /// How many bytes it has.
    pub size: u64,
}

/// Who wrote about what is not for a log.
impl std::fmt::Debug for QuarantinedMail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("QuarantinedMail")
            .field("id", &self.id)
            .field("reason", &self.reason)
            .finish_non_exhaustive()
    }
}

impl Desk<'_> {
    /// A page of the quarantine, and under it a page of the reports.
    ///
    /// # Errors
    /// [`Error::NotFound`] for those who may not see them.
    pub async fn quarantine(&self, actor: &Actor, after: &InTwoLists) -> Result<Quarantine, Error> {
        person(actor, Act::ReadQuarantine)?;
        let mut tx = self.0.database().read().await?;
        let (mails, reports) = (IncomingState::Quarantined, IncomingState::Report);
        let late = match self.late_until() {
            Some(until) => tx.intake().quarantined_until(until).await?,
            None => 0,
        };
        Ok(Quarantine {
            mails: standing(&mut tx, mails, after.upper.as_deref()).await?,
            reports: standing(&mut tx, reports, after.lower.as_deref()).await?,
            late,
            waiting: tx.intake().count(IncomingState::Received).await?,
        })
    }

    /// A mail that came until then has stood for more than a working day: one lies whole between its day and this.
    fn late_until(&self) -> Option<Timestamp> {
        let council = self.0.council();
        let between = council
            .working_days()
            .working_days_before(self.0.today(), 1);
        between.yesterday().ok().map(end_of_day_london)
    }

    /// Makes an enquiry of a mail, and says which. One that was made already is told again.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is not there or was set aside, or for those who may not.
    pub async fn make_enquiry(&self, actor: &Actor, id: IncomingId) -> Result<Reference, Error> {
        person(actor, Act::FileQuarantined)?;
        let hub = self.0;
        let enquiry = hub.intake().file_all_the_same(id).await?;
        let mut tx = hub.database().begin().await?;
        let found = tx.enquiries().get(enquiry).await?;
        let reference = found.ok_or(Error::NotFound)?.reference;
        let subject = Some(id.as_uuid());
        self.act(actor)
            .note(&mut tx, "filed-from-quarantine", enquiry, subject, None)
            .await?;
        tx.commit().await?;
        Ok(reference)
    }

    /// Says that a mail is not for us, and why (field `reason`). It is kept.
    ///
    /// # Errors
    /// [`Error::Refused`] with the field `reason`; [`Error::NotFound`] when it stands there no more, or for those who
    /// may not.
    pub async fn set_mail_aside(
        &self,
        actor: &Actor,
        id: IncomingId,
        fields: &Fields,
    ) -> Result<(), Error> {
        let officer = person(actor, Act::SetMailAside)?;
        let words = clean_prose(fields.one("reason"), REASON).map_err(|fault| {
            let ask = "Say why it is not for us";
            Error::refused("reason", typed::words(&fault, ask, "The reason"))
        })?;
        let hub = self.0;
        let mut tx = hub.database().begin().await?;
        let mut intake = tx.intake();
        if !intake.set_aside(id, officer.id, &words, hub.now()).await? {
            return Err(Error::NotFound);
        }
        let deed = Deed {
            hub,
            actor: actor.for_audit(),
        };
        deed.note(&mut tx, "mail-set-aside", Some(id.as_uuid()), None)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}

async fn standing(
    tx: &mut Tx,
    state: IncomingState,
    after: Option<&str>,
) -> Result<Counted<QuarantinedMail>, Error> {
    let mut intake = tx.intake();
    let standing = intake.standing(state, place(after), ASKED).await?;
    let page = Page::of(standing, |one| (one.mail.stored_at, one.mail.id));
    let count = intake.count(state).await?;
    Ok(page.map(QuarantinedMail::from).counted(count))
}

impl From<Incoming> for QuarantinedMail {
    fn from(incoming: Incoming) -> Self {
        let envelope = incoming.mail.envelope_from;
        Self {
            id: incoming.mail.id,
            reason: incoming.reason,
            from: incoming
                .sender
                .or(envelope.filter(|address| !address.is_empty())),
            subject: incoming.subject,
            received_at: incoming.mail.received_at,
            size: incoming.mail.size,
        }
    }
}
