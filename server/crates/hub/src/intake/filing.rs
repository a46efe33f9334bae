//! What a mail becomes: its enquiry, its message, its promise, its acknowledgement. All of it is one transaction: there
//! is never half of it.

use domain::clock::london_date;
use domain::codes::{
    Channel, Direction, IncomingState, MessageKind, QuarantineReason, RelativeReason,
};
use domain::correspondent::Correspondent;
use domain::enquiry::{Applied, Enquiry, Event, NewEnquiry};
use domain::ids::{EnquiryId, MessageId, PromiseId};
use domain::reference::Reference;
use jiff::Timestamp;
use mail::automatic::Verdict;
use store::{Attachment, AuditActor, Became, Fold, Incoming, Mailed, NewMessage, Opening, Tx};

use super::between_lines;
use super::read::Reading;
use super::report::reported;
use super::which_enquiry::{Belongs, quoted, which_enquiry};
use super::who_wrote::who_wrote;
use crate::delivery::Tied;
use crate::enquiries::acknowledge::{Fate, Occasion};
use crate::enquiries::{
    letters,
    record::Act,
    then::{then, with_a_team},
};
use crate::error::refused_by_rules;
use crate::jobs;
use crate::{Error, Hub};

/// One mail on its way into an enquiry.
pub(super) struct Filing<'a> {
    pub(super) hub: &'a Hub,
    pub(super) incoming: &'a Incoming,
    pub(super) reading: &'a Reading,
    pub(super) before: IncomingState,
    pub(super) now: Timestamp,
}

