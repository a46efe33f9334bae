//! What the hub remembers: one text of SQL for SQLite and PostgreSQL.
//!
//! Start at [`Database`]: connect, migrate, then [`Database::begin`] a transaction to write or
//! [`Database::read`] one to look, and reach the tables through it: `tx.enquiries()`, `tx.jobs()` ….
//! A repository method is one statement; what belongs together is put together by the caller, in one [`Tx`],
//! and nothing is kept unless [`Tx::commit`] says so.
//!
//! Knows nothing of HTTP, mail, search or who may do what. Every statement is run on a real database by
//! the suite in `tests/conformance`.

mod accounts;
mod audit;
mod backup;
mod changes;
mod columns;
mod correspondents;
mod council;
mod daily_audits;
mod database;
mod deliveries;
mod dialect;
mod drafts;
mod enquiries;
mod erasure;
mod error;
mod escalations;
mod half_sign_ins;
mod hand_overs;
mod installation;
mod intake;
mod invitations;
mod jobs;
mod links;
mod local_offer;
mod mailboxes;
mod mailed;
mod messages;
mod migrations;
mod moving;
mod notices;
mod outbox;
mod patience;
mod pauses;
mod postcodes;
mod promises;
mod proof;
mod relatives;
mod reply_drafts;
mod searches;
mod second_steps;
mod sessions;
mod settings;
mod to_write;
mod token;
mod tx;

pub use accounts::{Absence, Account, Accounts, NewAccount, PasswordHash};
pub use audit::{Audit, AuditActor, AuditEntry, ChainHead, Checked, Seal};
pub use backup::{BackedUp, BackupError};
pub use changes::{ChangeKind, Changes, ListingChange};
pub use correspondents::{Correspondents, Look, name_key};
pub use council::CouncilKeys;
pub use daily_audits::{DailyAudit, DailyAudits, Finding};
pub use database::{Backend, Database, PostgresServer, SqliteStore};
pub use deliveries::{Attempt, Deliveries, Report};
pub use drafts::{DraftRow, Drafts};
pub use enquiries::{
    AcknowledgementState, Enquiries, FoundEnquiry, Marks, NotAcknowledged, Opening, QueueCounts,
    QueueCursor, QueueFilter, QueueOf, QueuePlace, QueueRow, Settled, SettledCursor, SettledRow,
    ToRemind,
};
pub use erasure::{ERASED, Erasure};
pub use error::StoreError;
pub use escalations::{Escalation, EscalationInFile, Escalations, SWEPT, ToTell, Told};
pub use half_sign_ins::HalfSignIns;
pub use hand_overs::{HandOver, HandOverToTell, HandOvers};
pub use installation::Installation;
pub use intake::{Became, Incoming, Intake, NewIncoming, Place};
pub use invitations::{Invitation, Invitations};
pub use jobs::{Depth, Job, Jobs, Lane, NewJob};
pub use links::{Link, Links};
pub use local_offer::{ContentHash, ListingAddress, LocalOffer, content_hash};
pub use mailboxes::{Mailbox, MailboxMessage, Mailboxes, NotStored};
pub use mailed::{Attachment, Fold, Mailed, MailedMessages};
pub use messages::{Author, Message, Messages, NewMessage};
pub use moving::{MoveError, MovedTable};
pub use notices::{Notice, Notices};
pub use outbox::{Alone, Mail, MailFate, NewMail, Outbox};
pub use patience::Patience;
pub use pauses::{Pause, Pauses};
pub use postcodes::{PostcodeWriter, Postcodes};
pub use promises::Promises;
pub use proof::{Breach, Counts, Found, Judged, Proof, Trace};
pub use relatives::{OfSameAddress, Relative, Relatives};
pub use reply_drafts::{ReplyDraft, ReplyDrafts};
pub use searches::{LookedFor, Search, Searches};
pub use second_steps::{SecondStep, SecondSteps};
pub use sessions::{FoundSession, NewSession, Session, Sessions};
pub use settings::{Settings, SettingsSave, SettingsVersion};
pub use token::TokenHash;
pub use tx::{PostgresTx, Tx};
