//! Invariant 5: every enquiry was acknowledged, or is about to be, or says why not and stands in a list. That list is
//! made of the codes themselves (`Enquiries::not_acknowledged`), so that a code is all that is needed to stand in it.

use super::{Breach, Check, Given, broken, in_time};

/// An enquiry whose acknowledgement has this code, and no mail of this kind that bears it out.
macro_rules! without_mail {
    ($code:literal, $mail:expr) => {
        broken!(
            "SELECT e.reference, e.id AS subject, CAST(NULL AS TEXT) AS detail FROM enquiries e \
             WHERE e.acknowledgement = '",
            $code,
            "' AND NOT EXISTS (SELECT 1 FROM mails x WHERE x.enquiry = e.id AND x.kind = 'acknowledgement' AND ",
            $mail,
            ")"
        )
    };
}

pub(super) const CHECKS: &[Check] = &[
    Check {
        breach: Breach::AcknowledgementUnknown,
        given: Given::Nothing,
        sql: broken!(
            "SELECT e.reference, e.id AS subject, CAST(NULL AS TEXT) AS detail FROM enquiries e \
             WHERE e.acknowledgement IS NULL"
        ),
    },
    // One that was tried in vain stands in the list of what is held up until it is sent or given up.
    Check {
        breach: Breach::AcknowledgementWaits,
        given: Given::LateBefore,
        sql: broken!(
            "SELECT e.reference, e.id AS subject, CAST(NULL AS TEXT) AS detail FROM enquiries e \
             WHERE e.acknowledgement = 'queued' AND NOT EXISTS (SELECT 1 FROM mails x JOIN jobs j ON j.subject = x.id \
             WHERE x.enquiry = e.id AND x.kind = 'acknowledgement' AND x.state = 'waiting' AND j.kind = 'send-mail'",
            in_time!(),
            " AND (x.attempts > 0 OR j.created_at >= $2))"
        ),
    },
    Check {
        breach: Breach::AcknowledgementNotSent,
        given: Given::Nothing,
        sql: without_mail!("sent", "x.state IN ('sent', 'delayed', 'delivered')"),
    },
    Check {
        breach: Breach::AcknowledgementNotFailed,
        given: Given::Nothing,
        sql: without_mail!("failed", "x.state IN ('dead', 'bounced')"),
    },
    Check {
        breach: Breach::NotAnsweredAtOnce,
        given: Given::Nothing,
        sql: broken!(
            "SELECT e.reference, e.id AS subject, CAST(NULL AS TEXT) AS detail FROM enquiries e \
             WHERE e.acknowledgement = 'answered-at-once' AND NOT EXISTS (SELECT 1 FROM messages m \
             WHERE m.enquiry = e.id AND m.kind = 'reply' AND m.author IS NOT NULL AND m.delivery IS NULL) \
             AND NOT EXISTS (SELECT 1 FROM audit a WHERE a.enquiry = e.id AND a.action = 'joined-into')"
        ),
    },
    // The same words to another address are no second one.
    Check {
        breach: Breach::AcknowledgedTwice,
        given: Given::Nothing,
        sql: broken!(
            "SELECT e.reference, t.enquiry AS subject, CAST(NULL AS TEXT) AS detail FROM (SELECT x.enquiry FROM mails x \
             WHERE x.kind = 'acknowledgement' AND COALESCE(x.clear_reason, '') <> 'other-address' \
             GROUP BY x.enquiry HAVING count(*) > 1) AS t LEFT JOIN enquiries e ON e.id = t.enquiry"
        ),
    },
];
