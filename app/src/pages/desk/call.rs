//! Logging a call, a visit or a letter, in the order in which people say things; then the page that
//! an officer reads the reference out from.

use domain::{
    clock::day_in_words,
    codes::{CorrespondentKind, StateKind},
    reference::Reference,
};
use hub::{
    Actor,
    desk::{AboutEnquiry, AcknowledgementState, CallForm, Logged},
    pressed,
};
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{Head, framed, offered, to_sign_in, words};
use crate::{
    components::{
        BackTo, Button, ButtonKind, ButtonLink, Choice, Notice, NotificationBanner, Panel, Radios,
        SelectField, SummaryList, SummaryRow, TextArea, TextField, nothing_or,
    },
    context::{council, hub, refused_or, signed_in},
    forms::Form,
    load::{load, problem},
};

/// Where a call is logged.
const ADDRESS: &str = "/desk/call";

/// `/desk/call`
#[component]
pub(crate) fn CallPage() -> impl IntoView {
    let Some(officer) = signed_in() else {
        return to_sign_in();
    };
    let form = refused_or(Form::default);
    let about = use_query_map().read_untracked().get("about");
    let about = about.and_then(|typed| typed.parse::<Reference>().ok());
    let hub = hub();
    let today = hub.today();
    let actor = Actor::Officer(officer.clone());
    load(
        async move { hub.desk().call_form(&actor, about.as_ref()).await },
        move |call| {
            let head = Head {
                title: "Log a call".to_owned(),
                errors: form.error_list(),
                back: call.about.as_ref().map(|about| BackTo {
                    href: format!("/desk/enquiry/{}", about.reference),
                    text: "Back to the enquiry".to_owned(),
                }),
            };
            let body = view! {
                {call.about.as_ref().and_then(safe_contact)}
                <div class="hub-measure">
                    <h1 class="govuk-heading-l">"Log a call"</h1>
                    {call.about.as_ref().map(|about| about_enquiry(about, today))}
                    {call_form(&call, &form)}
                </div>
            };
            framed(&officer, head, ADDRESS, body.into_any())
        },
    )
}

/// What to mind, before the number and everything else.
fn safe_contact(about: &AboutEnquiry) -> Option<AnyView> {
    let words = about.correspondent.safe_contact.clone()?;
    let banner = view! {
        <NotificationBanner kind=Notice::Important>
            <p class="govuk-notification-banner__heading">
                "Take care how you contact them. They told us:"
            </p>
            <p class="govuk-body hub-lines">{words}</p>
        </NotificationBanner>
    };
    Some(banner.into_any())
}

/// The enquiry that the call is about.
fn about_enquiry(about: &AboutEnquiry, today: Date) -> AnyView {
    let person = &about.correspondent;
    let stands = match (about.state, about.due_on) {
        (StateKind::Promised, Some(day)) if day < today => format!(
            "{}: promised for {}",
            words::late(day, today),
            day_in_words(day)
        ),
        (StateKind::Promised, Some(day)) => format!("Answer by {}", day_in_words(day)),
        (StateKind::Paused, _) => "Paused".to_owned(),
        (StateKind::Answered, _) => "Answered".to_owned(),
        _ => "Closed".to_owned(),
    };
    let number = person.telephone.as_ref().map(ToString::to_string);
    let rows = [
        Some(SummaryRow::fact("Enquiry", about.reference.to_string())),
        Some(SummaryRow::fact("Topic", about.topic.clone())),
        Some(SummaryRow::fact("Who asked", person.name.clone())),
        number.map(|number| SummaryRow::telephone("Phone", number)),
        Some(SummaryRow::fact("It stands", stands)),
    ];
    view! { <SummaryList rows=rows.into_iter().flatten().collect()/> }.into_any()
}

