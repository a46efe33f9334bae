//! `/desk/searches`: what people looked for and did not find, which is what the local offer lacks.

use hub::{
    Actor,
    desk::{SearchReport, Span, Subject},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{Head, framed, to_sign_in};
use crate::{
    components::CardTable,
    context::{hub, signed_in},
    load::load,
};

/// Where this page is.
const ADDRESS: &str = "/desk/searches";

/// The same as a file for a spreadsheet.
const FILE: &str = "/desk/searches.csv";

/// How far back an address asks to look: `?span=year`, or else a month.
#[must_use]
pub fn span_of(asked: Option<&str>) -> Span {
    match asked {
        Some("year") => Span::Year,
        _ => Span::Month,
    }
}

fn code(span: Span) -> &'static str {
    match span {
        Span::Month => "month",
        Span::Year => "year",
    }
}

fn words(span: Span) -> &'static str {
    match span {
        Span::Month => "Last 30 days",
        Span::Year => "Last 12 months",
    }
}

/// The page.
#[component]
pub(crate) fn SearchesPage() -> impl IntoView {
    let Some(officer) = signed_in() else {
        return to_sign_in();
    };
    let query = use_query_map().get_untracked();
    let span = span_of(query.get("span").as_deref());
    let hub = hub();
    let actor = Actor::Officer(officer.clone());
    load(
        async move { hub.desk().searches(&actor, span).await },
        move |report| {
            let head = Head {
                title: "What people look for".to_owned(),
                errors: vec![],
                back: None,
            };
            let body = view! {
                <h1 class="govuk-heading-l">"What people look for"</h1>
                <p class="govuk-body">
                    "What families search for and do not find shows what the local offer lacks. We keep the words of a search, never who searched."
                </p>
                {spans(span)}
                {figures(&report)}
                {lists(report, span)}
            };
            framed(&officer, head, ADDRESS, body.into_any())
        },
    )
}

fn spans(shown: Span) -> AnyView {
    let links: Vec<AnyView> = [Span::Month, Span::Year]
        .into_iter()
        .map(|span| {
            let current = (span == shown).then_some("true");
            let address = format!("{ADDRESS}?span={}", code(span));
            view! { <li><a href=address aria-current=current>{words(span)}</a></li> }.into_any()
        })
        .collect();
    view! {
        <nav aria-label="How far back">
            <ul class="hub-queues">{links}</ul>
        </nav>
    }
    .into_any()
}

fn figures(report: &SearchReport) -> AnyView {
    let figures: Vec<AnyView> = [
        ("Searches", report.total),
        ("Found nothing", report.nothing),
    ]
    .into_iter()
    .map(|(name, count)| view! { <div><dt>{name}</dt><dd>{count}</dd></div> }.into_any())
    .collect();
    view! { <dl class="hub-figures">{figures}</dl> }.into_any()
}

fn lists(report: SearchReport, span: Span) -> AnyView {
    let hidden = (report.hidden > 0).then(|| {
        let told = match report.hidden {
            1 => "1 search is".to_owned(),
            searches => format!("{searches} searches are"),
        };
        let text = format!(
            "{told} left out below: a word that few people typed could be a name. It is shown once three searches had it."
        );
        view! { <p class="govuk-body">{text}</p> }
    });
    view! {
        {hidden}
        {list("Words of searches that found nothing", "Word", report.topics)}
        {list("Searches that found nothing", "Search", report.not_found)}
        {list("Searches that found little: one to three services, or only some of the words", "Search", report.found_few)}
        <p class="govuk-body">
            <a class="govuk-link" href=format!("{FILE}?span={}", code(span)) download>
                "Get these lists as a file (CSV)"
            </a>
        </p>
    }
    .into_any()
}

fn list(title: &'static str, what: &'static str, subjects: Vec<Subject>) -> AnyView {
    if subjects.is_empty() {
        return view! {
            <h2 class="govuk-heading-m">{title}</h2>
            <p class="govuk-body">"None that can be shown."</p>
        }
        .into_any();
    }
    let rows: Vec<AnyView> = subjects.into_iter().map(row).collect();
    view! {
        <h2 class="govuk-heading-m">{title}</h2>
        <CardTable
            caption=format!("{title}, the most frequent first")
            heads=[what, "Times", "Where"]
            rows=rows
        />
    }
    .into_any()
}

fn row(subject: Subject) -> AnyView {
    let districts: Vec<String> = subject
        .districts
        .into_iter()
        .map(|(district, times)| format!("{district} {times}"))
        .collect();
    let districts = match districts.is_empty() {
        true => "Not said".to_owned(),
        false => districts.join(", "),
    };
    view! {
        <tr role="row">
            <th scope="row" role="rowheader">{subject.words}</th>
            <td role="cell" data-label="Times">{subject.times}</td>
            <td role="cell" data-label="Where">{districts}</td>
        </tr>
    }
    .into_any()
}
