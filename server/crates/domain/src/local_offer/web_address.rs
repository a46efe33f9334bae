//! Web addresses that feeds bring and pages link to, so that no other scheme than http(s) gets into a link.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Longer ones are cut off by browsers and mail programs.
const LONGEST: usize = 2000;

/// An http or https address that is safe to put in a link.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WebAddress(String);

/// Why a text is no [`WebAddress`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be a web address that begins with https:// or http://")]
pub struct InvalidWebAddress;

impl WebAddress {
    /// The whole address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for WebAddress {
    type Err = InvalidWebAddress;

    /// Takes `www.example.com` and `example.org.uk/club` too, as `https://…`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let whole = if text.to_ascii_lowercase().starts_with("www.") || begins_with_a_host(text) {
            format!("https://{text}")
        } else {
            text.to_owned()
        };
        let lower = whole.to_ascii_lowercase();
        let rest = lower
            .strip_prefix("https://")
            .or_else(|| lower.strip_prefix("http://"));
        let host_end = |rest: &str| rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let has_host = rest.is_some_and(|rest| {
            let host = &rest[..host_end(rest)];
            !host.is_empty() && !host.starts_with(['.', ':']) && !host.contains('@')
        });
        let clean = !whole.contains(|c: char| {
            c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '\\')
        });
        if has_host && clean && whole.len() <= LONGEST {
            Ok(Self(whole))
        } else {
            Err(InvalidWebAddress)
        }
    }
}

/// Whether a text without a scheme begins as websites of this country are called.
fn begins_with_a_host(text: &str) -> bool {
    let host = text.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.to_ascii_lowercase();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    let known = [
        ".uk", ".org", ".com", ".net", ".info", ".london", ".scot", ".wales",
    ];
    host.starts_with(|c: char| c.is_ascii_alphanumeric())
        && host.chars().all(is_plain)
        && known.iter().any(|ending| host.ends_with(ending))
}

impl TryFrom<String> for WebAddress {
    type Error = InvalidWebAddress;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<WebAddress> for String {
    fn from(address: WebAddress) -> Self {
        address.0
    }
}

impl fmt::Display for WebAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn web_addresses_are_taken_and_a_bare_www_gets_its_scheme() {
        assert_eq!(
            "http://example.com/a?b#c"
                .parse::<WebAddress>()
                .unwrap()
                .as_str(),
            "http://example.com/a?b#c"
        );
        assert_eq!(
            "www.example.com".parse::<WebAddress>().unwrap().as_str(),
            "https://www.example.com"
        );
        assert_eq!(
            "clubs.example.org/a"
                .parse::<WebAddress>()
                .unwrap()
                .as_str(),
            "https://clubs.example.org/a"
        );
    }

    #[test]
    fn anything_that_could_run_or_mislead_is_refused() {
        for text in [
            "javascript:alert(1)",
            "https://",
            "https://bank@evil.example",
            "http://a b",
            "see website",
            "see example.org",
            "form.pdf",
            "us@example.org",
            "",
        ] {
            assert!(text.parse::<WebAddress>().is_err(), "{text}");
        }
    }
}
