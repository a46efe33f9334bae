//! Asking the hub before a page is drawn.
//!
//! Every page is rendered whole before its first byte is sent ([`leptos_router::SsrMode::Async`]),
//! so what is loaded here needs no script to appear.

use std::future::Future;

use http::StatusCode;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

use crate::{
    context::RequestId,
    pages::problem::{NotFoundPage, ProblemKind, ProblemPage},
};

/// Draws a page once its data is there; a missing thing is a 404 page, a failure a page with the
/// request's id.
pub(crate) fn load<T, V>(
    data: impl Future<Output = Result<T, hub::Error>> + Send + 'static,
    draw: impl FnOnce(T) -> V + Send + 'static,
) -> AnyView
where
    T: Send + 'static,
    V: IntoView + 'static,
{
    let page = async move {
        match data.await {
            Ok(data) => draw(data).into_any(),
            Err(error) => problem(&error),
        }
    };
    view! { <Suspense>{Suspend::new(page)}</Suspense> }.into_any()
}

/// The page for what went wrong, with its status.
pub(crate) fn problem(error: &hub::Error) -> AnyView {
    if matches!(error, hub::Error::NotFound) {
        view! { <NotFoundPage/> }.into_any()
    } else {
        set_status(status_of(error));
        if let hub::Error::Internal(cause) = error {
            let request = use_context::<RequestId>().unwrap_or_default().0;
            tracing::error!(request.id = request, error = %cause, "a page could not be drawn");
        }
        let kind = match error {
            hub::Error::Stale => ProblemKind::Stale,
            hub::Error::TooMany { retry_after_s } => ProblemKind::TooMany {
                retry_after_s: *retry_after_s,
            },
            _ => ProblemKind::Failure,
        };
        view! { <ProblemPage kind=kind/> }.into_any()
    }
}

/// The HTTP status that tells an error.
pub fn status_of(error: &hub::Error) -> StatusCode {
    match error {
        hub::Error::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
        hub::Error::NotFound => StatusCode::NOT_FOUND,
        hub::Error::Stale => StatusCode::CONFLICT,
        hub::Error::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
        hub::Error::Internal(_) if error.is_unavailable() => StatusCode::SERVICE_UNAVAILABLE,
        hub::Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

pub(crate) fn set_status(status: StatusCode) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(status);
    }
}
