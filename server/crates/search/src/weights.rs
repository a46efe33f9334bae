//! Every number that decides what comes first, in one place.
//!
//! A hit's score is the sum over the words asked for. For each word the best of its alternatives
//! counts (plus a little of the others, [`TIE`]): BM25 of the field, times the field's weight, times
//! the weight of how the word was matched. Misspellings and beginnings of words have no BM25: they
//! score their weights alone, so that they always come after true matches.

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
/// Its description and its other words.
pub(crate) const BODY: f32 = 1.0;

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
/// A word that may be misspelled, in the name and anywhere.
pub(crate) const MISSPELLED: (f32, f32) = (0.8, 0.25);
/// A word that says little (“help”, “child”): it lifts a hit but is not asked for.
pub(crate) const OPTIONAL: f32 = 0.3;

/// How much the other alternatives of a word add to the best one.
pub(crate) const TIE: f32 = 0.1;

/// A word that stands in at most this many listings may be a misspelling; commoner ones are not
/// looked for with other letters, or “care” would find “core”.
pub(crate) const RARE: u64 = 2;
