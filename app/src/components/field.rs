//! A form's questions. Each takes the submitted [`Form`] and a field's name, and shows the label,
//! the hint, the error and what was entered.
//!
//! Ids: the control (the first radio, checkbox or day) has the field's name as its id, so that the
//! error summary's link `#name` leads to it; `name-hint` and `name-error` describe it. What the
//! kinds share is here; each kind has a file.

pub mod choices;
pub mod date;
pub mod select;
pub mod text;

use leptos::prelude::*;

pub use choices::{Checkboxes, Choice, Radios};
pub use date::{DateFields, Whose};
pub use select::{SelectField, nothing_or};
pub use text::{TextArea, TextField};

use crate::forms::Form;

/// What a label or legend is on its page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Heading {
    /// One question among others.
    #[default]
    Plain,
    /// A question that opens a section.
    Section,
    /// The page's only question, and so its `<h1>`:
    /// <https://design-system.service.gov.uk/patterns/question-pages/>
    Page,
}

/// What describes a question: its hint and its error.
struct Described {
    name: &'static str,
    hint: Option<String>,
    error: Option<String>,
}

impl Described {
    fn new(form: &Form, name: &'static str, hint: Option<String>) -> Self {
        let error = form.error(name);
        Self { name, hint, error }
    }

    /// The ids for `aria-describedby`, the hint first.
    fn ids(&self) -> Option<String> {
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.name));
        let error = self.error.as_ref().map(|_| format!("{}-error", self.name));
        let ids: Vec<String> = hint.into_iter().chain(error).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    fn group_class(&self) -> &'static str {
        match self.error {
            Some(_) => "govuk-form-group govuk-form-group--error",
            None => "govuk-form-group",
        }
    }

    /// A control's classes, with the one that marks an error.
    fn control_class(&self, base: &str, extra: &str) -> String {
        let error = match self.error {
            Some(_) => format!(" {base}--error"),
            None => String::new(),
        };
        let space = if extra.is_empty() { "" } else { " " };
        format!("{base}{error}{space}{extra}")
    }

    fn invalid(&self) -> Option<&'static str> {
        self.error.as_ref().map(|_| "true")
    }

    /// The hint and the error, to stand between the label and the control.
    fn view(&self) -> AnyView {
        let hint = self.hint.clone().map(|hint| {
            view! { <div id=format!("{}-hint", self.name) class="govuk-hint">{hint}</div> }
        });
        let error = self.error.clone().map(|error| {
            view! {
                <p id=format!("{}-error", self.name) class="govuk-error-message">
                    <span class="govuk-visually-hidden">"Error: "</span>
                    {error}
                </p>
            }
        });
        (hint, error).into_any()
    }
}

/// The label of a control.
fn label(name: &'static str, text: String, heading: Heading) -> AnyView {
    match heading {
        Heading::Plain => view! { <label class="govuk-label" for=name>{text}</label> }.into_any(),
        Heading::Section => {
            view! { <label class="govuk-label govuk-label--m" for=name>{text}</label> }.into_any()
        }
        Heading::Page => view! {
            <h1 class="govuk-label-wrapper">
                <label class="govuk-label govuk-label--l" for=name>{text}</label>
            </h1>
        }
        .into_any(),
    }
}

/// The legend of a group of controls.
fn legend(text: String, heading: Heading) -> AnyView {
    match heading {
        Heading::Plain => {
            view! { <legend class="govuk-fieldset__legend">{text}</legend> }.into_any()
        }
        Heading::Section => view! {
            <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">{text}</legend>
        }
        .into_any(),
        Heading::Page => view! {
            <legend class="govuk-fieldset__legend govuk-fieldset__legend--l">
                <h1 class="govuk-fieldset__heading">{text}</h1>
            </legend>
        }
        .into_any(),
    }
}
