//! What every handler works with.

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    sync::Arc,
};

use app::Assets;
use axum::extract::FromRef;
use http::HeaderMap;
use hub::Hub;
use ipnet::IpNet;
use leptos::prelude::LeptosOptions;

/// Cheap to clone: one for each request.
#[derive(Clone)]
pub(crate) struct AppState {
    pub(crate) hub: Hub,
    pub(crate) assets: Assets,
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
    pub(crate) fn new(hub: Hub, assets: Assets, site: PathBuf, proxies: Vec<IpNet>) -> Self {
        Self {
            hub,
            assets,
            site: Arc::new(site),
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
        self.is_https() || peer.is_loopback()
    }

    /// Whose request it is: the last address that no trusted proxy of ours wrote down.
    pub(crate) fn client_ip(&self, headers: &HeaderMap, peer: SocketAddr) -> IpAddr {
        let trusted = |address: &IpAddr| {
            self.trusted_proxies
                .iter()
                .any(|network| network.contains(address))
        };
        let forwarded: Vec<IpAddr> = headers
            .get_all("x-forwarded-for")
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .filter_map(|word| word.trim().parse().ok())
            .collect();
        let mut client = peer.ip();
        for hop in forwarded.into_iter().rev() {
            if !trusted(&client) {
                break;
            }
            client = hop;
        }
        client
    }
}
