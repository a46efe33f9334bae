//! Codes: the short fixed lists of the field, each value with the text that the store, the forms
//! and the exports write for it. One macro makes them all alike; a code once stored never changes.

use std::fmt;

/// A text that is none of the list's codes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{given}” is not a known {kind}")]
pub struct UnknownCode {
    kind: &'static str,
    given: String,
}

impl UnknownCode {
    fn new(kind: &'static str, given: &str) -> Self {
        Self {
            kind,
            given: given.to_owned(),
        }
    }
}

impl MessageKind {
    /// Whether a message of this kind, once sent, is a person's answer. An acknowledgement never
    /// is, nor is a holding reply.
    #[must_use]
    pub const fn can_answer(self) -> bool {
        matches!(self, Self::Reply)
    }
}

impl WaitsFor {
    /// What is missing, to the person who has it, without a word of what was written. Letters and the private page say
    /// the same.
    #[must_use]
    pub const fn missing(self) -> &'static str {
        match self {
            Self::Answer => "an answer",
            Self::Document => "a document or a report",
            Self::Consent => "your consent or a signature",
            Self::Day => "a day and time that suits you",
            Self::Other => "something that we need to go on",
        }
    }
}

impl Default for AnswerAddress {
    /// The tag finds the enquiry even where a mail system on the way changes every Message-ID.
    fn default() -> Self {
        Self::Tagged
    }
}

impl Default for SecondStepRule {
    /// A password alone is too little for files about children.
    fn default() -> Self {
        Self::Required
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident, $kind:literal {
        $($(#[$value_doc:meta])* $value:ident = $code:literal,)+
    })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$value_doc])* $value,)+
        }

        impl $name {
            /// Every value, in the order in which a form shows them.
            pub const ALL: &'static [Self] = &[$(Self::$value,)+];

            /// The code that is stored and sent.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$value => $code,)+
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = UnknownCode;

            fn from_str(text: &str) -> Result<Self, UnknownCode> {
                match text {
                    $($code => Ok(Self::$value),)+
                    _ => Err(UnknownCode::new($kind, text)),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )+

        #[cfg(test)]
        mod tests {
            use super::*;

            #[test]
            fn every_code_reads_back_as_its_value() {
                $(for value in $name::ALL {
                    assert_eq!(value.as_str().parse(), Ok(*value));
                    let json = serde_json::to_string(value).unwrap();
                    assert_eq!(serde_json::from_str::<$name>(&json).unwrap(), *value);
                    assert!("no-such-code".parse::<$name>().is_err());
                })+
            }
        }
    };
}

