//! Which of the desk's lists an officer came from, and what they looked for in it: files carry it, so that the way
//! back leads there.

use hub::desk::{Narrowing, Settled, Whose};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::narrowing;

/// One of the desk's lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tab {
    list: &'static str,
    only: Narrowing,
}

impl Tab {
    /// The name of the field and of the address's part that carry it through a file.
    pub const FIELD: &'static str = "from";

    const ALL: [&'static str; 6] = ["team", "mine", "everyone", "unsorted", "answered", "closed"];
    /// Stands between a list and what was looked for in it; no key has one.
    const BETWEEN: char = '.';

    /// The list with this code, if there is one.
    #[must_use]
    pub fn read(code: &str) -> Option<Self> {
        let mut parts = code.split(Self::BETWEEN);
        let list = parts.next()?;
        let list = Self::ALL.into_iter().find(|known| *known == list)?;
        let [topic, place] = [parts.next(), parts.next()].map(Option::unwrap_or_default);
        let only = narrowing::read(topic, place);
        Some(Self { list, only })
    }

    /// The list of what waits, as far as it is shown.
    pub(super) fn of_queue(whose: &Whose, only: Narrowing) -> Self {
        let list = match whose {
            Whose::Team(_) => "team",
            Whose::Mine => "mine",
            Whose::Everyone => "everyone",
            Whose::Unsorted => "unsorted",
        };
        Self { list, only }
    }

    /// The list of what does not wait any more, as far as it is shown.
    pub(super) fn of_settled(how: Settled, only: Narrowing) -> Self {
        let list = match how {
            Settled::Answered => "answered",
            Settled::Closed => "closed",
        };
        Self { list, only }
    }

    /// The one that this file was opened from.
    pub(super) fn here() -> Option<Self> {
        let query = use_query_map().get_untracked();
        query.get(Self::FIELD).and_then(|code| Self::read(&code))
    }

    /// Its name in addresses.
    pub(super) const fn list(&self) -> &'static str {
        self.list
    }

    /// What is looked for in it.
    pub(super) const fn only(&self) -> &Narrowing {
        &self.only
    }

    /// The list and what was looked for, in a word that is fit for an address.
    #[must_use]
    pub fn code(&self) -> String {
        let [topic, place] = narrowing::words(&self.only);
        let code = [self.list, topic, place].join(&Self::BETWEEN.to_string());
        code.trim_end_matches(Self::BETWEEN).to_owned()
    }

    /// Its own address.
    pub(super) fn address(&self) -> String {
        let narrowed = narrowing::query(&self.only);
        format!("/desk?whose={}{narrowed}", self.list)
    }

    /// The address of a file that is opened from here.
    #[must_use]
    pub fn file(from: Option<&Self>, reference: &str) -> String {
        match from {
            Some(tab) => format!("/desk/enquiry/{reference}?{}={}", Self::FIELD, tab.code()),
            None => format!("/desk/enquiry/{reference}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_leads_to_what_was_looked_for() {
        for (code, address) in [
            ("mine", "/desk?whose=mine"),
            ("everyone.travel", "/desk?whose=everyone&topic=travel"),
            ("team..maidstone", "/desk?whose=team&district=maidstone"),
            ("closed.travel", "/desk?whose=closed&topic=travel"),
            (
                "unsorted.travel.not_said",
                "/desk?whose=unsorted&topic=travel&district=not_said",
            ),
        ] {
            let tab = Tab::read(code).unwrap();
            assert_eq!(
                (tab.address().as_str(), tab.code().as_str()),
                (address, code)
            );
        }
    }

    #[test]
    fn what_is_no_list_and_no_key_is_passed_over() {
        for (code, read) in [
            ("", None),
            ("nobody", None),
            ("mine.Not a key.\r\nx", Some("mine")),
            ("mine.a.b.c", Some("mine.a.b")),
        ] {
            let tab = Tab::read(code);
            assert_eq!(tab.map(|tab| tab.code()).as_deref(), read, "{code}");
        }
    }
}
