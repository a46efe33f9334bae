//! What an officer can do: reply, ask for more time, wait for the family, record a conversation, write a note, close. Each form has field
//! names of its own, so that an error finds its field.

use domain::{
    clock::day_in_words,
    codes::{ContactPreference, EndReason, WaitsFor},
    enquiry::State,
};
use hub::{
    desk::{EnquiryFile, Seen},
    pressed,
};
use leptos::prelude::*;

use super::{delivery, remind, sorting};
use crate::{
    components::{Button, ButtonKind, Choice, PhoneLink, Radios, TextArea},
    context::hub,
    forms::Form,
    pages::desk::{Tab, words},
};

/// Where a form of this enquiry is sent.
pub(super) fn address(file: &EnquiryFile, act: &str) -> String {
    format!("/desk/enquiry/{}/{act}", file.enquiry.reference)
}

/// What every form carries unseen: what its page showed, and the id that its message will have, so
/// that an officer never answers past news and a double press writes once; and the list that they came from.
pub(super) fn unseen(file: &EnquiryFile) -> AnyView {
    view! {
        {from()}
        <input type="hidden" name=Seen::FIELD value=file.seen.to_string()/>
        <input type="hidden" name=pressed::FIELD value=hub().new_message_id().to_string()/>
    }
    .into_any()
}

/// The list that the officer came from, unseen.
pub(super) fn from() -> Option<AnyView> {
    let tab = Tab::here()?;
    Some(view! { <input type="hidden" name=Tab::FIELD value=tab.code()/> }.into_any())
}

/// A form of this enquiry with these fields.
pub(super) fn act_form(file: &EnquiryFile, act: &str, fields: impl IntoView) -> AnyView {
    view! {
        <form method="post" action=address(file, act) novalidate>
            {unseen(file)}
            {fields.into_any()}
        </form>
    }
    .into_any()
}

/// A form that is folded under its title until it is wanted.
#[component]
pub(super) fn Folded(
    title: &'static str,
    open: bool,
    #[prop(optional)] id: Option<&'static str>,
    form: AnyView,
) -> impl IntoView {
    view! {
        <details class="govuk-details" id=id open=open>
            <summary class="govuk-details__summary">
                <span class="govuk-details__summary-text">{title}</span>
            </summary>
            <div class="govuk-details__text">{form}</div>
        </details>
    }
}

/// Every form that the enquiry's state allows.
pub(super) fn forms(file: &EnquiryFile, form: &Form) -> AnyView {
    view! {
        {reply(file, form.clone())}
        {holding_reply(file, form.clone())}
        {pause(file, form.clone())}
        {end_pause(file, form)}
        {remind::done(file, form.clone())}
        {conversation(file, form.clone())}
        {rang(file, form.clone())}
        {note(file, form.clone())}
        {sorting::sorting(file, form.clone())}
        {close(file, form.clone())}
    }
    .into_any()
}

fn reply(file: &EnquiryFile, mut form: Form) -> AnyView {
    let person = &file.correspondent;
    let address_to = person.email.as_ref().filter(|_| file.can_reply_by_mail);
    let Some(email) = address_to else {
        return view! {
            <h2 class="govuk-heading-m">"Reply"</h2>
            <p class="govuk-body">{no_mail(file)} " Then record here what was said."</p>
        }
        .into_any();
    };
    let kept = match file.enquiry.state {
        State::Promised | State::Paused { .. } => " The promise is kept once it is sent.",
        State::Answered { .. } | State::Closed { .. } => "",
    };
    let doubt = match delivery::may_not_arrive(file) {
        true => " Mail from us did not arrive there before: see the top of this page.",
        false => "",
    };
    let hint = format!("It is mailed to {email}.{kept}{doubt}");
    let saved = unfinished(file, &mut form);
    let keeps = address(file, "reply/save");
    let fields = view! {
        <h2 class="govuk-heading-m">"Reply"</h2>
        <TextArea form=form name="reply" label="Your reply" hint=hint rows=10/>
        <p class="govuk-hint" role="status" data-keeps=keeps.clone()>{saved}</p>
        <div class="govuk-button-group">
            <Button text="Send the reply"/>
            <Button text="Save for later" kind=ButtonKind::Secondary formaction=keeps/>
        </div>
    };
    act_form(file, "reply", fields)
}

