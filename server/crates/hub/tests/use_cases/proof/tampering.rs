//! What is tampered with, invariant by invariant, and what the proof must say to it.

use store::Breach;

/// The enquiry that is tampered with, the statement (`{it}` stands for its id), and what the proof must say, and nothing
/// else.
pub(super) type Tampering = (&'static str, &'static str, &'static [Breach]);

/// All of it.
pub(super) fn all() -> impl Iterator<Item = &'static Tampering> {
    [KEPT, FILED, OWNED, PROMISED, ACKNOWLEDGED, SENT, TOLD]
        .into_iter()
        .flatten()
}

/// What arrived is kept, raw.
const KEPT: &[Tampering] = &[
    (
        "mailed",
        "DELETE FROM incoming_raw WHERE incoming = (SELECT w.incoming FROM message_mails w \
         JOIN messages m ON m.id = w.message WHERE m.enquiry = {it})",
        &[Breach::RawMissing],
    ),
    (
        "mailed",
        "UPDATE incoming_raw SET bytes = (SELECT r.bytes FROM incoming_raw r WHERE r.incoming <> incoming_raw.incoming \
         ORDER BY r.incoming LIMIT 1) WHERE incoming = (SELECT w.incoming FROM message_mails w \
         JOIN messages m ON m.id = w.message WHERE m.enquiry = {it})",
        &[Breach::RawChanged],
    ),
    (
        "mailed",
        "UPDATE incoming SET size = size + 1 WHERE id = (SELECT w.incoming FROM message_mails w \
         JOIN messages m ON m.id = w.message WHERE m.enquiry = {it})",
        &[Breach::RawChanged],
    ),
    (
        "",
        "INSERT INTO mailbox_messages (mailbox, uid_validity, uid, state, attempts, noted_at) \
         VALUES ('enquiries', 1, 7, 'stored', 0, 0)",
        &[Breach::StoredNowhere],
    ),
    (
        "mailed",
        "DELETE FROM incoming WHERE id = (SELECT w.incoming FROM message_mails w JOIN messages m ON m.id = w.message \
         WHERE m.enquiry = {it})",
        &[Breach::IncomingGone],
    ),
    (
        "",
        "DELETE FROM incoming WHERE state = 'received'",
        &[Breach::IncomingGone],
    ),
    (
        "",
        "DELETE FROM incoming WHERE state = 'quarantined'",
        &[Breach::IncomingGone],
    ),
    (
        "",
        "DELETE FROM incoming WHERE state = 'set-aside'",
        &[Breach::IncomingGone],
    ),
    (
        "",
        "DELETE FROM incoming WHERE state = 'report'",
        &[Breach::IncomingGone],
    ),
    (
        "",
        "DELETE FROM incoming WHERE state = 'noted'",
        &[Breach::IncomingGone],
    ),
    (
        "open",
        "INSERT INTO incoming_places (mailbox, uid_validity, uid, incoming) VALUES ('enquiries', 1, 8, {it})",
        &[Breach::IncomingGone],
    ),
    (
        "open",
        "INSERT INTO jobs (id, kind, subject, state, run_at, attempts, created_at, done_at) \
         VALUES ({it}, 'file-message', {it}, 'done', 0, 1, 0, 0)",
        &[Breach::IncomingGone],
    ),
    (
        "open",
        "INSERT INTO audit (id, done_at, actor_kind, action, subject) VALUES ({it}, 0, 'account', 'mail-set-aside', {it})",
        &[Breach::IncomingGone],
    ),
];

