//! The words of one letter: to write, to look at with made-up facts, to keep, to give up.

use domain::codes::LetterKind;
use hub::Actor;
use leptos::prelude::*;

use super::section::{other_button, seen};
use crate::{
    components::{Button, ButtonKind, TextArea},
    context::{council, hub},
    forms::Form,
};

pub(super) const fn name(kind: LetterKind) -> &'static str {
    match kind {
        LetterKind::Acknowledgement => "We have your question",
        LetterKind::Reply => "Reply",
        LetterKind::HoldingReply => "We need more time",
        LetterKind::WaitingForYou => "We wait for you",
        LetterKind::WaitReminder => "We still wait for you",
        LetterKind::PromiseMoved => "The answer has a new day",
        LetterKind::Closed => "Your question is closed",
        LetterKind::Reopened => "We have your new message",
    }
}

pub(super) const fn when(kind: LetterKind) -> &'static str {
    match kind {
        LetterKind::Acknowledgement => "Sent at once when an enquiry comes.",
        LetterKind::Reply => "Around what an officer answers.",
        LetterKind::HoldingReply => "Around what an officer writes when the answer needs longer.",
        LetterKind::WaitingForYou => "Around what an officer writes when something is missing.",
        LetterKind::WaitReminder => "Sent once, two working days before a pause ends.",
        LetterKind::PromiseMoved => "Sent when a pause ends and the promise goes on.",
        LetterKind::Closed => "Sent when an enquiry is closed.",
        LetterKind::Reopened => "Sent when somebody writes again after an answer.",
    }
}

pub(super) fn body(actor: &Actor, kind: LetterKind, form: Form) -> AnyView {
    let action = format!("/admin/settings/letters/{kind}");
    let own = council().letters.contains_key(&kind);
    let standard = own.then(|| {
        other_button(
            "Go back to the standard words",
            "remove",
            ButtonKind::Secondary,
        )
    });
    view! {
        <h1 class="govuk-heading-l">{name(kind)}</h1>
        <p class="govuk-body">{when(kind)}</p>
        {preview(actor, kind, &form)}
        <form id="settings" method="post" action=action class="hub-measure" novalidate>
            {seen()}
            <TextArea
                form=form
                name="text"
                label="The letter"
                hint="A line stays a line, and an empty line parts paragraphs. ## begins a heading, - an entry of a list, > a box. **Two stars** make words strong. Below it we add when messages are read, what to do in danger, and who gives advice."
                rows=24
            />
            <div class="govuk-button-group">
                <Button text="Save" name="act" value="save"/>
                {other_button("Look at it", "preview", ButtonKind::Secondary)}
                {standard}
            </div>
        </form>
        {placeholders(kind)}
    }
    .into_any()
}

/// The letter as people would get it, when the button for that was pressed.
fn preview(actor: &Actor, kind: LetterKind, form: &Form) -> Option<AnyView> {
    if form.value("act") != "preview" {
        return None;
    }
    let preview = hub()
        .settings()
        .preview(actor, kind, &form.value("text"))
        .ok()?;
    Some(
        view! {
            <section aria-labelledby="preview" class="hub-preview">
                <h2 class="govuk-heading-m" id="preview">"How it looks, with a made-up enquiry"</h2>
                <p class="govuk-body">"It is not saved yet."</p>
                <div class="hub-preview__page" inner_html=preview.html></div>
                <details class="govuk-details">
                    <summary class="govuk-details__summary">
                        <span class="govuk-details__summary-text">"As plain text"</span>
                    </summary>
                    <div class="govuk-details__text"><pre class="hub-preview__text">{preview.text}</pre></div>
                </details>
            </section>
        }
        .into_any(),
    )
}

fn placeholders(kind: LetterKind) -> AnyView {
    let rows: Vec<AnyView> = hub::settings::placeholders(kind)
        .iter()
        .map(|(name, about, must)| {
            let must = if *must { " It must be there." } else { "" };
            view! {
                <li><code>{format!("{{{{ {name} }}}}")}</code>{format!(": {about}.{must}")}</li>
            }
            .into_any()
        })
        .collect();
    view! {
        <h2 class="govuk-heading-m">"What is filled in"</h2>
        <ul class="govuk-list govuk-list--bullet">{rows}</ul>
    }
    .into_any()
}
