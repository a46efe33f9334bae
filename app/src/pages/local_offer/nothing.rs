//! A search that found nothing says so, and offers ways on.

use futures_util::future::try_join_all;
use hub::Hub;
use leptos::prelude::*;
use leptos_router::params::ParamsMap;

use super::{
    Wanted,
    chosen::{Chosen, without_any},
    names::first_lower,
    words,
};
use crate::components::ButtonLink;

/// So many filters are tried one by one: each costs a search.
const MOST_TRIED: usize = 4;

/// The same search with less asked for, and how much that finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WayOn {
    text: String,
    href: String,
    found: usize,
}

/// What would be found without one of the filters, and without them all. Only what finds something.
///
/// # Errors
/// When the index cannot be read.
pub(super) async fn ways_on(
    hub: &Hub,
    wanted: &Wanted,
    chosen: &[Chosen],
) -> Result<Vec<WayOn>, hub::Error> {
    let each = chosen.iter().take(MOST_TRIED).map(|one| {
        let text = format!("Look without “{}”", one.text);
        (text, one.without.clone())
    });
    let all = (chosen.len() > 1).then(|| {
        let text = "Look without any filters".to_owned();
        (text, without_any(wanted, chosen))
    });
    let tries = each.chain(all).map(|(text, less)| async move {
        let found = hub.local_offer().how_many(&less.query()).await?;
        let href = less.href();
        Ok::<_, hub::Error>(WayOn { text, href, found })
    });
    let ways = try_join_all(tries).await?;
    Ok(ways.into_iter().filter(|way| way.found > 0).collect())
}

/// What to do next when nothing was found.
pub(super) fn nothing_found(wanted: &Wanted, ways: &[WayOn], elsewhere: Option<&str>) -> AnyView {
    let why = elsewhere.map_or_else(|| looked_for(wanted), not_ours);
    let again = look_again(wanted, ways);
    let ask = ask(wanted);
    view! {
        <div class="hub-nothing">
            {why}
            {again}
            {ask}
            <p>
                "You can also get free advice from someone who is "
                <a class="govuk-link" href="#help-title">"not part of the council"</a>
                "."
            </p>
        </div>
    }
    .into_any()
}

fn looked_for(wanted: &Wanted) -> AnyView {
    let words = match wanted.words() {
        "" => "Nothing in our list fits all that you chose.".to_owned(),
        typed => format!("Nothing in our list fits “{typed}”."),
    };
    view! {
        <p>
            {words}
            " This does not mean that there is no help. It may be in our list under other words. It may not be in our list yet."
        </p>
    }
    .into_any()
}

/// The words are about something that others do.
fn not_ours(what: &str) -> AnyView {
    let looks_like = format!("It looks as if you need: {}.", first_lower(what));
    let who = if what.contains("GOV.UK") {
        " The local offer does not have this. You find it on the GOV.UK website."
    } else {
        " The local offer does not have this. Another part of the council looks after it. Look on the council’s main website."
    };
    view! { <p>{looks_like} {who}</p> }.into_any()
}

fn look_again(wanted: &Wanted, ways: &[WayOn]) -> AnyView {
    let ways: Vec<AnyView> = ways.iter().cloned().map(way_on).collect();
    let every = wanted.asks_something().then(|| {
        view! { <li><a class="govuk-link" href="/local-offer">"See every service"</a></li> }
    });
    view! {
        <p>"You can look again:"</p>
        <ul class="govuk-list govuk-list--bullet">
            {ways}
            <li>"Use one or two short words, like “speech” or “autism club”"</li>
            {every}
        </ul>
    }
    .into_any()
}

fn way_on(way: WayOn) -> AnyView {
    let found = format!(": {}", words::services(way.found));
    view! { <li><a class="govuk-link" href=way.href>{way.text}</a> {found}</li> }.into_any()
}

fn ask(wanted: &Wanted) -> AnyView {
    let typed = wanted.words();
    let why = if typed.is_empty() {
        "Or ask us. A person will look for you and reply. "
    } else {
        "Or ask us. We put your words into the question for you. A person will look and reply. "
    };
    view! {
        <p>
            {why}
            <a class="govuk-link" href="/our-promise">"Read what we promise"</a>
            "."
        </p>
        <ButtonLink href=ask_about(typed) text="Ask us a question"/>
    }
    .into_any()
}

/// Where a question begins that these words go into.
pub(super) fn ask_about(words: &str) -> String {
    if words.is_empty() {
        return "/ask".to_owned();
    }
    let map: ParamsMap = [("words", words)].into_iter().collect();
    format!("/ask{}", map.to_query_string())
}