/// Every message belongs to an enquiry or stands before a person.
const FILED: &[Tampering] = &[
    (
        "",
        "DELETE FROM message_mails WHERE message IN (SELECT m.id FROM messages m JOIN enquiries e ON e.id = m.enquiry \
         WHERE e.channel = 'email')",
        &[Breach::FiledNowhere],
    ),
    (
        "mailed",
        "UPDATE incoming SET state = 'report' WHERE id = (SELECT w.incoming FROM message_mails w \
         JOIN messages m ON m.id = w.message WHERE m.enquiry = {it})",
        &[Breach::FiledOtherwise],
    ),
    (
        "",
        "DELETE FROM jobs WHERE kind = 'file-message' AND state = 'waiting'",
        &[Breach::NobodyFiles],
    ),
    (
        "",
        "UPDATE jobs SET run_at = run_at - 3600000 WHERE kind = 'file-message' AND state = 'waiting'",
        &[Breach::NobodyFiles],
    ),
    (
        "",
        "UPDATE incoming SET reason = NULL WHERE state = 'quarantined'",
        &[Breach::NoReason],
    ),
    (
        "",
        "UPDATE incoming SET settled_by = NULL WHERE state = 'set-aside'",
        &[Breach::SetAsideByNobody],
    ),
    (
        "",
        "UPDATE incoming SET state = 'noted' WHERE state = 'quarantined'",
        &[Breach::NotedNowhere],
    ),
    (
        "chased",
        "DELETE FROM messages WHERE id = (SELECT m.id FROM messages m WHERE m.enquiry = {it} AND m.kind = 'follow-up' \
         ORDER BY m.id LIMIT 1)",
        &[Breach::MessageGone],
    ),
    (
        "open",
        "DELETE FROM enquiries WHERE id = {it}",
        &[Breach::WithoutEnquiry],
    ),
];

/// An owner, and one state with a date.
const OWNED: &[Tampering] = &[
    (
        "open",
        "DELETE FROM promises WHERE enquiry = {it}",
        &[Breach::NoPromise],
    ),
    (
        "open",
        "UPDATE enquiries SET due_at = due_at + 86400000 WHERE id = {it}",
        &[Breach::OtherTime],
    ),
    (
        "open",
        "UPDATE enquiries SET due_at = NULL WHERE id = {it}",
        &[Breach::OtherTime],
    ),
    (
        "open",
        "UPDATE promises SET due_at = due_at + 86400000 WHERE enquiry = {it}",
        &[Breach::OtherTime, Breach::DayAndInstant],
    ),
    (
        "open",
        "UPDATE promises SET due_on = '2027-01-01' WHERE enquiry = {it}",
        &[Breach::DayAndInstant, Breach::RecordSaysOtherwise],
    ),
    (
        "open",
        "UPDATE enquiries SET state = 'answered', answered_at = received_at, closes_on = '2026-04-01', due_at = NULL \
         WHERE id = {it}",
        &[Breach::PromiseRunsOn, Breach::AnsweredByNobody],
    ),
    (
        "open",
        "UPDATE enquiries SET state = 'closed', closed_at = received_at, close_reason = 'ended', end_reason = 'spam', \
         due_at = NULL WHERE id = {it}",
        &[Breach::PromiseRunsOn],
    ),
    (
        "answered",
        "UPDATE enquiries SET closes_on = NULL WHERE id = {it}",
        &[Breach::StateUnclear],
    ),
    (
        "open",
        "UPDATE enquiries SET paused_until_on = '2026-04-01' WHERE id = {it}",
        &[Breach::StateUnclear],
    ),
    (
        "answered",
        "UPDATE enquiries SET closes_on = '2026-03-09' WHERE id = {it}",
        &[Breach::ClosingOver],
    ),
    (
        "paused",
        "UPDATE enquiries SET due_at = due_at + 86400000 WHERE id = {it}",
        &[Breach::PauseTime],
    ),
    (
        "paused",
        "UPDATE enquiries SET paused_until_on = '2026-03-09', due_at = 1773100799999 WHERE id = {it}",
        &[Breach::PauseOver, Breach::PausedByNobody],
    ),
    (
        "paused",
        "UPDATE enquiries SET paused_until_on = '2026-06-01', due_at = 1780354799999 WHERE id = {it}",
        &[Breach::PausedByNobody],
    ),
    (
        "paused",
        "UPDATE pauses SET began_at = NULL WHERE enquiry = {it}",
        &[Breach::PausedByNobody],
    ),
    (
        "mine",
        "UPDATE accounts SET away_until_on = '2026-05-01' WHERE id = (SELECT officer FROM enquiries WHERE id = {it})",
        &[Breach::OwnerAway],
    ),
    (
        "mine",
        "UPDATE accounts SET disabled_at = 0 WHERE id = (SELECT officer FROM enquiries WHERE id = {it})",
        &[Breach::OwnerAway],
    ),
];

