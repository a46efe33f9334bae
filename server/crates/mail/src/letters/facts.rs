//! What a letter says, whatever its words are.

use domain::clock::day_in_words;
use domain::codes::{EndReason, LetterKind, WaitsFor};
use domain::council::Council;
use domain::ids::MailId;
use domain::reference::Reference;
use jiff::civil::Date;
use minijinja::{Value, context};

use crate::message::private_link_marker;

/// The facts of one letter.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The council's settings: names, numbers, hours, advice.
    pub council: &'a Council,
    /// The mail that this letter will be, for its private link.
    pub mail: MailId,
    /// The enquiry's reference.
    pub reference: Reference,
    /// The team that has the enquiry, as people know it.
    pub team_name: &'a str,
    /// What it is about.
    pub about: About<'a>,
}

/// What a letter is about. The first four are sent by our system: they have no place for anything
/// that a correspondent typed.
#[derive(Debug, Clone, Copy)]
pub enum About<'a> {
    /// An enquiry came.
    Acknowledgement {
        /// The day, in London, on which it came.
        received_on: Date,
        /// The day by which we promise a reply.
        due_on: Date,
        /// The promise in working days.
        working_days: u16,
    },
    /// A message came to an enquiry that was answered or closed.
    Reopened {
        /// The day, in London, on which it came.
        received_on: Date,
        /// The day by which we promise a reply.
        due_on: Date,
        /// The promise in working days.
        working_days: u16,
    },
    /// The answer has another day now.
    PromiseMoved {
        /// The new day.
        due_on: Date,
    },
    /// The enquiry was closed.
    Closed {
        /// Why it ended, if it was not answered.
        ended: Option<EndReason>,
    },
    /// An officer answered.
    Reply {
        /// Who.
        officer_name: &'a str,
        /// What they wrote: lines end in `\n`.
        text: &'a str,
    },
    /// An officer wrote that the answer needs longer.
    HoldingReply {
        /// Who.
        officer_name: &'a str,
        /// What they wrote: lines end in `\n`.
        text: &'a str,
        /// The day by which we now promise the answer.
        due_on: Date,
    },
    /// An officer asked for what is missing.
    WaitingForYou {
        /// Who.
        officer_name: &'a str,
        /// What they wrote: lines end in `\n`.
        text: &'a str,
        /// The day until which we wait.
        until: Date,
    },
    /// What was asked for has not come yet. Sent by our system.
    WaitReminder {
        /// The day until which we wait.
        until: Date,
        /// What is missing.
        waits_for: WaitsFor,
    },
}

impl About<'_> {
    /// Which letter it is.
    #[must_use]
    pub const fn kind(&self) -> LetterKind {
        match self {
            Self::Acknowledgement { .. } => LetterKind::Acknowledgement,
            Self::Reopened { .. } => LetterKind::Reopened,
            Self::PromiseMoved { .. } => LetterKind::PromiseMoved,
            Self::Closed { .. } => LetterKind::Closed,
            Self::Reply { .. } => LetterKind::Reply,
            Self::HoldingReply { .. } => LetterKind::HoldingReply,
            Self::WaitingForYou { .. } => LetterKind::WaitingForYou,
            Self::WaitReminder { .. } => LetterKind::WaitReminder,
        }
    }

    fn words(&self) -> Value {
        match *self {
            Self::Acknowledgement {
                received_on,
                due_on,
                working_days,
            }
            | Self::Reopened {
                received_on,
                due_on,
                working_days,
            } => context! {
                received_on => day_in_words(received_on),
                due_on => day_in_words(due_on),
                working_days,
            },
            Self::PromiseMoved { due_on } => context! { due_on => day_in_words(due_on) },
            Self::Closed { ended } => context! { why => why(ended) },
            Self::Reply { officer_name, text } => context! {
                officer_name,
                text => text.trim_end(),
            },
            Self::HoldingReply {
                officer_name,
                text,
                due_on,
            } => context! {
                officer_name,
                text => text.trim_end(),
                due_on => day_in_words(due_on),
            },
            Self::WaitingForYou {
                officer_name,
                text,
                until,
            } => context! {
                officer_name,
                text => text.trim_end(),
                until => day_in_words(until),
            },
            Self::WaitReminder { until, waits_for } => context! {
                until => day_in_words(until),
                waits_for => waits_for.missing(),
            },
        }
    }
}

/// Why an enquiry is closed, in a sentence for the person who asked.
const fn why(ended: Option<EndReason>) -> &'static str {
    match ended {
        None => "We have answered your question.",
        Some(EndReason::Duplicate) => {
            "We have the same question from you under another reference. We will answer that one."
        }
        Some(EndReason::Misdirected) => "Your question is for somebody else to answer.",
        Some(EndReason::Withdrawn) => "You told us that you do not need an answer any more.",
        Some(EndReason::Thanks) => "Thank you for your message.",
        Some(EndReason::Spam) => "It did not look like a question to us.",
    }
}

impl Facts<'_> {
    /// Everything that a text may name.
    pub(super) fn words(&self) -> Value {
        let contact = &self.council.contact;
        let kind = self.about.kind();
        let advice = matches!(kind, LetterKind::Acknowledgement | LetterKind::Reopened);
        let person = matches!(
            kind,
            LetterKind::Reply | LetterKind::HoldingReply | LetterKind::WaitingForYou
        );
        context! {
            reference => self.reference.to_string(),
            team_name => self.team_name,
            private_link => private_link_marker(self.mail),
            council_name => self.council.name,
            telephone => contact.telephone,
            telephone_hours => contact.telephone_hours,
            // For the frame alone.
            messages_read => contact.messages_read,
            out_of_hours_telephone => contact.out_of_hours_telephone,
            out_of_hours_text => contact.out_of_hours_text,
            advice => advice.then_some(&self.council.advice),
            signed => !person,
            ..self.about.words()
        }
    }
}
