//! Whether the step of a promise that comes next is the one that the domain plans, and whether those before it were done.
//!
//! When a step is due is working time, which is not for SQL to count. What is planned stays as it was when the council's
//! calendar changes, so that a promise is judged by every calendar that the council ever had, also as an earlier version
//! of this program may have seen it: only what is wrong by each of them is a breach. All promises of the same days have
//! the same steps, so that few are computed.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use domain::calendar::WorkingDays;
use domain::council::Council;
use domain::escalation::{DueStep, EscalationStep, WorkingTime};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use sqlx::FromRow;
use uuid::Uuid;

use super::{Breach, Found, Judged, Proof, Row, found};
use crate::StoreError;
use crate::columns::{number, parsed};
use crate::dialect::fetch_all;

/// A promise that runs, with when each step of its days was done.
#[derive(FromRow)]
struct PlannedRow {
    id: Uuid,
    reference: String,
    counts_from_on: String,
    due_on: String,
    next_step_at: i64,
    /// What its new day left behind is no step of it.
    brought_forward_at: Option<i64>,
    half: Option<i64>,
    four_fifths: Option<i64>,
    due_day: Option<i64>,
    breach: Option<i64>,
}

/// A calendar that the council had.
#[derive(PartialEq)]
struct Calendar {
    days: WorkingDays,
    morning: Time,
}

/// The steps of a promise of some days, by each calendar.
type Steps = Vec<[DueStep; 4]>;

impl Proof<'_> {
    /// No step lies before the next one undone.
    pub(super) async fn next_steps(&mut self, judged: &Judged) -> Result<Vec<Found>, StoreError> {
        /// When a step of the promise's days was done.
        macro_rules! step {
            ($name:literal, $step:literal) => {
                concat!(
                    " LEFT JOIN escalations ",
                    $name,
                    " ON ",
                    $name,
                    ".promise = p.id AND ",
                    $name,
                    ".step = '",
                    $step,
                    "' AND ",
                    $name,
                    ".counts_from_on = p.counts_from_on AND ",
                    $name,
                    ".due_on = p.due_on"
                )
            };
        }
        const SQL: &str = concat!(
            "SELECT p.id, e.reference, p.counts_from_on, p.due_on, p.next_step_at, (SELECT max(a.done_at) FROM audit a \
             WHERE a.enquiry = p.enquiry AND a.subject = p.id AND a.action = 'promise-brought-forward') \
             AS brought_forward_at, h.done_at AS half, f.done_at AS four_fifths, d.done_at AS due_day, \
             b.done_at AS breach FROM promises p JOIN enquiries e ON e.id = p.enquiry",
            step!("h", "half"),
            step!("f", "four-fifths"),
            step!("d", "due-day"),
            step!("b", "breach"),
            " WHERE p.outcome = 'running' AND e.state = 'promised' AND p.next_step_at IS NOT NULL \
             AND p.counts_from_on IS NOT NULL"
        );
        let calendars = self.calendars().await?;
        let mut planned = BTreeMap::new();
        let (mut too_late, mut untold) = (Vec::new(), Vec::new());
        for row in fetch_all!(self.tx, PlannedRow, SQL)? {
            let steps = match planned.entry((row.counts_from_on.clone(), row.due_on.clone())) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(new) => {
                    let steps = steps(&calendars, &row.counts_from_on, &row.due_on);
                    new.insert(steps.unwrap_or_default())
                }
            };
            if by_all(steps, |steps| row.skips(steps, judged.now)) {
                too_late.push((row.reference.clone(), row.id));
            }
            if by_all(steps, |steps| row.was_not_told(steps, judged.late_before)) {
                untold.push((row.reference, row.id));
            }
        }
        let too_late = told(Breach::StepTooLate, too_late, judged)?;
        let untold = told(Breach::NobodyTold, untold, judged)?;
        Ok(too_late.into_iter().chain(untold).collect())
    }

    /// Every calendar that the council had. Settings that this program cannot read are those of another one.
    async fn calendars(&mut self) -> Result<Vec<Calendar>, StoreError> {
        const SQL: &str = "SELECT document FROM settings ORDER BY version DESC";
        let mut calendars: Vec<Calendar> = Vec::new();
        for (document,) in fetch_all!(self.tx, (String,), SQL)? {
            let Ok(council) = serde_json::from_str::<Council>(&document) else {
                continue;
            };
            let calendar = Calendar {
                days: council.working_days(),
                morning: council.escalation.morning,
            };
            if !calendars.contains(&calendar) {
                calendars.push(calendar);
            }
        }
        Ok(calendars)
    }
}

