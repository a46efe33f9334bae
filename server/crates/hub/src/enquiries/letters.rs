//! Writing a letter: its words, its place in the outbox and the job that sends it, in the
//! transaction of what it is about.

use domain::{
    clock::london_date,
    codes::{EndReason, LetterKind, MessageKind, Support},
    correspondent::Correspondent,
    email::EmailAddress,
    enquiry::{Applied, Change, CloseReason, Enquiry, State},
    ids::{MailId, MessageId},
    keys::TeamKey,
};
use jiff::Timestamp;
use mail::letters::{About, Facts, Form, compose};
use store::{AuditActor, NewMail, Tx};

use super::{
    caps::{self, Cap},
    record::Act,
};
use crate::{Error, Hub, jobs};

/// A letter to be written.
#[derive(Debug, Clone)]
pub(crate) struct NewLetter<'a> {
    /// The enquiry that it is about.
    pub(crate) enquiry: &'a Enquiry,
    /// Who gets it.
    pub(crate) correspondent: &'a Correspondent,
    /// Where it goes: frozen in the outbox from now on.
    pub(crate) to: &'a EmailAddress,
    /// The message that it carries, for an officer's words.
    pub(crate) message: Option<MessageId>,
    /// What it says.
    pub(crate) about: About<'a>,
    /// The Message-ID of the mail below which a mail program shows it.
    pub(crate) in_reply_to: Option<String>,
    /// Now.
    pub(crate) at: Timestamp,
}

/// What became of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    /// It waits to be sent.
    Queued,
    /// There was too much automatic mail: it is not sent, and a person is shown that.
    Capped,
}

/// Writes a letter and the job that sends it. One that our system writes by itself is not sent when there were too many.
pub(crate) async fn write(hub: &Hub, tx: &mut Tx, new: NewLetter<'_>) -> Result<Written, Error> {
    let cap = match new.message {
        Some(_) => Cap::Free,
        None => caps::of(hub, tx, new.to, Some(new.enquiry.id), None, new.at).await?,
    };
    let told = tx.enquiries().marks(new.enquiry.id).await?.told_team;
    let team = told.as_ref().unwrap_or(&new.enquiry.team);
    let mail = composed(hub, &new, team)?;
    put(hub, tx, &mail, cap).await
}

/// The mail of a letter, in which this team speaks.
pub(crate) fn composed(hub: &Hub, new: &NewLetter<'_>, team: &TeamKey) -> Result<NewMail, Error> {
    let council = hub.council();
    let id = hub.random(|random| MailId::generate(new.at, random));
    let facts = Facts {
        council: &council,
        mail: id,
        reference: new.enquiry.reference,
        team_name: &council.team_name(team),
        about: new.about,
    };
    let letter = compose(&facts, form(new.correspondent)).map_err(Error::internal)?;
    // A letter that our system sends by itself names nobody: anybody may have typed the address.
    let to_name = new.message.map(|_| new.correspondent.name.clone());
    Ok(NewMail {
        id,
        enquiry: new.enquiry.id,
        message: new.message,
        kind: message_kind(new.about.kind()),
        to_address: new.to.clone(),
        to_name,
        subject: letter.subject,
        body_text: letter.text,
        body_html: letter.html,
        message_id: mail::outgoing::message_id(id, &council.mail.from_address),
        in_reply_to: new.in_reply_to.clone(),
        created_at: new.at,
    })
}

/// Puts a mail into the outbox, with the job that sends it unless there were too many.
pub(crate) async fn put(
    hub: &Hub,
    tx: &mut Tx,
    mail: &NewMail,
    cap: Cap,
) -> Result<Written, Error> {
    let at = mail.created_at;
    if cap == Cap::Reached {
        tx.outbox().insert_capped(mail).await?;
        let act = Act {
            hub,
            actor: AuditActor::System,
            at,
        };
        let subject = Some(mail.id.as_uuid());
        act.note(tx, "mail-capped", mail.enquiry, subject, None)
            .await?;
        return Ok(Written::Capped);
    }
    tx.outbox().insert(mail).await?;
    // An officer's words wait a little, so that they can be taken back.
    let run_at = match mail.message {
        Some(_) => at + hub.reply_undo(),
        None => at,
    };
    let kind = jobs::Kind::SendMail;
    jobs::enqueue_for(hub, tx, kind, mail.id.as_uuid(), run_at, at).await?;
    Ok(Written::Queued)
}

