//! One enquiry as an officer works it: what was promised, who asks, what was said, what to do.
//!
//! This file holds the page and its head; `who.rs` the person, `thread.rs` the conversation,
//! `delivery.rs` what became of our mail, `escalations.rs` who was told of a promise in danger, `undo.rs` what can be taken back, `actions.rs` the forms, `news.rs` what changed while one
//! was filled in, `remind.rs` that one of us is to remind them.

mod actions;
mod beside;
mod by_mail;
mod delivery;
mod escalations;
mod news;
mod remind;
mod sorting;
mod thread;
mod undo;
mod who;

pub(super) use self::by_mail::size;
use domain::{
    clock::{day_in_words, london_date},
    codes::{Channel, MessageKind},
    enquiry::{CloseReason, State},
    reference::Reference,
};
use hub::{
    Actor, Officer,
    desk::{self, EnquiryFile},
};
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{Head, Tab, desk_page, to_sign_in, words};
use crate::{
    components::{
        BackTo, Button, ButtonKind, Done, Due, DueState, SummaryList, SummaryRow, Tag, TagColour,
    },
    context::{hub, refused_or, signed_in},
    forms::Form,
    load::{load, problem},
};

/// `/desk/enquiry/{reference}`
#[component]
pub(crate) fn EnquiryFilePage() -> impl IntoView {
    let Some(officer) = signed_in() else {
        return to_sign_in();
    };
    let typed = use_params_map().read_untracked().get("reference");
    let Some(reference) = typed.and_then(|typed| typed.parse::<Reference>().ok()) else {
        return problem(&hub::Error::NotFound);
    };
    let form = refused_or(Form::default);
    let query = use_query_map().get_untracked();
    let (take_up, saved) = (query.get("take-up"), query.get("saved").is_some());
    let hub = hub();
    let (now, today) = (hub.now(), hub.today());
    let actor = Actor::Officer(officer.clone());
    load(
        async move { hub.desk().enquiry(&actor, &reference).await },
        move |file| {
            // What was refused is newer than what was taken back.
            let taken_up =
                undo::taken_up(&file, take_up.as_deref()).filter(|_| form == Form::default());
            let taken_back = taken_up.as_ref().map(|_| undo::taken_back());
            let form = taken_up.unwrap_or(form);
            let head = Head {
                title: format!("Enquiry {reference}"),
                errors: form.error_list(),
                back: Some(BackTo {
                    href: Tab::here().map_or_else(|| "/desk".to_owned(), |tab| tab.address()),
                    text: "Back to the desk".to_owned(),
                }),
            };
            let saved = (saved && form == Form::default()).then(|| saved_banner(&file));
            let body = view! {
                {taken_back}
                {saved}
                {undo::banner(&file, &form, now)}
                {body(&file, &officer, &form, today)}
            };
            desk_page(&officer, head, body.into_any())
        },
    )
}

/// Says that the reply is kept and not sent.
fn saved_banner(file: &EnquiryFile) -> AnyView {
    let words = match file.draft {
        Some(_) => "Your reply is saved. It is not sent yet.",
        None => "There was nothing to save.",
    };
    view! { <Done words=words/> }.into_any()
}

fn body(file: &EnquiryFile, officer: &Officer, form: &Form, today: Date) -> AnyView {
    view! {
        {news::banner(file, form)}
        {who::safe_contact(file)}
        {delivery::lost(file)}
        {who::sharing(file)}
        {title(file, today)}
        <div class="hub-enquiry">
            <div class="hub-enquiry__said">
                <h2 class="govuk-heading-m">"What was said"</h2>
                {thread::thread(file, news::seen_messages(file, form))}
            </div>
            <div class="hub-enquiry__facts">
                {facts(file, officer, form, today)}
                {who::who(file)}
                {delivery::acknowledgement(file, today)}
                {escalations::told(file)}
                {beside::beside(file, form)}
            </div>
            <div class="hub-enquiry__forms">{actions::forms(file, form)}</div>
        </div>
    }
    .into_any()
}

fn title(file: &EnquiryFile, today: Date) -> AnyView {
    let answering = match file.can_reply_by_mail {
        true => "#reply",
        false => "#conversation",
    };
    view! {
        <span class="govuk-caption-l">{file.topic.clone()}</span>
        <h1 class="govuk-heading-l">"Enquiry " <span class="hub-unbroken">{file.enquiry.reference.to_string()}</span></h1>
        <p class="govuk-body hub-state">{state(file)} " " {due(file, today)}</p>
        {remind::notice(file)}
        {sorting::notice(file)}
        <p class="govuk-body hub-narrow-only hub-screen-only"><a class="govuk-link" href=answering>"Go to the reply"</a></p>
    }
    .into_any()
}

fn state(file: &EnquiryFile) -> AnyView {
    let (text, colour) = match file.enquiry.state {
        State::Promised => ("Waiting for an answer".to_owned(), TagColour::Yellow),
        State::Paused { until } => (
            format!("Paused until {}", day_in_words(until)),
            TagColour::Grey,
        ),
        State::Answered { .. } => ("Answered".to_owned(), TagColour::Green),
        State::Closed { .. } => ("Closed".to_owned(), TagColour::Grey),
    };
    view! { <Tag text=text colour=colour/> }.into_any()
}

