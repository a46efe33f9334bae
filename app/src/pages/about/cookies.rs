//! `/cookies`: the three essential cookies there are.

use leptos::prelude::*;

use crate::{
    components::{Page, SummaryList, SummaryRow},
    context::site,
};

/// Which cookies this site sets, and when.
#[component]
pub(crate) fn CookiesPage() -> impl IntoView {
    let cookies: Vec<AnyView> = [
        (
            "send_hub_draft",
            "It finds the question that you have begun to write, so that you can go back and change your answers.",
            "24 hours, or until you send your question",
        ),
        (
            "send_hub_list",
            "It holds the list of services that you made with “Add to my list”. The list is in your browser only. You can clear it on the page “My list”.",
            "90 days after you last changed your list",
        ),
        (
            "send_hub_session",
            "It shows that an officer of the council has signed in, or is about to. You get it only if you sign in as an officer.",
            "12 hours at most, or 1 hour after the officer last used the site",
        ),
    ]
    .into_iter()
    .map(cookie)
    .collect();
    view! {
        <Page site=site() title="Cookies">
            <div class="hub-measure">
                <h1 class="govuk-heading-l">"Cookies"</h1>
                <p class="govuk-body">
                    "A cookie is a small file that a website puts on your phone or computer."
                </p>
                <p class="govuk-body">
                    "You can search and read this site without any cookie. We set one only when it is needed to do what you ask."
                </p>
                <h2 class="govuk-heading-m">"Cookies that we need"</h2>
                {cookies}
                <p class="govuk-body">
                    "On a secure (https) address, each name begins with “__Host-”. That tells your browser to send the cookie to this site only."
                </p>
                <p class="govuk-body">
                    "We do not count visits with cookies. We do not use cookies for adverts. We do not let other companies set cookies here. So there is nothing to agree to."
                </p>
            </div>
        </Page>
    }
}

fn cookie((name, purpose, lasts): (&'static str, &'static str, &'static str)) -> AnyView {
    let rows = vec![
        SummaryRow::fact("What it is for", purpose),
        SummaryRow::fact("How long it lasts", lasts),
    ];
    view! {
        <h3 class="govuk-heading-s">{name}</h3>
        <SummaryList rows=rows/>
    }
    .into_any()
}
