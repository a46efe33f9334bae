//! Which of the desk's lists an officer came from: files carry it, so that the way back leads there.

use hub::desk::{Settled, Whose};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// One of the desk's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tab(&'static str);

impl Tab {
    /// The name of the field and of the address's part that carry it through a file.
    pub const FIELD: &'static str = "from";

    const ALL: [&'static str; 6] = ["team", "mine", "everyone", "unsorted", "answered", "closed"];

    /// The list with this code, if there is one.
    #[must_use]
    pub fn read(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| *known == code).map(Self)
    }

    /// The list of what waits.
    pub(super) const fn of_queue(whose: &Whose) -> Self {
        Self(match whose {
            Whose::Team(_) => "team",
            Whose::Mine => "mine",
            Whose::Everyone => "everyone",
            Whose::Unsorted => "unsorted",
        })
    }

    /// The list of what does not wait any more.
    pub(super) const fn of_settled(how: Settled) -> Self {
        Self(match how {
            Settled::Answered => "answered",
            Settled::Closed => "closed",
        })
    }

    /// The one that this file was opened from.
    pub(super) fn here() -> Option<Self> {
        let query = use_query_map().get_untracked();
        query.get(Self::FIELD).and_then(|code| Self::read(&code))
    }

    /// Its code in addresses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.0
    }

    /// Its own address.
    pub(super) fn address(self) -> String {
        format!("/desk?whose={}", self.0)
    }

    /// The address of a file that is opened from here.
    #[must_use]
    pub fn file(from: Option<Self>, reference: &str) -> String {
        match from {
            Some(Self(code)) => format!("/desk/enquiry/{reference}?{}={code}", Self::FIELD),
            None => format!("/desk/enquiry/{reference}"),
        }
    }
}
