//! Invitations: people who may set a password and so get an account.

use domain::codes::Role;
use domain::email::EmailAddress;
use domain::ids::InvitationId;
use domain::keys::TeamKey;
use jiff::Timestamp;
use sqlx::FromRow;
use uuid::Uuid;

use crate::columns::{instant, instant_if_any, parsed, parsed_if_any};
use crate::dialect::{execute, fetch_all, fetch_optional};
use crate::{StoreError, Tx};

/// An invitation. What stands in its letter is a keyed hash of its id, made at the moment of sending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Its id.
    pub id: InvitationId,
    /// Whom it is for, in lower case: what they will sign in with.
    pub email: EmailAddress,
    /// Their name.
    pub name: String,
    /// What they will do.
    pub role: Role,
    /// The team they will work in.
    pub team: Option<TeamKey>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When its link stops working.
    pub expires_at: Timestamp,
    /// When a server took its letter.
    pub sent_at: Option<Timestamp>,
    /// Why its letter could not be sent.
    pub last_error: Option<String>,
    /// When it was used.
    pub accepted_at: Option<Timestamp>,
    /// When a person took it back.
    pub revoked_at: Option<Timestamp>,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    email: String,
    name: String,
    role: String,
    team: Option<String>,
    created_at: i64,
    expires_at: i64,
    sent_at: Option<i64>,
    last_error: Option<String>,
    accepted_at: Option<i64>,
    revoked_at: Option<i64>,
}

impl TryFrom<Row> for Invitation {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: InvitationId::from_uuid(row.id),
            email: parsed("invitations.email", &row.email)?,
            name: row.name,
            role: parsed("invitations.role", &row.role)?,
            team: parsed_if_any("invitations.team", row.team.as_deref())?,
            created_at: instant("invitations.created_at", row.created_at)?,
            expires_at: instant("invitations.expires_at", row.expires_at)?,
            sent_at: instant_if_any("invitations.sent_at", row.sent_at)?,
            last_error: row.last_error,
            accepted_at: instant_if_any("invitations.accepted_at", row.accepted_at)?,
            revoked_at: instant_if_any("invitations.revoked_at", row.revoked_at)?,
        })
    }
}

/// Invitations.
#[derive(Debug)]
pub struct Invitations<'t> {
    pub(crate) tx: &'t mut Tx,
}

impl Invitations<'_> {
    /// Adds one that is neither sent nor used.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the address has an open one.
    pub async fn insert(&mut self, invitation: &Invitation) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO invitations (id, email, name, role, team, created_at, expires_at) \
                           VALUES ($1, $2, $3, $4, $5, $6, $7)";
        execute!(
            self.tx,
            SQL,
            invitation.id.as_uuid(),
            invitation.email.normalised(),
            invitation.name.as_str(),
            invitation.role.as_str(),
            invitation.team.as_ref().map(TeamKey::as_str),
            invitation.created_at.as_millisecond(),
            invitation.expires_at.as_millisecond(),
        )?;
        Ok(())
    }

    /// The one with this id; used, ended and taken back ones too, so that the caller answers all alike.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn get(&mut self, id: InvitationId) -> Result<Option<Invitation>, StoreError> {
        const SQL: &str = "SELECT id, email, name, role, team, created_at, expires_at, sent_at, last_error, \
                           accepted_at, revoked_at FROM invitations WHERE id = $1";
        fetch_optional!(self.tx, Row, SQL, id.as_uuid())?
            .map(Invitation::try_from)
            .transpose()
    }

    /// Those that are neither used nor taken back, the newest first; those that ended too.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn open(&mut self) -> Result<Vec<Invitation>, StoreError> {
        const SQL: &str = "SELECT id, email, name, role, team, created_at, expires_at, sent_at, last_error, \
                           accepted_at, revoked_at FROM invitations \
                           WHERE accepted_at IS NULL AND revoked_at IS NULL ORDER BY created_at DESC, id DESC";
        fetch_all!(self.tx, Row, SQL)?
            .into_iter()
            .map(Invitation::try_from)
            .collect()
    }

    /// Uses it; `false` when it was used before, taken back, or has ended.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn accept(&mut self, id: InvitationId, at: Timestamp) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE invitations SET accepted_at = $2 WHERE id = $1 AND accepted_at IS NULL \
                           AND revoked_at IS NULL AND expires_at > $2";
        Ok(execute!(self.tx, SQL, id.as_uuid(), at.as_millisecond())? > 0)
    }

    /// Takes it back; `false` when it was used or taken back before.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn revoke(&mut self, id: InvitationId, at: Timestamp) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE invitations SET revoked_at = $2 WHERE id = $1 AND accepted_at IS NULL \
                           AND revoked_at IS NULL";
        Ok(execute!(self.tx, SQL, id.as_uuid(), at.as_millisecond())? > 0)
    }

    /// Lets it work until another time and wait to be sent; `false` when it was used or taken back.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn renew(
        &mut self,
        id: InvitationId,
        expires_at: Timestamp,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE invitations SET expires_at = $2, sent_at = NULL, last_error = NULL \
                           WHERE id = $1 AND accepted_at IS NULL AND revoked_at IS NULL";
        Ok(execute!(self.tx, SQL, id.as_uuid(), expires_at.as_millisecond())? > 0)
    }

    /// Notes that a server took its letter. `false` when that is known already.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn mark_sent(&mut self, id: InvitationId, at: Timestamp) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE invitations SET sent_at = $2, last_error = NULL WHERE id = $1 AND sent_at IS NULL";
        Ok(execute!(self.tx, SQL, id.as_uuid(), at.as_millisecond())? > 0)
    }

    /// Notes why its letter was not sent.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn mark_failed(&mut self, id: InvitationId, error: &str) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE invitations SET last_error = $2 WHERE id = $1";
        execute!(self.tx, SQL, id.as_uuid(), error)?;
        Ok(())
    }
}
