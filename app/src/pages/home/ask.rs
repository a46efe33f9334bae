//! Asking us, and beside it what we promise to those who do.

use domain::{
    clock::day_in_words,
    council::Council,
    promise::{PromiseRule, due_on},
};
use jiff::Timestamp;
use leptos::prelude::*;

use crate::components::{ButtonLink, PhoneLink};

/// The two panels.
pub(super) fn ask_and_promise(council: &Council, now: Timestamp) -> AnyView {
    view! {
        <div class="hub-ask">
            {ask(council)}
            {promise(council, now)}
        </div>
    }
    .into_any()
}

fn ask(council: &Council) -> AnyView {
    let telephone = council.contact.telephone.clone();
    let hours = council.contact.telephone_hours.clone();
    view! {
        <section class="hub-ask__question" aria-labelledby="ask-title">
            <h2 class="govuk-heading-m" id="ask-title">"Not sure? Ask us"</h2>
            <p>"Ask about help, plans, schools, travel or anything else."</p>
            <p>"You do not need an account. It takes about 10 minutes."</p>
            <ButtonLink href="/ask" text="Ask us a question"/>
            <h3 class="hub-ask__rather">"Would you rather talk?"</h3>
            <p>
                "Phone us on " {view! { <PhoneLink number=telephone/> }.into_any()} ". "
                {hours}
            </p>
        </section>
    }
    .into_any()
}

fn promise(council: &Council, now: Timestamp) -> AnyView {
    let working_days = council.promise.working_days;
    let days = match working_days {
        1 => "1 working day".to_owned(),
        more => format!("{more} working days"),
    };
    let day = day_in_words(due_on(
        now,
        PromiseRule { working_days },
        &council.working_days(),
    ));
    let team = council
        .team(&council.default_team)
        .map(|team| format!("{}, or the team that knows most about it.", team.name));
    let team = team.map(|team| view! { <div><dt>"Who replies"</dt><dd>{team}</dd></div> });
    view! {
        <section class="hub-ask__promise" aria-labelledby="promise-title">
            <h2 class="govuk-heading-m" id="promise-title">"What we promise"</h2>
            <p class="hub-ask__days">"A person replies to you within " <strong class="hub-unbroken">{days}</strong> "."</p>
            <dl>
                <div><dt>"If you ask today"</dt><dd>"You hear from us by " {day} "."</dd></div>
                {team}
                <div>
                    <dt>"If we are late"</dt>
                    <dd>
                        "We say so. Your question stays open until a person replies. Phone us, and say your reference."
                    </dd>
                </div>
            </dl>
            <p><a class="govuk-link" href="/our-promise">"Read all of our promise"</a></p>
        </section>
    }
    .into_any()
}
