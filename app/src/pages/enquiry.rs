//! `/enquiry/:token`: where a question stands, by a private link.
//!
//! It may be opened by whoever holds the link, so it tells the team and the dates and nothing
//! that was written: no message, no topic, no child's name. Looking changes nothing; writing again
//! is a form of its own.

use domain::clock::day_in_words;
use domain::codes::WaitsFor;
use domain::council::Council;
use http::StatusCode;
use hub::{EnquiryStatus, Hub, StatusState, pressed};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::ask::safety;
use crate::{
    components::{
        Button, Done, Page, PhoneLink, PromiseBox, SummaryList, SummaryRow, Tag, TagColour,
        TextArea, unbroken_groups,
    },
    context::{council, hub, refused_or, site},
    forms::Form,
    load::{load, set_status},
};

/// Longest message, in characters; the hub holds to the same.
const MESSAGE: u32 = 10_000;

/// Where a question stands.
#[component]
pub(crate) fn EnquiryPage() -> impl IntoView {
    let token = use_params_map()
        .read_untracked()
        .get("token")
        .unwrap_or_default();
    let added = use_query_map().read_untracked().get("added").is_some();
    load(follow(hub(), token.clone()), move |status| match status {
        Some(status) => {
            let news = added.then(message_added);
            status_page(&status, news, form(&token, &council()))
        }
        None => dead_link_page(&council()),
    })
}

async fn follow(hub: Hub, token: String) -> Result<Option<EnquiryStatus>, hub::Error> {
    hub.enquiries().follow(&token).await
}

fn status_page(status: &EnquiryStatus, news: Option<AnyView>, form: AnyView) -> AnyView {
    let (word, colour) = tag(status.state);
    let errors = refused_or(Form::default).error_list();
    let standing = standing(status, &council());
    let facts = facts(status);
    let chasers = chasers(status.chasers);
    view! {
        <Page site=site() title="Your question" errors=errors>
            <div class="hub-measure">
                {news}
                <h1 class="govuk-heading-l">"Your question"</h1>
                <p class="govuk-body">{view! { <Tag text=word colour=colour/> }.into_any()}</p>
                {standing}
                {facts}
                <p class="govuk-body">"We do not show your words here, to keep them private."</p>
                {chasers}
                {form}
            </div>
        </Page>
    }
    .into_any()
}

fn message_added() -> AnyView {
    let words = "We have your message. It is with the team, beside your question.";
    view! { <Done words=words/> }.into_any()
}

fn tag(state: StatusState) -> (&'static str, TagColour) {
    match state {
        StatusState::Promised { .. } => ("Waiting for our reply", TagColour::Yellow),
        StatusState::Overdue { .. } => ("Our reply is late", TagColour::Red),
        StatusState::Paused { .. } => ("We wait for you", TagColour::Grey),
        StatusState::Answered { .. } => ("We have replied", TagColour::Green),
        StatusState::Closed { .. } => ("Closed", TagColour::Grey),
    }
}

fn standing(status: &EnquiryStatus, council: &Council) -> AnyView {
    match status.state {
        StatusState::Promised { due_on } => promised(day_in_words(due_on), status.team.clone()),
        StatusState::Overdue { due_on } => overdue(day_in_words(due_on), council),
        StatusState::Paused { until, waits_for } => {
            let what = waits_for.map_or("something from you", WaitsFor::missing);
            view! {
                <p class="govuk-body">
                    "We asked you for " {what} ". We wait for it until "
                    <strong>{day_in_words(until)}</strong> "."
                </p>
                <p class="govuk-body">
                    "Write to us sooner, and we start again sooner. After that day we start again without it. You get a new date for our reply, and you see it here."
                </p>
            }
            .into_any()
        }
        StatusState::Answered { on } => view! {
            <p class="govuk-body">
                "A person replied to you on " <strong>{day_in_words(on)}</strong> "."
            </p>
            <p class="govuk-body">
                "If our reply did not come, or does not help, tell us. Then you get a new date."
            </p>
        }
        .into_any(),
        StatusState::Closed { on } => view! {
            <p class="govuk-body">
                "We closed your question on " <strong>{day_in_words(on)}</strong> "."
            </p>
            <p class="govuk-body">
                "If you still need help with it, tell us. We open it again and you get a new date."
            </p>
        }
        .into_any(),
    }
}

fn promised(due: String, team: String) -> AnyView {
    view! {
        <PromiseBox due=due team=team>
            <p>"A person in this team has your question."</p>
        </PromiseBox>
    }
    .into_any()
}

