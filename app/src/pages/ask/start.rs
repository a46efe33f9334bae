//! `/ask`: what will happen, before anything is asked.

use domain::clock::day_in_words;
use domain::{council::Council, promise::PromiseRule};
use hub::{Hub, Step};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{Kept, draft_token, due_on, kept, safety, working_days};
use crate::{
    components::{Button, Page, PhoneLink, PromiseBox},
    context::{council, hub, site},
    load::load,
};

/// The first page of asking: what will happen, how soon, and the other ways.
#[component]
pub(crate) fn AskStartPage() -> impl IntoView {
    let asked = use_query_map().get_untracked();
    let slug = asked.get("about");
    let words = asked.get("words");
    let words = words.filter(|words| !words.trim().is_empty());
    let data = async move {
        Ok((
            kept(hub(), draft_token()).await?,
            service(hub(), slug).await?,
        ))
    };
    load(data, move |(kept, service)| {
        let council = council();
        view! {
            <Page site=site() title="Ask us a question" current="/ask">
                <div class="hub-measure">
                    <h1 class="govuk-heading-l">"Ask us a question"</h1>
                    {opening(&council)}
                    {about(service.as_ref())}
                    {words.clone().map(searched_for)}
                    {begun(&kept)}
                    {promised(&council)}
                    {safety(&council)}
                    <form method="post" action="/ask">
                        {service.map(|(slug, _)| {
                            view! { <input type="hidden" name="about" value=slug/> }
                        })}
                        {words.map(|words| {
                            view! { <input type="hidden" name="words" value=words/> }
                        })}
                        <Button text="Start"/>
                    </form>
                    {what_happens()}
                    {good_to_know()}
                    {other_ways(&council)}
                </div>
            </Page>
        }
    })
}

/// The service whose page the person comes from: its slug and its name.
async fn service(hub: Hub, slug: Option<String>) -> Result<Option<(String, String)>, hub::Error> {
    // What is no slug names no service.
    let Some(slug) = slug.and_then(|slug| slug.parse().ok()) else {
        return Ok(None);
    };
    let listing = hub.local_offer().listing(&slug).await?;
    Ok(listing.map(|listing| (slug.to_string(), listing.service.name)))
}

fn about(service: Option<&(String, String)>) -> Option<AnyView> {
    let name = service?.1.clone();
    Some(
        view! {
            <div class="govuk-inset-text">
                "Your question will be about " <strong>{name}</strong> ". We tell the person who answers. "
                <a class="govuk-link" href="/ask">"Ask about something else"</a>
            </div>
        }
        .into_any(),
    )
}

fn opening(council: &Council) -> AnyView {
    let days = working_days(council.promise.working_days);
    view! {
        <p class="hub-lead">
            "A person will read your question and reply within " {days} "."
        </p>
        <p class="govuk-body">
            "Anyone can ask: parents, carers, young people, schools, and people who work with families."
        </p>
    }
    .into_any()
}

/// What the message will begin with.
fn searched_for(words: String) -> AnyView {
    view! {
        <div class="govuk-inset-text">
            "You searched for “" {words} "”. We put this into your question. You can change it."
        </div>
    }
    .into_any()
}

/// The way back to a question that is half written.
fn begun(kept: &Kept) -> Option<AnyView> {
    let Kept::Draft(draft) = kept else {
        return None;
    };
    let next = draft.next_missing();
    (next != Step::Topic).then(|| {
        view! {
            <div class="govuk-inset-text">
                "You have started a question. "
                <a class="govuk-link" href=next.path()>"Go on with it"</a>
                ". If you press Start, you begin a new one and lose what you wrote."
            </div>
        }
        .into_any()
    })
}

fn what_happens() -> AnyView {
    view! {
        <h2 class="govuk-heading-m">"What will happen"</h2>
        <ol class="govuk-list govuk-list--number">
            <li>"You answer some short questions. It takes about 10 minutes."</li>
            <li>"You check your answers and send them."</li>
            <li>"We give you a reference and a date."</li>
            <li>"A person replies to you by that date."</li>
        </ol>
    }
    .into_any()
}

fn promised(council: &Council) -> AnyView {
    let rule = PromiseRule {
        working_days: council.promise.working_days,
    };
    let due = day_in_words(due_on(&hub(), rule, council));
    view! {
        <PromiseBox due=due>
            <p>"This is the date if you ask today. An automatic email is not a reply."</p>
            <p>"Some questions get a reply sooner. You see your own date before you send."</p>
            <p><a class="govuk-link" href="/our-promise">"Read our promise"</a></p>
        </PromiseBox>
    }
    .into_any()
}

fn good_to_know() -> AnyView {
    view! {
        <h2 class="govuk-heading-m">"Good to know"</h2>
        <ul class="govuk-list govuk-list--bullet">
            <li>"You do not need an account."</li>
            <li>"You do not have to give a child’s name."</li>
            <li>"You can stop and come back on the same device. We keep your answers for 24 hours."</li>
            <li>
                "We use one cookie to keep your answers. If you see this page again after you press Start, your browser does not allow cookies. Phone or write to us."
            </li>
        </ul>
    }
    .into_any()
}

fn other_ways(council: &Council) -> AnyView {
    let contact = &council.contact;
    view! {
        <h2 class="govuk-heading-m">"Other ways to ask"</h2>
        <h3 class="govuk-heading-s">"By phone"</h3>
        <p class="govuk-body">
            <PhoneLink number=contact.telephone.clone()/> <br/> {contact.telephone_hours.clone()}
        </p>
        <h3 class="govuk-heading-s">"By letter"</h3>
        <address class="govuk-body hub-lines">{contact.postal_address.join("\n")}</address>
    }
    .into_any()
}
