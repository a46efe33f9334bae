//! Mail coming in: from a message's bytes to an enquiry that cannot be lost.
//!
//! Start with `receive.rs`: the bytes, their keys and a job are committed before anything is read of them, and only
//! then is anybody told. The job is `file.rs`: it reads (`read.rs`), finds where the mail belongs (`which_enquiry.rs`,
//! `who_wrote.rs`) and writes everything in one transaction (`filing.rs`). What cannot be filed stands in the
//! quarantine, where a person sees it. `attachments.rs` keeps what came with a mail.

mod attachment_bytes;
mod attachments;
mod between_lines;
mod by_size;
pub(crate) mod file;
mod filing;
mod from_quarantine;
mod read;
mod receive;
mod report;
mod which_enquiry;
mod who_wrote;

use crate::Hub;

pub use attachments::Attachments;
pub use receive::{Arrived, Received, Transport, take_in};

/// Taking in what comes by mail.
#[derive(Debug, Clone, Copy)]
pub struct Intake<'h>(pub(crate) &'h Hub);

/// What a database takes as text: PostgreSQL has no place for a zero byte, which anybody can send.
pub(crate) fn storable(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

/// The same, of at most so many characters.
pub(crate) fn storable_start(text: &str, characters: usize) -> String {
    storable(text).chars().take(characters).collect()
}
