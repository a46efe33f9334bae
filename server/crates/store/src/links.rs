//! Private links to enquiries.

use domain::ids::EnquiryId;
use jiff::Timestamp;
use sqlx::FromRow;
use uuid::Uuid;

use crate::columns::{instant, instant_if_any, milliseconds};
use crate::dialect::{execute, fetch_optional};
use crate::{StoreError, Tx};

/// A private link. What stands in a letter is a keyed hash of its id, made at the moment of sending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its id.
    pub id: Uuid,
    /// The enquiry it shows.
    pub enquiry: EnquiryId,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it stops working.
    pub expires_at: Timestamp,
    /// When a person stopped it.
    pub revoked_at: Option<Timestamp>,
}

#[derive(FromRow)]
struct LinkRow {
    id: Uuid,
    enquiry: Uuid,
    created_at: i64,
    expires_at: i64,
    revoked_at: Option<i64>,
}

impl TryFrom<LinkRow> for Link {
    type Error = StoreError;

    fn try_from(row: LinkRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            enquiry: EnquiryId::from_uuid(row.enquiry),
            created_at: instant("links.created_at", row.created_at)?,
            expires_at: instant("links.expires_at", row.expires_at)?,
            revoked_at: instant_if_any("links.revoked_at", row.revoked_at)?,
        })
    }
}

/// Private links to enquiries.
#[derive(Debug)]
pub struct Links<'t> {
    pub(crate) tx: &'t mut Tx,
}

impl Links<'_> {
    /// Adds one.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when there is a link with this id.
    pub async fn insert(&mut self, link: &Link) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO links (id, enquiry, created_at, expires_at, revoked_at) \
                           VALUES ($1, $2, $3, $4, $5)";
        execute!(
            self.tx,
            SQL,
            link.id,
            link.enquiry.as_uuid(),
            link.created_at.as_millisecond(),
            link.expires_at.as_millisecond(),
            milliseconds(link.revoked_at),
        )?;
        Ok(())
    }

    /// The link with this id; ended and stopped ones too, so that the caller answers all alike.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn get(&mut self, id: Uuid) -> Result<Option<Link>, StoreError> {
        const SQL: &str =
            "SELECT id, enquiry, created_at, expires_at, revoked_at FROM links WHERE id = $1";
        fetch_optional!(self.tx, LinkRow, SQL, id)?
            .map(Link::try_from)
            .transpose()
    }

    /// The newest link to an enquiry that nobody stopped: a letter carries this one. It may have ended.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn of_enquiry(&mut self, enquiry: EnquiryId) -> Result<Option<Link>, StoreError> {
        const SQL: &str = "SELECT id, enquiry, created_at, expires_at, revoked_at FROM links \
                           WHERE enquiry = $1 AND revoked_at IS NULL ORDER BY created_at DESC, id DESC LIMIT 1";
        fetch_optional!(self.tx, LinkRow, SQL, enquiry.as_uuid())?
            .map(Link::try_from)
            .transpose()
    }
}
