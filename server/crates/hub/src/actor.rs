//! Who asks for something to be done.

use domain::{codes::Role, email::EmailAddress, ids::AccountId, keys::TeamKey};
use store::{Account, AuditActor};

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Anybody: no account is needed to search or to ask.
    Public,
    /// Somebody signed in.
    Officer(Officer),
    /// The hub itself: a timer, a job, a command at the server's own terminal.
    System,
}

/// Somebody who signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Officer {
    /// Their account.
    pub id: AccountId,
    /// Their name as the family sees it under a reply.
    pub name: String,
    /// The address they sign in with.
    pub email: EmailAddress,
    /// What they may do.
    pub role: Role,
    /// Whose queue they see first.
    pub team: Option<TeamKey>,
}

impl From<Account> for Officer {
    fn from(account: Account) -> Self {
        Self {
            id: account.id,
            name: account.name,
            email: account.email,
            role: account.role,
            team: account.team,
        }
    }
}

impl Actor {
    pub(crate) fn for_audit(&self) -> AuditActor {
        match self {
            Self::Public => AuditActor::Correspondent(None),
            Self::Officer(officer) => AuditActor::Account(officer.id),
            Self::System => AuditActor::System,
        }
    }
}
