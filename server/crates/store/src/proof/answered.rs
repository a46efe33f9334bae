//! Invariant 4: a promise is kept, ended and moved only by what may do so, and the record of deeds says the same.

use super::{Breach, Check, Given, broken};

pub(super) const CHECKS: &[Check] = &[
    Check {
        breach: Breach::KeptByNoAnswer,
        given: Given::Nothing,
        sql: broken!(
            "SELECT e.reference, p.id AS subject, COALESCE(m.delivery, m.kind) AS detail FROM promises p \
             LEFT JOIN messages m ON m.id = p.kept_by LEFT JOIN enquiries e ON e.id = p.enquiry \
             WHERE p.outcome = 'kept' AND (m.id IS NULL OR p.outcome_at IS NULL OR m.kind <> 'reply' \
             OR m.direction <> 'outbound' OR m.author IS NULL \
             OR COALESCE(m.delivery, 'sent') NOT IN ('sent', 'delayed', 'delivered'))"
        ),
    },
    // What was said moves with an enquiry that is joined into another; its promises do not.
    Check {
        breach: Breach::KeptElsewhere,
        given: Given::Nothing,
        sql: broken!(
            "SELECT e.reference, p.id AS subject, CAST(NULL AS TEXT) AS detail FROM promises p \
             JOIN messages m ON m.id = p.kept_by LEFT JOIN enquiries e ON e.id = p.enquiry \
             WHERE m.enquiry <> p.enquiry AND NOT EXISTS (SELECT 1 FROM audit a \
             WHERE a.enquiry = p.enquiry AND a.action = 'joined-into')"
        ),
    },
    // One that came back after it answered what had been closed without an answer leaves it as it is: hence 'bounced'.
    Check {
        breach: Breach::AnsweredByNobody,
        given: Given::Nothing,
        sql: broken!(
            "SELECT e.reference, e.id AS subject, CAST(NULL AS TEXT) AS detail FROM enquiries e \
             WHERE e.state = 'answered' AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.enquiry = e.id \
             AND m.kind = 'reply' AND m.direction = 'outbound' AND m.author IS NOT NULL \
             AND COALESCE(m.delivery, 'sent') NOT IN ('dead', 'capped', 'taken-back'))"
        ),
    },
    // A minute more, because the clocks of two servers are never quite the same. What came before
    // another enquiry was joined into this one may have been settled there.
    Check {
        breach: Breach::MessageWithoutPromise,
        given: Given::Nothing,
        sql: broken!(
            "SELECT e.reference, e.id AS subject, CAST(NULL AS TEXT) AS detail FROM (SELECT m.enquiry, \
             max(m.said_at) AS said_at FROM messages m WHERE m.direction = 'inbound' AND m.kind <> 'automatic-reply' \
             GROUP BY m.enquiry) AS l JOIN enquiries e ON e.id = l.enquiry \
             WHERE e.state IN ('answered', 'closed') AND l.said_at > 60000 + COALESCE((SELECT max(COALESCE(p.outcome_at, \
             9000000000000000)) FROM promises p WHERE p.enquiry = e.id), 0) \
             AND l.said_at > 60000 + COALESCE((SELECT max(a.done_at) FROM audit a WHERE a.enquiry = e.id \
             AND a.action = 'joined'), 0)"
        ),
    },
    // A holding reply is about the promise that ran when it was written. A minute more here too.
    Check {
        breach: Breach::MovedByNoReply,
        given: Given::Nothing,
        sql: broken!(
            "SELECT e.reference, p.id AS subject, CAST(NULL AS TEXT) AS detail FROM promises p \
             LEFT JOIN enquiries e ON e.id = p.enquiry WHERE p.moves > 0 AND p.moves > (SELECT \
             count(DISTINCT x.message) FROM mails x JOIN messages m ON m.id = x.message \
             WHERE x.enquiry = p.enquiry AND x.kind = 'holding-reply' AND x.sent_at IS NOT NULL \
             AND m.said_at >= p.received_at AND m.said_at <= 60000 + COALESCE(p.outcome_at, 9000000000000000))"
        ),
    },
    Check {
        breach: Breach::MovedTooOften,
        given: Given::MaxMoves,
        sql: broken!(
            "SELECT e.reference, p.id AS subject, CAST(NULL AS TEXT) AS detail FROM promises p \
             LEFT JOIN enquiries e ON e.id = p.enquiry WHERE p.moves > $2"
        ),
    },
    // A day that an older program set stands in the record without the day: then any is right.
    Check {
        breach: Breach::RecordSaysOtherwise,
        given: Given::Nothing,
        sql: broken!(
            "SELECT e.reference, r.id AS subject, r.otherwise AS detail FROM (SELECT p.id, p.enquiry, CASE \
             WHEN p.outcome = 'kept' AND COALESCE(sum(CASE WHEN a.action = 'promise-kept' THEN 1 END), 0) = 0 \
               THEN 'not-kept' \
             WHEN p.outcome = 'ended' AND (p.end_reason IS NULL OR COALESCE(sum(CASE WHEN a.action = 'promise-ended' \
               AND a.actor_kind = 'account' THEN 1 END), 0) = 0) THEN 'not-ended' \
             WHEN p.moves <> COALESCE(sum(CASE a.action WHEN 'promise-moved' THEN 1 WHEN 'promise-moved-back' THEN -1 END), 0) \
               THEN 'not-moved' \
             WHEN COALESCE(sum(CASE WHEN a.action IN ('promise-started', 'promise-moved', 'promise-moved-back', \
               'promise-brought-forward', 'promise-runs-again', 'resumed') AND (a.detail IS NULL OR a.detail = p.due_on \
               OR a.detail LIKE '% to ' || p.due_on) THEN 1 END), 0) = 0 THEN 'another-day' \
             END AS otherwise FROM promises p LEFT JOIN audit a ON a.enquiry = p.enquiry AND a.subject = p.id \
             GROUP BY p.id, p.enquiry, p.outcome, p.end_reason, p.moves, p.due_on) AS r \
             LEFT JOIN enquiries e ON e.id = r.enquiry WHERE r.otherwise IS NOT NULL"
        ),
    },
    Check {
        breach: Breach::ChasersMiscounted,
        given: Given::Nothing,
        sql: broken!(
            "SELECT e.reference, e.id AS subject, CAST(NULL AS TEXT) AS detail FROM enquiries e \
             JOIN promises p ON p.enquiry = e.id AND p.outcome = 'running' WHERE e.state IN ('promised', 'paused') \
             AND e.chasers <> (SELECT count(*) FROM audit a WHERE a.enquiry = e.id AND a.action = 'chaser-counted' \
             AND a.subject = p.id)"
        ),
    },
];
