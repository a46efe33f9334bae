//! One guide: what it says, the services that belong to it, how to ask for more, and where its facts come from.

use domain::{clock::day_in_words, guide::Guide, keys::GuideSlug};
use hub::{guides::Services, search::Hit};
use leptos::prelude::*;
use leptos_meta::Link;
use leptos_router::hooks::use_params_map;

use super::text;
use crate::{
    components::{BackTo, ButtonKind, ButtonLink, Page},
    context::{hub, site},
    load::load,
    pages::local_offer::Wanted,
};

/// A guide with fewer parts needs no list of them.
const FEWEST_PARTS_LISTED: usize = 4;

/// `/guides/{slug}`
#[component]
pub(crate) fn GuidePage() -> impl IntoView {
    let slug = use_params_map()
        .get_untracked()
        .get("slug")
        .unwrap_or_default();
    let hub = hub();
    let guide = async move {
        // What is no slug names no guide.
        let slug: GuideSlug = slug.parse().map_err(|_| hub::Error::NotFound)?;
        let guides = hub.guides();
        let guide = guides.guide(&slug).ok_or(hub::Error::NotFound)?;
        let services = guides.services(guide).await?;
        Ok((guide.clone(), services))
    };
    load(guide, |(guide, services)| page(&guide, services.as_ref()))
}

fn page(guide: &Guide, services: Option<&Services>) -> AnyView {
    let (title, heading, summary) = (
        guide.title.clone(),
        guide.title.clone(),
        guide.summary.clone(),
    );
    let back = BackTo {
        href: "/guides".to_owned(),
        text: "All guides".to_owned(),
    };
    // The public address ends with a slash.
    let whole_address = format!("{}guides/{}", hub().public_url(), guide.slug);
    let canonical = whole_address.clone();
    let contents = contents(guide);
    let words = text::draw(&guide.blocks);
    let services = services.map(services_that_can_help);
    let checked = checked(guide);
    view! {
        <Link rel="canonical" href=canonical/>
        <Page site=site() title=title current="/guides" back=Some(back)>
            <h1 class="govuk-heading-l">{heading}</h1>
            <p class="hub-lead">{summary}</p>
            <div class="hub-guide">
                <div class="hub-guide__text">
                    {contents}
                    {words}
                </div>
                {services}
                <div class="hub-guide__rest">
                    {ask_instead()}
                    {checked}
                    <p class="hub-checked hub-paper-only">"This page on the web: " {whole_address}</p>
                </div>
            </div>
        </Page>
    }
    .into_any()
}

fn contents(guide: &Guide) -> Option<AnyView> {
    let parts: Vec<AnyView> = guide
        .parts()
        .map(|part| {
            let (href, words) = (format!("#{}", part.id), part.words.clone());
            view! { <li><a class="govuk-link" href=href>{words}</a></li> }.into_any()
        })
        .collect();
    (parts.len() >= FEWEST_PARTS_LISTED).then(|| {
        view! {
            <nav class="hub-contents" aria-labelledby="contents">
                <h2 class="hub-contents__title" id="contents">"On this page"</h2>
                <ul>{parts}</ul>
            </nav>
        }
        .into_any()
    })
}

fn services_that_can_help(services: &Services) -> AnyView {
    let found: Vec<AnyView> = services.hits.iter().map(service).collect();
    let all = (services.total.get() > found.len()).then(|| {
        let words = format!("See all {} services", services.total);
        let href = Wanted::of(&services.search).href();
        view! { <p class="hub-screen-only"><a class="govuk-link" href=href>{words}</a></p> }
    });
    view! {
        <section class="hub-guide__services" aria-labelledby="services">
            <h2 class="govuk-heading-m" id="services">"Services that can help"</h2>
            <ul>{found}</ul>
            {all}
        </section>
    }
    .into_any()
}

fn service(hit: &Hit) -> AnyView {
    let listing = &hit.listing;
    let (href, name) = (
        format!("/local-offer/{}", listing.slug),
        listing.name.clone(),
    );
    let organization = listing.organization.clone();
    let organization = organization.map(|name| view! { <span>{name}</span> });
    view! {
        <li>
            <a class="govuk-link" href=href>{name}</a>
            {organization}
        </li>
    }
    .into_any()
}

fn ask_instead() -> AnyView {
    view! {
        <h2 class="govuk-heading-m hub-screen-only">"Was this not what you needed?"</h2>
        <p class="govuk-body hub-screen-only">
            "Ask us. A person will read it and reply. Tell us too if something on this page is wrong."
        </p>
        <p class="govuk-body">
            <ButtonLink href="/ask" text="Ask us a question" kind=ButtonKind::Secondary/>
        </p>
    }
    .into_any()
}

fn checked(guide: &Guide) -> AnyView {
    let sources: Vec<AnyView> = guide
        .sources
        .iter()
        .map(|source| {
            let (href, name) = (source.address.as_str().to_owned(), source.name.clone());
            view! { <li><a class="govuk-link" href=href>{name}</a></li> }.into_any()
        })
        .collect();
    let words = format!(
        "We last checked this guide on {}.",
        day_in_words(guide.checked_on)
    );
    view! {
        <h2 class="govuk-heading-s">"Where these facts come from"</h2>
        <ul class="govuk-list govuk-list--bullet hub-sources">{sources}</ul>
        <p class="hub-checked">{words}</p>
    }
    .into_any()
}
