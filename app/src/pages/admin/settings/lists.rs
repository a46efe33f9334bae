//! What the lists of the settings show, and what else their pages hold.

use domain::{
    clock::day_in_words,
    codes::{LetterKind, WordLinkKind},
    council::{Council, RoutingRule},
    form::Fields,
};
use hub::settings::Section;
use leptos::prelude::*;

use super::{
    address, fields, letter,
    section::{other_button, seen},
};
use crate::{
    components::{Button, ButtonKind, SummaryList, SummaryRow},
    context::council,
    forms::Form,
    pages::desk::{offered, words},
};

/// The entries of a section, and the way to one more.
pub(super) fn list(section: Section, form: &Form) -> AnyView {
    let council = council();
    let rows = match section {
        Section::Promises => promises(&council),
        Section::BankHolidays => bank_holidays(&council),
        Section::Topics => topics(&council),
        Section::Districts => districts(&council),
        Section::Teams => teams(&council),
        Section::Routing => rules(&council),
        Section::Closures => closures(&council),
        Section::Advice => advice(&council),
        Section::SearchWords => search_words(&council),
        _ => return letters(&council),
    };
    let rows: Vec<SummaryRow> = rows
        .into_iter()
        .enumerate()
        .map(|(place, (key, value))| {
            let href = format!("{}/{}", address(section), place + 1);
            SummaryRow::fact(key.clone(), value).changed_at(href, key)
        })
        .collect();
    let intro = intro(section).map(|words| view! { <p class="govuk-body">{words}</p> });
    let new = format!("{}/new", address(section));
    view! {
        {intro}
        <SummaryList rows=rows/>
        <p class="govuk-body"><a class="govuk-link" href=new>{add(section)}</a></p>
        {(section == Section::Routing).then(|| default_team(form, &council))}
        {retired(section, &council)}
    }
    .into_any()
}

const fn intro(section: Section) -> Option<&'static str> {
    match section {
        Section::Routing => Some(
            "The most exact rule counts: topic and district, then topic alone, then district alone.",
        ),
        Section::Promises => Some(
            "The narrowest promise counts: for these people about this topic, then for the topic, then for these people, then the council’s.",
        ),
        Section::BankHolidays => Some(
            "England’s bank holidays are built in. GOV.UK names those of later years in time: add each of them here. A year counts as known when it has all eight.",
        ),
        Section::SearchWords => Some(
            "The search knows many words already: that SALT is speech and language therapy, or that “respite” is about short breaks. Add what people say where you are. What you say of a word counts in place of what the search knows of it.",
        ),
        _ => None,
    }
}

const fn add(section: Section) -> &'static str {
    match section {
        Section::Topics => "Add a topic",
        Section::Districts => "Add a district",
        Section::Teams => "Add a team",
        Section::Routing => "Add a rule",
        Section::Closures => "Add days when you are closed",
        Section::Promises => "Add a promise",
        Section::BankHolidays => "Add a bank holiday",
        Section::SearchWords => "Add words",
        _ => "Add somebody who gives advice",
    }
}

type Rows = Vec<(String, String)>;

fn topics(council: &Council) -> Rows {
    let all = council.topics.iter();
    all.map(|topic| {
        let days = topic.working_days;
        let days = days.map(|days| format!("An answer within {days} working days. "));
        let hint = topic.hint.clone().unwrap_or_default();
        (topic.name.clone(), days.unwrap_or_default() + &hint)
    })
    .collect()
}

fn promises(council: &Council) -> Rows {
    let all = council.promises.iter();
    all.map(|own| {
        let who = words::kind(own.kind);
        let about = own.topic.as_ref().map(|key| council.topic_name(key));
        let about = about.map_or_else(|| who.to_owned(), |topic| format!("{who}, about {topic}"));
        let days = format!("An answer within {} working days.", own.working_days);
        (about, days)
    })
    .collect()
}

fn bank_holidays(council: &Council) -> Rows {
    let all = council.bank_holidays.iter();
    all.map(|holiday| (holiday.title.clone(), day_in_words(holiday.date)))
        .collect()
}

fn districts(council: &Council) -> Rows {
    let all = council.districts.iter();
    all.map(|district| {
        let hint = district.postcode_hint.clone();
        (district.name.clone(), hint.unwrap_or_default())
    })
    .collect()
}

