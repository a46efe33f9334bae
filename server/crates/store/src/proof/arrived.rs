//! Invariant 1: what arrived is kept, raw. Whether the bytes are those that came is asked in `bytes.rs`.

use super::{Breach, Check, Given, broken};

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
