//! `/accessibility`: the statement that the law asks for.
//!
//! In the form of the model statement under the Public Sector Bodies (Websites and Mobile
//! Applications) (No. 2) Accessibility Regulations 2018, reg 8:
//! <https://www.gov.uk/government/publications/sample-accessibility-statement>. It claims only what
//! was tested. Whoever tests more changes [`PREPARED_ON`] and the words.

use leptos::prelude::*;

use crate::{
    components::{Page, PhoneLink},
    context::{council, site},
};

/// When the words of this page were last gone through.
const PREPARED_ON: &str = "22 November 2026";

/// How accessible this site is, what was tested, and whom to tell.
#[component]
pub(crate) fn AccessibilityPage() -> impl IntoView {
    let council = council();
    let lead = format!(
        "{} runs this site. We want as many people as possible to be able to use it.",
        council.name
    );
    view! {
        <Page site=site() title="Accessibility statement">
            <div class="hub-measure">
                <h1 class="govuk-heading-l">"Accessibility statement"</h1>
                <p class="hub-lead">{lead}</p>
                {what_you_can_do()}
                {feedback(council.contact.email.to_string(), council.contact.telephone.clone())}
                {enforcement()}
                {compliance()}
                {testing()}
            </div>
        </Page>
    }
}

fn what_you_can_do() -> AnyView {
    view! {
        <h2 class="govuk-heading-m">"How accessible this site is"</h2>
        <p class="govuk-body">"We build this site so that you can:"</p>
        <ul class="govuk-list govuk-list--bullet">
            <li>"use it with a keyboard alone"</li>
            <li>"use it with JavaScript turned off"</li>
            <li>"make the text up to 4 times as big without losing any of it"</li>
            <li>"change colours and fonts in your browser"</li>
            <li>"read it with short words and short sentences"</li>
        </ul>
        <p class="govuk-body">
            <a class="govuk-link" href="https://mcmw.abilitynet.org.uk/">"AbilityNet"</a>
            " tells you how to make your device easier to use."
        </p>
    }
    .into_any()
}

fn feedback(email: String, telephone: String) -> AnyView {
    let address = format!("mailto:{email}");
    view! {
        <h2 class="govuk-heading-m">"Tell us about a problem"</h2>
        <p class="govuk-body">
            "Tell us if you cannot use something here. Also tell us if you need a page in large print, in easy read or on paper. Write to "
            <a class="govuk-link" href=address>{email}</a>
            " or call " <PhoneLink number=telephone/> ". You can also "
            <a class="govuk-link" href="/ask">"ask us here"</a>
            ". You get the same promise of a reply as with any question."
        </p>
    }
    .into_any()
}

fn enforcement() -> AnyView {
    view! {
        <h2 class="govuk-heading-m">"If you are not happy with our reply"</h2>
        <p class="govuk-body">
            "Then you can go to the "
            <a class="govuk-link" href="https://www.equalityadvisoryservice.com/">
                "Equality Advisory and Support Service (EASS)"
            </a>
            ". They are not part of the council. They can tell you what to do next."
        </p>
        <p class="govuk-body">
            "The law behind this page is the Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018. We call it the ‘accessibility regulations’. The Equality and Human Rights Commission (EHRC) makes sure that we keep to it."
        </p>
    }
    .into_any()
}

fn compliance() -> AnyView {
    view! {
        <h2 class="govuk-heading-m">"How far this site meets the rules"</h2>
        <p class="govuk-body">
            "The council is committed to making this site accessible, in line with the accessibility regulations."
        </p>
        <p class="govuk-body">
            "This site is partially compliant with the "
            <a class="govuk-link" href="https://www.w3.org/TR/WCAG22/">
                "Web Content Accessibility Guidelines version 2.2"
            </a>
            " AA standard. The reasons stand below."
        </p>
        <h3 class="govuk-heading-s">"What may not be accessible"</h3>
        <ul class="govuk-list govuk-list--bullet">
            <li>"We have not tested all of the site yet. There may be faults that we do not know about."</li>
            <li>"Services write their own words in the local offer. Some of these may be hard to read, or not in plain English."</li>
            <li>"Links lead to other people’s sites. We cannot promise that those are accessible."</li>
        </ul>
    }
    .into_any()
}

fn testing() -> AnyView {
    view! {
        <h2 class="govuk-heading-m">"How we tested this site"</h2>
        <p class="govuk-body">"The makers of this site test it themselves, each time it changes:"</p>
        <ul class="govuk-list govuk-list--bullet">
            <li>"with axe, a program that looks for mistakes in pages"</li>
            <li>"with a keyboard and no mouse"</li>
            <li>"with JavaScript turned off"</li>
        </ul>
        <p class="govuk-body">
            "A program finds only some of the faults. No one from outside has checked this site yet. People who use a screen reader each day have not tried it yet."
        </p>
        <h2 class="govuk-heading-m">"About this statement"</h2>
        <p class="govuk-body">{format!("This statement was prepared on {PREPARED_ON}.")}</p>
    }
    .into_any()
}
