//! Who was sent a link, to come in or to set a new password, and has not used it yet. No link stands here: whoever reads one can be that person.

use hub::accounts::{InvitationPurpose, InvitationState, InvitationSummary};
use jiff::civil::Date;
use leptos::prelude::*;

use super::{ADDRESS, words};
use crate::components::{Tag, TagColour};

/// The list; nothing at all when nobody is.
pub(super) fn invitations(invited: Vec<InvitationSummary>, today: Date) -> Option<AnyView> {
    if invited.is_empty() {
        return None;
    }
    let lines: Vec<AnyView> = invited
        .into_iter()
        .map(|invitation| line(invitation, today))
        .collect();
    Some(
        view! {
            <h2 class="govuk-heading-m">"Links sent to people"</h2>
            <ul class="govuk-list hub-sessions">{lines}</ul>
        }
        .into_any(),
    )
}

fn line(invitation: InvitationSummary, today: Date) -> AnyView {
    let until = format!(
        "the end of {}",
        words::short_day(invitation.works_until, today)
    );
    let (tag, colour, words) = match invitation.state {
        InvitationState::Waiting => (
            "Waiting to be sent",
            TagColour::Yellow,
            format!("The link works until {until}."),
        ),
        InvitationState::Sent { at } => (
            "Sent",
            TagColour::Green,
            format!(
                "Sent on {}. The link works until {until}.",
                words::short_moment(at, today)
            ),
        ),
        InvitationState::Failed { reason } => (
            "Not sent",
            TagColour::Red,
            format!("The email could not be sent. The mail server said: {reason}"),
        ),
        InvitationState::Expired => (
            "Too old",
            TagColour::Grey,
            format!("The link worked until {until}."),
        ),
    };
    let purpose = match invitation.purpose {
        InvitationPurpose::NewAccount => words::role(invitation.role).to_lowercase(),
        InvitationPurpose::NewPassword => "to set a new password".to_owned(),
    };
    let who = format!("{}, {purpose}", invitation.email);
    let act = |act: &str| format!("{ADDRESS}/invitations/{}/{act}", invitation.id);
    view! {
        <li class="hub-session">
            <div>
                <strong>{invitation.name.clone()}</strong>
                " "
                {view! { <Tag text=tag colour=colour/> }.into_any()}
                <span class="govuk-hint hub-session__times">{who}<br/>{words}</span>
            </div>
            <div class="hub-session__acts">
                {button(act("send-again"), "Send again", &invitation.name)}
                {button(act("take-back"), "Take back", &invitation.name)}
            </div>
        </li>
    }
    .into_any()
}

fn button(address: String, text: &'static str, name: &str) -> AnyView {
    let whom = format!(" the link of {name}");
    view! {
        <form method="post" action=address>
            <button type="submit" class="hub-link-button">
                {text}
                <span class="govuk-visually-hidden">{whom}</span>
            </button>
        </form>
    }
    .into_any()
}
