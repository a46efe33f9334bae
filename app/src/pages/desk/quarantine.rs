//! `/desk/quarantine`: mail that is no part of an enquiry. A person makes one of it, or says why it is not for us.

use domain::codes::QuarantineReason;
use hub::{
    Actor,
    desk::{Counted, InTwoLists, Quarantine, QuarantinedMail},
};
use leptos::prelude::*;

use super::{
    Head, desk_page,
    enquiry_file::size,
    mailboxes::warning,
    paging::{self, PagedList},
    to_sign_in, words,
};
use crate::{
    components::{Button, ButtonKind},
    context::{hub, refused_or, signed_in},
    forms::Form,
    load::load,
};

const ADDRESS: &str = "/desk/quarantine";
/// The heading of the lower list.
const REPORTS: &str = "reports";

/// The page.
#[component]
pub(crate) fn QuarantinePage() -> impl IntoView {
    let Some(officer) = signed_in() else {
        return to_sign_in();
    };
    let form = refused_or(Form::default);
    let hub = hub();
    let actor = Actor::Officer(officer.clone());
    let after = paging::in_two_lists();
    let begins = after.clone();
    load(
        async move { hub.desk().quarantine(&actor, &begins).await },
        move |quarantine| {
            let head = Head {
                errors: form.error_list(),
                ..Head::below_desk("Emails that are no enquiry yet")
            };
            desk_page(&officer, head, body(&quarantine, &form, &after))
        },
    )
}

/// The word of it at the top of the desk; nothing when none stands there.
pub(super) fn notice(quarantine: &Quarantine) -> Option<AnyView> {
    let text = match quarantine.mails.count + quarantine.reports.count {
        0 => return None,
        1 => "1 email is no enquiry yet. Nobody is promised an answer to it.".to_owned(),
        count => format!(
            "{} emails are no enquiry yet. Nobody is promised an answer to them.",
            words::number(count)
        ),
    };
    let late = match quarantine.late {
        0 => None,
        1 => Some("1 could not be filed and has waited for more than a working day. ".to_owned()),
        late => Some(format!(
            "{} could not be filed and have waited for more than a working day. ",
            words::number(late)
        )),
    };
    Some(warning(
        view! {
            {text} " " {late} <a class="govuk-link" href=ADDRESS>"See what to do"</a>
        }
        .into_any(),
    ))
}

fn body(quarantine: &Quarantine, form: &Form, after: &InTwoLists) -> AnyView {
    let [mails, reports] = PagedList::two(ADDRESS, after, ["Emails", "Reports"], REPORTS);
    let waiting = (quarantine.waiting > 0).then(|| {
        let text = format!(
            "Besides, {} came in and will be filed in a moment.",
            words::how_many(quarantine.waiting, "email", "emails")
        );
        view! { <p class="govuk-body">{text}</p> }
    });
    let entry = |mail: &QuarantinedMail| entry(mail, form, after);
    view! {
        <h1 class="govuk-heading-l">"Emails that are no enquiry yet"</h1>
        <p class="govuk-body">
            "Nobody is promised an answer to these. Look at each. Make an enquiry of it, or say why it is not for us."
        </p>
        {waiting}
        <h2 class="govuk-heading-m">"Could not be filed, or belong to no enquiry"</h2>
        {list(&quarantine.mails, ["email", "emails"], &mails, entry)}
        <h2 class="govuk-heading-m" id=REPORTS>"Reports that fit no email of ours"</h2>
        {list(&quarantine.reports, ["report", "reports"], &reports, entry)}
    }
    .into_any()
}

fn list(
    mails: &Counted<QuarantinedMail>,
    [one, many]: [&str; 2],
    pages: &PagedList,
    entry: impl Fn(&QuarantinedMail) -> AnyView,
) -> AnyView {
    let entries: Vec<AnyView> = mails.rows.iter().map(entry).collect();
    let nothing = entries.is_empty().then(|| match pages.is_first() {
        true => "None.",
        false => paging::NOTHING_MORE,
    });
    view! {
        {paging::how_many(mails.count, one, many)}
        {nothing.map(|words| view! { <p class="govuk-body">{words}</p> })}
        {entries}
        {pages.links(mails.next.as_deref())}
    }
    .into_any()
}

/// What is refused is told on this very page of the lists, and who set something aside is led back to it.
fn entry(mail: &QuarantinedMail, form: &Form, after: &InTwoLists) -> AnyView {
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
    let aside = paging::of_two_lists(&format!("{ADDRESS}/{id}/aside"), after);
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
            <form method="post" action=format!("{ADDRESS}/{id}/enquiry")>
                <Button text="Make an enquiry of it" kind=ButtonKind::Secondary/>
            </form>
            <form method="post" action=aside class="hub-measure" novalidate>
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

    fn quarantine(late: u32) -> Quarantine {
        let mail = QuarantinedMail {
            id: "01995d6a-0000-7000-8000-000000000001".parse().unwrap(),
            reason: Some(QuarantineReason::CouldNotBeFiled),
            from: None,
            subject: None,
            received_at: jiff::Timestamp::UNIX_EPOCH,
            size: 1,
        };
        let standing = |count| Counted {
            rows: vec![mail.clone()],
            next: Some("1x".to_owned()),
            count,
        };
        Quarantine {
            mails: standing(1_000),
            reports: standing(30),
            late,
            waiting: 0,
        }
    }

    fn told(late: u32) -> String {
        let told = || notice(&quarantine(late)).map_or_else(String::new, |view| view.to_html());
        Owner::new().with(told)
    }

    #[test]
    fn all_pages_are_counted_at_the_top_of_the_desk() {
        assert!(told(0).contains("1,000 or more emails are no enquiry yet"));
    }

    #[test]
    fn each_list_says_how_many_it_has_and_leads_to_the_rest() {
        let after = InTwoLists {
            upper: None,
            lower: Some("0y".to_owned()),
        };
        let body = || body(&quarantine(0), &Form::default(), &after).to_html();
        let html = Owner::new().with(body);
        for part in [
            "1,000 or more emails, the earliest first.",
            "30 reports, the earliest first.",
            "href=\"/desk/quarantine?lower_after=0y&amp;after=1x\"",
            "href=\"/desk/quarantine?lower_after=1x#reports\"",
            "id=\"reports\"",
            // Who sets one aside is led back to this page of the lists.
            "/aside?lower_after=0y\"",
        ] {
            assert!(html.replace("<!>", "").contains(part), "{part}: {html}");
        }
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
