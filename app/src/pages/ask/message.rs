//! The pages about the message: what the person needs from us, what they ask, how we answer.

use domain::{
    codes::{ContactPreference, Support},
    council::Council,
};
use hub::Draft;
use leptos::prelude::*;

use super::{safety, step::Question};
use crate::{
    components::{Checkboxes, Choice, Heading, Radios, TextArea, TextField},
    forms::Form,
};

/// Longest message, in characters; the hub holds to the same.
const MESSAGE: u32 = 10_000;

pub(super) fn support(form: Form) -> Question {
    let title = "How can we make this easier for you?";
    let choices = Support::ALL.iter().map(|support| support_choice(*support));
    let choices = choices.collect();
    Question {
        title,
        fields: view! {
            <h1 class="govuk-heading-l">{title}</h1>
            {view! {
                <Checkboxes
                    form=form.clone()
                    name="support"
                    legend="What do you need from us?"
                    heading=Heading::Section
                    hint="Choose all that you need. If you need none, press Continue."
                    choices=choices
                />
            }.into_any()}
            {view! {
                <TextField
                    form=form.clone()
                    name="interpreter_language"
                    label="Which language do you need?"
                    hint="Only if you need an interpreter. It can be British Sign Language."
                    class="govuk-input--width-20"
                />
            }.into_any()}
            {view! {
                <TextArea
                    form=form
                    name="safe_contact"
                    label="Is there a safe way to contact you? (optional)"
                    hint="For example: do not leave a message, or only call in the morning."
                    rows=3
                />
            }.into_any()}
        }
        .into_any(),
    }
}

fn support_choice(support: Support) -> Choice {
    let code = support.as_str();
    match support {
        Support::Interpreter => Choice::of(code, "An interpreter"),
        Support::LargePrint => Choice::of(code, "Large print"),
        Support::EasyRead => Choice::hinted(code, "Easy read", "Short words with pictures."),
        Support::TextOnly => Choice::hinted(
            code,
            "Plain text only",
            "Messages without pictures or layout, for a screen reader.",
        ),
        Support::NoTelephone => Choice::of(code, "Please do not phone me"),
    }
}

pub(super) fn message(form: Form, draft: &Draft, council: &Council) -> Question {
    let title = "Your question";
    let form = begun(form, draft);
    Question {
        title,
        fields: view! {
            <h1 class="govuk-heading-l">{title}</h1>
            {safety(council)}
            <TextArea
                form=form
                name="message"
                label="What do you want to ask or tell us?"
                hint="Use your own words. Do not worry about spelling. Say what has happened, and what you would like to happen."
                rows=12
                max_characters=MESSAGE
            />
        }
        .into_any(),
    }
}

/// A message that nobody has written yet begins with the words of the search that led here. A refused
/// one stays as it was sent.
fn begun(mut form: Form, draft: &Draft) -> Form {
    if form.values.all("message").is_empty() {
        form.values.set("message", draft.message_beginning());
    }
    form
}

pub(super) fn reach(form: Form) -> Question {
    let title = "How shall we reply?";
    Question {
        title,
        fields: view! {
            <h1 class="govuk-heading-l">{title}</h1>
            {view! {
                <Radios
                    form=form.clone()
                    name="preference"
                    legend="How do you want to hear from us?"
                    heading=Heading::Section
                    choices=vec![
                        Choice::hinted(
                            ContactPreference::Email.as_str(),
                            "By email",
                            "We also send an email at once to say that we have your question.",
                        ),
                        Choice::of(ContactPreference::Telephone.as_str(), "By phone"),
                        Choice::of(ContactPreference::Letter.as_str(), "By letter"),
                    ]
                />
            }.into_any()}
            {ways(form)}
        }
        .into_any(),
    }
}

fn ways(form: Form) -> AnyView {
    view! {
        <h2 class="govuk-heading-m">"Where can we reach you?"</h2>
        <p class="govuk-body">
            "Fill in the one that you chose. The others may stay empty."
        </p>
        <TextField
            form=form.clone()
            name="email"
            label="Email address"
            kind="email"
            autocomplete="email"
            spellcheck="false"
        />
        <TextField
            form=form.clone()
            name="telephone"
            label="Phone number"
            kind="tel"
            autocomplete="tel"
            class="govuk-input--width-20"
        />
        <TextArea
            form=form
            name="postal_address"
            label="Postal address"
            rows=4
            autocomplete="street-address"
        />
    }
    .into_any()
}
