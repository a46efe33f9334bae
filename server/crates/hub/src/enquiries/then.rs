//! An event that follows from another one, in the same change.

use domain::enquiry::{Applied, Event, Rules};
use jiff::Timestamp;

use crate::{Error, Hub, error::refused_by_rules};

/// One event after another, in one change.
pub(crate) fn then(
    first: Applied,
    event: &Event,
    rules: &Rules,
    field: &str,
) -> Result<Applied, Error> {
    let next = first
        .enquiry
        .apply(event, rules)
        .map_err(|refusal| refused_by_rules(field, refusal))?;
    Ok(Applied {
        enquiry: next.enquiry,
        changes: first.changes.into_iter().chain(next.changes).collect(),
    })
}

/// Somebody wrote. Where the team that had the enquiry was given up since, it goes to the one that the rules give now:
/// in the queue of a team that is no more nobody looks.
pub(crate) fn with_a_team(hub: &Hub, applied: Applied, at: Timestamp) -> Result<Applied, Error> {
    let council = hub.council();
    let enquiry = &applied.enquiry;
    if council.team(&enquiry.team).is_some() {
        return Ok(applied);
    }
    let event = Event::PassedOn {
        at,
        topic: enquiry.topic.clone(),
        district: enquiry.district.clone(),
        team: council
            .route(&enquiry.topic, enquiry.district.as_ref())
            .clone(),
        officer: enquiry.officer,
    };
    let rules = council.rules_of(enquiry);
    then(applied, &event, &rules, "team")
}
