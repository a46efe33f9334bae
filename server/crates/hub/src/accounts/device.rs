//! What browser somebody signs in with, told so coarsely that they know it again and nobody else does.

/// "Firefox on Windows". Nothing else of what a browser says about itself is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device(String);

/// What stands in a browser's name for itself, the most telling first: most of them claim to be others too.
const BROWSERS: [(&str, &str); 10] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("HeadlessChrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Chromium/", "Chromium"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
];

impl Device {
    /// From the `User-Agent` header, whatever it holds.
    #[must_use]
    pub fn from_user_agent(text: &str) -> Self {
        let known = |names: &[(&str, &'static str)]| {
            names
                .iter()
                .find(|(mark, _)| text.contains(mark))
                .map(|(_, name)| *name)
        };
        let browser = known(&BROWSERS).unwrap_or("A browser");
        Self(match known(&SYSTEMS) {
            Some(system) => format!("{browser} on {system}"),
            None => browser.to_owned(),
        })
    }

    /// Its words.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
        "Firefox on Windows"
    )]
    #[case(
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
        "Edge on Windows"
    )]
    #[case(
        "Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
        "Chrome on Android"
    )]
    #[case(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
        "Safari on iPhone"
    )]
    #[case("curl/8.5.0", "A browser")]
    #[case("<script>alert(1)</script>", "A browser")]
    #[case("", "A browser")]
    fn a_browser_is_named_coarsely(#[case] said: &str, #[case] told: &str) {
        assert_eq!(Device::from_user_agent(said).as_str(), told);
    }
}