/// Puts the words that this officer saved into the form, unless it holds newer ones; says since when they are kept.
fn unfinished(file: &EnquiryFile, form: &mut Form) -> Option<String> {
    let draft = file.draft.as_ref()?;
    if form.error("reply").is_some() || !form.value("reply").is_empty() {
        return None;
    }
    form.values.set("reply", draft.body.clone());
    let saved = words::moment(draft.saved_at);
    Some(format!(
        "Saved on {saved}. It is not sent yet. Only you see it."
    ))
}

/// A message that the answer needs longer. Nothing when no promise can be moved.
fn holding_reply(file: &EnquiryFile, form: Form) -> Option<AnyView> {
    let refused = form.error("holding_reply").or(form.error("promises_on"));
    let open = refused.is_some() || !form.value("holding_reply").is_empty();
    if !file.can_reply_by_mail || (file.days_to_hold_until.is_empty() && refused.is_none()) {
        return None;
    }
    let days = file.days_to_hold_until.iter();
    let choices = days.map(|day| Choice::of(day.to_string(), day_in_words(*day)));
    let choices: Vec<Choice> = choices.collect();
    let fields = view! {
        <TextArea
            form=form.clone()
            name="holding_reply"
            label="Why the answer needs longer"
            hint="It is mailed to them with the new day. The promise moves when it was sent. A promise can move twice."
            rows=6
        />
        <Radios
            form=form
            name="promises_on"
            legend="By when will you answer?"
            choices=choices
            class="govuk-radios--small"
        />
        <Button text="Send it" kind=ButtonKind::Secondary/>
    };
    let form = act_form(file, "holding-reply", fields);
    Some(view! { <Folded title="Ask for more time" open=open form=form/> }.into_any())
}

/// Asking for what is missing, and waiting for it. Nothing where no promise runs.
fn pause(file: &EnquiryFile, form: Form) -> Option<AnyView> {
    let refused = ["pause", "waits_for", "paused_until"]
        .iter()
        .any(|field| form.error(field).is_some());
    if file.days_to_wait_until.is_empty() && !refused {
        return None;
    }
    let hint = if file.can_reply_by_mail {
        "It is mailed to them with the day until which you wait. The pause begins when it was sent. They are reminded once."
    } else {
        "They do not want email. Ask them by phone or letter first, then write here what you asked for. The pause begins at once. Before it ends you are told to remind them."
    };
    let reasons = WaitsFor::ALL.iter();
    let reasons = reasons.map(|reason| Choice::of(reason.as_str(), words::waits_for(*reason)));
    let days = file.days_to_wait_until.iter();
    let days = days.map(|day| Choice::of(day.to_string(), day_in_words(*day)));
    let fields = view! {
        <TextArea form=form.clone() name="pause" label="What you need from them" hint=hint rows=6/>
        <Radios
            form=form.clone()
            name="waits_for"
            legend="What do you wait for?"
            hint="Their private page says it, and nothing of your words."
            choices=reasons.collect()
            class="govuk-radios--small"
        />
        <Radios
            form=form
            name="paused_until"
            legend="Until when do you wait?"
            hint="Then it comes back to the queue by itself, with a new promised day."
            choices=days.collect()
            class="govuk-radios--small"
        />
        <Button text="Ask them and wait" kind=ButtonKind::Secondary/>
    };
    let form = act_form(file, "pause", fields);
    Some(view! { <Folded title="Wait for them" open=refused form=form/> }.into_any())
}

/// Going on before the pause ends by itself.
fn end_pause(file: &EnquiryFile, form: &Form) -> Option<AnyView> {
    let State::Paused { .. } = file.enquiry.state else {
        return None;
    };
    let error = form.error("end_pause").map(|error| {
        view! {
            <p class="govuk-error-message">
                <span class="govuk-visually-hidden">"Error: "</span>
                {error}
            </p>
        }
    });
    let ending = view! {
        <form id="end_pause" method="post" action=address(file, "end-pause")>
            {error}
            {unseen(file)}
            <h2 class="govuk-heading-m">"Stop waiting"</h2>
            <p class="govuk-body">"The promise runs again, with a new day. They are told."</p>
            <Button text="Go on now" kind=ButtonKind::Secondary/>
        </form>
    };
    Some(ending.into_any())
}

