//! Mail that a mail server hands over by pipe: again and again, until `send-hub receive` says that it is kept.

use std::{io::Write, process::Stdio, thread, time::Duration};

use rand::Rng;

use super::{Load, letter};
use crate::crash::{book::Channel, mark::Mark};

/// As often as a mail server tries here before the test has failed.
const TRIES: u32 = 60;
/// What it ends with when it could not be kept.
const TEMPORARY: i32 = 75;

pub(super) fn write(mut load: Load<'_>) {
    let book = &load.world.book;
    while load.goes_on() {
        let mark = book.begin(Channel::Pipe, None);
        let message = letter::from(&mut load, mark, None);
        until_taken(&mut load, mark, &message);
        book.accept(mark);
    }
}

/// Hands a mail over until it is kept; one try in four is killed on its way.
pub(super) fn until_taken(load: &mut Load<'_>, mark: Mark, message: &str) {
    let mut words = String::new();
    for _ in 0..TRIES {
        let kill = load.random.random_ratio(1, 4);
        let patience = kill.then(|| Duration::from_millis(load.random.random_range(0..200)));
        let (code, said) = hand_over(load, mark, message, patience);
        match code {
            Some(0) => return,
            Some(TEMPORARY) => words = said,
            None => {}
            Some(other) => {
                let words = format!("receive ended with {other} for {mark}: {said}");
                load.world.book.complain(words);
            }
        }
    }
    load.world
        .book
        .complain(format!("{mark} was never kept: {words}"));
}

/// How it ended, `None` when it was killed; and what it said.
fn hand_over(
    load: &Load<'_>,
    mark: Mark,
    message: &str,
    patience: Option<Duration>,
) -> (Option<i32>, String) {
    let mut child = load
        .world
        .command()
        .args(["receive", "--to", "enquiries@send.example.org", "--from"])
        .arg(mark.address())
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("send-hub receive");
    // It may have ended before it reads all of it.
    let _ = child
        .stdin
        .take()
        .expect("its input")
        .write_all(message.as_bytes());
    if let Some(patience) = patience {
        thread::sleep(patience);
        child.kill().expect("kill -9");
    }
    let output = child.wait_with_output().expect("its end");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code(), said)
}
