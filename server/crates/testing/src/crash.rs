//! Does anything get lost, forgotten or answered twice when the program is killed at any moment?
//!
//! [`run`] starts the real program (one process on SQLite, several on one PostgreSQL), a real mailbox in Dovecot and a
//! mail server that writes down what it takes, puts some mails off, hangs up on some without a word and refuses some for
//! good ([`temper`]). People write by mail, some with a file, by pipe, by the form and by telephone, and an officer
//! answers, asks for more time or asks them something, all at once, while the processes are ended by `kill -9` at moments
//! that a seed decides. In the end what those people were told ([`book`]) and what the mail server took is compared with
//! what the pages show ([`pages`]) and with the database ([`proof`]), and the program proves the rest itself
//! (`send-hub audit`).

mod book;
mod browser;
mod load;
mod mark;
mod pages;
mod processes;
mod proof;
mod rows;
mod temper;
mod world;

use std::{
    fmt,
    path::PathBuf,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use rand::{Rng, SeedableRng, rngs::StdRng};

use self::{processes::Processes, world::World};

/// How long what is under way may take once nobody is killed any more.
const PATIENCE: Duration = Duration::from_secs(150);
const BETWEEN_LOOKS: Duration = Duration::from_millis(100);

/// What is killed how often.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The program `send-hub`.
    pub binary: PathBuf,
    /// `sqlite:` for a file of its own, or the address of an empty database.
    pub database: String,
    /// How many processes serve.
    pub processes: usize,
    /// How many times one is killed.
    pub kills: u32,
    /// Decides when, and which.
    pub seed: u64,
}

/// What came of it.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// What decided when, and which.
    pub seed: u64,
    /// How many processes were killed.
    pub kills: usize,
    /// How many of them had not come up yet.
    pub while_starting: usize,
    /// How many messages were accepted, each channel with its number.
    pub accepted: Vec<(&'static str, usize)>,
    /// How many of them came with a file.
    pub attached: usize,
    /// How many different mails went out.
    pub sent: usize,
    /// How many mails the mail server put off.
    pub put_off: usize,
    /// On how many it hung up without a word.
    pub not_answered: usize,
    /// How many it refused for good: they stand in the list that a person clears.
    pub refused: usize,
    /// How many came again after a kill or without an answer, each with the Message-ID that it had before.
    pub sent_again: usize,
    /// How many mails stand in the quarantine: not lost, but for a person to see.
    pub quarantined: usize,
    /// How many audits under load found everything in order.
    pub audits: usize,
    /// What must not be. Empty when all is well.
    pub faults: Vec<String>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "seed {}, {} kills ({} while starting); accepted:",
            self.seed, self.kills, self.while_starting
        )?;
        for (channel, count) in &self.accepted {
            write!(f, " {count} {channel},")?;
        }
        write!(
            f,
            " {} of all with a file; {} mails sent, {} of them again with the same Message-ID, {} put off, \
             {} without an answer, {} refused, {} in quarantine, {} audits under load, {} faults",
            self.attached,
            self.sent,
            self.sent_again,
            self.put_off,
            self.not_answered,
            self.refused,
            self.quarantined,
            self.audits,
            self.faults.len()
        )?;
        for fault in &self.faults {
            write!(f, "\n- {fault}")?;
        }
        Ok(())
    }
}

/// Stops the load, however the killing ended.
struct StopAtLast<'a>(&'a AtomicBool);

impl Drop for StopAtLast<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Kills as planned, under load, and says what was lost.
///
/// # Panics
/// When the mail servers are not installed, or the program does not start.
#[must_use]
pub fn run(plan: &Plan) -> Report {
    let world = World::open(plan);
    let mut random = StdRng::seed_from_u64(plan.seed);
    let mut processes = Processes::start(&world);
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let _stop = StopAtLast(&stop);
        for (number, work) in load::CHANNELS.into_iter().enumerate() {
            let mine = plan.seed.wrapping_mul(31).wrapping_add(number as u64);
            let load = load::Load::new(&world, &stop, mine);
            scope.spawn(move || work(load));
        }
        for _ in 0..plan.kills {
            kill_one(&mut processes, &mut random);
        }
        processes.all_ready();
    });
    let mut unwell = settle(&world);
    unwell.extend(pages::look(&world));
    unwell.extend(processes.stop());
    let mut report = proof::report(&world, &processes, unwell);
    report.seed = plan.seed;
    report
}

/// Ends one process and starts it again: most after they have served for a moment, some before they are up.
fn kill_one(processes: &mut Processes<'_>, random: &mut StdRng) {
    let victim = random.random_range(0..processes.count());
    if random.random_ratio(4, 5) {
        processes.ready(victim);
        thread::sleep(Duration::from_millis(random.random_range(50..1_500)));
    } else {
        thread::sleep(Duration::from_millis(random.random_range(0..500)));
    }
    processes.kill_and_start(victim);
}

/// Waits until nothing is under way any more; gives what still is when that takes too long.
fn settle(world: &World) -> Vec<String> {
    let begun = Instant::now();
    loop {
        let unfinished = rows::unfinished(world);
        if unfinished.is_empty() || begun.elapsed() > PATIENCE {
            return unfinished;
        }
        rows::hasten(world);
        thread::sleep(BETWEEN_LOOKS);
    }
}
