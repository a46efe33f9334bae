//! Invariant 2: every message belongs to an enquiry, and every mail that came in is one, or stands before a person.

use super::{Breach, Check, Given, broken, broken_alone, no_job};

pub(super) const CHECKS: &[Check] = &[
    Check {
        breach: Breach::FiledNowhere,
        given: Given::Nothing,
        sql: broken_alone!(
            "incoming",
            "LEFT JOIN message_mails w ON w.incoming = r.id WHERE r.state = 'filed' AND w.message IS NULL"
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
        sql: broken_alone!(
            "incoming",
            "WHERE r.state = 'received' AND ",
            no_job!("file-message", "r.id")
        ),
    },
    Check {
        breach: Breach::NoReason,
        given: Given::Nothing,
        sql: broken_alone!(
            "incoming",
            "WHERE r.state = 'quarantined' AND r.reason IS NULL"
        ),
    },
    Check {
        breach: Breach::SetAsideByNobody,
        given: Given::Nothing,
        sql: broken_alone!(
            "incoming",
            "WHERE r.state = 'set-aside' AND (r.settled_by IS NULL OR r.settled_words IS NULL)"
        ),
    },
    Check {
        breach: Breach::NotedNowhere,
        given: Given::Nothing,
        sql: broken_alone!(
            "incoming",
            "LEFT JOIN delivery_reports d ON d.arrived = r.id WHERE r.state = 'noted' AND d.mail IS NULL"
        ),
    },
    // A foreign key forbids it; SQLite keeps that only while it is told to.
    Check {
        breach: Breach::WithoutEnquiry,
        given: Given::Nothing,
        sql: broken_alone!(
            "messages",
            "LEFT JOIN enquiries e ON e.id = r.enquiry WHERE e.id IS NULL"
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
