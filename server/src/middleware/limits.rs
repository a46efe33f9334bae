//! How often one network may post to the public forms. Nobody who writes to us meets it; a script
//! that fills the inbox, the disk or somebody else's mailbox does.

use std::{
    net::{IpAddr, SocketAddr},
    num::NonZeroU32,
    sync::Arc,
    time::Duration,
};

use axum::{
    extract::{ConnectInfo, Request, State},
    middleware::Next,
    response::Response,
};
use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
};
use http::Method;
use hub::accounts::network;

use crate::{http::render, state::AppState};

/// An enquiry takes nine posts. A school that sends five in a row, all with mistakes, has room.
const AT_ONCE: u32 = 120;
/// How soon one more is allowed.
const EVERY: Duration = Duration::from_secs(2);

/// What each network has used up, kept in this process.
pub(crate) type Limits = Arc<DefaultKeyedRateLimiter<IpAddr>>;

/// Nobody has used anything up yet.
pub(crate) fn limits() -> Limits {
    let at_once = NonZeroU32::new(AT_ONCE).unwrap_or(NonZeroU32::MIN);
    let quota = Quota::with_period(EVERY)
        .unwrap_or_else(|| Quota::per_minute(at_once))
        .allow_burst(at_once);
    Arc::new(RateLimiter::keyed(quota))
}

/// Lets a post to a public form pass, unless its network has posted too often.
pub(super) async fn check(
    State((state, limits)): State<(AppState, Limits)>,
    request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path();
    let public_form = path.starts_with("/ask") || path.starts_with("/enquiry");
    if *request.method() == Method::POST
        && public_form
        && let Some(retry_after_s) = wait(&state, &limits, &request)
    {
        let (parts, _) = request.into_parts();
        return render::failed(&state, &parts, hub::Error::TooMany { retry_after_s }).await;
    }
    next.run(request).await
}

/// Seconds to wait, if the network has posted too often. The machine itself is let through.
fn wait(state: &AppState, limits: &Limits, request: &Request) -> Option<u64> {
    let ConnectInfo(peer) = request.extensions().get::<ConnectInfo<SocketAddr>>()?;
    let client = state.client_ip(request.headers(), *peer);
    if client.is_loopback() {
        return None;
    }
    // An address is forgotten once its limit no longer applies.
    limits.retain_recent();
    let refused = limits.check_key(&network(client)).err()?;
    let wait = refused.wait_time_from(DefaultClock::default().now());
    Some(wait.as_secs() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_that_posts_without_end_has_to_wait() {
        let limits = limits();
        let script = network(IpAddr::from([192, 0, 2, 1]));
        for _ in 0..AT_ONCE {
            assert!(limits.check_key(&script).is_ok());
        }
        assert!(limits.check_key(&script).is_err());
        assert!(
            limits
                .check_key(&network(IpAddr::from([192, 0, 2, 2])))
                .is_ok()
        );
    }
}
