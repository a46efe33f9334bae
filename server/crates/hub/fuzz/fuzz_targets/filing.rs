//! From any bytes to the desk: taken in, filed, acknowledged and opened by an officer, on a real database. Nothing may
//! panic or hang, and every mail becomes an enquiry with a running promise, a report, or an out-of-office reply before a
//! person.
//!
//! The same bytes come twice: as a mail of their own, and below the headers of an answer that joins an enquiry.

#![no_main]

use std::cell::RefCell;

use domain::codes::{IncomingState, QuarantineReason, Role};
use domain::ids::IncomingId;
use hub::Actor;
use hub::intake::{Arrived, Received, Transport};
use libfuzzer_sys::fuzz_target;
use testing::TestHub;
use tokio::runtime::{Builder, Runtime};

/// After so many inputs another hub begins, so that the enquiry that is joined does not grow for ever.
const INPUTS: u32 = 500;
const COUNCIL: &str = "enquiries@send.example.org";

thread_local! {
    static WORLD: RefCell<Option<World>> = const { RefCell::new(None) };
}

fuzz_target!(|raw: &[u8]| {
    WORLD.with_borrow_mut(|world| {
        if world.as_ref().is_none_or(|world| world.inputs == INPUTS) {
            *world = None;
            *world = Some(World::new());
        }
        if let Some(world) = world {
            world.inputs += 1;
            world.runtime.block_on(world.hub.takes(raw));
        }
    });
});

/// A hub, and what it runs on. The hub ends first.
struct World {
    hub: Inhabited,
    runtime: Runtime,
    inputs: u32,
}

impl World {
    fn new() -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        Self {
            hub: runtime.block_on(Inhabited::new()),
            runtime,
            inputs: 0,
        }
    }
}

/// A hub to which Pat has written once.
struct Inhabited {
    test: TestHub,
    officer: Actor,
    /// Where an answer to our acknowledgement goes.
    answers_to: String,
}

impl Inhabited {
    async fn new() -> Self {
        let test = TestHub::new().await;
        let officer = test.officer(Role::Officer).await;
        let raw = b"From: Pat Parent <pat@example.org>\r\nSubject: Taxi\r\n\r\nWhen will it come?\r\n";
        receive(&test, raw.to_vec(), Some("pat@example.org"), COUNCIL).await;
        let answers_to = test.mails.only().mail.reply_to.to_string();
        Self {
            test,
            officer,
            answers_to,
        }
    }

    async fn takes(&self, raw: &[u8]) {
        // The envelope of a pipe, of a bounce, and of a mailbox that tells none.
        let senders = [Some("sam@example.net"), Some(""), None];
        let sender = senders[raw.len() % senders.len()];
        let id = receive(&self.test, raw.to_vec(), sender, COUNCIL).await;
        self.stands_before_a_person(id).await;
        let answer = [b"From: Pat Parent <pat@example.org>\r\n", raw].concat();
        let id = receive(&self.test, answer, Some("pat@example.org"), &self.answers_to).await;
        self.stands_before_a_person(id).await;
    }

    async fn stands_before_a_person(&self, id: IncomingId) {
        let mut tx = self.test.hub.database().read().await.unwrap();
        let row = tx.intake().get(id).await.unwrap().unwrap();
        match row.state {
            IncomingState::Filed => {}
            IncomingState::Report | IncomingState::Noted => return,
            IncomingState::Quarantined => {
                assert_eq!(row.reason, Some(QuarantineReason::OutOfOffice));
                return;
            }
            other => panic!("it is {other}"),
        }
        let became = tx.mailed().became(id).await.unwrap();
        let (enquiry, message) = became.expect("what was filed is a message");
        let enquiry = tx.enquiries().get(enquiry).await.unwrap().unwrap();
        assert!(enquiry.running_promise().is_some(), "it is promised an answer");
        let message = tx.messages().get(message).await.unwrap().unwrap();
        let mailed = tx.mailed().of_enquiry(enquiry.id).await.unwrap();
        let mailed = mailed.iter().find(|one| one.message == message.id).unwrap();
        let mut at = 0;
        for fold in &mailed.folds {
            at += fold.bytes;
            assert!(message.body.is_char_boundary(at), "a fold cuts a letter");
        }
        assert_eq!(at, message.body.len(), "all words are in a fold");
        if enquiry.chasers == 0 {
            drop(tx);
            let desk = self.test.hub.desk();
            desk.enquiry(&self.officer, &enquiry.reference).await.unwrap();
        }
    }
}

/// Takes a mail in, files it and sends what follows. It is kept byte by byte.
async fn receive(test: &TestHub, raw: Vec<u8>, from: Option<&str>, to: &str) -> IncomingId {
    let arrived = Arrived {
        raw: raw.clone(),
        envelope_from: from.map(str::to_owned),
        envelope_to: Some(to.to_owned()),
        transport: Transport::Pipe,
    };
    let received = test.hub.intake().receive(arrived).await.unwrap();
    if let Received::New(id) = received {
        let mut tx = test.hub.database().read().await.unwrap();
        assert_eq!(tx.intake().raw(id).await.unwrap(), Some(raw));
    }
    test.run_jobs().await;
    received.id()
}
