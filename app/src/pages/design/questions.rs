//! Forms: each kind of question plain, with a hint, filled in, refused and with long words.

use domain::form::{Faults, Fields};
use leptos::prelude::*;

use super::{LONG_WORD, section, state};
use crate::{
    components::{
        Checkboxes, Choice, DateFields, ErrorSummary, Heading, Radios, SelectField, TextArea,
        TextField, Whose,
    },
    forms::Form,
};

pub(super) fn sections() -> Vec<AnyView> {
    vec![
        summaries(),
        text_fields(),
        text_areas(),
        radios(),
        checkboxes(),
        dates(),
        selects(),
    ]
}

fn filled(pairs: &[(&str, &str)]) -> Form {
    let mut values = Fields::default();
    for (name, value) in pairs {
        values.push(*name, *value);
    }
    Form::filled(values)
}

fn refused(pairs: &[(&str, &str)], field: &str, message: &str) -> Form {
    Form::refused(filled(pairs).values, Faults::one(field, message))
}

fn summaries() -> AnyView {
    let of = |errors: &[(&str, &str)]| -> Vec<(String, String)> {
        let owned = |(field, message): &(&str, &str)| ((*field).to_owned(), (*message).to_owned());
        errors.iter().map(owned).collect()
    };
    let one = of(&[("email-wrong", "Enter your email address")]);
    let several = of(&[
        ("kind-wrong", "Choose who you are"),
        ("born-wrong", "Enter a real date of birth"),
        ("", "Nothing was sent. Try again in a few minutes."),
    ]);
    section(
        "ErrorSummary",
        vec![
            state("One error", view! { <ErrorSummary errors=one/> }),
            state(
                "Several, one of no field",
                view! { <ErrorSummary errors=several/> },
            ),
            state(
                "No error: shows nothing",
                view! { <ErrorSummary errors=Vec::new()/> },
            ),
        ],
    )
}

fn text_fields() -> AnyView {
    let long = filled(&[("name-long", LONG_WORD)]);
    let filled_in = filled(&[("name-filled", "Rosalind Quill")]);
    let wrong = refused(
        &[("email-wrong", "not an address")],
        "email-wrong",
        "Enter an email address, like name@example.com",
    );
    section(
        "TextField",
        vec![
            state(
                "Plain",
                view! { <TextField form=Form::default() name="name-plain" label="Your full name"/> },
            ),
            state(
                "With a hint, narrow",
                view! {
                    <TextField
                        form=Form::default()
                        name="postcode-hint"
                        label="Postcode"
                        hint="For example, ME14 1XQ"
                        class="govuk-input--width-10"
                    />
                },
            ),
            state(
                "Filled in",
                view! { <TextField form=filled_in name="name-filled" label="Your full name"/> },
            ),
            state(
                "Refused, with a hint",
                view! {
                    <TextField
                        form=wrong
                        name="email-wrong"
                        label="Email address"
                        hint="We use it to reply to you."
                        kind="email"
                    />
                },
            ),
            state(
                "Long words",
                view! { <TextField form=long name="name-long" label=LONG_WORD hint=LONG_WORD/> },
            ),
            state(
                "Opens a section",
                view! {
                    <TextField
                        form=Form::default()
                        name="name-section"
                        label="Where you work"
                        heading=Heading::Section
                    />
                },
            ),
            state(
                "The page’s only question",
                view! {
                    <TextField
                        form=Form::default()
                        name="name-page"
                        label="What is your name?"
                        heading=Heading::Page
                    />
                },
            ),
        ],
    )
}

fn text_areas() -> AnyView {
    let long = "Our son waits for a place at school since March. ".repeat(12);
    let filled_in = filled(&[("message-filled", &long)]);
    let wrong = refused(&[], "message-wrong", "Enter your message");
    let word = filled(&[("message-long", LONG_WORD)]);
    section(
        "TextArea",
        vec![
            state(
                "Plain",
                view! { <TextArea form=Form::default() name="message-plain" label="Postal address" rows=3/> },
            ),
            state(
                "Filled in, with a hint and a limit",
                view! {
                    <TextArea
                        form=filled_in
                        name="message-filled"
                        label="Your message"
                        hint="You need not explain it all again."
                        rows=4
                        max_characters=600
                    />
                },
            ),
            state(
                "Refused",
                view! { <TextArea form=wrong name="message-wrong" label="Your message" rows=3/> },
            ),
            state(
                "Long words, past the limit",
                view! { <TextArea form=word name="message-long" label="Your message" rows=3 max_characters=20/> },
            ),
        ],
    )
}

