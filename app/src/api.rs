//! What islands ask the server while a person is on the page: a few lines each, the work is the
//! hub's.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// Names of services for what was typed so far in the search box.
///
/// # Errors
/// When the server cannot be reached or cannot search: the box then offers nothing.
#[server(prefix = "/api", endpoint = "suggest", input = GetUrl)]
pub async fn suggest(
    /// What was typed so far; an address without it asks for nothing.
    #[server(default)]
    prefix: String,
) -> Result<Vec<String>, ServerFnError> {
    let hub = expect_context::<hub::Hub>();
    let found = hub.local_offer().suggest(&prefix).await;
    // The person is told nothing: the box works without suggestions.
    let found = found.map_err(|error| {
        tracing::warn!(%error, "suggestions could not be made");
        ServerFnError::new("no suggestions now")
    })?;
    Ok(found.into_iter().map(|one| one.text).collect())
}