fn call_form(call: &CallForm, form: &Form) -> AnyView {
    let about = call.about.as_ref();
    let reference = match about {
        Some(about) => view! {
            <input type="hidden" name="reference" value=about.reference.to_string()/>
        }
        .into_any(),
        None => view! {
            <TextField
                form=form.clone()
                name="reference"
                label="Reference, if they have one"
                hint="For a new question leave it empty."
                spellcheck="false"
                class="govuk-input--width-10"
            />
        }
        .into_any(),
    };
    let address = about.map_or_else(
        || ADDRESS.to_owned(),
        |about| format!("{ADDRESS}?about={}", about.reference),
    );
    view! {
        <form method="post" action=address novalidate>
            <input type="hidden" name=pressed::FIELD value=hub().new_message_id().to_string()/>
            {reference}
            {caller(form, about)}
            {about.is_none().then(|| topic(form))}
            <TextArea form=form.clone() name="said" label="What was said" rows=4/>
            {outcome(call, form)}
            <Button text="Log it"/>
            {more(form, about.is_some())}
        </form>
    }
    .into_any()
}

/// Who it was. Of somebody whom we know, the number or the address is enough.
fn caller(form: &Form, about: Option<&AboutEnquiry>) -> AnyView {
    let (name, hint) = match about {
        Some(_) => ("Name, if it was somebody else", None),
        None => {
            let hint = "If we know their number or email address, you can leave it empty.";
            ("Name", Some(hint))
        }
    };
    let number = match about.and_then(|about| about.correspondent.telephone.as_ref()) {
        Some(_) => "Phone number, if it was another one",
        None => "Phone number",
    };
    let name = match hint {
        Some(hint) => view! {
            <TextField form=form.clone() name="name" label=name hint=hint spellcheck="false"/>
        }
        .into_any(),
        None => view! {
            <TextField form=form.clone() name="name" label=name spellcheck="false"/>
        }
        .into_any(),
    };
    view! {
        {name}
        <TextField
            form=form.clone()
            name="telephone"
            label=number
            kind="tel"
            class="govuk-input--width-20"
        />
        <TextField
            form=form.clone()
            name="email"
            label="Email address, if we may write to them"
            kind="email"
            spellcheck="false"
        />
    }
    .into_any()
}

fn topic(form: &Form) -> AnyView {
    let council = council();
    let topics = nothing_or("Choose…", offered::topics(&council.topics));
    let kinds = CorrespondentKind::ALL
        .iter()
        .map(|kind| (kind.as_str().to_owned(), words::kind(*kind).to_owned()));
    let kinds = nothing_or("As we know them, or not said", kinds);
    view! {
        <SelectField
            form=form.clone()
            name="kind"
            label="Who they are"
            options=kinds
        />
        <SelectField
            form=form.clone()
            name="topic"
            label="What it is about"
            options=topics
        />
    }
    .into_any()
}

fn outcome(call: &CallForm, form: &Form) -> AnyView {
    let choices = vec![
        Choice::hinted(
            "answered",
            "I answered it",
            "It keeps the promise at once. For a call that reached them only.",
        ),
        Choice::hinted(
            "call-back",
            "Somebody calls back",
            "Choose the day below. It is promised.",
        ),
        Choice::hinted(
            "needs-answer",
            "It needs an answer",
            "A missed call, a voicemail or a letter too. Our usual promise runs.",
        ),
    ];
    let days = call
        .days
        .iter()
        .map(|day| (day.to_string(), day_in_words(*day)));
    let days = nothing_or("No call back", days);
    view! {
        <Radios
            form=form.clone()
            name="outcome"
            legend="What happens next?"
            choices=choices
            class="govuk-radios--small"
        />
        <SelectField
            form=form.clone()
            name="call_back_on"
            label="Call back by"
            options=days
        />
    }
    .into_any()
}

