//! Asking a question: from the first page of the form to a promise that can be followed.
//!
//! Start with [`Step`] (the pages and their order), then `draft.rs` (what was answered so far),
//! `submit.rs` (the one transaction) and `follow.rs` (the private page).

pub(crate) mod acknowledge;
mod answers;
mod caps;
mod draft;
mod erase;
mod follow;
mod follow_up;
pub(crate) mod letters;
pub(crate) mod record;
mod step;
pub(crate) mod submit;
pub(crate) mod then;

use crate::Hub;

pub use draft::{AskedAbout, Draft, SummaryRow};
pub use erase::{Erased, HowMuch};
pub use follow::{EnquiryStatus, StatusState};
pub use step::Step;
pub use submit::{Acknowledgement, Submitted};

/// What private links are signed for.
pub(crate) const LINK_PURPOSE: &str = "enquiry";

/// Asking and following, for everybody.
#[derive(Debug, Clone, Copy)]
pub struct Enquiries<'h>(pub(crate) &'h Hub);
