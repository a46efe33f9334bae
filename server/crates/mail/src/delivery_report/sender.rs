//! Whether a mail system sent it, and how sure that is.

use super::address;
use super::headers::Headers;

/// Who sent it, the surest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sender {
    /// A person, as far as one can see.
    Person,
    /// A postmaster; some are people.
    Postmaster,
    /// An envelope without a sender; out-of-office answers have that too.
    NullPath,
    /// A mail system.
    System,
}

impl Sender {
    pub(super) fn of(headers: &Headers, envelope_from: Option<&str>) -> Self {
        let return_path = envelope_from.or_else(|| headers.all("return-path").next());
        let from = headers.first("from");
        let is_report = headers.first("content-type").is_some_and(|label| {
            label
                .get(.."multipart/report".len())
                .is_some_and(|label| label.eq_ignore_ascii_case("multipart/report"))
        });
        let null = return_path.is_some_and(|path| path.trim().trim_matches(['<', '>']).is_empty());
        let postmaster = from.is_some_and(|from| {
            address::all_in(from).any(|from| address::local_part(from) == "postmaster")
        });
        if is_report
            || headers.has("x-failed-recipients")
            || return_path.is_some_and(|path| address::local_part(path) == "mailer-daemon")
            || from.is_some_and(is_system)
            || null && postmaster
        {
            Self::System
        } else if null {
            Self::NullPath
        } else if postmaster {
            Self::Postmaster
        } else {
            Self::Person
        }
    }

    pub(super) fn may_report(self) -> bool {
        self != Self::Person
    }
}

/// `MAILER-DAEMON` in whatever place, nobody at all (`<>`), or a name that says what it is.
fn is_system(from: &str) -> bool {
    let lower = from.to_lowercase();
    let name = lower.split('<').next().unwrap_or_default();
    let name = name.trim().trim_matches('"');
    let address = lower.rsplit('<').next().unwrap_or_default();
    lower.trim() == "<>"
        || lower.ends_with("<>")
        || address::local_part(address.trim_end_matches('>')) == "mailer-daemon"
        || matches!(name, "mailer-daemon" | "mailer daemon")
        || name.starts_with("mail deliver")
}
