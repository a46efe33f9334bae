//! What search engines ask for: `/robots.txt`, and `/sitemap.xml` with every public page and service.

use std::fmt::Write;

use axum::{
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use domain::ids::ServiceId;
use http::{
    header::{CACHE_CONTROL, CONTENT_TYPE},
    request::Parts,
};
use hub::{Error, local_offer::ListingAddress};
use serde::Deserialize;
use url::Url;

use super::render;
use crate::state::AppState;

const ROBOTS: &str = include_str!("../../../public/robots.txt");
/// A file may hold 50,000 addresses (<https://www.sitemaps.org/protocol.html>).
const MOST: usize = 45_000;
/// The pages besides the services.
const PAGES: [&str; 8] = [
    "",
    "local-offer",
    "guides",
    "ask",
    "our-promise",
    "accessibility",
    "privacy",
    "cookies",
];
/// In place of a service's id: before the first.
const START: &str = "start";

/// Which part of the services is asked for, where they are too many for one file.
#[derive(Debug, Deserialize)]
pub(crate) struct Part {
    after: Option<String>,
}

/// `GET /robots.txt`: what is nobody's to index, and where the list of all else stands.
pub(crate) async fn robots(State(state): State<AppState>) -> Response {
    let site = state.hub.public_url();
    let text = format!("{ROBOTS}\nSitemap: {site}sitemap.xml\n");
    answer("text/plain; charset=utf-8", text)
}

/// `GET /sitemap.xml`: every address, or, where they are too many, a list of lists (`?after=`).
pub(crate) async fn sitemap(
    State(state): State<AppState>,
    Query(part): Query<Part>,
    parts: Parts,
) -> Response {
    match written(&state, part.after.as_deref()).await {
        Ok(xml) => answer("application/xml; charset=utf-8", xml),
        Err(error) => render::failed(&state, &parts, error).await,
    }
}

fn answer(kind: &'static str, text: String) -> Response {
    let headers = [
        (CONTENT_TYPE, kind),
        (CACHE_CONTROL, "public, max-age=3600"),
    ];
    (headers, text).into_response()
}

async fn written(state: &AppState, after: Option<&str>) -> Result<String, Error> {
    let site = state.hub.public_url();
    let offer = state.hub.local_offer();
    let most = u32::try_from(MOST).unwrap_or(u32::MAX);
    match after {
        Some(START) => Ok(list(
            site,
            &pages(state),
            &offer.addresses(None, most).await?,
        )),
        Some(id) => {
            // What is no id comes after no service.
            let id = id.parse().map_err(|_| Error::NotFound)?;
            Ok(list(site, &[], &offer.addresses(Some(id), most).await?))
        }
        None => {
            let first = offer.addresses(None, most.saturating_add(1)).await?;
            if first.len() <= MOST {
                return Ok(list(site, &pages(state), &first));
            }
            let mut ends = Vec::new();
            let mut end = first.get(MOST - 1).map(|address| address.id);
            while let Some(after) = end {
                let part = offer.addresses(Some(after), most).await?;
                if !part.is_empty() {
                    ends.push(after);
                }
                end = part.get(MOST - 1).map(|address| address.id);
            }
            Ok(list_of_lists(site, &ends))
        }
    }
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const NAMES: &str = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"";

/// The pages besides the services: the guides among them.
fn pages(state: &AppState) -> Vec<String> {
    let guides = state.hub.guides();
    let guides = guides.all().iter();
    let guides = guides.map(|guide| format!("guides/{}", guide.slug));
    PAGES.into_iter().map(str::to_owned).chain(guides).collect()
}

fn list(site: &Url, pages: &[String], services: &[ListingAddress]) -> String {
    let site = escaped(site);
    let mut xml = format!("{HEAD}<urlset {NAMES}>\n");
    for page in pages {
        let _ = writeln!(xml, "<url><loc>{site}{page}</loc></url>");
    }
    for ListingAddress {
        slug, changed_at, ..
    } in services
    {
        let day = domain::clock::london_date(*changed_at);
        let _ = writeln!(
            xml,
            "<url><loc>{site}local-offer/{slug}</loc><lastmod>{day}</lastmod></url>"
        );
    }
    xml.push_str("</urlset>\n");
    xml
}

fn list_of_lists(site: &Url, ends: &[ServiceId]) -> String {
    let site = escaped(site);
    let mut xml = format!("{HEAD}<sitemapindex {NAMES}>\n");
    let after = ends.iter().map(ToString::to_string);
    for after in [START.to_owned()].into_iter().chain(after) {
        let _ = writeln!(
            xml,
            "<sitemap><loc>{site}sitemap.xml?after={after}</loc></sitemap>"
        );
    }
    xml.push_str("</sitemapindex>\n");
    xml
}

/// An address holds no other mark that XML reads as its own.
fn escaped(site: &Url) -> String {
    site.as_str().replace('&', "&amp;").replace('\'', "&apos;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> Url {
        "https://send.example.org/".parse().unwrap()
    }

    #[test]
    fn every_address_stands_whole_with_the_day_of_its_last_change_in_london() {
        let service = ListingAddress {
            id: "018f0000-0000-7000-8000-000000000001".parse().unwrap(),
            slug: "swimming".parse().unwrap(),
            changed_at: "2026-06-30T23:30:00Z".parse().unwrap(),
        };
        let xml = list(&site(), &["ask".to_owned()], &[service]);
        for line in [
            "<url><loc>https://send.example.org/ask</loc></url>",
            "<url><loc>https://send.example.org/local-offer/swimming</loc><lastmod>2026-07-01</lastmod></url>",
        ] {
            assert!(xml.contains(line), "{line} in {xml}");
        }
    }

    #[test]
    fn too_many_for_one_file_are_told_in_parts() {
        let end = "018f0000-0000-7000-8000-000000000001".parse().unwrap();
        let xml = list_of_lists(&site(), &[end]);
        for part in ["start", "018f0000-0000-7000-8000-000000000001"] {
            let line = format!("<loc>https://send.example.org/sitemap.xml?after={part}</loc>");
            assert!(xml.contains(&line), "{line} in {xml}");
        }
    }
}
