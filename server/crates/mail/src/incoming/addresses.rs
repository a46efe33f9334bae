//! Names and addresses as a message gives them, and the ids of messages.

use mail_parser::parsers::MessageStream;
use mail_parser::{Addr, HeaderValue};

use super::header::{Head, structured};
use super::letters::{one_line, turns_direction};

/// Ids longer than this are nobody's: a line of mail has at most 998 letters (RFC 5322, section 2.1.1).
const ID_BYTES: usize = 998;

/// A person or a machine in an address header.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Mailbox {
    /// The name that stands beside the address, on one line; anybody may call themselves anything.
    pub name: Option<String>,
    /// The address as it was written. It need not be one that mail can be sent to.
    pub address: String,
}

/// Everybody in the fields called `name`.
pub(super) fn mailboxes(head: &Head<'_>, name: &str) -> Vec<Mailbox> {
    let mut all = Vec::new();
    for value in head.all(name) {
        let line = structured(value);
        if let HeaderValue::Address(addresses) = MessageStream::new(line.as_bytes()).parse_address()
        {
            all.extend(addresses.iter().filter_map(mailbox));
        }
    }
    all
}

fn mailbox(parsed: &Addr<'_>) -> Option<Mailbox> {
    let name = parsed.name().map(one_line);
    let name = name
        .map(|name| name.trim_matches(['<', '>', ' ']).to_owned())
        .filter(|name| !name.is_empty());
    let address: String = parsed
        .address()
        .unwrap_or_default()
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control() && !turns_direction(*c))
        .collect();
    // `<jo@example.org>>` and the like are met.
    let address = address.trim_matches(['<', '>', ',', ';']).to_owned();
    if !address.is_empty() {
        let name = name.filter(|name| !name.eq_ignore_ascii_case(&address));
        return Some(Mailbox { name, address });
    }
    // Machines sign with a single word, such as MAILER-DAEMON.
    let address = name.filter(|name| !name.contains(' '))?;
    Some(Mailbox {
        name: None,
        address,
    })
}

/// The ids in the fields called `name`, in their order: what stands between angle brackets, or the
/// words themselves where there are none.
pub(super) fn ids(head: &Head<'_>, name: &str) -> Vec<String> {
    let mut ids = Vec::new();
    for value in head.all(name) {
        let line = structured(value);
        let bracketed = line
            .split('<')
            .skip(1)
            .filter_map(|rest| Some(rest.split_once('>')?.0));
        let before = ids.len();
        ids.extend(bracketed.filter_map(id));
        if ids.len() == before {
            ids.extend(
                line.split_whitespace()
                    .filter(|word| word.contains('@'))
                    .filter_map(id),
            );
        }
        if ids.len() == before {
            ids.extend(line.split_whitespace().next().and_then(id));
        }
    }
    ids
}

fn id(text: &str) -> Option<String> {
    let id: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>'))
        .collect();
    (!id.is_empty() && id.len() <= ID_BYTES).then_some(id)
}
