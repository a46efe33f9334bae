//! The queue: what is open, by the promised day, what is late first of all.

use domain::{
    enquiry::State,
    form::{Faults, Fields},
    reference::Reference,
};
use hub::{
    Actor, Officer,
    desk::{self, InTwoLists, Queue, QueueCounts, QueueRow, QueueView, Whose},
};
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    Head, Tab, daily_check, desk_page, escalated, go_on_at, mailboxes, narrowing,
    paging::{self, PagedList},
    quarantine, settled, to_remind, to_sign_in, undelivered, words,
};
use crate::{
    components::{Button, ButtonKind, CardTable, Due, DueState, Tag, TagColour, TextField},
    context::{council, hub, signed_in},
    forms::Form,
    load::load,
    pages::admin::holidays_run_out,
};

/// How much of a mail's subject is shown.
const SUBJECT_CHARACTERS: usize = 70;

/// `/desk`
#[component]
pub(crate) fn DeskPage() -> impl IntoView {
    let Some(officer) = signed_in() else {
        return to_sign_in();
    };
    let query = use_query_map().get_untracked();
    let looked_for = query.get("reference").unwrap_or_default();
    if let Ok(reference) = looked_for.parse::<Reference>() {
        return go_on_at(&format!("/desk/enquiry/{reference}"));
    }
    let find = find_form(&looked_for);
    let after = paging::after();
    let council = council();
    let only = narrowing::asked(&|name| query.get(name), &council);
    if let Some(how) = settled::asked(query.get("whose").as_deref()) {
        return settled::page(officer, how, only, after, find);
    }
    let whose = whose(query.get("whose").as_deref(), &officer);
    let view = QueueView {
        whose: whose.clone(),
        only: only.clone(),
        after,
    };
    let tab = Tab::of_queue(&whose, only);
    let pages = PagedList::of("Enquiries", tab.address(), view.after.as_deref());
    let pages = pages.back("Back to the most urgent");
    let hub = hub();
    let today = hub.today();
    let actor = Actor::Officer(officer.clone());
    let is_checker = daily_check::is_for(&officer);
    load(
        async move {
            let queue = hub.desk().queue(&actor, &view).await?;
            let told = hub.desk().escalated(&actor).await?;
            let remind = hub.desk().to_remind(&actor).await?;
            let read = hub.mailboxes().overview(&actor).await?;
            let first = InTwoLists::default();
            let lost = hub.desk().undelivered(&actor, &first).await?;
            let unfiled = hub.desk().quarantine(&actor, &first).await?;
            let checked = match is_checker {
                true => Some(hub.audit().days(&actor).await?),
                false => None,
            };
            Ok((queue, read, told, remind, lost, unfiled, checked))
        },
        move |(queue, read, told, remind, lost, unfiled, checked)| {
            let head = Head {
                title: "Desk".to_owned(),
                errors: find.error_list(),
                back: None,
            };
            let body = view! {
                {mailboxes::notice(&read)}
                {daily_check::notice(checked.as_ref())}
                {holidays_run_out(&officer)}
                {escalated::notice(told, today, &tab)}
                {to_remind::notice(&remind, today, &tab)}
                {undelivered::notice(&lost)}
                {quarantine::notice(&unfiled)}
                <h1 class="govuk-heading-l">"Enquiries waiting for an answer"</h1>
                {find_by_reference(find)}
                {filters(&tab, &officer)}
                {narrowing::form(&tab, &council)}
                {narrowing::told(&tab, &council)}
                {figures(&queue.counts)}
                {list(queue, &whose, &tab, &pages, today)}
                {elsewhere(is_checker)}
            };
            desk_page(&officer, head, body.into_any())
        },
    )
}

/// What was looked for and is no reference; or nothing yet.
fn find_form(looked_for: &str) -> Form {
    let mut values = Fields::default();
    values.set("reference", looked_for);
    if looked_for.trim().is_empty() {
        return Form::filled(values);
    }
    let fault = "Enter a reference like SEND-7KQM-4TXD: this one has a letter or number wrong";
    Form::refused(values, Faults::one("reference", fault))
}

/// People who call give their reference; answered and closed enquiries are found by it too.
pub(super) fn find_by_reference(form: Form) -> AnyView {
    view! {
        <form method="get" action="/desk" class="hub-find" role="search" novalidate>
            <TextField
                form=form
                name="reference"
                label="Find an enquiry by its reference"
                spellcheck="false"
                class="govuk-input--width-10"
            />
            <Button text="Find it" kind=ButtonKind::Secondary/>
        </form>
        <p class="govuk-body">
            <a class="govuk-link" href="/desk/find">"Find by name, phone or email"</a>
        </p>
    }
    .into_any()
}