fn overdue(due: String, council: &Council) -> AnyView {
    let contact = &council.contact;
    view! {
        <p class="govuk-body">
            "We said that a person would reply by " <strong>{due}</strong>
            ". We have not done it. We are sorry. This is our fault, not yours."
        </p>
        <h2 class="govuk-heading-m">"What you can do"</h2>
        <ul class="govuk-list govuk-list--bullet">
            <li>
                "Phone us on " <PhoneLink number=contact.telephone.clone()/>
                ". Say your reference, and that our reply is late. "
                {contact.telephone_hours.clone()}
            </li>
            <li>"Talk to someone who is not part of the council. They are listed on this page."</li>
            <li>"You do not need to send your question again. We still have it."</li>
        </ul>
    }
    .into_any()
}

fn facts(status: &EnquiryStatus) -> AnyView {
    let mut rows = vec![
        SummaryRow::fact("Your reference", status.reference.to_string()),
        SummaryRow::fact(
            "On the phone, say",
            unbroken_groups(&status.reference.spoken()),
        ),
    ];
    // The promise names the team already.
    if !matches!(status.state, StatusState::Promised { .. }) {
        rows.push(SummaryRow::fact("Team", status.team.clone()));
    }
    rows.push(SummaryRow::fact(
        "We got it on",
        day_in_words(status.received_on),
    ));
    rows.push(match status.state {
        StatusState::Promised { due_on } | StatusState::Overdue { due_on } => {
            SummaryRow::fact("Reply promised by", day_in_words(due_on))
        }
        StatusState::Paused { until, .. } => SummaryRow::fact("We wait until", day_in_words(until)),
        StatusState::Answered { on } => SummaryRow::fact("We replied on", day_in_words(on)),
        StatusState::Closed { on } => SummaryRow::fact("Closed on", day_in_words(on)),
    });
    view! {
        <h2 class="govuk-heading-m">"The facts"</h2>
        <SummaryList rows=rows/>
    }
    .into_any()
}

/// What the person wrote while they waited: it counts, and it never moves the date.
fn chasers(count: u32) -> Option<AnyView> {
    let times = match count {
        0 => return None,
        1 => String::new(),
        2 => ", twice".to_owned(),
        more => format!(", {more} times"),
    };
    let words = format!(
        "You have written to us about this again{times}. The team can see that. It does not move our date."
    );
    Some(view! { <p class="govuk-body">{words}</p> }.into_any())
}

/// Writing again, by form or by telephone.
fn form(token: &str, council: &Council) -> AnyView {
    let form = refused_or(Form::default);
    view! {
        <h2 class="govuk-heading-m hub-screen-only">"Tell us more"</h2>
        {safety(council)}
        // Nobody sends a sheet of paper by this form.
        <form method="post" action=address(token) novalidate=true class="hub-screen-only">
            <input type="hidden" name=pressed::FIELD value=hub().new_message_id().to_string()/>
            <TextArea
                form=form
                name="message"
                label="Your message"
                hint="You need not explain it all again. The team has your question. If we have replied already, you get a new date."
                rows=6
                max_characters=MESSAGE
            />
            <Button text="Send your message"/>
        </form>
        <p class="govuk-body">
            "You can also phone us on " <PhoneLink number=council.contact.telephone.clone()/>
            ". Say your reference."
        </p>
        <p class="govuk-body">
            "Keep the link to this page to yourself. Anyone who has it can see this page."
        </p>
    }
    .into_any()
}

/// This page's own address. The link was found to be right, so it holds nothing to escape.
fn address(token: &str) -> String {
    format!("/enquiry/{token}")
}

/// One answer for every link that leads nowhere, so that nobody learns whether it ever did.
fn dead_link_page(council: &Council) -> AnyView {
    set_status(StatusCode::NOT_FOUND);
    let telephone = council.contact.telephone.clone();
    let hours = council.contact.telephone_hours.clone();
    view! {
        <Page site=site() title="This link does not work">
            <div class="hub-measure">
                <h1 class="govuk-heading-l">"This link does not work"</h1>
                <p class="govuk-body">
                    "It may be old, or a part of it may be missing. If you sent us a question, it is not lost."
                </p>
                <h2 class="govuk-heading-m">"What you can do"</h2>
                <ul class="govuk-list govuk-list--bullet">
                    <li>"Copy the whole link from our email, and try again."</li>
                    <li>
                        "Phone us on " <PhoneLink number=telephone/>
                        ". Say your reference, if you have it. " {hours}
                    </li>
                    <li><a class="govuk-link" href="/ask">"Ask us a question"</a></li>
                </ul>
            </div>
        </Page>
    }
    .into_any()
}