/// Kept, ended and moved only by what may do so.
const PROMISED: &[Tampering] = &[
    (
        "answered",
        "UPDATE promises SET kept_by = NULL WHERE enquiry = {it}",
        &[Breach::KeptByNoAnswer],
    ),
    (
        "answered",
        "UPDATE promises SET kept_by = (SELECT m.id FROM messages m WHERE m.enquiry = {it} AND m.kind = 'enquiry') \
         WHERE enquiry = {it}",
        &[Breach::KeptByNoAnswer],
    ),
    (
        "answered",
        "UPDATE promises SET kept_by = (SELECT m.id FROM messages m JOIN enquiries e ON e.id = m.enquiry \
         JOIN mails x ON x.message = m.id WHERE m.enquiry <> {it} AND m.kind = 'reply' AND x.state = 'sent' \
         ORDER BY m.id LIMIT 1) WHERE enquiry = {it}",
        &[Breach::KeptElsewhere],
    ),
    (
        "answered",
        "UPDATE messages SET kind = 'internal-note' WHERE enquiry = {it} AND kind = 'reply'",
        &[Breach::KeptByNoAnswer, Breach::AnsweredByNobody],
    ),
    (
        "open",
        "UPDATE promises SET outcome = 'kept', outcome_at = received_at, kept_by = (SELECT m.id FROM messages m \
         WHERE m.enquiry = {it}), next_step = NULL, next_step_at = NULL WHERE enquiry = {it}",
        &[
            Breach::NoPromise,
            Breach::KeptByNoAnswer,
            Breach::RecordSaysOtherwise,
        ],
    ),
    (
        "open",
        "UPDATE promises SET outcome = 'ended', outcome_at = received_at, end_reason = 'thanks' WHERE enquiry = {it}",
        &[Breach::NoPromise, Breach::RecordSaysOtherwise],
    ),
    (
        "thanked",
        "UPDATE promises SET end_reason = NULL WHERE enquiry = {it}",
        &[Breach::RecordSaysOtherwise],
    ),
    (
        "answered",
        "UPDATE messages SET said_at = said_at + 86400000 WHERE enquiry = {it} AND kind = 'enquiry'",
        &[Breach::MessageWithoutPromise],
    ),
    (
        "open",
        "UPDATE promises SET moves = 1 WHERE enquiry = {it}",
        &[Breach::MovedByNoReply, Breach::RecordSaysOtherwise],
    ),
    (
        "held",
        "UPDATE promises SET moves = 0 WHERE enquiry = {it}",
        &[Breach::RecordSaysOtherwise],
    ),
    (
        "chased",
        "UPDATE enquiries SET chasers = 0, due_at = due_at + 2 WHERE id = {it}",
        &[Breach::ChasersMiscounted],
    ),
    (
        "again",
        "UPDATE promises SET moves = 1 WHERE enquiry = {it} AND outcome = 'running'",
        &[Breach::MovedByNoReply, Breach::RecordSaysOtherwise],
    ),
    (
        "held",
        "UPDATE promises SET moves = 3 WHERE enquiry = {it}",
        &[
            Breach::MovedTooOften,
            Breach::MovedByNoReply,
            Breach::RecordSaysOtherwise,
        ],
    ),
    (
        "joined",
        "UPDATE messages SET said_at = said_at + 86400000 WHERE enquiry = {it} AND kind = 'enquiry'",
        &[Breach::MessageWithoutPromise],
    ),
];

