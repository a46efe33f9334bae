//! People who write on every channel at once, an officer who answers, and somebody who proves that all is well.

mod audits;
mod calls;
mod form;
mod mailbox;
mod pipe;
mod replies;

use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};

use rand::{Rng, SeedableRng, rngs::StdRng};

use super::{book::Mark, world::World};
use crate::sink::Taken;

/// What each of them does until it is told to stop. What was begun then is finished first.
pub(super) const CHANNELS: [fn(Load<'_>); 6] = [
    mailbox::write,
    pipe::write,
    form::write,
    calls::log,
    replies::write,
    audits::prove,
];

/// One of them.
pub(super) struct Load<'a> {
    world: &'a World,
    stop: &'a AtomicBool,
    random: StdRng,
}

impl<'a> Load<'a> {
    pub(super) fn new(world: &'a World, stop: &'a AtomicBool, seed: u64) -> Self {
        Self {
            world,
            stop,
            random: StdRng::seed_from_u64(seed),
        }
    }

    /// Whether to go on, after a moment.
    fn goes_on(&mut self) -> bool {
        let pause = self.random.random_range(20..150);
        thread::sleep(Duration::from_millis(pause));
        !self.stop.load(Ordering::Relaxed)
    }
}

/// A mail from whoever has this mark; about an enquiry whose acknowledgement they got, or a new one.
fn mail(mark: Mark, answered: Option<&Taken>) -> String {
    let (from, in_reply_to) = match answered {
        Some(acknowledgement) => (
            acknowledgement.to.clone(),
            format!("In-Reply-To: {}\r\n", acknowledgement.message_id),
        ),
        None => (mark.address(), String::new()),
    };
    format!(
        "Return-Path: <{from}>\r\nFrom: Pat Zebrawood <{from}>\r\nTo: hub@example.org\r\nSubject: A question\r\n\
         Message-ID: <{mark}@example.net>\r\n{in_reply_to}Date: Mon, 2 Mar 2026 10:00:00 +0000\r\n\r\n\
         When does it begin? This is {mark}.\r\n"
    )
}

/// The acknowledgement that somebody got: it tells them a reference.
fn acknowledgements(world: &World) -> Vec<(Mark, Taken)> {
    let taken = world.sink.taken().into_iter();
    taken
        .filter_map(|mail| Some((Mark::of_address(&mail.to)?, mail)))
        .collect()
}

/// The reference in a text.
fn reference(text: &str) -> Option<String> {
    let start = text.find("SEND-")?;
    let reference: String = text[start..]
        .chars()
        .take_while(|symbol| symbol.is_ascii_alphanumeric() || *symbol == '-')
        .collect();
    Some(reference)
}
