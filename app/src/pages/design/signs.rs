//! Small things: buttons, links, tags, due states, pages of a list.

use domain::council::Look;
use leptos::prelude::*;

use super::{LONG_WORD, section, state};
use crate::components::{
    BackLink, BackTo, Button, ButtonKind, ButtonLink, Due, DueState, Mark, Pagination, PhoneLink,
    Tag, TagColour, page_steps,
};

pub(super) fn sections() -> Vec<AnyView> {
    vec![
        buttons(),
        links(),
        tags(),
        due_states(),
        paginations(),
        marks(),
    ]
}

fn buttons() -> AnyView {
    section(
        "Button, ButtonLink",
        vec![
            state("Primary", view! { <Button text="Send your question"/> }),
            state(
                "Secondary",
                view! { <Button text="Use these filters" kind=ButtonKind::Secondary/> },
            ),
            state(
                "Warning",
                view! { <Button text="Close this enquiry" kind=ButtonKind::Warning/> },
            ),
            state(
                "Long words",
                view! { <Button text=format!("Send it to {LONG_WORD}")/> },
            ),
            state(
                "A link that looks like one",
                view! { <ButtonLink href="/ask" text="Ask us a question"/> },
            ),
            state(
                "A link, secondary",
                view! { <ButtonLink href="/ask" text="Ask about this" kind=ButtonKind::Secondary/> },
            ),
            state(
                "A button that reads as a link",
                view! { <button type="button" class="hub-link-button">"Sign out"</button> },
            ),
        ],
    )
}

fn links() -> AnyView {
    let back = BackTo {
        href: "/local-offer".to_owned(),
        text: "Back to your results".to_owned(),
    };
    section(
        "BackLink, PhoneLink",
        vec![
            state("Back", view! { <BackLink to=BackTo::to("/")/> }),
            state("Back to something", view! { <BackLink to=back/> }),
            state(
                "A phone number",
                view! { <PhoneLink number="01632 960100"/> },
            ),
            state(
                "Around a whole sentence",
                view! {
                    <p class="govuk-body">
                        "Read " <a class="govuk-link" href="/our-promise">"what we promise"</a> "."
                    </p>
                },
            ),
        ],
    )
}

fn tags() -> AnyView {
    section(
        "Tag",
        vec![
            state("Plain", view! { <Tag text="New"/> }),
            state(
                "Green",
                view! { <Tag text="Answered" colour=TagColour::Green/> },
            ),
            state(
                "Red",
                view! { <Tag text="Our reply is late" colour=TagColour::Red/> },
            ),
            state(
                "Yellow",
                view! { <Tag text="Waiting for our reply" colour=TagColour::Yellow/> },
            ),
            state(
                "Grey",
                view! { <Tag text="Closed" colour=TagColour::Grey/> },
            ),
            state("Long words", view! { <Tag text=LONG_WORD/> }),
        ],
    )
}

fn due_states() -> AnyView {
    section(
        "Due",
        vec![
            state(
                "Overdue",
                view! { <Due state=DueState::Overdue text="2 days late"/> },
            ),
            state("Today", view! { <Due state=DueState::Today text="Today"/> }),
            state(
                "Soon",
                view! { <Due state=DueState::Soon text="Friday 27 November"/> },
            ),
            state(
                "Later",
                view! { <Due state=DueState::Later text="Friday 4 December"/> },
            ),
            state(
                "Long words",
                view! {
                    <Due
                        state=DueState::Overdue
                        text="23 days late: promised for Wednesday 28 October 2026"
                    />
                },
            ),
        ],
    )
}

fn paginations() -> AnyView {
    let numbered = |label: &'static str, here: u32| {
        let address = |page: u32| format!("/design?page={page}");
        let previous = (here > 1).then(|| address(here - 1));
        let next = (here < 9).then(|| address(here + 1));
        let steps = page_steps(here, 9, address);
        view! { <Pagination label=label previous=previous next=next steps=steps/> }
    };
    let next = Some("/design?after=1".to_owned());
    section(
        "Pagination",
        vec![
            state("The first page", numbered("Results, first page", 1)),
            state("In the middle", numbered("Results, in the middle", 5)),
            state("The last page", numbered("Results, last page", 9)),
            state(
                "Of a list whose length is not known",
                view! { <Pagination label="Enquiries" previous=None next=next/> },
            ),
            state(
                "One page only: shows nothing",
                view! { <Pagination label="Nothing" previous=None next=None/> },
            ),
        ],
    )
}

/// The frame of every page has the mark already, in the council's colours.
fn marks() -> AnyView {
    let other = Look {
        primary: domain::colour::Colour::rgb(0x4a, 0x1d, 0x5f),
        accent: domain::colour::Colour::rgb(0x8f, 0xd3, 0xb0),
        ..Look::default()
    };
    section(
        "Mark",
        vec![state("In other colours", view! { <Mark look=other/> })],
    )
}
