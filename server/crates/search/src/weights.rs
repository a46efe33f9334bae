//! Every number that decides what comes first, in one place.
//!
//! A hit's score is the sum over the words asked for. For each word the best of its alternatives
//! counts (plus a little of the others, [`TIE`]): BM25 of the field, times the field's weight, times
//! the weight of how the word was matched. Beginnings of words have no BM25: they score their
//! weights alone, so that they come after true matches. What is near and what was checked lately then
//! multiplies the sum.

/// The name, the word as it stands.
pub(crate) const NAME: f32 = 3.0;
/// The name, the word in another form (“clubs” for “club”).
pub(crate) const NAME_STEMMED: f32 = 2.5;
/// What needs it is for.
pub(crate) const NEEDS: f32 = 2.0;
/// What kind of service it is.
pub(crate) const CATEGORIES: f32 = 1.6;
/// Who runs it.
pub(crate) const ORGANIZATION: f32 = 1.2;
/// Towns, districts and the names of its places.
pub(crate) const PLACES: f32 = 1.2;
/// The first sentences of its description.
pub(crate) const LEAD: f32 = 1.3;
/// Its description and its other words.
pub(crate) const BODY: f32 = 1.0;
/// The whole name just as it was typed: before everything else.
pub(crate) const WHOLE_NAME: f32 = 100.0;
/// A name that has every word that was asked for.
pub(crate) const ALL_IN_THE_NAME: f32 = 6.0;

/// A word that was typed, or means the same.
pub(crate) const SAME: f32 = 1.0;
/// Two typed words that are one in the listing: “wheel chair”.
pub(crate) const JOINED: f32 = 0.8;
/// The words of a known phrase, but not together: “therapy for speech and language”.
pub(crate) const APART: f32 = 0.6;
/// What is shown too: “respite” finds short breaks.
pub(crate) const SEE_ALSO: f32 = 0.4;
/// The last word as the beginning of a longer one, in the name and anywhere.
pub(crate) const BEGINNING: (f32, f32) = (1.0, 0.3);
/// A word that says little (“help”, “child”): it lifts a hit but is not asked for.
pub(crate) const OPTIONAL: f32 = 0.3;

/// A word that stands in at most one name of so many is a name of its own: “kite”.
pub(crate) const NAMES_OF_ONE: u64 = 100;

/// … unless for each of those names it stands in more texts than so many.
pub(crate) const TEXTS_OF_A_NAME: u64 = 2;

/// A word that more than one listing in so many has says less of what is meant.
const TELLING_TO: f32 = 10.0;

/// What a word's part of a score is multiplied with, by the share of the listings that have it.
pub(crate) fn telling(share: f32) -> f32 {
    let rarity = (1.0 / share.max(f32::EPSILON)).ln_1p() / TELLING_TO.ln_1p();
    rarity.min(1.0).powi(2)
}

/// A service that is for everywhere, or that comes to people, counts as if it were at so much of the
/// distance at which nearness counts half.
const FAR_AS: f64 = 0.75;
/// Nearness counts half at no more and at no less miles …
const HALF_AT: (f64, f64) = (1.0, 8.0);
/// … and else at so much of the local offer's reach.
const OF_THE_REACH: f64 = 0.6;
/// What of a score is left however far away.
const LEAST: f64 = 0.5;

/// At how many miles nearness counts half, in a local offer that reaches so far: a borough is not a county.
pub(crate) fn half_at(reach: Option<f64>) -> f64 {
    let (least, most) = HALF_AT;
    reach.map_or(most, |miles| (miles * OF_THE_REACH).clamp(least, most))
}

/// What a score is multiplied with when a place was asked for: 1 here, falling to [`LEAST`].
pub(crate) fn nearness(miles: Option<f64>, half_at: f64) -> f32 {
    let far = miles.map_or(FAR_AS, |miles| miles / half_at);
    (LEAST + (1.0 - LEAST) / (1.0 + far)) as f32
}

/// What a score is multiplied with for when the listing was last checked: a little for the last
/// half year, a little less than nothing for never.
pub(crate) fn freshness(days_ago: Option<i64>) -> f32 {
    match days_ago {
        Some(..=183) => 1.02,
        Some(184..=365) => 1.01,
        Some(366..) => 1.0,
        None => 0.99,
    }
}

/// How much the other alternatives of a word add to the best one.
pub(crate) const TIE: f32 = 0.1;
