//! Many listings made of the sample's: the same words, each a service of its own.

use serde_json::{Value, json};
use uuid::Uuid;

use super::Outcome;
use crate::council::SAMPLE_SERVICES;

/// A word that only the last listing has, to see when the index has come so far.
pub(super) const LAST: &str = "quixotic";

/// An Open Referral document of `count` services.
pub(super) fn many(count: u32) -> Outcome<String> {
    let sample: Value = serde_json::from_str(SAMPLE_SERVICES)?;
    let services = sample["contents"]
        .as_array()
        .ok_or("the sample is a page")?;
    let made: Vec<Value> = services
        .iter()
        .cycle()
        .zip(1..=count)
        .map(|(service, number)| {
            let mut service = service.clone();
            let name = service["name"].as_str().unwrap_or_default();
            let name = match number {
                last if last == count => format!("{name} {LAST}"),
                _ => format!("{name} {number}"),
            };
            service["id"] = json!(Uuid::from_u128(u128::from(number)).to_string());
            service["name"] = json!(name);
            service
        })
        .collect();
    Ok(json!({ "contents": made }).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_listings_are_open_referral_without_a_fault() {
        let import = domain::open_referral::read(&many(500).unwrap()).unwrap();
        assert_eq!(import.listings.len(), 500);
        let last = &import.listings[499].service;
        assert!(last.slug.as_str().ends_with(LAST), "{}", last.slug);
    }
}
