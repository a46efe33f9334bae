//! Sending the form: ticket, message, promise, audit and acknowledgement in one transaction.

use domain::{
    clock::london_date,
    codes::{Channel, Direction, MessageKind},
    correspondent::{ChildDetails, Correspondent},
    council::Council,
    email::EmailAddress,
    enquiry::{Applied, Enquiry, NewEnquiry},
    form::Faults,
    ids::{CorrespondentId, DraftId, EnquiryId, MessageId, PromiseId},
    keys::{DistrictKey, TopicKey},
    reference::Reference,
};
use jiff::{Timestamp, civil::Date};
use store::{AcknowledgementState, NewMessage, Opening, Tx};
use url::Url;

use super::{
    AskedAbout, Draft, Enquiries, Step,
    acknowledge::{Fate, Occasion},
    answers, draft,
    record::Act,
};
use crate::{DraftToken, Error};

/// How often a reference is drawn that another enquiry has.
const DRAWS: u32 = 3;

/// What the person is told once the enquiry is committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submitted {
    /// What to quote.
    pub reference: Reference,
    /// When it was received.
    pub received_at: Timestamp,
    /// The day by which a person will have answered.
    pub due_on: Date,
    /// How many working days that is.
    pub working_days: u16,
    /// Who will answer.
    pub team: String,
    /// Whether an e-mail is on its way.
    pub acknowledgement: Acknowledgement,
}

/// Whether an acknowledgement is on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Acknowledgement {
    /// To this address.
    Queued {
        /// Where it goes.
        to: EmailAddress,
    },
    /// None comes: the person asked to be answered otherwise, their address had too many within the
    /// hour, or no server took it.
    NoAddress,
}

/// Everything that the form told us, read and right.
struct Told {
    topic: TopicKey,
    district: Option<DistrictKey>,
    correspondent: Correspondent,
    child: ChildDetails,
    message: String,
}

impl Enquiries<'_> {
    /// Sends a draft. Pressed twice, it is one enquiry: the second press is told of the first.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such draft; [`Error::Refused`] with the field `check`
    /// when something is still to be answered; [`Error::Internal`] when it could not be
    /// committed: then nothing was.
    pub async fn submit(&self, token: &DraftToken) -> Result<Submitted, Error> {
        let mut tries = 1;
        loop {
            let refused = match self.send(token).await {
                // Another press of the same button was committed first: the database takes no second enquiry of
                // one draft, and a draft that was sent is empty.
                Err(error @ (Error::Stale | Error::Refused(_))) => error,
                other => return other,
            };
            if let Some(submitted) = self.submitted(token).await? {
                return Ok(submitted);
            }
            // Or another enquiry has the reference, which is one of billions: draw again.
            if matches!(refused, Error::Refused(_)) || tries == DRAWS {
                return Err(refused);
            }
            tries += 1;
        }
    }

    /// Reads the draft in the same transaction, so that no answer is lost that comes meanwhile.
    async fn send(&self, token: &DraftToken) -> Result<Submitted, Error> {
        let hub = self.0;
        let council = hub.council();
        let mut tx = hub.database().begin().await?;
        let now = hub.now();
        let row = tx.drafts().find(&token.hash(), now).await?;
        let row = row.ok_or(Error::NotFound)?;
        let draft = draft::read(&row)?;
        let mut told = read(&draft, &council, london_date(now), self.new_correspondent())?;
        if let Some(service) = draft.service() {
            told.message = about(service, hub.public_url(), &told.message);
        }
        let fate = self
            .fate(&mut tx, &told.correspondent, None, None, now)
            .await?;
        let opened = self
            .open(&mut tx, &told, &fate, row.id, now, &council)
            .await?;
        let acknowledgement = self
            .acknowledge(
                &mut tx,
                fate,
                &told.correspondent,
                &opened.enquiry,
                &council,
                Occasion {
                    at: now,
                    in_reply_to: None,
                },
            )
            .await?;
        // The draft has done its work: what it held is in the enquiry now.
        let emptied = self.row(row.id, &Draft::default())?;
        tx.drafts().save(&token.hash(), &emptied).await?;
        tx.commit().await?;
        hub.jobs_waiting().ring();
        metrics::counter!("send_hub_enquiries_submitted_total").increment(1);
        Ok(told_of(&opened.enquiry, acknowledgement, &council))
    }

    /// What a sent draft became; `None` when it was not sent yet.
    ///
    /// # Errors
    /// [`Error::Internal`] when it cannot be read.
    pub async fn submitted(&self, token: &DraftToken) -> Result<Option<Submitted>, Error> {
        let hub = self.0;
        let council = hub.council();
        let mut tx = hub.database().read().await?;
        let Some(draft) = tx.drafts().find(&token.hash(), hub.now()).await? else {
            return Ok(None);
        };
        let Some((id, _)) = tx.enquiries().by_draft(draft.id).await? else {
            return Ok(None);
        };
        let enquiry = tx.enquiries().get(id).await?.ok_or(Error::NotFound)?;
        let correspondent = tx.correspondents().get(enquiry.correspondent).await?;
        let on_its_way = matches!(
            tx.enquiries().acknowledgement(id).await?,
            Some(AcknowledgementState::Queued | AcknowledgementState::Sent)
        );
        let to = correspondent
            .filter(|correspondent| on_its_way && correspondent.hears_by_email())
            .and_then(|correspondent| correspondent.email);
        let acknowledgement = to.map_or(Acknowledgement::NoAddress, |to| Acknowledgement::Queued {
            to,
        });
        Ok(Some(told_of(&enquiry, acknowledgement, &council)))
    }

    async fn open(
        &self,
        tx: &mut Tx,
        told: &Told,
        fate: &Fate,
        draft: DraftId,
        now: Timestamp,
        council: &Council,
    ) -> Result<Applied, Error> {
        let hub = self.0;
        let new = NewEnquiry {
            id: hub.random(|random| EnquiryId::generate(now, random)),
            reference: hub.random(|random| Reference::generate(random)),
            topic: told.topic.clone(),
            district: told.district.clone(),
            team: council.route(&told.topic, told.district.as_ref()).clone(),
            correspondent: told.correspondent.id,
            asked_by: told.correspondent.kind,
            channel: Channel::WebForm,
            received_at: now,
            promise_id: hub.random(|random| PromiseId::generate(now, random)),
        };
        let rules = council.rules_for(&told.topic, told.correspondent.kind);
        let opened = Enquiry::opened(new, &rules);
        let enquiry = &opened.enquiry;
        tx.correspondents().insert(&told.correspondent, now).await?;
        let opening = Opening {
            child: told.child.clone(),
            draft: Some(draft),
            acknowledgement: Some(fate.state()),
            unsorted_since: None,
        };
        tx.enquiries().insert(enquiry, &opening).await?;
        let message = NewMessage {
            id: hub.random(|random| MessageId::generate(now, random)),
            enquiry: enquiry.id,
            direction: Direction::Inbound,
            kind: MessageKind::Enquiry,
            author: None,
            body: told.message.clone(),
            at: now,
            delivery: None,
            promises_on: None,
        };
        tx.messages().insert(&message).await?;
        let act = self.act_of(told.correspondent.id, now);
        act.opened(tx, &opened, message.id).await?;
        Ok(opened)
    }

    fn new_correspondent(&self) -> CorrespondentId {
        let now = self.0.now();
        self.0
            .random(|random| CorrespondentId::generate(now, random))
    }

    pub(super) fn act_of(&self, correspondent: CorrespondentId, at: Timestamp) -> Act<'_> {
        Act {
            hub: self.0,
            actor: store::AuditActor::Correspondent(Some(correspondent)),
            at,
        }
    }
}

