//! Mail that did not arrive: the word of it at the top of the desk, and `/desk/undelivered`, the list that people work
//! off. One mail and what can be done with it is in `undelivered/mail.rs`.

mod mail;

use domain::codes::DeliveryState;
use hub::{
    Officer,
    desk::{Counted, HeldUp, InTwoLists, Undelivered, UndeliveredList},
    policy::{Act, Reach},
};
use jiff::civil::Date;
use leptos::prelude::*;

pub(crate) use self::mail::UndeliveredMailPage;
use super::{
    list_page,
    paging::{self, PagedList},
    words,
};
use crate::{
    components::{Button, ButtonKind, Notice, NotificationBanner, SelectField},
    forms::Form,
};

/// Where the list is.
pub(super) const ADDRESS: &str = "/desk/undelivered";
/// The heading of what is still on its way.
const HELD_UP: &str = "on-their-way";

/// `/desk/undelivered`
#[component]
pub(crate) fn UndeliveredPage() -> impl IntoView {
    let after = paging::in_two_lists();
    let begins = after.clone();
    list_page(
        "Mail that did not arrive",
        |hub, actor| async move { hub.desk().undelivered(&actor, &begins).await },
        move |list, officer, today| {
            let tables = may_list(officer).then(tables);
            view! { {body(list, &after, today)} {tables} }.into_any()
        },
    )
}

/// The word of it at the top of the desk; nothing when all mail arrived or is on its way.
pub(super) fn notice(list: &UndeliveredList) -> Option<AnyView> {
    let (words, link) = match (list.to_clear.count, list.held_up.count) {
        (0, 0) => return None,
        (0, _) => (
            "Some of our mail waits longer than it should. We go on trying.".to_owned(),
            "See which",
        ),
        (1, _) => (
            "One mail did not reach the person. Call or write to them.".to_owned(),
            "See what to do",
        ),
        (count, _) => (
            format!(
                "{} mails did not reach people. Call or write to them.",
                words::number(count)
            ),
            "See what to do",
        ),
    };
    Some(
        view! {
            <NotificationBanner kind=Notice::Important>
                <p class="govuk-notification-banner__heading">
                    {words} " "
                    <a class="govuk-notification-banner__link" href=ADDRESS>{link}</a>
                </p>
            </NotificationBanner>
        }
        .into_any(),
    )
}

fn body(list: UndeliveredList, after: &InTwoLists, today: Date) -> AnyView {
    let labels = ["Mail to deal with", "Mail still on its way"];
    let [to_clear, on_their_way] = PagedList::two(ADDRESS, after, labels, HELD_UP);
    view! {
        <h2 class="govuk-heading-m">"For a person to deal with"</h2>
        <p class="govuk-body">
            "Each stays here until somebody deals with it. Reach the person another way, then clear it."
        </p>
        {lost(&list.to_clear, &to_clear, today)}
        {held_up(list.held_up, &on_their_way, today)}
    }
    .into_any()
}

fn lost(list: &Counted<Undelivered>, pages: &PagedList, today: Date) -> AnyView {
    let lines = list.rows.iter().map(|mail| lost_line(mail, today));
    let lines: Vec<AnyView> = lines.collect();
    let nothing = match pages.is_first() {
        true => "Nothing. All our mail arrived, or is on its way.",
        false => paging::NOTHING_MORE,
    };
    view! {
        {paging::how_many(list.count, "mail", "mails")}
        {lines_or(lines, nothing)}
        {pages.links(list.next.as_deref())}
    }
    .into_any()
}

fn lines_or(lines: Vec<AnyView>, nothing: &'static str) -> AnyView {
    if lines.is_empty() {
        return view! { <p class="govuk-body">{nothing}</p> }.into_any();
    }
    view! { <ul class="govuk-list">{lines}</ul> }.into_any()
}

fn may_list(officer: &Officer) -> bool {
    Act::ListMailFates.reach_of_role(officer.role) != Reach::Nobody
}

