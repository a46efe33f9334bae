//! The way through a list that is longer than a page: links to the next page, and back to where the list begins. Where
//! a page begins stands in its address.

use hub::desk::InTwoLists;
use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, location::Url};

use super::words;
use crate::components::Pagination;

/// Told on a page that begins where the list ends: others dealt with the rest meanwhile.
pub(super) const NOTHING_MORE: &str = "There is nothing after what you have seen.";

/// The address's part that says where this page of its list begins.
const AFTER: &str = "after";
/// The same for the lower one of two lists.
const LOWER_AFTER: &str = "lower_after";

/// Where this page of its list begins, if it is not the first.
pub(super) fn after() -> Option<String> {
    asked(AFTER)
}

/// The same for two lists that stand on one page.
pub(super) fn in_two_lists() -> InTwoLists {
    InTwoLists {
        upper: asked(AFTER),
        lower: asked(LOWER_AFTER),
    }
}

fn asked(name: &str) -> Option<String> {
    let query = use_query_map().get_untracked();
    query.get(name).filter(|after| !after.is_empty())
}

/// The address of a page at which two lists begin there.
pub(super) fn of_two_lists(page: &str, after: &InTwoLists) -> String {
    let address = with(page.to_owned(), AFTER, after.upper.as_deref());
    with(address, LOWER_AFTER, after.lower.as_deref())
}

/// A list, as the addresses of its pages have it.
pub(super) struct PagedList {
    label: &'static str,
    back: &'static str,
    start: String,
    place: &'static str,
    heading: Option<&'static str>,
    is_first: bool,
}

impl PagedList {
    /// A list whose first page is at `start`, the earliest first. `label` names it for people who hear the page.
    pub(super) fn of(label: &'static str, start: String, after: Option<&str>) -> Self {
        Self {
            label,
            back: "Back to the earliest",
            start,
            place: AFTER,
            heading: None,
            is_first: after.is_none(),
        }
    }

    /// Its first page is called so: the list has another order.
    pub(super) const fn back(mut self, text: &'static str) -> Self {
        self.back = text;
        self
    }

    /// The upper and the lower list of a page. Who goes on in one stays where they are in the other. The links of the
    /// lower one lead to its heading.
    pub(super) fn two(
        page: &str,
        after: &InTwoLists,
        labels: [&'static str; 2],
        lower_heading: &'static str,
    ) -> [Self; 2] {
        let (upper, lower) = (after.upper.as_deref(), after.lower.as_deref());
        let [upper_label, lower_label] = labels;
        let start = with(page.to_owned(), LOWER_AFTER, lower);
        let lower_start = with(page.to_owned(), AFTER, upper);
        let lower_list = Self {
            place: LOWER_AFTER,
            heading: Some(lower_heading),
            ..Self::of(lower_label, lower_start, lower)
        };
        [Self::of(upper_label, start, upper), lower_list]
    }

    /// Whether the list begins on this page.
    pub(super) const fn is_first(&self) -> bool {
        self.is_first
    }

    /// The links below this page: back to the first, and to the one that begins at `next`.
    pub(super) fn links(&self, next: Option<&str>) -> AnyView {
        let back = (!self.is_first).then(|| {
            let address = self.address(None);
            view! { <p class="govuk-body"><a class="govuk-link" href=address>{self.back}</a></p> }
        });
        let next = next.map(|next| self.address(Some(next)));
        view! {
            {back}
            {view! { <Pagination label=self.label previous=None next=next/> }.into_any()}
        }
        .into_any()
    }

    fn address(&self, after: Option<&str>) -> String {
        let address = with(self.start.clone(), self.place, after);
        match self.heading {
            Some(heading) => format!("{address}#{heading}"),
            None => address,
        }
    }
}

/// How many a list has on all its pages, the earliest of which comes first; nothing for none.
pub(super) fn how_many(count: u32, one: &str, many: &str) -> Option<AnyView> {
    let words = words::how_many(count, one, many);
    let text = match count {
        0 => return None,
        1 => format!("{words}."),
        _ => format!("{words}, the earliest first."),
    };
    Some(view! { <p class="govuk-body">{text}</p> }.into_any())
}

fn with(address: String, name: &str, value: Option<&str>) -> String {
    let Some(value) = value else { return address };
    let joint = if address.contains('?') { '&' } else { '?' };
    format!("{address}{joint}{name}={}", Url::escape(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(list: &PagedList, next: Option<&str>) -> String {
        Owner::new().with(|| list.links(next).to_html())
    }

    #[test]
    fn a_list_of_one_page_has_no_links() {
        let list = PagedList::of("Enquiries", "/desk?whose=mine".to_owned(), None);
        let html = html(&list, None);
        assert!(!html.contains("<a"), "{html}");
    }

    #[test]
    fn each_page_leads_to_the_next_and_back_to_the_first() {
        let list = PagedList::of("Enquiries", "/desk?whose=mine".to_owned(), Some("1x"));
        let html = html(&list, Some("2y"));
        assert!(html.contains("href=\"/desk?whose=mine\""), "{html}");
        assert!(
            html.contains("href=\"/desk?whose=mine&amp;after=2y\""),
            "{html}"
        );
        assert!(html.contains("Back to the earliest"), "{html}");
    }

    #[test]
    fn going_on_in_one_of_two_lists_leaves_the_other_where_it_is() {
        let after = InTwoLists {
            upper: Some("1x".to_owned()),
            lower: Some("2y".to_owned()),
        };
        let lists = PagedList::two("/desk/quarantine", &after, ["Emails", "Reports"], "reports");
        let [upper, lower] = lists.map(|list| html(&list, Some("3z")));
        for (html, back, next) in [
            (upper, "?lower_after=2y", "?lower_after=2y&amp;after=3z"),
            (
                lower,
                "?after=1x#reports",
                "?after=1x&amp;lower_after=3z#reports",
            ),
        ] {
            for address in [back, next] {
                assert!(
                    html.contains(&format!("href=\"/desk/quarantine{address}\"")),
                    "{html}"
                );
            }
        }
        assert_eq!(
            of_two_lists("/desk/quarantine", &after),
            "/desk/quarantine?after=1x&lower_after=2y"
        );
    }
}
