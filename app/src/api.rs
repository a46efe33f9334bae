//! What islands ask the server while a person is on the page: a few lines each, the work is the
//! hub's.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};

/// Something that may be meant, and the page that it has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggested {
    /// What it is, as people read it: “Need”, “Kind of help”, “Guide”, “Service”.
    pub kind: String,
    /// What it is called.
    pub text: String,
    /// Its page.
    pub href: String,
}

/// Needs, kinds of help, guides and services for what was typed so far in the search box; those of one
/// kind stand together.
///
/// # Errors
/// When the server cannot be reached or cannot search: the box then offers nothing.
#[server(prefix = "/api", endpoint = "suggest", input = GetUrl)]
pub async fn suggest(
    /// What was typed so far; an address without it asks for nothing.
    #[server(default)]
    prefix: String,
) -> Result<Vec<Suggested>, ServerFnError> {
    let hub = expect_context::<hub::Hub>();
    let found = hub.local_offer().suggest(&prefix).await;
    // The person is told nothing: the box works without suggestions.
    let found = found.map_err(|error| {
        tracing::warn!(%error, "suggestions could not be made");
        ServerFnError::new("no suggestions now")
    })?;
    let mut found: Vec<Suggested> = found
        .into_iter()
        .map(crate::pages::local_offer::suggested)
        .collect();
    let kinds: Vec<String> = found.iter().map(|one| one.kind.clone()).collect();
    found.sort_by_key(|one| kinds.iter().position(|kind| *kind == one.kind));
    Ok(found)
}
