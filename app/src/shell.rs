//! The document around every page, and the address of each page.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_meta::{MetaTags, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    path,
};

use crate::pages::home::HomePage;

/// Where the style sheet and the scripts are served from today (their names carry a hash).
#[derive(Debug, Clone, Default)]
pub struct Assets {
    /// `site.css`
    pub css: Arc<str>,
    /// `script.js`, the small script of the patterns in use
    pub script: Arc<str>,
}

/// The HTML document around a page.
pub fn shell() -> impl IntoView {
    // Nothing outside an island is hydrated, so no page carries the data it was made from.
    if let Some(context) = Owner::current_shared_context() {
        context.set_is_hydrating(false);
    }
    let assets = use_context::<Assets>().unwrap_or_default();
    view! {
        <!DOCTYPE html>
        <html lang="en-GB">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <link rel="stylesheet" href=assets.css.to_string()/>
                <script type="module" src=assets.script.to_string()></script>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

/// Every page by its address, grouped by who it is for.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <Routes fallback=|| "Page not found">
                <Route path=path!("/") view=HomePage ssr=SsrMode::Async/>
            </Routes>
        </Router>
    }
}