/// The lists of mail that is no enquiry, or did not do what it should.
fn elsewhere(is_checker: bool) -> AnyView {
    let daily_check = is_checker.then_some((daily_check::ADDRESS, "Daily check"));
    let links: Vec<AnyView> = [
        ("/desk/quarantine", "Emails that are no enquiry yet"),
        ("/desk/not-acknowledged", "Not acknowledged"),
        (undelivered::ADDRESS, "Mail that did not arrive"),
        (mailboxes::ADDRESS, "How our mailboxes are read"),
    ]
    .into_iter()
    .chain(daily_check)
    .map(|(href, text)| view! { <li><a class="govuk-link" href=href>{text}</a></li> }.into_any())
    .collect();
    view! {
        <nav aria-labelledby="mail-lists">
            <h2 class="govuk-heading-s" id="mail-lists">"Mail to look after"</h2>
            <ul class="govuk-list govuk-list--spaced">{links}</ul>
        </nav>
    }
    .into_any()
}

/// Whose enquiries are shown; unasked, those of the officer's team, or all when they have none.
fn whose(asked: Option<&str>, officer: &Officer) -> Whose {
    match (asked, &officer.team) {
        (Some("mine"), _) => Whose::Mine,
        (Some("unsorted"), _) => Whose::Unsorted,
        (Some("everyone"), _) | (_, None) => Whose::Everyone,
        (_, Some(team)) => Whose::Team(team.clone()),
    }
}

/// The lists; each goes on showing what is looked for.
pub(super) fn filters(shown: &Tab, officer: &Officer) -> AnyView {
    let team = officer.team.is_some().then_some(("team", "My team’s"));
    let waiting = team.into_iter().chain([
        ("mine", "Mine"),
        ("everyone", "Everyone’s"),
        ("unsorted", "Not sorted"),
    ]);
    view! {
        <nav aria-label="Whose enquiries" class="hub-lists">
            {group("Waiting", waiting, shown)}
            {group("Done", [("answered", "Answered"), ("closed", "Closed")], shown)}
        </nav>
    }
    .into_any()
}

/// Lists that belong together, under the word for what they have in common.
fn group(
    name: &'static str,
    lists: impl IntoIterator<Item = (&'static str, &'static str)>,
    shown: &Tab,
) -> AnyView {
    let links: Vec<AnyView> = lists
        .into_iter()
        .map(|(whose, text)| {
            let current = (whose == shown.list()).then_some("true");
            let kept = narrowing::query(shown.only());
            let address = format!("/desk?whose={whose}{kept}");
            view! { <li><a href=address aria-current=current>{text}</a></li> }.into_any()
        })
        .collect();
    let id = format!("lists-{}", name.to_lowercase());
    view! {
        <div>
            <p class="hub-lists__name" id=id.clone()>{name}</p>
            <ul class="hub-queues" aria-labelledby=id>{links}</ul>
        </div>
    }
    .into_any()
}

/// How many wait, of those that are shown.
fn figures(counts: &QueueCounts) -> AnyView {
    let figures: Vec<AnyView> = [
        ("Overdue", counts.overdue),
        ("Due today", counts.due_today),
        ("Due later", counts.later),
    ]
    .into_iter()
    .map(|(name, count)| view! { <div><dt>{name}</dt><dd>{count}</dd></div> }.into_any())
    .collect();
    view! { <dl class="hub-figures">{figures}</dl> }.into_any()
}

fn list(queue: Queue, whose: &Whose, tab: &Tab, pages: &PagedList, today: Date) -> AnyView {
    if queue.rows.is_empty() {
        return empty(whose, tab, pages);
    }
    let rows: Vec<AnyView> = queue
        .rows
        .into_iter()
        .map(|open| row(open, tab, today))
        .collect();
    view! {
        {table(rows)}
        {pages.links(queue.next.as_deref())}
    }
    .into_any()
}

fn empty(whose: &Whose, tab: &Tab, pages: &PagedList) -> AnyView {
    let words = match whose {
        _ if !pages.is_first() => paging::NOTHING_MORE,
        _ if !tab.only().is_empty() => "None of these wait for an answer. Others of this list may.",
        Whose::Mine => "You have no open enquiries. Your team’s list may have some to take on.",
        Whose::Team(_) => "Your team has answered everybody. Well done.",
        Whose::Unsorted => "Everything is sorted.",
        Whose::Everyone => "Everybody has been answered. Well done.",
    };
    view! {
        <div class="govuk-inset-text">{words}</div>
        {pages.links(None)}
    }
    .into_any()
}