/// What few calls need, below the button, so that nobody has to walk through it.
fn more(form: &Form, known: bool) -> AnyView {
    let channel = with_default(form, "channel", "telephone");
    let channels = vec![
        Choice::of("telephone", "By phone"),
        Choice::of("in-person", "In person"),
        Choice::of("letter", "By letter"),
    ];
    let refused = [
        "organisation",
        "postal_address",
        "interpreter_language",
        "safe_contact",
    ];
    let open = refused.iter().any(|field| form.error(field).is_some());
    let more = (!known).then(|| more_of_them(form));
    view! {
        <details class="govuk-details" open=open>
            <summary class="govuk-details__summary">
                <span class="govuk-details__summary-text">"A letter, a visit, or more to say"</span>
            </summary>
            <div class="govuk-details__text">
                <Radios
                    form=channel
                    name="channel"
                    legend="How did it come?"
                    choices=channels
                    class="govuk-radios--small"
                />
                {more}
                <Button text="Log it with this" kind=ButtonKind::Secondary/>
            </div>
        </details>
    }
    .into_any()
}

fn more_of_them(form: &Form) -> AnyView {
    let council = council();
    let districts = nothing_or("Not said", offered::districts(&council.districts));
    view! {
        <SelectField
            form=form.clone()
            name="district"
            label="Where the child or young person lives"
            options=districts
        />
        <TextField form=form.clone() name="organisation" label="School or service"/>
        <TextField
            form=form.clone()
            name="interpreter_language"
            label="Language, if they need an interpreter"
            class="govuk-input--width-20"
        />
        <TextArea
            form=form.clone()
            name="safe_contact"
            label="What to mind when we contact them"
            rows=2
        />
        <TextArea form=form.clone() name="postal_address" label="Postal address" rows=3/>
    }
    .into_any()
}

/// The form with a value where nothing was chosen yet.
fn with_default(form: &Form, name: &str, value: &str) -> Form {
    let mut form = form.clone();
    if form.value(name).is_empty() {
        form.values.set(name, value);
    }
    form
}

/// `/desk/call/{reference}`
#[component]
pub(crate) fn CallLoggedPage() -> impl IntoView {
    let Some(officer) = signed_in() else {
        return to_sign_in();
    };
    let typed = use_params_map().read_untracked().get("reference");
    let Some(reference) = typed.and_then(|typed| typed.parse::<Reference>().ok()) else {
        return problem(&hub::Error::NotFound);
    };
    let hub = hub();
    let today = hub.today();
    let actor = Actor::Officer(officer.clone());
    load(
        async move { hub.desk().logged(&actor, &reference).await },
        move |logged| {
            let head = Head {
                title: "The call is logged".to_owned(),
                errors: Vec::new(),
                back: None,
            };
            framed(&officer, head, ADDRESS, logged_body(&logged, today))
        },
    )
}

fn logged_body(logged: &Logged, today: Date) -> AnyView {
    let reference = logged.reference.to_string();
    let file = format!("/desk/enquiry/{reference}");
    let promise = match (logged.call_back_on, logged.due_on) {
        (Some(day), _) => format!("We call them back by {}.", day_in_words(day)),
        (None, Some(day)) if day < today => format!(
            "It is late: we promised an answer by {}. Say that we are sorry. The team sees that they asked again.",
            day_in_words(day)
        ),
        (None, Some(day)) => format!(
            "{} answers by {}. Tell them this day.",
            logged.team,
            day_in_words(day)
        ),
        (None, None) => "It is answered. If they call or write again, it opens again.".to_owned(),
    };
    let mail = match logged.acknowledgement {
        Some(AcknowledgementState::Queued) => "An email with the reference is on its way to them.",
        Some(AcknowledgementState::Sent) => "They have an email with the reference.",
        _ => "No email goes to them. Read the reference out.",
    };
    view! {
        <div class="hub-measure">
            <Panel title="The call is logged">
                "Reference" <br/> <strong>{reference}</strong>
            </Panel>
            <p class="govuk-body">{promise}</p>
            <p class="govuk-body">{mail}</p>
            <ButtonLink href=ADDRESS text="Log another call"/>
            <p class="govuk-body">
                <a class="govuk-link" href=file>"Open the file"</a>
            </p>
            <p class="govuk-body">
                <a class="govuk-link" href="/desk">"Go to the desk"</a>
            </p>
        </div>
    }
    .into_any()
}
