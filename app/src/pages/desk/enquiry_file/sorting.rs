//! Sorting an enquiry and passing it on: to the team that the rules give, or to somebody chosen.

use domain::{clock::day_in_words, enquiry::State};
use hub::desk::EnquiryFile;
use leptos::prelude::*;

use super::actions::{Folded, act_form};
use crate::{
    components::{Button, ButtonKind, Checkboxes, Choice, SelectField, TextArea, nothing_or},
    context::council,
    forms::Form,
    pages::desk::offered,
};

/// Where the form is on the page.
const PLACE: &str = "sorting";

/// Whether it waits for somebody to say what it is about. What is answered or closed does not.
fn is_to_sort(file: &EnquiryFile) -> bool {
    let open = matches!(file.enquiry.state, State::Promised | State::Paused { .. });
    open && file.marks.unsorted_since.is_some()
}

/// The word of it at the top of the file: the form stands far below.
pub(super) fn notice(file: &EnquiryFile) -> Option<AnyView> {
    is_to_sort(file).then(|| {
        view! {
            <p class="govuk-body">
                "Nobody has said what it is about. "
                <a class="govuk-link hub-screen-only" href=format!("#{PLACE}")>"Sort it"</a>
            </p>
        }
        .into_any()
    })
}

/// The form, with what stands now; open where nobody has sorted the enquiry yet.
pub(super) fn sorting(file: &EnquiryFile, form: Form) -> AnyView {
    let fields = ["topic", "to_team", "to_officer", "passed_why"];
    let refused = fields.iter().any(|field| form.error(field).is_some());
    let form = if refused { form } else { as_it_stands(file) };
    let to_sort = is_to_sort(file);
    let title = match to_sort {
        true => "Sort it: nobody has said what it is about",
        false => "Sort it, or pass it on",
    };
    let fields = view! {
        {place(file, &form)}
        {receiver(file, &form)}
        <Button text="Save and pass it on" kind=ButtonKind::Secondary/>
    };
    let form = act_form(file, "pass-on", fields);
    view! { <Folded title=title open=refused || to_sort id=PLACE form=form/> }.into_any()
}

fn as_it_stands(file: &EnquiryFile) -> Form {
    let mut form = Form::default();
    form.values.set("topic", file.enquiry.topic.as_str());
    if let Some(district) = &file.enquiry.district {
        form.values.set("district", district.as_str());
    }
    if file.marks.told_team.is_some() {
        form.values.set("passed_unseen", "yes");
    }
    form
}

fn place(file: &EnquiryFile, form: &Form) -> AnyView {
    let council = council();
    let mut topics: Vec<_> = offered::topics(&council.topics).collect();
    if council.topic(&file.enquiry.topic).is_none() {
        topics.insert(0, (file.enquiry.topic.to_string(), file.topic.clone()));
    }
    let districts = nothing_or("Not said", offered::districts(&council.districts));
    view! {
        <SelectField form=form.clone() name="topic" label="What it is about" options=topics/>
        <SelectField
            form=form.clone()
            name="district"
            label="Where the child or young person lives"
            options=districts
        />
    }
    .into_any()
}

fn receiver(file: &EnquiryFile, form: &Form) -> AnyView {
    let council = council();
    let teams = nothing_or(
        "The team that our rules give",
        offered::teams(&council.teams),
    );
    let people = file.colleagues.iter().map(|colleague| {
        let team = colleague.team.as_ref().map(|team| council.team_name(team));
        let mut text = team.map_or_else(
            || colleague.name.clone(),
            |team| format!("{} ({team})", colleague.name),
        );
        if let Some(day) = colleague.away_from {
            text += &format!(", away from {}", day_in_words(day));
        }
        (colleague.id.to_string(), text)
    });
    let people = nothing_or("Nobody in particular", people);
    view! {
        <SelectField form=form.clone() name="to_team" label="Team" options=teams/>
        <SelectField form=form.clone() name="to_officer" label="Officer" options=people/>
        <TextArea
            form=form.clone()
            name="passed_why"
            label="Why it goes to them"
            hint="Needed if you choose a team or an officer. Only officers see it."
            rows=3
        />
        <Checkboxes
            form=form.clone()
            name="passed_unseen"
            legend="Is this about a child’s safety?"
            hint="The family’s page then goes on naming the team that it names now."
            choices=vec![Choice::of("yes", "The family must not see that it moved")]
            class="govuk-checkboxes--small"
        />
    }
    .into_any()
}
