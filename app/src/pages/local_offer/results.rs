//! The search of the local offer and what it found.

use domain::{council::Council, keys::TermSlug};
use hub::{
    Hub,
    local_offer::OfferTerms,
    search::{Facet, Held, Meant, PlaceOutcome, Results, Spelling},
};
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    Wanted,
    cards::{Shown, cards},
    chosen::{Chosen, chips, chosen},
    filters::filters,
    guides::guides,
    names::Names,
    nothing::{WayOn, ask_about, nothing_found, ways_on},
    order::order,
    paper::on_paper,
    search_form::search_again,
    told::told,
    words,
};
use crate::{
    components::{Page, Pagination, page_steps},
    context::{council, hub, shortlist, site},
    load::load,
};

/// What a page of results is drawn from.
struct Found {
    wanted: Wanted,
    results: Results,
    terms: OfferTerms,
    chosen: Vec<Chosen>,
    /// Only where nothing was found.
    ways_on: Vec<WayOn>,
}

/// `/local-offer?q=&postcode=&miles=&age=&need=&category=&page=`
#[component]
pub(crate) fn ResultsPage() -> impl IntoView {
    let wanted = Wanted::from_address(&use_query_map().get_untracked());
    load(search(hub(), wanted, council()), |found| page(&found))
}

async fn search(
    hub: Hub,
    wanted: Wanted,
    council: std::sync::Arc<Council>,
) -> Result<Found, hub::Error> {
    let offer = hub.local_offer();
    let results = offer.search(&wanted.query()).await?;
    // The index tells the names of what it counted: the database is asked for those of other ticks alone.
    let terms = match Names::lack(&results.facets, &wanted.query().ticked) {
        true => offer.terms().await?,
        false => OfferTerms::default(),
    };
    let names = Names::of(&results.facets, &terms, &council);
    let chosen = chosen(&wanted, &results, &names);
    let ways_on = match results.total {
        0 => ways_on(&hub, &wanted, &chosen).await?,
        _ => Vec::new(),
    };
    Ok(Found {
        wanted,
        results,
        terms,
        chosen,
        ways_on,
    })
}

fn page(found: &Found) -> AnyView {
    let Found {
        wanted, results, ..
    } = found;
    let title = title(wanted, results);
    let council = council();
    let names = Names::of(&results.facets, &found.terms, &council);
    let form = search_again(wanted);
    let filters = filters(wanted, results, &names);
    let today = hub().today();
    let paper = on_paper(
        wanted,
        results,
        &found.chosen,
        today,
        hub().public_url().as_str(),
    );
    let list = list(found, &council, today);
    view! {
        <Page site=site() title=title current="/local-offer">
            <a href="#results" class="govuk-skip-link" data-module="govuk-skip-link">
                "Skip to the results"
            </a>
            <h1 class="govuk-heading-l hub-results-title">"Find services in the local offer"</h1>
            {form}
            <div class="hub-found">
                {filters}
                <div>
                    {paper}
                    {list}
                </div>
            </div>
        </Page>
    }
    .into_any()
}

/// “swimming: 12 services found (page 2 of 3)”
pub(super) fn title(wanted: &Wanted, results: &Results) -> String {
    if !wanted.asks_something() && results.page == 1 {
        return "Find services in the local offer".to_owned();
    }
    let words = match (&results.spelling, wanted.words()) {
        (Spelling::Mended { words }, _) => format!("{words}: "),
        (_, "") => String::new(),
        (_, typed) => format!("{typed}: "),
    };
    let found = match results.total {
        0 => "no services".to_owned(),
        count => words::services(count),
    };
    let page = match results.pages {
        1 => String::new(),
        pages => format!(" (page {} of {pages})", results.page),
    };
    let title = format!("{words}{found} found{page}");
    match words.is_empty() {
        true => words::first_upper(&title),
        false => title,
    }
}

fn list(found: &Found, council: &Council, today: Date) -> AnyView {
    let Found {
        wanted, results, ..
    } = found;
    let chips = chips(wanted, &found.chosen);
    let told = told(wanted, results, &found.chosen);
    let guides = guides(&results.guides);
    if results.total == 0 {
        let ways_on = nothing_found(wanted, &found.ways_on, results.elsewhere.as_deref());
        return view! {
            <h2 class="govuk-heading-m" id="results">"We found no services"</h2>
            {chips}
            {told}
            {guides}
            {ways_on}
        }
        .into_any();
    }
    let head = format!("{} found", words::services(results.total));
    let distances = distances(results);
    let order = order(wanted, results);
    let shown = shown(wanted, results, council, today);
    let hits = match results.hits.as_slice() {
        [] => past_the_end(wanted),
        hits => cards(hits, &shown),
    };
    let pages = pages(wanted, results);
    let ask = ask_instead(wanted);
    view! {
        <h2 class="govuk-heading-m" id="results">{head}</h2>
        {chips}
        {told}
        {distances}
        {order}
        {guides}
        {hits}
        {pages}
        {ask}
    }
    .into_any()
}

/// What cards have to know of the search.
fn shown<'a>(wanted: &Wanted, results: &Results, council: &'a Council, today: Date) -> Shown<'a> {
    let ticked = wanted.all(Facet::District.key());
    let ticked = ticked
        .iter()
        .filter_map(|slug| slug.parse::<TermSlug>().ok());
    let held = results.understood.iter();
    let held = held.filter(|part| part.held == Held::Holds);
    let understood = held.filter_map(|part| match &part.meant {
        Meant::Tick(tick) if tick.facet == Facet::District => Some(tick.slug.clone()),
        Meant::Tick(_) | Meant::Ages(_) | Meant::Place => None,
    });
    let asked_districts: Vec<TermSlug> = ticked.chain(understood).collect();
    Shown {
        districts: &council.districts,
        asked_where: !asked_districts.is_empty()
            || matches!(results.place, PlaceOutcome::Known { .. }),
        asked_districts,
        today,
        list: shortlist(),
        from: wanted.href_of_page(results.page),
    }
}

fn distances(results: &Results) -> Option<AnyView> {
    let PlaceOutcome::Known { name, .. } = &results.place else {
        return None;
    };
    let words = format!("Distances are from {name}, in a straight line.");
    Some(view! { <p class="govuk-body hub-count">{words}</p> }.into_any())
}

fn past_the_end(wanted: &Wanted) -> AnyView {
    view! {
        <p class="govuk-body">
            "There are no more services on this page. "
            <a class="govuk-link" href=wanted.href()>"Go to the first page"</a>
        </p>
    }
    .into_any()
}

fn pages(wanted: &Wanted, results: &Results) -> AnyView {
    let (here, last) = (results.page, results.pages);
    let previous = (here > 1 && here <= last).then(|| wanted.href_of_page(here - 1));
    let next = (here < last).then(|| wanted.href_of_page(here + 1));
    let steps = page_steps(here, last, |page| wanted.href_of_page(page));
    view! { <Pagination label="Results" previous=previous next=next steps=steps/> }.into_any()
}

fn ask_instead(wanted: &Wanted) -> AnyView {
    let href = ask_about(wanted.words());
    view! {
        <p class="govuk-body hub-screen-only">
            "Not what you need? "
            <a class="govuk-link" href=href>"Ask us for help with this"</a>
            ". A person will reply."
        </p>
    }
    .into_any()
}
