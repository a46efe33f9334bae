//! Opening an enquiry's file. Reading it is written down: the file is about a child.

use domain::{
    codes::{Channel, ClearReason, DeliveryState, Direction, MessageKind},
    correspondent::{ChildDetails, Correspondent},
    enquiry::{Enquiry, State},
    escalation::{EscalationStep, was_late},
    ids::{EnquiryId, MailId, MessageId},
    reference::Reference,
};
use jiff::{Timestamp, civil::Date};
use store::{AcknowledgementState, Marks, ReplyDraft, Tx};

use super::{
    Beside, ByMail, Colleague, Desk, Due, Seen, Sharing, by_mail,
    holding_reply::{asks_something, days_offered},
    pause::ends_offered,
    relatives::beside,
    shared,
    take_back::is_reply,
    undelivered::next_attempt,
};
use crate::{
    Actor, Error,
    policy::{Act, permit},
};

/// Everything about one enquiry.
#[derive(Debug, Clone)]
pub struct EnquiryFile {
    /// The enquiry and its promise.
    pub enquiry: Enquiry,
    /// What it is about.
    pub topic: String,
    /// Where the child lives, if that was said.
    pub district: Option<String>,
    /// Whose it is.
    pub team: String,
    /// Who took it.
    pub officer: Option<String>,
    /// The day on which they are back, if they are away.
    pub officer_away_until: Option<Date>,
    /// Who asked, and what they need from us.
    pub correspondent: Correspondent,
    /// What was told about the child.
    pub child: ChildDetails,
    /// What was said, oldest first.
    pub messages: Vec<FileMessage>,
    /// What was mailed or is to be.
    pub mails: Vec<FileMail>,
    /// Who was told that a promise is in danger, the earliest first.
    pub escalations: Vec<FileEscalation>,
    /// What became of the acknowledgement.
    pub acknowledgement: Option<AcknowledgementState>,
    /// How near the promised date is.
    pub due: Due,
    /// What this page shows, for its forms to carry.
    pub seen: Seen,
    /// The days that a holding reply may promise; none while one waits to be sent.
    pub days_to_hold_until: Vec<Date>,
    /// The enquiries that stand beside it.
    pub beside: Beside,
    /// The days until which an officer may wait for them; none while something is asked already.
    pub days_to_wait_until: Vec<Date>,
    /// The last pause that began.
    pub pause: Option<store::Pause>,
    /// Whether the person wants to be answered by e-mail.
    pub can_reply_by_mail: bool,
    /// The call back that was promised, whether one of us is to remind them, and whether it is sorted.
    pub marks: Marks,
    /// Others who have the same e-mail address or telephone.
    pub shared_with: Vec<Sharing>,
    /// The reply that the officer who looks has not finished.
    pub draft: Option<ReplyDraft>,
    /// Those to whom it may be passed.
    pub colleagues: Vec<Colleague>,
}

/// One step of a promise's escalation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileEscalation {
    /// Which.
    pub step: EscalationStep,
    /// When it was due.
    pub due_at: Timestamp,
    /// When it was done.
    pub done_at: Timestamp,
    /// Whether that was late.
    pub late: bool,
    /// Who was told; nobody, when a later step, an answer or a new day made it needless.
    pub told: Vec<String>,
}

/// One message of the thread.
#[derive(Debug, Clone)]
pub struct FileMessage {
    /// Its id.
    pub id: MessageId,
    /// What it is.
    pub kind: MessageKind,
    /// Which way it went.
    pub direction: Direction,
    /// The officer who wrote it.
    pub author: Option<String>,
    /// Its words.
    pub body: String,
    /// When it was said.
    pub at: Timestamp,
    /// Whether it was sent, for what is mailed.
    pub delivery: Option<DeliveryState>,
    /// The day that a holding reply promises.
    pub promises_on: Option<Date>,
    /// What it came with, if it came by mail.
    pub by_mail: Option<ByMail>,
    /// How it came, as its author says who wrote it down.
    pub logged_as: Option<Channel>,
}

/// One mail of the outbox.
#[derive(Debug, Clone)]
pub struct FileMail {
    /// Its id.
    pub id: MailId,
    /// What it carries.
    pub kind: MessageKind,
    /// Where it stands.
    pub state: DeliveryState,
    /// When it was written.
    pub created_at: Timestamp,
    /// When a server took it.
    pub sent_at: Option<Timestamp>,
    /// How often it was tried in vain.
    pub attempts: u32,
    /// When it is tried again.
    pub next_at: Option<Timestamp>,
    /// What the last try came to, or a report since.
    pub last_error: Option<String>,
    /// Why a person took it off the list of the undelivered, if one did.
    pub cleared: Option<ClearReason>,
}

