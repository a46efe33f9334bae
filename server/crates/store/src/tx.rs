//! A transaction, and the way from it to every table.

mod postgres;

use sqlx::{Sqlite, Transaction};

pub use postgres::PostgresTx;

use crate::{
    Accounts, Audit, Changes, Correspondents, CouncilKeys, DailyAudits, Deliveries, Drafts,
    Enquiries, Erasure, Escalations, HalfSignIns, HandOvers, Installation, Intake, Invitations,
    Jobs, Links, LocalOffer, Mailboxes, MailedMessages, Messages, Notices, Outbox, Pauses,
    Promises, Proof, Relatives, ReplyDrafts, Searches, SecondSteps, Sessions, Settings, StoreError,
};

/// A transaction. Dropped without [`Tx::commit`] it leaves nothing behind.
///
/// Keep it short (about 100 rows): on SQLite all writers of all processes wait for it. After an error drop it and
/// begin another: PostgreSQL refuses everything that follows an error, and SQLite may have rolled back by itself.
#[derive(Debug)]
pub enum Tx {
    /// On SQLite.
    Sqlite(Transaction<'static, Sqlite>),
    /// On PostgreSQL.
    Postgres(PostgresTx),
}

impl Tx {
    /// Keeps everything that was written.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the disk is full or the server gone. On PostgreSQL nobody knows then whether it
    /// was kept: the answer may have been lost after it was. Whoever does the same again must find what is there.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }

    /// Forgets everything that was written; the same as dropping it, but waits until it is done.
    ///
    /// # Errors
    /// When the connection is gone; nothing is kept then either.
    pub async fn rollback(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(tx) => tx.rollback().await?,
            Self::Postgres(tx) => tx.rollback().await?,
        }
        Ok(())
    }

    /// The council's settings, version by version.
    pub fn settings(&mut self) -> Settings<'_> {
        Settings { tx: self }
    }

    /// Teams, topics and districts, as the council's settings name them.
    pub fn council(&mut self) -> CouncilKeys<'_> {
        CouncilKeys { tx: self }
    }

    /// The accounts of staff.
    pub fn accounts(&mut self) -> Accounts<'_> {
        Accounts { tx: self }
    }

    /// Signed-in browsers.
    pub fn sessions(&mut self) -> Sessions<'_> {
        Sessions { tx: self }
    }

    /// What people look for in the local offer.
    pub fn searches(&mut self) -> Searches<'_> {
        Searches { tx: self }
    }

    /// Those whose second step is still to come.
    pub fn half_sign_ins(&mut self) -> HalfSignIns<'_> {
        HalfSignIns { tx: self }
    }

    /// Second steps and recovery codes.
    pub fn second_steps(&mut self) -> SecondSteps<'_> {
        SecondSteps { tx: self }
    }

    /// People who were asked to come in.
    pub fn invitations(&mut self) -> Invitations<'_> {
        Invitations { tx: self }
    }

    /// Forms that are being filled in.
    pub fn drafts(&mut self) -> Drafts<'_> {
        Drafts { tx: self }
    }

    /// Replies that officers have not finished.
    pub fn reply_drafts(&mut self) -> ReplyDrafts<'_> {
        ReplyDrafts { tx: self }
    }

    /// The people who ask.
    pub fn correspondents(&mut self) -> Correspondents<'_> {
        Correspondents { tx: self }
    }

    /// What they ask.
    pub fn enquiries(&mut self) -> Enquiries<'_> {
        Enquiries { tx: self }
    }

    /// What was promised.
    pub fn promises(&mut self) -> Promises<'_> {
        Promises { tx: self }
    }

    /// Who was told that a promise is in danger.
    pub fn escalations(&mut self) -> Escalations<'_> {
        Escalations { tx: self }
    }

    /// Who was told that an enquiry is theirs now.
    pub fn hand_overs(&mut self) -> HandOvers<'_> {
        HandOvers { tx: self }
    }

    /// What we wait for while an enquiry is paused.
    pub fn pauses(&mut self) -> Pauses<'_> {
        Pauses { tx: self }
    }

    /// Mail to the people who work here.
    pub fn notices(&mut self) -> Notices<'_> {
        Notices { tx: self }
    }

    /// What was said.
    pub fn messages(&mut self) -> Messages<'_> {
        Messages { tx: self }
    }

    /// What came in by mail.
    pub fn intake(&mut self) -> Intake<'_> {
        Intake { tx: self }
    }

    /// What messages that came by mail have beside their words.
    pub fn mailed(&mut self) -> MailedMessages<'_> {
        MailedMessages { tx: self }
    }

    /// Which enquiries are shown beside one another.
    pub fn relatives(&mut self) -> Relatives<'_> {
        Relatives { tx: self }
    }

    /// Mail that is to be sent, or was.
    pub fn outbox(&mut self) -> Outbox<'_> {
        Outbox { tx: self }
    }

    /// What became of it, attempt by attempt and report by report.
    pub fn deliveries(&mut self) -> Deliveries<'_> {
        Deliveries { tx: self }
    }

    /// The mailboxes that mail comes in by.
    pub fn mailboxes(&mut self) -> Mailboxes<'_> {
        Mailboxes { tx: self }
    }

    /// What runs later.
    pub fn jobs(&mut self) -> Jobs<'_> {
        Jobs { tx: self }
    }

    /// Private links to enquiries.
    pub fn links(&mut self) -> Links<'_> {
        Links { tx: self }
    }

    /// What belongs to the installation as a whole.
    pub fn installation(&mut self) -> Installation<'_> {
        Installation { tx: self }
    }

    /// Who did what.
    pub fn audit(&mut self) -> Audit<'_> {
        Audit { tx: self }
    }

    /// What an enquiry says of people, to erase it.
    pub fn erasure(&mut self) -> Erasure<'_> {
        Erasure { tx: self }
    }

    /// The daily proof that nothing breaks them.
    pub fn daily_audits(&mut self) -> DailyAudits<'_> {
        DailyAudits { tx: self }
    }

    /// What breaks the invariants.
    pub fn proof(&mut self) -> Proof<'_> {
        Proof { tx: self }
    }

    /// Services and all that belongs to them.
    pub fn local_offer(&mut self) -> LocalOffer<'_> {
        LocalOffer { tx: self }
    }

    /// Which listings changed, for those who keep an index of them.
    pub fn changes(&mut self) -> Changes<'_> {
        Changes { tx: self }
    }
}
