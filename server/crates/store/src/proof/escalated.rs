//! Invariant 7: a promise about to break was told in time, or it is written down that it was late. Whether the step that
//! comes next is the right one is asked in `planned.rs`.

use super::{Breach, Check, Given, broken, broken_alone, no_job};

/// A promise that runs and is not paused. In another state no step comes, or the one that an older program left behind.
macro_rules! promised {
    ($where:expr) => {
        broken!(
            "SELECT e.reference, p.id AS subject, p.next_step AS detail FROM promises p \
             JOIN enquiries e ON e.id = p.enquiry WHERE p.outcome = 'running' AND e.state = 'promised' AND ",
            $where
        )
    };
}

/// The escalation of the breach of the promise as its days are now.
macro_rules! breach {
    () => {
        "SELECT x.id FROM escalations x WHERE x.promise = p.id AND x.step = 'breach' \
         AND x.counts_from_on = p.counts_from_on AND x.due_on = p.due_on"
    };
}

pub(super) const CHECKS: &[Check] = &[
    Check {
        breach: Breach::NoNextStep,
        given: Given::Nothing,
        sql: promised!(concat!(
            "p.next_step_at IS NULL AND NOT EXISTS (",
            breach!(),
            ")"
        )),
    },
    // A promise may begin with steps that are due: of a mail that came days ago, or when an answer came back.
    Check {
        breach: Breach::StepOverdue,
        given: Given::LateBefore,
        sql: promised!(
            "p.next_step_at < $2 AND NOT EXISTS (SELECT 1 FROM audit a WHERE a.enquiry = e.id AND a.subject = p.id \
             AND a.done_at >= $2 AND a.action IN ('promise-started', 'promise-runs-again', 'promise-moved-back'))"
        ),
    },
    // Of steps that were due together the last is told; and nobody is told of one that an answer, a new day or a pause
    // overtook. Whether a step was done at all is asked in `planned.rs`.
    Check {
        breach: Breach::NobodyTold,
        given: Given::Nothing,
        sql: broken!(
            "SELECT e.reference, x.id AS subject, x.step AS detail FROM escalations x \
             LEFT JOIN enquiries e ON e.id = x.enquiry \
             WHERE NOT EXISTS (SELECT 1 FROM tellings t WHERE t.escalation = x.id) \
             AND NOT EXISTS (SELECT 1 FROM escalations l JOIN tellings t ON t.escalation = l.id \
             WHERE l.enquiry = x.enquiry AND l.promise = x.promise AND l.done_at = x.done_at AND l.due_at >= x.due_at) \
             AND NOT EXISTS (SELECT 1 FROM audit a WHERE a.enquiry = x.enquiry AND a.done_at = x.done_at \
             AND a.subject = x.promise AND a.action IN ('promise-kept', 'promise-ended', 'promise-moved', 'paused'))"
        ),
    },
    Check {
        breach: Breach::NotWrittenTo,
        given: Given::LateBefore,
        sql: broken!(
            "SELECT e.reference, t.escalation AS subject, x.step AS detail FROM tellings t \
             JOIN escalations x ON x.id = t.escalation LEFT JOIN enquiries e ON e.id = t.enquiry \
             WHERE t.notice IS NULL AND t.over_at IS NULL AND x.done_at < $2 \
             UNION ALL SELECT e.reference, h.id AS subject, h.way AS detail FROM hand_overs h \
             LEFT JOIN enquiries e ON e.id = h.enquiry \
             WHERE h.notice IS NULL AND h.over_at IS NULL AND h.handed_at < $2"
        ),
    },
    Check {
        breach: Breach::NobodySendsNotice,
        given: Given::LateBefore,
        sql: broken_alone!(
            "notices",
            "WHERE r.state = 'waiting' AND ",
            no_job!("send-notice", "r.id")
        ),
    },
    Check {
        breach: Breach::NoServerTookNotice,
        given: Given::Nothing,
        sql: broken_alone!(
            "notices",
            "WHERE r.state = 'sent' AND (r.sent_at IS NULL OR r.server_answer IS NULL)"
        ),
    },
    // Ten minutes are on time: `domain::escalation::was_late`.
    Check {
        breach: Breach::EscalationChanged,
        given: Given::Nothing,
        sql: broken!(
            "SELECT e.reference, a.subject, x.step AS detail FROM audit a LEFT JOIN escalations x ON x.id = a.subject \
             LEFT JOIN enquiries e ON e.id = a.enquiry WHERE a.action = 'escalated' AND (x.id IS NULL \
             OR x.done_at <> a.done_at OR (x.done_at - x.due_at > 600000) <> (a.detail LIKE '%, late'))",
            super::not_erased!()
        ),
    },
    Check {
        breach: Breach::ChasedTwiceUntold,
        given: Given::Nothing,
        sql: promised!(
            "e.chasers > 1 AND EXISTS (SELECT 1 FROM audit a WHERE a.enquiry = e.id AND a.action = 'chased-twice' \
             AND a.subject = p.id) AND NOT EXISTS (SELECT 1 FROM escalations x WHERE x.promise = p.id \
             AND x.step = 'chased-twice')"
        ),
    },
];
