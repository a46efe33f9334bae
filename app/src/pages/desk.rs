//! The officers' desk: signing in, the queue, and one enquiry's file.
//!
//! Every page here but the sign-in asks who is signed in first and sends anybody else there, with
//! the way back. What may be done is decided in the hub, not here. Start with `queue.rs`.

mod account;
mod call;
mod daily_check;
mod enquiry_file;
mod escalated;
mod found;
mod invitation;
mod mailboxes;
mod narrowing;
mod not_acknowledged;
pub(super) mod offered;
mod paging;
mod quarantine;
mod queue;
mod recovery_codes;
mod return_to;
mod searches;
mod second_step;
mod settled;
mod sign_in;
mod tab;
mod to_remind;
mod undelivered;
pub(super) mod words;

use http::{HeaderValue, StatusCode, header::LOCATION, request::Parts};
use hub::{Actor, Hub, Officer};
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

pub(super) use self::account::{away_form, away_values};
pub(crate) use self::{
    account::{AccountPage, AwayPage, PasswordPage, SecondStepPage},
    call::{CallLoggedPage, CallPage},
    daily_check::DailyCheckPage,
    enquiry_file::EnquiryFilePage,
    found::FindPage,
    invitation::InvitationPage,
    mailboxes::MailboxesPage,
    not_acknowledged::NotAcknowledgedPage,
    quarantine::QuarantinePage,
    queue::DeskPage,
    recovery_codes::RecoveryCodesPage,
    searches::SearchesPage,
    second_step::{CodePage, RecoveryCodePage, SetUpPage},
    sign_in::SignInPage,
    undelivered::{UndeliveredMailPage, UndeliveredPage},
};
pub use self::{return_to::ReturnTo, searches::span_of, tab::Tab, words::to_the_second};
use crate::{
    components::{BackTo, NavigationLink, Page, PageWidth, Reader},
    context::{hub, signed_in, site},
    load::{load, set_status},
};

/// What the frame of a desk page says.
pub(super) struct Head {
    pub(super) title: String,
    pub(super) errors: Vec<(String, String)>,
    pub(super) back: Option<BackTo>,
}

impl Head {
    /// Of a page below the desk, without a form that was refused.
    pub(super) fn below_desk(title: &str) -> Self {
        Self {
            title: title.to_owned(),
            errors: Vec::new(),
            back: Some(BackTo {
                href: "/desk".to_owned(),
                text: "Back to the desk".to_owned(),
            }),
        }
    }
}

/// A list below the desk for whoever is signed in: `read` brings it, `body` draws what stands under its heading.
fn list_page<T, F>(
    title: &'static str,
    read: impl FnOnce(Hub, Actor) -> F,
    body: impl FnOnce(T, &Officer, Date) -> AnyView + Send + 'static,
) -> AnyView
where
    T: Send + 'static,
    F: Future<Output = Result<T, hub::Error>> + Send + 'static,
{
    let Some(officer) = signed_in() else {
        return to_sign_in();
    };
    let hub = hub();
    let today = hub.today();
    let list = read(hub, Actor::Officer(officer.clone()));
    load(list, move |list| {
        let body = view! {
            <h1 class="govuk-heading-l">{title}</h1>
            {body(list, &officer, today)}
        };
        desk_page(&officer, Head::below_desk(title), body.into_any())
    })
}

/// A page of the desk for a signed-in officer.
fn desk_page(officer: &Officer, head: Head, body: AnyView) -> AnyView {
    framed(officer, head, "/desk", body)
}

/// The same for what is not the desk itself, such as one's account: `current` names its link.
pub(super) fn framed(
    officer: &Officer,
    head: Head,
    current: &'static str,
    body: AnyView,
) -> AnyView {
    view! {
        <Page
            site=site()
            title=head.title
            errors=head.errors
            back=head.back
            current=current
            navigation=NavigationLink::officers(officer.role)
            account=sign_out(officer.name.clone())
            width=PageWidth::Wide
            reader=Reader::Officer
        >
            {body}
        </Page>
    }
    .into_any()
}

fn sign_out(name: String) -> AnyView {
    view! {
        <form method="post" action="/desk/sign-out" class="hub-account">
            <a class="govuk-link hub-account__name" href="/desk/account">
                {name}
                <span class="govuk-visually-hidden">": your account"</span>
            </a>
            " "
            <button type="submit" class="hub-link-button">"Sign out"</button>
        </form>
    }
    .into_any()
}

/// Sends a person who is not signed in to the sign-in, with the way back to where they were going.
pub(super) fn to_sign_in() -> AnyView {
    let here = use_context::<Parts>()
        .and_then(|parts| ReturnTo::read(parts.uri.path_and_query()?.as_str()));
    let address = here.map_or_else(
        || ReturnTo::SIGN_IN.to_owned(),
        |here| here.sign_in_address(),
    );
    see_other(&address);
    view! { <p><a href=ReturnTo::SIGN_IN>"Sign in"</a></p> }.into_any()
}

/// Sends a person to the page that comes next: in the middle of signing in, or once it is found.
fn go_on_at(address: &str) -> AnyView {
    see_other(address);
    view! { <p><a href=address.to_owned()>"Go on"</a></p> }.into_any()
}

fn see_other(address: &str) {
    // leptos_axum's own redirect answers 200 unless the request asks for HTML by name, and panics
    // on what may not stand in a header.
    if let (Some(response), Ok(address)) = (
        use_context::<ResponseOptions>(),
        HeaderValue::try_from(address),
    ) {
        response.insert_header(LOCATION, address);
        set_status(StatusCode::SEE_OTHER);
    }
}
