//! A search that found nothing says so, and offers ways on.

use leptos::prelude::*;

use super::Wanted;
use crate::components::ButtonLink;

/// What to do next when nothing was found.
pub(super) fn nothing_found(wanted: &Wanted) -> AnyView {
    let ways: Vec<AnyView> = [without_filters(wanted), without_words(wanted)]
        .into_iter()
        .flatten()
        .collect();
    let fewer = (!ways.is_empty()).then(|| {
        view! {
            <p>"You can look again:"</p>
            <ul class="govuk-list govuk-list--bullet">
                {ways}
                <li>"Use one or two short words, like “speech” or “autism club”"</li>
            </ul>
        }
    });
    view! {
        <div class="hub-nothing">
            <p>
                "This does not mean that there is no help. It may be in our list under other words. It may not be in our list yet."
            </p>
            {fewer}
            <p>
                "Or ask us. A person will look for you and reply. "
                <a class="govuk-link" href="/our-promise">"Read what we promise"</a>
                "."
            </p>
            {view! { <ButtonLink href="/ask" text="Ask us a question"/> }.into_any()}
            <p>
                "You can also get free advice from someone who is "
                <a class="govuk-link" href="#help-title">"not part of the council"</a>
                "."
            </p>
        </div>
    }
    .into_any()
}

fn without_filters(wanted: &Wanted) -> Option<AnyView> {
    let filtered = !wanted.but(&["q", "postcode"]).is_empty();
    filtered.then(|| {
        let href = wanted.href_with_only(&["q", "postcode"]);
        view! { <li><a class="govuk-link" href=href>"Take off all filters"</a></li> }.into_any()
    })
}

fn without_words(wanted: &Wanted) -> Option<AnyView> {
    (!wanted.words().is_empty()).then(|| {
        view! {
            <li><a class="govuk-link" href="/local-offer">"See every service"</a></li>
        }
        .into_any()
    })
}
