//! What searches know of the council: its districts, its own words, the guides.

use domain::council::{Council, District};
use domain::keys::TermSlug;
use search::{Index, Knowledge};

/// Teaches the index what these settings say. An index that cannot be taught goes on with what it
/// knew: a search with yesterday's districts is better than none.
pub(crate) fn teach(index: &Index, council: &Council) {
    let districts: Vec<search::District> = council.districts.iter().filter_map(district).collect();
    match Knowledge::new(&districts, &[], &[]) {
        Ok(knowledge) => index.know(knowledge),
        Err(error) => tracing::error!(%error, "the search cannot take on the settings"),
    }
}

fn district(district: &District) -> Option<search::District> {
    let hint = district.postcode_hint.as_deref().unwrap_or_default();
    let codes = hint.split(|c: char| !c.is_ascii_alphanumeric());
    Some(search::District {
        slug: TermSlug::from_name(district.key.as_str())?,
        name: district.name.clone(),
        outward_codes: codes
            .filter(|code| !code.is_empty())
            .map(str::to_owned)
            .collect(),
    })
}
