//! The pages about people: who asks, and which child or young person it is about.

use domain::codes::{CorrespondentKind, EhcPlan};
use hub::{Draft, Step};
use leptos::prelude::*;

use super::step::Question;
use crate::{
    components::{Choice, DateFields, Heading, Radios, TextField, Whose},
    forms::Form,
};

pub(super) fn who(form: Form) -> Question {
    let kinds = CorrespondentKind::ALL.iter().map(|kind| kind_choice(*kind));
    let choices = kinds.collect();
    Question {
        title: "About you",
        fields: view! {
            <h1 class="govuk-heading-l">"About you"</h1>
            {view! {
                <Radios
                    form=form.clone()
                    name="kind"
                    legend="Who are you?"
                    heading=Heading::Section
                    choices=choices
                />
            }.into_any()}
            {view! {
                <TextField
                    form=form.clone()
                    name="name"
                    label="Your full name"
                    autocomplete="name"
                    spellcheck="false"
                />
            }.into_any()}
            {view! {
                <TextField
                    form=form
                    name="organisation"
                    label="Where you work (optional)"
                    hint="Only if you ask as part of your work. For example, the name of your school."
                    autocomplete="organization"
                    spellcheck="false"
                />
            }.into_any()}
        }
        .into_any(),
    }
}

fn kind_choice(kind: CorrespondentKind) -> Choice {
    let code = kind.as_str();
    match kind {
        CorrespondentKind::Parent => Choice::of(code, "A parent or carer"),
        CorrespondentKind::YoungPerson => {
            Choice::hinted(code, "A young person", "You are 16 to 25 years old.")
        }
        CorrespondentKind::School => Choice::of(code, "A school, nursery or college"),
        CorrespondentKind::Professional => Choice::hinted(
            code,
            "Another professional",
            "For example, you work in health or social care.",
        ),
        CorrespondentKind::Other => Choice::of(code, "Somebody else"),
    }
}

/// Everything here may be left out.
pub(super) fn child(form: Form, draft: &Draft) -> Question {
    let title = "About the child or young person";
    let whose = if asks_for_themselves(draft) {
        Whose::Own
    } else {
        Whose::Other
    };
    let form = with_own_name(form, draft);
    Question {
        title,
        fields: view! {
            <h1 class="govuk-heading-l">{title}</h1>
            <p class="govuk-body">
                "This helps us find the right person and answer sooner. You can leave out what you do not know or do not want to say."
            </p>
            {name_and_birth(&form, whose)}
            {school_and_plan(form)}
        }
        .into_any(),
    }
}

fn name_and_birth(form: &Form, whose: Whose) -> AnyView {
    view! {
        <TextField
            form=form.clone()
            name="child_name"
            label="Their full name (optional)"
            spellcheck="false"
        />
        <DateFields
            form=form.clone()
            name="child_born_on"
            legend="Their date of birth (optional)"
            hint="For example, 27 3 2015"
            whose=whose
        />
    }
    .into_any()
}

fn school_and_plan(form: Form) -> AnyView {
    view! {
        <TextField
            form=form.clone()
            name="child_school"
            label="Their school, nursery or college (optional)"
            spellcheck="false"
        />
        <Radios
            form=form.clone()
            name="child_ehc_plan"
            legend="Do they have an EHC plan? (optional)"
            hint="EHC means education, health and care."
            choices=vec![
                Choice::of(EhcPlan::Yes.as_str(), "Yes"),
                Choice::of(EhcPlan::No.as_str(), "No"),
                Choice::of(EhcPlan::NotSure.as_str(), "I am not sure"),
            ]
        />
        <TextField
            form=form
            name="child_reference"
            label="A reference from one of our letters (optional)"
            class="govuk-input--width-20"
            spellcheck="false"
        />
    }
    .into_any()
}

fn asks_for_themselves(draft: &Draft) -> bool {
    draft.fields(Step::Who).one("kind") == CorrespondentKind::YoungPerson.as_str()
}

/// A young person has given their name already: nothing is asked twice (WCAG 2.2, 3.3.7). It can
/// be changed, for they may ask about a brother or a sister.
fn with_own_name(mut form: Form, draft: &Draft) -> Form {
    let who = draft.fields(Step::Who);
    let first_visit = form.values == domain::form::Fields::default();
    if first_visit && asks_for_themselves(draft) {
        form.values.set("child_name", who.one("name"));
    }
    form
}
