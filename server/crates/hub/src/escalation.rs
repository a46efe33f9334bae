//! Telling people in time that a promise is in danger, and at once that it broke: by mail and on
//! their screens. And telling those to whom an enquiry came that it is theirs now, and that they
//! are to remind somebody (`hand_over.rs`).
//!
//! Which steps there are, and when, is the domain's ([`domain::escalation`]). The next step of each
//! running promise is stored beside it; `sweep.rs` finds what is due by an index, `record.rs` writes
//! down that it was done and who is told (`recipients.rs`), and `notices.rs` writes each of them one
//! letter with everything that is new. A step is done once, however often a server dies in between;
//! one that was done late says so.

mod hand_over;
mod notices;
mod recipients;
mod record;
mod sweep;

pub(crate) use hand_over::{follow as tell_who_has_it_now, tell_to_remind};
pub(crate) use record::follow;
pub(crate) use sweep::run;
