//! Which enquiries are shown beside one another: linked because a mail named the other, or of one address.

use domain::codes::RelativeReason;
use domain::email::EmailAddress;
use domain::ids::{CorrespondentId, EnquiryId};
use domain::reference::Reference;
use jiff::Timestamp;
use sqlx::FromRow;
use uuid::Uuid;

use crate::columns::{instant, limit as limit_column, parsed};
use crate::dialect::{execute, fetch_all, fetch_optional, on_postgres};
use crate::outbox::COUNTING;
use crate::{Alone, StoreError, Tx};

/// An enquiry that is linked with another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relative {
    /// The linked one.
    pub id: EnquiryId,
    /// Its reference.
    pub reference: Reference,
    /// Why it is linked.
    pub reason: RelativeReason,
}

/// An enquiry of the same address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfSameAddress {
    /// Which.
    pub id: EnquiryId,
    /// Its reference.
    pub reference: Reference,
    /// When it came.
    pub received_at: Timestamp,
}

#[derive(FromRow)]
struct RelativeRow {
    id: Uuid,
    reference: String,
    reason: String,
}

/// Which enquiries are shown beside one another.
#[derive(Debug)]
pub struct Relatives<'t> {
    pub(crate) tx: &'t mut Tx,
}

impl Relatives<'_> {
    /// Links an enquiry with another; what is linked already stays.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn link(
        &mut self,
        enquiry: EnquiryId,
        other: EnquiryId,
        reason: RelativeReason,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO relatives (enquiry, other, reason, created_at) VALUES ($1, $2, $3, $4) \
                           ON CONFLICT (enquiry, other) DO NOTHING";
        execute!(
            self.tx,
            SQL,
            enquiry.as_uuid(),
            other.as_uuid(),
            reason.as_str(),
            at.as_millisecond()
        )?;
        Ok(())
    }

    /// A person put all of one enquiry into another.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn join(
        &mut self,
        enquiry: EnquiryId,
        into: EnquiryId,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO relatives (enquiry, other, reason, created_at) VALUES ($1, $2, 'joined', $3) \
                           ON CONFLICT (enquiry, other) DO UPDATE SET reason = 'joined', created_at = $3";
        execute!(
            self.tx,
            SQL,
            enquiry.as_uuid(),
            into.as_uuid(),
            at.as_millisecond()
        )?;
        Ok(())
    }

    /// The enquiry that all of this one was put into last, if it was.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn joined_into(
        &mut self,
        enquiry: EnquiryId,
    ) -> Result<Option<EnquiryId>, StoreError> {
        const SQL: &str = "SELECT other FROM relatives WHERE enquiry = $1 AND reason = 'joined' \
                           ORDER BY created_at DESC, other LIMIT 1";
        let row = fetch_optional!(self.tx, (Uuid,), SQL, enquiry.as_uuid())?;
        Ok(row.map(|(id,)| EnquiryId::from_uuid(id)))
    }

    /// Those linked with an enquiry, from either side.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn of(&mut self, enquiry: EnquiryId) -> Result<Vec<Relative>, StoreError> {
        const SQL: &str = "SELECT e.id, e.reference, r.reason FROM relatives r JOIN enquiries e \
                           ON e.id = CASE WHEN r.enquiry = $1 THEN r.other ELSE r.enquiry END \
                           WHERE r.enquiry = $1 OR r.other = $1 ORDER BY r.created_at, e.id LIMIT 50";
        fetch_all!(self.tx, RelativeRow, SQL, enquiry.as_uuid())?
            .into_iter()
            .map(|row| {
                Ok(Relative {
                    id: EnquiryId::from_uuid(row.id),
                    reference: parsed("enquiries.reference", &row.reference)?,
                    reason: parsed("relatives.reason", &row.reason)?,
                })
            })
            .collect()
    }

    /// The newest correspondent with this address, in any letter case.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn newest_correspondent(
        &mut self,
        address: &EmailAddress,
    ) -> Result<Option<CorrespondentId>, StoreError> {
        const SQL: &str = "SELECT id FROM correspondents WHERE email IS NOT NULL AND lower(email) = lower($1) \
                           ORDER BY created_at DESC, id DESC LIMIT 1";
        let row = fetch_optional!(self.tx, (Uuid,), SQL, address.as_str())?;
        Ok(row.map(|(id,)| CorrespondentId::from_uuid(id)))
    }

    /// The same, for whoever will count the mails to this address: what [`Outbox::count_alone`] does is done on the way,
    /// in one message to the database.
    ///
    /// # Errors
    /// When the database cannot be read or locked.
    ///
    /// [`Outbox::count_alone`]: crate::Outbox::count_alone
    pub async fn newest_correspondent_alone(
        &mut self,
        address: &EmailAddress,
    ) -> Result<(Option<CorrespondentId>, Alone), StoreError> {
        const SQL: &str = "SELECT (SELECT id FROM correspondents WHERE email IS NOT NULL AND lower(email) = lower($1) \
                           ORDER BY created_at DESC, id DESC LIMIT 1), \
                           CAST(pg_advisory_xact_lock($2, hashtext($3)) AS TEXT)";
        let mailbox = address.mailbox();
        let newest = match self.tx {
            Tx::Sqlite(_) => self.newest_correspondent(address).await?,
            Tx::Postgres(tx) => {
                let (newest, _) = on_postgres!(tx, |connection| sqlx::query_as::<
                    _,
                    (Option<Uuid>, String),
                >(SQL)
                .bind(address.as_str())
                .bind(COUNTING)
                .bind(mailbox.as_str())
                .fetch_one(connection)
                .await)?;
                newest.map(CorrespondentId::from_uuid)
            }
        };
        Ok((newest, Alone::with(mailbox)))
    }

    /// Other enquiries whose correspondent has this address, the newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn of_address(
        &mut self,
        address: &EmailAddress,
        besides: EnquiryId,
        limit: u32,
    ) -> Result<Vec<OfSameAddress>, StoreError> {
        const SQL: &str = "SELECT e.id, e.reference, e.received_at FROM correspondents c \
                           JOIN enquiries e ON e.correspondent = c.id \
                           WHERE c.email IS NOT NULL AND lower(c.email) = lower($1) AND e.id <> $2 \
                           ORDER BY e.received_at DESC, e.id LIMIT $3";
        let rows = fetch_all!(
            self.tx,
            (Uuid, String, i64),
            SQL,
            address.as_str(),
            besides.as_uuid(),
            limit_column(limit)
        )?;
        rows.into_iter()
            .map(|(id, reference, received_at)| {
                Ok(OfSameAddress {
                    id: EnquiryId::from_uuid(id),
                    reference: parsed("enquiries.reference", &reference)?,
                    received_at: instant("enquiries.received_at", received_at)?,
                })
            })
            .collect()
    }

    /// The enquiry that a mail of ours is about, by its Message-ID with its brackets. It is random, and known to
    /// its recipient alone: as good as a signature.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn enquiry_of_our_message_id(
        &mut self,
        message_id: &str,
    ) -> Result<Option<EnquiryId>, StoreError> {
        const SQL: &str = "SELECT enquiry FROM mails WHERE message_id = $1";
        let row = fetch_optional!(self.tx, (Uuid,), SQL, message_id)?;
        Ok(row.map(|(id,)| EnquiryId::from_uuid(id)))
    }

    /// Whether a mail about this enquiry was written to this address, which is given in lower case.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn was_written_to(
        &mut self,
        enquiry: EnquiryId,
        address: &str,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "SELECT id FROM mails WHERE enquiry = $1 AND to_compared = $2 LIMIT 1";
        let row = fetch_optional!(self.tx, (Uuid,), SQL, enquiry.as_uuid(), address)?;
        Ok(row.is_some())
    }
}
