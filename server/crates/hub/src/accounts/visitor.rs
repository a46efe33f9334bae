//! Who is at the door: where they come from, for counting tries, and with what browser.

use std::net::IpAddr;

use super::Device;

/// Somebody who is not signed in yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visitor {
    /// Their network address: tries are counted by it; it is kept nowhere.
    pub address: IpAddr,
    /// Their browser.
    pub device: Device,
}

impl Visitor {
    /// Somebody at this address, with a browser that says nothing of itself.
    #[must_use]
    pub fn at(address: IpAddr) -> Self {
        Self {
            address,
            device: Device::from_user_agent(""),
        }
    }
}
