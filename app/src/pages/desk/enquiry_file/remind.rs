//! That one of us is to remind them that we wait, because no mail of ours does; and noting that it was done.

use domain::{clock::day_in_words, codes::RemindBy, enquiry::State};
use hub::desk::EnquiryFile;
use jiff::civil::Date;
use leptos::prelude::*;

use super::actions;
use crate::{
    components::{Button, ButtonKind, PhoneLink, Tag, TagColour, TextArea},
    forms::Form,
    pages::desk::words,
};

/// The field of the form, and its place on the page.
const REMINDED: &str = "reminded";

/// How they are to be reminded, and until when we wait; none when nobody is to do it.
fn asked(file: &EnquiryFile) -> Option<(RemindBy, Date)> {
    match file.enquiry.state {
        State::Paused { until } => Some((file.marks.remind_by?, until)),
        _ => None,
    }
}

/// The word of it at the top of the file, below what to mind before anybody rings.
pub(super) fn notice(file: &EnquiryFile) -> Option<AnyView> {
    let (by, until) = asked(file)?;
    let text = words::remind(by, &day_in_words(until));
    let number = file.correspondent.telephone.as_ref();
    let number = number
        .filter(|_| by == RemindBy::Telephone)
        .map(|number| view! { "Their number is " <PhoneLink number=number.to_string()/> ". " });
    let notice = view! {
        <p class="govuk-body">
            <Tag text=text colour=TagColour::Yellow/>
        </p>
        <p class="govuk-body">
            "No mail reminds them. "
            {number}
            <a class="govuk-link hub-screen-only" href=format!("#{REMINDED}")>"Note that you reminded them"</a>
        </p>
    };
    Some(notice.into_any())
}

/// Noting that it was done. It keeps no promise.
pub(super) fn done(file: &EnquiryFile, form: Form) -> Option<AnyView> {
    asked(file)?;
    let done = view! {
        <form method="post" action=actions::address(file, "reminded") novalidate>
            {actions::unseen(file)}
            <h2 class="govuk-heading-m">"Remind them"</h2>
            <TextArea
                form=form
                name=REMINDED
                label="What they said (optional)"
                hint="It becomes a note for officers. We go on waiting. A call that nobody answered reminded nobody."
                rows=2
            />
            <Button text="I reminded them" kind=ButtonKind::Secondary/>
        </form>
    };
    Some(done.into_any())
}
