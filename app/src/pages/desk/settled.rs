//! The desk's lists of what was answered and what is closed: the latest first.

use hub::{
    Actor, Officer,
    desk::{Narrowing, Page, Settled, SettledRow},
};
use jiff::civil::Date;
use leptos::prelude::*;

use super::{Head, Tab, desk_page, narrowing, paging::PagedList, queue, words};
use crate::{
    components::CardTable,
    context::{council, hub},
    forms::Form,
    load::load,
};

/// Which of the two is asked for, if one is.
pub(super) fn asked(whose: Option<&str>) -> Option<Settled> {
    match whose {
        Some("answered") => Some(Settled::Answered),
        Some("closed") => Some(Settled::Closed),
        _ => None,
    }
}

/// The desk with one of these lists.
pub(super) fn page(
    officer: Officer,
    how: Settled,
    only: Narrowing,
    after: Option<String>,
    find: Form,
) -> AnyView {
    let (hub, council) = (hub(), council());
    let today = hub.today();
    let actor = Actor::Officer(officer.clone());
    let tab = Tab::of_settled(how, only.clone());
    let pages = PagedList::of("Enquiries", tab.address(), after.as_deref());
    let pages = pages.back("Back to the latest");
    load(
        async move {
            let desk = hub.desk();
            desk.settled(&actor, how, &only, after.as_deref()).await
        },
        move |settled| {
            let head = Head {
                title: "Desk".to_owned(),
                errors: find.error_list(),
                back: None,
            };
            let title = match how {
                Settled::Answered => "Enquiries that were answered",
                Settled::Closed => "Enquiries that are closed",
            };
            let body = view! {
                <h1 class="govuk-heading-l">{title}</h1>
                {queue::find_by_reference(find)}
                {queue::filters(&tab, &officer)}
                {narrowing::form(&tab, &council)}
                {narrowing::told(&tab, &council)}
                {list(settled, how, &tab, &pages, today)}
            };
            desk_page(&officer, head, body.into_any())
        },
    )
}

fn list(
    page: Page<SettledRow>,
    how: Settled,
    tab: &Tab,
    pages: &PagedList,
    today: Date,
) -> AnyView {
    if page.rows.is_empty() {
        return view! {
            <div class="govuk-inset-text">"There is nothing here."</div>
            {pages.links(None)}
        }
        .into_any();
    }
    let (when, caption) = match how {
        Settled::Answered => ("Answered", "Answered enquiries, the latest first"),
        Settled::Closed => ("Closed", "Closed enquiries, the latest first"),
    };
    let rows: Vec<AnyView> = page
        .rows
        .into_iter()
        .map(|settled| row(settled, tab, when, today))
        .collect();
    let heads = ["Reference", when, "Topic", "Team", "Officer", "Notes"];
    view! {
        <CardTable caption=caption heads=heads rows=rows/>
        {pages.links(page.next.as_deref())}
    }
    .into_any()
}

fn row(settled: SettledRow, tab: &Tab, when: &'static str, today: Date) -> AnyView {
    let reference = settled.reference.to_string();
    let who = words::who(&settled.correspondent, settled.kind);
    let note = match (settled.end_reason, settled.closes_on) {
        (Some(reason), _) => format!("Without an answer: {}", words::end_reason(reason)),
        (None, Some(day)) => format!("Closes on {}", words::short_day(day, today)),
        (None, None) => "It was answered".to_owned(),
    };
    let officer = settled.officer.unwrap_or_else(|| "Nobody".to_owned());
    view! {
        <tr role="row">
            <th scope="row" role="rowheader">
                <a class="hub-unbroken" href=Tab::file(Some(tab), &reference)>{reference.clone()}</a>
                <span class="hub-desk__who">{who}</span>
            </th>
            <td role="cell" data-label=when>{words::short_day(settled.settled_on, today)}</td>
            <td role="cell" data-label="Topic">{settled.topic}</td>
            <td role="cell" data-label="Team">{settled.team}</td>
            <td role="cell" data-label="Officer">{officer}</td>
            <td role="cell" data-label="Notes">{note}</td>
        </tr>
    }
    .into_any()
}
