//! Invariant 6: every mail of ours waits with a job until a server took it, and what reached nobody stands before a
//! person. Whether its words are those that were written is asked in `bytes.rs`.

use super::{Breach, Check, Given, broken, no_job};

pub(super) const CHECKS: &[Check] = &[
    // An acknowledgement that is queued belongs to invariant 5.
    Check {
        breach: Breach::NobodySends,
        given: Given::LateBefore,
        sql: broken!(
            "SELECT e.reference, x.id AS subject, x.kind AS detail FROM mails x LEFT JOIN enquiries e ON e.id = x.enquiry \
             WHERE x.state = 'waiting' AND NOT (x.kind = 'acknowledgement' AND COALESCE(e.acknowledgement, '') = 'queued') AND ",
            no_job!("send-mail", "x.id")
        ),
    },
    // Older programs wrote down no attempt, but the deed.
    Check {
        breach: Breach::NoServerTook,
        given: Given::Nothing,
        sql: broken!(
            "SELECT e.reference, x.id AS subject, x.kind AS detail FROM mails x LEFT JOIN enquiries e ON e.id = x.enquiry \
             WHERE x.state IN ('sent', 'delayed', 'delivered') AND (x.sent_at IS NULL \
             OR (NOT EXISTS (SELECT 1 FROM delivery_attempts d WHERE d.mail = x.id AND d.outcome = 'taken') \
             AND NOT EXISTS (SELECT 1 FROM audit a WHERE a.enquiry = x.enquiry AND a.action = 'mail-sent' \
             AND a.subject = x.id)))"
        ),
    },
    Check {
        breach: Breach::DeliveryDisagrees,
        given: Given::Nothing,
        sql: broken!(
            "SELECT e.reference, m.id AS subject, m.delivery AS detail FROM messages m \
             LEFT JOIN mails x ON x.message = m.id AND x.state = m.delivery LEFT JOIN enquiries e ON e.id = m.enquiry \
             WHERE m.delivery IS NOT NULL AND x.id IS NULL"
        ),
    },
    // A report of a delay takes no mail further that is not noted as sent yet: the deed says whether it did. What a person
    // tried again since counts anew, and a report about a mail that was erased changes nothing.
    Check {
        breach: Breach::ReportDisagrees,
        given: Given::Nothing,
        sql: broken!(
            "SELECT DISTINCT e.reference, x.id AS subject, x.kind AS detail FROM delivery_reports d \
             JOIN mails x ON x.id = d.mail LEFT JOIN enquiries e ON e.id = x.enquiry \
             WHERE ((d.action = 'failed' AND x.state IN ('sent', 'delayed', 'delivered')) \
             OR (d.action = 'delayed' AND x.state = 'sent' AND EXISTS (SELECT 1 FROM audit a \
             WHERE a.enquiry = x.enquiry AND a.subject = x.id AND a.action = 'mail-delayed'))) \
             AND NOT EXISTS (SELECT 1 FROM audit a WHERE a.enquiry = x.enquiry AND (a.action = 'enquiry-erased' \
             OR (a.action = 'mail-tried-again' AND a.subject = x.id AND a.done_at + 60000 >= d.received_at)))"
        ),
    },
    Check {
        breach: Breach::ClearedByNobody,
        given: Given::Nothing,
        sql: broken!(
            "SELECT e.reference, x.id AS subject, x.kind AS detail FROM mails x LEFT JOIN enquiries e ON e.id = x.enquiry \
             WHERE x.cleared_at IS NOT NULL AND (x.cleared_by IS NULL OR x.clear_reason IS NULL \
             OR NOT EXISTS (SELECT 1 FROM audit a WHERE a.enquiry = x.enquiry AND a.actor_kind = 'account' \
             AND ((a.action = 'mail-cleared' AND a.subject = x.id) \
             OR (a.action = 'mail-sent-elsewhere' AND x.clear_reason = 'other-address'))))"
        ),
    },
    Check {
        breach: Breach::TakenBackByNobody,
        given: Given::Nothing,
        sql: broken!(
            "SELECT e.reference, x.id AS subject, x.kind AS detail FROM mails x LEFT JOIN enquiries e ON e.id = x.enquiry \
             WHERE x.state = 'taken-back' AND NOT EXISTS (SELECT 1 FROM audit a WHERE a.enquiry = x.enquiry \
             AND a.action = 'reply-taken-back' AND a.subject = x.message AND a.actor_kind = 'account')"
        ),
    },
    Check {
        breach: Breach::MailGone,
        given: Given::Nothing,
        sql: broken!(
            "SELECT CAST(NULL AS TEXT) AS reference, j.subject, CAST(NULL AS TEXT) AS detail FROM jobs j \
             LEFT JOIN mails x ON x.id = j.subject WHERE j.state <> 'done' AND j.kind = 'send-mail' AND x.id IS NULL"
        ),
    },
];