/// Acknowledged, or about to be, or it says why not.
const ACKNOWLEDGED: &[Tampering] = &[
    (
        "open",
        "UPDATE enquiries SET acknowledgement = NULL WHERE id = {it}",
        &[Breach::AcknowledgementUnknown],
    ),
    (
        "queued",
        "DELETE FROM jobs WHERE subject = (SELECT x.id FROM mails x WHERE x.enquiry = {it})",
        &[Breach::AcknowledgementWaits],
    ),
    (
        "queued",
        "UPDATE jobs SET created_at = created_at - 660000 WHERE subject = (SELECT x.id FROM mails x WHERE x.enquiry = {it})",
        &[Breach::AcknowledgementWaits],
    ),
    (
        "open",
        "UPDATE enquiries SET acknowledgement = 'queued' WHERE id = {it}",
        &[Breach::AcknowledgementWaits],
    ),
    (
        "bounced",
        "UPDATE enquiries SET acknowledgement = 'sent' WHERE id = {it}",
        &[Breach::AcknowledgementNotSent],
    ),
    (
        "open",
        "UPDATE enquiries SET acknowledgement = 'failed' WHERE id = {it}",
        &[Breach::AcknowledgementNotFailed],
    ),
    (
        "open",
        "UPDATE enquiries SET acknowledgement = 'answered-at-once' WHERE id = {it}",
        &[Breach::NotAnsweredAtOnce],
    ),
    (
        "paused",
        "UPDATE mails SET kind = 'acknowledgement', frozen = NULL WHERE enquiry = {it} AND message IS NOT NULL",
        &[Breach::AcknowledgedTwice],
    ),
];

/// In the outbox until a server took it, and then where its fate is seen to.
const SENT: &[Tampering] = &[
    (
        "mine",
        "DELETE FROM jobs WHERE subject = (SELECT x.id FROM mails x WHERE x.enquiry = {it} AND x.state = 'waiting')",
        &[Breach::NobodySends],
    ),
    (
        "mine",
        "UPDATE jobs SET state = 'done' WHERE subject = (SELECT x.id FROM mails x WHERE x.enquiry = {it} AND x.state = 'waiting')",
        &[Breach::NobodySends],
    ),
    (
        "mine",
        "UPDATE mails SET to_address = 'somebody.else@example.net', to_compared = 'somebody.else@example.net' \
         WHERE enquiry = {it} AND state = 'waiting'",
        &[Breach::MailChanged],
    ),
    (
        "answered",
        "UPDATE mails SET body_text = 'No.' WHERE enquiry = {it} AND kind = 'reply'",
        &[Breach::MailChanged],
    ),
    (
        "answered",
        "UPDATE mails SET subject = 'About Sam' WHERE enquiry = {it} AND kind = 'acknowledgement'",
        &[Breach::MailChanged],
    ),
    (
        "answered",
        "UPDATE mails SET sent_at = NULL WHERE enquiry = {it} AND kind = 'reply'",
        &[Breach::NoServerTook],
    ),
    (
        "mine",
        "UPDATE mails SET state = 'sent', sent_at = created_at WHERE enquiry = {it} AND state = 'waiting'",
        &[Breach::NoServerTook, Breach::DeliveryDisagrees],
    ),
    (
        "mine",
        "DELETE FROM mails WHERE enquiry = {it} AND state = 'waiting'",
        &[Breach::DeliveryDisagrees, Breach::MailGone],
    ),
    (
        "bounced",
        "UPDATE mails SET cleared_by = NULL WHERE enquiry = {it}",
        &[Breach::ClearedByNobody],
    ),
    (
        "taken-back",
        "UPDATE messages SET delivery = 'sent' WHERE enquiry = {it} AND delivery = 'taken-back'",
        &[Breach::DeliveryDisagrees],
    ),
    (
        "mine",
        "UPDATE mails SET state = 'taken-back' WHERE enquiry = {it} AND state = 'waiting'",
        &[Breach::DeliveryDisagrees, Breach::TakenBackByNobody],
    ),
    (
        "again",
        "UPDATE mails SET state = 'sent' WHERE enquiry = {it} AND state = 'bounced'",
        &[Breach::ReportDisagrees],
    ),
];

