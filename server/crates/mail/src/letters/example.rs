//! Made-up facts, to try a text out and to show it.

use domain::codes::{EndReason, LetterKind, WaitsFor};
use domain::council::Council;
use domain::ids::MailId;
use domain::reference::Reference;
use jiff::civil::{Date, date};
use uuid::Uuid;

use super::facts::{About, Facts};
use super::page::{self, Print};
use super::{FRAME, TextProblem, check, fill, plain};
use crate::message::private_link_marker;

/// A letter as an administrator sees it before it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// Its plain part.
    pub text: String,
    /// Its page, as HTML to stand inside one of our own pages: no styles, no scripts, and of the
    /// text's own marks only those that a letter may have.
    pub html: String,
}

/// A text, filled in with made-up facts.
///
/// # Errors
/// Everything that is wrong with it, as [`check`].
pub fn preview(
    kind: LetterKind,
    text: &str,
    council: &Council,
) -> Result<Preview, Vec<TextProblem>> {
    check(kind, text, council)?;
    let about = examples(kind).into_iter().next();
    let facts = about.map(|about| example(council, about).words());
    let mut blocks = Vec::new();
    for part in [text, FRAME] {
        let filled = facts.as_ref().map(|words| fill::fill(part, words));
        blocks.extend(filled.and_then(Result::ok).unwrap_or_default());
    }
    let link = "https://…/enquiry/…";
    let marker = private_link_marker(MAIL);
    Ok(Preview {
        text: plain::write(&blocks).replace(&marker, link),
        html: page::body(&blocks, Print::OnOurPage).replace(&marker, "#"),
    })
}

const RECEIVED_ON: Date = date(2026, 11, 20);
const DUE_ON: Date = date(2026, 11, 27);

const MAIL: MailId = MailId::from_uuid(Uuid::from_u128(0x0199_2f4e_7c00_7abc_8def_0123_4567_89ab));

/// Facts of every shape that a kind of letter can have; the first is the one to show.
pub(super) fn examples(kind: LetterKind) -> Vec<About<'static>> {
    let officer_name = "Jo Bright";
    let text = "Dear Sam\n\nThe panel meets on 3 December.\nWe will call you then.\n\nBest wishes";
    match kind {
        LetterKind::Acknowledgement => [5, 1]
            .map(|working_days| About::Acknowledgement {
                received_on: RECEIVED_ON,
                due_on: DUE_ON,
                working_days,
            })
            .to_vec(),
        LetterKind::Reopened => [5, 1]
            .map(|working_days| About::Reopened {
                received_on: RECEIVED_ON,
                due_on: DUE_ON,
                working_days,
            })
            .to_vec(),
        LetterKind::WaitingForYou => vec![About::WaitingForYou {
            officer_name,
            text,
            until: DUE_ON,
        }],
        LetterKind::WaitReminder => vec![About::WaitReminder {
            until: DUE_ON,
            waits_for: WaitsFor::Document,
        }],
        LetterKind::PromiseMoved => vec![About::PromiseMoved { due_on: DUE_ON }],
        LetterKind::Closed => vec![
            About::Closed { ended: None },
            About::Closed {
                ended: Some(EndReason::Withdrawn),
            },
        ],
        LetterKind::Reply => vec![About::Reply { officer_name, text }],
        LetterKind::HoldingReply => vec![About::HoldingReply {
            officer_name,
            text,
            due_on: DUE_ON,
        }],
    }
}

/// The facts of one.
pub(super) fn example<'a>(council: &'a Council, about: About<'a>) -> Facts<'a> {
    Facts {
        council,
        mail: MAIL,
        reference: Reference::EXAMPLE,
        team_name: "SEND enquiries",
        about,
    }
}
