//! `/desk/mailboxes`: whether mail comes in, and the messages that could not be stored.

use domain::text::number;
use hub::mailboxes::{Alarm, MailboxView, NotStoredView};
use jiff::civil::Date;
use leptos::prelude::*;

use super::{list_page, words};
use crate::components::{SummaryList, SummaryRow, Tag, TagColour};

/// Where this page is.
pub(super) const ADDRESS: &str = "/desk/mailboxes";

/// The page.
#[component]
pub(crate) fn MailboxesPage() -> impl IntoView {
    list_page(
        "Mailboxes",
        |hub, actor| async move { hub.mailboxes().overview(&actor).await },
        |mailboxes: Vec<MailboxView>, _, today| match mailboxes.is_empty() {
            true => nothing(),
            false => list(mailboxes, today),
        },
    )
}

/// At the top of the desk while something is wrong; nothing at all while all is well.
pub(super) fn notice(mailboxes: &[MailboxView]) -> Option<AnyView> {
    let wrong: Vec<String> = mailboxes
        .iter()
        .filter(|mailbox| !mailbox.alarms.is_empty())
        .map(|mailbox| format!("“{}”", mailbox.name))
        .collect();
    if wrong.is_empty() {
        return None;
    }
    let text = format!(
        "Mail may be missing here. Something is wrong with {}.",
        wrong.join(", ")
    );
    Some(warning(
        view! {
            {text} " " <a class="govuk-link" href=ADDRESS>"See what it is"</a>
        }
        .into_any(),
    ))
}

pub(super) fn warning(text: AnyView) -> AnyView {
    view! {
        <div class="govuk-warning-text">
            <span class="govuk-warning-text__icon" aria-hidden="true">"!"</span>
            <strong class="govuk-warning-text__text">
                <span class="govuk-visually-hidden">"Warning"</span>
                {text}
            </strong>
        </div>
    }
    .into_any()
}

fn nothing() -> AnyView {
    view! {
        <p class="govuk-body">
            "No mailbox is read here. Whoever runs the hub can set one up. Until then, look for mail in your mail program."
        </p>
    }
    .into_any()
}

fn list(mailboxes: Vec<MailboxView>, today: Date) -> AnyView {
    let each: Vec<AnyView> = mailboxes
        .into_iter()
        .map(|mailbox| one(mailbox, today))
        .collect();
    view! {
        <p class="govuk-body">
            "We store each message from these mailboxes, read or unread. Both numbers should be the same."
        </p>
        {each}
    }
    .into_any()
}

fn one(mailbox: MailboxView, today: Date) -> AnyView {
    let (text, colour) = state(&mailbox);
    let warnings: Vec<AnyView> = mailbox
        .alarms
        .iter()
        .map(|alarm| warning(alarm_words(alarm, today).into_any()))
        .collect();
    let figures: Vec<AnyView> = [
        ("In the mailbox", mailbox.in_mailbox),
        ("Stored", mailbox.stored),
    ]
    .into_iter()
    .map(|(name, count)| {
        let count = number(count as usize);
        view! { <div><dt>{name}</dt><dd>{count}</dd></div> }.into_any()
    })
    .collect();
    let facts = facts(&mailbox, today);
    let name = mailbox.name.to_string();
    view! {
        <section>
            <h2 class="govuk-heading-m">
                {name.clone()} " " {view! { <Tag text=text colour=colour/> }.into_any()}
            </h2>
            {warnings}
            <dl class="hub-figures">{figures}</dl>
            <SummaryList rows=facts/>
            {not_stored(&name, mailbox.not_stored, today)}
        </section>
    }
    .into_any()
}

fn state(mailbox: &MailboxView) -> (&'static str, TagColour) {
    let not_read = |alarm: &Alarm| matches!(alarm, Alarm::NotRead { .. });
    let late = |alarm: &Alarm| matches!(alarm, Alarm::Late { .. });
    if !mailbox.followed {
        ("Not read any more", TagColour::Grey)
    } else if mailbox.alarms.iter().any(not_read) {
        ("Cannot be read", TagColour::Red)
    } else if mailbox.alarms.iter().any(late) {
        ("Mail is late", TagColour::Red)
    } else if !mailbox.alarms.is_empty() {
        ("Messages missing", TagColour::Red)
    } else if mailbox.failing.is_some() {
        ("Trying again", TagColour::Yellow)
    } else if mailbox.stored < mailbox.in_mailbox {
        ("Taking mail in", TagColour::Yellow)
    } else {
        ("All is well", TagColour::Green)
    }
}

