//! Invariant 2: every message belongs to an enquiry, and every mail that came in is one, or stands before a person.

use super::{Breach, Check, Given, broken, in_time};

pub(super) const CHECKS: &[Check] = &[
    Check {
        breach: Breach::FiledNowhere,
        given: Given::Nothing,
        sql: broken!(
            "SELECT CAST(NULL AS TEXT) AS reference, i.id AS subject, CAST(NULL AS TEXT) AS detail FROM incoming i \
             LEFT JOIN message_mails w ON w.incoming = i.id WHERE i.state = 'filed' AND w.message IS NULL"
        ),
    },
    Check {
        breach: Breach::FiledOtherwise,
        given: Given::Nothing,
        sql: broken!(
            "SELECT e.reference, i.id AS subject, i.state AS detail FROM incoming i \
             JOIN message_mails w ON w.incoming = i.id LEFT JOIN messages m ON m.id = w.message \
             LEFT JOIN enquiries e ON e.id = m.enquiry WHERE i.state <> 'filed'"
        ),
    },
    Check {
        breach: Breach::NobodyFiles,
        given: Given::LateBefore,
        sql: broken!(
            "SELECT CAST(NULL AS TEXT) AS reference, i.id AS subject, CAST(NULL AS TEXT) AS detail FROM incoming i \
             WHERE i.state = 'received' AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.subject = i.id \
             AND j.kind = 'file-message'",
            in_time!(),
            ")"
        ),
    },
    Check {
        breach: Breach::NoReason,
        given: Given::Nothing,
        sql: broken!(
            "SELECT CAST(NULL AS TEXT) AS reference, i.id AS subject, CAST(NULL AS TEXT) AS detail FROM incoming i \
             WHERE i.state = 'quarantined' AND i.reason IS NULL"
        ),
    },
    Check {
        breach: Breach::SetAsideByNobody,
        given: Given::Nothing,
        sql: broken!(
            "SELECT CAST(NULL AS TEXT) AS reference, i.id AS subject, CAST(NULL AS TEXT) AS detail FROM incoming i \
             WHERE i.state = 'set-aside' AND (i.settled_by IS NULL OR i.settled_words IS NULL)"
        ),
    },
    Check {
        breach: Breach::NotedNowhere,
        given: Given::Nothing,
        sql: broken!(
            "SELECT CAST(NULL AS TEXT) AS reference, i.id AS subject, CAST(NULL AS TEXT) AS detail FROM incoming i \
             LEFT JOIN delivery_reports d ON d.arrived = i.id WHERE i.state = 'noted' AND d.mail IS NULL"
        ),
    },
    // A foreign key forbids it; SQLite keeps that only while it is told to.
    Check {
        breach: Breach::WithoutEnquiry,
        given: Given::Nothing,
        sql: broken!(
            "SELECT CAST(NULL AS TEXT) AS reference, m.id AS subject, CAST(NULL AS TEXT) AS detail FROM messages m \
             LEFT JOIN enquiries e ON e.id = m.enquiry WHERE e.id IS NULL"
        ),
    },
    // What was erased by right is gone with everything, and the record says that it was.
    Check {
        breach: Breach::MessageGone,
        given: Given::Nothing,
        sql: broken!(
            "SELECT e.reference, a.subject, a.action AS detail FROM audit a LEFT JOIN messages m ON m.id = a.subject \
             LEFT JOIN enquiries e ON e.id = a.enquiry \
             WHERE a.action IN ('enquiry-received', 'message-received', 'automatic-reply-received') \
             AND a.subject IS NOT NULL AND m.id IS NULL",
            super::not_erased!()
        ),
    },
];