/// Tells the correspondent what an event changed, where they would not know it otherwise: that a
/// promise has a new day, or that the enquiry is closed. Says whether a letter was written.
pub(crate) async fn tell(
    hub: &Hub,
    tx: &mut Tx,
    applied: &Applied,
    at: Timestamp,
) -> Result<bool, Error> {
    let enquiry = &applied.enquiry;
    let Some(about) = news(hub, applied) else {
        return Ok(false);
    };
    let correspondent = tx.correspondents().get(enquiry.correspondent).await?;
    let correspondent = correspondent.ok_or(Error::NotFound)?;
    let Some(to) = correspondent
        .email
        .as_ref()
        .filter(|_| correspondent.hears_by_email())
    else {
        return Ok(false);
    };
    let new = NewLetter {
        enquiry,
        correspondent: &correspondent,
        to,
        message: None,
        about,
        in_reply_to: answered_id(tx, enquiry, to).await?,
        at,
    };
    Ok(write(hub, tx, new).await? == Written::Queued)
}

/// What the correspondent is to be told.
fn news(hub: &Hub, applied: &Applied) -> Option<About<'static>> {
    let enquiry = &applied.enquiry;
    let promise = enquiry.running_promise();
    if applied.changes.contains(&Change::PromiseStarted) {
        let rules = hub.council().rules_of(enquiry);
        return Some(About::Reopened {
            received_on: london_date(promise?.received_at),
            due_on: promise?.due_on,
            working_days: rules.promise.working_days,
        });
    }
    if applied.changes.contains(&Change::Resumed) {
        return Some(About::PromiseMoved {
            due_on: promise?.due_on,
        });
    }
    match enquiry.state {
        State::Closed { reason, .. } if applied.changes.contains(&Change::Closed) => match reason {
            CloseReason::Answered => Some(About::Closed { ended: None }),
            // To thanks there is nothing to say, and to spam nothing that should be said.
            CloseReason::Ended(EndReason::Thanks | EndReason::Spam) => None,
            CloseReason::Ended(reason) => Some(About::Closed {
                ended: Some(reason),
            }),
        },
        _ => None,
    }
}

/// The Message-ID of the mail below which the family's mail program is to show a letter to this address: the last one
/// that they wrote from it or, where they wrote none, our acknowledgement.
pub(crate) async fn answered_id(
    tx: &mut Tx,
    enquiry: &Enquiry,
    to: &EmailAddress,
) -> Result<Option<String>, Error> {
    let mut mailed = tx.mailed();
    let theirs = mailed
        .newest_message_id(enquiry.id, &to.normalised())
        .await?
        .map(|id| format!("<{id}>"));
    if let Some(theirs) = theirs.filter(|id| mail::outgoing::is_message_id(id)) {
        return Ok(Some(theirs));
    }
    let mails = tx.outbox().for_enquiry(enquiry.id).await?;
    let acknowledgement = mails
        .into_iter()
        .find(|mail| mail.mail.kind == MessageKind::Acknowledgement);
    Ok(acknowledgement.map(|mail| mail.mail.message_id))
}

/// How somebody asked to be written to.
fn form(correspondent: &Correspondent) -> Form {
    if correspondent.support.contains(&Support::TextOnly) {
        Form::TextOnly
    } else if correspondent.support.contains(&Support::LargePrint) {
        Form::LargePrint
    } else {
        Form::Usual
    }
}

const fn message_kind(kind: LetterKind) -> MessageKind {
    match kind {
        LetterKind::Acknowledgement => MessageKind::Acknowledgement,
        LetterKind::Reply => MessageKind::Reply,
        LetterKind::HoldingReply => MessageKind::HoldingReply,
        LetterKind::WaitingForYou => MessageKind::WaitingForYou,
        LetterKind::WaitReminder => MessageKind::WaitReminder,
        LetterKind::PromiseMoved => MessageKind::PromiseMoved,
        LetterKind::Closed => MessageKind::Closed,
        LetterKind::Reopened => MessageKind::Reopened,
    }
}
