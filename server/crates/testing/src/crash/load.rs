//! People who write on every channel at once, an officer who answers, and somebody who proves that all is well.

mod audits;
mod calls;
mod form;
mod letter;
mod mailbox;
mod officer;
mod pipe;

use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};

use rand::{Rng, SeedableRng, rngs::StdRng};

use super::{mark::Mark, world::World};
use crate::sink::Came;

/// What each of them does until it is told to stop. What was begun then is finished first.
pub(super) const CHANNELS: [fn(Load<'_>); 6] = [
    mailbox::write,
    pipe::write,
    form::write,
    calls::log,
    officer::write,
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

/// The acknowledgement that somebody got: it tells them a reference.
fn acknowledgements(world: &World) -> Vec<(Mark, Came)> {
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
