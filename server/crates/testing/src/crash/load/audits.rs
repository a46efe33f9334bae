//! Somebody who proves the invariants again and again while all of this goes on.

use std::{thread, time::Duration};

use super::Load;
use crate::crash::proof::audited;

/// An audit takes a core: the others are to have some of it too.
const BETWEEN: Duration = Duration::from_millis(700);

pub(super) fn prove(mut load: Load<'_>) {
    let book = &load.world.book;
    while load.goes_on() {
        match audited(load.world) {
            Some(words) => book.complain(format!("under load {words}")),
            None => book.audited(),
        }
        thread::sleep(BETWEEN);
    }
}
