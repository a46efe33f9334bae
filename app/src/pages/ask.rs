//! `/ask`: sending a question, one short page after another.
//!
//! Start with `start.rs` (what will happen), then `step.rs` (the frame of every question page and
//! who draws which), `check.rs` (everything once more) and `sent.rs` (the reference and the date).
//! The questions are in `choices.rs` (one choice each), `people.rs` (who asks, and about whom) and
//! `message.rs` (the message, and what the person needs from us). Every page is a plain form; what
//! it posts is taken by `server/src/http/ask.rs`. Words here are for a reading age of 9.

mod check;
mod choices;
mod message;
mod people;
mod sent;
mod start;
mod step;

use domain::{council::Council, promise};
use http::StatusCode;
use hub::{Draft, DraftToken, Hub};
use jiff::civil::Date;
use leptos::prelude::*;

use crate::{components::SafetyBox, context::DraftCookie, load::set_status};

pub(crate) use {sent::AskSentPage, start::AskStartPage, step::AskStepPage};

/// What this browser's cookie leads to.
enum Kept {
    /// A question that is being written.
    Draft(Box<Draft>),
    /// A question that was sent: its draft takes no more answers.
    Sent,
    /// No cookie, or a draft that has expired.
    Nothing,
}

async fn kept(hub: Hub, token: Option<DraftToken>) -> Result<Kept, hub::Error> {
    let Some(token) = token else {
        return Ok(Kept::Nothing);
    };
    if hub.enquiries().submitted(&token).await?.is_some() {
        return Ok(Kept::Sent);
    }
    let draft = hub.enquiries().draft(&token).await?;
    Ok(draft.map_or(Kept::Nothing, |draft| Kept::Draft(Box::new(draft))))
}

fn draft_token() -> Option<DraftToken> {
    use_context::<DraftCookie>().and_then(|DraftCookie(token)| token)
}

/// Sends the browser to another page. leptos redirects only those that ask for HTML by name, so
/// the status is set here for all.
fn go_to(path: String) -> AnyView {
    leptos_axum::redirect(&path);
    set_status(StatusCode::FOUND);
    view! { <p><a href=path>"Go on to the next page"</a></p> }.into_any()
}

/// The day by which a person would reply to what is sent now.
fn due_on(hub: &Hub, rule: promise::PromiseRule, council: &Council) -> Date {
    promise::due_on(hub.now(), rule, &council.working_days())
}

/// "1 working day", "5 working days"
pub(in crate::pages) fn working_days(count: u16) -> String {
    match count {
        1 => "1 working day".to_owned(),
        more => format!("{more} working days"),
    }
}

/// What must be read before a message is written.
pub(super) fn safety(council: &Council) -> AnyView {
    let contact = &council.contact;
    view! {
        <SafetyBox
            // The box ends the sentence itself.
            messages_read=contact.messages_read.trim_end_matches('.').to_owned()
            out_of_hours_telephone=contact.out_of_hours_telephone.clone()
            out_of_hours_text=contact.out_of_hours_text.clone()
        />
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_working_day_is_not_days() {
        assert_eq!(working_days(1), "1 working day");
        assert_eq!(working_days(5), "5 working days");
    }
}
