//! When a message says that it was written.

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use mail_parser::HeaderValue;
use mail_parser::parsers::MessageStream;

use super::header::{Head, structured};

/// Some senders name a wrong day of the week.
const STANDARD: DateTimeParser = DateTimeParser::new().relaxed_weekday(true);

/// The first `Date` that can be read.
pub(super) fn written(head: &Head<'_>) -> Option<Timestamp> {
    head.all("date").find_map(|value| {
        // RFC 5322 knows the summer time of America alone.
        let line = structured(value).replace(" BST", " +0100");
        STANDARD
            .parse_timestamp(line.trim())
            .ok()
            .or_else(|| as_far_as_it_goes(&line))
    })
}

/// mail-parser reads what stands in no standard, such as zones that nobody knows.
fn as_far_as_it_goes(line: &str) -> Option<Timestamp> {
    let HeaderValue::DateTime(date) = MessageStream::new(line.as_bytes()).parse_date() else {
        return None;
    };
    date.is_valid()
        .then(|| Timestamp::from_second(date.to_timestamp()).ok())
        .flatten()
}
