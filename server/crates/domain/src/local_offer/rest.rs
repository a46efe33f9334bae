//! What a feed says beside what we read of it, so that an export gives it back.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What a record holds that the record made of our own fields does not: *theirs less ours*.
///
/// Only what is missing in ours is kept, never another value for what ours has. So a property that we come to
/// read, or that somebody changes here, is ours from then on, and what was left out with a warning (a
/// position off the globe) is still given back as it came.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rest(BTreeMap<String, Kept>);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kept {
    /// A property that ours does not have.
    Whole(Value),
    /// The rest of an object that both have.
    Object(Rest),
    /// The rests of a list's parts, each with the id that names it, and the parts that ours does not have.
    List {
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        parts: Vec<(String, Rest)>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        others: Vec<Value>,
    },
}

impl Rest {
    /// What `theirs` says beside `ours`.
    #[must_use]
    pub fn of(theirs: &Map<String, Value>, ours: &Map<String, Value>) -> Self {
        let kept = theirs.iter().filter_map(|(name, their)| {
            let kept = match (their, ours.get(name)) {
                (their, None) => Some(Kept::Whole(their.clone())),
                (Value::Object(their), Some(Value::Object(our))) => {
                    let rest = Self::of(their, our);
                    (!rest.is_empty()).then_some(Kept::Object(rest))
                }
                (Value::Array(their), Some(Value::Array(our))) => Kept::list(their, our),
                _ => None,
            };
            Some((name.clone(), kept?))
        });
        Self(kept.collect())
    }

    /// Whether nothing is left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds it to a record made of our own fields. What belonged to a part that is no longer there is dropped.
    pub fn add_to(&self, ours: &mut Map<String, Value>) {
        for (name, kept) in &self.0 {
            match (kept, ours.get_mut(name)) {
                (Kept::Whole(value), None) => {
                    ours.insert(name.clone(), value.clone());
                }
                (Kept::Object(rest), Some(Value::Object(our))) => rest.add_to(our),
                (Kept::List { parts, others }, Some(Value::Array(our))) => {
                    add_parts(parts, our);
                    our.extend(others.iter().cloned());
                }
                (Kept::List { others, .. }, None) if !others.is_empty() => {
                    ours.insert(name.clone(), others.clone().into());
                }
                _ => {}
            }
        }
    }
}

impl Kept {
    fn list(theirs: &[Value], ours: &[Value]) -> Option<Self> {
        let mut unmatched: Vec<&Map<String, Value>> =
            ours.iter().filter_map(Value::as_object).collect();
        let (mut parts, mut others) = (Vec::new(), Vec::new());
        for their in theirs.iter().filter_map(Value::as_object) {
            let Some(id) = id_of(their) else { continue };
            match unmatched.iter().position(|our| id_of(our) == Some(id)) {
                Some(at) => {
                    let rest = Rest::of(their, unmatched.remove(at));
                    if !rest.is_empty() {
                        parts.push((id.to_owned(), rest));
                    }
                }
                None => others.push(Value::Object(their.clone())),
            }
        }
        (!parts.is_empty() || !others.is_empty()).then_some(Self::List { parts, others })
    }
}

fn add_parts(parts: &[(String, Rest)], ours: &mut [Value]) {
    let mut unmatched: Vec<&mut Map<String, Value>> =
        ours.iter_mut().filter_map(Value::as_object_mut).collect();
    for (id, rest) in parts {
        let at = unmatched
            .iter()
            .position(|our| id_of(our) == Some(id.as_str()));
        if let Some(at) = at {
            rest.add_to(unmatched.remove(at));
        }
    }
}

/// What tells a part of a list from the others: a term for an attribute, whose own id we do not read.
fn id_of(part: &Map<String, Value>) -> Option<&str> {
    part.get("taxonomy_term")
        .and_then(|term| term.get("id"))
        .or_else(|| part.get("taxonomy_term_id"))
        .or_else(|| part.get("id"))
        .and_then(Value::as_str)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn object(value: Value) -> Map<String, Value> {
        value.as_object().cloned().unwrap_or_default()
    }

    #[test]
    fn ours_and_the_rest_are_theirs_again() {
        let theirs = object(json!({
            "id": "1", "name": "Swim", "licence": {"url": "x"}, "program": [1, 2],
            "organization": {"id": "2", "name": "Club", "tax_status": "charity"},
            "schedules": [{"id": "a", "freq": "WEEKLY", "wkst": "MO"}, {"id": "b", "freq": "YEARLY"}],
        }));
        let mut ours = object(json!({
            "id": "1", "name": "Swim", "organization": {"id": "2", "name": "Club"},
            "schedules": [{"id": "a", "freq": "WEEKLY"}],
        }));
        let rest = Rest::of(&theirs, &ours);
        rest.add_to(&mut ours);
        assert_eq!(ours, theirs);
        assert!(Rest::of(&ours, &theirs).is_empty());
        let text = serde_json::to_string(&rest).unwrap();
        assert_eq!(serde_json::from_str::<Rest>(&text).unwrap(), rest);
    }

    #[test]
    fn what_was_changed_here_stays_and_the_rest_of_a_removed_part_is_dropped() {
        let theirs = object(
            json!({"fees": "Free", "schedules": [{"id": "a", "freq": "WEEKLY", "wkst": "MO"}]}),
        );
        let ours = object(json!({"fees": "Free", "schedules": [{"id": "a", "freq": "WEEKLY"}]}));
        let rest = Rest::of(&theirs, &ours);
        let mut changed = object(json!({"fees": "£2", "schedules": []}));
        rest.add_to(&mut changed);
        assert_eq!(
            Value::Object(changed),
            json!({"fees": "£2", "schedules": []})
        );
    }
}
