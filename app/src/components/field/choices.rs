//! One choice of several (radios), or as many as apply (checkboxes).

use leptos::prelude::*;

use super::{Described, Heading, legend};
use crate::forms::Form;

/// Something to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// An answer.
    Answer {
        /// What is submitted.
        value: String,
        /// What is read.
        text: String,
        /// Help with choosing.
        hint: Option<String>,
    },
    /// A word between answers: "or".
    Divider(String),
}

impl Choice {
    /// An answer without a hint.
    pub fn of(value: impl Into<String>, text: impl Into<String>) -> Self {
        Self::Answer {
            value: value.into(),
            text: text.into(),
            hint: None,
        }
    }

    /// An answer with a hint.
    pub fn hinted(
        value: impl Into<String>,
        text: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self::Answer {
            value: value.into(),
            text: text.into(),
            hint: Some(hint.into()),
        }
    }
}

/// What the two kinds of list differ in.
struct Kind {
    block: &'static str,
    input: &'static str,
    chosen: Vec<String>,
}

/// One answer of several. None is chosen beforehand.
#[component]
pub fn Radios(
    /// What was submitted.
    form: Form,
    /// The field's name and the first radio's id.
    name: &'static str,
    /// The question.
    #[prop(into)]
    legend: String,
    /// What the legend is on its page.
    #[prop(optional)]
    heading: Heading,
    /// Help with answering.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What there is to choose.
    choices: Vec<Choice>,
    /// Another look: `govuk-radios--inline`, `govuk-radios--small`.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let kind = Kind {
        block: "govuk-radios",
        input: "radio",
        chosen: vec![form.value(name)],
    };
    let described = Described::new(&form, name, hint);
    group(
        described,
        self::legend(legend, heading),
        choices,
        &kind,
        class,
    )
}

/// As many answers as apply.
#[component]
pub fn Checkboxes(
    /// What was submitted.
    form: Form,
    /// The field's name and the first checkbox's id.
    name: &'static str,
    /// The question.
    #[prop(into)]
    legend: String,
    /// What the legend is on its page.
    #[prop(optional)]
    heading: Heading,
    /// Help with answering.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What there is to choose.
    choices: Vec<Choice>,
    /// Another look: `govuk-checkboxes--small`.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let kind = Kind {
        block: "govuk-checkboxes",
        input: "checkbox",
        chosen: form.values(name),
    };
    let described = Described::new(&form, name, hint);
    group(
        described,
        self::legend(legend, heading),
        choices,
        &kind,
        class,
    )
}

fn group(
    described: Described,
    legend: AnyView,
    choices: Vec<Choice>,
    kind: &Kind,
    class: &'static str,
) -> AnyView {
    let items: Vec<AnyView> = choices
        .into_iter()
        .enumerate()
        .map(|(index, choice)| item(described.name, index, choice, kind))
        .collect();
    view! {
        <div class=described.group_class()>
            <fieldset class="govuk-fieldset" aria-describedby=described.ids()>
                {legend}
                {described.view()}
                <div class=format!("{} {class}", kind.block)>{items}</div>
            </fieldset>
        </div>
    }
    .into_any()
}

fn item(name: &'static str, index: usize, choice: Choice, kind: &Kind) -> AnyView {
    let block = kind.block;
    let (value, text, hint) = match choice {
        Choice::Divider(word) => {
            return view! { <div class=format!("{block}__divider")>{word}</div> }.into_any();
        }
        Choice::Answer { value, text, hint } => (value, text, hint),
    };
    // The first has the field's own name, where the error summary leads.
    let id = match index {
        0 => name.to_owned(),
        _ => format!("{name}-{}", index + 1),
    };
    let hint_id = hint.as_ref().map(|_| format!("{id}-item-hint"));
    let hint = hint.map(|hint| {
        view! {
            <div id=hint_id.clone() class=format!("govuk-hint {block}__hint")>{hint}</div>
        }
    });
    let checked = kind.chosen.contains(&value);
    view! {
        <div class=format!("{block}__item")>
            <input
                class=format!("{block}__input")
                id=id.clone()
                name=name
                type=kind.input
                value=value
                checked=checked
                aria-describedby=hint_id
            />
            <label class=format!("govuk-label {block}__label") for=id>{text}</label>
            {hint}
        </div>
    }
    .into_any()
}
