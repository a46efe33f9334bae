//! What follows from each event: one function an event, none of which knows a store or a clock.
//!
//! The rules are the promises' invariants (`server/docs/architecture.md`): kept only by a person's
//! answer, ended otherwise only by a person with a reason, moved only by a holding reply.

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Applied, Change, CloseReason, Enquiry, Event, Refused, Rules, State};
use crate::clock::london_date;
use crate::codes::EndReason;
use crate::ids::{AccountId, MessageId, PromiseId};
use crate::keys::{DistrictKey, TeamKey, TopicKey};
use crate::promise::{Promise, PromiseOutcome, due_on, end_of_day_london};

impl Enquiry {
    /// The enquiry after an event, and what changed.
    ///
    /// # Errors
    /// [`Refused`], when the event cannot be in the state that the enquiry is in.
    pub fn apply(&self, event: &Event, rules: &Rules) -> Result<Applied, Refused> {
        match *event {
            Event::MessageReceived { at, promise_id } => {
                Ok(self.message_received(at, promise_id, rules))
            }
            Event::ReplySent { at, message } | Event::ConversationLogged { at, message } => {
                Ok(self.answered(at, message, rules))
            }
            Event::HoldingReplySent { at, new_due_on, .. } => {
                self.holding_reply_sent(at, new_due_on, rules)
            }
            Event::AnswerCameBack {
                at,
                message,
                instead,
            } => Ok(self.answer_came_back(at, message, instead, rules)),
            Event::HoldingReplyCameBack {
                at,
                promised,
                back_to,
            } => Ok(self.holding_reply_came_back(at, promised, back_to, rules)),
            Event::QuestionCameBack { at } => Ok(self.question_came_back(at, rules)),
            Event::Paused { at, until } => self.paused(at, until, rules),
            Event::PauseEnded { at, promise_id } => match self.state {
                State::Paused { .. } => Ok(self.resumed(at, promise_id, rules)),
                _ => Err(Refused::NotPaused),
            },
            Event::EndedWithoutAnswer { at, reason } => self.ended_without_answer(at, reason),
            Event::Closed { at } => self.closed(at),
            Event::Assigned { officer, .. } => Ok(self.assigned(officer)),
            Event::EarlierDayPromised { at, due_on } => {
                self.earlier_day_promised(at, due_on, rules)
            }
            Event::PassedOn {
                at,
                ref topic,
                ref district,
                ref team,
                officer,
            } => {
                let place = (topic, district.as_ref(), team);
                Ok(self.passed_on(at, place, officer, rules))
            }
        }
    }

    /// A message starts a promise if none is running. While one is, the message is a chaser: it is
    /// counted and never moves the date. While paused, it is what we were waiting for, and ends
    /// the pause.
    fn message_received(&self, at: Timestamp, promise_id: PromiseId, rules: &Rules) -> Applied {
        match self.state {
            State::Promised if self.running_promise().is_some() => self.chased(),
            State::Paused { .. } => self.resumed(at, promise_id, rules),
            State::Closed { .. } => self.promised_anew(
                at,
                promise_id,
                rules,
                vec![Change::Reopened, Change::PromiseStarted],
            ),
            State::Promised | State::Answered { .. } => {
                self.promised_anew(at, promise_id, rules, vec![Change::PromiseStarted])
            }
        }
    }

    /// A chaser is counted; the second one of a promise is told to the team's lead, and no later one.
    fn chased(&self) -> Applied {
        let chasers = self.chasers.saturating_add(1);
        let twice = (chasers == 2).then_some(Change::ChasedTwice);
        self.with(
            |next| next.chasers = chasers,
            std::iter::once(Change::ChaserCounted).chain(twice),
        )
    }

