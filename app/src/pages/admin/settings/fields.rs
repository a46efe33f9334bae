//! What the forms of the settings ask.

use domain::{codes::CorrespondentKind, council::Council};
use hub::settings::Section;
use leptos::prelude::*;

use crate::{
    components::{Choice, DateFields, Radios, SelectField, TextArea, TextField, nothing_or},
    context::council,
    forms::Form,
    pages::desk::{
        offered::{districts, teams, topics},
        words,
    },
};

/// The questions of one section, or of one entry of it.
pub(super) fn fields(section: Section, form: &Form) -> AnyView {
    match section {
        Section::Council => council_fields(form),
        Section::IncomingMail => incoming_mail_fields(form),
        Section::Contact => contact_fields(form),
        Section::Look => look_fields(form),
        Section::Promise => promise_fields(form),
        Section::Promises => kind_promise_fields(form),
        Section::Escalation => escalation_fields(form),
        Section::BankHolidays => bank_holiday_fields(form),
        Section::Topics => topic_fields(form),
        Section::Districts => district_fields(form),
        Section::Teams => line(
            form,
            "name",
            "Name",
            "Families read it: “The SEND enquiries team”.",
        ),
        Section::Routing => routing_fields(form),
        Section::Closures => closure_fields(form),
        Section::Advice => advice_fields(form),
        Section::SearchWords => search_word_fields(form),
        Section::SignIn => sign_in_fields(form),
        Section::Letters | Section::All => ().into_any(),
    }
}

fn line(form: &Form, name: &'static str, label: &'static str, hint: &'static str) -> AnyView {
    let form = form.clone();
    if hint.is_empty() {
        view! { <TextField form=form name=name label=label/> }.into_any()
    } else {
        view! { <TextField form=form name=name label=label hint=hint/> }.into_any()
    }
}

fn number(form: &Form, name: &'static str, label: &'static str, hint: &'static str) -> AnyView {
    view! {
        <TextField
            form=form.clone()
            name=name
            label=label
            hint=hint
            inputmode="numeric"
            class="govuk-input--width-3"
        />
    }
    .into_any()
}

fn email(form: &Form, name: &'static str, label: &'static str, hint: &'static str) -> AnyView {
    view! {
        <TextField
            form=form.clone()
            name=name
            label=label
            hint=hint
            kind="email"
            inputmode="email"
            spellcheck="false"
        />
    }
    .into_any()
}

fn council_fields(form: &Form) -> AnyView {
    let council = council();
    view! {
        {line(form, "name", "The council’s whole name", "")}
        {line(form, "short_name", "The name that people say", "Like “Kent”, in “services in Kent”.")}
        {line(form, "from_name", "The name that mail comes from", "Keep it neutral: others may see it on a shared screen.")}
        {email(form, "from_address", "The address that mail comes from", "Bounces come back to it with a tag before the @.")}
        <SelectField
            form=form.clone()
            name="unsorted_topic"
            label="The topic of what comes by email, until somebody sorts it"
            options=nothing_or("The last topic", topics(&council.topics))
        />
        <Radios
            form=form.clone()
            name="answers"
            legend="Does your mail system take a plus in addresses?"
            hint="Then each answer comes back to an address of its own, like enquiries+b.abc@council.gov.uk. If it does not, those answers never arrive."
            choices=vec![
                Choice::of("tagged", "Yes"),
                Choice::of("plain", "No"),
            ]
        />
        {number(form, "per_address", "Automatic mails to one address", "More are not sent but shown to officers: somebody may be playing with our form.")}
        {number(form, "window_minutes", "Within how many minutes", "Those mails count within this time.")}
        {number(form, "per_enquiry", "Automatic mails about one enquiry in a day", "It stops machines that answer each other.")}
    }
    .into_any()
}

fn incoming_mail_fields(form: &Form) -> AnyView {
    view! {
        <p class="govuk-body">
            "Mail that may be spam is taken in like any other, and its promise runs. But nothing is sent by itself. It stands under “Not acknowledged” until an officer has looked at it."
        </p>
        <TextArea
            form=form.clone()
            name="authserv_ids"
            label="Your mail server’s name (optional)"
            hint="As it stands first in the “Authentication-Results” of mail that you get, like mail.council.gov.uk. One on each line. Anybody can write such a line, so only these names count."
            rows=3
        />
        <TextArea
            form=form.clone()
            name="spam_marks"
            label="What your spam filter writes into mail (optional)"
            hint="A header and what it then says, like X-Spam-Flag: YES. One on each line."
            rows=4
        />
    }
    .into_any()
}

fn contact_fields(form: &Form) -> AnyView {
    view! {
        {email(form, "email", "The one address for enquiries", "")}
        {line(form, "telephone", "The one number for enquiries", "")}
        {line(form, "telephone_hours", "When it is answered", "")}
        {line(form, "messages_read", "When messages are read", "It stands before every message box.")}
        {line(form, "out_of_hours_telephone", "The number for when you are closed", "For a worry about a child’s safety.")}
        {line(form, "out_of_hours_text", "What that number is for", "")}
        <TextArea form=form.clone() name="postal_address" label="Postal address" hint="A line each." rows=6/>
    }
    .into_any()
}

