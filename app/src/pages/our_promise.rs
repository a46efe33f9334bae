//! `/our-promise`: what happens when somebody asks us, in plain words, from the council's settings.

use domain::clock::day_in_words;
use domain::{
    calendar::WorkingDays,
    council::{Closure, Council},
    promise::{PromiseRule, due_on},
};
use jiff::{Timestamp, civil::Date};
use leptos::prelude::*;

use crate::{
    components::{Page, PhoneLink, PromiseBox},
    context::{council, hub, site},
    pages::{ask::working_days, desk::words},
};

/// How many days ahead the days off are told.
const DAYS_AHEAD: usize = 184;

/// What we promise.
#[component]
pub(crate) fn OurPromisePage() -> impl IntoView {
    let (council, now, today) = (council(), hub().now(), hub().today());
    let calendar = council.working_days();
    let days = council.promise.working_days;
    let lead = format!("Ask us a question and a person will reply within {days} working days.");
    let example = example(&council, &calendar, now);
    let sections = [
        how_we_count(&council),
        days_off(&council, &calendar, today),
        what_happens(),
        if_we_are_late(&council),
        what_it_is_not(),
    ];
    view! {
        <Page site=site() title="What we promise" current="/our-promise">
            <div class="hub-measure">
                <h1 class="govuk-heading-l">"What we promise"</h1>
                <p class="hub-lead">{lead}</p>
                {example}
                {sections.into_iter().collect_view()}
            </div>
        </Page>
    }
}

fn example(council: &Council, calendar: &WorkingDays, now: Timestamp) -> AnyView {
    let working_days = council.promise.working_days;
    let due = day_in_words(due_on(now, PromiseRule { working_days }, calendar));
    view! {
        <PromiseBox due=due>
            <p>"That is the day if you ask us today. "<a class="govuk-link" href="/ask">"Ask us a question"</a></p>
        </PromiseBox>
    }
    .into_any()
}

fn how_we_count(council: &Council) -> AnyView {
    let days = council.promise.working_days;
    let read = format!(
        "We read messages at these times: {}",
        council.contact.messages_read
    );
    let others: Vec<_> = council
        .topics
        .iter()
        .filter_map(|topic| {
            let own = topic.working_days.filter(|own| *own != days)?;
            let told = format!("{}: {}", topic.name, working_days(own));
            Some(view! { <li>{told}</li> }.into_any())
        })
        .chain(for_some_people(council))
        .collect();
    let others = (!others.is_empty()).then(|| {
        view! {
            <p class="govuk-body">"Some questions have their own time:"</p>
            <ul class="govuk-list govuk-list--bullet">{others}</ul>
        }
    });
    view! {
        <h2 class="govuk-heading-m">"How we count the days"</h2>
        <ul class="govuk-list govuk-list--bullet">
            <li>"Day 1 is the next working day after your message comes."</li>
            <li>"Working days are Monday to Friday."</li>
            <li>"Weekends and bank holidays do not count. Days when we are closed do not count."</li>
            <li>"If you write at night or at a weekend, we count from the next working day."</li>
        </ul>
        {others}
        <p class="govuk-body">{read}</p>
    }
    .into_any()
}

/// The promises to kinds of people, told to all: a school may see what a parent is promised.
fn for_some_people(council: &Council) -> impl Iterator<Item = AnyView> + '_ {
    council.promises.iter().map(|own| {
        let who = words::kind(own.kind);
        let days = working_days(own.working_days);
        let about = own.topic.as_ref().map(|key| council.topic_name(key));
        let told = match about {
            Some(topic) => format!("{who}, asking about {topic}: {days}"),
            None => format!("{who}: {days}"),
        };
        view! { <li>{told}</li> }.into_any()
    })
}

