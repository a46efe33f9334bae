//! Writing a report down, and what follows from it: for the mail, its message, the acknowledgement, the promise.

use domain::{
    codes::{DeliveryState, MessageKind, ReportAction, ReportEvidence},
    enquiry::{Enquiry, Event},
    ids::{EnquiryId, IncomingId, MessageId, PromiseId, ReportId},
    promise::PromiseOutcome,
};
use jiff::Timestamp;
use mail::transport::fit_to_keep;
use store::{AcknowledgementState, AuditActor, Mail, Report, Tx};

use super::{Reported, ReportedRecipient};
use crate::{Error, Hub, enquiries::record::Act};

/// Keeps the report; where it is about a mail of ours and takes that one further, writes what follows.
pub(super) async fn write(
    hub: &Hub,
    tx: &mut Tx,
    reported: &Reported,
    mail: Option<&Mail>,
    evidence: ReportEvidence,
) -> Result<(), Error> {
    let said = what_it_says(reported);
    let report = Report {
        id: hub.random(|random| ReportId::generate(hub.now(), random)),
        arrived: reported.arrived,
        received_at: reported.received_at,
        mail: mail.map(|mail| mail.mail.id),
        evidence,
        action: said.action,
        enhanced_status: said.status.clone(),
        said: said.words(),
    };
    tx.deliveries().add_report(&report).await?;
    let Some(mail) = mail else {
        return Ok(());
    };
    if tx.erasure().is_erased(mail.mail.enquiry).await? {
        return erased_too(tx, reported, hub.now()).await;
    }
    let Some(state) = state_after(said.action) else {
        return Ok(());
    };
    let id = mail.mail.id;
    if tx.outbox().mark_reported(id, state, &report.said).await? {
        followed(hub, tx, mail, state).await?;
    }
    Ok(())
}

/// It is about a mail that was erased: nothing follows, and of the report itself, which names the person once more, no
/// more is left than of the mail.
async fn erased_too(tx: &mut Tx, reported: &Reported, at: Timestamp) -> Result<(), Error> {
    if let Some(arrived) = reported.arrived {
        let arrived = IncomingId::from_uuid(arrived);
        tx.intake().erase(arrived, at).await?;
        tx.intake().remove_raw(arrived).await?;
    }
    Ok(())
}

/// The worst that a report says of anybody; of nobody, that it failed.
struct Worst {
    action: ReportAction,
    status: Option<String>,
    diagnostic: Option<String>,
}

impl Worst {
    /// What is told and kept: without addresses.
    fn words(&self) -> String {
        let diagnostic = self.diagnostic.as_deref().unwrap_or_default();
        let status = self.status.as_deref();
        let status = status.filter(|status| !diagnostic.contains(status));
        fit_to_keep(&format!("{} {diagnostic}", status.unwrap_or_default()))
    }
}

fn what_it_says(reported: &Reported) -> Worst {
    let worst = reported.recipients.iter().min_by_key(|one| rank(one));
    worst.map_or(
        Worst {
            action: ReportAction::Failed,
            status: None,
            diagnostic: None,
        },
        |one| Worst {
            action: one.action,
            status: one.status.clone(),
            diagnostic: one.diagnostic.clone(),
        },
    )
}

const fn rank(one: &ReportedRecipient) -> u8 {
    match one.action {
        ReportAction::Failed => 0,
        ReportAction::Delayed => 1,
        ReportAction::Relayed | ReportAction::Expanded => 2,
        ReportAction::Delivered => 3,
    }
}

/// That it went on to a list, or to a server that reports nothing, says nothing of its arrival.
const fn state_after(action: ReportAction) -> Option<DeliveryState> {
    match action {
        ReportAction::Failed => Some(DeliveryState::Bounced),
        ReportAction::Delayed => Some(DeliveryState::Delayed),
        ReportAction::Delivered => Some(DeliveryState::Delivered),
        ReportAction::Relayed | ReportAction::Expanded => None,
    }
}

async fn followed(hub: &Hub, tx: &mut Tx, mail: &Mail, state: DeliveryState) -> Result<(), Error> {
    let row = &mail.mail;
    let act = Act {
        hub,
        actor: AuditActor::System,
        at: hub.now(),
    };
    let deed = format!("mail-{state}");
    act.note(tx, &deed, row.enquiry, Some(row.id.as_uuid()), None)
        .await?;
    if let Some(message) = row.message {
        tx.messages().set_delivery(message, state).await?;
    }
    if state != DeliveryState::Bounced {
        return Ok(());
    }
    match (row.kind, row.message) {
        (MessageKind::Acknowledgement, _) => {
            let failed = AcknowledgementState::Failed;
            tx.enquiries()
                .set_acknowledgement(row.enquiry, failed)
                .await?;
            Ok(())
        }
        (MessageKind::Reply, Some(message)) => came_back(tx, &act, mail, message).await,
        (MessageKind::HoldingReply, Some(message)) => not_told(tx, &act, mail, message).await,
        (MessageKind::WaitingForYou, Some(message)) => not_asked(tx, &act, mail, message).await,
        _ => Ok(()),
    }
}