impl Filing<'_> {
    /// Writes all of it in this transaction. Gives what is to be committed and the enquiry that it became part of, if it became one's;
    /// nothing where it was filed already.
    pub(super) async fn write_all(
        &self,
        mut tx: Tx,
    ) -> Result<Option<(Tx, Option<EnquiryId>)>, Error> {
        let belongs = which_enquiry(self.hub, &mut tx, &self.incoming.mail, self.reading).await?;
        let asked_for = self.before != IncomingState::Received;
        let (after, reason) = match (self.reading.verdict, belongs) {
            _ if asked_for => (IncomingState::Filed, None),
            _ if self.reading.report.is_some() => (IncomingState::Report, None),
            (Verdict::OutOfOffice, Belongs::Beside(_) | Belongs::Nowhere) => (
                IncomingState::Quarantined,
                Some(QuarantineReason::OutOfOffice),
            ),
            _ => (IncomingState::Filed, None),
        };
        let id = self.incoming.mail.id;
        let mut intake = tx.intake();
        let became = intake.become_of(id, self.before, after, reason, self.now);
        let Some(became) = became.await? else {
            return Ok(None);
        };
        if after != IncomingState::Filed {
            self.describe(&mut tx).await?;
        }
        if after == IncomingState::Report {
            self.note_report(&mut tx).await?;
        }
        let filed_in = match (after, belongs) {
            (IncomingState::Filed, Belongs::To(enquiry)) => {
                self.join(&mut tx, enquiry).await?;
                Some(enquiry)
            }
            (IncomingState::Filed, _) => Some(self.open(&mut tx, belongs, became).await?),
            _ => None,
        };
        metrics::counter!("send_hub_mails_filed_total", "as" => after.as_str()).increment(1);
        Ok(Some((tx, filed_in)))
    }

    /// Hands a report on to the mail that it is about. One that is about none of ours stays before a person.
    async fn note_report(&self, tx: &mut Tx) -> Result<(), Error> {
        let Some(report) = &self.reading.report else {
            return Ok(());
        };
        let row = &self.incoming.mail;
        let delivery = self.hub.delivery();
        let tied = delivery.note(tx, &reported(report, row)).await?;
        if tied != Tied::Nothing {
            let (before, after) = (IncomingState::Report, IncomingState::Noted);
            let mut intake = tx.intake();
            intake
                .become_of(row.id, before, after, None, self.now)
                .await?;
        }
        Ok(())
    }

    /// Notes who wrote it and about what, for the officer before whom it will stand.
    async fn describe(&self, tx: &mut Tx) -> Result<(), Error> {
        let address = self.reading.sender.as_ref().map(ToString::to_string);
        let sender = match (&self.reading.sender_name, address) {
            (Some(name), Some(address)) => Some(format!("{name}, {address}")),
            (name, address) => name.clone().or(address),
        };
        let (id, subject) = (self.incoming.mail.id, self.reading.subject.as_deref());
        tx.intake().describe(id, sender.as_deref(), subject).await?;
        Ok(())
    }

    /// Puts the mail into an enquiry that is there. A mailbox's “I am away” or “It was read” asks nothing, and changes
    /// nothing.
    async fn join(&self, tx: &mut Tx, id: EnquiryId) -> Result<(), Error> {
        let hub = self.hub;
        tx.enquiries().hold(id).await?;
        let enquiry = tx.enquiries().get(id).await?.ok_or(Error::NotFound)?;
        let asks_nothing = self.reading.asks_nothing();
        let kind = if asks_nothing {
            MessageKind::AutomaticReply
        } else {
            MessageKind::FollowUp
        };
        // Said when an officer could first read it: a reply that was written before has not answered it.
        let folds = between_lines::folds(tx, id, self.reading).await?;
        let message = self.write(tx, id, kind, self.now, folds).await?;
        let act = self.act(tx, &enquiry).await?;
        let subject = Some(message.as_uuid());
        if asks_nothing {
            act.note(tx, "automatic-reply-received", id, subject, None)
                .await?;
            return Ok(());
        }
        act.note(tx, "message-received", id, subject, None).await?;
        let event = Event::MessageReceived {
            at: self.counted_from(),
            promise_id: hub.random(|random| PromiseId::generate(self.now, random)),
        };
        let rules = hub.council().rules_of(&enquiry);
        let applied = enquiry
            .apply(&event, &rules)
            .map_err(|refusal| refused_by_rules("message", refusal))?;
        let applied = with_a_team(hub, applied, self.now)?;
        act.changed(tx, &enquiry, &applied).await?;
        if self.reading.no_answer().is_none() {
            letters::tell(hub, tx, &applied, self.now).await?;
        }
        Ok(())
    }

    /// Makes a new enquiry of the mail.
    async fn open(
        &self,
        tx: &mut Tx,
        belongs: Belongs,
        became: Became,
    ) -> Result<EnquiryId, Error> {
        let hub = self.hub;
        let council = hub.council();
        let (correspondent, alone) = who_wrote(hub, tx, self.reading, self.now).await?;
        let beside = match belongs {
            Belongs::Beside(other) | Belongs::To(other) => tx.enquiries().get(other).await?,
            Belongs::Nowhere => None,
        };
        let quoted = match beside {
            Some(_) => None,
            None => quoted(tx, self.reading).await?,
        };
        let opened = self.opened(&correspondent, beside.as_ref())?;
        let fate = match self.reading.no_answer() {
            Some(reason) => Fate::NotAnswered(reason),
            None => {
                let other = beside.as_ref().map(|other| other.id).or(quoted);
                let enquiries = hub.enquiries();
                let fate = enquiries.fate(tx, &correspondent, other, alone.as_ref(), self.now);
                fate.await?
            }
        };
        let enquiry = &opened.enquiry;
        let opening = Opening {
            acknowledgement: Some(fate.state()),
            unsorted_since: Some(self.now),
            ..Opening::default()
        };
        tx.enquiries().insert(enquiry, &opening).await?;
        let at = enquiry.received_at;
        let folds = self.reading.folds.clone();
        let message = self
            .write(tx, enquiry.id, MessageKind::Enquiry, at, folds)
            .await?;
        let act = Act {
            hub,
            actor: AuditActor::Correspondent(Some(correspondent.id)),
            at: self.now,
        };
        act.opened(tx, &opened, message).await?;
        let related = beside.map(|other| (other.id, RelativeReason::Stranger));
        let related = related.or(quoted.map(|other| (other, RelativeReason::Quoted)));
        self.link(tx, enquiry, related).await?;
        if became.has_namesakes {
            self.link_namesakes(tx, enquiry.id).await?;
        }
        let message_id = self.reading.mail.message_id.as_deref();
        let occasion = Occasion {
            at: self.now,
            in_reply_to: message_id
                .filter(|id| !id.contains('\0'))
                .map(|id| format!("<{id}>")),
        };
        hub.enquiries()
            .acknowledge(tx, fate, &correspondent, enquiry, &council, occasion)
            .await?;
        Ok(enquiry.id)
    }

    /// The new enquiry: nobody has said yet what it is about. One that named another goes to whoever has that.
    fn opened(
        &self,
        correspondent: &Correspondent,
        beside: Option<&Enquiry>,
    ) -> Result<Applied, Error> {
        let hub = self.hub;
        let council = hub.council();
        let topic = council.unsorted_topic().ok_or(Error::NotFound)?.clone();
        let theirs = beside.map(|other| &other.team);
        let theirs = theirs.filter(|team| council.team(team).is_some());
        let team = theirs
            .unwrap_or_else(|| council.route(&topic, None))
            .clone();
        let rules = council.rules_for(&topic, correspondent.kind);
        let new = NewEnquiry {
            id: hub.random(|random| EnquiryId::generate(self.now, random)),
            reference: hub.random(|random| Reference::generate(random)),
            topic,
            district: None,
            team,
            correspondent: correspondent.id,
            asked_by: correspondent.kind,
            channel: Channel::Email,
            received_at: self.incoming.mail.received_at,
            promise_id: hub.random(|random| PromiseId::generate(self.now, random)),
        };
        let opened = Enquiry::opened(new, &rules);
        let Some(officer) = beside.and_then(|other| other.officer) else {
            return Ok(opened);
        };
        let event = Event::Assigned {
            at: self.now,
            officer: Some(officer),
        };
        then(opened, &event, &rules, "officer")
    }

    /// Shows the new enquiry beside those that it has to do with, and gives it back where its officer is away.
    async fn link(
        &self,
        tx: &mut Tx,
        enquiry: &Enquiry,
        related: Option<(EnquiryId, RelativeReason)>,
    ) -> Result<(), Error> {
        if let Some((other, reason)) = related {
            tx.relatives()
                .link(enquiry.id, other, reason, self.now)
                .await?;
        }
        if let Some(officer) = enquiry.officer {
            let kind = jobs::Kind::ReturnEnquiries;
            jobs::enqueue(self.hub, tx, kind, officer.as_uuid(), self.now).await?;
        }
        Ok(())
    }

    /// Shows the new enquiry beside those that another mail with this Message-ID became.
    async fn link_namesakes(&self, tx: &mut Tx, enquiry: EnquiryId) -> Result<(), Error> {
        let id = self.incoming.mail.id;
        for other in tx.intake().with_same_message_id(id).await? {
            let became = tx.mailed().became(other).await?;
            if let Some((other, _)) = became.filter(|(other, _)| *other != enquiry) {
                let reason = RelativeReason::SameMessageId;
                let mut relatives = tx.relatives();
                relatives.link(enquiry, other, reason, self.now).await?;
            }
        }
        Ok(())
    }

    /// Writes the message, and what it came with.
    async fn write(
        &self,
        tx: &mut Tx,
        enquiry: EnquiryId,
        kind: MessageKind,
        at: Timestamp,
        folds: Vec<Fold>,
    ) -> Result<MessageId, Error> {
        let reading = self.reading;
        let id = self
            .hub
            .random(|random| MessageId::generate(self.now, random));
        let message = NewMessage {
            id,
            enquiry,
            direction: Direction::Inbound,
            kind,
            author: None,
            body: reading.text.clone(),
            at,
            delivery: None,
            promises_on: None,
        };
        tx.messages().insert(&message).await?;
        let mailed = Mailed {
            message: id,
            incoming: self.incoming.mail.id,
            subject: reading.subject.clone(),
            sender_name: reading.sender_name.clone(),
            sender_address: reading.sender.as_ref().map(|sender| sender.normalised()),
            folds,
            problems: reading.problems.clone(),
        };
        tx.mailed().insert(&mailed).await?;
        for (ordinal, attachment) in (0..).zip(&reading.mail.attachments) {
            let row = Attachment {
                message: id,
                ordinal,
                name: Some(super::storable_start(&attachment.name, 255)),
                media_type: super::storable_start(&attachment.media_type, 255),
                size: attachment.content.len() as u64,
                sha256: attachment.sha256,
                inline: attachment.inline,
            };
            tx.mailed().insert_attachment(&row).await?;
        }
        Ok(id)
    }

    /// From when a promise counts: from when the mail came, unless that is the same day anyway. Then from now, so
    /// that a reply which was written before anybody could read the mail does not seem to answer it.
    fn counted_from(&self) -> Timestamp {
        let received_at = self.incoming.mail.received_at;
        if london_date(received_at) == london_date(self.now) {
            self.now
        } else {
            received_at
        }
    }

    /// Whose deed it is: the correspondent's own, or that of somebody else who has a part in the enquiry.
    async fn act(&self, tx: &mut Tx, enquiry: &Enquiry) -> Result<Act<'_>, Error> {
        let asked = tx.correspondents().get(enquiry.correspondent).await?;
        let address = asked.and_then(|correspondent| correspondent.email);
        let theirs = address.map(|address| address.normalised())
            == self
                .reading
                .sender
                .as_ref()
                .map(|sender| sender.normalised());
        Ok(Act {
            hub: self.hub,
            actor: AuditActor::Correspondent(theirs.then_some(enquiry.correspondent)),
            at: self.now,
        })
    }
}
