//! `/ask/check`: everything once more, before it is sent.

use domain::clock::day_in_words;
use domain::{
    codes::{ContactPreference, CorrespondentKind},
    council::Council,
    keys::TopicKey,
    promise::PromiseRule,
};
use hub::{Draft, Step, SummaryRow as Answer};
use leptos::prelude::*;

use super::{
    due_on, go_to,
    step::{back_from, place},
    working_days,
};
use crate::{
    components::{Button, Page, SummaryList, SummaryRow},
    context::{hub, refused_or, site},
    forms::Form,
};

/// Every answer with the way back to it. With an answer missing, the page that asks for it.
pub(super) fn page(draft: &Draft, council: &Council) -> AnyView {
    let missing = draft.next_missing();
    if missing != Step::Check {
        return go_to(missing.path());
    }
    let title = "Check your answers before you send";
    let rows = draft.summary(council).into_iter().map(row).collect();
    let back = back_from(Step::Check, draft);
    let what_happens = what_happens(draft, council);
    let place = place(Step::Check, draft);
    view! {
        <Page
            site=site()
            title=title
            errors=errors()
            current="/ask"
            back=Some(back)
        >
            {place}
            <h1 class="govuk-heading-l">{title}</h1>
            {view! { <SummaryList rows=rows/> }.into_any()}
            <div class="hub-measure">
                {what_happens}
                <form method="post" action=Step::Check.path()>
                    <Button text="Send your question"/>
                </form>
            </div>
        </Page>
    }
    .into_any()
}

/// What stopped the sending, without links: the fields are on other pages.
fn errors() -> Vec<(String, String)> {
    refused_or(Form::default)
        .error_list()
        .into_iter()
        .map(|(_, message)| (String::new(), message))
        .collect()
}

fn row(answer: Answer) -> SummaryRow {
    let value = if answer.answer.is_empty() {
        "You left this empty".to_owned()
    } else {
        answer.answer.join("\n")
    };
    SummaryRow::fact(answer.question, value)
        .changed_at(answer.step.path(), answer.question.to_lowercase())
}

fn what_happens(draft: &Draft, council: &Council) -> AnyView {
    let rule = rule(draft, council);
    let days = working_days(rule.working_days);
    let due = day_in_words(due_on(&hub(), rule, council));
    view! {
        <h2 class="govuk-heading-m">"What happens when you send"</h2>
        <ul class="govuk-list govuk-list--bullet">
            <li>"We show you a reference. Keep it."</li>
            {automatic_email(draft)}
            <li>
                "A person replies to you within " {days} ". If you send today, that is by "
                <strong>{due}</strong> "."
            </li>
        </ul>
    }
    .into_any()
}

/// Told only to those who get it: who chose another way gets no email.
fn automatic_email(draft: &Draft) -> Option<AnyView> {
    let preference = draft.fields(Step::Reach).one("preference").parse();
    (preference == Ok(ContactPreference::Email)).then(|| {
        view! {
            <li>"We send you an email at once. It says that we have your question. It is not our reply."</li>
        }
        .into_any()
    })
}

/// The promise for who asks and what was chosen to ask about.
fn rule(draft: &Draft, council: &Council) -> PromiseRule {
    let topic = draft.fields(Step::Topic).one("topic").parse::<TopicKey>();
    let kind = draft.fields(Step::Who).one("kind").parse();
    let kind = kind.unwrap_or(CorrespondentKind::Parent);
    topic.map_or(
        PromiseRule {
            working_days: council.promise.working_days,
        },
        |topic| council.rules_for(&topic, kind).promise,
    )
}
