//! The same rows in the same transactions as a mail that came in, with what is known beforehand: nothing is read,
//! neither the mail nor what the database holds of others.

use std::{
    fs,
    path::{Path, PathBuf},
};

use domain::{
    clock::Clock as _,
    codes::{
        AttemptOutcome, Channel, ContactPreference, CorrespondentKind, Direction, FoldKind,
        IncomingState, MessageKind,
    },
    correspondent::Correspondent,
    enquiry::{Enquiry, NewEnquiry},
    ids::{AuditId, CorrespondentId, EnquiryId, IncomingId, JobId, MailId, MessageId, PromiseId},
    reference::Reference,
};
use hub::Hub;
use jiff::{SignedDuration, Timestamp};
use rand::{RngCore, SeedableRng, rngs::StdRng};
use store::{
    AcknowledgementState, Attachment, Attempt, AuditActor, AuditEntry, Database, Fold, Job, Lane,
    Link, Mailed, NewIncoming, NewJob, NewMail, NewMessage, Opening, Tx,
};
use tokio::sync::mpsc;

use super::letters::{DOCUMENT_ABOVE, words};
use crate::{
    bench::{Outcome, running_clock::RunningClock},
    council::sample_council,
};

const LEASE: SignedDuration = SignedDuration::from_mins(2);
/// What a mail of 400 KB brings, decoded.
const DOCUMENT: usize = 290 * 1024;
/// How many deeds the audit holds of a mail that opens an enquiry, and of one that was sent.
const DEEDS: [usize; 2] = [2, 1];

/// Writes the rows.
#[derive(Clone)]
pub(super) struct Plain {
    database: Database,
    clock: RunningClock,
    random: StdRng,
    folder: PathBuf,
    /// An acknowledgement as it was written for a real mail.
    acknowledgement: NewMail,
}

/// A mail that is taken in and not yet filed.
struct TakenIn {
    incoming: IncomingId,
    bytes: usize,
}

impl Plain {
    /// With the acknowledgement of the enquiry that is there.
    pub(super) async fn after(hub: &Hub, folder: &Path) -> Outcome<Self> {
        fs::create_dir(folder)?;
        let mut tx = hub.database().read().await?;
        let standing = tx.intake().standing(IncomingState::Filed, None, 1).await?;
        let first = standing.first().ok_or("nothing was filed")?;
        let became = tx.mailed().became(first.mail.id).await?;
        let (enquiry, _) = became.ok_or("it became nothing")?;
        let mails = tx.outbox().for_enquiry(enquiry).await?;
        let mail = mails.into_iter().next().ok_or("it was not acknowledged")?;
        Ok(Self {
            database: hub.database().clone(),
            clock: RunningClock::start(),
            random: StdRng::seed_from_u64(2),
            folder: folder.to_owned(),
            acknowledgement: mail.mail,
        })
    }

    fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Another one, for a task beside this one.
    fn beside(&mut self) -> Self {
        Self {
            random: StdRng::seed_from_u64(self.random.next_u64()),
            ..self.clone()
        }
    }

    /// Takes in, files and acknowledges beside one another: one task takes in, and another files and acknowledges, as
    /// a server's worker does.
    pub(super) async fn write_all(&mut self, mails: Vec<Vec<u8>>) -> Outcome<()> {
        let (take, mut taken) = mpsc::unbounded_channel();
        let (file, mut filed) = mpsc::unbounded_channel();
        let mut taking = self.beside();
        let (mut filing, mut acknowledging) = (self.beside(), self.beside());
        let taking = tokio::spawn(async move {
            for raw in mails {
                let incoming = taking.take_in(&raw).await?;
                let bytes = raw.len();
                take.send(TakenIn { incoming, bytes })?;
            }
            Outcome::Ok(())
        });
        let filing = async move {
            let mut next = None;
            while let Some(mail) = taken.recv().await {
                let job = filing.leased(Lane::Ours, next.take()).await?;
                let (enquiry, sent, then) = filing.file(&mail, &job).await?;
                next = then;
                file.send((enquiry, sent))?;
            }
            Outcome::Ok(())
        };
        let acknowledging = async move {
            let mut next = None;
            while let Some((enquiry, mail)) = filed.recv().await {
                let job = acknowledging.leased(Lane::Sending, next.take()).await?;
                next = acknowledging.acknowledge(enquiry, mail, &job).await?;
            }
            Outcome::Ok(())
        };
        let worker = tokio::spawn(async { tokio::try_join!(filing, acknowledging) });
        taking.await??;
        worker.await??;
        Ok(())
    }