/// Told in time, or late and shown.
const TOLD: &[Tampering] = &[
    (
        "open",
        "UPDATE promises SET next_step = NULL, next_step_at = NULL WHERE enquiry = {it}",
        &[Breach::NoNextStep],
    ),
    (
        "overdue",
        "UPDATE promises SET next_step = 'breach', next_step_at = due_at + 1 WHERE enquiry = {it}",
        &[Breach::StepOverdue],
    ),
    (
        "open",
        "UPDATE promises SET next_step_at = next_step_at + 3000000000 WHERE enquiry = {it}",
        &[Breach::StepTooLate],
    ),
    (
        "overdue",
        "DELETE FROM tellings WHERE enquiry = {it}",
        &[Breach::NobodyTold],
    ),
    (
        "overdue",
        "UPDATE tellings SET notice = NULL WHERE escalation = (SELECT t.escalation FROM tellings t \
         WHERE t.enquiry = {it} AND t.over_at IS NULL ORDER BY t.escalation LIMIT 1)",
        &[Breach::NotWrittenTo],
    ),
    (
        "open",
        "INSERT INTO hand_overs (id, address, enquiry, way, handed_at) \
         SELECT id, 'olu@council.example.org', id, 'to-officer', received_at FROM enquiries WHERE id = {it}",
        &[Breach::NotWrittenTo],
    ),
    (
        "",
        "UPDATE notices SET state = 'waiting'",
        &[Breach::NobodySendsNotice],
    ),
    (
        "",
        "UPDATE notices SET server_answer = NULL WHERE state = 'sent'",
        &[Breach::NoServerTookNotice],
    ),
    (
        "",
        "UPDATE notices SET sent_at = NULL WHERE state = 'sent'",
        &[Breach::NoServerTookNotice],
    ),
    (
        "overdue",
        "UPDATE escalations SET done_at = due_at WHERE enquiry = {it} AND step = 'breach'",
        &[Breach::EscalationChanged],
    ),
    (
        "overdue",
        "DELETE FROM escalations WHERE enquiry = {it} AND step = 'half'",
        &[Breach::EscalationChanged],
    ),
    (
        "chased",
        "UPDATE escalations SET step = 'half' WHERE enquiry = {it} AND step = 'chased-twice'",
        &[Breach::ChasedTwiceUntold],
    ),
    (
        "open",
        "UPDATE promises SET next_step_at = due_at - 60000 WHERE enquiry = {it}",
        &[Breach::StepTooLate],
    ),
    (
        "open",
        "UPDATE promises SET next_step = 'breach', next_step_at = due_at + 1 WHERE enquiry = {it}",
        &[Breach::StepTooLate],
    ),
    (
        "last-day",
        "DELETE FROM tellings WHERE escalation = (SELECT x.id FROM escalations x WHERE x.enquiry = {it} \
         AND x.step = 'half')",
        &[Breach::NobodyTold],
    ),
    (
        "last-day",
        "DELETE FROM tellings WHERE escalation = (SELECT x.id FROM escalations x WHERE x.enquiry = {it} \
         AND x.step = 'four-fifths')",
        &[Breach::NobodyTold],
    ),
    (
        "last-day",
        "DELETE FROM tellings WHERE escalation = (SELECT x.id FROM escalations x WHERE x.enquiry = {it} \
         AND x.step = 'due-day')",
        &[Breach::NobodyTold],
    ),
    (
        "last-day",
        "DELETE FROM escalations WHERE enquiry = {it} AND step = 'due-day'",
        &[Breach::NobodyTold, Breach::EscalationChanged],
    ),
];
