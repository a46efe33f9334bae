//! `/local-offer/my-list`: the services that a person keeps, without an account; `?s=…&s=…` shows a
//! list that somebody shared.
//!
//! What is kept stands in the browser's cookie, what is shared in the address: the server holds
//! neither. Start at [`MyListPage`]; `card.rs` draws one service.

mod card;

use domain::{
    clock::london_time,
    shortlist::{MOST, Shortlist},
};
use hub::local_offer::Shortlisted;
use jiff::civil::DateTime;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use self::card::cards;
use super::list_button::MY_LIST;
use crate::{
    components::{BackTo, Button, ButtonKind, ButtonLink, Page},
    context::{hub, refused_or, shortlist, site},
    forms::Form,
    load::load,
};

/// Whose list the page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    /// One's own.
    Mine,
    /// Somebody else's, or one's own by its link.
    Shared,
}

/// One's own list, or one that somebody shared.
#[component]
pub(crate) fn MyListPage() -> impl IntoView {
    let shared = use_query_map()
        .get_untracked()
        .get_all("s")
        .unwrap_or_default();
    let shared = Shortlist::of(shared.iter().map(String::as_str));
    let mine = shortlist();
    let (whose, list) = if shared.is_empty() {
        (Whose::Mine, mine.clone())
    } else {
        (Whose::Shared, shared)
    };
    let hub = hub();
    let services = {
        let list = list.clone();
        async move { hub.local_offer().shortlisted(&list).await }
    };
    load(services, move |services| {
        page(whose, &list, &mine, &services)
    })
}

fn page(whose: Whose, list: &Shortlist, mine: &Shortlist, services: &[Shortlisted]) -> AnyView {
    let errors = refused_or(Form::default).error_list();
    let title = match whose {
        Whose::Mine => "My list",
        Whose::Shared => "A list of services",
    };
    let address = format!("{}local-offer/my-list?{}", hub().public_url(), list.query());
    let shown = Shown {
        whose,
        list,
        mine,
        services,
        address,
        now: london_time(hub().now()),
    };
    let body = body(&shown);
    let back = BackTo {
        href: "/local-offer".to_owned(),
        text: "Search the local offer".to_owned(),
    };
    view! {
        <Page site=site() title=title errors=errors current="/local-offer" back=Some(back)>
            <h1 class="govuk-heading-l">{title}</h1>
            {body}
        </Page>
    }
    .into_any()
}

/// What the page shows, and when.
struct Shown<'p> {
    whose: Whose,
    list: &'p Shortlist,
    mine: &'p Shortlist,
    services: &'p [Shortlisted],
    /// Its address on the web, for whoever is handed it on paper.
    address: String,
    now: DateTime,
}

/// All under the heading.
fn body(shown: &Shown<'_>) -> AnyView {
    let &Shown {
        whose,
        list,
        mine,
        services,
        now,
        ..
    } = shown;
    if list.is_empty() {
        return empty();
    }
    let count = match list.len() {
        1 => "1 service".to_owned(),
        more => format!("{more} services"),
    };
    let head = match whose {
        Whose::Mine => view! {
            <p class="govuk-body">
                {count} " on your list. It stays in this browser for 90 days after you last changed it. We do not keep it."
            </p>
        }
        .into_any(),
        Whose::Shared => shared(list, mine, count),
    };
    let gone = gone(whose, services);
    let cards = cards(services, whose == Whose::Mine, now);
    let last = (whose == Whose::Mine).then(|| (share(list), clear()));
    let address = shown.address.clone();
    view! {
        {head}
        {gone}
        {cards}
        <p class="hub-checked hub-paper-only">"This list on the web: " {address}</p>
        {last}
    }
    .into_any()
}

fn empty() -> AnyView {
    view! {
        <p class="govuk-body">
            "Your list is empty. Open the page of a service and press “Add to my list”. Your list holds up to "
            {MOST} " services. You do not need an account."
        </p>
        <p class="govuk-body">
            <ButtonLink href="/local-offer" text="Find services"/>
        </p>
    }
    .into_any()
}

/// What to do with a list that somebody shared.
fn shared(list: &Shortlist, mine: &Shortlist, count: String) -> AnyView {
    if mine.has_all(list) {
        return view! {
            <p class="govuk-body">
                {count} ". All of them are on your own list. "
                <a class="govuk-link" href=MY_LIST>"See your list"</a>
            </p>
        }
        .into_any();
    }
    let kept: Vec<_> = list
        .slugs()
        .iter()
        .map(|slug| view! { <input type="hidden" name="add" value=slug.to_string()/> })
        .collect();
    view! {
        <p class="govuk-body">
            {count} ". Somebody shared this list with you, or you opened the link to your own."
        </p>
        <form method="post" action=MY_LIST class="hub-list-form">
            {kept}
            <Button text="Keep this list" kind=ButtonKind::Secondary/>
        </form>
    }
    .into_any()
}

