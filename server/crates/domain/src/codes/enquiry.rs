//! What is said in an enquiry, how it stands with its promise, and what becomes of it.

use super::codes;

codes! {
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

    /// How one of us reminds somebody of a pause whom no mail of ours reminds.
    RemindBy, "way of reminding" {
        /// By ringing them.
        Telephone = "telephone",
        /// By writing to them.
        Letter = "letter",
    }

    /// How an enquiry came to those who have it now, or what it wants of them.
    HandOverWay, "way of a hand-over" {
        /// Somebody passed it on to this officer.
        ToOfficer = "to-officer",
        /// Somebody passed it on to their team.
        ToTeam = "to-team",
        /// Whoever had it is not there, and it is their team's again.
        BackToTeam = "back-to-team",
        /// They have it, and are to ring whoever asked: we wait for them.
        ToRing = "to-ring",
        /// They have it, and are to write to whoever asked: we wait for them.
        ToWrite = "to-write",
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
