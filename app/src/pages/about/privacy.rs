//! `/privacy`: what is kept and why, who sees it, and what a person can ask for.
//!
//! How long enquiries are kept is each council's own policy: this page claims no figure for it.

use leptos::prelude::*;

use crate::{
    components::Page,
    context::{council, site},
};

/// What we do with what people tell us.
#[component]
pub(crate) fn PrivacyPage() -> impl IntoView {
    let council = council();
    let lead = format!(
        "{} runs this site and looks after what you tell us here.",
        council.name
    );
    view! {
        <Page site=site() title="Privacy">
            <div class="hub-measure">
                <h1 class="govuk-heading-l">"Privacy"</h1>
                <p class="hub-lead">{lead}</p>
                {searching()}
                {asking()}
                {who_sees_it()}
                {how_long()}
                {rights(council.contact.email.to_string())}
            </div>
        </Page>
    }
}

fn searching() -> AnyView {
    view! {
        <h2 class="govuk-heading-m">"When you search"</h2>
        <p class="govuk-body">
            "You do not need to tell us who you are. What you search for becomes part of the page’s address. Your browser keeps that address in its history. So do not type a name into the search."
        </p>
        <p class="govuk-body">
            "We use your postcode only to find what is near you. We do not use it to find out who you are."
        </p>
        <p class="govuk-body">
            "We count what people search for. It shows us what help is missing. We take out names, numbers and email addresses first. We do not keep who searched. We keep the count for 12 months."
        </p>
    }
    .into_any()
}

fn asking() -> AnyView {
    view! {
        <h2 class="govuk-heading-m">"When you ask us a question"</h2>
        <p class="govuk-body">"We keep:"</p>
        <ul class="govuk-list govuk-list--bullet">
            <li>"your name and how to reach you"</li>
            <li>"what you tell us about a child or young person, if you choose to"</li>
            <li>"the help you need from us, such as an interpreter"</li>
            <li>"your messages, our replies and notes, and when they were written"</li>
        </ul>
        <p class="govuk-body">
            "We keep this to answer you, and so that you do not have to tell us twice. It also helps us check that we keep our promise. The council has a duty in law to help children and young people with special educational needs and disabilities."
        </p>
        <p class="govuk-body">
            "What you say about health or a disability gets extra care in law. Tell us only what we need to answer you."
        </p>
    }
    .into_any()
}

fn who_sees_it() -> AnyView {
    view! {
        <h2 class="govuk-heading-m">"Who sees it"</h2>
        <ul class="govuk-list govuk-list--bullet">
            <li>"Officers of the council who sign in to this site. We record each time that one of them opens your question."</li>
            <li>"You, and anyone who has your private link. The page it opens shows how your question is going. It does not show what was written."</li>
            <li>"Your email company, if we reply to you by email."</li>
        </ul>
        <p class="govuk-body">
            "If a child may not be safe, we may have to tell other people whose job it is to help. We do not sell what you tell us. We do not use it for adverts."
        </p>
    }
    .into_any()
}

fn how_long() -> AnyView {
    view! {
        <h2 class="govuk-heading-m">"How long we keep it"</h2>
        <ul class="govuk-list govuk-list--bullet">
            <li>"A question that you begin but do not send is deleted after 24 hours."</li>
            <li>"The council’s own rules say how long we keep a question that you send. It depends on what it is about. Ask us, and we will tell you."</li>
        </ul>
    }
    .into_any()
}

fn rights(email: String) -> AnyView {
    let address = format!("mailto:{email}");
    view! {
        <h2 class="govuk-heading-m">"What you can ask for"</h2>
        <p class="govuk-body">"You have rights in law. You can ask us to:"</p>
        <ul class="govuk-list govuk-list--bullet">
            <li>"give you a copy of what we hold about you"</li>
            <li>"put right what is wrong"</li>
            <li>"delete it, or stop using it (we cannot always do this, and we will tell you why)"</li>
        </ul>
        <p class="govuk-body">
            "Write to " <a class="govuk-link" href=address>{email}</a>
            ". If you are not happy with what we do, you can complain to the "
            <a class="govuk-link" href="https://ico.org.uk/make-a-complaint/">
                "Information Commissioner’s Office"
            </a>
            ". They check that people’s information is used fairly."
        </p>
    }
    .into_any()
}