fn table(rows: Vec<AnyView>) -> AnyView {
    let heads = [
        "Reference",
        "Promised",
        "Topic",
        "District",
        "Officer",
        "Received",
        "Notes",
    ];
    let caption = "Open enquiries by the promised day, the most urgent first";
    view! { <CardTable caption=caption heads=heads rows=rows/> }.into_any()
}

fn row(open: QueueRow, tab: &Tab, today: Date) -> AnyView {
    let reference = open.reference.to_string();
    let who = words::who(&open.correspondent, open.kind);
    let promised = promised(&open, today);
    let notes = notes(&open, today);
    let received = words::short_day(open.received_on, today);
    let officer = words::officer(open.officer, open.officer_away_until, today);
    let district = open.district.unwrap_or_else(|| "Not said".to_owned());
    view! {
        <tr role="row">
            <th scope="row" role="rowheader">
                <a class="hub-unbroken" href=Tab::file(Some(tab), &reference)>{reference.clone()}</a>
                <span class="hub-desk__who">{who}</span>
            </th>
            <td role="cell" data-label="Promised">{promised}</td>
            {topic(open.topic, open.subject)}
            {cell("District", district)}
            {cell("Officer", officer)}
            {cell("Received", received)}
            {notes}
        </tr>
    }
    .into_any()
}

/// What it is about; of a mail that nobody has sorted yet, what its sender called it.
fn topic(topic: String, subject: Option<String>) -> AnyView {
    let subject = subject.map(|subject| {
        let subject = words::shortened(&subject, SUBJECT_CHARACTERS);
        view! { <span class="hub-desk__who hub-desk__subject">"“" {subject} "”"</span> }
    });
    view! { <td role="cell" data-label="Topic">{topic} {subject}</td> }.into_any()
}

fn cell(label: &'static str, text: String) -> AnyView {
    view! { <td role="cell" data-label=label>{text}</td> }.into_any()
}

fn promised(open: &QueueRow, today: Date) -> AnyView {
    if let State::Paused { until } = open.state {
        let text = format!("Paused until {}", words::short_day(until, today));
        return view! { <Tag text=text colour=TagColour::Grey/> }.into_any();
    }
    let day = words::short_day(open.due_on, today);
    match open.due {
        desk::Due::Overdue => view! {
            <Due state=DueState::Overdue text=words::late(open.due_on, today)/>
            <span class="hub-desk__who">{day}</span>
        }
        .into_any(),
        desk::Due::Today => view! { <Due state=DueState::Today text="Today"/> }.into_any(),
        desk::Due::Soon => view! { <Due state=DueState::Soon text=day/> }.into_any(),
        desk::Due::Later | desk::Due::None => {
            view! { <Due state=DueState::Later text=day/> }.into_any()
        }
    }
}

fn notes(open: &QueueRow, today: Date) -> AnyView {
    let waiting = open
        .reply_waiting
        .then(|| view! { <Tag text="Reply waiting to be sent" colour=TagColour::Yellow/> });
    let chasers = words::chasers(open.chasers).map(|text| {
        let colour = if open.chasers > 1 {
            TagColour::Red
        } else {
            TagColour::Yellow
        };
        view! { <Tag text=text colour=colour/> }
    });
    let call_back = open.call_back_on.map(|day| {
        let text = format!("Call back by {}", words::short_day(day, today));
        view! { <Tag text=text colour=TagColour::Plain/> }
    });
    let remind = open.remind_by.map(|by| {
        let text = words::remind(by, &words::short_day(open.due_on, today));
        view! { <Tag text=text colour=TagColour::Yellow/> }
    });
    let needs = [
        open.unsorted.then(|| "Not sorted".to_owned()),
        words::calls_in_vain(open.calls_in_vain as usize),
        open.has_safe_contact
            .then(|| "Take care how you contact them".to_owned()),
        open.no_telephone.then(|| "No phone calls".to_owned()),
        open.interpreter_language
            .clone()
            .map(|language| format!("Interpreter: {language}")),
    ];
    let needs: Vec<AnyView> = needs
        .into_iter()
        .flatten()
        .map(|text| view! { <span class="hub-desk__who">{text}</span> }.into_any())
        .collect();
    view! { <td role="cell">{waiting}{call_back}{remind}{needs} " " {chasers}</td> }.into_any()
}
