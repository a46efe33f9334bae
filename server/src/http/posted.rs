//! What every form that a person posts comes with: what they typed, and who is at the door.

use std::net::SocketAddr;

use axum::{
    Form,
    extract::{ConnectInfo, FromRequest, FromRequestParts, Request},
    response::{IntoResponse, Response},
};
use domain::form::Fields;
use http::request::Parts;
use hub::accounts::{CODE, NEW_PASSWORD, PASSWORD, PASSWORD_AGAIN, RECOVERY_CODE, Visitor};

use crate::state::AppState;

/// A form as it was posted.
#[derive(Debug)]
pub(crate) struct Posted {
    pub(super) peer: SocketAddr,
    pub(super) visitor: Visitor,
    pub(super) fields: Fields,
    pub(super) parts: Parts,
}

impl FromRequest<AppState> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let ConnectInfo(peer) = ConnectInfo::<SocketAddr>::from_request_parts(&mut parts, state)
            .await
            .map_err(IntoResponse::into_response)?;
        let request = Request::from_parts(parts.clone(), body);
        let Form(pairs) = Form::<Vec<(String, String)>>::from_request(request, state)
            .await
            .map_err(IntoResponse::into_response)?;
        Ok(Self {
            peer,
            visitor: state.visitor(&parts.headers, peer),
            fields: Fields::from_pairs(pairs),
            parts,
        })
    }
}

/// What was typed, but for what no page ever shows again.
pub(super) fn without_secrets(fields: Fields) -> Fields {
    [PASSWORD, NEW_PASSWORD, PASSWORD_AGAIN, CODE, RECOVERY_CODE]
        .into_iter()
        .fold(fields, Fields::without)
}
