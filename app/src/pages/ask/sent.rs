//! `/ask/sent`: the reference, the promised day, and what to do if we are late.
//! <https://design-system.service.gov.uk/patterns/confirmation-pages/>

use domain::clock::day_in_words;
use domain::council::Council;
use hub::{Acknowledgement, DraftToken, Hub, Submitted};
use leptos::prelude::*;

use super::{draft_token, go_to};
use crate::{
    components::{Page, Panel, PhoneLink, PromiseBox, unbroken_groups},
    context::{council, hub, site},
    load::load,
};

/// The question was sent.
#[component]
pub(crate) fn AskSentPage() -> impl IntoView {
    load(
        submitted(hub(), draft_token()),
        |submitted| match submitted {
            Some(submitted) => confirmation(&submitted, &council()),
            None => go_to("/ask".to_owned()),
        },
    )
}

async fn submitted(hub: Hub, token: Option<DraftToken>) -> Result<Option<Submitted>, hub::Error> {
    match token {
        Some(token) => hub.enquiries().submitted(&token).await,
        None => Ok(None),
    }
}

fn confirmation(submitted: &Submitted, council: &Council) -> AnyView {
    let parts = vec![
        reference(submitted),
        promise(submitted),
        acknowledgement(submitted),
        next(submitted),
        late(submitted, council),
        keep(),
    ];
    view! {
        <Page site=site() title="We have your question" current="/ask">
            <div class="hub-measure">{parts}</div>
        </Page>
    }
    .into_any()
}

fn reference(submitted: &Submitted) -> AnyView {
    let spoken = unbroken_groups(&submitted.reference.spoken());
    let reference = submitted.reference.to_string();
    view! {
        <Panel title="We have your question">
            "Your reference" <strong>{reference}</strong>
            "On the phone, say: " {spoken}
        </Panel>
    }
    .into_any()
}

fn promise(submitted: &Submitted) -> AnyView {
    let team = submitted.team.clone();
    view! {
        <PromiseBox due=day_in_words(submitted.due_on) team=team>
            <p>"A person in this team will read your question and reply to you."</p>
        </PromiseBox>
    }
    .into_any()
}

fn acknowledgement(submitted: &Submitted) -> AnyView {
    match &submitted.acknowledgement {
        Acknowledgement::Queued { to } => view! {
            <p class="govuk-body">
                "We are sending an email to " <strong>{to.to_string()}</strong>
                ". It has your reference and a private link. With the link you can see how far we are."
            </p>
            <p class="govuk-body">
                "That email is automatic. It is not our reply. If it does not come, look in your junk folder. We have your question all the same."
            </p>
        }
        .into_any(),
        Acknowledgement::NoAddress => view! {
            <div class="govuk-inset-text">
                "We will not send you an email. "
                <strong>"Please write your reference down now."</strong>
            </div>
        }
        .into_any(),
    }
}

fn next(submitted: &Submitted) -> AnyView {
    let due = day_in_words(submitted.due_on);
    view! {
        <h2 class="govuk-heading-m">"What happens next"</h2>
        <ol class="govuk-list govuk-list--number">
            <li>"Your question is with the team now."</li>
            <li>"A person reads it and finds out what you need to know."</li>
            <li>"They reply by " {due} ", in the way that you chose."</li>
        </ol>
        <p class="govuk-body">
            "While you wait, you can "
            <a class="govuk-link" href="/local-offer">"look for help in the local offer"</a> "."
        </p>
    }
    .into_any()
}

fn late(submitted: &Submitted, council: &Council) -> AnyView {
    let due = day_in_words(submitted.due_on);
    let contact = &council.contact;
    view! {
        <h2 class="govuk-heading-m">"If we are late"</h2>
        <p class="govuk-body">
            "If you have no reply by the end of " {due} ", phone us on "
            <PhoneLink number=contact.telephone.clone()/> ". Say your reference. "
            {contact.telephone_hours.clone()}
        </p>
        <p class="govuk-body">
            "You can also talk to someone who is not part of the council. They are listed on this page."
        </p>
    }
    .into_any()
}

fn keep() -> AnyView {
    view! {
        <h2 class="govuk-heading-m">"Keep this page"</h2>
        <p class="govuk-body">
            "Print this page, or take a photo of it. You can see it here for 24 hours."
        </p>
        <p class="govuk-body">
            <a class="govuk-link" href="/ask">"Ask something else"</a>
        </p>
    }
    .into_any()
}
