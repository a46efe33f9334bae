//! What speaks in a box: notices, the promise, the warning about safety, answers, a conversation.

use leptos::prelude::*;

use super::{LONG_WORD, section, state};
use crate::components::{
    CardTable, Done, Entry, Notice, NotificationBanner, PromiseBox, SafetyBox, SummaryList,
    SummaryRow, ThreadMessage,
};

const DUE: &str = "Wednesday 2 December 2026";

pub(super) fn sections() -> Vec<AnyView> {
    vec![
        notices(),
        promises(),
        safety(),
        summary_lists(),
        tables(),
        threads(),
        insets(),
    ]
}

fn notices() -> AnyView {
    section(
        "NotificationBanner",
        vec![
            state("Success", view! { <Done words="We have your message."/> }),
            state(
                "Important, with a link",
                view! {
                    <NotificationBanner kind=Notice::Important>
                        <p class="govuk-notification-banner__heading">
                            "1 reply did not arrive. "
                            <a class="govuk-notification-banner__link" href="/design">"See which"</a>
                        </p>
                        <p class="govuk-body">{LONG_WORD}</p>
                    </NotificationBanner>
                },
            ),
        ],
    )
}

fn promises() -> AnyView {
    section(
        "PromiseBox",
        vec![
            state("The day alone", view! { <PromiseBox due=DUE/> }),
            state(
                "With the team, the reference and more to say",
                view! {
                    <PromiseBox due=DUE team="EHC team, West" reference="SEND-7KQM-4TXD">
                        <p>"A person in this team has your question."</p>
                        <p><a class="govuk-link" href="/our-promise">"What we promise"</a></p>
                    </PromiseBox>
                },
            ),
            state("Long words", view! { <PromiseBox due=DUE team=LONG_WORD/> }),
        ],
    )
}

fn safety() -> AnyView {
    section(
        "SafetyBox",
        vec![state(
            "With when the line is open",
            view! {
                <SafetyBox
                    messages_read="Monday to Friday, 9am to 5pm"
                    out_of_hours_telephone="03069 990100"
                    out_of_hours_text="This line is open at night."
                />
            },
        )],
    )
}

fn summary_lists() -> AnyView {
    let facts = vec![
        SummaryRow::fact("Your reference", "SEND-7KQM-4TXD"),
        SummaryRow::fact("Several lines", "1 Sample Street\nMaidstone\nME14 1ZX"),
        SummaryRow::fact("Long words", LONG_WORD),
        SummaryRow::fact("Nothing", ""),
    ];
    let answers = vec![
        SummaryRow::fact("Your name", "Rosalind Quill").changed_at("/ask/who", "your name"),
        SummaryRow::fact("Long words", LONG_WORD).changed_at("/ask/topic", "long words"),
        SummaryRow::fact("Cannot be changed", "Yes"),
    ];
    section(
        "SummaryList",
        vec![
            state("Facts", view! { <SummaryList rows=facts/> }),
            state("Answers to change", view! { <SummaryList rows=answers/> }),
        ],
    )
}

fn threads() -> AnyView {
    let entries: Vec<AnyView> = [
        (
            Entry::Inbound,
            "Rosalind Quill",
            "by the form",
            "How do we ask for help?\n\nOur son is 7.",
        ),
        (Entry::Inbound, "Rosalind Quill", "by the form", LONG_WORD),
        (
            Entry::Outbound,
            "Olu Officer",
            "sent by email",
            "Dear Rosalind,\nthe school nurse can help.",
        ),
        (
            Entry::Note,
            "Note by Olu Officer",
            "only officers see it",
            "Rang the school; they call back.",
        ),
        (Entry::Event, "Assigned to Olu Officer", "", ""),
    ]
    .into_iter()
    .map(|(entry, from, detail, text)| {
        let when = "Wednesday 25 November 2026, 9:12am";
        if detail.is_empty() {
            view! { <ThreadMessage entry=entry from=from when=when/> }.into_any()
        } else {
            view! { <ThreadMessage entry=entry from=from when=when detail=detail text=text/> }
                .into_any()
        }
    })
    .collect();
    section(
        "ThreadMessage",
        vec![state(
            "Came in, came in with long words, went out, a note, an event",
            view! { <ol class="hub-thread">{entries}</ol> },
        )],
    )
}

fn tables() -> AnyView {
    let cells = ["Asking for an EHC assessment", LONG_WORD];
    let rows = cells.map(|cell| {
        view! {
            <tr role="row">
                <th scope="row" role="rowheader">"SEND-7KQM-4TXD"</th>
                <td role="cell" data-label="Topic">{cell}</td>
            </tr>
        }
        .into_any()
    });
    section(
        "CardTable",
        vec![state(
            "Two rows; on a phone two cards",
            view! { <CardTable caption="An example" heads=["Reference", "Topic"] rows=rows.into()/> },
        )],
    )
}

/// Patterns that are a class alone.
fn insets() -> AnyView {
    section(
        "Patterns without a component",
        vec![
            state(
                "govuk-inset-text",
                view! { <div class="govuk-inset-text">"Please write your reference down now."</div> },
            ),
            state(
                "hub-nothing",
                view! { <div class="hub-nothing"><p>"This does not mean that there is no help."</p></div> },
            ),
            state(
                "govuk-details",
                view! {
                    <details class="govuk-details">
                        <summary class="govuk-details__summary">
                            <span class="govuk-details__summary-text">"Close this enquiry"</span>
                        </summary>
                        <div class="govuk-details__text">"Choose why it is closed."</div>
                    </details>
                },
            ),
            state(
                "hub-figures",
                view! {
                    <dl class="hub-figures">
                        <div><dt>"Overdue"</dt><dd>"3"</dd></div>
                        <div><dt>"Due today"</dt><dd>"12"</dd></div>
                    </dl>
                },
            ),
        ],
    )
}
