//! When to try again to send a mail that no server took, and when to stop.
//!
//! Quick at first, because most faults pass in minutes; then rarely, for five days, as RFC 5321
//! asks (section 4.5.4.1: "at least 4-5 days").

use jiff::{SignedDuration, Timestamp};

const PAUSES: [SignedDuration; 8] = [
    SignedDuration::from_secs(30),
    SignedDuration::from_mins(1),
    SignedDuration::from_mins(2),
    SignedDuration::from_mins(5),
    SignedDuration::from_mins(15),
    SignedDuration::from_hours(1),
    SignedDuration::from_hours(2),
    SignedDuration::from_hours(4),
];
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_hours(6);
const TRIED_FOR: SignedDuration = SignedDuration::from_hours(5 * 24);

/// How long to wait after the failed attempt number `attempt` (the first one is 1).
#[must_use]
pub fn pause_after(attempt: u32) -> SignedDuration {
    usize::try_from(attempt.saturating_sub(1))
        .ok()
        .and_then(|earlier| PAUSES.get(earlier))
        .copied()
        .unwrap_or(LONGEST_PAUSE)
}

/// Whether a mail first tried at `first_try` has been tried for long enough: five days.
#[must_use]
pub fn gives_up(first_try: Timestamp, now: Timestamp) -> bool {
    now.duration_since(first_try) >= TRIED_FOR
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_stay_at_six_hours() {
        let minutes: Vec<f64> = (0..=10)
            .chain([u32::MAX])
            .map(|attempt| pause_after(attempt).as_secs_f64() / 60.0)
            .collect();
        assert_eq!(
            minutes,
            [
                0.5, 0.5, 1.0, 2.0, 5.0, 15.0, 60.0, 120.0, 240.0, 360.0, 360.0, 360.0
            ]
        );
    }

    #[test]
    fn a_mail_is_given_up_after_five_days() {
        let first: Timestamp = "2026-11-20T09:00:00Z".parse().unwrap();
        assert!(!gives_up(
            first,
            "2026-11-25T08:59:59.999Z".parse().unwrap()
        ));
        assert!(gives_up(first, "2026-11-25T09:00:00Z".parse().unwrap()));
    }
}
