//! Every address of the hub, and whom it is for. Pages are drawn by `app` (its `App` lists them); what stands here
//! besides is what they post to, files, and health.
//!
//! No address can be added without saying its [`Audience`]: a page that [`PAGES`] does not name is not served. A test
//! asks for each as nobody and as every role (`server/tests/permissions.rs`); `send-hub routes` prints them.

use std::{convert::Infallible, fmt};

use Audience::{Everybody, Machines, Officers};
use axum::{
    Router,
    handler::Handler,
    routing::{MethodRouter, get, post},
};
use http::{Method, StatusCode};
use hub::policy::{Act, TABLE};
use leptos_axum::{LeptosRoutes, generate_route_list};
use metrics_exporter_prometheus::PrometheusHandle;

use crate::{
    http::{
        account, admin_people, admin_settings, ask, brand, crawlers, desk, desk_calls, desk_mail,
        desk_mail_fates, desk_mailboxes, desk_searches, files, health, islands, my_list, render,
        second_step, sign_in, undelivered,
    },
    middleware,
    state::AppState,
};

/// Whom an address is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Audience {
    /// Anybody; some need a draft's cookie or a private link to find something there.
    Everybody,
    /// Those who are signed in and may do this. Others are sent to sign in, or find nothing (404).
    Officers(Act),
    /// Programs that watch over this one.
    Machines,
}

/// One address.
#[derive(Debug, Clone)]
pub(crate) struct Address {
    method: Method,
    path: &'static str,
    audience: Audience,
}

/// The pages, in the order of `app/src/shell.rs`.
#[rustfmt::skip]
const PAGES: [(&str, Audience); 46] = [
    ("/",                           Everybody),
    ("/local-offer",                Everybody),
    ("/local-offer/my-list",        Everybody),
    ("/local-offer/{slug}",         Everybody),
    ("/guides",                     Everybody),
    ("/guides/{slug}",              Everybody),
    ("/our-promise",                Everybody),
    ("/accessibility",              Everybody),
    ("/privacy",                    Everybody),
    ("/cookies",                    Everybody),
    ("/ask",                        Everybody),
    ("/ask/sent",                   Everybody),
    ("/ask/{step}",                 Everybody),
    ("/enquiry/{token}",            Everybody),
    ("/desk/sign-in",               Everybody),
    ("/desk/sign-in/code",          Everybody),
    ("/desk/sign-in/recovery-code", Everybody),
    ("/desk/sign-in/set-up",        Everybody),
    ("/desk/invitation/{token}",    Everybody),
    ("/desk",                       Officers(Act::ReadQueue)),
    ("/desk/enquiry/{reference}",   Officers(Act::OpenFile)),
    ("/desk/undelivered",           Officers(Act::ReadUndelivered)),
    ("/desk/undelivered/{mail}",    Officers(Act::OpenUndelivered)),
    ("/desk/quarantine",            Officers(Act::ReadQuarantine)),
    ("/desk/not-acknowledged",      Officers(Act::ReadNotAcknowledged)),
    ("/desk/call",                  Officers(Act::LogCall)),
    ("/desk/call/{reference}",      Officers(Act::LogCall)),
    ("/desk/find",                  Officers(Act::FindEnquiries)),
    ("/desk/searches",              Officers(Act::ReadSearches)),
    ("/desk/mailboxes",             Officers(Act::ReadMailboxes)),
    ("/desk/daily-check",           Officers(Act::ProvePromises)),
    ("/desk/account",               Officers(Act::ReadOwnAccount)),
    ("/desk/account/away",          Officers(Act::ReadOwnAccount)),
    ("/desk/account/password",      Officers(Act::ReadOwnAccount)),
    ("/desk/account/second-step",   Officers(Act::ReadOwnAccount)),
    ("/desk/account/recovery-codes", Officers(Act::ReadOwnAccount)),
    ("/admin/people",               Officers(Act::ManageAccounts)),
    ("/admin/people/invite",        Officers(Act::ManageAccounts)),
    ("/admin/people/{id}",          Officers(Act::ManageAccounts)),
    ("/design",                     Everybody),
    ("/admin",                      Officers(Act::ReadSettings)),
    ("/admin/settings",             Officers(Act::ReadSettings)),
    ("/admin/settings/history",     Officers(Act::ReadSettings)),
    ("/admin/settings/history/{version}", Officers(Act::ReadSettings)),
    ("/admin/settings/{section}",   Officers(Act::ReadSettings)),
    ("/admin/settings/{section}/{item}", Officers(Act::ReadSettings)),
];

