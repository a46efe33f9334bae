//! What one version of the settings changed of another, setting by setting.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Council;

/// Marks a list whose entries are the same in another order.
const IN_ORDER: &str = " in order";

/// One setting that is not what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Which one, as a path: `contact.telephone`, `topics.travel.name`.
    pub setting: String,
    /// What it was; `None` when there was none.
    pub before: Option<String>,
    /// What it is; `None` when it is gone.
    pub after: Option<String>,
}

/// Everything that differs, in the alphabet's order of the settings.
#[must_use]
pub fn differences(before: &Council, after: &Council) -> Vec<Difference> {
    let (mut before, mut after) = (settings(before), settings(after));
    let names: Vec<String> = before.keys().chain(after.keys()).cloned().collect();
    let mut found: Vec<Difference> = names
        .into_iter()
        .filter_map(|setting| {
            let (before, after) = (before.remove(&setting), after.remove(&setting));
            (before != after).then_some(Difference {
                setting,
                before,
                after,
            })
        })
        .collect();
    found.sort_by(|one, other| one.setting.cmp(&other.setting));
    // An entry that came or went is told by itself.
    let told: Vec<String> = found.iter().map(|found| found.setting.clone()).collect();
    found.retain(
        |difference| match difference.setting.strip_suffix(IN_ORDER) {
            Some(list) => {
                let entries = format!("{list}.");
                !told.iter().any(|told| told.starts_with(&entries))
            }
            None => true,
        },
    );
    found
}

/// Each setting by its path.
fn settings(council: &Council) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    // A council always can be written as JSON; were it not so, every difference would show.
    if let Ok(value) = serde_json::to_value(council) {
        walk(String::new(), &value, &mut found);
    }
    found
}

fn walk(path: String, value: &Value, found: &mut BTreeMap<String, String>) {
    let below = |name: &str| match path.as_str() {
        "" => name.to_owned(),
        path => format!("{path}.{name}"),
    };
    match value {
        Value::Object(entries) => {
            for (name, value) in entries {
                walk(below(name), value, found);
            }
        }
        Value::Array(list) if list.is_empty() => {}
        Value::Array(list) if list.iter().all(Value::is_string) => {
            let lines: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
            found.insert(path, lines.join(", "));
        }
        Value::Array(list) => {
            let names = list.iter().enumerate();
            let names: Vec<String> = names.map(|(place, entry)| name_of(entry, place)).collect();
            found.insert(format!("{path}{IN_ORDER}"), names.join(", "));
            for (place, entry) in list.iter().enumerate() {
                walk(below(&name_of(entry, place)), entry, found);
            }
        }
        Value::Null => {}
        Value::String(text) => {
            found.insert(path, text.clone());
        }
        other => {
            found.insert(path, other.to_string());
        }
    }
}

/// An entry of a list by what tells it from the others, so that one more at the top does not make
/// all of them look changed.
fn name_of(entry: &Value, place: usize) -> String {
    let text = |name: &str| entry.get(name).and_then(Value::as_str);
    if let Some(name) = text("key")
        .or_else(|| text("from"))
        .or_else(|| text("date"))
        .or_else(|| text("name"))
    {
        return name.to_owned();
    }
    // A routing rule is told by what it is for, a promise by whom and what it is for.
    let of_kind = text("kind").filter(|_| entry.get("working_days").is_some());
    let rule: Vec<&str> = of_kind
        .into_iter()
        .chain(["topic", "district"].into_iter().filter_map(text))
        .collect();
    if rule.is_empty() {
        (place + 1).to_string()
    } else {
        rule.join(" in ")
    }
}