codes! {
    /// What became of a message in a mailbox that the hub reads.
    MailboxMessageState, "state of a message in a mailbox" {
        /// It is stored: nobody needs to look at it there.
        Stored = "stored",
        /// It could not be had so far, and is tried again.
        Trying = "trying",
        /// It is larger than what is taken in: a person must look at it.
        TooLarge = "too-large",
        /// Somebody took it away before it could be had.
        Gone = "gone",
        /// It is not stored, and a person says that this is all right.
        SeenTo = "seen-to",
    }
    /// A letter whose words a council may choose.
    LetterKind, "letter" {
        /// “We have your question, and a person will reply by this day.”
        Acknowledgement = "acknowledgement",
        /// What stands around an officer's reply.
        Reply = "reply",
        /// What stands around a holding reply: “this is not our full answer, we will write by this day.”
        HoldingReply = "holding-reply",
        /// What stands around an officer's words that ask for something: “we wait for you until this day.”
        WaitingForYou = "waiting-for-you",
        /// “We still wait for you.”
        WaitReminder = "wait-reminder",
        /// “Our answer has another day now.”
        PromiseMoved = "promise-moved",
        /// “Your question is closed. Write again, and it opens again.”
        Closed = "closed",
        /// “We have your new message, and a person will reply by this day.”
        Reopened = "reopened",
    }

    /// How words that people search by are linked.
    WordLinkKind, "link between words" {
        /// They mean the same: each finds what the others find.
        Same = "same",
        /// The first find the second too, lower down; not the other way round.
        SeeAlso = "see-also",
    }

    /// How people meet a service.
    Delivery, "way of meeting a service" {
        /// At a place that one goes to.
        InPerson = "in-person",
        /// It comes to people's homes.
        AtHome = "at-home",
        /// By telephone or text.
        Telephone = "telephone",
        /// By the web or by video.
        Online = "online",
    }

    /// How people get into a service.
    Referral, "way into a service" {
        /// Families can come or ask by themselves.
        SelfReferral = "self-referral",
        /// A professional, such as a GP or a school, must ask for them.
        Needed = "referral-needed",
    }

    /// Whether a service costs anything.
    Charge, "kind of cost" {
        /// Nobody pays.
        Free = "free",
        /// It has a price.
        Paid = "paid",
        /// What people pay hangs on what they have.
        MeansTested = "means-tested",
    }

    /// What providers are asked about SEND, in this order.
    SendQuestion, "question about SEND" {
        /// Who would feel at home, and who would not.
        WhoFits = "who-fits",
        /// What is done so that a child can join in.
        JoiningIn = "joining-in",
        /// What the people there have learned about SEND.
        Training = "training",
        /// How people there talk with somebody who uses few or no words.
        FewWords = "few-words",
        /// Somewhere calm, and what is done about noise and crowds.
        QuietSpace = "quiet-space",
        /// What happens when somebody gets upset.
        GettingUpset = "getting-upset",
        /// Toilets, changing and help with both.
        Toilets = "toilets",
        /// Medicine, feeding and other care.
        HealthCare = "health-care",
        /// Whether a parent or carer stays, and whether a helper pays.
        BringingHelper = "bringing-helper",
        /// Whether one can look round first.
        VisitFirst = "visit-first",
    }

    /// How a message reached us.
    Channel, "channel" {
        /// The form on our pages.
        WebForm = "web-form",
        /// An e-mail.
        Email = "email",
        /// A telephone call that an officer logged.
        Telephone = "telephone",
        /// A letter that an officer logged.
        Letter = "letter",
        /// Somebody came to the office, and an officer logged it.
        InPerson = "in-person",
    }

    /// Whether officers need a code beside their password.
    SecondStepRule, "rule for the second step" {
        /// Nobody comes in without one.
        Required = "required",
        /// Each decides for themselves.
        Optional = "optional",
    }

    /// Where answers and bounces to our mail come back to.
    AnswerAddress, "address for answers" {
        /// Our address with a tag after a plus, one for each enquiry.
        Tagged = "tagged",
        /// Our address as it is: for a mail system that takes no plus.
        Plain = "plain",
    }

    /// Who a correspondent is to the child.
    CorrespondentKind, "kind of correspondent" {
        /// A parent or carer.
        Parent = "parent",
        /// The young person, aged 16 to 25.
        YoungPerson = "young-person",
        /// A school, college or early years setting.
        School = "school",
        /// A professional of health, social care or another service.
        Professional = "professional",
        /// Anyone else.
        Other = "other",
    }

    /// Which way a message went.
    Direction, "direction" {
        /// From a correspondent to us.
        Inbound = "inbound",
        /// From us to a correspondent, or between officers.
        Outbound = "outbound",
    }

    /// What a message is within its enquiry.
    MessageKind, "kind of message" {
        /// The one that opened it.
        Enquiry = "enquiry",
        /// A later one from the correspondent.
        FollowUp = "follow-up",
        /// A person's answer.
        Reply = "reply",
        /// A note between officers, never sent.
        InternalNote = "internal-note",
        /// A call of ours that nobody picked up, with the officer's words. It answers nothing.
        CallNotAnswered = "call-not-answered",
        /// A person's message that the answer needs longer, and until when.
        HoldingReply = "holding-reply",
        /// The automatic “we have it”. It answers nothing.
        Acknowledgement = "acknowledgement",
        /// A person's message that asks for what is missing, and until when we wait for it.
        WaitingForYou = "waiting-for-you",
        /// The automatic “we still wait for you”.
        WaitReminder = "wait-reminder",
        /// The automatic “our answer has another day now”.
        PromiseMoved = "promise-moved",
        /// The automatic “it is closed”.
        Closed = "closed",
        /// The automatic “we have your new message, and this is the day”.
        Reopened = "reopened",
        /// A mailbox's own “I am away”. It asks nothing and answers nothing.
        AutomaticReply = "automatic-reply",
    }

    /// What became of a mail that came in.
    IncomingState, "state of an incoming mail" {
        /// Kept, and to be filed.
        Received = "received",
        /// It is a message of an enquiry.
        Filed = "filed",
        /// A person must look at it.
        Quarantined = "quarantined",
        /// It is a report about mail, and fits none of ours.
        Report = "report",
        /// It is a report, and is noted beside the mail of ours that it is about.
        Noted = "noted",
        /// A person said that it is not for us.
        SetAside = "set-aside",
        /// Its enquiry was erased, and it with it: only that it was there is still known.
        Erased = "erased",
    }

    /// Why a mail stands in the quarantine.
    QuarantineReason, "reason for the quarantine" {
        /// It was tried several times and could not be filed.
        CouldNotBeFiled = "could-not-be-filed",
        /// A mailbox's “I am away” that belongs to no enquiry.
        OutOfOffice = "out-of-office",
        /// Its bytes are not there.
        NoBytes = "no-bytes",
    }

    /// Which part of a message's words a stretch is.
    FoldKind, "part of a message" {
        /// What they wrote now.
        New = "new",
        /// What is quoted of earlier messages.
        Quoted = "quoted",
        /// A signature or a notice below it.
        Signature = "signature",
    }

    /// Why an enquiry is shown beside another.
    RelativeReason, "reason to be related" {
        /// Its mail named the other, and came from somebody who has no part in it.
        Stranger = "stranger",
        /// Its mail had the Message-ID of one in the other, and other content.
        SameMessageId = "same-message-id",
        /// Its mail quotes one of ours about the other.
        Quoted = "quoted",
        /// A person put it into the other: what names it belongs there.
        Joined = "joined",
    }

    /// What we wait for while an enquiry is paused: told on the private page, where no word of a
    /// message is.
    WaitsFor, "thing to wait for" {
        /// An answer to what we asked.
        Answer = "answer",
        /// A document or a report.
        Document = "document",
        /// Their consent, or a signature.
        Consent = "consent",
        /// A day and time that suits them.
        Day = "day",
        /// Something else.
        Other = "other",
    }

    /// How far an outgoing mail has come.
    DeliveryState, "delivery state" {
        /// In the outbox.
        Waiting = "waiting",
        /// A mail server took it.
        Sent = "sent",
        /// Given up; a person must look at it.
        Dead = "dead",
        /// A mail server took it, and reports that the next one does not yet.
        Delayed = "delayed",
        /// A mail server reports that it is in their mailbox.
        Delivered = "delivered",
        /// A mail server took it, and reports that it never arrived; a person must look at it.
        Bounced = "bounced",
        /// Not sent, because this address or enquiry had too many automatic mails; a person must look at it.
        Capped = "capped",
        /// An officer took it back before it was sent.
        TakenBack = "taken-back",
    }

    /// How an attempt to hand over a mail ended.
    AttemptOutcome, "outcome of an attempt" {
        /// The mail server took it.
        Taken = "taken",
        /// Not now: the server said so, or could not be reached.
        Later = "later",
        /// The server refuses us, not the mail: our settings must be mended.
        RefusedUs = "refused-us",
        /// The server refuses this mail for good.
        Refused = "refused",
        /// No answer in time, or a fault of ours.
        NoAnswer = "no-answer",
    }

    /// Why a person took an undelivered mail off the list.
    ClearReason, "reason to clear" {
        /// They were told by telephone.
        Telephone = "telephone",
        /// They were written a letter.
        Letter = "letter",
        /// A later answer reached them.
        AnsweredSince = "answered-since",
        /// The same was mailed to another address.
        OtherAddress = "other-address",
        /// They need not be told any more.
        NotNeeded = "not-needed",
        /// The enquiry is spam.
        Spam = "spam",
    }

    /// What a delivery report says became of a mail (RFC 3464, section 2.3.3).
    ReportAction, "action of a delivery report" {
        /// It cannot be delivered.
        Failed = "failed",
        /// It is not delivered yet.
        Delayed = "delayed",
        /// It is in the mailbox.
        Delivered = "delivered",
        /// It went to a server that sends no reports.
        Relayed = "relayed",
        /// It went on to a list of people.
        Expanded = "expanded",
    }

    /// By what a delivery report was tied to the mail that it reports.
    ReportEvidence, "evidence of a delivery report" {
        /// It came to the signed return path of the mail's enquiry.
        ReturnPath = "return-path",
        /// It names the mail's Message-ID.
        MessageId = "message-id",
        /// Nothing in it is ours.
        None = "none",
        /// What is signed and what is named belong to different enquiries.
        Disagrees = "disagrees",
    }

    /// Whether the child has an education, health and care plan.
    EhcPlan, "answer about an EHC plan" {
        /// There is a plan.
        Yes = "yes",
        /// There is no plan.
        No = "no",
        /// The correspondent is not sure.
        NotSure = "not-sure",
    }

    /// What a member of staff may do.
    Role, "role" {
        /// Works the shared inbox.
        Officer = "officer",
        /// Also sees figures, rules and other people's work.
        TeamLead = "team-lead",
        /// Keeps the local offer.
        Editor = "editor",
        /// Manages people and settings.
        Administrator = "administrator",
    }

    /// How a correspondent wants to hear from us.
    ContactPreference, "contact preference" {
        /// By e-mail.
        Email = "email",
        /// By telephone.
        Telephone = "telephone",
        /// By letter.
        Letter = "letter",
    }

    /// What a correspondent needs from us to be able to read and talk.
    Support, "kind of support" {
        /// An interpreter.
        Interpreter = "interpreter",
        /// Large print.
        LargePrint = "large-print",
        /// Easy read.
        EasyRead = "easy-read",
        /// Messages as plain text only.
        TextOnly = "text-only",
        /// No telephone calls.
        NoTelephone = "no-telephone",
    }

    /// How far a job has come.
    JobState, "job state" {
        /// To be run.
        Waiting = "waiting",
        /// A worker has it.
        Leased = "leased",
        /// Finished.
        Done = "done",
        /// Given up; a person must look at it.
        Dead = "dead",
    }

    /// Why a person ended a promise without an answer.
    EndReason, "reason to end" {
        /// The message only said thank you.
        Thanks = "thanks",
        /// The same enquiry stands elsewhere.
        Duplicate = "duplicate",
        /// It was meant for somebody else.
        Misdirected = "misdirected",
        /// It was spam.
        Spam = "spam",
        /// The correspondent no longer wants an answer.
        Withdrawn = "withdrawn",
    }

    /// Why a mail that came in gets no automatic answer (RFC 3834,
    /// <https://www.rfc-editor.org/rfc/rfc3834>). Its enquiry is made all the same.
    NoAnswerReason, "reason for no automatic answer" {
        /// It comes from one of our own addresses.
        OwnAddress = "own-address",
        /// It is a report about other mail.
        Report = "report",
        /// A mail system or a list's robot sent it.
        SystemSender = "system-sender",
        /// Somebody is away, and their mailbox says so. This one alone starts no promise.
        OutOfOffice = "out-of-office",
        /// A program sent it by itself. Schools' systems send real enquiries so.
        AutoSubmitted = "auto-submitted",
        /// It came by a mailing list.
        MailingList = "mailing-list",
        /// It was sent to many.
        Bulk = "bulk",
        /// It asks for no automatic answer.
        AnswerUnwanted = "answer-unwanted",
        /// It names no address that automatic mail may go back to.
        NoReturnPath = "no-return-path",
        /// It does not say who wrote it.
        NoSender = "no-sender",
        /// Our mail server, or a rule of the council, doubts who wrote it.
        SuspectedSpam = "suspected-spam",
    }

    /// When the people inside are told that a promise is in danger, or that it broke.
    EscalationStep, "step of an escalation" {
        /// Half of its working time is over.
        Half = "half",
        /// Four fifths are.
        FourFifths = "four-fifths",
        /// The morning of its last day.
        DueDay = "due-day",
        /// Its last day is over, and nobody answered.
        Breach = "breach",
        /// The correspondent asked for the second time where their answer is.
        ChasedTwice = "chased-twice",
    }

    /// Why what an enquiry says of people was erased.
    ErasureReason, "reason for erasing" {
        /// The person asked for it.
        Asked = "asked",
        /// It was kept as long as the council keeps it.
        KeptLongEnough = "kept-long-enough",
        /// It should not have been with us.
        NotOurs = "not-ours",
    }

    /// How an enquiry came to those who have it now.
    HandOverWay, "way of a hand-over" {
        /// Somebody passed it on to this officer.
        ToOfficer = "to-officer",
        /// Somebody passed it on to their team.
        ToTeam = "to-team",
        /// Whoever had it is not there, and it is their team's again.
        BackToTeam = "back-to-team",
    }

    /// Which of its four states an enquiry is in, without the state's dates.
    StateKind, "state of an enquiry" {
        /// A promise with a date is running.
        Promised = "promised",
        /// Waiting until a date.
        Paused = "paused",
        /// Answered, and will close on a date.
        Answered = "answered",
        /// Closed.
        Closed = "closed",
    }

    /// An Open Referral service's status. The standard writes “temporarily closed” with a space.
    ServiceStatus, "service status" {
        /// Running.
        Active = "active",
        /// Not running at present.
        Inactive = "inactive",
        /// Ended for good.
        Defunct = "defunct",
        /// Closed for a while.
        TemporarilyClosed = "temporarily-closed",
    }

    /// An Open Referral location's type.
    LocationType, "location type" {
        /// A place to go to.
        Physical = "physical",
        /// An address to write to.
        Postal = "postal",
        /// Online or by telephone.
        Virtual = "virtual",
    }
}
