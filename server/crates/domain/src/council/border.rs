//! Mail whose sender the council's own mail server doubts: by which names that server signs what it found, and what
//! its filter writes into the headers.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What tells mail that may be spam. It is taken in all the same, but nothing is sent until a person looked at it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Border {
    /// The names by which the council's own mail server signs its `Authentication-Results` (RFC 8601, 2.5). Anybody
    /// can write that header: one with another name counts for nothing.
    pub authserv_ids: Vec<ServerName>,
    /// What the council's filter writes into the headers of mail that it doubts.
    pub spam_marks: Vec<SpamMark>,
}

impl Border {
    /// Whether nothing is set.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.authserv_ids.is_empty() && self.spam_marks.is_empty()
    }
}

/// The text is no name of a mail server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a mail server’s name looks like mail.council.gov.uk")]
pub struct NoServerName;

/// A name by which a mail server signs (`authserv-id`), such as `mail.council.gov.uk`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ServerName(String);

impl ServerName {
    /// Longest name, in bytes.
    const MAX: usize = 255;

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ServerName {
    type Err = NoServerName;

    fn from_str(text: &str) -> Result<Self, NoServerName> {
        let text = text.trim();
        let plain = text
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !b";()\"\\,<>".contains(&byte));
        if text.is_empty() || text.len() > Self::MAX || !plain {
            return Err(NoServerName);
        }
        Ok(Self(text.to_owned()))
    }
}

impl TryFrom<String> for ServerName {
    type Error = NoServerName;

    fn try_from(text: String) -> Result<Self, NoServerName> {
        text.parse()
    }
}

impl From<ServerName> for String {
    fn from(name: ServerName) -> Self {
        name.0
    }
}

/// The text is no mark of a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a filter’s mark is a header and what it says, like X-Spam-Flag: YES")]
pub struct NoSpamMark;

/// A header, and the words in it that say “spam”; written as it stands in a mail: `X-Spam-Flag: YES`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SpamMark {
    header: String,
    contains: String,
}

impl SpamMark {
    /// Longest mark, in bytes.
    const MAX: usize = 200;

    /// The header's name.
    #[must_use]
    pub fn header(&self) -> &str {
        &self.header
    }

    /// What it then contains, in any case.
    #[must_use]
    pub fn contains(&self) -> &str {
        &self.contains
    }
}

impl FromStr for SpamMark {
    type Err = NoSpamMark;

    fn from_str(text: &str) -> Result<Self, NoSpamMark> {
        let (header, contains) = text.split_once(':').ok_or(NoSpamMark)?;
        let (header, contains) = (header.trim(), contains.trim());
        let names = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        let right = !header.is_empty()
            && header.bytes().all(names)
            && !contains.is_empty()
            && !contains.chars().any(char::is_control)
            && text.len() <= Self::MAX;
        if !right {
            return Err(NoSpamMark);
        }
        Ok(Self {
            header: header.to_owned(),
            contains: contains.to_owned(),
        })
    }
}

impl fmt::Display for SpamMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.header, self.contains)
    }
}

impl TryFrom<String> for SpamMark {
    type Error = NoSpamMark;

    fn try_from(text: String) -> Result<Self, NoSpamMark> {
        text.parse()
    }
}

impl From<SpamMark> for String {
    fn from(mark: SpamMark) -> Self {
        mark.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_reads_back_as_it_stands_in_a_mail() {
        for (typed, read) in [
            ("X-Spam-Flag: YES", "X-Spam-Flag: YES"),
            (
                " X-Spam-Status :Yes, score=9 ",
                "X-Spam-Status: Yes, score=9",
            ),
        ] {
            assert_eq!(typed.parse::<SpamMark>().unwrap().to_string(), read);
        }
        for odd in [
            "",
            "X-Spam-Flag",
            "X-Spam-Flag:",
            ": YES",
            "X Spam: YES",
            "A: b\r\nC: d",
        ] {
            assert_eq!(odd.parse::<SpamMark>(), Err(NoSpamMark), "{odd}");
        }
    }

    #[test]
    fn a_servers_name_is_one_word() {
        assert_eq!(
            " mx.example.org ".parse::<ServerName>().unwrap().as_str(),
            "mx.example.org"
        );
        for odd in ["", "two words", "mx.example.org; dmarc=pass", "\"mx\""] {
            assert_eq!(odd.parse::<ServerName>(), Err(NoServerName), "{odd}");
        }
    }
}