impl Desk<'_> {
    /// The file of one enquiry.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none, or not for this person.
    pub async fn enquiry(
        &self,
        actor: &Actor,
        reference: &Reference,
    ) -> Result<EnquiryFile, Error> {
        let permit = permit(actor, Act::OpenFile)?;
        let hub = self.0;
        let council = hub.council();
        let mut tx = hub.database().begin().await?;
        let enquiry = self.find(&mut tx, &permit, reference).await?;
        self.act(actor)
            .note(&mut tx, "enquiry-read", enquiry.id, None, None)
            .await?;
        let correspondent = tx.correspondents().get(enquiry.correspondent).await?;
        let correspondent = correspondent.ok_or(Error::NotFound)?;
        let officer = match enquiry.officer {
            Some(id) => tx.accounts().by_id(id).await?,
            None => None,
        };
        let messages = tx.messages().for_enquiry(enquiry.id).await?;
        let by_mail = by_mail::of_messages(&mut tx, enquiry.id, &messages).await?;
        let mut mails = Vec::new();
        for mail in tx.outbox().for_enquiry(enquiry.id).await? {
            let next_at = next_attempt(&mut tx, &mail).await?;
            mails.push(FileMail::of(mail, next_at));
        }
        let asks = messages.iter().any(asks_something);
        let file = EnquiryFile {
            topic: council.topic_name(&enquiry.topic),
            district: enquiry
                .district
                .as_ref()
                .map(|key| council.district_name(key)),
            team: council.team_name(&enquiry.team),
            officer_away_until: officer
                .as_ref()
                .and_then(|account| account.away_until)
                .filter(|until| *until > hub.today()),
            officer: officer.map(|account| account.name),
            child: tx.enquiries().child(enquiry.id).await?,
            days_to_hold_until: if asks {
                Vec::new()
            } else {
                days_offered(hub, &enquiry, hub.now())
            },
            days_to_wait_until: if asks {
                Vec::new()
            } else {
                ends_offered(hub, &enquiry, hub.now())
            },
            pause: tx.pauses().last_of(enquiry.id).await?,
            seen: Seen::of(&enquiry, messages.len()),
            messages: messages
                .into_iter()
                .zip(by_mail)
                .map(|(message, by_mail)| FileMessage {
                    by_mail,
                    ..FileMessage::from(message)
                })
                .collect(),
            beside: beside(&mut tx, &enquiry).await?,
            mails,
            escalations: escalations(&mut tx, enquiry.id).await?,
            acknowledgement: tx.enquiries().acknowledgement(enquiry.id).await?,
            due: due(&enquiry, hub.now()),
            can_reply_by_mail: correspondent.hears_by_email(),
            marks: tx.enquiries().marks(enquiry.id).await?,
            draft: {
                let (id, now) = (permit.officer.id, hub.now());
                tx.reply_drafts().of(enquiry.id, id, now).await?
            },
            colleagues: self.colleagues(&mut tx).await?,
            shared_with: shared::sharing(&mut tx, &correspondent).await?,
            correspondent,
            enquiry,
        };
        tx.commit().await?;
        Ok(file)
    }
}

async fn escalations(tx: &mut Tx, enquiry: EnquiryId) -> Result<Vec<FileEscalation>, Error> {
    let done = tx.escalations().of_enquiry(enquiry).await?;
    Ok(done
        .into_iter()
        .map(|done| FileEscalation {
            step: done.step,
            due_at: done.due_at,
            done_at: done.done_at,
            late: was_late(done.due_at, done.done_at),
            told: done.told,
        })
        .collect())
}

/// As the queue shows it: while an enquiry is paused, its promise's old day counts for nothing.
fn due(enquiry: &Enquiry, now: Timestamp) -> Due {
    match (&enquiry.state, enquiry.running_promise()) {
        (State::Promised, Some(promise)) => Due::of(promise.due_at, now),
        _ => Due::None,
    }
}

impl From<store::Message> for FileMessage {
    fn from(message: store::Message) -> Self {
        Self {
            id: message.id,
            kind: message.kind,
            direction: message.direction,
            author: message.author.map(|author| author.name),
            body: message.body,
            at: message.at,
            delivery: message.delivery,
            promises_on: message.promises_on,
            by_mail: None,
            logged_as: message.logged_as,
        }
    }
}

impl FileMail {
    /// For how many more seconds a reply can be taken back; `None` when it cannot.
    #[must_use]
    pub fn can_be_taken_back_for(&self, now: Timestamp) -> Option<i64> {
        let left = self.can_be_taken_back_until(now)?.duration_since(now);
        Some(left.as_secs().max(1))
    }

    /// Until when a reply can be taken back; `None` when it cannot.
    #[must_use]
    pub fn can_be_taken_back_until(&self, now: Timestamp) -> Option<Timestamp> {
        let untried = self.state == DeliveryState::Waiting && self.attempts == 0;
        let until = self.next_at?;
        (untried && is_reply(self.kind) && until > now).then_some(until)
    }

    fn of(mail: store::Mail, next_at: Option<Timestamp>) -> Self {
        Self {
            id: mail.mail.id,
            kind: mail.mail.kind,
            state: mail.state,
            created_at: mail.mail.created_at,
            sent_at: mail.sent_at,
            attempts: mail.attempts,
            next_at,
            last_error: mail.last_error,
            cleared: mail.cleared,
        }
    }
}
