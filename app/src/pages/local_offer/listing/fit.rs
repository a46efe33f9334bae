//! Can we use it: who it is for, and what the provider answers about SEND.

use domain::{codes::SendQuestion, local_offer::Listing};
use leptos::prelude::*;

use super::section::{list, prose, section, sentence};

/// Who it is for, in the service's words.
pub(super) fn who_it_is_for(listing: &Listing) -> Option<AnyView> {
    let words = listing.service.eligibility_description.as_deref();
    section("Who it is for", words.map(prose))
}

/// What to bring, and interpreters: of a service whose feed says so.
pub(super) fn before_you_come(listing: &Listing) -> Option<AnyView> {
    let details = &listing.details;
    let bring: Vec<String> = details
        .required_documents
        .iter()
        .map(|needed| needed.document.clone())
        .collect();
    let bring = list(bring);
    let interpreters = details.interpretation_services.as_deref();
    let interpreters = interpreters.map(|words| {
        view! {
            <p class="govuk-body"><strong>"Interpreters"</strong></p>
            {prose(words)}
        }
        .into_any()
    });
    let any = bring.is_some() || interpreters.is_some();
    section(
        "What to bring, and what to ask for",
        any.then(|| (bring, interpreters).into_any()),
    )
}

/// What the provider answers to our questions; only those that were answered, or that none was.
pub(super) fn send_answers(listing: &Listing) -> AnyView {
    let answers: Vec<AnyView> = SendQuestion::ALL
        .iter()
        .filter_map(|question| answer(listing, *question))
        .collect();
    let content = if answers.is_empty() {
        sentence(
            "We ask every service how it helps children with special needs and disabilities. This one has not told us yet. Ask before you go.",
        )
    } else {
        view! {
            <p class="govuk-body">"We asked the service. These are its own answers."</p>
            <dl class="hub-answers">{answers}</dl>
        }
        .into_any()
    };
    view! {
        <h2 class="govuk-heading-m">"How it helps children with SEND"</h2>
        {content}
    }
    .into_any()
}

fn answer(listing: &Listing, question: SendQuestion) -> Option<AnyView> {
    let given = listing.send.answers.iter();
    let given = given
        .filter(|answer| answer.question == question)
        .find(|answer| !answer.answer.trim().is_empty())?;
    let words = prose(&given.answer);
    Some(view! { <dt>{in_words(question)}</dt><dd>{words}</dd> }.into_any())
}

/// The question as a family would ask it.
pub(super) fn in_words(question: SendQuestion) -> &'static str {
    match question {
        SendQuestion::WhoFits => "Who is it good for? Who might not like it?",
        SendQuestion::JoiningIn => "What do you do so that every child can join in?",
        SendQuestion::Training => "What have your staff learned about SEND?",
        SendQuestion::FewWords => "How do you talk with someone who uses few or no words?",
        SendQuestion::QuietSpace => {
            "Is there a quiet place? What do you do about noise and crowds?"
        }
        SendQuestion::GettingUpset => "What do you do when someone gets upset?",
        SendQuestion::Toilets => "What are the toilets like? Can you help with changing?",
        SendQuestion::HealthCare => "Can you help with medicine, feeding or other care?",
        SendQuestion::BringingHelper => "Should a parent or carer stay? Does a helper pay?",
        SendQuestion::VisitFirst => "Can we look round first?",
    }
}
