//! `send-hub routes`: every address, and whom it is for.

use super::say;
use crate::router;

pub(super) fn run() {
    for address in router::addresses() {
        say(address);
    }
}