/// The bank holidays and closures that are coming.
fn days_off(council: &Council, calendar: &WorkingDays, today: Date) -> AnyView {
    let closures: Vec<&Closure> = council
        .closures
        .iter()
        .filter(|closure| closure.to >= today)
        .collect();
    let coming = std::iter::successors(Some(today), |day| day.tomorrow().ok()).take(DAYS_AHEAD);
    let holidays = coming.filter(|day| is_bank_holiday(*day, calendar, &council.closures));
    let holidays: Vec<_> = holidays
        .map(|date| view! { <li>{day_in_words(date)}</li> })
        .collect();
    let closures: Vec<_> = closures
        .into_iter()
        .map(|closure| view! { <li>{closed(closure)}</li> })
        .collect();
    let holidays = (!holidays.is_empty()).then(|| {
        view! {
            <p class="govuk-body">"Bank holidays in the next 6 months:"</p>
            <ul class="govuk-list govuk-list--bullet">{holidays}</ul>
        }
    });
    let closures = (!closures.is_empty()).then(|| {
        view! {
            <p class="govuk-body">"We are also closed on these days:"</p>
            <ul class="govuk-list govuk-list--bullet">{closures}</ul>
        }
    });
    if holidays.is_none() && closures.is_none() {
        return ().into_any();
    }
    view! {
        <h2 class="govuk-heading-m">"Days that do not count"</h2>
        {holidays}
        {closures}
    }
    .into_any()
}

/// A weekday that is off, though the council has not closed by itself. The calendar does not tell
/// the two apart.
fn is_bank_holiday(day: Date, calendar: &WorkingDays, closures: &[Closure]) -> bool {
    let weekday = !matches!(
        day.weekday(),
        jiff::civil::Weekday::Saturday | jiff::civil::Weekday::Sunday
    );
    let closed = closures
        .iter()
        .any(|closure| (closure.from..=closure.to).contains(&day));
    weekday && !closed && !calendar.is_working_day(day)
}

fn closed(closure: &Closure) -> String {
    if closure.from == closure.to {
        format!("{} ({})", day_in_words(closure.from), closure.reason)
    } else {
        format!(
            "{} to {} ({})",
            day_in_words(closure.from),
            day_in_words(closure.to),
            closure.reason
        )
    }
}

fn what_happens() -> AnyView {
    view! {
        <h2 class="govuk-heading-m">"What happens when you ask"</h2>
        <ol class="govuk-list govuk-list--number">
            <li>"You see a reference on the screen. It shows that we have your question."</li>
            <li>"You see the team that has it, and the day by which a person will reply."</li>
            <li>"If you gave an email address, we send you the same by email, with a private link. There you can see how it is going."</li>
            <li>"A person reads your question and replies."</li>
        </ol>
        <p class="govuk-body">
            "The first email is sent by a computer. It is not our answer. We have kept our promise only when a person has replied to you."
        </p>
        <p class="govuk-body">
            "You can write again while you wait. The day stays the same. The team sees that you wrote again."
        </p>
    }
    .into_any()
}

fn if_we_are_late(council: &Council) -> AnyView {
    let contact = &council.contact;
    view! {
        <h2 class="govuk-heading-m">"If we are late"</h2>
        <p class="govuk-body">
            "Your question does not get lost. We remind the team before the day comes. If the day goes by, the head of our service is told. The team sees it marked as late until a person replies. Your private page also says that we are late."
        </p>
        <ul class="govuk-list govuk-list--bullet">
            <li>
                "Call us on " <PhoneLink number=contact.telephone.clone()/>
                " and tell us your reference. " {contact.telephone_hours.clone()}
            </li>
            <li>
                "Get free advice from someone who is "
                <a class="govuk-link" href="#help-title">"not part of the council"</a>
                "."
            </li>
            <li>"You can make a complaint. Ask us how, and we will tell you."</li>
        </ul>
    }
    .into_any()
}

fn what_it_is_not() -> AnyView {
    view! {
        <h2 class="govuk-heading-m">"What this promise is not"</h2>
        <p class="govuk-body">
            "The law sets other times too. One is how long we have to decide on an EHC assessment. Our promise does not change those times."
        </p>
        <p class="govuk-body">
            "If someone is in danger now, do not wait for us. Call "
            <a class="govuk-link" href="tel:999">"999"</a>
            "."
        </p>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_bank_holiday_is_told_from_a_weekend_and_from_our_own_closure() {
        let closure = Closure {
            from: date(2026, 12, 29),
            to: date(2026, 12, 31),
            reason: "Christmas closure".to_owned(),
        };
        let calendar =
            WorkingDays::new([date(2026, 12, 29), date(2026, 12, 30), date(2026, 12, 31)]);
        let holidays: Vec<Date> =
            std::iter::successors(Some(date(2026, 12, 24)), |day| day.tomorrow().ok())
                .take(10)
                .filter(|day| is_bank_holiday(*day, &calendar, std::slice::from_ref(&closure)))
                .collect();
        assert_eq!(
            holidays,
            [date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)]
        );
    }
}
