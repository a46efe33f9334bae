//! When to try a job again that failed, and when to stop.

use jiff::{SignedDuration, Timestamp};
use rand::{Rng, RngCore};

use super::Kind;

/// Part of a pause by which it may be longer: jobs that failed together do not all come back together.
const JITTER: f64 = 0.2;

/// How patient a kind of job is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Patience {
    /// The pauses after the first attempts.
    pauses: &'static [SignedDuration],
    /// The pause after every later one.
    longest: SignedDuration,
    /// How long it is tried at all.
    tried_for: SignedDuration,
}

/// Quick at first, because most faults pass in minutes; then rarely, for five days, as RFC 5321 asks
/// (section 4.5.4.1: “at least 4-5 days”).
const MAIL: Patience = Patience {
    pauses: &[
        SignedDuration::from_secs(30),
        SignedDuration::from_mins(1),
        SignedDuration::from_mins(2),
        SignedDuration::from_mins(5),
        SignedDuration::from_mins(15),
        SignedDuration::from_hours(1),
        SignedDuration::from_hours(2),
        SignedDuration::from_hours(4),
    ],
    longest: SignedDuration::from_hours(6),
    tried_for: SignedDuration::from_hours(5 * 24),
};

/// What needs nobody but our own database is never given up: there is nothing about it that a person could
/// mend and then ask for again. The metric of the oldest job tells of one that does not come through.
const OURS: Patience = Patience {
    pauses: &[SignedDuration::from_secs(30), SignedDuration::from_mins(5)],
    longest: SignedDuration::from_hours(1),
    tried_for: SignedDuration::MAX,
};

/// Soon, because somebody waits. After a few attempts the mail is filed unread, or goes into the quarantine, and the job
/// is done.
const FILING: Patience = Patience {
    pauses: &[SignedDuration::from_secs(10), SignedDuration::from_mins(1)],
    longest: SignedDuration::from_mins(5),
    tried_for: SignedDuration::MAX,
};

impl Kind {
    pub(crate) const fn patience(self) -> Patience {
        match self {
            Self::SendMail | Self::SendInvitation | Self::SendNotice => MAIL,
            Self::ReturnEnquiries => OURS,
            Self::FileMessage => FILING,
        }
    }
}

impl Patience {
    /// How long to wait after the failed attempt number `attempt` (the first one is 1).
    pub(crate) fn pause_after(&self, attempt: u32, random: &mut dyn RngCore) -> SignedDuration {
        let pause = self.least_pause_after(attempt);
        let more = random.random_range(0.0..JITTER);
        pause + SignedDuration::from_secs_f64(pause.as_secs_f64() * more)
    }

    fn least_pause_after(&self, attempt: u32) -> SignedDuration {
        usize::try_from(attempt.saturating_sub(1))
            .ok()
            .and_then(|earlier| self.pauses.get(earlier))
            .copied()
            .unwrap_or(self.longest)
    }

    /// Whether a job that was asked for at `asked` has been tried for long enough.
    pub(crate) fn gives_up(&self, asked: Timestamp, now: Timestamp) -> bool {
        now.duration_since(asked) >= self.tried_for
    }
}

#[cfg(test)]
mod tests {
    use rand::{SeedableRng, rngs::StdRng};

    use super::*;

    #[test]
    fn pauses_grow_and_stay_at_six_hours() {
        let minutes: Vec<f64> = (0..=10)
            .chain([u32::MAX])
            .map(|attempt| MAIL.least_pause_after(attempt).as_secs_f64() / 60.0)
            .collect();
        assert_eq!(
            minutes,
            [
                0.5, 0.5, 1.0, 2.0, 5.0, 15.0, 60.0, 120.0, 240.0, 360.0, 360.0, 360.0
            ]
        );
    }

    #[test]
    fn jobs_that_failed_together_come_back_one_by_one() {
        let mut random = StdRng::seed_from_u64(1);
        let pauses: Vec<f64> = (0..100)
            .map(|_| MAIL.pause_after(1, &mut random).as_secs_f64())
            .collect();
        assert!(pauses.iter().all(|pause| (30.0..36.0).contains(pause)));
        let mut different = pauses.clone();
        different.sort_by(f64::total_cmp);
        different.dedup();
        assert!(different.len() > 90);
    }

    #[test]
    fn a_mail_is_given_up_after_five_days() {
        let asked: Timestamp = "2026-11-20T09:00:00Z".parse().unwrap();
        let now = |text: &str| text.parse().unwrap();
        assert!(!MAIL.gives_up(asked, now("2026-11-25T08:59:59.999Z")));
        assert!(MAIL.gives_up(asked, now("2026-11-25T09:00:00Z")));
    }
    #[test]
    fn what_needs_only_our_database_is_never_given_up() {
        let asked: Timestamp = "2026-11-20T09:00:00Z".parse().unwrap();
        assert!(!OURS.gives_up(asked, "2036-11-20T09:00:00Z".parse().unwrap()));
    }
}