/// Everything that is no page.
#[rustfmt::skip]
fn endpoints() -> Endpoints {
    Endpoints::default()
        .get("/api/{*function}",                        Everybody, islands::answer)
        // Those who look for services
        .post("/local-offer/my-list",                   Everybody, my_list::change)
        // Those who ask
        .post("/ask",                                   Everybody, ask::start)
        .post("/ask/{step}",                            Everybody, ask::answer)
        .post("/enquiry/{token}",                       Everybody, ask::follow_up)
        // Officers
        .post("/desk/sign-in",                          Everybody, sign_in::sign_in)
        .post("/desk/sign-in/code",                     Everybody, second_step::code)
        .post("/desk/sign-in/recovery-code",            Everybody, second_step::recovery_code)
        .post("/desk/sign-in/set-up",                   Everybody, second_step::set_up)
        .post("/desk/sign-out",                         Everybody, sign_in::sign_out)
        .post("/desk/invitation/{token}",               Everybody, sign_in::accept)
        .post("/desk/account/away",                     Officers(Act::ChangeOwnAccount), account::away)
        .post("/desk/account/password",                 Officers(Act::ChangeOwnAccount), account::password)
        .post("/desk/account/second-step",              Officers(Act::ChangeOwnAccount), account::second_step)
        .post("/desk/account/second-step/remove",       Officers(Act::ChangeOwnAccount), account::remove_second_step)
        .post("/desk/account/recovery-codes",           Officers(Act::ChangeOwnAccount), account::recovery_codes)
        .post("/desk/account/sessions/{session}/end",   Officers(Act::ChangeOwnAccount), account::end_session)
        .post("/desk/account/sessions/end-others",      Officers(Act::ChangeOwnAccount), account::end_other_sessions)
        .post("/desk/enquiry/{reference}/reply",        Officers(Act::Reply), desk::reply)
        .post("/desk/enquiry/{reference}/reply/save",   Officers(Act::Reply), desk::save_reply)
        .post("/desk/enquiry/{reference}/holding-reply", Officers(Act::HoldingReply), desk::holding_reply)
        .post("/desk/enquiry/{reference}/pause",        Officers(Act::PauseEnquiry), desk::pause)
        .post("/desk/enquiry/{reference}/end-pause",    Officers(Act::PauseEnquiry), desk::end_pause)
        .post("/desk/enquiry/{reference}/note",         Officers(Act::WriteNote), desk::note)
        .post("/desk/enquiry/{reference}/conversation", Officers(Act::RecordConversation), desk::conversation)
        .post("/desk/enquiry/{reference}/assign",       Officers(Act::TakeEnquiry), desk::assign)
        .post("/desk/enquiry/{reference}/close",        Officers(Act::CloseEnquiry), desk::close)
        .post("/desk/enquiry/{reference}/join",         Officers(Act::JoinEnquiries), desk_mail::join)
        .post("/desk/quarantine/{incoming}/enquiry",    Officers(Act::FileQuarantined), desk_mail::make_enquiry)
        .post("/desk/quarantine/{incoming}/aside",      Officers(Act::SetMailAside), desk_mail::set_aside)
        .get("/desk/incoming/{incoming}",               Officers(Act::ReadWholeMail), desk_mail::whole_mail)
        .get("/desk/attachment/{message}/{ordinal}",    Officers(Act::ReadAttachment), desk_mail::attachment)
        .post("/desk/enquiry/{reference}/rang",         Officers(Act::RecordConversation), desk::rang)
        .post("/desk/enquiry/{reference}/reminded",     Officers(Act::RecordConversation), desk::reminded)
        .post("/desk/enquiry/{reference}/pass-on",      Officers(Act::PassOn), desk::pass_on)
        .post("/desk/call",                             Officers(Act::LogCall), desk_calls::log)
        .post("/desk/find",                             Officers(Act::FindEnquiries), desk_calls::find)
        .get("/desk/searches.csv",                      Officers(Act::ReadSearches), desk_searches::file)
        .get("/desk/mails.csv",                         Officers(Act::ListMailFates), desk_mail_fates::file)
        .post("/desk/mail/{mail}/take-back",            Officers(Act::TakeBack), undelivered::take_back)
        .post("/desk/undelivered/{mail}/send-again",    Officers(Act::SendMailAgain), undelivered::send_again)
        .post("/desk/undelivered/{mail}/elsewhere",     Officers(Act::SendElsewhere), undelivered::elsewhere)
        .post("/desk/undelivered/{mail}/clear",         Officers(Act::ClearMail), undelivered::clear)
        .post("/desk/mailboxes/{mailbox}/{place}/take-again", Officers(Act::SeeToMail), desk_mailboxes::take_again)
        .post("/desk/mailboxes/{mailbox}/{place}/seen-to", Officers(Act::SeeToMail), desk_mailboxes::seen_to)
        // Administrators
        .post("/admin/people/invite",                   Officers(Act::ManageAccounts), admin_people::invite)
        .post("/admin/people/invitations/{id}/send-again", Officers(Act::ManageAccounts), admin_people::invite_again)
        .post("/admin/people/invitations/{id}/take-back", Officers(Act::ManageAccounts), admin_people::take_back)
        .post("/admin/people/{id}",                     Officers(Act::ManageAccounts), admin_people::change)
        .post("/admin/people/{id}/away",                Officers(Act::ManageAccounts), admin_people::away)
        .post("/admin/people/{id}/disable",             Officers(Act::ManageAccounts), admin_people::disable)
        .post("/admin/people/{id}/enable",              Officers(Act::ManageAccounts), admin_people::enable)
        .post("/admin/people/{id}/reset-second-step",   Officers(Act::ManageAccounts), admin_people::reset_second_step)
        .post("/admin/people/{id}/send-password-link",  Officers(Act::ManageAccounts), admin_people::send_password_link)
        .post("/admin/people/{id}/end-sessions",        Officers(Act::ManageAccounts), admin_people::end_sessions)
        .post("/admin/settings/history/{version}",      Officers(Act::ChangeSettings), admin_settings::put_back)
        .post("/admin/settings/{section}",              Officers(Act::ChangeSettings), admin_settings::change)
        .post("/admin/settings/{section}/{item}",       Officers(Act::ChangeSettings), admin_settings::change_item)
        // Files, besides those of the site's folder
        .get(app::BRAND_PATH,                           Everybody, brand::sheet)
        .get("/favicon.svg",                            Everybody, brand::favicon)
        .get("/robots.txt",                             Everybody, crawlers::robots)
        .get("/sitemap.xml",                            Everybody, crawlers::sitemap)
        // Machines
        .get("/healthz",                                Machines, health::healthz)
        .get("/readyz",                                 Machines, health::readyz)
}

