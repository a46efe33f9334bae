//! Whether both pages are of the same content: as many services found and shown, as many filters, and bytes within
//! a tenth.

use super::super::{
    Outcome,
    http::{Connection, Encoding},
    table::markdown,
};

/// How much longer or shorter the other page may be.
const WITHIN: f64 = 0.1;

/// What stands on a page.
#[derive(Debug, PartialEq, Eq)]
struct Content {
    found: String,
    cards: usize,
    filters: usize,
    chosen: usize,
}

/// Asks both for every page, and tells their sizes.
///
/// # Errors
/// When the content of one is not that of the other.
pub(super) async fn compare(ours: u16, peer: u16, pages: &[&str]) -> Outcome<String> {
    let mut rows = Vec::new();
    for page in pages {
        let (plain, brotli) = (
            pair(ours, peer, page, Encoding::Plain).await?,
            pair(ours, peer, page, Encoding::Brotli).await?,
        );
        let contents = (content(&plain.0), content(&plain.1));
        if contents.0 != contents.1 || contents.0.cards == 0 {
            return Err(format!(
                "{page}: ours has {:?}, the other {:?}",
                contents.0, contents.1
            )
            .into());
        }
        let mut row = vec![
            format!("`{page}`"),
            contents.0.cards.to_string(),
            contents.0.filters.to_string(),
        ];
        for (ours, theirs) in [plain, brotli].map(|pair| (pair.0.len(), pair.1.len())) {
            if !alike(ours, theirs) {
                return Err(format!("{page}: {ours} bytes of ours, {theirs} of the other").into());
            }
            row.extend([ours.to_string(), theirs.to_string()]);
        }
        rows.push(row);
    }
    let heads = [
        "",
        "hits",
        "filters",
        "bytes",
        "Express",
        "bytes brotli",
        "Express",
    ];
    Ok(markdown(&heads, &rows))
}

#[expect(clippy::cast_precision_loss, reason = "bytes of a page")]
fn alike(ours: usize, theirs: usize) -> bool {
    (theirs as f64 / ours as f64 - 1.0).abs() <= WITHIN
}

/// The page's bytes, from both.
async fn pair(ours: u16, peer: u16, page: &str, encoding: Encoding) -> Outcome<(Vec<u8>, Vec<u8>)> {
    Ok((
        get(ours, page, encoding).await?,
        get(peer, page, encoding).await?,
    ))
}

async fn get(port: u16, page: &str, encoding: Encoding) -> Outcome<Vec<u8>> {
    let answer = Connection::open(port).await?.get(page, encoding).await?;
    let compressed = answer.encoding.as_deref() == Some("br");
    if answer.status != 200 || compressed != (encoding == Encoding::Brotli) {
        return Err(format!(
            "{page} was answered {} in {:?}",
            answer.status, answer.encoding
        )
        .into());
    }
    Ok(answer.body)
}

fn content(page: &[u8]) -> Content {
    let page = String::from_utf8_lossy(page);
    let before = page.split(" found</h2>").next().unwrap_or_default();
    let found = before.rsplit('>').next().unwrap_or_default();
    Content {
        found: found.to_owned(),
        cards: page.matches("class=\"hub-result\"").count(),
        filters: page.matches("type=\"checkbox\"").count(),
        chosen: page
            .matches("govuk-visually-hidden\">Remove </span>")
            .count(),
    }
}
