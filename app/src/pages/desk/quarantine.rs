//! `/desk/quarantine`: mail that is no part of an enquiry. A person makes one of it, or says why it is not for us.

use domain::codes::QuarantineReason;
use hub::{
    Actor,
    desk::{Quarantine, QuarantinedMail},
};
use leptos::prelude::*;

use super::{Head, desk_page, enquiry_file::size, mailboxes::warning, to_sign_in, words};
use crate::{
    components::{Button, ButtonKind},
    context::{hub, refused_or, signed_in},
    forms::Form,
    load::load,
};

/// The page.
#[component]
pub(crate) fn QuarantinePage() -> impl IntoView {
    let Some(officer) = signed_in() else {
        return to_sign_in();
    };
    let form = refused_or(Form::default);
    let hub = hub();
    let actor = Actor::Officer(officer.clone());
    load(
        async move { hub.desk().quarantine(&actor).await },
        move |quarantine| {
            let head = Head {
                errors: form.error_list(),
                ..Head::below_desk("Emails that are no enquiry yet")
            };
            desk_page(&officer, head, body(&quarantine, &form))
        },
    )
}

/// The word of it at the top of the desk; nothing when none stands there.
pub(super) fn notice(quarantine: &Quarantine) -> Option<AnyView> {
    let text = match quarantine.mails.len() + quarantine.reports.len() {
        0 => return None,
        1 => "1 email is no enquiry yet. Nobody is promised an answer to it.".to_owned(),
        count => {
            format!("{count} emails are no enquiry yet. Nobody is promised an answer to them.")
        }
    };
    let late = match quarantine.late {
        0 => None,
        1 => Some("1 could not be filed and has waited for more than a working day. ".to_owned()),
        late => Some(format!(
            "{late} could not be filed and have waited for more than a working day. "
        )),
    };
    Some(warning(
        view! {
            {text} " " {late} <a class="govuk-link" href="/desk/quarantine">"See what to do"</a>
        }
        .into_any(),
    ))
}

fn body(quarantine: &Quarantine, form: &Form) -> AnyView {
    let waiting = (quarantine.waiting > 0).then(|| {
        let text = format!(
            "Besides, {} came in and will be filed in a moment.",
            match quarantine.waiting {
                1 => "1 email".to_owned(),
                waiting => format!("{waiting} emails"),
            }
        );
        view! { <p class="govuk-body">{text}</p> }
    });
    view! {
        <h1 class="govuk-heading-l">"Emails that are no enquiry yet"</h1>
        <p class="govuk-body">
            "Nobody is promised an answer to these. Look at each. Make an enquiry of it, or say why it is not for us."
        </p>
        {waiting}
        {list("Could not be filed, or belong to no enquiry", &quarantine.mails, form)}
        {list("Reports that fit no email of ours", &quarantine.reports, form)}
    }
    .into_any()
}

fn list(title: &'static str, mails: &[QuarantinedMail], form: &Form) -> AnyView {
    let entries: Vec<AnyView> = mails.iter().map(|mail| entry(mail, form)).collect();
    let entries = if entries.is_empty() {
        view! { <p class="govuk-body">"None."</p> }.into_any()
    } else {
        entries.into_any()
    };
    view! {
        <h2 class="govuk-heading-m">{title}</h2>
        {entries}
    }
    .into_any()
}

fn entry(mail: &QuarantinedMail, form: &Form) -> AnyView {
    let id = mail.id.to_string();
    let subject = mail.subject.clone();
    let heading =
        subject.unwrap_or_else(|| "An email without a subject that we could read".to_owned());
    let from = mail.from.clone();
    let from = from.unwrap_or_else(|| "a sender that we could not read".to_owned());
    let received = format!(
        "From {from}. Received {}. {}.",
        words::moment(mail.received_at),
        size(mail.size)
    );
    let why = mail
        .reason
        .map(|reason| view! { <p class="govuk-body">{reason_in_words(reason)}</p> });
    let about = heading.clone();
    view! {
        <section class="govuk-!-margin-bottom-7">
            <h3 class="govuk-heading-s">{heading}</h3>
            <p class="govuk-body">{received}</p>
            {why}
            <p class="govuk-body">
                <a class="govuk-link" href=format!("/desk/incoming/{id}") download>
                    "The whole email as it came"
                    <span class="govuk-visually-hidden">": " {about}</span>
                </a>
            </p>
            <form method="post" action=format!("/desk/quarantine/{id}/enquiry")>
                <Button text="Make an enquiry of it" kind=ButtonKind::Secondary/>
            </form>
            <form method="post" action=format!("/desk/quarantine/{id}/aside") class="hub-measure" novalidate>
                {reason(&id, form)}
                <Button text="Set it aside" kind=ButtonKind::Secondary/>
            </form>
        </section>
    }
    .into_any()
}

/// Each mail's field carries its id: the page has one for every mail.
fn reason(id: &str, form: &Form) -> AnyView {
    let name = format!("reason-{id}");
    let error = form.error(&name).map(|error| {
        view! {
            <p class="govuk-error-message" id=format!("{name}-error")>
                <span class="govuk-visually-hidden">"Error: "</span>
                {error}
            </p>
        }
    });
    let (class, described) = match &error {
        Some(_) => (
            "govuk-form-group govuk-form-group--error",
            Some(format!("{name}-error")),
        ),
        None => ("govuk-form-group", None),
    };
    view! {
        <div class=class>
            <label class="govuk-label" for=name.clone()>"It is not for us, because"</label>
            {error}
            <input
                class="govuk-input"
                id=name.clone()
                name=name.clone()
                type="text"
                value=form.value(&name)
                aria-describedby=described
            />
        </div>
    }
    .into_any()
}

fn reason_in_words(reason: QuarantineReason) -> &'static str {
    match reason {
        QuarantineReason::CouldNotBeFiled => {
            "We tried five times and could not file it. Make an enquiry of it."
        }
        QuarantineReason::OutOfOffice => {
            "It is an out-of-office reply, and belongs to no enquiry that we know."
        }
        QuarantineReason::NoBytes => "Its contents are missing from our database.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(late: usize) -> String {
        let mail = QuarantinedMail {
            id: "01995d6a-0000-7000-8000-000000000001".parse().unwrap(),
            reason: Some(QuarantineReason::CouldNotBeFiled),
            from: None,
            subject: None,
            received_at: jiff::Timestamp::UNIX_EPOCH,
            size: 1,
        };
        let quarantine = Quarantine {
            mails: vec![mail.clone(), mail],
            reports: vec![],
            late,
            waiting: 0,
        };
        Owner::new().with(|| notice(&quarantine).map_or_else(String::new, |view| view.to_html()))
    }

    #[test]
    fn what_has_stood_too_long_is_counted_at_the_top_of_the_desk() {
        assert!(!told(0).contains("working day"));
        assert!(
            told(1).contains("1 could not be filed and has waited for more than a working day")
        );
        assert!(told(2).contains("2 could not be filed and have waited"));
    }
}
