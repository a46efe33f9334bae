//! What every handler works with.

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    sync::Arc,
};

use app::{Assets, Serving};
use axum::extract::FromRef;
use http::HeaderMap;
use hub::{
    Hub,
    accounts::{Device, Visitor},
};
use ipnet::IpNet;
use leptos::prelude::LeptosOptions;

/// Cheap to clone: one for each request.
#[derive(Clone)]
pub(crate) struct AppState {
    pub(crate) hub: Hub,
    pub(crate) assets: Assets,
    pub(crate) serving: Serving,
    /// The folder that files are served from.
    pub(crate) site: Arc<PathBuf>,
    pub(crate) trusted_proxies: Arc<[IpNet]>,
    pub(crate) leptos: LeptosOptions,
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.leptos.clone()
    }
}

impl AppState {
    pub(crate) fn new(
        hub: Hub,
        serving: Serving,
        site: (Assets, PathBuf),
        proxies: Vec<IpNet>,
    ) -> Self {
        let (assets, folder) = site;
        Self {
            hub,
            assets,
            serving,
            site: Arc::new(folder),
            trusted_proxies: proxies.into(),
            leptos: LeptosOptions::builder().output_name("app").build(),
        }
    }

    /// Whether people reach the hub by https, so that cookies may insist on it.
    pub(crate) fn is_https(&self) -> bool {
        self.hub.public_url().scheme() == "https"
    }

    /// Passwords travel over https, or stay on the machine.
    pub(crate) fn sign_in_allowed(&self, peer: IpAddr) -> bool {
        self.is_https() || peer.to_canonical().is_loopback()
    }

    /// Who is at the door.
    pub(crate) fn visitor(&self, headers: &HeaderMap, peer: SocketAddr) -> Visitor {
        let browser = headers
            .get(http::header::USER_AGENT)
            .and_then(|value| value.to_str().ok());
        Visitor {
            address: self.client_ip(headers, peer),
            device: Device::from_user_agent(browser.unwrap_or_default()),
        }
    }

    /// Whose request it is: the last address that no trusted proxy of ours wrote down.
    pub(crate) fn client_ip(&self, headers: &HeaderMap, peer: SocketAddr) -> IpAddr {
        let trusted = |address: &IpAddr| {
            self.trusted_proxies
                .iter()
                .any(|network| network.contains(address))
        };
        let hops: Vec<&str> = headers
            .get_all("x-forwarded-for")
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .collect();
        let mut client = peer.ip().to_canonical();
        for hop in hops.into_iter().rev() {
            // What stands left of a hop that cannot be read may be anybody's invention.
            let Some(hop) = read_hop(hop).filter(|_| trusted(&client)) else {
                break;
            };
            client = hop;
        }
        client
    }
}

/// An address, with or without a port; an IPv4 address in IPv6 clothes is an IPv4 address.
fn read_hop(word: &str) -> Option<IpAddr> {
    let word = word.trim();
    let address = word.parse::<IpAddr>().ok();
    let with_port = || word.parse::<SocketAddr>().ok().map(|hop| hop.ip());
    address.or_else(with_port).map(|hop| hop.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hop_is_read_in_every_form_that_proxies_write() {
        let address = Some(IpAddr::from([192, 0, 2, 7]));
        for word in [
            "192.0.2.7",
            " 192.0.2.7:5678",
            "::ffff:192.0.2.7",
            "[::ffff:192.0.2.7]:80",
        ] {
            assert_eq!(read_hop(word), address, "{word}");
        }
        assert_eq!(read_hop("unknown"), None);
    }
}
