//! Who is asking: everything that they told us, so that nobody asks them twice.

use domain::correspondent::{ChildDetails, Correspondent};
use hub::desk::EnquiryFile;
use leptos::prelude::*;

use crate::{
    components::{Notice, NotificationBanner, SummaryList, SummaryRow},
    pages::desk::words,
};

/// What to mind so that contact is safe, above everything else on the page.
pub(super) fn safe_contact(file: &EnquiryFile) -> Option<AnyView> {
    let words = file.correspondent.safe_contact.clone()?;
    Some(
        view! {
            <NotificationBanner kind=Notice::Important>
                <p class="govuk-notification-banner__heading">
                    "Take care how you contact them. They told us:"
                </p>
                <p class="govuk-body hub-lines">{words}</p>
            </NotificationBanner>
        }
        .into_any(),
    )
}

/// Others who are reached where this person is, before any number or address.
pub(super) fn sharing(file: &EnquiryFile) -> Option<AnyView> {
    if file.shared_with.is_empty() {
        return None;
    }
    let lines: Vec<AnyView> = file
        .shared_with
        .iter()
        .map(|other| {
            let what = match (other.email, other.telephone) {
                (true, true) => "email address and phone",
                (true, false) => "email address",
                _ => "phone",
            };
            let wish = other
                .safe_contact
                .as_ref()
                .map(|wish| format!(". They told us: {wish}"));
            view! { <li class="hub-lines">{format!("{}: the same {what}", other.name)}{wish}</li> }
                .into_any()
        })
        .collect();
    let banner = view! {
        <NotificationBanner kind=Notice::Important>
            <p class="govuk-notification-banner__heading">
                "Others can be reached in the same way"
            </p>
            <p class="govuk-body">
                "They may see your mail or take your call. Say nothing of one person to another."
            </p>
            <ul class="govuk-list govuk-list--bullet">{lines}</ul>
        </NotificationBanner>
    };
    Some(banner.into_any())
}

/// The person, how to reach them, and the child.
pub(super) fn who(file: &EnquiryFile) -> AnyView {
    let child = (!file.child.is_empty()).then(|| {
        let rows = child_rows(&file.child);
        view! {
            <h2 class="govuk-heading-m">"The child or young person"</h2>
            <SummaryList rows=rows/>
        }
        .into_any()
    });
    let rows = person_rows(&file.correspondent);
    view! {
        <h2 class="govuk-heading-m">"Who is asking"</h2>
        <SummaryList rows=rows/>
        {child}
    }
    .into_any()
}

fn person_rows(person: &Correspondent) -> Vec<SummaryRow> {
    let support: Vec<&str> = person
        .support
        .iter()
        .map(|need| words::support(*need))
        .collect();
    let reached = facts([
        ("Writes for", person.organisation.clone()),
        ("Email", person.email.as_ref().map(ToString::to_string)),
    ]);
    let number = person.telephone.as_ref().map(ToString::to_string);
    let number = number.map(|number| SummaryRow::telephone("Phone", number));
    let told = [
        ("Postal address", person.postal_address.clone()),
        (
            "Needs from us",
            (!support.is_empty()).then(|| support.join("\n")),
        ),
        (
            "Interpreter’s language",
            person.interpreter_language.clone(),
        ),
        ("Safe contact", person.safe_contact.clone()),
    ];
    let first = [
        SummaryRow::fact("Name", person.name.clone()),
        SummaryRow::fact("Who they are", words::kind(person.kind)),
        SummaryRow::fact("Wants to hear", words::preference(person.preference)),
    ];
    let first = first.into_iter().chain(reached).chain(number);
    first.chain(facts(told)).collect()
}

fn child_rows(child: &ChildDetails) -> Vec<SummaryRow> {
    facts([
        ("Name", child.name.clone()),
        ("Born on", child.born_on.map(words::plain_day)),
        ("School or setting", child.school.clone()),
        (
            "EHC plan",
            child.ehc_plan.map(|plan| words::ehc_plan(plan).to_owned()),
        ),
        ("Reference from a letter", child.reference.clone()),
    ])
    .collect()
}

/// A row for each thing that was told.
fn facts<const N: usize>(
    told: [(&'static str, Option<String>); N],
) -> impl Iterator<Item = SummaryRow> {
    told.into_iter()
        .filter_map(|(key, value)| value.map(|value| SummaryRow::fact(key, value)))
}
