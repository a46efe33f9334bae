//! The use cases: everything that a person, a timer or another server can make the hub do.
//!
//! Start with [`Hub`], then the file of the act that you care about: `enquiries/submit.rs`,
//! `desk/reply.rs`, `local_offer/search.rs` … Each asks [`policy`] first, then makes one
//! transaction that writes the change, its audit rows and the jobs that follow from it.
//! `jobs/` runs what was written to be done later. Nothing here knows HTTP or HTML.

pub mod accounts;
mod actor;
pub mod audit;
pub mod delivery;
pub mod desk;
pub mod enquiries;
mod error;
mod escalation;
pub mod guides;
pub mod health;
mod hub;
pub mod intake;
pub mod jobs;
pub mod local_offer;
pub mod mailboxes;
pub mod policy;
pub mod pressed;
pub mod settings;
mod token;
mod typed;

pub use actor::{Actor, Officer};
pub use enquiries::{
    Acknowledgement, AskedAbout, Draft, EnquiryStatus, StatusState, Step, Submitted, SummaryRow,
};
pub use error::Error;
pub use hub::{Hub, Parts};
pub use search;
pub use token::{DraftToken, HalfToken, SessionToken};