/// Services that were on the list and are in the local offer no more.
fn gone(whose: Whose, services: &[Shortlisted]) -> Option<AnyView> {
    let gone: Vec<AnyView> = services
        .iter()
        .filter(|service| service.listing.is_none())
        .map(|service| {
            let name = service.slug.as_str().replace('-', " ");
            let off = (whose == Whose::Mine).then(|| card::take_off(&service.slug, &name));
            view! { <li>"“" {name} "” " {off}</li> }.into_any()
        })
        .collect();
    (!gone.is_empty()).then(|| {
        view! {
            <div class="govuk-inset-text">
                <p>"Not in our local offer any more. It may have ended, or have another name now:"</p>
                <ul class="govuk-list">{gone}</ul>
            </div>
        }
        .into_any()
    })
}

fn share(list: &Shortlist) -> AnyView {
    let href = format!("{MY_LIST}?{}", list.query());
    view! {
        <section class="hub-screen-only">
            <h2 class="govuk-heading-m">"Share or print your list"</h2>
            <p class="govuk-body">
                "Open "
                <a class="govuk-link" href=href>"the link to this list"</a>
                " and send its address to somebody. Whoever has it sees these services, and nothing about you. Later changes to your list do not change it."
            </p>
            <p class="govuk-body">"To print this page, use your browser’s print button."</p>
        </section>
    }
    .into_any()
}

fn clear() -> AnyView {
    view! {
        <form method="post" action=MY_LIST class="hub-list-form">
            <input type="hidden" name="clear" value="yes"/>
            <Button text="Clear my list" kind=ButtonKind::Warning/>
        </form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::local_offer::listing::tests::swimming;

    fn shown(whose: Whose, list: &[&str], mine: &[&str]) -> String {
        let (list, mine) = (
            Shortlist::of(list.iter().copied()),
            Shortlist::of(mine.iter().copied()),
        );
        let services: Vec<Shortlisted> = list
            .slugs()
            .iter()
            .map(|slug| Shortlisted {
                slug: slug.clone(),
                listing: (slug.as_str() == "swimming").then(swimming),
            })
            .collect();
        let shown = Shown {
            whose,
            list: &list,
            mine: &mine,
            services: &services,
            address: "https://send.example.org/local-offer/my-list?s=swimming".to_owned(),
            now: "2026-11-25T12:00".parse().unwrap(),
        };
        let html = Owner::new().with(|| body(&shown).to_html());
        html.replace("<!>", "")
    }

    #[test]
    fn an_empty_list_says_how_to_begin_one() {
        let shown = shown(Whose::Mine, &[], &[]);
        assert!(shown.contains("press “Add to my list”"), "{shown}");
        assert!(!shown.contains("<form"), "{shown}");
    }

    #[test]
    fn one_s_own_list_can_be_shared_shortened_and_cleared() {
        let shown = shown(Whose::Mine, &["swimming"], &["swimming"]);
        for words in [
            "1 service on your list",
            "href=\"/local-offer/swimming\"",
            "name=\"remove\" value=\"swimming\"",
            "href=\"/local-offer/my-list?s=swimming\"",
            "name=\"clear\"",
            "https://send.example.org/local-offer/my-list?s=swimming",
        ] {
            assert!(shown.contains(words), "{words} in {shown}");
        }
    }

    #[test]
    fn a_shared_list_can_be_kept_unless_one_has_it_already() {
        let new = shown(Whose::Shared, &["swimming"], &["riding"]);
        assert!(new.contains("Keep this list"), "{new}");
        assert!(new.contains("name=\"add\" value=\"swimming\""), "{new}");
        assert!(!new.contains("name=\"remove\""), "{new}");
        let known = shown(Whose::Shared, &["swimming"], &["riding", "swimming"]);
        assert!(!known.contains("Keep this list"), "{known}");
        assert!(known.contains("on your own list"), "{known}");
    }

    #[test]
    fn a_service_that_is_gone_is_said_by_name() {
        let shown = shown(Whose::Mine, &["zanzibar-sailing", "swimming"], &[]);
        assert!(shown.contains("“zanzibar sailing”"), "{shown}");
        assert!(shown.contains("Not in our local offer any more"), "{shown}");
    }
}
