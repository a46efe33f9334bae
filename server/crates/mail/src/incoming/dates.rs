//! When a message says that it was written.

use jiff::Timestamp;
use mail_parser::HeaderValue;
use mail_parser::parsers::MessageStream;

use super::header::{Head, structured};

/// The first `Date` that can be read.
pub(super) fn written(head: &Head<'_>) -> Option<Timestamp> {
    head.all("date").find_map(|value| {
        let line = structured(value);
        let HeaderValue::DateTime(date) = MessageStream::new(line.as_bytes()).parse_date() else {
            return None;
        };
        date.is_valid()
            .then(|| Timestamp::from_second(date.to_timestamp()).ok())
            .flatten()
    })
}
