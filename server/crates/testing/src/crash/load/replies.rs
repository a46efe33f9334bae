//! An officer who answers those whose acknowledgement has gone, each once.

use std::collections::BTreeSet;

use super::{
    Load, acknowledgements,
    calls::{once, signed_in},
    reference,
};
use crate::crash::book::Channel;

pub(super) fn write(mut load: Load<'_>) {
    let (book, world) = (&load.world.book, load.world);
    let mut browser = signed_in(&load);
    let mut answered = BTreeSet::new();
    while load.goes_on() {
        let known = acknowledgements(world);
        let next = known.iter().find(|(mark, _)| !answered.contains(mark));
        let Some((asked, acknowledgement)) = next else {
            continue;
        };
        answered.insert(*asked);
        let Some(reference) = reference(&acknowledgement.subject) else {
            book.complain(format!("the acknowledgement of {asked} names no reference"));
            continue;
        };
        let mark = book.begin(Channel::Reply, Some(*asked));
        let file = format!("/desk/enquiry/{reference}");
        let words = format!("It begins on Monday. This is {mark}.");
        let once = once(&mut load);
        let answer = browser.post(
            &format!("{file}/reply"),
            &[("once", &once), ("reply", &words)],
        );
        if answer.status == 303 && answer.location == file {
            book.accept(mark);
        } else {
            book.complain(format!(
                "the reply {mark} was answered with {}",
                answer.told()
            ));
        }
    }
}