    /// The mail itself, and the job that files it.
    async fn take_in(&mut self, raw: &[u8]) -> Outcome<IncomingId> {
        let (now, random) = (self.now(), &mut self.random);
        let (mut content_key, mut sha256) = ([0; 32], [0; 32]);
        random.fill_bytes(&mut content_key);
        random.fill_bytes(&mut sha256);
        let id = IncomingId::generate(now, random);
        let new = NewIncoming {
            id,
            content_key,
            sha256,
            size: raw.len() as u64,
            message_id: Some(format!("{id}@example.net")),
            envelope_from: Some("pat@example.net".to_owned()),
            envelope_to: Some("enquiries@send.example.org".to_owned()),
            received_at: now,
            stored_at: now,
        };
        let job = NewJob {
            id: JobId::generate(now, random),
            lane: Lane::Ours,
            kind: "file-message",
            subject: id.as_uuid(),
            run_at: now,
            created_at: now,
        };
        let mut tx = self.database.begin().await?;
        tx.intake().insert(&new).await?;
        tx.intake().insert_raw(id, raw).await?;
        tx.jobs().enqueue(&job).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Gives what is to be acknowledged, and the job that was leased as the last one ended, if one waited.
    async fn file(
        &mut self,
        mail: &TakenIn,
        job: &Job,
    ) -> Outcome<(EnquiryId, MailId, Option<Job>)> {
        let document = (mail.bytes > DOCUMENT_ABOVE)
            .then(|| self.document())
            .transpose()?;
        let mut tx = self.database.begin().await?;
        let (enquiry, sent) = self.open(&mut tx, mail, document).await?;
        let next = self.done_and_lease(Lane::Ours, tx, job).await?;
        Ok((enquiry, sent, next))
    }

    async fn acknowledge(
        &mut self,
        enquiry: EnquiryId,
        mail: MailId,
        job: &Job,
    ) -> Outcome<Option<Job>> {
        let mut tx = self.database.begin().await?;
        self.acknowledged(&mut tx, enquiry, mail).await?;
        self.done_and_lease(Lane::Sending, tx, job).await
    }

    /// The job that was leased before, or the next that is due.
    async fn leased(&self, lane: Lane, before: Option<Job>) -> Outcome<Job> {
        if let Some(job) = before {
            return Ok(job);
        }
        let now = self.now();
        let job = self.database.lease_waiting(lane, now, now + LEASE).await?;
        Ok(job.ok_or("no job is due")?)
    }

    async fn done_and_lease(&self, lane: Lane, mut tx: Tx, job: &Job) -> Outcome<Option<Job>> {
        let now = self.now();
        tx.jobs().done(job, now).await?;
        let mut jobs = tx.jobs();
        let next = jobs.lease_waiting(lane, now, now + LEASE, 1).await?.pop();
        tx.commit().await?;
        Ok(next)
    }

    /// A file as large as the document, put in its place when it is whole.
    fn document(&mut self) -> Outcome<[u8; 32]> {
        let mut hash = [0; 32];
        self.random.fill_bytes(&mut hash);
        let name: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        let staged = self.folder.join("staged");
        fs::write(&staged, vec![0x5a; DOCUMENT])?;
        fs::rename(&staged, self.folder.join(name))?;
        Ok(hash)
    }

    async fn open(
        &mut self,
        tx: &mut Tx,
        taken: &TakenIn,
        document: Option<[u8; 32]>,
    ) -> Outcome<(EnquiryId, MailId)> {
        let (incoming, body) = (taken.incoming, words(1, taken.bytes));
        let length = body.len();
        let now = self.now();
        let correspondent = self.correspondent(now)?;
        let enquiry = self.enquiry(&correspondent, now)?;
        let message = MessageId::generate(now, &mut self.random);
        let address = correspondent.email.clone().ok_or("an address")?;
        tx.intake()
            .become_of(
                incoming,
                IncomingState::Received,
                IncomingState::Filed,
                None,
                now,
            )
            .await?;
        tx.correspondents().insert(&correspondent, now).await?;
        let opening = Opening {
            acknowledgement: Some(AcknowledgementState::Queued),
            unsorted_since: Some(now),
            ..Opening::default()
        };
        tx.enquiries().insert(&enquiry, &opening).await?;
        tx.messages()
            .insert(&said(message, enquiry.id, body, now))
            .await?;
        tx.mailed()
            .insert(&mailed(message, incoming, address.normalised(), length))
            .await?;
        if let Some(sha256) = document {
            tx.mailed()
                .insert_attachment(&attached(message, sha256))
                .await?;
        }
        if let Some(promise) = &enquiry.promise {
            tx.promises().insert(promise).await?;
        }
        self.deeds(tx, enquiry.id, DEEDS[0]).await?;
        let link = Link {
            id: MailId::generate(now, &mut self.random).as_uuid(),
            enquiry: enquiry.id,
            created_at: now,
            expires_at: now + LEASE,
            revoked_at: None,
        };
        tx.links().insert(&link).await?;
        let id = MailId::generate(now, &mut self.random);
        let mail = NewMail {
            id,
            enquiry: enquiry.id,
            to_address: address,
            message_id: format!("<{id}@send.example.org>"),
            created_at: now,
            ..self.acknowledgement.clone()
        };
        tx.outbox().insert(&mail).await?;
        let job = JobId::generate(now, &mut self.random);
        let job = NewJob {
            id: job,
            lane: Lane::Sending,
            kind: "send-mail",
            subject: id.as_uuid(),
            run_at: now,
            created_at: now,
        };
        tx.jobs().enqueue(&job).await?;
        Ok((enquiry.id, id))
    }

    async fn acknowledged(&mut self, tx: &mut Tx, enquiry: EnquiryId, mail: MailId) -> Outcome<()> {
        let now = self.now();
        tx.outbox().mark_sent(mail, now, "250 2.0.0 taken").await?;
        let attempt = Attempt {
            at: now,
            outcome: AttemptOutcome::Taken,
            reply_code: Some(250),
            enhanced_status: Some("2.0.0".to_owned()),
            said: "250 2.0.0 taken".to_owned(),
        };
        tx.deliveries().add_attempt(mail, &attempt).await?;
        self.deeds(tx, enquiry, DEEDS[1]).await?;
        tx.enquiries()
            .set_acknowledgement(enquiry, AcknowledgementState::Sent)
            .await?;
        Ok(())
    }

    async fn deeds(&mut self, tx: &mut Tx, enquiry: EnquiryId, count: usize) -> Outcome<()> {
        let now = self.now();
        let deeds: Vec<AuditEntry> = (0..count)
            .map(|_| AuditEntry {
                id: AuditId::generate(now, &mut self.random),
                at: now,
                actor: AuditActor::System,
                action: "enquiry-received".to_owned(),
                enquiry: Some(enquiry),
                subject: Some(enquiry.as_uuid()),
                detail: None,
            })
            .collect();
        tx.audit().append_all(&deeds).await?;
        Ok(())
    }

    fn correspondent(&mut self, now: Timestamp) -> Outcome<Correspondent> {
        let id = CorrespondentId::generate(now, &mut self.random);
        Ok(Correspondent {
            id,
            kind: CorrespondentKind::Other,
            name: format!("Pat Zebrawood {id}"),
            email: Some(format!("pat-{id}@example.net").parse()?),
            telephone: None,
            postal_address: None,
            organisation: None,
            preference: ContactPreference::Email,
            support: Vec::new(),
            interpreter_language: None,
            safe_contact: None,
        })
    }

    fn enquiry(&mut self, correspondent: &Correspondent, now: Timestamp) -> Outcome<Enquiry> {
        let council = sample_council();
        let topic = council.unsorted_topic().ok_or("no topic")?.clone();
        let new = NewEnquiry {
            id: EnquiryId::generate(now, &mut self.random),
            reference: Reference::generate(&mut self.random),
            team: council.route(&topic, None).clone(),
            topic: topic.clone(),
            district: None,
            correspondent: correspondent.id,
            asked_by: correspondent.kind,
            channel: Channel::Email,
            received_at: now,
            promise_id: PromiseId::generate(now, &mut self.random),
        };
        let rules = council.rules_for(&topic, correspondent.kind);
        Ok(Enquiry::opened(new, &rules).enquiry)
    }
}

fn said(id: MessageId, enquiry: EnquiryId, body: String, at: Timestamp) -> NewMessage {
    NewMessage {
        id,
        enquiry,
        direction: Direction::Inbound,
        kind: MessageKind::Enquiry,
        author: None,
        body,
        at,
        delivery: None,
        promises_on: None,
    }
}

fn mailed(message: MessageId, incoming: IncomingId, address: String, bytes: usize) -> Mailed {
    Mailed {
        message,
        incoming,
        subject: Some("When does it begin?".to_owned()),
        sender_name: Some("Pat Zebrawood".to_owned()),
        sender_address: Some(address),
        folds: vec![Fold {
            kind: FoldKind::New,
            bytes,
        }],
        problems: Vec::new(),
    }
}

fn attached(message: MessageId, sha256: [u8; 32]) -> Attachment {
    Attachment {
        message,
        ordinal: 0,
        name: Some("plan.pdf".to_owned()),
        media_type: "application/pdf".to_owned(),
        size: DOCUMENT as u64,
        sha256,
        inline: false,
    }
}
