//! What the law asks every public site to say about itself, one file a page.

mod accessibility;
mod cookies;
mod privacy;

pub(crate) use accessibility::AccessibilityPage;
pub(crate) use cookies::CookiesPage;
pub(crate) use privacy::PrivacyPage;
