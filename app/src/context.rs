//! What the server hands to every page, found with leptos' `use_context`.

use std::sync::Arc;

use domain::{council::Council, form::Fields, ids::SessionId, shortlist::Shortlist};
use hub::{DraftToken, HalfToken, Hub, Officer, accounts::RecoveryCodes};
use leptos::prelude::*;

use crate::{
    components::{Help, Site},
    forms::Form,
};

/// Where the style sheet and the scripts are served from today (their names carry a hash).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Assets {
    /// `site.css`
    pub css: Arc<str>,
    /// `script.js`, the small script of the patterns in use
    pub script: Arc<str>,
    /// What starts the islands; `None` where the browser's half was not built.
    pub islands: Option<IslandAssets>,
}

/// The three files behind every island.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IslandAssets {
    /// Starts an island when a person first touches it.
    pub loader: Arc<str>,
    /// The JavaScript beside the WebAssembly.
    pub module: Arc<str>,
    /// The WebAssembly.
    pub wasm: Arc<str>,
}

/// Whose services and officers the server shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Serving {
    /// A council's own.
    #[default]
    Council,
    /// Those of the sample: for trying the hub out and for building it.
    Sample,
}

/// The request's id: what a person quotes from an error page.
#[derive(Debug, Clone, Default)]
pub struct RequestId(pub String);

/// Who is signed in, if anybody.
#[derive(Debug, Clone, Default)]
pub struct SignedIn(pub Option<Officer>);

/// In which session they are signed in.
#[derive(Debug, Clone, Copy, Default)]
pub struct ThisSession(pub Option<SessionId>);

/// Who gave the right password and has still to take the second step.
#[derive(Debug, Clone, Default)]
pub struct SigningIn(pub Option<HalfToken>);

/// The enquiries that an officer looked for just now: their names stand in no address.
#[derive(Debug, Clone)]
pub struct FoundByOfficer(pub hub::desk::Found);

/// Recovery codes that were made just now: shown once.
#[derive(Debug, Clone)]
pub struct FreshCodes(pub RecoveryCodes);

/// The essential cookie that says which half-written enquiry is this browser's.
#[derive(Debug, Clone, Default)]
pub struct DraftCookie(pub Option<DraftToken>);

/// The services that this browser keeps: in an essential cookie, and nowhere else.
#[derive(Debug, Clone, Default)]
pub struct ShortlistCookie(pub Shortlist);

/// The form that was refused, to be shown again as it was typed.
#[derive(Debug, Clone)]
pub struct Refused(pub Form);

/// An error that the server met outside a page, to be told as a page.
#[derive(Debug, Clone)]
pub struct Failed(pub Arc<hub::Error>);

/// The form that could not be taken: its words stand on the page that says why, to be sent again.
#[derive(Debug, Clone)]
pub struct Unsent {
    /// The address that it was sent to.
    pub action: String,
    /// What was typed.
    pub fields: Fields,
}

impl Unsent {
    /// The fields that hold what somebody wrote, with what each is. They are shown; the others only travel with them.
    pub(crate) const WRITTEN: [&str; 9] = [
        "message",
        "reply",
        "holding_reply",
        "pause",
        "note",
        "conversation",
        "rang",
        "reminded",
        "passed_why",
    ];

    /// Whether anything was written that somebody would have to write again.
    #[must_use]
    pub fn has_words(&self) -> bool {
        let written = |name| !self.fields.one(name).trim().is_empty();
        Self::WRITTEN.into_iter().any(written)
    }
}

pub(crate) fn hub() -> Hub {
    expect_context::<Hub>()
}

pub(crate) fn council() -> Arc<Council> {
    hub().council()
}

/// Whose site this is, for the frame of a page.
pub(crate) fn site() -> Site {
    let council = council();
    Site {
        council: council.name.clone(),
        look: council.look,
        help: Help::from(council.as_ref()),
    }
}

pub(crate) fn serving() -> Serving {
    use_context::<Serving>().unwrap_or_default()
}

pub(crate) fn signed_in() -> Option<Officer> {
    use_context::<SignedIn>().and_then(|SignedIn(officer)| officer)
}

/// The services that this browser keeps.
pub(crate) fn shortlist() -> Shortlist {
    use_context::<ShortlistCookie>()
        .map(|ShortlistCookie(list)| list)
        .unwrap_or_default()
}

/// The name of the session in which they are signed in.
pub(crate) fn this_session() -> Option<SessionId> {
    use_context::<ThisSession>().and_then(|ThisSession(id)| id)
}

/// The half of a sign-in that this browser holds.
pub(crate) fn signing_in() -> Option<HalfToken> {
    use_context::<SigningIn>().and_then(|SigningIn(token)| token)
}

/// The refused form, or the one that the page would show otherwise.
pub(crate) fn refused_or(otherwise: impl FnOnce() -> Form) -> Form {
    use_context::<Refused>().map_or_else(otherwise, |Refused(form)| form)
}