fn choices() -> Vec<Choice> {
    vec![
        Choice::of("parent", "A parent or carer"),
        Choice::hinted("young", "A young person", "From age 16."),
        Choice::Divider("or".to_owned()),
        Choice::of("other", LONG_WORD),
    ]
}

fn yes_or_no() -> Vec<Choice> {
    vec![Choice::of("yes", "Yes"), Choice::of("no", "No")]
}

fn radios() -> AnyView {
    let chosen = filled(&[("kind-chosen", "young")]);
    let wrong = refused(&[], "kind-wrong", "Choose who you are");
    section(
        "Radios",
        vec![
            state(
                "Plain, with a divider, hints and long words",
                view! { <Radios form=Form::default() name="kind-plain" legend="Who are you?" choices=choices()/> },
            ),
            state(
                "Chosen, with a hint, opens a section",
                view! {
                    <Radios
                        form=chosen
                        name="kind-chosen"
                        legend="Who is it that asks?"
                        hint="Choose the one that fits best."
                        heading=Heading::Section
                        choices=choices()
                    />
                },
            ),
            state(
                "Refused, side by side",
                view! {
                    <Radios
                        form=wrong
                        name="kind-wrong"
                        legend="Is it about one child?"
                        choices=yes_or_no()
                        class="govuk-radios--inline"
                    />
                },
            ),
            state(
                "Small",
                view! {
                    <Radios
                        form=Form::default()
                        name="kind-small"
                        legend="Do you have a plan?"
                        choices=yes_or_no()
                        class="govuk-radios--small"
                    />
                },
            ),
        ],
    )
}

fn checkboxes() -> AnyView {
    let chosen = filled(&[("needs-chosen", "parent"), ("needs-chosen", "other")]);
    let wrong = refused(&[], "needs-wrong", "Choose at least one");
    section(
        "Checkboxes",
        vec![
            state(
                "Plain",
                view! { <Checkboxes form=Form::default() name="needs-plain" legend="What you need from us" choices=choices()/> },
            ),
            state(
                "Chosen, small, with a hint",
                view! {
                    <Checkboxes
                        form=chosen
                        name="needs-chosen"
                        legend="What it is for"
                        hint="Choose as many as you like."
                        choices=choices()
                        class="govuk-checkboxes--small"
                    />
                },
            ),
            state(
                "Refused",
                view! { <Checkboxes form=wrong name="needs-wrong" legend="Kind of help" choices=yes_or_no()/> },
            ),
        ],
    )
}

fn dates() -> AnyView {
    let wrong = refused(
        &[
            ("born-wrong-day", "31"),
            ("born-wrong-month", "2"),
            ("born-wrong-year", "2015"),
        ],
        "born-wrong",
        "Enter a real date of birth, like 27 3 2017",
    );
    section(
        "DateFields",
        vec![
            state(
                "With a hint",
                view! {
                    <DateFields
                        form=Form::default()
                        name="born-plain"
                        legend="Your date of birth"
                        hint="For example, 27 3 2001"
                        whose=Whose::Own
                    />
                },
            ),
            state(
                "Refused",
                view! { <DateFields form=wrong name="born-wrong" legend="Their date of birth"/> },
            ),
        ],
    )
}

fn selects() -> AnyView {
    let options = || {
        vec![
            (String::new(), "Any age".to_owned()),
            ("4".to_owned(), "4".to_owned()),
            ("long".to_owned(), LONG_WORD.to_owned()),
        ]
    };
    let chosen = filled(&[("age-chosen", "long")]);
    let wrong = refused(&[], "age-wrong", "Choose an age");
    section(
        "SelectField",
        vec![
            state(
                "Plain",
                view! { <SelectField form=Form::default() name="age-plain" label="Age" options=options()/> },
            ),
            state(
                "Chosen, with a hint, long words",
                view! {
                    <SelectField
                        form=chosen
                        name="age-chosen"
                        label="Age of your child"
                        hint="On the day that it starts."
                        options=options()
                    />
                },
            ),
            state(
                "Refused",
                view! { <SelectField form=wrong name="age-wrong" label="Age in years" options=options()/> },
            ),
        ],
    )
}
