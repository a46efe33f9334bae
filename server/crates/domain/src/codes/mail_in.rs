//! Mail on its way in: in the mailbox, kept, filed or before a person.

use super::codes;

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
}