fn told_of(enquiry: &Enquiry, acknowledgement: Acknowledgement, council: &Council) -> Submitted {
    Submitted {
        reference: enquiry.reference,
        received_at: enquiry.received_at,
        due_on: first_due_on(enquiry),
        working_days: council.rules_of(enquiry).promise.working_days,
        team: council.team_name(&enquiry.team),
        acknowledgement,
    }
}

/// The promised day; an enquiry has a promise from its first moment.
pub(super) fn first_due_on(enquiry: &Enquiry) -> Date {
    enquiry.promise.as_ref().map_or_else(
        || london_date(enquiry.received_at),
        |promise| promise.due_on,
    )
}

/// The message as officers read it: first the service that it is about, and where that stands.
fn about(service: &AskedAbout, site: &Url, message: &str) -> String {
    let AskedAbout { slug, name } = service;
    format!("About this service: {name}\n{site}local-offer/{slug}\n\n{message}")
}

/// Reads the whole draft once more: settings may have changed since a page was answered.
fn read(draft: &Draft, council: &Council, today: Date, id: CorrespondentId) -> Result<Told, Error> {
    let missing = draft.next_missing();
    if missing != Step::Check {
        return Err(Error::Refused(Faults::one(
            "check",
            "Some questions still need an answer",
        )));
    }
    let who = answers::who(&draft.fields(Step::Who))?;
    let support = answers::support(&draft.fields(Step::Support))?;
    let reach = answers::reach(&draft.fields(Step::Reach), Some(&support))?;
    let child = match answers::about(&draft.fields(Step::AboutChild))? {
        answers::About::OneChild => answers::child(&draft.fields(Step::Child), today)?,
        answers::About::NobodyInParticular => ChildDetails::default(),
    };
    Ok(Told {
        topic: answers::topic(&draft.fields(Step::Topic), council)?,
        district: answers::district(&draft.fields(Step::District), council)?,
        message: answers::message(&draft.fields(Step::Message))?,
        child,
        correspondent: Correspondent {
            id,
            kind: who.kind,
            name: who.name,
            organisation: who.organisation,
            email: reach.email,
            telephone: reach.telephone,
            postal_address: reach.postal_address,
            preference: reach.preference,
            support: support.support,
            interpreter_language: support.interpreter_language,
            safe_contact: support.safe_contact,
        },
    })
}