/// Days that cannot be read are told by another check.
fn steps(calendars: &[Calendar], from: &str, due_on: &str) -> Result<Steps, StoreError> {
    let from: Date = parsed("promises.counts_from_on", from)?;
    let due_on: Date = parsed("promises.due_on", due_on)?;
    let by = |calendar: &Calendar| {
        let morning = calendar.morning;
        let earlier = calendar.days.before_one_was_known(from, due_on);
        let days = std::iter::once(calendar.days.clone()).chain(earlier);
        let steps = days.map(|days| {
            let time = WorkingTime {
                days: &days,
                morning,
            };
            time.steps(from, due_on)
        });
        steps.collect::<Vec<_>>()
    };
    Ok(calendars.iter().flat_map(by).collect())
}

/// Whether it is so by every calendar. By none nothing can be said.
fn by_all(steps: &Steps, is_so: impl Fn(&[DueStep; 4]) -> bool) -> bool {
    !steps.is_empty() && steps.iter().all(is_so)
}

impl PlannedRow {
    /// Whether a step that is still to come, comes before the one that is said to be the next.
    fn skips(&self, steps: &[DueStep; 4], now: Timestamp) -> bool {
        self.own(steps)
            .any(|due| due.at > now && self.is_passed_over(due))
    }

    /// Whether the last step that is past was not done, nor anything since it was due. One that is still the next is
    /// overdue, which is told by another check.
    fn was_not_told(&self, steps: &[DueStep; 4], late_before: Timestamp) -> bool {
        let last = self.own(steps).filter(|due| due.at < late_before).last();
        let done = [self.half, self.four_fifths, self.due_day, self.breach];
        let told_at = done.into_iter().flatten().max().unwrap_or(i64::MIN);
        last.is_some_and(|due| self.is_passed_over(due) && told_at < due.at.as_millisecond())
    }

    /// Those that are steps of it, in the order in which they come.
    fn own<'s>(&self, steps: &'s [DueStep; 4]) -> impl Iterator<Item = &'s DueStep> {
        let since = self.brought_forward_at.unwrap_or(i64::MIN);
        let steps = steps.iter();
        steps.filter(move |due| due.at.as_millisecond() > since)
    }

    fn is_passed_over(&self, due: &DueStep) -> bool {
        due.at.as_millisecond() < self.next_step_at && self.done(due.step).is_none()
    }

    const fn done(&self, step: EscalationStep) -> Option<i64> {
        match step {
            EscalationStep::Half => self.half,
            EscalationStep::FourFifths => self.four_fifths,
            EscalationStep::DueDay => self.due_day,
            EscalationStep::Breach => self.breach,
            EscalationStep::ChasedTwice => None,
        }
    }
}

fn told(
    breach: Breach,
    mut promises: Vec<(String, Uuid)>,
    judged: &Judged,
) -> Result<Option<Found>, StoreError> {
    promises.sort_unstable();
    let named: usize = number("named", i64::from(judged.named))?;
    let total = i64::try_from(promises.len()).unwrap_or(i64::MAX);
    let rows = promises.into_iter().take(named);
    let rows = rows.map(|(reference, id)| Row {
        reference: Some(reference),
        subject: Some(id),
        detail: None,
        total,
    });
    found(breach, rows.collect())
}
