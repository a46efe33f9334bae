//! The document around every page, and the address of each page.

use leptos::prelude::*;
use leptos_meta::{MetaTags, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    path,
};

use crate::{
    brand::BrandSheet,
    context::{Assets, Failed, IslandAssets, council},
    found_by,
    load::problem,
    pages::{
        about::{AccessibilityPage, CookiesPage, PrivacyPage},
        admin::{
            AdminPage, InvitePage, PeoplePage, PersonPage,
            settings::{HistoryPage, ItemPage, SectionPage, SettingsPage, VersionPage},
        },
        ask::{AskSentPage, AskStartPage, AskStepPage},
        design::DesignPage,
        desk::{
            AccountPage, AwayPage, CallLoggedPage, CallPage, CodePage, DailyCheckPage, DeskPage,
            EnquiryFilePage, FindPage, InvitationPage, MailboxesPage, NotAcknowledgedPage,
            PasswordPage, QuarantinePage, RecoveryCodePage, RecoveryCodesPage, SearchesPage,
            SecondStepPage, SetUpPage, SignInPage, UndeliveredMailPage, UndeliveredPage,
        },
        enquiry::EnquiryPage,
        guides::{GuidePage, GuidesPage},
        home::HomePage,
        local_offer::{ListingPage, MyListPage, ResultsPage},
        our_promise::OurPromisePage,
        problem::NotFoundPage,
    },
};

/// The HTML document around a page.
pub fn shell() -> impl IntoView {
    // Nothing outside an island is hydrated, so no page carries the data it was made from.
    if let Some(context) = Owner::current_shared_context() {
        context.set_is_hydrating(false);
    }
    let assets = use_context::<Assets>().unwrap_or_default();
    let look = council().look;
    view! {
        <!DOCTYPE html>
        <html lang="en-GB" class="govuk-template">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="theme-color" content=look.primary.to_string()/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="stylesheet" href=assets.css.to_string()/>
                <link rel="stylesheet" href=BrandSheet::of(&look).address()/>
                <script type="module" src=assets.script.to_string()></script>
                {assets.islands.map(island_loader)}
                {found_by::told()}
                <MetaTags/>
            </head>
            <body class="govuk-template__body">
                <App/>
            </body>
        </html>
    }
}

/// Leptos' own hydration script would fetch the WebAssembly on every page. This one waits until
/// a person touches an island.
fn island_loader(files: IslandAssets) -> impl IntoView {
    view! {
        <script
            type="module"
            src=files.loader.to_string()
            data-islands
            data-module=files.module.to_string()
            data-wasm=files.wasm.to_string()
        ></script>
    }
}

/// Every page by its address, grouped by who it is for.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    if let Some(Failed(error)) = use_context::<Failed>() {
        return problem(&error);
    }
    view! {
        <Router>
            <Routes fallback=|| view! { <NotFoundPage/> }>
                // Everybody
                <Route path=path!("/") view=HomePage ssr=SsrMode::Async/>
                <Route path=path!("/local-offer") view=ResultsPage ssr=SsrMode::Async/>
                <Route path=path!("/local-offer/my-list") view=MyListPage ssr=SsrMode::Async/>
                <Route path=path!("/local-offer/:slug") view=ListingPage ssr=SsrMode::Async/>
                <Route path=path!("/guides") view=GuidesPage ssr=SsrMode::Async/>
                <Route path=path!("/guides/:slug") view=GuidePage ssr=SsrMode::Async/>
                <Route path=path!("/our-promise") view=OurPromisePage ssr=SsrMode::Async/>
                <Route path=path!("/accessibility") view=AccessibilityPage ssr=SsrMode::Async/>
                <Route path=path!("/privacy") view=PrivacyPage ssr=SsrMode::Async/>
                <Route path=path!("/cookies") view=CookiesPage ssr=SsrMode::Async/>
                // Those who ask
                <Route path=path!("/ask") view=AskStartPage ssr=SsrMode::Async/>
                <Route path=path!("/ask/sent") view=AskSentPage ssr=SsrMode::Async/>
                <Route path=path!("/ask/:step") view=AskStepPage ssr=SsrMode::Async/>
                <Route path=path!("/enquiry/:token") view=EnquiryPage ssr=SsrMode::Async/>
                // Officers
                <Route path=path!("/desk/sign-in") view=SignInPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/sign-in/code") view=CodePage ssr=SsrMode::Async/>
                <Route
                    path=path!("/desk/sign-in/recovery-code")
                    view=RecoveryCodePage
                    ssr=SsrMode::Async
                />
                <Route path=path!("/desk/sign-in/set-up") view=SetUpPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/invitation/:token") view=InvitationPage ssr=SsrMode::Async/>
                <Route path=path!("/desk") view=DeskPage ssr=SsrMode::Async/>
                <Route
                    path=path!("/desk/enquiry/:reference")
                    view=EnquiryFilePage
                    ssr=SsrMode::Async
                />
                <Route path=path!("/desk/undelivered") view=UndeliveredPage ssr=SsrMode::Async/>
                <Route
                    path=path!("/desk/undelivered/:mail")
                    view=UndeliveredMailPage
                    ssr=SsrMode::Async
                />
                <Route path=path!("/desk/quarantine") view=QuarantinePage ssr=SsrMode::Async/>
                <Route path=path!("/desk/not-acknowledged") view=NotAcknowledgedPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/call") view=CallPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/call/:reference") view=CallLoggedPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/find") view=FindPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/searches") view=SearchesPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/daily-check") view=DailyCheckPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/mailboxes") view=MailboxesPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/account") view=AccountPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/account/away") view=AwayPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/account/password") view=PasswordPage ssr=SsrMode::Async/>
                <Route
                    path=path!("/desk/account/second-step")
                    view=SecondStepPage
                    ssr=SsrMode::Async
                />
                <Route
                    path=path!("/desk/account/recovery-codes")
                    view=RecoveryCodesPage
                    ssr=SsrMode::Async
                />
                // Administrators
                <Route path=path!("/admin") view=AdminPage ssr=SsrMode::Async/>
                <Route path=path!("/admin/people") view=PeoplePage ssr=SsrMode::Async/>
                <Route path=path!("/admin/people/invite") view=InvitePage ssr=SsrMode::Async/>
                <Route path=path!("/admin/people/:id") view=PersonPage ssr=SsrMode::Async/>
                <Route path=path!("/admin/settings") view=SettingsPage ssr=SsrMode::Async/>
                <Route path=path!("/admin/settings/history") view=HistoryPage ssr=SsrMode::Async/>
                <Route
                    path=path!("/admin/settings/history/:version")
                    view=VersionPage
                    ssr=SsrMode::Async
                />
                <Route path=path!("/admin/settings/:section") view=SectionPage ssr=SsrMode::Async/>
                <Route
                    path=path!("/admin/settings/:section/:item")
                    view=ItemPage
                    ssr=SsrMode::Async
                />
                // Those who build the hub, with the sample council
                <Route path=path!("/design") view=DesignPage ssr=SsrMode::Async/>
            </Routes>
        </Router>
    }
    .into_any()
}