/// Everything that the public listener serves.
pub(crate) fn router(state: AppState) -> Router {
    let mut pages = generate_route_list(app::App);
    pages.retain(|page| PAGES.iter().any(|(path, _)| *path == page.path()));
    let contexts = {
        let state = state.clone();
        move || render::provide_contexts(&state)
    };
    let routes = endpoints()
        .router
        .leptos_routes_with_context(&state, pages, contexts, app::shell)
        .fallback(files::file_or_not_found);
    middleware::wrap(routes, &state).with_state(state)
}

/// What the metrics' own listener serves.
pub(crate) fn metrics(hub: hub::Hub, recorder: PrometheusHandle) -> Router {
    Router::new()
        .route("/metrics", get(health::metrics))
        .fallback(|| async { StatusCode::NOT_FOUND })
        .with_state((hub, recorder))
}

/// Every address that [`router`] serves, but for files.
pub(crate) fn addresses() -> Vec<Address> {
    let pages = PAGES.iter().map(|(path, audience)| Address {
        method: Method::GET,
        path,
        audience: *audience,
    });
    pages.chain(endpoints().addresses).collect()
}

/// A router that remembers what it serves, and for whom.
#[derive(Default)]
struct Endpoints {
    router: Router<AppState>,
    addresses: Vec<Address>,
}

impl Endpoints {
    fn get<H, T>(self, path: &'static str, audience: Audience, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        self.add(Method::GET, path, audience, get(handler))
    }

    fn post<H, T>(self, path: &'static str, audience: Audience, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        self.add(Method::POST, path, audience, post(handler))
    }

    fn add(
        mut self,
        method: Method,
        path: &'static str,
        audience: Audience,
        handler: MethodRouter<AppState, Infallible>,
    ) -> Self {
        self.addresses.push(Address {
            method,
            path,
            audience,
        });
        self.router = self.router.route(path, handler);
        self
    }
}

impl fmt::Display for Audience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Everybody => f.write_str("everybody"),
            Officers(act) => {
                let row = TABLE.iter().find(|row| row.act == *act);
                f.write_str(row.map_or("nobody", |row| row.words))
            }
            Machines => f.write_str("machines"),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\t{}\t{}", self.method, self.path, self.audience)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_named_with_its_audience() {
        let drawn = generate_route_list(app::App);
        let drawn: Vec<_> = drawn.iter().map(|page| page.path()).collect();
        for path in &drawn {
            let named = PAGES.iter().any(|(named, _)| named == path);
            assert!(named, "say in PAGES whom {path} is for");
        }
        assert_eq!(drawn.len(), PAGES.len());
    }
}
