//! What people see: one crate, compiled twice.
//!
//! With `ssr` it is the pages that the server renders; with `hydrate` it is only the islands,
//! the little that runs in the browser. Start with `App` in `shell.rs` (every page's address, by
//! audience), then a page under `pages/`. [`islands`] and [`api`] are all that both halves share.

#![allow(
    unreachable_pub,
    reason = "leptos' component macro writes `pub` for what we keep to the crate"
)]

#[cfg(all(feature = "ssr", feature = "hydrate"))]
compile_error!("`ssr` is for the server and `hydrate` for the browser: choose one");

pub mod api;
pub mod islands;

#[cfg(feature = "ssr")]
mod brand;
#[cfg(feature = "ssr")]
mod components;
#[cfg(feature = "ssr")]
mod context;
#[cfg(feature = "ssr")]
mod forms;
#[cfg(feature = "ssr")]
mod found_by;
#[cfg(feature = "ssr")]
mod load;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod shell;

#[cfg(feature = "ssr")]
pub use {
    brand::{BRAND_PATH, BrandSheet, favicon},
    context::{
        Assets, DraftCookie, Failed, FoundByOfficer, FreshCodes, IslandAssets, Refused, RequestId,
        Serving, ShortlistCookie, SignedIn, SigningIn, ThisSession, Unsent,
    },
    forms::Form,
    load::status_of,
    pages::desk::{ReturnTo, Tab, span_of, to_the_second},
    pages::problem::wait_until,
    shell::{App, shell},
};

/// Called by the browser once, before the first island comes alive.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
