//! Whose an enquiry is, and what that does to the promised day.

use rstest::rstest;

use super::*;

fn sorted(when: &str, topic: &str, officer: Option<AccountId>) -> Event {
    Event::PassedOn {
        at: at(when),
        topic: topic.parse().unwrap(),
        district: None,
        team: "transport".parse().unwrap(),
        officer,
    }
}

#[test]
fn giving_it_to_an_officer_changes_no_date() {
    let officer = Some(AccountId::from_uuid(Uuid::from_u128(3)));
    let given = Event::Assigned {
        at: at(MONDAY),
        officer,
    };
    let (enquiry, changes) = after(std::slice::from_ref(&given));
    assert_eq!(changes, [Change::Assigned]);
    assert_eq!(enquiry.officer, officer);
    assert_eq!(enquiry.promise, opened().promise);
    assert_eq!(enquiry.apply(&given, &rules()).unwrap().changes, []);
}

#[test]
fn sorting_changes_whose_it_is_and_never_puts_the_answer_off() {
    let officer = AccountId::from_uuid(Uuid::from_u128(7));
    let event = sorted("2026-03-03T10:00:00Z", "transport", Some(officer));
    let slow = Rules {
        promise: PromiseRule { working_days: 20 },
        ..rules()
    };
    let applied = opened().apply(&event, &slow).unwrap();
    assert_eq!(applied.changes, [Change::PassedOn, Change::Assigned]);
    let enquiry = applied.enquiry;
    assert_eq!(enquiry.team.as_str(), "transport");
    assert_eq!(enquiry.topic.as_str(), "transport");
    assert_eq!(enquiry.officer, Some(officer));
    assert_eq!(enquiry.promise, opened().promise);
    let again = enquiry.apply(&event, &slow).unwrap();
    assert_eq!((again.enquiry, again.changes), (enquiry, vec![]));
}

#[rstest]
#[case::in_time("2026-03-03T10:00:00Z", date(2026, 3, 4))]
#[case::too_late_to_be_kept("2026-03-06T10:00:00Z", date(2026, 3, 6))]
fn a_shorter_promise_of_the_new_topic_counts_from_the_message(
    #[case] when: &str,
    #[case] due: Date,
) {
    let quick = Rules {
        promise: PromiseRule { working_days: 2 },
        ..rules()
    };
    let event = sorted(when, "transport", None);
    let enquiry = opened().apply(&event, &quick).unwrap().enquiry;
    assert_eq!(enquiry.promise.unwrap().due_on, due);
    // What a person wrote to the family stands.
    let (held, _) = after(&[Event::HoldingReplySent {
        at: at(MONDAY),
        message: message(3),
        new_due_on: date(2026, 3, 20),
    }]);
    let sorted = held.apply(&event, &quick).unwrap().enquiry;
    assert_eq!(sorted.promise, held.promise);
}

#[test]
fn sorting_leaves_the_day_that_a_pause_gave() {
    let (before, _) = after(&[
        Event::Paused {
            at: at("2026-03-04T10:00:00Z"),
            until: date(2026, 3, 20),
        },
        received("2026-03-18T08:00:00Z"),
    ]);
    let sorted = before.apply(&sorted("2026-03-19T10:00:00Z", "transport", None), &rules());
    let promise = sorted.unwrap().enquiry.promise.unwrap();
    assert_eq!(promise.due_on, date(2026, 3, 23));
}
