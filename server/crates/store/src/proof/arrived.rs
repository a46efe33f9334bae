//! Invariant 1: what arrived is kept, raw. Whether the bytes are those that came is asked in `bytes.rs`.

use super::{Breach, Check, Given, broken};

/// Rows of a table whose column names a mail that came in which is not there; how the reference of its enquiry is found,
/// and which rows name one.
macro_rules! gone {
    ($table:literal, $mail:literal, $reference:literal, $enquiry:literal, $which:literal) => {
        concat!(
            "SELECT ",
            $reference,
            " AS reference, ",
            $mail,
            " AS subject FROM ",
            $table,
            " LEFT JOIN incoming i ON i.id = ",
            $mail,
            $enquiry,
            " WHERE i.id IS NULL AND ",
            $which
        )
    };
    ($table:literal, $mail:literal, $which:literal) => {
        gone!($table, $mail, "CAST(NULL AS TEXT)", "", $which)
    };
}

pub(super) const CHECKS: &[Check] = &[
    // Of what was erased, and of what a person set aside because its bytes were gone, none are expected.
    Check {
        breach: Breach::RawMissing,
        given: Given::Nothing,
        sql: broken!(
            "SELECT e.reference, i.id AS subject, i.state AS detail FROM incoming i \
             LEFT JOIN incoming_raw r ON r.incoming = i.id LEFT JOIN message_mails w ON w.incoming = i.id \
             LEFT JOIN messages m ON m.id = w.message LEFT JOIN enquiries e ON e.id = m.enquiry \
             WHERE r.incoming IS NULL AND i.state <> 'erased' \
             AND NOT (i.state = 'set-aside' AND COALESCE(i.reason, '') = 'no-bytes')"
        ),
    },
    // What of it is left tells: its bytes, its place in a mailbox, the message or the report that it became, the job
    // that was to file it, and what somebody did about it. Foreign keys forbid the first three; SQLite keeps that only
    // while it is told to.
    Check {
        breach: Breach::IncomingGone,
        given: Given::Nothing,
        sql: broken!(
            "SELECT max(g.reference) AS reference, g.subject, CAST(NULL AS TEXT) AS detail FROM (",
            gone!(
                "message_mails w",
                "w.incoming",
                "e.reference",
                " LEFT JOIN messages m ON m.id = w.message LEFT JOIN enquiries e ON e.id = m.enquiry",
                "w.incoming IS NOT NULL"
            ),
            " UNION ALL ",
            gone!(
                "delivery_reports d",
                "d.arrived",
                "e.reference",
                " LEFT JOIN mails x ON x.id = d.mail LEFT JOIN enquiries e ON e.id = x.enquiry",
                "d.arrived IS NOT NULL"
            ),
            " UNION ALL ",
            gone!(
                "audit a",
                "a.subject",
                "e.reference",
                " LEFT JOIN enquiries e ON e.id = a.enquiry",
                "a.action IN ('mail-set-aside', 'filed-from-quarantine', 'mail-read') AND a.subject IS NOT NULL"
            ),
            " UNION ALL ",
            gone!("incoming_raw r", "r.incoming", "r.incoming IS NOT NULL"),
            " UNION ALL ",
            gone!("incoming_places p", "p.incoming", "p.incoming IS NOT NULL"),
            " UNION ALL ",
            gone!("jobs j", "j.subject", "j.kind = 'file-message'"),
            ") AS g GROUP BY g.subject"
        ),
    },
    Check {
        breach: Breach::StoredNowhere,
        given: Given::Nothing,
        sql: broken!(
            "SELECT CAST(NULL AS TEXT) AS reference, CAST(NULL AS UUID) AS subject, \
             b.mailbox || ' ' || b.uid_validity || '-' || b.uid AS detail FROM mailbox_messages b \
             LEFT JOIN incoming_places p ON p.mailbox = b.mailbox AND p.uid_validity = b.uid_validity AND p.uid = b.uid \
             WHERE b.state = 'stored' AND p.incoming IS NULL"
        ),
    },
];