fn alarm_words(alarm: &Alarm, today: Date) -> String {
    match alarm {
        Alarm::NotRead { since: Some(since) } => format!(
            "We have not been able to read this mailbox since {}. Look at new mail in your mail program, and tell whoever runs the hub.",
            words::short_moment(*since, today)
        ),
        Alarm::NotRead { since: None } => {
            "We have not been able to read this mailbox yet. Look at new mail in your mail program, and tell whoever runs the hub.".to_owned()
        }
        Alarm::Late { messages: 1 } => {
            "1 message is still to come. That takes longer than it should. Look at new mail in your mail program until it is here.".to_owned()
        }
        Alarm::Late { messages } => format!(
            "{} messages are still to come. That takes longer than it should. Look at new mail in your mail program until they are here.",
            number(*messages as usize)
        ),
        Alarm::NotStored { messages: 1 } => {
            "1 message is in the mailbox and not here. Read it in your mail program.".to_owned()
        }
        Alarm::NotStored { messages } => format!(
            "{} messages are in the mailbox and not here. Read them in your mail program.",
            number(*messages as usize)
        ),
    }
}

fn facts(mailbox: &MailboxView, today: Date) -> Vec<SummaryRow> {
    let moment = |at| words::short_moment(at, today);
    let or_never = |at: Option<_>| at.map_or_else(|| "Not yet".to_owned(), moment);
    let mut facts = vec![
        SummaryRow::fact("Last read to the end", or_never(mailbox.contact_at)),
        SummaryRow::fact("Newest message stored", or_never(mailbox.newest_at)),
        SummaryRow::fact("All messages last checked", or_never(mailbox.compared_at)),
    ];
    if let Some((since, why)) = &mailbox.failing {
        let words = format!(
            "Since {}: {why}. We try again all the time.",
            moment(*since)
        );
        facts.push(SummaryRow::fact("Trouble", words));
    }
    if let Some(why) = &mailbox.filing_error {
        let words = format!("Stored messages stay where they are. The mail server said: {why}");
        facts.push(SummaryRow::fact("Moving mail", words));
    }
    facts
}

fn not_stored(mailbox: &str, messages: Vec<NotStoredView>, today: Date) -> Option<AnyView> {
    if messages.is_empty() {
        return None;
    }
    let lines: Vec<AnyView> = messages
        .into_iter()
        .map(|message| line(mailbox, &message, today))
        .collect();
    Some(
        view! {
            <h3 class="govuk-heading-s">"Messages that are not here"</h3>
            <ul class="govuk-list">{lines}</ul>
        }
        .into_any(),
    )
}

fn line(mailbox: &str, message: &NotStoredView, today: Date) -> AnyView {
    let arrived = message.received_at.map_or_else(
        || "A message whose day is not known".to_owned(),
        |at| format!("The message of {}", words::short_moment(at, today)),
    );
    let size = message
        .size
        .map(|bytes| format!(", {}", size_words(bytes)))
        .unwrap_or_default();
    let tried = match message.attempts {
        0 | 1 => String::new(),
        times => format!(" Tried {times} times."),
    };
    let act = |act: &str| format!("{ADDRESS}/{mailbox}/{}/{act}", message.place);
    view! {
        <li class="hub-undelivered">
            <span>
                {arrived.clone()} {size}
                <span class="govuk-hint hub-undelivered__reason">
                    "Why: " {message.reason.clone()} "." {tried}
                </span>
            </span>
            <span class="govuk-button-group">
                {button(act("take-again"), "Try again", &arrived)}
                {button(act("seen-to"), "I have seen to it", &arrived)}
            </span>
        </li>
    }
    .into_any()
}

fn button(address: String, text: &'static str, what: &str) -> AnyView {
    let what = format!(": {what}");
    view! {
        <form method="post" action=address>
            <button
                type="submit"
                class="govuk-button govuk-button--secondary hub-undelivered__again"
                data-module="govuk-button"
                data-prevent-double-click="true"
            >
                {text}
                <span class="govuk-visually-hidden">{what}</span>
            </button>
        </form>
    }
    .into_any()
}

fn size_words(bytes: u32) -> String {
    match bytes / (1024 * 1024) {
        0 => format!("{} KB", bytes.div_ceil(1024)),
        mib => format!("{mib} MB"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_told_as_people_know_them() {
        assert_eq!(size_words(1), "1 KB");
        assert_eq!(size_words(200_000), "196 KB");
        assert_eq!(size_words(70 * 1024 * 1024), "70 MB");
    }
}
