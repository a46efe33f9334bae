//! When a message says that it was written.

use jiff::Timestamp;
use mail_parser::DateTime;

pub(super) fn instant(date: &DateTime) -> Option<Timestamp> {
    date.is_valid()
        .then(|| Timestamp::from_second(date.to_timestamp()).ok())
        .flatten()
}
