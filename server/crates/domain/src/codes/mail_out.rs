//! Mail on its way out: the letters, the outbox, and what is reported of it.

use super::codes;

codes! {
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

    /// Where answers and bounces to our mail come back to.
    AnswerAddress, "address for answers" {
        /// Our address with a tag after a plus, one for each enquiry.
        Tagged = "tagged",
        /// Our address as it is: for a mail system that takes no plus.
        Plain = "plain",
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
}

impl Default for AnswerAddress {
    /// The tag finds the enquiry even where a mail system on the way changes every Message-ID.
    fn default() -> Self {
        Self::Tagged
    }
}