    /// A person answered. The first answer keeps the promise; a later one leaves it as it ended,
    /// so that none is kept twice, and only puts off the day to close. An answer to a closed
    /// enquiry opens it again, so that the correspondent has time to come back.
    fn answered(&self, at: Timestamp, message: MessageId, rules: &Rules) -> Applied {
        let mut changes = Vec::new();
        if matches!(self.state, State::Closed { .. }) {
            changes.push(Change::Reopened);
        }
        if self.running_promise().is_some() {
            changes.push(Change::PromiseKept);
        }
        changes.push(Change::Answered);
        let closes_on = rules
            .working_days
            .add_working_days(london_date(at), rules.closes_after_working_days);
        self.with(
            |next| {
                next.end_promise(PromiseOutcome::Kept { at, message });
                next.state = State::Answered { at, closes_on };
            },
            changes,
        )
    }

    /// Only this moves a promise, to a later day, and only so often.
    fn holding_reply_sent(
        &self,
        at: Timestamp,
        to: Date,
        rules: &Rules,
    ) -> Result<Applied, Refused> {
        if matches!(self.state, State::Paused { .. }) {
            return Err(Refused::IsPaused);
        }
        let promise = self.running_promise().ok_or(Refused::NoPromiseRunning)?;
        if promise.moves >= rules.max_moves {
            return Err(Refused::MovedTooOften {
                max: rules.max_moves,
            });
        }
        let from = promise.due_on;
        if to <= from || to < london_date(at) {
            return Err(Refused::NotLater { due_on: from });
        }
        let moved = Promise {
            moves: promise.moves + 1,
            ..promise.due_instead_on(to)
        };
        let moved = moved.planned(at, rules.time());
        Ok(self.with(
            |next| next.promise = Some(moved),
            [Change::PromiseMoved { from, to }],
        ))
    }

    /// Nobody was answered by a reply that never arrived. The promise that it had kept runs again, with the day that
    /// they were told and the chasers that they sent; what was closed opens. Where another answer reached them, that
    /// one kept it. A reply that kept nothing changes nothing.
    fn answer_came_back(
        &self,
        at: Timestamp,
        message: MessageId,
        instead: Option<(Timestamp, MessageId)>,
        rules: &Rules,
    ) -> Applied {
        let kept = self.promise.as_ref().is_some_and(|promise| {
            matches!(promise.outcome, PromiseOutcome::Kept { message: by, .. } if by == message)
        });
        if !kept {
            return self.with(|_| {}, []);
        }
        if let Some((at, message)) = instead {
            return self.with(
                |next| next.set_outcome(PromiseOutcome::Kept { at, message }),
                [Change::PromiseKept],
            );
        }
        let reopened = matches!(self.state, State::Closed { .. });
        let reopened = reopened.then_some(Change::Reopened);
        self.with(
            |next| {
                next.set_outcome(PromiseOutcome::Running);
                next.promise = next
                    .promise
                    .as_ref()
                    .map(|promise| planned_anew(promise, at, rules));
                next.state = State::Promised;
            },
            reopened.into_iter().chain([Change::PromiseRunsAgain]),
        )
    }

    /// They were not told the new day, so that the one before stands: unless another move or a pause has
    /// changed the day since.
    fn holding_reply_came_back(
        &self,
        at: Timestamp,
        promised: Date,
        back_to: Date,
        rules: &Rules,
    ) -> Applied {
        let promise = self.running_promise();
        let Some(promise) = promise.filter(|promise| promise.due_on == promised) else {
            return self.with(|_| {}, []);
        };
        let moved = Promise {
            moves: promise.moves.saturating_sub(1),
            ..promise.due_instead_on(back_to)
        };
        let moved = match self.state {
            State::Paused { .. } => moved,
            _ => planned_anew(&moved, at, rules),
        };
        self.with(
            |next| next.promise = Some(moved),
            [Change::PromiseMovedBack {
                from: promised,
                to: back_to,
            }],
        )
    }

