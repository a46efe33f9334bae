//! The use cases, each on a whole hub with a real database: one file a subject.
//!
//! One binary, so that everything is linked once. Start with `submit.rs`; `reading.rs` is how the
//! tests look at what was kept.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop where it stands"
)]

mod accounts;
mod acknowledgement;
mod answers;
mod asked_about;
mod audit_chain;
mod automatic_mail;
mod by_hand;
mod clock_jumps;
mod daily_audit;
mod delivery_reports;
mod desk;
mod desk_acts;
mod desk_calls;
mod desk_finding;
mod desk_sorting;
mod erasure;
mod escalation;
mod follow_up;
mod guides;
mod hand_over;
mod holding_reply;
mod hostile_mail;
mod imap_server;
mod intake;
mod invitations;
mod joining;
mod letters;
mod local_offer;
mod losses;
mod mailboxes;
mod mailed;
mod own_account;
mod pauses;
mod people;
mod permissions;
mod postcodes;
mod postgres_silence;
mod pressed_twice;
mod private_link;
mod proof;
mod proof_walk;
mod quarantine;
mod reading;
mod reminded_by_us;
mod retries;
mod sample;
mod searches;
mod second_step;
mod settings;
mod sqlite_full;
mod submit;
mod sweep;
mod thread;
mod undelivered;
mod undo;
mod which_enquiry;
