//! Logging a call, a visit or a letter: what somebody said and what became of it, in one
//! transaction, so that the officer can read the reference out before they hang up.
//!
//! Start with [`Desk::log_call`]. What the form says is read in `told.rs`; `caller.rs` finds who it
//! is among those whom we know.

mod caller;
mod told;

use domain::{
    codes::{Channel, Direction, MessageKind, StateKind},
    correspondent::Correspondent,
    enquiry::{Applied, Enquiry, Event, NewEnquiry, Rules, State},
    form::Fields,
    ids::{EnquiryId, MessageId, PromiseId},
    reference::Reference,
};
use jiff::civil::Date;
use store::{AcknowledgementState, NewMessage, Opening, Tx, name_key};

use self::told::{About, NewQuestion, Outcome, Told};
use super::Desk;
use crate::{
    Actor, Error,
    enquiries::{
        acknowledge::{Fate, Occasion},
        letters, record,
        then::{then, with_a_team},
    },
    error::refused_by_rules,
    policy::{Act, Permit, permit},
    pressed,
};

/// How often a reference is drawn that another enquiry has, or a second press is looked for.
const TRIES: u32 = 3;
/// What stands in the thread for the answer to somebody who was there.
const ANSWERED: &str = "Answered at once.";

/// What the form of a call is filled with before anything is typed.
#[derive(Debug, Clone)]
pub struct CallForm {
    /// The days on which a call back may be promised.
    pub days: Vec<Date>,
    /// The enquiry that the call is about, where that is known already.
    pub about: Option<AboutEnquiry>,
}

/// The enquiry that a call is about.
#[derive(Debug, Clone)]
pub struct AboutEnquiry {
    /// Its reference.
    pub reference: Reference,
    /// What it is about.
    pub topic: String,
    /// Who asked.
    pub correspondent: Correspondent,
    /// Where it stands.
    pub state: StateKind,
    /// The promised day, while a promise runs.
    pub due_on: Option<Date>,
}

/// What an officer reads out once a call is logged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    /// What to quote.
    pub reference: Reference,
    /// Who answers.
    pub team: String,
    /// The promised day; none when it was answered.
    pub due_on: Option<Date>,
    /// The day of the call back that was promised.
    pub call_back_on: Option<Date>,
    /// Whether a mail with the reference is on its way.
    pub acknowledgement: Option<AcknowledgementState>,
}

impl Desk<'_> {
    /// What the form of a call needs, for a new question or about an enquiry. Looking at that is
    /// written down, as opening its file is.
    ///
    /// # Errors
    /// [`Error::NotFound`] for those who may not, or when there is no such enquiry.
    pub async fn call_form(
        &self,
        actor: &Actor,
        about: Option<&Reference>,
    ) -> Result<CallForm, Error> {
        let permit = permit(actor, Act::LogCall)?;
        let Some(reference) = about else {
            return Ok(CallForm {
                days: self.days_to_call_back(None),
                about: None,
            });
        };
        let mut tx = self.0.database().begin().await?;
        let enquiry = self.find(&mut tx, &permit, reference).await?;
        let act = self.act(actor);
        act.note(&mut tx, "enquiry-read", enquiry.id, None, None)
            .await?;
        let correspondent = tx.correspondents().get(enquiry.correspondent).await?;
        tx.commit().await?;
        let due_on = enquiry.running_promise().map(|promise| promise.due_on);
        Ok(CallForm {
            days: self.days_to_call_back(due_on),
            about: Some(AboutEnquiry {
                reference: enquiry.reference,
                topic: self.0.council().topic_name(&enquiry.topic),
                correspondent: correspondent.ok_or(Error::NotFound)?,
                state: enquiry.state.kind(),
                due_on,
            }),
        })
    }

    /// Today and the working days after it, up to the promised day, or else up to the last that
    /// the council's promise allows.
    fn days_to_call_back(&self, due_on: Option<Date>) -> Vec<Date> {
        let council = self.0.council();
        let (calendar, today) = (council.working_days(), self.0.today());
        let usual = calendar.add_working_days(today, council.promise.working_days);
        let last = due_on.filter(|due_on| *due_on >= today).unwrap_or(usual);
        (0..=council.promise.working_days)
            .map(|days| calendar.add_working_days(today, days))
            .take_while(|day| *day <= last)
            .collect()
    }

    /// Logs a call, a visit or a letter, and says to which enquiry it belongs now: a new one, or
    /// the one whose reference was given. Pressed twice, it is logged once.
    ///
    /// Answered at once, it is a conversation and keeps the promise. A call back makes its day the
    /// promised one, if that is earlier. Anything else is a message like any other: it starts a
    /// promise, or is a chaser.
    ///
    /// # Errors
    /// [`Error::Refused`] with the fields that are wrong; [`Error::NotFound`] for those who may not.
    pub async fn log_call(&self, actor: &Actor, fields: &Fields) -> Result<Reference, Error> {
        let permit = permit(actor, Act::LogCall)?;
        let told = told::read(fields, &self.0.council(), self.0.today())?;
        let mut tries = 1;
        loop {
            match self.log(actor, &permit, &told, fields).await {
                // Another press was committed meanwhile, or another enquiry has the reference.
                Err(Error::Stale) if tries < TRIES => tries += 1,
                logged => return logged,
            }
        }
    }

    async fn log(
        &self,
        actor: &Actor,
        permit: &Permit<'_>,
        told: &Told,
        fields: &Fields,
    ) -> Result<Reference, Error> {
        let mut tx = self.0.database().begin().await?;
        let once = fields.one(pressed::FIELD).parse::<MessageId>().ok();
        if let Some(id) = once
            && let Some(kept) = tx.messages().get(id).await?
        {
            let enquiry = tx.enquiries().get(kept.enquiry).await?;
            return Ok(enquiry.ok_or(Error::NotFound)?.reference);
        }
        let log = Log {
            desk: self,
            act: self.act(actor),
            permit,
            told,
            message: once.unwrap_or_else(|| self.0.new_message_id()),
        };
        let reference = match &told.about {
            About::Enquiry(reference) => log.join(&mut tx, reference).await?,
            About::New(question) => log.open(&mut tx, question).await?,
        };
        tx.commit().await?;
        self.0.jobs_waiting().ring();
        Ok(reference)
    }

    /// What is to be read out about an enquiry whose call was just logged.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none, or not for this person.
    pub async fn logged(&self, actor: &Actor, reference: &Reference) -> Result<Logged, Error> {
        let permit = permit(actor, Act::LogCall)?;
        let mut tx = self.0.database().read().await?;
        let enquiry = self.find(&mut tx, &permit, reference).await?;
        let marks = tx.enquiries().marks(enquiry.id).await?;
        let promise = enquiry
            .running_promise()
            .filter(|_| enquiry.state == State::Promised);
        Ok(Logged {
            reference: enquiry.reference,
            team: self.0.council().team_name(&enquiry.team),
            due_on: promise.map(|promise| promise.due_on),
            call_back_on: marks.call_back_on,
            acknowledgement: tx.enquiries().acknowledgement(enquiry.id).await?,
        })
    }
}

