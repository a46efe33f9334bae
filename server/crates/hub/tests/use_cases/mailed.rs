//! Mail as it comes in, for the tests of the intake.

use domain::ids::{EnquiryId, IncomingId};
use domain::reference::Reference;
use hub::Hub;
use hub::intake::{Arrived, Received, Transport};
use jiff::SignedDuration;
use store::{Incoming, Lane, Mailed, Message};
use testing::TestHub;

/// Where people write to the sample council.
pub(crate) const COUNCIL: &str = "enquiries@send.example.org";

/// A mail, put together header by header.
#[derive(Clone)]
pub(crate) struct Letter {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) headers: Vec<String>,
    pub(crate) body: String,
    pub(crate) envelope_from: Option<String>,
}

/// From Pat, with a Message-ID of its own.
pub(crate) fn letter(id: &str, subject: &str, body: &str) -> Letter {
    Letter {
        from: "Pat Parent <pat@example.org>".to_owned(),
        to: COUNCIL.to_owned(),
        headers: vec![
            format!("Message-ID: <{id}@example.org>"),
            format!("Subject: {subject}"),
            "Date: Mon, 2 Mar 2026 09:58:00 +0000".to_owned(),
        ],
        body: body.to_owned(),
        envelope_from: None,
    }
}

impl Letter {
    pub(crate) fn from(mut self, from: &str) -> Self {
        from.clone_into(&mut self.from);
        self
    }

    pub(crate) fn to(mut self, to: &str) -> Self {
        to.clone_into(&mut self.to);
        self
    }

    pub(crate) fn header(mut self, line: &str) -> Self {
        self.headers.push(line.to_owned());
        self
    }

    pub(crate) fn with_null_return_path(mut self) -> Self {
        self.envelope_from = Some(String::new());
        self
    }

    pub(crate) fn raw(&self) -> Vec<u8> {
        let Self {
            from,
            to,
            headers,
            body,
            ..
        } = self;
        let headers = headers.join("\r\n");
        format!("From: {from}\r\nTo: {to}\r\n{headers}\r\n\r\n{body}\r\n").into_bytes()
    }

    /// The envelope as a mail server would say it.
    pub(crate) fn arrived(&self) -> Arrived {
        let address = self.from.rsplit('<').next().unwrap_or_default();
        let address = address.trim_end_matches('>').to_owned();
        Arrived {
            raw: self.raw(),
            envelope_from: Some(self.envelope_from.clone().unwrap_or(address)),
            envelope_to: Some(self.to.clone()),
            transport: Transport::Pipe,
        }
    }
}

/// Takes a mail in; files nothing yet.
pub(crate) async fn receive(hub: &Hub, letter: &Letter) -> Received {
    hub.intake().receive(letter.arrived()).await.unwrap()
}

/// Takes a mail in and files it.
pub(crate) async fn arrive(test: &TestHub, letter: &Letter) -> IncomingId {
    let received = receive(&test.hub, letter).await;
    test.run_jobs().await;
    received.id()
}

/// What became of a mail.
pub(crate) async fn row(test: &TestHub, id: IncomingId) -> Incoming {
    let mut tx = test.hub.database().read().await.unwrap();
    tx.intake().get(id).await.unwrap().unwrap()
}

/// The enquiry that a mail is part of.
pub(crate) async fn enquiry_of(test: &TestHub, id: IncomingId) -> Option<EnquiryId> {
    let mut tx = test.hub.database().read().await.unwrap();
    let became = tx.mailed().became(id).await.unwrap();
    became.map(|(enquiry, _)| enquiry)
}

/// The reference of the enquiry that a mail is part of.
pub(crate) async fn reference_of(test: &TestHub, id: IncomingId) -> Reference {
    let enquiry = enquiry_of(test, id).await.unwrap();
    let mut tx = test.hub.database().read().await.unwrap();
    let enquiry = tx.enquiries().get(enquiry).await.unwrap();
    enquiry.unwrap().reference
}

/// The message that a mail became, and what it came with.
pub(crate) async fn message_of(test: &TestHub, id: IncomingId) -> (Message, Mailed) {
    let mut tx = test.hub.database().read().await.unwrap();
    let (enquiry, message) = tx.mailed().became(id).await.unwrap().unwrap();
    let mailed = tx.mailed().of_enquiry(enquiry).await.unwrap();
    let mailed = mailed.into_iter().find(|mailed| mailed.message == message);
    let message = tx.messages().get(message).await.unwrap();
    (message.unwrap(), mailed.unwrap())
}

/// Leaves what a process leaves that died while it filed the mail which waits, and lets the lease end.
pub(crate) async fn die_while_filing(test: &TestHub) {
    let (now, lease) = (test.hub.now(), SignedDuration::from_mins(2));
    let mut tx = test.hub.database().begin().await.unwrap();
    let leased = tx.jobs().lease(Lane::Ours, now, now + lease, 1).await;
    assert_eq!(leased.unwrap().len(), 1);
    tx.commit().await.unwrap();
    test.clock.advance(lease);
}
