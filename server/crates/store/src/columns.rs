//! How values become columns and columns values: instants, days, codes, counts.
//!
//! A text or number that the domain refuses is [`StoreError::Corrupt`]; the error names the column, not the value.

use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Date;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::StoreError;

/// An instant from Unix milliseconds.
pub(crate) fn instant(column: &str, milliseconds: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_millisecond(milliseconds).map_err(|_| StoreError::corrupt(column))
}

/// An instant that may be absent.
pub(crate) fn instant_if_any(
    column: &str,
    milliseconds: Option<i64>,
) -> Result<Option<Timestamp>, StoreError> {
    milliseconds
        .map(|milliseconds| instant(column, milliseconds))
        .transpose()
}

/// Unix milliseconds of an instant that may be absent.
pub(crate) fn milliseconds(instant: Option<Timestamp>) -> Option<i64> {
    instant.map(Timestamp::as_millisecond)
}

/// `YYYY-MM-DD` of a day that may be absent.
pub(crate) fn day_text(day: Option<Date>) -> Option<String> {
    day.map(|day| day.to_string())
}

/// Whatever the domain parses from text: a code, a key, a day, a reference.
pub(crate) fn parsed<T: FromStr>(column: &str, text: &str) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::corrupt(column))
}

/// The same of a text that may be absent.
pub(crate) fn parsed_if_any<T: FromStr>(
    column: &str,
    text: Option<&str>,
) -> Result<Option<T>, StoreError> {
    text.map(|text| parsed(column, text)).transpose()
}

/// A column that must be there because another column says so.
pub(crate) fn present<T>(column: &str, value: Option<T>) -> Result<T, StoreError> {
    value.ok_or_else(|| StoreError::corrupt(column))
}

/// A number that the domain holds in a smaller type: a count, an age, an attempt.
pub(crate) fn number<T: TryFrom<i64>>(column: &str, number: i64) -> Result<T, StoreError> {
    T::try_from(number).map_err(|_| StoreError::corrupt(column))
}

/// How many rows a list may have, as SQL's `LIMIT` takes it.
pub(crate) fn limit(limit: u32) -> i64 {
    i64::from(limit)
}

/// A document of one column, as JSON; absent where it says nothing more than the default.
pub(crate) fn document<T: Default + PartialEq + Serialize>(
    column: &str,
    document: &T,
) -> Result<Option<String>, StoreError> {
    if *document == T::default() {
        return Ok(None);
    }
    let json = serde_json::to_string(document);
    json.map(Some).map_err(|_| StoreError::corrupt(column))
}

/// A document back from its column.
pub(crate) fn document_of<T: Default + DeserializeOwned>(
    column: &str,
    json: Option<&str>,
) -> Result<T, StoreError> {
    json.map_or_else(
        || Ok(T::default()),
        |json| serde_json::from_str(json).map_err(|_| StoreError::corrupt(column)),
    )
}