/// The reply never arrived: what it kept is not kept.
async fn came_back(
    tx: &mut Tx,
    act: &Act<'_>,
    mail: &Mail,
    message: MessageId,
) -> Result<(), Error> {
    let enquiry = held(tx, mail).await?;
    let Some(promise) = kept_by(&enquiry, message) else {
        // A later promise runs, or it kept nothing.
        tx.promises().answer_came_back(message).await?;
        return Ok(());
    };
    let said = tx.messages().get(message).await?;
    if let Some(said) = said.filter(|said| said.enquiry != enquiry.id) {
        tx.promises().answer_came_back(message).await?;
        return goes_on_there(tx, act, said.enquiry, message, promise).await;
    }
    let instead = other_answer(tx, &enquiry, message, promise).await?;
    let event = Event::AnswerCameBack {
        at: act.at,
        message,
        instead,
    };
    apply(tx, act, &enquiry, &event).await
}

/// The enquiry was joined into another: who asked waits there, unless something else answered them.
async fn goes_on_there(
    tx: &mut Tx,
    act: &Act<'_>,
    joined_into: EnquiryId,
    message: MessageId,
    since: Timestamp,
) -> Result<(), Error> {
    let hub = act.hub;
    tx.enquiries().hold(joined_into).await?;
    let enquiry = tx.enquiries().get(joined_into).await?;
    let enquiry = enquiry.ok_or(Error::NotFound)?;
    let waits = enquiry.running_promise().is_some();
    if waits || other_answer(tx, &enquiry, message, since).await?.is_some() {
        return Ok(());
    }
    let event = Event::MessageReceived {
        at: since,
        promise_id: hub.random(|random| PromiseId::generate(act.at, random)),
    };
    apply(tx, act, &enquiry, &event).await
}

/// When the message came that the reply answered, if the reply kept the last promise.
fn kept_by(enquiry: &Enquiry, message: MessageId) -> Option<Timestamp> {
    let promise = enquiry.promise.as_ref()?;
    match promise.outcome {
        PromiseOutcome::Kept { message: by, .. } if by == message => Some(promise.received_at),
        _ => None,
    }
}

/// The first other answer that reached them since: a reply that a server took, or a conversation or letter.
async fn other_answer(
    tx: &mut Tx,
    enquiry: &Enquiry,
    message: MessageId,
    since: Timestamp,
) -> Result<Option<(Timestamp, MessageId)>, Error> {
    let said = tx.messages().for_enquiry(enquiry.id).await?;
    let reached = |delivery| {
        matches!(
            delivery,
            None | Some(DeliveryState::Sent | DeliveryState::Delivered | DeliveryState::Delayed)
        )
    };
    let other = said.iter().find(|other| {
        other.kind.can_answer()
            && other.id != message
            && other.at >= since
            && reached(other.delivery)
    });
    Ok(other.map(|other| (other.at, other.id)))
}

/// The holding reply never arrived: they were told no new day.
async fn not_told(
    tx: &mut Tx,
    act: &Act<'_>,
    mail: &Mail,
    message: MessageId,
) -> Result<(), Error> {
    let enquiry = held(tx, mail).await?;
    let message = tx.messages().get(message).await?;
    let days = message.and_then(|message| message.promises_on.zip(message.moved_from));
    let Some((promised, back_to)) = days else {
        return Ok(());
    };
    let event = Event::HoldingReplyCameBack {
        at: act.at,
        promised,
        back_to,
    };
    apply(tx, act, &enquiry, &event).await
}

/// The question never arrived: the pause that waits for its answer is over.
async fn not_asked(
    tx: &mut Tx,
    act: &Act<'_>,
    mail: &Mail,
    message: MessageId,
) -> Result<(), Error> {
    let enquiry = held(tx, mail).await?;
    let last = tx.pauses().last_of(enquiry.id).await?;
    if last.is_none_or(|pause| pause.message != message) {
        return Ok(());
    }
    let event = Event::QuestionCameBack { at: act.at };
    apply(tx, act, &enquiry, &event).await
}

async fn held(tx: &mut Tx, mail: &Mail) -> Result<Enquiry, Error> {
    let id = mail.mail.enquiry;
    tx.enquiries().hold(id).await?;
    let enquiry = tx.enquiries().get(id).await?;
    enquiry.ok_or(Error::NotFound)
}

async fn apply(tx: &mut Tx, act: &Act<'_>, enquiry: &Enquiry, event: &Event) -> Result<(), Error> {
    let rules = act.hub.council().rules_of(enquiry);
    let applied = enquiry.apply(event, &rules).map_err(Error::internal)?;
    if !applied.changes.is_empty() {
        act.changed(tx, enquiry, &applied).await?;
    }
    Ok(())
}
