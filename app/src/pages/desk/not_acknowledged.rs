//! `/desk/not-acknowledged`: open enquiries whose sender was told nothing, why, and what to do about each.

use domain::codes::NoAnswerReason;
use hub::desk::{AcknowledgementState, Untold};
use leptos::prelude::*;

use super::{list_page, words};
use crate::components::{SummaryList, SummaryRow};

/// The page.
#[component]
pub(crate) fn NotAcknowledgedPage() -> impl IntoView {
    list_page(
        "Not acknowledged",
        |hub, actor| async move { hub.desk().not_acknowledged(&actor).await },
        |untold: Vec<Untold>, _, _| body(&untold),
    )
}

fn body(untold: &[Untold]) -> AnyView {
    let entries: Vec<AnyView> = untold.iter().map(entry).collect();
    let list = if entries.is_empty() {
        view! { <p class="govuk-body">"None: all were told that we have their message."</p> }
            .into_any()
    } else {
        entries.into_any()
    };
    view! {
        <p class="govuk-body">
            "No email tells these people that we have their message. The promise to answer them runs all the same. Each stays in this list until it is closed."
        </p>
        {list}
    }
    .into_any()
}

fn entry(untold: &Untold) -> AnyView {
    let reference = untold.reference.to_string();
    let email = untold.email.as_ref();
    let email = email.map(|email| SummaryRow::fact("Email", email.to_string()));
    let rows = email.into_iter().chain([
        SummaryRow::fact("Since", words::moment(untold.received_at)),
        SummaryRow::fact("Why", why(untold.why)),
        SummaryRow::fact("What to do", to_do(untold)),
    ]);
    view! {
        <section class="govuk-!-margin-bottom-7">
            <h2 class="govuk-heading-m">
                {untold.name.clone()} ", "
                <a class="govuk-link hub-unbroken" href=format!("/desk/enquiry/{reference}")>{reference.clone()}</a>
            </h2>
            <SummaryList rows=rows.collect()/>
        </section>
    }
    .into_any()
}

const fn why(why: AcknowledgementState) -> &'static str {
    match why {
        AcknowledgementState::NotAnswered(reason) => words::no_answer(reason),
        AcknowledgementState::Failed => "Our email did not reach them.",
        AcknowledgementState::Capped => {
            "This address had as many automatic emails as we send to one."
        }
        AcknowledgementState::NoAddress => "There is no email address to write to.",
        AcknowledgementState::Queued
        | AcknowledgementState::Sent
        | AcknowledgementState::AnsweredAtOnce => "",
    }
}

/// What a person does next. How to call or write safely stands in the file, so each begins there.
const fn to_do(untold: &Untold) -> &'static str {
    if untold.is_answered {
        return "Nothing: they have an answer since.";
    }
    match untold.why {
        AcknowledgementState::Failed => {
            "Open the file. Call them, or send the email to another address."
        }
        AcknowledgementState::NoAddress => {
            "Open the file. Call them or write a letter, as it says there."
        }
        AcknowledgementState::NotAnswered(reason) => after(reason),
        AcknowledgementState::Capped
        | AcknowledgementState::Queued
        | AcknowledgementState::Sent
        | AcknowledgementState::AnsweredAtOnce => {
            "Open the file and reply. What you write yourself is always sent."
        }
    }
}

const fn after(reason: NoAnswerReason) -> &'static str {
    match reason {
        NoAnswerReason::OwnAddress
        | NoAnswerReason::Report
        | NoAnswerReason::SystemSender
        | NoAnswerReason::OutOfOffice => {
            "Open the file. If nobody asks us anything, close it and say why."
        }
        NoAnswerReason::AutoSubmitted | NoAnswerReason::MailingList | NoAnswerReason::Bulk => {
            "Open the file. If somebody asks us something, reply. If not, close it and say why."
        }
        NoAnswerReason::AnswerUnwanted | NoAnswerReason::NoReturnPath => {
            "Open the file and reply. What you write yourself is always sent."
        }
        NoAnswerReason::NoSender => {
            "Open the file. Look for a name or a phone number in the message. If there is none, close it and say why."
        }
        NoAnswerReason::SuspectedSpam => {
            "Open the file. Check who sent it. If it is real, reply. If not, close it as spam."
        }
    }
}
