//! A day that a person knows: a date of birth.

use leptos::prelude::*;

use super::{Described, Heading, legend};
use crate::forms::Form;

/// Day, month and year, submitted as `name-day`, `name-month` and `name-year`. The error stands
/// under `name`, which is the day's id. <https://design-system.service.gov.uk/components/date-input/>
#[component]
pub fn DateFields(
    /// What was submitted.
    form: Form,
    /// The field's name without its parts.
    name: &'static str,
    /// The question.
    #[prop(into)]
    legend: String,
    /// What the legend is on its page.
    #[prop(optional)]
    heading: Heading,
    /// Help with answering: "For example, 27 3 2017".
    #[prop(optional, into)]
    hint: Option<String>,
    /// A date of birth, that the browser may fill in.
    #[prop(default = Whose::Other)]
    whose: Whose,
) -> impl IntoView {
    let described = Described::new(&form, name, hint);
    let parts: Vec<_> = [
        ("day", "Day", "govuk-input--width-2"),
        ("month", "Month", "govuk-input--width-2"),
        ("year", "Year", "govuk-input--width-4"),
    ]
    .into_iter()
    .map(|(part, text, width)| part_field(&form, &described, (part, text, width), whose))
    .collect();
    view! {
        <div class=described.group_class()>
            <fieldset class="govuk-fieldset" role="group" aria-describedby=described.ids()>
                {self::legend(legend, heading)}
                {described.view()}
                <div class="govuk-date-input">{parts}</div>
            </fieldset>
        </div>
    }
    .into_any()
}

/// Whose date it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// The date of birth of the person who fills in the form.
    Own,
    /// Anything else.
    Other,
}

fn part_field(
    form: &Form,
    described: &Described,
    (part, text, width): (&'static str, &'static str, &'static str),
    whose: Whose,
) -> AnyView {
    let name = format!("{}-{part}", described.name);
    let id = match part {
        "day" => described.name.to_owned(),
        _ => name.clone(),
    };
    let autocomplete = (whose == Whose::Own).then(|| format!("bday-{part}"));
    view! {
        <div class="govuk-date-input__item">
            <div class="govuk-form-group">
                <label class="govuk-label govuk-date-input__label" for=id.clone()>{text}</label>
                <input
                    class=described.control_class("govuk-input", &format!("govuk-date-input__input {width}"))
                    id=id
                    name=name.clone()
                    type="text"
                    inputmode="numeric"
                    value=form.value(&name)
                    autocomplete=autocomplete
                    aria-invalid=described.invalid()
                />
            </div>
        </div>
    }
    .into_any()
}
