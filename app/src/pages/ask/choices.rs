//! The pages that ask for one choice: topic, about a child or not, district.

use domain::council::{Council, District, Topic};
use hub::Draft;
use leptos::prelude::*;

use super::step::Question;
use crate::{
    components::{Choice, Heading, Radios},
    forms::Form,
};

pub(super) fn topic(form: Form, council: &Council) -> Question {
    let title = "What is your question about?";
    let choices = council.topics.iter().map(topic_choice).collect();
    Question {
        title,
        fields: view! {
            <Radios
                form=form
                name="topic"
                legend=title
                heading=Heading::Page
                hint="Choose the one that is closest. If it is not quite right, we pass your question on for you."
                choices=choices
            />
        }
        .into_any(),
    }
}

fn topic_choice(topic: &Topic) -> Choice {
    with_hint(topic.key.as_str(), &topic.name, topic.hint.as_deref())
}

pub(super) fn service(form: Form, draft: &Draft) -> Question {
    let title = "Is your question about this service?";
    let name = draft.came_from().map(|service| service.name.clone());
    Question {
        title,
        fields: view! {
            <Radios
                form=form
                name="about_service"
                legend=title
                heading=Heading::Page
                hint=name.unwrap_or_default()
                choices=vec![
                    Choice::hinted("yes", "Yes", "We tell the officer which service you mean."),
                    Choice::hinted("no", "No", "My question is about something else."),
                ]
            />
        }
        .into_any(),
    }
}

pub(super) fn about_child(form: Form) -> Question {
    let title = "Is your question about one child or young person?";
    Question {
        title,
        fields: view! {
            <Radios
                form=form
                name="about_child"
                legend=title
                heading=Heading::Page
                hint="If you are a young person asking for yourself, choose yes."
                choices=vec![
                    Choice::of("yes", "Yes"),
                    Choice::hinted("no", "No", "It is about something general, or about many children."),
                ]
            />
        }
        .into_any(),
    }
}

pub(super) fn district(form: Form, council: &Council) -> Question {
    let title = "Which area is your question about?";
    let mut choices: Vec<Choice> = council.districts.iter().map(district_choice).collect();
    if !choices.is_empty() {
        choices.push(Choice::Divider("or".to_owned()));
    }
    choices.push(Choice::of("not-sure", "I am not sure"));
    Question {
        title,
        fields: view! {
            <Radios
                form=form
                name="district"
                legend=title
                heading=Heading::Page
                hint="If it is about a child or young person, choose where they live. The letters and numbers are the start of the postcode."
                choices=choices
            />
        }
        .into_any(),
    }
}

fn district_choice(district: &District) -> Choice {
    with_hint(
        district.key.as_str(),
        &district.name,
        district.postcode_hint.as_deref(),
    )
}

fn with_hint(value: &str, text: &str, hint: Option<&str>) -> Choice {
    match hint {
        Some(hint) => Choice::hinted(value, text, hint),
        None => Choice::of(value, text),
    }
}
