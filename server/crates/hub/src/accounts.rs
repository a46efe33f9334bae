//! Who may come in: signing in, sessions, invitations, and everybody's accounts.
//!
//! Start with `sign_in.rs` (the password), then `second_step.rs` (the code after it) and `session.rs`.
//! `invite.rs` and `accept.rs` are how somebody comes first; `own.rs` and `change_second_step.rs` are what people do
//! with their own account, `manage.rs` and `people.rs` what administrators do with everybody's.

mod accept;
mod change_second_step;
mod code_key;
pub(crate) mod deed;
mod device;
mod here;
mod invite;
mod limits;
mod manage;
mod own;
mod password;
mod password_link;
mod password_rules;
mod people;
mod recovery_codes;
mod second_step;
mod session;
mod sign_in;
mod unreached;
mod visitor;

use crate::Hub;

pub use accept::{InvitationLink, Invited, PASSWORD_AGAIN};
pub use device::Device;
pub use invite::{InvitationState, InvitationSummary};
pub(crate) use invite::{link as invitation_link, purpose as invitation_purpose, works_until};
pub(crate) use limits::SignInLimits;
pub use limits::network;
pub use mail::InvitationPurpose;
pub use manage::{AccountSummary, NewOfficer};
pub use own::{NEW_PASSWORD, OwnAccount, PASSWORD};
pub use people::{AWAY_FROM, AWAY_UNTIL, Person};
pub use recovery_codes::RecoveryCodes;
pub use second_step::{CODE, RECOVERY_CODE, SecondStepOffer};
pub use session::{IDLE, LIFETIME, SessionSummary};
pub use sign_in::{NextStep, SignIn, TRIES};
pub use store::Absence;
pub use unreached::Unreached;
pub use visitor::Visitor;

pub(crate) use deed::Deed;
pub(crate) use here::works;

/// Accounts and sessions.
#[derive(Debug, Clone, Copy)]
pub struct Accounts<'h>(pub(crate) &'h Hub);
