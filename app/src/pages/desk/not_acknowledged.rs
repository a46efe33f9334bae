//! `/desk/not-acknowledged`: open enquiries whose sender was told nothing, why, and what to do about each.

use domain::codes::NoAnswerReason;
use hub::desk::{AcknowledgementState, Counted, Untold};
use leptos::prelude::*;

use super::{
    list_page,
    paging::{self, PagedList},
    words,
};
use crate::components::{SummaryList, SummaryRow};

const ADDRESS: &str = "/desk/not-acknowledged";

/// The page.
#[component]
pub(crate) fn NotAcknowledgedPage() -> impl IntoView {
    let after = paging::after();
    let pages = PagedList::of("Enquiries", ADDRESS.to_owned(), after.as_deref());
    list_page(
        "Not acknowledged",
        |hub, actor| async move {
            let desk = hub.desk();
            desk.not_acknowledged(&actor, after.as_deref()).await
        },
        move |untold, _, _| body(&untold, &pages),
    )
}

fn body(untold: &Counted<Untold>, pages: &PagedList) -> AnyView {
    let entries: Vec<AnyView> = untold.rows.iter().map(entry).collect();
    let nothing = entries.is_empty().then(|| match pages.is_first() {
        true => "None: all were told that we have their message.",
        false => paging::NOTHING_MORE,
    });
    view! {
        <p class="govuk-body">
            "No email tells these people that we have their message. The promise to answer them runs all the same. Each stays in this list until it is closed."
        </p>
        {paging::how_many(untold.count, "enquiry", "enquiries")}
        {nothing.map(|words| view! { <p class="govuk-body">{words}</p> })}
        {entries}
        {pages.links(untold.next.as_deref())}
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

#[cfg(test)]
mod tests {
    use super::*;

    fn html(rows: Vec<Untold>, count: u32, after: Option<&str>) -> String {
        let next = (!rows.is_empty()).then(|| "2y".to_owned());
        let untold = Counted { rows, next, count };
        let pages = PagedList::of("Enquiries", ADDRESS.to_owned(), after);
        let html = Owner::new().with(|| body(&untold, &pages).to_html());
        html.replace("<!>", "")
    }

    fn jo() -> Untold {
        Untold {
            reference: "SEND-2222-2222".parse().unwrap(),
            received_at: jiff::Timestamp::UNIX_EPOCH,
            why: AcknowledgementState::NoAddress,
            name: "Jo Bloggs".to_owned(),
            email: None,
            is_answered: false,
        }
    }

    #[test]
    fn the_list_says_how_many_there_are_and_leads_to_the_rest() {
        let first = html(vec![jo()], 120, None);
        assert!(
            first.contains("120 enquiries, the earliest first."),
            "{first}"
        );
        assert!(
            first.contains("href=\"/desk/not-acknowledged?after=2y\""),
            "{first}"
        );
        let last = html(vec![jo()], 1, Some("1x"));
        assert!(last.contains("1 enquiry."), "{last}");
        assert!(last.contains("href=\"/desk/not-acknowledged\""), "{last}");
    }

    #[test]
    fn what_was_dealt_with_meanwhile_is_told_apart_from_an_empty_list() {
        assert!(html(vec![], 0, None).contains("None: all were told"));
        let gone = html(vec![], 25, Some("1x"));
        assert!(
            gone.contains(paging::NOTHING_MORE) && !gone.contains("None"),
            "{gone}"
        );
    }
}