/// One call that is being logged.
struct Log<'a> {
    desk: &'a Desk<'a>,
    act: record::Act<'a>,
    permit: &'a Permit<'a>,
    told: &'a Told,
    /// The id of the message that holds what was said.
    message: MessageId,
}

impl Log<'_> {
    /// It belongs to an enquiry that is there.
    async fn join(&self, tx: &mut Tx, reference: &Reference) -> Result<Reference, Error> {
        let hub = self.desk.0;
        let held = self.desk.hold(tx, self.permit, reference).await;
        let before = held.map_err(|error| match error {
            Error::NotFound => {
                Error::refused("reference", "There is no enquiry with this reference")
            }
            other => other,
        })?;
        let asked = tx.correspondents().get(before.correspondent).await?;
        let asked = asked.ok_or(Error::NotFound)?;
        self.can_be_called_back(&asked)?;
        let body = self.told.with_caller(&asked);
        let rules = hub.council().rules_of(&before);
        let apply = |enquiry: &Enquiry, event: &Event| {
            enquiry
                .apply(event, &rules)
                .map_err(|refusal| refused_by_rules("outcome", refusal))
        };
        let applied = if self.told.outcome == Outcome::Answered {
            self.insert(tx, &before, MessageKind::Reply, self.message, body)
                .await?;
            apply(&before, &self.conversation(self.message))?
        } else {
            self.insert(tx, &before, MessageKind::FollowUp, self.message, body)
                .await?;
            let subject = Some(self.message.as_uuid());
            self.act
                .note(tx, "message-received", before.id, subject, None)
                .await?;
            let received = Event::MessageReceived {
                at: self.act.at,
                promise_id: hub.random(|random| PromiseId::generate(self.act.at, random)),
            };
            let received = with_a_team(hub, apply(&before, &received)?, self.act.at)?;
            self.promised_call(received, &rules)?
        };
        self.act.changed(tx, &before, &applied).await?;
        self.mark_call_back(tx, before.id).await?;
        letters::tell(hub, tx, &applied, self.act.at).await?;
        Ok(before.reference)
    }

    /// It is a new question.
    async fn open(&self, tx: &mut Tx, question: &NewQuestion) -> Result<Reference, Error> {
        let (hub, at) = (self.desk.0, self.act.at);
        let council = hub.council();
        let (correspondent, known) = caller::find(hub, tx, &self.told.caller).await?;
        self.can_be_called_back(&correspondent)?;
        let new = NewEnquiry {
            id: hub.random(|random| EnquiryId::generate(at, random)),
            reference: hub.random(|random| Reference::generate(random)),
            topic: question.topic.clone(),
            district: question.district.clone(),
            team: council
                .route(&question.topic, question.district.as_ref())
                .clone(),
            correspondent: correspondent.id,
            asked_by: correspondent.kind,
            channel: self.told.channel,
            received_at: at,
            promise_id: hub.random(|random| PromiseId::generate(at, random)),
        };
        let rules = council.rules_for(&question.topic, correspondent.kind);
        let opened = Enquiry::opened(new, &rules);
        let answer = hub.new_message_id();
        let opened = match self.told.outcome {
            Outcome::Answered => then(opened, &self.conversation(answer), &rules, "outcome")?,
            _ => self.promised_call(opened, &rules)?,
        };
        let enquiry = &opened.enquiry;
        if known == caller::Known::No {
            tx.correspondents().insert(&correspondent, at).await?;
        }
        let enquiries = hub.enquiries();
        let fate = match self.told.outcome {
            Outcome::Answered => Fate::AnsweredAtOnce,
            _ => enquiries.fate(tx, &correspondent, None, None, at).await?,
        };
        let opening = Opening {
            acknowledgement: Some(fate.state()),
            ..Opening::default()
        };
        tx.enquiries().insert(enquiry, &opening).await?;
        let said = self.told.said.clone();
        self.insert(tx, enquiry, MessageKind::Enquiry, self.message, said)
            .await?;
        if self.told.outcome == Outcome::Answered {
            self.insert(tx, enquiry, MessageKind::Reply, answer, ANSWERED.to_owned())
                .await?;
        }
        self.act.opened(tx, &opened, self.message).await?;
        self.mark_call_back(tx, enquiry.id).await?;
        let occasion = Occasion {
            at,
            in_reply_to: None,
        };
        enquiries
            .acknowledge(tx, fate, &correspondent, enquiry, &council, occasion)
            .await?;
        Ok(enquiry.reference)
    }

    fn can_be_called_back(&self, correspondent: &Correspondent) -> Result<(), Error> {
        let reachable = correspondent.telephone.is_some() || self.told.caller.telephone.is_some();
        match self.told.outcome {
            Outcome::CallBack(_) if !reachable => {
                Err(Error::refused("telephone", "Enter the number to call back"))
            }
            _ => Ok(()),
        }
    }

    fn conversation(&self, message: MessageId) -> Event {
        Event::ConversationLogged {
            at: self.act.at,
            message,
        }
    }

    /// The promise runs to the day of the call back, where one was promised.
    fn promised_call(&self, applied: Applied, rules: &Rules) -> Result<Applied, Error> {
        let Outcome::CallBack(due_on) = self.told.outcome else {
            return Ok(applied);
        };
        let at = self.act.at;
        let sooner = Event::EarlierDayPromised { at, due_on };
        let late = applied.enquiry.is_overdue(at);
        if late {
            // The day that was promised is gone: the call back changes nothing about that.
            return Ok(applied);
        }
        then(applied, &sooner, rules, "call_back_on")
    }

    async fn mark_call_back(&self, tx: &mut Tx, enquiry: EnquiryId) -> Result<(), Error> {
        if let Outcome::CallBack(day) = self.told.outcome {
            tx.enquiries().set_call_back(enquiry, Some(day)).await?;
            let detail = Some(day.to_string());
            self.act
                .note(tx, "call-back-promised", enquiry, None, detail)
                .await?;
        }
        Ok(())
    }

    async fn insert(
        &self,
        tx: &mut Tx,
        enquiry: &Enquiry,
        kind: MessageKind,
        id: MessageId,
        body: String,
    ) -> Result<(), Error> {
        let direction = match kind {
            MessageKind::Reply => Direction::Outbound,
            _ => Direction::Inbound,
        };
        let message = NewMessage {
            id,
            enquiry: enquiry.id,
            direction,
            kind,
            author: Some(self.permit.officer.id),
            body,
            at: self.act.at,
            delivery: None,
            promises_on: None,
        };
        tx.messages().insert(&message).await?;
        tx.messages().set_logged_as(id, self.told.channel).await?;
        Ok(())
    }
}

impl Told {
    /// What was said; first who said it, where that is not the person who asked.
    fn with_caller(&self, asked: &Correspondent) -> String {
        let name = self.caller.name.as_ref();
        let name = name.filter(|name| name_key(name) != name_key(&asked.name));
        let number = self.caller.telephone.as_ref().filter(|number| {
            let known = asked.telephone.as_ref();
            known.is_none_or(|known| known.key() != number.key())
        });
        let email = self.caller.email.as_ref().filter(|email| {
            let known = asked.email.as_ref();
            known.is_none_or(|known| known.normalised() != email.normalised())
        });
        let told: Vec<String> = name
            .cloned()
            .into_iter()
            .chain(number.map(ToString::to_string))
            .chain(email.map(ToString::to_string))
            .collect();
        if told.is_empty() {
            return self.said.clone();
        }
        let from = match self.channel {
            Channel::Letter => "From",
            _ => "Caller",
        };
        format!("{from}: {}\n\n{}", told.join(", "), self.said)
    }
}
