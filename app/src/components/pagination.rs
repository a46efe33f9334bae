//! The way through a long list: numbered pages, or only "previous" and "next".

use leptos::prelude::*;

/// One step of a numbered list of pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageStep {
    /// The page being read.
    Here(u32),
    /// Another page and its address.
    Go(u32, String),
    /// Pages left out.
    Gap,
}

/// Which pages to offer: the first, the last, this one and its neighbours.
pub fn page_steps(current: u32, last: u32, href: impl Fn(u32) -> String) -> Vec<PageStep> {
    let mut steps = Vec::new();
    let mut before = 0;
    for page in 1..=last {
        if page != 1 && page != last && page.abs_diff(current) > 1 {
            continue;
        }
        if page - before > 1 {
            steps.push(PageStep::Gap);
        }
        steps.push(if page == current {
            PageStep::Here(page)
        } else {
            PageStep::Go(page, href(page))
        });
        before = page;
    }
    steps
}

/// Links to the other pages of a list. Shows nothing when there is only one.
/// <https://design-system.service.gov.uk/components/pagination/>
#[component]
pub fn Pagination(
    /// What is being paged through, for people who hear the page: "Results".
    #[prop(into)]
    label: String,
    /// The page before.
    #[prop(optional_no_strip)]
    previous: Option<String>,
    /// The page after.
    #[prop(optional_no_strip)]
    next: Option<String>,
    /// Numbered pages; none where the list's length is not known.
    #[prop(optional)]
    steps: Vec<PageStep>,
) -> impl IntoView {
    let shown = previous.is_some() || next.is_some();
    shown.then(|| {
        let steps: Vec<AnyView> = steps.into_iter().map(page_step).collect();
        let list =
            (!steps.is_empty()).then(|| view! { <ul class="govuk-pagination__list">{steps}</ul> });
        view! {
            <nav class="govuk-pagination" aria-label=label>
                {previous.map(previous_link)}
                {list}
                {next.map(next_link)}
            </nav>
        }
        .into_any()
    })
}

fn page_step(step: PageStep) -> AnyView {
    let (number, href, class, current) = match step {
        PageStep::Gap => {
            return view! {
                <li class="govuk-pagination__item govuk-pagination__item--ellipsis">"⋯"</li>
            }
            .into_any();
        }
        PageStep::Here(number) => (
            number,
            "#main-content".to_owned(),
            "govuk-pagination__item govuk-pagination__item--current",
            Some("page"),
        ),
        PageStep::Go(number, href) => (number, href, "govuk-pagination__item", None),
    };
    view! {
        <li class=class>
            <a
                class="govuk-link govuk-pagination__link"
                href=href
                aria-label=format!("Page {number}")
                aria-current=current
            >
                {number}
            </a>
        </li>
    }
    .into_any()
}

fn previous_link(href: String) -> AnyView {
    view! {
        <div class="govuk-pagination__prev">
            <a class="govuk-link govuk-pagination__link" href=href rel="prev">
                <svg
                    class="govuk-pagination__icon govuk-pagination__icon--prev"
                    height="13"
                    width="15"
                    aria-hidden="true"
                    focusable="false"
                    viewBox="0 0 15 13"
                >
                    <path d="m6.6 0-6.7 6.7 6.7 6.4 1.4-1.4-4.2-4H16.7v-2H3.7L8 1.4z"></path>
                </svg>
                <span class="govuk-pagination__link-title">
                    "Previous" <span class="govuk-visually-hidden">" page"</span>
                </span>
            </a>
        </div>
    }
    .into_any()
}

fn next_link(href: String) -> AnyView {
    view! {
        <div class="govuk-pagination__next">
            <a class="govuk-link govuk-pagination__link" href=href rel="next">
                <span class="govuk-pagination__link-title">
                    "Next" <span class="govuk-visually-hidden">" page"</span>
                </span>
                <svg
                    class="govuk-pagination__icon govuk-pagination__icon--next"
                    height="13"
                    width="15"
                    aria-hidden="true"
                    focusable="false"
                    viewBox="0 0 15 13"
                >
                    <path d="m8.1 0-1.4 1.4L11 5.7H-2v2h12.9l-4.2 4 1.4 1.4 6.7-6.4z"></path>
                </svg>
            </a>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(current: u32, last: u32) -> String {
        let words: Vec<String> = page_steps(current, last, |page| page.to_string())
            .into_iter()
            .map(|step| match step {
                PageStep::Here(page) => format!("[{page}]"),
                PageStep::Go(page, _) => page.to_string(),
                PageStep::Gap => "…".to_owned(),
            })
            .collect();
        words.join(" ")
    }

    #[test]
    fn a_long_list_offers_its_ends_and_the_neighbours() {
        assert_eq!(shown(1, 1), "[1]");
        assert_eq!(shown(1, 3), "[1] 2 3");
        assert_eq!(shown(1, 9), "[1] 2 … 9");
        assert_eq!(shown(5, 9), "1 … 4 [5] 6 … 9");
        assert_eq!(shown(9, 9), "1 … 8 [9]");
    }
}
