//! `/desk/undelivered/{mail}`: one mail that reached nobody, what was tried, and what can be done.

use domain::{
    codes::{AttemptOutcome, ClearReason},
    ids::MailId,
};
use hub::{
    Actor,
    desk::{Attempt, UndeliveredMail},
};
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{ADDRESS, became};
use crate::{
    components::{BackTo, Button, ButtonKind, Choice, Radios, SummaryList, SummaryRow, TextField},
    context::{hub, refused_or, signed_in},
    forms::Form,
    load::{load, problem},
    pages::{
        desk::{Head, desk_page, to_sign_in, words},
        local_offer::words::first_upper,
    },
};

/// The page.
#[component]
pub(crate) fn UndeliveredMailPage() -> impl IntoView {
    let Some(officer) = signed_in() else {
        return to_sign_in();
    };
    let typed = use_params_map().read_untracked().get("mail");
    let Some(id) = typed.and_then(|typed| typed.parse::<MailId>().ok()) else {
        return problem(&hub::Error::NotFound);
    };
    let form = refused_or(Form::default);
    let hub = hub();
    let today = hub.today();
    let actor = Actor::Officer(officer.clone());
    load(
        async move { hub.desk().undelivered_mail(&actor, id).await },
        move |mail| {
            let head = Head {
                title: "A mail that did not arrive".to_owned(),
                errors: form.error_list(),
                back: Some(BackTo {
                    href: ADDRESS.to_owned(),
                    text: "Back to the list".to_owned(),
                }),
            };
            desk_page(&officer, head, body(&mail, form, today))
        },
    )
}

fn body(mail: &UndeliveredMail, form: Form, today: Date) -> AnyView {
    let what = words::mail_kind(mail.about.kind);
    let dealt_with = if mail.is_to_clear() {
        acts(mail, form)
    } else {
        view! {
            <div class="govuk-inset-text">"Nothing needs to be done with this mail now."</div>
        }
        .into_any()
    };
    view! {
        <h1 class="govuk-heading-l">"A mail that did not arrive"</h1>
        {facts(mail, what, today)}
        {attempts(&mail.attempts, today)}
        {dealt_with}
    }
    .into_any()
}

fn facts(mail: &UndeliveredMail, what: &str, today: Date) -> AnyView {
    let about = &mail.about;
    let became = if mail.is_to_clear() {
        became(about.state)
    } else {
        "Nobody needs to look at it."
    };
    let mut rows = vec![
        SummaryRow::fact(
            "Mail",
            first_upper(&format!(
                "{what} of {}",
                words::short_day(about.written_on, today)
            )),
        ),
        SummaryRow::fact("To", mail.to.to_string()),
        SummaryRow::fact("What became of it", became.to_owned()),
    ];
    if let Some(reason) = &about.reason {
        rows.push(SummaryRow::fact("The mail server said", reason.clone()));
    }
    if let Some(on) = about.answered_on {
        let day = words::short_day(on, today);
        rows.push(SummaryRow::fact(
            "Later answer",
            format!("They had one on {day}."),
        ));
    }
    let reference = about.reference.to_string();
    view! {
        <SummaryList rows=rows/>
        <p class="govuk-body">
            "Enquiry "
            <a class="govuk-link hub-unbroken" href=format!("/desk/enquiry/{reference}")>
                {reference.clone()}
            </a>
        </p>
    }
    .into_any()
}

fn attempts(attempts: &[Attempt], today: Date) -> Option<AnyView> {
    if attempts.is_empty() {
        return None;
    }
    let lines: Vec<AnyView> = attempts
        .iter()
        .map(|attempt| {
            let when = words::short_moment(attempt.at, today);
            let ended = match attempt.outcome {
                AttemptOutcome::Taken => "our mail server took it",
                AttemptOutcome::Later => "not now",
                AttemptOutcome::RefusedUs => "our mail server refused us",
                AttemptOutcome::Refused => "refused for good",
                AttemptOutcome::NoAnswer => "no answer",
            };
            view! { <li>{format!("{when}: {ended}. ")} <q>{attempt.said.clone()}</q></li> }
                .into_any()
        })
        .collect();
    let count = attempts.len();
    Some(
        view! {
            <details class="govuk-details">
                <summary class="govuk-details__summary">
                    <span class="govuk-details__summary-text">{format!("What we tried ({count})")}</span>
                </summary>
                <div class="govuk-details__text">
                    <ol class="govuk-list govuk-list--number">{lines}</ol>
                </div>
            </details>
        }
        .into_any(),
    )
}

/// The ways on: reach them by voice or letter and say so, try the same address, or another one.
fn acts(mail: &UndeliveredMail, form: Form) -> AnyView {
    let address = format!("{ADDRESS}/{}", mail.about.mail);
    let reasons = ClearReason::ALL
        .iter()
        .filter_map(|reason| Some(Choice::of(reason.as_str(), clear_reason(*reason)?)))
        .collect::<Vec<_>>();
    view! {
        <form method="post" action=format!("{address}/clear") novalidate>
            <h2 class="govuk-heading-m">"Reach them another way"</h2>
            <p class="govuk-body">
                "Call or write to them. Record that in the enquiry, because that is what keeps the promise. Then clear this mail."
            </p>
            <Radios
                form=form.clone()
                name="reason"
                legend="Why can it leave the list?"
                choices=reasons
                class="govuk-radios--small"
            />
            <Button text="Clear it"/>
        </form>
        <form method="post" action=format!("{address}/send-again")>
            <h2 class="govuk-heading-m">"Send it again to the same address"</h2>
            <p class="govuk-body">"Do so only once you know that the address works."</p>
            <Button text="Send again" kind=ButtonKind::Secondary/>
        </form>
        <form method="post" action=format!("{address}/elsewhere") class="hub-measure" novalidate>
            <h2 class="govuk-heading-m">"Send the same words to another address"</h2>
            <TextField
                form=form
                name="to_address"
                label="Email address"
                hint="Ask the person for it. A wrong address shows a stranger what is about a child."
                kind="email"
                inputmode="email"
                spellcheck="false"
            />
            <Button text="Send it there" kind=ButtonKind::Secondary/>
        </form>
    }
    .into_any()
}

fn clear_reason(reason: ClearReason) -> Option<&'static str> {
    match reason {
        ClearReason::Telephone => Some("I told them by phone"),
        ClearReason::Letter => Some("I wrote them a letter"),
        ClearReason::AnsweredSince => Some("A later answer reached them"),
        ClearReason::NotNeeded => Some("They do not need to know it any more"),
        ClearReason::Spam => Some("The enquiry is spam"),
        ClearReason::OtherAddress => None,
    }
}
