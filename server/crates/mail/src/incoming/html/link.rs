//! The address of a link, told beside its words where the words are not the address already.

use url::Url;

/// Longer addresses only count clicks; they would drown the text.
const LONGEST: usize = 1000;

/// The address to show for `href`; `None` for what leads nowhere outside the message.
pub(super) fn address(href: &str) -> Option<String> {
    let href: String = href.trim().chars().filter(|c| !c.is_control()).collect();
    let (scheme, rest) = href.split_once(':')?;
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" | "ftp" => {
            let address = unwrapped(&href).unwrap_or(href);
            (address.len() <= LONGEST).then_some(address)
        }
        "mailto" | "tel" => {
            let address = rest.split('?').next().unwrap_or_default().trim();
            (!address.is_empty()).then(|| address.to_owned())
        }
        _ => None,
    }
}

/// Microsoft 365 puts its own address around each link of a message.
fn unwrapped(href: &str) -> Option<String> {
    let url = Url::parse(href).ok()?;
    url.host_str()?
        .strip_suffix(".safelinks.protection.outlook.com")?;
    let (_, inner) = url.query_pairs().find(|(name, _)| name == "url")?;
    (inner.starts_with("http://") || inner.starts_with("https://"))
        .then(|| inner.chars().filter(|c| !c.is_control()).collect())
}

/// Whether `words` say `address` already.
pub(super) fn says(words: &str, address: &str) -> bool {
    words.len() <= address.len() + 20 && bare(words) == bare(address)
}

fn bare(text: &str) -> String {
    let text: String = text.split_whitespace().collect::<String>().to_lowercase();
    let text = text
        .trim_start_matches("https://")
        .trim_start_matches("http://");
    text.trim_start_matches("www.")
        .trim_end_matches(['/', '.'])
        .to_owned()
}
