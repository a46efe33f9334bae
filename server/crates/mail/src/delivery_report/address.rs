//! Addresses in free text.

/// Every address in `text`, in its order, without brackets.
pub(super) fn all_in(text: &str) -> impl Iterator<Item = &str> {
    places_in(text).map(|(_, address)| address)
}

/// Every address with the place where it begins.
pub(super) fn places_in(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        loop {
            let at = rest + text.get(rest..)?.find('@')?;
            let start = text[rest..at]
                .rfind(|symbol: char| !is_local(symbol))
                .map_or(rest, |before| {
                    let width = text[rest + before..]
                        .chars()
                        .next()
                        .map_or(1, char::len_utf8);
                    rest + before + width
                });
            let after = &text[at + 1..];
            let length = after
                .find(|symbol: char| !is_domain(symbol))
                .unwrap_or(after.len());
            let domain = after[..length].trim_end_matches(['.', '-']);
            rest = at + 1 + length;
            let start = start
                + (text[start..at].len() - text[start..at].trim_start_matches(['.', '\'']).len());
            if start < at && is_host(domain) {
                return Some((start, &text[start..at + 1 + domain.len()]));
            }
        }
    })
}

/// The part before the `@`, in lower case.
pub(super) fn local_part(address: &str) -> String {
    let address = address.trim().trim_matches(['<', '>']);
    let local = address.rsplit_once('@').map_or(address, |(local, _)| local);
    local.to_ascii_lowercase()
}

fn is_host(domain: &str) -> bool {
    domain.contains('.') && !domain.starts_with('.') && !domain.contains("..")
}

fn is_local(symbol: char) -> bool {
    symbol.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(symbol)
}

fn is_domain(symbol: char) -> bool {
    symbol.is_alphanumeric() || matches!(symbol, '.' | '-' | '_')
}
