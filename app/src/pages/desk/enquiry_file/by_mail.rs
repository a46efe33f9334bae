//! A message that came by mail, as an officer reads it: what is new first, what is quoted and signatures folded away
//! but there, what was attached, and the whole mail as it came.

use domain::codes::FoldKind;
use hub::desk::{Attached, ByMail};
use leptos::prelude::*;

/// Subject and sender, above the words.
pub(super) fn head(mail: &ByMail) -> AnyView {
    let subject = mail.subject.clone().map(
        |subject| view! { <p class="govuk-body govuk-!-margin-bottom-1"><strong>{subject}</strong></p> },
    );
    let from = mail
        .from
        .clone()
        .map(|from| view! { <p class="govuk-hint govuk-!-margin-bottom-2">"From " {from}</p> });
    let problems: Vec<AnyView> = mail
        .problems
        .iter()
        .map(|code| view! { <li>{hub::desk::problem_in_words(code)}</li> }.into_any())
        .collect();
    let problems = (!problems.is_empty())
        .then(|| view! { <ul class="govuk-list govuk-list--bullet">{problems}</ul> });
    view! { {subject} {from} {problems} }.into_any()
}

/// The words, folded.
pub(super) fn words(mail: &ByMail) -> AnyView {
    if mail.is_unread() {
        return ().into_any();
    }
    let parts: Vec<AnyView> = mail
        .parts
        .iter()
        .filter(|(_, text)| !text.trim().is_empty())
        .map(|(kind, text)| part(*kind, text.trim_matches('\n').to_owned()))
        .collect();
    if parts.is_empty() {
        return view! { <p class="govuk-hint">"There are no words in this email."</p> }.into_any();
    }
    parts.into_any()
}

fn part(kind: FoldKind, text: String) -> AnyView {
    let summary = match kind {
        FoldKind::New => {
            return view! { <p class="hub-message__body">{text}</p> }.into_any();
        }
        FoldKind::Quoted => "What they quote of earlier messages",
        FoldKind::Signature => "Their signature",
    };
    view! {
        <details class="govuk-details govuk-!-margin-bottom-2">
            <summary class="govuk-details__summary">
                <span class="govuk-details__summary-text">{summary}</span>
            </summary>
            <div class="govuk-details__text">
                <p class="hub-message__body">{text}</p>
            </div>
        </details>
    }
    .into_any()
}

/// What was attached, and the whole mail: downloads, none of which a browser shows by itself.
pub(super) fn downloads(mail: &ByMail) -> AnyView {
    let attached: Vec<AnyView> = mail.attachments.iter().map(attachment).collect();
    let whole = format!("/desk/incoming/{}", mail.incoming);
    view! {
        <ul class="govuk-list hub-message__downloads">
            {attached}
            <li>
                <a class="govuk-link" href=whole download>"The whole email as it came"</a>
            </li>
        </ul>
    }
    .into_any()
}

fn attachment(attached: &Attached) -> AnyView {
    let address = format!("/desk/attachment/{}/{}", attached.message, attached.ordinal);
    let text = format!("{} ({})", attached.name, size(attached.size));
    view! {
        <li>
            <a class="govuk-link" href=address download>
                <span class="govuk-visually-hidden">"Attached: "</span>
                {text}
            </a>
        </li>
    }
    .into_any()
}

/// A size as people say it.
pub(in crate::pages::desk) fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} KB", bytes / 1_000),
        _ => format!("{} MB", bytes / 1_000_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(problem: Option<&str>) -> String {
        let mail = ByMail {
            incoming: "01995d6a-0000-7000-8000-000000000001".parse().unwrap(),
            subject: None,
            from: None,
            parts: vec![],
            problems: problem.map(str::to_owned).into_iter().collect(),
            attachments: vec![],
        };
        Owner::new().with(|| words(&mail).to_html())
    }

    #[test]
    fn of_a_mail_that_could_not_be_read_nobody_says_that_it_is_empty() {
        assert!(shown(None).contains("no words"));
        assert!(shown(Some("no-date")).contains("no words"));
        assert!(!shown(Some("unreadable")).contains("no words"));
    }
}