/// What became of mail, as a file: for those who lead.
fn tables() -> AnyView {
    let which = choices([
        ("reached-nobody", "Mail that reached nobody"),
        ("on-their-way", "Mail still on its way"),
        ("all", "All our mail"),
    ]);
    let spans = choices([("month", "Last 30 days"), ("year", "Last 12 months")]);
    view! {
        <form method="get" action="/desk/mails.csv" class="govuk-!-margin-top-7">
            <h2 class="govuk-heading-m">"Get a table"</h2>
            <p class="govuk-body">
                "One line for each mail: when we wrote it, and what became of it. It names no person and no address."
            </p>
            <SelectField form=Form::default() name="which" label="Which mail" options=which/>
            <SelectField form=Form::default() name="span" label="How far back" options=spans/>
            <Button text="Get the table (CSV)" kind=ButtonKind::Secondary/>
        </form>
    }
    .into_any()
}

fn choices<const N: usize>(choices: [(&str, &str); N]) -> Vec<(String, String)> {
    let owned = choices.map(|(code, words)| (code.to_owned(), words.to_owned()));
    owned.into()
}

fn lost_line(mail: &Undelivered, today: Date) -> AnyView {
    let reference = mail.reference.to_string();
    let what = words::mail_kind(mail.kind);
    let day = words::short_day(mail.written_on, today);
    let answered = mail.answered_on.map(|on| {
        let day = words::short_day(on, today);
        view! { <span class="govuk-hint hub-undelivered__reason">{format!("They had a later answer on {day}.")}</span> }
    });
    view! {
        <li class="hub-undelivered">
            <span>
                <a class="govuk-link hub-unbroken" href=format!("/desk/enquiry/{reference}")>
                    {reference.clone()}
                </a>
                {format!(": {what} of {day}. {}", became(mail.state))}
                {said(mail.reason.clone())}
                {answered}
            </span>
            <a class="govuk-link" href=format!("{ADDRESS}/{}", mail.mail)>
                "Deal with it"
                <span class="govuk-visually-hidden">{format!(": {what} to {reference}")}</span>
            </a>
        </li>
    }
    .into_any()
}

/// What became of a mail in this list.
fn became(state: DeliveryState) -> &'static str {
    match state {
        DeliveryState::Bounced => "It came back.",
        DeliveryState::Capped => {
            "It was not sent: there were too many automatic mails to this address or about this enquiry."
        }
        _ => "We gave it up.",
    }
}

fn said(reason: Option<String>) -> Option<AnyView> {
    let reason = reason?;
    Some(
        view! { <span class="govuk-hint hub-undelivered__reason">"The mail server said: " {reason}</span> }
            .into_any(),
    )
}

fn held_up(list: Counted<HeldUp>, pages: &PagedList, today: Date) -> Option<AnyView> {
    if list.count == 0 {
        return None;
    }
    let lines = list.rows.into_iter().map(|mail| held_up_line(mail, today));
    let lines: Vec<AnyView> = lines.collect();
    Some(
        view! {
            <h2 class="govuk-heading-m" id=HELD_UP>"Still on its way"</h2>
            <p class="govuk-body">
                "We try for five days, then the mail moves to the list above. If it is urgent, call the person now."
            </p>
            {paging::how_many(list.count, "mail", "mails")}
            {lines_or(lines, paging::NOTHING_MORE)}
            {pages.links(list.next.as_deref())}
        }
        .into_any(),
    )
}

fn held_up_line(mail: HeldUp, today: Date) -> AnyView {
    let reference = mail.reference.to_string();
    let what = words::mail_kind(mail.kind);
    let day = words::short_day(mail.written_on, today);
    let trying = match (mail.state, mail.next_at) {
        (DeliveryState::Delayed, _) => {
            "The next mail server does not take it yet, and is being tried.".to_owned()
        }
        (_, next_at) => words::tried(mail.attempts, next_at, today),
    };
    view! {
        <li class="hub-undelivered">
            <span>
                <a class="govuk-link hub-unbroken" href=format!("/desk/enquiry/{reference}")>
                    {reference.clone()}
                </a>
                {format!(": {what} of {day}. {trying}")}
                {said(mail.said)}
            </span>
        </li>
    }
    .into_any()
}