    /// Nobody was asked, so that there was nothing to wait for: the promise runs again with the day that it had. One
    /// that is not paused any more stays as it is.
    fn question_came_back(&self, at: Timestamp, rules: &Rules) -> Applied {
        let promise = self.running_promise();
        let Some(promise) = promise.filter(|_| matches!(self.state, State::Paused { .. })) else {
            return self.with(|_| {}, []);
        };
        let promise = planned_anew(promise, at, rules);
        self.with(
            |next| {
                next.promise = Some(promise);
                next.state = State::Promised;
            },
            [Change::PromiseRunsAgain],
        )
    }

    /// A pause has an end that is not far, and waits on a promise that runs.
    fn paused(&self, at: Timestamp, until: Date, rules: &Rules) -> Result<Applied, Refused> {
        if matches!(self.state, State::Paused { .. }) {
            return Err(Refused::IsPaused);
        }
        self.running_promise().ok_or(Refused::NoPromiseRunning)?;
        if until <= london_date(at) {
            return Err(Refused::PauseEndsTooSoon);
        }
        let latest = rules.latest_end_of_a_pause(at);
        if until > latest {
            return Err(Refused::PauseTooLong { latest });
        }
        Ok(self.with(
            |next| {
                next.state = State::Paused { until };
                if let Some(promise) = next.promise.as_mut() {
                    // The days after this one are those that are left when it goes on.
                    promise.counts_from = london_date(at);
                    // Nobody is to be hurried while we wait for somebody else.
                    promise.next_step = None;
                }
            },
            [Change::Paused],
        ))
    }

    /// The promise goes on: it keeps its id, the instant of the message that started it, its moves
    /// and its chasers, and the working days that were left when the pause began count from now: the
    /// time of waiting is not ours, and gives us none. At least one is left.
    fn resumed(&self, at: Timestamp, promise_id: PromiseId, rules: &Rules) -> Applied {
        let Some(promise) = self.running_promise() else {
            let changes = vec![Change::Resumed, Change::PromiseStarted];
            return self.promised_anew(at, promise_id, rules, changes);
        };
        let calendar = &rules.working_days;
        let left = calendar.working_days_after(promise.counts_from, promise.due_on);
        let due_on = calendar.add_working_days(london_date(at), left.max(1));
        let resumed = promise.due_instead_on(due_on).planned(at, rules.time());
        self.with(
            |next| {
                next.promise = Some(resumed);
                next.state = State::Promised;
            },
            [Change::Resumed],
        )
    }

    /// Counted apart from promises kept, and it closes the enquiry.
    fn ended_without_answer(&self, at: Timestamp, reason: EndReason) -> Result<Applied, Refused> {
        self.running_promise().ok_or(Refused::NoPromiseRunning)?;
        Ok(self.with(
            |next| {
                next.end_promise(PromiseOutcome::EndedWithoutAnswer { at, reason });
                next.state = State::Closed {
                    at,
                    reason: CloseReason::Ended(reason),
                };
            },
            [Change::PromiseEnded { reason }, Change::Closed],
        ))
    }

    /// Only what was answered closes so: a promise never ends by closing.
    fn closed(&self, at: Timestamp) -> Result<Applied, Refused> {
        match self.state {
            State::Answered { .. } => Ok(self.with(
                |next| {
                    next.state = State::Closed {
                        at,
                        reason: CloseReason::Answered,
                    };
                },
                [Change::Closed],
            )),
            State::Closed { .. } => Err(Refused::AlreadyClosed),
            State::Promised | State::Paused { .. } => Err(Refused::NotAnswered),
        }
    }

    /// Who has it changes no date. Giving it to the officer who has it changes nothing.
    fn assigned(&self, officer: Option<AccountId>) -> Applied {
        let changed = self.officer != officer;
        self.with(
            |next| next.officer = officer,
            changed.then_some(Change::Assigned),
        )
    }

    /// A person's word that the answer comes sooner counts as the promise. It is never later than
    /// the day that stands: that takes a holding reply.
    fn earlier_day_promised(
        &self,
        at: Timestamp,
        day: Date,
        rules: &Rules,
    ) -> Result<Applied, Refused> {
        let promise = self.running_promise().ok_or(Refused::NoPromiseRunning)?;
        if day < london_date(at) {
            return Err(Refused::DayGoneBy);
        }
        if day > promise.due_on && self.state == State::Promised {
            return Err(Refused::NotEarlier {
                due_on: promise.due_on,
            });
        }
        Ok(self.brought_forward(at, day, rules))
    }

