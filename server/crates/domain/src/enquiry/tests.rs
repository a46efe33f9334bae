//! What happens to an enquiry, told as tables and short stories: a file for each kind of thing that happens, and
//! `any_order.rs` for what holds whatever happens. The stories are told with the events below.

mod answers;
mod any_order;
mod came_back;
mod days;
mod endings;
mod messages;
mod pauses;
mod refusals;
mod sorting;

use jiff::Timestamp;
use jiff::civil::{Date, date, time};
use rand::SeedableRng;
use rand::rngs::SmallRng;
use uuid::Uuid;

use super::*;
use crate::calendar::WorkingDays;
use crate::ids::MessageId;
use crate::promise::PromiseRule;

/// Monday 2 March 2026, mid-morning. With five working days: due Monday 9 March.
const MONDAY: &str = "2026-03-02T10:00:00Z";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn promise_id(number: u128) -> PromiseId {
    PromiseId::from_uuid(Uuid::from_u128(number))
}

fn message(number: u128) -> MessageId {
    MessageId::from_uuid(Uuid::from_u128(number))
}

fn rules() -> Rules {
    Rules {
        working_days: WorkingDays::default(),
        promise: PromiseRule { working_days: 5 },
        max_moves: 2,
        closes_after_working_days: 10,
        morning: time(8, 0, 0, 0),
    }
}

fn opened() -> Enquiry {
    let new = NewEnquiry {
        id: EnquiryId::from_uuid(Uuid::from_u128(1)),
        reference: Reference::generate(&mut SmallRng::seed_from_u64(1)),
        topic: "assessments".parse().unwrap(),
        district: None,
        team: "casework".parse().unwrap(),
        correspondent: CorrespondentId::from_uuid(Uuid::from_u128(2)),
        asked_by: CorrespondentKind::Parent,
        channel: Channel::WebForm,
        received_at: at(MONDAY),
        promise_id: promise_id(1),
    };
    let applied = Enquiry::opened(new, &rules());
    assert_eq!(applied.changes, [Change::PromiseStarted]);
    applied.enquiry
}

/// The enquiry after these events, none of which may be refused, and the last one's changes.
fn after(events: &[Event]) -> (Enquiry, Vec<Change>) {
    let mut last = Applied {
        enquiry: opened(),
        changes: Vec::new(),
    };
    for event in events {
        last = last.enquiry.apply(event, &rules()).unwrap();
    }
    (last.enquiry, last.changes)
}

fn received(when: &str) -> Event {
    Event::MessageReceived {
        at: at(when),
        promise_id: promise_id(9),
    }
}

fn replied(when: &str) -> Event {
    Event::ReplySent {
        at: at(when),
        message: message(5),
    }
}

fn held(when: &str, new_due_on: Date) -> Event {
    Event::HoldingReplySent {
        at: at(when),
        message: message(6),
        new_due_on,
    }
}

fn paused() -> Event {
    Event::Paused {
        at: at("2026-03-03T10:00:00Z"),
        until: date(2026, 3, 20),
    }
}

fn ended(reason: EndReason) -> Event {
    Event::EndedWithoutAnswer {
        at: at("2026-03-03T10:00:00Z"),
        reason,
    }
}

fn closed() -> Event {
    Event::Closed {
        at: at("2026-03-17T10:00:00Z"),
    }
}

fn due(enquiry: &Enquiry) -> Date {
    enquiry.promise.as_ref().unwrap().due_on
}
