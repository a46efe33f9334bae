//! Where a person goes once they are signed in: never anywhere but the desk and the administrators' pages.

use leptos_router::location::Url;

/// An address of the desk or of the administrators' pages, safe to send a browser to.
///
/// What stands in `?next=` is written by whoever made the link. Another site's address, or bytes
/// that may not stand in a header, are no [`ReturnTo`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnTo(String);

impl ReturnTo {
    /// The page where one signs in.
    pub const SIGN_IN: &str = "/desk/sign-in";
    /// Where the code of the second step is asked for.
    pub const CODE: &str = "/desk/sign-in/code";
    /// Where the second step is set up before anything else.
    pub const SET_UP: &str = "/desk/sign-in/set-up";

    const MAX_BYTES: usize = 400;

    /// The address, if it is one of those pages.
    #[must_use]
    pub fn read(address: &str) -> Option<Self> {
        let (rest, desk) = match address.strip_prefix("/desk") {
            Some(rest) => (rest, true),
            None => (address.strip_prefix("/admin")?, false),
        };
        let within = rest.is_empty() || rest.starts_with(['/', '?']);
        let plain = address.len() <= Self::MAX_BYTES
            && address.bytes().all(|byte| byte.is_ascii_graphic())
            && !address.contains(['\\', '#'])
            && !address.contains("..");
        // Signing in leads neither to the sign-in nor out again.
        let loops = desk && rest.starts_with("/sign-");
        (within && plain && !loops).then(|| Self(address.to_owned()))
    }

    /// The desk's first page.
    #[must_use]
    pub fn desk() -> Self {
        Self("/desk".to_owned())
    }

    /// One's own account.
    #[must_use]
    pub fn account() -> Self {
        Self("/desk/account".to_owned())
    }

    /// The address itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The sign-in that leads back here.
    #[must_use]
    pub fn sign_in_address(&self) -> String {
        self.behind(Self::SIGN_IN)
    }

    /// Another page on the way in, that leads back here in the end.
    #[must_use]
    pub fn behind(&self, page: &str) -> String {
        format!("{page}?next={}", Url::escape(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_the_desk_is_where_one_may_return_to() {
        for good in [
            "/desk",
            "/desk?whose=mine&after=abc",
            "/desk/enquiry/SEND-7KQM-4TXD",
            "/admin/people",
            "/admin/settings/contact",
        ] {
            assert_eq!(ReturnTo::read(good).unwrap().as_str(), good);
        }
    }

    #[test]
    fn nothing_else_is() {
        for bad in [
            "",
            "/",
            "//evil.example/desk",
            "https://evil.example/desk",
            "/desktop",
            "/administrator",
            "/desk/../ask",
            "/desk\\evil.example",
            "/desk/\r\nSet-Cookie: a=b",
            "/desk/é",
            "/desk/sign-in",
            "/desk/sign-out",
        ] {
            assert_eq!(ReturnTo::read(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_way_back_is_carried_whole() {
        let back = ReturnTo::read("/desk?whose=mine&after=a").unwrap();
        assert_eq!(
            back.sign_in_address(),
            "/desk/sign-in?next=%2Fdesk%3Fwhose%3Dmine%26after%3Da"
        );
    }
}