    /// Sorting never puts an answer off: the day stands, unless the new topic's rules give an
    /// earlier one. A day that a holding reply told the family stands in any case, and so does one that
    /// was counted anew, after a pause. No day is put into the past.
    fn passed_on(
        &self,
        at: Timestamp,
        (topic, district, team): (&TopicKey, Option<&DistrictKey>, &TeamKey),
        officer: Option<AccountId>,
        rules: &Rules,
    ) -> Applied {
        let moved =
            self.topic != *topic || self.district.as_ref() != district || self.team != *team;
        let sooner = self
            .running_promise()
            .filter(|promise| promise.moves == 0 && self.state == State::Promised)
            .filter(|promise| promise.counts_from == london_date(promise.received_at))
            .map(|promise| due_on(promise.received_at, rules.promise, &rules.working_days))
            .map(|day| day.max(london_date(at)));
        let dated = sooner.map_or_else(
            || self.with(|_| {}, None),
            |day| self.brought_forward(at, day, rules),
        );
        let assigned = dated.enquiry.assigned(officer);
        let mut passed = assigned.enquiry.with(
            |next| {
                next.topic = topic.clone();
                next.district = district.cloned();
                next.team = team.clone();
            },
            moved.then_some(Change::PassedOn),
        );
        passed.changes.extend(assigned.changes);
        passed.changes.extend(dated.changes);
        passed
    }

    /// The promise runs to this day, if that is earlier than the one that stands; the steps of its escalation come
    /// earlier as well.
    fn brought_forward(&self, at: Timestamp, to: Date, rules: &Rules) -> Applied {
        match self.running_promise() {
            Some(promise) if to < promise.due_on => {
                let from = promise.due_on;
                let sooner = promise.due_instead_on(to).hurried(at, rules.time());
                self.with(
                    |next| next.promise = Some(sooner),
                    [Change::PromiseBroughtForward { from, to }],
                )
            }
            _ => self.with(|_| {}, None),
        }
    }

    /// A new promise runs; the chasers of the one before no longer count.
    fn promised_anew(
        &self,
        at: Timestamp,
        promise_id: PromiseId,
        rules: &Rules,
        changes: Vec<Change>,
    ) -> Applied {
        let promise = Promise::started(promise_id, self.id, at, rules.promise, rules.time());
        self.with(
            |next| {
                next.promise = Some(promise);
                next.state = State::Promised;
                next.chasers = 0;
            },
            changes,
        )
    }

    /// Writes an outcome over: only what turned out not to be so may be.
    fn set_outcome(&mut self, outcome: PromiseOutcome) {
        if let Some(promise) = self.promise.as_mut() {
            promise.outcome = outcome;
        }
    }

    /// Ends the promise, if it runs: an outcome is never written over.
    fn end_promise(&mut self, outcome: PromiseOutcome) {
        if let Some(promise) = self.promise.as_mut().filter(|promise| promise.is_running()) {
            promise.outcome = outcome;
            promise.next_step = None;
        }
    }

    fn with(
        &self,
        change: impl FnOnce(&mut Self),
        changes: impl IntoIterator<Item = Change>,
    ) -> Applied {
        let mut enquiry = self.clone();
        change(&mut enquiry);
        Applied {
            enquiry,
            changes: changes.into_iter().collect(),
        }
    }
}

/// The steps of its escalation begin anew: whoever was told before believed since that all was well. Where its day has
/// gone by, all of them are due at once.
fn planned_anew(promise: &Promise, at: Timestamp, rules: &Rules) -> Promise {
    let before = promise.due_on.yesterday().unwrap_or(promise.due_on);
    promise.planned(at.min(end_of_day_london(before)), rules.time())
}