fn no_mail(file: &EnquiryFile) -> AnyView {
    let number = file.correspondent.telephone.as_ref();
    let number = number.map(|number| view! { ": " <PhoneLink number=number.to_string()/> });
    match file.correspondent.preference {
        ContactPreference::Letter => "They asked for a letter. Write to them.".into_any(),
        ContactPreference::Telephone => {
            ("They asked for a phone call. Call them", number, ".").into_any()
        }
        ContactPreference::Email => {
            "We have no address to mail to. Call or write to them.".into_any()
        }
    }
}

fn conversation(file: &EnquiryFile, form: Form) -> AnyView {
    let open = !file.can_reply_by_mail || form.error("conversation").is_some();
    let elsewhere = match file.correspondent.telephone {
        Some(_) => "under “I rang, and nobody answered”",
        None => "in a note",
    };
    let hint = format!(
        "It keeps the promise, so record only what reached them. A call that nobody answered belongs {elsewhere}."
    );
    let fields = view! {
        <TextArea
            form=form
            name="conversation"
            label="What you talked about, or what you wrote"
            hint=hint
            rows=6
        />
        <Button text="Record it" kind=ButtonKind::Secondary/>
    };
    let form = act_form(file, "conversation", fields);
    view! { <Folded title="Record a conversation or a letter" open=open form=form/> }.into_any()
}

/// A call of ours that nobody took. It keeps nothing.
fn rang(file: &EnquiryFile, form: Form) -> Option<AnyView> {
    file.correspondent.telephone.as_ref()?;
    let open = form.error("rang").is_some();
    let fields = view! {
        <TextArea
            form=form
            name="rang"
            label="Anything to note (optional)"
            hint="We count the call. The promise runs on."
            rows=2
        />
        <Button text="Note the call" kind=ButtonKind::Secondary/>
    };
    let form = act_form(file, "rang", fields);
    Some(view! { <Folded title="I rang, and nobody answered" open=open form=form/> }.into_any())
}

fn note(file: &EnquiryFile, form: Form) -> AnyView {
    let fields = view! {
        <h2 class="govuk-heading-m">"Internal note"</h2>
        <TextArea
            form=form
            name="note"
            label="Note for officers"
            hint="The family never sees it."
            rows=4
        />
        <Button text="Add the note" kind=ButtonKind::Secondary/>
    };
    act_form(file, "note", fields)
}

fn close(file: &EnquiryFile, form: Form) -> Option<AnyView> {
    let (choices, hint, kind) = match file.enquiry.state {
        State::Closed { .. } => return None,
        State::Answered { .. } => (
            vec![Choice::of("answered", "It was answered")],
            "It closes by itself if they do not write again. If they do, it opens again.",
            ButtonKind::Secondary,
        ),
        State::Promised | State::Paused { .. } => (
            EndReason::ALL.iter().copied().map(ending).collect(),
            "Each of these ends the promise without an answer. It is counted apart from the promises we kept.",
            ButtonKind::Warning,
        ),
    };
    let open = form.error("reason").is_some();
    let fields = view! {
        <Radios
            form=form
            name="reason"
            legend="Why do you close it?"
            hint=hint
            choices=choices
            class="govuk-radios--small"
        />
        <Button text="Close it" kind=kind/>
    };
    let form = act_form(file, "close", fields);
    Some(view! { <Folded title="Close this enquiry" open=open form=form/> }.into_any())
}

fn ending(reason: EndReason) -> Choice {
    let text = match reason {
        EndReason::Thanks => "They only said thank you",
        EndReason::Duplicate => "The same question stands elsewhere",
        EndReason::Misdirected => "It was meant for somebody else",
        EndReason::Spam => "It is spam",
        EndReason::Withdrawn => "They no longer want an answer",
    };
    Choice::of(reason.as_str(), text)
}
