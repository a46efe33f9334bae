//! Following mailboxes: each test is named after a way in which others lost mail.
//!
//! `mail_servers.rs` reads a real Dovecot; `scripted.rs` a server that answers as no good one would; `several.rs` two
//! mailboxes.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop where it stands"
)]

mod cutting;
mod kept;
mod mail_servers;
mod scripted;
mod several;
mod world;
