//! What the search box offers while somebody types, each with its page.

use hub::search::{Suggested as What, Suggestion};

use super::wanted::browse;
use crate::api::Suggested;

/// A suggestion as the island shows it.
pub(crate) fn suggested(suggestion: Suggestion) -> Suggested {
    let href = match &suggestion.what {
        What::Term(tick) => browse(tick.facet.key(), &tick.slug),
        What::Guide(slug) => format!("/guides/{slug}"),
        What::Service(slug) => format!("/local-offer/{slug}"),
    };
    Suggested {
        kind: suggestion.what.kind().to_owned(),
        text: suggestion.text,
        href,
    }
}
