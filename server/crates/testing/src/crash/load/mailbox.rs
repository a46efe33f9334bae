//! Mail that arrives in the mailbox, some of it twice, some in answer to an acknowledgement.

use rand::{Rng, seq::IndexedRandom};

use super::{Load, acknowledgements, letter, pipe};
use crate::{
    crash::{book::Channel, world::MAILBOX},
    mail_servers::imap::put,
};

pub(super) fn write(mut load: Load<'_>) {
    let world = load.world;
    let mut at = world.runtime.block_on(world.servers.at(MAILBOX));
    while load.goes_on() {
        let known = acknowledgements(world);
        let answered = known
            .choose(&mut load.random)
            .filter(|_| load.random.clone().random_ratio(1, 4));
        let channel = if load.random.random_ratio(1, 5) {
            Channel::Both
        } else {
            Channel::Mailbox
        };
        let about = answered.map(|(mark, _)| *mark);
        let mark = world.book.begin(channel, about);
        let message = letter::from(&mut load, mark, answered.map(|(_, taken)| taken));
        if channel == Channel::Both {
            pipe::until_taken(&mut load, mark, &message);
        }
        world.runtime.block_on(put(&mut at, "INBOX", [message]));
        world.book.appended();
        world.book.accept(mark);
    }
}
