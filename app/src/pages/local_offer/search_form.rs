//! The search's words and postcode: on the home page and above the results.

use leptos::prelude::*;

use super::{Wanted, wanted::WITHOUT};
use crate::{
    components::{Button, TextField},
    islands::SearchBox,
};

/// The form. What else the search asks for (its filters) goes along unseen; what was said about the
/// words before (another spelling, what they did not mean) does not: they may be other words now.
pub(crate) fn search_form(wanted: &Wanted) -> AnyView {
    let kept = hidden(wanted.but(&["q", "postcode", "spelling", WITHOUT]));
    let words = wanted.words().to_owned();
    let form = wanted.form();
    view! {
        <form class="hub-search" action="/local-offer" method="get" role="search">
            <div class="govuk-form-group hub-search__words">
                <label class="govuk-label" for="q">"What do you need help with?"</label>
                <SearchBox value=words/>
            </div>
            <TextField
                form=form
                name="postcode"
                label="Postcode (if you like)"
                autocomplete="postal-code"
                spellcheck="false"
            />
            {kept}
            <Button text="Search"/>
        </form>
    }
    .into_any()
}

/// The form above results: once something was searched for it is folded on a small screen, so that
/// the results come soon.
pub(super) fn search_again(wanted: &Wanted) -> AnyView {
    let form = search_form(wanted);
    if !wanted.asks_something() {
        return view! { <div class="hub-search-band">{form}</div> }.into_any();
    }
    let words = searched(wanted.words());
    view! {
        <details class="hub-fold hub-search-again">
            <summary>"Change your search" {words}</summary>
            <div class="hub-search-band">{form}</div>
        </details>
    }
    .into_any()
}

/// The words of the search beside its folded form, which hides them: “: “swimming””. The style cuts what is longer than
/// a line.
fn searched(words: &str) -> String {
    match words {
        "" => String::new(),
        words => format!(": “{words}”"),
    }
}

/// Fields that a form takes along.
pub(super) fn hidden(pairs: Vec<(String, String)>) -> AnyView {
    pairs
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view()
        .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_searched_for_stands_beside_the_folded_form() {
        assert_eq!(searched(""), "");
        assert_eq!(searched("swimming"), ": “swimming”");
    }
}