fn look_fields(form: &Form) -> AnyView {
    let colour = |name: &'static str, label: &'static str, hint: &'static str| {
        view! {
            <TextField
                form=form.clone()
                name=name
                label=label
                hint=hint
                spellcheck="false"
                class="govuk-input--width-10"
            />
        }
        .into_any()
    };
    view! {
        {colour("primary", "The main colour", "The line above each page, the band of the first page, buttons. A dark colour: white words stand on it.")}
        {colour("link", "Links", "A dark colour: links stand on white.")}
        {colour("accent", "The second colour", "The search button. A light colour: dark words stand on it.")}
    }
    .into_any()
}

fn promise_fields(form: &Form) -> AnyView {
    view! {
        {number(form, "working_days", "Working days to a person’s answer", "It counts for enquiries that come from now on. A topic, or some people, may have a number of their own.")}
        {number(form, "closes_after_working_days", "Working days until an answered enquiry closes", "If they do not write again.")}
    }
    .into_any()
}

fn kind_promise_fields(form: &Form) -> AnyView {
    let council = council();
    let kinds = CorrespondentKind::ALL.iter();
    let kinds = kinds.map(|kind| (kind.to_string(), words::kind(*kind).to_owned()));
    view! {
        <SelectField
            form=form.clone()
            name="kind"
            label="Who asks"
            options=nothing_or("Choose who asks", kinds)
        />
        <SelectField
            form=form.clone()
            name="topic"
            label="What they ask about"
            options=nothing_or("Anything", topics(&council.topics))
        />
        {number(form, "working_days", "Working days to a person’s answer", "It counts for enquiries that come from now on.")}
    }
    .into_any()
}

fn escalation_fields(form: &Form) -> AnyView {
    view! {
        {number(form, "morning", "When the working day begins", "Like 08:00. Whoever must answer that day gets a list then.")}
        {line(form, "head_name", "The head of service (optional)", "They hear of every promise that we break.")}
        {email(form, "head_email", "Their email address (optional)", "If they sign in with this address, they see it on their screen too.")}
    }
    .into_any()
}

fn bank_holiday_fields(form: &Form) -> AnyView {
    view! {
        <DateFields form=form.clone() name="date" legend="The day" hint="For example, 1 1 2029"/>
        {line(form, "title", "Its name", "Like “New Year’s Day”.")}
    }
    .into_any()
}

fn topic_fields(form: &Form) -> AnyView {
    view! {
        {line(form, "name", "Name", "People choose from these names.")}
        {line(form, "hint", "Help with choosing (optional)", "")}
        {number(form, "working_days", "Working days to an answer (optional)", "Leave it empty to use the council’s promise.")}
    }
    .into_any()
}

fn district_fields(form: &Form) -> AnyView {
    view! {
        {line(form, "name", "Name", "")}
        {line(form, "postcode_hint", "Postcodes there (optional)", "They help people choose: “ME14, ME15”.")}
    }
    .into_any()
}

fn routing_fields(form: &Form) -> AnyView {
    let council = council();
    view! {
        <SelectField
            form=form.clone()
            name="topic"
            label="Topic"
            options=nothing_or("Any topic", topics(&council.topics))
        />
        <SelectField
            form=form.clone()
            name="district"
            label="District"
            options=nothing_or("Any district", districts(&council.districts))
        />
        {team_field(form, "team", "The team that gets it", &council)}
    }
    .into_any()
}

fn sign_in_fields(form: &Form) -> AnyView {
    view! {
        <Radios
            form=form.clone()
            name="second_step"
            legend="Must officers give a code from an app besides their password?"
            hint="Enquiries are about children. A password alone can be guessed, stolen or shared."
            choices=vec![
                Choice::hinted("required", "Yes, everybody", "Whoever has no app yet is signed out now, and sets one up when they sign in next."),
                Choice::of("optional", "No, whoever wants to"),
            ]
        />
    }
    .into_any()
}

/// A choice of the council's teams.
pub(super) fn team_field(
    form: &Form,
    name: &'static str,
    label: &'static str,
    council: &Council,
) -> AnyView {
    view! {
        <SelectField
            form=form.clone()
            name=name
            label=label
            options=nothing_or("Choose a team", teams(&council.teams))
        />
    }
    .into_any()
}

fn closure_fields(form: &Form) -> AnyView {
    view! {
        <DateFields form=form.clone() name="from" legend="The first day" hint="For example, 29 12 2026"/>
        <DateFields form=form.clone() name="to" legend="The last day" hint="The same day, if it is only one."/>
        {line(form, "reason", "Why", "Families read it: “Christmas closure”.")}
    }
    .into_any()
}

fn search_word_fields(form: &Form) -> AnyView {
    view! {
        <Radios
            form=form.clone()
            name="kind"
            legend="What do these words do?"
            choices=vec![
                Choice::hinted("same", "They all mean the same", "Whoever types one finds what the others find: “SALT” and “speech therapy”."),
                Choice::hinted("see-also", "They also find something else", "Lower down, and only this way round: “taxi” also finds school transport."),
            ]
        />
        <TextArea form=form.clone() name="words" label="What people type" hint="Each word or phrase on a line of its own." rows=5/>
        <TextArea form=form.clone() name="finds" label="What they also find" hint="Each on a line of its own. Leave it empty if all of them mean the same." rows=4/>
    }
    .into_any()
}

fn advice_fields(form: &Form) -> AnyView {
    view! {
        {line(form, "name", "Name", "")}
        {line(form, "about", "What they help with", "")}
        {line(form, "website", "Website", "It begins with https://")}
        {line(form, "telephone", "Phone (optional)", "")}
        {line(form, "note", "Anything else to know (optional)", "")}
    }
    .into_any()
}
