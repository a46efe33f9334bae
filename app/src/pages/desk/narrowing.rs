//! What narrows the desk's lists of enquiries: a topic and a district, chosen in a plain form and kept in the address.

use domain::{
    council::Council,
    form::Fields,
    keys::{DistrictKey, TopicKey},
};
use hub::desk::{Narrowing, QueuePlace};
use leptos::prelude::*;

use super::Tab;
use crate::{
    components::{Button, ButtonKind, SelectField},
    forms::Form,
};

const TOPIC: &str = "topic";
const DISTRICT: &str = "district";
/// As a district: that none was said. No key looks like it.
const NOT_SAID: &str = "not_said";

/// What two words of an address ask for; a word that is no key asks for nothing.
pub(super) fn read(topic: &str, district: &str) -> Narrowing {
    let place = match district {
        NOT_SAID => Some(QueuePlace::NotSaid),
        key => key.parse().ok().map(QueuePlace::In),
    };
    Narrowing {
        topic: topic.parse().ok(),
        place,
    }
}

/// What this page's address asks for, of what the council has or had: another council's topic would show an empty
/// queue to whoever kept an old address.
pub(super) fn asked(query: &impl Fn(&str) -> Option<String>, council: &Council) -> Narrowing {
    let [topic, district] = [TOPIC, DISTRICT].map(|name| query(name).unwrap_or_default());
    let Narrowing { topic, place } = read(&topic, &district);
    Narrowing {
        topic: topic.filter(|key| topics(council).any(|(known, _)| known == key)),
        place: place.filter(|place| match place {
            QueuePlace::In(key) => districts(council).any(|(known, _)| known == key),
            QueuePlace::NotSaid => true,
        }),
    }
}

/// The words that stand for it in an address; an empty one asks for nothing.
pub(super) fn words(only: &Narrowing) -> [&str; 2] {
    let place = match &only.place {
        Some(QueuePlace::In(district)) => district.as_str(),
        Some(QueuePlace::NotSaid) => NOT_SAID,
        None => "",
    };
    [only.topic.as_ref().map_or("", TopicKey::as_str), place]
}

/// The same as the end of an address that has a query already.
pub(super) fn query(only: &Narrowing) -> String {
    let parts = [TOPIC, DISTRICT].into_iter().zip(words(only));
    parts
        .filter(|(_, word)| !word.is_empty())
        .map(|(name, word)| format!("&{name}={word}"))
        .collect()
}

/// The form that narrows this list; on a phone it is folded until something was chosen.
pub(super) fn form(tab: &Tab, council: &Council) -> AnyView {
    let mut values = Fields::default();
    for (name, word) in [TOPIC, DISTRICT].into_iter().zip(words(tab.only())) {
        values.set(name, word);
    }
    let (form, narrowed) = (Form::filled(values), !tab.only().is_empty());
    let topics = topics(council).map(|(key, name)| (key.to_string(), name));
    let districts = districts(council).map(|(key, name)| (key.to_string(), name));
    let all = |text: &str| (String::new(), text.to_owned());
    let not_said = (NOT_SAID.to_owned(), "Not said".to_owned());
    view! {
        <details class="hub-fold hub-screen-only" open=narrowed>
            <summary>"Topic and district"</summary>
            <form method="get" action="/desk" class="hub-narrow" aria-label="Topic and district">
                <input type="hidden" name="whose" value=tab.list()/>
                <SelectField
                    form=form.clone()
                    name=TOPIC
                    label="Topic"
                    options=std::iter::once(all("All topics")).chain(topics).collect()
                />
                <SelectField
                    form=form
                    name=DISTRICT
                    label="District"
                    options=std::iter::once(all("All districts")).chain(districts).chain([not_said]).collect()
                />
                <Button text="Show" kind=ButtonKind::Secondary/>
            </form>
        </details>
    }
    .into_any()
}

/// Says what is shown alone, with the way to the whole list.
pub(super) fn told(tab: &Tab, council: &Council) -> Option<AnyView> {
    let only = tab.only();
    let topic = only.topic.as_ref().map(|key| council.topic_name(key));
    let place = only.place.as_ref().map(|place| match place {
        QueuePlace::In(district) => council.district_name(district),
        QueuePlace::NotSaid => "district not said".to_owned(),
    });
    let shown: Vec<String> = topic.into_iter().chain(place).collect();
    if shown.is_empty() {
        return None;
    }
    let whole = format!("/desk?whose={}", tab.list());
    let told = view! {
        <p class="govuk-body">
            "Only: " <strong>{shown.join(", ")}</strong> ". "
            <a class="govuk-link hub-screen-only" href=whole>"Show all topics and districts"</a>
        </p>
    };
    Some(told.into_any())
}

/// What an enquiry can be about: what is offered, then what was.
fn topics(council: &Council) -> impl Iterator<Item = (&TopicKey, String)> {
    let offered = council.topics.iter();
    let offered = offered.map(|topic| (&topic.key, topic.name.clone()));
    let retired = council.retired.topics.iter();
    offered.chain(retired.map(|topic| (&topic.key, no_more(&topic.name))))
}

/// Where a child can live, as [`topics`].
fn districts(council: &Council) -> impl Iterator<Item = (&DistrictKey, String)> {
    let offered = council.districts.iter();
    let offered = offered.map(|district| (&district.key, district.name.clone()));
    let retired = council.retired.districts.iter();
    offered.chain(retired.map(|district| (&district.key, no_more(&district.name))))
}

fn no_more(name: &str) -> String {
    format!("{name} (offered no more)")
}
