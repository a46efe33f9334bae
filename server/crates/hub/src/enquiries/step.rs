//! The pages of the form, in their order.

use std::fmt;

use serde::{Deserialize, Serialize};

/// One question page of `/ask`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Whether it is about the service whose page the person came from; left out without one.
    Service,
    /// What it is about.
    Topic,
    /// Who asks.
    Who,
    /// Whether it is about one child or young person.
    AboutChild,
    /// Which one; left out when it is about none in particular.
    Child,
    /// Where they live.
    District,
    /// What the person needs from us.
    Support,
    /// The message itself.
    Message,
    /// How to reach them.
    Reach,
    /// Everything once more, before it is sent.
    Check,
}

impl Step {
    /// Every page, in order.
    pub const ALL: [Self; 10] = [
        Self::Service,
        Self::Topic,
        Self::Who,
        Self::AboutChild,
        Self::Child,
        Self::District,
        Self::Support,
        Self::Message,
        Self::Reach,
        Self::Check,
    ];

    /// The last part of the page's address.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Topic => "topic",
            Self::Who => "who",
            Self::AboutChild => "about-child",
            Self::Child => "child",
            Self::District => "district",
            Self::Support => "support",
            Self::Message => "message",
            Self::Reach => "reach",
            Self::Check => "check",
        }
    }

    /// The page with this address; `None` when there is none.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.slug() == slug)
    }

    /// The names of the fields that the page asks for.
    #[must_use]
    pub(crate) const fn field_names(self) -> &'static [&'static str] {
        match self {
            Self::Service => &["about_service"],
            Self::Topic => &["topic"],
            Self::Who => &["kind", "name", "organisation"],
            Self::AboutChild => &["about_child"],
            Self::Child => &[
                "child_name",
                "child_born_on-day",
                "child_born_on-month",
                "child_born_on-year",
                "child_school",
                "child_ehc_plan",
                "child_reference",
            ],
            Self::District => &["district"],
            Self::Support => &["support", "interpreter_language", "safe_contact"],
            Self::Message => &["message"],
            Self::Reach => &["preference", "email", "telephone", "postal_address"],
            Self::Check => &[],
        }
    }

    /// The page's address.
    #[must_use]
    pub fn path(self) -> String {
        format!("/ask/{}", self.slug())
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slug())
    }
}