fn teams(council: &Council) -> Rows {
    let all = council.teams.iter();
    all.map(|team| {
        let default = team.key == council.default_team;
        let gets = council.routing.iter().filter(|rule| rule.team == team.key);
        let rest = if default { ", and all the rest" } else { "" };
        let about = match gets.count() {
            0 if default => "Gets what no rule names".to_owned(),
            0 => "No rule names it".to_owned(),
            1 => format!("1 rule{rest}"),
            rules => format!("{rules} rules{rest}"),
        };
        (team.name.clone(), about)
    })
    .collect()
}

fn rules(council: &Council) -> Rows {
    let all = council.routing.iter();
    all.map(|rule| (rule_in_words(rule, council), council.team_name(&rule.team)))
        .collect()
}

fn rule_in_words(rule: &RoutingRule, council: &Council) -> String {
    let topic = rule.topic.as_ref().map(|key| council.topic_name(key));
    let district = rule.district.as_ref().map(|key| council.district_name(key));
    match (topic, district) {
        (Some(topic), Some(district)) => format!("{topic}, in {district}"),
        (Some(topic), None) => topic,
        (None, Some(district)) => format!("Anything from {district}"),
        (None, None) => "Anything".to_owned(),
    }
}

fn closures(council: &Council) -> Rows {
    let all = council.closures.iter();
    all.map(|closure| {
        let from = day_in_words(closure.from);
        let days = if closure.from == closure.to {
            from
        } else {
            format!("{from} to {}", day_in_words(closure.to))
        };
        (closure.reason.clone(), days)
    })
    .collect()
}

fn advice(council: &Council) -> Rows {
    let all = council.advice.iter();
    all.map(|advice| (advice.name.clone(), advice.website.clone()))
        .collect()
}

fn search_words(council: &Council) -> Rows {
    let all = council.search_words.iter();
    all.map(|link| {
        let words = link.words.join(", ");
        match link.kind {
            WordLinkKind::Same => (words, "All mean the same".to_owned()),
            WordLinkKind::SeeAlso => (words, format!("Also find: {}", link.finds.join(", "))),
        }
    })
    .collect()
}

/// The letters: none can be added, and none taken away.
fn letters(council: &Council) -> AnyView {
    let rows: Vec<SummaryRow> = LetterKind::ALL
        .iter()
        .map(|kind| {
            let whose = if council.letters.contains_key(kind) {
                "Your own words"
            } else {
                "Standard words"
            };
            let (name, href) = (
                letter::name(*kind),
                format!("/admin/settings/letters/{kind}"),
            );
            SummaryRow::fact(name, format!("{} {whose}.", letter::when(*kind)))
                .changed_at(href, name)
        })
        .collect();
    view! {
        <p class="govuk-body">
            "Each letter goes out as plain text and as a page. People who asked for large print or for text only get it that way."
        </p>
        <SummaryList rows=rows/>
    }
    .into_any()
}

/// The team for whatever no rule names.
fn default_team(form: &Form, council: &Council) -> AnyView {
    let form = if form.values == Fields::default() {
        let mut values = Fields::default();
        values.set("default_team", council.default_team.to_string());
        Form::filled(values)
    } else {
        form.clone()
    };
    view! {
        <h2 class="govuk-heading-m">"All the rest"</h2>
        <form id="settings" method="post" action=address(Section::Routing) class="hub-measure" novalidate>
            {seen()}
            {fields::team_field(&form, "default_team", "The team that gets what no rule names", council)}
            <Button text="Save" kind=ButtonKind::Secondary/>
        </form>
    }
    .into_any()
}

/// What was taken away, and the way back.
fn retired(section: Section, council: &Council) -> Option<AnyView> {
    let retired = &council.retired;
    let gone: Vec<(String, String)> = match section {
        Section::Topics => offered::topics(&retired.topics).collect(),
        Section::Districts => offered::districts(&retired.districts).collect(),
        Section::Teams => offered::teams(&retired.teams).collect(),
        _ => Vec::new(),
    };
    if gone.is_empty() {
        return None;
    }
    let action = format!("{}/new", address(section));
    let rows: Vec<AnyView> = gone
        .into_iter()
        .map(|(key, name)| {
            view! {
                <li>
                    <form method="post" action=action.clone()>
                        {seen()}
                        <input type="hidden" name="key" value=key/>
                        <span>{name}</span>
                        " "
                        {other_button("Offer it again", "bring-back", ButtonKind::Secondary)}
                    </form>
                </li>
            }
            .into_any()
        })
        .collect();
    Some(
        view! {
            <h2 class="govuk-heading-m">"Offered no more"</h2>
            <ul class="govuk-list">{rows}</ul>
        }
        .into_any(),
    )
}
