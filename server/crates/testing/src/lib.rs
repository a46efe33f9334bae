//! What tests and benches share: a hub with a clock to set, a database to throw away and a catcher
//! in place of the mail server.
//!
//! Start with [`TestHub`], which joins the others. Nothing here is part of the product: what a test
//! needs and does not get stops it where it stands.
#![expect(
    clippy::expect_used,
    reason = "a test that cannot go on should stop where it stands"
)]

pub mod answers;
pub mod bench;
pub mod cable;
pub mod catcher;
pub mod clock;
pub mod council;
pub mod crash;
pub mod database;
pub mod eventually;
pub mod hub;
pub mod mail_servers;
pub mod postgres;
pub mod reading;
pub mod sink;

pub use answers::Answers;
pub use cable::Cable;
pub use catcher::{CaughtMail, MailCatcher};
pub use clock::SettableClock;
pub use database::ThrowAwayDatabase;
pub use eventually::eventually;
pub use hub::{PASSWORD, Setup, TestHub, fields, join_again, time};
pub use postgres::Cluster;
