//! What search engines are told of each page: the one address that counts, or to leave it out.

use http::request::Parts;
use leptos::prelude::*;

use crate::context::hub;

/// What is told of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Told {
    /// This path is the page's address, whatever else it was asked for with.
    Here(String),
    /// It is about one person or for those who work here, or one of endless searches.
    LeaveOut,
}

/// For the document's head.
pub(crate) fn told() -> Option<AnyView> {
    let uri = use_context::<Parts>()?.uri;
    Some(match told_of(uri.path(), uri.query()) {
        Told::Here(path) => {
            let site = hub().public_url().as_str().trim_end_matches('/').to_owned();
            view! { <link rel="canonical" href=format!("{site}{path}")/> }.into_any()
        }
        Told::LeaveOut => view! { <meta name="robots" content="noindex"/> }.into_any(),
    })
}

fn told_of(path: &str, query: Option<&str>) -> Told {
    const LEFT_OUT: [&str; 7] = [
        "/admin",
        "/ask/",
        "/desk",
        "/design",
        "/enquiry/",
        "/local-offer/my-list",
        "/provider/",
    ];
    let asks = query.is_some_and(|query| !query.is_empty());
    let is_search = path == "/local-offer" && asks;
    if is_search || LEFT_OUT.iter().any(|part| path.starts_with(part)) {
        Told::LeaveOut
    } else {
        Told::Here(path.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_page_has_one_address_and_what_is_private_or_endless_is_left_out() {
        let here = |path: &str| Told::Here(path.to_owned());
        for (path, query, told) in [
            ("/", None, here("/")),
            ("/local-offer", None, here("/local-offer")),
            ("/local-offer", Some(""), here("/local-offer")),
            ("/local-offer", Some("q=swimming"), Told::LeaveOut),
            ("/local-offer", Some("page=2"), Told::LeaveOut),
            (
                "/local-offer/swimming",
                Some("from=mail"),
                here("/local-offer/swimming"),
            ),
            ("/local-offer/my-list", Some("s=swimming"), Told::LeaveOut),
            ("/ask", Some("about=swimming"), here("/ask")),
            ("/ask/topic", None, Told::LeaveOut),
            ("/enquiry/abc", None, Told::LeaveOut),
            ("/desk/sign-in", None, Told::LeaveOut),
            ("/admin", None, Told::LeaveOut),
        ] {
            assert_eq!(told_of(path, query), told, "{path}?{query:?}");
        }
    }
}
