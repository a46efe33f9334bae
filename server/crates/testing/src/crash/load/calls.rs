//! An officer who logs calls; some are answered while they last.

use rand::Rng;
use uuid::Builder;

use super::Load;
use crate::crash::{book::Channel, world::signed_in};

pub(super) fn log(mut load: Load<'_>) {
    let book = &load.world.book;
    let mut browser = signed_in(load.world);
    while load.goes_on() {
        let (channel, outcome) = if load.random.random_ratio(1, 3) {
            (Channel::AnsweredCall, "answered")
        } else {
            (Channel::Call, "needs-answer")
        };
        let mark = book.begin(channel, None);
        let (once, said) = (once(&mut load), format!("They asked for {mark}."));
        let answer = browser.post(
            "/desk/call",
            &[
                ("once", &once),
                ("topic", "something-else"),
                ("name", "Pat Zebrawood"),
                ("telephone", &mark.telephone()),
                ("email", &mark.address()),
                ("said", &said),
                ("outcome", outcome),
            ],
        );
        match answer.location.strip_prefix("/desk/call/") {
            Some(reference) if answer.status == 303 => {
                book.accept(mark);
                book.refer(mark, reference);
            }
            _ => book.complain(format!(
                "the call {mark} was answered with {}",
                answer.told()
            )),
        }
    }
}

/// What the form of an officer's page holds, so that a second press is told from a first.
pub(super) fn once(load: &mut Load<'_>) -> String {
    Builder::from_random_bytes(load.random.random())
        .into_uuid()
        .to_string()
}
