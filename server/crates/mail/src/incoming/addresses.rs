//! Names and addresses as a message gives them, and the ids of other messages.

use mail_parser::{Address, HeaderValue};

/// A person or a machine in an address header.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Mailbox {
    /// The name that stands beside the address, on one line; anybody may call themselves anything.
    pub name: Option<String>,
    /// The address as it was written. It need not be one that mail can be sent to.
    pub address: String,
}

pub(super) fn all(addresses: Option<&Address<'_>>) -> Vec<Mailbox> {
    addresses
        .into_iter()
        .flat_map(Address::iter)
        .filter_map(|one| {
            Some(Mailbox {
                name: one.name().map(str::to_owned),
                address: one.address()?.to_owned(),
            })
        })
        .collect()
}

pub(super) fn ids(value: &HeaderValue<'_>) -> Vec<String> {
    match value {
        HeaderValue::Text(id) => vec![id.to_string()],
        HeaderValue::TextList(ids) => ids.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    }
}
