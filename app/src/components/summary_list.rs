//! Answers to check, or facts about one thing.

use leptos::prelude::*;

use super::PhoneLink;

/// The link that leads back to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The question's address.
    pub href: String,
    /// What is changed, for people who hear only the link: "your name".
    pub what: String,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummaryRow {
    /// What was asked, short.
    pub key: String,
    /// What was answered; its line breaks are kept.
    pub value: String,
    /// Whether that is a telephone number, which a phone dials when it is touched.
    pub is_telephone: bool,
    /// The way back to the question.
    pub change: Option<Change>,
    /// What that link says.
    pub verb: &'static str,
}

impl SummaryRow {
    /// A fact that cannot be changed from here.
    pub fn fact(key: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            value: value.into(),
            is_telephone: false,
            change: None,
            verb: "Change",
        }
    }

    /// The same, of a telephone number.
    pub fn telephone(key: impl Into<String>, number: impl Into<String>) -> Self {
        Self {
            is_telephone: true,
            ..Self::fact(key, number)
        }
    }

    /// An answer with a link back to its question.
    #[must_use]
    pub fn changed_at(mut self, href: impl Into<String>, what: impl Into<String>) -> Self {
        self.change = Some(Change {
            href: href.into(),
            what: what.into(),
        });
        self
    }
}

/// A list of answers. <https://design-system.service.gov.uk/components/summary-list/>
#[component]
pub fn SummaryList(
    /// The answers, in the order of the questions.
    rows: Vec<SummaryRow>,
) -> impl IntoView {
    let rows: Vec<_> = rows.into_iter().map(summary_row).collect();
    view! { <dl class="govuk-summary-list">{rows}</dl> }
}

fn summary_row(row: SummaryRow) -> AnyView {
    let class = match row.change {
        Some(_) => "govuk-summary-list__row",
        None => "govuk-summary-list__row govuk-summary-list__row--no-actions",
    };
    let change = row.change.map(|change| {
        view! {
            <dd class="govuk-summary-list__actions">
                <a class="govuk-link" href=change.href>
                    {row.verb} <span class="govuk-visually-hidden">" "{change.what}</span>
                </a>
            </dd>
        }
    });
    let value = if row.is_telephone {
        view! { <PhoneLink number=row.value/> }.into_any()
    } else {
        row.value.into_any()
    };
    view! {
        <div class=class>
            <dt class="govuk-summary-list__key">{row.key}</dt>
            <dd class="govuk-summary-list__value hub-lines">{value}</dd>
            {change}
        </div>
    }
    .into_any()
}
