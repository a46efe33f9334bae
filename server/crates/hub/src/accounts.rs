//! Officers' accounts: signing in, sessions, and adding or disabling people.

mod manage;
mod password;
mod session;
mod sign_in;

use crate::Hub;

pub use manage::{AccountSummary, NewOfficer};
pub(crate) use sign_in::SignInLimits;
pub use sign_in::network;

/// Accounts and sessions.
#[derive(Debug, Clone, Copy)]
pub struct Accounts<'h>(pub(crate) &'h Hub);
