//! Pages are rendered whole before their first byte is sent: what leptos appends for streaming
//! is cut off, and public pages carry an ETag, so that coming back to one costs nothing.

use std::hash::{DefaultHasher, Hash, Hasher};

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, StatusCode, header};

/// No page comes near it.
const LARGEST: usize = 64 << 20;
const END: &[u8] = b"</html>";

/// Finishes a page.
pub(super) async fn finish(request: Request, next: Next) -> Response {
    let asked = request.headers().get(header::IF_NONE_MATCH).cloned();
    let response = next.run(request).await;
    if !is_html(response.headers()) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(whole) = to_bytes(body, LARGEST).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let page = without_streaming_scripts(whole);
    parts.headers.remove(header::CONTENT_LENGTH);
    let kept = parts.status == StatusCode::OK && !parts.headers.contains_key(header::SET_COOKIE);
    if kept && let Some(tag) = etag(&page) {
        parts.headers.insert(header::ETAG, tag.clone());
        if asked.is_some_and(|asked| asked == tag) {
            parts.status = StatusCode::NOT_MODIFIED;
            return Response::from_parts(parts, Body::empty());
        }
    }
    Response::from_parts(parts, Body::from(page))
}

fn is_html(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

/// After the document leptos writes the data of what is streamed later: of a whole page there is
/// none, and our policy allows no inline script. The islands' loader sets the same empty lists.
fn without_streaming_scripts(page: Bytes) -> Bytes {
    let end = page
        .windows(END.len())
        .rposition(|window| window == END)
        .map_or(page.len(), |start| start + END.len());
    page.slice(..end)
}

fn etag(page: &[u8]) -> Option<HeaderValue> {
    let mut hasher = DefaultHasher::new();
    page.hash(&mut hasher);
    HeaderValue::from_str(&format!("W/\"{:016x}\"", hasher.finish())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_after_the_document() {
        let page = Bytes::from_static(b"<html>\xc3\xa9</html><script>x=[]</script>");
        assert_eq!(
            without_streaming_scripts(page),
            &b"<html>\xc3\xa9</html>"[..]
        );
    }
}
