//! A change of the settings in the words of their pages: which setting, what it was, what it is.

use std::str::FromStr;

use domain::{
    codes::{CorrespondentKind, LetterKind, WordLinkKind},
    council::{Council, Difference},
};
use hub::settings::Section;
use jiff::civil::{Date, Time};

use super::{letter, name};
use crate::pages::desk::words;

/// Marks a list whose entries are the same in another order.
const IN_ORDER: &str = " in order";

/// A change, as a person reads it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Told {
    /// Which setting: “Topics: Travel to school: working days to an answer”.
    pub(super) setting: String,
    /// What it was; `None` when there was none.
    pub(super) before: Option<String>,
    /// What it is; `None` when it is gone.
    pub(super) after: Option<String>,
}

/// The change in words. Topics, districts and teams are called as `council` calls them.
pub(super) fn told(difference: &Difference, council: &Council) -> Told {
    let Place {
        section,
        entry,
        field,
    } = Place::of(&difference.setting);
    let entry = entry.map(|entry| entry_name(section, entry, council));
    let setting = [
        Some(section_name(section)),
        entry,
        label(section, field).map(str::to_owned),
    ];
    let value = |value: &Option<String>| {
        let value = value.as_deref()?;
        Some(in_words(field, value, council))
    };
    Told {
        setting: setting.into_iter().flatten().collect::<Vec<_>>().join(": "),
        before: value(&difference.before),
        after: value(&difference.after),
    }
}

/// A setting's path, taken apart: `topics.travel.name`, `contact.email`, `name`, `topics in order`.
#[derive(Debug, Clone, Copy)]
struct Place<'p> {
    section: &'p str,
    entry: Option<&'p str>,
    field: &'p str,
}

impl<'p> Place<'p> {
    fn of(path: &'p str) -> Self {
        if let Some(list) = path.strip_suffix(IN_ORDER) {
            return Self {
                section: list.split('.').next().unwrap_or(list),
                entry: None,
                field: "order",
            };
        }
        let (section, rest) = match path.split_once('.') {
            Some((section, rest)) => (section, rest),
            None => ("", path),
        };
        // An entry's name may hold dots, a field's never does.
        let (entry, field) = match rest.rsplit_once('.') {
            Some((entry, field)) => (Some(entry), field),
            None => (None, rest),
        };
        match section {
            "letters" => Self {
                section,
                entry: Some(rest),
                field: "letter",
            },
            _ => Self {
                section,
                entry,
                field,
            },
        }
    }
}

fn section_name(section: &str) -> String {
    let code = match section {
        "" | "mail" | "automatic_mail" => "council",
        "doubted_mail" => "incoming-mail",
        "retired" => return "Offered no more".to_owned(),
        "local_offer" => return "The local offer".to_owned(),
        section => section,
    };
    match Section::from_str(&code.replace('_', "-")) {
        Ok(section) => name(section).to_owned(),
        Err(_) => code.replace('_', " "),
    }
}

/// What a list's entry is called on its page.
fn entry_name(section: &str, entry: &str, council: &Council) -> String {
    match section {
        "letters" => match entry.parse::<LetterKind>() {
            Ok(kind) => letter::name(kind).to_owned(),
            Err(_) => entry.to_owned(),
        },
        "escalation" => "the head of service".to_owned(),
        "retired" => {
            let key = entry.split_once('.').map_or(entry, |(_, key)| key);
            part(key, council)
        }
        "advice" => entry.to_owned(),
        "closures" => format!("from {}", day(entry)),
        "bank_holidays" => day(entry),
        "search_words" | "doubted_mail" => match entry.rsplit_once('.') {
            Some((_, place)) => format!("number {place}"),
            None => format!("number {entry}"),
        },
        _ => {
            let parts: Vec<String> = entry
                .split(" in ")
                .map(|code| part(code, council))
                .collect();
            parts.join(", ")
        }
    }
}

