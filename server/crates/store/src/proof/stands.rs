//! Invariant 3: every open enquiry has an owner who is there, and stands in exactly one state with a date. Whether
//! days and instants agree is asked in `days.rs`.

use super::{Breach, Check, Given, broken};

/// An enquiry with its running promise, if it has one.
macro_rules! with_running {
    ($where:literal) => {
        broken!(
            "SELECT e.reference, e.id AS subject, e.state AS detail FROM enquiries e \
             LEFT JOIN promises p ON p.enquiry = e.id AND p.outcome = 'running' WHERE ",
            $where
        )
    };
}

pub(super) const CHECKS: &[Check] = &[
    Check {
        breach: Breach::NoPromise,
        given: Given::Nothing,
        sql: with_running!("e.state IN ('promised', 'paused') AND p.id IS NULL"),
    },
    Check {
        breach: Breach::PromiseRunsOn,
        given: Given::Nothing,
        sql: with_running!("e.state IN ('answered', 'closed') AND p.id IS NOT NULL"),
    },
    // A chased enquiry stands before the others of its day, by a millisecond a chaser: see `enquiries/rows.rs`.
    Check {
        breach: Breach::OtherTime,
        given: Given::Nothing,
        sql: with_running!(
            "e.state = 'promised' AND p.id IS NOT NULL AND (e.due_at IS NULL \
             OR e.due_at <> p.due_at - CASE WHEN e.chasers > 999 THEN 999 ELSE e.chasers END)"
        ),
    },
    Check {
        breach: Breach::StateUnclear,
        given: Given::Nothing,
        sql: broken!(
            "SELECT e.reference, e.id AS subject, e.state AS detail FROM enquiries e WHERE NOT CASE e.state \
             WHEN 'promised' THEN e.paused_until_on IS NULL AND e.answered_at IS NULL AND e.closes_on IS NULL \
               AND e.closed_at IS NULL AND e.close_reason IS NULL \
             WHEN 'paused' THEN e.paused_until_on IS NOT NULL AND e.due_at IS NOT NULL AND e.answered_at IS NULL \
               AND e.closes_on IS NULL AND e.closed_at IS NULL AND e.close_reason IS NULL \
             WHEN 'answered' THEN e.answered_at IS NOT NULL AND e.closes_on IS NOT NULL AND e.due_at IS NULL \
               AND e.paused_until_on IS NULL AND e.closed_at IS NULL AND e.close_reason IS NULL \
             WHEN 'closed' THEN e.closed_at IS NOT NULL AND e.close_reason IS NOT NULL AND e.due_at IS NULL \
               AND e.paused_until_on IS NULL AND e.answered_at IS NULL AND e.closes_on IS NULL \
               AND (e.close_reason <> 'ended' OR e.end_reason IS NOT NULL) \
             END"
        ),
    },
    Check {
        breach: Breach::PausedByNobody,
        given: Given::Nothing,
        sql: broken!(
            "SELECT e.reference, e.id AS subject, e.paused_until_on AS detail FROM enquiries e \
             WHERE e.state = 'paused' AND NOT EXISTS (SELECT 1 FROM pauses u WHERE u.enquiry = e.id \
             AND u.began_at IS NOT NULL AND u.until_on = e.paused_until_on)"
        ),
    },
    Check {
        breach: Breach::PauseOver,
        given: Given::LateOn,
        sql: broken!(
            "SELECT e.reference, e.id AS subject, e.paused_until_on AS detail FROM enquiries e \
             WHERE e.state = 'paused' AND e.paused_until_on <= $2"
        ),
    },
    Check {
        breach: Breach::ClosingOver,
        given: Given::LateOn,
        sql: broken!(
            "SELECT e.reference, e.id AS subject, e.closes_on AS detail FROM enquiries e \
             WHERE e.state = 'answered' AND e.closes_on <= $2"
        ),
    },
    // Who is away, and what gives their enquiries back: `hub/src/accounts/here.rs`, `hub/src/jobs/return_enquiries.rs`.
    Check {
        breach: Breach::OwnerAway,
        given: Given::Today,
        sql: broken!(
            "SELECT e.reference, e.id AS subject, e.state AS detail FROM accounts c JOIN enquiries e ON e.officer = c.id \
             WHERE (c.disabled_at IS NOT NULL OR c.role = 'editor' OR c.away_until_on > $2) AND e.state <> 'closed' \
             AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.subject = c.id AND j.kind = 'return-enquiries' \
             AND j.state <> 'done' AND j.state <> 'dead')"
        ),
    },
];