/// How close the promise is; nothing when none counts.
fn due(file: &EnquiryFile, today: Date) -> Option<AnyView> {
    if file.enquiry.state != State::Promised {
        return None;
    }
    let due_on = file.enquiry.running_promise()?.due_on;
    let by = || format!("Answer by {}", day_in_words(due_on));
    let (state, text) = match file.due {
        desk::Due::Overdue => (
            DueState::Overdue,
            format!(
                "{}: promised for {}",
                words::late(due_on, today),
                day_in_words(due_on)
            ),
        ),
        desk::Due::Today => (DueState::Today, "Answer today".to_owned()),
        desk::Due::Soon => (DueState::Soon, by()),
        desk::Due::Later => (DueState::Later, by()),
        desk::Due::None => return None,
    };
    Some(view! { <Due state=state text=text/> }.into_any())
}

fn facts(file: &EnquiryFile, officer: &Officer, form: &Form, today: Date) -> AnyView {
    let enquiry = &file.enquiry;
    let mut rows = promise_rows(file);
    rows.push(SummaryRow::fact("Team", file.team.clone()));
    rows.push(SummaryRow::fact(
        "Officer",
        words::officer(file.officer.clone(), file.officer_away_until, today),
    ));
    rows.push(SummaryRow::fact(
        "District",
        file.district
            .clone()
            .unwrap_or_else(|| "Not said".to_owned()),
    ));
    rows.push(SummaryRow::fact(
        "Received",
        format!(
            "{}, {}",
            words::moment(enquiry.received_at),
            channel(enquiry.channel)
        ),
    ));
    if let Some(chasers) = words::chasers(enquiry.chasers) {
        rows.push(SummaryRow::fact("Chasers", chasers));
    }
    if let Some(day) = file.marks.call_back_on {
        rows.push(SummaryRow::fact(
            "Call back",
            format!("By {}", day_in_words(day)),
        ));
    }
    let in_vain = file.messages.iter();
    let in_vain = in_vain.filter(|message| message.kind == MessageKind::CallNotAnswered);
    if let Some(calls) = words::calls_in_vain(in_vain.count()) {
        rows.push(SummaryRow::fact("Calls", calls));
    }
    let assign = (enquiry.officer != Some(officer.id)).then(|| assign_form(file, form));
    view! {
        <h2 class="govuk-heading-m">"The promise"</h2>
        <SummaryList rows=rows/>
        {assign}
    }
    .into_any()
}

/// What was promised and what became of it, in sentences.
fn promise_rows(file: &EnquiryFile) -> Vec<SummaryRow> {
    let promised = file
        .enquiry
        .promise
        .as_ref()
        .map(|promise| SummaryRow::fact("Promised for", day_in_words(promise.due_on)));
    let state = match file.enquiry.state {
        State::Promised => None,
        State::Paused { until } => Some(("Paused until", paused(file, until))),
        State::Answered { at, closes_on } => Some((
            "Answered on",
            format!(
                "{}. It closes on {} if they do not write again.",
                day_in_words(london_date(at)),
                day_in_words(closes_on),
            ),
        )),
        State::Closed { at, reason } => Some((
            "Closed on",
            format!(
                "{}: {}",
                day_in_words(london_date(at)),
                closed_because(reason)
            ),
        )),
    };
    promised
        .into_iter()
        .chain(state.map(|(key, value)| SummaryRow::fact(key, value)))
        .collect()
}

fn paused(file: &EnquiryFile, until: Date) -> String {
    let for_what = file.pause.map_or_else(String::new, |pause| {
        format!(" We wait for: {}.", words::waits_for(pause.waits_for))
    });
    format!(
        "{}.{for_what} The promised day does not count until then.",
        day_in_words(until)
    )
}

fn closed_because(reason: CloseReason) -> String {
    match reason {
        CloseReason::Answered => "it was answered".to_owned(),
        CloseReason::Ended(reason) => {
            format!(
                "the promise ended without an answer: {}",
                words::end_reason(reason)
            )
        }
    }
}

fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::WebForm => "by the form on our pages",
        Channel::Email => "by email",
        Channel::Telephone => "by phone",
        Channel::Letter => "by letter",
        Channel::InPerson => "in person",
    }
}

fn assign_form(file: &EnquiryFile, form: &Form) -> AnyView {
    let error = form.error("assign").map(|error| {
        view! {
            <p class="govuk-error-message">
                <span class="govuk-visually-hidden">"Error: "</span>
                {error}
            </p>
        }
    });
    let text = match file.enquiry.officer {
        None => "Assign it to me",
        Some(_) => "Take it over",
    };
    view! {
        <form id="assign" method="post" action=actions::address(file, "assign")>
            {error}
            {actions::unseen(file)}
            <Button text=text kind=ButtonKind::Secondary/>
        </form>
    }
    .into_any()
}
