//! What each breach means, in plain words. `server/docs/operations.md` says what to do about each.

use store::Breach;

/// A deed, or its seal, is gone from the record: a kind that a daily audit keeps.
pub(super) const RECORD_MISSING: &str = "RecordMissing";
/// A deed, or its seal, is not what it was.
pub(super) const RECORD_CHANGED: &str = "RecordChanged";
/// Deeds should have been sealed and are not.
pub(super) const RECORD_UNSEALED: &str = "RecordUnsealed";

/// What was found, by the kind that a daily audit kept.
pub(super) fn of_kind(kind: &str) -> &'static str {
    let breach = Breach::ALL.iter().find(|breach| breach.as_str() == kind);
    match (breach, kind) {
        (Some(breach), _) => what(*breach),
        (None, RECORD_MISSING) => "a deed is missing from the record of who did what",
        (None, RECORD_CHANGED) => "a deed in the record of who did what was changed",
        (None, RECORD_UNSEALED) => "deeds in the record of who did what have no seal",
        (None, _) => "another version of the hub found something that this one does not know",
    }
}

/// What is broken.
pub(super) const fn what(breach: Breach) -> &'static str {
    match breach {
        Breach::RawMissing => "the bytes of a mail that came in are gone",
        Breach::RawChanged => "the bytes of a mail are not those that came",
        Breach::IncomingGone => "a mail that came in is gone",
        Breach::StoredNowhere => "a mailbox's message is noted as stored and is not",
        Breach::FiledNowhere => "a mail is noted as filed and stands in no enquiry",
        Breach::FiledOtherwise => "a mail stands in an enquiry and is noted as something else",
        Breach::NobodyFiles => "a mail waits to be filed and nothing does it",
        Breach::NoReason => "a mail stands in the quarantine without a reason",
        Breach::SetAsideByNobody => "a mail was set aside without a person and a reason",
        Breach::NotedNowhere => "a delivery report is noted and belongs to no mail of ours",
        Breach::WithoutEnquiry => "a message belongs to no enquiry",
        Breach::MessageGone => "a message that came is gone",
        Breach::NoPromise => "an open enquiry has no running promise",
        Breach::StateUnclear => "an enquiry is in no clear state",
        Breach::PromiseRunsOn => "a promise runs though its enquiry says that it is over",
        Breach::OtherTime => "the queue does not show the promised time",
        Breach::DayAndInstant => "a promise's day and its instant do not agree",
        Breach::PauseTime => "the queue does not show the end of a pause",
        Breach::PausedByNobody => "an enquiry is paused and nobody asked for anything until then",
        Breach::PauseOver => "a pause is over and its promise does not run",
        Breach::ClosingOver => "an answered enquiry was to be closed and is not",
        Breach::OwnerAway => "an enquiry is with somebody who is not there",
        Breach::KeptByNoAnswer => {
            "a promise counts as kept without a person's answer that was sent"
        }
        Breach::KeptElsewhere => "a promise counts as kept by an answer in another enquiry",
        Breach::AnsweredByNobody => "an enquiry counts as answered and nobody answered",
        Breach::MessageWithoutPromise => {
            "somebody wrote after the last answer and no promise began"
        }
        Breach::MovedByNoReply => "a promise was moved without a holding reply that was sent",
        Breach::MovedTooOften => "a promise was moved more often than any may be",
        Breach::RecordSaysOtherwise => "the record of deeds says otherwise about a promise",
        Breach::ChasersMiscounted => "chasers are not counted as they came",
        Breach::AcknowledgementUnknown => "nothing is known of an acknowledgement",
        Breach::AcknowledgementWaits => "an acknowledgement is to be sent and nothing sends it",
        Breach::AcknowledgementNotSent => "an acknowledgement counts as sent and was not",
        Breach::AcknowledgementNotFailed => "an acknowledgement counts as failed and no mail did",
        Breach::NotAnsweredAtOnce => "an enquiry counts as answered at once and was not",
        Breach::AcknowledgedTwice => "an enquiry was acknowledged twice",
        Breach::NobodySends => "a mail waits to be sent and nothing sends it",
        Breach::NoServerTook => "a mail counts as sent and no server took it",
        Breach::MailChanged => "a mail is not as it was written",
        Breach::DeliveryDisagrees => "a message and its mail do not agree on how far it has come",
        Breach::ReportDisagrees => {
            "a mail came back or is held up, as a server reported, and counts as sent"
        }
        Breach::ClearedByNobody => "a mail that reached nobody left its list without a person",
        Breach::TakenBackByNobody => "a mail was taken back without a person",
        Breach::MailGone => "a mail that was to be sent is gone",
        Breach::NoNextStep => "nobody will be told that a promise is in danger",
        Breach::StepOverdue => "a promise is in danger and nobody was told in time",
        Breach::StepTooLate => "the next to be told of a promise in danger is told too late",
        Breach::NobodyTold => "a promise was in danger or broke and nobody was told",
        Breach::NotWrittenTo => {
            "somebody is to be told of a promise or an enquiry and was not written to"
        }
        Breach::NobodySendsNotice => "a notice to an officer waits and nothing sends it",
        Breach::NoServerTookNotice => "a notice to an officer counts as sent and no server took it",
        Breach::EscalationChanged => "what was done about a promise in danger is not as recorded",
        Breach::ChasedTwiceUntold => "a second chaser was told to nobody",
    }
}

/// More about one of them: a day or a code of the store, told by itself or in words.
pub(super) fn more(breach: Breach, detail: String) -> String {
    let words = match (breach, detail.as_str()) {
        (Breach::RecordSaysOtherwise, "not-kept") => "nobody kept it",
        (Breach::RecordSaysOtherwise, "not-ended") => "no person ended it with a reason",
        (Breach::RecordSaysOtherwise, "not-moved") => "it was moved another number of times",
        (Breach::RecordSaysOtherwise, "another-day") => "it never had this day",
        _ => return detail,
    };
    words.to_owned()
}