/// What a field is called on its page; `None` where the entry's name says it all.
fn label(section: &str, field: &str) -> Option<&'static str> {
    Some(match (section, field) {
        (_, "key" | "letter") => return None,
        (_, "order") => "the order",
        ("", "name") => "whole name",
        ("", "short_name") => "the name that people say",
        ("", "default_team") => "the team that gets everything else",
        ("mail", "from_name") => "the name that mail comes from",
        ("mail", "from_address") => "the address that mail comes from",
        ("mail", "unsorted_topic") => "the topic of what comes by email",
        ("mail", "answers") => "a plus in addresses",
        ("automatic_mail", "per_address") => "automatic mails to one address",
        ("automatic_mail", "window_minutes") => "within how many minutes",
        ("automatic_mail", "per_enquiry") => "automatic mails about one enquiry in a day",
        ("doubted_mail", "authserv_ids") => "your mail server’s name",
        ("doubted_mail", "header") => "the spam filter’s header",
        ("doubted_mail", "contains") => "what it then says",
        ("contact", "email") => "the one address for enquiries",
        ("contact", "telephone") => "the one number for enquiries",
        ("contact", "telephone_hours") => "when it is answered",
        ("contact", "messages_read") => "when messages are read",
        ("contact", "out_of_hours_telephone") => "the number for when you are closed",
        ("contact", "out_of_hours_text") => "what that number is for",
        ("contact", "postal_address") => "postal address",
        ("look", "primary") => "the main colour",
        ("look", "link") => "links",
        ("look", "accent") => "the second colour",
        (_, "working_days") => "working days to an answer",
        (_, "closes_after_working_days") => "working days until an answered enquiry closes",
        ("escalation", "morning") => "when the working day begins",
        ("escalation", "email") => "email address",
        ("sign_in", "second_step") => "a code besides the password",
        ("local_offer", "need_taxonomy") => "the list of needs",
        ("local_offer", "category_taxonomy") => "the list of categories",
        ("search_words", "kind") => "what these words do",
        ("search_words", "words") => "what people type",
        ("search_words", "finds") => "what they also find",
        (_, "kind") => "who asks",
        (_, "topic") => "topic",
        (_, "district") => "district",
        (_, "team") => "the team that gets it",
        (_, "from") => "the first day",
        (_, "to") => "the last day",
        (_, "date") => "the day",
        (_, "reason") => "why",
        (_, "title" | "name") => "name",
        (_, "hint") => "help with choosing",
        (_, "postcode_hint") => "postcodes there",
        (_, "about") => "what they help with",
        (_, "website") => "website",
        (_, "telephone") => "phone",
        (_, "note") => "anything else to know",
        _ => return Some("another setting"),
    })
}

fn in_words(field: &str, value: &str, council: &Council) -> String {
    match field {
        // A key says nothing to people: what counts is that its entry came, or went.
        "key" => "It is in the list".to_owned(),
        "order" => {
            let parts: Vec<String> = value.split(", ").map(|key| part(key, council)).collect();
            parts.join(", ")
        }
        "default_team" | "team" | "topic" | "unsorted_topic" | "district" => part(value, council),
        "working_days" | "closes_after_working_days" => match value {
            "1" => "1 working day".to_owned(),
            days => format!("{days} working days"),
        },
        "window_minutes" => format!("{value} minutes"),
        "kind" => kind(value),
        "from" | "to" | "date" => day(value),
        "morning" => match value.parse::<Time>() {
            Ok(time) => time.strftime("%-I:%M%P").to_string(),
            Err(_) => value.to_owned(),
        },
        "answers" => match value {
            "tagged" => "Yes".to_owned(),
            _ => "No".to_owned(),
        },
        "second_step" => match value {
            "required" => "Yes, everybody".to_owned(),
            _ => "No, whoever wants to".to_owned(),
        },
        _ => value.to_owned(),
    }
}

fn kind(code: &str) -> String {
    match (code.parse(), code.parse()) {
        (Ok(WordLinkKind::Same), _) => "They all mean the same".to_owned(),
        (Ok(WordLinkKind::SeeAlso), _) => "They also find something else".to_owned(),
        (_, Ok(kind)) => words::kind(kind).to_owned(),
        _ => code.to_owned(),
    }
}

/// What a key or a code stands for: a topic, a district, a team or a kind of people.
fn part(code: &str, council: &Council) -> String {
    fn known<K: FromStr + ToString>(code: &str, name: impl Fn(&K) -> String) -> Option<String> {
        let key = code.parse::<K>().ok()?;
        Some(name(&key)).filter(|name| name != code)
    }
    if code.parse::<CorrespondentKind>().is_ok() {
        return kind(code);
    }
    known(code, |key| council.topic_name(key))
        .or_else(|| known(code, |key| council.district_name(key)))
        .or_else(|| known(code, |key| council.team_name(key)))
        .or_else(|| code.parse::<Date>().ok().map(words::plain_day))
        .unwrap_or_else(|| code.to_owned())
}

