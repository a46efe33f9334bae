//! Mail whose sender our own mail server doubts.
//!
//! Anybody can write an `Authentication-Results` header. Only one that carries our own server's name counts
//! (RFC 8601, section 5: that server takes such headers of others away). The rest is the council's to say:
//! words that its filter writes into a header.

use domain::council::{DoubtedMail, SpamMark};

use super::values;

/// Our own mail server, and what the council's filter writes.
#[derive(Debug, Clone, Copy)]
pub struct Border<'c>(pub &'c DoubtedMail);

impl Border<'_> {
    /// Whether our border or a rule says that this may be spam.
    pub(super) fn suspects(&self, headers: &[(String, String)]) -> bool {
        let results: Vec<Verdicts> = values(headers, "authentication-results")
            .filter_map(|value| self.verdicts(value))
            .collect();
        let any = |method: &str, result: &str| {
            results
                .iter()
                .any(|verdicts| verdicts.contains(method, result))
        };
        // A forwarded mail often fails SPF alone; its signature then speaks for it.
        any("dmarc", "fail")
            || any("spf", "fail") && !any("dkim", "pass") && !any("dmarc", "pass")
            || self.0.marks.iter().any(|mark| stands_in(mark, headers))
    }

    /// `None` where another server wrote it.
    fn verdicts(&self, value: &str) -> Option<Verdicts> {
        let value = without_comments(value);
        let mut parts = value.split(';');
        let name = parts.next()?.split_whitespace().next()?;
        let ours = self
            .0
            .authserv_ids
            .iter()
            .any(|id| id.trim().eq_ignore_ascii_case(name));
        ours.then(|| {
            Verdicts(
                parts
                    .filter_map(|part| {
                        let (method, rest) = part.split_once('=')?;
                        let result = rest.split_whitespace().next()?;
                        Some((method.trim().to_lowercase(), result.to_lowercase()))
                    })
                    .collect(),
            )
        })
    }
}

/// Methods and their results: `("dmarc", "fail")`.
struct Verdicts(Vec<(String, String)>);

impl Verdicts {
    fn contains(&self, method: &str, result: &str) -> bool {
        self.0
            .iter()
            // A method may carry its version: `spf/1`.
            .any(|(known, said)| known.split('/').next() == Some(method) && said == result)
    }
}

fn stands_in(mark: &SpamMark, headers: &[(String, String)]) -> bool {
    let wanted = mark.contains.trim().to_lowercase();
    !wanted.is_empty()
        && values(headers, mark.header.trim()).any(|value| value.to_lowercase().contains(&wanted))
}

/// Comments may hold anything, even `dmarc=fail`.
fn without_comments(value: &str) -> String {
    let mut kept = String::with_capacity(value.len());
    let mut depth = 0_usize;
    let mut quoted = false;
    let mut escaped = false;
    for symbol in value.chars() {
        let literal = std::mem::take(&mut escaped);
        match symbol {
            '\\' if !literal => escaped = true,
            '"' if depth == 0 && !literal => quoted = !quoted,
            '(' if !quoted && !literal => depth += 1,
            ')' if depth > 0 && !literal => depth -= 1,
            // What is quoted is one value; a semicolon in it ends nothing.
            ';' if quoted => {}
            _ if depth == 0 => kept.push(symbol),
            _ => {}
        }
    }
    kept
}
