//! The three cookies, all essential: which draft is this browser's, who is signed in or about to be, and which
//! services this browser keeps.

use std::str::FromStr;

use axum_extra::extract::{
    CookieJar,
    cookie::{Cookie, SameSite},
};
use domain::shortlist::Shortlist;
use http::{HeaderMap, HeaderName, HeaderValue, header::SET_COOKIE};
use hub::{DraftToken, HalfToken, SessionToken};

use crate::state::AppState;

const DRAFT: &str = "send_hub_draft";
const SESSION: &str = "send_hub_session";
const SHORTLIST: &str = "send_hub_list";
/// A school holiday is shorter; a list that nobody touches for so long is forgotten.
const SHORTLIST_SECONDS: u32 = 90 * 24 * 60 * 60;

/// Whose draft it is.
pub(crate) fn draft_token(state: &AppState, headers: &HeaderMap) -> Option<DraftToken> {
    read(state, headers, DRAFT)
}

/// Who is signed in.
pub(crate) fn session_token(state: &AppState, headers: &HeaderMap) -> Option<SessionToken> {
    read(state, headers, SESSION)
}

/// Who gave the right password, and has still to take the second step. It stands in the session's cookie: it
/// becomes one.
pub(crate) fn half_token(state: &AppState, headers: &HeaderMap) -> Option<HalfToken> {
    read(state, headers, SESSION)
}

/// Keeps half of a sign-in for this browser.
pub(crate) fn set_half(state: &AppState, token: &HalfToken) -> (HeaderName, HeaderValue) {
    write(state, SESSION, token.to_cookie(), None)
}

/// Keeps a draft for this browser: 24 hours, as long as the draft itself.
pub(crate) fn set_draft(state: &AppState, token: &DraftToken) -> (HeaderName, HeaderValue) {
    write(state, DRAFT, token.to_cookie(), Some(24 * 60 * 60))
}

/// Signs this browser in, until it is closed or the session ends.
pub(crate) fn set_session(state: &AppState, token: &SessionToken) -> (HeaderName, HeaderValue) {
    write(state, SESSION, token.to_cookie(), None)
}

/// Signs this browser out.
pub(crate) fn clear_session(state: &AppState) -> (HeaderName, HeaderValue) {
    write(state, SESSION, String::new(), Some(0))
}

/// The services that this browser keeps; none without the cookie.
pub(crate) fn shortlist(state: &AppState, headers: &HeaderMap) -> Shortlist {
    let jar = CookieJar::from_headers(headers);
    jar.get(&full_name(state, SHORTLIST))
        .map(|cookie| Shortlist::from_cookie(cookie.value()))
        .unwrap_or_default()
}

/// Keeps a list in this browser; an empty one needs no cookie.
pub(crate) fn set_shortlist(state: &AppState, list: &Shortlist) -> (HeaderName, HeaderValue) {
    let seconds = if list.is_empty() {
        0
    } else {
        SHORTLIST_SECONDS
    };
    write(state, SHORTLIST, list.to_cookie(), Some(seconds))
}

fn read<T: FromStr>(state: &AppState, headers: &HeaderMap, name: &str) -> Option<T> {
    let jar = CookieJar::from_headers(headers);
    jar.get(&full_name(state, name))?.value().parse().ok()
}

/// `__Host-` makes browsers refuse the cookie from anywhere but this very host over https.
fn full_name(state: &AppState, name: &str) -> String {
    if state.is_https() {
        format!("__Host-{name}")
    } else {
        name.to_owned()
    }
}

fn write(
    state: &AppState,
    name: &str,
    value: String,
    seconds: Option<u32>,
) -> (HeaderName, HeaderValue) {
    let cookie = Cookie::build((full_name(state, name), value))
        .path("/")
        .http_only(true)
        .secure(state.is_https())
        .same_site(SameSite::Lax)
        .build();
    let mut text = cookie.to_string();
    if let Some(seconds) = seconds {
        text.push_str(&format!("; Max-Age={seconds}"));
    }
    let value = HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""));
    (SET_COOKIE, value)
}