fn day(text: &str) -> String {
    match text.parse::<Date>() {
        Ok(day) => words::plain_day(day),
        Err(_) => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use domain::council::differences;

    use super::*;

    fn council(more: &str) -> Council {
        let sample = include_str!("../../../../../server/sample/council.toml");
        hub::settings::read(&format!("{sample}\n{more}")).unwrap()
    }

    /// Something in each list that the sample leaves empty.
    const EVERYTHING: &str = r#"
        [escalation]
        morning = "08:30:00"
        head_of_service = { name = "Kim Lee", email = "kim@send.example.org" }
        [[promises]]
        kind = "school"
        topic = "ehc-plan"
        working_days = 1
        [[bank_holidays]]
        date = "2029-01-01"
        title = "New Year’s Day"
        [doubted_mail]
        authserv_ids = ["mx.send.example.org"]
        marks = [{ header = "X-Spam-Flag", contains = "YES" }]
        [[search_words]]
        kind = "see-also"
        words = ["taxi"]
        finds = ["school transport"]
        [[retired.topics]]
        key = "once"
        name = "Once"
    "#;

    fn everything() -> Council {
        let mut council = council(EVERYTHING);
        council
            .letters
            .insert(LetterKind::Closed, "Hello".to_owned());
        council
    }

    fn lines(before: &Council, after: &Council) -> Vec<String> {
        let told = differences(before, after);
        let told = told.iter().map(|difference| told_as(difference, after));
        told.collect()
    }

    fn told_as(difference: &Difference, council: &Council) -> String {
        let Told {
            setting,
            before,
            after,
        } = told(difference, council);
        let value = |value: Option<String>| value.unwrap_or_else(|| "–".to_owned());
        format!("{setting} | {} | {}", value(before), value(after))
    }

    #[test]
    fn a_change_is_told_in_the_words_of_its_page() {
        let before = council("");
        let mut after = before.clone();
        after.promise.working_days = 1;
        after.contact.telephone_hours = "Mornings".to_owned();
        after.sign_in.second_step = domain::codes::SecondStepRule::Required;
        after.default_team = after.teams[1].key.clone();
        after.topics[0].working_days = Some(10);
        let (was, is) = (before.team_name(&before.default_team), &after.teams[1].name);
        let topic = &after.topics[0].name;
        assert_eq!(
            lines(&before, &after),
            [
                format!(
                    "How to reach you: when it is answered | {} | Mornings",
                    before.contact.telephone_hours
                ),
                format!("The council’s name: the team that gets everything else | {was} | {is}"),
                "The promise: working days to an answer | 5 working days | 1 working day"
                    .to_owned(),
                "Signing in: a code besides the password | No, whoever wants to | Yes, everybody"
                    .to_owned(),
                format!("Topics: {topic}: working days to an answer | – | 10 working days"),
            ]
        );
    }

    #[test]
    fn what_came_is_called_by_its_name() {
        let told = lines(&council(""), &everything());
        for line in [
            "Bank holidays: 1 January 2029: name | – | New Year’s Day",
            "Before a promise breaks: when the working day begins | 8:00am | 8:30am",
            "Before a promise breaks: the head of service: name | – | Kim Lee",
            "Letters: Your question is closed | – | Hello",
            "Mail that may be spam: number 1: what it then says | – | YES",
            "Offered no more: Once | – | It is in the list",
            "Promises to some people: School, college or nursery, An EHC plan we already have: working days to an answer | – | 1 working day",
            "Words people search by: number 1: what these words do | – | They also find something else",
        ] {
            assert!(told.iter().any(|told| told == line), "{line} in {told:#?}");
        }
    }

    #[test]
    fn every_setting_has_words_and_none_is_told_by_its_key() {
        let whole = everything();
        let mut found = differences(&council(""), &whole);
        let mut other = whole.clone();
        other.topics.reverse();
        found.extend(differences(&whole, &other));
        // A council that shares nothing with it shows every setting that there is.
        let mut nothing = whole.clone();
        nothing.districts.clear();
        nothing.topics.clear();
        nothing.teams.clear();
        nothing.routing.clear();
        nothing.closures.clear();
        nothing.advice.clear();
        nothing.contact.telephone.clear();
        nothing.look = domain::council::Look {
            primary: "#000000".parse().unwrap(),
            link: "#000000".parse().unwrap(),
            accent: "#ffffff".parse().unwrap(),
        };
        found.extend(differences(&whole, &nothing));
        assert!(found.len() > 100, "{}", found.len());
        for difference in &found {
            let line = told_as(difference, &whole);
            let (setting, _) = line.split_once(" | ").unwrap();
            assert!(!setting.contains('_'), "{difference:?}: {line}");
            assert!(!setting.contains("another setting"), "{difference:?}");
            assert!(!setting.contains(".."), "{difference:?}: {line}");
        }
    }
}
